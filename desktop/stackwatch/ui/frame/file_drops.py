"""Files dropped anywhere on the window: header, maps and tables take them as the list does."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QWidget

from stackwatch.ui.watchlist.watchlist_drops import dropped_files


class FileDrops(QObject):
    """Hands each file to ``take`` that no part of the window took."""

    def __init__(self, window: QWidget, take: Callable[[Path], object]) -> None:
        super().__init__(window)
        self._take = take
        window.setAcceptDrops(True)
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take files, and nothing else."""
        if not isinstance(event, QDropEvent) or not (files := dropped_files(event.mimeData())):
            return super().eventFilter(watched, event)
        event.acceptProposedAction()
        if event.type() is QEvent.Type.Drop:
            for file in files:
                self._take(file)
        return True
