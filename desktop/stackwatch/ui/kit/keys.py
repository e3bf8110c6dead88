"""Keys as the system that the program runs on names them."""

import sys

from PySide6.QtCore import Qt

_MAC = {"Ctrl": "⌘", "Alt": "⌥", "Shift": "⇧", "Del": "⌫"}


def takes_out(key: int) -> bool:
    """Whether a key removes what is chosen: the key that says "delete" on a Mac is Qt's Backspace."""
    return key == Qt.Key.Key_Delete or (sys.platform == "darwin" and key == Qt.Key.Key_Backspace)


def keys_here(text: str) -> str:
    """Return keys, or a sentence with some, in this system's words: Qt's Ctrl is ⌘ on macOS."""
    if sys.platform == "darwin":
        for name, mark in _MAC.items():
            text = text.replace(f"{name}+", mark).replace(f"{name} ", mark).replace(name, mark)
    return text
