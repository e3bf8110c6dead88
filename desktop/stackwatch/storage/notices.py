"""What is said of files that cannot be used, and taken back once they can."""

from collections.abc import Iterable
from pathlib import Path


class Notices:
    """One sentence a file, its newest; each is handed on once, and so is its end."""

    def __init__(self) -> None:
        self._standing: dict[Path, str] = {}
        self._new: list[str] = []
        self._mended: list[str] = []

    def say(self, path: Path, notice: str) -> None:
        """Say what is wrong with a file, once, and no longer what was said of it before."""
        if self._standing.get(path) == notice:
            return
        self.mended((path,))
        self._standing[path] = notice
        self._new.append(notice)

    def mended(self, paths: Iterable[Path]) -> None:
        """Take back what was said of files that are whole again, or gone."""
        ended = [notice for path in paths if (notice := self._standing.pop(path, None)) is not None]
        self._mended += [notice for notice in ended if notice not in self._new]
        self._new = [notice for notice in self._new if notice not in ended]

    def take(self) -> tuple[str, ...]:
        """Return what is to be said, once."""
        told, self._new = tuple(self._new), []
        return told

    def take_mended(self) -> tuple[str, ...]:
        """Return what was said and holds no longer, once."""
        told, self._mended = tuple(self._mended), []
        return told
