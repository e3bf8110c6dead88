"""Links of the user's own in ``exposures.toml``: added, corrected, withdrawn, and each taken back."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from stackwatch.domain.errors import BadInputError
from stackwatch.domain.lists.own_links import LinkChange
from stackwatch.domain.watchlist import BilingualName, Ecosystem, Exposure, Tie
from stackwatch.storage.ecosystem.ecosystem_files import ExposuresFile, with_own_exposures
from stackwatch.storage.toml.toml_blocks import joined, split_tables
from stackwatch.storage.toml.toml_cutting import cut_text, text_of
from stackwatch.storage.toml.toml_files import read_toml
from stackwatch.storage.toml.toml_tables import changed_table, put_values, table_text
from stackwatch.storage.whole_file import is_there, write_own

_HEAD = """# Links of your own. Stackwatch keeps your comments.

version = 1
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Edit:
    """A change of the file: what comes, what goes, what says something else, and text that is put back."""

    links: tuple[Exposure, ...] = ()
    withdrawn: tuple[Tie, ...] = ()
    no_links: frozenset[Exposure] = frozenset()
    not_withdrawn: frozenset[Tie] = frozenset()
    swap: tuple[Exposure, Exposure] | None = None
    text: str = ""

    def reverse(self, gone: str) -> "_Edit":
        """Return what takes the change back; ``gone`` is the text that went with it."""
        return _Edit(
            no_links=frozenset(self.links),
            not_withdrawn=frozenset(self.withdrawn),
            swap=None if self.swap is None else (self.swap[1], self.swap[0]),
            text=gone,
        )


@dataclass(frozen=True, slots=True)
class _File:
    """The user's file as it is now: its text, its links and its withdrawn ones, in their order."""

    path: Path
    text: str
    links: tuple[Exposure, ...] = ()
    withdrawn: tuple[Tie, ...] = ()


@dataclass(frozen=True, slots=True)
class _Step:
    """The text before and after a change, and what takes it back where the file was changed since."""

    before: str
    after: str
    back: _Edit


class LinkFile:
    """Writes the user's links. Every fault is a BadInputError; a broken file stays."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._steps: dict[LinkChange, _Step] = {}

    def make(self, change: LinkChange, ecosystem: Ecosystem) -> tuple[Exposure, ...]:
        """Write a change; returns every link that holds from now on."""
        file = self._read(ecosystem)
        edit = _edit(change, ecosystem.shipped_links, file)
        text, gone = self._edited(file, edit)
        links = self._write(text, ecosystem)
        self._steps[change] = _Step(file.text, text, edit.reverse(gone))
        return links

    def take_back(self, change: LinkChange, ecosystem: Ecosystem) -> tuple[Exposure, ...]:
        """Undo a change: the very text, or its tables alone where the file was changed since."""
        step = self._steps.get(change)
        if step is None:  # it was refused
            return tuple(ecosystem.exposures)
        file = self._read(ecosystem)
        text = step.before if file.text == step.after else self._edited(file, step.back)[0]
        links = self._write(text, ecosystem)
        del self._steps[change]
        return links

    def _read(self, ecosystem: Ecosystem) -> _File:
        text = text_of(self._path, _HEAD)
        if not is_there(self._path):
            return _File(self._path, text)
        withdrawn = tuple(row.tie for row in read_toml(self._path, ExposuresFile).withdrawn)
        links = with_own_exposures(ecosystem, self._path).exposures
        return _File(self._path, text, tuple(link for link in links if link.own), withdrawn)

    def _edited(self, file: _File, edit: _Edit) -> tuple[str, str]:
        """Return the file's text after an edit, and the text of the tables that went."""
        counts = {"exposure": len(file.links), "withdrawn": len(file.withdrawn)}

        def doomed(table: str, number: int) -> bool:
            if table == "exposure":
                return file.links[number] in edit.no_links
            return file.withdrawn[number] in edit.not_withdrawn

        text = file.text if edit.swap is None else self._swapped(file, counts, *edit.swap)
        text, gone = cut_text(self._path, text, counts, doomed)
        came = [link_block(link) for link in edit.links] + [withdrawn_block(tie) for tie in edit.withdrawn]
        if edit.text:
            came.insert(0, edit.text.lstrip("\n"))
        return "\n".join((text.rstrip("\n") + "\n", *came)) if came else text, "".join(gone)

    def _swapped(self, file: _File, counts: dict[str, int], before: Exposure, after: Exposure) -> str:
        """Return the file's text with the table of a link saying another; comments inside it stay."""
        head, tables, tail = split_tables(self._path, file.text, counts)
        links = iter(file.links)
        for table, block in tables:
            if table == "exposure" and next(links) == before:
                block.body = changed_table(
                    "exposure", block.body, lambda row: put_values(row, _values(after))
                )
        return joined(head, (block for _, block in tables), tail)

    def _write(self, text: str, ecosystem: Ecosystem) -> tuple[Exposure, ...]:
        write_own(self._path, text, lambda draft: with_own_exposures(ecosystem, draft))
        return tuple(with_own_exposures(ecosystem, self._path).exposures)


def link_block(link: Exposure) -> str:
    """Return a link as an ``[[exposure]]`` table."""
    return table_text("exposure", {**_values(link), "read_across": link.read_across or None})


def withdrawn_block(tie: Tie) -> str:
    """Return what a user holds to be wrong as a ``[[withdrawn]]`` table."""
    source, target, relation = tie
    return table_text("withdrawn", {"source": source, "target": target, "relation": relation.value})


def _edit(change: LinkChange, shipped: Sequence[Exposure], file: _File) -> _Edit:
    """Return what a change means for the file.

    An own row stands in for every shipped report of its tie, so a correction of one brings the others along.
    """
    before, after = change.before, change.after
    if before is None:
        return _Edit() if after is None else _Edit(links=(after,))
    reports = [link for link in shipped if link.tie == before.tie]
    if after is None:
        wrong = (before.tie,) if reports and before.tie not in file.withdrawn else ()
        own = frozenset(link for link in file.links if link.tie == before.tie)
        return _Edit(withdrawn=wrong, no_links=own)
    if before in file.links:
        return _Edit(swap=(before, after))
    if not reports or any(link.tie == before.tie for link in file.links):
        ends = f"{before.source} and {before.target}"
        raise BadInputError(f"{file.path}: the link of {ends} was changed there since it was read")
    return _Edit(links=tuple(after if link == before else link for link in reports))


def _values(link: Exposure) -> dict[str, object]:
    return {
        "source": link.source,
        "target": link.target,
        "relation": link.relation.value,
        "why": BilingualName(link.why, link.why_ko) if link.why_ko else link.why,
        "date": link.dated,
        "publisher": link.publisher,
        "basis": link.basis.value,
        "until": link.until,
    }
