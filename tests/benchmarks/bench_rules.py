"""Two hundred rules on five hundred names, and what a rule would have done in two years."""

import random
import statistics
import time
from datetime import timedelta
from itertools import count

import numpy as np
from tests.benchmarks.made import closes
from tests.benchmarks.setting import folder
from tests.support.fakes import FakeClock, FakeMarket, WeekdayCalendars
from tests.support.rig import TUESDAY

from stackwatch.analysis.rules.rule_preview import Fires, Panel, daily_fires, price_values, strengths
from stackwatch.domain.quote import DailyBar, Quote, QuoteState, Session
from stackwatch.domain.rule import Direction, Rule, RuleKind, SubjectKind
from stackwatch.domain.watchlist import BilingualName, Ecosystem, Instrument, Layer, Watchlist
from stackwatch.engine.engine import Engine
from stackwatch.engine.parts import EngineParts
from stackwatch.readers import build_reader
from stackwatch.storage.sqlite.store import SqliteStore

DESCRIPTION = "200 rules x 500 names, 100 changed a batch; a rule over 130 names x 2 years of days"
RULES, SUBJECTS, BATCH, ROUNDS = 200, 500, 100, 60
HISTORY = 160


def run() -> dict[str, float]:
    floor, evaluation = _floor(), _evaluation()
    preview, preview_floor = _preview()
    return {
        "evaluate_batch_ms": evaluation,
        "batch_floor_ms": floor,
        "batch_ratio_to_floor": evaluation / floor,
        "preview_ms": preview,
        "preview_floor_ms": preview_floor,
        "preview_ratio_to_floor": preview / preview_floor,
    }


def rules() -> list[Rule]:
    kinds = (RuleKind.PERCENT_MOVE, RuleKind.PRICE_LEVEL, RuleKind.PERCENT_MOVE, RuleKind.ABNORMAL_MOVE)
    return [
        Rule(
            id=f"rule-{n}",
            name_en="rule",
            name_ko="규칙",
            kind=kinds[n % 4],
            direction=(Direction.UP, Direction.DOWN)[n % 2],
            threshold=(400.0 if n % 2 == 0 else 1.0) if n % 4 == 1 else 30.0 + n / 10.0,
            subject_kind=SubjectKind.WATCHLIST,
            subject="*",
        )
        for n in range(RULES)
    ]


def _floor() -> float:
    """Return milliseconds to compare as many numbers, of which there is an array already, in numpy."""
    values = np.random.default_rng(1).normal(0.0, 1.0, (BATCH, RULES))
    high = np.full((BATCH, RULES), 30.0)
    spans = []
    for _ in range(ROUNDS):
        began = time.perf_counter()
        np.nonzero((values >= high) | (values <= -high))
        spans.append(time.perf_counter() - began)
    return statistics.median(spans) * 1000.0


def _evaluation() -> float:
    """Return milliseconds in which a running engine evaluates its rules after a batch of prices."""
    with folder() as data:
        engine, market = _engine(data)
        draw = random.Random(1)  # noqa: S311 - the same prices each time
        spans = []
        for _ in range(ROUNDS):
            market.advance(seconds=15)
            chosen = draw.sample(range(SUBJECTS), BATCH)
            changed = engine.market.book.accept(
                _quote(n, 100.0 + draw.gauss(0.0, 1.0), market) for n in chosen
            )
            symbols = [quote.symbol for quote in changed]
            engine.market.refresh_moves(symbols)
            began = time.perf_counter()
            engine.alerting.evaluate(symbols)
            spans.append(time.perf_counter() - began)
        engine.parts.store.close()
    return statistics.median(spans) * 1000.0


def _engine(data) -> tuple[Engine, FakeClock]:  # noqa: ANN001 - a path
    clock = FakeClock(TUESDAY)
    symbols = [f"S{n}" for n in range(SUBJECTS)]
    instruments = {
        symbol: Instrument(
            symbol=symbol,
            names=BilingualName(symbol, symbol),
            exchange="NYSE",
            currency="USD",
            timezone="America/New_York",
            calendar="XNYS",
            benchmark="S0",
        )
        for symbol in symbols
    }
    layers = tuple(
        Layer(id=f"l{n}", names=BilingualName("l", "l"), symbols=tuple(symbols[n::10])) for n in range(10)
    )
    ecosystem = Ecosystem(instruments=instruments, private={}, exposures=(), aliases=())
    market = FakeMarket(clock)
    numbers = count()
    parts = EngineParts(
        ecosystem=ecosystem,
        watchlist=Watchlist(id="many", names=BilingualName("many", "many"), layers=layers, private=()),
        rules=tuple(rules()),
        reader=build_reader(ecosystem),
        tiers={},
        clock=clock,
        store=SqliteStore(data / "store.sqlite3", TUESDAY),
        calendars=WeekdayCalendars(),
        quotes=market,
        bars=market,
        news=(),
        new_id=lambda: str(next(numbers)),
    )
    engine = Engine(parts, lambda event: None)
    for n, symbol in enumerate(symbols):
        engine.market.set_history(symbol, _history(n))
    engine.market.book.accept(_quote(n, 100.0, clock) for n in range(SUBJECTS))
    engine.market.refresh_moves(symbols)
    engine.alerting.evaluate(None)
    return engine, clock


def _history(number: int) -> list[DailyBar]:
    """Return half a year of closes, so that every share has an abnormal move."""
    walk = np.cumsum(np.random.default_rng(number).normal(0.0, 0.02, HISTORY))
    closes = 100.0 * np.exp(walk - walk[-1])
    days = [TUESDAY.date() - timedelta(days=HISTORY - n) for n in range(HISTORY)]
    return [
        DailyBar(day, float(c), float(c), float(c), float(c), 1) for day, c in zip(days, closes, strict=True)
    ]


def _quote(number: int, price: float, clock: FakeClock) -> Quote:
    return Quote(
        symbol=f"S{number}",
        price=price,
        currency="USD",
        previous_close=100.0,
        as_of=clock.now() - timedelta(seconds=1),
        session=Session.REGULAR,
        source="fake",
        state=QuoteState.LIVE,
    )


def two_years() -> Panel:
    """Return made days of 130 names."""
    table = closes(2)
    return Panel(np.arange(len(table)) + 738_000, *[table] * 5)


def fires_of(rule: Rule, panel: Panel) -> Fires:
    """Return what a rule would have done."""
    values = price_values(rule, panel)
    return daily_fires(rule, panel.days, values, strengths(rule, values))


def _preview() -> tuple[float, float]:
    """Return milliseconds of a preview, and of the returns and one comparison in numpy."""
    panel, rule = two_years(), rules()[0]
    spans, floors = [], []
    for _ in range(ROUNDS):
        began = time.perf_counter()
        fires_of(rule, panel)
        spans.append(time.perf_counter() - began)
        began = time.perf_counter()
        moves = (panel.close[1:] / panel.close[:-1] - 1.0) * 100.0
        np.nonzero(np.isfinite(moves) & (np.abs(moves) >= rule.threshold))
        floors.append(time.perf_counter() - began)
    return statistics.median(spans) * 1000.0, statistics.median(floors) * 1000.0
