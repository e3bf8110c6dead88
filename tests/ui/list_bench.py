"""A window whose core answers changes of lists, for the tests of lists."""

from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import (
    QDragEnterEvent,
    QDragMoveEvent,
    QDropEvent,
    QImage,
)
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from tests.ui import scene

from stackwatch.domain.list_events import WatchlistChanged
from stackwatch.domain.watchlist import Directory, Watchlist
from stackwatch.ui.frame.window import MainWindow
from stackwatch.ui.kit.theme import current_theme
from stackwatch.ui.watchlist.watchlist_cells import Column
from stackwatch.ui.watchlist.watchlist_model import ROW_TYPE

NO_KEY = Qt.KeyboardModifier.NoModifier
LEFT = Qt.MouseButton.LeftButton


class Bench:
    """A window whose core answers changes of lists, as the real one does after writing them."""

    def __init__(self, window: MainWindow, commands: scene.RecordedCommands) -> None:
        self.window, self.commands = window, commands
        self.view, self.controller = window.list, window.lists.controller
        self.lists = {self.controller.current.id: self.controller.current}
        self.answers = 0
        for event in scene.events():
            window.apply(event)

    def settle(self) -> None:
        """Answer everything that was asked about lists."""
        calls, self.commands.calls = self.commands.calls, []
        for name, *values in calls:
            if name == "change_watchlist":
                watchlist = values[0]
                assert isinstance(watchlist, Watchlist)
                self._learn(values[1])
                self.lists[watchlist.id] = watchlist
                self.answers += 1
                self.window.apply(WatchlistChanged(watchlist, tuple(self.lists.values()), self.answers))
            elif name == "remove_watchlist":
                del self.lists[str(values[0])]
                shown = next(iter(self.lists.values()))
                self.window.apply(WatchlistChanged(shown, tuple(self.lists.values()), self.answers))

    def _learn(self, added: object) -> None:
        known = self.window._parts.ecosystem.instruments
        assert isinstance(known, Directory)
        assert isinstance(added, tuple)
        known.become({**known, **{each.symbol: each for each in added}})

    def asked(self, name: str) -> list[object]:
        return [values[0] for kind, *values in self.commands.calls if kind == name]

    def rows(self, layer_id: str) -> list[str]:
        return [node.id for node in self.view.list_model.nodes_of(layer_id)[0].children]

    def spot(self, entity_id: str, column: Column = Column.NAME, *, low: bool = False) -> QPoint:
        index = self.view.list_model.index_of(entity_id).siblingAtColumn(column)
        place = self.view.visualRect(index)
        return QPoint(place.center().x(), place.bottom() - 2 if low else place.top() + 2)

    def drag(self, entity_id: str, over: QPoint) -> None:
        data = QMimeData()
        data.setData(ROW_TYPE, entity_id.encode())
        self.drop(data, over)

    def drop(self, data: QMimeData, over: QPoint) -> None:
        actions, mouse = Qt.DropAction.MoveAction | Qt.DropAction.CopyAction, LEFT
        port = self.view.viewport()
        QApplication.sendEvent(port, QDragEnterEvent(over, actions, data, mouse, NO_KEY))
        QApplication.sendEvent(port, QDropEvent(QPointF(over), actions, data, mouse, NO_KEY))

    def drag_over(self, entity_id: str, over: QPoint) -> QImage:
        """Hold a row over a place; returns what the list looks like meanwhile."""
        data = QMimeData()
        data.setData(ROW_TYPE, entity_id.encode())
        actions = Qt.DropAction.MoveAction | Qt.DropAction.CopyAction
        port = self.view.viewport()
        QApplication.sendEvent(port, QDragEnterEvent(over, actions, data, LEFT, NO_KEY))
        QApplication.sendEvent(port, QDragMoveEvent(over, actions, data, LEFT, NO_KEY))
        return port.grab().toImage()

    def marked(self, image: QImage) -> tuple[str, ...]:
        """Return the rows that have a frame round them, from its mark at the right edge."""
        ink, right = current_theme().you, image.width() - 1
        middles = ((n, top + self.view.row_height // 2) for n, top in self.view.rows_on_screen().items())
        seen = ((node, y) for node, y in middles if y < image.height())
        return tuple(node.id for node, y in seen if image.pixelColor(right, y) == ink)

    def head(self, column: Column) -> None:
        heads = self.view.header()
        place = heads.sectionViewportPosition(column) + heads.sectionSize(column) // 2
        QTest.mouseClick(heads.viewport(), LEFT, NO_KEY, QPoint(place, 10))
