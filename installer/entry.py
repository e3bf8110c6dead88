"""What the frozen program starts with."""

import os
import sys

# The windowed program of Windows has no streams: what commands and faults print goes nowhere.
for name in ("stdout", "stderr"):
    if getattr(sys, name) is None:
        setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: PTH123, SIM115 - open to the end

from stackwatch.cli import main  # noqa: E402 - after the streams are there

sys.exit(main())
