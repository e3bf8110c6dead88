"""The page that lists the keys, and the one that says what this program is."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, qVersion
from PySide6.QtWidgets import QLabel

from stackwatch import __version__
from stackwatch.ui.kit.layout import grid
from stackwatch.ui.kit.theme import Ink, Role, current_theme, px
from stackwatch.ui.preferences.settings_parts import SettingsPage

LICENCES = {
    "LGPL-3.0": "Qt PySide6",
    "MIT": (
        "APScheduler curl_cffi desktop-notifier Phosphor platformdirs pyqtgraph qtawesome RapidFuzz tomli "
        "tomlkit"
    ),
    "BSD-3-Clause": "msgspec NumPy pandas websockets",
    "BSD-2-Clause": "feedparser",
    "Apache-2.0": "ahocorasick_rs exchange_calendars tzdata yfinance",
}


class KeysPage(SettingsPage):
    """What each key does."""

    def __init__(self, rows: Sequence[tuple[str, str]]) -> None:
        super().__init__()
        title = self.tr("Keyboard")
        self.rows.append((title, "", self.head(title)))
        table = grid(across=px(24), down=px(6), into=self.column)
        for row, (keys, words) in enumerate(rows):
            name = QLabel(keys)
            name.setFont(current_theme().font(Role.SYMBOL))
            table.addWidget(name, row, 0)
            table.addWidget(self.words(words), row, 1)
            self.rows.append((words, keys, name))
        self.column.addStretch(1)


class AboutPage(SettingsPage):
    """Version, licences and where the user's data is."""

    def __init__(self, data: Path | None) -> None:
        super().__init__()
        self.head(self.tr("About"))
        facts = [
            (self.tr("Version"), f"Stackwatch {__version__}"),
            (self.tr("Licence"), "MIT"),
            ("Qt", qVersion()),
        ]
        if data is not None:
            facts.append((self.tr("Data folder"), str(data)))
        self._facts(facts)
        self.section(self.tr("Parts and their licences"))
        self._facts([(licence, names.replace(" ", ", ")) for licence, names in LICENCES.items()])
        self.column.addWidget(
            self.words(
                self.tr(
                    "Nothing leaves this computer except requests for market data and headlines. A record of "
                    "moves and news, not advice."
                ),
                Role.CAPTION,
                Ink.T2,
            )
        )
        self.column.addStretch(1)

    def _facts(self, facts: Sequence[tuple[str, str]]) -> None:
        """Add names, and what is so of each, in two columns."""
        top = Qt.AlignmentFlag.AlignTop
        table = grid(across=px(24), down=px(6), into=self.column)
        table.setColumnMinimumWidth(0, px(210))
        for row, (name, value) in enumerate(facts):
            said = self.words(value)
            said.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            table.addWidget(self.words(name, ink=Ink.T2), row, 0, top)
            table.addWidget(said, row, 1, top)
            self.rows.append((name, value, said))
