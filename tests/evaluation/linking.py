"""How well titles are read: precision and recall of links; how often the rest of a reading is right."""

import math
from collections.abc import Iterable
from dataclasses import dataclass

from tests.evaluation.labels import Labelled

from stackwatch.analysis.names.linker import Linker
from stackwatch.analysis.titles.reading import Reader
from stackwatch.storage.ecosystem.ecosystem_files import load_ecosystem
from stackwatch.storage.lexicon_file import load_lexicon
from stackwatch.storage.locations import shipped

_Z = 1.959964  # of a 95 % interval


@dataclass(frozen=True, slots=True)
class Share:
    """So many of so many, with its Wilson (1927) 95 % interval."""

    count: int
    of: int

    @property
    def value(self) -> float:
        """The share, 1 of nothing."""
        return self.count / self.of if self.of else 1.0

    @property
    def interval(self) -> tuple[float, float]:
        """The ends of the interval."""
        if not self.of:
            return 0.0, 1.0
        n, p = self.of, self.value
        centre = p + _Z * _Z / (2 * n)
        half = _Z * math.sqrt(p * (1 - p) / n + _Z * _Z / (4 * n * n))
        scale = 1 + _Z * _Z / n
        return max((centre - half) / scale, 0.0), min((centre + half) / scale, 1.0)

    def __str__(self) -> str:
        low, high = self.interval
        return f"{self.value:.3f} [{low:.3f}, {high:.3f}]"


@dataclass(frozen=True, slots=True)
class Mistake:
    """A title and what of it was read otherwise than labelled: ``what``, the label, the reading."""

    title: str
    what: str
    label: str
    read: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """What came of labelled titles; ``flips`` counts good read as bad and bad as good."""

    titles: int
    precision: Share
    recall: Share
    primary: Share
    tone: Share
    flips: Share
    event: Share
    theme: Share
    mistakes: tuple[Mistake, ...]

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        p, r = self.precision.value, self.recall.value
        return 2 * p * r / (p + r) if p + r else 0.0


def shipped_reader() -> Reader:
    """Make the reader of the shipped aliases and word lists."""
    folder = shipped("watchlists")
    return Reader(Linker.of(load_ecosystem(folder)), load_lexicon(folder / "lexicon.toml"))


def evaluate(reader: Reader, rows: Iterable[Labelled]) -> Score:
    """Read every title and compare with its labels."""
    rows = tuple(rows)
    right = found = wanted = flips = 0
    hits = {"primary": 0, "tone": 0, "event": 0, "theme": 0}
    asked = dict.fromkeys(hits, 0)
    mistakes = []
    for row in rows:
        reading = reader.read(row.title)
        ids = frozenset(reading.entities)
        right, found, wanted = right + len(ids & row.entities), found + len(ids), wanted + len(row.entities)
        if ids != row.entities:
            mistakes.append(Mistake(row.title, "entities", _joined(row.entities), _joined(ids)))
        compared = (
            ("primary", row.primary, reading.primary),
            ("tone", row.tone, reading.tone),
            ("event", row.event, reading.event),
            ("theme", row.theme, reading.theme.value),
        )
        for what, label, read in compared:
            if label is None:
                continue
            asked[what] += 1
            hits[what] += label == read
            if label != read:
                mistakes.append(Mistake(row.title, what, str(label), str(read)))
        flips += row.tone is not None and row.tone * reading.tone < 0
    return Score(
        titles=len(rows),
        precision=Share(right, found),
        recall=Share(right, wanted),
        primary=Share(hits["primary"], asked["primary"]),
        tone=Share(hits["tone"], asked["tone"]),
        flips=Share(flips, asked["tone"]),
        event=Share(hits["event"], asked["event"]),
        theme=Share(hits["theme"], asked["theme"]),
        mistakes=tuple(mistakes),
    )


def _joined(ids: Iterable[str]) -> str:
    return " ".join(sorted(ids)) or "-"
