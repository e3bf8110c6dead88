"""The files of a user that add to what ships: names, companies, links and spellings."""

from stackwatch.domain.errors import BadInputError
from stackwatch.domain.watchlist import Ecosystem
from stackwatch.storage.ecosystem_files import (
    with_own_aliases,
    with_own_exposures,
    with_own_instruments,
    with_own_private,
)
from stackwatch.storage.locations import UserFolders


def with_own_files(ecosystem: Ecosystem, folders: UserFolders, notices: list[str]) -> Ecosystem:
    """Add what is in a user's folder; what is wrong with a file is told, and what ships is used."""
    for path, add, what in (
        (folders.instruments, with_own_instruments, "names"),
        (folders.private, with_own_private, "companies"),
        (folders.exposures, with_own_exposures, "links"),
        (folders.aliases, with_own_aliases, "spellings"),
    ):
        if path.exists():
            try:
                ecosystem = add(ecosystem, path)
            except BadInputError as fault:
                notices.append(f"{fault}. The shipped {what} are used; your file was not touched.")
    return ecosystem
