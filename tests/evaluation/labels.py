"""Hand-labelled titles: written for this set, in the manner of real ones, labelled before they were run.

One title a line, with tabs between: the title, the ids it names, the one it is mainly about, the tone for
that one (-1, 0, 1), the theme, and whether it reports something new. ``-`` stands for nothing, and for a
label on which two readers may differ.
"""

import hashlib
from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).parent
LANGUAGES = ("en", "ko")
HALVES = ("dev", "held out")


@dataclass(frozen=True, slots=True, kw_only=True)
class Labelled:
    """A title and what a reader takes from it; None where no answer counts as wrong."""

    title: str
    entities: frozenset[str]
    primary: str | None
    tone: int | None
    theme: str | None
    event: bool | None

    @property
    def half(self) -> str:
        """Which half it belongs to; spellings and words are mended for the first one only."""
        return HALVES[hashlib.blake2b(self.title.encode(), digest_size=1).digest()[0] % 2]


def labelled(language: str, half: str | None = None) -> tuple[Labelled, ...]:
    """Read the titles of a language, or of one half of them."""
    lines = (FOLDER / f"headlines_{language}.tsv").read_text("utf-8").splitlines()
    rows = (_row(*line.split("\t")) for line in lines)
    return tuple(row for row in rows if half is None or row.half == half)


def known(language: str) -> tuple[Labelled, ...]:
    """Read the older titles, mended until all were right: nothing of them may be lost again."""
    lines = (FOLDER / f"known_{language}.tsv").read_text("utf-8").splitlines()
    return tuple(
        _row(title, ids or "-", "-", "-", "-", "-") for title, _, ids in (x.partition("\t") for x in lines)
    )


def practised(language: str) -> tuple[tuple[str, int], ...]:
    """Read titles with their tone, of rounds after which mistakes were mended (Korean: but the last)."""
    lines = (FOLDER / f"tone_{language}.tsv").read_text("utf-8").splitlines()
    return tuple((title, int(tone)) for title, tone in (line.split("\t") for line in lines))


def _row(title: str, entities: str, primary: str, tone: str, theme: str, event: str) -> Labelled:
    return Labelled(
        title=title,
        entities=frozenset(entities.split()) - {"-"},
        primary=_given(primary),
        tone=None if tone == "-" else int(tone),
        theme=_given(theme),
        event=None if event == "-" else event == "1",
    )


def _given(text: str) -> str | None:
    return None if text == "-" else text
