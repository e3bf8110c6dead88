"""Files written aside, brought to the disk, then put in place: a power cut leaves the old or the new."""

import os
import shutil
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from stackwatch.domain.errors import BadInputError

_TRIES, _AGAIN = 10, 0.02  # seconds between two tries

Stamp = tuple[int, int, int]
Check = Callable[[Path], object]
"""Reads a file before it is put in place, and raises BadInputError where it must not be."""


def file_stamp(path: Path) -> Stamp | None:
    """Return what changes when a file is written; None where there is none."""
    try:
        now = path.stat()
    except OSError:
        return None
    return now.st_mtime_ns, now.st_size, now.st_ino


def why(fault: Exception) -> str:
    """Return why something failed; what the system says names the file that it is about."""
    if not isinstance(fault, OSError) or fault.strerror is None:
        return str(fault)
    about = fault.filename2 or fault.filename
    return f"{Path(about).name}: {fault.strerror}" if about else fault.strerror


def is_there(path: Path) -> bool:
    """Return whether something stands at a place; a link that leads nowhere is more than no file."""
    return path.exists() or path.is_symlink()


def write_own(path: Path, text: str, check: Check | None = None) -> None:
    """Write a file as ``write_whole`` does, with the line ends it had, and make the folder that it is in."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        if path.exists() and _has_windows_ends(path):
            text = text.replace("\n", "\r\n")
    except OSError as fault:
        raise BadInputError(f"{path}: cannot be written ({fault.strerror})") from fault
    write_whole(path, text, check)


def _has_windows_ends(path: Path) -> bool:
    with path.open("rb") as file:
        return file.readline().endswith(b"\r\n")


def write_whole(path: Path, text: str, check: Check | None = None) -> None:
    """Replace ``path`` by ``text`` in one step; raises BadInputError when it cannot or may not be written."""
    try:
        with replacing(path) as draft:
            draft.write_text(text, encoding="utf-8", newline="")
            try:
                if check is not None:
                    check(draft)
            except BadInputError as fault:  # nobody knows the draft
                raise BadInputError(str(fault).replace(str(draft), str(path))) from fault
    except OSError as fault:
        raise BadInputError(f"{path}: cannot be written ({fault.strerror})") from fault


@contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """Give a place to write what will stand at ``path``, or where that leads, if it is a link.

    A fault leaves what is there. Raises OSError.
    """
    if path.is_symlink():  # a file that its owner keeps elsewhere stays there
        path = Path(os.path.realpath(path))
    draft = path.with_name(f".{path.name}.{os.urandom(4).hex()}.new")
    try:
        yield draft
        if path.exists():
            shutil.copymode(path, draft)  # who may read it stays the user's choice
        sync(draft)
        _put_in_place(draft, path)
    finally:
        draft.unlink(missing_ok=True)


def _put_in_place(draft: Path, path: Path) -> None:
    """Replace ``path``; on Windows whoever reads it, such as a virus scanner, forbids that for a moment."""
    for _ in range(_TRIES if sys.platform == "win32" else 0):
        try:
            draft.replace(path)
        except PermissionError:
            time.sleep(_AGAIN)
        else:
            return
    draft.replace(path)


def sync(path: Path) -> None:
    """Wait until a file is on the disk; raises OSError."""
    with path.open("rb+") as file:
        os.fsync(file.fileno())
