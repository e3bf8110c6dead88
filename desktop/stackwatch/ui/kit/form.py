"""A form in a dialog: labelled fields, below each what it is for or what is wrong with it, two buttons."""

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLayout,
    QPushButton,
    QScrollArea,
    QWidget,
)

from stackwatch.ui.kit.chips import Paragraph
from stackwatch.ui.kit.icons import Glyph
from stackwatch.ui.kit.layout import screen_room, vbox
from stackwatch.ui.kit.sheet import Sheet
from stackwatch.ui.kit.theme import Ink, Role, current_theme, px
from stackwatch.ui.kit.typed_line import TypedLine

FIELD_WIDTH = 380
_LABEL_WIDTH = 130  # and more where a word needs it
_MARK_WIDTH = 18
_SAID_HEIGHT, _GAP = 20, 6
_AROUND = 140  # what title, buttons and margins take
_BAR = 8  # as wide as the style sheet makes it


class _Fields(QScrollArea):
    """As large as the fields are, but no higher than the screen leaves: the buttons stay below them."""

    def __init__(self, page: QWidget, fields: QLayout) -> None:
        super().__init__()
        self._fields = fields
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWidget(page)
        page.setAutoFillBackground(False)  # which Qt switched on: the ground of the dialog shows through

    def sizeHint(self) -> QSize:
        """Return the room of all fields, or what there is."""
        wanted, room = self._fields.totalSizeHint(), screen_room(self.window())
        most = wanted.height() if room is None else room.height() - px(_AROUND)
        bar = _BAR if most < wanted.height() else 0
        return QSize(wanted.width() + bar, min(wanted.height(), most))

    def minimumSizeHint(self) -> QSize:
        """Return the same: the dialog has the size that its parts have."""
        return self.sizeHint()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Grow with what is said below a field."""
        if event.type() is QEvent.Type.LayoutRequest:
            self.updateGeometry()
        return super().eventFilter(watched, event)


class Form(Sheet):
    """Kept with ``keep``, which Enter presses, and left with ``leave``."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.keep, self.leave = QPushButton(), QPushButton(self.tr("Cancel"))
        self.keep.setProperty("primary", "true")
        self.keep.setDefault(True)
        self.leave.setAutoDefault(False)
        self.leave.clicked.connect(self.reject)
        self._title = Paragraph()
        page = QWidget()
        self._grid = QGridLayout(page)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._below: dict[QWidget, tuple[Glyph, Paragraph]] = {}
        self._wrong: dict[QWidget, str] = {}
        self.column.setSpacing(px(12))
        self.column.addWidget(self._title)
        self.column.addWidget(_Fields(page, self._grid))
        self._grid.setHorizontalSpacing(px(12))
        self._grid.setVerticalSpacing(px(3))
        self._grid.setColumnMinimumWidth(0, px(_LABEL_WIDTH))

    def put(self, title: str, keep: str) -> None:
        """Say what the form is for, and what keeping it does."""
        self.setWindowTitle(title)
        self._title.put(title, Ink.T1, Role.VERDICT)
        self.keep.setText(keep)

    def line(self, longest: int) -> TypedLine:
        """Make a field for a line of text."""
        line = TypedLine()
        line.setMaxLength(longest)
        line.setFixedWidth(px(FIELD_WIDTH))
        return line

    def add(self, label: str, field: QWidget, *, says: bool = True) -> None:
        """Add a field; where it ``says`` something, the room for that is there before."""
        row = self._grid.rowCount()
        name = QLabel(label)
        name.setProperty("quiet", "true")
        name.setBuddy(field)
        field.setAccessibleName(label)
        self._grid.addWidget(name, row, 0)
        self._grid.addWidget(field, row, 1, Qt.AlignmentFlag.AlignLeft)
        # a button must not move away below the pointer
        self._grid.setRowMinimumHeight(row + 1, px(_SAID_HEIGHT if says else _GAP))
        if says:
            self._add_below(field, row + 1)

    def _add_below(self, field: QWidget, row: int) -> None:
        mark, words = self._below[field] = Glyph(11), Paragraph()
        self._wrong[field] = ""
        words.setFixedWidth(px(FIELD_WIDTH - _MARK_WIDTH))
        words.setAlignment(Qt.AlignmentFlag.AlignTop)
        line = QHBoxLayout()
        self._grid.addLayout(line, row, 1)
        line.setSpacing(px(4))
        line.setContentsMargins(0, px(2), 0, 0)
        beside = QFontMetrics(current_theme().font(Role.CAPTION)).height() - mark.height()
        vbox((beside // 2, mark, None), into=line)  # in the middle of the first line
        line.addWidget(words)
        line.addStretch(1)

    def say(self, field: QWidget, words: str, *, wrong: bool) -> None:
        """Say below a field what it is for, or what is wrong with it."""
        (mark, told) = self._below[field]
        self._wrong[field] = words if wrong else ""
        mark.put("warning" if wrong else "", Ink.TRUST)
        told.put(words, Ink.TRUST if wrong else Ink.T3, Role.CAPTION)
        field.setAccessibleDescription(words)

    @property
    def said(self) -> tuple[str, ...]:
        """What is said to be wrong, from top to bottom."""
        return tuple(words for words in self._wrong.values() if words)
