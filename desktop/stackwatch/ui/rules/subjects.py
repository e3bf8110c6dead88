"""Whom a rule or a link may be about: what is offered, and the field in which it is searched."""

from collections.abc import Iterable
from typing import cast

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QCompleter

from stackwatch.domain.rule import SubjectKind
from stackwatch.domain.watchlist import Ecosystem, Watchlist
from stackwatch.domain.words.typed import narrow
from stackwatch.ui.kit.fields import Choice
from stackwatch.ui.kit.initials import initial_consonants
from stackwatch.ui.kit.language import current_language
from stackwatch.ui.kit.row_list import ModelIndex
from stackwatch.ui.spellings import Spellings

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
        self._called: list[list[str]] = []  # of each row, folded: what it is called besides
        self._unoffered: Subject | None = None  # what was put and is none of the offered ones
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
        """Offer other values, each to be searched by its text and the initial consonants of it.

        Only the first line of a text is shown; what it is called besides stands in the others.
        """
        offered = [(value, text.split("\n")) for value, text in items]
        super().fill((value, lines[0]) for value, lines in offered)
        self._called = [[each.casefold() for each in lines[1:]] for _, lines in offered]
        for place, (_, (shown, *besides)) in enumerate(offered):
            lines = (shown, initial_consonants(shown), *besides)
            self.setItemData(place, "\n".join(lines), _SEARCHED)

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
        if place is not None:
            return self._subject(place)
        if self._unoffered is not None and text == self._unoffered[1]:
            return self._unoffered
        return SubjectKind.SYMBOL, text.upper()[:40]

    def put(self, subject: Subject) -> None:
        """Show a subject, one that is not offered by its id."""
        self.choose(subject)
        self._unoffered = None if subject in self._values else subject
        if self._unoffered is not None:
            self.setEditText(subject[1])

    def _place(self, text: str) -> int | None:
        """Return the row of a text, a symbol, a name, or of a number that a single exchange gave."""
        place = self.findText(text, Qt.MatchFlag.MatchFixedString)
        if place >= 0:
            return place
        ids = [self._subject(place)[1].casefold() for place in range(self.count())]
        if text.casefold() in ids:
            return ids.index(text.casefold())
        fits = [
            place
            for place, known in enumerate(ids)
            if (text.isdecimal() and known.startswith(f"{text}.")) or text.casefold() in self._called[place]
        ]
        return fits[0] if len(fits) == 1 else None

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
    listed = dict.fromkeys((*watchlist.symbols, *ecosystem.instruments))
    return [*offered, *names_offered(private, listed, ecosystem)]


def names_offered(
    private: Iterable[str], listed: Iterable[str], ecosystem: Ecosystem
) -> list[tuple[Subject, str]]:
    """Return private names in their order, then shares, with the texts to search."""
    language, spellings = current_language(), Spellings(ecosystem)

    def name(entity_id: str) -> str:
        return ecosystem.names_of(entity_id).get(language)

    def searched(shown: str, entity_id: str) -> str:
        names = ecosystem.names_of(entity_id)
        besides = (names.en, names.ko, initial_consonants(names.ko), *spellings.of(entity_id))
        return "\n".join((shown, *dict.fromkeys(besides)))

    entities = sorted(private, key=lambda each: name(each).casefold())
    return [((SubjectKind.PRIVATE, each), searched(name(each), each)) for each in entities] + [
        ((SubjectKind.SYMBOL, each), searched(f"{each}  {name(each)}", each)) for each in listed
    ]
