"""A person's TOML file cut into its tables as text, so that one can change and the rest stays."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from stackwatch.domain.errors import BadInputError


@dataclass(slots=True)
class TomlBlock:
    """A table as text: the blank lines and comments above it, and itself."""

    lead: str
    body: str


def split(path: Path, text: str, table: str, count: int) -> tuple[str, list[TomlBlock], str]:
    """Cut a file into what stands before the first ``[[table]]``, each with its comments, and the rest.

    Raises BadInputError where there are not ``count`` of them to be seen.
    """
    head, blocks, tail = split_tables(path, text, {table: count})
    return head, [block for _, block in blocks], tail


def joined(head: str, blocks: Iterable[TomlBlock], tail: str) -> str:
    """Return the text of a file that was cut."""
    return "".join((head, *(block.lead + block.body for block in blocks), tail))


def split_tables(
    path: Path, text: str, counts: Mapping[str, int]
) -> tuple[str, list[tuple[str, TomlBlock]], str]:
    """Cut a file as ``split`` does at tables of several kinds; ``counts`` says how many there are of each."""
    header = re.compile(rf"\s*\[\[\s*({'|'.join(map(re.escape, counts))})\s*\]\]")
    lines = text.splitlines(keepends=True)
    if lines and not lines[-1].endswith("\n"):
        lines[-1] += "\n"
    found = [(number, match.group(1)) for number, line in enumerate(lines) if (match := header.match(line))]
    for table, count in counts.items():
        if sum(name == table for _, name in found) != count:
            raise BadInputError(
                f"{path}: not every {table} is written as a [[{table}]] table; change them by hand"
            )
    firsts = [_first_comment(lines, start) for start, _ in found]
    ends = [*firsts[1:], _first_comment(lines, len(lines))][: len(found)]
    blocks = [
        (table, TomlBlock("".join(lines[first:start]), "".join(lines[start:end])))
        for first, (start, table), end in zip(firsts, found, ends, strict=True)
    ]
    if not blocks:
        return "".join(lines), [], ""
    return "".join(lines[: firsts[0]]), blocks, "".join(lines[ends[-1] :])


def _first_comment(lines: Sequence[str], place: int) -> int:
    """Return where the blank lines and comments right above a line begin."""
    while place > 0 and (not lines[place - 1].strip() or lines[place - 1].lstrip().startswith("#")):
        place -= 1
    return place
