"""Tips as plain text, whatever markup a name may hold; what the figures mean that no other list has."""

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

_LONG_LINE = 72  # letters; Qt breaks lines at a third of that, where they may be broken
_WHOLE = '<p style="margin:0; white-space:pre">'


def as_tip(text: str) -> str:
    """Return a plain text as a tip that Qt shows letter by letter; an empty one is none.

    Its lines stay whole, unless one is long.
    """
    if not text:
        return ""
    from html import escape  # its table of a thousand entities is not for the first paint

    lines = text.split("\n")
    shown = "<br>".join(escape(line, quote=False) for line in lines)
    return f"{_WHOLE}{shown}</p>" if max(map(len, lines)) <= _LONG_LINE else f"<p>{shown}</p>"


def set_tip(part: QWidget, text: str) -> None:
    """Give a part a tip of plain text, and to a screen reader the same without the tip's markup."""
    tip = as_tip(text)
    if tip != part.toolTip():  # Qt tells everybody of one that is the same, too
        part.setToolTip(tip)
    part.setAccessibleDescription(", ".join(filter(None, text.split("\n"))))


def abnormal_help() -> str:
    """Return what an abnormal move is: its name, and a line of help."""
    tr = QCoreApplication.translate
    told = tr(
        "Watchlist", "what is left of the change without what its usual relation to the market predicts"
    )
    return f"{tr('Watchlist', 'Abnormal move')}\n{told}"


def sar_help() -> str:
    """Return what a SAR is: its name, and a line of help."""
    tr = QCoreApplication.translate
    told = tr("Watchlist", "at 2 or more, either way, the move is unusual for the share")
    return f"{tr('Watchlist', 'SAR: abnormal move in standard errors')}\n{told}"
