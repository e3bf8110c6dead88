"""How busy the list keeps the GUI thread.

Quotes come through the bridge from a thread of their own, as from the core; a timer on the GUI thread
measures how late it is called. The list is sorted by change. The floor is Qt's plainest tree over as many
rows of ready words, of which the same cells change.
"""

import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import itertools
import statistics
import threading
import time
from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtWidgets import QApplication, QTreeView
from tests.benchmarks.heartbeat import beat, wait
from tests.ui import scene

from stackwatch.domain.events import Event, HistoryChanged, QuotesChanged
from stackwatch.domain.quote import HistorySummary, Quote
from stackwatch.domain.watchlist import BilingualName, Ecosystem, Layer, Watchlist
from stackwatch.ui.bridge import Bridge
from stackwatch.ui.kit.theme import ThemeMode, build_theme, use_theme
from stackwatch.ui.watchlist.watchlist_cells import Column
from stackwatch.ui.watchlist.watchlist_sort import EVERY, Sort
from stackwatch.ui.watchlist.watchlist_view import WatchlistView

DESCRIPTION = (
    "the sorted list alone under prices that come through the bridge, and a bare tree beside it: "
    "share of a core, lateness"
)
_CASES = ((84, 10), (500, 20))  # rows, updates per second and row
_SECONDS = 5.0
_PER_LAYER = 8
_ROOT = QModelIndex()
_DISPLAY = Qt.ItemDataRole.DisplayRole


def run(seconds: float = _SECONDS) -> dict[str, float]:
    """Measure every case: percent of one core for the whole process, lateness in milliseconds."""
    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    figures: dict[str, float] = {}
    for rows, updates in _CASES:
        symbols = [f"S{number:03d}" for number in range(rows)]
        for kind, make in (("", _list), ("bare_", _BareTree)):
            share, late = _measure(app, make(symbols), symbols, updates, seconds)
            name = f"{rows}x{updates}_{kind}"
            figures |= {
                f"{name}core_share_pct": share * 100.0,
                f"{name}late_p50_ms": statistics.median(late),
                f"{name}late_p95_ms": statistics.quantiles(late, n=20)[-1],
            }
        figures[f"{rows}x{updates}_ratio_to_bare"] = (
            figures[f"{rows}x{updates}_core_share_pct"] / figures[f"{rows}x{updates}_bare_core_share_pct"]
        )
    return figures


def _list(symbols: Sequence[str]) -> WatchlistView:
    use_theme(build_theme(ThemeMode.DARK))
    view = WatchlistView(_ecosystem(symbols), _watchlist(symbols))
    view.apply(HistoryChanged(tuple(_history(symbol) for symbol in symbols)))
    view.sort(EVERY, Sort(Column.CHANGE, descending=True))
    return view


class _BareTree(QTreeView):
    """Rows of words in Qt's own tree, with Qt's own delegate; every changed cell is announced."""

    def __init__(self, symbols: Sequence[str]) -> None:
        super().__init__()
        self._model = _Words(symbols)
        self.setUniformRowHeights(True)
        self.setModel(self._model)

    def apply(self, event: Event) -> None:
        assert isinstance(event, QuotesChanged)
        self._model.change(event)


class _Words(QAbstractTableModel):
    def __init__(self, symbols: Sequence[str]) -> None:
        super().__init__()
        self._rows = {symbol: row for row, symbol in enumerate(symbols)}
        self._words = [[symbol, f"Name of {symbol}", *[""] * 8] for symbol in symbols]

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = _ROOT) -> int:  # noqa: N802 - Qt's name
        return 0 if parent.isValid() else len(self._words)

    def columnCount(self, _parent: QModelIndex | QPersistentModelIndex = _ROOT) -> int:  # noqa: N802
        return 10

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = _DISPLAY) -> object:
        return self._words[index.row()][index.column()] if role == _DISPLAY else None

    def change(self, event: QuotesChanged) -> None:
        for quote, move in zip(event.quotes, event.moves, strict=True):
            row = self._rows[quote.symbol]
            figures = (quote.price, move.move_pct, move.abnormal_pct or 0.0, move.sar or 0.0)
            for column, value in enumerate(figures, start=2):
                text = f"{value:,.2f}"
                if self._words[row][column] != text:
                    self._words[row][column] = text
                    index = self.index(row, column)
                    self.dataChanged.emit(index, index)


def _measure(
    app: QApplication, view: "WatchlistView | _BareTree", symbols: Sequence[str], updates: int, seconds: float
) -> tuple[float, list[float]]:
    view.resize(712, 686)
    bridge = Bridge()
    bridge.events.connect(lambda events: [view.apply(event) for event in events])
    view.show()
    app.processEvents()
    stop = threading.Event()
    feed = threading.Thread(target=_feed, args=(bridge, symbols, updates, stop), daemon=True)
    feed.start()
    wait(0.5)  # the first prices are not the steady state
    late: list[float] = []
    timer = beat(late)
    busy, began = time.process_time(), time.perf_counter()
    wait(seconds)
    share = (time.process_time() - busy) / (time.perf_counter() - began)
    timer.stop()
    stop.set()
    feed.join()
    bridge.close()
    view.close()
    view.deleteLater()
    app.processEvents()
    return share, late


def _feed(bridge: Bridge, symbols: Sequence[str], updates: int, stop: threading.Event) -> None:
    """Post a batch of every symbol ``updates`` times a second; prices step by a cent, moves by 0.01 %."""
    batches = [_batch(symbols, step) for step in range(8)]  # made before: the core's work is not measured
    pause = 1 / updates
    for batch in itertools.cycle(batches):
        bridge.post(batch)
        if stop.wait(pause):
            return


def _batch(symbols: Sequence[str], step: int) -> QuotesChanged:
    quotes, moves = [], []
    for number, symbol in enumerate(symbols):
        quotes.append(_quote(100 + number / 10 + step / 100, symbol))
        move = scene.move(symbol, 0.01 * step, 0.01 * step, (number % 7) / 2 - 1.5 + step / 10)
        moves.append(move)
    return QuotesChanged(tuple(quotes), tuple(moves))


def _quote(price: float, symbol: str) -> Quote:
    return replace(scene.quote("NVDA", price, price - 100), symbol=symbol, year_low=50.0, year_high=200.0)


def _history(symbol: str) -> HistorySummary:
    return HistorySummary(symbol, tuple(100.0 + (day * 7) % 13 for day in range(21)), 50.0, 200.0)


def _ecosystem(symbols: Sequence[str]) -> Ecosystem:
    return Ecosystem(
        instruments={symbol: scene.instrument(symbol, f"Name of {symbol}", symbol) for symbol in symbols},
        private={},
        exposures=(),
        aliases=(),
    )


def _watchlist(symbols: Sequence[str]) -> Watchlist:
    layers = tuple(
        Layer(id=f"layer-{part[0]}", names=BilingualName("Layer", "Layer"), symbols=part)
        for part in (tuple(symbols[at : at + _PER_LAYER]) for at in range(0, len(symbols), _PER_LAYER))
    )
    return Watchlist(id="bench", names=BilingualName("Bench", "Bench"), layers=layers, private=())
