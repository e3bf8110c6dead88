"""What the engine needs from the outside; providers, storage and system implement these."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from stackwatch.domain.alert import Alert
from stackwatch.domain.health import HealthState
from stackwatch.domain.market import TradingSession
from stackwatch.domain.news import Headline, Story
from stackwatch.domain.quote import DailyBar, MinuteBar, Quote, Session
from stackwatch.domain.rule import RuleState


class Clock(Protocol):
    """The program's time."""

    def now(self) -> datetime:
        """Return the time, aware UTC."""


@dataclass(frozen=True, slots=True)
class Rejected:
    """A value that was not let in: whose it was and why."""

    symbol: str
    reason: str


@dataclass(frozen=True, slots=True)
class QuoteBatch:
    """What one refresh brought: sound quotes, and what was refused or missing."""

    quotes: tuple[Quote, ...]
    rejected: tuple[Rejected, ...] = ()


class QuoteSource(Protocol):
    """A provider of last prices."""

    name: str

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

    def stop(self) -> None:
        """End at once."""


class BarSource(Protocol):
    """A provider of history."""

    def daily(self, symbol: str, start: date) -> tuple[DailyBar, ...]:
        """Fetch split-adjusted daily bars from ``start`` on; raise ProviderError on failure."""

    def minutes(self, symbol: str, days: int) -> tuple[MinuteBar, ...]:
        """Fetch intraday bars of the last ``days`` sessions; raise ProviderError on failure."""


class NewsSource(Protocol):
    """A provider of headlines. A general feed ignores ``symbols``."""

    name: str
    per_symbol: bool

    def headlines(self, symbols: Sequence[str]) -> tuple[Headline, ...]:
        """Fetch recent headlines, oldest first; raise ProviderError on failure."""


class Calendars(Protocol):
    """Trading days of the world's exchanges, by exchange_calendars code."""

    def sessions(self, calendar: str, start: date, end: date) -> tuple[TradingSession, ...]:
        """Return the trading days in [start, end], oldest first."""


class Store(Protocol):
    """What survives a restart. Called from the core thread only."""

    def save_quotes(self, quotes: Sequence[Quote]) -> None:
        """Keep the newest quote per symbol."""

    def load_quotes(self) -> tuple[Quote, ...]:
        """Return the last known quotes."""

    def save_daily(self, symbol: str, bars: Sequence[DailyBar]) -> None:
        """Insert or replace daily bars."""

    def load_daily(self, symbol: str, start: date) -> tuple[DailyBar, ...]:
        """Return stored daily bars from ``start`` on, oldest first."""

    def save_stories(self, stories: Sequence[Story]) -> None:
        """Insert or replace stories with what was read out of them."""

    def load_stories(self, since: datetime) -> tuple[Story, ...]:
        """Return stories whose first headline is not older than ``since``."""

    def prune_news(self, before: datetime) -> None:
        """Drop headlines and stories first published before a time."""

    def save_headlines(self, headlines: Sequence[Headline]) -> tuple[Headline, ...]:
        """Keep headlines and return those that were not known."""

    def save_states(self, states: Sequence[RuleState]) -> None:
        """Insert or replace rule states."""

    def load_states(self) -> tuple[RuleState, ...]:
        """Return every stored rule state."""

    def save_alert(self, alert: Alert, states: Sequence[RuleState] = ()) -> None:
        """Insert or replace an alert and the states that belong to it, in one transaction."""

    def load_alerts(self, limit: int = 1000) -> tuple[Alert, ...]:
        """Return alerts, newest first."""

    def close(self) -> None:
        """Flush and close."""


class Scheduler(Protocol):
    """Runs jobs at intervals, on threads of its own."""

    def every(self, seconds: float, job: Callable[[], None], *, name: str) -> None:
        """Run ``job`` every ``seconds``, never twice at once, missed runs folded into one."""

    def start(self) -> None:
        """Begin running jobs."""

    def stop(self) -> None:
        """Stop without waiting for a running job."""
