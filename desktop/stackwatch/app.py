"""The composition root: the one place that knows which part goes where."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from math import inf
from pathlib import Path
from typing import TYPE_CHECKING

from stackwatch import __version__, readers
from stackwatch.domain.errors import BadInputError, StoreError
from stackwatch.domain.market import program_day
from stackwatch.domain.quote import Session
from stackwatch.domain.rule import Rule
from stackwatch.domain.settings import FeedChoice, Settings, merged_feeds
from stackwatch.domain.watchlist import Ecosystem, Language, Watchlist
from stackwatch.storage.ecosystem.ecosystem_files import load_ecosystem
from stackwatch.storage.ecosystem.own_files import Broken, with_own_files
from stackwatch.storage.lists.list_book import ListBook
from stackwatch.storage.locations import UserFolders, shipped
from stackwatch.storage.rules.rule_book import RuleBook
from stackwatch.storage.settings_file import load_settings
from stackwatch.storage.sqlite.database import expect_reachable
from stackwatch.storage.sqlite.store import SqliteArchive, SqliteStore

if TYPE_CHECKING:  # none of these is needed before the first paint
    from stackwatch.analysis.titles.title_reader import TitleReader
    from stackwatch.domain.episode import Episode
    from stackwatch.engine.parts import EngineParts
    from stackwatch.engine.ports import (
        Calendars,
        Clock,
        MakeNews,
        NewsSource,
        ReleaseSource,
    )
    from stackwatch.engine.store_ports import Archive, Store
    from stackwatch.providers.web.page_fetcher import PageFetcher, WebPage
    from stackwatch.system.file_lock import FileLock
    from stackwatch.system.notifications import Backend

_log = logging.getLogger(__name__)

DEFAULT_EPISODE = "2025-07-22-stargate"
# Seconds without a message of any share after which the price stream counts as dead.
SILENCE_OPEN, SILENCE_SHUT = 60.0, 900.0
SILENCE_CLOSED = inf  # nobody trades anywhere: what is silent may be well, and is asked anew at the next open
REPLAY_FILE = "replay.sqlite3"
_MOST_REPLAYS = 9  # at once, each with a file of its own
DEFAULT_LIST = "ai-ecosystem.toml"
RELEASES_FILE = "releases.txt"  # written by the build of a release


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """What every command is given: where files are, which list, which language, and whether to print JSON."""

    folders: UserFolders
    watchlist: Path | None = None
    language: Language | None = None
    json: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class World:
    """What the program watches: loaded once, from files only. ``notices`` say what a user file got wrong."""

    ecosystem: Ecosystem
    watchlist: Watchlist
    rules: tuple[Rule, ...]
    settings: Settings = Settings()  # noqa: RUF009 - a frozen value
    notices: tuple[str, ...] = ()
    book: ListBook | None = None
    rule_book: RuleBook | None = None

    @property
    def lists(self) -> tuple[Watchlist, ...]:
        """Every list there is, the one that is shown among them."""
        return (self.watchlist,) if self.book is None else self.book.lists


def load_world(folders: UserFolders, watchlist: Path | None = None) -> World:
    """Load the ecosystem, the list, the rules and the settings.

    A broken file of the user's is reported and left as it is, and what ships is used instead; a list named
    on the command line must be sound (BadInputError). Raises StoreError where the
    data folder, or that of the lists, cannot be reached.
    """
    for inside in (folders.store, folders.lists / "any.toml"):
        expect_reachable(inside)
    broken: list[Broken] = []
    ecosystem = with_own_files(load_ecosystem(shipped("watchlists")), folders, broken)
    book = ListBook(shipped("watchlists") / DEFAULT_LIST, folders, ecosystem, watchlist, broken)
    ecosystem, chosen = book.ecosystem, book.current
    rule_book = RuleBook(shipped("watchlists") / "rules.toml", folders.rules, ecosystem, chosen)
    notices = [*book.take_notices(), *rule_book.notices(book.lists)]
    settings = Settings()
    try:
        settings = load_settings(folders.settings)
    except BadInputError as fault:
        notices.append(f"{fault}. The usual settings are used; your file was not touched.")
    for notice in notices:
        _log.error("%s", notice)
    return World(
        ecosystem=ecosystem,
        watchlist=chosen,
        rules=rule_book.rules,
        settings=settings,
        notices=tuple(notices),
        book=book,
        rule_book=rule_book,
    )


def find_replay(name: str) -> Episode:
    """Load a documented day by id, day or name; raises BadInputError naming the known ones."""
    from stackwatch.storage.episode_file import find_episode, load_episode  # a live start needs none

    return load_episode(find_episode(shipped("watchlists") / "episodes", name))


def open_store(folders: UserFolders, clock: Clock, *, replay: bool) -> SqliteStore:
    """Open the store of the live program, or one of replays, whose rule states begin anew."""
    store = _open_replay(folders.data) if replay else SqliteStore(folders.store, clock.now())
    if store.damage is not None:
        _log.error("%s", store.damage)
    if replay:
        store.begin_replay()
    return store


def _open_replay(folder: Path) -> SqliteStore:
    """Open the first store that no other replay uses: each is emptied, and two days must not mix."""
    from stackwatch.system.file_lock import FileLock  # a live start needs none

    path = folder / REPLAY_FILE
    places = (path, *(folder / f"replay-{n}.sqlite3" for n in range(2, _MOST_REPLAYS + 1)))
    locks = ((place, FileLock(place.with_suffix(".lock"))) for place in places)
    try:
        path, lock = next((each for each in locks if each[1].acquire()), (path, FileLock(path)))
    except OSError:  # the store says what is wrong with the folder
        lock = FileLock(path)
    try:
        return _ReplayStore(path, lock)
    except StoreError:
        lock.release()
        raise


class _ReplayStore(SqliteStore):
    """A store of replays, which no other replay opens until it is closed."""

    def __init__(self, path: Path, lock: FileLock) -> None:
        self._lock = lock  # first: a store that cannot be made closes itself
        super().__init__(path, datetime.now(UTC))

    def close(self) -> None:
        """Close the database, and leave it to the next replay."""
        super().close()
        self._lock.release()


def replay_stores(folders: UserFolders, clock: Clock) -> Iterator[SqliteStore]:
    """Open what replays left, one after the other; who asks closes them."""
    for path in sorted(folders.data.glob("replay*.sqlite3")):
        yield SqliteStore(path, clock.now())


def archive_parts(
    world: World, folders: UserFolders, store: Store, clock: Clock, reader: TitleReader | None = None
) -> EngineParts:
    """Assemble the engine's parts for a past day that the store holds: nobody is asked for anything.

    Without a ``reader`` of titles one is built.
    """
    import uuid  # not before the first paint

    from stackwatch.engine.parts import EngineParts  # brings numpy along
    from stackwatch.engine.past_day import NoSource
    from stackwatch.storage.feeds_file import load_feeds

    return EngineParts(
        ecosystem=world.ecosystem,
        watchlist=world.watchlist,
        rules=world.rules,
        reader=reader or readers.build_reader(world.ecosystem),
        tiers=load_feeds(shipped("watchlists") / "feeds.toml").tiers,
        clock=clock,
        store=store,
        calendars=build_calendars(folders),
        quotes=NoSource(),
        bars=NoSource(),
        news=(),
        new_id=lambda: uuid.uuid4().hex,
        settings=world.settings,
    )


def replay_parts(world: World, options: Options, episode: Episode, store: Store, clock: Clock) -> EngineParts:
    """Assemble the engine's parts for a documented day; nothing in it touches the network."""
    from stackwatch.engine.alerts.replay_rules import replayed  # not before the first paint
    from stackwatch.providers.replay.source import ReplaySource

    parts = archive_parts(world, options.folders, store, clock)
    language = options.language or Language.ENGLISH
    source = ReplaySource(episode, world.ecosystem.instruments, parts.calendars, clock, language)
    return replace(
        parts, quotes=source, bars=source, news=(source,), rules=replayed(world.rules), replay=True
    )


def live_parts(
    world: World,
    folders: UserFolders,
    store: Store,
    clock: Clock,
    heard: Callable[[WebPage], None] | None = None,
) -> tuple[EngineParts, Callable[[], None]]:
    """Assemble the engine's parts for real markets; also returns what makes every request refuse.

    ``heard`` is told of every page that a feed answers with.
    """
    from stackwatch.domain.venues import Currencies  # not before the first paint
    from stackwatch.providers.web.limits import TokenBucket
    from stackwatch.providers.web.page_fetcher import PageFetcher
    from stackwatch.providers.web.request_log import Meter, RequestLog
    from stackwatch.providers.yahoo.bars import YahooBars
    from stackwatch.providers.yahoo.fundamentals import YahooFundamentals
    from stackwatch.providers.yahoo.news import YahooNews
    from stackwatch.providers.yahoo.quotes import YahooQuotes
    from stackwatch.providers.yahoo.search import YahooSearch
    from stackwatch.providers.yahoo.session import GuardedSession
    from stackwatch.providers.yahoo.stream import YahooStream
    from stackwatch.system.full_screen import full_screen_check

    parts = archive_parts(world, folders, store, clock)
    bucket, log = TokenBucket(), RequestLog(folders.requests)  # one purse for all
    roots = folders.cache / "roots.pem"
    session = GuardedSession(folders.cache / "yahoo", budget=bucket, log=log, roots=roots)
    pages = PageFetcher(budget=bucket, log=log, roots=roots, heard=heard)
    currencies = Currencies(world.ecosystem)
    make_news = _news_maker(shipped_feeds(), YahooNews(session, clock), pages, clock)
    stream = YahooStream(clock, _longest_silence(world, parts.calendars, clock))

    def refuse() -> None:
        stream.stop()
        session.close()
        pages.close()

    live = replace(
        parts,
        quotes=YahooQuotes(session, clock, currencies),
        bars=YahooBars(session, clock, currencies),
        news=make_news(world.settings),
        stream=stream,
        make_news=make_news,
        meter=Meter(bucket, log),
        statements=YahooFundamentals(session, clock),
        presenting=full_screen_check(),
        releases=_releases(world.settings, pages, folders.cache / "updates-asked.txt"),
        search=YahooSearch(session),
    )
    return live, refuse


def _longest_silence(world: World, calendars: Calendars, clock: Clock) -> Callable[[], float]:
    """Return what says after how many seconds of silence the price stream is dead now."""
    from stackwatch.analysis.why.exposure_graph import ExposureGraph  # not before the first paint
    from stackwatch.engine.prices.market_clock import MarketHours
    from stackwatch.engine.prices.watched_names import ruled_names, watched_names

    links = tuple(world.ecosystem.exposures)
    graph = ExposureGraph(links)
    hours = MarketHours(world.ecosystem, calendars)

    def silence() -> float:
        nonlocal links
        if (now_known := tuple(world.ecosystem.exposures)) != links:
            links = now_known
            graph.follow(links)
        current = world.watchlist if world.book is None else world.book.current
        rules = world.rules if world.rule_book is None else world.rule_book.rules
        day = program_day(clock.now())
        ruled = ruled_names(rules, graph, day)
        hours.follow(watched_names(current, world.ecosystem, graph, day, ruled))
        markets = hours.clocks(clock.now())
        if any(market.phase is Session.REGULAR for market in markets):
            return SILENCE_OPEN
        closed = all(market.phase is Session.CLOSED and market.next_change for market in markets)
        return SILENCE_CLOSED if markets and closed else SILENCE_SHUT

    return silence


def release_address(settings: Settings) -> str:
    """Return where newer versions are asked for: the user's address, else the build's own; empty for none."""
    own = shipped("resources") / RELEASES_FILE
    return settings.update_address or (own.read_text("utf-8").strip() if own.exists() else "")


def _releases(settings: Settings, fetch: PageFetcher, note: Path) -> ReleaseSource | None:
    from stackwatch.providers.web.releases import GitHubReleases  # not before the first paint

    address = release_address(settings)
    return GitHubReleases(address, fetch, __version__, note) if address else None


def fetched_symbols(world: World, day: date) -> tuple[str, ...]:
    """Return every symbol that is fetched for the list of a world on a day."""
    from stackwatch.analysis.why.exposure_graph import ExposureGraph  # not before the first paint
    from stackwatch.engine.prices.watched_names import fetched_names, ruled_names

    graph = ExposureGraph(world.ecosystem.exposures)
    ruled = ruled_names(world.rules, graph, day)
    return fetched_names(world.watchlist, world.ecosystem, graph, day, ruled)


def shipped_feeds() -> tuple[FeedChoice, ...]:
    """Return the feeds that ship, as the settings show them."""
    from stackwatch.storage.feeds_file import load_feeds  # not before the first paint

    return load_feeds(shipped("watchlists") / "feeds.toml").shipped


def _news_maker(
    feeds: tuple[FeedChoice, ...], yahoo: NewsSource, pages: PageFetcher, clock: Clock
) -> MakeNews:
    """Return what makes the sources of headlines that settings ask for; a feed that stays is the same."""
    from stackwatch.providers.rss import RssFeed  # not before the first paint

    made: dict[FeedChoice, RssFeed] = {}

    def make(settings: Settings) -> tuple[NewsSource, ...]:
        chosen = [feed for feed in merged_feeds(feeds, settings.feeds) if feed.enabled]
        for feed in chosen:
            if feed not in made:
                made[feed] = RssFeed(feed.id, feed.url, feed.publisher, pages, clock)
        return (yahoo, *(made[feed] for feed in chosen))

    return make


def with_user_files(parts: EngineParts, world: World, folders: UserFolders) -> EngineParts:
    """Return an engine's parts with the user's lists and rules, and the store that rules are tried on."""
    from stackwatch.engine.alerts.replay_rules import ReplayRules  # not before the first paint

    def archive() -> Archive | None:
        return SqliteArchive(folders.store) if folders.store.exists() else None

    def replayed() -> Archive:
        store = parts.store
        return SqliteArchive(
            store.file.path if isinstance(store, SqliteStore) else folders.data / REPLAY_FILE
        )

    lists, rules = world.book, world.rule_book
    return replace(
        parts,
        rule_file=ReplayRules(rules) if parts.replay and rules is not None else rules,
        open_archive=archive,
        open_replayed=replayed if parts.replay else None,
        list_file=lists,
        make_reader=None if lists is None else lambda: readers.linking(parts.reader, lists.ecosystem),
    )


def notifier_backend() -> Backend:
    """Return the system's notifier with the program's picture; raises whatever it raises without one."""
    from stackwatch.system.notifications import system_backend  # not before the first notification

    return system_backend(shipped("resources") / "icons" / "stackwatch.png")


def build_calendars(folders: UserFolders) -> Calendars:
    """Build the trading calendars with the shipped corrections, cached in the user's folder."""
    from stackwatch.providers.calendars import ExchangeCalendars  # not before the first paint
    from stackwatch.storage.sessions_file import load_session_overrides

    return ExchangeCalendars(
        folders.cache / "calendars",
        load_session_overrides(shipped("watchlists") / "sessions.toml"),
        shipped=shipped("resources") / "calendars",
    )
