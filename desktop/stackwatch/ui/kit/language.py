"""The language of the interface: a program has one at a time, as it has one theme."""

from collections.abc import Callable

from stackwatch.domain.watchlist import Language

Words = str | Callable[[], str]  # a function words what stays on the screen anew in another language
_current = [Language.ENGLISH]  # that of the source


def current_language() -> Language:
    """Return the language in use; what is worded for another one, or on another thread, is given it."""
    return _current[0]


def worded(words: Words) -> str:
    """Return words in the language in use."""
    return words if isinstance(words, str) else words()


def use_language(language: Language) -> None:
    """Word in another language from now on; ``Translations.use`` does it for Qt's texts too."""
    _current[:] = [language]
