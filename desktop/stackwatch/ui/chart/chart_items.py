"""What the chart draws: a series of bars on an index axis, and its ticks."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import Enum
from itertools import groupby
from math import ceil, floor, isclose, log10
from zoneinfo import ZoneInfo

from stackwatch.domain.quote import Bar, ChartRange, DailyBar, MinuteBar
from stackwatch.domain.watchlist import Language
from stackwatch.domain.words import format as text
from stackwatch.ui.kit.language import current_language

_MANY_BARS = 250
_FEWEST_TICKS = 2
_LABEL_SPACE = 58
_CLOSE = time(16)  # of an exchange that is not among these
_CLOSES = {
    "Asia/Seoul": time(15, 30),
    "Asia/Taipei": time(13, 30),
    "Asia/Tokyo": time(15, 30),
    "Europe/Amsterdam": time(17, 30),
    "Europe/Berlin": time(17, 30),
    "Europe/London": time(16, 30),
    "Europe/Paris": time(17, 30),
    "Europe/Rome": time(17, 30),
    "Europe/Zurich": time(17, 30),
}
_QUARTER = 900  # seconds


class AxisGrain(Enum):
    """How far apart the ticks of the time axis are."""

    QUARTER_HOUR = "quarter hour"
    HOUR = "hour"
    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    YEAR = "year"


_GRAINS = {  # the first that gives ticks is taken
    ChartRange.DAY_1: (AxisGrain.HOUR, AxisGrain.QUARTER_HOUR),
    ChartRange.DAY_5: (AxisGrain.DAY, AxisGrain.HOUR, AxisGrain.QUARTER_HOUR),
    ChartRange.MONTH_1: (AxisGrain.WEEK, AxisGrain.DAY),
    ChartRange.MONTH_6: (AxisGrain.MONTH, AxisGrain.WEEK, AxisGrain.DAY),
    ChartRange.YEAR_1: (AxisGrain.MONTH, AxisGrain.WEEK, AxisGrain.DAY),
    ChartRange.YEAR_5: (AxisGrain.YEAR, AxisGrain.MONTH, AxisGrain.DAY),
}
_HOURS = (AxisGrain.HOUR, AxisGrain.QUARTER_HOUR)

Hours = tuple[datetime, datetime]


@dataclass(frozen=True, slots=True)
class AxisTick:
    """A place on an axis and its words; a new ``day`` among hours keeps its words before an hour's."""

    at: float
    label: str
    day: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class AlertLine:
    """A price at which a rule fires; ``note`` stands above the line."""

    rule_id: str
    price: float
    label: str
    note: str = ""


def decimals_of(label: str) -> int:
    """Return how many decimals a price was written with, two where none was."""
    return len(label.partition(".")[2]) if label else 2


@dataclass(frozen=True, slots=True)
class BarSeries:
    """Bars at the places 0, 1, 2 ...: nights, weekends and holidays take no room.

    ``sessions`` are the regular hours of minute bars, oldest first.
    """

    bars: tuple[Bar, ...]
    chart_range: ChartRange
    zone: str
    sessions: tuple[Hours, ...] = ()

    @classmethod
    def of(
        cls, bars: Sequence[Bar], chart_range: ChartRange, zone: str, sessions: Sequence[Hours] = ()
    ) -> "BarSeries":
        """Make a series; five years are drawn by the week."""
        kept = _weekly(bars) if chart_range is ChartRange.YEAR_5 else tuple(bars)
        return cls(kept, chart_range, zone, tuple(sessions))

    def accessible_text(self, decimals: int) -> str:
        """Say what the bars show: since when, how far they went, and between which prices."""
        low, high = min(bar.low for bar in self.bars), max(bar.high for bar in self.bars)
        first, last = self.bars[0].close, self.bars[-1].close
        change = text.percent((last / first - 1.0) * 100.0 if first else None)
        since, ends = self.time_words(0), (f"{low:,.{decimals}f}", f"{high:,.{decimals}f}")
        if current_language() is Language.KOREAN:
            return f"{since}부터 {change}, 최저 {ends[0]}, 최고 {ends[1]}"
        return f"{change} since {since}, lowest {ends[0]}, highest {ends[1]}"

    def extended(self) -> tuple[tuple[int, int], ...]:
        """Return the stretches of places [first, last] that lie outside the regular hours."""
        if not self.sessions or not self.chart_range.intraday:
            return ()
        opens = [opened for opened, _ in self.sessions]
        outside = []
        for bar in self.bars:
            assert isinstance(bar, MinuteBar)
            session = bisect_right(opens, bar.start) - 1
            outside.append(session < 0 or bar.start >= self.sessions[session][1])
        places = [place for place, out in enumerate(outside) if out]
        begins = [p for p in places if p == 0 or not outside[p - 1]]
        ends = [p for p in places if p + 1 == len(outside) or not outside[p + 1]]
        return tuple(zip(begins, ends, strict=True))

    def places_of_bars(self, times: Sequence[datetime]) -> list[int | None]:
        """Return the bar that covers each time; a day stands at its midnight. None outside the series."""
        starts = [_time_of(bar) for bar in self.bars]
        if self.chart_range is ChartRange.YEAR_5:  # a week stands at its last day
            weeks = (bisect_left(starts, time) for time in times)
            return [place if place < len(starts) else None for place in weeks]
        places = (bisect_right(starts, time) - 1 for time in times)
        return [place if place >= 0 else None for place in places]

    @property
    def as_line(self) -> bool:
        """Whether a line says more than candles."""
        return self.chart_range is ChartRange.DAY_1 or (
            self.chart_range.intraday and len(self.bars) > _MANY_BARS
        )

    def local(self, place: int) -> datetime:
        """Return the local time (or the day) of a bar."""
        bar = self.bars[place]
        moment = _time_of(bar)
        return moment.astimezone(ZoneInfo(self.zone)) if isinstance(bar, MinuteBar) else moment

    def place_of(self, moment: datetime) -> int | None:
        """Return the bar that could first answer to news of a moment; None before the first bar."""
        if not self.bars:
            return None
        if isinstance(self.bars[0], MinuteBar):
            return self.places_of_bars((moment,))[0]
        local = moment.astimezone(ZoneInfo(self.zone))
        days = [bar.day for bar in self.bars if isinstance(bar, DailyBar)]
        if local.date() < days[0]:
            return None
        over = local.time() >= _CLOSES.get(self.zone, _CLOSE)
        search = bisect_right if over else bisect_left
        return min(search(days, local.date()), len(days) - 1)

    def place_of_day(self, day: date) -> int | None:
        """Return the bar of a day, or the first one after it; None for a day before the first bar."""
        days = [self.local(place).date() for place in range(len(self.bars))]
        if not days or day < days[0]:
            return None
        place = bisect_left(days, day)
        return place if place < len(days) else None

    def time_words(self, place: int) -> str:
        """Write a bar's time."""
        local, language = self.local(place), current_language()
        day = text.date_text(local, language)
        if language is Language.ENGLISH:
            day = f"{text.weekday(local, language)} {day}"
        if not isinstance(self.bars[place], MinuteBar):
            return day
        return text.placed(f"{day} {local:%H:%M}", self.zone, language)

    def words(self, place: int, decimals: int = 2) -> str:
        """Write a bar's time and values; a volume that nobody knows is left out."""
        bar, when = self.bars[place], self.time_words(place)
        figures = zip(("O", "H", "L", "C"), (bar.open, bar.high, bar.low, bar.close), strict=True)
        prices = "  ".join(f"{name} {value:,.{decimals}f}" for name, value in figures)
        volume = f"   V {text.volume(bar.volume, current_language())}" if bar.volume else ""
        return f"{when}   {prices}{volume}"

    def time_ticks(self) -> list[AxisTick]:
        """Return ticks where a new hour, day, month or year begins; of finer periods where bars are few."""
        ticks: list[AxisTick] = []
        for grain in _GRAINS[self.chart_range]:
            ticks = self._ticks_of(grain)
            if len(ticks) >= _FEWEST_TICKS:
                break
        return ticks

    def _ticks_of(self, grain: AxisGrain) -> list[AxisTick]:
        ticks: list[AxisTick] = []
        before = ended = None
        for place in self._told_apart():
            local = self.local(place)
            period = _period(local, grain)
            if before is not None and period != ended:
                new_day = grain in _HOURS and local.date() != before.date()
                words = _tick_words(local, AxisGrain.DAY if new_day else grain)
                ticks.append(AxisTick(place, words, day=new_day))
            before, ended = local, period
        return ticks

    def _told_apart(self) -> Iterator[int]:
        """Return the places whose times may be told apart on the axis: many minutes are in one quarter."""
        until = datetime.min.replace(tzinfo=UTC)
        for place, bar in enumerate(self.bars):
            if isinstance(bar, DailyBar):
                yield place
            elif bar.start >= until:
                until = bar.start + timedelta(seconds=_QUARTER - bar.start.timestamp() % _QUARTER)
                yield place


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


def thinned(ticks: Sequence[AxisTick], pitch: float) -> list[AxisTick]:
    """Return the ticks whose words have room at ``pitch`` pixels per bar."""
    kept: list[AxisTick] = []
    for tick in ticks:
        if kept and tick.day and not kept[-1].day and (tick.at - kept[-1].at) * pitch < _LABEL_SPACE:
            kept.pop()
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


def _period(local: datetime, grain: AxisGrain) -> object:
    """Return what must change for a tick."""
    if grain is AxisGrain.QUARTER_HOUR:
        return local.hour, local.minute // 15
    if grain is AxisGrain.HOUR:
        return local.date(), local.hour
    if grain is AxisGrain.DAY:
        return local.date()
    if grain is AxisGrain.WEEK:
        return local.isocalendar()[:2]
    return local.year if grain is AxisGrain.YEAR else (local.year, local.month)


def _tick_words(local: datetime, grain: AxisGrain) -> str:
    """Write the tick at which a period begins."""
    say = current_language().say
    day, month, year = text.date_text(local, Language.ENGLISH).split()
    if grain in _HOURS:  # after a lunch break an hour begins with its second half
        return f"{local:%H}:{local.minute // 15 * 15:02d}"
    if grain in (AxisGrain.DAY, AxisGrain.WEEK):
        return say(f"{day} {month}", f"{local.month}\uc6d4 {local.day}\uc77c")
    if grain is AxisGrain.YEAR or local.month == 1:
        return say(year, f"{year}\ub144")
    return say(month, f"{local.month}\uc6d4")


def price_ticks(low: float, high: float, pixels: float) -> list[AxisTick]:
    """Return round prices between ``low`` and ``high``, about 30 pixels apart."""
    span = high - low
    if span <= 0 or pixels <= 0:
        return []
    raw = span / max(pixels / 30.0, 1.0)
    size = 10.0 ** floor(log10(raw))
    step = next(size * factor for factor in (1, 2, 2.5, 5, 10) if size * factor >= raw)
    decimals = max(-floor(log10(size)), 0)
    decimals += not isclose(round(step, decimals), step)
    if high < 1000:  # noqa: PLR2004 - prices of three digits keep their cents
        decimals = max(decimals, 2)
    first, last = ceil(low / step), floor(high / step)
    return [AxisTick(n * step, f"{n * step:,.{decimals}f}") for n in range(first, last + 1)]
