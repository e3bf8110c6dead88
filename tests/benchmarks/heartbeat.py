"""How late the GUI thread is: a timer that writes down when it was called."""

import time

from PySide6.QtCore import QEventLoop, Qt, QTimer

_BEAT_MS = 5


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
        late.append(max((now - last) * 1000 - _BEAT_MS, 0.0))
        last = now

    timer.timeout.connect(note)
    timer.start(_BEAT_MS)
    return timer
