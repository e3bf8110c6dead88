"""The dialog in which a private company or project of the user's own is described."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from stackwatch.domain import own_private as own
from stackwatch.domain.list_editing import TOP
from stackwatch.domain.own_private import FaultKind, OwnFault, Typed
from stackwatch.domain.watchlist import Ecosystem, Language, Layer, OwnEntity
from stackwatch.ui.kit.chips import Mark, Paragraph, show_if
from stackwatch.ui.kit.theme import Role, Theme
from stackwatch.ui.kit.veil import Veil
from stackwatch.ui.rules.fields import Choice
from stackwatch.ui.watchlist.watchlist_cells import kind_word, translate

_FIELD, _LABEL = 380, 150
_LONGEST = 400  # letters of a line of spellings
_NEW = "?"  # no id is so
_NAMES = (FaultKind.NO_NAME, FaultKind.TAKEN_NAME)
_BESIDE = (FaultKind.NO_CONTEXT,)


class PrivateDialog(QDialog):
    """Asks for names, kind, layer and spellings; ``kept`` carries what was typed and the layer's id.

    Spellings follow the names until somebody writes them; what cannot be taken is said where it stands.
    """

    kept = Signal(object, str)

    def __init__(
        self,
        ecosystem: Ecosystem,
        layers: Sequence[Layer],
        theme: Theme,
        language: Language,
        window: QWidget,
        before: OwnEntity | None = None,
    ) -> None:
        super().__init__(window)
        self._ecosystem, self._language, self._before, self._theme = ecosystem, language, before, theme
        self._names_lead = before is None
        veil = Veil(theme, window)
        for then in (veil.hide, veil.deleteLater, self.deleteLater):
            self.finished.connect(then)
        self.setWindowTitle(
            self.tr("Follow a private company") if before is None else self.tr("Edit name and spellings")
        )
        self.en, self.ko = self._line(own.LONGEST_NAME), self._line(own.LONGEST_NAME)
        self.always, self.careful, self.beside = (self._line(_LONGEST) for _ in range(3))
        self.kind, self.layer = Choice(theme, _FIELD // 2), Choice(theme, _FIELD // 2)
        self.kind.fill((kind, kind_word(kind)) for kind in _kinds(before))
        above = (TOP, translate("Watchlist", "Private & projects"))
        self.layer.fill((above, *((layer.id, layer.names.get(language)) for layer in layers)))
        self.layer.widen()
        self.keep, self.leave = QPushButton(self.tr("Follow")), QPushButton(self.tr("Cancel"))
        if before is not None:
            self.keep.setText(self.tr("Save"))
        self.keep.setProperty("primary", "true")
        self.keep.setDefault(True)
        self.leave.setAutoDefault(False)
        self.keep.clicked.connect(self._keep)
        self.leave.clicked.connect(self.reject)
        self._faults: dict[QLineEdit, tuple[Mark, Paragraph]] = {}
        self._lay_out(theme)
        if before is not None:
            self._show(own.typed(before))
        self._connect()
        self._check()

    def begin(self, name: str, layer_id: str) -> None:
        """Begin with a name that was typed elsewhere, and the layer it is to go to."""
        _, korean = own.hangul((name,))
        (self.ko if korean else self.en).setText(name)
        self.layer.choose(layer_id)
        (self.ko if korean else self.en).setFocus()

    @property
    def typed(self) -> Typed:
        """What is typed."""
        return Typed(
            en=" ".join(self.en.text().split()),
            ko=" ".join(self.ko.text().split()),
            kind=str(self.kind.value()),
            always=own.parted(self.always.text()),
            careful=own.parted(self.careful.text()),
            beside=own.parted(self.beside.text()),
        )

    @property
    def said(self) -> tuple[str, ...]:
        """What is said to be wrong."""
        return tuple(words.text() for _, words in self._faults.values() if words.text())

    def _line(self, longest: int) -> QLineEdit:
        line = QLineEdit()
        line.setMaxLength(longest)
        line.setFixedWidth(self._theme.px(_FIELD))
        return line

    def _lay_out(self, theme: Theme) -> None:
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.px(12))
        grid.setVerticalSpacing(theme.px(6))
        hint = self.tr("Separated by commas. Korean particles are found by themselves.")
        care = self.tr("For words that mean other things too, such as Figure or Scale.")
        near = self.tr("One of them is enough, anywhere in the headline.")
        rows: tuple[tuple[str, QWidget, str], ...] = (
            (self.tr("Name in English"), self.en, ""),
            (self.tr("Name in Korean"), self.ko, ""),
            (self.tr("Kind"), self.kind, ""),
            (self.tr("Layer"), self.layer, ""),
            (self.tr("Headlines write"), self.always, hint),
            (self.tr("Only beside a word"), self.careful, care),
            (self.tr("Words beside it"), self.beside, near),
        )
        at = 0
        for label, field, note in rows:
            if field is self.layer and self._before is not None:
                field.hide()
                continue
            at = self._add_row(grid, at, label, field, note)
        title = Paragraph()
        title.put(self.windowTitle(), theme.t1, theme.font(Role.VERDICT))
        column = QVBoxLayout()
        column.setContentsMargins(*(theme.px(24),) * 4)
        column.setSpacing(theme.px(12))
        column.addWidget(title)
        column.addLayout(grid)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(self.leave)
        foot.addWidget(self.keep)
        column.addLayout(foot)
        column.setSizeConstraint(QVBoxLayout.SizeConstraint.SetFixedSize)
        self.setLayout(column)

    def _add_row(self, grid: QGridLayout, at: int, label: str, field: QWidget, note: str) -> int:
        theme = self._theme
        name = QLabel(label)
        name.setFont(theme.font())
        name.setStyleSheet(f"color: {theme.t2.name()};")
        name.setFixedWidth(theme.px(_LABEL))
        name.setBuddy(field)
        field.setAccessibleName(label)
        field.setAccessibleDescription(note)
        grid.addWidget(name, at, 0)
        grid.addWidget(field, at, 1, Qt.AlignmentFlag.AlignLeft)
        if note:
            at += 1
            told = Paragraph()
            told.setFixedWidth(theme.px(_FIELD))
            told.put(note, theme.t3, theme.font(Role.CAPTION))
            grid.addWidget(told, at, 1)
        if isinstance(field, QLineEdit):
            at += 1
            mark, words = Mark(11), Paragraph()
            words.setFixedWidth(theme.px(_FIELD - 18))
            line = QHBoxLayout()
            line.setSpacing(theme.px(4))
            line.addWidget(mark, 0, Qt.AlignmentFlag.AlignTop)
            line.addWidget(words)
            line.addStretch(1)
            grid.addLayout(line, at, 1)
            self._faults[field] = (mark, words)
        return at + 1

    def _connect(self) -> None:
        for name in (self.en, self.ko):
            name.textChanged.connect(self._follow_names)
        for line in (self.always, self.careful):
            line.textEdited.connect(self._let_go)
        for line in (self.en, self.ko, self.always, self.careful, self.beside):
            line.textChanged.connect(self._check)

    def _show(self, known: Typed) -> None:
        self.en.setText(known.en)
        self.ko.setText(known.ko)
        self.kind.choose(known.kind)
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
        for line, (mark, words) in self._faults.items():
            told = said.get(line, "")
            mark.put("warning" if told else "", self._theme.trust)
            words.put(told, self._theme.trust, self._theme.font(Role.CAPTION))
            for part in (mark, words):
                show_if(part, bool(told))

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
            FaultKind.TOO_MANY: self.tr("At most {most} spellings.").format(most=own.MOST_SPELLINGS),
        }
        owner = self._ecosystem.names_of(fault.owner).get(self._language) if fault.owner else ""
        return words[fault.kind].replace("{text}", fault.text).replace("{owner}", owner)

    def _keep(self) -> None:
        self.kept.emit(self.typed, str(self.layer.value()))
        self.accept()


def _kinds(before: OwnEntity | None) -> tuple[str, ...]:
    """Return the kinds that can be chosen; one that a person wrote by hand stays among them."""
    return tuple(dict.fromkeys((*own.KINDS, *(() if before is None else (before.entity.kind,)))))
