"""The window: the only package that imports Qt widgets."""

import builtins

import PySide6.QtCore  # noqa: F401 - from here on, every import goes through PySide

# PySide reads the source of each module that is imported after it and keeps the text, in case that the module
# switches PySide's features (``from __feature__ import ...``). None does so here, and it costs a fifth of the
# start and 15 MB: import as Python does.
builtins.__import__ = vars(builtins).get("__orig_import__", builtins.__import__)
