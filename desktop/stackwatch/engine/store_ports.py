"""What the engine keeps over a restart, by what it is about; the storage implements these.

Called from the core thread only. All raise StoreError where they cannot read or write.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

    from stackwatch.domain.alert import Alert
    from stackwatch.domain.move import ExplanationRecord, Onset
    from stackwatch.domain.news import Headline, Reading, Story
    from stackwatch.domain.quote import CorporateActions, DailyBar, MinuteBar, Quote
    from stackwatch.domain.rule import RuleState
    from stackwatch.domain.substance import Statements
    from stackwatch.engine.ports import History


class QuoteStore(Protocol):
    """Last prices."""

    def save(self, quotes: Sequence[Quote]) -> None:
        """Keep the newest quote per symbol."""

    def load(self) -> tuple[Quote, ...]:
        """Return the last known quotes."""


@dataclass(frozen=True, slots=True)
class HistoryReach:
    """How far a stored history goes: asked for from ``since`` on, with bars from ``first`` to ``last``."""

    since: date
    first: date
    last: date


class BarStore(Protocol):
    """Daily and minute bars, splits and dividends, and the days that answers left out."""

    def changed_elsewhere(self) -> bool:
        """Whether another program wrote into the store since this was last asked."""

    def save_daily(self, symbol: str, bars: Sequence[DailyBar]) -> None:
        """Insert or replace daily bars."""

    def load_daily(self, symbol: str, start: date) -> tuple[DailyBar, ...]:
        """Return stored daily bars from ``start`` on, oldest first."""

    def keep_history(self, symbol: str, history: History, since: date) -> None:
        """Add an answer to the question for everything from ``since`` on."""

    def replace_history(self, symbol: str, history: History, since: date) -> None:
        """Keep a whole history in place of the one before, in one transaction."""

    def reach(self, symbol: str) -> HistoryReach | None:
        """Return how far the history of a symbol goes, None without any."""

    def daily_days(self, symbol: str) -> frozenset[date]:
        """Return the days that have a daily bar."""

    def load_actions(self) -> Mapping[str, CorporateActions]:
        """Return the stored splits and dividends per symbol."""

    def note_holes(self, symbol: str, days: Iterable[date]) -> None:
        """Count one more answer that went past ``days`` without a bar of them."""

    def holes(self, symbol: str, tries: int) -> frozenset[date]:
        """Return the days that at least ``tries`` answers left out."""

    def save_minutes(self, symbol: str, minutes: int, bars: Sequence[MinuteBar]) -> None:
        """Insert or replace bars of so many minutes."""

    def load_minutes(self, symbol: str, minutes: int, since: datetime) -> tuple[MinuteBar, ...]:
        """Return stored bars of so many minutes from ``since`` on, oldest first."""


class NewsStore(Protocol):
    """Headlines, what their titles say, and the stories that were made of them."""

    def together(self) -> AbstractContextManager[object]:
        """Make one transaction of all that is written meanwhile."""

    def save_headlines(self, headlines: Sequence[Headline]) -> tuple[Headline, ...]:
        """Keep headlines and return those that were not known."""

    def load_headlines(self, since: datetime, until: datetime) -> tuple[Headline, ...]:
        """Return the headlines published in [since, until], oldest first."""

    def first_headline(self, since: datetime, until: datetime) -> datetime | None:
        """Return when the first headline of [since, until] was published, None without any."""

    def keep_readings(
        self, edition: str, headlines: Sequence[Headline], readings: Mapping[str, Reading]
    ) -> None:
        """Keep what titles say, by the ids of their headlines; those without a reading name nobody."""

    def unread(self, edition: str, since: datetime, until: datetime, most: int) -> tuple[Headline, ...]:
        """Return so many headlines of [since, until) at most that ``edition`` did not read."""

    def load_readings(
        self, edition: str, since: datetime, until: datetime, about: Collection[str] | None
    ) -> tuple[tuple[Headline, Reading], ...] | None:
        """Return the headlines published in [since, until] that name anybody (of ``about``), oldest first.

        None where the title of any of that time was not read by ``edition``.
        """

    def save_stories(self, stories: Sequence[Story], dropped: Sequence[str] = ()) -> None:
        """Insert or replace stories, and forget others by their ids; headlines stay."""

    def changed_elsewhere(self) -> bool:
        """Whether another program wrote into the store since this was last asked."""

    def story_times(self, since: datetime) -> Mapping[str, datetime]:
        """Return by id when the first headline was published of stories not older than ``since``."""

    def find_stories(self, ids: Sequence[str]) -> tuple[Story, ...]:
        """Return the stories with some ids, oldest first; those that are not stored are left out."""

    def load_stories(self, since: datetime) -> tuple[Story, ...]:
        """Return stories whose first headline is not older than ``since``, oldest first."""


class AlertStore(Protocol):
    """Alerts, and how far each rule is for each subject."""

    def save(self, alerts: Sequence[Alert], states: Sequence[RuleState] = ()) -> None:
        """Insert or replace alerts and rule states in one transaction, which outlives a power cut."""

    def load(self, limit: int = 5000) -> tuple[Alert, ...]:
        """Return so many alerts, newest first, and behind them older ones by which something is silent."""

    def load_between(self, since: datetime, until: datetime) -> tuple[Alert, ...]:
        """Return every alert that fired in [since, until] (aware), newest first."""

    def load_states(self) -> tuple[RuleState, ...]:
        """Return every stored rule state."""


class KnowledgeStore(Protocol):
    """When moves began, what was said about them, and companies' statements."""

    def together(self) -> AbstractContextManager[object]:
        """Make one transaction of all that is written meanwhile."""

    def save_onsets(self, onsets: Sequence[Onset]) -> None:
        """Keep when moves began; what is known of a session's move stays."""

    def load_onsets(self, since: date) -> tuple[Onset, ...]:
        """Return when the moves of the sessions from ``since`` on began."""

    def keep_said(self, symbol: str, day: date, said: Sequence[ExplanationRecord]) -> None:
        """Keep what was said about a session's move in place of what was kept of it before."""

    def load_said(self, symbol: str, day: date) -> tuple[ExplanationRecord, ...]:
        """Return what was said about a session's move, oldest first."""

    def save_statements(self, statements: Statements) -> None:
        """Keep a company's statements in place of those before."""

    def load_statements(self, symbols: Collection[str]) -> tuple[Statements, ...]:
        """Return the stored statements of symbols."""


class Archive(Protocol):
    """What past days are told from."""

    bars: BarStore
    news: NewsStore

    def close(self) -> None:
        """Flush and close."""


class Store(Archive, Protocol):
    """What survives a restart."""

    quotes: QuoteStore
    alerts: AlertStore

    @property
    def knowledge(self) -> KnowledgeStore:
        """What was said, found out and fetched about companies."""

    @property
    def unreadable(self) -> int:
        """How many stored values were left out because they could not be read."""

    def probe(self) -> None:
        """Write what changes nothing; raises StoreError while the store refuses."""

    def tidy(self, now: datetime, known: Collection[str]) -> Iterator[None]:
        """Drop what need not be kept, quotes of symbols not ``known`` among it, a short slice a step."""
