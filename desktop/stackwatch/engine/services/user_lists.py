"""Lists kept in the user's files and followed by the engine: changed, removed, read and written."""

import logging
from collections.abc import Callable, Sequence
from collections.abc import Set as AbstractSet
from pathlib import Path
from typing import TYPE_CHECKING

from stackwatch.domain.errors import BadInputError
from stackwatch.domain.fault_events import NoticeEnded, NoticeGiven
from stackwatch.domain.list_events import (
    LinksChanged,
    ListRefused,
    ListWritten,
    SymbolsFound,
    WatchlistChanged,
)
from stackwatch.domain.lists.own_links import LinkChange
from stackwatch.domain.venues import SymbolHit
from stackwatch.domain.watchlist import Instrument, OwnEntity, Watchlist
from stackwatch.engine.fetching import Fetching, expect
from stackwatch.engine.ports import ListFile
from stackwatch.engine.services.bar_loading import BarLoading
from stackwatch.engine.services.news_polling import NewsPolling
from stackwatch.engine.services.quote_polling import QuotePolling
from stackwatch.engine.services.relinking import Relinking
from stackwatch.engine.services.user_private import UserPrivate

if TYPE_CHECKING:  # the engine brings numpy along, which must not load before the first paint
    from stackwatch.engine.engine import Engine

_log = logging.getLogger(__name__)


class UserLists:
    """Writes lists and lets everything follow the one that is shown. Runs on the core thread.

    A list that cannot be written is told and followed all the same, and written once it can be.
    """

    def __init__(
        self,
        fetching: Fetching,
        quotes: QuotePolling,
        bars: BarLoading,
        news: NewsPolling,
        private: UserPrivate,
        relinking: Relinking,
    ) -> None:
        self._fetching = fetching
        self._private, self._relinking = private, relinking
        self._quotes, self._bars, self._news = quotes, bars, news
        self.wanted = 0  # changes asked for so far, also those that still wait
        self._made = 0
        self._unkept: set[str] = set()  # what was said of changes that are in no file yet

    def look(self, engine: "Engine") -> None:
        """Take in what others changed, say which files cannot be used, and write what was refused."""
        self._take_in(engine)
        self._say_broken(engine, known=False)
        self.save(engine)

    def save(self, engine: "Engine") -> None:
        """Write the changes that a file refused, if there are any; what is refused again waits on."""
        file = engine.parts.list_file
        if self._unkept and file is not None and _refused(file.save) is None:
            self._end_refusals(engine)

    def _end_refusals(self, engine: "Engine") -> None:
        for said in self._unkept:
            engine.tell(NoticeEnded(said))
        self._unkept.clear()

    def _say_broken(self, engine: "Engine", *, known: bool) -> None:
        """Say which files cannot be used any more, unless a refusal has just said it, and which can again."""
        file = engine.parts.list_file
        for ended in () if file is None else file.take_mended():
            engine.tell(NoticeEnded(ended))
        for notice in () if file is None else file.take_notices():
            _log.warning("%s", notice)
            if not known:
                engine.tell(NoticeGiven(notice))

    def _take_in(self, engine: "Engine") -> None:
        """Take in lists, companies and links as their files have them now."""
        file, own = engine.parts.list_file, dict(engine.parts.ecosystem.own)
        links = set(engine.parts.ecosystem.exposures)
        if file is None or not file.look():
            return
        new = [each for key, each in engine.parts.ecosystem.own.items() if own.get(key) != each]
        if new:
            self._private.came(engine, new)
        self._follow(engine, file)
        other = links.symmetric_difference(engine.parts.ecosystem.exposures)
        if other:
            ends = {end for link in other for end in (link.source, link.target)}
            self._follow_links(engine, ends, LinksChanged())
        self._relinking.read(engine, [each.id for each in new])

    def change(
        self,
        engine: "Engine",
        watchlist: Watchlist,
        added: Sequence[Instrument],
        private: Sequence[OwnEntity],
        *,
        base: Watchlist | None,
        number: int,
    ) -> None:
        """Keep a list and follow it, unless a newer one waits; answers with WatchlistChanged."""
        self._take_in(engine)  # what others changed is told by itself
        self._made = number
        file = engine.parts.list_file
        if file is None:
            engine.tell(ListRefused("There is no place for lists here"))
            return
        fault = _refused(lambda: file.keep(watchlist, added, private, base=base))
        if private:
            self._private.came(engine, private)
        if number == self.wanted:
            self._follow(engine, file)
        if fault is not None:
            held = f"{fault}. The change holds and is written once it can be; the file was not touched."
            engine.tell(ListRefused(held))
            self._unkept.add(held)
        else:
            self._end_refusals(engine)
        self._say_broken(engine, known=fault is not None)
        if added or private:
            self._relinking.read(engine, [own.id for own in private])

    def remove_private(self, engine: "Engine", entity_id: str) -> None:
        """Remove a private entity of the user's own; what named it alone is no story any more."""
        self._take_in(engine)
        gone = self._private.remove(engine, entity_id)
        self._say_broken(engine, known=not gone)
        if gone:
            file = engine.parts.list_file
            assert file is not None
            self._follow(engine, file)
            self._relinking.read(engine, (entity_id,))

    def change_link(self, engine: "Engine", change: LinkChange, *, back: bool) -> None:
        """Keep a link of the user's own, or take its change back; answers with LinksChanged."""
        self._take_in(engine)
        file = engine.parts.list_file
        if file is None:
            return
        fault = _refused(lambda: file.change_link(change, back=back))
        self._say_broken(engine, known=fault is not None)
        if fault is not None:
            engine.tell(ListRefused(f"{fault}. The link was not changed.", change))
            return
        self._follow_links(engine, change.ends, LinksChanged(change, back=back))

    def remove(self, engine: "Engine", list_id: str) -> None:
        """Take a list away and follow what is shown in its place."""
        self._take_in(engine)
        file = engine.parts.list_file
        if file is None:
            return
        fault = _refused(lambda: file.remove(list_id))
        self._say_broken(engine, known=fault is not None)
        if fault is not None:
            engine.tell(ListRefused(f"{fault}.", list_id))
        self._follow(engine, file)

    def read(self, engine: "Engine", path: Path) -> None:
        """Answer with ListRead."""
        file = engine.parts.list_file
        if file is None:
            return
        try:
            engine.tell(file.read(path))
        except BadInputError as fault:
            engine.tell(ListRefused(f"{fault}."))

    def write(self, engine: "Engine", path: Path, watchlist: Watchlist) -> None:
        """Answer with ListWritten."""
        file = engine.parts.list_file
        if file is None:
            return
        try:
            left_out = file.write(path, watchlist)
        except BadInputError as fault:
            engine.tell(ListRefused(f"{fault}."))
            return
        names = len(watchlist.symbols) + len(watchlist.entities)
        engine.tell(ListWritten(str(path), names - left_out, left_out))

    def search(self, engine: "Engine", text: str) -> None:
        """Answer with SymbolsFound."""
        source = engine.parts.search
        if source is None:
            engine.tell(SymbolsFound(text, fault="a replay asks nobody"))
            return

        def done(hits: tuple[SymbolHit, ...]) -> None:
            engine.tell(SymbolsFound(text, hits))

        def failed(error: Exception) -> None:
            expect(error)
            engine.tell(SymbolsFound(text, fault=str(error)))

        self._fetching.start(f"search {text}", lambda: source.search(text), done, failed)

    def _follow_links(self, engine: "Engine", ends: AbstractSet[str], event: LinksChanged) -> None:
        """Let everything follow the links of these names; what is true over them now fires nothing."""
        engine.graph.follow(engine.parts.ecosystem.exposures)
        engine.alerting.seed_about(ends)
        engine.tell(event)
        self._take_up(engine, engine.parts.watchlist)
        engine.explanation_service.tell()

    def _follow(self, engine: "Engine", file: ListFile) -> None:
        engine.tell(WatchlistChanged(file.current, file.lists, self._made))
        if file.current != engine.parts.watchlist:
            self._take_up(engine, file.current)

    def _take_up(self, engine: "Engine", watchlist: Watchlist) -> None:
        self.take_up(engine, watchlist, frozenset(engine.symbols))

    def take_up(self, engine: "Engine", watchlist: Watchlist, fetched: AbstractSet[str]) -> None:
        """Let everything follow a list, and fetch what is watched and was not ``fetched`` until now."""
        engine.follow(watchlist)
        self._bars.want_all(engine)
        self._news.take_turns(engine)
        new = frozenset(engine.symbols) - fetched
        if new:
            _log.info("%d names are watched from now on", len(new))
            self._quotes.fetch_now(engine)
        if engine.parts.stream is not None:
            engine.parts.stream.follow(engine.symbols)
        if not engine.parts.replay:
            engine.tell_budget()
        elif new:
            self._bars.fetch_all(engine)


def _refused(write: Callable[[], None]) -> str | None:
    """Return why something was not written."""
    try:
        write()
    except BadInputError as fault:
        _log.warning("%s", fault)
        return str(fault)
    return None
