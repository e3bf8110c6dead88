"""Where the dialogs of files begin, and the one that asks for a file to write."""

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


def ask_to_save(
    parent: QWidget | None, title: str, name: str, kinds: Sequence[str], then: Callable[[Path], object]
) -> QFileDialog:
    """Ask for a file to write and go on with it; ``kinds`` are as Qt writes them, such as ``CSV (*.csv)``.

    The name ends as the kind that is chosen, also where somebody types it without an ending.
    """
    dialog = QFileDialog(parent, title)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setNameFilters(kinds)
    dialog.setDefaultSuffix(_ending(kinds[0]))
    dialog.setDirectory(FilePlace.begin())
    dialog.selectFile(name)
    label_in_words(dialog)

    def follow(kind: str) -> None:
        if not kind:  # as GTK's dialog says while it opens
            return
        dialog.setDefaultSuffix(_ending(kind))
        typed = next(iter(dialog.selectedFiles()), name)
        dialog.selectFile(Path(typed).with_suffix(f".{_ending(kind)}").name)

    def go_on(chosen: str) -> None:
        if (path := FilePlace.keep(chosen)) is not None:
            then(path)

    dialog.filterSelected.connect(follow)
    dialog.fileSelected.connect(go_on)
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()
    return dialog


def label_in_words(dialog: QFileDialog) -> None:
    """Name two fields that Qt's own translation lacks, where the dialog is Qt's and not the system's."""
    tr = QCoreApplication.translate
    dialog.setLabelText(QFileDialog.DialogLabel.LookIn, tr("FilePlace", "Folder:"))
    dialog.setLabelText(QFileDialog.DialogLabel.FileType, tr("FilePlace", "Kind of file:"))


def _ending(kind: str) -> str:
    return kind.rpartition("*.")[2].rstrip(")")
