"""The daily briefing from the window: asked of the core, worded, and written where the user wants it."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, QUrl, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from stackwatch.domain.errors import BadInputError
from stackwatch.domain.events import BriefingMade, Event
from stackwatch.domain.list_events import WatchlistChanged
from stackwatch.domain.watchlist import Ecosystem, Watchlist
from stackwatch.domain.words.briefing_words import BriefingPage, BriefingWriter
from stackwatch.engine.window_commands import Commands
from stackwatch.ui.kit.background import in_background
from stackwatch.ui.kit.file_place import ask_to_save
from stackwatch.ui.kit.language import current_language

WriteBriefing = Callable[[Path, BriefingPage], None]
"""Writes a briefing as HTML or Markdown by the name; raises BadInputError."""


class BriefingController(QObject):
    """Asks where to write the briefing. ``said`` carries what became of it, and the folder."""

    said = Signal(object, object)  # Words, and the folder they speak of

    def __init__(
        self, window: QWidget, commands: Commands, ecosystem: Ecosystem, watchlist: Watchlist
    ) -> None:
        super().__init__(window)
        self._window, self._commands = window, commands
        self._ecosystem, self._watchlist = ecosystem, watchlist
        self._wanted = False
        self.write: WriteBriefing | None = None
        self.dialog: QFileDialog | None = None

    def ask(self) -> None:
        """Ask the core for a briefing; its answer opens the dialog."""
        if self.dialog is None:
            self._wanted = True
            self._commands.request_briefing()

    def apply(self, event: Event) -> None:
        """Take in one event of the core."""
        if isinstance(event, WatchlistChanged):
            self._watchlist = event.watchlist
        if not isinstance(event, BriefingMade) or not self._wanted:
            return
        self._wanted = False
        if event.briefing is None:
            self.said.emit(lambda: self.tr("There is no briefing yet: no price is known."), None)
            return
        writer = BriefingWriter(self._ecosystem, self._watchlist, current_language())
        self._choose_file(writer.page(event.briefing), f"stackwatch-{event.briefing.day.isoformat()}.html")

    def _choose_file(self, page: BriefingPage, name: str) -> None:
        kinds = (self.tr("Web page (*.html)"), self.tr("PDF (*.pdf)"), self.tr("Markdown (*.md)"))
        self.dialog = ask_to_save(
            self._window, self.tr("Save the briefing"), name, kinds, lambda path: self.save(path, page)
        )
        self.dialog.finished.connect(self._close)

    def _close(self) -> None:
        self.dialog = None

    def save(self, path: Path, page: BriefingPage) -> None:
        """Write a briefing on a thread of its own, then say where it is or why not."""
        write = self.write

        def work() -> str:
            try:
                if path.suffix.lower() == ".pdf":
                    from stackwatch.ui.briefing_pdf import write_pdf  # only on this path

                    write_pdf(path, page)
                elif write is not None:
                    write(path, page)
            except BadInputError as fault:
                return str(fault)
            return ""

        in_background(self, work, lambda fault: self._tell(path, fault))

    def _tell(self, path: Path, fault: str) -> None:
        if fault:
            self.said.emit(fault, None)
            return
        self.said.emit(
            lambda: self.tr("The briefing was written to {file}.").format(file=path.name),
            QUrl.fromLocalFile(str(path.parent)),
        )
