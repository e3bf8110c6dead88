import json
import threading
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from itertools import pairwise
from pathlib import Path

import pytest

from stackwatch.app import load_world
from stackwatch.domain.errors import ProviderError
from stackwatch.domain.market import SessionOverride, TradingSession
from stackwatch.domain.watchlist import Ecosystem
from stackwatch.engine.prices.market_clock import MarketHours
from stackwatch.providers.calendars import ExchangeCalendars, build_table
from stackwatch.storage.locations import shipped, user_folders

# exchange_calendars 4.13 uses what pandas 3.1 deprecates
pytestmark = [
    pytest.mark.filterwarnings("ignore:Series.values returning an ndarray that drops timezone"),
    pytest.mark.filterwarnings("ignore:DatetimeIndex.weekday is deprecated"),
]

ELECTION = SessionOverride(calendar="XKRX", day=date(2026, 6, 3), closed=True)
EXAM = SessionOverride(
    calendar="XKRX",
    day=date(2026, 11, 19),
    open=time(10),
    close=time(16, 30),
)


@pytest.fixture(scope="module")
def korean_cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the slow Korean calendar once."""
    folder = tmp_path_factory.mktemp("calendars")
    ExchangeCalendars(folder).sessions("XKRX", date(2026, 1, 1), date(2026, 12, 31))
    return folder


def at(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)  # type: ignore[misc,arg-type]


def test_that_half_days_and_holidays_of_new_york_are_known(tmp_path: Path) -> None:
    found = ExchangeCalendars(tmp_path).sessions("XNYS", date(2025, 11, 26), date(2025, 12, 1))
    assert found == (
        TradingSession(date(2025, 11, 26), at(2025, 11, 26, 14, 30), at(2025, 11, 26, 21)),
        TradingSession(date(2025, 11, 28), at(2025, 11, 28, 14, 30), at(2025, 11, 28, 18)),
        TradingSession(date(2025, 12, 1), at(2025, 12, 1, 14, 30), at(2025, 12, 1, 21)),
    )
    assert all(s.open.tzinfo is UTC for s in found)


def test_that_summer_time_moves_the_open(tmp_path: Path) -> None:
    found = ExchangeCalendars(tmp_path).sessions("XETR", date(2026, 3, 27), date(2026, 3, 30))
    assert [s.open for s in found] == [at(2026, 3, 27, 8), at(2026, 3, 30, 7)]


def test_that_an_override_closes_a_day(korean_cache: Path) -> None:
    span = ("XKRX", date(2026, 6, 2), date(2026, 6, 4))
    assert [s.day.day for s in ExchangeCalendars(korean_cache).sessions(*span)] == [2, 3, 4]
    assert [s.day.day for s in ExchangeCalendars(korean_cache, (ELECTION,)).sessions(*span)] == [2, 4]


def test_that_an_override_changes_hours_in_local_time(korean_cache: Path) -> None:
    (exam,) = ExchangeCalendars(korean_cache, (ELECTION, EXAM)).sessions("XKRX", EXAM.day, EXAM.day)
    assert (exam.open, exam.close) == (at(2026, 11, 19, 1), at(2026, 11, 19, 7, 30))


def test_that_an_override_of_one_hour_leaves_the_other(korean_cache: Path) -> None:
    late = SessionOverride(calendar="XKRX", day=EXAM.day, open=time(10))
    (exam,) = ExchangeCalendars(korean_cache, (late,)).sessions("XKRX", EXAM.day, EXAM.day)
    assert (exam.open, exam.close) == (at(2026, 11, 19, 1), at(2026, 11, 19, 6, 30))


def test_that_an_override_can_add_a_saturday(korean_cache: Path) -> None:
    day = date(2026, 1, 10)
    extra = SessionOverride(calendar="XKRX", day=day, open=time(9), close=time(12))
    (found,) = ExchangeCalendars(korean_cache, (extra,)).sessions("XKRX", day, day)
    assert (found.open, found.close) == (at(2026, 1, 10, 0), at(2026, 1, 10, 3))


def test_that_an_override_of_another_exchange_changes_nothing(tmp_path: Path) -> None:
    day = ELECTION.day
    assert ExchangeCalendars(tmp_path, (ELECTION,)).sessions("XTKS", day, day)


def test_that_the_cache_answers_without_the_library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    span = ("XTKS", date(2026, 1, 1), date(2026, 3, 1))
    built = ExchangeCalendars(tmp_path).sessions(*span)
    (path,) = tmp_path.iterdir()
    assert path.name.startswith("XTKS-2026-2026-")
    monkeypatch.setitem(__import__("sys").modules, "exchange_calendars", None)
    assert ExchangeCalendars(tmp_path).sessions(*span) == built


@pytest.mark.parametrize(
    "damage",
    [
        "",
        "{",
        "[]",
        '{"zone": "Asia/Tokyo", "sessions": []}',
        '{"zone": "Mars/Olympus", "sessions": [["2026-01-05", 1, 2]]}',
        '{"zone": "Asia/Tokyo", "sessions": [["2026-01-05", 2, 1]]}',
        '{"zone": "Asia/Tokyo", "sessions": [["2026-01-05"]]}',
        '{"zone": "Asia/Tokyo", "sessions": [["2026-01-05", "a", null]]}',
        '{"zone": "Asia/Tokyo", "sessions": [["2026-01-06", 1, 2], ["2026-01-05", 1, 2]]}',
    ],
)
def test_that_a_corrupt_cache_is_built_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, damage: str
) -> None:
    monkeypatch.setattr("stackwatch.providers.calendars.build_table", _built_once)
    span = ("XPAR", date(2026, 1, 1), date(2026, 1, 31))
    built = ExchangeCalendars(tmp_path).sessions(*span)
    (path,) = tmp_path.iterdir()
    path.write_text(damage, "utf-8")
    assert ExchangeCalendars(tmp_path).sessions(*span) == built
    assert len(json.loads(path.read_text("utf-8"))["sessions"]) > 200


def test_that_a_folder_that_cannot_be_written_only_costs_time(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("not a folder", "utf-8")
    assert ExchangeCalendars(blocked).sessions("XMIL", date(2026, 1, 5), date(2026, 1, 5))


def test_that_a_wider_question_widens_the_table(tmp_path: Path) -> None:
    calendars = ExchangeCalendars(tmp_path)
    assert len(calendars.sessions("XMIL", date(2026, 1, 5), date(2026, 1, 9))) == 4 + 1
    wide = calendars.sessions("XMIL", date(2024, 12, 30), date(2026, 1, 9))
    assert wide[0].day == date(2024, 12, 30)
    assert wide[-1].day == date(2026, 1, 9)


def test_that_an_unknown_exchange_is_an_error_in_words(tmp_path: Path) -> None:
    with pytest.raises(ProviderError, match="no exchange is called XXXX"):
        ExchangeCalendars(tmp_path).sessions("XXXX", date(2026, 1, 1), date(2026, 1, 2))


def test_that_threads_may_ask_at_once(tmp_path: Path) -> None:
    calendars = ExchangeCalendars(tmp_path)
    counts: list[int] = []

    def ask(code: str) -> None:
        counts.append(len(calendars.sessions(code, date(2026, 2, 2), date(2026, 2, 6))))

    threads = [threading.Thread(target=ask, args=(code,)) for code in ("XNYS", "XETR") * 4]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    assert counts == [5] * 8
    assert len(list(tmp_path.iterdir())) == 2


def test_that_the_shipped_years_agree_with_the_library_and_need_no_building(tmp_path: Path) -> None:
    folder = shipped("resources") / "calendars"
    assert len(list(folder.glob("*.json"))) == 12
    quick = ExchangeCalendars(tmp_path / "none", shipped=folder)
    slow = ExchangeCalendars(tmp_path / "built")
    for code in ("XNYS", "XTKS", "XETR", "XLON"):
        span = (code, date(2026, 1, 1), date(2026, 12, 31))
        assert quick.sessions(*span) == slow.sessions(*span)
    assert not (tmp_path / "none").exists()


def test_that_every_shipped_name_trades_by_a_calendar_that_ships(ecosystem: Ecosystem) -> None:
    ships = {path.stem for path in (shipped("resources") / "calendars").glob("*.json")}
    assert {each.calendar for each in ecosystem.instruments.values()} <= ships


def test_that_years_that_do_not_ship_are_built(tmp_path: Path) -> None:
    calendars = ExchangeCalendars(tmp_path, shipped=shipped("resources") / "calendars")
    assert calendars.sessions("XMIL", date(2019, 1, 2), date(2019, 1, 4))
    assert list(tmp_path.glob("XMIL-2019-*.json"))


@pytest.fixture(scope="module")
def far_cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build once what lies behind the years that ship."""
    return tmp_path_factory.mktemp("far")


FAR = date(2029, 3, 1)
SHIPPED = shipped("resources") / "calendars"


@pytest.mark.parametrize("code", sorted(path.stem for path in SHIPPED.glob("*.json")))
def test_that_years_behind_those_that_ship_are_those_of_the_library(far_cache: Path, code: str) -> None:
    calendars = ExchangeCalendars(far_cache, shipped=SHIPPED)
    before = calendars.sessions(code, date(2021, 1, 1), date(2027, 12, 31))
    across = calendars.sessions(code, date(2027, 12, 1), FAR)
    assert calendars.sessions(code, date(2021, 1, 1), date(2027, 12, 31)) == before
    days = [session.day for session in across]
    assert days == sorted(set(days))
    assert all(day.weekday() < 5 for day in days)
    assert max(b - a for a, b in pairwise(days)) <= timedelta(days=11)  # nobody is shut for longer
    assert not {date(2028, 1, 1), date(2029, 1, 1)} & set(days)
    (built,) = far_cache.glob(f"{code}-*.json")
    assert built.name.startswith(f"{code}-2028-2029-")


def test_that_a_start_in_2029_with_what_was_kept_builds_nothing(
    far_cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ExchangeCalendars(far_cache, shipped=SHIPPED).sessions("XNYS", date(2028, 1, 1), FAR)
    monkeypatch.setattr("stackwatch.providers.calendars.build_table", _never)
    again = ExchangeCalendars(far_cache, shipped=SHIPPED)
    summer = again.sessions("XNYS", date(2029, 3, 9), date(2029, 3, 12))
    assert [s.open for s in summer] == [at(2029, 3, 9, 14, 30), at(2029, 3, 12, 13, 30)]
    assert date(2029, 7, 4) not in {s.day for s in again.sessions("XNYS", date(2029, 7, 1), date(2029, 7, 9))}


@cache
def _table(code: str, first: int, last: int) -> tuple[str, dict[str, tuple[int, ...]]]:
    return build_table(code, first, last)


def _built_once(code: str, first: int, last: int) -> tuple[str, dict[str, tuple[int, ...]]]:
    zone, rows = _table(code, first, last)
    return zone, dict(rows)


def _never(code: str, first: int, last: int) -> tuple[str, dict[str, tuple[int, ...]]]:
    raise AssertionError(f"{code} {first} {last} was built")


def test_that_nobody_waits_for_a_year_that_is_being_built(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    calendars = ExchangeCalendars(tmp_path, shipped=SHIPPED)
    calendars.sessions("XNYS", date(2026, 1, 1), date(2026, 2, 1))
    building, go_on = threading.Event(), threading.Event()

    def slow(code: str, first: int, last: int) -> tuple[str, dict[str, tuple[int, ...]]]:
        assert code == "XNYS"
        building.set()
        assert go_on.wait(20)
        return "America/New_York", {f"{year}-06-01": (10, 20) for year in range(first, last + 1)}

    monkeypatch.setattr("stackwatch.providers.calendars.build_table", slow)
    ask = ("XNYS", date(2027, 12, 20), date(2028, 1, 4))
    warm = threading.Thread(target=calendars.sessions, args=ask)
    warm.start()
    assert building.wait(20)
    answered: list[int] = []
    asker = threading.Thread(
        target=lambda: answered.append(len(calendars.sessions("XNYS", date(2027, 12, 1), date(2027, 12, 31))))
    )
    asker.start()
    asker.join(5)
    meanwhile = list(answered)
    go_on.set()
    warm.join(20)
    asker.join(20)
    assert meanwhile == [22]


def test_that_a_new_year_is_known_before_it_begins(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    built: list[tuple[str, int, int]] = []

    def build(code: str, first: int, last: int) -> tuple[str, dict[str, tuple[int, ...]]]:
        built.append((code, first, last))
        return "America/New_York", {f"{year}-06-01": (10, 20) for year in range(first, last + 1)}

    monkeypatch.setattr("stackwatch.providers.calendars.build_table", build)
    world = load_world(user_folders(tmp_path))
    hours = MarketHours(world.ecosystem, ExchangeCalendars(tmp_path, shipped=SHIPPED))
    hours.follow(("NVDA",))
    hours.learn(at(2027, 10, 1))
    assert built == []
    hours.learn(at(2027, 12, 1))
    assert built == [("XNYS", 2028, 2028)]
    for moment in (at(2027, 12, 20), at(2027, 12, 31), at(2028, 1, 1)):
        hours.clocks(moment)
    assert len(built) == 1
