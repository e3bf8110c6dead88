"""What the frozen program starts with."""

import os
import sys

# The windowed program of Windows has no streams: what commands and faults print goes nowhere.
for name in ("stdout", "stderr"):
    if getattr(sys, name) is None:
        setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: PTH123, SIM115 - open to the end

# What is begun from here, such as a browser or a player, must not load this program's libraries.
before = os.environ.pop("LD_LIBRARY_PATH_ORIG", None)
if before is not None:
    os.environ["LD_LIBRARY_PATH"] = before
else:
    os.environ.pop("LD_LIBRARY_PATH", None)

from stackwatch.cli import main  # noqa: E402 - after all that

sys.exit(main())
