"""Precision and recall of the entity linker on labelled titles."""

from dataclasses import dataclass
from pathlib import Path

from stackwatch.analysis.linker import Linker
from stackwatch.storage.ecosystem_files import load_ecosystem
from stackwatch.storage.locations import shipped

FOLDER = Path(__file__).parent
LANGUAGES = ("en", "ko")


@dataclass(frozen=True, slots=True)
class Mistake:
    """A title with the entities that were wrongly found and wrongly missed."""

    title: str
    wrong: frozenset[str]
    missed: frozenset[str]


@dataclass(frozen=True, slots=True)
class Score:
    """What came of one labelled set: titles, entities found right, wrong and missed."""

    titles: int
    right: int
    wrong: int
    missed: int
    mistakes: tuple[Mistake, ...]

    @property
    def precision(self) -> float:
        """Share of the found entities that are right."""
        return self.right / max(self.right + self.wrong, 1)

    @property
    def recall(self) -> float:
        """Share of the labelled entities that were found."""
        return self.right / max(self.right + self.missed, 1)


def shipped_linker() -> Linker:
    """Make the linker of the shipped aliases."""
    return Linker.of(load_ecosystem(shipped("watchlists")))


def labelled(language: str) -> tuple[tuple[str, frozenset[str]], ...]:
    """Read titles with the ids they are labelled with."""
    lines = (FOLDER / f"headlines_{language}.tsv").read_text("utf-8").splitlines()
    rows = (line.partition("\t") for line in lines)
    return tuple((title, frozenset(ids.split())) for title, _, ids in rows)


def evaluate(linker: Linker, language: str) -> Score:
    """Link every title of a language and compare with its label."""
    rows = labelled(language)
    right = wrong = missed = 0
    mistakes = []
    for title, expected in rows:
        found = frozenset(mention.entity_id for mention in linker.link(title).mentions)
        right += len(found & expected)
        wrong += len(found - expected)
        missed += len(expected - found)
        if found != expected:
            mistakes.append(Mistake(title, found - expected, expected - found))
    return Score(len(rows), right, wrong, missed, tuple(mistakes))
