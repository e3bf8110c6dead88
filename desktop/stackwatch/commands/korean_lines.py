"""What commands say, in the language that is asked for, and how many columns of a terminal it takes."""

from unicodedata import east_asian_width

from stackwatch.domain.watchlist import Language
from stackwatch.domain.words.phrasebook import korean
from stackwatch.domain.words.wording import reason_words


def in_language(line: str, language: Language | None) -> str:
    """Return a sentence, word or text of the help, in Korean where that is wanted and known."""
    if language is not Language.KOREAN:
        return line
    return korean().line(line) or reason_words(line, language)


def padded(word: str, columns: int) -> str:
    """Fill a word up to so many columns of a terminal, of which a Korean letter takes two."""
    return word + " " * (columns - columns_of(word))


def columns_of(words: str) -> int:
    """Return how many columns of a terminal a text takes."""
    return sum(2 if east_asian_width(letter) in "WF" else 1 for letter in words)
