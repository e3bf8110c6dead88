"""Do the sources answer, and is the clock right? The checks of ``doctor`` that need the network."""

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import timedelta
from email.utils import parsedate_to_datetime
from statistics import median

from stackwatch.app import Options, World, shipped_feeds
from stackwatch.commands.live import at_work
from stackwatch.domain.errors import ProviderError
from stackwatch.domain.settings import merged_feeds
from stackwatch.engine.ports import NewsSource
from stackwatch.providers.rss import RssFeed
from stackwatch.providers.web.fields import FUTURE_TOLERANCE
from stackwatch.providers.web.page_fetcher import Page, PageFetcher
from stackwatch.providers.web.request_log import RequestLog
from stackwatch.system.clock import SystemClock

_ASKED = ("QQQ", "NVDA")
_AT_ONCE = 4
_NAMED = 3  # faults that are told, of all


@dataclass(slots=True)
class SourceChecks:
    """Asks every source once. The servers of the feeds tell their time on the way."""

    options: Options
    world: Callable[[], World]
    _behind: list[float] = field(init=False, default_factory=list)  # seconds of this clock, by server

    def quotes(self) -> str:
        """Ask for two quotes."""
        with at_work(self.options, self.world(), SystemClock()) as parts:
            batch = parts.quotes.quotes(_ASKED)
        if not batch.quotes:
            raise OSError("; ".join(refused.reason for refused in batch.rejected) or "no quote came")
        newest = max(quote.as_of for quote in batch.quotes)
        return f"{len(batch.quotes)} of {len(_ASKED)} quotes, newest {newest:%Y-%m-%d %H:%M} UTC"

    def headlines(self) -> str:
        """Ask each source of headlines; one that answers is enough, and those that do not are named."""
        world = self.world()
        with at_work(self.options, world, SystemClock()) as parts:
            asked = [source for source in parts.news if source.per_symbol]
            faults = _ask(asked)
        if not any(fault.offline for fault in faults):  # else each feed would be waited for
            log = RequestLog(self.options.folders.requests)  # with what was asked until now
            feeds = self._feeds(world, log)
            asked += feeds
            faults += _ask(feeds)
            log.flush()
        told = "; ".join(str(fault) for fault in faults[:_NAMED])
        if len(faults) == len(asked):
            raise OSError(told)
        return f"{len(asked) - len(faults)} of {len(asked)} sources answer{f'; {told}' if told else ''}"

    def clock(self) -> str:
        """Hold this machine's clock against the time that servers told."""
        if not self._behind:
            return "not compared: no server told its time"
        behind = median(self._behind)
        seconds = max(round(abs(behind)), 1)
        if seconds > FUTURE_TOLERANCE.total_seconds():
            way = "behind" if behind > 0 else "ahead of"
            raise OSError(f"{seconds} s {way} the servers' time; set the clock of this machine")
        return f"within {seconds} s of the servers' time"

    def _feeds(self, world: World, log: RequestLog) -> list[RssFeed]:
        pages = self._timed(PageFetcher(log=log))
        chosen = [feed for feed in merged_feeds(shipped_feeds(), world.settings.feeds) if feed.enabled]
        return [RssFeed(feed.id, feed.url, feed.publisher, pages, SystemClock()) for feed in chosen]

    def _timed(self, fetch: PageFetcher) -> Callable[[str, Mapping[str, str]], Page]:
        def get(url: str, headers: Mapping[str, str]) -> Page:
            page = fetch(url, headers)
            self._note_time(page.headers)
            return page

        return get

    def _note_time(self, headers: Mapping[str, str]) -> None:
        try:
            told = parsedate_to_datetime(headers["date"])
            age = timedelta(seconds=int(headers.get("age", "0")))  # of an answer that was kept on the way
            self._behind.append((told + age - SystemClock().now()).total_seconds())
        except (KeyError, ValueError, TypeError, OverflowError):
            return  # a server that tells no time, or none that can be read, says nothing of this clock


def _ask(sources: Sequence[NewsSource]) -> list[ProviderError]:
    """Ask a few sources at once: those that hang are not waited for one by one. Returns the faults."""
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        return [fault for fault in pool.map(_fault_of, sources) if fault is not None]


def _fault_of(source: NewsSource) -> ProviderError | None:
    try:
        source.headlines(_ASKED[1:])
    except ProviderError as fault:
        return fault
    return None
