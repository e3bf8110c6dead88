"""The command line as other programs see it: the unmodified program, reached through its environment only."""

import csv
import gc
import json
import os
import re
import sqlite3
import subprocess
import sys
import threading
from _thread import interrupt_main
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from tests.integration.conftest import Run
from tests.integration.store_samples import HEADLINE
from tests.ui import detail_scene, scene
from tests.wire.fixtures import forget_yfinance
from tests.wire.server import YahooServer, environment
from tests.wire.world import default_world

from stackwatch.app import load_world
from stackwatch.commands.explain import _fields, _lines
from stackwatch.commands.output import match_json
from stackwatch.commands.usage import build_parser
from stackwatch.domain.errors import BadInputError, StoreError
from stackwatch.domain.move import OutOfHours
from stackwatch.domain.quote import Session
from stackwatch.domain.watchlist import Language
from stackwatch.engine.runtime import LIVE
from stackwatch.storage.locations import user_folders
from stackwatch.storage.sqlite.alert_tables import AlertTables
from stackwatch.storage.sqlite.store import SqliteStore
from stackwatch.system.clock import SystemClock
from stackwatch.system.file_lock import FileLock

ROOT = Path(__file__).resolve().parents[2]


def run(
    *arguments: str, data: Path, env: dict[str, str] | None = None, text: str = ""
) -> subprocess.CompletedProcess[str]:
    """Run the program in a clean environment, where it is compiled once; returns what it printed."""
    without = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM", "PYTHONDONTWRITEBYTECODE")
    plain = {k: v for k, v in os.environ.items() if k not in without}
    plain |= {"PYTHONPATH": str(ROOT / "desktop"), "PYTHONUTF8": "1"} | (env or {})
    return subprocess.run(
        [sys.executable, "-m", "stackwatch", "--data-dir", str(data), *arguments],
        capture_output=True, text=True, encoding="utf-8", input=text, timeout=180, env=plain, check=False,
    )  # fmt: skip


def lines(result: subprocess.CompletedProcess[str]) -> list[dict[str, object]]:
    """Parse standard output as JSON Lines: every line must be an object."""
    return [json.loads(line) for line in result.stdout.splitlines()]


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return tmp_path


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[YahooServer, dict[str, str]]]:
    with YahooServer(tmp_path_factory.mktemp("wire"), default_world()) as server:
        yield server, environment(server)


Ran = tuple[Path, subprocess.CompletedProcess[str]]


@pytest.fixture(scope="module")
def watched(served: tuple[YahooServer, dict[str, str]], tmp_path_factory: pytest.TempPathFactory) -> Ran:
    """Give a folder in which prices were watched once, and what was said."""
    folder = tmp_path_factory.mktemp("watched")
    return folder, run("watch", "--once", "--json", data=folder, env=served[1])


@pytest.fixture(scope="module")
def quoted(
    served: tuple[YahooServer, dict[str, str]], tmp_path_factory: pytest.TempPathFactory
) -> tuple[subprocess.CompletedProcess[str], int]:
    """Give what a refresh of the default list said, and how many requests for quotes it took."""
    server, env = served
    server.reset_counts()
    result = run("quotes", "--json", data=tmp_path_factory.mktemp("quoted"), env=env)
    return result, server.counts["quote"]


@pytest.fixture(scope="module")
def replayed(tmp_path_factory: pytest.TempPathFactory) -> Ran:
    """Give a folder in which the documented day was watched once, and what was said."""
    folder = tmp_path_factory.mktemp("replayed")
    return folder, run("watch", "--demo", "--once", "--json", data=folder)


@pytest.fixture
def call(run: Run) -> Run:
    """Return what runs a command without a process of its own."""
    return run


@pytest.fixture
def served_here(
    served: tuple[YahooServer, dict[str, str]], monkeypatch: pytest.MonkeyPatch
) -> Iterator[None]:
    """Lead the network of this process to the server."""
    for name, value in served[1].items():
        monkeypatch.setenv(name, value)
    forget_yfinance()
    yield
    forget_yfinance()


@pytest.fixture
def unreachable_here(unreachable: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Lead the network of this process nowhere."""
    for name, value in unreachable.items():
        monkeypatch.setenv(name, value)
    forget_yfinance()
    yield
    forget_yfinance()


@pytest.mark.usefixtures("served_here")
def test_that_a_price_of_tokyo_at_noon_is_closed_and_not_stale(
    served: tuple[YahooServer, dict[str, str]], call: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = datetime(2026, 3, 10, 3, 10, tzinfo=UTC)  # 12:10 in Tokyo; Yahoo says REGULAR all day
    monkeypatch.setattr(SystemClock, "now", lambda _clock: now)
    world = served[0].world
    monkeypatch.setattr(world, "clock", lambda: now)
    monkeypatch.setattr(world, "listings", {})
    world.move("8035.T", 1.0, age=timedelta(minutes=40, seconds=2))
    world.move("2330.TW", 1.0, age=timedelta(minutes=20))
    code, told, _ = call("quotes", "8035.T", "2330.TW", "--json")
    assert code == 0
    states = {quote["symbol"]: quote["state"] for quote in map(json.loads, told.splitlines())}
    assert states == {"8035.T": "closed", "2330.TW": "delayed"}


def test_that_watch_once_prints_every_default_symbol_and_one_alert_with_story_and_path(
    watched: Ran, quoted: tuple[subprocess.CompletedProcess[str], int]
) -> None:
    result = watched[1]
    assert result.returncode == 0, result.stderr
    events = lines(result)
    listed = {row["symbol"] for row in lines(quoted[0]) if row["type"] == "quote"}
    prices = {e["symbol"] for e in events if e["type"] == "quote"}
    assert listed == set(load_world(user_folders(Path("nowhere"))).watchlist.symbols)
    assert listed <= prices
    (alert,) = [e for e in events if e["type"] == "alert"]
    assert alert["symbol"] == "NVDA"
    assert alert["rule"] == "nvidia-falls-with-news"
    stories = alert["stories"]
    assert isinstance(stories, list)
    (story,) = stories
    assert story["path"] == ["stargate", "NVDA"]
    assert "Stargate" in str(story["title"])
    for event in events:
        assert {"type", "time"} <= event.keys()
    for quote in (e for e in events if e["type"] == "quote"):
        assert {
            "symbol",
            "price",
            "currency",
            "change_pct",
            "session",
            "as_of",
            "source",
            "state",
        } <= quote.keys()


def test_that_a_refresh_of_the_default_list_takes_two_quote_requests(
    quoted: tuple[subprocess.CompletedProcess[str], int],
) -> None:
    result, requests = quoted
    assert result.returncode == 0
    assert requests == 2
    assert all({"type", "time", "symbol"} <= row.keys() for row in lines(result))


@pytest.mark.usefixtures("served_here")
def test_that_an_alert_keeps_its_id_from_watch_to_export_and_is_not_raised_again(
    watched: Ran, call: Run
) -> None:
    data, watch = watched
    first = [e for e in lines(watch) if e["type"] == "alert"]
    code, told, err = call("--data-dir", str(data), "watch", "--once", "--json")
    assert code == 0, err
    again = [e for e in map(json.loads, told.splitlines()) if e["type"] == "alert"]
    assert call("--data-dir", str(data), "export", "alerts", str(data / "alerts.json"))[0] == 0
    exported = json.loads((data / "alerts.json").read_text("utf-8"))
    assert again == []
    assert first[0]["id"] in [row["id"] for row in exported]
    assert {
        "id",
        "rule",
        "symbol",
        "fired_at",
        "severity",
        "value",
        "message",
        "state",
        "shown_at",
        "suppressed_by",
    } <= exported[0].keys()


@pytest.mark.usefixtures("served_here")
@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "what fired now could not be stored, and is not told"),
        ("ko", "이번에 울린 알림은"),
    ],
)
def test_that_watch_once_says_that_what_fired_was_not_stored(
    call: Run, monkeypatch: pytest.MonkeyPatch, language: str, said: str
) -> None:
    def full(*_: object) -> None:
        raise StoreError("alerts.sqlite3: the store cannot be written (database or disk is full)")

    monkeypatch.setattr(AlertTables, "save", full)
    code, told, err = call("--lang", language, "watch", "--once", "--json")
    assert code == 4
    assert "alert" not in {json.loads(line)["type"] for line in told.splitlines()}
    assert said in err


@pytest.mark.usefixtures("served_here")
def test_that_what_is_too_old_goes_where_nothing_but_watch_once_ever_runs(data: Path, call: Run) -> None:
    now = SystemClock().now()
    file = user_folders(data / "data").store
    with closing(SqliteStore(file, now)) as store:
        ages = {"old": timedelta(days=1200), "new": timedelta(days=1000)}
        store.news.save_headlines(
            [
                replace(HEADLINE, id=key, published=now - age, url=f"https://example.com/{key}")
                for key, age in ages.items()
            ]
        )
    assert call("watch", "--once", "--json")[0] == 0
    with closing(SqliteStore(file, now)) as store:
        kept = {
            h.id for h in store.news.load_headlines(now - timedelta(days=1300), now - timedelta(days=900))
        }
    assert kept == {"new"}


def watch_on(call: Run) -> tuple[int, str]:
    """Watch until what reads it has read enough; returns the exit code and what was said of it."""
    patience = threading.Timer(30.0, interrupt_main)
    patience.start()
    code, _, err = call("watch", "--json")
    patience.cancel()
    return code, err


@pytest.mark.usefixtures("served_here")
def test_that_watch_takes_in_what_an_editor_writes_while_it_runs(
    data: Path, call: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    rules = user_folders(data / "data").data / "rules.toml"
    monkeypatch.setattr("stackwatch.commands.watch.LIVE", replace(LIVE, clock=0.05))
    states: list[object] = []

    def read(event: Mapping[str, object]) -> None:
        """Write a rule that is none, once there are prices, mend it, and read no further."""
        if event["type"] == "quote" and not states:
            states.append("written")
            rules.write_text("[[rule]]\nid = 1\n", encoding="utf-8")
        elif event.get("source") == "rules":
            states.append(event["state"])
            rules.write_text("", encoding="utf-8")
            if event["state"] == "ok":
                raise BadInputError("read enough")

    monkeypatch.setattr("stackwatch.commands.watch.emit", read)
    code, err = watch_on(call)
    assert states == ["written", "degraded", "ok"]
    assert (code, err) == (2, "stackwatch: read enough\n")


@pytest.mark.usefixtures("served_here")
def test_that_watch_on_live_markets_wakes_up_for_nothing_at_most_every_two_seconds(
    call: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    waits: list[float] = []

    def waited(seconds: float, _crashes: object) -> None:
        waits.append(seconds)
        if len(waits) == 3:
            raise KeyboardInterrupt

    monkeypatch.setattr("stackwatch.commands.watch._raise_within", waited)
    assert call("watch", "--json")[0] == 130
    assert min(waits) >= 2.0


@pytest.mark.usefixtures("served_here")
def test_that_explain_prints_the_documented_fields(call: Run) -> None:
    code, told, err = call("explain", "nvda", "--json")
    assert code == 0, err
    row = json.loads(told)
    assert row["symbol"] == "NVDA"
    assert row["verdict"] == "news"
    expected = (
        "session_date move_pct benchmark benchmark_move_pct alpha beta beta_se abnormal_pct sar z "
        "n_estimation verdict stories linked base_rate"
    )
    assert set(expected.split()) <= row.keys()
    assert row["linked"]
    assert all(other["move_pct"] is not None for other in row["linked"])  # they are asked for as well


@pytest.mark.usefixtures("served_here")
def test_that_what_followed_is_counted_in_five_years_without_a_window_too(call: Run) -> None:
    """Prices of 400 days were asked for: 2 of 23 days like this were known."""
    assert json.loads(call("explain", "NVDA", "--json")[1])["base_rates"][0]["n"] > 8


@pytest.mark.parametrize("asked", [("explain", "NVDA"), ("export", "briefing", "today.md")])
@pytest.mark.usefixtures("served_here")
def test_that_who_only_asks_takes_no_alert_from_who_watches(
    data: Path, asked: tuple[str, ...], call: Run
) -> None:
    *words, last = asked
    assert call(*words, str(data / last) if last.endswith(".md") else last)[0] == 0
    told = [json.loads(line) for line in call("watch", "--once", "--json")[1].splitlines()]
    assert {each["symbol"] for each in told if each["type"] == "alert"} == {"NVDA"}


def test_that_the_documented_day_is_explained_as_an_ordinary_one_for_nvidia(call: Run) -> None:
    row = json.loads(call("explain", "NVDA", "--on", "2025-07-22", "--json")[1])
    assert row["sar"] == pytest.approx(-0.81, abs=0.02)
    assert row["abnormal_pct"] == pytest.approx(-1.745, abs=0.01)
    assert row["verdict"] == "news"
    assert row["stories"][0]["path"] == ["stargate", "NVDA"]
    linked = {entry["id"]: entry["move_pct"] for entry in row["linked"]}
    assert linked["9984.T"] == pytest.approx(2.85, abs=0.01)
    assert row["late"] is None
    _, plain, _ = call("explain", "NVDA", "--on", "2025-07-22")
    assert "Within its usual range" in plain
    assert "WSJ, Mon 18:00 ET: SoftBank" in plain
    assert "(at least 15 h 30 before the move)" in plain


def test_that_a_story_that_explains_nothing_is_said_to_be_read_only(call: Run) -> None:
    _, tied, _ = call("explain", "NVDA", "--on", "2025-07-22")
    assert "Read, not tied" not in tied
    for language, words in (("en", "Read, not tied to it:"), ("ko", "읽었으나 연결하지 않음:")):
        _, untied, _ = call("explain", "ARM", "--on", "2025-07-22", "--lang", language)
        lines = untied.splitlines()
        assert "WSJ, " in lines[lines.index(words) + 1]


def test_that_what_was_read_beside_a_reason_is_headed_and_faint_news_of_others_left_out() -> None:
    found = detail_scene.EXPLAINED
    own = replace(found.matches[0], story=detail_scene.MORE, path=("NVDA",), score=0.12)
    faint = replace(own, path=("stargate", "NVDA"), score=0.29)
    beside = replace(found, matches=(found.matches[0], own, faint))
    shown = _lines(beside, scene.ecosystem(), Language.ENGLISH)
    assert shown[shown.index("Read beside it:") + 1].startswith("  0.12  ")
    assert not any(line.startswith("  0.29  ") for line in shown)


def test_that_a_move_without_a_reason_says_why_not() -> None:
    found = replace(detail_scene.UNEXPLAINED, headlines_read=7, late=None)
    shown = _lines(found, scene.ecosystem(), Language.ENGLISH)
    assert "7 headlines were read. None matches better than chance." in shown
    story = replace(detail_scene.EXPLAINED.matches[0], path=("NVDA",), score=0.4)
    still = replace(found, matches=(story,), move=replace(found.move, sar=0.3))
    assert "Read, not tied to so small a move:" in _lines(still, scene.ecosystem(), Language.ENGLISH)
    assert "읽었으나 움직임이 작아 연결하지 않음:" in _lines(still, scene.ecosystem(), Language.KOREAN)


def test_that_the_shares_own_late_report_is_told_as_on_the_card() -> None:
    told = detail_scene.PUT_DOWN.matches[0]
    late = replace(told, score=0.0, price_talk=False, path=("KLAC",))
    found = replace(detail_scene.UNEXPLAINED, late=late)
    shown = _lines(found, scene.ecosystem(), Language.ENGLISH)
    place = shown.index("Read, not tied to it:")
    assert shown[place + 1] == "     –  Reuters, 10:10 ET: KLA shares fall after guidance misses estimates"
    assert _fields(found)["late"] == match_json(late)


def test_that_a_report_that_moves_the_price_out_of_hours_is_told_once() -> None:
    early = OutOfHours(hours=Session.POST, move_pct=6.74, match=detail_scene.match(detail_scene.MORE))
    late = replace(detail_scene.UNEXPLAINED, late=early.match, out_of_hours=early)
    for found in (replace(detail_scene.EXPLAINED, out_of_hours=early), late):
        shown = _lines(found, scene.ecosystem(), Language.ENGLISH)
        assert sum(detail_scene.MORE.lead.title in line for line in shown) == 1
        assert "Read, not tied to it:" not in shown


def test_that_a_documented_share_that_is_not_on_the_list_is_explained_as_well(call: Run) -> None:
    row = json.loads(call("explain", "AAPL", "--on", "2025-07-22", "--json")[1])
    assert row["move_pct"] == pytest.approx(0.904, abs=0.01)
    assert row["sar"] == pytest.approx(1.009, abs=0.02)


def test_that_softbanks_rise_is_not_given_the_report_as_its_reason(call: Run) -> None:
    row = json.loads(call("explain", "9984.T", "--on", "2025-07-22", "--json")[1])
    assert row["cause"] is None
    offered = {story["title"]: story["opposes"] for story in row["stories"]}
    assert offered.pop("SoftBank and OpenAI’s $500bn Stargate is slow to start") is True
    assert set(offered) <= {"OpenAI and Oracle add 4.5 GW to Stargate"}


def test_that_the_whole_replayed_day_runs_at_once_and_tells_each_cause_once(replayed: Ran) -> None:
    result = replayed[1]
    assert result.returncode == 0, result.stderr
    events = lines(result)
    alerts = [e for e in events if e["type"] == "alert"]
    assert [a["group"] for a in alerts].count("cause:stargate") == 1
    assert {a["symbol"] for a in alerts} >= {"stargate", "KLAC", "SNPS"}
    moves = {e["symbol"]: e["change_pct"] for e in events if e["type"] == "quote"}
    assert moves["NVDA"] == pytest.approx(-2.54, abs=0.01)
    assert moves["9984.T"] == pytest.approx(2.85, abs=0.01)


def test_that_a_second_replay_tells_the_same_alerts_again_under_new_ids(replayed: Ran, call: Run) -> None:
    data, before = replayed
    _, again, _ = call("--data-dir", str(data), "watch", "--demo", "--once", "--json")
    said = before.stdout, again
    first, second = ([e for e in map(json.loads, ran.splitlines()) if e["type"] == "alert"] for ran in said)
    assert [a["message"] for a in first] == [a["message"] for a in second]
    assert not {a["id"] for a in first} & {a["id"] for a in second}


def test_that_link_answers_each_line_in_order_with_offsets_into_the_title(data: Path) -> None:
    titles = ["OpenAI’s Stargate is slow to start", '{"title": "삼성전자, HBM4 공급 계약"}', "Nothing to see"]
    rows = lines(run("link", "--json", data=data, text="\n".join(titles) + "\n"))
    assert [row["primary"] for row in rows] == ["stargate", "005930.KS", None]
    for row in rows:
        assert row.keys() == {"title", "entities", "primary", "tone", "theme", "event", "unknown_tickers"}
        for entity in row["entities"]:  # type: ignore[attr-defined]
            assert str(row["title"])[entity["start"] : entity["end"]] == entity["text"]


def test_that_bad_input_is_named_on_standard_error_with_exit_code_2(data: Path) -> None:
    result = run("explain", "NOPE", data=data)
    assert result.returncode == 2
    assert "NOPE" in result.stderr
    assert result.stdout == ""
    assert "Traceback" not in result.stderr


def test_that_wrong_usage_is_exit_code_2(call: Run, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        call("watch", "--speed", "fast")
    said = capsys.readouterr()
    assert (ended.value.code, said.out) == (2, "")
    assert said.err == (
        "stackwatch watch: argument --speed: expected a number above 0 and up to 100,000 times real time, "
        "not 'fast'. See stackwatch watch --help\n"
    )


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (
            ["export"],
            "stackwatch export: the following arguments are required: {alerts,briefing,watchlist}, FILE",
        ),
        (
            ["import", "price", "a.csv"],
            "invalid choice: 'price' (choose from prices, headlines, watchlist)",
        ),
        (
            ["--demo", "quotes"],
            "stackwatch: --demo is for the window, watch and export briefing, not for quotes",
        ),
        (["--data-dir", "", "quotes"], "stackwatch: argument --data-dir: expected a folder, not ''."),
        (["--nosuch"], "stackwatch: unrecognized arguments: --nosuch. See stackwatch --help"),
    ],
)
def test_that_wrong_usage_is_one_line_that_says_what_was_expected(
    call: Run, capsys: pytest.CaptureFixture[str], arguments: list[str], says: str
) -> None:
    with pytest.raises(SystemExit, match="2"):
        call(*arguments)
    said = capsys.readouterr().err
    assert says in said
    assert said.count("\n") == 1


@pytest.mark.parametrize(
    "arguments",
    [
        ["--demo", "export", "briefing", "day.md"],
        ["export", "--demo", "briefing", "day.md"],
        ["export", "briefing", "--demo", "day.md"],
        ["export", "briefing", "day.md", "--demo"],
    ],
    ids=" ".join,
)
def test_that_demo_takes_no_command_or_file_for_the_name_of_a_day(arguments: list[str]) -> None:
    said = build_parser().parse_args(arguments)
    assert (said.command, said.what, said.file, said.demo) == ("export", "briefing", Path("day.md"), "")


@pytest.mark.parametrize(
    ("given", "command", "demo"),
    [([], None, None), (["--demo"], None, ""), (["--demo", "ferc"], None, "ferc")],
)
def test_that_no_word_opens_the_window_and_demo_alone_the_usual_day(
    given: list[str], command: str | None, demo: str | None
) -> None:
    options = build_parser().parse_args(given)
    assert (options.command, options.demo) == (command, demo)


def test_that_demo_is_no_day_before_any_command(call: Run, capsys: pytest.CaptureFixture[str]) -> None:
    listed = build_parser().format_help().partition("commands without a window:")[2]
    names = re.findall(r"^    (\w+) ", listed, re.MULTILINE)
    assert {"watch", "doctor"} <= set(names)
    for name in names:
        with pytest.raises(SystemExit, match="0"):
            call("--demo", name, "--help")
        assert f"usage: stackwatch {name} " in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["explain", "NVDA", "--on", "yesterday"], "2025-07-22"),
        (["explain", " "], "' ' is not a listed instrument"),
        (["explain", "NVDA", "--on", "2019-01-02"], "documented days: 2024-11-04"),
        (["watch", "--demo", "nothing", "--once"], "2025-07-22-stargate"),
        (["link", "missing.txt"], "missing.txt"),
        (["--watchlist", "missing.toml", "quotes"], "missing.toml"),
        (["export", "alerts", "alerts.xlsx"], ".json or .csv"),
    ],
)
def test_that_every_command_names_bad_input_and_says_nothing_else(
    call: Run, arguments: list[str], says: str
) -> None:
    code, out, err = call(*arguments)
    assert (code, out) == (2, "")
    assert says in err


@pytest.mark.usefixtures("unreachable_here")
@pytest.mark.parametrize("asked", [("watch", "--once"), ("quotes",), ("explain", "NVDA")], ids=" ".join)
def test_that_nothing_fetched_is_exit_code_3_with_the_reason(asked: tuple[str, ...], call: Run) -> None:
    code, _, err = call(*asked, "--json")
    assert code == 3, err
    assert "quote" in err


@pytest.mark.parametrize("asked", [("export", "alerts"), ("watch",), ("watch", "--once")], ids=" ".join)
def test_that_a_store_of_a_newer_version_is_exit_code_4_and_left_alone(
    data: Path, asked: tuple[str, ...], call: Run
) -> None:
    path = data / "stackwatch.sqlite3"
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA user_version = 999")
    connection.close()
    before = path.read_bytes()
    code, _, err = call(
        "--data-dir", str(data), *asked, *([str(data / "out.csv")] if "export" in asked else [])
    )
    assert (code, err.count("\n")) == (4, 1), err  # one line, and not how the program came to it
    assert "newer Stackwatch" in err
    assert path.read_bytes() == before


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only there can a screen be missing")
def test_that_without_a_display_the_window_names_the_way_out(data: Path) -> None:
    result = run(data=data)
    assert result.returncode == 2
    assert "stackwatch watch" in result.stderr
    assert result.stdout == ""


def test_that_a_broken_list_of_the_users_is_reported_kept_and_does_not_stop_the_program(
    data: Path, call: Run
) -> None:
    broken = data / "watchlist.toml"
    broken.write_text('version = 1\nid = "mine"\nname = 7\n', encoding="utf-8")
    code, told, err = call("--data-dir", str(data), "rules", "list", "--json")
    assert code == 0
    assert "watchlist.toml" in err
    assert broken.read_text("utf-8") == 'version = 1\nid = "mine"\nname = 7\n'
    assert len(told.splitlines()) == 6


def test_that_rules_read_back_as_sentences_in_both_languages(call: Run) -> None:
    english, korean = (call("--lang", tongue, "rules", "list", "--json")[1] for tongue in ("en", "ko"))
    assert json.loads(english.splitlines()[0])["sentence"].startswith("NVIDIA falls 2 %")
    assert "엔비디아" in json.loads(korean.splitlines()[0])["sentence"]


def test_that_the_list_of_rules_says_which_are_off_over_or_snoozed(call: Run, tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    rules = "version = 1\n" + "".join(
        f"""[[rule]]
id = "{name}"
name = {{ en = "{name}", ko = "{name}" }}
kind = "percent-move"
subject_kind = "symbol"
subject = "NVDA"
threshold = 4
{line}
"""
        for name, line in (
            ("plain", ""),
            ("paused", "enabled = false"),
            ("ended", "expires = 2020-01-02"),
            ("quiet", "snoozed_until = 2099-07-22T14:30:00Z"),
            ("loud", "snoozed_until = 2020-07-22T14:30:00Z"),
        )
    )
    (tmp_path / "data" / "rules.toml").write_text(rules, encoding="utf-8")
    said = {tongue: call("--lang", tongue, "rules", "list")[1].splitlines() for tongue in ("en", "ko")}
    names = ("plain", "paused", "ended", "quiet", "loud")
    switches = [line for name in names for line in said["en"] if line.startswith(name)]
    assert [line.split()[1] for line in switches] == ["on", "off", "over", "snoozed", "on"]
    assert "snoozed to 22 Jul 2099 10:30 ET NVIDIA" in switches[3]
    assert len({line.index("NVIDIA") for line in switches}) == 1
    assert any("뉴욕 2099-07-22(수) 10:30까지 미룸" in line for line in said["ko"])


@pytest.mark.usefixtures("unreachable_here")
def test_that_doctor_says_what_is_well_and_what_is_not(
    data: Path, served: tuple[YahooServer, dict[str, str]], call: Run
) -> None:
    (well,) = lines(run("doctor", "--json", data=data, env=served[1] | {"QT_QPA_PLATFORM": "offscreen"}))
    assert well["ok"] is True
    code, told, err = call("--data-dir", str(data), "doctor", "--json")
    assert code == 3, err
    assert "quotes" in {check["name"] for check in json.loads(told)["checks"] if not check["ok"]}


def test_that_doctor_says_once_what_is_wrong_with_a_file(
    data: Path, unreachable_here: None, call: Run
) -> None:
    assert unreachable_here is None
    (data / "settings.toml").write_text('version = "x"\n', encoding="utf-8")
    code, _, err = call("--data-dir", str(data), "doctor")
    assert code == 2
    assert err.count("settings.toml: line 1") == 1


def test_that_exported_csv_cannot_become_a_formula(replayed: Ran, tmp_path: Path, call: Run) -> None:
    target = tmp_path / "alerts.csv"
    assert call("--data-dir", str(replayed[0]), "export", "alerts", str(target))[0] == 0
    with target.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert rows
    texts = [cell for row in rows for field, cell in row.items() if field != "value"]
    assert all(not cell.startswith(("=", "+", "-", "@", "−")) for cell in texts)


def test_that_the_demo_window_paints_the_day_and_saves_its_picture(data: Path, call: Run) -> None:
    picture = data / "demo.png"
    env = {"QT_QPA_PLATFORM": "offscreen"}
    result = run(
        "--demo", "--speed", "12000", "--screenshot", str(picture), "--quit-after", "8", data=data, env=env
    )
    assert result.returncode == 0, result.stderr
    assert result.stdout == ""
    assert picture.read_bytes().startswith(b"\x89PNG")
    assert call("--data-dir", str(data), "export", "alerts", str(data / "a.json"))[0] == 0
    alerts = json.loads((data / "a.json").read_text("utf-8"))
    assert any(alert["shown_at"] for alert in alerts)


def test_that_a_window_that_is_to_close_at_once_does(data: Path) -> None:
    result = run("--quit-after", "0.001", data=data, env={"QT_QPA_PLATFORM": "offscreen"})
    assert (result.returncode, result.stdout) == (0, "")
    assert "Traceback" not in result.stderr


def test_that_the_collector_rests_while_a_command_is_loaded_and_works_while_it_runs(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    states = []
    monkeypatch.setattr(
        "stackwatch.system.logs.set_up_logging", lambda *_, **__: states.append(gc.isenabled())
    )
    monkeypatch.setattr("stackwatch.commands.rules.run", lambda *_: states.append(gc.isenabled()) or 0)
    assert run("rules", "list")[0] == 0
    assert (*states, gc.isenabled()) == (False, True, True)
    assert run("explain", "no such name")[0] == 2
    assert gc.isenabled()


def test_that_the_collector_rests_until_a_move_is_explained(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    states = []
    monkeypatch.setattr("stackwatch.commands.explain.explain", lambda *_: states.append(gc.isenabled()) or 0)
    assert run("explain", "NVDA")[0] == 0
    assert (*states, gc.isenabled()) == (False, True)


def test_that_algebra_gets_no_threads_unless_its_user_says_so(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    for given, expected in (None, "1"), ("2", "2"):
        monkeypatch.delenv("OPENBLAS_NUM_THREADS", raising=False)
        if given is not None:
            monkeypatch.setenv("OPENBLAS_NUM_THREADS", given)
        assert run("rules", "list")[0] == 0
        assert os.environ["OPENBLAS_NUM_THREADS"] == expected


def test_that_the_first_paint_needs_neither_numpy_nor_pandas_nor_yfinance() -> None:
    code = (
        "import sys, stackwatch.window_app\n"
        "heavy = {'numpy', 'pandas', 'yfinance', 'pyqtgraph', 'exchange_calendars', 'curl_cffi'}\n"
        "heavy |= {'PySide6.QtNetwork', 'PySide6.QtSvg'}\n"
        "heavy |= {f'stackwatch.{name}' for name in ('ui.frame.window_contents',\n"
        "    'ui.preferences.settings_dialog',\n"
        "    'ui.detail.detail_panel', 'ui.rules.rules_view', 'ui.frame.find_index', 'analysis.reading',\n"
        "    'ui.kit.row_list', 'ui.watchlist.watchlist_menu', 'storage.knowledge_tables', 'engine.ports',\n"
        "    'domain.substance', 'domain.venues', 'domain.alert_words', 'domain.phrasebook',\n"
        "    'engine.runtime', 'domain.noise', 'domain.briefing', 'domain.barometer', 'domain.episode')}\n"
        "print(sorted(heavy & set(sys.modules)))"
    )
    env = os.environ | {"PYTHONPATH": str(ROOT / "desktop")}
    result = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, env=env, check=True, timeout=180
    )
    assert result.stdout.strip() == "[]"


@pytest.mark.usefixtures("served_here")
@pytest.mark.parametrize("lock", ["window.lock", "watch.lock"])
def test_that_watch_once_beside_who_records_alerts_records_none_and_says_so(
    data: Path, call: Run, lock: str
) -> None:
    other = FileLock(data / "data" / lock)
    assert other.acquire()
    code, told, err = call("watch", "--once", "--json")
    assert (code, err.count("\n")) == (0, 1)
    assert err.startswith(
        "stackwatch: the alerts of this data folder are recorded by a window or another watch"
    )
    assert {json.loads(line)["type"] for line in told.splitlines()} == {"quote", "headline", "health"}
    other.release()
    code, told, err = call("watch", "--once", "--json")
    assert (code, err) == (0, "")
    assert "alert" in {json.loads(line)["type"] for line in told.splitlines()}


@pytest.mark.usefixtures("served_here")
def test_that_watch_takes_the_alerts_up_when_the_window_closes_and_leaves_them_to_one_that_opens(
    data: Path, call: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("stackwatch.commands.watch._LOOK_SECONDS", 0.05)
    window = FileLock(data / "data" / "window.lock")
    assert window.acquire()
    seen: list[str] = []

    def read(event: Mapping[str, object]) -> None:
        """Close the window once there is a headline; open it again once there is an alert."""
        kind = str(event["type"])
        if kind == "headline" and not seen:
            seen.append("closed")
            window.release()
        elif kind == "alert" and seen == ["closed"]:
            seen.append("alert")
            assert window.acquire()

    def warned(text: str, _language: object) -> None:
        if seen == ["closed", "alert"]:
            seen.append("left")
            raise BadInputError(text)

    monkeypatch.setattr("stackwatch.commands.watch.emit", read)
    monkeypatch.setattr("stackwatch.commands.watch.warn", warned)
    code, err = watch_on(call)
    assert seen == ["closed", "alert", "left"]
    assert code == 2
    assert "recorded by a window or another watch" in err


@pytest.mark.parametrize(
    ("words", "seconds"),
    [
        ("", None),
        ("--quit-after 2", 2.0),
        ("--screenshot a.png", 5.0),
        ("--screenshot a.png --quit-after 2", 2.0),
    ],
)
def test_that_a_window_closes_after_its_picture_or_when_it_is_told_to(
    words: str, seconds: float | None, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[object] = []
    monkeypatch.setattr(
        "stackwatch.window_app.run", lambda _common, **given: asked.append(given["quit_after"]) or 0
    )
    try:
        assert run(*words.split())[0] == 0
    finally:
        gc.enable()  # which rests until an engine is built
    assert asked == [seconds]
