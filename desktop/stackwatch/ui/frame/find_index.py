"""What can be found: symbols, English and Korean names, initial consonants, titles of stories, commands."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import islice, takewhile

from stackwatch.domain import format as write
from stackwatch.domain.news import Story
from stackwatch.domain.own_private import folded, known_spellings
from stackwatch.domain.watchlist import Ecosystem, Watchlist
from stackwatch.ui.frame.action import Action, shown_keys
from stackwatch.ui.frame.find_answers import AnswerKind, FindResult
from stackwatch.ui.frame.find_spellings import Spellings
from stackwatch.ui.kit.initials import INITIALS, initial_consonants
from stackwatch.ui.kit.language import current_language
from stackwatch.ui.watchlist.watchlist_cells import kind_word

_MOST = 8
_MOST_STORIES = 500
_MOST_COMMANDS, _MOST_ADDED = 6, 4
_SPELT, _MISS = 4, 5  # the ranks of what titles call so, and of what is not found by its name
_KOREAN = re.compile("[가-힣]+")  # what follows SK, LG or HD in one word
_LEAST_LETTERS = 3  # of what a company does


@dataclass(frozen=True, slots=True)
class _Entry:
    found: FindResult
    keys: tuple[str, ...]
    initials: str
    does: tuple[str, ...] = ()
    told: str = ""


class FindIndex:
    """Everything that can be found, in the order of the list."""

    def __init__(self, ecosystem: Ecosystem, watchlist: Watchlist) -> None:
        self._ecosystem = ecosystem
        self._stories: dict[str, tuple[datetime, _Entry]] = {}  # as published, the newest last
        self._commands: tuple[_Entry, ...] = ()
        self._actions: tuple[Action, ...] = ()
        self._made: dict[str, _Entry] = {}
        self.set_watchlist(watchlist)

    def set_watchlist(self, watchlist: Watchlist) -> None:
        """Find the names of another list; the others that are known can be added to it."""
        self._ids = (*watchlist.entities, *watchlist.symbols)
        self._known = frozenset(self._ids)
        self._sort_out()

    def set_actions(self, actions: Sequence[Action]) -> None:
        """Find these commands too, by their name in either language."""
        self._actions = tuple(action for action in actions if action.findable)
        self._name_commands()

    def _name_commands(self) -> None:
        self._commands = tuple(map(self._command, self._actions))

    def _sort_out(self) -> None:
        """Tell the names of the list from the others that are known."""
        self._entries = [self._entry(entity_id) for entity_id in self._ids]
        everything = (*self._ecosystem.private, *self._ecosystem.instruments)
        self._called: frozenset[str] | None = None
        self._spellings: Spellings | None = None
        self._others = [self._entry(each) for each in everything if each not in self._known]

    def _entry(self, entity_id: str) -> _Entry:
        if entity_id not in self._made:
            self._made[entity_id] = self._entity(entity_id)
        return self._made[entity_id]

    def _entity(self, entity_id: str) -> _Entry:
        ecosystem, language = self._ecosystem, current_language()
        names = ecosystem.names_of(entity_id)
        listed = entity_id in ecosystem.instruments
        title = entity_id if listed else names.get(language)
        note = names.get(language) if listed else kind_word(ecosystem.kind_of(entity_id))
        keys = (_fold(entity_id), _fold(names.en), _fold(names.ko))
        business = ecosystem.business_of(entity_id)
        does = () if business is None else (_fold(business.en), _fold(business.ko))
        told = note if business is None else f"{note} \u00b7 {business.get(language)}"
        return _Entry(FindResult(entity_id, title, note), keys, _initials(names.ko), does, told)

    def _command(self, action: Action) -> _Entry:
        keys = (_fold(action.names.en), _fold(action.names.ko))
        title = action.names.get(current_language())
        found = FindResult("", title, shown_keys(action), AnswerKind.COMMAND, action.run)
        return _Entry(found, ("", *keys), _initials(keys[1]))

    def add_stories(self, stories: Sequence[Story]) -> None:
        """Make stories findable by their title; the newest few hundred are kept."""
        newest = sorted(stories, key=lambda story: story.lead.published)[::-1]
        if len(self._stories) == _MOST_STORIES:
            oldest, _ = next(iter(self._stories.values()))
            newest = list(takewhile(lambda story: story.lead.published >= oldest, newest))
        named = ((story, name) for story in newest if (name := self._named(story)) is not None)
        for story, entity_id in reversed(list(islice(named, _MOST_STORIES))):
            self._stories[story.id] = (story.lead.published, _story_entry(story, entity_id))
        kept = sorted(self._stories.items(), key=lambda item: item[1][0])
        self._stories = dict(kept[-_MOST_STORIES:])

    def _named(self, story: Story) -> str | None:
        """Return the name of the list that a story leads to: its main one, or the first it mentions."""
        return next((e for e in (story.reading.primary, *story.entities) if e in self._known), None)

    def drop_stories(self, story_ids: Iterable[str]) -> None:
        """Make stories unfindable again."""
        for story_id in story_ids:
            self._stories.pop(story_id, None)

    def search(self, text: str) -> tuple[FindResult, ...]:
        """Return the best names, symbols and starts first, then names to add, commands, and stories.

        Names that titles call so come behind them, then those whose company does what is looked for. Where
        nothing is found at all, those are that a question names, or that are spelt nearly so.
        """
        wanted = _fold(text)
        if not wanted:
            return ()
        spellings = self._spelt()
        names = _ranked(self._entries, wanted, spellings)[:_MOST]
        room = _MOST - len(names)
        known = reversed(self._stories.values())
        stories = [entry.found for _, entry in known if wanted in entry.keys[0]]
        others = [
            replace(found, kind=AnswerKind.ADD)
            for found in _ranked(self._others, wanted, spellings)[:_MOST_ADDED]
        ]
        commands = _ranked(self._commands, wanted, spellings)[:_MOST_COMMANDS]
        if not (names or others or commands or stories):
            return self._named_in(text) or self._spelt_nearly(wanted)
        return (*names, *others, *commands, *stories[: max(room, 2)])

    def _spelt(self) -> Spellings:
        """Return what else names are called, looked up once somebody searches."""
        if self._spellings is None:
            self._spellings = Spellings(self._ecosystem)
        return self._spellings

    def _named_in(self, text: str) -> tuple[FindResult, ...]:
        """Return whom a question is about: the names of the list first."""
        entries = {entry.found.entity_id: entry for entry in (*self._entries, *self._others)}
        named = self._spelt().named_in(text, {entity: entry.keys for entity, entry in entries.items()})
        others = [replace(entries[e].found, kind=AnswerKind.ADD) for e in named if e not in self._known]
        known = [entries[e].found for e in named if e in self._known]
        return (*known[:_MOST], *others[:_MOST_ADDED])

    def _spelt_nearly(self, wanted: str) -> tuple[FindResult, ...]:
        near = _misspelt(self._entries, wanted)
        others = (replace(found, kind=AnswerKind.ADD) for found in _misspelt(self._others, wanted))
        return (*near, *others)

    def rename(self) -> None:
        """Find what is called otherwise now, and show it in the language in use."""
        self._made.clear()
        self._sort_out()
        self._name_commands()

    def knows(self, text: str) -> bool:
        """Whether something is called or spelt just so, or the text is consonants to search by."""
        if self._called is None:
            entries = (*self._entries, *self._others)
            names = (key for entry in entries for key in entry.keys)
            self._called = frozenset(
                (*map(folded, names), *(folded(a.text) for a in known_spellings(self._ecosystem)))
            )
        return folded(text) in self._called or any(letter in INITIALS for letter in _fold(text))

    def holds(self, text: str) -> bool:
        """Whether a text is the symbol of a name that is known already."""
        return text.strip().upper() in self._ecosystem.instruments


def _story_entry(story: Story, entity_id: str) -> _Entry:
    title = write.plain(story.lead.title)
    found = FindResult(entity_id, title, write.plain(story.lead.publisher), AnswerKind.STORY)
    return _Entry(found, (_fold(title),), "")


def _ranked(entries: Iterable[_Entry], wanted: str, spellings: Spellings) -> list[FindResult]:
    by_initials = any(c in INITIALS for c in wanted)  # letters beside them stand for themselves
    ranked = []
    for entry in entries:
        rank = _rank(entry, wanted, by_initials)
        if rank < _SPELT:
            ranked.append((rank, entry.found))
        elif (spelling := spellings.beginning(entry.found.entity_id, wanted)) is not None:
            note = f"{entry.found.note} \u00b7 {spelling}"
            ranked.append((_SPELT, replace(entry.found, note=note)))
        elif _does(entry, wanted):
            ranked.append((_MISS, replace(entry.found, note=entry.told)))
    ranked.sort(key=lambda pair: pair[0])
    return [found for _, found in ranked]


def _does(entry: _Entry, wanted: str) -> bool:
    """Whether a word of what a company does begins so; Korean runs words together."""
    if not wanted.isascii():
        return len(wanted) > 1 and any(wanted in does for does in entry.does)
    return len(wanted) >= _LEAST_LETTERS and any(f" {wanted}" in f" {does}" for does in entry.does)


def _rank(entry: _Entry, wanted: str, by_initials: bool) -> int:  # noqa: FBT001 - private, one caller
    if by_initials:
        where = entry.initials.find(wanted.replace(" ", ""))
        return _MISS if where < 0 else min(where, 1) + 1
    symbol = entry.keys[0]
    if symbol == wanted:
        return 0
    if any(key.startswith(wanted) for key in entry.keys):
        return 1
    if any(f" {wanted}" in key for key in entry.keys):
        return 2
    return 3 if any(wanted in key for key in entry.keys) else _MISS


def _misspelt(entries: Iterable[_Entry], wanted: str) -> list[FindResult]:
    """Return what has a name, or a word in one, that was misspelt, the likeliest first."""
    from stackwatch.analysis.spelling import letters, misspelt  # only where nothing else is found

    typed, near = letters(wanted), []
    for entry in entries:
        names = entry.keys[1:]
        parts = {letters(part) for name in names for part in (name, *name.split(), *_KOREAN.findall(name))}
        wrong = [far for part in parts if (far := misspelt(typed, part)) is not None]
        if wrong:
            near.append((min(wrong), entry.found))
    near.sort(key=lambda pair: pair[0])
    return [found for _, found in near[:_MOST_ADDED]]


def _initials(name: str) -> str:
    return initial_consonants(_fold(name)).replace(" ", "")


def _fold(text: str) -> str:
    # NFKC would turn the compatibility letters that keyboards send into conjoining ones.
    return unicodedata.normalize("NFC", text).casefold().strip()
