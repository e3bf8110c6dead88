"""Barometers on request: what they need is gathered on the core, the sums are done on the pool."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from stackwatch.domain.barometer import Barometer
from stackwatch.domain.errors import StoreError
from stackwatch.domain.events import BarometerLoaded
from stackwatch.domain.market import day_begins, program_day
from stackwatch.domain.news import Headline, Story
from stackwatch.domain.quote import ChartRange
from stackwatch.engine.fetching import Fetching, expect

if TYPE_CHECKING:  # the engine brings numpy along, which must not load before the first paint
    from stackwatch.analysis.moves.market_model import Closes
    from stackwatch.analysis.titles.title_reader import TitleReader
    from stackwatch.engine.engine import Engine

_DAYS = {ChartRange.MONTH_1: 30, ChartRange.MONTH_6: 182, ChartRange.YEAR_1: 365}
_BEFORE = timedelta(days=200)  # more than the 125 sessions that the first one is judged by


@dataclass(frozen=True, slots=True, kw_only=True)
class _Needs:
    """Everything a barometer is made from; ``tied`` are the names linked on each day."""

    entity_id: str
    span: ChartRange
    first: date
    last: date
    members: Mapping[str, "tuple[Closes, Closes]"]
    missing: tuple[str, ...]
    tied: Mapping[date, frozenset[str]]
    stories: tuple[Story, ...]
    older: tuple[Headline, ...]
    reader: "TitleReader"
    replay: bool


class Barometers:
    """Answers requests for barometers. Runs on the core thread."""

    def __init__(self, fetching: Fetching) -> None:
        self._fetching = fetching

    def answer(self, engine: "Engine", entity_id: str, span: ChartRange) -> None:
        """Answer with BarometerLoaded; without a readable store it holds what is in memory."""
        if entity_id not in engine.parts.ecosystem.private or span not in _DAYS:
            return
        needs = _gather(engine, entity_id, span)

        def done(made: Barometer) -> None:
            engine.tell(BarometerLoaded(made))

        self._fetching.start(f"barometer {entity_id} {span}", lambda: _make(needs), done, expect)


def _gather(engine: "Engine", entity_id: str, span: ChartRange) -> _Needs:
    last = program_day(engine.parts.clock.now())
    first = last - timedelta(days=_DAYS[span])
    instruments = engine.parts.ecosystem.instruments
    tied = engine.graph.linked_names(entity_id, first, last)
    ever = frozenset[str]().union(*tied.values())
    names = tuple(name for name in instruments if name in ever)
    from stackwatch.analysis.moves.market_model import known_market  # brings numpy along

    members: dict[str, tuple[Closes, Closes]] = {}
    for name in names:
        share = engine.histories.closes(name, first - _BEFORE)
        market = engine.histories.closes(instruments[name].benchmark, first - _BEFORE)
        if share is not None and market is not None:
            members[name] = (share, known_market(instruments, name, share, market))
    return _Needs(
        entity_id=entity_id,
        span=span,
        first=first,
        last=last,
        members=members,
        missing=tuple(name for name in names if name not in members),
        tied=tied,
        stories=engine.newsroom.about((entity_id,), day_begins(first)),
        older=_archived(engine, first),
        reader=engine.parts.reader,
        replay=engine.parts.replay,
    )


def _archived(engine: "Engine", first: date) -> tuple[Headline, ...]:
    try:
        return engine.newsroom.archived(day_begins(first))
    except StoreError as fault:
        engine.writer.failed(fault)
        return ()


def _make(needs: _Needs) -> Barometer:
    """Compute a barometer; runs on the pool."""
    from stackwatch.analysis.barometer import basket_days, stories_about, tone_bars  # numpy

    nobody: frozenset[str] = frozenset()
    days, counted, short = basket_days(
        needs.members, lambda day: needs.tied.get(day, nobody), needs.first, needs.last
    )
    older = stories_about(needs.entity_id, needs.older, needs.reader)
    return Barometer(
        entity_id=needs.entity_id,
        span=needs.span,
        first=needs.first,
        last=needs.last,
        days=days,
        tones=tone_bars(needs.entity_id, (*older, *needs.stories), needs.first, needs.last),
        counted=counted,
        missing=(*needs.missing, *short),
        apart=tuple(name for name in needs.members if name not in counted and name not in short),
        reconstructed=needs.replay,
    )
