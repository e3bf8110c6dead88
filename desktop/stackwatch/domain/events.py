"""What the core tells the rest of the program."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING

from stackwatch.domain.alert import AwayReason
from stackwatch.domain.fault_events import NoticeEnded, NoticeGiven, SymbolsRefused, UnknownSymbols
from stackwatch.domain.list_events import (
    BoardsFound,
    LinksChanged,
    ListRead,
    ListRefused,
    ListWritten,
    PrivateChanged,
    PrivateRemoved,
    SymbolsFound,
    WatchlistChanged,
)
from stackwatch.domain.quote import Bar, ChartRange, CorporateActions, HistorySummary, Quote, VolumeSoFar

if TYPE_CHECKING:
    from stackwatch.domain.alert import Alert
    from stackwatch.domain.armed import ArmedRow, PassedLevel, PriceLevel
    from stackwatch.domain.barometer import Barometer
    from stackwatch.domain.briefing import Briefing
    from stackwatch.domain.budget import Budget
    from stackwatch.domain.comparison import Comparison
    from stackwatch.domain.currency import FxRate
    from stackwatch.domain.health import Health
    from stackwatch.domain.market import MarketClock, TradingSession
    from stackwatch.domain.move import Explanation, Move, Rollup
    from stackwatch.domain.news import Story
    from stackwatch.domain.noise import NoisePreview
    from stackwatch.domain.release import Release
    from stackwatch.domain.rule import Rule
    from stackwatch.domain.substance import Substance


@dataclass(frozen=True, slots=True)
class QuotesChanged:
    """New quotes, and the moves and volumes that follow from them (same symbols, where computable)."""

    quotes: tuple[Quote, ...]
    moves: tuple[Move, ...] = ()
    volumes: tuple[VolumeSoFar, ...] = ()


@dataclass(frozen=True, slots=True)
class PricesHeard:
    """When the provider was last heard (aware UTC), told at most once a second."""

    at: datetime
    streaming: bool


@dataclass(frozen=True, slots=True)
class RatesChanged:
    """Exchange rates into the user's own currency; those that are not in it are not known."""

    rates: tuple[FxRate, ...]


@dataclass(frozen=True, slots=True)
class MarketValuesChanged:
    """What companies are worth, by symbol, all in one currency; told when it differs much from before."""

    values: tuple[tuple[str, float], ...]


@dataclass(frozen=True, slots=True)
class RollupsChanged:
    """New layer and private-entity averages."""

    rollups: tuple[Rollup, ...]


@dataclass(frozen=True, slots=True)
class HistoryChanged:
    """New summaries of daily history."""

    summaries: tuple[HistorySummary, ...]


@dataclass(frozen=True, slots=True)
class BarsLoaded:
    """The bars a chart asked for; ``reconstructed`` marks bars made by a replay.

    ``sessions`` are those of the exchange: of minute bars the last that have begun, of days all since the
    first bar, with the next ones to come. ``fault`` is why none came.
    """

    symbol: str
    chart_range: ChartRange
    bars: tuple[Bar, ...]
    reconstructed: bool = False
    actions: CorporateActions = CorporateActions()  # noqa: RUF009 - a frozen value
    sessions: tuple[TradingSession, ...] = ()
    fault: str = ""


@dataclass(frozen=True, slots=True)
class BarGrown:
    """The newest bars of the open chart, oldest first: each replaces the one of its time, or is new."""

    symbol: str
    chart_range: ChartRange
    bars: tuple[Bar, ...]


@dataclass(frozen=True, slots=True)
class StoriesChanged:
    """Stories that are new or have new copies; ``counts`` is the last day's stories per entity id.

    ``dropped`` are ids of stories that are to leave every list: their publisher was blocked, or they are old.
    """

    stories: tuple[Story, ...]
    counts: tuple[tuple[str, int], ...] = ()
    dropped: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class ExplanationChanged:
    """The explanation of the selected symbol, or of one with an alert."""

    symbol: str
    explanation: Explanation


@dataclass(frozen=True, slots=True)
class AlertRaised:
    """An alert that is on disk; ``popup`` says whether it may be shown as a toast now."""

    alert: Alert
    popup: bool


@dataclass(frozen=True, slots=True)
class AlertUpdated:
    """An alert whose state, members or story changed; never sounds again."""

    alert: Alert


@dataclass(frozen=True, slots=True)
class AlertsLoaded:
    """The inbox as stored, newest first."""

    alerts: tuple[Alert, ...]


@dataclass(frozen=True, slots=True)
class AwayDigest:
    """What fired, or was found to be true, while nobody looked or popups were off; newest first.

    Of sessions that ended meanwhile ``moves`` are the unusual ones that no alert tells, the largest first;
    ``passed`` are the levels that prices passed.
    """

    reason: AwayReason
    since: datetime
    until: datetime
    alerts: tuple[Alert, ...]
    moves: tuple[Explanation, ...] = ()
    passed: tuple[PassedLevel, ...] = ()

    def with_earlier(self, unread: AwayDigest) -> AwayDigest:
        """Return it with the moves and levels of one that nobody read: of these there is no other record."""
        moved = {(each.move.symbol, each.move.session_date) for each in self.moves}
        crossed = {(each.rule_id, each.symbol) for each in self.passed}
        moves = [e for e in unread.moves if (e.move.symbol, e.move.session_date) not in moved]
        passed = [each for each in unread.passed if (each.rule_id, each.symbol) not in crossed]
        if not (moves or passed):
            return self
        return replace(
            self,
            reason=unread.reason if self.reason is AwayReason.QUIET_HOURS else self.reason,
            since=min(self.since, unread.since),
            moves=(*self.moves, *moves),
            passed=(*self.passed, *passed),
        )


@dataclass(frozen=True, slots=True)
class ArmedChanged:
    """Subjects with an armed rule (``armed``), those that fired today, and prices that rules wait for.

    Names whose popups are snoozed, whatever the rule, are ``silent``.
    """

    armed: frozenset[str]
    fired: frozenset[str]
    levels: tuple[PriceLevel, ...] = ()
    silent: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class RulesChanged:
    """Every rule there is, switched off ones too; ``shipped`` come with the program, ``own`` are in the file.

    A rule that is in both replaces a shipped one. ``gone`` are the ids of rules that were: a new one under
    such an id would have their alerts, their snoozes and what they fired already.
    """

    rules: tuple[Rule, ...]
    shipped: frozenset[str] = frozenset()
    own: frozenset[str] = frozenset()
    gone: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class RulesStored:
    """The answer to a change of rules: of which, and why it was refused, if so; ``removed`` can be undone.

    With ``outdated`` a rule was changed elsewhere meanwhile: it stays so, and another try means it.
    """

    ids: tuple[str, ...]
    fault: str | None = None
    removed: Rule | None = None
    outdated: bool = False


@dataclass(frozen=True, slots=True)
class ArmedRowsChanged:
    """Where rules stand, told at most twice a second while somebody looks; ``total`` pairs there are."""

    rows: tuple[ArmedRow, ...]
    total: int


@dataclass(frozen=True, slots=True)
class NoisePreviewed:
    """The answer to a request for a noise preview: the preview, or why there is none."""

    request: int
    preview: NoisePreview | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class HealthChanged:
    """A source changed its condition."""

    health: Health


@dataclass(frozen=True, slots=True)
class BudgetChanged:
    """Requests an hour: sent, needed and allowed."""

    budget: Budget


@dataclass(frozen=True, slots=True)
class ComparisonLoaded:
    """The comparison that a chart asked for."""

    comparison: Comparison


@dataclass(frozen=True, slots=True)
class HistoryProgress:
    """How many of the wanted histories are there; told until ``done`` is ``total``."""

    done: int
    total: int


@dataclass(frozen=True, slots=True)
class BriefingMade:
    """The briefing that was asked for, None without the price of any name."""

    briefing: Briefing | None


@dataclass(frozen=True, slots=True)
class UpdateFound:
    """A newer version of the program is published."""

    release: Release


@dataclass(frozen=True, slots=True)
class BarometerLoaded:
    """The barometer that was asked for."""

    barometer: Barometer


@dataclass(frozen=True, slots=True, kw_only=True)
class SubstanceLoaded:
    """The statements of a share and of its ``layer`` (the share first), as far as they are known by now.

    ``waiting`` are still to be asked for, ``failed`` gave no answer; none is ``offered`` in a replay.
    """

    symbol: str
    layer: tuple[str, ...]
    companies: tuple[Substance, ...]
    waiting: frozenset[str] = frozenset()
    failed: frozenset[str] = frozenset()
    offered: bool = True


@dataclass(frozen=True, slots=True)
class ClockTicked:
    """The program's time: real, or that of a replay (``speed`` 0 means paused)."""

    now: datetime
    markets: tuple[MarketClock, ...]
    replay: bool = False
    speed: float = 1.0
    finished: bool = False


Event = (
    QuotesChanged
    | PricesHeard
    | RatesChanged
    | MarketValuesChanged
    | UnknownSymbols
    | SymbolsRefused
    | NoticeGiven
    | NoticeEnded
    | RollupsChanged
    | HistoryChanged
    | BarsLoaded
    | BarGrown
    | StoriesChanged
    | ExplanationChanged
    | AlertRaised
    | AlertUpdated
    | AlertsLoaded
    | AwayDigest
    | ArmedChanged
    | RulesChanged
    | RulesStored
    | ArmedRowsChanged
    | NoisePreviewed
    | HealthChanged
    | BudgetChanged
    | ComparisonLoaded
    | BriefingMade
    | HistoryProgress
    | UpdateFound
    | BarometerLoaded
    | SubstanceLoaded
    | WatchlistChanged
    | PrivateChanged
    | PrivateRemoved
    | LinksChanged
    | ListRefused
    | ListRead
    | ListWritten
    | SymbolsFound
    | BoardsFound
    | ClockTicked
)
