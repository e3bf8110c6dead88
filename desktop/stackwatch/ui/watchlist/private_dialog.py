"""The dialog in which a private company or project of the user's own is described."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from stackwatch.domain.lists import own_private as own
from stackwatch.domain.lists.list_editing import TOP
from stackwatch.domain.lists.own_private import FaultKind, OwnFault, TypedEntity
from stackwatch.domain.watchlist import Ecosystem, Language, Layer, OwnEntity
from stackwatch.ui.kit.fields import Choice
from stackwatch.ui.kit.form import FIELD_WIDTH, Form
from stackwatch.ui.kit.language import current_language
from stackwatch.ui.watchlist.watchlist_cells import kind_word, translate

_LONGEST = 400  # letters of a line of spellings
_NEW = "?"  # no id is so
_NAMES = (FaultKind.NO_NAME, FaultKind.TAKEN_NAME)
_BESIDE = (FaultKind.NO_CONTEXT,)


class PrivateDialog(Form):
    """Asks for names, kind, layer and spellings; ``kept`` carries what was typed and the layer's id.

    Spellings follow the names until somebody writes them; what cannot be taken is said where it stands.
    """

    kept = Signal(object, str)

    def __init__(
        self, ecosystem: Ecosystem, layers: Sequence[Layer], window: QWidget, before: OwnEntity | None
    ) -> None:
        super().__init__(window)
        self._ecosystem, self._before = ecosystem, before
        self._names_lead = before is None
        if before is None:
            self.put(self.tr("Follow a private company"), self.tr("Follow"))
        else:
            self.put(self.tr("Edit name and spellings"), self.tr("Save"))
        self._first, second = self.line(own.LONGEST_NAME), self.line(own.LONGEST_NAME)
        korean = current_language() is Language.KOREAN  # whose name is asked for first
        self.en, self.ko = (second, self._first) if korean else (self._first, second)
        self.business = self.line(own.LONGEST_BUSINESS)
        self.always, self.careful, self.beside = (self.line(_LONGEST) for _ in range(3))
        self.kind, self.layer = Choice(FIELD_WIDTH // 2), Choice(FIELD_WIDTH // 2)
        self.kind.fill((kind, kind_word(kind)) for kind in _kinds(before))
        above = (TOP, translate("Watchlist", "Private & projects"))
        self.layer.fill((above, *((layer.id, layer.names.get(current_language())) for layer in layers)))
        self.layer.widen()
        self._lay_out()
        if before is not None:
            self._show(own.typed(before))
        self._connect()
        self._check()

    def begin(self, name: str, layer_id: str) -> None:
        """Begin with a name that was typed elsewhere, and the layer it is to go to."""
        _, korean = own.hangul((name,))
        line = (self.ko if korean else self.en) if name else self._first
        line.setText(name)
        self.layer.choose(layer_id)
        line.setFocus()

    @property
    def typed(self) -> TypedEntity:
        """What is typed."""
        return TypedEntity(
            en=own.one_line(self.en.text()),
            ko=own.one_line(self.ko.text()),
            kind=str(self.kind.value()),
            business=self.business.text(),
            always=own.parted(self.always.text()),
            careful=own.parted(self.careful.text()),
            beside=own.parted(self.beside.text()),
        )

    def _lay_out(self) -> None:
        names = [(self.tr("Name in English"), self.en), (self.tr("Name in Korean"), self.ko)]
        for label, line in names[:: 1 if self._first is self.en else -1]:
            self.add(label, line)
        self.add(self.tr("Kind"), self.kind, says=False)
        if self._before is None:
            self.add(self.tr("Layer"), self.layer, says=False)
        self.add(self.tr("What it does"), self.business)
        self.say(self.business, self.tr("Shown beside its name and looked through by Find."), wrong=False)
        self.add(self.tr("Spellings in headlines"), self.always)
        self.add(self.tr("Only beside a word"), self.careful)
        self.add(self.tr("Words beside it"), self.beside)
        self.add_foot(self.leave, self.keep)
        self._notes = {
            self.en: "",
            self.ko: "",
            self.always: self.tr("Separated by commas. Korean particles are found by themselves."),
            self.careful: self.tr("For words that mean other things too, such as Figure or Scale."),
            self.beside: self.tr("One of them is enough, anywhere in the headline."),
        }

    def _connect(self) -> None:
        for name in (self.en, self.ko):
            name.textChanged.connect(self._follow_names)
        for line in (self.always, self.careful):
            line.textEdited.connect(self._let_go)
        for line in self._notes:
            line.textChanged.connect(self._check)
        self.keep.clicked.connect(self._keep)

    def _show(self, known: TypedEntity) -> None:
        self.en.setText(known.en)
        self.ko.setText(known.ko)
        self.kind.choose(known.kind)
        self.business.setText(known.business)
        for line, texts in (
            (self.always, known.always),
            (self.careful, known.careful),
            (self.beside, known.beside),
        ):
            line.setText(", ".join(texts))

    def _let_go(self) -> None:
        """Leave the spellings as somebody wrote them."""
        self._names_lead = False

    def _follow_names(self) -> None:
        """Propose the names as spellings; one that is an everyday word needs another beside it."""
        if not self._names_lead:
            return
        names = own.parted(",".join((self.en.text().replace(",", " "), self.ko.text().replace(",", " "))))
        common = tuple(name for name in names if own.is_common(name))
        self.always.setText(", ".join(name for name in names if name not in common))
        self.careful.setText(", ".join(common))

    def _made(self) -> OwnEntity:
        entity_id = _NEW if self._before is None else self._before.id
        return own.made_of(self.typed, entity_id, date.min, self._before)

    def _check(self) -> None:
        """Say what cannot be taken, each at its line; a dialog that is still empty says nothing."""
        found = own.faults(self._made(), self._ecosystem)
        self.keep.setEnabled(not found)
        said: dict[QLineEdit, str] = {}
        named = {fault.owner for fault in found if fault.kind is FaultKind.TAKEN_NAME}
        for fault in found:
            if fault.kind is FaultKind.TAKEN and fault.owner in named:
                continue  # said of the name already
            line = self._line_of(fault)
            if fault.kind not in (FaultKind.NO_NAME, FaultKind.NO_SPELLING) or self._before is not None:
                said.setdefault(line, self._words(fault))
        for line, note in self._notes.items():
            self.say(line, said.get(line, note), wrong=line in said)

    def _line_of(self, fault: OwnFault) -> QLineEdit:
        typed = self.typed
        if fault.kind in _NAMES:
            return self.ko if fault.text and fault.text == typed.ko else self.en
        if fault.kind in _BESIDE:
            return self.beside
        return self.careful if fault.text in typed.careful else self.always

    def _words(self, fault: OwnFault) -> str:
        words = {
            FaultKind.NO_NAME: self.tr("Give it a name in English or Korean."),
            FaultKind.TAKEN_NAME: self.tr(
                "\u201c{text}\u201d is known already, as {owner}. Find adds it to the list."
            ),
            FaultKind.TAKEN: self.tr("\u201c{text}\u201d in a headline already means {owner}."),
            FaultKind.NAMESAKE: self.tr("\u201c{text}\u201d is known as a namesake that means nobody here."),
            FaultKind.COMMON: self.tr(
                "\u201c{text}\u201d is an everyday word. Move it to the next line, with words beside it."
            ),
            FaultKind.SHORT: self.tr("\u201c{text}\u201d is too short to be told from other words."),
            FaultKind.NO_CONTEXT: self.tr("Give at least one word that stands beside \u201c{text}\u201d."),
            FaultKind.NO_SPELLING: self.tr("Give at least one spelling that headlines use."),
            FaultKind.TWICE: self.tr("\u201c{text}\u201d is in both lines. Keep it in one of them."),
            FaultKind.TOO_MANY: self.tr("At most {most} spellings.").format(most=own.MOST_SPELLINGS),
        }
        owner = self._ecosystem.names_of(fault.owner).get(current_language()) if fault.owner else ""
        return words[fault.kind].replace("{text}", fault.text).replace("{owner}", owner)

    def _keep(self) -> None:
        self.kept.emit(self.typed, str(self.layer.value()))
        self.accept()


def _kinds(before: OwnEntity | None) -> tuple[str, ...]:
    """Return the kinds that can be chosen; one that a person wrote by hand stays among them."""
    return tuple(dict.fromkeys((*own.KINDS, *(() if before is None else (before.entity.kind,)))))
