"""Gaps, as two clocks tell them."""

from datetime import UTC, datetime, timedelta

from stackwatch.engine.wake import UnwatchedGap, WakeWatch

START = datetime(2026, 3, 10, 15, 0, tzinfo=UTC)
EVERY = timedelta(seconds=15)


class Watch:
    """A watch whose clocks are moved apart from each other."""

    def __init__(self) -> None:
        self.seconds, self.now = 0.0, START
        self.watch = WakeWatch(lambda: self.seconds)
        assert self.watch.look(self.now, EVERY) is None

    def after(self, steady: float, wall: float) -> UnwatchedGap | None:
        self.seconds += steady
        self.now += timedelta(seconds=wall)
        return self.watch.look(self.now, EVERY)


def test_that_ticks_in_time_and_a_little_late_are_no_gap() -> None:
    watch = Watch()
    assert [watch.after(seconds, seconds) for seconds in (15, 15.2, 14.9, 60, 15)] == [None] * 5


def test_that_a_sleep_that_stops_the_steady_clock_is_seen() -> None:
    watch = Watch()
    gap = watch.after(15, 8 * 3600)
    assert gap == UnwatchedGap(timedelta(hours=8) - EVERY)
    assert watch.after(15, 15) is None


def test_that_a_sleep_that_both_clocks_count_is_seen() -> None:
    gap = Watch().after(3600, 3600)
    assert gap is not None
    assert not gap.set_back


def test_that_a_tick_more_than_a_minute_late_is_a_gap() -> None:
    assert Watch().after(74, 74) is None
    assert Watch().after(76, 76) is not None


def test_that_a_clock_set_back_is_told_apart_and_a_small_correction_is_nothing() -> None:
    assert Watch().after(15, 13) is None
    gap = Watch().after(15, -3600)
    assert gap is not None
    assert gap.set_back


def test_that_more_than_a_minute_late_is_a_gap_and_more_than_five_seconds_back_a_clock_that_was_set() -> None:
    watch = Watch()
    assert [watch.after(seconds, seconds) for seconds in (75, 75.5)] == [
        None,
        UnwatchedGap(timedelta(seconds=60.5)),
    ]
    assert watch.after(15, -5) is None
    assert watch.after(15, -5.5) == UnwatchedGap(timedelta(seconds=15), set_back=True)
