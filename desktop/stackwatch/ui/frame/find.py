"""The field that finds, and its answers by group below it."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QWidget

from stackwatch.domain.list_events import SymbolsFound
from stackwatch.domain.words.wording import reason_words
from stackwatch.ui.frame.find_answers import AnswerKind, FindResult
from stackwatch.ui.kit.answer import Answer
from stackwatch.ui.kit.answer_field import AnswerField
from stackwatch.ui.kit.language import current_language
from stackwatch.ui.watchlist.watchlist_cells import EMPTY, Cell

if TYPE_CHECKING:  # they are made after the first paint
    from stackwatch.domain.venues import SymbolHit
    from stackwatch.ui.frame.find_index import FindIndex
    from stackwatch.ui.kit.answer_list import AnswerList

_WIDTH = 460
_LONGEST = 200  # letters; a page that was pasted is no name
_LEAST_TO_ASK = 2
_ASKED = "search: "  # what was asked, before why there is no answer
_SYMBOLS = (AnswerKind.NAME, AnswerKind.ADD, AnswerKind.HIT)


class FindField(AnswerField):
    """The field in the header and the list of answers below it.

    ``chosen`` carries the id of a name of the list, ``layer_chosen`` that of a layer, ``rule_chosen`` that of
    a rule and no subject, ``story_chosen`` that of whom a story is about and the story's own, ``added`` the
    symbol of one that is to come into it, ``hit_chosen`` a SymbolHit of the provider, ``look_up`` a text to
    ask the provider for, ``follow_wanted`` the name of a private company that nobody knows yet.
    ``left`` says, before what was chosen happens, that the field needs the keyboard no more.
    """

    chosen = Signal(str)
    layer_chosen = Signal(str)
    rule_chosen = Signal(str, str)
    story_chosen = Signal(str, str)
    added = Signal(str)
    hit_chosen = Signal(object)
    look_up = Signal(str)
    follow_wanted = Signal(str)
    left = Signal()
    begun = Signal()  # somebody is about to search

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_WIDTH, parent)
        self._index: FindIndex | None = None
        self._asked = ""
        self._answer: SymbolsFound | None = None
        self._adding = False
        self.change_of: Callable[[str], Cell] = lambda _entity_id: EMPTY  # as the list writes it
        self.asks = True  # whether there is a provider to be asked: a replay has none
        self.setMaxLength(_LONGEST)

    @property
    def found(self) -> tuple[FindResult, ...]:
        """The answers shown, heads of groups left out."""
        return tuple(given for given in self.given if isinstance(given, FindResult))

    def set_index(self, index: "FindIndex") -> None:
        """Search another index."""
        self._index = index

    def begin(self) -> None:
        """Take the focus, ready for a new search."""
        self._adding = False
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.selectAll()

    def begin_adding(self) -> None:
        """Take the focus for a name that is to come into the list."""
        self.begin()
        self._adding = True

    def show_hits(self, answer: SymbolsFound) -> None:
        """Show what the provider lists, unless something else is looked for by now."""
        if answer.text == self._asked and answer.text == self.text().strip():
            self._answer = answer
            self.search()

    def retranslate(self) -> None:
        """Show answers in the language in use."""
        self.answers.setAccessibleName(self.tr("What was found"))
        if self._index is not None:
            self._index.rename()
            self.search_again()

    def search_again(self) -> None:
        """Find what has been learnt since, while answers are shown."""
        if self.searching:
            self.search()

    def lay(self, answers: "AnswerList") -> None:
        """Name them, and put them below."""
        super().lay(answers)
        answers.setAccessibleName(self.tr("What was found"))

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Say that somebody is about to search."""
        super().focusInEvent(event)
        self.begun.emit()

    def leave(self) -> bool:
        """Give up what was typed, and the keyboard."""
        super().leave()
        self.left.emit()
        return True

    def look_for(self, text: str) -> Sequence[Answer]:
        """Return the answers to a text by group, under heads where not all are names of the list."""
        answers: list[Answer] = []
        last: AnswerKind | None = None
        found = self._all_answers(text)
        only_names = all(each.kind is AnswerKind.NAME for each in found)
        for each in found:
            if each.kind is not last and not only_names:
                answers.append(Answer(None, self._head(each.kind), head=True))
            last = each.kind
            answers.append(self._answer_of(each))
        return answers

    def _answer_of(self, found: FindResult) -> Answer:
        """Put a name or layer of the list beside its change, and anything else as it is."""
        symbol = found.kind in _SYMBOLS
        rows = (AnswerKind.NAME, AnswerKind.LAYER)
        change = self.change_of(found.entity_id) if found.kind in rows else EMPTY
        return Answer(found, found.title, found.note, symbol=symbol, figure=change.text, way=change.arrow)

    def _all_answers(self, text: str) -> Sequence[FindResult]:
        found = list(self._index.search(text) if self._index else ())
        if not found and text != self.text():
            return found
        if self._adding:
            found.sort(key=lambda each: each.kind is not AnswerKind.ADD)
            found = [each for each in found if each.kind in (AnswerKind.NAME, AnswerKind.ADD)]
        wanted = text.strip()
        if self._index is None or len(wanted) < _LEAST_TO_ASK:
            return found
        from stackwatch.domain.lists.own_private import is_name  # after the first paint

        named = is_name(wanted) and not self._index.knows(wanted)
        follow = [self._follow(wanted)] if named else []
        if self._answer is not None and self._answer.text == wanted:
            return [*found, *self._hits(self._answer), *follow]
        if not self._index.holds(wanted):
            title = self.tr("Look up \u201c{text}\u201d at Yahoo").format(text=wanted[:40])
            note = self.tr("asking") if self._asked == wanted else ""
            if not self.asks:
                title, note = self.tr("A replay looks nothing up"), self.tr("only with live prices")
            found.append(FindResult("", title, note, AnswerKind.LOOK_UP))
        return [*found, *follow]

    def _follow(self, name: str) -> FindResult:
        title = self.tr("Follow \u201c{text}\u201d as a private company").format(text=name[:40])
        return FindResult("", title, "", AnswerKind.FOLLOW, lambda: self.follow_wanted.emit(name))

    def _hits(self, answer: SymbolsFound) -> list[FindResult]:
        if answer.fault is not None:
            reason = reason_words(answer.fault, current_language()).removeprefix(_ASKED)
            words = self.tr("No answer: {reason}").format(reason=reason)
            return [FindResult("", words, "", AnswerKind.LOOK_UP)]
        if not answer.hits:
            return [FindResult("", self.tr("Yahoo lists nothing under that name"), "", AnswerKind.LOOK_UP)]
        return [self._hit(hit) for hit in answer.hits]

    def _hit(self, hit: "SymbolHit") -> FindResult:
        from stackwatch.domain.venues import venue_of  # after the first paint

        venue = venue_of(hit.symbol)
        currency = self.tr("hours not known") if venue is None else venue.currency
        note = " \u00b7 ".join(part for part in (hit.name, hit.exchange, currency) if part)
        return FindResult(hit.symbol, hit.symbol, note, AnswerKind.HIT, lambda: self.hit_chosen.emit(hit))

    def _head(self, kind: AnswerKind) -> str:
        return {
            AnswerKind.NAME: self.tr("In the list"),
            AnswerKind.LAYER: self.tr("Layers"),
            AnswerKind.ADD: self.tr("Add to the list"),
            AnswerKind.RULE: self.tr("Alert rules"),
            AnswerKind.COMMAND: self.tr("Commands"),
            AnswerKind.STORY: self.tr("Stories"),
            AnswerKind.HIT: self.tr("At Yahoo, to add"),
            AnswerKind.LOOK_UP: "Yahoo",
            AnswerKind.FOLLOW: self.tr("Private company"),
        }[kind]

    def take(self, gives: object) -> None:
        """Go to what was chosen, do it, or ask the provider."""
        found = gives
        assert isinstance(found, FindResult)
        if found.kind is AnswerKind.LOOK_UP:
            if self.asks:
                self._ask()
            return
        self.clear()
        self.left.emit()
        self._asked, self._answer = "", None
        if found.run is not None:
            found.run()
        elif found.kind is AnswerKind.ADD:
            self.added.emit(found.entity_id)
        elif found.kind is AnswerKind.STORY:
            self.story_chosen.emit(found.entity_id, found.story_id)
        elif found.kind is AnswerKind.RULE:
            self.rule_chosen.emit(found.entity_id, "")
        elif found.kind is AnswerKind.LAYER:
            self.layer_chosen.emit(found.entity_id)
        else:
            self.chosen.emit(found.entity_id)

    def _ask(self) -> None:
        """Ask the provider and keep the answers open until it has said something."""
        self._asked, self._answer = self.text().strip(), None
        self.look_up.emit(self._asked)
        self.search()
