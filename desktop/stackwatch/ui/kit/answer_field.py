"""A field with a list of answers, which it walks while it keeps the keyboard itself."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt
from PySide6.QtGui import QFocusEvent, QFontMetrics, QKeyEvent, QMoveEvent, QPainter
from PySide6.QtWidgets import QFrame, QListWidget, QListWidgetItem, QStyleOptionViewItem, QWidget

from stackwatch.ui.kit.announce import aloud, announce, speak_for
from stackwatch.ui.kit.layout import vbox
from stackwatch.ui.kit.menu_list import MENU_ROW, MenuDelegate
from stackwatch.ui.kit.paint import figure, move, words
from stackwatch.ui.kit.row_list import ModelIndex, ground
from stackwatch.ui.kit.theme import Role, current_theme, px
from stackwatch.ui.kit.typed_line import TypedLine

_HEAD = 22
_NAMES_AT = 132
_FIGURE = 84  # what a figure beside a name may take
_EDGE = 16  # from the edge of the window
_PAGE = 8
_STEPS: Mapping[int, int] = {
    Qt.Key.Key_Down: 1,
    Qt.Key.Key_Up: -1,
    Qt.Key.Key_PageDown: _PAGE,
    Qt.Key.Key_PageUp: -_PAGE,
}
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_ROW = Qt.ItemDataRole.UserRole


@dataclass(frozen=True, slots=True)
class Answer:
    """A row below a field: what choosing it ``gives``, and the words shown; one that gives None is only read.

    The note stands at the right, that of a ``symbol`` in a column of its own, with its ``figure`` at the
    right: one that has a ``way``, 1 or -1, as a move up or down.
    """

    gives: object
    title: str
    note: str = ""
    symbol: bool = False
    head: bool = False
    figure: str = ""
    way: int = 0


class _Rows(MenuDelegate):
    """Draws an answer: symbol and name in columns, other titles whole with their note at the right."""

    def __init__(self, answers: QListWidget, names_at: int) -> None:
        super().__init__(answers)
        self._names_at = names_at

    def sizeHint(self, _option: QStyleOptionViewItem, index: ModelIndex) -> QSize:
        """Return the height of an answer, or of the head of a group."""
        return QSize(0, px(_HEAD if index.data(_ROW).head else MENU_ROW))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: ModelIndex) -> None:
        """Draw an answer, a head or a sentence."""
        theme, row = current_theme(), index.data(_ROW)
        room, caption = QRect(option.rect).adjusted(px(12), 0, -px(12), 0), theme.font(Role.CAPTION)
        if row.gives is None:
            ink, font = (theme.t3, caption) if row.head else (theme.t2, theme.font())
            words(painter, room, row.title, ink, font)
            return
        ground(painter, option.rect, option.state, focused=True, bar=False)
        if row.symbol:
            at = px(self._names_at)
            title = QRect(room.left(), room.top(), at - 8, room.height())
            words(painter, title, row.title, theme.t1, theme.font(Role.SYMBOL))
            taken = px(_FIGURE) if row.figure else 0
            words(painter, room.adjusted(at, 0, -taken, 0), row.note, theme.t2, theme.font())
            if row.way:
                move(painter, room, row.way, row.figure, theme)
            else:
                figure(painter, room, row.figure, theme.t2, theme.font())
            return
        taken = QFontMetrics(caption).horizontalAdvance(row.note)
        words(painter, room.adjusted(0, 0, -taken - 12, 0), row.title, theme.t1, theme.font())
        figure(painter, room, row.note, theme.t3, caption)


class AnswerLine(TypedLine):
    """A line to search by and the list of its ``answers``, which lies where who derives from it puts it."""

    def __init__(self, parent: QWidget | None = None, *, names_at: int = _NAMES_AT) -> None:
        """Begin names beside symbols at ``names_at``, for text of 12 pixels."""
        super().__init__(parent)
        self.nothing = ""  # what is said where nothing is found
        self.answers = QListWidget()
        self.answers.setItemDelegate(_Rows(self.answers, names_at))
        self.answers.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.answers.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.answers.setMouseTracking(True)
        self.answers.itemClicked.connect(self._choose)
        speak_for(self, self.answers)
        self.typed.connect(self.search)

    @property
    def given(self) -> tuple[object, ...]:
        """What choosing each row would give."""
        rows = (self.answers.item(row).data(_ROW) for row in range(self.answers.count()))
        return tuple(row.gives for row in rows)

    def look_for(self, text: str) -> Sequence[Answer]:
        """Return the answers to a text."""
        raise NotImplementedError

    def take(self, gives: object) -> None:
        """Do what an answer that was chosen stands for."""
        raise NotImplementedError

    def search(self) -> None:
        """Show the answers to what is seen in the field."""
        rows = self.look_for(self.seen)
        if not rows and self.seen != self.text():  # a syllable that is not whole finds nothing
            rows = self.look_for(self.text())
        if not rows and self.seen.strip() and self.nothing:
            rows = [Answer(None, self.nothing)]
            announce(self, self.nothing)
        self.answers.clear()
        for row in rows:
            item = QListWidgetItem(row.title)
            item.setData(_ROW, row)
            item.setData(
                Qt.ItemDataRole.AccessibleTextRole,
                " ".join(filter(None, (row.title, row.note, aloud(row.figure)))),
            )
            if row.gives is None:
                item.setFlags(Qt.ItemFlag.NoItemFlags)
            self.answers.addItem(item)
        self._step(1)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Walk the answers with the arrows, and take one with Enter."""
        by = _STEPS.get(event.key())
        if by is not None and self.answers.count():
            self._step(by)
        elif event.key() in _ENTER:
            self._choose(self.answers.currentItem())
        else:
            super().keyPressEvent(event)

    def _step(self, by: int) -> None:
        """Go to another answer past the heads of groups, one by one around the ends."""
        rows = [each for each in range(self.answers.count()) if self.answers.item(each).flags()]
        if rows:
            current = self.answers.currentRow()
            place = by + (rows.index(current) if current in rows else -1)
            last = len(rows) - 1
            around = abs(by) == 1
            self.answers.setCurrentRow(rows[place % len(rows) if around else min(max(place, 0), last)])

    def _choose(self, item: QListWidgetItem | None) -> None:
        row = None if item is None else item.data(_ROW)
        if row is not None and row.gives is not None:
            self.take(row.gives)


class AnswerField(AnswerLine):
    """A line whose answers open below it, over what is there, for as long as somebody searches."""

    def __init__(self, width: int, parent: QWidget | None = None) -> None:
        """Open answers of at least a ``width``, for text of 12 pixels."""
        super().__init__(parent)
        self._width = width
        self._frame = QFrame(self)
        self._frame.setProperty("raised", "true")
        self._frame.hide()
        vbox((self.answers,), margins=(1, 4, 1, 4), into=self._frame)
        self.destroyed.connect(self._frame.deleteLater)  # it lies in the window by then

    def search(self) -> None:
        """Show the answers, or none."""
        super().search()
        self._place()

    def leave(self) -> bool:
        """Give up what was typed; whether anything was."""
        typed = bool(self.text())
        self.clear()
        return typed

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open the answers again with an arrow, take only what is seen, and leave with Esc."""
        key, hidden = event.key(), self._frame.isHidden()
        if key == Qt.Key.Key_Escape and self.leave():
            return
        if hidden and key in _STEPS:
            self.search()
        elif not (hidden and key in _ENTER):
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        """Keep Esc from the window, whose own would leave the text."""
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.ShortcutOverride:
            event.setAccepted(event.key() == Qt.Key.Key_Escape)
            if event.isAccepted():
                return True
        return super().event(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Take the answers away."""
        super().focusOutEvent(event)
        self._frame.hide()

    def moveEvent(self, event: QMoveEvent) -> None:
        """Take the answers along."""
        super().moveEvent(event)
        if self._frame.isVisible():
            self._place()

    def _place(self) -> None:
        """Open the frame below, inside the window."""
        rows = range(self.answers.count())
        if not rows:
            self._frame.hide()
            return
        window = self.window()
        self._frame.setParent(window)
        corner = self.mapTo(window, QPoint(0, self.height() + 4))
        width = min(max(self.width(), px(self._width)), window.width())
        height = sum(map(self.answers.sizeHintForRow, rows)) + 12
        room = max(window.height() - corner.y() - px(_EDGE), px(MENU_ROW))
        left = max(min(corner.x(), window.width() - width - px(_EDGE)), 0)
        self._frame.setGeometry(left, corner.y(), width, min(height, room))
        self._frame.show()
        self._frame.raise_()
