"""docs/formats.md names every field that a command prints as JSON, and none that it does not print."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.integration.conftest import Run
from tests.wire.fixtures import forget_yfinance
from tests.wire.server import YahooServer, environment
from tests.wire.world import default_world

FORMATS = (Path(__file__).resolve().parents[2] / "docs" / "formats.md").read_text("utf-8")
_IN_BRACKETS = re.compile(r"\([^()]*\)")


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[YahooServer]:
    with YahooServer(tmp_path_factory.mktemp("wire"), default_world()) as running:
        yield running


@pytest.fixture
def served(server: YahooServer, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    for name, value in environment(server).items():
        monkeypatch.setenv(name, value)
    forget_yfinance()
    yield
    forget_yfinance()


def section(heading: str) -> str:
    """Return what stands below a heading of the page, up to the next one."""
    return re.split(r"^#+ ", FORMATS.split(f"\n### {heading}\n", 1)[1], maxsplit=1, flags=re.MULTILINE)[0]


def words(text: str) -> set[str]:
    return set(re.findall(r"`([a-z_]+)`", text))


def outer(text: str) -> set[str]:
    """Return the words of a text that do not stand in brackets: of an object its own fields."""
    text = re.sub(r"\]\([^)]*\)", "]", text)
    while _IN_BRACKETS.search(text):
        text = _IN_BRACKETS.sub("", text)
    return words(text)


def first_column(text: str) -> set[str]:
    return {word for cell in re.findall(r"^\| ([^|]*) \|", text, re.MULTILINE) for word in words(cell)}


def fields(value: object) -> set[str]:
    """Return the names of all fields within a value."""
    if isinstance(value, dict):
        return set(value) | {name for each in value.values() for name in fields(each)}
    return {name for each in value for name in fields(each)} if isinstance(value, list) else set()


def rows(told: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in told.splitlines()]


@pytest.mark.usefixtures("served")
def test_that_every_field_of_watch_is_documented_and_no_other(run: Run) -> None:
    told = rows(run("watch", "--once", "--json")[1])
    table = dict(re.findall(r"^\| `(\w+)` \| (.+) \|$", section("`watch`"), re.MULTILINE)[1:])
    assert {str(each["type"]) for each in told} == set(table)
    story = words(section("`explain`"))
    for each in told:
        documented = table[str(each["type"])]
        assert outer(documented) == each.keys() - {"type", "time"}
        assert fields(each) - {"type", "time"} <= words(documented) | story


@pytest.mark.usefixtures("served")
def test_that_every_field_of_quotes_is_documented(run: Run) -> None:
    told = rows(run("quotes", "NVDA", "GONE.XX", "--json")[1])
    assert {str(each["type"]) for each in told} <= words(section("`quotes`"))
    documented = words(section("`watch`")) | words(section("`quotes`"))
    assert {name for each in told for name in each} <= documented


def test_that_every_field_of_explain_and_its_stories_is_documented_and_no_other(run: Run) -> None:
    told = rows(run("explain", "NVDA", "--on", "2025-07-22", "--json")[1])
    story = told[0]["stories"][0]
    answer, of_story = section("`explain`").split("A story, here and in alerts:")
    assert first_column(answer) == told[0].keys()
    assert first_column(of_story) == story.keys()
    assert fields(told) <= words(answer) | words(of_story)


def test_that_every_field_of_link_is_documented_and_no_other(run: Run, tmp_path: Path) -> None:
    (tmp_path / "titles.txt").write_text("Oracle wins $ABC contract\n", encoding="utf-8")
    (told,) = rows(run("link", str(tmp_path / "titles.txt"), "--json")[1])
    assert outer(section("`link`").split("Input is", 1)[0]) == told.keys()
    assert fields(told) <= words(section("`link`"))


def test_that_every_field_of_rules_is_documented_and_no_other(run: Run, tmp_path: Path) -> None:
    days = [f"2026-0{month}-{day:02}" for month in (1, 2, 3, 4) for day in range(1, 29)]
    table = "".join(f"{day},{100 + n % 7 + 50 * (n > 90)},{200 + n % 5}\n" for n, day in enumerate(days))
    (tmp_path / "prices.csv").write_text(f"Date,NVDA,QQQ\n{table}", encoding="utf-8")
    assert run("import", "prices", str(tmp_path / "prices.csv"))[0] == 0
    keys = FORMATS.split("\n## `rules.toml`\n", 1)[1].split("\n## ", 1)[0]
    listed, tested = section("`rules`").split("**`rules test RULE`**")
    told = rows(run("rules", "list", "--json")[1])
    assert {name for rule in told for name in rule} <= words(listed) | first_column(keys)
    (done,) = rows(run("rules", "test", "abnormal-move", "--json")[1])
    assert first_column(tested) == done.keys()
    assert done["fires"]
    assert fields(done) <= words(tested)


@pytest.mark.parametrize(
    ("what", "table"),
    [
        ("prices", "Symbol,Date,Close\nNVDA,2026-01-02,100\nNVDA,2026-01-05,50\nNVDA,x,1\n"),
        (
            "headlines",
            "published,publisher,title,link\n2026-02-20T18:02:00Z,WSJ,Nvidia rises,http://a.org/b\nx,,,\n",
        ),
        ("watchlist", "Symbol,Comment\nNVDA,Chips\nNOT A SYMBOL,Chips\n"),
    ],
)
def test_that_every_field_of_an_import_is_documented_and_no_other(
    what: str, table: str, run: Run, tmp_path: Path
) -> None:
    (tmp_path / "table.csv").write_text(table, encoding="utf-8")
    (told,) = rows(run("import", what, str(tmp_path / "table.csv"), "--json")[1])
    documented = section("`import`").split(f"**`import {what} FILE`**:", 1)[1].split("**", 1)[0]
    assert told["bad"]
    assert fields(told) <= words(documented) | {"line", "reason"}
    assert outer(documented.replace("`instruments.toml`", "").replace("`private.toml`", "")) == told.keys()


@pytest.mark.usefixtures("served")
def test_that_every_field_of_doctor_is_documented_and_no_other(run: Run) -> None:
    (told,) = rows(run("doctor", "--json")[1])
    documented = section("`doctor`")
    requests = told.pop("requests")
    checks, of_requests = documented.split("It ends with", 1)[0].split("`requests`:")
    assert outer(checks) == told.keys()
    assert outer(of_requests) == requests.keys()
    assert fields(told) <= words(checks)


def test_that_every_field_of_exported_alerts_is_documented_and_no_other(run: Run, tmp_path: Path) -> None:
    run("watch", "--once", "--demo", "--json")
    assert run("export", "alerts", str(tmp_path / "alerts.json"))[0] == 0
    (first, *_) = json.loads((tmp_path / "alerts.json").read_text("utf-8"))
    documented = FORMATS.split("**`export alerts FILE`**", 1)[1].split("In CSV", 1)[0]
    assert outer(documented) == first.keys()
