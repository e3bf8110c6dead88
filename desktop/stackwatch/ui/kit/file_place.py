"""Where the dialogs of files begin."""

from pathlib import Path
from typing import ClassVar

from PySide6.QtCore import QStandardPaths


class FilePlace:
    """The folder that was used last, at first the user's documents, never that of the program."""

    _used: ClassVar[Path | None] = None

    @classmethod
    def begin(cls, name: str = "") -> str:
        """Return where a dialog begins, for a file of this name."""
        documents = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        places = (cls._used, Path(documents), Path.home())
        return str(next(place for place in places if place is not None and place.is_dir()) / name)

    @classmethod
    def keep(cls, chosen: str) -> Path | None:
        """Return the file that was chosen, None for none; the next dialog begins beside it."""
        if not chosen:
            return None
        cls._used = Path(chosen).parent
        return Path(chosen)
