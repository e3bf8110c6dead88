"""Commands asked for in Korean: every sentence, and what ends them, is Korean; JSON stays as it is."""

import json
import re
from contextlib import closing
from pathlib import Path

import pytest
from tests.integration.conftest import Run
from tests.integration.store_samples import alert

from stackwatch.app import open_store
from stackwatch.commands.korean_lines import in_language
from stackwatch.domain.watchlist import Language
from stackwatch.storage.locations import user_folders
from stackwatch.system.clock import SystemClock

HANGUL = re.compile("[가-힣]")
PRICES = """Symbol,Date,Open,High,Low,Close,Volume
NVDA,2026-03-02,1,2,1,1.5,10
NVDA,2026-03-03,1,x,1,1.5,10
ZZZZ,2026-03-02,1,2,1,1.5,10
??,2026-03-02,1,2,1,1.5,10
AAPL,2026-3,1,2,1,1.5,10
MSFT,2026-03-03,1,2,1,2.5,10
MSFT,2026-03-04,1,2,1,1.5,-10
MSFT,2026-03-05,20,30,18,25,10
MSFT,2026-03-06,2,3,2,2.5,10
AMD,2026-03-04
"""
NEWS = """published,publisher,title,link
2026-03-02T10:00:00Z,WSJ,Nvidia slips,https://example.org/1
today,WSJ,Nvidia slips,https://example.org/2
"""


def said(run: Run, *arguments: str) -> list[str]:
    _, out, err = run("--lang", "ko", *arguments)
    return [line for line in (out + err).splitlines() if line.strip()]


@pytest.fixture
def tables(tmp_path: Path) -> tuple[Path, Path]:
    prices, news = tmp_path / "prices.csv", tmp_path / "news.csv"
    prices.write_text(PRICES)
    news.write_text(NEWS)
    return prices, news


def test_that_what_commands_say_is_korean(tmp_path: Path, tables: tuple[Path, Path], run: Run) -> None:
    prices, news = (str(path) for path in tables)
    calls = (
        ("import", "prices", prices), ("import", "headlines", news),
        ("rules", "test", "sharp-move-with-news", "--to", "2026-03-03"), ("rules", "list"),
        ("export", "watchlist", str(tmp_path / "list.csv")), ("export", "alerts", str(tmp_path / "a.csv")),
        ("explain", "Nvidiaa"), ("explain", "xyzzy"), ("explain", "openai"), ("explain", "NVDA", "--on", "3"),
        ("rules", "test", "nothing"),
        ("rules", "test", "sharp-move-with-news", "--from", "2026-03-04", "--to", "2026-03-03"),
        ("import", "prices", str(tmp_path / "missing.csv")), ("import", "prices", news),
    )  # fmt: skip
    lines = [line for call in calls for line in said(run, *call)]
    assert len(lines) > len(calls)
    assert [line for line in lines if not HANGUL.search(line)] == []


def test_that_a_list_is_called_by_its_korean_name(tmp_path: Path, run: Run) -> None:
    file = tmp_path / "list.toml"
    for call in (("export", "watchlist", str(file)), ("import", "watchlist", str(file))):
        assert "AI 생태계" in "".join(said(run, *call))


def test_that_exported_alerts_say_what_happened_in_the_language_asked_for(tmp_path: Path, run: Run) -> None:
    (tmp_path / "data").mkdir()
    with closing(open_store(user_folders(tmp_path / "data"), SystemClock(), replay=False)) as store:
        store.alerts.save([alert()])
    messages = []
    for language in ("en", "ko"):
        assert run("--lang", language, "export", "alerts", str(tmp_path / "a.json"))[0] == 0
        messages.append(json.loads((tmp_path / "a.json").read_text("utf-8"))[0]["message"])
    english, korean = messages
    assert english == alert().message
    assert korean.startswith("NVDA \u22122.54\u202f%, 평소 범위 안의 움직임(SAR \u22120.8).")


def test_that_the_doctor_speaks_korean(run: Run, yahoo_env: dict[str, str]) -> None:
    assert yahoo_env
    lines = said(run, "doctor")
    assert len(lines) > 10
    assert [line for line in lines if not HANGUL.search(line)] == []
    assert not any(re.search(r"\b(?:ok|FAIL)\b", line) for line in lines)


@pytest.mark.usefixtures("quick_days")
def test_that_a_watched_day_is_told_in_korean(run: Run) -> None:
    lines = said(run, "watch", "--once", "--demo")
    told = [line for line in lines if re.match("소식|출처|알림", line)]
    quotes = [line for line in lines if re.match(r"\S+ +\S+ \w{3} ", line)]
    assert len(told) > 5
    assert len(told) + len(quotes) == len(lines)
    assert any("[경고]" in line or "[알림]" in line for line in told)
    assert all("실시간" in line or "마감" in line for line in quotes)


def test_that_the_theme_of_a_title_is_told_in_korean(run: Run, tmp_path: Path) -> None:
    (titles := tmp_path / "titles.txt").write_text("Nvidia to spend billions on new data centers\n")
    assert said(run, "link", str(titles))[0].split()[2] == "설비"
    titles.write_text("Nvidia\n" + "x" * 100_001 + "\n{\n")
    faults = run("--lang", "ko", "link", str(titles))[2].splitlines()
    begins = [f"stackwatch: {titles}: {line}번째 줄: " for line in (2, 3)]
    assert [fault.startswith(begin) for fault, begin in zip(faults, begins, strict=True)] == [True, True]
    assert all("제외함" in fault and "JSON like" not in fault for fault in faults)


def test_that_json_is_the_same_in_every_language(tables: tuple[Path, Path], run: Run) -> None:
    told = []
    for language in ("en", "ko"):
        _, out, _ = run("--lang", language, "import", "prices", str(tables[0]), "--json")
        told.append(json.loads(out))
    assert len(told[0]["bad"]) == 6
    assert told[0]["bad"] == told[1]["bad"]


def test_that_a_sentence_nobody_translated_stays_english() -> None:
    assert in_language("something new", Language.KOREAN) == "something new"
    assert in_language("3 rows", Language.ENGLISH) == in_language("3 rows", None) == "3 rows"


@pytest.mark.parametrize(
    ("split", "korean"),
    [
        ("a 4-for-1 split", "주식분할 1:4처럼"),
        ("an 8-for-1 split", "주식분할 1:8처럼"),
        ("a 1-for-10 reverse split", "주식병합 10:1처럼"),
    ],
)
def test_that_a_withheld_reverse_split_is_not_called_a_split_in_korean(split: str, korean: str) -> None:
    line = f"no usable quote of NVDA: +900.0 % looks like {split} that is not confirmed, and is withheld"
    assert korean in in_language(line, Language.KOREAN)
