"""How the user leaves the window, kept soon after each change: a kill loses next to nothing."""

import logging
from collections.abc import Callable
from functools import partial
from queue import SimpleQueue
from threading import Thread

from PySide6.QtCore import QEvent, QObject, Signal

from stackwatch.domain.errors import BadInputError
from stackwatch.ui.kit.background import gui_thread
from stackwatch.ui.kit.timers import once_after
from stackwatch.ui.preferences.settings import SettingsStore, UiSettings

_log = logging.getLogger(__name__)
_AFTER_MS = 1000
_WAIT_SECONDS = 2.0
_PLACED = (QEvent.Type.Move, QEvent.Type.Resize, QEvent.Type.WindowStateChange)


class WindowState(QObject):
    """Keeps what ``take`` returns a second after something changed, where it differs from what was kept.

    A thread of its own waits for the disk. Without a ``file`` nothing is kept. ``failed`` says why the file
    cannot be written, ``mended`` that this holds no longer.
    """

    failed = Signal(str)
    mended = Signal(str)

    def __init__(self, file: SettingsStore | None, take: Callable[[], UiSettings], window: QObject) -> None:
        super().__init__(window)
        self._file, self._take = file, take
        self._kept = take()
        self._queue: SimpleQueue[UiSettings | None] = SimpleQueue()
        self._writer: Thread | None = None
        self._fault = ""  # what was said of the file; of the writer
        self._home = gui_thread()
        self._timer = once_after(self, _AFTER_MS, self.keep)
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """See the window being moved or sized."""
        if event.type() in _PLACED:
            self.note()
        return super().eventFilter(watched, event)

    def note(self, *_what: object) -> None:
        """Look soon what changed."""
        if self._file is not None and not self._timer.isActive():
            self._timer.start()

    def keep(self) -> None:
        """Write what differs now, without waiting for the disk."""
        settings = self._take()
        if self._file is None or settings == self._kept:
            return
        self._kept = settings
        if self._writer is None:
            self._writer = Thread(target=self._write, args=(self._file,), daemon=True)
            self._writer.start()
        self._queue.put(settings)

    def end(self) -> None:
        """Write what is left, also what could not be written before, and wait for the disk for a moment."""
        self._timer.stop()
        self.keep()
        if self._writer is not None:
            self._queue.put(self._kept)
            self._queue.put(None)
            self._writer.join(_WAIT_SECONDS)
            self._writer = None

    def _write(self, file: SettingsStore) -> None:
        """Write what comes; what cannot be written is told, and is written with the next change."""
        while (settings := self._queue.get()) is not None:
            try:
                file.save(settings)
            except (BadInputError, OSError) as fault:
                _log.error("The interface settings could not be written: %s", fault)
                said = f"{fault}. The change holds and is written once it can be; the file was not touched."
            else:
                said = ""
            if said == self._fault:
                continue
            if self._fault:
                self._home.call(self, partial(self.mended.emit, self._fault))
            self._fault = said
            if said:
                self._home.call(self, partial(self.failed.emit, said))
