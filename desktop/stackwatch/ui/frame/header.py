"""The header: which list, find, markets, freshness, replay, new alerts, settings."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from functools import partial
from typing import TypeVar

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QActionGroup, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QMenu, QToolButton, QWidget

from stackwatch.domain.events import ClockTicked, Event
from stackwatch.domain.watchlist import Language, Watchlist
from stackwatch.domain.words.pause_words import pause_words
from stackwatch.ui.frame.appearance import MODES, PALETTES
from stackwatch.ui.frame.find import FindField
from stackwatch.ui.frame.freshness_item import FreshnessItem
from stackwatch.ui.frame.header_parts import ClockStrip, CountButton, KeyHint
from stackwatch.ui.frame.list_button import ListButton
from stackwatch.ui.frame.progress_item import ProgressItem
from stackwatch.ui.frame.replay_badge import ReplayBadge
from stackwatch.ui.frame.view_switch import ViewSwitch
from stackwatch.ui.kit import icons
from stackwatch.ui.kit.hairline import LinedPanel
from stackwatch.ui.kit.home_zone import current_zone
from stackwatch.ui.kit.language import current_language
from stackwatch.ui.kit.layout import hbox
from stackwatch.ui.kit.menus import Menu, add_choice
from stackwatch.ui.kit.theme import Palette, current_theme, px
from stackwatch.ui.preferences.settings import ModeChoice

_HEIGHT = 44
_NARROW, _NARROWEST = 1400, 880
_GAPS = 96  # between the parts, and at the ends
_Value = TypeVar("_Value")


class Header(LinedPanel):
    """The top row of the window."""

    ui_changed = Signal(object)  # fields of UiSettings that are others
    view_chosen = Signal(object)
    inbox_requested = Signal()
    keys_requested = Signal()
    settings_requested = Signal()
    briefing_requested = Signal()

    def __init__(self, watchlist: Watchlist, parent: QWidget | None = None, *, replay: bool = False) -> None:
        super().__init__(Qt.Edge.BottomEdge, parent)
        self._now = datetime.now(UTC)  # the program's time
        self._no_popups_until: datetime | None = None
        self.title = ListButton()
        self.title.show_name(watchlist.names.get(current_language()))
        self.views = ViewSwitch()
        self.views.chosen.connect(self.view_chosen)
        self.finder = FindField()
        self._hint = KeyHint(self.finder)
        self._clocks = ClockStrip()
        self._freshness = FreshnessItem(watchlist, replay=replay)
        self.progress = ProgressItem()
        self.badge = ReplayBadge()
        self.bell = CountButton()
        self.bell.clicked.connect(self.inbox_requested)
        self.settings = QToolButton()
        self.settings.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._lay_out()
        self.badge.hide()
        self.restyle()
        self.retranslate()

    def _lay_out(self) -> None:
        left = (self.title, 8, self.views, 12, self.finder, 24)
        right = (14, self.progress, self._freshness, 12, self.badge, 8, self.bell, self.settings)
        hbox((*left, (self._clocks, 1), *right), margins=(6, 0, 12, 0), into=self)

    def build_settings_menu(self, mode: ModeChoice, palette: Palette) -> None:
        """Fill the menu of the settings button, marking the choices in use."""
        menu = Menu(self.settings)
        shown = current_language()
        modes = {value: names.get(shown) for value, names in MODES.items()}
        palettes = {value: names.get(shown) for value, names in PALETTES.items()}
        languages = {language: language.own_name for language in Language}
        self._choices(menu, "language", languages, shown)
        menu.addSeparator()
        self._choices(menu, "mode", modes, mode)
        menu.addSeparator()
        self._choices(menu, "palette", palettes, palette)
        menu.addSeparator()
        for words, key, wanted in (
            (self.tr("Daily briefing\u2026"), "Ctrl+B", self.briefing_requested),
            (self.tr("Keyboard"), "?", self.keys_requested),
            (self.tr("Settings\u2026"), "Ctrl+,", self.settings_requested),
        ):
            action = menu.addAction(words, wanted.emit)
            action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)  # the window has the key
            # Named while the menu is open only: it would be the button's, too, and then do nothing there.
            menu.aboutToShow.connect(partial(action.setShortcut, QKeySequence(key)))
            menu.aboutToHide.connect(partial(action.setShortcut, QKeySequence()))
        old = self.settings.menu()
        self.settings.setMenu(menu)
        if old is not None:
            old.deleteLater()

    def _choices(self, menu: QMenu, field: str, words: Mapping[_Value, str], current: _Value) -> None:
        group = QActionGroup(menu)
        for value, text in words.items():
            choose = partial(self.ui_changed.emit, {field: value})
            action = add_choice(menu, text, choose, on=value == current)
            action.setData(value)
            group.addAction(action)

    def apply(self, event: Event) -> None:
        """Take in one event of the core."""
        self._freshness.apply(event)
        self.progress.apply(event)
        if isinstance(event, ClockTicked):
            self._now = event.now
            if self._no_popups_until is not None and event.now >= self._no_popups_until:
                self.tell_pause(None)
            self._clocks.set_markets(event.markets, event.now)
            self.badge.set_clock(event)
            self.badge.setVisible(event.replay)
            self._make_room()

    def set_new_alerts(self, count: int) -> None:
        """Show how many alerts nobody has looked at."""
        self.bell.set_count(count)
        words = self.tr("1 new alert") if count == 1 else self.tr("{count} new alerts").format(count=count)
        self.bell.setAccessibleName(words)

    def tell_pause(self, until: datetime | None) -> None:
        """Strike the bell through for as long as there are no popups."""
        self._no_popups_until = until
        told = "" if until is None else pause_words(until, self._now, current_zone(), current_language())
        self.bell.set_silent(silent=until is not None)
        self.bell.setToolTip("\n".join(filter(None, (self.tr("Alerts"), told))))
        self.bell.setAccessibleDescription(told)

    def retranslate(self) -> None:
        """Word everything anew."""
        self.tell_pause(self._no_popups_until)
        self.set_new_alerts(self.bell.count)
        self.settings.setToolTip(self.tr("Settings"))
        self.settings.setAccessibleName(self.tr("Settings"))
        self._write_placeholder()

    def restyle(self) -> None:
        """Use other colours and sizes."""
        self.setFixedHeight(px(_HEIGHT))
        self.settings.setIcon(icons.icon("gear", current_theme().t2, px(16)))
        self.settings.setIconSize(QSize(px(16), px(16)))
        self.settings.setFixedSize(px(28), px(28))
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Say less where there is less room."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        narrow = self.width() < px(_NARROW)
        least = self.width() < px(_NARROWEST)
        self.finder.setFixedWidth(px(112 if least else 176 if narrow else 256))
        self.badge.set_short(narrow)
        self._write_placeholder()
        self._hint.place()
        self._make_room()

    def _make_room(self) -> None:
        """Leave out how many prices are current where a replay would be cut, then what else it says."""
        parts = (self.title, self.views, self.bell, self.settings)
        taken = self.finder.width() + sum(part.sizeHint().width() for part in parts) + _GAPS
        replay = self.badge.isVisibleTo(self)
        beside = self._freshness.sizeHint().width() + self.badge.sizeHint().width()
        cut = replay and taken + beside > self.width()
        self._freshness.setVisible(self.width() >= px(_NARROWEST) and not cut)
        if replay:
            self.badge.fit(self.width() - taken)

    def _write_placeholder(self) -> None:
        narrow = self.width() < px(_NARROW)
        self.finder.setPlaceholderText(self.tr("Find") if narrow else self.tr("Find symbol, name, story"))
        self.finder.setAccessibleName(self.tr("Find symbol, name, story"))
