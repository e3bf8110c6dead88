"""Intraday bars that grow with the prices that arrive."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from stackwatch.domain.quote import MinuteBar


class BarBuilder:
    """The bars of one chart: those a provider gave, and behind them what was traded since.

    Volume comes from differences of the day's running volume; where prices were not followed for longer
    than two bars, what was traded meanwhile belongs to no bar.
    """

    def __init__(self, bars: Sequence[MinuteBar], length: timedelta) -> None:
        self._bars = list(bars)
        self._length = length
        self._volume: int | None = None
        self._followed: datetime | None = None

    @property
    def bars(self) -> tuple[MinuteBar, ...]:
        """Every bar, oldest first."""
        return tuple(self._bars)

    def fill(self, bars: Sequence[MinuteBar]) -> None:
        """Take in a provider's bars: they count, and what grew beyond the last of them stays."""
        last = bars[-1].start if bars else None
        self._bars = [*bars, *(b for b in self._bars if last is None or b.start > last)]

    def drop_before(self, moment: datetime) -> None:
        """Let go of bars that start before ``moment``."""
        self._bars = [bar for bar in self._bars if bar.start >= moment]

    def add(self, price: float, volume: int | None, time: datetime) -> bool:
        """Take in a trade at ``time`` with the day's volume so far; whether a bar changed."""
        start = time - timedelta(seconds=time.timestamp() % self._length.total_seconds())
        traded = self._traded(volume, time)
        last = self._bars[-1] if self._bars else None
        if last is not None and start < last.start:
            return False
        if last is None or start > last.start:
            self._bars.append(MinuteBar(start, price, price, price, price, traded))
            return True
        grown = replace(
            last,
            high=max(last.high, price),
            low=min(last.low, price),
            close=price,
            volume=last.volume + traded,
        )
        self._bars[-1] = grown
        return grown != last

    def _traded(self, volume: int | None, time: datetime) -> int:
        """Return what was traded since the price before."""
        before, followed = self._volume, self._followed
        if followed is None or time >= followed:
            self._followed = time
            self._volume = volume if volume is not None else before
        if volume is None or before is None or followed is None:
            return 0
        gap = time - followed > 2 * self._length
        return 0 if gap else max(volume - before, 0)
