"""What changes while windows are open: colours and sizes, and the language."""

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget


def dress(part: QObject) -> None:
    """Have a part and all that is in it follow the theme, inner parts first.

    What only asks for the theme when it paints is painted again; what was made with it (an icon, a fixed
    size, a layout of its own) has a ``restyle``, which makes it anew.
    """
    for inner in part.children():
        dress(inner)
    restyle = getattr(part, "restyle", None)
    if restyle is not None:
        restyle()
    if isinstance(part, QWidget):
        part.updateGeometry()
        part.update()


def reword(part: QObject) -> None:
    """Have a part and all that is in it speak the language in use, and call things as they are called now.

    What keeps words has a ``retranslate``, which makes them anew; inner parts come first.
    """
    for inner in part.children():
        reword(inner)
    retranslate = getattr(part, "retranslate", None)
    if retranslate is not None:
        retranslate()
