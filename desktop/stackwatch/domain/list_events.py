"""What the core tells of lists, and of the companies and links of the user's own that come with them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from stackwatch.domain.lists.own_links import LinkChange
    from stackwatch.domain.venues import SymbolHit
    from stackwatch.domain.watchlist import BilingualName, Exposure, Instrument, OwnEntity, Watchlist


@dataclass(frozen=True, slots=True)
class WatchlistChanged:
    """The list that is watched from now on, and every list there is, this one among them.

    ``answers`` counts the changes asked for that are in it: of more, others are under way.
    """

    watchlist: Watchlist
    lists: tuple[Watchlist, ...]
    answers: int = 0


@dataclass(frozen=True, slots=True)
class BoardsFound:
    """Symbols that the provider does not know, each with what it is on another board of its exchange."""

    found: tuple[tuple[str, Instrument], ...]


@dataclass(frozen=True, slots=True)
class PrivateChanged:
    """Private entities of the user's own that came, or are called or kept otherwise now."""

    ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PrivateRemoved:
    """A private entity of the user's own is gone, and with it so many rules and links about it."""

    id: str
    names: BilingualName
    rules: int = 0
    links: int = 0


@dataclass(frozen=True, slots=True)
class LinksChanged:
    """A link of the user's own came, says something else, or is gone; ``back`` where that was undone."""

    change: LinkChange | None = None  # none where somebody else wrote the file
    back: bool = False

    @property
    def link(self) -> Exposure | None:
        """The link as it is now, None where it is gone or somebody else's."""
        if self.change is None:
            return None
        return self.change.before if self.back else self.change.after


@dataclass(frozen=True, slots=True)
class ListRefused:
    """A change of a list, company or link was not written, or a list not read or exported: why."""

    fault: str
    of: LinkChange | str | None = None  # a link's change, or the id of what was to be deleted and is not


@dataclass(frozen=True, slots=True)
class ListRead:
    """A list that was read from a file, the names it brought, and by line what was left out and why."""

    watchlist: Watchlist
    added: tuple[Instrument, ...] = ()
    left_out: tuple[tuple[int, str], ...] = ()
    private: tuple[OwnEntity, ...] = ()


@dataclass(frozen=True, slots=True)
class ListWritten:
    """A list was exported to a file of this name, with so many names; ``left_out`` has no place there."""

    target: str
    names: int
    left_out: int = 0


@dataclass(frozen=True, slots=True)
class SymbolsFound:
    """What the provider lists under a text, or why it did not answer."""

    text: str
    hits: tuple[SymbolHit, ...] = ()
    fault: str | None = None
