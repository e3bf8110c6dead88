"""The detail side of the window: who, why, the chart, and what is known around it."""

from collections.abc import Sequence
from datetime import date, datetime

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from stackwatch.domain.alert import Alert
from stackwatch.domain.events import (
    AlertRaised,
    AlertsLoaded,
    AlertUpdated,
    ArmedChanged,
    BarGrown,
    BarometerLoaded,
    BarsLoaded,
    ClockTicked,
    ComparisonLoaded,
    Event,
    ExplanationChanged,
    HealthChanged,
    HistoryChanged,
    QuotesChanged,
    RatesChanged,
    RollupsChanged,
    RulesStored,
    StoriesChanged,
    SubstanceLoaded,
)
from stackwatch.domain.fault_events import SymbolsRefused
from stackwatch.domain.list_events import LinksChanged, WatchlistChanged
from stackwatch.domain.quote import ChartRange
from stackwatch.domain.watchlist import Ecosystem, Exposure, Layer
from stackwatch.domain.words import wording
from stackwatch.domain.words.format import local_days
from stackwatch.engine.window_commands import Commands
from stackwatch.ui.alerts.inbox_delegate import EntityAlertDelegate
from stackwatch.ui.alerts.inbox_model import entity_row, waiting_words
from stackwatch.ui.detail.barometer_panel import BarometerPanel
from stackwatch.ui.detail.chart_pane import ChartPane
from stackwatch.ui.detail.detail_tabs import DetailTab, DetailTabs
from stackwatch.ui.detail.exposure_panel import ExposurePanel
from stackwatch.ui.detail.headlines_panel import HeadlinesPanel
from stackwatch.ui.detail.hero import Hero
from stackwatch.ui.detail.insight import Insight
from stackwatch.ui.detail.substance_panel import SubstancePanel
from stackwatch.ui.detail.why_card import WhyCard
from stackwatch.ui.kit.hairline import Hairline
from stackwatch.ui.kit.home_zone import current_zone
from stackwatch.ui.kit.layout import vbox
from stackwatch.ui.kit.row_list import MenuList, empty_state
from stackwatch.ui.kit.theme import current_theme, px
from stackwatch.ui.kit.timers import once_after
from stackwatch.ui.snapshot import Snapshot, is_about

_LOW = 620
_WORDS, _PLOT = 290, 130  # the room of what stands around a chart, and of one that can be read
_BEAT_MS = 250
_CHART_SHARE, _LIST_SHARE = 290, 120
_LIST, _TABLE = 72, 158  # the least room of headlines, and of figures that are compared row by row
_ROW, _EDGES = 22, 24  # a headline, or less where the words above need the room; pixels between the parts


class DetailPanel(QWidget):
    """Everything about one instrument or private entity."""

    entity_activated = Signal(str)
    alert_activated = Signal(str)
    link_wanted = Signal(str)

    def __init__(
        self,
        ecosystem: Ecosystem,
        commands: Commands,
        layers: Sequence[Layer] = (),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._snapshot = Snapshot(ecosystem, layers)
        self._entity = ""
        self._tabled = False  # whether a table of the entity has been looked at
        self._days: tuple[date, ...] = ()
        self.hero = Hero(self._snapshot, self)
        self.card = WhyCard(self._snapshot, self)
        self.pane = ChartPane(self._snapshot, commands, self)
        self.chart = self.pane.chart
        self.barometer = BarometerPanel(self._snapshot, self)
        self.tabs = DetailTabs(self)
        self._pages = QStackedWidget(self)
        self.headlines = HeadlinesPanel(ecosystem, self._pages)
        self.exposure = ExposurePanel(self._snapshot, self._pages)
        self.substance = SubstancePanel(self._snapshot, self._pages)
        self.alerts = MenuList(EntityAlertDelegate(), self._pages)
        self._foot = Hairline()
        self._beat = once_after(self, _BEAT_MS, self._end_beat)
        self._figures_wait = False
        self._concerned: frozenset[str] = frozenset()
        self._insight = Insight(commands, self)
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        framed = vbox((self.card,), margins=(12, 6, 10, 2))
        for widget in (self.headlines, self.exposure, self.substance, self.alerts):
            self._pages.addWidget(widget)
        charts = ((self.chart, _CHART_SHARE), (self.barometer, _CHART_SHARE))
        pages = (self._pages, _LIST_SHARE)
        column = vbox(
            (self.hero, framed, *charts, self.tabs, self._foot, 4, pages), margins=(0, 4, 0, 4), into=self
        )
        column.setSizeConstraint(QVBoxLayout.SizeConstraint.SetNoConstraint)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)  # nothing behind it is painted
        self._show_parts(shown=False)

    def _show_parts(self, *, shown: bool) -> None:
        for part in (self.hero, self.card, self.tabs, self._foot, self._pages):
            part.setVisible(shown)

    def _connect(self) -> None:
        self.tabs.turned.connect(self._turn_to)
        self.card.entity_activated.connect(self.entity_activated)
        self.exposure.entity_activated.connect(self.entity_activated)
        self.exposure.link_wanted.connect(self._want_link)
        self.tabs.link_wanted.connect(self._want_link)
        self.substance.entity_activated.connect(self.entity_activated)
        self.barometer.span_chosen.connect(self._set_barometer_span)
        self.barometer.outdated.connect(self._want_insight)
        self.alerts.opened.connect(self.alert_activated)
        self.chart.range_chosen.connect(self.set_range)
        for part in (self.chart, self.card):
            part.story_picked.connect(self.show_story)
        self.chart.alert_picked.connect(self._show_alert)

    def minimumSizeHint(self) -> QSize:
        """Return a size that does not follow the figures shown."""
        return QSize(420, 340)

    def sizeHint(self) -> QSize:
        """Return the size in the window of 1440 x 900."""
        return QSize(728, 684)

    @property
    def entity(self) -> str:
        """The id of what is shown, empty before the first selection."""
        return self._entity

    def show_entity(self, entity_id: str) -> None:
        """Show an instrument or private entity; its bars are asked for when the walk rests."""
        if entity_id == self._entity:
            return
        self._entity = entity_id
        self._show_parts(shown=True)
        self._concerned = self._snapshot.concerned_by(entity_id)
        self._tabled = False
        self._make_room()
        self.pane.show_entity(entity_id)
        self._days = self._days_of(self._snapshot.now)
        self._render()
        for page in (self.headlines, self.exposure.list, self.alerts):
            page.scrollToTop()
        self._want_insight()

    def show_nothing(self) -> None:
        """Show what stands there before a name is chosen."""
        self._entity, self._figures_wait = "", False
        self._show_parts(shown=False)
        self._make_room()
        self.pane.show_entity("")
        self._insight.want_nothing()
        self.update()

    def set_range(self, chart_range: ChartRange) -> None:
        """Show another span of the chart."""
        self.pane.set_range(chart_range)
        if self._entity not in self._snapshot.ecosystem.instruments:
            self._set_barometer_span(chart_range)

    def restyle(self) -> None:
        """Show everything in other sizes, or in the language in use."""
        self._render()

    retranslate = restyle

    def apply(self, event: Event) -> None:
        """Take in one event of the core."""
        told = self._snapshot.stories_of(self._entity) if isinstance(event, StoriesChanged) else ()
        named = not isinstance(event, AlertRaised | AlertUpdated) or self._is_named(event.alert)
        self._snapshot.apply(event)
        if not self._entity:
            return
        self.barometer.apply(event)
        match event:
            case (
                QuotesChanged() | RollupsChanged() | HistoryChanged() | RatesChanged() | SymbolsRefused()
            ) if is_about(event, self._concerned):
                self._figures_changed()
            case StoriesChanged() if told != self._snapshot.stories_of(self._entity):
                self._render_move()
                self._render_stories()
            case ExplanationChanged(symbol=symbol) if symbol == self._entity:
                self._figures_wait = True
                self._end_beat()  # a reason is shown at once, and the figures with it
                self._render_stories()
            case (
                BarsLoaded()
                | BarGrown()
                | ComparisonLoaded()
                | ArmedChanged()
                | RulesStored()
                | WatchlistChanged()
            ):
                self.pane.apply(event)
            case LinksChanged():
                self._concerned = self._snapshot.concerned_by(self._entity)
                self._render()
                self._show_link(event.link)
            case BarometerLoaded() | SubstanceLoaded():
                self._render_insight()
            case AlertsLoaded() | AlertRaised() | AlertUpdated() | HealthChanged() if named:
                self._render_alerts()
                self.pane.render_flags()
            case ClockTicked(now=now) if self._days != (days := self._days_of(now)):
                self._days = days
                self._render()
                self._want_insight()  # a company may have reported since

    def _is_named(self, alert: Alert) -> bool:
        """Whether an alert is about the name, as it is now or as it was told before."""
        before = self._snapshot.alerts.get(alert.id, alert)
        return alert.concerns(self._entity) or before.concerns(self._entity)

    def _days_of(self, now: datetime) -> tuple[date, ...]:
        """Return the day that it is where times are told: of the share, and of alerts and stories."""
        place = wording.zone_of(self._entity, self._snapshot.ecosystem, current_zone())
        return local_days(now, place, current_zone())

    def settle(self) -> None:
        """Show at once the figures that wait for the next beat."""
        if self._figures_wait:
            self._figures_wait = False
            self._render_figures()

    def _figures_changed(self) -> None:
        """Draw new figures now, but not more often than four times a second: they are to be read."""
        self._figures_wait = True
        if not self._beat.isActive():
            self.settle()
            self._beat.start()

    def _end_beat(self) -> None:
        if self._figures_wait:
            self.settle()
            self._beat.start()

    def _render(self) -> None:
        if not self._entity:
            return
        self._render_figures()
        self._render_stories()
        self._render_alerts()
        self._render_insight()

    def _render_figures(self) -> None:
        self._render_move()
        self._render_exposure()
        self.pane.render_figures()

    def _render_move(self) -> None:
        """Draw price and card together: they say the same move."""
        self.hero.render_entity(self._entity)
        self.card.render_entity(self._entity)

    def _render_stories(self) -> None:
        zone = wording.zone_of(self._entity, self._snapshot.ecosystem, current_zone())
        stories = self._snapshot.stories_of(self._entity)
        self.headlines.show_stories(stories, self._snapshot.now, zone, self._entity)
        self.tabs.count_headlines(len(stories))
        self.pane.render_flags()

    def _render_exposure(self) -> None:
        self.tabs.count_links(self.exposure.render_entity(self._entity))

    def _render_alerts(self) -> None:
        snapshot = self._snapshot
        alerts = snapshot.alerts_of(self._entity)
        rows = [entity_row(each, self._entity, snapshot.ecosystem, snapshot.now) for each in alerts]
        none = waiting_words() if snapshot.alerts_wait else self.tr("No alert about it so far")
        self.alerts.set_rows(rows, "bell", none)
        self.alerts.setAccessibleName(self.tr("Alerts"))
        self.tabs.count_alerts(len(rows))

    def _render_insight(self) -> None:
        self.barometer.render_entity(self._entity)
        self.substance.render_entity(self._entity)
        self.tabs.name_substance(private=self._entity in self._snapshot.ecosystem.private)

    def _set_barometer_span(self, span: ChartRange) -> None:
        self.barometer.set_span(span)
        self._render_insight()
        self._want_insight()

    def _want_insight(self) -> None:
        if self._entity in self._snapshot.ecosystem.private:
            self._insight.want(self._entity, self.barometer.span)
        elif self._pages.currentIndex() == DetailTab.SUBSTANCE:
            self._insight.want(self._entity, None)
        else:
            self._insight.want_nothing()

    def _turn_to(self, page: int) -> None:
        self._pages.setCurrentIndex(page)
        self.tabs.turn_to(DetailTab(page))
        self._make_room()
        self._want_insight()

    def _want_link(self) -> None:
        self.link_wanted.emit(self._entity)

    def show_story(self, story_id: str) -> None:
        """Turn to the headlines, with the keyboard on a story."""
        self.pane.picked = story_id
        self._turn_to(DetailTab.HEADLINES)
        self.headlines.select_story(story_id)
        self.headlines.setFocus()

    def _show_link(self, link: Exposure | None) -> None:
        """Show what became of a link of the entity."""
        if link is not None and self._entity in (link.source, link.target):
            self._turn_to(DetailTab.EXPOSURE)
            self.exposure.select_link(link)

    def _show_alert(self, alert_id: str) -> None:
        self.pane.picked = alert_id
        self._turn_to(DetailTab.ALERTS)
        self.alert_activated.emit(alert_id)

    def event(self, event: QEvent) -> bool:
        """Share the room out anew when a part needs more or less of it."""
        if event.type() is QEvent.Type.LayoutRequest:
            self._make_room()
        return super().event(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave the base-rate line out where the window is low."""
        self.card.set_compact(compact=self._is_low())
        self._make_room()
        super().resizeEvent(event)

    def _is_low(self) -> bool:
        return self.height() < px(_LOW)

    def _make_room(self) -> None:
        """Show the chart of a share or the barometer of a private name, where it has room to be read."""
        listed = self._entity in self._snapshot.ecosystem.instruments
        plot = self.chart if listed else self.barometer
        free = self.height() - _EDGES - sum(part.sizeHint().height() for part in (self.hero, self.tabs))
        self.card.set_room(free - px(_ROW))
        left = free - self.card.sizeHint().height()
        free = left - plot.minimumSizeHint().height()
        table = self._pages.currentIndex() in (DetailTab.EXPOSURE, DetailTab.SUBSTANCE)
        tall = self.height() >= px(_WORDS) + _PLOT and free >= px(_LIST if table else _ROW)
        self.chart.setVisible(listed and tall)
        self.barometer.setVisible(not listed and tall and bool(self._entity))
        # Every page has a table's room: no tab moves as it is clicked. A low window has it from the first
        # table of a name on, until the next name, as far as it goes: words above are never pressed together.
        self._tabled = self._tabled or table
        tabled = not self._is_low() or self._tabled
        wanted = px(_TABLE if tall and tabled else _LIST)
        self._pages.setMinimumHeight(max(min(free, wanted), min(max(left, 0), px(_ROW))))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the ground, and what would stand there before a name is chosen."""
        painter = QPainter(self)
        painter.fillRect(event.rect(), current_theme().panel)
        if not self._entity:
            empty_state(painter, self.rect(), "chart-line", self.tr("Choose a name to see what moved it"))
