"""What the main window is made from."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QFrame, QWidget

from stackwatch.domain.events import ClockTicked, Event

if TYPE_CHECKING:  # none of these is needed before the first paint
    from stackwatch.domain.episode import EpisodeName
    from stackwatch.domain.watchlist import BilingualName, Ecosystem, Watchlist
    from stackwatch.engine.window_commands import Commands
    from stackwatch.ui.alerts.inbox import Exporter
    from stackwatch.ui.bridge import Bridge
    from stackwatch.ui.frame.appearance import Appearance
    from stackwatch.ui.frame.briefing_controller import WriteBriefing
    from stackwatch.ui.frame.translation import Translations
    from stackwatch.ui.preferences.settings import SettingsStore, UiSettings
    from stackwatch.ui.preferences.settings_dialog import DataParts


@dataclass(frozen=True, slots=True, kw_only=True)
class WindowParts:
    """What a window is made from; ``replay`` is True when the core replays a recorded day, ``episode``.

    ``commands`` gives whom to ask once the list is painted, ``data`` the settings of data once they are
    wanted; ``lists`` are all lists of the user; ``replays`` gives the days that can be replayed, by id,
    ``episodes`` reads what they are about.

    ``size`` is the window's in logical pixels, None for the remembered or the usual one; without a
    ``settings_file`` nothing is remembered.
    """

    ecosystem: Ecosystem
    watchlist: Watchlist
    commands: Callable[[], Commands]
    bridge: Bridge
    appearance: Appearance
    translations: Translations
    settings: UiSettings
    settings_file: SettingsStore | None
    icon: QIcon
    export_alerts: Exporter | None = None
    write_briefing: WriteBriefing | None = None
    data: Callable[[], DataParts] | None = None
    lists: tuple[Watchlist, ...] = ()
    replays: Callable[[], tuple[tuple[str, BilingualName], ...]] = tuple
    replay: bool = False
    episode: str | None = None
    episodes: Callable[[], tuple[EpisodeName, ...]] = tuple
    size: tuple[int, int] | None = None


class Trustline(QFrame):
    """The line across the window that says: this is a replay."""

    def __init__(self, parent: QWidget, *, replay: bool) -> None:
        super().__init__(parent)
        self.setObjectName("trustline")  # before it is shown, which styles it
        self.setFixedHeight(2)
        self.setVisible(replay)

    def apply(self, event: Event) -> None:
        """Show while the core replays."""
        if isinstance(event, ClockTicked):
            self.setVisible(event.replay)
