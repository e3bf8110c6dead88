"""Whom the user blocked, by the full name of a publisher or the short one that is shown."""

from collections.abc import Iterable
from functools import lru_cache

from stackwatch.domain.words.story_words import publisher_word


@lru_cache(maxsize=4096)
def names_of(publisher: str) -> frozenset[str]:
    """Return the names by which a publisher may be blocked."""
    return folded((publisher, publisher_word(publisher)))


def folded(names: Iterable[str]) -> frozenset[str]:
    """Return names as they are compared."""
    return frozenset(" ".join(name.split()).casefold() for name in names)
