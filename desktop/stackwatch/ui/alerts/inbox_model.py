"""The alerts as a table, newest first, each worded once it is seen: all that ever fired are kept."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from enum import IntEnum

from PySide6.QtCore import (
    QAbstractTableModel,
    QCoreApplication,
    QModelIndex,
    QObject,
    Qt,
)

from stackwatch.domain.alert import Alert, AlertState, SnoozeScope
from stackwatch.domain.rule import Severity
from stackwatch.domain.watchlist import Ecosystem
from stackwatch.domain.words import alert_words, wording
from stackwatch.domain.words import format as text
from stackwatch.domain.words.rule_names import fired_rule_name
from stackwatch.domain.words.story_words import TitleClause
from stackwatch.ui.alerts.severity_words import severity_word
from stackwatch.ui.kit.announce import aloud
from stackwatch.ui.kit.home_zone import current_zone
from stackwatch.ui.kit.initials import begun
from stackwatch.ui.kit.language import current_language
from stackwatch.ui.kit.row_list import ROW_ROLE, ModelIndex
from stackwatch.ui.kit.search_line import folded
from stackwatch.ui.kit.tips import as_tip, sar_help


class InboxColumn(IntEnum):
    """The columns of the inbox."""

    SEVERITY = 0
    TIME = 1
    SUBJECT = 2
    MOVE = 3
    SAR = 4
    FOUND = 5
    RULE = 6
    STATE = 7
    ACTIONS = 8


class Filter(IntEnum):
    """Which alerts are shown."""

    ALL = 0
    NEW = 1
    SNOOZED = 2

    def lets_in(self, alert: Alert) -> bool:
        """Whether an alert is shown."""
        if self is Filter.NEW:
            return alert.state is AlertState.NEW
        return self is Filter.ALL or alert.state is AlertState.SNOOZED


@dataclass(frozen=True, slots=True)
class AlertCriteria:
    """Which alerts are shown: in a state, at least so severe, about one of some ids, with words in them."""

    state: Filter = Filter.ALL
    least: Severity = Severity.NOTICE
    subjects: frozenset[str] = frozenset()  # empty: about anything
    words: str = ""

    @property
    def narrows(self) -> bool:
        """Whether anything but the state is asked for."""
        return replace(self, state=Filter.ALL) != AlertCriteria()

    def lets_in(self, alert: Alert) -> bool:
        """Whether an alert may be shown, its words aside."""
        if not self.state.lets_in(alert) or alert.severity < self.least:
            return False
        about = {alert.subject, *(member.symbol for member in alert.members)}
        return not self.subjects or not self.subjects.isdisjoint(about)

    def finds(self, row: "AlertRow") -> bool:
        """Whether every word that is looked for is in a row, or may be once its last syllable is whole."""
        said = _as_typed(f"{row.name} {row.called} {row.what} {row.rule} {row.accessible_text}")
        return all(begun(word).search(said) for word in _as_typed(self.words).split())


def _as_typed(words: str) -> str:
    """Return words as a keyboard writes them, with a percent sign at its figure."""
    return folded(words).replace(" %", "%")


@dataclass(frozen=True, slots=True, kw_only=True)
class AlertRow:
    """One alert as shown."""

    key: str
    alert: Alert
    time: str
    name: str
    called: str  # by its symbol or id and by its names, whichever is shown
    what: str
    move: float | None
    move_text: str
    sar: float | None
    sar_text: str
    found: str
    clause: TitleClause | None
    rule: str
    state: str
    accessible_text: str


def alert_row(alert: Alert, ecosystem: Ecosystem, now: datetime) -> AlertRow:
    """Word an alert for a list."""
    language = current_language()
    own = alert.own_move
    name, names = wording.short_name(alert.subject, ecosystem, language), ecosystem.names_of(alert.subject)
    found = alert_words.alert_told(alert, ecosystem, language)
    group = alert_words.is_group(alert, ecosystem)
    if group and (verdict := alert_words.group_verdict(alert, language)):
        found = f"{found}; {verdict[0].lower()}{verdict[1:]}"
    state = state_words(alert, ecosystem, now)
    held = "" if alert.suppressed_by is None else wording.reason_words(alert.suppressed_by, language)
    sentence = alert_words.alert_sentence(alert, ecosystem, language)
    return AlertRow(
        key=alert.id,
        alert=alert,
        time=text.column_time(alert.fired_at, now, current_zone(), language),
        name=name,
        called=f"{alert.subject} {names.en} {names.ko}",
        what=alert_words.happened(alert, ecosystem, language),
        move=own.move_pct if own else None,
        move_text=text.percent(own.move_pct if own else None),
        sar=own.sar if own else None,
        sar_text=text.sar(own.sar if own else None),
        found=found,
        clause=alert_words.alert_clause(alert),
        rule=fired_rule_name(alert, language),
        state=f"{state}, {held}" if held and alert.state is not AlertState.SNOOZED else state,
        accessible_text=f"{sentence} {state}: {held}" if held else f"{sentence} {state}",
    )


def entity_row(alert: Alert, entity_id: str, ecosystem: Ecosystem, now: datetime) -> AlertRow:
    """Word an alert for the tab of an entity: who it is about where that is another, its state in a word.

    Times are those of the entity's exchange, as beside the tab.
    """
    row, zone = alert_row(alert, ecosystem, now), wording.zone_of(entity_id, ecosystem, current_zone())
    found = row.found if alert.subject == entity_id else f"{row.name}: {row.found}"
    time = text.column_time(alert.fired_at, now, zone, current_language())
    return replace(row, time=time, found=found, state=state_words(alert, ecosystem, now, zone))


def moment_words(fired: datetime) -> str:
    """Write day and time in full."""
    return text.full_time(fired, current_zone(), current_language())


def state_words(alert: Alert, ecosystem: Ecosystem, now: datetime, zone: str | None = None) -> str:
    """Say what the user did with an alert."""
    tr = QCoreApplication.translate
    if alert.state is AlertState.SNOOZED and alert.snoozed_until is not None:
        language = current_language()
        until = text.day_clock(alert.snoozed_until, now, zone or current_zone(), language)
        about = [each.about for each in alert.snoozes if each.until == alert.snoozed_until]
        names = ", ".join(wording.short_name(each, ecosystem, language) for each in about if each)
        narrow = {SnoozeScope.NAME: names, SnoozeScope.RULE: tr("Inbox", "Rule")}
        what = narrow.get(alert.snooze_scope, "")
        words = tr("Inbox", "Snoozed to {0}").format(until)
        return f"{what}: {words[0].lower()}{words[1:]}" if what else words
    return tr("Inbox", "New") if alert.state is AlertState.NEW else tr("Inbox", "Seen")


def waiting_words() -> str:
    """Say that what fired waits for the store, so that an empty list is no silence."""
    return QCoreApplication.translate(
        "Inbox", "Alerts cannot be stored now. What fires is kept, and shown here once it is stored"
    )


class InboxModel(QAbstractTableModel):
    """The alerts that a filter lets in."""

    def __init__(self, ecosystem: Ecosystem, parent: QObject) -> None:
        super().__init__(parent)
        self._ecosystem = ecosystem
        self._criteria = AlertCriteria()
        self._all: dict[str, Alert] = {}
        self._states: Counter[AlertState] = Counter()  # of all, kept since each event asks
        self._shown: list[Alert] = []
        self.new_shown = 0  # of them
        self._worded: dict[str, AlertRow] = {}
        self._now = datetime.min.replace(tzinfo=UTC)

    def count(self, which: Filter) -> int:
        """Return how many alerts a filter lets in."""
        states = {Filter.NEW: AlertState.NEW, Filter.SNOOZED: AlertState.SNOOZED}
        return self._states[states[which]] if which in states else len(self._all)

    def row(self, place: int) -> AlertRow:
        """Return a row."""
        return self._word(self._shown[place])

    def _word(self, alert: Alert) -> AlertRow:
        row = self._worded.get(alert.id)
        if row is None or row.alert is not alert:
            row = self._worded[alert.id] = alert_row(alert, self._ecosystem, self._now)
        return row

    def load(self, alerts: Iterable[Alert], now: datetime) -> None:
        """Replace everything."""
        self._all = {alert.id: alert for alert in alerts}
        self._states = Counter(alert.state for alert in self._all.values())
        self._now = now
        self._worded.clear()
        self._sift()

    def word_again(self, now: datetime) -> None:
        """Word head and every row anew in its place, in the language in use and on this day."""
        self._now = now
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(InboxColumn) - 1)
        self._worded.clear()
        if self._shown:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._shown) - 1, len(InboxColumn) - 1))

    def show(self, criteria: AlertCriteria) -> None:
        """Use another filter."""
        self._criteria = criteria
        self._sift()

    def shown(self) -> tuple[Alert, ...]:
        """Return the alerts that are shown, newest first."""
        return tuple(self._shown)

    def place_of(self, alert_id: str | None) -> int | None:
        """Return the row of an alert, None where it is not shown."""
        return next((place for place, alert in enumerate(self._shown) if alert.id == alert_id), None)

    def unread(self) -> tuple[str, ...]:
        """Return the ids of the new alerts that are shown."""
        return tuple(alert.id for alert in self._shown if alert.state is AlertState.NEW)

    def put(self, alert: Alert, now: datetime) -> None:
        """Insert or update one alert without disturbing the others."""
        place = self.place_of(alert.id)
        if (before := self._all.get(alert.id)) is not None:
            self._states[before.state] -= 1
        self._states[alert.state] += 1
        self._all[alert.id], self._now = alert, now
        wanted = self._lets_in(alert)
        was_new = place is not None and self._shown[place].state is AlertState.NEW
        self.new_shown += (wanted and alert.state is AlertState.NEW) - was_new
        if place is not None and wanted:
            self._shown[place] = alert
            self.dataChanged.emit(self.index(place, 0), self.index(place, len(InboxColumn) - 1))
        elif place is not None:
            self.beginRemoveRows(QModelIndex(), place, place)
            del self._shown[place]
            self.endRemoveRows()
        elif wanted:
            age = _age(alert)
            place = next((i for i, other in enumerate(self._shown) if _age(other) < age), len(self._shown))
            self.beginInsertRows(QModelIndex(), place, place)
            self._shown.insert(place, alert)
            self.endInsertRows()

    def _sift(self) -> None:
        self.beginResetModel()
        self._shown = sorted(filter(self._lets_in, self._all.values()), key=_age, reverse=True)
        self.new_shown = len(self.unread())
        self.endResetModel()

    def _lets_in(self, alert: Alert) -> bool:
        criteria = self._criteria
        return criteria.lets_in(alert) and (not criteria.words or criteria.finds(self._word(alert)))

    def rowCount(self, parent: ModelIndex = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        """Return the number of alerts shown."""
        return 0 if parent.isValid() else len(self._shown)

    def columnCount(self, parent: ModelIndex = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        """Return the number of columns."""
        return 0 if parent.isValid() else len(InboxColumn)

    def data(self, index: ModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return a cell's text, the whole row, or the sentence for tip and screen reader."""
        if not index.isValid():
            return None
        row = self.row(index.row())
        if role == ROW_ROLE:
            return row
        if role == Qt.ItemDataRole.ToolTipRole:
            fired = row.alert.fired_at
            own = text.own_times((fired,), current_zone(), current_language())
            told = ", ".join(filter(None, (moment_words(fired), own)))
            return as_tip(f"{row.accessible_text}\n{row.rule}\n{told}")
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self._aloud(row, InboxColumn(index.column()))
        if role == Qt.ItemDataRole.DisplayRole:
            return _cell(row, InboxColumn(index.column()))
        return None

    def _aloud(self, row: AlertRow, column: InboxColumn) -> str:
        """Return a cell for the screen reader: the first, where the keyboard is, says the whole row."""
        if column is InboxColumn.SEVERITY:
            mild = row.alert.severity is Severity.NOTICE
            return (
                row.accessible_text if mild else f"{severity_word(row.alert.severity)}: {row.accessible_text}"
            )
        return (
            self.tr("Open, Snooze, Mark seen") if column is InboxColumn.ACTIONS else aloud(_cell(row, column))
        )

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        """Name the columns."""
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.AccessibleTextRole:  # what has no room for a word in its head
            unseen = {InboxColumn.SEVERITY: self.tr("Alert"), InboxColumn.ACTIONS: self.tr("Actions")}
            return unseen.get(InboxColumn(section))
        if role == Qt.ItemDataRole.ToolTipRole and section == InboxColumn.SAR:
            return as_tip(sar_help())
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        zone = text.zone_label(current_zone(), current_language())
        names = {
            InboxColumn.TIME: self.tr("Time {0}").format(zone),
            InboxColumn.SUBJECT: self.tr("Subject"),
            InboxColumn.MOVE: self.tr("Move"),
            InboxColumn.SAR: "SAR",
            InboxColumn.FOUND: self.tr("What was found"),
            InboxColumn.RULE: self.tr("Rule"),
            InboxColumn.STATE: self.tr("State"),
        }
        return names.get(InboxColumn(section), "")


def _age(alert: Alert) -> tuple[datetime, str]:
    """Return what alerts are ordered by; those of one moment stand as the store tells them."""
    return alert.fired_at, alert.id


def _cell(row: AlertRow, column: InboxColumn) -> str:
    cells = {
        InboxColumn.SEVERITY: severity_word(row.alert.severity),
        InboxColumn.TIME: row.time,
        InboxColumn.SUBJECT: f"{row.name} {row.what}".strip(),
        InboxColumn.MOVE: row.move_text,
        InboxColumn.SAR: row.sar_text,
        InboxColumn.FOUND: row.found,
        InboxColumn.RULE: row.rule,
        InboxColumn.STATE: row.state,
    }
    return cells.get(column, "")
