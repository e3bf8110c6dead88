"""A user's own archive: imported, explained offline, and never with more than was known on the day."""

import csv
import json
import re
import tracemalloc
from collections.abc import Collection, Sequence
from contextlib import closing
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import numpy as np
import pytest
from tests.integration.conftest import Run
from tests.integration.imported_archive import (
    AFTER,
    CAUSE,
    DAY,
    DENIAL,
    HEADER,
    NAMES,
    SESSIONS,
    Row,
    explained,
    headlines,
    idle,
    prices,
    weekdays,
    write,
)
from tests.support.rig import build_rig, history

from stackwatch.analysis.titles.reading import Reader
from stackwatch.app import Options, load_world, open_store
from stackwatch.commands.past_engine import stored_day
from stackwatch.domain.events import BarsLoaded, HistoryChanged, StoriesChanged
from stackwatch.domain.news import Reading, Story
from stackwatch.domain.quote import ChartRange, DailyBar, Quote, QuoteState, Session
from stackwatch.domain.rule import Direction, Rule, RuleKind, SubjectKind
from stackwatch.engine.alerts.mutes import SAME_CAUSE
from stackwatch.engine.ports import History, QuoteBatch
from stackwatch.providers.yahoo.bars import YahooBars
from stackwatch.providers.yahoo.quotes import YahooQuotes
from stackwatch.storage.locations import user_folders
from stackwatch.system.clock import SystemClock

CONTRACT = {
    "symbol", "session_date", "move_pct", "benchmark", "benchmark_move_pct", "alpha", "beta", "beta_se",
    "abnormal_pct", "sar", "z", "n_estimation", "verdict", "stories", "linked", "base_rate",
}  # fmt: skip


def traded_at(monkeypatch: pytest.MonkeyPatch, price: float) -> None:
    """Let the provider say a price now, after a year of closes at 10."""
    now = datetime.now(UTC)

    def quotes(_: object, symbols: Sequence[str]) -> QuoteBatch:
        made = [
            Quote(
                symbol=symbol,
                price=price,
                currency="USD",
                previous_close=10.0,
                as_of=now,
                session=Session.REGULAR,
                source="Yahoo",
                state=QuoteState.LIVE,
            )
            for symbol in symbols
        ]
        return QuoteBatch(tuple(made))

    def bars(_: object, symbol: str, start: date) -> History:
        del symbol
        days = [day for day in weekdays(now.date() - timedelta(days=1), 400) if day >= start]
        return History(tuple(DailyBar(day, 10.0, 10.1, 9.9, 10.0, 1_000) for day in days))

    monkeypatch.setattr(YahooQuotes, "quotes", quotes)
    monkeypatch.setattr(YahooBars, "daily_history", bars)


def test_that_a_past_day_is_explained_from_an_imported_archive(filled: Run) -> None:
    found = explained(filled)
    assert found.keys() >= CONTRACT
    assert (found["verdict"], found["cause"], found["session_date"]) == ("news", "NVDA", "2026-02-19")
    assert found["move_pct"] == pytest.approx(-9.0, abs=0.01)
    assert found["benchmark"] == "QQQ"
    assert found["n_estimation"] == 120
    stories: list[dict[str, object]] = found["stories"]  # type: ignore[assignment]
    best = stories[0]
    assert best["title"] == CAUSE
    assert best["published"] == "2026-02-18T22:30:00Z"
    assert best.keys() >= {
        "title",
        "publisher",
        "published",
        "score",
        "coincidence",
        "path",
        "lead_minutes",
        "tone",
    }
    assert best["path"] == ["NVDA"]
    assert best["lead_minutes"] == pytest.approx(16 * 60)
    assert 0.0 < float(str(best["coincidence"])) < 0.35


def test_that_a_share_that_was_halted_for_days_is_explained_by_what_was_told_meanwhile(
    tmp_path: Path, run: Run
) -> None:
    table = prices(tmp_path / "prices.csv")
    with table.open(encoding="utf-8") as file:
        header, *rows = csv.reader(file)
    halted = {day.isoformat() for day in weekdays(DAY - timedelta(days=1), 4)}
    column = header.index("NVDA")
    kept = [
        tuple("" if row[0] in halted and n == column else cell for n, cell in enumerate(row)) for row in rows
    ]
    run("import", "prices", str(write(table, tuple(header), kept)))
    told = ("2026-02-16T09:00:00-05:00", "Reuters", CAUSE, "https://example.org/halted")
    run("import", "headlines", str(write(tmp_path / "news.csv", HEADER, [*idle(), told])))

    found = explained(run)

    assert (found["verdict"], found["cause"]) == ("news", "NVDA")
    assert found["stories"][0]["title"] == CAUSE  # type: ignore[index]
    (rule := tmp_path / "rule.toml").write_text(
        'version = 1\n[[rule]]\nid = "falls"\nname = { en = "Falls", ko = "하락" }\n'
        'kind = "percent-move"\ndirection = "down"\nthreshold = 5\n'
        'subject_kind = "symbol"\nsubject = "NVDA"\n',
        encoding="utf-8",
    )
    code, told_of, err = run("rules", "test", str(rule), "--json")
    assert code == 0, err
    assert [fire["story"] for fire in json.loads(told_of)["fires"]] == [CAUSE]


def test_that_a_denied_story_is_told_as_denied(run: Run, tmp_path: Path) -> None:
    """The card and the briefing said so; ``explain`` named the story as if it stood."""
    denied = ("2026-02-19T09:00:00-05:00", "Reuters", DENIAL, "https://example.org/denial")
    assert run("import", "prices", str(prices(tmp_path / "prices.csv")))[0] == 0
    assert run("import", "headlines", str(headlines(tmp_path / "news.csv", denied)))[0] == 0
    code, out, err = run("explain", "NVDA", "--on", DAY.isoformat())
    assert code == 0, err
    (line,) = (line for line in out.splitlines() if CAUSE in line)
    assert "Reuters, Wed 17:30 ET: " in line
    assert "(denied 09:00 by NVIDIA)" in line


def test_that_a_day_without_news_is_unexplained_and_one_without_prices_refused(filled: Run) -> None:
    assert explained(filled, "AMD")["verdict"] in {"unexplained", "market-wide"}
    code, _, err = filled("explain", "VRT", "--on", DAY.isoformat())
    assert code == 2
    assert "no prices of VRT" in err


def test_that_a_share_beside_a_benchmark_that_stood_still_says_so(run: Run, tmp_path: Path) -> None:
    days = weekdays(DAY, 140)
    rng = np.random.default_rng(2)
    closes = 100.0 * np.cumprod(1.0 + rng.normal(0.0, 0.02, len(days)))
    rows = [(day.isoformat(), "100", f"{close:.4f}") for day, close in zip(days, closes, strict=True)]
    assert run("import", "prices", str(write(tmp_path / "still.csv", ("Date", "QQQ", "NVDA"), rows)))[0] == 0
    found = explained(run)
    assert (found["verdict"], found["sar"]) == ("insufficient-data", None)
    assert found["reason"] == "it or its benchmark stood still, or both went alike"
    korean = run("--lang", "ko", "explain", "NVDA", "--on", DAY.isoformat())[1]
    assert "판단 보류: 종목이나 비교 지수가 멈춰 있었거나" in korean


GAP = """version = 1
[[rule]]
id = "gap"
name = { en = "Gap", ko = "갭" }
kind = "gap"
subject_kind = "symbol"
subject = "NVDA"
threshold = 2.0
"""


def test_that_closes_alone_say_nothing_of_gaps_at_the_open(filled: Run, tmp_path: Path) -> None:
    rule = tmp_path / "gap.toml"
    rule.write_text(GAP, "utf-8")
    found = json.loads(filled("rules", "test", str(rule), "--json")[1])
    assert (found["fires"], found["judged"]) == ([], 0)
    assert "Nothing was judged" in filled("rules", "test", str(rule))[1]
    moves = json.loads(filled("rules", "test", "abnormal-move", "--json")[1])
    assert moves["judged"] == (SESSIONS - 66) * (len(NAMES) - 1)  # of all but the benchmark


@pytest.fixture
def seeds_day(run: Run, tmp_path: Path) -> date:
    """Store prices up to a documented day, on which Nvidia falls by four percent, and no headline."""
    rng = np.random.default_rng(5)
    days = weekdays(date(2025, 7, 22), 140)
    market = rng.normal(0.0004, 0.01, len(days))
    share = 1.2 * market + rng.normal(0.0, 0.015, len(days))
    market[-1], share[-1] = -0.005, -0.04
    closes = zip(days, 100.0 * np.cumprod(1.0 + market), 100.0 * np.cumprod(1.0 + share), strict=True)
    rows = [(day.isoformat(), f"{index:.4f}", f"{price:.4f}") for day, index, price in closes]
    assert run("import", "prices", str(write(tmp_path / "seed.csv", ("Date", "QQQ", "NVDA"), rows)))[0] == 0
    return days[-1]


def test_that_a_documented_day_of_which_prices_alone_are_stored_has_its_reports(
    run: Run, seeds_day: date, tmp_path: Path
) -> None:
    found = explained(run, on=seeds_day)
    assert found["move_pct"] == pytest.approx(-4.0, abs=0.01)
    assert (found["verdict"], found["cause"]) == ("news", "stargate")
    assert found["stories"][0]["path"] == ["stargate", "NVDA"]  # type: ignore[index]
    with closing(open_store(user_folders(tmp_path / "data"), SystemClock(), replay=False)) as store:
        assert store.news.load_headlines(datetime(2025, 7, 1, tzinfo=UTC), datetime.now(UTC)) == ()


@pytest.mark.parametrize("published", ["2025-07-22T01:00:00Z", "2025-07-21T21:00:00Z"])
def test_that_headlines_of_a_documented_day_that_are_stored_count_alone(
    run: Run, seeds_day: date, tmp_path: Path, published: str
) -> None:
    kept = (published, "Zacks", "Nvidia hosts visitors from town", "")  # even if before the first report
    news = write(tmp_path / "news.csv", ("published", "publisher", "title", "link"), [kept])
    assert run("import", "headlines", str(news))[0] == 0
    found = explained(run, on=seeds_day)
    assert found["headlines_read"] == 1
    assert found["cause"] is None


def test_that_an_explanation_says_it_in_both_languages(filled: Run) -> None:
    english = filled("explain", "NVDA", "--on", DAY.isoformat())[1]
    korean = filled("--lang", "ko", "explain", "NVDA", "--on", DAY.isoformat())[1]
    assert CAUSE in english
    assert CAUSE in korean
    assert english != korean
    assert len(english.splitlines()) == len(set(english.splitlines())), "nothing is said twice"


def test_that_a_rule_test_counts_one_as_one_and_writes_a_true_minus(filled: Run) -> None:
    said = filled("rules", "test", "abnormal-move", "--from", DAY.isoformat(), "--to", DAY.isoformat())[1]
    assert "1 fire," in said
    assert "1 popup on 1 day" in said
    assert f"NVDA {DAY} \N{MINUS SIGN}" in said


def test_that_importing_twice_changes_nothing(filled: Run, tmp_path: Path) -> None:
    before = explained(filled)
    code, out, _ = filled("import", "prices", str(tmp_path / "prices.csv"), "--json")
    assert (code, json.loads(out)["different"]) == (0, [])
    code, out, _ = filled("import", "headlines", str(tmp_path / "news.csv"), "--json")
    assert (code, json.loads(out)["new"], json.loads(out)["known"]) == (0, 0, 79)
    assert explained(filled) == before


@pytest.mark.parametrize("newest_first", [False, True])
@pytest.mark.parametrize("files", [1, 2])
def test_that_of_rows_with_one_address_the_first_report_counts_in_whatever_order_they_come(
    run: Run, tmp_path: Path, files: int, *, newest_first: bool
) -> None:
    told: list[Row] = [
        ("2026-02-18T17:30:00-05:00", "Reuters", CAUSE, "https://example.org/cause"),
        ("2026-02-19T18:10:00-05:00", "Reuters", "Nvidia: what happened today", "https://example.org/cause"),
    ]
    rows = [*idle(), *told][:: -1 if newest_first else 1]
    run("import", "prices", str(prices(tmp_path / "prices.csv")))
    for part in range(files):
        size = len(rows) if files == 1 else len(rows) - 1
        table = write(tmp_path / f"{part}.csv", HEADER, rows[part * size : (part + 1) * size])
        assert run("import", "headlines", str(table))[0] == 0
    found = explained(run)
    assert found["verdict"] == "news"
    assert found["stories"][0]["published"] == "2026-02-18T22:30:00Z"  # type: ignore[index]


def test_that_imported_headlines_are_stories_of_the_next_window(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """They were kept and never read: the barometer of a private company stood empty beside a full archive."""
    now = datetime(2026, 3, 2, 12, tzinfo=UTC)
    monkeypatch.setattr(SystemClock, "now", lambda _clock: now)
    titles = {
        "2026-03-01T09:00:00Z": "Anthropic sues the Pentagon over its ban",
        "2026-02-28T09:00:00Z": "A bakery opens in Ohio",
        "2025-10-01T09:00:00Z": "Anthropic raises $5 billion",
    }
    rows = [(when, "Reuters", title, f"https://a.b/{n}") for n, (when, title) in enumerate(titles.items())]
    path = write(tmp_path / "new.csv", ("published", "publisher", "title", "link"), rows)
    for new in (3, 0):
        code, out, _ = run("import", "headlines", str(path), "--json")
        assert (code, json.loads(out)["new"]) == (0, new)
        with closing(open_store(user_folders(tmp_path / "data"), SystemClock(), replay=False)) as store:
            (told,) = store.news.load_stories(now - timedelta(days=365))
        assert (told.lead.title, told.copies) == ("Anthropic sues the Pentagon over its ban", 1)
        assert "anthropic" in told.entities


def test_that_a_running_window_takes_in_the_headlines_that_are_imported_beside_it(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rig = build_rig(tmp_path / "data")
    monkeypatch.setattr(SystemClock, "now", lambda _clock: rig.clock.now())
    rig.runtime._tick(rig.engine)
    before = len(rig.of(StoriesChanged))
    when = rig.clock.now() - timedelta(days=3)
    rows = [
        (when.isoformat(), "Reuters", "Anthropic sues the Pentagon over its ban", "https://a.b/1"),
        ((when + timedelta(days=1)).isoformat(), "WSJ", "Nvidia cuts revenue guidance", "https://a.b/2"),
    ]
    path = write(tmp_path / "new.csv", ("published", "publisher", "title", "link"), rows)
    assert run("import", "headlines", str(path))[0] == 0
    for _ in range(2):
        rig.runtime._tick(rig.engine)
    assert [story.lead.title for story in rig.engine.newsroom.stories] == [row[2] for row in rows]
    (told,) = rig.of(StoriesChanged)[before:]
    assert isinstance(told, StoriesChanged)
    assert {story.lead.publisher for story in told.stories} == {"Reuters", "WSJ"}
    assert rig.raised() == []


def test_that_a_running_window_judges_and_draws_by_the_prices_that_are_imported_beside_it(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rig = build_rig(tmp_path / "data")
    monkeypatch.setattr(SystemClock, "now", lambda _clock: rig.clock.now())
    for symbol in ("QQQ", "NVDA"):
        rig.market.set(symbol, 100.0)
    rig.refresh()
    rig.engine.charts.show("NVDA", ChartRange.MONTH_6, ())
    rig.runtime._tick(rig.engine)
    move = rig.engine.market.moves["NVDA"]
    assert move.sar is None
    before = len(rig.of(BarsLoaded))
    bars = {symbol: history(rig.clock.now(), seed=n) for n, symbol in enumerate(("QQQ", "NVDA"))}
    rows = [(s, str(bar.day), str(bar.close)) for s, days in bars.items() for bar in days]
    assert run("import", "prices", str(write(tmp_path / "p.csv", ("Symbol", "Date", "Close"), rows)))[0] == 0
    for _ in range(2):
        rig.runtime._tick(rig.engine)
    assert rig.engine.market.moves["NVDA"].sar is not None
    (drawn,) = rig.of(BarsLoaded)[before:]
    assert isinstance(drawn, BarsLoaded)
    assert (drawn.symbol, len(drawn.bars) > 60) == ("NVDA", True)
    told = len(rig.events)
    rig.runtime._tick(rig.engine)
    assert not [event for event in rig.events[told:] if isinstance(event, HistoryChanged)]


def test_that_an_alert_of_a_running_window_is_given_its_story_by_an_import(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rule = Rule(
        id="fall", name_en="f", name_ko="f", kind=RuleKind.PERCENT_MOVE, subject_kind=SubjectKind.SYMBOL,
        subject="NVDA", direction=Direction.DOWN, threshold=3.0,
    )  # fmt: skip
    rig = build_rig(tmp_path / "data", (rule,))
    monkeypatch.setattr(SystemClock, "now", lambda _clock: rig.clock.now())
    for price in (100.0, 95.0):
        rig.market.set("NVDA", price)
        rig.refresh()
    assert rig.raised()[0].alert.match is None
    when = (rig.clock.now() - timedelta(minutes=1)).isoformat()
    row = (when, "Reuters", "Nvidia loses a large order from OpenAI", "https://a.b/1")
    path = write(tmp_path / "new.csv", ("published", "publisher", "title", "link"), [row])
    assert run("import", "headlines", str(path))[0] == 0
    rig.runtime._tick(rig.engine)
    (alert,) = rig.store.alerts.load()
    assert alert.match is not None
    assert alert.match.story.lead.title == row[2]


def test_that_news_imported_beside_a_window_costs_no_alert_of_a_price(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    level = Rule(
        id="level", name_en="level", name_ko="가격", kind=RuleKind.PRICE_LEVEL, direction=Direction.DOWN,
        threshold=97.0, subject_kind=SubjectKind.SYMBOL, subject="NVDA",
    )  # fmt: skip
    fall = replace(level, id="fall", kind=RuleKind.PERCENT_MOVE, threshold=3.0)
    rig = build_rig(tmp_path / "data", (level, fall))
    monkeypatch.setattr(SystemClock, "now", lambda _clock: rig.clock.now())
    for price in (100.0, 99.9):
        rig.market.set("NVDA", price)
        rig.refresh()
        rig.clock.advance(seconds=15)
    when = rig.clock.now() - timedelta(hours=1)
    rows = [(when.isoformat(), "WSJ", "Nvidia cuts revenue guidance", "https://a.b/2")]
    path = write(tmp_path / "new.csv", ("published", "publisher", "title", "link"), rows)
    assert run("import", "headlines", str(path))[0] == 0
    rig.runtime._tick(rig.engine)
    assert [story.lead.title for story in rig.engine.newsroom.stories] == [rows[0][2]]
    rig.market.set("NVDA", 95.0)
    rig.refresh()
    rig.wait_for_group()
    assert {told.alert.rule_id for told in rig.raised()} == {"level", "fall"}
    assert [told.alert.suppressed_by for told in rig.raised()] == [None, SAME_CAUSE]


def test_that_a_name_read_anew_meanwhile_leaves_out_nothing_that_is_imported(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rig = build_rig(tmp_path / "data")
    rig.runtime._tick(rig.engine)
    other = build_rig(tmp_path / "data")
    for days in range(6):
        other.market.report(f"Oracle leases {100 + days} acres", minutes_ago=2880 * days, key=str(days))
    other.refresh()
    whole = rig.engine.newsroom.take_up
    read: list[datetime] = []

    def interrupted(since: datetime, until: datetime, about: Collection[str] | None) -> tuple[Story, ...]:
        read.append(since)
        if len(read) == 2:
            rig.runtime.relinking.begin(rig.engine, {"openai"})
        return whole(since, until, about)

    monkeypatch.setattr(rig.engine.newsroom, "take_up", interrupted)
    for _ in range(2):
        rig.runtime._tick(rig.engine)
    assert {story.id for story in rig.engine.newsroom.stories} == set("012345")


def test_that_of_what_was_stored_beside_a_window_only_what_is_new_is_read_and_a_day_at_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rig = build_rig(tmp_path / "data")
    for days in range(20):
        rig.market.report(
            f"Oracle signs a lease for {100 + days} acres in Ohio", minutes_ago=1440 * days + 60
        )
    rig.refresh()
    known = rig.engine.newsroom.stories
    other = build_rig(tmp_path / "data")
    assert rig.engine.newsroom.read_elsewhere() is None
    new = ("Nvidia names a treasurer", "Micron closes its plant in Boise")
    for title, days in zip(new, (1, 18), strict=True):
        other.market.report(title, minutes_ago=1440 * days, key=title)
    other.refresh()
    read: list[str] = []
    whole = Reader.read_if_known

    def noted(reader: Reader, title: str, about: Collection[str] | None = None) -> Reading | None:
        read.append(title)
        return whole(reader, title, about)

    monkeypatch.setattr(Reader, "read_if_known", noted)
    found = [rig.engine.newsroom.read_elsewhere() for _ in range(3)]
    assert [[story.lead.title for story in some or ()] for some in found] == [[new[1]], [new[0]], []]
    assert set(read) == set(new)
    assert {story.lead.title for story in rig.engine.newsroom.stories} == {s.lead.title for s in known} | set(
        new
    )


@pytest.mark.parametrize("days_since", [30, 400])  # its stories are among those kept, and no more
def test_that_what_came_later_changes_no_explanation_of_a_past_day(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, days_since: int
) -> None:
    now = datetime.combine(DAY, datetime.min.time(), UTC) + timedelta(days=days_since)
    monkeypatch.setattr(SystemClock, "now", lambda _clock: now)
    run("import", "prices", str(prices(tmp_path / "prices.csv", DAY)))
    run("import", "headlines", str(headlines(tmp_path / "news.csv")))
    before = explained(run)
    later = [
        ("2026-02-19T22:00:00Z", "WSJ", "Nvidia hit by export ban on all chips, sources say", ""),
        ("2026-02-20T09:00:00Z", "Reuters", "Nvidia denies it cut revenue guidance", ""),
        ("2026-02-20T10:00:00Z", "Bloomberg", CAUSE, "https://example.org/copy"),
    ]
    run("import", "headlines", str(headlines(tmp_path / "news.csv", *later)))
    run("import", "prices", str(prices(tmp_path / "prices.csv")))
    (tmp_path / "data" / "exposures.toml").write_text(
        'version = 1\n[[exposure]]\nsource = "openai"\ntarget = "NVDA"\nrelation = "supplier"\n'
        'why = "told later"\n'
        'date = "2026-02-20"\npublisher = "FT"\nbasis = "stored"\n',
        encoding="utf-8",
    )
    assert explained(run) == before


@pytest.mark.parametrize("imported_after", [85, 400])
def test_that_a_past_day_is_explained_alike_whenever_its_headlines_were_imported(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, imported_after: int
) -> None:
    told = datetime(2026, 2, 18, 22, 30, tzinfo=UTC)
    alike = (
        told - timedelta(days=25),
        "WSJ",
        CAUSE.replace("orders", "some orders"),
        "https://example.org/1",
    )
    denied = [
        (
            told - timedelta(days=30 + n, minutes=minutes),
            "Reuters",
            title,
            f"https://example.org/{n}/{minutes}",
        )
        for n, town in enumerate(
            ("Ulm", "Bonn", "Cork", "Nice", "Bath", "Rome", "Oslo", "Linz", "Graz", "Cluj")
        )
        for minutes, title in (
            (60, f"Nvidia loses contract for data center in {town}"),
            (0, f"Nvidia denies it loses contract for data center in {town}"),
        )
    ]
    rows = [(when.isoformat(), *rest) for when, *rest in (alike, *denied)]
    run("import", "prices", str(prices(tmp_path / "prices.csv")))
    path = headlines(tmp_path / "news.csv", *rows)
    monkeypatch.setattr(SystemClock, "now", lambda _clock: told + timedelta(days=imported_after))
    assert run("import", "headlines", str(path))[0] == 0
    found = explained(run)
    stories = found["stories"]
    assert isinstance(stories, list)
    story = next(story for story in stories if story["title"] == CAUSE)
    assert story["score"] == pytest.approx(0.5, abs=0.1)  # much like the report of three weeks before
    assert found["coincidence"] == pytest.approx(0.22, abs=0.005)


def test_that_a_share_that_was_long_halted_is_judged_by_as_many_returns_as_any(
    run: Run, tmp_path: Path
) -> None:
    days = weekdays(DAY, 330)
    rng = np.random.default_rng(8)
    closes = 100.0 * np.cumprod(1.0 + rng.normal(0.0, 0.01, (len(days), 2)), axis=0)
    halted = range(len(days) - 90, len(days) - 50)
    rows = [
        (f"{day}", "" if n in halted else f"{share!r}", f"{market!r}")
        for n, (day, (share, market)) in enumerate(zip(days, closes.tolist(), strict=True))
    ]
    run("import", "prices", str(write(tmp_path / "p.csv", ("Date", "NVDA", "QQQ"), rows)))
    assert explained(run)["n_estimation"] == 120


def test_that_other_prices_of_a_known_day_are_kept_out_unless_asked_for(filled: Run, tmp_path: Path) -> None:
    other = write(tmp_path / "other.csv", ("Date", "NVDA"), [(DAY.isoformat(), "55.0")])
    code, out, _ = filled("import", "prices", str(other), "--json")
    assert (code, json.loads(out)["different"], json.loads(out)["symbols"]) == (0, ["NVDA"], 0)
    before = explained(filled)["move_pct"]
    assert filled("import", "prices", str(other), "--replace")[0] == 0
    assert explained(filled)["move_pct"] != before


@pytest.mark.parametrize(
    ("header", "row"),
    [(("Date", "NVDA"), ("101.000001",)), (("Date", "Symbol", "Close", "Volume"), ("NVDA", "101", "7"))],
    ids=["wide", "long"],
)
def test_that_closes_alone_take_nothing_from_days_that_are_stored_whole(
    run: Run, tmp_path: Path, header: Row, row: Row
) -> None:
    head = ("Symbol", "Date", "Open", "High", "Low", "Close", "Volume")
    day = ("NVDA", DAY.isoformat(), "100", "103", "99", "101", "5000")
    whole = write(tmp_path / "whole.csv", head, [day])
    rows = [(DAY.isoformat(), *row), (AFTER.isoformat(), *row)]
    closes = write(tmp_path / "closes.csv", header, rows)
    run("import", "prices", str(whole))
    code, out, _ = run("import", "prices", str(closes), "--json")
    assert (code, json.loads(out)["different"]) == (0, [])
    folders = user_folders(tmp_path / "data")
    with closing(open_store(folders, SystemClock(), replay=False)) as store:
        first, second = store.bars.load_daily("NVDA", DAY)
    assert first == DailyBar(DAY, 100.0, 103.0, 99.0, 101.0, 5000)
    assert second.day == AFTER


def test_that_bad_rows_are_told_and_the_rest_kept(run: Run, tmp_path: Path) -> None:
    rows = [("2026-02-18", "1", "2"), ("soon", "1", "2")]
    path = write(tmp_path / "p.csv", ("Date", "NVDA", "^ZZZZ"), rows)
    code, out, err = run("import", "prices", str(path))
    assert code == 0
    told = out + err
    assert "line 3: date 'soon'" in told
    assert "Not names of this program, kept all the same: ^ZZZZ" in told
    code, out, _ = run("import", "prices", str(path), "--json")
    found = json.loads(out)
    assert (found["symbols"], found["unknown"], [bad["line"] for bad in found["bad"]]) == (2, ["^ZZZZ"], [3])


def test_that_a_price_that_nothing_can_cost_is_a_bad_row(run: Run, tmp_path: Path) -> None:
    rows = [("NVDA", f"2026-03-0{n}", close) for n, close in enumerate(("1e308", "1e-300", "171.38"), 2)]
    table = write(tmp_path / "far.csv", ("Symbol", "Date", "Close"), rows)
    code, out, _ = run("import", "prices", str(table), "--json")
    assert (code, json.loads(out)["rows"]) == (0, 1)
    assert [row["reason"] for row in json.loads(out)["bad"]] == [
        f"Close '{close}'; expected a price from 0.000001 to 1,000,000,000,000"
        for close in ("1e308", "1e-300")
    ]


def test_that_every_cell_of_a_wide_row_is_told_in_korean(run: Run, tmp_path: Path) -> None:
    table = write(
        tmp_path / "wide.csv",
        ("Date", "005930.KS", "BRK-B", "NVDA"),
        [("2026-03-02", "x", "1e300", "0"), ("2026-03-03", "1", "2", "3")],
    )
    code, out, _ = run("--lang", "ko", "import", "prices", str(table))
    assert code == 0
    assert (
        "2번째 줄: 005930.KS 'x': 0보다 큰 수가 필요함. 예: 171.38; "
        "BRK-B '1e300': 0.000001부터 1,000,000,000,000까지의 가격이 필요함; "
        "NVDA '0': 0보다 큰 수가 필요함. 예: 171.38. 제외함"
    ) in out


def test_that_a_jump_like_a_split_is_told_and_kept_as_the_move_it_may_be(run: Run, tmp_path: Path) -> None:
    rows = [("2026-02-18", "100", "30"), ("2026-02-19", "10.1", "20"), ("2026-02-20", "10.2", "21")]
    path = write(tmp_path / "p.csv", ("Date", "NVDA", "AMD"), rows)
    _, out, err = run("import", "prices", str(path))
    told = [line for line in (out + err).splitlines() if "split" in line]
    assert told == [
        "NVDA 2026-02-19: a jump like a 10-for-1 split, kept as a move; prices are to be adjusted for splits"
    ]
    _, out, _ = run("import", "prices", str(path), "--json")
    assert json.loads(out)["like_splits"] == [{"symbol": "NVDA", "day": "2026-02-19", "factor": 10.0}]


def test_that_prices_in_another_unit_than_the_stored_ones_are_told(run: Run, tmp_path: Path) -> None:
    def said(day: str, close: str, *language: str) -> str:
        table = write(tmp_path / "p.csv", ("Symbol", "Date", "Close"), [("ARM.L", day, close)])
        _, out, err = run(*language, "import", "prices", str(table))
        return next((line for line in (out + err).splitlines() if day in line), "")

    assert said("2026-02-18", "2.55") == ""
    assert said("2026-02-19", "251.9") == (
        "ARM.L 2026-02-19: a jump by a factor of 99, kept as a move; prices are to be in one unit, "
        "as pounds or pence"
    )
    assert said("2026-02-20", "2.5", "--lang", "ko").startswith("ARM.L 2026-02-20: 101배 변동")


def test_that_a_table_that_was_adjusted_otherwise_than_what_it_is_joined_to_is_told(
    run: Run, tmp_path: Path
) -> None:
    def kept(*rows: Row) -> tuple[list[str], object]:
        table = write(tmp_path / "p.csv", ("Symbol", "Date", "Close"), [("NVDA", *row) for row in rows])
        code, out, _ = run("import", "prices", str(table), "--json")
        told = json.loads(out)
        assert code == 0
        return told["different"], [(jump["day"], jump["factor"]) for jump in told["like_splits"]]

    assert kept(("2024-06-10", "121.79"), ("2024-06-11", "120.91")) == ([], [])
    assert kept(("2024-06-06", "1209.98"), ("2024-06-07", "1208.88")) == ([], [("2024-06-10", 10.0)])
    assert kept(("2024-06-12", "1250.2"), ("2024-06-13", "1295.9")) == ([], [("2024-06-12", 0.1)])
    assert kept(("2024-06-13", "129.59"), ("2024-06-14", "1295.9")) == (["NVDA"], [])  # nothing came


def test_that_a_share_that_fell_by_a_third_is_explained(filled: Run, tmp_path: Path) -> None:
    closes = [f"{30 + n % 2}" for n in range(SESSIONS - 1)]
    days = [day.isoformat() for day in weekdays(DAY, SESSIONS)]
    fell = f"{float(closes[-1]) * 2 / 3:.2f}"
    path = write(tmp_path / "more.csv", ("Date", "ZZZZ"), list(zip(days, [*closes, fell], strict=True)))
    assert filled("import", "prices", str(path))[0] == 0
    assert explained(filled, "zzzz")["move_pct"] == pytest.approx(-33.3, abs=0.1)


def test_that_imported_names_that_nobody_knew_can_be_explained_and_watched_by_rules(
    filled: Run, tmp_path: Path
) -> None:
    days = [(day.isoformat(), f"{20 + n % 7}") for n, day in enumerate(weekdays(DAY, SESSIONS))]
    path = write(tmp_path / "more.csv", ("Date", "ZZZZ"), days)
    code, out, _ = filled("import", "prices", str(path), "--json")
    found = json.loads(out)
    assert (code, found["unknown"], found["added"]) == (0, ["ZZZZ"], ["ZZZZ"])
    assert explained(filled, "zzzz")["benchmark"] == "QQQ"
    rule = tmp_path / "rule.toml"
    rule.write_text(
        'version = 1\n[[rule]]\nid = "z"\nname = {en = "Z", ko = "Z"}\nkind = "percent-move"\n'
        'direction = "down"\nthreshold = 5.0\nsubject_kind = "symbol"\nsubject = "ZZZZ"\n',
        encoding="utf-8",
    )
    code, out, err = filled("rules", "test", str(rule), "--json")
    assert code == 0, err
    assert {fire["symbol"] for fire in json.loads(out)["fires"]} == {"ZZZZ"}


def test_that_a_number_alone_is_the_known_name_with_that_code_and_else_no_share_of_new_york(
    run: Run, tmp_path: Path
) -> None:
    rows = [(symbol, "2026-03-02", "66000") for symbol in ("005930", "005380")]
    done = run(
        "import", "prices", str(write(tmp_path / "kr.csv", ("Symbol", "Date", "Close"), rows)), "--json"
    )
    assert done[0] == 0
    kept = json.loads(done[1])
    assert (kept["symbols"], kept["unknown"], kept["added"]) == (2, ["005380"], [])
    code, _, err = run("explain", "005930.KS", "--on", "2026-03-02")
    assert (code, "begin that day" in err) == (2, True)


def test_that_prices_of_other_markets_are_kept_by_the_symbols_that_yahoo_knows(
    run: Run, tmp_path: Path
) -> None:
    rows = "".join(f"{name},2026-03-02,66\n" for name in ("700.HK", "bt.a.l", "asml.as", "BRK.B", "SAN.MC"))
    (path := tmp_path / "prices.csv").write_text(f"Symbol,Date,Close\n{rows}", encoding="utf-8")
    code, told, _ = run("import", "prices", str(path), "--json")
    assert code == 0
    assert json.loads(told)["added"] == ["0700.HK", "ASML.AS", "BRK-B", "BT-A.L"]
    assert "SAN.MC" in json.loads(told)["unknown"]


def test_that_the_table_of_one_share_is_kept_by_the_name_of_its_file(run: Run, tmp_path: Path) -> None:
    for name, symbol in (("NVDA", "NVDA"), ("005930", "005930.KS")):
        table = write(tmp_path / f"{name}.csv", ("Date", "Close", "Adj Close"), [("2026/3/2", "170", "169")])
        assert run("import", "prices", str(table)) == (0, f"1 daily price of {symbol} is kept.\n", "")
        _, _, err = run("explain", symbol, "--on", "2026-03-02")
        assert "begin that day" in err
    nobody = write(tmp_path / "prices.csv", ("Date", "Close"), [("2026-03-02", "170")])
    code, _, err = run("--lang", "ko", "import", "prices", str(nobody))
    assert (code, "어느 종목인지 알 수 없음" in err) == (2, True)


def test_that_of_many_symbols_it_is_told_how_many_are_kept_so_far(run: Run, tmp_path: Path) -> None:
    names = [f"A{chr(65 + n // 26)}{chr(65 + n % 26)}" for n in range(250)]
    table = write(tmp_path / "wide.csv", ("Date", *names), [("2026-03-02", *["1"] * len(names))])
    assert run("--lang", "ko", "import", "prices", str(table))[2] == "종목 100개\n종목 200개\n"


def test_that_a_day_without_prices_names_the_last_one_that_has_some(filled: Run) -> None:
    code, _, err = filled("explain", "NVDA", "--on", "2026-02-21")  # a Saturday
    assert code == 2
    assert "no prices of NVDA are known for that day, the last before it are of 2026-02-20" in err


def test_that_the_first_stored_day_has_no_close_to_move_from(filled: Run) -> None:
    first = weekdays(AFTER, SESSIONS)[0].isoformat()
    code, _, err = filled("explain", "NVDA", "--on", first)
    assert code == 2
    assert "the stored prices of NVDA begin that day" in err


def test_that_without_the_network_the_last_stored_day_is_named(
    filled: Run, unreachable: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in unreachable.items():
        monkeypatch.setenv(name, value)
    code, out, err = filled("explain", "NVDA")
    assert (code, out) == (3, "")
    day = re.search(r"without the network, --on (\S+) explains the last stored day", err)
    assert day, err
    assert filled("explain", "NVDA", "--on", day[1])[0] == 0
    assert f"네트워크 없이 쓰려면 --on {day[1]}" in filled("--lang", "ko", "explain", "NVDA")[2]


def test_that_a_share_that_was_split_since_the_last_run_is_explained(
    filled: Run, unreachable: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in unreachable.items():
        monkeypatch.setenv(name, value)  # no headlines
    traded_at(monkeypatch, 9.5)
    code, out, err = filled("explain", "NVDA", "--json")
    assert code == 0, err
    assert json.loads(out)["move_pct"] == pytest.approx(-5.0)


@pytest.mark.parametrize(
    ("language", "words"), [("en", "looks like a 4-for-1 split"), ("ko", "주식분할 1:4")]
)
def test_that_a_change_that_is_withheld_is_said_to_be(
    filled: Run,
    unreachable: dict[str, str],
    monkeypatch: pytest.MonkeyPatch,
    language: str,
    words: str,
) -> None:
    for name, value in unreachable.items():
        monkeypatch.setenv(name, value)
    traded_at(monkeypatch, 2.5)
    code, _, err = filled("--lang", language, "explain", "NVDA")
    assert code == 3
    assert words in err
    assert "75.0 %" in err


def test_that_quotes_tell_no_change_that_is_withheld(
    run: Run, unreachable: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in unreachable.items():
        monkeypatch.setenv(name, value)
    traded_at(monkeypatch, 2.5)
    code, out, _ = run("quotes", "NVDA", "--json")
    told = json.loads(out)
    assert (code, told["state"], told["price"], told["change_pct"]) == (0, "withheld", 2.5, None)
    assert "75.0" not in run("quotes", "NVDA")[1]


@pytest.mark.parametrize(
    "line", ['{"title": 1}', '{"title"', '{"a":' * 15_000, "Nvidia " * 50_000, "x" * 100_001]
)
@pytest.mark.parametrize("end", ["\n", "\nNvidia falls\n", "\r\nNvidia falls"])
def test_that_a_line_that_is_no_headline_is_told_by_number_and_the_rest_is_linked(
    run: Run, tmp_path: Path, line: str, end: str
) -> None:
    (titles := tmp_path / "titles.jsonl").write_bytes(f"Nvidia rises\n{line}{end}".encode())
    code, out, err = run("link", str(titles), "--json")
    assert code == 2
    assert "line 2" in err
    linked = [json.loads(row)["title"] for row in out.splitlines()]
    assert linked == ["Nvidia rises", *(["Nvidia falls"] if "falls" in end else [])]


def test_that_the_longest_line_is_linked_and_none_beyond_it_is_held(run: Run, tmp_path: Path) -> None:
    longest = "Nvidia " + "x" * 99_993
    (titles := tmp_path / "titles.txt").write_text(f"{longest}\n{longest}")
    assert run("link", str(titles))[0] == 0
    with titles.open("w") as file:  # no line ends at all
        for _ in range(60):
            file.write("Nvidia " * 150_000)
    tracemalloc.start()
    code, out, err = run("link", str(titles))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert (code, out) == (2, "")
    assert err.count("line 1: longer than 100,000 characters") == 1
    assert peak < titles.stat().st_size / 2


@pytest.mark.parametrize("text", ["", "a,b\n1,2\n", "Date,NVDA\nsoon,1\n"])
def test_that_a_file_without_a_usable_row_is_refused(run: Run, tmp_path: Path, text: str) -> None:
    path = tmp_path / "bad.csv"
    path.write_text(text, encoding="utf-8")
    code, out, err = run("import", "prices", str(path))
    assert (code, out) == (2, "")
    assert "bad.csv" in err
    assert run("import", "headlines", str(path))[0] == 2


def test_that_an_explanation_needs_no_other_prices_than_those_it_reads(run: Run, tmp_path: Path) -> None:
    run("import", "prices", str(prices(tmp_path / "prices.csv")))
    run("import", "headlines", str(headlines(tmp_path / "news.csv")))
    options = Options(folders=user_folders(tmp_path / "data"))
    world = load_world(options.folders)
    linked: set[str] = set()
    for symbol in NAMES:
        with (
            stored_day(options, world, symbol, DAY) as few,
            stored_day(options, world, symbol, DAY, whole=True) as every,
        ):
            assert few is not None
            assert every is not None
            explained, again = few.explain(symbol), every.explain(symbol)
            assert explained is not None
            assert again is not None
            assert explained == replace(again, headlines_read=explained.headlines_read)
            linked |= {row.id for row in explained.linked if row.move_pct is not None}
    assert linked >= {"AMD", "TSM"}  # of its own layer, and of another


def test_that_the_usual_move_of_a_past_day_begins_with_the_first_prices_of_the_archive(
    run: Run, tmp_path: Path
) -> None:
    days = weekdays(DAY, 330)
    rng = np.random.default_rng(5)
    returns = rng.normal(0.0, 0.01, len(days))
    closes = 10.0 * np.cumprod(1.0 + returns)
    market = 100.0 * np.cumprod(1.0 + rng.normal(0.0, 0.01, len(days)))
    rows = [
        (f"{day}", f"{a!r}", f"{b!r}")
        for day, a, b in zip(days, closes.tolist(), market.tolist(), strict=True)
    ]
    run("import", "prices", str(write(tmp_path / "p.csv", ("Date", "NVDA", "QQQ"), rows)))
    variance = returns[1:61].var()
    for value in returns[61:-1]:
        variance = max(0.94 * variance + 0.06 * min(value**2, 16 * variance), 0.002**2)
    explanation = explained(run)
    assert explanation["z"] == pytest.approx(np.log1p(returns[-1]) / np.sqrt(variance), rel=1e-9)
