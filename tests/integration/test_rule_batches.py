"""Rules fed with batches of changed prices do what rules that look at everything do."""

import random
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import timedelta

import pytest
from tests.support.fakes import FakeClock, FakeMarket, WeekdayCalendars
from tests.support.rig import TUESDAY, Rig, build_rig, history

from stackwatch.analysis.rules.rule_machine import Fire, RuleReading, fresh_state, step
from stackwatch.domain.move import Move, StoryMatch
from stackwatch.domain.news import Story
from stackwatch.domain.quote import Quote, QuoteState, Session
from stackwatch.domain.rule import (
    Condition,
    Direction,
    Frequency,
    Phase,
    Rule,
    RuleKind,
    RuleState,
    SessionScope,
    SubjectKind,
)
from stackwatch.domain.watchlist import Watchlist
from stackwatch.engine.alerts.alerting import Alerting
from stackwatch.engine.alerts.group_readings import GroupReadings
from stackwatch.engine.alerts.readings import Readings
from stackwatch.engine.bars.day_history import DayHistory
from stackwatch.engine.news.explainer import Explainer
from stackwatch.engine.prices.market_data import MarketData
from stackwatch.engine.prices.price_track import PriceTrack
from stackwatch.storage.sqlite.store import SqliteStore

SYMBOLS = ("NVDA", "AMD", "AVGO")  # the last one without a history
BENCHMARK = "QQQ"
PERCENT, LEVEL, ABNORMAL = RuleKind.PERCENT_MOVE, RuleKind.PRICE_LEVEL, RuleKind.ABNORMAL_MOVE
VOLUME, GAP, TIED = RuleKind.VOLUME_SPIKE, RuleKind.GAP, RuleKind.TIED_MOVE
DOWN, UP, EITHER = Direction.DOWN, Direction.UP, Direction.EITHER


def rule(kind: RuleKind, direction: Direction, threshold: float, **changes: object) -> Rule:
    values: dict[str, object] = {
        "id": f"{kind}-{direction}-{len(changes)}-{threshold}",
        "name_en": "r",
        "name_ko": "r",
        "kind": kind,
        "direction": direction,
        "threshold": threshold,
        "subject_kind": SubjectKind.WATCHLIST,
        "subject": "*",
    }
    return Rule(**(values | changes))  # type: ignore[arg-type]


RULES = (
    rule(PERCENT, DOWN, 3.0, escalate_step=1.0),
    rule(PERCENT, EITHER, 2.0, frequency=Frequency.EVERY_REARM, cooldown_minutes=5),
    rule(PERCENT, UP, 4.0, sessions=SessionScope.ANY, hold_seconds=90),
    rule(PERCENT, DOWN, 2.0, sessions=SessionScope.EXTENDED),
    rule(LEVEL, UP, 103.0, frequency=Frequency.ONCE),
    rule(LEVEL, DOWN, 97.0, sessions=SessionScope.ANY, subject_kind=SubjectKind.SYMBOL, subject="AMD"),
    rule(LEVEL, UP, 101.0, frequency=Frequency.EVERY_REARM, cooldown_minutes=0),
    rule(ABNORMAL, EITHER, 2.0),
    rule(VOLUME, EITHER, 1.5, subject_kind=SubjectKind.SYMBOL, subject="NVDA"),
    rule(GAP, DOWN, 1.0),
    rule(TIED, DOWN, 2.5, escalate_step=1.0),
    rule(TIED, EITHER, 2.0, hold_seconds=90),
    rule(PERCENT, EITHER, 2.0, escalate_step=1.0, conditions=(Condition(kind=GAP, threshold=1.0),)),
)


@pytest.fixture(scope="module")
def rig(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Rig]:
    """A world for the parts that only look things up."""
    folder = tmp_path_factory.mktemp("batches")
    with closing(SqliteStore(folder / "store.sqlite3", TUESDAY)) as store:
        made = build_rig(folder, (), store=store)
        made.engine.newsroom.accept((made.market.report("Nvidia signs a deal"),))
        yield made


JOINED = RULES[-3:]  # what they see of a share changes without its price


class Told(Explainer):
    """Has a story for the names it is told of."""

    def __init__(self, names: set[str], story: Story) -> None:
        self._names = names
        self._story = story

    def tied_story(self, move: Move) -> StoryMatch | None:
        if move.symbol not in self._names:
            return None
        return StoryMatch(
            story=self._story, score=0.5, path=(move.symbol,), relations=(), lead_minutes=1.0, tone=0,
            opposes=False, price_talk=False,
        )  # fmt: skip


@dataclass
class Everything:
    """The same rules, every one of them stepped for every share at every look."""

    alerting: Alerting
    states: dict[tuple[str, str], RuleState]

    def evaluate(self, readings: Readings, clock: FakeClock) -> list[tuple[str, str, Fire]]:
        fires = []
        for each in self.alerting.rules:
            for symbol in self.alerting.subjects(each):
                seen = self.alerting.see(each, symbol)
                state = self.states.get((each.id, symbol)) or fresh_state(each, symbol, clock.now())
                reading = RuleReading(seen.value, seen.reason, seen.way)
                state, fire = step(each, state, reading, clock.now(), readings.day(symbol).isoformat())
                self.states[each.id, symbol] = state
                if fire is not None:
                    fires.append((each.id, symbol, fire))
        return sorted(fires, key=lambda fired: fired[:2])


NEAR = (*[99.2, 100.0, 100.6] * 4, 94.0, 96.5, 97.6, 101.4, 103.5, 105.0)
WIDE = (94.0, 95.5, 97.0, 97.6, 98.5, 100.0, 100.0, 102.0, 103.5, 105.0)
SESSIONS = (*[Session.REGULAR] * 12, Session.PRE, Session.POST, Session.CLOSED)
STATES = (
    *[QuoteState.LIVE] * 12,
    QuoteState.DELAYED,
    QuoteState.STALE,
    *[QuoteState.HALTED] * 3,
    QuoteState.WITHHELD,
    QuoteState.CLOSED,
)
MINUTES = (*[1] * 8, 2, 10, 24 * 60)
EVENTS = (*[""] * 16, "restart", "gap", "shorter list", "whole list", "other rules")


def some_quote(
    quotes: FakeMarket, clock: FakeClock, symbol: str, prices: Sequence[float], draw: random.Random
) -> Quote:
    now = clock.now()
    extended = draw.choice((None, 96.0, 104.5))
    return quotes.set(
        symbol,
        draw.choice(prices),
        as_of=now - timedelta(seconds=1),
        session=draw.choice(SESSIONS),
        state=draw.choice(STATES),
        open=draw.choice((None, 98.0, 100.0)),
        extended_price=extended,
        extended_as_of=None if extended is None else now,
        volume=draw.choice((None, 400, 2_000)),
    )


def decisive(state: RuleState) -> tuple[object, ...]:
    return state.phase, state.fired_at, state.level, state.session_key, state.peak


@pytest.mark.parametrize("seed", range(48))
def test_that_a_batch_fires_what_looking_at_everything_fires(rig: Rig, seed: int) -> None:
    draw = random.Random(seed)  # noqa: S311 - the same rounds each time
    parts, clock = rig.engine.parts, FakeClock(TUESDAY)
    quotes, market = FakeMarket(clock), MarketData(parts.ecosystem, clock, None)
    days = DayHistory(parts.ecosystem, WeekdayCalendars(), rig.store.bars)
    for number, symbol in enumerate((*SYMBOLS[:2], BENCHMARK), 1):
        market.set_history(symbol, history(TUESDAY, seed=number))
        days.take({symbol: history(TUESDAY, seed=number)})
    readings = Readings(market, days, PriceTrack(0), clock)
    whole, shorter = watchlist(parts.watchlist, SYMBOLS), watchlist(parts.watchlist, SYMBOLS[1:])
    rules, followed, prices = (
        draw.sample(*((JOINED, 2) if seed % 2 else (RULES, 3))),
        whole,
        WIDE if seed % 4 > 1 else NEAR,
    )

    def begin(states: tuple[RuleState, ...]) -> Alerting:
        groups = GroupReadings(
            watchlist=followed, market=market, rollups=rig.engine.rollups,
            explainer=Told(told, story), newsroom=rig.engine.newsroom, clock=clock,
        )  # fmt: skip
        return Alerting(
            rules=rules, states=states, watchlist=followed, readings=readings, groups=groups, clock=clock
        )

    told: set[str] = set()
    (story,) = rig.engine.newsroom.stories
    alerting = begin(())
    everything = Everything(alerting, {})
    for _ in range(60):
        clock.advance(minutes=draw.choice(MINUTES))
        happens = draw.choice(EVENTS)
        if happens == "restart":
            alerting = everything.alerting = begin(alerting.states)
        elif happens == "gap":
            alerting.begin_anew()
        elif happens == "other rules":
            alerting.use(alerting.rules[::-1])
        elif happens:
            followed = shorter if happens == "shorter list" else whole
            alerting.use(alerting.rules, followed)
        if happens in ("restart", "gap"):
            everything.states = {
                key: replace(
                    state, seeded=False,
                    phase=Phase.ARMED if happens == "gap" and state.phase is Phase.PENDING else state.phase,
                )
                for key, state in everything.states.items()
            }  # fmt: skip
        changed = market.book.accept(
            some_quote(quotes, clock, symbol, prices, draw)
            for symbol in (*SYMBOLS, BENCHMARK)
            if draw.random() < 0.4
        )
        symbols = [quote.symbol for quote in changed]
        moves = market.refresh_moves(symbols)
        news = frozenset({draw.choice(SYMBOLS)} if draw.random() < 0.4 else ())
        told ^= news
        expected = everything.evaluate(readings, clock)
        changed_names = dict.fromkeys((*symbols, *(move.symbol for move in moves)))
        firings, _ = alerting.evaluate(changed_names, news=news)
        fired = sorted(((f.rule.id, f.subject, f.fire) for f in firings), key=lambda one: one[:2])
        assert fired == expected
        known = {(state.rule_id, state.symbol): decisive(state) for state in alerting.states}
        assert known == {key: decisive(state) for key, state in everything.states.items() if key in known}


def watchlist(of: Watchlist, symbols: tuple[str, ...]) -> Watchlist:
    return replace(of, layers=(replace(of.layers[0], symbols=symbols),), private=())
