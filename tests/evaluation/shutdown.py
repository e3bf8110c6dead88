"""How long the program takes to end while requests hang: ``python -m tests.evaluation.shutdown [--write]``.

Starts the real program with its window, offscreen, against the local server, closes the window once requests
are under way, and counts the seconds until the process is gone. ``--write`` puts the figures into
docs/evaluation.md.
"""

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.evaluation.page import ask, put, table
from tests.wire.faults import Fault
from tests.wire.server import YahooServer, environment

ROOT = Path(__file__).resolve().parents[2]
ENDPOINTS = ("cookie", "consent", "crumb", "quote", "chart", "news", "search", "feed", "stream")
WAYS = {
    "nothing wrong": None,
    "every request hangs": Fault(hang=True),
    "every connection hangs": Fault(connect="hang"),
    "every answer drips": Fault(drip=0.05),
    "every answer stalls half way": Fault(stall=True),
}
LIMIT = 2.0
_LONGEST, _UNHEARD, _UNDER_WAY = 40.0, 5.0, 1.0
_PROGRAM = """
import sys, time
from pathlib import Path
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from stackwatch import window_app
from stackwatch.app import Options
from stackwatch.storage.locations import user_folders
app = QApplication([])
app.lastWindowClosed.connect(lambda: print(time.time(), flush=True))
told = Path(sys.argv[2])  # no line of standard input: on Windows libraries wait for whoever reads there
ear = QTimer()
ear.timeout.connect(lambda: told.exists() and app.closeAllWindows())
ear.start(20)
options = Options(folders=user_folders(Path(sys.argv[1])))
window_app.run(options, episode=None, speed=1.0, screenshot=None, quit_after=60.0)
"""


def seconds_to_end(folder: Path, server: YahooServer, fault: Fault | None) -> float:
    """Return the seconds from the window's closing to the end of the process."""
    server.reset_counts()
    for endpoint in ENDPOINTS if fault is not None else ():
        server.fail(endpoint, fault or Fault())
    variables = os.environ | environment(server)
    variables |= {"PYTHONPATH": str(ROOT / "desktop"), "QT_QPA_PLATFORM": "offscreen"}
    bell = folder / "close"
    command = [sys.executable, "-c", _PROGRAM, str(folder), str(bell)]
    with subprocess.Popen(command, env=variables, text=True, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        _wait_for_requests(server, heard=fault is None or not fault.connect)
        bell.touch()
        closed = float(process.stdout.readline())
        process.wait(60)
        ended = time.time()
    server.heal()
    if process.returncode != 0:
        raise RuntimeError(f"the program ended with {process.returncode}")
    return ended - closed


def _wait_for_requests(server: YahooServer, *, heard: bool) -> None:
    """Wait until requests are under way; of connections that hang the server hears nothing."""
    began = time.monotonic()
    while time.monotonic() - began < (_LONGEST if heard else _UNHEARD):
        if heard and server.counts:
            time.sleep(_UNDER_WAY)
            return
        time.sleep(0.05)
    if heard:
        raise RuntimeError("nothing was asked for")


def main() -> int:
    """Print the table of the ways to hang; the exit code counts those over two seconds."""
    given = ask("shutdown", __doc__).parse_args()
    ended: dict[str, float] = {}
    with tempfile.TemporaryDirectory() as name, YahooServer(Path(name)) as server:
        for number, (words, fault) in enumerate(WAYS.items()):
            ended[words] = seconds_to_end(Path(name) / str(number), server, fault)
    sums = table(
        ("When the window is closed", "Seconds"), ((words, f"{s:.2f}") for words, s in ended.items())
    )
    sys.stdout.writelines(f"{line}\n" for line in sums)
    if given.write:
        put("shutdown", sums)
    return sum(seconds > LIMIT for seconds in ended.values())


if __name__ == "__main__":
    sys.exit(main())
