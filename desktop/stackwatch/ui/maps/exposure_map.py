"""The exposure map as a view: what is known when, the map, the kinds of links, the evidence of one."""

from datetime import UTC, date, datetime
from itertools import pairwise

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QShowEvent
from PySide6.QtWidgets import QWidget

from stackwatch.domain.events import ClockTicked, Event, QuotesChanged, RollupsChanged, StoriesChanged
from stackwatch.domain.fault_events import UnknownSymbols
from stackwatch.domain.list_events import LinksChanged, WatchlistChanged
from stackwatch.domain.market import program_day
from stackwatch.domain.watchlist import Ecosystem, Watchlist
from stackwatch.domain.words import format as write
from stackwatch.ui.kit.announce import announce
from stackwatch.ui.kit.chips import ElidedText
from stackwatch.ui.kit.language import current_language
from stackwatch.ui.kit.layout import hbox, vbox
from stackwatch.ui.kit.switches import Segments
from stackwatch.ui.kit.theme import Ink, Role
from stackwatch.ui.maps.exposure_map_area import ExposureArea
from stackwatch.ui.maps.exposure_map_card import EvidenceCard
from stackwatch.ui.maps.exposure_map_graph import Edge, Graph, LinkStanding, build_graph
from stackwatch.ui.maps.exposure_map_legend import KindLegend
from stackwatch.ui.maps.exposure_map_words import MapWords
from stackwatch.ui.maps.heat_map_paint import ToolRow
from stackwatch.ui.watchlist.watchlist_model import WatchlistModel


class ExposureMap(QWidget):
    """Private companies and projects, the listed names tied to them, and every documented link."""

    entity_chosen = Signal(str)
    entity_opened = Signal(str)
    menu_wanted = Signal(str, QPoint)

    def __init__(
        self,
        model: WatchlistModel,
        ecosystem: Ecosystem,
        watchlist: Watchlist,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._ecosystem, self._watchlist = ecosystem, watchlist.shown
        self._day = program_day(datetime.now(UTC))
        self._said = MapWords(model, ecosystem)
        self._graph = build_graph(ecosystem, self._watchlist, self._day)
        self._outdated = False
        self._current = ""
        self._title, self._count = ElidedText(fixed=True), ElidedText()
        self.known = Segments(2)
        self.known.hide()
        self.area = ExposureArea(model, self._said, self._graph)
        self.legend = KindLegend()
        self.card = EvidenceCard(self._said, self)
        self._lay_out()
        self._connect()
        self.restyle()

    def _lay_out(self) -> None:
        self._tools = ToolRow()
        hbox(
            (self._title, self.known, None, (self._count, 100)),
            gap=12,
            margins=(12, 0, 12, 0),
            into=self._tools,
        )
        vbox((self._tools, (self.area, 1), self.legend), into=self)
        for before, after in pairwise((self.area, *self.card.stops)):
            self.setTabOrder(before, after)

    def _connect(self) -> None:
        self.area.chosen.connect(self.entity_chosen)
        self.area.opened.connect(self.entity_opened)
        self.area.edge_picked.connect(self._show_evidence)
        self.area.resized.connect(self._place_evidence)
        self.legend.hidden_changed.connect(self._filter)
        self.known.chosen.connect(self._filter)
        self.card.entity_activated.connect(self.entity_chosen)
        self.card.closed.connect(self._close_card)

    def apply(self, event: Event) -> None:
        """Take in one event of the core, after the list has."""
        match event:
            case QuotesChanged():
                self.area.note({quote.symbol for quote in event.quotes})
                self.area.note({move.symbol for move in event.moves})
            case RollupsChanged():
                self.area.note(rollup.id for rollup in event.rollups)
            case StoriesChanged():
                self.area.note(entity for entity, _ in event.counts)
            case UnknownSymbols():
                self.area.note(symbol for symbol, _ in event.since)
            case LinksChanged():
                self._renew_when_seen()
            case WatchlistChanged():
                self._watchlist = event.watchlist.shown
                self._renew_when_seen()
            case ClockTicked():
                self._set_day(program_day(event.now), replay=event.replay)
            case _:
                return
        if self.card.isVisible():
            self.card.refresh()

    def set_current(self, entity_id: str) -> None:
        """Light an entity's node and its links, also once other links are laid out."""
        self._current = entity_id
        self.area.set_current(entity_id)

    def restyle(self) -> None:
        """Use other colours and sizes, or another language; evidence is worded and placed anew."""
        shown = self.card.edge
        self._close_card()
        self._write()
        if shown is not None:
            self.area.pick(shown)

    retranslate = restyle

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape closes the evidence first."""
        if event.key() == Qt.Key.Key_Escape and self.card.isVisible():
            self._close_card()
            return
        super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Ask for the menu of a node, by pointer or key; what can be done with a link is in its evidence."""
        by_key = event.reason() is QContextMenuEvent.Reason.Keyboard
        scene, ground = self.area.scene, self.area.viewport()
        at = ground.mapFrom(self, event.pos())
        node = self.area.cursor_id if by_key else scene.node_at(at)
        if node is not None:
            below = ground.mapToGlobal(scene.rect(node).bottomLeft())
            self.menu_wanted.emit(node, below if by_key else event.globalPos())
        elif not by_key and ground.rect().contains(at):
            self.area.pick(scene.edge_at(at, self.area.edges()), at)

    def setFocus(self, *_reason: object) -> None:
        """Give the keyboard to the map; a focus proxy would hide what stands before them from Tab."""
        self.area.setFocus()

    def close_evidence(self) -> bool:
        """Close the evidence of a link; return whether any was shown."""
        shown = self.card.isVisible()
        self._close_card()
        return shown

    def _set_day(self, day: date, *, replay: bool) -> None:
        self.known.setVisible(replay)
        if day == self._day:
            return
        self._day = day
        self._renew()

    def _renew_when_seen(self) -> None:
        """Lay the links of another list out, at once or when somebody looks."""
        self._outdated = not self.isVisible()
        if self.isVisible():
            self._renew()
        else:  # a node that left the list must not be asked for
            self._graph = Graph((), (), (), frozenset())
            self.area.set_graph(self._graph)

    def showEvent(self, event: QShowEvent) -> None:
        """Lay out what changed meanwhile."""
        super().showEvent(event)
        if self._outdated:
            self._renew()

    def _renew(self) -> None:
        """Lay the links out; evidence that is shown stays, as it is told now, unless its link is gone."""
        self._outdated, shown = False, self.card.edge
        self._graph = build_graph(self._ecosystem, self._watchlist, self._day)
        self.area.set_graph(self._graph)
        self.area.set_current(self._current)
        self._write()
        same = (edge for edge in self._graph.edges if shown and edge.link.tie == shown.link.tie)
        self.area.pick(next(same, None))

    def _filter(self, *_chosen: object) -> None:
        self.area.set_filter(self.legend.hidden(), with_later=self._with_later)
        self._write_legend()

    @property
    def _with_later(self) -> bool:
        """Whether links that were reported after the day are drawn, too."""
        return self.known.current == 1

    def _write_legend(self) -> None:
        """Name and count the kinds of the links that can be drawn now."""
        shown = {LinkStanding.USED, LinkStanding.READ_ACROSS}
        shown |= {LinkStanding.LATER} if self._with_later else set()
        self.legend.put([edge for edge in self._graph.edges if edge.standing in shown])

    def _show_evidence(self, edge: Edge | None, at: QPoint) -> None:
        self.card.show_edge(edge, self._day)
        self._place_evidence(at)
        announce(self.card, self.card.accessible_text())

    def _place_evidence(self, at: QPoint | None = None) -> None:
        """Put the evidence beside its link; where the view has another size, beside the middle of it."""
        edge, area = self.card.edge, self.area
        if edge is None:
            return
        ground = area.viewport()
        place = ground.mapTo(self, QPoint())
        ends = [area.scene.rect(end).translated(place) for end in edge.ends]
        self.card.place((at or area.middle(edge)) + place, ends, ground.rect().translated(place))

    def _close_card(self) -> None:
        self.area.pick(None)

    def _write(self) -> None:
        self._title.put(self.tr("Exposure"), Ink.T1, Role.TITLE)
        day = write.date_text(self._day, current_language())
        known = self.tr("Known on {day}").format(day=day)
        self.known.label((known, self.tr("All to date")), self.tr("Links that are drawn"))
        used = sum(edge.standing is LinkStanding.USED for edge in self._graph.edges)
        later = sum(edge.standing is LinkStanding.LATER for edge in self._graph.edges)
        words = self.tr("1 link") if used == 1 else self.tr("{count} links").format(count=used)
        if later:
            words = self.tr("{links}, {count} reported later, not used").format(links=words, count=later)
        self._count.put(words, Ink.T2)
        self._write_legend()
