"""Do the sources answer, and is the clock right? The checks of ``doctor`` that need the network."""

from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from datetime import timedelta
from email.utils import parsedate_to_datetime
from functools import partial
from statistics import median

from stackwatch.app import Options, World, fetched_symbols
from stackwatch.commands.live import at_work
from stackwatch.domain.errors import ProviderError
from stackwatch.domain.market import program_day
from stackwatch.domain.quote import FUTURE_TOLERANCE, Quote
from stackwatch.engine.daemon_pool import DaemonPool, outcome
from stackwatch.engine.ports import NewsSource, QuoteBatch, RejectedValue
from stackwatch.providers.web.page_fetcher import WebPage
from stackwatch.system.clock import SystemClock

_ASKED = ("QQQ", "NVDA")
_AT_ONCE = 4


@dataclass(slots=True)
class SourceChecks:
    """Asks every source once. The servers of the feeds tell their time on the way."""

    options: Options
    world: Callable[[], World]
    _names: QuoteBatch | None = field(init=False, default=None)
    _kept: dict[str, Quote] = field(init=False, default_factory=dict)
    _behind: list[float] = field(init=False, default_factory=list)  # seconds of this clock, by server

    def quotes(self) -> str:
        """Ask for two quotes, and where they come for those of every name."""
        world, clock = self.world(), SystemClock()
        with at_work(self.options, world, clock) as parts:
            batch = parts.quotes.quotes(_ASKED)
            if not batch.quotes:
                raise OSError("; ".join(refused.reason for refused in batch.rejected) or "no quote came")
            self._names = parts.quotes.quotes(fetched_symbols(world, program_day(clock.now())))
            self._kept = {quote.symbol: quote for quote in parts.store.quotes.load()}
        newest = max(quote.as_of for quote in batch.quotes)
        return f"{len(batch.quotes)} of {len(_ASKED)} quotes, newest {newest:%Y-%m-%d %H:%M} UTC"

    def symbols(self) -> str:
        """Name the names of the list that have no price, since when and why."""
        if self._names is None:
            return "not asked, as quotes do not come"
        asked = len(self._names.quotes) + len(self._names.rejected)
        refused = [_refused(each, self._kept.get(each.symbol)) for each in self._names.rejected]
        if refused:
            raise OSError("; ".join((f"{len(refused)} of {asked} names have no price", *refused)))
        return f"a price of each of the {asked} names"

    def headlines(self) -> str:
        """Ask each source of headlines; one that answers is enough, and those that do not are named."""
        with at_work(self.options, self.world(), SystemClock(), self._note_time) as parts:
            asked = [source for source in parts.news if source.per_symbol]
            faults = _ask(asked)
            if not any(fault.offline for fault in faults):  # else each feed would be waited for
                feeds = [source for source in parts.news if not source.per_symbol]
                asked += feeds
                faults += _ask(feeds)
        told = "; ".join(map(_told, faults))
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

    def _note_time(self, page: WebPage) -> None:
        try:
            told = parsedate_to_datetime(page.headers["date"])
            kept = page.headers.get("age", "0")  # of an answer that waited on the way, in seconds
            age = timedelta(seconds=int(kept))
            self._behind.append((told + age - SystemClock().now()).total_seconds())
        except (KeyError, ValueError, TypeError, OverflowError):
            return  # a server that tells no time, or none that can be read, says nothing of this clock


def _refused(refused: RejectedValue, kept: Quote | None) -> str:
    """Say why a name has no price, and since when as far as the store knows."""
    if kept is None:
        return f"{refused.symbol}, no price so far: {refused.reason}"
    if kept.missing is not None:
        return f"{refused.symbol} since {kept.missing.since:%Y-%m-%d}: {refused.reason}"
    return f"{refused.symbol}, last price {kept.as_of:%Y-%m-%d}: {refused.reason}"


def _told(fault: ProviderError) -> str:
    """Say a source's fault, and for how long it asks to be left alone."""
    return str(fault) if fault.retry_after is None else f"{fault}, asks to wait {fault.retry_after:.0f} s"


def _ask(sources: Sequence[NewsSource]) -> list[ProviderError]:
    """Ask a few sources at once: those that hang are not waited for one by one. Returns the faults."""
    with closing(DaemonPool(_AT_ONCE)) as pool:
        asked = [pool.submit(partial(_fault_of, source)) for source in sources]
    return [fault for answer in asked if (fault := outcome(answer)) is not None]


def _fault_of(source: NewsSource) -> ProviderError | None:
    try:
        source.headlines(_ASKED[1:])
    except ProviderError as fault:
        return fault
    return None
