"""Text that others wrote: UTF-8, with a mark or without; another line is CP949, as Korean Windows writes.

Read with ``ENCODING`` and ``ERRORS``, which keep the bytes that are no UTF-8 as they are, for ``legible``.
"""

import re
from codecs import BOM_UTF16_BE, BOM_UTF16_LE

ENCODING, ERRORS = "utf-8-sig", "surrogateescape"
_STRAY = re.compile("[\udc80-\udcff]")  # bytes that were kept as they came


def is_utf16(start: bytes) -> bool:
    """Whether a file that begins so is UTF-16, of which every other letter would be lost."""
    return start[:2] in (BOM_UTF16_LE, BOM_UTF16_BE)


def legible(line: str) -> str | None:
    """Return a line as text, None where its bytes are neither UTF-8 nor CP949."""
    if line.isascii() or not _STRAY.search(line):
        return line
    try:
        return line.encode("utf-8", ERRORS).decode("cp949")
    except UnicodeDecodeError:
        return None
