"""What the main window is made from."""

from collections import Counter
from dataclasses import dataclass

from PySide6.QtGui import QIcon

from stackwatch.domain.watchlist import Ecosystem, Watchlist
from stackwatch.engine.commands import Commands
from stackwatch.ui.appearance import Appearance
from stackwatch.ui.bridge import Bridge
from stackwatch.ui.settings import SettingsFile, UiSettings
from stackwatch.ui.settings_dialog import DataParts
from stackwatch.ui.translation import Translations

_HOME_ZONE = "America/New_York"


@dataclass(frozen=True, slots=True, kw_only=True)
class WindowParts:
    """What a window is made from; ``replay`` is True when the core replays a recorded day.

    ``size`` is the window's in logical pixels, None for the remembered or the usual one; without a
    ``settings_file`` nothing is remembered.
    """

    ecosystem: Ecosystem
    watchlist: Watchlist
    commands: Commands
    bridge: Bridge
    appearance: Appearance
    translations: Translations
    settings: UiSettings
    settings_file: SettingsFile | None
    icon: QIcon
    data: DataParts = DataParts()  # noqa: RUF009 - a frozen value
    replay: bool = False
    size: tuple[int, int] | None = None


def home_zone(ecosystem: Ecosystem, watchlist: Watchlist) -> str:
    """Return the time zone of most of the list's exchanges, in which the header tells the time."""
    zones = Counter(ecosystem.instruments[symbol].timezone for symbol in watchlist.symbols)
    return zones.most_common(1)[0][0] if zones else _HOME_ZONE
