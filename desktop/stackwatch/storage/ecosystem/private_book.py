"""The private entities of the user's own as the program knows them, and their way into the files and out."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from stackwatch.domain.errors import BadInputError
from stackwatch.domain.lists import list_editing as editing
from stackwatch.domain.lists.list_editing import TOP
from stackwatch.domain.lists.own_links import LinkChange
from stackwatch.domain.watchlist import (
    Alias,
    AliasPolicy,
    Directory,
    Ecosystem,
    Exposure,
    OwnEntity,
    PrivateEntity,
    SharedSequence,
    Watchlist,
)
from stackwatch.storage.ecosystem.ecosystem_files import with_own_exposures
from stackwatch.storage.locations import UserFolders
from stackwatch.storage.whole_file import is_there

if TYPE_CHECKING:  # only a change of a link needs it
    from stackwatch.storage.ecosystem.own_links import LinkFile


@dataclass(frozen=True, slots=True)
class _Gone:
    """What went with an entity: its links, spellings ``shared`` with others, where it stood in lists."""

    own: OwnEntity
    links: tuple[Exposure, ...]
    back: Callable[[], None]
    lists: Mapping[str, tuple[Watchlist, Watchlist]]
    shared: tuple[Alias, ...]


class PrivateBook:
    """Knows every private entity and link; those of the user's own come, change and go."""

    def __init__(self, folders: UserFolders, ecosystem: Ecosystem) -> None:
        self._folders = folders
        self._private: Directory[PrivateEntity] = Directory(ecosystem.private)
        self._own: Directory[OwnEntity] = Directory(ecosystem.own)
        self._links: SharedSequence[Exposure] = SharedSequence(ecosystem.exposures)
        self._link_file: LinkFile | None = None
        self._unsaved: dict[str, OwnEntity] = {}
        self._gone: dict[str, _Gone] = {}

    def watch(self, ecosystem: Ecosystem) -> Ecosystem:
        """Return an ecosystem whose private entities and links follow this book."""
        return replace(ecosystem, private=self._private, own=self._own, exposures=self._links)

    def learn(self, own: OwnEntity, ecosystem: Ecosystem) -> Ecosystem:
        """Know an entity from now on, or know it otherwise; returns the ecosystem with its spellings."""
        if self._own.get(own.id) != own:
            self._unsaved[own.id] = own
        self._private.become({**self._private, own.id: own.entity})
        self._own.become({**self._own, own.id: own})
        gone = self._gone.get(own.id)
        shared = () if gone is None or gone.own != own else gone.shared
        others = [x for x in ecosystem.aliases if x.entity_id != own.id or x.policy is AliasPolicy.MARKED]
        others += [alias for alias in shared if alias not in others]
        return replace(ecosystem, aliases=(*others, *own.spellings))

    def meet(self, known: Ecosystem, ecosystem: Ecosystem) -> Ecosystem:
        """Know those that another program wrote, as ``known`` has them; returns the ecosystem with them.

        What was changed here and waits for the disk stays, and what was forgotten here is forgotten.
        """
        for entity_id, own in known.own.items():
            if entity_id in self._gone or entity_id in self._unsaved or self._own.get(entity_id) == own:
                continue
            ecosystem = self.learn(own, ecosystem)
            del self._unsaved[entity_id]
        return ecosystem

    def read_links(self, ecosystem: Ecosystem) -> None:
        """Know the links as the user's file has them now; what cannot be read leaves those that are known."""
        path = self._folders.exposures
        try:
            links = (
                with_own_exposures(ecosystem, path).exposures if is_there(path) else ecosystem.shipped_links
            )
        except BadInputError:  # the list book says it
            return
        self._links.become(links)

    def save(self, ecosystem: Ecosystem) -> None:
        """Write what was learnt; raises BadInputError, and tries again the next time."""
        from stackwatch.storage.ecosystem.own_private import PrivateFiles  # not before the first paint

        files = PrivateFiles(self._folders)
        for entity_id, own in list(self._unsaved.items()):
            gone = self._gone.get(entity_id)
            if gone is None or gone.own != own:
                files.keep(own, ecosystem)
            else:
                gone.back()
                self._links.become((*self._links, *gone.links))
            del self._unsaved[entity_id]

    @property
    def back(self) -> tuple[str, ...]:
        """Entities that were forgotten and are in their files again, but not in every list yet."""
        return tuple(each for each in self._gone if each in self._own and each not in self._unsaved)

    def came_back(self, entity_id: str) -> Mapping[str, tuple[Watchlist, Watchlist]]:
        """Return the lists that an entity which is back had been taken out of, each before and after."""
        gone = self._gone.pop(entity_id, None)
        return {} if gone is None else gone.lists

    def forget(
        self, own: OwnEntity, ecosystem: Ecosystem, lists: Mapping[str, tuple[Watchlist, Watchlist]]
    ) -> tuple[Ecosystem, int]:
        """Take an entity out of the files; returns the ecosystem without it, and how many links went along.

        Raises BadInputError, and leaves everything as it was, where a file cannot be used.
        """
        from stackwatch.storage.ecosystem.own_private import PrivateFiles  # not before the first paint

        files = PrivateFiles(self._folders)
        taken = None if own.id in self._unsaved else files.forget(own, ecosystem)
        links = () if taken is None else taken.links
        if taken is not None:
            shared = tuple(a for a in ecosystem.aliases if own.id in a.also and a.entity_id != own.id)
            self._gone[own.id] = _Gone(own, links, lambda: files.bring_back(taken), lists, shared)
        self._unsaved.pop(own.id, None)
        self._links.become([link for link in self._links if own.id not in (link.source, link.target)])
        self._private.become({key: each for key, each in self._private.items() if key != own.id})
        self._own.become({key: each for key, each in self._own.items() if key != own.id})
        aliases = tuple(alias for alias in ecosystem.aliases if own.id not in alias.named)
        return replace(ecosystem, aliases=aliases), len(links)

    def change_link(self, change: LinkChange, ecosystem: Ecosystem, *, back: bool) -> None:
        """Write a link of the user's own, or take its change ``back``; raises BadInputError."""
        if waiting := sorted(change.ends & self._unsaved.keys()):
            raise BadInputError(f"{self._folders.private}: {waiting[0]} could not be written there yet")
        if self._link_file is None:
            from stackwatch.storage.ecosystem.own_links import LinkFile  # not before the first paint

            self._link_file = LinkFile(self._folders.exposures)
        act = self._link_file.take_back if back else self._link_file.make
        self._links.become(act(change, ecosystem))


def put_into(now: Watchlist, before: Watchlist, after: Watchlist, entity_id: str) -> Watchlist:
    """Return a list with an entity where it stood ``before``; ``after`` it was taken out."""
    if now == after or editing.home_of(now, entity_id) is not None:
        return before if now == after else now
    home = editing.home_of(before, entity_id)
    known = {layer.id for layer in now.layers}
    return editing.move(now, (entity_id,), home if home in known else TOP, private=True)
