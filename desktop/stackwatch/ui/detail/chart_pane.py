"""Drives the chart of the detail side: asks for bars, lets them grow, compares, and raises its flags."""

from dataclasses import replace
from zoneinfo import ZoneInfo

from PySide6.QtCore import QObject, QTimeZone, Signal
from PySide6.QtWidgets import QWidget

from stackwatch.domain.comparison import MOST_COMPARED, Against, Comparison
from stackwatch.domain.events import ArmedChanged, BarGrown, BarsLoaded, ComparisonLoaded, Event, RulesStored
from stackwatch.domain.list_events import WatchlistChanged
from stackwatch.domain.quote import NOT_JUDGED, ChartRange, QuoteState
from stackwatch.domain.rule_drafts import for_price
from stackwatch.domain.words import format as text
from stackwatch.domain.words import wording
from stackwatch.engine.window_commands import Commands
from stackwatch.ui.chart.chart import Chart
from stackwatch.ui.chart.chart_actions import action_flags
from stackwatch.ui.chart.chart_items import AlertLine, BarSeries, with_grown
from stackwatch.ui.chart.chart_tools import Peer
from stackwatch.ui.chart.peer_field import PeerField
from stackwatch.ui.detail.detail_facts import flags_of, volume_words
from stackwatch.ui.kit.language import current_language
from stackwatch.ui.kit.timers import once_after
from stackwatch.ui.preferences.settings import FIRST_SPAN
from stackwatch.ui.snapshot import Snapshot

_REST_MS = 120
_GROWTH_MS = 1000
_MOST_PEERS = 6


class ChartPane(QObject):
    """The chart of one instrument at a time."""

    alert_wanted = Signal(object)
    level_moved = Signal(str, float, float)  # a rule, the price it waited for, and the one it waits for

    def __init__(self, snapshot: Snapshot, commands: Commands, parent: QWidget) -> None:
        super().__init__(parent)
        self._snapshot, self._commands = snapshot, commands
        self._entity = ""
        self.picked = ""
        self.range = FIRST_SPAN
        self._local_time = False
        self._chosen = Against()  # by the user, also what this chart leaves out
        self._moved = ""
        self._loaded: BarsLoaded | None = None
        self._compared: Comparison | None = None
        self._rest = once_after(self, _REST_MS, self._request)
        self._growth = once_after(self, _GROWTH_MS, self._draw_growth)
        self.chart = Chart(parent)
        self.chart.tools.set_range(self.range)
        self.chart.against_chosen.connect(self._choose)
        self.chart.alert_wanted.connect(self._want_alert)
        self.chart.alert_moved.connect(self._move_level)
        self.chart.tools.peer_wanted.connect(self._ask_for_peer)
        self.chart.tools.refused.connect(self.chart.failed)
        self.chart.local_time_chosen.connect(self._use_local_time)

    def show_entity(self, entity_id: str) -> None:
        """Show an instrument; its bars are asked for when the walk through the list rests."""
        self._entity, self.picked = entity_id, ""
        if self._is_listed():
            self._leave_out()
            self._name_chart()
            self._ask()

    def _leave_out(self) -> None:
        """Compare as was chosen, but with no name itself, and inside a session with the market."""
        others = tuple(other for other in self._chosen.others if other != self._entity)
        adjusted = self._chosen.adjusted and not self.range.intraday
        self.chart.tools.set_against(Against(others[:MOST_COMPARED], adjusted=adjusted))

    def _choose(self, against: Against) -> None:
        left_out = {self._entity} & {*self._chosen.others} if against.others else ()
        self._chosen = replace(against, others=(*against.others, *left_out))
        self._compare(against)

    def _name_chart(self) -> None:
        name = self._snapshot.ecosystem.names_of(self._entity).get(current_language())
        self.chart.belong_to(self._entity, "" if name == self._entity else name)
        self.chart.tools.offer(self._peers())

    def set_range(self, chart_range: ChartRange) -> None:
        """Show another span."""
        self.range = chart_range
        self.chart.tools.set_range(chart_range)
        self._leave_out()
        if self._is_listed():
            self._ask()

    def retranslate(self) -> None:
        """Word everything anew."""
        if self._is_listed():
            self._name_chart()
        if self._loaded is not None and not self._loaded.bars:
            self._show(self._loaded)
        self._show_comparison()

    def compare_with(self, entity_id: str) -> None:
        """Compare with one more name."""
        self.chart.tools.add_peer(entity_id)

    def apply(self, event: Event) -> None:
        """Take in bars, comparisons, and what the chart offers and draws of rules and lists."""
        match event:
            case BarsLoaded() if self._is_asked(event.symbol, event.chart_range):
                self._show(event)
                if (made := self._compared) is not None and self._is_asked(made.symbol, made.span):
                    self._compare(self.chart.tools.against)  # it ends where the bars before did
            case BarGrown() if self._is_asked(event.symbol, event.chart_range):
                self._grow(event)
            case ComparisonLoaded(comparison=made) if self._is_asked(made.symbol, made.span):
                self._compared = made
                self._show_comparison()
            case ArmedChanged():
                self._render_levels()
            case WatchlistChanged() if self._is_listed():
                self.chart.tools.offer(self._peers())  # the layers of the list
            case RulesStored(ids=ids, fault=fault) if fault is not None and self._moved in ids:
                self.chart.failed.emit(fault)
                self._render_levels()

    def render_figures(self) -> None:
        """Show the last price and the volume."""
        quote = self._snapshot.quotes.get(self._entity)
        if quote is None or quote.state is QuoteState.UNKNOWN:
            self.chart.show_last(None, "")
        else:
            self.chart.show_last(quote.price, text.price(quote.price, quote.currency, quote.price_hint))
        so_far = self._snapshot.volumes.get(self._entity)
        self.chart.tools.show_volume(volume_words(quote, so_far))
        self._render_levels()

    def render_flags(self) -> None:
        """Raise a flag for every report, alert, split and dividend among the bars."""
        series = self.chart.series
        if series is None:
            return
        flags = flags_of(self._entity, series, self._snapshot)
        if self._loaded is not None and self._loaded.symbol == self._entity:
            currency = self._snapshot.ecosystem.currency_of(self._entity)
            flags += action_flags(self._loaded.actions, series, currency)
        explanation = self._snapshot.explanations.get(self._entity)
        shown = explanation.shown.story.id if explanation and explanation.shown else ""
        self.chart.show_flags(flags[::-1], self.picked or shown)

    def _show_comparison(self) -> None:
        """Show what the share was compared with last, if that is still asked for, in the language in use."""
        made = self._compared
        if made is not None and self._is_asked(made.symbol, made.span):
            names, missing = [self._name(line.id) for line in made.lines], [*map(self._name, made.missing)]
            self.chart.show_comparison(made, names, missing)

    def _render_levels(self) -> None:
        """Draw a line at every price that a rule about the share waits for."""
        if not self._is_listed():
            return
        quote = self._snapshot.quotes.get(self._entity)
        currency = self._snapshot.ecosystem.currency_of(self._entity)
        lines = []
        for level in self._snapshot.levels:
            if level.symbol == self._entity:
                away = "" if quote is None else text.percent((level.price / quote.price - 1.0) * 100.0, 1)
                note = self.tr("alert, {0} away").format(away) if away else ""
                label = text.exact_price(level.price, currency)
                lines.append(AlertLine(rule_id=level.rule_id, price=level.price, label=label, note=note))
        self.chart.show_alerts(lines)

    def _want_alert(self, price: float) -> None:
        """Suggest a rule for a price that the pointer was at."""
        quote = self._snapshot.quotes.get(self._entity)
        last = None if quote is None else quote.price
        self.alert_wanted.emit(for_price(self._entity, price, last, self._snapshot.ecosystem))

    def _move_level(self, rule_id: str, price: float) -> None:
        before = next((level.price for level in self._snapshot.levels if level.rule_id == rule_id), price)
        self.move_level(rule_id, before, price)
        if price != before:
            self.level_moved.emit(rule_id, before, price)

    def move_level(self, rule_id: str, was: float, price: float) -> None:
        """Let a rule wait for another price than it ``was``."""
        self._moved = rule_id
        self._commands.move_level(rule_id, was, price)

    def _is_listed(self) -> bool:
        return self._entity in self._snapshot.ecosystem.instruments

    def _is_asked(self, symbol: str, span: ChartRange) -> bool:
        return (symbol, span) == (self._entity, self.range)

    def _ask(self) -> None:
        self.chart.wait_for_bars()
        self._rest.start()

    def _request(self) -> None:
        if self._is_listed():
            self._commands.request_bars(self._entity, self.range)
            self._compare(self.chart.tools.against)

    def _compare(self, against: Against) -> None:
        if against.others or against.adjusted:
            self._commands.compare(self._entity, self.range, against)

    def _use_local_time(self, on: bool) -> None:  # noqa: FBT001 - a slot
        self._local_time = on
        if self._loaded is not None:
            self._show(self._loaded)

    def _series(self, loaded: BarsLoaded) -> BarSeries:
        zone = wording.zone_of(loaded.symbol, self._snapshot.ecosystem)
        if self._local_time and loaded.chart_range.intraday:  # the days of a share are those of its exchange
            zone = _machine_zone()
        return BarSeries.of(loaded.bars, loaded.chart_range, zone, loaded.sessions)

    def _show(self, event: BarsLoaded) -> None:
        self._loaded = event
        self._growth.stop()
        fault = self._fault(event)
        self.chart.show_bars(self._series(event), reconstructed=event.reconstructed, fault=fault)
        self.render_figures()
        self.render_flags()

    def _fault(self, loaded: BarsLoaded) -> str:
        """Return why there are no bars: what was answered just now, or to the question for the history."""
        if loaded.fault:
            return self.tr("No prices for this span: {reason}").format(
                reason=wording.source_reason(loaded.fault, current_language())
            )
        snapshot, zone = self._snapshot, wording.zone_of(loaded.symbol, self._snapshot.ecosystem)
        refused = (r for r in snapshot.refusals if r.symbol == loaded.symbol and r.history)
        told = (
            wording.refusal_words(r, zone, snapshot.now, current_language(), priced=False) for r in refused
        )
        return "" if loaded.chart_range.intraday else next(told, "")

    def _grow(self, event: BarGrown) -> None:
        """Keep newer bars; the chart follows at most once a second."""
        loaded = self._loaded
        if loaded is None or (loaded.symbol, loaded.chart_range) != (event.symbol, event.chart_range):
            return
        self._loaded = replace(loaded, bars=with_grown(loaded.bars, event.bars))
        if not self._growth.isActive():
            self._growth.start()

    def _draw_growth(self) -> None:
        loaded = self._loaded
        if loaded is None or not self._is_asked(loaded.symbol, loaded.chart_range):
            return
        if self.chart.series is None:
            self._show(loaded)
            return
        series = self._series(loaded)
        self.chart.grow(series)
        self._compare_on(series)

    def _compare_on(self, series: BarSeries) -> None:
        """Let what the share is compared with go on with the prices known by now, each at its own time."""
        made = self._compared
        if made is None or made.against.adjusted or not self._is_asked(made.symbol, made.span):
            return
        lines = []
        for line in made.lines:
            quote = self._snapshot.quotes.get(line.id)
            if quote is None or quote.state in NOT_JUDGED or quote.split is not None or not line.times:
                lines.append(line)  # behind a split its base is another
                continue
            price, at = quote.price, quote.as_of
            if made.span.intraday and quote.stand_in is not None:
                price, at = quote.stand_in, quote.extended_as_of or at
            begun = series.begun(at, wording.zone_of(line.id, self._snapshot.ecosystem))
            lines.append(line if begun is None else line.with_price(begun, price))
        self._compared = replace(made, lines=tuple(lines))
        self._show_comparison()

    def _ask_for_peer(self) -> None:
        """Let the user type a name to compare with."""
        listed = self._snapshot.ecosystem.instruments
        others = [symbol for symbol in listed if symbol != self._entity]
        field = PeerField(others, self._snapshot.ecosystem, self.chart.tools)
        field.chosen.connect(self.compare_with)
        field.open_at(self.chart.tools.compare)

    def _peers(self) -> list[Peer]:
        """Return the benchmark, the share's layer, and the private names it is tied to, best known first."""
        snapshot = self._snapshot
        benchmark = snapshot.ecosystem.instruments[self._entity].benchmark
        peers = [Peer(benchmark, self._name(benchmark))]
        groups = sorted(snapshot.groups_of(self._entity), key=self._links_of_private)
        peers += [Peer(key, self._name(key)) for key in groups]
        return [peer for peer in peers if peer.id != self._entity][:_MOST_PEERS]

    def _links_of_private(self, entity_id: str) -> int:
        """Return how much a private entity gives way: one that many names hang on comes before others."""
        known = entity_id in self._snapshot.ecosystem.private
        return -len(self._snapshot.links_of(entity_id)) if known else -len(self._snapshot.ecosystem.exposures)

    def _name(self, entity_id: str) -> str:
        ecosystem = self._snapshot.ecosystem
        layer = self._snapshot.layer_names(entity_id) or ecosystem.layers.get(entity_id)
        if layer is not None:
            return layer.get(current_language())
        return wording.short_name(entity_id, ecosystem, current_language())


def _machine_zone() -> str:
    """Return the machine's zone by its name in the database, "" where it has none, as in ``TZ=CET-1CEST``."""
    try:
        return ZoneInfo(bytes(QTimeZone.systemTimeZoneId().data()).decode()).key
    except (ValueError, OSError, KeyError):  # ZoneInfoNotFoundError is a KeyError
        return ""
