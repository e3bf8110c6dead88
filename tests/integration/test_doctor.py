"""What ``doctor`` says about the request budget."""

import json
from pathlib import Path

import pytest
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
    assert requests["last_hour"] == yahoo_server.counts
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
