"""Tables taken out of a person's TOML file as text, to be put back as they were."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from stackwatch.storage.toml.toml_blocks import split_tables
from stackwatch.storage.toml.toml_files import toml_text
from stackwatch.storage.whole_file import Check, is_there, write_own

Doomed = Callable[[str, int], bool]
"""Whether the table of a kind, counted among its kind, is to go."""


@dataclass(frozen=True, slots=True)
class RemovedTables:
    """What was taken out of a file: how many tables, their text, and the file before and after."""

    path: Path
    tables: int
    text: str
    before: str
    after: str


def text_of(path: Path, head: str) -> str:
    """Return the text of a file, or ``head`` where there is none yet; raises BadInputError."""
    return toml_text(path) if is_there(path) else head


def cut_tables(path: Path, counts: Mapping[str, int], doomed: Doomed, check: Check) -> RemovedTables | None:
    """Take tables out of a file, each with the comment right above it; returns None where none is to go.

    ``counts`` says how many there are of each kind. Raises BadInputError, and leaves the file alone.
    """
    if not is_there(path):
        return None
    before = text_of(path, "")
    after, gone = cut_text(path, before, counts, doomed)
    if not gone:
        return None
    write_own(path, after, check)
    return RemovedTables(path, len(gone), "".join(gone), before, after)


def cut_text(path: Path, text: str, counts: Mapping[str, int], doomed: Doomed) -> tuple[str, tuple[str, ...]]:
    """Return a file's text without some tables, and these, each with the comment right above it."""
    head, tables, tail = split_tables(path, text, counts)
    kept, gone, seen = [head], [], dict.fromkeys(counts, 0)
    for table, block in tables:
        if doomed(table, seen[table]):
            alone, own = _leads(block.lead)
            kept.append(alone.rstrip("\n") + "\n" if alone.strip() else "")
            gone.append(f"\n{own}{block.body}")
        else:
            kept.append(block.lead + block.body)
        seen[table] += 1
    return "".join((*kept, tail)), tuple(gone)


def put_back(cut: RemovedTables) -> None:
    """Put tables back: the very text, or at the end where the file was changed since; once only.

    Raises BadInputError where the file cannot be written.
    """
    now = text_of(cut.path, "version = 1\n")
    if cut.text.strip() in now:
        return
    made = cut.before if now == cut.after else now.rstrip("\n") + "\n" + cut.text
    write_own(cut.path, made)


def _leads(lead: str) -> tuple[str, str]:
    """Part what stands above a table: what stands alone, and the comment that is its own."""
    found = re.fullmatch(r"((?:.*\n)*?\s*?)((?:[^\n]*\S[^\n]*\n)*)", lead)
    assert found is not None
    return found.group(1), found.group(2)
