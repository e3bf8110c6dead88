"""What the window asks of the core. Every call returns at once; answers come as events."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from stackwatch.domain.alert import SnoozeScope

if TYPE_CHECKING:
    from stackwatch.domain.comparison import Against
    from stackwatch.domain.lists.own_links import LinkChange
    from stackwatch.domain.quote import ChartRange
    from stackwatch.domain.rule import Rule
    from stackwatch.domain.settings import Settings
    from stackwatch.domain.watchlist import Instrument, OwnEntity, Watchlist


class Commands(Protocol):
    """The requests a user interface may make."""

    def select(self, entity_id: str) -> None:
        """Follow a symbol or private entity: fetch its headlines first and explain its move."""

    def select_nothing(self) -> None:
        """Follow nothing: what was asked for only because it was looked at is asked for no more."""

    def request_bars(self, symbol: str, chart_range: ChartRange) -> None:
        """Answer with BarsLoaded."""

    def compare(self, symbol: str, span: ChartRange, against: Against) -> None:
        """Answer with ComparisonLoaded."""

    def request_barometer(self, entity_id: str, span: ChartRange) -> None:
        """Answer with BarometerLoaded for a private entity; spans are 1M, 6M and 1Y."""

    def request_substance(self, symbol: str) -> None:
        """Answer with SubstanceLoaded, and again as statements arrive."""

    def refresh(self) -> None:
        """Fetch quotes and headlines now."""

    def mark_seen(self, *alert_ids: str) -> None:
        """Mark alerts as seen; answers with an AlertUpdated each."""

    def mark_new(self, *alert_ids: str) -> None:
        """Take back that alerts were seen; answers with an AlertUpdated each."""

    def snooze(
        self, alert_id: str, until: datetime, scope: SnoozeScope = SnoozeScope.CAUSE, name: str = ""
    ) -> None:
        """Silence popups of the alert's group, its rule or the symbol ``name``; answers with AlertUpdated."""

    def end_snoozes_of_name(self, name: str) -> None:
        """End the snoozes of a name, whatever the rule; answers with AlertUpdated."""

    def end_snoozes(self, rule_id: str, name: str) -> None:
        """End the snoozes of alerts by which a rule about ``name`` is silent; answers with AlertUpdated."""

    def pause_popups(self, until: datetime | None) -> None:
        """Switch popups off until a time, or on again; what fires meanwhile is told as AwayDigest."""

    def note_shown(self, alert_id: str) -> None:
        """Record that a popup was on screen."""

    def change_settings(self, settings: Settings) -> None:
        """Use other settings from now on; answers with BudgetChanged, and StoriesChanged where needed."""

    def request_budget(self) -> None:
        """Answer with BudgetChanged."""

    def stop_histories(self) -> None:
        """Fetch no more histories today; answers with HistoryProgress."""

    def request_briefing(self) -> None:
        """Answer with BriefingMade, from what is known by now."""

    def watch_rules(self, *, shown: bool) -> None:
        """Tell RulesChanged and ArmedRowsChanged from now on, or stop telling the latter."""

    def save_rules(self, rules: Sequence[Rule], base: Sequence[Rule] = ()) -> None:
        """Write rules into the user's file and arm them; answers with RulesStored and RulesChanged.

        Of one that is in ``base``, too, only what differs there is changed.
        """

    def move_level(self, rule_id: str, was: float, price: float) -> None:
        """Let a rule wait for another price than it ``was``; answers like ``save_rules``."""

    def remove_rule(self, rule_id: str) -> None:
        """Take a rule out of the user's file; answers with RulesStored and RulesChanged."""

    def undo_removal(self) -> None:
        """Put back the rule removed last; answers like ``remove_rule``."""

    def preview_rule(self, request: int, rule: Rule) -> None:
        """Answer with NoisePreviewed of the newest request; older ones may stay without an answer."""

    def change_watchlist(
        self,
        watchlist: Watchlist,
        added: Sequence[Instrument] = (),
        private: Sequence[OwnEntity] = (),
        *,
        base: Watchlist | None = None,
    ) -> None:
        """Show and keep a list, changed from ``base``, and names of the user's own that came or changed.

        Answers with WatchlistChanged and PrivateChanged, and ListRefused where it cannot be written.
        """

    def remove_private(self, entity_id: str) -> None:
        """Remove a private entity of the user's own with its rules and links; answers with PrivateRemoved.

        Keeping it again with ``change_watchlist`` brings all of it back.
        """

    def change_link(self, change: LinkChange, *, back: bool = False) -> None:
        """Keep a link of the user's own, or take its change ``back``.

        Answers with LinksChanged, and with ListRefused where it cannot be written.
        """

    def remove_watchlist(self, list_id: str) -> None:
        """Take a list away; answers with WatchlistChanged or ListRefused."""

    def import_watchlist(self, path: Path) -> None:
        """Read a list of another program; answers with ListRead or ListRefused."""

    def export_watchlist(self, path: Path, watchlist: Watchlist) -> None:
        """Write a list for another program; answers with ListWritten or ListRefused."""

    def find_symbols(self, text: str) -> None:
        """Look a text up at the provider; answers with SymbolsFound."""

    def set_replay_speed(self, speed: float) -> None:
        """Set the pace of a replay in replayed seconds per second; 0 pauses."""

    def jump_replay(self) -> None:
        """Go on to the next headline or alert of a replay, or to its end."""
