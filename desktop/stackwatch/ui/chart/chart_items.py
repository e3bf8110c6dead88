"""What the chart draws: a series of bars on an index axis, and lines at prices."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import groupby
from zoneinfo import ZoneInfo

from stackwatch.domain.market import TradingSession
from stackwatch.domain.quote import Bar, ChartRange, DailyBar, MinuteBar
from stackwatch.domain.watchlist import Language
from stackwatch.domain.words import format as text
from stackwatch.ui.kit.language import current_language

_MANY_BARS = 250
_LONGEST_BAR = timedelta(minutes=15)  # of those inside a session


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

    ``zone`` says whose hours are told, "" the machine's own as its C library knows them: what TZ says need
    not be in any database. ``sessions`` are those of the exchange, oldest first.
    """

    bars: tuple[Bar, ...]
    chart_range: ChartRange
    zone: str
    sessions: tuple[TradingSession, ...] = ()

    @classmethod
    def of(
        cls, bars: Sequence[Bar], chart_range: ChartRange, zone: str, sessions: Sequence[TradingSession] = ()
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
        opens = [session.open for session in self.sessions]
        outside = []
        for bar in self.bars:
            assert isinstance(bar, MinuteBar)
            session = bisect_right(opens, bar.start) - 1
            outside.append(session < 0 or bar.start >= self.sessions[session].close)
        places = [place for place, out in enumerate(outside) if out]
        begins = [p for p in places if p == 0 or not outside[p - 1]]
        ends = [p for p in places if p + 1 == len(outside) or not outside[p + 1]]
        return tuple(zip(begins, ends, strict=True))

    def places_of_bars(self, times: Sequence[datetime]) -> list[int | None]:
        """Return the bar at which each time is known; a day stands at its midnight. None before the first.

        A time that no bar covers, as of another exchange, waits for the next one: the last bar before a
        holiday or a night does not know it yet. The last bar of all has whatever came since.
        """
        starts = [_time_of(bar) for bar in self.bars]
        if self.chart_range is ChartRange.YEAR_5:  # a week stands at its last day
            weeks = (bisect_left(starts, time) for time in times)
            return [place if place < len(starts) else None for place in weeks]
        begun = [bisect_right(starts, time) for time in times]
        longest = _LONGEST_BAR if self.chart_range.intraday else timedelta(days=1)
        places = (
            count - 1 + (count > 0 and time - starts[count - 1] >= longest)
            for time, count in zip(times, begun, strict=True)
        )
        return [min(place, len(starts) - 1) if place >= 0 else None for place in places]

    def shift_of(self, before: "BarSeries", place: int) -> int:
        """Return by how many places a bar of a series moved that this one takes the place of."""
        place = min(max(place, 0), len(before.bars) - 1)
        now = bisect_left(self.bars, _time_of(before.bars[place]), key=_time_of)
        return min(now, len(self.bars) - 1) - place

    def begun(self, moment: datetime, zone: str) -> datetime | None:
        """Return when the bar began that has a price of a moment, of days its midnight in a share's zone.

        None before the first.
        """
        if not self.chart_range.intraday:
            return datetime.combine(moment.astimezone(ZoneInfo(zone)).date(), time(), UTC)
        place = self.place_of(moment)
        return None if place is None else _time_of(self.bars[place])

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
        if not isinstance(bar, MinuteBar):
            return moment
        return moment.astimezone(ZoneInfo(self.zone) if self.zone else None)

    def place_of(self, moment: datetime) -> int | None:
        """Return the bar that could first answer to news of a moment; None before the first bar."""
        if not self.bars:
            return None
        if isinstance(self.bars[0], MinuteBar):
            begun = bisect_right(self.bars, moment, key=_time_of)
            if not begun:
                return None
            gap = moment - _time_of(self.bars[begun - 1]) >= _LONGEST_BAR  # a night, a break or a halt
            return begun - 1 + (gap and begun < len(self.bars))
        day = moment.astimezone(ZoneInfo(self.zone)).date()
        if day < self.local(0).date():
            return None
        following = bisect_right(self.sessions, moment, key=lambda session: session.close)
        if following < len(self.sessions):
            day = self.sessions[following].day
        answering = self.place_of_day(day)
        return len(self.bars) - 1 if answering is None else answering

    def place_of_day(self, day: date) -> int | None:
        """Return the bar of a day, or the first one after it; None for a day before the first bar."""
        count = len(self.bars)
        if not count or day < self.local(0).date():
            return None
        place = bisect_left(range(count), day, key=lambda place: self.local(place).date())
        return place if place < count else None

    def time_words(self, place: int) -> str:
        """Write a bar's time."""
        local, language = self.local(place), current_language()
        day = text.date_text(local, language)
        if language is Language.ENGLISH:
            day = f"{text.weekday(local, language)} {day}"
        if not isinstance(self.bars[place], MinuteBar):
            return day
        return text.placed(f"{day} {local:%H:%M}", self._zone_at(local), language)

    @property
    def zone_words(self) -> str:
        """Whose hours its times are, nothing for days."""
        if not self.chart_range.intraday:
            return ""
        return text.zone_label(self._zone_at(self.local(0)), current_language())

    def _zone_at(self, local: datetime) -> str:
        """Return what the zone is called; by one that is none the C library's hours are UTC's."""
        return self.zone or local.tzname() or "UTC"

    def words(self, place: int, decimals: int = 2) -> str:
        """Write a bar's time and values; a volume that nobody knows is left out."""
        named = self._named(place, decimals, current_language().say("O H L C V", "시 고 저 종 거래량"))
        return "   ".join((self._when(place), "  ".join(named[:4]), *named[4:]))

    def spoken(self, place: int, decimals: int) -> str:
        """Write the same as it is read out."""
        names = current_language().say("open high low close volume", "시가 고가 저가 종가 거래량")
        return ", ".join((self._when(place), *self._named(place, decimals, names)))

    def _when(self, place: int) -> str:
        """Write a bar's time, or of a week the day that it goes to."""
        when = self.time_words(place)
        weekly = self.chart_range is ChartRange.YEAR_5
        return current_language().say(f"Week to {when}", f"{when}까지 한 주") if weekly else when

    def _named(self, place: int, decimals: int, names: str) -> list[str]:
        bar = self.bars[place]
        values = [f"{value:,.{decimals}f}" for value in (bar.open, bar.high, bar.low, bar.close)]
        values += [text.volume(bar.volume, current_language())] if bar.volume else []
        return [f"{name} {value}" for name, value in zip(names.split(), values, strict=False)]


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
