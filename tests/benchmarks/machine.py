"""What the figures were measured on, and a yardstick to compare machines by."""

import os
import platform
import time

_STEPS = 2_000_000


def describe() -> dict[str, str]:
    """Return the class of the machine: nothing that names it."""
    return {
        "cores": str(os.cpu_count()),
        "python": f"{platform.python_implementation()} {platform.python_version()}",
        "platform": f"{platform.system()} {platform.machine()}",
        "yardstick_ms": f"{yardstick() * 1000:.0f}",
    }


def yardstick() -> float:
    """Return the seconds of two million steps of plain Python, the best of three."""
    return min(_steps() for _ in range(3))


def _steps() -> float:
    began = time.perf_counter()
    total = 0
    for number in range(_STEPS):
        total += number & 7
    return time.perf_counter() - began
