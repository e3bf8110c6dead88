"""How far a text that somebody typed is from the beginning of a name, by letters that are wrong."""

import unicodedata

from rapidfuzz.distance import OSA

_LEAST = 5  # letters: shorter ones are near to too much
_MUCH = 8  # letters from which on two may be wrong


def letters(text: str) -> str:
    """Return the letters and digits of a folded text; of a Korean syllable each of its two or three."""
    return "".join(c for c in unicodedata.normalize("NFD", text) if c.isalnum())


def misspelt(typed: str, name: str) -> int | None:
    """Return how many letters of ``typed`` are wrong, missing or turned round if it is to begin ``name``.

    Both are ``letters``. None where those are too many, or what was typed is too short to say.
    """
    if len(typed) < _LEAST:
        return None
    most = 1 if len(typed) < _MUCH else 2
    begins = {name[:end] for end in range(len(typed) - most, len(typed) + most + 1)}
    least = min(OSA.distance(typed, begin, score_cutoff=most) for begin in begins)
    return least if least <= most else None
