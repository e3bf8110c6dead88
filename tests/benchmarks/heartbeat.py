"""How late the GUI thread is: a timer that writes down when it was called; what rest costs."""

import threading
import time

from PySide6.QtCore import QEventLoop, Qt, QTimer
from tests.benchmarks.probe import wakeups

BEAT_MS = 5


def wait(seconds: float) -> None:
    """Let Qt sleep and wake as in the program."""
    loop = QEventLoop()
    QTimer.singleShot(round(seconds * 1000), loop.quit)
    loop.exec()


def beat(late: list[float]) -> QTimer:
    """Start a timer that writes down by how many milliseconds it came late."""
    timer = QTimer()
    timer.setTimerType(Qt.TimerType.PreciseTimer)
    last = time.perf_counter()

    def note() -> None:
        nonlocal last
        now = time.perf_counter()
        late.append(max((now - last) * 1000 - BEAT_MS, 0.0))
        last = now

    timer.timeout.connect(note)
    timer.start(BEAT_MS)
    return timer


def p95(values: list[float]) -> float:
    """Return what 95 of a hundred stay below."""
    return sorted(values)[int(len(values) * 0.95)]


def resting(seconds: float) -> dict[str, float]:
    """Return processor time and wake-ups of a process to which nothing happens."""
    busy, woken, began = time.process_time(), wakeups(), time.perf_counter()
    wait(seconds)
    passed = time.perf_counter() - began
    return {
        "core_share_pct": (time.process_time() - busy) / passed * 100.0,
        "wakeups_per_s": (wakeups() - woken) / passed,
        "python_threads": float(threading.active_count()),
    }
