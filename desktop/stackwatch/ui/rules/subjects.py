"""Whom a rule or a link may be about: what is offered, and the field in which it is searched."""

from collections.abc import Iterable
from typing import cast

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QCompleter

from stackwatch.domain.rule import SubjectKind
from stackwatch.domain.typed import narrow
from stackwatch.domain.watchlist import Ecosystem, Watchlist
from stackwatch.ui.kit.fields import Choice
from stackwatch.ui.kit.initials import initial_consonants
from stackwatch.ui.kit.language import current_language
from stackwatch.ui.kit.row_list import ModelIndex

Subject = tuple[SubjectKind, str]
_SEARCHED = Qt.ItemDataRole.UserRole + 1


class _Finder(QCompleter):
    """Searches texts by their Korean initial consonants, too."""

    def pathFromIndex(self, index: ModelIndex) -> str:
        """Return what stands in the field once an answer is taken."""
        return str(index.data())


class SubjectChoice(Choice):
    """A choice that is also searched by typing a part of a name or a symbol."""

    typed = Signal()

    def __init__(self, width: int) -> None:
        super().__init__(width)
        self.setEditable(True)
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self._finder = finder = _Finder(self.model(), self)
        finder.setCompletionRole(_SEARCHED)
        finder.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
        finder.setFilterMode(Qt.MatchFlag.MatchContains)
        finder.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        found = finder.popup()
        assert found is not None
        found.setAccessibleName(self.tr("Names found"))
        found.setProperty("raised", True)
        found.setStyleSheet("padding: 4px 5px;")  # its words stand below those of the field
        self.setCompleter(finder)
        field = self.lineEdit()
        assert field is not None
        field.setStyleSheet("border: none; background: transparent; padding: 0;")
        field.textEdited.connect(self.typed)
        field.editingFinished.connect(self._settle)

    def fill(self, items: Iterable[tuple[object, str]]) -> None:
        """Offer other values, each to be searched by its text and the initial consonants of it."""
        super().fill(items)
        for place in range(self.count()):
            text = self.itemText(place)
            self.setItemData(place, f"{text}\n{initial_consonants(text)}", _SEARCHED)

    def setAccessibleName(self, name: str) -> None:
        """Name the choice, and the field in it that has the keyboard."""
        super().setAccessibleName(name)
        field = self.lineEdit()
        assert field is not None
        field.setAccessibleName(name)

    @property
    def is_searching(self) -> bool:
        """Whether names are offered below, of which Enter takes one."""
        popup = self._finder.popup()
        return popup is not None and popup.isVisible()

    def subject(self) -> Subject:
        """Return what is chosen, or what is typed as a symbol, known or not."""
        text = narrow(self.currentText()).strip()
        place = self._place(text)
        return (SubjectKind.SYMBOL, text.upper()[:40]) if place is None else self._subject(place)

    def put(self, subject: Subject) -> None:
        """Show a subject, one that is not offered by its id."""
        self.choose(subject)
        if subject not in self._values:
            self.setEditText(subject[1])

    def _place(self, text: str) -> int | None:
        """Return the row of a text, of a symbol, or of a number that a single exchange gave."""
        place = self.findText(text, Qt.MatchFlag.MatchFixedString)
        if place >= 0:
            return place
        ids = [self._subject(place)[1].casefold() for place in range(self.count())]
        if text.casefold() in ids:
            return ids.index(text.casefold())
        numbered = [
            place for place, known in enumerate(ids) if text.isdecimal() and known.startswith(f"{text}.")
        ]
        return numbered[0] if len(numbered) == 1 else None

    def _subject(self, place: int) -> Subject:
        return cast("Subject", self._values[place])

    def _settle(self) -> None:
        """Show the whole name of what was typed."""
        place = self._place(narrow(self.currentText()).strip())
        if place is not None and self.currentText() != self.itemText(place):
            self.setCurrentIndex(place)
            self.setEditText(self.itemText(place))
        self.typed.emit()


def subjects_offered(
    ecosystem: Ecosystem, watchlist: Watchlist, words: tuple[str, str, str, str]
) -> list[tuple[Subject, str]]:
    """Return whom a rule may be about, with the texts to search; ``words`` name list, layers and entities."""
    language = current_language()
    whole, any_layer, any_private, layer_word = words
    offered: list[tuple[Subject, str]] = [
        ((SubjectKind.WATCHLIST, "*"), f"{whole}: {watchlist.names.get(language)}"),
        ((SubjectKind.LAYER, "*"), any_layer),
        ((SubjectKind.PRIVATE, "*"), any_private),
    ]
    offered += [
        ((SubjectKind.LAYER, layer.id), f"{layer_word}: {layer.names.get(language)}")
        for layer in watchlist.layers
    ]
    private = {*watchlist.entities, *ecosystem.private}
    offered += [
        ((SubjectKind.PRIVATE, entity), ecosystem.names_of(entity).get(language))
        for entity in sorted(private, key=lambda e: ecosystem.names_of(e).get(language).casefold())
    ]
    listed = dict.fromkeys((*watchlist.symbols, *ecosystem.instruments))
    offered += [
        ((SubjectKind.SYMBOL, symbol), f"{symbol}  {ecosystem.names_of(symbol).get(language)}")
        for symbol in listed
    ]
    return offered
