"""Load the word lists that tone and theme are read from, and the feeds with their publishers' standing."""

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

from msgspec import Meta, Struct

from stackwatch.analysis.reading import Lexicon
from stackwatch.domain.errors import BadInputError
from stackwatch.domain.news import Theme
from stackwatch.domain.settings import FeedChoice
from stackwatch.storage.settings_file import WebAddress
from stackwatch.storage.toml_fields import Slug, Text, refuse_duplicates
from stackwatch.storage.toml_files import place, read_toml


class _Tone(Struct, forbid_unknown_fields=True, frozen=True):
    good: tuple[Text, ...]
    bad: tuple[Text, ...]
    negation: tuple[Text, ...]
    rising: tuple[Text, ...]
    falling: tuple[Text, ...]
    bad_object: tuple[Text, ...]
    threat: tuple[Text, ...] = ()
    despite: tuple[Text, ...] = ()
    neutral: tuple[Text, ...] = ()
    activity: tuple[Text, ...] = ()
    routine: tuple[Text, ...] = ()


class _Event(Struct, forbid_unknown_fields=True, frozen=True):
    price_talk: tuple[Text, ...]
    evergreen: tuple[Text, ...]


class _Life(Struct, forbid_unknown_fields=True, frozen=True):
    denial: tuple[Text, ...] = ()
    correction: tuple[Text, ...] = ()


class LexiconFile(Struct, forbid_unknown_fields=True, frozen=True):
    """What ``lexicon.toml`` holds."""

    version: int
    tone: _Tone
    theme: dict[str, tuple[Text, ...]]
    event: _Event
    life: _Life = _Life()


class _FeedRow(Struct, forbid_unknown_fields=True, frozen=True):
    id: Slug
    publisher: Text
    url: WebAddress
    tier: Annotated[int, Meta(ge=1, le=3)] = 3
    enabled: bool = True


class FeedsFile(Struct, forbid_unknown_fields=True, frozen=True):
    """What ``feeds.toml`` holds."""

    version: int
    feed: tuple[_FeedRow, ...] = ()
    publishers: dict[str, tuple[Text, ...]] = {}


@dataclass(frozen=True, slots=True)
class Feeds:
    """The general feeds that ship and the tier (1 best, 3 unknown) of every publisher named."""

    shipped: tuple[FeedChoice, ...]
    tiers: dict[str, int]

    @property
    def feeds(self) -> tuple[FeedChoice, ...]:
        """The enabled ones."""
        return tuple(feed for feed in self.shipped if feed.enabled)


def load_lexicon(path: Path) -> Lexicon:
    """Load the word lists; raises BadInputError for an unknown theme."""
    file = read_toml(path, LexiconFile)
    known = {theme.value: theme for theme in Theme}
    for name in file.theme:
        if name not in known:
            raise BadInputError(f"{place(path, name, 0)}: theme {name!r}; expected one of {', '.join(known)}")
    return Lexicon(
        good=file.tone.good,
        bad=file.tone.bad,
        negation=file.tone.negation,
        rising=file.tone.rising,
        falling=file.tone.falling,
        bad_object=file.tone.bad_object,
        threat=file.tone.threat,
        despite=file.tone.despite,
        neutral=file.tone.neutral,
        activity=file.tone.activity,
        routine=file.tone.routine,
        themes={known[name]: words for name, words in file.theme.items()},
        price_talk=file.event.price_talk,
        evergreen=file.event.evergreen,
        denial=file.life.denial,
        correction=file.life.correction,
    )


def load_feeds(path: Path) -> Feeds:
    """Load feeds and publisher tiers; raises BadInputError for a tier that is not tier1, tier2 or tier3."""
    file = read_toml(path, FeedsFile)
    refuse_duplicates(path, "feed", (row.id for row in file.feed), "feed")
    tiers = {row.publisher: row.tier for row in file.feed}
    for name, publishers in file.publishers.items():
        if name not in ("tier1", "tier2", "tier3"):
            raise BadInputError(f"{place(path, name, 0)}: publishers.{name}; expected tier1, tier2 or tier3")
        tiers |= dict.fromkeys(publishers, int(name[-1]))
    shipped = tuple(
        FeedChoice(id=row.id, publisher=row.publisher, url=row.url, enabled=row.enabled) for row in file.feed
    )
    return Feeds(shipped, tiers)
