"""The ticks of the axes: where a new hour, day, month or year begins, and round prices."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import Enum, IntEnum
from itertools import pairwise
from math import ceil, floor, isclose, log10

from PySide6.QtGui import QFontMetrics

from stackwatch.domain.quote import ChartRange, DailyBar
from stackwatch.domain.watchlist import Language
from stackwatch.domain.words import format as text
from stackwatch.ui.chart.chart_items import BarSeries
from stackwatch.ui.kit.language import current_language
from stackwatch.ui.kit.theme import Role, current_theme, px

_ENOUGH = 3  # ticks in view
_LABEL_SPACE, _PRICE_SPACE, _WIDE_SPACE = 58, 20, 30  # pixels at least from one to the next
_PRICES = 10  # as many are enough: they stand wider apart in a higher plot
_STEPS = (1, 2, 3, 4, 6, 12)  # of which one is taken where not every tick has room
_SHORT = 0.85  # of the usual length of a period is a short month; around a break or a halt ticks give way
_DAY = 24 * 60  # minutes
_QUARTER = 15  # minutes
_PUNCTUAL = 5  # minutes after a quarter of an hour that its first bar may come


class AxisGrain(Enum):
    """How far apart the ticks of the time axis are."""

    MINUTE = "minute"
    FIVE_MINUTES = "five minutes"
    QUARTER_HOUR = "quarter hour"
    HOUR = "hour"
    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    YEAR = "year"


_MINUTES = {
    AxisGrain.MINUTE: 1,
    AxisGrain.FIVE_MINUTES: 5,
    AxisGrain.QUARTER_HOUR: _QUARTER,
    AxisGrain.HOUR: 60,
}
_HOURS = (AxisGrain.HOUR, AxisGrain.QUARTER_HOUR)
_MONTHS = (AxisGrain.MONTH, AxisGrain.WEEK, AxisGrain.DAY)
_GRAINS = {  # the first with enough ticks in view is taken
    ChartRange.DAY_1: (*_HOURS, AxisGrain.FIVE_MINUTES, AxisGrain.MINUTE),
    ChartRange.DAY_5: (AxisGrain.DAY, *_HOURS),
    ChartRange.MONTH_1: (AxisGrain.WEEK, AxisGrain.DAY),
    ChartRange.MONTH_6: _MONTHS,
    ChartRange.YEAR_1: _MONTHS,
    ChartRange.YEAR_5: (AxisGrain.YEAR, *_MONTHS),
}


class TickRank(IntEnum):
    """Which of two ticks that have no room beside each other stays: the higher."""

    PART = 0  # of a period that began before the first bar
    PERIOD = 1
    LONGER_PERIOD = 2  # a new day among hours, a new year among months


@dataclass(frozen=True, slots=True)
class AxisTick:
    """A place on an axis and its words.

    Of many ticks those stay whose ``number``, such as the hour, is even, or a multiple of three ...
    """

    at: float
    label: str
    number: int = 0
    rank: TickRank = TickRank.PERIOD


class TimeTicks:
    """The ticks of a series, made once for each grain that is looked at, and thinned once for each zoom."""

    def __init__(self, series: BarSeries) -> None:
        self._series = series
        self._made: dict[AxisGrain, list[AxisTick]] = {}
        self._thinned: tuple[list[AxisTick], float, list[AxisTick]] = ([], 0.0, [])

    def within(self, first: float, last: float, pitch: float) -> list[AxisTick]:
        """Return the ticks between two places whose words have room at ``pitch`` pixels per bar.

        They are of the coarsest grain that has enough of them there.
        """
        ticks: list[AxisTick] = []
        for grain in _GRAINS[self._series.chart_range]:
            if grain not in self._made:
                self._made[grain] = _ticks_of(self._series, grain)
            ticks = self._made[grain]
            if len(_between(ticks, first, last)) >= _ENOUGH:
                break
        wide = QFontMetrics(current_theme().font(Role.CAPTION)).horizontalAdvance
        if self._thinned[0] is not ticks or self._thinned[1] != pitch:
            self._thinned = ticks, pitch, thinned(ticks, pitch)
        seen = _between(self._thinned[2], first, last)
        return [tick for tick in seen if (tick.at - first) * pitch * 2 >= wide(tick.label)]


def _between(ticks: list[AxisTick], first: float, last: float) -> list[AxisTick]:
    begin = bisect_left(ticks, first, key=lambda tick: tick.at)
    return ticks[begin : bisect_right(ticks, last, key=lambda tick: tick.at)]


def _ticks_of(series: BarSeries, grain: AxisGrain) -> list[AxisTick]:
    """Return a tick where a period begins, and at the first bar where words name it alone."""
    ticks: list[AxisTick] = []
    before: date | None = None
    ended = 0
    for place in _told_apart(series, grain):
        bar = series.bars[place]
        local = bar.day if isinstance(bar, DailyBar) else series.local(place)
        period = _period(local, grain)
        number = len(ticks) if grain is AxisGrain.DAY else period  # days without trading have no room
        if before is None:
            if grain not in (AxisGrain.MONTH, AxisGrain.YEAR):
                ticks.append(AxisTick(place, _tick_words(local, grain), number, TickRank.PART))
        elif period != ended:
            new_day = grain in _MINUTES and local.toordinal() != before.toordinal()
            new_year = grain is AxisGrain.MONTH and local.year != before.year
            words = _tick_words(local, AxisGrain.DAY if new_day else grain)
            longer = new_day or new_year
            ticks.append(
                AxisTick(place, words, number, TickRank.LONGER_PERIOD if longer else TickRank.PERIOD)
            )
        before, ended = local, period
    return ticks


def _told_apart(series: BarSeries, grain: AxisGrain) -> Iterator[int]:
    """Return the places whose times may be told apart on the axis: many minutes are in one quarter."""
    seconds = min(_MINUTES.get(grain, _QUARTER), _QUARTER) * 60
    until = datetime.min.replace(tzinfo=UTC)
    for place, bar in enumerate(series.bars):
        if isinstance(bar, DailyBar):
            yield place
        elif bar.start >= until:
            until = bar.start + timedelta(seconds=seconds - bar.start.timestamp() % seconds)
            yield place


def thinned(ticks: Sequence[AxisTick], pitch: float) -> list[AxisTick]:
    """Return the ticks whose words have room at ``pitch`` pixels per bar, at even steps of time."""
    apart = px(_LABEL_SPACE) / max(pitch, 1e-9)
    even: list[AxisTick] = []
    for step in _STEPS:
        even = [t for t in ticks if t.rank is TickRank.LONGER_PERIOD or t.number % step == 0]
        gaps = sorted(after.at - before.at for before, after in pairwise(even))
        if not gaps or gaps[len(gaps) // 2] * _SHORT >= apart:
            break
    kept: list[AxisTick] = []
    for tick in even:
        if kept and tick.rank > kept[-1].rank and tick.at - kept[-1].at < apart:
            kept.pop()
        if not kept or tick.at - kept[-1].at >= apart:
            kept.append(tick)
    return kept


def _period(local: date, grain: AxisGrain) -> int:
    """Return the number of a period, of which a new one is a tick."""
    if grain is AxisGrain.MONTH:
        return local.year * 12 + local.month - 1
    if grain is AxisGrain.YEAR:
        return local.year
    day = local.toordinal()
    if grain is AxisGrain.WEEK:
        return (day - 1) // 7  # the first day of all was a Monday
    if not isinstance(local, datetime) or grain is AxisGrain.DAY:
        return day
    return (day * _DAY + local.hour * 60 + local.minute) // _MINUTES[grain]


def _tick_words(local: date, grain: AxisGrain) -> str:
    """Write the tick at which a period begins."""
    say = current_language().say
    day, month, year = text.date_text(local, Language.ENGLISH).split()
    if isinstance(local, datetime) and grain in _MINUTES:
        late = local.minute % _QUARTER  # a bar or two may be missing, and after a halt a whole hour
        minute = local.minute - late if grain in _HOURS and late < _PUNCTUAL else local.minute
        return f"{local:%H}:{minute:02d}"
    if grain in (AxisGrain.DAY, AxisGrain.WEEK):
        return say(f"{day} {month}", f"{local.month}\uc6d4 {local.day}\uc77c")
    if grain is AxisGrain.YEAR or local.month == 1:
        return say(year, f"{year}\ub144")
    return say(month, f"{local.month}\uc6d4")


def price_ticks(low: float, high: float, pixels: float, decimals: int = 2) -> list[AxisTick]:
    """Return round prices between ``low`` and ``high``, below 1,000 with all ``decimals`` of a price."""
    span = high - low
    if span <= 0 or pixels <= 0:
        return []
    space = min(max(pixels / _PRICES, px(_PRICE_SPACE)), px(_WIDE_SPACE))
    raw = span / max(pixels / space, 1.0)
    size = 10.0 ** floor(log10(raw))
    quarter = isclose(round(2.5 * size, decimals), 2.5 * size)  # else it would be finer than a price
    step = next(size * n for n in (1, 2, 2.5 if quarter else 5, 5, 10) if size * n >= raw)
    needed = max(-floor(log10(size)), 0)
    needed += not isclose(round(step, needed), step)
    if high < 1000:  # noqa: PLR2004 - of longer prices a step tells each from the next
        needed = max(needed, decimals)
    first, last = ceil(low / step), floor(high / step)
    return [AxisTick(n * step, f"{n * step:,.{needed}f}") for n in range(first, last + 1)]
