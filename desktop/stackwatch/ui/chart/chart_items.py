"""What the chart draws: a series of bars on an index axis, its ticks, and the canvas in whole pixels."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import Enum
from itertools import groupby
from math import ceil, floor, isclose, log10
from zoneinfo import ZoneInfo

from PySide6.QtCore import QLine, QPoint, QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QPainter, QPen, QPolygonF, QTransform
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from stackwatch.domain import format as text
from stackwatch.domain.quote import Bar, ChartRange, DailyBar, MinuteBar
from stackwatch.domain.watchlist import Language
from stackwatch.ui.kit.theme import Theme

VOLUME_HEIGHT = 30
_BODY = 0.62
_WIDEST_BODY = 24
_MANY_BARS = 250
_FEWEST_TICKS = 2
_LABEL_SPACE = 58
_AFTER_CLOSE_HOUR = 16


class Grain(Enum):
    """How far apart the ticks of the time axis are."""

    QUARTER_HOUR = "quarter hour"
    HOUR = "hour"
    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    YEAR = "year"


_GRAINS = {  # the first that gives ticks is taken
    ChartRange.DAY_1: (Grain.HOUR, Grain.QUARTER_HOUR),
    ChartRange.DAY_5: (Grain.DAY, Grain.HOUR, Grain.QUARTER_HOUR),
    ChartRange.MONTH_1: (Grain.WEEK, Grain.DAY),
    ChartRange.MONTH_6: (Grain.MONTH, Grain.WEEK, Grain.DAY),
    ChartRange.YEAR_1: (Grain.MONTH, Grain.WEEK, Grain.DAY),
    ChartRange.YEAR_5: (Grain.YEAR, Grain.MONTH, Grain.DAY),
}


@dataclass(frozen=True, slots=True)
class Tick:
    """A place on an axis and its words."""

    at: float
    label: str


@dataclass(frozen=True, slots=True)
class Series:
    """Bars at the places 0, 1, 2 ...: nights, weekends and holidays take no room."""

    bars: tuple[Bar, ...]
    chart_range: ChartRange
    zone: str

    @classmethod
    def of(cls, bars: Sequence[Bar], chart_range: ChartRange, zone: str) -> "Series":
        """Make a series; five years are drawn by the week."""
        kept = _weekly(bars) if chart_range is ChartRange.YEAR_5 else tuple(bars)
        return cls(kept, chart_range, zone)

    @property
    def as_line(self) -> bool:
        """Whether a line says more than candles."""
        return self.chart_range is ChartRange.DAY_1 or (
            self.chart_range.intraday and len(self.bars) > _MANY_BARS
        )

    def local(self, place: int) -> datetime:
        """Return the local time (or the day) of a bar."""
        bar = self.bars[place]
        if isinstance(bar, MinuteBar):
            return bar.start.astimezone(ZoneInfo(self.zone))
        return datetime(bar.day.year, bar.day.month, bar.day.day, tzinfo=UTC)

    def place_of(self, moment: datetime) -> int | None:
        """Return the bar that could first answer to news of a moment; None before the first bar."""
        if not self.bars:
            return None
        first = self.bars[0]
        if isinstance(first, MinuteBar):
            starts = [bar.start for bar in self.bars if isinstance(bar, MinuteBar)]
            place = bisect_right(starts, moment) - 1
            return place if place >= 0 else None
        local = moment.astimezone(ZoneInfo(self.zone))
        days = [bar.day for bar in self.bars if isinstance(bar, DailyBar)]
        if local.date() < days[0]:
            return None
        search = bisect_right if local.hour >= _AFTER_CLOSE_HOUR else bisect_left
        return min(search(days, local.date()), len(days) - 1)

    def place_of_day(self, day: date) -> int | None:
        """Return the bar of a day, or the first one after it; None for a day before the first bar."""
        days = [self.local(place).date() for place in range(len(self.bars))]
        if not days or day < days[0]:
            return None
        place = bisect_left(days, day)
        return place if place < len(days) else None

    def bounds(self, first: int, last: int) -> tuple[float, float]:
        """Return the lowest and highest price of the bars from ``first`` to ``last``."""
        seen = self.bars[max(first, 0) : last + 1] or self.bars
        return min(bar.low for bar in seen), max(bar.high for bar in seen)

    def words(self, place: int, language: Language) -> str:
        """Write a bar's time and values."""
        bar, local = self.bars[place], self.local(place)
        day = text.date_text(local, language)
        if language is Language.ENGLISH:
            day = f"{text.weekday(local, language)} {day}"
        when = f"{day} {local:%H:%M}" if isinstance(bar, MinuteBar) else day
        figures = zip(("O", "H", "L", "C"), (bar.open, bar.high, bar.low, bar.close), strict=True)
        prices = "  ".join(f"{name} {value:,.2f}" for name, value in figures)
        return f"{when}   {prices}   V {text.volume(bar.volume, language)}"

    def time_ticks(self, language: Language) -> list[Tick]:
        """Return ticks where a new hour, day, month or year begins; of finer periods where bars are few."""
        ticks: list[Tick] = []
        for grain in _GRAINS[self.chart_range]:
            ticks = self._ticks_of(grain, language)
            if len(ticks) >= _FEWEST_TICKS:
                break
        return ticks

    def _ticks_of(self, grain: Grain, language: Language) -> list[Tick]:
        ticks: list[Tick] = []
        before = None
        for place in range(len(self.bars)):
            period, label = _period(self.local(place), grain, language)
            if before is not None and period != before:
                ticks.append(Tick(place, label))
            before = period
        return ticks


def with_grown(bars: Sequence[Bar], grown: Sequence[Bar]) -> tuple[Bar, ...]:
    """Return bars with newer ones, oldest first, each in place of the one of its time or behind the last."""
    kept = list(bars)
    while kept and grown and _time_of(kept[-1]) >= _time_of(grown[0]):
        kept.pop()
    return (*kept, *grown)


def _time_of(bar: Bar) -> datetime:
    if isinstance(bar, MinuteBar):
        return bar.start
    return datetime(bar.day.year, bar.day.month, bar.day.day, tzinfo=UTC)


def thinned(ticks: Sequence[Tick], pitch: float) -> list[Tick]:
    """Return the ticks whose words have room at ``pitch`` pixels per bar."""
    kept: list[Tick] = []
    for tick in ticks:
        if not kept or (tick.at - kept[-1].at) * pitch >= _LABEL_SPACE:
            kept.append(tick)
    return kept


def _weekly(bars: Sequence[Bar]) -> tuple[Bar, ...]:
    """Fold daily bars into weeks."""
    daily = [bar for bar in bars if isinstance(bar, DailyBar)]
    weeks = []
    for _, days in groupby(daily, key=lambda bar: bar.day.isocalendar()[:2]):
        week = list(days)
        weeks.append(
            DailyBar(
                week[-1].day,
                week[0].open,
                max(bar.high for bar in week),
                min(bar.low for bar in week),
                week[-1].close,
                sum(bar.volume for bar in week),
            )
        )
    return tuple(weeks)


def _period(local: datetime, grain: Grain, language: Language) -> tuple[object, str]:
    """Return what must change for a tick, and the tick's words."""
    korean = language is Language.KOREAN
    day, month, year = text.date_text(local, Language.ENGLISH).split()
    if grain is Grain.QUARTER_HOUR:
        quarter = local.minute // 15 * 15
        return (local.hour, quarter), f"{local:%H}:{quarter:02d}"
    if grain is Grain.HOUR:
        return (local.date(), local.hour), f"{local:%H}:00"
    if grain in (Grain.DAY, Grain.WEEK):
        label = f"{local.month}\uc6d4 {local.day}\uc77c" if korean else f"{day} {month}"
        return (local.date() if grain is Grain.DAY else local.isocalendar()[:2]), label
    if grain is Grain.YEAR or local.month == 1:
        return (local.year, 1), f"{year}\ub144" if korean else year
    return (local.year, local.month), f"{local.month}\uc6d4" if korean else month


def price_ticks(low: float, high: float, pixels: float) -> list[Tick]:
    """Return round prices between ``low`` and ``high``, about 30 pixels apart."""
    span = high - low
    if span <= 0 or pixels <= 0:
        return []
    raw = span / max(pixels / 30.0, 1.0)
    size = 10.0 ** floor(log10(raw))
    step = next(size * factor for factor in (1, 2, 2.5, 5, 10) if size * factor >= raw)
    decimals = next(d for d in range(10) if isclose(round(step, d), step))
    if high < 1000:  # noqa: PLR2004 - prices of three digits keep their cents
        decimals = max(decimals, 2)
    first, last = ceil(low / step), floor(high / step)
    return [Tick(n * step, f"{n * step:,.{decimals}f}") for n in range(first, last + 1)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawing:
    """All that the canvas shows; replaced as one value."""

    series: Series
    theme: Theme
    times: tuple[Tick, ...] = ()
    prices: tuple[Tick, ...] = ()
    last: float | None = None
    leaders: tuple[int, ...] = ()
    cross: tuple[int, float] | None = None


class ChartCanvas(QGraphicsItem):
    """Draws the visible bars in whole device pixels; its own coordinates are (place, price)."""

    def __init__(self, drawing: Drawing) -> None:
        super().__init__()
        self._drawing = drawing
        self._view = QRectF(0, 0, 1, 1)

    def put(self, drawing: Drawing, view: QRectF) -> None:
        """Show other content in the rectangle ``view`` of own coordinates."""
        if view != self._view:
            self.prepareGeometryChange()
            self._view = QRectF(view)
        self._drawing = drawing
        self.update()

    def boundingRect(self) -> QRectF:
        """Return what is in view."""
        return self._view

    def paint(
        self, painter: QPainter, _option: QStyleOptionGraphicsItem, _widget: QWidget | None = None
    ) -> None:
        """Draw grid, volume, bars, leaders and crosshair."""
        series = self._drawing.series
        if not series.bars:
            return
        to_pixels = painter.worldTransform()
        frame = to_pixels.mapRect(self._view).toRect()
        painter.save()
        painter.resetTransform()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
        first = max(floor(self._view.left()), 0)
        last = min(ceil(self._view.right()), len(series.bars) - 1)
        self._draw_grid(painter, to_pixels, frame)
        if first <= last:
            self._draw_volume(painter, to_pixels, frame, (first, last))
            if series.as_line:
                self._draw_line(painter, to_pixels, (first, last))
            else:
                self._draw_candles(painter, to_pixels, (first, last))
        self._draw_marks(painter, to_pixels, frame)
        painter.restore()

    def _draw_grid(self, painter: QPainter, to_pixels: QTransform, frame: QRect) -> None:
        painter.setPen(QPen(self._drawing.theme.line, 1))
        for tick in self._drawing.times:
            x = round(to_pixels.map(QPointF(tick.at, 0)).x())
            painter.drawLine(x, frame.top(), x, frame.bottom())
        for tick in self._drawing.prices:
            y = round(to_pixels.map(QPointF(0, tick.at)).y())
            painter.drawLine(frame.left(), y, frame.right(), y)

    def _draw_volume(
        self, painter: QPainter, to_pixels: QTransform, frame: QRect, seen: tuple[int, int]
    ) -> None:
        bars = self._drawing.series.bars[seen[0] : seen[1] + 1]
        most = max(bar.volume for bar in bars)
        if most <= 0:
            return
        width = self._body(to_pixels)
        for place, bar in enumerate(bars, seen[0]):
            height = round(VOLUME_HEIGHT * bar.volume / most)
            x = round(to_pixels.map(QPointF(place, 0)).x())
            painter.fillRect(
                x - width // 2, frame.bottom() + 1 - height, width, height, self._drawing.theme.line2
            )

    def _draw_candles(self, painter: QPainter, to_pixels: QTransform, seen: tuple[int, int]) -> None:
        theme = self._drawing.theme
        width = self._body(to_pixels)
        half = width // 2
        for place in range(seen[0], seen[1] + 1):
            bar = self._drawing.series.bars[place]
            rising = bar.close >= bar.open
            ink = theme.up if rising else theme.down
            x = round(to_pixels.map(QPointF(place, 0)).x())
            high, low = (round(to_pixels.map(QPointF(0, price)).y()) for price in (bar.high, bar.low))
            body = sorted(round(to_pixels.map(QPointF(0, price)).y()) for price in (bar.open, bar.close))
            painter.setPen(QPen(ink, 1))
            painter.drawLines([QLine(x, high, x, body[0]), QLine(x, body[1], x, low)])
            box = QRect(x - half, body[0], width, max(body[1] - body[0], 1))
            if rising and width > 2 and box.height() > 1:  # noqa: PLR2004 - a hollow body needs an inside
                painter.fillRect(box, theme.panel)
                painter.drawRect(box.adjusted(0, 0, -1, -1))
            else:
                painter.fillRect(box, ink)

    def _draw_line(self, painter: QPainter, to_pixels: QTransform, seen: tuple[int, int]) -> None:
        bars = self._drawing.series.bars
        points = [to_pixels.map(QPointF(i, bars[i].close)) for i in range(seen[0], seen[1] + 1)]
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self._drawing.theme.t1, 1.3))
        painter.drawPolyline(QPolygonF(points))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)

    def _draw_marks(self, painter: QPainter, to_pixels: QTransform, frame: QRect) -> None:
        drawing = self._drawing
        painter.setPen(QPen(drawing.theme.t3, 1, Qt.PenStyle.DotLine))
        if drawing.last is not None:
            y = round(to_pixels.map(QPointF(0, drawing.last)).y())
            painter.drawLine(frame.left(), y, frame.right(), y)
        for place in drawing.leaders:
            foot = to_pixels.map(QPointF(place, drawing.series.bars[place].high)).toPoint()
            painter.drawLine(QPoint(foot.x(), frame.top()), foot - QPoint(0, 3))
        if drawing.cross is not None:
            place, price = drawing.cross
            at = to_pixels.map(QPointF(place, price)).toPoint()
            painter.drawLine(at.x(), frame.top(), at.x(), frame.bottom())
            painter.drawLine(frame.left(), at.y(), frame.right(), at.y())

    def _body(self, to_pixels: QTransform) -> int:
        """Return the width of a body: 62 % of the pitch, from 2 pixels to what still looks like a candle."""
        return min(max(round(abs(to_pixels.m11()) * _BODY), 2), _WIDEST_BODY)
