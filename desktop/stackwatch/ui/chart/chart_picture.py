"""The chart as a picture of its own: what hangs in a report must say whose prices it shows."""

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPixmap, QRegion
from PySide6.QtWidgets import QWidget

from stackwatch.ui.kit.theme import Role, Theme

_HEAD, _EDGE = 32, 12


def picture_of(part: QWidget, shown: QRect, heading: str, theme: Theme) -> QPixmap:
    """Return what a part shows inside a rectangle, under a heading, on the ground of panels."""
    head, ratio = theme.px(_HEAD), part.devicePixelRatioF()
    picture = QPixmap(round(shown.width() * ratio), round((head + shown.height()) * ratio))
    picture.setDevicePixelRatio(ratio)
    picture.fill(theme.panel)
    painter = QPainter(picture)
    font = theme.font(Role.TITLE)
    painter.setFont(font)
    painter.setPen(theme.t1)
    place = QRect(_EDGE, 0, shown.width() - 2 * _EDGE, head)
    words = QFontMetrics(font).elidedText(heading, Qt.TextElideMode.ElideRight, place.width())
    painter.drawText(place, int(Qt.AlignmentFlag.AlignVCenter), words)
    part.render(painter, QPoint(0, head), QRegion(shown), QWidget.RenderFlag.DrawChildren)
    painter.end()
    return picture
