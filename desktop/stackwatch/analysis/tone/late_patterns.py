"""Expressions that most titles do not need: made ready at the first title with a word they begin with."""

import re
from collections.abc import Iterator
from functools import cached_property


class LatePattern:
    """An expression, and parts of words of which every text it matches has one."""

    def __init__(self, expression: str, *hints: str) -> None:
        """Keep ``expression``; without ``hints`` it may be anywhere."""
        self._expression = expression
        self._hints = hints

    def may_be_in(self, lowered: str) -> bool:
        """Whether a text has one of the hints."""
        for hint in self._hints:  # any() takes twice as long, for every title
            if hint in lowered:
                return True
        return not self._hints

    def search(self, lowered: str, start: int, end: int) -> re.Match[str] | None:
        """Return the first match between two places."""
        return self._ready.search(lowered, start, end)

    def match(self, lowered: str, start: int) -> re.Match[str] | None:
        """Return the match that begins at ``start``."""
        return self._ready.match(lowered, start)

    def finditer(self, lowered: str) -> Iterator[re.Match[str]]:
        """Yield the matches in a text, none in one without a hint."""
        return self._ready.finditer(lowered) if self.may_be_in(lowered) else iter(())

    @cached_property
    def _ready(self) -> re.Pattern[str]:
        return re.compile(self._expression)  # which takes up to a millisecond
