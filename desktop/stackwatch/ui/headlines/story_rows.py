"""The rows of the list of stories in words: a story, one of its copies, or how many more there are."""

from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from stackwatch.analysis.words.hangul import has_hangul
from stackwatch.domain.news import Story, StoryCopy, copy_of
from stackwatch.domain.watchlist import Ecosystem
from stackwatch.domain.words import format as text
from stackwatch.domain.words import story_words, wording
from stackwatch.ui.detail.headlines_panel import StoryRow, story_row
from stackwatch.ui.kit.language import current_language

UNFOLDED = 8  # reports shown under an unfolded story
CHIPS = 6


class StoryRowKind(Enum):
    """What a row is."""

    STORY = "story"
    COPY = "copy"
    MORE = "more"


@dataclass(frozen=True, slots=True)
class Line:
    """A place in the list: a story, its copy of a number, or the rest of its copies."""

    story: Story
    kind: StoryRowKind = StoryRowKind.STORY
    number: int = 0

    @property
    def place(self) -> tuple[str, StoryRowKind, int]:
        """What stays the same while the content changes."""
        return self.story.id, self.kind, self.number

    @property
    def report(self) -> StoryCopy:
        """The report that is meant: the copy of a number, else the one that the story is told by."""
        if self.kind is StoryRowKind.COPY:
            return self.story.reports[self.number]
        return copy_of(self.story.lead)


@dataclass(frozen=True, slots=True)
class RowChip:
    """The name of an entity."""

    entity_id: str
    name: str


@dataclass(frozen=True, slots=True)
class StoryFace:
    """A story as shown."""

    row: StoryRow
    chips: tuple[RowChip, ...]
    accessible_text: str


@dataclass(frozen=True, slots=True)
class CopyFace:
    """A copy as shown: when, by whom and what kind of copy it is, or how many more there are."""

    time: str
    words: str
    note: str
    accessible_text: str


class StoryWriter:
    """Words rows for one day and zone."""

    def __init__(self, ecosystem: Ecosystem, now: datetime, zone: str) -> None:
        self._ecosystem, self._now, self._zone = ecosystem, now, zone

    def story(self, story: Story, *, unfolded: bool) -> StoryFace:
        """Word a story."""
        row = story_row(story, self._now, self._zone, self._ecosystem)
        chips = chips_of(story, self._ecosystem)
        tone = story_words.tone_word(story.reading.tone, current_language())
        names = ", ".join(chip.name for chip in chips)
        folded = fold_word(unfolded=unfolded) if story.copies > 1 else ""
        accessible_text = ", ".join(part for part in (row.accessible_text, tone, names, folded) if part)
        return StoryFace(row, chips, accessible_text)

    def copy(self, story: Story, number: int) -> CopyFace:
        """Word one report of a story."""
        copy = story.reports[number]
        moment = (copy.published, self._now, self._zone, current_language())
        when = text.day_clock(*moment)
        publisher = text.plain(copy.publisher, 60)
        note = copy_note(story, copy, first=number == 0)
        return CopyFace(
            text.column_time(*moment),
            publisher,
            note,
            ", ".join(part for part in (when, publisher, note) if part),
        )

    def more(self, story: Story) -> CopyFace:
        """Say how many copies are not shown."""
        count = story.copies - min(len(story.reports), UNFOLDED)
        more = f"{count:,} more copies" if count > 1 else "1 more copy"
        words = current_language().say(more, f"그 밖에 {count:,}건")
        return CopyFace("", words, "", words)


def fold_word(*, unfolded: bool) -> str:
    """Say whether the copies of a story are shown."""
    say = current_language().say
    return say("unfolded", "펼침") if unfolded else say("folded", "접힘")


def chips_of(story: Story, ecosystem: Ecosystem) -> tuple[RowChip, ...]:
    """Return the entities a story names as chips, the one it is about first."""
    primary = story.reading.primary
    about = dict.fromkeys((*((primary,) if primary is not None else ()), *story.entities))
    known = (e for e in about if e in ecosystem.instruments or e in ecosystem.private)
    return tuple(RowChip(e, wording.short_name(e, ecosystem, current_language())) for e in known)[:CHIPS]


def copy_note(story: Story, copy: StoryCopy, *, first: bool) -> str:
    """Say what kind of copy a report is."""
    say = current_language().say
    if first:
        return say("first seen", "첫 보도")
    source = text.plain(story.lead.publisher, 60)
    if source and source.casefold() in copy.title.casefold():
        return say(f"copy, names {source}", f"중복, {source} 인용")
    if has_hangul(copy.title) is not has_hangul(story.lead.title):
        return say("copy in another language", "다른 언어의 같은 소식")
    return say("copy", "중복")
