"""``rules test`` against the same rule worked out the plain way, from what is stored."""

import json
import re
from contextlib import closing
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from stackwatch.app import Options, load_world
from stackwatch.commands import rules
from stackwatch.commands.usage import build_parser
from stackwatch.domain.errors import BadInputError, NothingFetchedError, StackwatchError
from stackwatch.domain.news import Headline
from stackwatch.domain.quote import DailyBar, MinuteBar
from stackwatch.domain.watchlist import Language
from stackwatch.engine.ports import History
from stackwatch.storage.locations import user_folders
from stackwatch.storage.sqlite.store import SqliteStore

LAST = date(2026, 3, 6)
SYMBOLS = ("NVDA", "AMD", "QQQ", "ORCL", "MSFT", "ARM")
RULE = """version = 1
[[rule]]
id = "mine"
name = { en = "Mine", ko = "내 것" }
subject_kind = "watchlist"
subject = "*"
"""


def week_days(count: int) -> list[date]:
    days = [LAST - timedelta(days=n) for n in range(count * 2)]
    return sorted(day for day in days if day.weekday() < 5)[-count:]


@pytest.fixture(scope="module")
def closes() -> dict[str, list[tuple[date, float]]]:
    days = week_days(520)
    draw = np.random.default_rng(11)
    market = draw.normal(0.0, 0.01, len(days))
    made = {}
    for number, symbol in enumerate(SYMBOLS):
        own = draw.standard_t(4, len(days)) * 0.015 if symbol != "QQQ" else np.zeros(len(days))
        prices = 100.0 * np.cumprod(1.0 + (1.0 + 0.1 * number) * market + own)
        made[symbol] = list(zip(days, prices.tolist(), strict=True))
    return made


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory, closes: dict[str, list[tuple[date, float]]]) -> Path:
    folder = tmp_path_factory.mktemp("data")
    store = SqliteStore(user_folders(folder).store, datetime(2026, 3, 7, tzinfo=UTC))
    for symbol, rows in closes.items():
        bars = tuple(DailyBar(day, c * 0.99, c * 1.02, c * 0.98, c, 1_000_000) for day, c in rows)
        store.bars.keep_history(symbol, History(bars), bars[0].day)
    store.close()
    return folder


def run(data: Path, *arguments: str) -> int:
    """Run the command in this process."""
    given = build_parser().parse_args(["rules", *arguments])
    return rules.run(Options(folders=user_folders(data), json=given.json), given)


def answer_of(
    data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], text: str, *options: str
) -> dict[str, Any]:
    path = tmp_path / "one.toml"
    path.write_text(RULE + text, encoding="utf-8")
    assert run(data, "test", str(path), "--json", *options) == 0
    (line,) = capsys.readouterr().out.splitlines()
    found: dict[str, Any] = json.loads(line)
    return found


def pairs(answer: dict[str, Any]) -> set[tuple[str, str]]:
    return {(f["symbol"], f["time"][:10]) for f in answer["fires"]}


def test_that_a_percent_rule_agrees_fire_by_fire_with_a_plain_computation(
    data: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    closes: dict[str, list[tuple[date, float]]],
) -> None:
    answer = answer_of(
        data,
        tmp_path,
        capsys,
        'kind = "percent-move"\nthreshold = 3\n',
        *("--from", "2025-06-02", "--to", "2026-03-06"),
    )
    expected = {
        (symbol, day.isoformat())
        for symbol, rows in closes.items()
        for (_, before), (day, close) in pairwise(rows)
        if abs(close / before - 1.0) >= 0.03 and date(2025, 6, 2) <= day <= LAST
    }
    assert pairs(answer) == expected
    assert answer["rule"] == "mine"
    assert (answer["from"], answer["to"], answer["symbols"]) == ("2025-06-02", "2026-03-06", len(SYMBOLS))
    assert answer["days_with_popup"] == len({day for _, day in expected})
    assert len(expected) >= answer["popups"] >= answer["days_with_popup"]
    span = (LAST - date(2025, 6, 2)).days + 1
    assert answer["per_symbol_year"] == pytest.approx(len(expected) / len(SYMBOLS) / span * 365.25, abs=1e-3)
    assert answer["with_story"] is None


@pytest.mark.parametrize(
    "text",
    ['kind = "percent-move"\nthreshold = 3\n', 'kind = "news-burst"\ndirection = "either"\nthreshold = 1\n'],
    ids=["price", "news"],
)
def test_that_a_first_session_behind_a_holiday_of_its_exchange_alone_is_no_first_look(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], text: str
) -> None:
    monday, tuesday = date(2026, 3, 2), date(2026, 3, 3)  # Seoul was shut on Monday, New York was not
    with closing(SqliteStore(user_folders(tmp_path).store, datetime(2026, 3, 7, tzinfo=UTC))) as store:
        for symbol in ("NVDA", "005930.KS"):
            days = [day for day in week_days(10) if symbol == "NVDA" or day != monday]
            prices = {day: 94.0 if day >= tuesday else 100.0 for day in days}
            bars = tuple(DailyBar(day, price, price, price, price, 1) for day, price in prices.items())
            store.bars.keep_history(symbol, History(bars), bars[0].day)
        heard = datetime(2026, 3, 3, 6, 0, tzinfo=UTC)
        store.news.save_headlines(
            [
                Headline(
                    id="first",
                    title="삼성전자 실적 발표",
                    publisher="연합뉴스",
                    url="",
                    published=heard,
                    received=heard,
                    source="test",
                )
            ]
        )
    options = ("--from", tuesday.isoformat(), "--to", LAST.isoformat())
    answer = answer_of(tmp_path, tmp_path, capsys, text, *options)
    assert ("005930.KS", tuesday.isoformat()) in pairs(answer)


def test_that_a_burst_counts_the_reports_of_its_minutes_also_of_an_older_story(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    close = datetime(2026, 3, 6, 21, 0, tzinfo=UTC)
    times = {"WSJ": 180, "CNBC": 50, "FT": 40, "Reuters": 30}
    with closing(SqliteStore(user_folders(tmp_path).store, close)) as store:
        bars = tuple(DailyBar(day, 100.0, 100.0, 100.0, 100.0, 1) for day in week_days(10))
        store.bars.keep_history("NVDA", History(bars), bars[0].day)
        store.news.save_headlines(
            [
                Headline(
                    id=publisher,
                    title="Nvidia wins a contract in Texas",
                    publisher=publisher,
                    url="",
                    published=close - timedelta(minutes=ago),
                    received=close,
                    source="test",
                )
                for publisher, ago in times.items()
            ]
        )
    text = 'kind = "news-burst"\ndirection = "either"\nthreshold = 3\nminutes = 60\n'
    answer = answer_of(tmp_path, tmp_path, capsys, text, "--from", "2026-03-02", "--to", LAST.isoformat())
    assert [(f["symbol"], f["time"][:10], f["value"]) for f in answer["fires"]] == [
        ("NVDA", "2026-03-06", 3.0)
    ]


def test_that_an_abnormal_rule_agrees_with_least_squares_worked_out_day_by_day(
    data: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    closes: dict[str, list[tuple[date, float]]],
) -> None:
    answer = answer_of(data, tmp_path, capsys, 'kind = "abnormal-move"\nthreshold = 2.5\n')
    market = np.array([close for _, close in closes["QQQ"]])
    x = market[1:] / market[:-1] - 1.0
    expected = set()
    for symbol in set(SYMBOLS) - {"QQQ"}:
        prices = np.array([close for _, close in closes[symbol]])
        y = prices[1:] / prices[:-1] - 1.0
        for i in range(126, y.size):
            xs, ys = x[i - 125 : i - 5], y[i - 125 : i - 5]
            slope, level = np.polyfit(xs, ys, 1)
            sd = np.sqrt(((ys - level - slope * xs) ** 2).sum() / 118)
            spread = 1 + 1 / 120 + (x[i] - xs.mean()) ** 2 / ((xs - xs.mean()) ** 2).sum()
            day = closes[symbol][i + 1][0]
            if abs((y[i] - level - slope * x[i]) / (sd * np.sqrt(spread))) >= 2.5 and day > date(2025, 3, 6):
                expected.add((symbol, day.isoformat()))
    assert pairs(answer) == expected


def test_that_a_level_fires_on_crossings_only(
    data: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    closes: dict[str, list[tuple[date, float]]],
) -> None:
    level = sorted(close for _, close in closes["NVDA"])[400]
    text = RULE.replace("watchlist", "symbol").replace('"*"', '"NVDA"')
    path = tmp_path / "level.toml"
    path.write_text(
        text + f'kind = "price-level"\ndirection = "up"\nthreshold = {level}\nhysteresis = 0\n',
        encoding="utf-8",
    )
    assert run(data, "test", str(path), "--json") == 0
    answer = json.loads(capsys.readouterr().out)
    rows = [row for row in closes["NVDA"] if row[0] > date(2025, 3, 5)]
    expected = {day.isoformat() for (_, before), (day, close) in pairwise(rows) if before < level <= close}
    assert {fire["time"][:10] for fire in answer["fires"]} == expected


def test_that_stories_are_counted_only_as_far_as_they_were_out(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "with news"
    folders = user_folders(folder)
    store = SqliteStore(folders.store, datetime(2026, 3, 7, tzinfo=UTC))
    rows = [(LAST - timedelta(days=n), 100.0) for n in range(200, 0, -1)]
    draw = np.random.default_rng(1)
    for symbol in ("NVDA", "QQQ"):
        prices = 100.0 * np.cumprod(1.0 + draw.normal(0, 0.01, len(rows)))
        bars = [
            DailyBar(day, c, c, c, float(c), 1)
            for (day, _), c in zip(rows, prices, strict=True)
            if day.weekday() < 5
        ]
        last = bars[-1].close * (0.94 if symbol == "NVDA" else 1.0)
        bars.append(DailyBar(LAST, last, last, last, last, 1))
        store.bars.keep_history(symbol, History(tuple(bars)), bars[0].day)
    title = "SoftBank and OpenAI's $500bn Stargate is slow to start"
    answers = []
    for key, published in (
        ("late", datetime(2026, 3, 6, 22, tzinfo=UTC)),
        ("early", datetime(2026, 3, 6, 3, tzinfo=UTC)),
    ):
        store.news.save_headlines(
            [Headline(id=key, title=f"{title} {key}", publisher="WSJ", url=f"https://example.com/{key}",
                      published=published, received=published, source="t")]
        )  # fmt: skip
        store.close()
        answers.append(answer_of(folder, tmp_path, capsys, 'kind = "tied-move"\nthreshold = 5\n'))
        store = SqliteStore(folders.store, datetime(2026, 3, 7, tzinfo=UTC))
    store.close()
    (folder / "settings.toml").write_text('version = 1\nblocked_sources = ["wsj"]\n', encoding="utf-8")
    answers.append(answer_of(folder, tmp_path, capsys, 'kind = "tied-move"\nthreshold = 5\n'))
    assert [pairs(answer) for answer in answers] == [set(), {("NVDA", "2026-03-06")}, set()]
    assert [answer["with_story"] for answer in answers] == [0, 1, None]


@pytest.mark.parametrize(("denied_at", "tied"), [(13, False), (22, True)], ids=["before", "after the close"])
def test_that_a_report_denied_by_the_close_explains_a_past_day_no_more(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], denied_at: int, *, tied: bool
) -> None:
    days = week_days(150)
    draw = np.random.default_rng(1)
    told = (
        ("SoftBank and OpenAI's $500bn Stargate is slow to start", 3),
        ("OpenAI denies Stargate is slow to start", denied_at),
    )
    with closing(SqliteStore(user_folders(tmp_path).store, datetime(2026, 3, 7, tzinfo=UTC))) as store:
        for symbol in ("NVDA", "QQQ"):
            prices = 100.0 * np.cumprod(1.0 + draw.normal(0, 0.01, len(days)))
            prices[-1] = prices[-2] * (0.94 if symbol == "NVDA" else 1.0)
            bars = tuple(DailyBar(day, c, c, c, c, 1) for day, c in zip(days, prices.tolist(), strict=True))
            store.bars.keep_history(symbol, History(bars), bars[0].day)
        store.news.save_headlines(
            [
                Headline(
                    id=title,
                    title=title,
                    publisher="WSJ",
                    url="",
                    published=datetime(2026, 3, 6, hour, tzinfo=UTC),
                    received=datetime(2026, 3, 6, hour, tzinfo=UTC),
                    source="test",
                )
                for title, hour in told
            ]
        )
    answer = answer_of(tmp_path, tmp_path, capsys, 'kind = "tied-move"\nthreshold = 5\n')
    assert pairs(answer) == ({("NVDA", "2026-03-06")} if tied else set())


def test_that_a_rule_that_needs_stories_counts_from_the_first_stored_headline_on(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], closes: dict[str, list[tuple[date, float]]]
) -> None:
    folder, first = tmp_path / "with news", date(2026, 1, 14)
    store = SqliteStore(user_folders(folder).store, datetime(2026, 3, 7, tzinfo=UTC))
    for symbol, rows in closes.items():
        bars = tuple(DailyBar(day, c, c, c, c, 1) for day, c in rows)
        store.bars.keep_history(symbol, History(bars), bars[0].day)
    told = [datetime(2026, 1, 14, 3, tzinfo=UTC) + timedelta(days=n) for n in range(52)]
    store.news.save_headlines(
        [Headline(id=f"{at}", title=f"Nvidia signs contract {n} with OpenAI", publisher="WSJ", url=f"https://a.b/{n}",
                  published=at, received=at, source="t") for n, at in enumerate(told)]
    )  # fmt: skip
    store.close()
    asked = ("--from", "2025-03-07", "--to", "2026-03-06")
    either_story = '[[rule.condition]]\nkind = "story"\nthreshold = 1\n'
    story, tied, price, either = (
        answer_of(folder, tmp_path, capsys, text, *asked)
        for text in (
            'kind = "story"\nthreshold = 1\n',
            'kind = "tied-move"\nthreshold = 2\n',
            'kind = "percent-move"\nthreshold = 3\n',
            f'kind = "percent-move"\nthreshold = 3\njoin = "any"\n{either_story}',
        )
    )
    for needing in (story, tied):
        assert (needing["from"], needing["news_since"]) == ("2026-01-14", "2026-01-14")
        rate = len(pairs(needing)) / needing["symbols"] / ((LAST - first).days + 1) * 365.25
        assert needing["per_symbol_year"] == pytest.approx(rate, abs=1e-3)
        assert rate > 0
    for free in (price, either):
        assert (free["from"], free["news_since"]) == ("2025-03-07", "2026-01-14")
    path = tmp_path / "one.toml"
    for language, words in (
        (Language.ENGLISH, "Stories are counted since 2026-01-14, when headlines were kept."),
        (Language.KOREAN, "소식은 기사를 저장하기 시작한 2026-01-14부터 셉니다."),
    ):
        given = build_parser().parse_args(["rules", "test", str(path), *asked])
        rules.run(Options(folders=user_folders(folder), language=language), given)
        assert words in capsys.readouterr().out.splitlines()


def test_that_moves_over_minutes_are_read_from_stored_minutes(
    data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = 'kind = "percent-move"\nsince = "minutes"\nminutes = 10\nthreshold = 2\ndirection = "down"\n'
    path = tmp_path / "one.toml"
    path.write_text(RULE + text, encoding="utf-8")
    with pytest.raises(BadInputError, match="minute bars"):
        run(data, "test", str(path))
    store = SqliteStore(user_folders(data).store, datetime(2026, 3, 7, tzinfo=UTC))
    opened = datetime(2026, 3, 5, 14, 30, tzinfo=UTC)
    prices = [100.0] * 30 + [97.0] * 30
    bars = [MinuteBar(opened + timedelta(minutes=n), p, p, p, p, 10) for n, p in enumerate(prices)]
    store.bars.save_minutes("NVDA", 1, bars)
    for evening in (datetime(2026, 3, 4, 21, 30, tzinfo=UTC), datetime(2026, 3, 6, 0, 5, tzinfo=UTC)):
        late = [replace(bar, start=evening + (bar.start - opened)) for bar in bars]
        store.bars.save_minutes("AMD", 1, late)  # after hours, which a rule of regular sessions does not see
    store.close()
    answer = answer_of(data, tmp_path, capsys, text)
    assert pairs(answer) == {("NVDA", "2026-03-05")}


@pytest.mark.parametrize(
    ("arguments", "kind", "words"),
    [
        (["nobody"], BadInputError, "nvidia-falls-with-news"),
        (["abnormal-move", "--from", "yesterday"], BadInputError, "2025-07-22"),
        (["abnormal-move", "--from", "2026-03-05", "--to", "2026-03-01"], BadInputError, "is after"),
        (["abnormal-move", "--to", "2001-01-01"], NothingFetchedError, "stackwatch import prices"),
        (
            ["abnormal-move", "--from", "2030-01-01"],
            BadInputError,
            "the last stored prices are of 2026-03-06",
        ),
        (["abnormal-move", "--from", "2030-01-01", "--to", "2030-02-01"], BadInputError, "2026-03-06"),
    ],
)
def test_that_a_test_that_cannot_be_made_says_why(
    data: Path, arguments: list[str], kind: type[StackwatchError], words: str
) -> None:
    with pytest.raises(kind, match=words):
        run(data, "test", *arguments)


@pytest.mark.parametrize(
    "asked",
    [(), ("--from", "2010-01-01"), ("--to", "2031-01-01"), ("--from", "2010-01-01", "--to", "2031-01-01")],
)
def test_that_days_without_stored_prices_count_for_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], asked: tuple[str, ...]
) -> None:
    with closing(SqliteStore(user_folders(tmp_path).store, datetime(2026, 3, 7, tzinfo=UTC))) as store:
        days = week_days(40)
        bars = tuple(DailyBar(day, c, c, c, c, 1) for day, c in zip(days, (100.0, 90.0) * 20, strict=True))
        store.bars.keep_history("NVDA", History(bars), bars[0].day)
    answer = answer_of(tmp_path, tmp_path, capsys, 'kind = "percent-move"\nthreshold = 3\n', *asked)
    assert (answer["from"], answer["to"]) == (days[0].isoformat(), days[-1].isoformat())
    span = (days[-1] - days[0]).days + 1
    assert answer["per_symbol_year"] == pytest.approx(len(answer["fires"]) / span * 365.25, abs=1e-3)


def test_that_listing_tells_how_far_each_rule_is_from_firing(
    data: Path, capsys: pytest.CaptureFixture[str], closes: dict[str, list[tuple[date, float]]]
) -> None:
    assert run(data, "list", "--json") == 0
    rows = {row["id"]: row for row in map(json.loads, capsys.readouterr().out.splitlines())}
    assert rows.keys() == {rule.id for rule in load_world(user_folders(data)).rules}
    near = rows["nvidia-falls-with-news"]["distance"]
    moved = (closes["NVDA"][-1][1] / closes["NVDA"][-2][1] - 1.0) * 100.0
    assert near["symbol"] == "NVDA"
    assert near["value"] == pytest.approx(moved, abs=1e-3)
    assert near["remaining"] == pytest.approx(max(2.0 + moved, 0.0), abs=1e-3)


def test_that_a_text_answer_names_counts_and_the_largest(
    data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(data, "test", "abnormal-move") == 0
    out = capsys.readouterr().out
    assert "popups on" in out
    (largest,) = (line for line in out.splitlines() if line.startswith("The largest: "))
    assert all(re.search(r" [+\u2212]\d+\.\d SAR$", each) for each in largest.split(", "))


def test_that_every_firing_of_a_rule_that_asks_for_stories_has_one(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "with news"
    store = SqliteStore(user_folders(folder).store, datetime(2026, 3, 7, tzinfo=UTC))
    for symbol in SYMBOLS:
        closes = [(day, 100.0 if day < LAST or symbol == "QQQ" else 96.0) for day in week_days(150)]
        bars = tuple(DailyBar(day, c, c, c, c, 1) for day, c in closes)
        store.bars.keep_history(symbol, History(bars), bars[0].day)
    at = datetime(2026, 3, 6, 12, tzinfo=UTC)
    title = "OpenAI delays data center as funding fails"
    store.news.save_headlines(
        [Headline(id="early", title="Nvidia", publisher="WSJ", url="https://a.b/1",
                  published=at - timedelta(days=9), received=at, source="t"),
         Headline(id="late", title=title, publisher="WSJ", url="https://a.b/2",
                  published=at, received=at, source="t")]
    )  # fmt: skip
    store.close()
    private = 'subject_kind = "private"\nsubject = "openai"\n'
    for asked in (
        '"story"\nthreshold = 1',
        '"news-burst"\nthreshold = 1\nminutes = 720',
        '"entity-shock"\nthreshold = 1.5',
    ):
        text = RULE.partition("subject_kind")[0] + f"{private}kind = {asked}\n"
        (path := tmp_path / "asks.toml").write_text(text, encoding="utf-8")
        assert run(folder, "test", str(path), "--json") == 0
        answer = json.loads(capsys.readouterr().out)
        assert [fire["story"] for fire in answer["fires"]] == [title], asked
        assert answer["with_story"] == 1
    text = RULE.replace("watchlist", "symbol").replace('"*"', '"NVDA"')
    text += 'kind = "percent-move"\nthreshold = 3\n'
    text += '[[rule.condition]]\nkind = "story"\nabout = "openai"\nthreshold = 1\n'
    (path := tmp_path / "asks.toml").write_text(text, encoding="utf-8")
    assert run(folder, "test", str(path), "--json") == 0
    answer = json.loads(capsys.readouterr().out)
    assert (len(answer["fires"]), answer["with_story"]) == (1, 1)


def test_that_firings_are_told_in_the_order_of_their_times_whatever_their_exchange(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "two exchanges"
    store = SqliteStore(user_folders(folder).store, datetime(2026, 3, 7, tzinfo=UTC))
    days = week_days(20)
    for symbol in ("NVDA", "000660.KS"):
        bars = tuple(
            DailyBar(day, c, c, c, c, 1) for n, day in enumerate(days) for c in (100.0 + 9 * (n % 2),)
        )
        store.bars.keep_history(symbol, History(bars), bars[0].day)
    store.close()
    answer = answer_of(folder, tmp_path, capsys, 'kind = "percent-move"\nthreshold = 3\n')
    times = [fire["time"] for fire in answer["fires"]]
    assert len(times) > 20
    assert times == sorted(times)


def test_that_a_group_of_two_markets_is_measured_and_timed_in_the_one_most_of_it_trades_in(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder, end = tmp_path / "two markets", date(2026, 3, 6)
    world = load_world(user_folders(folder))
    tied = [edge.target for edge in world.ecosystem.exposures if edge.source == "openai"]
    listed = [s for s in dict.fromkeys(tied) if s in world.ecosystem.instruments]
    abroad = {s for s in listed if world.ecosystem.instruments[s].calendar != "XNYS"}
    assert abroad
    assert len(abroad) < len(listed) / 2
    store = SqliteStore(user_folders(folder).store, datetime(2026, 3, 7, tzinfo=UTC))
    for symbol in listed:
        last = 80.0 if symbol in abroad else 98.0
        closes = [(day, 100.0 if day < end else last) for day in week_days(150)]
        store.bars.keep_history(
            symbol, History(tuple(DailyBar(day, c, c, c, c, 1) for day, c in closes)), closes[0][0]
        )
    at = datetime(2026, 3, 6, 15, tzinfo=UTC)
    store.news.save_headlines(
        [Headline(id="h", title="OpenAI delays data center as funding fails", publisher="WSJ",
                  url="https://a.b/1", published=at, received=at, source="t")]
    )  # fmt: skip
    store.close()
    text = RULE.partition("subject_kind")[0] + 'subject_kind = "private"\nsubject = "openai"\n'
    text += 'kind = "entity-shock"\nthreshold = 1.5\n'
    (path := tmp_path / "shock.toml").write_text(text, encoding="utf-8")
    assert run(folder, "test", str(path), "--json") == 0
    (fire,) = json.loads(capsys.readouterr().out)["fires"]
    assert (fire["time"], fire["value"]) == ("2026-03-06T21:00:00Z", -2.0)


def test_that_a_share_is_held_against_peers_that_trade_when_it_does(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """New York's five cloud names fell hours after Tokyo's close: SoftBank had "not moved" with them."""
    days = week_days(160)
    draw = np.random.default_rng(4)
    market = draw.normal(0.0, 0.01, len(days))
    fell = ("ORCL", "MSFT", "GOOGL", "AMZN")
    with closing(SqliteStore(user_folders(tmp_path).store, datetime(2026, 3, 7, tzinfo=UTC))) as store:
        for symbol in (*fell, "META", "9984.T", "QQQ", "^N225"):
            own = np.zeros(len(days)) if symbol in {"QQQ", "^N225"} else draw.normal(0.0, 0.01, len(days))
            own[-1] = -0.08 if symbol in fell else 0.0
            prices = (100.0 * np.cumprod(1.0 + market + own)).tolist()
            bars = tuple(DailyBar(day, c, c, c, c, 1) for day, c in zip(days, prices, strict=True))
            store.bars.keep_history(symbol, History(bars), bars[0].day)
    kind = 'kind = "peer-divergence"\nthreshold = 3\n'
    answer = answer_of(tmp_path, tmp_path, capsys, kind, "--from", f"{LAST}", "--to", f"{LAST}")
    assert pairs(answer) == {("META", f"{LAST}")}


def test_that_a_burst_counts_no_copy_that_came_after_the_close(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder, close = tmp_path / "copies", datetime(2026, 3, 5, 21, tzinfo=UTC)
    store = SqliteStore(user_folders(folder).store, datetime(2026, 3, 7, tzinfo=UTC))
    for symbol in SYMBOLS:
        bars = tuple(DailyBar(day, 100.0, 100.0, 100.0, 100.0, 1) for day in week_days(150))
        store.bars.keep_history(symbol, History(bars), bars[0].day)
    times = [close - timedelta(days=9), *(close + timedelta(minutes=n) for n in (-60, -50, 10, 20))]
    store.news.save_headlines(
        [Headline(id=f"{n}", title="Nvidia signs a contract" if n else "Nvidia", publisher=f"P{n}",
                  url=f"https://a.b/{n}", published=at, received=at, source="t")
         for n, at in enumerate(times)]
    )  # fmt: skip
    store.close()
    text = 'kind = "news-burst"\nthreshold = {}\nminutes = 120\n'
    two, three = (answer_of(folder, tmp_path, capsys, text.format(n)) for n in (2, 3))
    assert ("NVDA", "2026-03-05") in pairs(two)
    assert [fire["value"] for fire in two["fires"] if fire["symbol"] == "NVDA"] == [2.0]
    assert [(fire["time"][:10], fire["value"]) for fire in three["fires"]] == [("2026-03-06", 3.0)]
