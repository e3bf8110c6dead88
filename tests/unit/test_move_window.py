from dataclasses import replace
from datetime import date, timedelta

from tests.support.fakes import WeekdayCalendars

from stackwatch.analysis.why.move_window import SessionWindows

FIRST, LAST = date(2025, 1, 1), date(2025, 7, 22)
SESSIONS = WeekdayCalendars().sessions("XNYS", FIRST, LAST)
WINDOWS = SessionWindows(SESSIONS)


def test_that_a_sessions_window_runs_from_the_close_before_to_its_own() -> None:
    window = WINDOWS.on(LAST)
    assert window is not None
    assert (window.previous_close, window.opened) == (SESSIONS[-2].close, SESSIONS[-1].open)
    assert (window.onset, window.now) == (SESSIONS[-1].open, SESSIONS[-1].close)
    assert not window.onset_known


def test_that_stories_of_a_day_or_of_the_time_since_the_close_before_may_be_tied() -> None:
    monday = WINDOWS.on(date(2025, 7, 21))
    assert monday is not None
    assert monday.earliest == monday.previous_close  # Friday's: longer ago than a day
    late = replace(monday, previous_close=monday.onset - timedelta(hours=2))
    assert late.earliest == monday.onset - timedelta(hours=24)


def test_that_a_day_without_a_session_has_no_window_and_neither_has_the_first() -> None:
    assert WINDOWS.on(date(2025, 7, 19)) is None  # a Saturday
    assert WINDOWS.on(SESSIONS[0].day) is None
    assert WINDOWS.on(LAST + timedelta(days=1)) is None


def test_that_decoys_are_the_sessions_8_to_55_before() -> None:
    decoys = WINDOWS.decoys(LAST)
    assert [window.opened for window in decoys] == [session.open for session in SESSIONS[-56:-8]]


def test_that_decoys_of_a_move_over_some_sessions_are_as_long() -> None:
    decoys = WINDOWS.decoys(LAST, 4)
    assert [window.opened for window in decoys] == [session.open for session in SESSIONS[-56:-8]]
    assert [window.previous_close for window in decoys] == [session.close for session in SESSIONS[-60:-12]]
    assert len(SessionWindows(SESSIONS[:12]).decoys(SESSIONS[11].day, 3)) == 1


def test_that_a_young_history_has_the_decoys_there_are() -> None:
    windows = SessionWindows(SESSIONS[:12])
    assert [w.opened for w in windows.decoys(SESSIONS[11].day)] == [s.open for s in SESSIONS[1:4]]
    assert list(windows.decoys(SESSIONS[7].day)) == []
    assert list(SessionWindows(()).decoys(LAST)) == []
