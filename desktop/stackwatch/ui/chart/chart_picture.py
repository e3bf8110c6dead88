"""The chart as a picture of its own: what hangs in a report must say whose prices it shows."""

from PySide6.QtCore import QPoint, QRect
from PySide6.QtGui import QPainter, QPixmap, QRegion
from PySide6.QtWidgets import QWidget

from stackwatch.ui.kit.paint import words
from stackwatch.ui.kit.theme import Role, current_theme, px

_HEAD, _EDGE = 32, 12


def picture_of(part: QWidget, shown: QRect, heading: str) -> QPixmap:
    """Return what a part shows inside a rectangle, under a heading, on the ground of panels."""
    theme = current_theme()
    head, ratio = px(_HEAD), part.devicePixelRatioF()
    picture = QPixmap(round(shown.width() * ratio), round((head + shown.height()) * ratio))
    picture.setDevicePixelRatio(ratio)
    picture.fill(theme.panel)
    painter = QPainter(picture)
    place = QRect(_EDGE, 0, shown.width() - 2 * _EDGE, head)
    words(painter, place, heading, theme.t1, theme.font(Role.TITLE))
    part.render(painter, QPoint(0, head), QRegion(shown), QWidget.RenderFlag.DrawChildren)
    painter.end()
    return picture
