"""Regenerate docs/pictures from a replayed day. Needs no display and no network.

    python installer/pictures.py [NAME...]

Run it with the Python of an environment in which Stackwatch is installed, or with ``desktop`` on
PYTHONPATH. Every picture is a real window, or a part of one, on the reconstructed 22 July 2025. A name, such
as ``heat-dark-en``, takes that picture only.
"""

import multiprocessing
import os
import sys
import tempfile
from pathlib import Path

from picture_taking import MOST_BYTES, SITTINGS, reduce, sit

ROOT = Path(__file__).resolve().parents[1]
PICTURES = ROOT / "docs" / "pictures"


def main() -> int:
    """Take the pictures named on the command line, or all."""
    known = [name for sitting in SITTINGS for name in sitting.names]
    wanted = sys.argv[1:] or known
    for name in wanted:
        if name not in known:
            return _refuse(f"{name} is not known; expected one of {', '.join(known)}")
    PICTURES.mkdir(parents=True, exist_ok=True)
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    os.environ["TZ"] = "America/New_York"  # whose clock the lists go by: no second time beside it
    path = os.pathsep.join(filter(None, [str(ROOT / "desktop"), os.environ.get("PYTHONPATH")]))
    os.environ["PYTHONPATH"] = path
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as scratch:
        for place, sitting in enumerate(SITTINGS):
            mine = [name for name in sitting.names if name in wanted]
            data = Path(scratch) / str(place)
            if mine and not _sat(place, mine, data):
                return _refuse(f"{', '.join(mine)}: the program ended with a fault")
    return _judge(wanted)


def _sat(place: int, names: list[str], data: Path) -> bool:
    """Take the pictures of one window, in a process of its own."""
    context = multiprocessing.get_context("spawn")  # Qt wants a process that nothing was forked into
    sitting = context.Process(target=sit, args=(place, names, PICTURES, data))
    sitting.start()
    sitting.join()
    return sitting.exitcode == 0


def _judge(names: list[str]) -> int:
    """Make the files small, and say how large each is."""
    large = []
    for name in names:
        file = PICTURES / f"{name}.png"
        reduce(file)
        size = file.stat().st_size
        print(f"{name}.png  {size // 1000} kB")
        if size > MOST_BYTES:
            large.append(f"{name}.png")
    return _refuse(f"larger than {MOST_BYTES // 1000} kB: {', '.join(large)}") if large else 0


def _refuse(text: str) -> int:
    print(f"pictures: {text}", file=sys.stderr)
    return 2


if __name__ == "__main__":
    sys.exit(main())
