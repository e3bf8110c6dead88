"""Headlines, what they mention, and the stories they belong to."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Theme(StrEnum):
    """What a story is about."""

    CAPACITY = "capacity"
    FUNDING = "funding"
    CONTRACT = "contract"
    REGULATION = "regulation"
    TALENT = "talent"
    EARNINGS = "earnings"
    PRODUCT = "product"
    SUPPLY = "supply"
    RATING = "rating"
    LEGAL = "legal"
    PRICE_TALK = "price talk"
    OTHER = "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class Headline:
    """A title as published. ``title`` is untrusted plain text; times are aware UTC.

    ``feed_symbols`` says in whose feed it came; that is not a label.
    """

    id: str
    title: str
    publisher: str
    url: str
    published: datetime
    received: datetime
    source: str
    feed_symbols: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Mention:
    """An entity named in a title, with offsets into the title as given."""

    entity_id: str
    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What was read out of a title.

    ``tone`` is -1, 0 or 1 for the primary entity, ``tones`` for those it is another for; ``threat`` says that
    the primary takes from names tied to it; ``event`` is true when it reports something new.
    """

    mentions: tuple[Mention, ...]
    primary: str | None
    tone: int
    theme: Theme
    event: bool
    tones: tuple[tuple[str, int], ...] = ()
    threat: bool = False

    def tone_for(self, entity_id: str) -> int:
        """Return the tone for an entity of the title."""
        return next((tone for name, tone in self.tones if name == entity_id), self.tone)

    @property
    def entities(self) -> tuple[str, ...]:
        """Every entity mentioned, once, in order."""
        return tuple(dict.fromkeys(m.entity_id for m in self.mentions))


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """One report and its copies, told by its earliest headline (``lead``)."""

    id: str
    lead: Headline
    reading: Reading
    copies: int
    publishers: tuple[str, ...]
    last_published: datetime

    @property
    def entities(self) -> tuple[str, ...]:
        """Every entity the story mentions."""
        return self.reading.entities
