"""Text that others wrote: UTF-8, with a mark or without; another line is CP949, as Korean Windows writes.

Read with ``ENCODING`` and ``ERRORS``, which keep the bytes that are no UTF-8 as they are, for ``legible``.
"""

import re
from codecs import BOM_UTF16_BE, BOM_UTF16_LE
from errno import EINVAL
from io import BufferedReader
from pathlib import Path
from stat import S_ISDIR, S_ISREG

from stackwatch.domain.errors import BadInputError

ENCODING, ERRORS = "utf-8-sig", "surrogateescape"
_PACKED = (b"PK\x03\x04", b"\x1f\x8b")  # .zip, of which an Excel workbook is one, and .gz
_STRAY = re.compile("[\udc80-\udcff]")  # bytes that were kept as they came


def open_file(path: Path) -> BufferedReader:
    """Open a file for reading; raises OSError, also for a pipe or device, which may never answer nor end."""
    mode = path.stat().st_mode
    if not (S_ISREG(mode) or S_ISDIR(mode)):  # the system refuses a folder in its own words
        raise OSError(EINVAL, "Not a regular file")
    return path.open("rb")


def refuse_no_text(name: object, start: bytes) -> None:
    """Raise BadInputError for what is packed, or is like UTF-16, whose every other letter would be lost."""
    if start.startswith(_PACKED):
        raise BadInputError(
            f"{name}: a workbook or a packed file; expected text, such as a table that Excel saved as CSV"
        )
    if start[:2] in (BOM_UTF16_LE, BOM_UTF16_BE) or b"\0" in start[:2]:
        raise BadInputError(f"{name}: line 1: not UTF-8 text; save the file as UTF-8")


def legible(line: str) -> str | None:
    """Return a line as text, None where its bytes are neither UTF-8 nor CP949."""
    if line.isascii() or not _STRAY.search(line):
        return line
    try:
        return line.encode("utf-8", ERRORS).decode("cp949")
    except UnicodeDecodeError:
        return None
