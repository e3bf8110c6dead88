"""The answers below a field: how they are drawn, and which of them is current."""

from collections.abc import Sequence

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QStyleOptionViewItem

from stackwatch.ui.kit.announce import aloud
from stackwatch.ui.kit.answer import Answer
from stackwatch.ui.kit.menu_list import MENU_ROW, MenuDelegate
from stackwatch.ui.kit.paint import elided, figure, move, words
from stackwatch.ui.kit.row_list import ModelIndex, ground
from stackwatch.ui.kit.theme import Role, current_theme, px

_HEAD = 22
_FIGURE = 84  # what a figure beside a name may take
_NOTE = 40  # percent that a note has beside a title that needs the room
_ROW = Qt.ItemDataRole.UserRole


class _Rows(MenuDelegate):
    """Draws an answer: symbol and name in columns, other titles with their note at the right."""

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
        if row.way:
            move(painter, room, row.way, row.figure, theme)
        else:
            figure(painter, room, row.figure, theme.t2, theme.font())
        room.adjust(0, 0, -px(_FIGURE) if row.figure else 0, 0)
        if row.symbol:
            at = px(self._names_at)
            title = QRect(room.left(), room.top(), at - 8, room.height())
            words(painter, title, row.title, theme.t1, theme.font(Role.SYMBOL))
            words(painter, room.adjusted(at, 0, 0, 0), row.note, theme.t2, theme.font())
            return
        metrics, gap = QFontMetrics(caption), 12
        beside = room.width() - gap - QFontMetrics(theme.font()).horizontalAdvance(row.title)
        note = elided(metrics, row.note, max(beside, room.width() * _NOTE // 100))
        taken = metrics.horizontalAdvance(note) + gap
        words(painter, room.adjusted(0, 0, -taken, 0), row.title, theme.t1, theme.font())
        figure(painter, room, note, theme.t3, caption)


class AnswerList(QListWidget):
    """Answers that a field walks, so that they never have the keyboard."""

    def __init__(self, names_at: int) -> None:
        """Begin names beside symbols at ``names_at``, for text of 12 pixels."""
        super().__init__()
        self.setItemDelegate(_Rows(self, names_at))
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMouseTracking(True)

    @property
    def row_height(self) -> int:
        """The height of an answer, in pixels."""
        return px(MENU_ROW)

    @property
    def rows(self) -> tuple[Answer, ...]:
        """The answers, heads among them."""
        return tuple(self.row_of(self.item(row)) for row in range(self.count()))

    def row_of(self, item: QListWidgetItem) -> Answer:
        """Return the answer that an item shows."""
        row: Answer = item.data(_ROW)
        return row

    def show_rows(self, rows: Sequence[Answer]) -> None:
        """Show other answers, the first that can be chosen being current."""
        self.setCurrentRow(-1)  # else each answer that is left becomes current, and is said, until it goes
        self.clear()
        for row in rows:
            item = QListWidgetItem(row.title)
            item.setData(_ROW, row)
            item.setData(
                Qt.ItemDataRole.AccessibleTextRole,
                " ".join(filter(None, (row.title, row.note, aloud(row.figure)))),
            )
            if row.gives is None:
                item.setFlags(Qt.ItemFlag.NoItemFlags)
            self.addItem(item)
        self.step(1)

    def step(self, by: int) -> None:
        """Go to another answer past the heads of groups, one by one around the ends."""
        rows = [each for each in range(self.count()) if self.item(each).flags()]
        if rows:
            current = self.currentRow()
            place = by + (rows.index(current) if current in rows else -1)
            last = len(rows) - 1
            around = abs(by) == 1
            self.setCurrentRow(rows[place % len(rows) if around else min(max(place, 0), last)])
