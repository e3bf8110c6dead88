"""The page about files and limits, and a backup of everything."""

from collections.abc import Callable
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import QCoreApplication, QObject, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QWidget

from stackwatch.domain.errors import BadInputError
from stackwatch.domain.settings import LEAST_REQUESTS, MOST_REQUESTS, Settings
from stackwatch.domain.words.format import date_text
from stackwatch.domain.words.wording import reason_words
from stackwatch.ui.kit.background import Result, in_background, is_gone
from stackwatch.ui.kit.chips import ActionButton
from stackwatch.ui.kit.fields import CountSpin
from stackwatch.ui.kit.file_place import ask_to_open, ask_to_save
from stackwatch.ui.kit.language import Words, current_language, worded
from stackwatch.ui.kit.layout import hbox
from stackwatch.ui.kit.theme import Ink, px
from stackwatch.ui.preferences.settings_parts import SettingsPage


class FoundBackup(Protocol):
    """What a checked backup holds."""

    @property
    def files(self) -> tuple[str, ...]:
        """The names of its files."""

    @property
    def gone(self) -> tuple[str, ...]:
        """The names of the files that bringing it back takes away."""

    @property
    def faults(self) -> tuple[str, ...]:
        """What is wrong with files that a start will leave out."""

    @property
    def made(self) -> datetime | None:
        """When it was made, if it says so."""


class BackupFile(Protocol):
    """Saves and brings back everything of a user; each call may wait for the disk. Raises BadInputError."""

    def save(self, path: Path) -> tuple[str, ...]:
        """Write everything into a .zip; returns the names of the files in it."""

    def check(self, path: Path) -> FoundBackup:
        """Look whether a .zip can be used."""

    def stage(self, path: Path) -> Path:
        """Keep what is there and lay the .zip out for the next start; returns where the present was kept."""


class AfterClosing(QObject):
    """Says what became of a backup whose page is closed by then: ``said`` carries it."""

    said = Signal(object)  # Words


class AdvancedPage(SettingsPage):
    """Where files are, how much may be asked for, and a backup of everything."""

    def __init__(
        self,
        settings: Settings,
        data: Path | None,
        logs: Path | None,
        backup: BackupFile | None,
        after: AfterClosing,
    ) -> None:
        super().__init__(settings)
        self.head(self.tr("Advanced"))
        self._backup, self._after = backup, after
        self.checked: Path | None = None  # what was looked at last, until something else is done
        self.dialog: QFileDialog | None = None
        self.allowed = CountSpin(LEAST_REQUESTS, MOST_REQUESTS)
        self.allowed.setObjectName("allowed")
        self.allowed.setSingleStep(LEAST_REQUESTS)
        self.allowed.setKeyboardTracking(False)
        self.allowed.setValue(settings.requests_per_hour)
        span = self.tr("From {least} to {most}")
        self.allowed.setToolTip(span.format(least=LEAST_REQUESTS, most=f"{MOST_REQUESTS:,}"))
        self.allowed.valueChanged.connect(lambda count: self.change(requests_per_hour=count))
        note = self.tr("at most, from every source together")
        self.row(self.tr("Requests an hour"), self.allowed, note, keeps=("requests_per_hour",))
        for label, folder, name in (
            (self.tr("Data folder"), data, "data-folder"),
            (self.tr("Logs"), logs, "logs"),
        ):
            if folder is not None:
                self._folder(label, folder, name)
        if backup is not None:
            self._add_backup()
        self.column.addStretch(1)

    def export(self, path: Path) -> None:
        """Write everything into a .zip."""
        backup = self._backup
        assert backup is not None
        self._run(lambda: backup.save(path), lambda files: partial(_saved_words, len(files), path.name))

    def check(self, path: Path) -> None:
        """Look at a .zip; nothing is replaced before the user says so."""
        backup = self._backup
        assert backup is not None

        def told(found: FoundBackup) -> Words:
            self.replace_button.put(self.tr("Replace at the next start"))
            return self._found_words(found)

        self._run(lambda: backup.check(path), told, lasting=False)
        self.checked = path

    def _found_words(self, found: FoundBackup) -> str:
        """Say what a backup is of, and what bringing it back does."""
        told = []
        if found.made is not None:
            local = found.made.astimezone()
            when = f"{date_text(local, current_language())} {local:%H:%M}"
            told.append(self.tr("A backup from {time}.").format(time=when))
        told.append(self.tr("It replaces: {files}.").format(files=", ".join(found.files)))
        if found.gone:
            told.append(self.tr("It removes: {files}.").format(files=", ".join(found.gone)))
        if found.faults:
            faults = "; ".join(reason_words(fault, current_language()) for fault in found.faults)
            told.append(self.tr("What cannot be read is left out: {faults}.").format(faults=faults))
        told.append(self.tr("What is there now is kept as a .zip beside it."))
        return " ".join(told)

    def bring_back(self) -> None:
        """Lay the checked .zip out for the next start."""
        backup, path = self._backup, self.checked
        if backup is None or path is None:
            return
        self._run(lambda: backup.stage(path), lambda kept: partial(_staged_words, kept.name))

    def _run(
        self, work: Callable[[], Result], told: Callable[[Result], Words], *, lasting: bool = True
    ) -> None:
        """Do what waits for the disk on a thread of its own, then say what is ``told`` of its result.

        What has a ``lasting`` result is spoken of after the settings are closed, too.
        """
        self.checked = None
        self.said_of_backup.setText(self.tr("Working\u2026"))
        for button in self._buttons:
            button.setEnabled(False)

        def tried() -> Result | BadInputError:
            try:
                return work()
            except BadInputError as fault:
                return fault

        def then(result: Result | BadInputError) -> None:
            seen = not is_gone(self)
            if seen:
                self._rest()
            elif not lasting:
                return
            words: Words = str(result) if isinstance(result, BadInputError) else told(result)
            if seen:
                self.said_of_backup.setText(reason_words(worded(words), current_language()))
            else:
                self._after.said.emit(words)

        in_background(self._after, tried, then)

    def _rest(self) -> None:
        """Be ready for the next piece of work."""
        for button in self._buttons:
            button.setEnabled(True)
        self.replace_button.put("")

    def _add_backup(self) -> None:
        self.export_button, self.import_button = ActionButton(), ActionButton()
        self.replace_button = ActionButton()
        self._buttons = (self.export_button, self.import_button, self.replace_button)
        self.export_button.put(self.tr("Save a backup\u2026"))
        self.import_button.put(self.tr("Restore\u2026"))
        self.replace_button.put("")
        names = ("backup-export", "backup-import", "backup-replace")
        for button, name in zip(self._buttons, names, strict=True):
            button.setObjectName(name)
        self.export_button.clicked.connect(lambda: self._ask(save=True))
        self.import_button.clicked.connect(lambda: self._ask(save=False))
        self.replace_button.clicked.connect(self.bring_back)
        box = QWidget()
        hbox(self._buttons, gap=px(8), into=box)
        note = self.tr("lists, rules, settings, alerts and stored prices as one .zip")
        self.row(self.tr("Backup"), box, note)
        self.said_of_backup = self.words("", ink=Ink.T2)
        self.column.addWidget(self.said_of_backup)

    def _ask(self, *, save: bool) -> None:
        kind = self.tr("Backup (*.zip)")
        if save:
            name = "stackwatch-backup.zip"
            self.dialog = ask_to_save(self, self.tr("Save a backup"), name, (kind,), self.export)
        else:
            self.dialog = ask_to_open(self, self.tr("Restore a backup"), (kind,), self.check)

    def _folder(self, label: str, folder: Path, name: str) -> None:
        button = ActionButton()
        button.setObjectName(name)
        button.put(self.tr("Open"), "arrow-square-out")
        button.setAccessibleName(f"{label}: {self.tr('Open')}")
        button.clicked.connect(lambda: QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder))))
        self.row(label, button, str(folder))


def _saved_words(count: int, name: str) -> str:
    words = QCoreApplication.translate("AdvancedPage", "{count} files were written to {name}")
    return words.format(count=count, name=name)


def _staged_words(kept: str) -> str:
    words = QCoreApplication.translate(
        "AdvancedPage", "Close Stackwatch and start it again to use it. The present state is in {name}."
    )
    return words.format(name=kept)
