"""The rows of the table of armed rules: one per rule and subject, written once and compared cell by cell."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, Qt

from stackwatch.domain.armed import ArmedRow, RuleStanding
from stackwatch.domain.rule import MARKET_CLOSED, Rule, RuleKind
from stackwatch.domain.watchlist import Ecosystem, Watchlist
from stackwatch.domain.words import format as text
from stackwatch.domain.words import rule_names
from stackwatch.ui.kit.announce import aloud
from stackwatch.ui.kit.home_zone import current_zone
from stackwatch.ui.kit.language import current_language
from stackwatch.ui.kit.row_list import ROW_ROLE, ModelIndex
from stackwatch.ui.kit.tips import as_tip

Key = tuple[str, str]
_FIRED_FIRST = 2.0  # a row that fired stands before every one that did not
_NO_VALUE = -1.0
_LAST = -2.0


class ArmedColumn(IntEnum):
    """The columns, in order."""

    BELL = 0
    SUBJECT = 1
    RULE = 2
    TRIGGER = 3
    NOW = 4
    DISTANCE = 5
    BAR = 6
    STATUS = 7
    ENDS = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class RowText:
    """A row as it is shown; ``near`` is how far the bar is filled, None without a value."""

    key: Key
    row: ArmedRow
    bell: str
    subject: str
    what: str
    rule: str
    trigger: str
    now: str
    distance: str
    near: float | None
    status: str
    ends: str

    @property
    def waits_for_market(self) -> bool:
        """Whether nothing is missing but an open market: that is no trouble."""
        return _sleeps(self.row)

    @property
    def doubtful(self) -> bool:
        """Whether it has no value though its market is open."""
        return self.row.standing is RuleStanding.NO_DATA and not self.waits_for_market

    @property
    def order(self) -> tuple[float, str, str]:
        """Return what the table is sorted by: what fired, then the nearest."""
        if self.row.standing in (RuleStanding.FIRED, RuleStanding.TRUE):
            rank = _FIRED_FIRST + (self.row.standing is RuleStanding.FIRED)
        elif self.row.standing in (RuleStanding.OFF, RuleStanding.EXPIRED):
            rank = _LAST
        else:
            rank = _NO_VALUE if self.near is None else self.near
        return -rank, self.subject, self.rule

    def cell(self, column: ArmedColumn) -> str:
        """Return the text of a cell."""
        return {
            ArmedColumn.BELL: self.bell,
            ArmedColumn.SUBJECT: f"{self.subject} {self.what}".strip(),
            ArmedColumn.RULE: self.rule,
            ArmedColumn.TRIGGER: self.trigger,
            ArmedColumn.NOW: self.now,
            ArmedColumn.DISTANCE: self.distance,
            ArmedColumn.BAR: "" if self.near is None else f"{self.near:.2f}",
            ArmedColumn.STATUS: self.status,
            ArmedColumn.ENDS: self.ends,
        }[column]


_BELLS = {
    RuleStanding.NO_DATA: "hourglass",
    RuleStanding.FIRED: "bell-fill",
    RuleStanding.OFF: "bell-slash",
    RuleStanding.EXPIRED: "bell-slash",
}


class ArmedModel(QAbstractTableModel):
    """The rows that a filter lets in."""

    def __init__(self, ecosystem: Ecosystem, watchlist: Watchlist, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._ecosystem, self._watchlist = ecosystem, watchlist
        self._rules: Mapping[str, Rule] = {}
        self._armed: tuple[ArmedRow, ...] = ()
        self.kind: RuleKind | None = None  # that alone is shown
        self._minute = ""
        self._rows: list[RowText] = []
        self.total = 0

    def row(self, place: int) -> RowText:
        """Return a row."""
        return self._rows[place]

    def place(self, key: Key) -> int | None:
        """Return where a row is, None when it is not shown."""
        return next((place for place, row in enumerate(self._rows) if row.key == key), None)

    @property
    def kinds(self) -> tuple[RuleKind, ...]:
        """The kinds there are rules of."""
        return tuple(kind for kind in rule_names.KINDS if any(r.kind is kind for r in self._rules.values()))

    def use(self, rules: Iterable[Rule], now: datetime) -> None:
        """Read other rules; rows of those that are gone leave, changed ones are written anew."""
        self._rules = {rule.id: rule for rule in rules}
        self._minute = ""
        self.take(self._armed, self.total, now)

    def take(self, armed: tuple[ArmedRow, ...], total: int, now: datetime) -> None:
        """Show where rules stand; only cells that read differently are announced. New rows come last."""
        minute = f"{now:%Y%m%d%H%M}"
        aged = minute != self._minute
        self._armed, self.total, self._minute = armed, total, minute
        shown = [row for row in armed if self._lets_in(row)]
        keys = {(row.rule_id, row.subject) for row in shown}
        for place in reversed(range(len(self._rows))):
            if self._rows[place].key not in keys:
                self.beginRemoveRows(QModelIndex(), place, place)
                del self._rows[place]
                self.endRemoveRows()
        places = {row.key: place for place, row in enumerate(self._rows)}
        new = []
        for row in shown:
            known = places.get((row.rule_id, row.subject))
            if known is None:
                new.append(self._write(row, now))
            elif aged or row != self._rows[known].row:
                self._put(known, self._write(row, now))
        if new:
            first = len(self._rows)
            self.beginInsertRows(QModelIndex(), first, first + len(new) - 1)
            self._rows += new
            self.endInsertRows()

    def show_kind(self, kind: RuleKind | None, now: datetime) -> None:
        """Show rules of one kind, or all."""
        self.kind = kind
        self.take(self._armed, self.total, now)
        self.sort_nearest()

    def follow(self, watchlist: Watchlist) -> None:
        """Name the subjects of another list from now on."""
        self._watchlist = watchlist

    def word_again(self, now: datetime) -> None:
        """Word everything anew."""
        self._minute = ""
        self.take(self._armed, self.total, now)
        self.sort_nearest()
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(ArmedColumn) - 1)

    def sort_nearest(self) -> None:
        """Put what fired first, then the nearest; selections stay on their rows."""
        ordered = sorted(self._rows, key=lambda row: row.order)
        if [row.key for row in ordered] == [row.key for row in self._rows]:
            return
        self.layoutAboutToBeChanged.emit()
        places = {row.key: place for place, row in enumerate(ordered)}
        before = self.persistentIndexList()
        after = [self.index(places[self._rows[index.row()].key], index.column()) for index in before]
        self._rows = ordered
        self.changePersistentIndexList(before, after)
        self.layoutChanged.emit()

    def _lets_in(self, row: ArmedRow) -> bool:
        rule = self._rules.get(row.rule_id)
        return rule is not None and self.kind in (None, rule.kind)

    def _put(self, place: int, row: RowText) -> None:
        before = self._rows[place]
        self._rows[place] = row
        turned = before.row.standing is not row.row.standing  # figures have another ink then
        for column in ArmedColumn:
            if turned or before.cell(column) != row.cell(column):
                index = self.index(place, column)
                self.dataChanged.emit(index, index)

    def _write(self, row: ArmedRow, now: datetime) -> RowText:
        rule, language = self._rules[row.rule_id], current_language()
        kind = rule.subject_kind
        name, what = rule_names.subject_words(kind, row.subject, self._ecosystem, self._watchlist, language)
        currency = self._ecosystem.currency_of(row.subject)
        return RowText(
            key=(row.rule_id, row.subject),
            row=row,
            bell="bell-z" if row.is_silent(now) else _bell(row),
            subject=name,
            what=what,
            rule=rule_names.rule_name(rule, language),
            trigger=rule_names.trigger_words(rule, currency, language),
            now=rule_names.value_words(rule, row.value, currency),
            distance=rule_names.distance_words(rule, row, language),
            near=rule_names.nearness(rule, row),
            status=rule_names.status_words(rule, row, now, current_zone(), language),
            ends=rule_names.ends_words(rule, now, language),
        )

    # Qt's questions

    def rowCount(self, parent: ModelIndex = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        """Return the number of rows shown."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: ModelIndex = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        """Return the number of columns."""
        return 0 if parent.isValid() else len(ArmedColumn)

    def data(self, index: ModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return a cell's text, the whole row, or the sentence for tip and screen reader."""
        if not index.isValid():
            return None
        row, column = self._rows[index.row()], ArmedColumn(index.column())
        if role == ROW_ROLE:
            return row
        if role == Qt.ItemDataRole.DisplayRole:
            return row.cell(column)
        if role == Qt.ItemDataRole.ToolTipRole:
            return as_tip(_accessible_text(row))
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return _aloud(row, column)
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        """Name the columns."""
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self.tr("Armed rule") if section == ArmedColumn.BELL else None
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        zone = text.zone_label(current_zone(), current_language())
        names = {
            ArmedColumn.SUBJECT: self.tr("Subject"),
            ArmedColumn.RULE: self.tr("Rule"),
            ArmedColumn.TRIGGER: self.tr("Trigger"),
            ArmedColumn.NOW: self.tr("Now"),
            ArmedColumn.DISTANCE: self.tr("Distance"),
            ArmedColumn.BAR: self.tr("To trigger"),
            ArmedColumn.STATUS: self.tr("Status, times {0}").format(zone),
            ArmedColumn.ENDS: self.tr("Ends"),
        }
        return names.get(ArmedColumn(section), "")


def _sleeps(row: ArmedRow) -> bool:
    return row.standing is RuleStanding.NO_DATA and row.reason == MARKET_CLOSED


def _bell(row: ArmedRow) -> str:
    """Return the icon of where a rule stands, of a shut market that of its price."""
    return "moon" if _sleeps(row) else _BELLS.get(row.standing, "bell")


def _aloud(row: RowText, column: ArmedColumn) -> str:
    """Return a cell for the screen reader: the first, where the keyboard is, says the whole row."""
    if column is ArmedColumn.BELL:
        return _accessible_text(row)
    if column is ArmedColumn.BAR and row.near is not None:
        return f"{row.near * 100:.0f}{text.NARROW_SPACE}%"
    return aloud(row.cell(column))


def _accessible_text(row: RowText) -> str:
    parts = (f"{row.subject} {row.what}".strip(), row.rule, row.trigger, row.now, row.distance, row.status)
    return ", ".join(part for part in parts if part)
