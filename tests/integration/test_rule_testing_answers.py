"""What ``rules list`` and ``rules test`` say of exchanges that shut apart, of stories, of what is missing."""

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from stackwatch.app import Options
from stackwatch.commands import rules
from stackwatch.commands.usage import build_parser
from stackwatch.domain.errors import BadInputError
from stackwatch.domain.news import Headline
from stackwatch.domain.quote import DailyBar, MinuteBar
from stackwatch.engine.ports import History
from stackwatch.storage.locations import user_folders
from stackwatch.storage.sqlite.store import SqliteStore

FRIDAY, MONDAY = date(2026, 3, 6), date(2026, 3, 9)
HEAD = 'version = 1\n[[rule]]\nid = "mine"\nname = { en = "Mine", ko = "내 것" }\n'


@contextmanager
def opened(folder: Path) -> Iterator[SqliteStore]:
    with closing(SqliteStore(user_folders(folder).store, datetime(2026, 3, 10, tzinfo=UTC))) as store:
        yield store


def keep(store: SqliteStore, symbol: str, closes: Mapping[date, float]) -> None:
    bars = tuple(DailyBar(day, c, c, c, c, 1) for day, c in closes.items())
    store.bars.keep_history(symbol, History(bars), bars[0].day)


def report(store: SqliteStore, title: str, at: datetime) -> None:
    made = Headline(id=title, title=title, publisher="WSJ", url="", published=at, received=at, source="t")
    store.news.save_headlines([made])


def week_days(last: date, count: int) -> list[date]:
    days = (last - timedelta(days=n) for n in range(2 * count))
    return sorted([day for day in days if day.weekday() < 5][:count])


def run(folder: Path, *arguments: str) -> None:
    given = build_parser().parse_args(["rules", *arguments])
    assert rules.run(Options(folders=user_folders(folder), json=given.json), given) == 0


def answer_of(folder: Path, text: str, capsys: pytest.CaptureFixture[str]) -> dict[str, Any]:
    (path := folder / "one.toml").write_text(HEAD + text, encoding="utf-8")
    run(folder, "test", str(path), "--json")
    answer: dict[str, Any] = json.loads(capsys.readouterr().out)
    return answer


def stories(answer: Mapping[str, Any]) -> Sequence[tuple[str, str, str | None]]:
    return [(fire["symbol"], fire["time"][:10], fire["story"]) for fire in answer["fires"]]


def test_that_the_distance_of_a_rule_is_of_the_last_close_of_its_own_exchange(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with opened(tmp_path) as store:
        for symbol, last in (
            ("NVDA", FRIDAY),
            ("005930.KS", MONDAY),
        ):  # Seoul shuts hours before New York opens
            days = week_days(last, 9)
            keep(store, symbol, {day: 99.0 if day == days[-1] else 100.0 for day in days})
    run(tmp_path, "list", "--json")
    rows = {row["id"]: row["distance"] for row in map(json.loads, capsys.readouterr().out.splitlines())}
    expected = {"symbol": "NVDA", "day": FRIDAY.isoformat(), "value": -1.0, "remaining": 1.0}
    assert rows["nvidia-falls-with-news"] == expected


def test_that_a_share_that_has_left_its_exchange_is_nearest_to_no_rule(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with opened(tmp_path) as store:
        keep(store, "NVDA", {day: 100.0 - 10 * (day == FRIDAY) for day in week_days(FRIDAY, 9)})
        keep(store, "AMD", dict.fromkeys(week_days(FRIDAY + timedelta(days=14), 9), 100.0))
    run(tmp_path, "list", "--json")
    rows = {row["id"]: row["distance"] for row in map(json.loads, capsys.readouterr().out.splitlines())}
    assert rows["nvidia-falls-with-news"] is None
    assert rows["sharp-move-with-news"]["symbol"] == "AMD"


def test_that_a_move_over_minutes_is_tested_on_those_of_its_own_share(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with opened(tmp_path) as store:
        for symbol in ("NVDA", "^KS11"):  # an index, which is in no list
            keep(store, symbol, dict.fromkeys(week_days(FRIDAY, 9), 100.0))
        began = datetime(2026, 3, 6, 1, 0, tzinfo=UTC)
        prices = [100.0] * 30 + [97.0] * 30
        bars = [MinuteBar(began + timedelta(minutes=n), p, p, p, p, 10) for n, p in enumerate(prices)]
        store.bars.save_minutes("^KS11", 1, bars)
    text = 'kind = "percent-move"\nsince = "minutes"\nminutes = 10\nthreshold = 2\nsubject_kind = "symbol"\n'
    answer = answer_of(tmp_path, f'{text}subject = "^KS11"\n', capsys)
    assert stories(answer) == [("^KS11", "2026-03-06", None)]
    with pytest.raises(BadInputError, match="minute bars"):  # there are some, of another one
        answer_of(tmp_path, f'{text}subject = "NVDA"\n', capsys)


def test_that_a_fire_of_any_condition_has_the_story_by_which_it_fired(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    days = week_days(FRIDAY, 9)
    title = "Micron delays plant in Idaho"
    with opened(tmp_path) as store:
        keep(store, "MU", {day: 90.0 if day == days[6] else 100.0 for day in days})  # falls, and is back
        report(store, "Nvidia", datetime.combine(days[0], datetime.min.time(), UTC))
        report(store, title, datetime.combine(days[4], datetime.min.time(), UTC))
    text = 'subject_kind = "symbol"\nsubject = "MU"\njoin = "any"\n'
    story = 'kind = "story"\nthreshold = 1\n'
    fall = 'kind = "percent-move"\ndirection = "down"\nthreshold = 5\n'
    expected = [("MU", days[4].isoformat(), title), ("MU", days[6].isoformat(), None)]
    for own, joined in ((story, fall), (fall, story)):
        answer = answer_of(tmp_path, f"{text}{own}[[rule.condition]]\n{joined}", capsys)
        assert stories(answer) == expected
        assert answer["with_story"] == 1


def test_that_a_share_that_rose_while_its_company_fell_in_the_news_has_that_story(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    title = "OpenAI delays data center as funding fails"
    with opened(tmp_path) as store:
        days = week_days(FRIDAY, 70)
        for symbol in ("ORCL", "MSFT", "NVDA", "AMZN"):
            last = 110.0 if symbol == "ORCL" else 88.0
            keep(store, symbol, {day: last if day == FRIDAY else 100.0 for day in days})
        report(store, "Nvidia", datetime.combine(days[60], datetime.min.time(), UTC))
        report(store, title, datetime(2026, 3, 6, 12, tzinfo=UTC))
    text = (
        'subject_kind = "symbol"\nsubject = "ORCL"\nkind = "percent-move"\ndirection = "up"\nthreshold = 5\n'
    )
    shock = '[[rule.condition]]\nkind = "entity-shock"\nthreshold = 1\nabout = "openai"\n'
    answer = answer_of(tmp_path, text + shock, capsys)
    assert stories(answer) == [("ORCL", FRIDAY.isoformat(), title)]


def test_that_the_volume_of_a_half_day_fires_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    thanksgiving, half, whole = date(2025, 11, 27), date(2025, 11, 28), date(2025, 12, 1)
    days = [day for day in week_days(date(2025, 12, 5), 30) if day != thanksgiving]
    bars = tuple(DailyBar(day, 9, 9, 9, 9, 5_000 if day in (half, whole) else 1_000) for day in days)
    with opened(tmp_path) as store:
        store.bars.keep_history("NVDA", History(bars), bars[0].day)
    text = 'kind = "volume-spike"\nthreshold = 2\nsubject_kind = "symbol"\nsubject = "NVDA"\n'
    assert stories(answer_of(tmp_path, text, capsys)) == [("NVDA", whole.isoformat(), None)]


@pytest.mark.parametrize(
    ("subject", "words"),
    [
        ('"layer"\nsubject = "acelerators"', "layer 'acelerators' is not in the list that is shown"),
        ('"watchlist"\nsubject = "other"', "watchlist 'other' is not the list that is shown"),
    ],
)
def test_that_a_rule_about_a_layer_or_list_that_is_not_shown_is_bad_input(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], subject: str, words: str
) -> None:
    with opened(tmp_path) as store:
        keep(store, "NVDA", dict.fromkeys(week_days(FRIDAY, 9), 100.0))
    text = f'kind = "percent-move"\nthreshold = 3\nsubject_kind = {subject}\n'
    with pytest.raises(BadInputError, match=f"^rule mine: {words}$"):
        answer_of(tmp_path, text, capsys)


def test_that_a_rule_for_the_hours_around_the_session_alone_is_not_tested_on_closes(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    days = week_days(FRIDAY, 9)
    with opened(tmp_path) as store:
        keep(store, "NVDA", {day: 100.0 + 9 * (n % 2) for n, day in enumerate(days)})
    text = 'kind = "percent-move"\nthreshold = 3\nsubject_kind = "symbol"\nsubject = "NVDA"\n'
    assert len(answer_of(tmp_path, f'{text}sessions = "any"\n', capsys)["fires"]) == 7
    with pytest.raises(BadInputError, match="before and after hours only, of which no prices are stored"):
        answer_of(tmp_path, f'{text}sessions = "extended"\n', capsys)


def test_that_the_news_of_each_name_is_a_popup_of_its_own_as_live(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    told = {"NVDA": "Nvidia delays plant", "AMD": "AMD halts shipments", "MU": "Micron delays plant",
            "VST": "Vistra delays plant"}  # fmt: skip
    with opened(tmp_path) as store:
        for symbol in told:
            keep(store, symbol, dict.fromkeys(week_days(FRIDAY, 9), 100.0))
        report(store, "Oracle", datetime(2026, 2, 26, 12, tzinfo=UTC))
        for title in told.values():
            report(store, title, datetime(2026, 3, 6, 12, tzinfo=UTC))
    everyone = 'subject_kind = "watchlist"\nsubject = "*"\nkind = "story"\n'
    answer = answer_of(tmp_path, f'{everyone}words = ["plant", "shipments"]\n', capsys)
    assert {fire["symbol"] for fire in answer["fires"]} == told.keys()
    assert (answer["popups"], answer["days_with_popup"]) == (4, 1)
    answer = answer_of(tmp_path, f'{everyone}about = "NVDA"\nwords = ["plant"]\n', capsys)
    assert len(answer["fires"]) > len(told)
    assert answer["popups"] == 1  # one cause, whoever is told of it


def test_that_seoul_and_new_york_of_one_date_are_two_popups_as_live(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with opened(tmp_path) as store:
        for symbol in ("MU", "WDC", "000660.KS", "005930.KS"):  # of one layer
            keep(store, symbol, {day: 90.0 if day == FRIDAY else 100.0 for day in week_days(FRIDAY, 9)})
    everyone = 'subject_kind = "watchlist"\nsubject = "*"\n'
    fall = f'{everyone}kind = "percent-move"\ndirection = "down"\nthreshold = 5\n'
    answer = answer_of(tmp_path, fall, capsys)
    assert (len(answer["fires"]), answer["popups"], answer["days_with_popup"]) == (4, 2, 1)


def test_that_a_layer_is_tested_by_its_members_in_the_market_that_most_of_it_trades_in(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Four of nine of the grid's names are in Seoul, and what New York did is no part of their day."""
    days = week_days(FRIDAY, 160)
    wave = {day: 100.0 + (n % 3) for n, day in enumerate(days)}
    with opened(tmp_path) as store:
        for symbol in ("GEV", "BE", "PWR", "^KS11", "QQQ"):
            keep(store, symbol, wave)
        for n, symbol in enumerate(("267260.KS", "298040.KS", "010120.KS", "034020.KS")):
            own = {day: price + (k * (n + 2) % 5) / 5 for k, (day, price) in enumerate(wave.items())}
            keep(store, symbol, own | {FRIDAY: own[days[-2]] * 0.9})
    layer = 'subject_kind = "layer"\nsubject = "grid"\nkind = "layer-move"\nthreshold = 2\n'
    assert [fire["symbol"] for fire in answer_of(tmp_path, layer, capsys)["fires"]] == ["grid"]


def test_that_each_share_that_crossed_a_level_of_a_joined_condition_is_a_popup_of_its_own_as_live(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with opened(tmp_path) as store:
        for symbol in ("NVDA", "AMD"):  # of one layer
            keep(store, symbol, {day: 90.0 if day == FRIDAY else 100.0 for day in week_days(FRIDAY, 9)})
    everyone = 'subject_kind = "watchlist"\nsubject = "*"\n'
    fall = f'{everyone}kind = "percent-move"\ndirection = "down"\nthreshold = 5\n'
    level = '[[rule.condition]]\nkind = "price-level"\ndirection = "down"\nthreshold = 95\n'
    assert answer_of(tmp_path, fall, capsys)["popups"] == 1
    assert answer_of(tmp_path, fall + level, capsys)["popups"] == 2


def test_that_news_is_counted_as_it_came_and_told_once_as_live(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """At any hour, on a Saturday too, and no more because another day begins while it is in the span."""
    tuesday, saturday = date(2026, 2, 24), date(2026, 2, 28)
    with opened(tmp_path) as store:
        keep(store, "MU", dict.fromkeys(week_days(FRIDAY, 15), 100.0))
        report(store, "Nvidia", datetime(2026, 2, 18, 12, tzinfo=UTC))
        for day, title in ((tuesday, "Micron delays plant in Idaho"), (tuesday, "Micron sues its rival"),
                           (saturday, "Micron hires a new chief")):  # fmt: skip
            report(store, title, datetime(day.year, day.month, day.day, 15, tzinfo=UTC))
    text = 'subject_kind = "symbol"\nsubject = "MU"\n'
    week = "minutes = 10080\n"
    story = answer_of(tmp_path, f'{text}kind = "story"\n{week}', capsys)
    monday = "2026-03-02"
    assert [(fire["time"][:10], fire["value"]) for fire in story["fires"]] == [
        (tuesday.isoformat(), 2.0),  # both came at once
        (monday, 3.0),
    ]
    assert story["fires"][1]["story"] == "Micron hires a new chief"
    burst = answer_of(tmp_path, f'{text}kind = "news-burst"\nthreshold = 2\n', capsys)
    assert [(fire["time"][:10], fire["value"]) for fire in burst["fires"]] == [(tuesday.isoformat(), 2.0)]


def test_that_no_name_of_a_rule_is_no_folder(tmp_path: Path) -> None:
    with pytest.raises(BadInputError, match=r"^'': neither a rule \(.*\) nor a TOML file with one rule$"):
        run(tmp_path, "test", "")
