"""How far a text that somebody typed is from the beginning of a name, by letters that are wrong."""

import unicodedata

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
    rows = [list(range(len(typed) + most + 1))]
    begin = name[: len(typed) + most]
    for place, letter in enumerate(typed, 1):
        rows.append([place])
        for at, known in enumerate(begin, 1):
            turned = place > 1 and at > 1 and letter == begin[at - 2] and typed[place - 2] == known
            ways = [rows[-2][at] + 1, rows[-1][at - 1] + 1, rows[-2][at - 1] + (letter != known)]
            rows[-1].append(min((*ways, rows[-3][at - 2] + 1)) if turned else min(ways))
        if min(rows[-1]) > most:
            return None
    least = min(rows[-1])
    return least if least <= most else None
