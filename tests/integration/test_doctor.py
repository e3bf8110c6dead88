"""What ``doctor`` says about sources, the clock and the request budget."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from tests.ui import scene
from tests.wire.faults import Fault
from tests.wire.server import YahooServer

from stackwatch.app import Options, fetched_symbols, load_world, shipped_feeds
from stackwatch.commands import doctor
from stackwatch.domain.budget import need
from stackwatch.domain.news import Headline
from stackwatch.domain.quote import Missing
from stackwatch.domain.watchlist import Language
from stackwatch.storage.locations import user_folders
from stackwatch.storage.sqlite.store import SqliteStore


def _examined(folder: Path, capsys: pytest.CaptureFixture[str]) -> dict[str, object]:
    doctor.examine(Options(folders=user_folders(folder), json=True))
    told: dict[str, object] = json.loads(capsys.readouterr().out)
    return told


def _check(told: dict[str, object], name: str) -> dict[str, object]:
    checks = told["checks"]
    assert isinstance(checks, list)
    (found,) = [check for check in checks if check["name"] == name]
    assert isinstance(found, dict)
    return found


class Wire:
    """A general source of headlines that is no feed."""

    name = "wire"
    per_symbol = False

    def headlines(self, _symbols: object) -> tuple[Headline, ...]:
        return ()


def test_that_every_source_of_headlines_the_program_has_is_asked(
    tmp_path: Path,
    yahoo_env: dict[str, str],
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert yahoo_env
    monkeypatch.setattr("stackwatch.app._news_maker", lambda *_parts: lambda _settings: (Wire(),))
    assert _check(_examined(tmp_path, capsys), "headlines")["detail"] == "1 of 1 sources answer"


def test_that_the_budget_is_told_with_what_was_sent(
    tmp_path: Path, yahoo_server: YahooServer, yahoo_env: dict[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert yahoo_env
    told = _examined(tmp_path, capsys)
    requests = told["requests"]
    assert isinstance(requests, dict)
    served = yahoo_server.counts
    served["feeds"] = served.pop("feed")
    assert requests["last_hour"] == served
    assert requests["last_hour_total"] == sum(yahoo_server.counts.values())
    symbols = len(fetched_symbols(load_world(user_folders(tmp_path)), datetime.now(UTC).date()))
    needed = [
        need(symbols, len(shipped_feeds()), 4000, streaming=streaming).total for streaming in (False, True)
    ]
    assert [requests["needed_polling"], requests["needed_streaming"]] == needed
    assert (requests["allowed"], requests["symbols"]) == (4000, symbols)
    assert _check(told, "requests")["ok"]
    again = _examined(tmp_path, capsys)["requests"]
    assert isinstance(again, dict)
    assert again["last_hour_total"] > requests["last_hour_total"]  # another process reads the same hour


def test_that_a_list_that_needs_too_much_is_named(
    tmp_path: Path, yahoo_env: dict[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert yahoo_env
    (tmp_path / "settings.toml").write_text("version = 1\nrequests_per_hour = 300\n")
    check = _check(_examined(tmp_path, capsys), "requests")
    assert not check["ok"]
    assert "300 are allowed" in str(check["detail"])


def test_that_every_source_of_headlines_is_asked_and_one_that_does_not_answer_is_named(
    tmp_path: Path, yahoo_server: YahooServer, yahoo_env: dict[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert yahoo_env
    detail = str(_check(_examined(tmp_path, capsys), "headlines")["detail"])
    count = int(detail.split(maxsplit=1)[0])
    assert detail == f"{count} of {count} sources answer"
    assert yahoo_server.counts["feed"] == count - 1
    yahoo_server.fail("news", Fault(status=500))
    found = _check(_examined(tmp_path, capsys), "headlines")
    assert found == {
        "name": "headlines", "ok": True,
        "detail": f"{count - 1} of {count} sources answer; news: answered 500 Internal Server Error",
    }  # fmt: skip
    yahoo_server.fail("feed", Fault(status=500))
    options = Options(folders=user_folders(tmp_path), json=True)
    assert doctor.examine(options) == 0, "prices come all the same"
    told = json.loads(capsys.readouterr().out)
    assert not told["ok"]
    assert not _check(told, "headlines")["ok"]


@pytest.mark.parametrize(
    ("ahead", "detail"),
    [
        (timedelta(), "within 1 s of the servers' time"),
        (timedelta(minutes=10), "s ahead of the servers' time; set the clock of this machine"),
        (timedelta(minutes=-10), "s behind the servers' time; set the clock of this machine"),
    ],
)
def test_that_a_clock_that_is_wrong_is_named(
    tmp_path: Path, yahoo_env: dict[str, str], capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch, ahead: timedelta, detail: str,
) -> None:  # fmt: skip
    assert yahoo_env

    class Clock:
        def now(self) -> datetime:
            return datetime.now(UTC) + ahead

    monkeypatch.setattr("stackwatch.commands.source_checks.SystemClock", Clock)
    found = _check(_examined(tmp_path, capsys), "clock")
    assert found["ok"] is (ahead == timedelta())
    assert str(found["detail"]).endswith(detail)


def test_that_without_a_server_the_clock_is_not_called_wrong(
    tmp_path: Path,
    unreachable: dict[str, str],
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for name, value in unreachable.items():
        monkeypatch.setenv(name, value)
    told = _examined(tmp_path, capsys)
    assert _check(told, "clock") == {
        "name": "clock", "ok": True, "detail": "not compared: no server told its time",
    }  # fmt: skip
    assert not _check(told, "headlines")["ok"]


def test_that_a_name_without_a_price_is_named_with_since_when_and_why(
    tmp_path: Path, yahoo_server: YahooServer, yahoo_env: dict[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert yahoo_env
    assert _check(_examined(tmp_path, capsys), "symbols") == {
        "name": "symbols", "ok": True, "detail": "a price of each of the 91 names",
    }  # fmt: skip
    yahoo_server.world.unknown.add("AMD")
    yahoo_server.world.edit("ARM", regularMarketPrice=0)
    gone = Missing(datetime(2026, 1, 5, 15, tzinfo=UTC), 2)
    store = SqliteStore(user_folders(tmp_path).store, gone.since)
    store.quotes.save([scene.quote("AMD", missing=gone)])
    store.close()
    options = Options(folders=user_folders(tmp_path), json=True)
    assert doctor.examine(options) == 0, "the others have theirs"
    found = _check(json.loads(capsys.readouterr().out), "symbols")
    assert not found["ok"]
    assert found["detail"] == (
        "2 of 91 names have no price; AMD since 2026-01-05: missing from the answer; "
        "ARM, no price so far: no sound price"
    )
    doctor.examine(Options(folders=user_folders(tmp_path), language=Language.KOREAN))
    assert "AMD 2026-01-05부터 응답에 없음; ARM 받은 가격이 없음: 유효한 가격 없음" in capsys.readouterr().out
