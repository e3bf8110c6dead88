"""Where the dialogs of files begin, and those that ask for a file to read or to write."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import ClassVar

from PySide6.QtCore import QCoreApplication, QStandardPaths
from PySide6.QtWidgets import QFileDialog, QWidget


class FilePlace:
    """The folder that was used last, at first the user's documents, never that of the program.

    Somebody without a home, such as a service, begins at the root.
    """

    _used: ClassVar[Path | None] = None

    @classmethod
    def begin(cls) -> str:
        """Return where a dialog begins."""
        documents = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        home = Path.home()
        places = (cls._used, Path(documents), home)
        return str(next((place for place in places if place is not None and place.is_dir()), home.anchor))

    @classmethod
    def keep(cls, chosen: str) -> Path | None:
        """Return the file that was chosen, None for none; the next dialog begins beside it."""
        if not chosen:
            return None
        cls._used = Path(chosen).parent
        return Path(chosen)


def ask_to_open(
    parent: QWidget | None, title: str, kinds: Sequence[str], then: Callable[[Path], object]
) -> QFileDialog:
    """Ask for a file to read, and do something with it once it is chosen; nobody waits for that."""
    dialog = _dialog(parent, title, kinds, then)
    dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    dialog.open()
    return dialog


def ask_to_save(
    parent: QWidget | None, title: str, name: str, kinds: Sequence[str], then: Callable[[Path], object]
) -> QFileDialog:
    """Ask for a file to write and go on with it; ``kinds`` are as Qt writes them, such as ``CSV (*.csv)``.

    The name ends as the kind that is chosen, also where somebody types it without an ending.
    """
    dialog = _dialog(parent, title, kinds, then)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setDefaultSuffix(_ending(kinds[0]))
    dialog.selectFile(name)

    def follow(kind: str) -> None:
        if not kind:  # as GTK's dialog says while it opens
            return
        dialog.setDefaultSuffix(_ending(kind))
        typed = next(iter(dialog.selectedFiles()), name)
        dialog.selectFile(Path(typed).with_suffix(f".{_ending(kind)}").name)

    dialog.filterSelected.connect(follow)
    dialog.open()
    return dialog


def _dialog(
    parent: QWidget | None, title: str, kinds: Sequence[str], then: Callable[[Path], object]
) -> QFileDialog:
    """Return a dialog that goes once it is closed, and hands on the file that was chosen."""
    dialog = QFileDialog(parent, title)
    dialog.setNameFilters(kinds)
    dialog.setDirectory(FilePlace.begin())
    tr = QCoreApplication.translate  # two fields that Qt's own translation lacks, where the dialog is Qt's
    dialog.setLabelText(QFileDialog.DialogLabel.LookIn, tr("FilePlace", "Folder:"))
    dialog.setLabelText(QFileDialog.DialogLabel.FileType, tr("FilePlace", "Kind of file:"))

    def go_on(chosen: str) -> None:
        if (path := FilePlace.keep(chosen)) is not None:
            then(path)

    dialog.fileSelected.connect(go_on)
    dialog.finished.connect(dialog.deleteLater)
    return dialog


def _ending(kind: str) -> str:
    return kind.rpartition("*.")[2].rstrip(")")
