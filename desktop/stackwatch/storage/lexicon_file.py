"""Load the word lists that tone and theme are read from."""

from pathlib import Path
from typing import Annotated

from msgspec import Meta, Struct
from msgspec.structs import asdict

from stackwatch.analysis.titles.lexicon import Lexicon
from stackwatch.analysis.tone.wares import Ware
from stackwatch.domain.errors import BadInputError
from stackwatch.domain.news import StoryTheme
from stackwatch.storage.toml.toml_fields import EntityId
from stackwatch.storage.toml.toml_files import place, read_toml

# The rest of a word, "*", stands behind a beginning.
Word = Annotated[str, Meta(min_length=1, max_length=400, pattern=r"^\^?[^*^]")]


class _Tone(Struct, forbid_unknown_fields=True, frozen=True):
    good: tuple[Word, ...]
    bad: tuple[Word, ...]
    negation: tuple[Word, ...]
    rising: tuple[Word, ...]
    falling: tuple[Word, ...]
    bad_object: tuple[Word, ...]
    ending: tuple[Word, ...] = ()
    burden: tuple[Word, ...] = ()
    clearing: tuple[Word, ...] = ()
    done_for: tuple[Word, ...] = ()
    done_to: tuple[Word, ...] = ()
    told: tuple[Word, ...] = ()
    bought: tuple[Word, ...] = ()
    sold: tuple[Word, ...] = ()
    against: tuple[Word, ...] = ()
    threat: tuple[Word, ...] = ()
    despite: tuple[Word, ...] = ()
    neutral: tuple[Word, ...] = ()
    activity: tuple[Word, ...] = ()
    deed: tuple[Word, ...] = ()
    praise: tuple[Word, ...] = ()
    routine: tuple[Word, ...] = ()
    charity: tuple[Word, ...] = ()
    aim: tuple[Word, ...] = ()
    onlooker: tuple[Word, ...] = ()


class _Event(Struct, forbid_unknown_fields=True, frozen=True):
    price_talk: tuple[Word, ...]
    evergreen: tuple[Word, ...]
    feature: tuple[Word, ...] = ()


class _Market(Struct, forbid_unknown_fields=True, frozen=True):
    scarce: tuple[Word, ...] = ()
    ample: tuple[Word, ...] = ()
    price: tuple[Word, ...] = ()


class _Ware(Struct, forbid_unknown_fields=True, frozen=True):
    words: tuple[Word, ...]
    makers: tuple[EntityId, ...]


class _Life(Struct, forbid_unknown_fields=True, frozen=True):
    denial: tuple[Word, ...] = ()
    correction: tuple[Word, ...] = ()


class LexiconFile(Struct, forbid_unknown_fields=True, frozen=True):
    """What ``lexicon.toml`` holds."""

    version: int
    tone: _Tone
    theme: dict[str, tuple[Word, ...]]
    event: _Event
    thing: dict[str, tuple[Word, ...]] = {}
    market: _Market = _Market()
    ware: tuple[_Ware, ...] = ()
    life: _Life = _Life()


def load_lexicon(path: Path) -> Lexicon:
    """Load the word lists; raises BadInputError for an unknown theme."""
    file = read_toml(path, LexiconFile)
    known = {theme.value: theme for theme in StoryTheme}
    for name in (*file.theme, *file.thing):
        if name not in known:
            raise BadInputError(f"{place(path, name, 0)}: theme {name!r}; expected one of {', '.join(known)}")
    return Lexicon(
        themes={known[name]: words for name, words in file.theme.items()},
        things={known[name]: words for name, words in file.thing.items()},
        **asdict(file.tone),
        **asdict(file.event),
        **asdict(file.market),
        wares=tuple(Ware(words=ware.words, makers=frozenset(ware.makers)) for ware in file.ware),
        **asdict(file.life),
    )
