"""The tables of docs/evaluation.md are put there by the commands that measure them."""

import importlib
import re
from pathlib import Path

import pytest
from tests.evaluation.page import PAGE, put, table


def test_that_a_table_takes_the_place_of_the_one_before_with_its_day_and_machine(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text("Words before.\n<!-- kills -->\nold\n<!-- end of kills -->\nWords after.\n", "utf-8")
    put("kills", table(("What", "Count"), [("lost", 0)]), page)
    put("kills", table(("What", "Count"), [("lost", 1)]), page)
    lines = page.read_text("utf-8").splitlines()
    assert lines[:7] == [
        "Words before.", "<!-- kills -->", "", "| What | Count |", "| --- | --- |", "| lost | 1 |", ""
    ]  # fmt: skip
    assert lines[7].startswith("Measured on 20")
    assert "cores" in lines[7]
    assert lines[8:] == ["", "<!-- end of kills -->", "Words after."]


@pytest.mark.parametrize("text", ["", "<!-- end of kills -->\n<!-- kills -->\n", "<!-- kills -->\n" * 2])
def test_that_a_page_without_the_marks_is_left_alone(tmp_path: Path, text: str) -> None:
    page = tmp_path / "page.md"
    page.write_text(text, "utf-8")
    with pytest.raises(ValueError, match=r"page\.md: expected <!-- kills -->"):
        put("kills", [], page)
    assert page.read_text("utf-8") == text


@pytest.mark.parametrize("name", ["titles", "moves", "faults", "lateness", "shutdown", "kills", "soak"])
def test_that_every_measured_table_stands_in_the_page(name: str) -> None:
    between = PAGE.read_text("utf-8").split(f"<!-- {name} -->")[1].split(f"<!-- end of {name} -->")[0]
    assert "\nMeasured on 20" in between
    assert "\n| --- |" in between


@pytest.mark.parametrize("name", ["README.md", "docs/README.ko.md"])
def test_that_the_shares_told_in_a_readme_are_those_of_the_page(name: str) -> None:
    told = re.sub(r" \[[^\]\n]*\]", "", (PAGE.parents[1] / name).read_text("utf-8"))
    lines = PAGE.read_text("utf-8").splitlines()
    shares = re.findall(r"(?:\| ([\d,]+) \| )?\b([01]\.\d{3})\b", told)
    assert shares
    for number, share in shares:  # of so many titles, where a row says so
        rows = [line for line in lines if share in line]
        assert any(re.search(rf"(?<![\d,]){number}(?![\d,])", row) for row in rows), (number, share)


@pytest.mark.parametrize("module", ["faults", "kills", "lateness", "noise", "popups", "shutdown", "soak"])
def test_that_a_measurement_asked_for_help_gives_it_and_measures_nothing(
    module: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    measured = importlib.import_module(f"tests.evaluation.{module}")
    monkeypatch.setattr("sys.argv", [module, "--help"])
    with pytest.raises(SystemExit) as ended:
        measured.main()
    assert ended.value.code == 0
    assert capsys.readouterr().out.startswith(f"usage: python -m tests.evaluation.{module}")
