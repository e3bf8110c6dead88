"""A published version of the program."""

import re
from dataclasses import dataclass

_VERSION = re.compile(r"v?(\d{1,6})\.(\d{1,6})(?:\.(\d{1,6}))?")


@dataclass(frozen=True, slots=True)
class Release:
    """A version, such as ``0.2.0``, and the page that offers it."""

    version: str
    page: str

    def newer_than(self, version: str) -> bool:
        """Whether this one comes after ``version``; never where either cannot be read."""
        own, other = version_numbers(self.version), version_numbers(version)
        return own is not None and other is not None and own > other


def version_numbers(text: str) -> tuple[int, int, int] | None:
    """Read ``1.2.3``, ``1.2`` or ``v1.2.3``; None for anything else, pre-releases included."""
    match = _VERSION.fullmatch(text)
    return None if match is None else (int(match[1]), int(match[2]), int(match[3] or 0))
