"""The daily briefing, from what the engine knows at its clock's time and nothing later."""

from collections import Counter
from collections.abc import Sequence
from datetime import date, datetime, timedelta

from stackwatch.domain.alert import Alert
from stackwatch.domain.briefing import Briefing, BriefingLayer, BriefingPrivate
from stackwatch.domain.earnings import EarningsReport
from stackwatch.domain.market import day_begins, program_day
from stackwatch.domain.move import Explanation, Move, Verdict, stands_still
from stackwatch.domain.news import Story
from stackwatch.domain.words.wording import zone_of
from stackwatch.engine.engine import Engine
from stackwatch.engine.news.newsroom import Newsroom

_MOST_ORDINARY, _LARGEST, _STORIES = 8, 2, 3
_MOST_LOOKED_AT = 40  # moves within their usual range, of which each takes the core some milliseconds
_DAY = timedelta(days=1)


def brief(engine: Engine, *, archived: bool = False) -> Briefing | None:
    """Return the briefing of the newest trading day of the list, or of what its private names are tied to.

    None without any move. Rules of an ``archived`` day were evaluated on it, if at all: its alerts are what
    is stored.
    """
    shown = engine.parts.watchlist
    moves = [m for s in shown.symbols if (m := engine.market.moves.get(s)) is not None]
    private_only = bool(shown.entities) and not shown.symbols
    linked = list(engine.market.moves.values()) if private_only else moves
    if not linked:
        return None
    day = Counter(move.session_date for move in linked).most_common(1)[0][0]
    today = [move for move in moves if move.session_date >= day]  # Seoul may be a day ahead of New York
    unusual = sorted((m for m in today if m.unusual), key=lambda m: -abs(m.sar or 0.0))
    ordinary = sorted((m for m in today if not m.unusual), key=lambda m: -abs(m.move_pct))
    explained, others = _explain(engine, unusual), _explain(engine, ordinary[:_MOST_LOOKED_AT])
    tied = tuple(each for each in others if each.verdict is Verdict.NEWS)
    rest = (each for each in others if each.verdict is not Verdict.NEWS)
    large = [each for each in rest if not stands_still(each.move.move_pct, each.move.sar)]
    now = engine.parts.clock.now()
    return Briefing(
        day=day,
        made_at=now,
        market=_market(engine, day, [move for move in linked if move.session_date >= day]),
        layers=_layers(engine, day, now),
        unusual=explained,
        tied=tied,
        ordinary=tuple(large[:_MOST_ORDINARY]),
        private=_private(engine, day, now),
        alerts=_alerts(engine, day, now, archived=archived),
        judged=sum(move.sar is not None for move in today),
        total=len(shown.symbols),
        headlines_read=max((each.headlines_read for each in (*explained, *others)), default=0),
        reports=_reports(engine, now),
        archived=archived,
        replay=engine.parts.replay,
    )


def _explain(engine: Engine, moves: Sequence[Move]) -> tuple[Explanation, ...]:
    found = (engine.explainer.explain_now(move.symbol) for move in moves)
    return tuple(each for each in found if each is not None)


def _market(engine: Engine, day: date, moves: Sequence[Move]) -> tuple[Move, ...]:
    """Return the moves since ``day`` of the benchmarks that the names are measured against."""
    benchmarks = dict.fromkeys(move.benchmark for move in moves)
    found = [engine.market.moves.get(symbol) for symbol in benchmarks]
    known = [move for move in found if move is not None and move.session_date >= day]
    told = {move.symbol for move in known}
    missing = [symbol for symbol in benchmarks if symbol not in told]
    for symbol in missing:  # a benchmark that has no move of its own is in those of its shares
        move = next((m for m in moves if _has_session_of(symbol, m)), None)
        if move is not None and move.benchmark_move_pct is not None:
            known.append(
                Move(
                    symbol=symbol,
                    session_date=move.session_date,
                    move_pct=move.benchmark_move_pct,
                    benchmark=symbol,
                )
            )
    return tuple(known)


def _has_session_of(benchmark: str, move: Move) -> bool:
    """Whether a share's move was held against its benchmark's of this session alone."""
    return move.benchmark == benchmark and move.benchmark_date is None and move.benchmark_sessions == 1


def _layers(engine: Engine, day: date, now: datetime) -> tuple[BriefingLayer, ...]:
    """Return the layers that have a move of the day; what a market that rests did before is none."""
    today = program_day(now)
    rollups = {rollup.id: rollup for rollup in engine.rollups.compute(today, since=day)}
    made = []
    for layer in engine.parts.watchlist.layers:
        moved = engine.rollups.moved(layer.id, today, since=day)
        members = sorted(moved, key=lambda move: -abs(move.move_pct))
        if layer.id in rollups and members:
            made.append(BriefingLayer(rollup=rollups[layer.id], largest=tuple(members[:_LARGEST])))
    return tuple(made)


def _private(engine: Engine, day: date, now: datetime) -> tuple[BriefingPrivate, ...]:
    """Return the private names that have a story since the day began or a basket that moved on it.

    While the day goes on, stories of the last 24 hours.
    """
    since = min(_begin_of(day, now), now - _DAY)
    rollups = {rollup.id: rollup for rollup in engine.rollups.compute(program_day(now), since=day)}
    made = []
    for entity in engine.parts.watchlist.entities:
        stories = _stories(engine.newsroom, entity, since, now)
        rollup = rollups.get(entity)
        if rollup is not None and (stories or rollup.move_pct is not None):
            made.append(BriefingPrivate(rollup=rollup, stories=stories))
    return tuple(made)


def _stories(newsroom: Newsroom, entity: str, since: datetime, now: datetime) -> tuple[Story, ...]:
    found = newsroom.about((entity,), since)
    known = [story for story in found if story.lead.published <= now and story.reading.event]
    known.sort(key=lambda story: (-story.copies, story.lead.published))
    return tuple(known[:_STORIES])


def _alerts(engine: Engine, day: date, now: datetime, *, archived: bool) -> tuple[Alert, ...]:
    """Return the alerts of a trading day and since; in a replay those of this run, not of an earlier one.

    Seoul's session of the day begins on the evening before. Alerts of a day long ago are asked of the store:
    an engine holds the newest ones only.
    """
    begin, before = _begin_of(day, now), engine.alerts_before if engine.parts.replay else frozenset()
    since = begin - _DAY
    known = engine.parts.store.alerts.load_between(since, now) if archived else engine.delivery.alerts
    fired = [alert for alert in known if since <= alert.fired_at <= now and alert.id not in before]
    of_day = (a for a in fired if a.fired_at >= begin or a.session_key >= day.isoformat())
    return tuple(sorted(of_day, key=lambda alert: (alert.fired_at, alert.id)))


def _reports(engine: Engine, now: datetime) -> tuple[tuple[str, EarningsReport], ...]:
    """Return who reports soon or did lately, the earliest first."""
    found = []
    for symbol in engine.parts.watchlist.symbols:
        quote = engine.market.quotes.get(symbol)
        if quote is not None and quote.earnings is not None:
            report = quote.earnings.near(now, zone_of(symbol, engine.parts.ecosystem))
            if report is not None:
                found.append((symbol, report))
    return tuple(sorted(found, key=lambda each: each[1].first))


def _begin_of(day: date, now: datetime) -> datetime:
    """Return the midnight of New York at which a day of alerts begins: Seoul may be a day ahead of it."""
    return day_begins(min(day, program_day(now)))
