"""The files of a user that add to what ships: names, companies, links and spellings."""

from dataclasses import dataclass
from pathlib import Path

from stackwatch.domain.errors import BadInputError
from stackwatch.domain.watchlist import Ecosystem
from stackwatch.storage.ecosystem.ecosystem_files import (
    with_own_aliases,
    with_own_exposures,
    with_own_instruments,
    with_own_private,
)
from stackwatch.storage.locations import UserFolders
from stackwatch.storage.whole_file import is_there


@dataclass(frozen=True, slots=True)
class Broken:
    """A file that cannot be used, why, and what it was to add to."""

    path: Path
    fault: BadInputError
    what: str

    @property
    def notice(self) -> str:
        """What a start says of it."""
        return f"{self.fault}. The shipped {self.what} are used; your file was not touched."


def own_files(folders: UserFolders) -> tuple[Path, ...]:
    """Return where such files are."""
    return (folders.instruments, folders.private, folders.exposures, folders.aliases)


def with_own_files(ecosystem: Ecosystem, folders: UserFolders, broken: list[Broken]) -> Ecosystem:
    """Add what is in a user's folder; a file that cannot be used is named, and what ships is used."""
    adding = (with_own_instruments, with_own_private, with_own_exposures, with_own_aliases)
    said = ("names", "companies", "links", "spellings")
    for path, add, what in zip(own_files(folders), adding, said, strict=True):
        if is_there(path):
            try:
                ecosystem = add(ecosystem, path)
            except BadInputError as fault:
                broken.append(Broken(path, fault, what))
    return ecosystem
