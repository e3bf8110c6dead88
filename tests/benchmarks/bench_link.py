"""How fast titles are read."""

import random
import time
from collections.abc import Callable

from ahocorasick_rs import AhoCorasick
from tests.benchmarks.setting import folder

from stackwatch.analysis.names.linker import Linker
from stackwatch.app import load_world
from stackwatch.domain.watchlist import AliasPolicy, BilingualName, Ecosystem
from stackwatch.readers import build_reader
from stackwatch.storage.ecosystem.ecosystem_files import with_own_aliases
from stackwatch.storage.locations import user_folders

DESCRIPTION = (
    "headlines a second: the bare automaton, the linker, and the whole reading (entities, tone, theme); the"
    " linker again with 1,500 spellings, the user's own among them, on titles that name both"
)
_TITLES, _SPELLINGS = 10_000, 1_500
_ENGLISH = (
    "{a} signs a supply deal with {b} for its next data center",
    "Why {a} stock is falling today",
    "{a} denies report that it will cut capital expenditure",
    "Regulators look into the agreement between {a} and {b}, people familiar say",
    "Best stocks to buy this week according to a survey of fund managers",
)
_SYLLABLES = ("ba", "cor", "den", "fir", "gal", "hel", "jun", "kar", "lum", "mev", "nor", "pra", "sol", "tev")
_KOREAN = ("{a}, {b}와 공급 계약 체결", "{a}가 내년 설비투자를 늘린다", "코스피 하락 마감, 외국인 순매도")


def run() -> dict[str, float]:
    with folder() as data:
        ecosystem = load_world(user_folders(data)).ecosystem
        own = _own_names(_SPELLINGS - len(spellings_of(ecosystem)))
        path = data / "aliases.toml"
        rows = [f'[[alias]]\ntext = "{text}"\nentity = "NVDA"' for each in own for text in (each.en, each.ko)]
        path.write_text("\n".join(("version = 1", *rows)), "utf-8")
        larger = with_own_aliases(ecosystem, path)
    names = [n.names for n in ecosystem.instruments.values()] + [p.names for p in ecosystem.private.values()]
    titles = titles_of(names)
    spellings = spellings_of(ecosystem)
    automaton = AhoCorasick(spellings)
    bare = per_second(automaton.find_matches_as_indexes, [title.lower() for title in titles])
    linker = per_second(Linker.of(ecosystem).link, titles)
    reading = per_second(build_reader(ecosystem).read, titles)
    return {
        "bare_scan_per_s": bare,
        "linker_per_s": linker,
        "reading_per_s": reading,
        "linker_ratio": bare / linker,
        "reading_ratio": bare / reading,
        "spellings": float(len(spellings)),
        "many_linker_per_s": per_second(Linker.of(larger).link, titles_of([*names, *own])),
        "many_spellings": float(len(spellings_of(larger))),
    }


def titles_of(names: list[BilingualName]) -> list[str]:
    draw = random.Random(1)  # noqa: S311 - the same titles each time
    titles = []
    for _ in range(_TITLES):
        a, b = draw.choice(names), draw.choice(names)
        korean = draw.random() < 0.3
        form = draw.choice(_KOREAN if korean else _ENGLISH)
        titles.append(form.format(a=a.ko, b=b.ko) if korean else form.format(a=a.en, b=b.en))
    return titles


def _own_names(spellings: int) -> list[BilingualName]:
    """Return made-up names, two spellings each."""
    draw = random.Random(2)  # noqa: S311 - the same names each time
    made: dict[str, str] = {}
    while len(made) < spellings / 2:
        english = "".join(draw.choice(_SYLLABLES) for _ in range(3)).capitalize()
        made[english] = "".join(chr(draw.randrange(0xAC00, 0xD7A4)) for _ in range(4))
    return [BilingualName(english, korean) for english, korean in made.items()]


def spellings_of(ecosystem: Ecosystem) -> list[str]:
    """Return every spelling that is looked for in lower case."""
    return [a.text.lower() for a in ecosystem.aliases if a.policy is not AliasPolicy.MARKED]


def per_second(read: Callable[[str], object], titles: list[str]) -> float:
    for title in titles[:200]:
        read(title)
    began = time.perf_counter()
    for title in titles:
        read(title)
    return len(titles) / (time.perf_counter() - began)
