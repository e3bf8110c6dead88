"""The stack of popups in the corner of the screen: one per cause, three at most."""

import sys
from datetime import datetime

from PySide6.QtCore import QObject, QPoint, QRect, Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from stackwatch.domain.alert import Alert, AlertState
from stackwatch.domain.events import AlertRaised, AlertUpdated, ClockTicked, Event
from stackwatch.domain.market import MarketClock
from stackwatch.domain.rule import Severity
from stackwatch.domain.watchlist import Ecosystem, Language
from stackwatch.engine.commands import Commands
from stackwatch.ui.alerts.toast_card import POPUP_FLAGS, UNPLACED, ToastCard
from stackwatch.ui.alerts.toast_facts import snooze_choices, toast_facts
from stackwatch.ui.kit.chips import ActionButton
from stackwatch.ui.kit.theme import Theme
from stackwatch.ui.snapshot import Snapshot

MOST = 3
_MARGIN, _GAP = 16, 8


class ToastStack(QObject):
    """Shows alerts that may pop up; alerts of one group share a card that changes in place."""

    entity_activated = Signal(str)
    alert_activated = Signal(str)

    def __init__(
        self,
        ecosystem: Ecosystem,
        commands: Commands,
        theme: Theme,
        language: Language,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._ecosystem, self._commands, self._theme, self._language = ecosystem, commands, theme, language
        self._window = parent
        self._snapshot = Snapshot(ecosystem)
        self._markets: tuple[MarketClock, ...] = ()
        self._cards: dict[str, ToastCard] = {}
        self._alerts: dict[str, dict[str, Alert]] = {}
        self._missed: list[str] = []
        self._more: ActionButton | None = None

    @property
    def cards(self) -> tuple[ToastCard, ...]:
        """The cards on screen, oldest first."""
        return tuple(self._cards.values())

    @property
    def missed(self) -> int:
        """How many causes were pushed off the screen since the stack was last empty."""
        return len(self._missed)

    def apply(self, event: Event) -> None:
        """Take in one event of the core."""
        match event:
            case AlertRaised(alert=alert, popup=True):
                self._raise(alert)
            case AlertUpdated(alert=alert) if alert.id in self._alerts.get(alert.group, {}):
                self._update(alert)
            case ClockTicked(markets=markets):
                self._snapshot.apply(event)
                self._markets = markets
            case _:
                pass

    def set_theme(self, theme: Theme) -> None:
        """Use other colours and sizes."""
        self._theme = theme
        self._fill_all()

    def set_language(self, language: Language) -> None:
        """Use another language."""
        self._language = language
        self._fill_all()

    def focus_newest(self) -> None:
        """Bring the keyboard to the newest card."""
        if self._cards:
            next(reversed(self._cards.values())).focus()

    def close_all(self) -> None:
        """Take every card off the screen."""
        for card in self.cards:
            card.dismiss()

    def _raise(self, alert: Alert) -> None:
        group = alert.group
        known = self._alerts.setdefault(group, {})
        known[alert.id] = alert
        if group in self._cards:
            self._fill(group)
        else:
            self._make_room()
            card = ToastCard(self._ecosystem, self._theme, self._language, self._host())
            card.opened.connect(lambda: self._open(group))
            card.snoozed.connect(lambda until: self._snooze(group, until))
            card.closed.connect(lambda: self._drop(group, card))
            card.resized.connect(self._arrange)
            self._cards[group] = card
            self._fill(group)
            card.appear()
        self._arrange()
        self._commands.note_shown(alert.id)

    def _update(self, alert: Alert) -> None:
        self._alerts[alert.group][alert.id] = alert
        if alert.state is AlertState.NEW:
            self._fill(alert.group)
        elif all(a.state is not AlertState.NEW for a in self._alerts[alert.group].values()):
            self._cards[alert.group].dismiss()

    def _fill(self, group: str) -> None:
        alerts = sorted(self._alerts[group].values(), key=lambda a: a.fired_at)
        facts = toast_facts(alerts, self._ecosystem, self._language)
        choices = snooze_choices(facts.title, self._snapshot.now, self._markets, self._language)
        self._cards[group].put(facts, choices, self._theme, self._language)

    def _fill_all(self) -> None:
        for group in self._cards:
            self._fill(group)
        self._arrange()

    def _make_room(self) -> None:
        """Push the oldest card off, a severe one last."""
        while len(self._cards) >= MOST:
            severities = {g: max(a.severity for a in self._alerts[g].values()) for g in self._cards}
            mild = [g for g, severity in severities.items() if severity is not Severity.SEVERE]
            group = (mild or list(self._cards))[0]
            self._missed.append(self._newest(group).id)
            self._cards[group].close()

    def _host(self) -> QWidget | None:
        """Return the window where the platform cannot place popups of a program's own, or raise them."""
        window = self._window.window() if self._window is not None else None
        return window if QGuiApplication.platformName().startswith(UNPLACED) else None

    def _corner(self) -> QRect:
        host = self._host()
        if host is not None:
            return host.rect()
        screen = self._window.screen() if self._window is not None else QGuiApplication.primaryScreen()
        return screen.availableGeometry()

    def _arrange(self) -> None:
        """Put the newest nearest the corner."""
        area = self._corner()
        top_down = sys.platform == "darwin"
        y = area.top() + _MARGIN if top_down else area.bottom() + 1 - _MARGIN
        for card in reversed(self._cards.values()):
            height = card.height()
            x = area.right() + 1 - _MARGIN - card.width()
            card.move(QPoint(x, y if top_down else y - height))
            y += (height + _GAP) if top_down else -(height + _GAP)
        self._place_more(area, y, top_down=top_down)

    def _place_more(self, area: QRect, y: int, *, top_down: bool) -> None:
        if not self._missed or not self._cards:
            if self._more is not None:
                self._more.hide()
            return
        if self._more is None:
            self._more = self._new_more()
        self._more.set_theme(self._theme)
        self._more.put(self.tr("{0} more").format(len(self._missed)))
        size = self._more.sizeHint()
        self._more.resize(size)
        self._more.move(area.right() + 1 - _MARGIN - size.width(), y if top_down else y - size.height())

    def _new_more(self) -> ActionButton:
        more = ActionButton(self._theme, parent=self._host())
        if more.parent() is None:
            more.setWindowFlags(POPUP_FLAGS)
            more.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
            more.setAttribute(Qt.WidgetAttribute.WA_TranslucentBackground)
            more.setAttribute(Qt.WidgetAttribute.WA_QuitOnClose, False)
            self.destroyed.connect(more.deleteLater)
        more.clicked.connect(self._show_inbox)
        return more

    def _show_inbox(self) -> None:
        newest = self._missed[-1]
        self._missed.clear()
        self._arrange()
        self.alert_activated.emit(newest)

    def _newest(self, group: str) -> Alert:
        return max(self._alerts[group].values(), key=lambda a: a.fired_at)

    def _open(self, group: str) -> None:
        newest = self._newest(group)
        for alert in self._alerts[group].values():
            if alert.state is AlertState.NEW:
                self._commands.mark_seen(alert.id)
        self.alert_activated.emit(newest.id)
        if self._snapshot.knows(newest.subject):
            self.entity_activated.emit(newest.subject)

    def _snooze(self, group: str, until: datetime) -> None:
        newest = self._newest(group)
        self._commands.snooze(newest.id, until)

    def _drop(self, group: str, card: ToastCard) -> None:
        if self._cards.get(group) is not card:
            return
        del self._cards[group]
        del self._alerts[group]
        card.deleteLater()
        if not self._cards:
            self._missed.clear()
        self._arrange()
