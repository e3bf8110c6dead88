"""Alerts as text beside the database: what a person can read, and what a lost database is rebuilt from."""

import contextlib
import os
from collections.abc import Iterator, Sequence
from pathlib import Path

MOST_BYTES = 4_000_000  # of one file; the one before it is kept too


class AlertLog:
    """A line of JSON for every change of an alert, oldest first; the newest line of an id counts."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._before = path.with_suffix(f".1{path.suffix}")

    def append(self, lines: Sequence[str]) -> None:
        """Write lines; raises OSError. The database waits for the disk, this text beside it need not."""
        if not lines:
            return
        if self.path.exists() and self.path.stat().st_size > MOST_BYTES:
            with contextlib.suppress(PermissionError):  # open elsewhere, on Windows: it grows until then
                self.path.replace(self._before)
        with self.path.open("ab+") as file:
            text = "".join(f"{line}\n" for line in lines).encode()
            end = file.seek(0, os.SEEK_END)
            if end:
                file.seek(end - 1)
                if file.read(1) != b"\n":  # the program was killed while it wrote
                    text = b"\n" + text
            file.write(text)

    def lines(self) -> Iterator[bytes]:
        """Return every line kept, oldest first; raises OSError."""
        for path in (self._before, self.path):
            if path.exists():
                with path.open("rb") as file:
                    yield from (line.rstrip(b"\n") for line in file if line.strip())
