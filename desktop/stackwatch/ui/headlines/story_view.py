"""The list of stories: rows of two heights, of which only those in sight are measured and drawn."""

from collections.abc import Sequence

from PySide6.QtCore import (
    QEvent,
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPoint,
    QRect,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QRegion,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QFrame, QListView, QStyle, QWidget

from stackwatch.domain.news import Story
from stackwatch.ui.headlines import story_paint
from stackwatch.ui.headlines.story_model import COPY_HEIGHT, STORY_HEIGHT, StoryModel
from stackwatch.ui.headlines.story_rows import CopyFace, Line, StoryFace, StoryRowKind, fold_word
from stackwatch.ui.kit import paint
from stackwatch.ui.kit.announce import announce, read_current
from stackwatch.ui.kit.menus import row_asked
from stackwatch.ui.kit.row_list import ModelIndex, empty_state, ground
from stackwatch.ui.kit.theme import current_theme, px

_HEAD = 24
_NEAR = 1_000  # rows behind one that leaves, of which one takes its place


class StoryView(QListView):
    """Shows a StoryModel; chips and carets take clicks, arrows walk, left and right fold.

    It is Qt's list for the screen reader, which would not hear of rows else. What that lays out is left out:
    it would measure every row.
    """

    story_changed = Signal(str)  # the story of the current row, empty without one
    entity_activated = Signal(str)
    opened = Signal(str)  # the address of a report
    menu_wanted = Signal(object, QPoint)  # the Line

    def __init__(self, model: StoryModel) -> None:
        super().__init__()
        self._stories = model
        self._empty = ""
        self._head = _StoryHead(self)
        self.setModel(model)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setMouseTracking(True)
        self.restyle()
        model.modelReset.connect(self.updateGeometries)
        model.rowsInserted.connect(self.updateGeometries)
        model.rowsRemoved.connect(self.updateGeometries)

    def restyle(self) -> None:
        """Use other colours and sizes."""
        self._stories.set_heights(px(STORY_HEIGHT), px(COPY_HEIGHT))
        self.setViewportMargins(0, px(_HEAD), 0, 0)
        self.updateGeometries()

    def set_words(self, labels: tuple[str, str, str, str, str]) -> None:
        """Name the columns."""
        self._head.set_labels(labels)
        self.viewport().update()

    def set_empty(self, words: str) -> None:
        """Say what it means when no story is shown."""
        self._empty = words
        self.viewport().update()

    @property
    def current_story(self) -> Story | None:
        """The story of the current row."""
        line = self._current_line()
        return None if line is None else line.story

    def _current_line(self) -> Line | None:
        index = self.currentIndex()
        return self._stories.lines[index.row()] if index.isValid() else None

    def select_story(self, story_id: str) -> bool:
        """Make a story the current row; returns whether it is shown."""
        row = self._stories.row_of(story_id)
        if row >= 0:
            self.setCurrentIndex(self._stories.index(row))
        return row >= 0

    def show_stories(self, stories: Sequence[Story]) -> None:
        """Show other stories; the current row stays, and what is in sight stays in its place."""
        model, bar = self._stories, self.verticalScrollBar()
        line, current = self._current_line(), self.current_story
        top, lines = model.row_at(bar.value()), model.lines
        shift = bar.value() - model.place(top)[0] if top >= 0 else 0
        holds = bar.value() > 0 or self.viewport().underMouse()
        model.show(stories)
        if line is not None and not self.currentIndex().isValid():
            self._make_current(model.row_of_line(line))
        row = self._first_row(lines, top) if top >= 0 and holds else -1
        if row >= 0:
            bar.setValue(model.place(row)[0] + shift)
        if current is not None and self.current_story is not current:
            self.story_changed.emit(self.current_story.id if self.current_story else "")

    def behind_current(self) -> list[str]:
        """Return the ids of the stories from the current row on, as far as one of them may follow it."""
        row = self.currentIndex().row()
        return [line.story.id for line in self._stories.lines[row : row + _NEAR]] if row >= 0 else []

    def _first_row(self, before: Sequence[Line], top: int) -> int:
        """Return the row of what stood in a row ``before``, or next behind it; -1 where all of it left."""
        rows = map(self._stories.row_of_line, before[top : top + _NEAR])
        return next((row for row in rows if row >= 0), -1)

    def select_quietly(self, story_id: str) -> None:
        """Make a story the current row without scrolling to it."""
        self._make_current(self._stories.row_of(story_id))

    def _make_current(self, row: int) -> None:
        if row >= 0:
            flag = QItemSelectionModel.SelectionFlag.ClearAndSelect
            self.selectionModel().setCurrentIndex(self._stories.index(row), flag)

    # What Qt asks of a view

    def visualRect(self, index: ModelIndex) -> QRect:
        """Return where a row is in the viewport."""
        if not index.isValid() or index.row() >= len(self._stories.lines):
            return QRect()
        top, height = self._stories.place(index.row())
        return QRect(0, top - self.verticalOffset(), self.viewport().width(), height)

    def indexAt(self, point: QPoint) -> QModelIndex:
        """Return the row at a point of the viewport."""
        row = self._stories.row_at(point.y() + self.verticalOffset())
        return self._stories.index(row) if row >= 0 else QModelIndex()

    def scrollTo(
        self,
        index: ModelIndex,
        _hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible,
    ) -> None:
        """Scroll as little as shows a row whole."""
        if not index.isValid():
            return
        top, height = self._stories.place(index.row())
        bar, room = self.verticalScrollBar(), self.viewport().height()
        if top < bar.value():
            bar.setValue(top)
        elif top + height > bar.value() + room:
            bar.setValue(top + height - room)

    def verticalOffset(self) -> int:
        """Return how far the list is scrolled."""
        return self.verticalScrollBar().value()

    def horizontalOffset(self) -> int:
        """Return zero: nothing is ever scrolled sideways."""
        return 0

    def isIndexHidden(self, _index: ModelIndex) -> bool:
        """Return false: what is in the model is shown."""
        return False

    def moveCursor(
        self, action: QAbstractItemView.CursorAction, _modifiers: Qt.KeyboardModifier
    ) -> QModelIndex:
        """Return the row that a key leads to."""
        last = len(self._stories.lines) - 1
        if last < 0:
            return QModelIndex()
        row = max(self.currentIndex().row(), 0)
        page = max(self.viewport().height() // px(STORY_HEIGHT) - 1, 1)
        moves = QAbstractItemView.CursorAction
        step = {
            moves.MoveUp: -1, moves.MovePrevious: -1, moves.MoveDown: 1, moves.MoveNext: 1,
            moves.MovePageUp: -page, moves.MovePageDown: page, moves.MoveHome: -last, moves.MoveEnd: last,
        }.get(action, 0)  # fmt: skip
        if not self.currentIndex().isValid():
            step = 0
        return self._stories.index(min(max(row + step, 0), last))

    def setSelection(self, rect: QRect, command: QItemSelectionModel.SelectionFlag) -> None:
        """Select the row at a place."""
        index = self.indexAt(rect.topLeft())
        self.selectionModel().select(QItemSelection(index, index), command)

    def visualRegionForSelection(self, selection: QItemSelection) -> QRegion:
        """Return where the selected rows are."""
        region = QRegion()
        for index in selection.indexes():
            region += self.visualRect(index)
        return region

    def updateGeometries(self) -> None:
        """Give the scroll bar the height of all rows."""
        self._head.setGeometry(0, 0, self.width(), px(_HEAD))
        room = self.viewport().height()
        bar = self.verticalScrollBar()
        bar.setRange(0, max(self._stories.height - room, 0))
        bar.setPageStep(room)
        bar.setSingleStep(px(COPY_HEIGHT))
        QAbstractItemView.updateGeometries(self)

    def doItemsLayout(self) -> None:
        """Measure nothing: the model knows where every row is."""
        QAbstractItemView.doItemsLayout(self)

    def currentChanged(self, current: ModelIndex, previous: ModelIndex) -> None:
        """Tell which story is current.

        Qt's list would tell a screen reader of the row that it laid out itself, which is none.
        """
        QAbstractItemView.currentChanged(self, current, previous)
        read_current(self)
        self.viewport().update()
        story = self._stories.lines[current.row()].story.id if current.isValid() else ""
        self.story_changed.emit(story)

    def selectionChanged(self, selected: QItemSelection, deselected: QItemSelection) -> None:
        """Draw other rows as selected, and tell nobody of rows that Qt's list would mean."""
        QAbstractItemView.selectionChanged(self, selected, deselected)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Read the row on which the keyboard comes to the list."""
        super().focusInEvent(event)
        read_current(self)

    def scrollContentsBy(self, _dx: int, _dy: int) -> None:
        """Draw anew where the list is scrolled to."""
        self.viewport().update()

    # Mouse and keyboard

    def chip_at(self, point: QPoint) -> str:
        """Return the entity whose chip is at a point, empty beside chips."""
        index = self.indexAt(point)
        face = self._stories.face(index.row()) if index.isValid() else None
        if not isinstance(face, StoryFace):
            return ""
        places = story_paint.chip_places(face, self.visualRect(index))
        return next((entity for entity, _, place in places if place.contains(point)), "")

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Follow a chip, fold at a caret, or choose a row."""
        point = event.position().toPoint()
        index = self.indexAt(point)
        if event.button() is Qt.MouseButton.LeftButton and index.isValid():
            chip = self.chip_at(point)
            if chip:
                self.entity_activated.emit(chip)
                return
            line = self._stories.lines[index.row()]
            caret = story_paint.caret_place(self.visualRect(index))
            if line.kind is StoryRowKind.STORY and caret.contains(point):
                self.setCurrentIndex(index)
                self._stories.fold(index.row(), unfold=not self._stories.is_unfolded(line.story.id))
                return
        super().mousePressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Open the source of a report."""
        index = self.indexAt(event.position().toPoint())
        if index.isValid() and not self.chip_at(event.position().toPoint()):
            self.opened.emit(self._stories.lines[index.row()].report.url)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Show what the pointer is over."""
        chip = self.chip_at(event.position().toPoint())
        self.setCursor(Qt.CursorShape.PointingHandCursor if chip else Qt.CursorShape.ArrowCursor)
        self.viewport().update()
        super().mouseMoveEvent(event)

    def viewportEvent(self, event: QEvent) -> bool:
        """Draw anew when the pointer leaves."""
        if event.type() is QEvent.Type.Leave:
            self.viewport().update()
        return super().viewportEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Fold or unfold the current story, or open the report of the current row."""
        line, key = self._current_line(), event.key()
        if line is None:
            super().keyPressEvent(event)
            return
        story = line.story
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.opened.emit(line.report.url)
        elif key in (Qt.Key.Key_Right, Qt.Key.Key_Left, Qt.Key.Key_Space):
            unfold = key == Qt.Key.Key_Right
            if key == Qt.Key.Key_Space:
                unfold = not self._stories.is_unfolded(story.id)
            if not unfold:
                self.select_story(story.id)
            if self._stories.fold(self.currentIndex().row(), unfold=unfold):
                announce(self, fold_word(unfolded=unfold))
        else:
            super().keyPressEvent(event)

    def keyboardSearch(self, _text: str) -> None:
        """Leave a letter alone: Qt would word every story to find one that begins with it."""

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Ask for the menu of the report under the pointer, or of the current one."""
        index, place = row_asked(self, event)
        if index.isValid():
            self.setCurrentIndex(index)
            self.menu_wanted.emit(self._stories.lines[index.row()], place)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lay the rows out for another width."""
        QAbstractItemView.resizeEvent(self, event)
        self.updateGeometries()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the rows in sight, or the sentence that stands for them."""
        painter = QPainter(self.viewport())
        model = self._stories
        if not model.lines:
            ground = self.viewport().rect()
            empty_state(painter, ground, "newspaper", self._empty, focused=self.hasFocus())
            return
        pointer = self.viewport().mapFromGlobal(self.cursor().pos())
        inside = self.viewport().underMouse()
        row = max(model.row_at(event.rect().top() + self.verticalOffset()), 0)
        while row < len(model.lines):
            rect = self.visualRect(model.index(row))
            if rect.top() > event.rect().bottom():
                break
            self._draw(painter, row, rect, pointer if inside and rect.contains(pointer) else None)
            row += 1

    def _draw(self, painter: QPainter, row: int, rect: QRect, pointer: QPoint | None) -> None:
        face, selected = self._stories.face(row), row == self.currentIndex().row()
        state = QStyle.StateFlag.State_None
        if selected:
            state |= QStyle.StateFlag.State_Selected
        if pointer is not None:
            state |= QStyle.StateFlag.State_MouseOver
        painter.save()
        ground(painter, rect, state, focused=self.hasFocus())
        if isinstance(face, CopyFace):
            story_paint.draw_copy(painter, rect, face)
        else:
            story = self._stories.lines[row].story
            unfolded = self._stories.is_unfolded(story.id)
            chip = self.chip_at(pointer) if pointer is not None else ""
            story_paint.draw_story(painter, rect, face, unfolded=unfolded, selected=selected, chip=chip)
        painter.restore()


class _StoryHead(QWidget):
    """The heads of the columns."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._labels: tuple[str, ...] = ("",) * 5

    def set_labels(self, labels: tuple[str, ...]) -> None:
        """Name the columns."""
        self._labels = labels
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the heads with a line under them."""
        painter, theme = QPainter(self), current_theme()
        painter.fillRect(event.rect(), theme.panel)
        width = self.width()
        view = self.parentWidget()
        if isinstance(view, QAbstractItemView):
            width = view.viewport().width()
        story_paint.head(painter, width, self.height(), self._labels)
        paint.hairline(painter, QRect(0, self.height() - 1, self.width(), 1), theme.line)
