"""Phosphor icons as pixmaps, drawn once per name, colour, size and device ratio."""

from functools import lru_cache
from typing import cast

from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QIcon, QPixmap

_FULL_EM = 1 / 0.875  # qtawesome draws a glyph at 0.875 of the asked size


def pixmap(name: str, colour: QColor, size: int, ratio: float = 1.0) -> QPixmap:
    """Return the glyph ``ph.<name>`` of ``size`` logical pixels for a screen of ``ratio``."""
    return _pixmap(name, colour.name(), size, ratio)


def icon(name: str, colour: QColor, size: int = 16) -> QIcon:
    """Return the glyph ``ph.<name>`` as an icon, sharp on single and double density screens."""
    result = QIcon()
    for ratio in (1.0, 2.0):
        drawn = pixmap(name, colour, size, ratio)
        for mode in (QIcon.Mode.Normal, QIcon.Mode.Active, QIcon.Mode.Selected):
            result.addPixmap(drawn, mode)
    return result


def clear() -> None:
    """Forget every drawn icon; called when the colours change."""
    _pixmap.cache_clear()


@lru_cache(maxsize=512)
def _pixmap(name: str, colour: str, size: int, ratio: float) -> QPixmap:
    import qtawesome  # noqa: PLC0415 - loading its fonts can wait until the first icon

    glyph = cast("QIcon", qtawesome.icon(f"ph.{name}", color=colour, scale_factor=_FULL_EM))
    return glyph.pixmap(QSize(size, size), ratio)
