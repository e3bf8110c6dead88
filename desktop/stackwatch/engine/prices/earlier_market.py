"""Moves of shares whose exchange shuts before their benchmark's opens, such as Seoul's against New York's.

Each is held against the benchmark's last session that had closed, and says which one that was.
"""

from datetime import date, timedelta

import numpy as np

from stackwatch.analysis.moves.market_model import Closes, fit_before, seen_by, why_no_fit
from stackwatch.domain.move import Move
from stackwatch.domain.values import changed

_LATEST = timedelta(days=7)  # before which no exchange was shut for holidays alone


def against_session_before(
    plain: Move, share: Closes | None, market: Closes | None, newest: tuple[date, float] | None
) -> Move:
    """Return a move with what the market explains of it; ``newest`` is the benchmark's last day and price.

    The benchmark's move is that since what was known at the share's session before.
    """
    day = plain.session_date
    missing = changed(plain, reason=f"no price of its benchmark {plain.benchmark}")
    if share is None or market is None:
        return missing
    known, before = _with_newest(market, newest).before(day), share.before(day)
    if before.days.size == 0:
        return changed(plain, reason=why_no_fit(0))
    earlier = known.before(date.fromordinal(int(before.days[-1])))
    if earlier.days.size == 0:
        return missing
    seen = date.fromordinal(int(known.days[-1]))
    if day - seen > _LATEST:
        return changed(plain, reason=f"benchmark {plain.benchmark} has another trading day")
    other = float(known.values[-1] / earlier.values[-1]) - 1.0
    fitted, n = fit_before(before, seen_by(before, known), day)
    held = changed(
        plain,
        benchmark_date=seen,
        benchmark_move_pct=other * 100.0,
        benchmark_sessions=known.days.size - earlier.days.size,
        n_estimation=n,
    )
    if fitted is None:
        return changed(held, reason=why_no_fit(n))
    move = plain.move_pct / 100.0
    return changed(
        held,
        alpha=fitted.alpha,
        beta=fitted.beta,
        beta_se=fitted.beta_se,
        resid_sd=fitted.sd,
        abnormal_pct=fitted.abnormal(move, other) * 100.0,
        sar=fitted.sar(move, other),
    )


def _with_newest(market: Closes, newest: tuple[date, float] | None) -> Closes:
    """Return a benchmark's closes with that of a session that is not stored yet."""
    if newest is None or (market.days.size and newest[0].toordinal() <= int(market.days[-1])):
        return market
    return Closes(np.append(market.days, newest[0].toordinal()), np.append(market.values, newest[1]))
