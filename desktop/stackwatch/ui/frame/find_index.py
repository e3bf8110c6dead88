"""What can be found: symbols, names, initial consonants, layers, rules, stories, commands."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import islice, takewhile

from stackwatch.domain.lists.own_private import folded, known_spellings
from stackwatch.domain.news import Story
from stackwatch.domain.rule import Rule
from stackwatch.domain.watchlist import Ecosystem, Layer, Watchlist
from stackwatch.domain.words import format as write
from stackwatch.domain.words.rule_names import rule_name
from stackwatch.domain.words.rule_words import rule_sentence
from stackwatch.domain.words.story_words import publisher_word
from stackwatch.ui.frame.action import Action, shown_keys
from stackwatch.ui.frame.command_words import ALSO
from stackwatch.ui.frame.find_answers import AnswerKind, FindResult
from stackwatch.ui.kit.initials import begun, has_initials
from stackwatch.ui.kit.language import current_language
from stackwatch.ui.name_search import (
    Hit,
    Named,
    Rank,
    fold,
    misspelt_names,
    named,
    ranked,
    typed_otherwise,
)
from stackwatch.ui.spellings import Spellings
from stackwatch.ui.watchlist.watchlist_cells import kind_word

_MOST = 8
_MOST_STORIES = 500
_MOST_COMMANDS, _MOST_ADDED, _MOST_LAYERS, _MOST_RULES = 6, 4, 3, 4


@dataclass(frozen=True, slots=True)
class _Entry:
    found: FindResult
    named: Named
    told: str = ""  # its note where it was found by what its company does


class FindIndex:
    """Everything that can be found, in the order of the list."""

    def __init__(self, ecosystem: Ecosystem, watchlist: Watchlist) -> None:
        self._ecosystem = ecosystem
        self._stories: dict[str, tuple[datetime, _Entry]] = {}  # as published, the newest last
        self._commands: tuple[_Entry, ...] = ()
        self._actions: tuple[Action, ...] = ()
        self._rules: tuple[Rule, ...] = ()
        self._rule_entries: tuple[_Entry, ...] | None = None
        self._made: dict[str, _Entry] = {}
        self._known: frozenset[str] = frozenset()
        self.set_watchlist(watchlist)

    def set_watchlist(self, watchlist: Watchlist, stories: Sequence[Story] = ()) -> None:
        """Find the names of another list, and those of all stories that name one of them.

        Others that are known can be added to the list.
        """
        before, self._layers = self._known, watchlist.shown.layers
        self._watchlist = watchlist
        self._ids = (*watchlist.entities, *watchlist.symbols)
        self._known = frozenset(self._ids)
        self._sort_out()
        if self._known != before:
            self._stories.clear()
            self.add_stories(stories)

    def set_actions(self, actions: Sequence[Action]) -> None:
        """Find these commands too, by their name in either language."""
        self._actions = tuple(action for action in actions if action.findable)
        self._name_commands()

    def _name_commands(self) -> None:
        self._commands = tuple(map(self._command, self._actions))

    def set_rules(self, rules: Sequence[Rule]) -> None:
        """Find these rules too, by their name in either language and by what they are about."""
        self._rules, self._rule_entries = tuple(rules), None

    def _sort_out(self) -> None:
        """Tell the names of the list from the others that are known."""
        self._entries = [self._entry(entity_id) for entity_id in self._ids]
        everything = (*self._ecosystem.private, *self._ecosystem.instruments)
        self._called: frozenset[str] | None = None
        self._spellings: Spellings | None = None
        self._rule_entries = None
        self._others = [self._entry(each) for each in everything if each not in self._known]
        self._layer_entries = tuple(map(_layer_entry, self._layers))

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
        business = ecosystem.business_of(entity_id)
        told = note if business is None else f"{note} \u00b7 {business.get(language)}"
        return _Entry(FindResult(entity_id, title, note), named(entity_id, ecosystem), told)

    def _ruled(self) -> tuple[_Entry, ...]:
        """Return the rules, read back once somebody searches."""
        if self._rule_entries is None:
            self._rule_entries = tuple(map(self._rule, self._rules))
        return self._rule_entries

    def _rule(self, rule: Rule) -> _Entry:
        language = current_language()
        sentence = rule_sentence(rule, self._ecosystem, self._watchlist, language)
        found = FindResult(rule.id, rule_name(rule, language), sentence, AnswerKind.RULE)
        layers = {entry.found.entity_id: entry.named.keys for entry in self._layer_entries}
        known = rule.subject in self._known
        about = named(rule.subject, self._ecosystem).keys if known else layers.get(rule.subject, ())
        # No name is spelt like a rule, whatever that is called.
        return _Entry(found, Named(f"rule {rule.id}", ("", *about, fold(rule.name_en), fold(rule.name_ko))))

    def _command(self, action: Action) -> _Entry:
        names = action.names
        title = names.get(current_language())
        found = FindResult("", title, shown_keys(action), AnswerKind.COMMAND, action.run)
        keys = ("", fold(names.en), fold(names.ko))
        run_together = (each.replace(" ", "") for each in keys)
        also = (fold(ALSO.get(names.en, "")), *run_together)
        return _Entry(found, Named(names.en, keys, also), found.note)

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
        """Return the best names, symbols and starts first, layers, names to add, rules, commands, stories.

        Names that titles call so come behind them, then those whose company does what is looked for; layers
        come first where no name is called just so. Where nothing is found at all, those are that a question
        names and stories with all of its words, or names that are typed on the other keyboard or misspelt.
        """
        wanted = fold(text)
        if not wanted:
            return ()
        spellings = self._spelt()
        hits = _hits(self._entries, wanted, spellings)[:_MOST]
        names = [found for _, found in hits]
        layers = _begun_so(self._layer_entries, wanted, spellings)[:_MOST_LAYERS]
        listed = [*names, *layers] if hits and hits[0][0] <= Rank.CALLED else [*layers, *names]
        room = _MOST - len(names)
        stories = self._told_in([wanted])
        others = [
            replace(found, kind=AnswerKind.ADD)
            for found in _found(self._others, wanted, spellings)[:_MOST_ADDED]
        ]
        rules = _begun_so(self._ruled(), wanted, spellings)[:_MOST_RULES]
        commands = _found(self._commands, wanted, spellings)[:_MOST_COMMANDS]
        if not (listed or others or rules or commands or stories):
            asked = (*self._named_in(text), *self._told_in(wanted.split())[:_MOST])
            return asked or self._like(wanted, typed_otherwise) or self._like(wanted, misspelt_names)
        return (*listed, *others, *rules, *commands, *stories[: max(room, 2)])

    def _told_in(self, words: Sequence[str]) -> list[FindResult]:
        """Return the stories whose titles have all of some folded words, the newest first."""
        if has_initials(words[0][0]):  # nearly every title has one that begins so
            return []
        finds = [begun(word).search for word in words]
        known = reversed(self._stories.values())
        return [entry.found for _, entry in known if all(find(entry.named.keys[0]) for find in finds)]

    def _spelt(self) -> Spellings:
        """Return what else names are called, looked up once somebody searches."""
        if self._spellings is None:
            self._spellings = Spellings(self._ecosystem)
        return self._spellings

    def _named_in(self, text: str) -> tuple[FindResult, ...]:
        """Return whom a question is about: the names of the list first."""
        entries = {entry.found.entity_id: entry for entry in (*self._entries, *self._others)}
        inside = self._spelt().named_in(text, {entity: entry.named.keys for entity, entry in entries.items()})
        others = [replace(entries[e].found, kind=AnswerKind.ADD) for e in inside if e not in self._known]
        known = [entries[e].found for e in inside if e in self._known]
        return (*known[:_MOST], *others[:_MOST_ADDED])

    def _like(self, wanted: str, find: Callable[[Iterable[Named], str], list[str]]) -> tuple[FindResult, ...]:
        """Return the names, those that can be added, and the commands that ``find`` takes a text for."""
        named, others, commands = (
            [by_id[each].found for each in find((entry.named for entry in by_id.values()), wanted)]
            for by_id in (
                {entry.named.id: entry for entry in entries}
                for entries in (self._entries, self._others, self._commands)
            )
        )
        return (*named, *(replace(found, kind=AnswerKind.ADD) for found in others), *commands)

    def rename(self) -> None:
        """Find what is called otherwise now, and show it in the language in use."""
        self._made.clear()
        self._sort_out()
        self._name_commands()

    def knows(self, text: str) -> bool:
        """Whether something is called or spelt just so, or the text is consonants to search by."""
        if self._called is None:
            entries = (*self._entries, *self._others)
            names = (key for entry in entries for key in entry.named.keys)
            self._called = frozenset(
                (*map(folded, names), *(folded(a.text) for a in known_spellings(self._ecosystem)))
            )
        return folded(text) in self._called or has_initials(text)

    def holds(self, text: str) -> bool:
        """Whether a text is the symbol of a name that is known already."""
        return text.strip().upper() in self._ecosystem.instruments


def _story_entry(story: Story, entity_id: str) -> _Entry:
    title = write.plain(story.lead.title)
    publisher = publisher_word(story.lead.publisher)
    found = FindResult(entity_id, title, publisher, AnswerKind.STORY, story_id=story.id)
    return _Entry(found, Named(story.id, (fold(title),)))


def _layer_entry(layer: Layer) -> _Entry:
    names = layer.names
    found = FindResult(layer.id, names.get(current_language()), "", AnswerKind.LAYER)
    return _Entry(found, Named(layer.id, ("", fold(names.en), fold(names.ko))))


def _found(entries: Iterable[_Entry], wanted: str, spellings: Spellings) -> list[FindResult]:
    """Return what a folded text fits, the best first, with a note that says by what."""
    return [found for _, found in _hits(entries, wanted, spellings)]


def _begun_so(entries: Iterable[_Entry], wanted: str, spellings: Spellings) -> list[FindResult]:
    """Return those with a word that begins so; Korean runs words together."""
    hits = _hits(entries, wanted, spellings)
    return [found for rank, found in hits if rank is not Rank.PART or not wanted.isascii()]


def _hits(entries: Iterable[_Entry], wanted: str, spellings: Spellings) -> list[tuple[Rank, FindResult]]:
    """Return how well a folded text fits, the best first, and what it fits."""
    by_id = {entry.named.id: entry for entry in entries}
    hits = ranked((entry.named for entry in by_id.values()), wanted, spellings)
    return [(hit.rank, _noted(by_id[hit.id], hit)) for hit in hits]


def _noted(entry: _Entry, hit: Hit) -> FindResult:
    if hit.spelling:
        return replace(entry.found, note=f"{entry.found.note} \u00b7 {hit.spelling}")
    return replace(entry.found, note=entry.told) if hit.rank is Rank.DOES else entry.found
