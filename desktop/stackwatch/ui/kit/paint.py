"""Text and small marks that the list, the inbox, the popups and the card draw alike. Integer pixels."""

from collections.abc import Sequence
from functools import lru_cache
from math import floor
from typing import cast

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen, QPixmap, QPolygonF

from stackwatch.domain.move import is_unusual
from stackwatch.domain.words.format import shows_zero
from stackwatch.domain.words.story_words import TitleClause
from stackwatch.ui.kit.theme import Role, Theme, px

Box = tuple[int, int, int, int]  # what QRect.getRect gives: left, top, width, height
TRIANGLE = 7  # its side at the usual size of text
_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
_RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
_SAR_LIMIT = 4.0
_SAR_USUAL = 2.0


def triangle(
    painter: QPainter,
    left: int,
    middle: int,
    *,
    up: bool,
    colour: QColor,
    filled: bool = True,
) -> None:
    """Draw the square direction mark whose slot begins at ``left``; outlined in extended hours.

    It is as large as the text, ``px(TRIANGLE)`` wide and high.
    """
    side = px(TRIANGLE)
    ratio = painter.device().devicePixelRatioF()
    painter.drawPixmap(left - 1, middle - side // 2 - 1, _triangle(up, colour.rgba(), filled, ratio, side))


@lru_cache(maxsize=64)
def _triangle(up: bool, colour: int, filled: bool, ratio: float, side: int) -> QPixmap:  # noqa: FBT001 - a cache key
    """Draw the mark once, with a pixel of room on every side."""
    drawn = QPixmap(round((side + 2) * ratio), round((side + 2) * ratio))
    drawn.setDevicePixelRatio(ratio)
    drawn.fill(Qt.GlobalColor.transparent)
    top, bottom, ink = 1, side, QColor.fromRgba(colour)
    tip, foot = (top, bottom) if up else (bottom, top)
    painter = QPainter(drawn)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen if filled else QPen(ink, 1))
    painter.setBrush(ink if filled else Qt.BrushStyle.NoBrush)
    painter.drawPolygon(QPolygonF([QPointF(1, foot), QPointF(1 + side, foot), QPointF(1 + side / 2, tip)]))
    painter.end()
    return drawn


def elided(metrics: QFontMetrics, shown: str, width: int, clause: TitleClause | None = None) -> str:
    """Return text that is cut at its end where it is too wide.

    A title that would not come to the name of ``clause`` begins with that clause instead.
    """
    cut = metrics.elidedText(shown, Qt.TextElideMode.ElideRight, width)
    at = -1 if clause is None or cut == shown else shown.find(clause.title)
    if clause is None or at < 0 or not clause.begins or len(cut) > at + clause.named:
        return cut
    rest = f"{shown[:at]}\u2026{shown[at + clause.begins :]}"
    told = metrics.elidedText(rest, Qt.TextElideMode.ElideRight, width)
    return told if len(told) > at + 1 + clause.named - clause.begins else cut


def words(
    painter: QPainter, rect: QRect, shown: str, ink: QColor, font: QFont, clause: TitleClause | None = None
) -> int:
    """Draw text at the left of ``rect``, elided, and return where it ends; nothing without a width."""
    if rect.width() <= 0:
        return rect.left()
    painter.setFont(font)
    painter.setPen(ink)
    metrics = QFontMetrics(font)
    cut = elided(metrics, shown, rect.width(), clause)
    painter.drawText(rect, _LEFT, cut)
    return rect.left() + metrics.horizontalAdvance(cut)


def centred(painter: QPainter, rect: QRect, shown: str, ink: QColor, font: QFont) -> None:
    """Draw text in the middle of ``rect``, whole."""
    painter.setFont(font)
    painter.setPen(ink)
    painter.drawText(rect, int(Qt.AlignmentFlag.AlignCenter), shown)


def wrapped(painter: QPainter, rect: QRect, shown: str, ink: QColor, font: QFont) -> None:
    """Draw text from the top of ``rect``, in the middle of as many lines as it needs."""
    painter.setFont(font)
    painter.setPen(ink)
    flags = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop
    painter.drawText(rect, int(flags) | int(Qt.TextFlag.TextWordWrap), shown)


def figure(painter: QPainter, rect: QRect, shown: str, ink: QColor, font: QFont) -> None:
    """Draw a figure at the right of ``rect``; figures never elide."""
    painter.setFont(font)
    painter.setPen(ink)
    painter.drawText(rect, _RIGHT, shown)


def move(painter: QPainter, rect: QRect, value: float | None, shown: str, theme: Theme) -> None:
    """Draw a signed percentage with its triangle before it."""
    font = theme.font()
    if value is None or shows_zero(shown):
        figure(painter, rect, shown, theme.t3 if value is None else theme.t2, font)
        return
    ink = theme.direction(value)
    figure(painter, rect, shown, ink, font)
    left = rect.right() - QFontMetrics(font).horizontalAdvance(shown) - px(TRIANGLE) - 4
    triangle(painter, left, rect.top() + rect.height() // 2, up=value > 0, colour=ink)


def sar_bar(
    painter: QPainter, rect: QRect, value: float | None, theme: Theme, *, on_selected: bool = False
) -> None:
    """Draw a SAR against its usual range, scale -4 to +4; without a value, the band and a dash."""
    left, top, width, height = cast("Box", rect.getRect())
    centre, middle, half = left + (width - 1) // 2, top + (height - 1) // 2, width // 2
    band_half = round(half * _SAR_USUAL / _SAR_LIMIT)
    band = theme.band2 if on_selected else theme.band
    painter.fillRect(centre - band_half, top + 2, 2 * band_half, height - 4, band)
    if value is None:
        painter.fillRect(centre - 3, middle, 6, 1, theme.t3)
        return
    length = round(half * min(abs(value), _SAR_LIMIT) / _SAR_LIMIT)
    colour = theme.direction(value) if abs(value) >= _SAR_USUAL else theme.t2
    painter.fillRect(centre if value >= 0 else centre - length, middle - 1, length, 4, colour)
    hairline(painter, QRect(centre, top, 1, height), theme.t3)


def sar_look(value: float | None, theme: Theme) -> tuple[QColor, QFont]:
    """Return ink and font of a SAR in figures: coloured and bold outside the usual range."""
    if is_unusual(value):
        return theme.direction(value), theme.font(Role.STRONG)
    return theme.t3 if value is None else theme.t2, theme.font()


def ring(painter: QPainter, rect: QRect, colour: QColor, radius: int = 3) -> None:
    """Draw the 2 px ring inside ``rect`` that says where the keyboard is."""
    outline(painter, rect, radius, colour, 2)


def outline(
    painter: QPainter,
    rect: QRect,
    radius: int,
    colour: QColor,
    width: int = 1,
    fill: QColor | Qt.BrushStyle = Qt.BrushStyle.NoBrush,
) -> None:
    """Draw a rounded border inside ``rect``, sharp on a screen of any scale."""
    edges, thick = _on_pixels(painter, QRectF(rect), width)
    half = thick / 2
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(colour, thick))
    painter.setBrush(fill)
    painter.drawRoundedRect(edges.adjusted(half, half, -half, -half), radius, radius)
    painter.restore()


def hairline(painter: QPainter, rect: QRect, colour: QColor) -> None:
    """Fill a ``rect`` 1 px wide or high: on a screen of any scale a sharp line, as thin as the others."""
    if painter.device().devicePixelRatioF().is_integer():
        painter.fillRect(rect, colour)
        return
    edges, thick = _on_pixels(painter, QRectF(rect), 1)
    if rect.width() == 1:
        edges.setWidth(thick)
    if rect.height() == 1:
        edges.setHeight(thick)
    painter.fillRect(edges, colour)


def _on_pixels(painter: QPainter, rect: QRectF, width: int) -> tuple[QRectF, float]:
    """Return a rect whose edges lie on pixels of the screen, and the width of a line of whole ones."""
    scale = painter.device().devicePixelRatioF()
    if scale == int(scale):
        return rect, width
    to_screen = painter.deviceTransform()
    placed = to_screen.mapRect(rect)
    left, top, right, bottom = (
        floor(edge + 0.5)  # halves go up, as in Qt: another pixel lies outside the widget
        for edge in (placed.left(), placed.top(), placed.right(), placed.bottom())
    )
    from_screen, _ = to_screen.inverted()
    return from_screen.mapRect(QRectF(left, top, right - left, bottom - top)), int(width * scale) / scale


def hatch(painter: QPainter, rect: QRect, theme: Theme) -> None:
    """Draw the 45-degree hatch that stands for a value that is not judged now."""
    painter.save()
    painter.setClipRect(rect)
    painter.setPen(QPen(theme.t3, 1))
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    for x in range(rect.left() - rect.height(), rect.right() + 1, 5):
        painter.drawLine(x, rect.bottom(), x + rect.height(), rect.top())
    painter.restore()


def severity(painter: QPainter, left: int, middle: int, level: int, theme: Theme) -> None:
    """Draw three bars as large as the text, ``level`` of them filled."""
    width, height = theme.px(3), theme.px(9)
    for index in range(3):
        colour = theme.t1 if index < level else theme.line2
        painter.fillRect(QRect(left + index * theme.px(4), middle - height // 2, width, height), colour)


def range_mark(
    painter: QPainter, rect: QRect, low: float, high: float, value: float, ink: QColor, theme: Theme
) -> None:
    """Draw where ``value`` stands between ``low`` and ``high``."""
    middle = rect.center().y()
    hairline(painter, QRect(rect.left(), middle, rect.width(), 1), theme.line2)
    if high <= low:
        return
    share = min(max((value - low) / (high - low), 0.0), 1.0)
    painter.fillRect(QRect(rect.left() + round(share * (rect.width() - 3)), middle - 4, 3, 9), ink)


def sparkline(painter: QPainter, rect: QRect, closes: Sequence[float], theme: Theme) -> None:
    """Draw closes scaled to their own range, a dotted line at the first and a dot at the last."""
    painter.save()
    painter.setPen(QPen(theme.line2, 1, Qt.PenStyle.DotLine))
    if len(closes) < 3:  # noqa: PLR2004 - two points are no path
        painter.drawLine(rect.left(), rect.center().y(), rect.right(), rect.center().y())
        painter.restore()
        return
    low, high = min(closes), max(closes)
    span = (high - low) or 1.0
    step = (rect.width() - 4) / (len(closes) - 1)
    points = [
        QPointF(rect.left() + index * step, rect.bottom() - 2 - (close - low) / span * (rect.height() - 4))
        for index, close in enumerate(closes)
    ]
    first = round(points[0].y())
    painter.drawLine(QPoint(rect.left(), first), QPoint(rect.right(), first))
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(theme.t2, 1))
    painter.drawPolyline(QPolygonF(points))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.t2)
    last = points[-1]
    painter.drawEllipse(QRectF(last.x() - 1.5, last.y() - 1.5, 3, 3))
    painter.restore()
