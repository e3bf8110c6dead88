"""Stories in plain words: who reported them and what became of them."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from stackwatch.domain.news import Life, Story, StoryTurn
from stackwatch.domain.watchlist import Ecosystem, Language
from stackwatch.domain.words import format as text
from stackwatch.domain.words.vocabulary import PUBLISHERS

_EVER = datetime.max.replace(tzinfo=UTC)
_SAME_WORDS = timedelta(hours=12)  # within which what somebody says is said once, however many report it
_DONE_KO = {Life.DENIED: "부인", Life.CORRECTED: "정정", Life.UPDATED: "후속 보도"}
_CLAUSE_WORDS = 4  # fewer between two marks are a name of a list, or a head
_MARKS = re.compile(r"[,;:]\s+|\s[-\u2013\u2014|]\s+")


@dataclass(frozen=True, slots=True)
class TitleClause:
    """What a title says of somebody: the plain title, where that begins in it, and where the name ends."""

    title: str
    begins: int
    named: int


def clause_about(story: Story, entities: Iterable[str]) -> TitleClause | None:
    """Return the clause of a story's title that names the first of some entities that it names at all."""
    title = text.plain(story.lead.title)
    known = {mention.entity_id: mention.text for mention in reversed(story.reading.mentions)}
    name = next((known[entity] for entity in entities if entity in known), None)
    if name is None or (place := title.find(name)) < 0:
        return None
    starts = [0, *(mark.end() for mark in _MARKS.finditer(title, 0, place))]
    end = mark.start() if (mark := _MARKS.search(title, place)) else len(title)
    while len(starts) > 1 and len(title[starts[-1] : end].split()) < _CLAUSE_WORDS:
        end = starts.pop()
    return TitleClause(title, starts[-1], place + len(name))


def publisher_word(publisher: str) -> str:
    """Shorten the best-known publishers; untrusted text comes back on one line."""
    name = text.plain(publisher, 60)
    return PUBLISHERS.get(name.lower().removeprefix("the "), name)


def turn_words(story: Story, now: datetime, zone: str, ecosystem: Ecosystem, language: Language) -> str:
    """Say what became of a story: ``denied 14:02 by OpenAI``; empty where nothing did.

    The newest denial and the newest correction are both told: neither takes back the other, and what several
    papers report of one is told as of the first. Of updates it is told how many there are (since); ``now`` is
    the day that times are shown without a date for.
    """
    korean = language is Language.KOREAN
    newest = {turn.kind: turn for turn in story.turns if turn.kind is not Life.UPDATED}
    weighty = sorted((_first_said(turn, story.turns) for turn in newest.values()), key=lambda turn: turn.at)
    since = weighty[-1].at if weighty else None
    count = sum(turn.kind is Life.UPDATED and (since is None or turn.at > since) for turn in story.turns)
    told = []
    for turn in weighty:
        when = text.day_clock(turn.at, now, zone, language)
        who = turned_by(turn, ecosystem, language)
        told.append(f"{when} {who} {_DONE_KO[turn.kind]}" if korean else f"{turn.kind.value} {when} by {who}")
    if count:
        updates = f"후속 보도 {count}건" if korean else "1 update" if count == 1 else f"{count} updates"
        told.append(updates if since is None else f"이후 {updates}" if korean else f"{updates} since")
    return ", ".join(told)


def _first_said(turn: StoryTurn, turns: Sequence[StoryTurn]) -> StoryTurn:
    """Return the first report of what somebody said: one in another language is a story of its own."""
    if turn.speaker is None:
        return turn
    said = (t for t in turns if (t.kind, t.speaker) == (turn.kind, turn.speaker))
    return min((t for t in said if turn.at - t.at <= _SAME_WORDS), key=lambda t: t.at)


def tone_word(tone: int, language: Language) -> str:
    """Name a tone: -1, 0 or 1."""
    words = {-1: ("bad", "부정적"), 0: ("neutral", "중립"), 1: ("good", "긍정적")}[tone]
    return language.say(*words)


def status_words(story: Story, now: datetime, zone: str, ecosystem: Ecosystem, language: Language) -> str:
    """Say how a report stands: what it does to an earlier one, and what became of it so far."""
    korean = language is Language.KOREAN
    became = turn_words(story, now, zone, ecosystem, language)
    turn = story.turn_by(_EVER)
    if (life := story.reading.life) is not Life.REPORTED:
        done = language.say(f"{life.value} an earlier report", _DONE_KO[life])
        return language.say(f"{done}; {became}", f"{done}, {became}") if became else done
    if turn is None:
        return "보도됨, 부인·정정 없음" if korean else "reported; not denied, not corrected so far"
    if turn.kind is Life.UPDATED:
        return f"{became}, 부인·정정 없음" if korean else f"{became}; not denied, not corrected so far"
    return became


def life_lines(
    story: Story, now: datetime, zone: str, ecosystem: Ecosystem, language: Language
) -> tuple[str, ...]:
    """Tell the life of a story, a line each: first seen where and when, then what became of it."""
    first = text.day_clock(story.lead.published, now, zone, language)
    publisher = publisher_word(story.lead.publisher)
    korean = language is Language.KOREAN
    lines = [f"{first} {publisher} 첫 보도" if korean else f"{first} first reported by {publisher}"]
    for turn in story.turns:
        when, who = text.day_clock(turn.at, now, zone, language), turned_by(turn, ecosystem, language)
        title = text.plain(turn.title)
        done = f"{who} {_DONE_KO[turn.kind]}" if korean else f"{turn.kind.value} by {who}"
        lines.append(f"{when} {done}: {title}")
    return tuple(lines)


def novelty_words(story: Story, language: Language) -> str:
    """Say how new a story was when it came, empty where that is not known."""
    if story.novelty is None:
        return ""
    korean = language is Language.KOREAN
    if story.novelty >= 0.6:  # noqa: PLR2004 - no earlier title is more than two thirds alike
        return "새로운 내용" if korean else "new"
    if story.novelty >= 0.3:  # noqa: PLR2004
        return "일부 새로운 내용" if korean else "partly new"
    return "이전 보도와 비슷" if korean else "much like an earlier one"


def turned_by(turn: StoryTurn, ecosystem: Ecosystem, language: Language) -> str:
    """Name who denied, corrected or updated a story: whom its title names as doing so, else the publisher."""
    if turn.speaker is not None:
        return ecosystem.names_of(turn.speaker).get(language)
    return publisher_word(turn.publisher)
