"""Tips as plain text, whatever markup a name may hold."""

from PySide6.QtWidgets import QWidget


def as_tip(text: str) -> str:
    """Return a plain text as a tip that Qt shows letter by letter, line by line; an empty one is none."""
    from html import escape  # noqa: PLC0415 - its table of a thousand entities is not for the first paint

    return f"<span>{escape(text, quote=False).replace(chr(10), '<br>')}</span>" if text else ""


def set_tip(part: QWidget, text: str) -> None:
    """Give a part a tip of plain text, and to a screen reader the same without the tip's markup."""
    tip = as_tip(text)
    if tip != part.toolTip():  # Qt tells everybody of one that is the same, too
        part.setToolTip(tip)
    part.setAccessibleDescription(text.replace("\n", ", "))
