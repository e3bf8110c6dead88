"""A field under the chart's tools: type a symbol or name to compare with."""

from collections.abc import Mapping

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from stackwatch.domain.watchlist import Language, Names

_WIDTH, _HEIGHT = 280, 200
_MOST_LETTERS = 40
_LIST_KEYS = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown)


class PeerField(QFrame):
    """Chooses one of some names by any part of it; Escape leaves it."""

    chosen = Signal(str)

    def __init__(self, names: Mapping[str, Names], language: Language, parent: QWidget) -> None:
        """Offer ids by their ``names``, which are searched in both languages."""
        super().__init__(parent, Qt.WindowType.Popup)
        self._shown = {key: f"{key}  {each.get(language)}" for key, each in names.items()}
        self._searched = {key: f"{key} {each.en} {each.ko}".casefold() for key, each in names.items()}
        self.field, self.list = QLineEdit(), QListWidget()
        self.field.setMaxLength(_MOST_LETTERS)
        self.field.setPlaceholderText(self.tr("Symbol or name"))
        self.field.setAccessibleName(self.tr("Compare with"))
        self.field.textChanged.connect(self._narrow)
        self.field.installEventFilter(self)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.itemClicked.connect(self._choose)
        column = QVBoxLayout(self)
        column.setContentsMargins(6, 6, 6, 6)
        column.addWidget(self.field)
        column.addWidget(self.list)
        self.setFixedSize(_WIDTH, _HEIGHT)
        self.setFocusProxy(self.field)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._narrow("")

    def open_at(self, anchor: QWidget) -> None:
        """Show the field below a widget."""
        self.move(anchor.mapToGlobal(QPoint(0, anchor.height() + 2)))
        self.show()
        self.field.setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let arrows walk the list and Return take what is current in it."""
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            if event.key() in _LIST_KEYS:
                QApplication.sendEvent(self.list, event)
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._choose(self.list.currentItem())
                return True
        return super().eventFilter(watched, event)

    def _narrow(self, typed: str) -> None:
        wanted = typed.strip().casefold()
        self.list.clear()
        for entity_id, name in self._shown.items():
            if wanted in self._searched[entity_id]:
                item = QListWidgetItem(name)
                item.setData(Qt.ItemDataRole.UserRole, entity_id)
                self.list.addItem(item)
        self.list.setCurrentRow(0)

    def _choose(self, item: QListWidgetItem | None) -> None:
        if item is not None:
            self.chosen.emit(item.data(Qt.ItemDataRole.UserRole))
        self.close()
