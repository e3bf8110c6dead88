"""What the engine needs from the outside; providers, storage and system implement these."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from stackwatch.domain.quote import CorporateActions, DailyBar, MinuteBar, Quote, Session
from stackwatch.domain.settings import Settings

if TYPE_CHECKING:
    from stackwatch.domain.health import HealthState
    from stackwatch.domain.list_events import ListRead
    from stackwatch.domain.lists.own_links import LinkChange
    from stackwatch.domain.market import TradingSession
    from stackwatch.domain.news import Headline
    from stackwatch.domain.release import Release
    from stackwatch.domain.rule import Rule
    from stackwatch.domain.substance import Statements
    from stackwatch.domain.venues import SymbolHit
    from stackwatch.domain.watchlist import Instrument, OwnEntity, Watchlist


class Clock(Protocol):
    """The program's time."""

    def now(self) -> datetime:
        """Return the time, aware UTC."""


class ReplayTime(Clock, Protocol):
    """The time of a replay, which can be set. Thread-safe."""

    @property
    def finished(self) -> bool:
        """Whether the end was reached."""

    def set_speed(self, speed: float) -> None:
        """Change the pace, in replayed seconds per second; 0 pauses."""

    def jump(self, to: datetime) -> None:
        """Stand at a later time at once."""


@dataclass(frozen=True, slots=True)
class RejectedValue:
    """A value that was not let in: whose it was and why.

    ``missing`` says that the provider did answer, and left the symbol out.
    """

    symbol: str
    reason: str
    missing: bool = False


@dataclass(frozen=True, slots=True)
class QuoteBatch:
    """What one refresh brought: sound quotes, and what was refused or missing."""

    quotes: tuple[Quote, ...]
    rejected: tuple[RejectedValue, ...] = ()


class QuoteSource(Protocol):
    """A provider of last prices."""

    def quotes(self, symbols: Sequence[str]) -> QuoteBatch:
        """Fetch quotes in as few requests as possible; raise ProviderError when nothing came."""


@dataclass(frozen=True, slots=True)
class Tick:
    """A price pushed by a provider: > 0 and finite, ``time`` aware UTC, ``volume`` of the day so far."""

    symbol: str
    price: float
    time: datetime
    session: Session
    volume: int | None = None


class QuoteStream(Protocol):
    """A provider that pushes prices."""

    def start(
        self,
        symbols: Sequence[str],
        on_ticks: Callable[[Sequence[Tick]], None],
        on_health: Callable[[HealthState, str], None],
    ) -> None:
        """Stream ``symbols`` on a thread of its own until stopped; reconnects by itself."""

    def follow(self, symbols: Sequence[str]) -> None:
        """Stream other symbols from now on, within some seconds."""

    def stop(self) -> None:
        """End at once."""


@dataclass(frozen=True, slots=True)
class History:
    """Daily bars, oldest first and adjusted for splits, and the splits and dividends among them."""

    bars: tuple[DailyBar, ...]
    actions: CorporateActions = CorporateActions()  # noqa: RUF009 - a frozen value


class BarSource(Protocol):
    """A provider of history."""

    def daily_history(self, symbol: str, start: date) -> History:
        """Fetch the closed sessions from ``start`` on; raise ProviderError on failure."""

    def minutes(self, symbol: str, days: int) -> tuple[MinuteBar, ...]:
        """Fetch intraday bars of the last ``days`` sessions; raise ProviderError on failure."""


class NewsSource(Protocol):
    """A provider of headlines. A general feed ignores ``symbols``."""

    name: str
    per_symbol: bool

    def headlines(self, symbols: Sequence[str]) -> tuple[Headline, ...]:
        """Fetch recent headlines, oldest first; raise ProviderError on failure."""


class StatementSource(Protocol):
    """A provider of companies' statements."""

    def statements(self, symbol: str) -> Statements:
        """Fetch what is known of a company, empty for what is none; raise ProviderError on failure."""


class ReleaseSource(Protocol):
    """Where versions of the program are published."""

    def last_asked(self) -> datetime | None:
        """Return when it was last asked, also by an earlier run; None when that is not known."""

    def newer(self, now: datetime) -> Release | None:
        """Return the newest release if this program is older; raise ProviderError on failure."""


MakeNews = Callable[[Settings], tuple[NewsSource, ...]]
"""Makes the sources of headlines that settings ask for; those that stay are the same objects."""


class RequestMeter(Protocol):
    """Counts and limits what is asked of providers."""

    def last_hour(self) -> dict[str, int]:
        """Return the requests of the last hour by endpoint, most first."""

    def allow(self, per_hour: int) -> None:
        """Let another number of requests an hour through from now on."""


class Calendars(Protocol):
    """Trading days of the world's exchanges, by exchange_calendars code."""

    def sessions(self, calendar: str, start: date, end: date) -> tuple[TradingSession, ...]:
        """Return the trading days in [start, end], oldest first."""


class RuleFile(Protocol):
    """The user's own rules as text, beside those that ship. Raises BadInputError where it cannot be used.

    ``shipped`` and ``own`` are the ids of each; a rule of the user's replaces a shipped one of its id.
    """

    shipped: frozenset[str]

    @property
    def own(self) -> frozenset[str]:
        """The ids of the user's rules, as last read."""

    def changed(self) -> bool:
        """Whether somebody else wrote the file since it was last read or written here."""

    def take_mended(self) -> tuple[str, ...]:
        """Return what a start said of the file and holds no longer, since it was read anew, once."""

    def waiting(self, lists: Sequence[Watchlist]) -> tuple[str, ...]:
        """Say which of the user's rules are about a layer or list that is in none of ``lists``."""

    def load(self) -> tuple[Rule, ...]:
        """Return every rule: the shipped ones, replaced and followed by the user's own."""

    def save(self, rules: Sequence[Rule]) -> None:
        """Add rules, or change those of their ids."""

    def remove(self, rule: Rule) -> None:
        """Take a rule out."""

    def undo(self) -> None:
        """Put back what was removed last, if anything was."""

    def remove_about(self, entity_id: str) -> int:
        """Take out the user's rules about a private entity; returns how many there were."""

    def bring_back(self, entity_id: str) -> int:
        """Put back the rules that were taken out with a private entity; returns how many came."""


class ListFile(Protocol):
    """The user's lists as files. Raises BadInputError where one cannot be used.

    ``current`` is shown; ``lists`` are all, this one among them.
    """

    @property
    def current(self) -> Watchlist:
        """The list that is shown."""

    @property
    def lists(self) -> tuple[Watchlist, ...]:
        """Every list, the shipped one first."""

    def look(self) -> bool:
        """Take in what somebody else changed in the files since; returns whether anything was."""

    def take_notices(self) -> tuple[str, ...]:
        """Return what is to be said of files that could not be used, once."""

    def take_mended(self) -> tuple[str, ...]:
        """Return what was said of files and holds no longer, once."""

    def keep(
        self,
        watchlist: Watchlist,
        added: Sequence[Instrument] = (),
        private: Sequence[OwnEntity] = (),
        *,
        base: Watchlist | None = None,
    ) -> None:
        """Show a list from now on and write it, with names of the user's own that are new or changed.

        ``base`` is what it was changed from: what somebody else changed since stays.
        """

    def save(self) -> None:
        """Write what is in no file yet, since it was refused."""

    def change_link(self, change: LinkChange, *, back: bool = False) -> None:
        """Write a link of the user's own, or take its change ``back``."""

    def forget(self, entity_id: str) -> int:
        """Take a private entity of the user's own out of every list and file; returns how many links went."""

    def remove(self, list_id: str) -> None:
        """Take a list away; another one is shown where it was."""

    def read(self, path: Path) -> ListRead:
        """Read a list of another program; it is not kept yet."""

    def write(self, path: Path, watchlist: Watchlist) -> int:
        """Write a list for another program; returns how many private names have no place there."""


class SymbolSearch(Protocol):
    """A provider that looks symbols up."""

    def search(self, query: str) -> tuple[SymbolHit, ...]:
        """Return what is listed under a name or symbol, best first; raise ProviderError on failure."""


class Scheduler(Protocol):
    """Runs jobs at intervals, on threads of its own."""

    def every(self, seconds: float, job: Callable[[], None], *, name: str) -> None:
        """Run ``job`` every ``seconds``, never twice at once, missed runs folded into one."""

    def start(self) -> None:
        """Begin running jobs."""

    def stop(self) -> None:
        """Stop without waiting for a running job."""
