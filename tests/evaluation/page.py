"""Lays measured tables out as Markdown, and puts them into the page of the documentation."""

import argparse
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from pathlib import Path

from tests.benchmarks.machine import describe

PAGE = Path(__file__).resolve().parents[2] / "docs" / "evaluation.md"


def ask(module: str, about: str | None) -> argparse.ArgumentParser:
    """Return a parser for a measurement whose figures go into the page with ``--write``."""
    parser = argparse.ArgumentParser(
        prog=f"python -m tests.evaluation.{module}",
        description=about,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--write", action="store_true", help=f"put the figures into docs/{PAGE.name}")
    return parser


def table(heads: Sequence[str], rows: Iterable[Sequence[object]]) -> list[str]:
    """Return the lines of a table."""
    lines = [heads, ["---"] * len(heads), *rows]
    return ["| " + " | ".join(map(str, line)) + " |" for line in lines]


def put(name: str, lines: Iterable[str], page: Path = PAGE) -> None:
    """Put what was measured between the two marks of a name, with the day and the class of the machine.

    Raises ValueError where the page does not hold the marks once, in their order.
    """
    begins, ends = f"<!-- {name} -->\n", f"<!-- end of {name} -->"
    text = page.read_text("utf-8")
    if text.count(begins) != 1 or text.count(ends) != 1 or text.index(ends) < text.index(begins):
        raise ValueError(f"{page.name}: expected {begins.strip()} and then {ends}, once each")
    before, rest = text.split(begins)
    after = rest.split(ends)[1]
    machine = ", ".join(f"{key} {value}" for key, value in describe().items())
    measured = f"Measured on {datetime.now(UTC).date().isoformat()}: {machine}."
    body = "\n".join(["", *lines, "", measured, "", ""])
    page.write_text(f"{before}{begins}{body}{ends}{after}", encoding="utf-8")
