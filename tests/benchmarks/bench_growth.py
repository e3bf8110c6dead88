"""What a price costs as the list and the store grow: it should cost the same."""

import random
import statistics
import time
from datetime import timedelta
from pathlib import Path

from tests.benchmarks.bench_rules import SUBJECTS, _engine, _quote
from tests.benchmarks.setting import folder
from tests.support.rig import build_rig, history

from stackwatch.domain.news import Headline
from stackwatch.engine.ports import History

DESCRIPTION = "microseconds a changed price costs with 84 to 500 names, and with 1 to 100 stored days"
_NAMES = (84, 250, 500)
_STORED = (1, 30, 100)
_ROUNDS = 12


def run() -> dict[str, float]:
    figures: dict[str, float] = {}
    for names in _NAMES:
        figures[f"price_us_{names}_names"] = _price(names)
    for days in _STORED:
        with folder() as data:
            figures[f"refresh_ms_{days}_days"] = _refresh(data, days)
    figures["names_500_to_84"] = figures["price_us_500_names"] / figures["price_us_84_names"]
    figures["days_100_to_1"] = figures["refresh_ms_100_days"] / figures["refresh_ms_1_days"]
    return figures


def _price(names: int) -> float:
    """Return the microseconds of one changed price through quotes, moves and 200 rules."""
    with folder() as data:
        engine, clock = _engine(data)
        draw = random.Random(1)  # noqa: S311 - the same prices each time
        spans = []
        for _ in range(_ROUNDS):
            clock.advance(seconds=15)
            # From the end: the first is the market, whose price has all five hundred judged anew.
            quotes = [
                _quote(n, 100.0 + draw.gauss(0.0, 1.0), clock) for n in range(SUBJECTS - names, SUBJECTS)
            ]
            began = time.perf_counter()
            changed = engine.market.book.accept(quotes)
            symbols = [quote.symbol for quote in changed]
            engine.market.refresh_moves(symbols)
            engine.alerting.evaluate(symbols)
            spans.append((time.perf_counter() - began) / names)
        engine.parts.store.close()
    return statistics.median(spans) * 1e6


def _refresh(data: Path, days: int) -> float:
    """Return the milliseconds of a refresh of 84 names with so many days of headlines and bars stored."""
    rig = build_rig(data)
    now = rig.clock.now()
    symbols = rig.engine.symbols
    for number, symbol in enumerate(symbols):
        rig.store.bars.keep_history(
            symbol, History(history(now, seed=number, sessions=60 + days)), now.date()
        )
    rows = [
        Headline(
            id=f"h{n}", title=f"Nvidia signs deal {n}", publisher="P",
            published=now - timedelta(minutes=24 * n),
            received=now, source="bench", url=f"https://example.com/{n}",
        )
        for n in range(60 * days)
    ]  # fmt: skip
    for at in range(0, len(rows), 500):
        rig.store.news.save_headlines(rows[at : at + 500])
    rig.engine.take_histories({s: rig.store.bars.load_daily(s, rig.engine.histories.start) for s in symbols})
    draw = random.Random(1)  # noqa: S311
    spans = []
    for _ in range(_ROUNDS):
        rig.clock.advance(seconds=15)
        for symbol in symbols:
            rig.market.set(symbol, 100.0 + draw.gauss(0.0, 0.8))
        began = time.perf_counter()
        rig.runtime.quotes.fetch(rig.engine)
        spans.append(time.perf_counter() - began)
    rig.store.close()
    return statistics.median(spans) * 1000.0
