"""What the size of a move says of its cause: whether it asks for a reason, and whether it is its market's.

A share that stands at an edge all day would be told one thing in one minute and another in the next. So
what was told of a session stands while it runs until a quarter more, or less, than asked for it: as rules
arm again.
"""

from stackwatch.domain.move import Move, Verdict

_OWN_SHARE = 0.3  # of a move, up to which the rest of it is its market's
_DRIFT_SHARE = 0.5  # of what the model expects, that it expects of a day without any market
_MARKET_MOVE = 0.5
_MARKET_SAR, _LAGGED_SAR = 1.0, 2.0  # a move is the market's up to which; one that went less far than it asks
_EDGE = 0.25


def asks_for_reason(move: Move, *, told: bool) -> bool:
    """Whether a move is of some size, goes the way of what the market leaves of it, and is not its market's.

    A share that fell less than its market has no one way that a story could agree with. ``told`` says that
    the same reason was given before.
    """
    if move.sar is None:
        return True
    edge = _EDGE if told else 0.0
    if not move.asks_why(edge) or move.sar * move.move_pct <= 0:
        return False
    return not _by_market(move, -edge)


def verdict_of(move: Move, *, linked: bool, layer_wide: bool, before: Verdict | None) -> Verdict:
    """Return the verdict of a move that is ``linked`` to a story or not, and moves with its layer or not."""
    if move.sar is None or move.abnormal_pct is None:
        return Verdict.INSUFFICIENT_DATA
    if linked:
        return Verdict.NEWS
    if _by_market(move, _EDGE if before is Verdict.MARKET_WIDE else 0.0):
        return Verdict.MARKET_WIDE
    return Verdict.LAYER_WIDE if layer_wide else Verdict.UNEXPLAINED


def _by_market(move: Move, edge: float) -> bool:
    """Whether a move is what its market did, which asks for no reason of its own.

    One that went the market's way and less far than the model expects may lie further from it. A share that
    rises day by day is expected to rise with a market that stands still, too: that is not the market's doing.
    """
    if move.sar is None or move.abnormal_pct is None or abs(move.move_pct) < _MARKET_MOVE * (1.0 - edge):
        return False
    if (move.benchmark_move_pct or 0.0) * move.move_pct <= 0:
        return False
    usual = _LAGGED_SAR if move.sar * move.move_pct < 0 else _MARKET_SAR
    share = (move.move_pct - move.abnormal_pct) / move.move_pct
    drift = (move.alpha or 0.0) * 100.0 / move.move_pct
    return (
        share >= 1.0 - _OWN_SHARE * (1.0 + edge)
        and drift <= share * _DRIFT_SHARE * (1.0 + edge)
        and abs(move.sar) < usual * (1.0 + edge)
    )
