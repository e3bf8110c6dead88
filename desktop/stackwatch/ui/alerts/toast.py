"""The stack of popups in the corner of the screen: one per cause, three at most, older ones brief."""

import sys
from typing import cast

from PySide6.QtCore import QObject, QPoint, QRect, Signal
from PySide6.QtGui import QGuiApplication, QScreen
from PySide6.QtWidgets import QWidget

from stackwatch.domain.alert import BREAKER, Alert, AlertState
from stackwatch.domain.events import AlertRaised, AlertUpdated, AwayDigest, ClockTicked, Event
from stackwatch.domain.rule import Severity
from stackwatch.domain.watchlist import Ecosystem
from stackwatch.domain.words.rule_names import fired_rule_name
from stackwatch.engine.window_commands import Commands
from stackwatch.ui.alerts.digest import digest_facts
from stackwatch.ui.alerts.note_cards import BreakerCard, DigestCard
from stackwatch.ui.alerts.popup_card import (
    POPUP_FLAGS,
    UNPLACED,
    PopupCard,
    cut_corners,
    float_alone,
    stay_above,
)
from stackwatch.ui.alerts.snooze_menu import SnoozeChoice, SnoozeSection, snooze_sections
from stackwatch.ui.alerts.toast_card import ToastCard
from stackwatch.ui.alerts.toast_facts import fired_words, toast_facts
from stackwatch.ui.kit.chips import ActionButton
from stackwatch.ui.kit.language import current_language
from stackwatch.ui.kit.timers import once_after
from stackwatch.ui.snapshot import Snapshot

MOST = 3
_MARGIN, _GAP = 16, 8
_SETTLE_MS = 100  # after which screens, and the windows on them, stand where they stay
_MORE_RADIUS = 6  # as buttons have it
_DIGEST, _BREAKER = "note:digest", "note:breaker:"  # keys of cards that are about no group


class ToastStack(QObject):
    """Shows alerts that may pop up; those of one group and session share a card that changes in place.

    A digest and a rule that fired too often have cards of their own among them.
    """

    entity_activated = Signal(str)
    story_chosen = Signal(str, str)  # whom an alert is about, and its story, where that is all it says
    alert_activated = Signal(str)
    rule_requested = Signal(str, str)  # its id, and the subject of the alert
    digest_requested = Signal()
    left = Signal()  # the keyboard comes back from a card, or one inside the window that had it is gone
    appeared = Signal(object)  # the Alert of a new card; never of one that only changed
    carded = Signal(object)  # a PopupCard that comes

    def __init__(self, ecosystem: Ecosystem, commands: Commands, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._ecosystem, self._commands = ecosystem, commands
        self._window = parent
        self._snapshot = Snapshot(ecosystem)
        self._cards: dict[str, PopupCard] = {}
        self._digest: AwayDigest | None = None
        self._alerts: dict[str, dict[str, Alert]] = {}
        self._missed: list[str] = []
        self._more: ActionButton | None = None
        self._hour = ""  # in one of them each exchange's day turns
        self._settle = once_after(self, _SETTLE_MS, self.arrange)
        self._watch_screens()

    def _watch_screens(self) -> None:
        """Put the cards where they are seen when a screen is unplugged, comes, or has other room."""
        app = cast(QGuiApplication, QGuiApplication.instance())
        app.screenAdded.connect(self._follow_screen)
        app.screenRemoved.connect(self._settle_soon)
        for screen in app.screens():
            screen.availableGeometryChanged.connect(self._settle_soon)

    def _follow_screen(self, screen: QScreen) -> None:
        screen.availableGeometryChanged.connect(self._settle_soon)
        self._settle_soon()

    def _settle_soon(self, *_what: object) -> None:
        self._settle.start()

    @property
    def cards(self) -> tuple[PopupCard, ...]:
        """The cards on screen, oldest first."""
        return tuple(self._cards.values())

    def apply(self, event: Event) -> None:
        """Take in one event of the core."""
        match event:
            case AlertRaised(alert=alert, popup=True):
                self._raise(alert)
            case AlertRaised(alert=alert) if alert.suppressed_by == BREAKER:
                self._say_broken(alert)
            case AwayDigest():
                stands = self._digest if _DIGEST in self._cards else None
                self._digest = event if stands is None else event.with_earlier(stands)
                self._say_missed()
                for alert in event.alerts:  # else the next start would tell them again
                    self._commands.note_shown(alert.id)
            case AlertUpdated(alert=alert) if alert.id in self._alerts.get(_card_of(alert), {}):
                self._update(alert)
            case AlertUpdated(alert=alert) if alert.id in self._missed and alert.state is not AlertState.NEW:
                self._missed.remove(alert.id)
                self.arrange()
            case ClockTicked():
                self._snapshot.apply(event)
                self._turn_day()

    def retranslate(self) -> None:
        """Fill every card anew, in the language in use."""
        for key in self._cards:
            self._fill(key)
        self.arrange()

    def focus_next(self) -> None:
        """Bring the keyboard to the newest card, from one to the one before, from the oldest back."""
        cards = list(reversed(self.cards))
        after = next((place for place, card in enumerate(cards, 1) if card.has_keyboard()), 0)
        if after < len(cards):
            cards[after].focus()
        elif cards and cards[0].isWindow() and self._window is not None:
            self._window.activateWindow()  # it knows where the keyboard was
        elif cards:
            self.left.emit()
        if after:
            cards[after - 1].resume()

    def close_all(self) -> None:
        """Take every card off the screen."""
        for card in self.cards:
            card.dismiss()

    def _raise(self, alert: Alert) -> None:
        key = _card_of(alert)
        known = self._alerts.setdefault(key, {})
        known[alert.id] = alert
        if key in self._cards:
            self._fill(key)
            self._cards[key].renew()
            self._leave_room(key)
        else:
            card = ToastCard(self._ecosystem, self._host())
            card.opened.connect(lambda: self._open(key))
            card.snoozed.connect(lambda choice: self._snooze(key, choice))
            card.seen.connect(lambda: self._see(key))
            card.rule_requested.connect(lambda: self._ask_for_rule(self._newest(key)))
            self._put_up(key, card)
            self.appeared.emit(alert)
        self.arrange()
        self._commands.note_shown(alert.id)

    def _say_missed(self) -> None:
        """Tell a digest; a newer one changes the card in place."""
        if _DIGEST in self._cards:
            self._fill(_DIGEST)
            self._cards[_DIGEST].renew()
            return
        card = DigestCard(self._host())
        card.opened.connect(self.digest_requested)
        self._put_up(_DIGEST, card)

    def _say_broken(self, alert: Alert) -> None:
        """Say once that a rule fired too often."""
        key = f"{_BREAKER}{alert.rule_id}"
        if key in self._cards:
            return
        self._alerts[key] = {alert.id: alert}
        card = BreakerCard(self._host())
        card.opened.connect(lambda: self._ask_for_rule(alert))
        self._put_up(key, card)

    def _put_up(self, key: str, card: PopupCard) -> None:
        self._make_room()
        card.closed.connect(lambda: self._drop(key, card))
        card.left.connect(self.left)
        card.next_wanted.connect(self.focus_next)
        card.resized.connect(self.arrange)
        card.waits = self._is_attended
        card.attended.connect(self._follow_attention)
        self._cards[key] = card
        self.carded.emit(card)
        self._fill(key)
        self._stand_above(card)
        card.appear()
        self._leave_room(key)
        self.arrange()

    def _is_attended(self) -> bool:
        return any(card.is_busy() for card in self._cards.values())

    def _follow_attention(self) -> None:
        """Let no card go while somebody is at one: that would move from under the pointer."""
        for card in self._cards.values():
            if self._is_attended():
                card.pause()
            elif not card.counting:
                card.resume()

    def _update(self, alert: Alert) -> None:
        key = _card_of(alert)
        self._alerts[key][alert.id] = alert
        if alert.state is AlertState.NEW:
            self._fill(key)
        elif all(a.state is not AlertState.NEW for a in self._alerts[key].values()):
            self._cards[key].dismiss()

    def _fill(self, key: str) -> None:
        card, now = self._cards[key], self._snapshot.now
        replay = self._snapshot.replay
        if isinstance(card, ToastCard):
            alerts = sorted(self._alerts[key].values(), key=lambda a: a.fired_at)
            facts = toast_facts(alerts, self._ecosystem, now)
            card.put(facts, lambda: self._snoozes(facts.alert))
        elif isinstance(card, DigestCard) and self._digest is not None:
            card.put(digest_facts(self._digest, self._ecosystem, now), replay=replay)
        elif isinstance(card, BreakerCard):
            alert = self._newest(key)
            rule = fired_rule_name(alert, current_language())
            card.put(rule, fired_words(alert, self._ecosystem, now), replay=replay)

    def _turn_day(self) -> None:
        """Let cards that stand over midnight name the day."""
        hour = f"{self._snapshot.now:%Y%j%H}"
        if hour != self._hour:
            self._hour = hour
            self.retranslate()

    def _snoozes(self, alert: Alert) -> tuple[SnoozeSection, ...]:
        return snooze_sections(alert, self._snapshot.now, self._snapshot.markets, self._ecosystem)

    def _make_room(self) -> None:
        """Push the oldest card off, a severe one or one that somebody is at last."""
        while len(self._cards) >= MOST:
            mild = [key for key in self._cards if not self._is_kept(key)]
            self._push_off((mild or list(self._cards))[0])

    def _leave_room(self, newest: str) -> None:
        """Make older cards brief, severe ones last, where all would cover more than two fifths of the screen.

        Where that leaves more than half of it covered, the oldest that are not severe are pushed off. One
        that somebody is at stays as it is.
        """
        older = [key for key, card in self._cards.items() if key != newest and not card.is_busy()]
        high = self._corner().height()
        for card in (self._cards[key] for key in sorted(older, key=self._is_severe)):
            if isinstance(card, ToastCard) and self._covered() > high * 2 // 5:
                card.make_brief()
        mild = [key for key in older if not self._is_severe(key)]
        while mild and self._covered() > high // 2:
            self._push_off(mild.pop(0))

    def _covered(self) -> int:
        return _MARGIN + sum(card.height() + _GAP for card in self._cards.values())

    def _push_off(self, key: str) -> None:
        if isinstance(self._cards[key], ToastCard):
            self._missed.append(self._newest(key).id)
        self._cards[key].close()

    def _is_kept(self, key: str) -> bool:
        return self._cards[key].is_busy() or self._is_severe(key)

    def _is_severe(self, key: str) -> bool:
        return any(alert.severity is Severity.SEVERE for alert in self._alerts.get(key, {}).values())

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

    def arrange(self) -> None:
        """Put the newest nearest the corner, also after the window changed its size."""
        area = self._corner()
        top_down = sys.platform == "darwin"
        y = area.top() + _MARGIN if top_down else area.bottom() + 1 - _MARGIN
        for card in reversed(self._cards.values()):
            self._stand_above(card)
            height = card.height()
            x = area.right() + 1 - _MARGIN - card.width()
            card.move(QPoint(x, y if top_down else y - height))
            y += (height + _GAP) if top_down else -(height + _GAP)
        self._place_more(area, top_down=top_down)

    def _stand_above(self, part: QWidget) -> None:
        """Tie a popup to a window that fills the screen: on X11 that is above whatever stays on top."""
        window = self._window.window() if self._window is not None else None
        if window is not None and part.isWindow():
            fills = window.isFullScreen() and not window.isMinimized()
            stay_above(part, window if fills else None)

    def _place_more(self, area: QRect, *, top_down: bool) -> None:
        """Say beside the newest card how many more there are: above all it stood on a chart's price."""
        if not self._missed or not self._cards:
            if self._more is not None:
                self._more.hide()
            return
        if self._more is None:
            self._more = self._new_more()
        self._more.put(self.tr("{0} more").format(len(self._missed)))
        self._more.setAccessibleName(self.tr("{0} more alerts").format(len(self._missed)))
        size = self._more.sizeHint()
        self._more.resize(size)
        cut_corners(self._more, _MORE_RADIUS)
        x = area.right() + 1 - _MARGIN - self.cards[-1].width() - _GAP - size.width()
        y = area.top() + _MARGIN if top_down else area.bottom() + 1 - _MARGIN - size.height()
        self._more.move(x, y)
        self._stand_above(self._more)
        self._more.show()  # a window of its own is not shown by its words

    def _new_more(self) -> ActionButton:
        more = ActionButton(parent=self._host())
        if more.parent() is None:
            more.setWindowFlags(POPUP_FLAGS)
            float_alone(more)
            self.destroyed.connect(more.deleteLater)
        more.clicked.connect(self._show_inbox)
        return more

    def _show_inbox(self) -> None:
        newest = self._missed[-1]
        self._missed.clear()
        self.arrange()
        self.alert_activated.emit(newest)

    def _newest(self, key: str) -> Alert:
        return max(self._alerts[key].values(), key=lambda a: a.fired_at)

    def _open(self, key: str) -> None:
        newest = self._newest(key)
        self._see(key)
        self.alert_activated.emit(newest.id)
        card = self._cards[key]
        if not self._snapshot.knows(newest.subject):
            return
        if isinstance(card, ToastCard) and card.facts is not None and card.facts.story is not None:
            self.story_chosen.emit(newest.subject, card.facts.story.id)
        else:
            self.entity_activated.emit(newest.subject)

    def _see(self, key: str) -> None:
        for alert in self._alerts[key].values():
            if alert.state is AlertState.NEW:  # that it is seen would end a snooze
                self._commands.mark_seen(alert.id)

    def _snooze(self, key: str, choice: SnoozeChoice) -> None:
        newest = self._newest(key)
        self._commands.snooze(newest.id, choice.until, choice.scope, choice.name)

    def _ask_for_rule(self, alert: Alert) -> None:
        self.rule_requested.emit(alert.rule_id, alert.subject)

    def _drop(self, key: str, card: PopupCard) -> None:
        if self._cards.get(key) is not card:
            return
        del self._cards[key]
        self._alerts.pop(key, None)
        card.deleteLater()
        if not self._cards:
            self._missed.clear()
        elif isinstance(newest := self.cards[-1], ToastCard) and not self._is_attended():
            newest.make_whole()
        self._follow_attention()
        self.arrange()


def _card_of(alert: Alert) -> str:
    """Name the card of an alert: one that stood over night says nothing of the day that follows."""
    day = alert.occasion
    return f"{alert.group} {day.session_key} {day.hours} {day.region}"
