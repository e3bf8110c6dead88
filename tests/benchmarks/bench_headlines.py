"""Headlines through the whole newsroom: read, folded into stories, compared, stored; and one that moves."""

import random
import statistics
import time
from datetime import timedelta

from tests.benchmarks.setting import folder
from tests.support.rig import build_rig, history

from stackwatch.domain.news import Headline

DESCRIPTION = "headlines a second into the store as stories, and milliseconds from one to a new explanation"
_MANY, _BATCH, _SINGLE = 6_000, 200, 60
_FORMS = (
    "{a} signs a supply deal with {b} for site {n}",
    "{a} delays data center {n} as costs rise",
    "Regulators look into agreement {n} between {a} and {b}",
    "Fund managers name {n} favourites for the week",
    "{a} {n}차 공급 계약 체결",
)


def run() -> dict[str, float]:
    with folder() as data:
        rig = build_rig(data)
        engine = rig.engine
        symbols = engine.symbols
        engine.take_histories(
            {s: history(rig.clock.now(), seed=n) for n, s in enumerate(symbols)}, store=False
        )
        moves = random.Random(6)  # noqa: S311 - an ordinary day
        for symbol in symbols:
            rig.market.set(symbol, 100.0 + moves.gauss(0.0, 1.5))
        rig.refresh()
        engine.why.select("NVDA")
        made = _headlines(rig.clock.now(), [i.names.en for i in engine.parts.ecosystem.instruments.values()])
        began = time.perf_counter()
        for at in range(0, _MANY, _BATCH):
            engine.newsroom.accept(made[at : at + _BATCH])
        whole = time.perf_counter() - began
        engine.take_headlines((), "bench")
        spans = []
        for headline in made[_MANY:]:
            began = time.perf_counter()
            engine.take_headlines((headline,), "bench")
            spans.append(time.perf_counter() - began)
        rig.store.close()
    return {
        "into_store_per_s": _MANY / whole,
        "one_ms": statistics.median(spans) * 1000.0,
        "stories": float(len(engine.newsroom.stories)),
    }


def _headlines(now, names: list[str]) -> list[Headline]:  # noqa: ANN001 - a datetime
    draw = random.Random(2)  # noqa: S311 - the same titles each time
    made = []
    for number in range(_MANY + _SINGLE):
        title = draw.choice(_FORMS).format(a=draw.choice(names), b=draw.choice(names), n=number)
        if number >= _MANY:
            title = f"Nvidia wins order {number} from OpenAI"
        back = timedelta(minutes=(_MANY + _SINGLE - number) * 4)
        made.append(
            Headline(
                id=f"h{number}", title=title, publisher=f"P{number % 40}",
                published=now - back,
                url=f"https://example.com/{number}", received=now - back, source="bench",
            )
        )  # fmt: skip
    return made
