"""vnpy's main window, prices of made-up names in its tick monitor.

``start``: seconds until the monitor is painted with its rows; ``memory``: megabytes after three seconds;
``idle SETTLE SECONDS``: what it costs while nothing happens; ``ticks NAMES RATE GATHERED SECONDS``: the
monitor sorted by price, under a stream.
"""

import os
import sys
import threading
import time
from collections.abc import Iterable
from datetime import UTC, datetime

from PySide6.QtCore import QMetaObject, Qt
from PySide6.QtWidgets import QApplication
from tests.benchmarks.heartbeat import BEAT_MS, beat, p95, resting, wait
from tests.benchmarks.made import Stream
from tests.benchmarks.probe import end_when_painted, report, resident_mb
from vnpy.event import Event, EventEngine
from vnpy.trader.constant import Exchange
from vnpy.trader.engine import MainEngine
from vnpy.trader.event import EVENT_TICK
from vnpy.trader.object import TickData
from vnpy.trader.ui import MainWindow, create_qapp
from vnpy.trader.ui.widget import TickMonitor

_ROWS, _WAIT, _FIRST = 84, 3.0, 1.5
_PRICE = list(TickMonitor.headers).index("last_price")


def main() -> None:
    """Open the window and do what was asked for."""
    task, *rest = sys.argv[1:]
    numbers = [float(number) for number in rest]
    symbols = [f"S{number:03d}" for number in range(int(numbers[0]) if task == "ticks" else _ROWS)]
    if task == "start":
        end_when_painted(TickMonitor, "paintEvent", lambda monitor: monitor.rowCount() == _ROWS)
    elif task == "ticks":
        stream = Stream(symbols, int(numbers[1]), numbers[2])
        follow(stream)
    app = create_qapp()
    engine = EventEngine()
    window = MainWindow(MainEngine(engine), engine)
    window.resize(1440, 900)
    window.show()
    put(engine, ((symbol, 100.0) for symbol in symbols))
    if task == "memory":
        wait(_WAIT)
        report({"mb": resident_mb()})
    elif task == "idle":
        wait(numbers[0])
        report(resting(numbers[1]))
    elif task == "ticks":
        wait(_WAIT)
        window.findChild(TickMonitor).sortByColumn(_PRICE, Qt.SortOrder.DescendingOrder)
        press(app, engine, stream, numbers[3])
    if task == "start":
        app.exec()
    os._exit(0)  # its threads never end


def put(engine: EventEngine, prices: Iterable[tuple[str, float]]) -> None:
    """Hand prices over as a gateway does, an event each."""
    now = datetime.now(UTC)
    for symbol, price in prices:
        tick = TickData(
            "made", symbol=symbol, exchange=Exchange.NASDAQ, datetime=now, name=symbol, last_price=price
        )
        engine.put(Event(EVENT_TICK, tick))


def follow(stream: Stream) -> None:
    """Let the monitor tell which prices it has taken in."""
    plain = TickMonitor.process_event

    def process_event(monitor: TickMonitor, event: Event) -> None:
        plain(monitor, event)
        stream.arrived(event.data.symbol, event.data.last_price)

    TickMonitor.process_event = process_event


def press(app: QApplication, engine: EventEngine, stream: Stream, seconds: float) -> None:
    """Send the stream, and report from a thread: a window that is never idle calls no timer any more."""
    late: list[float] = []
    timer = beat(late)
    timer.stop()

    def feed() -> None:
        for prices in stream.batches(threading.Event()):
            put(engine, prices)

    def measure() -> None:
        time.sleep(_FIRST)  # the first prices are not the steady state
        share, taken_per_s, _ = busy(stream, seconds)
        stream.delays.clear()
        QMetaObject.invokeMethod(timer, "start", Qt.ConnectionType.QueuedConnection)
        clocked, _, passed = busy(stream, seconds)
        not_yet = max(passed * 1000.0 - sum(late) - len(late) * BEAT_MS, 0.0)
        report(
            {
                "cpu_pct": share,
                "cpu_with_clock_pct": clocked,
                "late_p95_ms": p95([*late, not_yet]),
                "tick_to_list_p95_ms": p95(stream.delays),
                "taken_per_s": taken_per_s,
            }
        )
        os._exit(0)

    for work in (feed, measure):
        threading.Thread(target=work, daemon=True).start()
    app.exec()


def busy(stream: Stream, seconds: float) -> tuple[float, float, float]:
    """Return percent of a core, prices taken in a second, and how long it took."""
    worked, taken, began = time.process_time(), stream.taken, time.perf_counter()
    time.sleep(seconds)
    passed = time.perf_counter() - began
    return (time.process_time() - worked) / passed * 100.0, (stream.taken - taken) / passed, passed


if __name__ == "__main__":
    main()
