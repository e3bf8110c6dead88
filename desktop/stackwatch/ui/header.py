"""The header: which list, find, markets, freshness, replay, new alerts, settings."""

from datetime import datetime
from functools import partial
from typing import TypeVar
from zoneinfo import ZoneInfo

from PySide6.QtCore import QSize, Signal, SignalInstance
from PySide6.QtGui import QAction, QActionGroup, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QMenu, QToolButton, QWidget

from stackwatch.domain import format as write
from stackwatch.domain.events import ClockTicked, Event, HealthChanged, QuotesChanged
from stackwatch.domain.health import Health, HealthState
from stackwatch.domain.quote import QuoteState
from stackwatch.domain.watchlist import Language, Names, Watchlist
from stackwatch.domain.wording import reason_words
from stackwatch.ui import icons
from stackwatch.ui.find import FindField
from stackwatch.ui.header_parts import ClockStrip, CountButton, KeyHint, ReplayBadge, StatusItem
from stackwatch.ui.offline_bar import TROUBLE
from stackwatch.ui.settings import ModeChoice
from stackwatch.ui.theme import Palette, Role, Theme
from stackwatch.ui.watchlist_model import as_plain

_Choice = TypeVar("_Choice", Language, ModeChoice, Palette)

_HEIGHT = 44
_NARROW = 1400
_NAMED = 20
_FRESH = frozenset({QuoteState.LIVE, QuoteState.DELAYED, QuoteState.CLOSED})


class Header(QWidget):
    """The top row of the window."""

    language_chosen = Signal(object)
    mode_chosen = Signal(object)
    palette_chosen = Signal(object)
    speed_chosen = Signal(float)
    list_requested = Signal()
    inbox_requested = Signal()
    keys_requested = Signal()

    def __init__(
        self, watchlist: Watchlist, theme: Theme, language: Language, zone: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._language = language
        self._names: Names = watchlist.names
        self._symbols = watchlist.symbols
        self._fresh: dict[str, bool] = {}
        self._health: Health | None = None
        self._now: datetime | None = None
        self._zone = zone
        self._title = QLabel()
        self._list = QToolButton()
        self._list.setCheckable(True)
        self._list.setChecked(True)
        self._list.clicked.connect(self._return_to_list)
        self.finder = FindField(theme)
        self._hint = KeyHint(theme, self.finder)
        self._clocks = ClockStrip(theme, language)
        self._data = StatusItem(theme)
        self.badge = ReplayBadge(theme, language, zone)
        self.badge.speed_chosen.connect(self.speed_chosen)
        self.bell = CountButton(theme)
        self.bell.clicked.connect(self.inbox_requested)
        self.settings = QToolButton()
        self.settings.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._lay_out()
        self.badge.hide()
        self.set_theme(theme)
        self.set_language(language)

    def _lay_out(self) -> None:
        layout = QHBoxLayout(self)
        layout.setContentsMargins(12, 0, 12, 0)
        layout.setSpacing(0)
        layout.addWidget(self._title)
        layout.addSpacing(14)
        layout.addWidget(self._list)
        layout.addSpacing(12)
        layout.addWidget(self.finder)
        layout.addSpacing(24)
        layout.addWidget(self._clocks, 1)
        layout.addSpacing(14)
        layout.addWidget(self._data)
        layout.addSpacing(12)
        layout.addWidget(self.badge)
        layout.addSpacing(8)
        layout.addWidget(self.bell)
        layout.addWidget(self.settings)

    def build_settings_menu(self, mode: ModeChoice, palette: Palette) -> None:
        """Fill the menu of the settings button, marking the choices in use."""
        menu = QMenu(self.settings)
        modes = {
            ModeChoice.SYSTEM: self.tr("Follow the system"),
            ModeChoice.LIGHT: self.tr("Light"),
            ModeChoice.DARK: self.tr("Dark"),
        }
        palettes = {
            Palette.WESTERN: self.tr("Up green, down red"),
            Palette.KOREAN: self.tr("Up red, down blue"),
            Palette.COLOUR_BLIND: self.tr("Up blue, down orange"),
        }
        languages = {Language.ENGLISH: "English", Language.KOREAN: "한국어"}
        self._choices(menu, languages, self._language, self.language_chosen)
        menu.addSeparator()
        self._choices(menu, modes, mode, self.mode_chosen)
        menu.addSeparator()
        self._choices(menu, palettes, palette, self.palette_chosen)
        menu.addSeparator()
        menu.addAction(self.tr("Keyboard"), self.keys_requested.emit)
        old = self.settings.menu()
        self.settings.setMenu(menu)
        if old is not None:
            old.deleteLater()

    @staticmethod
    def _choices(menu: QMenu, words: dict[_Choice, str], current: _Choice, chosen: SignalInstance) -> None:
        group = QActionGroup(menu)
        for value, text in words.items():
            action = QAction(text, menu)
            action.setCheckable(True)
            action.setChecked(value == current)
            action.setData(value)
            action.triggered.connect(partial(_emit, chosen, value))
            group.addAction(action)
            menu.addAction(action)

    def apply(self, event: Event) -> None:
        """Take in one event of the core."""
        match event:
            case ClockTicked():
                self._now = event.now
                self._clocks.set_markets(event.markets, event.now)
                self.badge.set_clock(event)
                self.badge.setVisible(event.replay)
            case QuotesChanged():
                before = dict(self._fresh)
                self._fresh.update(
                    (q.symbol, q.state in _FRESH) for q in event.quotes if q.symbol in self._symbols
                )
                if self._fresh != before:
                    self._write_freshness()
            case HealthChanged() if event.health.source == "quotes":
                self._health = event.health
                self._write_freshness()

    def set_new_alerts(self, count: int) -> None:
        """Show how many alerts nobody has looked at."""
        self.bell.set_count(count)
        words = self.tr("1 new alert") if count == 1 else self.tr("{count} new alerts").format(count=count)
        self.bell.setAccessibleName(words)

    def set_language(self, language: Language) -> None:
        """Use another language."""
        self._language = language
        self._title.setText(self._names.get(language))
        self._list.setToolTip(self.tr("List"))
        self._list.setAccessibleName(self.tr("List"))
        self.bell.setToolTip(self.tr("Alerts"))
        self.settings.setToolTip(self.tr("Settings"))
        self.settings.setAccessibleName(self.tr("Settings"))
        self._clocks.set_language(language)
        self.badge.set_language(language)
        self._write_placeholder()
        self._write_freshness()

    def set_theme(self, theme: Theme) -> None:
        """Use other colours and sizes."""
        self._theme = theme
        self.setFixedHeight(theme.px(_HEIGHT))
        self._title.setFont(theme.font(Role.TITLE))
        for button, name, size in ((self._list, "list", 16), (self.settings, "gear", 16)):
            button.setIcon(icons.icon(name, theme.t1 if button is self._list else theme.t2, theme.px(size)))
            button.setIconSize(QSize(theme.px(size), theme.px(size)))
            button.setFixedSize(theme.px(28), theme.px(28))
        for part in (self.finder, self._hint, self._clocks, self._data, self.badge, self.bell):
            part.set_theme(theme)
        self._write_freshness()
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Fill the row and draw the line under it."""
        painter = QPainter(self)
        painter.fillRect(event.rect(), self._theme.panel)
        painter.fillRect(0, self.height() - 1, self.width(), 1, self._theme.line)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Say less where there is less room."""
        super().resizeEvent(event)
        narrow = self.width() < self._theme.px(_NARROW)
        self.finder.setFixedWidth(self._theme.px(176 if narrow else 240))
        self._clocks.set_short(narrow)
        self.badge.set_short(narrow)
        self._write_placeholder()
        self._hint.place()

    def _return_to_list(self) -> None:
        self._list.setChecked(True)
        self.list_requested.emit()

    def _write_placeholder(self) -> None:
        narrow = self.width() < self._theme.px(_NARROW)
        self.finder.setPlaceholderText(self.tr("Find") if narrow else self.tr("Find symbol, name, story"))
        self.finder.setAccessibleName(self.tr("Find symbol, name, story"))

    def _write_freshness(self) -> None:
        if self._health is not None and self._health.state in TROUBLE:
            time = self._health.since.astimezone(ZoneInfo(self._zone)).strftime("%H:%M")
            if self._health.state is HealthState.OFFLINE:
                words = self.tr("no connection since {time}").format(time=time)
            else:
                words = self.tr("no new prices since {time}").format(time=time)
            self._data.show_status("wifi-slash", words, trust=True)
            return
        current, total = sum(self._fresh.values()), len(self._symbols)
        words = self.tr("{current} of {total} current").format(current=current, total=total)
        self._data.show_status("database", words, trust=False)
        self._data.setToolTip(as_plain(self._freshness_tip()))

    def _freshness_tip(self) -> str:
        """Say what the source said last, and which names have no current price."""
        said = write.plain(reason_words(self._health.detail, self._language)) if self._health else ""
        missing = [symbol for symbol in self._symbols if not self._fresh.get(symbol)]
        names = ", ".join(missing[:_NAMED]) + (" \u2026" if len(missing) > _NAMED else "")
        late = self.tr("No current price: {names}").format(names=names) if missing else ""
        return "\n".join(line for line in (said, late) if line)


def _emit(signal: SignalInstance, value: object, *_checked: bool) -> None:
    signal.emit(value)
