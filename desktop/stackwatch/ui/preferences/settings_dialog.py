"""The settings: pages at the right of their names; every change shows at once."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent, QShowEvent
from PySide6.QtWidgets import (
    QAbstractScrollArea,
    QAbstractSlider,
    QButtonGroup,
    QDialog,
    QStackedWidget,
    QSystemTrayIcon,
    QVBoxLayout,
    QWidget,
)

from stackwatch.domain.budget import Budget
from stackwatch.domain.health import Health
from stackwatch.domain.settings import FeedChoice, Settings
from stackwatch.ui.kit.hairline import LinedPanel
from stackwatch.ui.kit.layout import (
    bring_into_view,
    frame_of,
    hbox,
    keep_on_screen,
    screen_room,
    scrolled,
    vbox,
)
from stackwatch.ui.kit.switches import rove
from stackwatch.ui.kit.theme import Role, px
from stackwatch.ui.kit.timers import every
from stackwatch.ui.preferences.settings import UiSettings
from stackwatch.ui.preferences.settings_advanced import AdvancedPage, AfterClosing, BackupFile
from stackwatch.ui.preferences.settings_alerts import AlertsPage
from stackwatch.ui.preferences.settings_data import DataPage
from stackwatch.ui.preferences.settings_defaults import (
    Choices,
    SettingsFoot,
    default_values,
    off_defaults,
)
from stackwatch.ui.preferences.settings_keys import AboutPage, KeysPage
from stackwatch.ui.preferences.settings_pages import AppearancePage, GeneralPage, LoginSwitch
from stackwatch.ui.preferences.settings_parts import NavButton, SettingsPage, stop_of
from stackwatch.ui.preferences.settings_search import InBoth, Setting, SettingsSearch, settings_of

_SIZE, _LEAST = (920, 580), (720, 420)
_UNIT = 1000
_NAV_WIDTH = 188
_ASK_MS = 5000
_TURNS: Mapping[int, QAbstractSlider.SliderAction] = {
    Qt.Key.Key_PageUp: QAbstractSlider.SliderAction.SliderPageStepSub,
    Qt.Key.Key_PageDown: QAbstractSlider.SliderAction.SliderPageStepAdd,
}


def _only(_context: str, source: str) -> tuple[str, ...]:
    return (source,)


@dataclass(frozen=True, slots=True, kw_only=True)
class DataParts:
    """What the settings are made from; ``save`` writes them and returns why it could not, if so.

    ``login`` starts the program at login, None where that is not offered; ``updates`` tells whether the
    program knows where newer versions are published. ``in_both`` gives a text in both languages, ``keys``
    what each key does.
    """

    settings: Settings = Settings()  # noqa: RUF009 - a frozen value
    feeds: tuple[FeedChoice, ...] = ()
    save: Callable[[Settings], str | None] = lambda _settings: None
    data_folder: Path | None = None
    log_folder: Path | None = None
    login: LoginSwitch | None = None
    updates: bool = False
    backup: BackupFile | None = None
    in_both: InBoth = _only
    keys: Callable[[], Sequence[tuple[str, str]]] = tuple


class SettingsDialog(QDialog):
    """The pages, and a field that finds a setting. Whoever opened it hears what was chosen and keeps it."""

    ui_changed = Signal(object)
    settings_changed = Signal(object)
    budget_wanted = Signal()
    failed = Signal(str)

    def __init__(
        self,
        ui: UiSettings,
        parts: DataParts,
        zone: str,
        parent: QWidget | None = None,
        after: AfterClosing | None = None,
    ) -> None:
        super().__init__(parent)
        self._ui, self._parts, self._zone = ui, parts, zone
        self._after = after or AfterClosing()
        self._health: Mapping[str, Health] = {}
        self._budget: Budget | None = None
        self._now = datetime.now(UTC)
        self._body: QWidget | None = None
        self._opened = self._choices()
        self._undo: dict[str, object] = {}  # what was chosen for the fields that were put back
        self._put_back: tuple[str, ...] = ()  # their labels
        self._outer = QVBoxLayout(self)
        self._outer.setContentsMargins(0, 0, 0, 0)
        keep_on_screen(self, QSize(px(_LEAST[0]), px(_LEAST[1])))
        usual = QSize(px(_SIZE[0]), px(_SIZE[1]))
        self.resize(usual.boundedTo(screen_room(self) or usual))  # its buttons are at its foot
        self._build(0)
        self._timer = every(self, _ASK_MS, self.budget_wanted.emit)

    def showEvent(self, event: QShowEvent) -> None:
        """Keep the request meter fresh while it can be seen."""
        super().showEvent(event)
        self.budget_wanted.emit()
        self._timer.start()

    def hideEvent(self, event: QHideEvent) -> None:
        """Ask for nothing while nobody looks."""
        self._timer.stop()
        super().hideEvent(event)

    def set_health(self, health: Mapping[str, Health], now: datetime) -> None:
        """Show how the sources are doing."""
        self._health, self._now = dict(health), now
        self.data.set_health(self._health, now)

    def set_budget(self, budget: Budget) -> None:
        """Show other figures of the request budget."""
        self._budget = budget
        self.data.set_budget(budget)

    def set_look(self, ui: UiSettings) -> None:
        """Use other colours or another language: everything is built anew, the page and the focus stay."""
        before = self._unit
        if ui.language is not self._ui.language:
            self._put_back = ()
        self._ui = ui
        self._renew()
        if self._unit != before:
            self._grow(self._unit / before)

    def accept(self) -> None:
        """Keep what is typed, and close; a feed that lacks something is shown instead, and what it lacks."""
        if self.data.finish():
            super().accept()
        else:
            self.open_page(self._pages.index(self.data))
            self.data.feeds.say_fault()

    def reject(self) -> None:
        """Take back every change made since the dialog was opened, and close."""
        focus: QWidget | None = self.focusWidget()
        if focus is not None:
            focus.clearFocus()  # a field that is left passes on what is in it: now, not after the rest
        self._apply(self._opened)
        super().reject()

    def _renew(self) -> None:
        focus: QWidget | None = self.focusWidget()
        held = focus is not None
        # one of several choices has the name of its row; Qt names parts of its own, many alike
        while focus is not None and focus.objectName()[:3] in ("", "qt_"):
            focus = focus.parentWidget() if focus is not self else None
        name = focus.objectName() if focus is not None else ""
        self._build(self.stack.currentIndex())
        again = self.findChild(QWidget, name) if name else None
        if again is not None:
            stop_of(again).setFocus(Qt.FocusReason.TabFocusReason)
        taken: QWidget | None = self.focusWidget()
        if held and taken is None:  # words to be copied have no name
            self.names[self.stack.currentIndex()].setFocus()

    def _grow(self, grown: float) -> None:
        """Grow or shrink with the text, and stay on the screen."""
        keep_on_screen(self, QSize(px(_LEAST[0]), px(_LEAST[1])))
        room = self.screen().availableGeometry().marginsRemoved(frame_of(self))
        wanted = self.geometry()
        size = QSize(round(wanted.width() * grown), round(wanted.height() * grown)).boundedTo(room.size())
        wanted.setSize(size)
        wanted.moveRight(min(wanted.right(), room.right()))
        wanted.moveBottom(min(wanted.bottom(), room.bottom()))
        self.setGeometry(wanted)

    def open_page(self, index: int) -> None:
        """Show a page: general, appearance, data, alerts, keyboard, advanced, about."""
        self.stack.setCurrentIndex(index)
        self.names[index].setChecked(True)
        self._show_foot()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keep Enter from closing the dialog out of a field; turn over what a page has below."""
        turn = _TURNS.get(event.key())
        if turn is not None:
            area = self.stack.currentWidget()
            assert isinstance(area, QAbstractScrollArea)
            area.verticalScrollBar().triggerAction(turn)
        elif event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            super().keyPressEvent(event)

    def _build(self, index: int) -> None:
        draft = None if self._body is None else self.data.draft
        checked = None if self._body is None else self.advanced.checked
        if self._body is not None:
            self._body.hide()
            self._outer.removeWidget(self._body)
            self._body.setParent(None)
            self._body.deleteLater()
        self._unit = px(_UNIT)
        self._body = QWidget()
        self._outer.addWidget(self._body)
        self.setWindowTitle(self.tr("Settings"))
        settings = self._parts.settings
        self.general = GeneralPage(settings, self._parts.login, updates=self._parts.updates)
        self.general.failed.connect(self.failed)
        self.appearance = AppearancePage(self._ui)
        self.data: DataPage = DataPage(settings, self._parts.feeds, self._zone)
        if draft is not None:
            self.data.put_draft(*draft)
        folders = (self._parts.data_folder, self._parts.log_folder)
        self.alerts = AlertsPage(
            settings, tray=self._ui.tray, tray_offered=QSystemTrayIcon.isSystemTrayAvailable()
        )
        self.keys = KeysPage(self._parts.keys())
        self.advanced: AdvancedPage = AdvancedPage(settings, *folders, self._parts.backup, self._after)
        self.about = AboutPage(self._parts.data_folder)
        self._lay_out(self._body)
        self._connect()
        if checked is not None:
            self.advanced.check(checked)
        self.open_page(index)
        self.data.set_health(self._health, self._now)
        if self._budget is not None:
            self.data.set_budget(self._budget)
        if self.isVisible():
            self._body.show()  # Qt would show it an event later, and paint an empty dialog before
            self._outer.activate()

    def _lay_out(self, body: QWidget) -> None:
        pages: tuple[tuple[str, str, SettingsPage], ...] = (
            ("gear", self.tr("General"), self.general),
            ("palette", self.tr("Appearance"), self.appearance),
            ("database", self.tr("Data"), self.data),
            ("bell", self.tr("Alerts"), self.alerts),
            ("keyboard", self.tr("Keyboard"), self.keys),
            ("sliders-horizontal", self.tr("Advanced"), self.advanced),
            ("info", self.tr("About"), self.about),
        )
        self._names, self._pages = tuple(name for _, name, _ in pages), tuple(page for *_, page in pages)
        self.stack = QStackedWidget()
        self.names: list[NavButton] = []
        group = QButtonGroup(body)
        nav = vbox(margins=(px(12), px(16), px(12), px(16)))
        for index, (icon, name, page) in enumerate(pages):
            button = NavButton(icon, name)
            button.setObjectName(f"page-{index}")
            group.addButton(button, index)
            nav.addWidget(button)
            self.names.append(button)
            self.stack.addWidget(scrolled(page, sideways=True))
        rove(group)
        group.idClicked.connect(self._go_to_page)
        nav.addStretch(1)
        side = LinedPanel(Qt.Edge.RightEdge)
        side.setLayout(nav)
        side.setFixedWidth(px(_NAV_WIDTH))
        upper = hbox((side, (self.stack, 1)))
        column = vbox((self._head(), (upper, 1)))
        self.foot = SettingsFoot()
        self.foot.defaults_wanted.connect(self._put_back_defaults)
        self.foot.undo_wanted.connect(self._undo_defaults)
        self.foot.cancelled.connect(self.reject)
        self.foot.done.connect(self.accept)
        column.addWidget(self.foot)
        body.setLayout(column)

    def _head(self) -> QWidget:
        head = LinedPanel(Qt.Edge.BottomEdge)
        title = self.general.words(self.tr("Settings"), Role.TITLE)
        named = tuple(zip(self._names, self._pages, strict=True))
        self.search = SettingsSearch(settings_of(named, self._parts.in_both), self)
        self.search.chosen.connect(self._go)
        hbox(((title, 1), self.search), gap=6, margins=(px(16), px(7), px(16), px(7)), into=head)
        return head

    def _go(self, setting: Setting) -> None:
        """Show a setting that was found, and give it the keyboard."""
        self.open_page(setting.page)
        control = stop_of(setting.control)
        control.setFocus(Qt.FocusReason.TabFocusReason)
        bring_into_view(control)

    def _go_to_page(self, index: int) -> None:
        self._put_back = ()
        self.open_page(index)

    def _choices(self) -> Choices:
        login = self._parts.login
        return Choices(
            settings=self._parts.settings, ui=self._ui, login=login is not None and login.enabled()
        )

    def _show_foot(self) -> None:
        kept = self._pages[self.stack.currentIndex()].kept
        away = off_defaults(kept, self._choices())
        self.foot.show_state(self._put_back, offered=bool(kept), at_defaults=not away)

    def _put_back_defaults(self) -> None:
        """Put back the defaults of the page that is open, remembering what was there."""
        now = self._choices()
        away = off_defaults(self._pages[self.stack.currentIndex()].kept, now)
        names = [name for each in away.values() for name in each]
        self._undo, self._put_back = {name: now.get(name) for name in names}, tuple(away)
        self._apply(now.with_fields(default_values(names)))
        self.foot.undo.setFocus()

    def _undo_defaults(self) -> None:
        self._put_back = ()
        self._apply(self._choices().with_fields(self._undo))
        self.foot.defaults.setFocus()

    def _apply(self, wanted: Choices) -> None:
        """Make these the choices, and show and pass on what is another."""
        now, login = self._choices(), self._parts.login
        if login is not None and wanted.login != now.login:
            self.general.switch_login(login, on=wanted.login)
        if wanted.settings != now.settings:
            self._change(wanted.settings)
        look = wanted.look_since(now)
        if not look and (wanted.settings, wanted.login) == (now.settings, now.login):
            return
        self._ui = wanted.ui
        if look:
            self.ui_changed.emit(look)
        self._renew()

    def _connect(self) -> None:
        for page in self._pages:
            page.ui_changed.connect(self.ui_changed)
            page.settings_changed.connect(self._change)
        self.general.login_switched.connect(self._show_foot)

    def _change(self, settings: Settings) -> None:
        self._parts = replace(self._parts, settings=settings)
        for page in self._pages:
            page.put(settings)
        self._show_foot()
        self.settings_changed.emit(settings)
        self.budget_wanted.emit()
