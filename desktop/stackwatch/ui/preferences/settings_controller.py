"""Opens the settings, keeps what they show, and passes on what was chosen."""

import logging
from dataclasses import replace
from datetime import UTC, datetime

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from stackwatch.domain.budget import Budget
from stackwatch.domain.events import BudgetChanged, ClockTicked, Event, HealthChanged
from stackwatch.domain.health import Health
from stackwatch.domain.settings import Settings
from stackwatch.engine.window_commands import Commands
from stackwatch.ui.kit.dim_overlay import open_over
from stackwatch.ui.kit.home_zone import current_zone
from stackwatch.ui.kit.theme import Theme, current_theme
from stackwatch.ui.preferences.settings import UiSettings
from stackwatch.ui.preferences.settings_advanced import AfterClosing
from stackwatch.ui.preferences.settings_dialog import DataParts, SettingsDialog

_log = logging.getLogger(__name__)


class SettingsController(QObject):
    """Opens the settings of a window and keeps what they change; ``failed`` says why that was not written.

    What was not written is tried again with every tick, and at the end.
    """

    failed = Signal(str)
    mended = Signal(str)  # what had failed and is written now
    ui_changed = Signal(object)  # fields of UiSettings that are others
    changed = Signal()  # the choices about data are others

    def __init__(self, parts: DataParts, commands: Commands, window: QWidget) -> None:
        super().__init__(window)
        self._parts, self._commands, self._window = parts, commands, window
        self._health: dict[str, Health] = {}
        self._fault = ""
        self._budget: Budget | None = None
        self._now: datetime | None = None
        self._look: tuple[Theme, UiSettings] | None = None
        self.dialog: SettingsDialog | None = None
        self.after = AfterClosing(self)

    @property
    def settings(self) -> Settings:
        """The choices about data as they are now."""
        return self._parts.settings

    def apply(self, event: Event) -> None:
        """Take in one event of the core."""
        match event:
            case HealthChanged():
                self._health[event.health.source] = event.health
                self._show_health()
            case ClockTicked():
                self._now = event.now
                self._show_health()
                self.write_left()
            case BudgetChanged():
                self._budget = event.budget
                if self.dialog is not None:
                    self.dialog.set_budget(event.budget)

    def set_look(self, ui: UiSettings) -> None:
        """Use other colours or another language."""
        look = (current_theme(), ui)
        if self._look == look:
            return
        self._look = look
        if self.dialog is not None:
            self.dialog.set_look(ui)

    def open(self) -> None:
        """Show the settings, once."""
        if self.dialog is not None:
            return
        assert self._look is not None
        dialog = SettingsDialog(self._look[1], self._parts, current_zone(), self._window, self.after)
        dialog.ui_changed.connect(self.ui_changed)
        dialog.settings_changed.connect(self._change)
        dialog.failed.connect(self.failed)
        dialog.budget_wanted.connect(self._commands.request_budget)
        dialog.finished.connect(self._forget)
        self.dialog = dialog
        self._show_health()
        if self._budget is not None:
            dialog.set_budget(self._budget)
        open_over(self._window, dialog)

    def block(self, publisher: str) -> bool:
        """Never take in a publisher's headlines again; returns whether that is new."""
        blocked = self._parts.settings.blocked_sources
        if publisher.casefold() in (name.casefold() for name in blocked):
            return False
        self._change(replace(self._parts.settings, blocked_sources=(*blocked, publisher)))
        return True

    def allow(self, publisher: str) -> bool:
        """Take in a publisher's headlines again; returns whether it was blocked."""
        blocked = self._parts.settings.blocked_sources
        if publisher not in blocked:
            return False
        left = tuple(name for name in blocked if name != publisher)
        self._change(replace(self._parts.settings, blocked_sources=left))
        return True

    def _change(self, settings: Settings) -> None:
        self._parts = replace(self._parts, settings=settings)
        self._commands.change_settings(settings)
        self.changed.emit()
        self._keep(tell=True)

    def write_left(self) -> None:
        """Write what could not be written before."""
        if self._fault:
            self._keep(tell=False)

    def _keep(self, *, tell: bool) -> None:
        """Write the choices; what was said before is said again only to ``tell`` of another change."""
        before, self._fault = self._fault, self._parts.save(self._parts.settings) or ""
        if before == self._fault and not tell:
            return
        if before:
            self.mended.emit(before)
        if self._fault:
            _log.error("%s", self._fault)
            self.failed.emit(self._fault)

    def _show_health(self) -> None:
        if self.dialog is not None:
            self.dialog.set_health(self._health, self._now or datetime.now(UTC))

    def _forget(self) -> None:
        self.dialog = None
