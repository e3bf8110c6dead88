"""How long the program takes to end while every request hangs: ``python -m tests.evaluation.shutdown``.

Starts the real program with its window, offscreen, against the local server, closes the window once requests
are under way, and counts the seconds until the process is gone.
"""

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

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
_PROGRAM = """
import sys, time
from pathlib import Path
from PySide6.QtWidgets import QApplication
from stackwatch import window_app
from stackwatch.app import Options
from stackwatch.storage.locations import user_folders
app = QApplication([])
app.lastWindowClosed.connect(lambda: print(time.time(), flush=True))
options = Options(folders=user_folders(Path(sys.argv[1])))
window_app.run(options, episode=None, speed=1.0, screenshot=None, quit_after=float(sys.argv[2]))
"""


def seconds_to_end(folder: Path, server: YahooServer, fault: Fault | None, *, run_for: float = 5.0) -> float:
    """Return the seconds from the window's closing to the end of the process."""
    server.reset_counts()
    for endpoint in ENDPOINTS if fault is not None else ():
        server.fail(endpoint, fault or Fault())
    variables = os.environ | environment(server)
    variables |= {"PYTHONPATH": str(ROOT / "desktop"), "QT_QPA_PLATFORM": "offscreen"}
    command = [sys.executable, "-c", _PROGRAM, str(folder), str(run_for)]
    with subprocess.Popen(command, env=variables, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        closed = float(process.stdout.readline())
        process.wait(60)
        ended = time.time()
    server.heal()
    if process.returncode != 0:
        raise RuntimeError(f"the program ended with {process.returncode}")
    if not server.counts and (fault is None or not fault.connect):
        raise RuntimeError("nothing was asked for: the run was too short to tell")
    return ended - closed


def main() -> int:
    """Print a line per way to hang; the exit code counts those over two seconds."""
    slow = 0
    with tempfile.TemporaryDirectory() as name, YahooServer(Path(name)) as server:
        for number, (words, fault) in enumerate(WAYS.items()):
            seconds = seconds_to_end(Path(name) / str(number), server, fault)
            slow += seconds > LIMIT
            sys.stdout.write(f"{words}: {seconds:.2f} s\n")
            sys.stdout.flush()
    return slow


if __name__ == "__main__":
    sys.exit(main())
