"""Headlines through the whole newsroom: read, folded into stories, compared, stored; and one that moves."""

import random
import statistics
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

from tests.benchmarks.setting import folder
from tests.support.rig import build_rig, history

from stackwatch.domain.news import Headline
from stackwatch.engine.engine import Engine

DESCRIPTION = (
    "headlines a second into the store as stories, one in four about the list as in a general feed, and all;"
    " milliseconds from one headline to a new explanation, and through rules and alerts, too"
)
_MANY, _BATCH, _SINGLE = 6_000, 200, 60
_FORMS = (
    "{a} signs a supply deal with {b} for site {n}",
    "{a} delays data center {n} as costs rise",
    "Regulators look into agreement {n} between {a} and {b}",
    "Fund managers name {n} favourites for the week",
    "{a} {n}차 공급 계약 체결",
)
_SINGLES = (
    "Nvidia wins order {n} from OpenAI",
    "Export rules may cost Nvidia {n} million, officials say",
    "Chip maker Nvidia opens laboratory {n} in Taiwan",
    "Nvidia names new head of unit {n}",
    "Court hears complaint {n} against Nvidia",
    "Analysts raise Nvidia target after visit {n}",
)
_OTHERS = (
    "Council of district {n} votes on a new bridge",
    "Ten recipes for a week of rain, part {n}",
    "Harbour town wins regional cup after {n} minutes",
)


def run() -> dict[str, float]:
    with folder() as data:
        rig = build_rig(data)
        engine = rig.engine
        symbols = engine.symbols
        engine.take_histories({s: history(rig.clock.now(), seed=n) for n, s in enumerate(symbols)})
        moves = random.Random(6)  # noqa: S311 - an ordinary day
        for symbol in symbols:
            rig.market.set(symbol, 100.0 + moves.gauss(0.0, 1.5))
        rig.refresh()
        engine.explanation_service.select("NVDA")
        many = _headlines(rig.clock.now(), [i.names.en for i in engine.parts.ecosystem.instruments.values()])
        whole = _seconds(engine, many[:_MANY])
        explained, everything = [], []
        for first, second in batched(many[_MANY:], 2):
            began = time.perf_counter()
            engine.newsroom.accept((first,))
            engine.explain("NVDA")
            explained.append(time.perf_counter() - began)
            began = time.perf_counter()
            engine.take_headlines((second,), "bench")
            everything.append(time.perf_counter() - began)
        stories = len(engine.newsroom.stories)
        rig.store.close()
    return {
        "day_into_store_per_s": _MANY / _day(),
        "all_into_store_per_s": _MANY / whole,
        "one_explained_ms": statistics.median(explained) * 1000.0,
        "one_everything_ms": statistics.median(everything) * 1000.0,
        "stories": float(stories),
    }


def _day() -> float:
    """Return the seconds of as many headlines, three in four about other things."""
    draw = random.Random(3)  # noqa: S311 - the same titles each time
    with folder() as data:
        rig = build_rig(data)
        names = [i.names.en for i in rig.engine.parts.ecosystem.instruments.values()]
        mixed = [
            headline if number % 4 == 0 else replace(headline, title=draw.choice(_OTHERS).format(n=number))
            for number, headline in enumerate(_headlines(rig.clock.now(), names)[:_MANY])
        ]
        seconds = _seconds(rig.engine, mixed)
        rig.store.close()
    return seconds


def _seconds(engine: Engine, headlines: list[Headline]) -> float:
    began = time.perf_counter()
    for batch in batched(headlines, _BATCH):
        engine.newsroom.accept(batch)
    return time.perf_counter() - began


def batched(headlines: list[Headline], size: int) -> Iterator[list[Headline]]:
    """Yield lists of so many."""
    return (headlines[at : at + size] for at in range(0, len(headlines), size))


def _headlines(now, names: list[str]) -> list[Headline]:  # noqa: ANN001 - a datetime
    draw = random.Random(2)  # noqa: S311 - the same titles each time
    made = []
    for number in range(_MANY + _SINGLE):
        title = draw.choice(_FORMS).format(a=draw.choice(names), b=draw.choice(names), n=number)
        if number >= _MANY:
            title = _SINGLES[number % len(_SINGLES)].format(n=number)
        back = timedelta(minutes=(_MANY + _SINGLE - number) * 4)
        made.append(
            Headline(
                id=f"h{number}", title=title, publisher=f"P{number % 40}",
                published=now - back,
                url=f"https://example.com/{number}", received=now - back, source="bench",
            )
        )  # fmt: skip
    return made
