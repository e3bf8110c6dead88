import csv
import json
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from tests.integration.store_samples import NOW, alert

from stackwatch.domain.errors import BadInputError
from stackwatch.storage.alert_file import FIELDS, export_alerts


def test_that_json_and_csv_say_the_same(tmp_path: Path) -> None:
    alerts = (alert(), replace(alert("a2"), shown_at=None, suppressed_by="quiet hours"))
    export_alerts(tmp_path / "a.json", alerts)
    export_alerts(tmp_path / "a.CSV", alerts)
    rows = json.loads((tmp_path / "a.json").read_text("utf-8"))
    assert rows[0] == {
        "id": "a1",
        "rule": "nvidia-falls-with-news",
        "symbol": "NVDA",
        "fired_at": "2025-07-22T14:00:00Z",
        "severity": "alert",
        "value": -2.54,
        "message": "NVDA \u22122.54\u202f%, within its usual range (SAR \u22120.8).",
        "state": "seen",
        "shown_at": "2025-07-22T14:00:00Z",
        "suppressed_by": None,
        "replay": False,
    }
    with (tmp_path / "a.CSV").open(encoding="utf-8", newline="") as file:
        table = list(csv.DictReader(file))
    assert tuple(table[0]) == FIELDS
    assert [row["id"] for row in table] == ["a1", "a2"]
    assert (table[1]["shown_at"], table[1]["suppressed_by"]) == ("", "quiet hours")
    assert table[0]["value"] == "-2.54", "a number stays a number"


@pytest.mark.parametrize(
    "first", ["=", "+", "-", "@", "\t", "\r", "\n", "\u2212", "\uff1d", "\uff0b", "\uff0d", "\uff20"]
)
def test_that_no_cell_can_be_taken_for_a_formula(tmp_path: Path, first: str) -> None:
    hostile = replace(
        alert(first + "1+1"), message=first + 'HYPERLINK("http://example.org","x")', subject=first
    )
    export_alerts(tmp_path / "a.csv", [hostile])
    with (tmp_path / "a.csv").open(encoding="utf-8", newline="") as file:
        (row,) = csv.DictReader(file)
    assert row["message"] == "'" + hostile.message
    assert row["id"].startswith("'")
    assert row["symbol"].startswith("'")


def test_that_times_are_written_in_utc(tmp_path: Path) -> None:
    local = NOW.astimezone(tz=None) + timedelta(microseconds=5)
    export_alerts(tmp_path / "a.json", [alert(fired_at=local)])
    assert json.loads((tmp_path / "a.json").read_text("utf-8"))[0]["fired_at"] == "2025-07-22T14:00:00Z"


def test_that_no_alerts_make_a_file_with_a_head(tmp_path: Path) -> None:
    export_alerts(tmp_path / "a.csv", [])
    assert (tmp_path / "a.csv").read_text("utf-8").strip() == ",".join(FIELDS)


def test_that_an_unknown_kind_of_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadInputError, match=r"a.xlsx: expected a name that ends in .json or .csv"):
        export_alerts(tmp_path / "a.xlsx", [alert()])
