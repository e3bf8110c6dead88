"""For how long, and what, an alert can be snoozed: the choices and their menu."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from stackwatch.domain.alert import Alert, SnoozeScope, silent_until
from stackwatch.domain.market import MarketClock
from stackwatch.domain.watchlist import Ecosystem
from stackwatch.domain.words import alert_words, wording
from stackwatch.domain.words import format as text
from stackwatch.domain.words.rule_names import fired_rule_name
from stackwatch.ui.kit import icons
from stackwatch.ui.kit.home_zone import current_zone
from stackwatch.ui.kit.language import current_language
from stackwatch.ui.kit.menus import Menu, in_menu
from stackwatch.ui.kit.theme import current_theme

_MOST_NAMES = 12


@dataclass(frozen=True, slots=True)
class SnoozeChoice:
    """A snooze: its words, its end as a clock or date, the end itself, and what it silences."""

    words: str
    clock: str
    until: datetime
    scope: SnoozeScope = SnoozeScope.CAUSE
    name: str = ""


@dataclass(frozen=True, slots=True)
class SnoozeSection:
    """Choices that belong together; with a ``title`` they are a menu of their own, with an icon."""

    choices: tuple[SnoozeChoice, ...]
    title: str = ""
    icon: str = ""


def snooze_sections(
    alert: Alert, now: datetime, markets: Sequence[MarketClock], ecosystem: Ecosystem
) -> tuple[SnoozeSection, ...]:
    """Offer spans for the cause, then the rest of the day for the cause, single names and the rule."""
    language = current_language()
    tr = QCoreApplication.translate
    # A day of Seoul's is over in New York's morning.
    zone = alert_words.alert_zone(alert, ecosystem, current_zone())
    midnight = silent_until(now, 1, ZoneInfo(zone))
    clock = text.zoned_clock(midnight, now, zone, language)

    def today(words: str, scope: SnoozeScope, name: str = "") -> SnoozeChoice:
        return SnoozeChoice(words, clock, midnight, scope, name)

    title = wording.short_name(alert.subject, ecosystem, language)
    rule = fired_rule_name(alert, language)
    names = tuple(dict.fromkeys(m.symbol for m in alert.members))[:_MOST_NAMES]
    words = tr("Toast", "{0} today").format(title)
    whom: tuple[SnoozeSection, ...]
    if names == (alert.subject,):  # the name is the cause
        whom = (SnoozeSection((today(words, SnoozeScope.NAME, alert.subject),), icon="tag"),)
    else:
        whom = (
            SnoozeSection((today(words, SnoozeScope.CAUSE),), icon="share-network"),
            SnoozeSection(
                tuple(today(name, SnoozeScope.NAME, name) for name in names),
                title=tr("Toast", "One name only"),
                icon="tag",
            ),
        )
    return (
        SnoozeSection(snooze_spans(now, _own(alert, markets, ecosystem), zone)),
        *whom,
        SnoozeSection((today(tr("Toast", "Rule today: {0}").format(rule), SnoozeScope.RULE),), icon="bell-z"),
    )


def snooze_spans(now: datetime, markets: Sequence[MarketClock], zone: str) -> tuple[SnoozeChoice, ...]:
    """Offer ends for a snooze of a cause: minutes, the next open of any of the markets, Monday of a zone."""
    tr = QCoreApplication.translate
    opens = sorted((m.next_opening, m.label) for m in markets if m.next_opening is not None)
    ends = [
        (tr("Toast", "15 minutes"), now + timedelta(minutes=15)),
        (tr("Toast", "1 hour"), now + timedelta(hours=1)),
    ]
    if opens:
        first, label = opens[0][0], wording.exchange_word(opens[0][1], current_language())
        ends.append((tr("Toast", "Until {0} opens").format(label), first))
    spans = [
        SnoozeChoice(words, text.zoned_clock(until, now, zone, current_language()), until)
        for words, until in ends
    ]
    local = ZoneInfo(zone)
    monday = silent_until(now, 7 - now.astimezone(local).weekday(), local)
    day = text.day_month(monday, current_language())
    return (*spans, SnoozeChoice(tr("Toast", "Until Monday"), day, monday))


def _own(alert: Alert, markets: Sequence[MarketClock], ecosystem: Ecosystem) -> tuple[MarketClock, ...]:
    """Return the markets in which an alert's shares trade; all where it is about no share."""
    listed = {alert.subject, *(member.symbol for member in alert.members)} & ecosystem.instruments.keys()
    own = {ecosystem.instruments[symbol].calendar for symbol in listed}
    return tuple(market for market in markets if not own or market.calendar in own)


class SnoozeMenu(Menu):
    """The choices of a popup or an alert in the list; ``chosen`` carries a SnoozeChoice."""

    chosen = Signal(object)
    rule_requested = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._names = QMenu(self)

    def put(self, sections: Sequence[SnoozeSection]) -> None:
        """Offer other choices."""
        self.clear()
        self._names.clear()
        theme = current_theme()
        for section in sections:
            icon = icons.icon(section.icon, theme.t2) if section.icon else None
            menu: QMenu = self
            if section.title and len(section.choices) > 1:
                self._names.setTitle(section.title)
                self._names.setIcon(icons.icon(section.icon, theme.t2))
                self.addMenu(self._names)
                menu, icon = self._names, None
            for choice in section.choices:
                words = choice.words
                if section.title and menu is self:
                    words = self.tr("{0} only").format(choice.words)
                action = menu.addAction(f"{in_menu(words)}\t{choice.clock}")
                if icon is not None:
                    action.setIcon(icon)
                action.triggered.connect(lambda _checked=False, chosen=choice: self.chosen.emit(chosen))
            if section is sections[0]:
                self.addSeparator()

    def offer_rule(self) -> None:
        """Offer the rule at the end."""
        theme = current_theme()
        edit = QAction(icons.icon("sliders-horizontal", theme.t2), self.tr("Edit the rule"), self)
        edit.triggered.connect(self.rule_requested)
        self.addAction(edit)
