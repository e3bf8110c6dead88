"""Headlines, what they mention, and the stories they belong to."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class StoryTheme(StrEnum):
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


class Life(StrEnum):
    """What a title does to a report: makes it, takes it further, denies it or corrects it."""

    REPORTED = "reported"
    UPDATED = "updated"
    DENIED = "denied"
    CORRECTED = "corrected"


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
    the primary takes from names tied to it; ``event`` is true when it reports something new. ``life`` is
    DENIED or CORRECTED for a title that does so, and ``speaker`` the entity that does, where it is named.
    ``reason`` is the kind of own news that a title about a price puts it down to, ``reason_of`` whose else.
    ``unknown_tickers`` are marked as tickers and nobody's of this program. ``describes`` says that its names
    only describe another ("Nvidia-backed firm"), ``only_reasons`` names those that stand only in what it puts
    the price of another down to. Of talk about a price ``told_pct`` is by how many percent it says that this
    went, and ``out_of_hours`` whether it was made while the exchange was shut.
    """

    mentions: tuple[Mention, ...]
    primary: str | None
    tone: int
    theme: StoryTheme
    event: bool
    tones: tuple[tuple[str, int], ...] = ()
    threat: bool = False
    life: Life = Life.REPORTED
    speaker: str | None = None
    reason: StoryTheme | None = None
    reason_of: str | None = None
    unknown_tickers: tuple[str, ...] = ()
    describes: bool = False
    only_reasons: tuple[str, ...] = ()
    told_pct: float | None = None
    out_of_hours: bool = False

    def tone_for(self, entity_id: str) -> int:
        """Return the tone for an entity of the title."""
        return dict(self.tones).get(entity_id, self.tone) if self.tones else self.tone

    @property
    def entities(self) -> tuple[str, ...]:
        """Every entity mentioned, once, in order."""
        return tuple(dict.fromkeys([m.entity_id for m in self.mentions]))


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryTurn:
    """What became of a story: ``kind`` UPDATED, DENIED or CORRECTED, by which later story.

    ``at`` is when that was first published and ``publisher`` by whom; ``speaker`` is the entity that denied
    or corrected, where the title names it.
    """

    kind: Life
    at: datetime
    story_id: str
    publisher: str
    title: str
    speaker: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryCopy:
    """One report of a story as it was published; all of it is untrusted plain text."""

    publisher: str
    published: datetime
    title: str
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """One report and its copies, told by its earliest headline (``lead``): where it was seen first, and when.

    ``novelty`` is 1 for a title unlike any earlier one on its entity in 30 days, 0 for a copy, None where it
    was not worked out. ``turns`` is what became of it, oldest first. ``told`` holds the reports with a time,
    the first included, oldest first; of many copies the earliest.
    """

    id: str
    lead: Headline
    reading: Reading
    copies: int
    publishers: tuple[str, ...]
    last_published: datetime
    novelty: float | None = None
    turns: tuple[StoryTurn, ...] = ()
    told: tuple[StoryCopy, ...] = ()

    @property
    def entities(self) -> tuple[str, ...]:
        """Every entity the story mentions."""
        return self.reading.entities

    @property
    def about(self) -> str | None:
        """Whom it is about, or the first that it mentions."""
        return self.reading.primary or next(iter(self.entities), None)

    @property
    def reports(self) -> tuple[StoryCopy, ...]:
        """The reports that are known one by one, oldest first; at least the one it is told by."""
        return self.told or (copy_of(self.lead),)

    def publishers_by(self, now: datetime) -> tuple[str, ...]:
        """Return who had published it by a time; the first one at least."""
        if self.last_published <= now:
            return self.publishers
        known: dict[str, str] = {}
        for copy in self.reports:
            if copy.published <= now:
                known.setdefault(copy.publisher.casefold(), copy.publisher)
        return tuple(known.values()) or (self.lead.publisher,)

    def copies_by(self, now: datetime) -> int:
        """Return how many reports of it there were by a time; one at least."""
        if self.last_published <= now:
            return self.copies
        return max(sum(copy.published <= now for copy in self.reports), 1)

    def copies_since(self, since: datetime, now: datetime) -> int:
        """Return how many reports of it came after a time and by another.

        Of those that are not known one by one, which came behind the others, only what must have.
        """
        known = sum(since < copy.published <= now for copy in self.reports)
        others = self.copies - len(self.reports)
        if not others or not since < self.last_published <= now:
            return known
        return known + (others if self.reports[-1].published > since else 1)

    def turn_by(self, now: datetime) -> StoryTurn | None:
        """Return the last denial or correction known at a time, else the last update, None without any."""
        if not self.turns:
            return None
        known = [turn for turn in self.turns if turn.at <= now]
        weighty = [turn for turn in known if turn.kind is not Life.UPDATED]
        return (weighty or known)[-1] if known else None

    def denied_by(self, now: datetime) -> bool:
        """Whether the story was denied by a time; that it was corrected since takes no denial back."""
        return any(turn.kind is Life.DENIED and turn.at <= now for turn in self.turns)


def copy_of(headline: Headline) -> StoryCopy:
    """Return a headline as one report of a story."""
    return StoryCopy(
        publisher=headline.publisher,
        published=headline.published,
        title=headline.title,
        url=headline.url,
    )
