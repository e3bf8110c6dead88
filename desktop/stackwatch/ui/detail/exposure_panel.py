"""Who else is in the blast radius: the dated, sourced links of an entity and how each moved."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil

from PySide6.QtCore import QRect, QSize, Signal
from PySide6.QtGui import QContextMenuEvent, QFontMetrics, QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QMenu, QSizePolicy, QWidget

from stackwatch.domain.market import program_day
from stackwatch.domain.move import has_moved, stands_still
from stackwatch.domain.watchlist import Exposure, links_held
from stackwatch.domain.words import format as text
from stackwatch.domain.words import wording
from stackwatch.ui.detail.detail_facts import Figures, figures_of
from stackwatch.ui.kit.language import current_language
from stackwatch.ui.kit.layout import vbox
from stackwatch.ui.kit.menus import menu_once
from stackwatch.ui.kit.paint import figure, move, sar_look, words
from stackwatch.ui.kit.report_day import report_day
from stackwatch.ui.kit.row_list import ROW_ROLE, ListRow, RowDelegate, RowList
from stackwatch.ui.kit.theme import Role, current_theme, px
from stackwatch.ui.snapshot import Snapshot

_MOVE_WIDTH, _SAR_WIDTH = 76, 52
_LEAST_WHO, _LEAST_SOURCE = 76, 48
_EDGE, _BEHIND = 12, 8
_ASLEEP = timedelta(hours=7)  # longer than a session: Seoul shuts eight hours before New York opens


@dataclass(frozen=True, slots=True, kw_only=True)
class ExposureRow:
    """One link as shown; ``used`` is false for what may not support a move now, ``move`` None: no colour."""

    key: str
    entity_id: str
    who: str
    name: str
    relation: str
    since: str
    publisher: str
    used: bool
    still: str
    move: float | None
    move_text: str
    sar: float | None
    sar_text: str
    accessible_text: str
    link: Exposure


@dataclass(frozen=True, slots=True)
class ExposureColumns:
    """Left edges of the text columns and right edges of the figures for a width."""

    relation: int
    since: int
    publisher: int
    move: int
    sar: int

    @classmethod
    def of(cls, width: int, links: int, days: int) -> "ExposureColumns":
        """Lay the columns out: the widest ``links`` and ``days`` are whole, who gives way to both."""
        sar = width - _EDGE
        figure_right = sar - px(_SAR_WIDTH)
        last = figure_right - px(_MOVE_WIDTH)
        free = last - _EDGE
        link = max(round(free * 0.15), links + _BEHIND)
        day = max(round(free * 0.17), days + _BEHIND)
        relation = _EDGE + round(free * 0.34)
        over = max(relation + link + day + px(_LEAST_SOURCE) - last, 0)
        relation = max(relation - over, _EDGE + px(_LEAST_WHO))
        return cls(
            relation=relation,
            since=relation + link,
            publisher=relation + link + day,
            move=figure_right,
            sar=sar,
        )


class ExposureDelegate(RowDelegate):
    """Draws who, relation, since, publisher, move and SAR."""

    def __init__(self) -> None:
        super().__init__()
        self._needed = (0, 0)

    def measure(self, rows: Sequence[ExposureRow]) -> None:
        """Know the rows that are shown, for their common columns."""
        width = QFontMetricsF(current_theme().font()).horizontalAdvance
        links = max((width(row.relation) for row in rows), default=0.0)
        days = max((width(row.since) for row in rows), default=0.0)
        self._needed = ceil(links), ceil(days)  # a part of a pixel less, and it is cut

    def columns(self, width: int) -> ExposureColumns:
        """Return where the columns of the rows stand."""
        return ExposureColumns.of(width, *self._needed)

    def draw(self, painter: QPainter, rect: QRect, row: ListRow) -> None:
        """Draw a link."""
        assert isinstance(row, ExposureRow)
        theme = current_theme()
        columns = self.columns(rect.width())
        top, height = rect.top(), rect.height()
        ink = theme.t2 if row.used else theme.t3
        who = QRect(12, top, columns.relation - 20, height)
        end = words(painter, who, row.who, theme.t1 if row.used else theme.t3, theme.font(Role.SYMBOL))
        end = words(
            painter, QRect(end + 7, top, columns.relation - end - 15, height), row.name, ink, theme.font()
        )
        rest = QRect(end + 7, top, columns.relation - end - 15, height)
        if row.still and QFontMetrics(theme.font(Role.CAPTION)).horizontalAdvance(row.still) <= rest.width():
            words(painter, rest, row.still, theme.t3, theme.font(Role.CAPTION))
        free = QRect(columns.relation, top, columns.since - columns.relation - 8, height)
        words(painter, free, row.relation, ink, theme.font())
        free = QRect(columns.since, top, columns.publisher - columns.since - 8, height)
        words(painter, free, row.since, ink, theme.font())
        last = columns.move - px(_MOVE_WIDTH) - 8
        words(
            painter,
            QRect(columns.publisher, top, last - columns.publisher, height),
            row.publisher,
            ink,
            theme.font(),
        )
        if not row.used:
            figure(painter, QRect(0, top, columns.move, height), row.move_text, theme.t3, theme.font())
            figure(painter, QRect(0, top, columns.sar, height), row.sar_text, theme.t3, theme.font())
            return
        move(painter, QRect(0, top, columns.move, height), row.move, row.move_text, theme)
        figure(painter, QRect(0, top, columns.sar, height), row.sar_text, *sar_look(row.sar, theme))


class _Head(QWidget):
    """The column heads of the list."""

    def __init__(self, rows: RowList, delegate: ExposureDelegate) -> None:
        super().__init__()
        self._rows, self._delegate = rows, delegate
        self._labels = ("",) * 6
        rows.verticalScrollBar().rangeChanged.connect(self.update)  # beside the bar rows have less room
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def put(self, labels: tuple[str, str, str, str, str, str]) -> None:
        """Name the columns."""
        self._labels = labels
        self.update()

    def sizeHint(self) -> QSize:
        """Return the height of a column head."""
        return QSize(100, px(22))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the heads over their columns."""
        painter, theme = QPainter(self), current_theme()
        columns = self._delegate.columns(self._rows.viewport().width())
        font, height = theme.font(Role.CAPTION), self.height()
        lefts = (12, columns.relation, columns.since, columns.publisher)
        for left, label in zip(lefts, self._labels, strict=False):
            words(painter, QRect(left, 0, 160, height), label, theme.t3, font)
        figure(painter, QRect(0, 0, columns.move, height), self._labels[4], theme.t3, font)
        figure(painter, QRect(0, 0, columns.sar, height), self._labels[5], theme.t3, font)


class ExposurePanel(QWidget):
    """The links of an entity; Enter or a double click goes to the other end."""

    entity_activated = Signal(str)
    link_wanted = Signal()
    correction_wanted = Signal(object)
    withdrawal_wanted = Signal(object)

    def __init__(self, snapshot: Snapshot, parent: QWidget) -> None:
        super().__init__(parent)
        self._snapshot = snapshot
        self._held: Sequence[Exposure] = ()
        self._delegate = ExposureDelegate()
        self.list = RowList(self._delegate)
        self._head = _Head(self.list, self._delegate)
        self.list.opened.connect(self._activate)
        vbox((self._head, self.list), margins=(0, 2, 0, 0), into=self)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Offer what can be done with the link under the pointer, or with the one that has the keyboard."""
        by_key = event.reason() is QContextMenuEvent.Reason.Keyboard
        place = self.list.viewport().mapFrom(self, event.pos())
        index = self.list.currentIndex() if by_key else self.list.indexAt(place)
        menu = self.link_menu(index.data(ROW_ROLE) if index.isValid() else None)
        below = self.list.visualRect(index).bottomLeft()
        menu.popup(self.list.viewport().mapToGlobal(below) if by_key else event.globalPos())

    def link_menu(self, row: ExposureRow | None) -> QMenu:
        """Build the menu of a link, or of the room beside them."""
        menu = menu_once(self)
        if row is not None:
            menu.addAction(self.tr("Open"), lambda: self._activate(row.key))
        menu.addAction(self.tr("Add a link\u2026"), self.link_wanted.emit)
        if row is not None:
            link = row.link
            menu.addAction(self.tr("Correct this link\u2026"), lambda: self.correction_wanted.emit(link))
            menu.addAction(self.tr("Withdraw this link"), lambda: self.withdrawal_wanted.emit(link))
        return menu

    def render_entity(self, entity_id: str) -> int:
        """Show the links of an entity and return how many were known by now."""
        today = program_day(self._snapshot.now)
        links = self._snapshot.links_of(entity_id)
        self._held = links_held(links, today)
        rows = sorted((self._row(link, entity_id) for link in links), key=lambda row: not row.used)
        self._delegate.measure(rows)
        self._head.put(
            (self.tr("Who"), self.tr("Link"), self.tr("Since"), self.tr("Source"), self.tr("Session"), "SAR")
        )
        self._head.setToolTip(
            self.tr("The regular session's move; prices before and after it are on the list")
        )
        self._head.setVisible(bool(rows))
        self.list.setAccessibleName(self.tr("Exposure"))
        self.list.set_rows(rows, "share-network", self.tr("No documented link"))
        return sum(link.since <= today for link in links)

    def select_link(self, link: Exposure) -> None:
        """Put the list on a link, which comes into view."""
        rows = self.list.rows_model()
        links = [row.link for row in rows.rows if isinstance(row, ExposureRow)]
        if link in links:
            self.list.setCurrentIndex(rows.index(links.index(link)))

    def _row(self, link: Exposure, entity_id: str) -> ExposureRow:
        snapshot, language = self._snapshot, current_language()
        other = link.target if link.source == entity_id else link.source
        listed = other in snapshot.ecosystem.instruments
        figures = figures_of(other, snapshot)
        names = snapshot.ecosystem.names_of(other).get(language)
        relation = wording.relation_word(link.relation.value, language)
        if link.read_across:
            relation = self.tr("read-across")
        publisher = self._source(link)
        used = link in self._held and not link.read_across
        stands = used and self._stands(figures, entity_id) and not self._is_asleep(other, entity_id)
        still = self.tr("has not moved") if stands else ""
        since = report_day(link.dated)
        shown = [] if figures.percent is None else [text.percent(figures.percent)]
        shown += [] if figures.sar is None else [f"SAR {text.sar(figures.sar)}"]
        facts = ", ".join((names, relation, since, publisher, *shown))
        told = f"{facts}: {text.plain(link.reason(language))}"
        return ExposureRow(
            key=f"{link.source}|{link.target}|{link.relation}|{link.since}",
            entity_id=other,
            who=other if listed else names,
            name=names if listed else "",
            relation=relation,
            since=since,
            publisher=publisher,
            used=used,
            still=still,
            move=figures.percent if figures.current else None,
            move_text=text.percent(figures.percent),
            sar=figures.sar,
            sar_text=text.sar(figures.sar),
            accessible_text=f"{told}. {still}" if still else told,
            link=link,
        )

    def _source(self, link: Exposure) -> str:
        """Name who reported a link, or say why it is not used."""
        today, said = (
            program_day(self._snapshot.now),
            wording.source_word(link.publisher, current_language()),
        )
        if link.since > today:
            said = self.tr("reported later, not used")
        elif link not in self._held:
            said = self.tr("ended, not used")
        elif link.is_old(today):
            said = self.tr("%1, over two years ago").replace("%1", said)
        elif link.read_across:
            said = self.tr("price reaction only, not used")
        return self.tr("your own \u00b7 %1").replace("%1", said) if link.own else said

    def _stands(self, figures: Figures, entity_id: str) -> bool:
        """Whether a name stands still while the entity it is tied to moved: context, no forecast."""
        own = figures_of(entity_id, self._snapshot)
        if own.percent is None or figures.percent is None or not (own.current and figures.current):
            return False
        return has_moved(own.percent, own.sar) and stands_still(figures.percent, figures.sar)

    def _is_asleep(self, other: str, entity_id: str) -> bool:
        """Whether a name was traded so long before that entity that it could not follow it."""
        before, now = self._traded(other), self._traded(entity_id)
        return before is not None and now is not None and now - before > _ASLEEP

    def _traded(self, entity_id: str) -> datetime | None:
        """Return the time of a share's last price, of a private entity the newest of its basket."""
        snapshot = self._snapshot
        listed = entity_id in snapshot.ecosystem.instruments
        names = (entity_id,) if listed else snapshot.linked_symbols(entity_id)
        return max((snapshot.quotes[s].as_of for s in names if s in snapshot.quotes), default=None)

    def _activate(self, key: str) -> None:
        row = next(row for row in self.list.rows_model().rows if row.key == key)
        assert isinstance(row, ExposureRow)
        self.entity_activated.emit(row.entity_id)
