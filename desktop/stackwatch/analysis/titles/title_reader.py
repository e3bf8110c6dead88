"""What reads titles, as those see it who have them read: its tables need not be there before the first."""

from collections.abc import Callable, Collection, Iterator, Sequence
from functools import cached_property
from typing import Protocol

from stackwatch.domain.news import Reading


class TitleReader(Protocol):
    """Reads titles. ``edition`` changes with all that a reading rests on; empty where none is kept."""

    @property
    def edition(self) -> str:
        """Names what the readings rest on."""

    def read(self, title: str) -> Reading:
        """Return what ``title`` says."""

    def read_if_known(self, title: str, about: Collection[str] | None = None) -> Reading | None:
        """Return what ``title`` says if it names a known entity (of ``about``)."""

    def read_known(
        self, titles: Sequence[str], about: Collection[str] | None
    ) -> Iterator[tuple[int, Reading]]:
        """Yield place and reading of the titles that name a known entity (of ``about``)."""


class LateReader:
    """A reader that is built with the first title: who finds all of them read needs none."""

    def __init__(self, edition: str, build: Callable[[], TitleReader]) -> None:
        self.edition = edition
        self._build = build

    @cached_property
    def _reader(self) -> TitleReader:
        return self._build()

    def read(self, title: str) -> Reading:
        """Return what ``title`` says."""
        return self._reader.read(title)

    def read_if_known(self, title: str, about: Collection[str] | None = None) -> Reading | None:
        """Return what ``title`` says if it names a known entity (of ``about``)."""
        return self._reader.read_if_known(title, about)

    def read_known(
        self, titles: Sequence[str], about: Collection[str] | None
    ) -> Iterator[tuple[int, Reading]]:
        """Yield place and reading of the titles that name a known entity (of ``about``)."""
        return self._reader.read_known(titles, about)
