"""Regenerate docs/pictures from a replayed day, by the program's own command line. Needs no display.

    python installer/pictures.py [NAME...]

Run it with the Python of an environment in which Stackwatch is installed, or with ``desktop`` on
PYTHONPATH. Every picture is a real window on the reconstructed 22 July 2025.
"""

import os
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from PySide6.QtGui import QImage

ROOT = Path(__file__).resolve().parents[1]
PICTURES = ROOT / "docs" / "pictures"
MOST_BYTES = 250_000
_COLOURS = 256
_SPEED = "2000"  # the day of 400 minutes takes 12 s
_SECONDS = "15"  # its end, while the popups of the morning are still there


@dataclass(frozen=True, slots=True)
class Picture:
    """One picture: its name without ending, and how the window is opened."""

    name: str
    size: str
    theme: str
    language: str
    palette: str = "western"

    def arguments(self, file: Path, data: Path) -> list[str]:
        """Return the command line that takes it."""
        return [
            *("--data-dir", str(data), "--demo", "--speed", _SPEED, "--quit-after", _SECONDS),
            *("--size", self.size, "--theme", self.theme, "--palette", self.palette, "--lang", self.language),
            *("--screenshot", str(file)),
        ]


ALL = (
    Picture("main-dark-en", "1440x900", "dark", "en"),
    Picture("main-light-ko", "1440x900", "light", "ko", "korean"),
    Picture("narrow-dark-en", "1280x720", "dark", "en"),
    Picture("wide-light-en", "1920x1080", "light", "en"),
)


def main() -> int:
    """Take the pictures named on the command line, or all."""
    wanted = sys.argv[1:] or [picture.name for picture in ALL]
    known = {picture.name: picture for picture in ALL}
    for name in wanted:
        if name not in known:
            return _refuse(f"{name} is not known; expected one of {', '.join(known)}")
    PICTURES.mkdir(parents=True, exist_ok=True)
    for name in wanted:
        fault = _take(known[name])
        if fault:
            return _refuse(fault)
    return 0


def _take(picture: Picture) -> str | None:
    """Take one picture; returns what went wrong, if anything."""
    file = PICTURES / f"{picture.name}.png"
    path = os.pathsep.join(filter(None, [str(ROOT / "desktop"), os.environ.get("PYTHONPATH")]))
    env = os.environ | {"QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": path}
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as data:
        command = [sys.executable, "-m", "stackwatch", *picture.arguments(file, Path(data))]
        if subprocess.call(command, env=env) != 0:
            return f"{picture.name}: the program ended with a fault"
    _reduce(file)
    size = file.stat().st_size
    print(f"{picture.name}.png  {size // 1000} kB")
    return f"{picture.name}.png is larger than {MOST_BYTES // 1000} kB" if size > MOST_BYTES else None


def _reduce(file: Path) -> None:
    """Keep the 256 commonest colours and give every other pixel the nearest of them."""
    picture = QImage(str(file)).convertToFormat(QImage.Format.Format_RGB32)
    width, height = picture.width(), picture.height()
    pixels = np.frombuffer(picture.constBits(), np.uint32).reshape(height, width) & 0xFFFFFF
    colours, where, counts = np.unique(pixels, return_inverse=True, return_counts=True)
    table = colours[np.argsort(-counts)[:_COLOURS]]
    nearest = np.array([_nearest(int(colour), table) for colour in colours], dtype=np.uint8)
    lines = np.zeros((height, -(-width // 4) * 4), np.uint8)  # QImage wants whole words
    lines[:, :width] = nearest[where.reshape(height, width)]
    small = QImage(lines.tobytes(), width, height, lines.shape[1], QImage.Format.Format_Indexed8)
    small.setColorTable([int(colour) | 0xFF000000 for colour in table])
    small.save(str(file), "PNG", 0)


def _nearest(colour: int, table: np.ndarray) -> int:
    """Return the index of the colour in ``table`` that is closest in red, green and blue."""
    distance = sum(((table >> bits & 0xFF).astype(int) - (colour >> bits & 0xFF)) ** 2 for bits in (16, 8, 0))
    return int(np.argmin(distance))


def _refuse(text: str) -> int:
    print(f"pictures: {text}", file=sys.stderr)
    return 2


if __name__ == "__main__":
    sys.exit(main())
