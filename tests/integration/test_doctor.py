"""What ``doctor`` says about sources, the clock and the request budget."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from tests.wire.faults import Fault
from tests.wire.server import YahooServer

from stackwatch.app import Options
from stackwatch.commands import doctor
from stackwatch.storage.locations import user_folders


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
    assert (requests["needed_polling"], requests["needed_streaming"]) == (1411, 1051)
    assert (requests["allowed"], requests["symbols"]) == (4000, 91)
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
        "name": "headlines", "ok": True, "detail": f"{count - 1} of {count} sources answer; news: status 500",
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
