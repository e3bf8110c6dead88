"""Comparisons on request: closes come from the core, the sums and other names' minutes from the pool."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from stackwatch.domain.comparison import MOST_COMPARED, Against, ComparedLine, Comparison
from stackwatch.domain.errors import ProviderError
from stackwatch.domain.events import ComparisonLoaded
from stackwatch.domain.market import program_day
from stackwatch.domain.quote import NOT_JUDGED, ChartRange, MinuteBar, Quote, Session
from stackwatch.domain.watchlist import Instrument
from stackwatch.engine.fetching import Fetching, expect

if TYPE_CHECKING:  # the engine brings numpy along, which must not load before the first paint
    from stackwatch.analysis.moves.comparison import Belong, Days
    from stackwatch.analysis.moves.market_model import Closes, Floats
    from stackwatch.engine.engine import Engine
    from stackwatch.engine.ports import BarSource

_BEFORE = timedelta(days=200)  # more than the 125 sessions that the first one is judged by


@dataclass(frozen=True, slots=True, kw_only=True)
class _Needs:
    """Everything a comparison is made from: per id the closes of its members, or none of them for minutes.

    ``tied`` are the names linked to a private entity on each day. ``names`` are the symbols whose minutes can
    be asked for, ``quoted`` the quotes that are measured by, with the days of their sessions.
    """

    symbol: str
    benchmark: str
    span: ChartRange
    against: Against
    first: date
    closes: Mapping[str, Mapping[str, "Closes"]]
    tied: Mapping[str, "Belong"]
    names: Mapping[str, Instrument]
    quoted: Mapping[str, tuple[date, Quote]]
    bars: "BarSource"
    sessions: int


class Comparisons:
    """Answers requests for comparisons. Runs on the core thread."""

    def __init__(self, fetching: Fetching) -> None:
        self._fetching = fetching

    def answer(self, engine: "Engine", symbol: str, span: ChartRange, against: Against) -> None:
        """Answer with ComparisonLoaded; without a readable store it holds what is in memory."""
        if symbol not in engine.parts.ecosystem.instruments:
            return
        needs = _gather(engine, symbol, span, against)

        def done(made: Comparison) -> None:
            engine.tell(ComparisonLoaded(made))

        self._fetching.start(f"compare {symbol} {span} {against}", lambda: _make(needs), done, expect)


def _gather(engine: "Engine", symbol: str, span: ChartRange, against: Against) -> _Needs:
    benchmark = engine.parts.ecosystem.instruments[symbol].benchmark
    others = dict.fromkeys(against.others[:MOST_COMPARED])
    others.pop(symbol, None)
    wanted = [symbol, *([benchmark] if against.adjusted else others)]
    today = program_day(engine.parts.clock.now())
    first = today if span.intraday else engine.charts.start_of(span)
    instruments = engine.parts.ecosystem.instruments
    private = [] if span.intraday else [k for k in wanted if k in engine.parts.ecosystem.private]
    tied = {key: engine.graph.linked_names(key, first, today) for key in private}
    members = {key: _members(engine, key, today, tied.get(key)) for key in dict.fromkeys(wanted)}
    since = first - _BEFORE if against.adjusted else first
    closes = {
        key: {} if span.intraday else {s: c for s in of if (c := _closes(engine, s, since)) is not None}
        for key, of in members.items()
    }
    if against.adjusted and closes[symbol] and closes[benchmark]:
        from stackwatch.analysis.moves.market_model import known_market  # brings numpy along

        market = known_market(instruments, symbol, closes[symbol][symbol], closes[benchmark][benchmark])
        closes[benchmark] = {benchmark: market}
    return _Needs(
        symbol=symbol,
        benchmark=benchmark,
        span=span,
        against=against,
        first=first,
        closes=closes,
        tied=tied,
        names=instruments,
        quoted=_quoted(engine, members) if span is ChartRange.DAY_1 else {},
        bars=engine.parts.bars,
        sessions=engine.charts.sessions_of(span) if span.intraday else 0,
    )


def _members(engine: "Engine", key: str, today: date, tied: "Belong | None") -> tuple[str, ...]:
    """Return the names of a line: a share's own, those of a layer, or all that a private entity ever had."""
    instruments = engine.parts.ecosystem.instruments
    if key in instruments:
        return (key,)
    if tied is None:
        return engine.rollups.members(key, today)
    ever = frozenset[str]().union(*tied.values())
    return tuple(name for name in instruments if name in ever)


def _closes(engine: "Engine", symbol: str, since: date) -> "Closes | None":
    """Return the stored closes since a day with today's price behind them, or those in memory."""
    import numpy as np  # not before the first paint

    from stackwatch.analysis.moves.market_model import Closes

    closes = engine.histories.closes(symbol, since)
    quote = engine.market.quotes.get(symbol)
    if closes is None or quote is None or closes.days.size == 0:
        return closes
    day = engine.market.session_date(quote).toordinal()
    if day <= int(closes.days[-1]):
        return closes
    return Closes(np.append(closes.days, day), np.append(closes.values, quote.price))


def _quoted(engine: "Engine", symbols: Iterable[str]) -> dict[str, tuple[date, Quote]]:
    """Return the quotes by which the list measures a day, each with the day of its session."""
    known = (quote for s in symbols if (quote := engine.market.quotes.get(s)) is not None)
    return {q.symbol: (engine.market.session_date(q), q) for q in known if q.state not in NOT_JUDGED}


def _make(needs: _Needs) -> Comparison:
    """Compute a comparison; runs on the pool."""
    if needs.span.intraday:
        return _of_minutes(needs)
    from stackwatch.analysis.moves import comparison as of  # brings numpy along

    missing = tuple(key for key, members in needs.closes.items() if not members)
    if needs.against.adjusted:
        share, market = needs.closes[needs.symbol], needs.closes[needs.benchmark]
        if missing or needs.symbol == needs.benchmark:
            return _comparison(needs, (), missing=missing)
        days, values, usual = of.adjusted(share[needs.symbol], market[needs.benchmark], needs.first)
        return _comparison(needs, (_line(needs.symbol, days, values),), usual=tuple(usual.tolist()))
    keys = [key for key, members in needs.closes.items() if members]
    lines = [
        of.relative(members[key], needs.first)
        if key in members
        else of.group_relative(members, needs.first, needs.tied.get(key))
        for key, members in needs.closes.items()
        if members
    ]
    moved = of.at_common_start(lines)
    made = tuple(
        _line(key, *line, last=float(needs.closes[key][key].values[-1]) if key in needs.closes[key] else None)
        for key, line in zip(keys, moved, strict=True)
    )
    return _comparison(needs, made, missing=missing)


def _of_minutes(needs: _Needs) -> Comparison:
    """Compare bars inside sessions; those of other names are asked for here.

    Over one day each is measured as in the list, since the close before; over more since its first bar.
    """
    lines, missing = [], []
    for key in needs.closes:
        if key not in needs.names:
            missing.append(key)
            continue
        try:
            bars: Sequence[MinuteBar] = needs.bars.minutes(key, needs.sessions)
        except ProviderError:
            bars = ()  # said by ``missing``
        if not bars:
            missing.append(key)
            continue
        base = _base(bars[0], ZoneInfo(needs.names[key].timezone), needs.quoted.get(key))
        lines.append(
            ComparedLine(
                key,
                tuple(bar.start for bar in bars),
                tuple((bar.close / base - 1.0) * 100.0 for bar in bars),
                base,
            )
        )
    return _comparison(needs, tuple(lines), missing=tuple(missing))


def _base(first: MinuteBar, zone: ZoneInfo, quoted: tuple[date, Quote] | None) -> float:
    """Return the close before a day's ``first`` bar, which may come before it opens; else where it began."""
    day = first.start.astimezone(zone).date()
    if quoted is None or day < quoted[0]:
        return first.open
    if day == quoted[0]:
        return quoted[1].previous_close
    return first.open if quoted[1].session is Session.REGULAR else quoted[1].price


def _line(key: str, days: "Days", values: "Floats", *, last: float | None = None) -> ComparedLine:
    """Return a line of days; ``last`` is the price at its end, where it is of one share."""
    times = tuple(datetime.combine(date.fromordinal(day), time(), UTC) for day in days.tolist())
    base = None if last is None or not times else last / (1.0 + float(values[-1]) / 100.0)
    return ComparedLine(key, times, tuple(values.tolist()), base)


def _comparison(
    needs: _Needs,
    lines: tuple[ComparedLine, ...],
    *,
    usual: tuple[float, ...] = (),
    missing: tuple[str, ...] = (),
) -> Comparison:
    return Comparison(
        symbol=needs.symbol,
        span=needs.span,
        against=needs.against,
        lines=lines,
        usual=usual,
        missing=missing,
    )
