"""Prove the frozen program for Linux: ``python installer/linux/check_under_xvfb.py [--out PICTURE.png]``.

Runs the self-check, measures how long the first painted window takes (cold where the file cache may be
dropped, as root), and waits for the popup of a replay, on a screen that only exists in memory. Needs Qt,
numpy, ``xvfb`` and ``xdotool``; ``--program`` names another build, such as an installed one.
"""

import argparse
import os
import statistics
import struct
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
from PySide6.QtGui import QImage

ROOT = Path(__file__).resolve().parents[2]
WIDTH, HEIGHT = 1440, 900
_WARM_RUNS = 5
_PAINTED = 32  # distinct colours: text and figures are there, no plain ground
_FIRST, _POPUP = 60.0, 90.0  # seconds to wait at most
_NOBODY = "http://127.0.0.1:9"
_DROP = Path("/proc/sys/vm/drop_caches")


class Screen:
    """An X server whose picture lies in a file."""

    def __init__(self, name: str, folder: Path) -> None:
        """Look at the server ``name``, which keeps its picture in ``folder``."""
        self.name = name
        self._file = folder / "Xvfb_screen0"

    def pixels(self) -> np.ndarray:
        """Return rows of 0xRRGGBB."""
        data = np.memmap(self._file, "u1", "r")  # asking must not slow down what is measured
        head = struct.unpack(">25I", data[:100].tobytes())  # the header of X's window dump
        start = head[0] + head[19] * 12
        return np.frombuffer(data, "<u4", head[12] // 4 * head[5], start).reshape(head[5], -1)

    def painted(self) -> bool:
        """Whether a window with something in it is there."""
        return len(np.unique(self.pixels()[::5, ::5])) >= _PAINTED

    def save(self, path: Path) -> None:
        """Write the picture as PNG."""
        rows = np.ascontiguousarray(self.pixels() | 0xFF000000, dtype="<u4")
        QImage(rows.tobytes(), rows.shape[1], rows.shape[0], QImage.Format.Format_RGB32).save(str(path))

    def windows(self) -> int:
        """Return how many visible windows the program has."""
        command = ["xdotool", "search", "--onlyvisible", "--class", "stackwatch"]
        env = os.environ | {"DISPLAY": self.name}
        return len(subprocess.run(command, env=env, capture_output=True, check=False).stdout.split())


@contextmanager
def screen(folder: Path) -> Iterator[Screen]:
    """Give a screen of its own."""
    folder.mkdir()
    read, write = os.pipe()
    command = [
        "Xvfb",
        "-displayfd",
        str(write),
        "-screen",
        "0",
        f"{WIDTH}x{HEIGHT}x24",
        "-fbdir",
        str(folder),
    ]
    server = subprocess.Popen([*command, "-noreset"], pass_fds=[write], stderr=subprocess.DEVNULL)
    os.close(write)
    try:
        with os.fdopen(read) as told:
            yield Screen(f":{told.readline().strip()}", folder)
    finally:
        server.terminate()
        server.wait()


@contextmanager
def started(program: Path, shown: Screen, home: Path, *words: str) -> Iterator["subprocess.Popen[bytes]"]:
    """Run the program with nothing of the build's surroundings, and end it."""
    env = {"HOME": str(home), "PATH": os.defpath, "LANG": "C.UTF-8", "DISPLAY": shown.name}
    env |= {"HTTPS_PROXY": _NOBODY, "HTTP_PROXY": _NOBODY}  # nothing is asked of anybody
    running = subprocess.Popen([str(program), *words], env=env)
    try:
        yield running
    finally:
        running.terminate()
        running.wait()


def wait(holds: Callable[[], bool], seconds: float, what: str, running: "subprocess.Popen[bytes]") -> float:
    """Wait until ``holds()`` and return after how many seconds it did; SystemExit when it does not."""
    begun = time.monotonic()
    while not holds():
        if running.poll() is not None or time.monotonic() - begun > seconds:
            raise SystemExit(f"FAIL {what}: not within {seconds:.0f} s (exit code {running.poll()})")
        time.sleep(0.02)
    return time.monotonic() - begun


def first_paint(program: Path, folder: Path) -> float:
    """Return the seconds from the start of the process to the painted list; ``folder`` is its home."""
    with screen(Path(tempfile.mkdtemp(dir=folder)) / "screen") as shown:
        begun = time.monotonic()
        with started(program, shown, folder, "--size", f"{WIDTH}x{HEIGHT}") as running:
            wait(shown.painted, _FIRST, "first paint", running)
            return time.monotonic() - begun


def popup(program: Path, folder: Path, out: Path) -> float:
    """Replay a documented day until a popup is on the screen, and save the picture."""
    words = ("--demo", "--speed", "600", "--size", f"{WIDTH}x{HEIGHT}")
    with screen(folder / "screen") as shown, started(program, shown, folder, *words) as running:
        wait(lambda: shown.windows() == 1, _FIRST, "window", running)
        took = wait(lambda: shown.windows() > 1, _POPUP, "popup of the replay", running)
        time.sleep(1.0)  # it fades in
        shown.save(out)
    return took


def drop_caches() -> bool:
    """Empty the file cache; whether that was allowed."""
    os.sync()
    try:
        _DROP.write_text("3", encoding="utf-8")
    except OSError:
        return False
    return True


def main() -> int:
    """Check and measure."""
    parser = argparse.ArgumentParser(description="Prove the frozen program for Linux.")
    parser.add_argument("--program", type=Path, default=ROOT / "dist" / "Stackwatch" / "stackwatch")
    parser.add_argument("--out", type=Path, default=ROOT / "build" / "popup.png")
    options = parser.parse_args()
    program = options.program.resolve()
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as name:
        folder = Path(name)
        with screen(folder / "first") as shown, started(program, shown, folder, "--self-check") as running:
            if code := running.wait(180):
                raise SystemExit(f"FAIL self-check: exit code {code}")
        if drop_caches():
            print(f"first paint, cold: {first_paint(program, folder):.2f} s")
        else:
            print("first paint, cold: not measured, the file cache may only be dropped by root")
        warm = [first_paint(program, folder) for _ in range(_WARM_RUNS)]
        print(f"first paint, warm: {statistics.median(warm):.2f} s (median of {_WARM_RUNS})")
        (folder / "home").mkdir()
        options.out.parent.mkdir(parents=True, exist_ok=True)
        took = popup(program, folder / "home", options.out)
        print(f"popup of the replay: on the screen {took:.0f} s after the window; {options.out}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
