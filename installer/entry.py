"""What the frozen program starts with."""

import os
import sys

# The windowed program of Windows has no streams: what commands and faults print goes nowhere.
for name in ("stdout", "stderr"):
    if getattr(sys, name) is None:
        setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: PTH123, SIM115 - open to the end

# This program, begun from here as for a replay, is to set itself up as at any start: taken for a part of this
# one it would look for its libraries where the system keeps its own.
os.environ["PYINSTALLER_RESET_ENVIRONMENT"] = "1"

# What is begun from here, such as a browser or a player, must not load this program's libraries or plug-ins;
# Qt itself finds the latter without being told.
if sys.platform.startswith("linux"):
    for name in ("LD_LIBRARY_PATH", "QT_PLUGIN_PATH", "QML2_IMPORT_PATH"):
        os.environ.pop(name, None)
    if (before := os.environ.pop("LD_LIBRARY_PATH_ORIG", None)) is not None:
        os.environ["LD_LIBRARY_PATH"] = before

from stackwatch.cli import main  # noqa: E402 - after all that

sys.exit(main())
