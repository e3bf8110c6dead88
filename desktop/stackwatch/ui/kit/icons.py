"""Phosphor icons as pixmaps, drawn once per name, colour, size and device ratio.

The font is qtawesome's; its module stays out, since importing it takes longer than building the window.
"""

from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path

import msgspec
from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontDatabase,
    QGuiApplication,
    QIcon,
    QPainter,
    QPaintEvent,
    QPixmap,
)
from PySide6.QtWidgets import QWidget

from stackwatch.ui.kit.layout import show_if
from stackwatch.ui.kit.theme import Ink, current_theme, px

_FONT = "phosphor-1.3.0"
_CHARACTERS = "phosphor-charmap-1.3.0.json"
_USUAL_RATIOS = {1.0, 2.0, 3.0}


def pixmap(name: str, colour: QColor, size: int, ratio: float = 1.0) -> QPixmap:
    """Return the glyph ``ph.<name>`` of ``size`` logical pixels for a screen of ``ratio``."""
    return _pixmap(name, colour.name(), size, ratio)


def icon(name: str, colour: QColor, size: int = 16) -> QIcon:
    """Return the glyph ``ph.<name>`` as an icon, sharp on every screen that is there."""
    result = QIcon()
    # Qt shrinks the next larger one for a screen that comes later, and would blow up a smaller one
    ratios = _USUAL_RATIOS | {screen.devicePixelRatio() for screen in QGuiApplication.screens()}
    for ratio in sorted(ratios):
        drawn = pixmap(name, colour, size, ratio)
        for mode in (QIcon.Mode.Normal, QIcon.Mode.Active, QIcon.Mode.Selected):
            result.addPixmap(drawn, mode)
    return result


def draw_icon(painter: QPainter, name: str, colour: QColor, rect: QRect, size: int) -> None:
    """Draw the glyph ``ph.<name>`` in the middle of ``rect``."""
    place = QRect(0, 0, size, size)
    place.moveCenter(rect.center())
    painter.drawPixmap(place.topLeft(), pixmap(name, colour, size, painter.device().devicePixelRatioF()))


class Glyph(QWidget):
    """An icon without a function; ``size`` is for text of 12 pixels."""

    def __init__(self, size: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name: str | None = None  # until something is shown
        self._ink, self._size = Ink.T1, size
        self.restyle()

    def put(self, name: str, ink: Ink) -> None:
        """Show the glyph ``ph.<name>``; without a name nothing is shown."""
        if (name, ink) != (self._name, self._ink):
            self._name, self._ink = name, ink
            show_if(self, bool(name))
            self.update()

    def restyle(self) -> None:
        """Take the size that goes with the text."""
        side = px(self._size)
        self.setFixedSize(side, side)

    def sizeHint(self) -> QSize:
        """Return the size that goes with the text."""
        return self.minimumSize()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the glyph."""
        if self._name:
            draw_icon(QPainter(self), self._name, current_theme().ink(self._ink), self.rect(), px(self._size))


def clear() -> None:
    """Forget every drawn icon; called when the colours change."""
    _pixmap.cache_clear()


@lru_cache(maxsize=512)
def _pixmap(name: str, colour: str, size: int, ratio: float) -> QPixmap:
    pixels = round(size * ratio)
    drawn = QPixmap(pixels, pixels)
    drawn.fill(Qt.GlobalColor.transparent)
    font = QFont(_family())
    font.setPixelSize(pixels)
    painter = QPainter(drawn)
    painter.setFont(font)
    painter.setPen(QColor(colour))
    painter.drawText(QRect(0, 0, pixels, pixels), int(Qt.AlignmentFlag.AlignCenter), _character(name))
    painter.end()
    drawn.setDevicePixelRatio(ratio)
    return drawn


@lru_cache(maxsize=1)
def _family() -> str:
    loaded = QFontDatabase.addApplicationFont(str(_folder() / f"{_FONT}.ttf"))
    return QFontDatabase.applicationFontFamilies(loaded)[0]


def _character(name: str) -> str:
    return chr(int(_codes()[name], 16))


@lru_cache(maxsize=1)
def _codes() -> dict[str, str]:
    return msgspec.json.decode((_folder() / _CHARACTERS).read_bytes(), type=dict[str, str])


def _folder() -> Path:
    package = find_spec("qtawesome")
    assert package is not None
    assert package.submodule_search_locations
    return Path(package.submodule_search_locations[0]) / "fonts"  # a frozen program has the folder only
