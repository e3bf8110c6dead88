"""Every list a user has: the shipped one, those of the data folder, and which of them is shown."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from stackwatch.domain.errors import BadInputError
from stackwatch.domain.list_events import ListRead
from stackwatch.domain.lists import list_editing as editing
from stackwatch.domain.lists.list_merging import merged
from stackwatch.domain.lists.own_links import LinkChange
from stackwatch.domain.lists.own_names import NAMESAKE, spellings_of
from stackwatch.domain.watchlist import BilingualName, Directory, Ecosystem, Instrument, OwnEntity, Watchlist
from stackwatch.storage.ecosystem.alias_file import ticker_aliases
from stackwatch.storage.ecosystem.own_files import Broken, own_files, with_own_files
from stackwatch.storage.ecosystem.own_instruments import add_instruments
from stackwatch.storage.ecosystem.private_book import PrivateBook, put_into
from stackwatch.storage.lists.list_writing import save_list
from stackwatch.storage.lists.watchlist_file import load_watchlist
from stackwatch.storage.locations import UserFolders
from stackwatch.storage.notices import Notices
from stackwatch.storage.whole_file import Stamp, file_stamp, why, write_own

_CURRENT = "current.txt"
_STAYS = "What was read of it before stays"


class ListBook:
    """Reads and writes lists; what ships is never written, what is broken is left alone.

    An own list with the id of the shipped one stands in for it. ``ecosystem`` names whatever the list that is
    shown holds. Other programs may write the same files: what they changed is taken in before anything is
    written.
    """

    def __init__(
        self,
        shipped: Path,
        folders: UserFolders,
        ecosystem: Ecosystem,
        given: Path | None,
        broken: Sequence[Broken],
    ) -> None:
        """Load every list; ``given`` is shown, must be sound (BadInputError), and is where its changes go.

        ``broken`` are the user's other files that ``ecosystem`` could not be made of.
        """
        self._folders = folders
        self._shipped_world = ecosystem
        self._instruments: dict[str, Instrument] = dict(ecosystem.instruments)
        self._known = Directory(ecosystem.instruments)
        self._layers: Directory[BilingualName] = Directory({})
        self._private = PrivateBook(folders, ecosystem)
        known = replace(ecosystem, instruments=self._known, layers=self._layers, quoted_in=Directory({}))
        self.ecosystem = self._private.watch(known)
        self._notices = Notices()
        for each in broken:
            self._notices.say(each.path, each.notice)
        self._shipped = load_watchlist(shipped, ecosystem)
        self._own: dict[str, Watchlist] = {}
        self._on_disk: dict[str, Watchlist] = {}  # the own ones as their files say
        self._paths: dict[str, Path] = {}
        self._unread: set[Path] = set()  # files that could not be used
        self._removed: dict[str, tuple[Watchlist, str]] = {}
        self._unsaved: list[Instrument] = []
        self._seen, self._seen_own = self._stamps(), _stamped(own_files(folders))
        for path in self._seen:
            self._read(path)
        self.current = self._chosen()
        if given is not None:
            self.current = self._own[self.current.id] = load_watchlist(given, ecosystem)
            self._on_disk[self.current.id], self._paths[self.current.id] = self.current, given
            self._seen = self._stamps()
        self._show(self.current)

    @property
    def lists(self) -> tuple[Watchlist, ...]:
        """Every list: the shipped one or what stands in for it, then the others by name."""
        first = self._own.get(self._shipped.id, self._shipped)
        others = [watchlist for key, watchlist in self._own.items() if key != self._shipped.id]
        return (first, *sorted(others, key=lambda each: (each.names.en.casefold(), each.id)))

    def look(self) -> bool:
        """Take in lists, names, companies and links that others changed since; returns whether any was."""
        before, stamps = self._held(), self._stamps()
        own = _stamped(own_files(self._folders))
        others = own != self._seen_own  # a list may name what they have now
        changed = [
            path
            for path, now in stamps.items()
            if self._seen.get(path) != now or (others and path in self._unread)
        ]
        gone = self._seen.keys() - stamps.keys()
        self._notices.mended(gone | (self._seen_own.keys() - own.keys()))
        if not changed and not gone and not others:
            return False
        news = {path for path, now in own.items() if self._seen_own.get(path) != now}
        self._seen, self._seen_own = stamps, own
        self._meet_foreign(news)
        self._show(self.current)  # else what names them could not be read
        self._private.read_links(self.ecosystem)
        for path in changed:
            self._read(path)
        for list_id in [each for each, path in self._paths.items() if path in gone]:
            self._own.pop(list_id, None)
            self._on_disk.pop(list_id, None)
        self.current = self._now(self.current.id) or self._chosen()
        self._show(self.current)
        return self._held() != before

    def keep(
        self,
        watchlist: Watchlist,
        added: Sequence[Instrument] = (),
        private: Sequence[OwnEntity] = (),
        *,
        base: Watchlist | None = None,
    ) -> None:
        """Show a list from now on, and write what differs from its file, and the names it brought.

        ``base`` is what the list was changed from: what somebody else changed in it since stays.
        A private entity that was forgotten comes back with all that hung on it. Raises BadInputError for what
        cannot be written; the list is shown all the same.
        """
        for path in self._unread:  # it may be sound again
            self._seen.pop(path, None)
        self.look()
        watchlist = self._with_foreign(watchlist, base)
        new = [each for each in added if each.symbol not in self._instruments]
        self._learn(new)
        self._unsaved += new
        for own in private:
            self.ecosystem = self._private.learn(own, self.ecosystem)
        forgotten = set(watchlist.entities).difference(self.ecosystem.private)
        watchlist = editing.remove(watchlist, forgotten)  # else the next start could not read it
        same = watchlist == self._now(watchlist.id)
        self.current = watchlist
        self._show(watchlist)
        if not same:
            self._own[watchlist.id] = watchlist
        self.save()

    def save(self) -> None:
        """Write what is in no file yet; raises BadInputError, and tries the rest again the next time."""
        if self._unsaved:  # first: a list must not name what the next start does not know
            add_instruments(self._folders.instruments, self._unsaved, self._shipped_world)
            self._unsaved = []
        self._private.save(self.ecosystem)
        for entity_id in self._private.back:
            self._put_into_lists(entity_id)
        for list_id, watchlist in self._own.items():
            if self._on_disk.get(list_id) != watchlist:
                self._write(watchlist)
        self._note_current()

    def forget(self, entity_id: str) -> int:
        """Take a private entity of the user's own out of every list and file, with its spellings and links.

        Returns how many links went along. Raises BadInputError where a file cannot be used; then all stays.
        """
        self.look()
        own = self.ecosystem.own[entity_id]
        holding = [each for each in self.lists if editing.home_of(each, entity_id) is not None]
        lists = {each.id: (each, editing.remove(each, {entity_id})) for each in holding}
        written: list[Watchlist] = []
        try:
            for before, after in lists.values():  # first, as in ``keep``: no list may name what is unknown
                self._write(after)
                written.append(before)
            self.ecosystem, links = self._private.forget(own, self.ecosystem, lists)
        except BadInputError:
            for before in written:
                self._write(before)
            raise
        self._own |= {after.id: after for _, after in lists.values()}
        if self.current.id in lists:
            self.current = lists[self.current.id][1]
            self._show(self.current)
        return links

    def change_link(self, change: LinkChange, *, back: bool = False) -> None:
        """Write a link of the user's own, or take its change ``back``; raises BadInputError."""
        self.look()
        if waiting := sorted(change.ends & {each.symbol for each in self._unsaved}):
            raise BadInputError(f"{self._folders.instruments}: {waiting[0]} could not be written there yet")
        self._private.change_link(change, self.ecosystem, back=back)

    def _put_into_lists(self, entity_id: str) -> None:
        """Let an entity that came back stand again in the lists that are not shown."""
        for list_id, (before, after) in self._private.came_back(entity_id).items():
            now = self._own.get(list_id)
            if now is not None and list_id != self.current.id:
                self._own[list_id] = put_into(now, before, after, entity_id)
                self._write(self._own[list_id])

    def remove(self, list_id: str) -> None:
        """Take a list of the user's own away; what it stood in for, or else the first, is shown again.

        Raises BadInputError for what ships as it is, and for a file that cannot be removed.
        """
        self.look()
        watchlist = self._own.pop(list_id, None)
        if watchlist is None and list_id == self._shipped.id:
            raise BadInputError(f"{self._shipped.names.en}: comes with Stackwatch and cannot be deleted")
        if watchlist is None:
            return
        path = self._path(list_id)
        try:
            text = path.read_bytes().decode("utf-8") if path.exists() else ""
            path.unlink(missing_ok=True)
        except (OSError, UnicodeDecodeError) as fault:
            self._own[list_id] = watchlist
            raise BadInputError(f"{path}: cannot be removed ({why(fault)})") from fault
        self._on_disk.pop(list_id, None)
        self._seen.pop(path, None)
        self._removed[list_id] = (watchlist, text)
        if self.current.id == list_id:
            self.current = self._own.get(self._shipped.id, self._shipped)
            self._show(self.current)
            self._note_current()

    def read(self, path: Path) -> ListRead:
        """Read a list of a file, which is not kept yet; raises BadInputError."""
        from stackwatch.storage.lists.list_formats import read_list  # not before the first paint

        read = read_list(path, self.ecosystem, {watchlist.id for watchlist in self.lists})
        names = editing.told_apart(read.watchlist.names, self.lists)
        return replace(read, watchlist=replace(read.watchlist, names=names))

    def write(self, path: Path, watchlist: Watchlist) -> int:
        """Write a list for another program; returns how many private names have no place there.

        Raises BadInputError.
        """
        from stackwatch.storage.lists.list_formats import write_list  # not before the first paint

        return write_list(path, watchlist, self.ecosystem)

    def _with_foreign(self, watchlist: Watchlist, base: Watchlist | None) -> Watchlist:
        """Return a list with what somebody else changed in it, or did until it was removed here."""
        there = self._now(watchlist.id)
        if watchlist.id not in self._own and watchlist == base != there:  # it is given back
            return self._removed.get(watchlist.id, (watchlist, ""))[0]
        return watchlist if base is None or there is None else merged(base, watchlist, there)

    def take_notices(self) -> tuple[str, ...]:
        """Return what is to be said of files that could not be used, once."""
        return self._notices.take()

    def take_mended(self) -> tuple[str, ...]:
        """Return what was said of files and holds no longer, once."""
        return self._notices.take_mended()

    def _meet_foreign(self, news: Collection[Path]) -> None:
        """Know the names that another program put into the user's files; ``news`` are those that changed."""
        broken: list[Broken] = []
        known = with_own_files(self._shipped_world, self._folders, broken)
        self._notices.mended(set(own_files(self._folders)).difference(each.path for each in broken))
        for each in broken:
            if each.path in news:
                self._notices.say(each.path, f"{each.fault}. {_STAYS}; your file was not touched.")
        self._learn([each for symbol, each in known.instruments.items() if symbol not in self._instruments])
        self.ecosystem = self._private.meet(known, self.ecosystem)

    def _held(self) -> tuple[object, ...]:
        return self.current, self.lists, tuple(self.ecosystem.exposures), dict(self.ecosystem.own)

    def _now(self, list_id: str) -> Watchlist | None:
        known = self._own.get(list_id)
        return self._shipped if known is None and list_id == self._shipped.id else known

    def _show(self, watchlist: Watchlist) -> None:
        """Let names and benchmarks be those of a list."""
        instruments = dict(self._instruments)
        for layer in watchlist.layers:
            if layer.benchmark is not None:
                for symbol in layer.symbols:
                    instruments[symbol] = replace(instruments[symbol], benchmark=layer.benchmark)
        self._known.become(instruments)
        names = dict(self._layers)  # of every list, gone ones too: alerts are about their layers
        for each in (self._shipped, *self._own.values(), watchlist):
            names |= {each.id: each.names, **{layer.id: layer.names for layer in each.layers}}
        self._layers.become(names)

    def _learn(self, added: Sequence[Instrument]) -> None:
        if not added:
            return
        from stackwatch.domain.venues import boards_of_number  # not before the first paint

        self._instruments |= {each.symbol: each for each in added}
        named = spellings_of(added, self.ecosystem)
        new = (*named, *ticker_aliases(each.symbol for each in added))
        before = {alias.text: (NAMESAKE, *boards_of_number(alias.entity_id)) for alias in new}
        others = (x for x in self.ecosystem.aliases if x.entity_id not in before.get(x.text, ()))
        self.ecosystem = replace(self.ecosystem, aliases=(*others, *new))

    def _write(self, watchlist: Watchlist) -> None:
        path = self._path(watchlist.id)
        gone, text = self._removed.pop(watchlist.id, (None, ""))
        if gone == watchlist and text and not path.exists():
            write_own(path, text)  # the very file that was removed, with its comments
        else:
            save_list(path, watchlist, self.ecosystem)
        self._on_disk[watchlist.id] = watchlist
        self._seen.update(_stamped((path,)))

    def _path(self, list_id: str) -> Path:
        name = f"list-{list_id}" if list_id in editing.RESERVED else list_id  # a file says its id inside
        return self._paths.setdefault(list_id, self._folders.lists / f"{name}.toml")

    def _note_current(self) -> None:
        """Remember which list is shown, unless it was named on the command line."""
        if self._path(self.current.id).parent not in (self._folders.lists, self._folders.data):
            return
        path = self._folders.lists / _CURRENT
        if self._noted() != self.current.id:
            write_own(path, self.current.id + "\n")

    def _noted(self) -> str:
        try:
            return (self._folders.lists / _CURRENT).read_text(encoding="utf-8").strip()
        except (OSError, UnicodeDecodeError):
            return ""

    def _chosen(self) -> Watchlist:
        noted = self._now(self._noted())
        if noted is not None:
            return noted
        hand_written = [key for key, path in self._paths.items() if path == self._folders.watchlist]
        return self._own[hand_written[0]] if hand_written else self._own.get(self._shipped.id, self._shipped)

    def _stamps(self) -> dict[Path, Stamp]:
        """Return what changes when somebody writes a list, by its file."""
        found = sorted(self._folders.lists.glob("*.toml")) if self._folders.lists.is_dir() else []
        return _stamped(dict.fromkeys((*found, *self._paths.values(), self._folders.watchlist)))

    def _read(self, path: Path) -> None:
        """Take in a file; what could not be written here until now stays, beside what is new in it."""
        try:
            watchlist = load_watchlist(path, self.ecosystem)
        except BadInputError as fault:
            self._broken(path, fault)
            return
        self._unread.discard(path)
        self._notices.mended((path,))
        key = watchlist.id
        base = self._on_disk.get(key, replace(watchlist, layers=(), private=()))
        self._own[key] = merged(base, self._own.get(key, base), watchlist)
        self._on_disk[key], self._paths[key] = watchlist, path

    def _broken(self, path: Path, fault: BadInputError) -> None:
        """Leave a broken file alone, and keep its place from being written."""
        self._unread.add(path)
        instead = "The shipped list is shown" if path == self._folders.watchlist else "This list is left out"
        if any(key in self._own for key, known in self._paths.items() if known == path):
            instead = _STAYS
        self._notices.say(path, f"{fault}. {instead}; your file was not touched.")
        if path.parent == self._folders.lists:
            self._paths[path.stem] = path


def _stamped(paths: Iterable[Path]) -> dict[Path, Stamp]:
    """Return what changes when a file is written, of those that are there."""
    return {path: now for path in paths if (now := file_stamp(path)) is not None}
