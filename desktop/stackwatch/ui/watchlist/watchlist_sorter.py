"""When sorted rows change places: at most once a second, and never while somebody aims at one."""

import time

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QAbstractItemView, QApplication

from stackwatch.ui.watchlist.watchlist_canvas import WatchlistCanvas

_EVERY_MS = 1000
_STILL_SECONDS = 1.0  # after the last scrolling


class Sorter(QTimer):
    """Orders the rows anew after values changed. Without a sorted layer it never runs."""

    def __init__(self, view: WatchlistCanvas) -> None:
        super().__init__(view)
        self._view = view
        self._scrolled = -_STILL_SECONDS
        self.setSingleShot(True)
        self.setInterval(_EVERY_MS)
        self.timeout.connect(self._due)
        view.verticalScrollBar().valueChanged.connect(self._note_scroll)

    def note(self) -> None:
        """Order the rows soon: values changed."""
        if self._view.list_model.sorts.any and not self.isActive():
            self.start()

    def sort(self) -> None:
        """Order the rows now: the user asked for it."""
        self._view.list_model.resort()

    @property
    def held(self) -> bool:
        """Whether rows must stay where they are for now."""
        scrolling = time.monotonic() - self._scrolled < _STILL_SECONDS
        menu = QApplication.activePopupWidget() is not None
        dragging = self._view.state() is QAbstractItemView.State.DraggingState
        return self._view.pointed_at or menu or scrolling or dragging

    def _due(self) -> None:
        if self.held:
            self.start()
        else:
            self.sort()

    def _note_scroll(self) -> None:
        self._scrolled = time.monotonic()
