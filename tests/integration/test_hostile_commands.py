"""The command line under arguments, files and pipes that nobody meant to give it."""

import gzip
import io
import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest
from tests.integration.conftest import Run

ROOT = Path(__file__).resolve().parents[2]
TITLE = "Nvidia signs a contract with OpenAI"


def start(*arguments: str, data: Path, **streams: Any) -> subprocess.CompletedProcess[str]:
    env = os.environ | {"PYTHONPATH": str(ROOT / "desktop"), "QT_QPA_PLATFORM": "offscreen"}
    env.pop("PYTHONUNBUFFERED", None)  # what a full disk did not take is tried again at the end
    return subprocess.run(
        [sys.executable, "-m", "stackwatch", "--data-dir", str(data), *arguments],
        text=True, encoding="utf-8", timeout=180, env=env, check=False,
        **{"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, **streams},
    )  # fmt: skip


@pytest.mark.parametrize(
    "span",
    [("--from", "0001-01-01"), ("--to", "0001-01-01"), ("--to", "9999-12-31"), ("--from", "2026-02-30")],
)
@pytest.mark.parametrize("language", ["en", "ko"])
def test_that_a_day_no_calendar_reaches_is_named_as_bad_input(
    run: Run, span: tuple[str, str], language: str
) -> None:
    code, out, err = run("--lang", language, "rules", "test", "abnormal-move", *span, "--json")
    assert (code, out) == (2, "")
    assert span[0] in err
    assert ("같은 날짜가 필요함" if language == "ko" else "expected a day") in err
    code, out, _ = run("explain", "NVDA", "--on", span[1], "--json")
    assert (code, out) == (2, "")


def test_that_a_rule_longer_than_a_name_of_a_file_is_no_rule(run: Run) -> None:
    code, out, err = run("rules", "test", "x" * 5000, "--json")
    assert (code, out) == (2, "")
    assert "neither a rule" in err


@pytest.mark.parametrize("what", ["a device", "a pipe"])
@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="no such device")
def test_that_what_is_no_file_is_refused_and_not_waited_for(run: Run, tmp_path: Path, what: str) -> None:
    path = Path("/dev/zero") if what == "a device" else tmp_path / "pipe"
    if what == "a pipe":
        os.mkfifo(path)  # nobody ever writes to it
    commands = (
        ("rules", "test", f"{path}", "--json"),
        ("import", "prices", f"{path}", "--json"),
        ("import", "headlines", f"{path}", "--json"),
        ("import", "watchlist", f"{path}"),
        ("--watchlist", f"{path}", "rules", "list"),
    )
    for command in commands:
        code, out, err = run(*command)
        assert (code, out) == (2, "")
        assert f"{path}: cannot be read (Not a regular file)" in err
    assert "읽을 수 없음(일반 파일이 아님)" in run("--lang", "ko", "import", "prices", f"{path}")[2]


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
def test_that_a_list_in_utf16_is_refused_and_not_garbled(run: Run, tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "list.txt"
    path.write_bytes("NASDAQ:NVDA,NASDAQ:AMD".encode(encoding))
    code, out, err = run("import", "watchlist", str(path))
    assert (code, out) == (2, "")
    assert "line 1: not UTF-8 text; save the file as UTF-8" in err


def test_that_a_workbook_and_a_packed_file_are_called_that(run: Run, tmp_path: Path) -> None:
    book, packed = tmp_path / "book.xlsx", tmp_path / "prices.csv.gz"
    with zipfile.ZipFile(book, "w") as file:
        file.writestr("xl/workbook.xml", "<workbook/>")
    packed.write_bytes(gzip.compress(b"Symbol,Date,Close\n"))
    for path in (book, packed):
        for what in (("import", "prices"), ("import", "headlines"), ("import", "watchlist"), ("link",)):
            code, out, err = run(*what, str(path))
            assert (code, out) == (2, "")
            assert f"{path}: a workbook or a packed file; expected text" in err
    assert "엑셀 통합 문서" in run("--lang", "ko", "import", "prices", str(book))[2]


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])  # with a mark, and without
def test_that_titles_in_utf16_are_refused_and_not_garbled(run: Run, tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "titles.txt"
    path.write_bytes(TITLE.encode(encoding))
    code, out, err = run("link", str(path), "--json")
    assert (code, out) == (2, "")
    assert "line 1: not UTF-8 text; save the file as UTF-8" in err


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_that_utf16_of_a_pipe_is_refused_and_not_garbled(
    run: Run, monkeypatch: pytest.MonkeyPatch, encoding: str
) -> None:
    given = io.BytesIO(f"\ufeff{TITLE}\n".encode(encoding))
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BufferedReader(given), encoding="utf-8"))
    code, out, err = run("link", "--json")
    assert (code, out) == (2, "")
    assert "line 1: not UTF-8 text; save the file as UTF-8" in err


@pytest.mark.parametrize("end", ["\r", "\n", "\r\n"])
def test_that_a_pipe_and_a_file_end_their_lines_alike(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, end: str
) -> None:
    text = end.join((TITLE, "Oracle falls", "")).encode()
    (titles := tmp_path / "titles.txt").write_bytes(text)
    _, of_file, _ = run("link", str(titles), "--json")
    pipe = io.TextIOWrapper(io.BufferedReader(io.BytesIO(text)), encoding="utf-8", newline="\n")
    monkeypatch.setattr("sys.stdin", pipe)
    assert run("link", "--json")[1] == of_file
    assert [json.loads(line)["title"] for line in of_file.splitlines()] == [TITLE, "Oracle falls"]


def test_that_an_object_is_one_line_whatever_its_reader_takes_for_an_end(run: Run, tmp_path: Path) -> None:
    title = "Nvidia\u2028rises\x85again\u2029삼성"
    (titles := tmp_path / "titles.txt").write_text(title + "\n", encoding="utf-8")
    code, out, _ = run("link", str(titles), "--json")
    (line,) = out.splitlines()
    assert (code, json.loads(line)["title"]) == (0, title)
    assert "삼성" in line


def test_that_marked_tickers_that_nobody_knows_are_told_as_such(run: Run, tmp_path: Path) -> None:
    title = "Nvidia and $ZZZZ rise, (NASDAQ: QQXX) falls"
    (titles := tmp_path / "titles.txt").write_text(title + "\n", encoding="utf-8")
    told = json.loads(run("link", str(titles), "--json")[1])
    assert ([entity["id"] for entity in told["entities"]], told["primary"]) == (["NVDA"], "NVDA")
    assert told["unknown_tickers"] == ["ZZZZ", "QQXX"]
    assert run("link", str(titles))[1].startswith("NVDA, ZZZZ?, QQXX? ")


def test_that_a_byte_order_mark_of_a_pipe_is_no_part_of_the_title(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    given = io.BufferedReader(io.BytesIO(b"\xef\xbb\xbf" + TITLE.encode()))
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(given, encoding="utf-8"))
    code, out, _ = run("link", "--json")
    assert (code, json.loads(out)["title"]) == (0, TITLE)


def test_that_a_closed_standard_input_is_named(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", None)  # as the interpreter has it then
    code, out, err = run("link", "--json")
    assert (code, out) == (2, "")
    assert "standard input" in err


def test_that_a_closed_output_is_named_and_a_closed_standard_error_stops_nothing(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as closed:
        closed.setattr("sys.stdout", None)
        code, _, err = run("rules", "list")
    assert code == 2
    assert "standard output is closed" in err
    with monkeypatch.context() as closed:
        closed.setattr("sys.stderr", None)
        code, out, _ = run("explain", "NOPE")
    assert (code, out) == (2, "")


def test_that_a_title_or_a_name_cannot_steer_the_terminal(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "titles.txt"
    path.write_text(f"{TITLE} \x1b[2J\x1b]0;x\x07\u202e\x9b1m\n", encoding="utf-8")
    _, said, _ = run("link", str(path))
    _, _, told = run("explain", "\x1b[31mNVDA")
    for text in (said, told):
        assert "NVDA" in text
        assert not any(ord(letter) < 32 or letter in "\x9b\u202e" for letter in text.rstrip("\n"))
    _, as_json, _ = run("link", str(path), "--json")
    assert json.loads(as_json)["title"].startswith(f"{TITLE} \x1b[2J")  # a program is told the title as it is


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no such device")
def test_that_an_output_that_takes_nothing_is_named(tmp_path: Path) -> None:
    with Path("/dev/full").open("w", encoding="utf-8") as full:
        ended = start("rules", "list", "--json", data=tmp_path, stdout=full)
    assert ended.returncode == 2
    assert "cannot be written" in ended.stderr
    assert "Traceback" not in ended.stderr
    assert "Exception ignored" not in ended.stderr


@pytest.mark.parametrize("what", ["prices", "headlines", "watchlist"])
def test_that_an_import_into_a_folder_that_cannot_be_one_ends_as_a_store_that_cannot_be_used(
    run: Run, tmp_path: Path, what: str
) -> None:
    (data := tmp_path / "data").write_text("a file")
    (table := tmp_path / "table.csv").write_text("Symbol,Date,Close\nZZZZ,2026-03-02,1.5\n")
    fault = f"stackwatch: {data}: a file stands where the data folder should be\n"
    assert run("import", what, str(table), "--json") == (4, "", fault)


@pytest.mark.parametrize("below", ["", "sub"])
@pytest.mark.parametrize("words", [("--quit-after", "1"), ("--demo", "--quit-after", "1")], ids=" ".join)
def test_that_a_window_names_a_data_folder_that_cannot_be_one(
    tmp_path: Path, words: tuple[str, ...], below: str
) -> None:
    (tmp_path / "data").write_text("a file")
    done = start(*words, data=tmp_path / "data" / below)
    assert (done.returncode, done.stdout) == (4, "")
    assert done.stderr.startswith(f"stackwatch: {tmp_path / 'data'}: a file stands where the data folder")
    assert done.stderr.count("\n") == 1


@pytest.mark.parametrize("below", ["", "sub"])
@pytest.mark.parametrize(
    "words",
    [
        ("watch", "--once", "--demo"),
        ("quotes", "NVDA"),
        ("explain", "NVDA", "--on", "2025-07-22"),
        ("export", "alerts", "a.csv"),
    ],
    ids=" ".join,
)
def test_that_every_command_names_a_data_folder_that_cannot_be_one(
    run: Run, tmp_path: Path, words: tuple[str, ...], below: str
) -> None:
    (data := tmp_path / "data").write_text("a file")
    code, out, err = run("--data-dir", str(data / below), *words)
    assert (code, out) == (4, "")
    assert err.startswith(f"stackwatch: {data}: a file stands where the data folder")
    assert err.count("\n") == 1


def test_that_a_window_names_a_data_folder_that_the_system_does_not_let_it_reach(tmp_path: Path) -> None:
    done = start("--demo", "--quit-after", "1", data=tmp_path / ("x" * 300))
    assert (done.returncode, done.stdout) == (4, "")
    assert ": the data folder cannot be " in done.stderr
    assert done.stderr.count("\n") == 1


@pytest.mark.parametrize(
    "words",
    [("watch", "--once", "--demo"), ("quotes", "NVDA"), ("rules", "test", "layer-wide")],
    ids=" ".join,
)
def test_that_every_command_names_a_data_folder_that_the_system_does_not_let_it_reach(
    run: Run, tmp_path: Path, words: tuple[str, ...]
) -> None:
    code, out, err = run("--data-dir", str(tmp_path / ("x" * 300)), *words)
    assert (code, out) == (4, "")
    assert ": the data folder cannot be " in err
    assert err.count("\n") == 1


def test_that_a_data_folder_that_leads_nowhere_is_named_itself(run: Run, tmp_path: Path) -> None:
    (data := tmp_path / "data").symlink_to(tmp_path / "gone")
    assert run("quotes", "NVDA") == (
        4,
        "",
        f"stackwatch: {data}: a file stands where the data folder should be\n",
    )


def test_that_a_folder_of_lists_that_cannot_be_reached_is_named_and_not_taken_for_an_empty_one(
    run: Run, tmp_path: Path
) -> None:
    (data := tmp_path / "data").mkdir()
    (lists := data / "watchlists").symlink_to(lists)  # a link to itself: the system refuses it, to root, too
    code, printed, said = run("rules", "list")
    assert (code, printed) == (4, "")
    assert said.startswith(f"stackwatch: {lists}: the data folder cannot be read (")


def test_that_a_damaged_database_that_was_set_aside_is_told(run: Run, tmp_path: Path) -> None:
    (data := tmp_path / "data").mkdir()
    (data / "stackwatch.sqlite3").write_bytes(b"damaged" * 1000)
    code, _, err = run("export", "alerts", str(tmp_path / "a.json"))
    assert code == 0
    (aside,) = data.glob("*.damaged-*")
    assert f"set aside as {aside.name}" in err
    assert run("export", "alerts", str(tmp_path / "a.json"))[2] == ""


def test_that_a_title_that_cannot_be_used_is_told_with_its_file_and_line(run: Run, tmp_path: Path) -> None:
    (titles := tmp_path / "titles.txt").write_text(f'{TITLE}\n{{"titel": "Nvidia"}}\n')
    code, out, err = run("link", str(titles), "--json")
    assert (code, len(out.splitlines())) == (2, 1)
    assert f"{titles}: line 2: expected a text field title" in err


def test_that_what_is_wrong_with_a_file_of_the_users_is_told_in_their_language(
    run: Run, tmp_path: Path
) -> None:
    (data := tmp_path / "data").mkdir()
    (data / "settings.toml").write_text("version = 1\nnothing = 2\n")
    _, out, err = run("--lang", "ko", "rules", "list", "--json")
    assert all(json.loads(line)["sentence"] for line in out.splitlines())
    assert "2번째 줄: 알 수 없는 항목 `nothing`" in err
    assert "기본 설정을 쓰며, 파일은 그대로 두었습니다." in err
    assert "unknown field" not in err
    assert "unknown field `nothing`" in run("rules", "list")[2]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--demo", "deepseek", "quotes"], "--demo is for the window, watch and export briefing, not for"),
        (["--quit-after", "3", "watch"], "--quit-after is for the window, not for watch"),
        (["--self-check", "doctor"], "--self-check is for the window, not for doctor"),
        (["--speed", "300"], "--speed is for a replay"),
        (["watch", "--once", "--speed", "300"], "--speed is for a replay"),
        (["export", "alerts", "a.json", "--demo"], "not for export alerts"),
        (["export", "watchlist", "a.toml", "--on", "2025-07-22"], "--on is for export briefing"),
        (["import", "headlines", "a.csv", "--replace"], "--replace is for import prices"),
    ],
)  # fmt: skip
def test_that_an_option_that_would_do_nothing_is_refused(
    run: Run, capsys: pytest.CaptureFixture[str], arguments: list[str], said: str
) -> None:
    with pytest.raises(SystemExit, match="2"):
        run(*arguments)
    told = capsys.readouterr()
    assert told.out == ""
    assert said in told.err


@pytest.mark.usefixtures("quick_days")
def test_that_a_day_asked_for_before_the_command_is_watched_and_no_network_is(
    run: Run, unreachable: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in unreachable.items():
        monkeypatch.setenv(name, value)
    code, out, err = run("--demo", "deepseek", "watch", "--once", "--json")
    assert code == 0, err
    assert all(json.loads(line)["time"] >= "2025-01-27" for line in out.splitlines())
    assert json.loads(out.splitlines()[0])["time"].startswith("2025-01-27")


def test_that_titles_of_korean_windows_are_read_and_stray_bytes_stop_nothing(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = [
        "삼성전자 상승".encode("cp949"),
        "삼성전자 하락".encode(),
        b"Soci\xe9t\xe9 G\xe9n\xe9rale and Nvidia",
    ]
    (titles := tmp_path / "titles.txt").write_bytes(b"\n".join(lines))
    code, out, _ = run("link", str(titles), "--json")
    assert code == 0
    rows = [json.loads(line) for line in out.splitlines()]
    assert [row["title"] for row in rows[:2]] == ["삼성전자 상승", "삼성전자 하락"]
    assert [row["primary"] for row in rows] == ["005930.KS", "005930.KS", "NVDA"]
    assert rows[2]["title"] == "Soci\ufffdt\ufffd G\ufffdn\ufffdrale and Nvidia"
    piped = io.BufferedReader(io.BytesIO(b"\n".join(lines)))
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(piped, encoding="cp1252"))
    assert run("link", "--json")[1] == out


@pytest.mark.parametrize(
    ("language", "said"), [("en", "this user has no home folder: set HOME"), ("ko", "홈 폴더가 없습니다")]
)
def test_that_a_user_without_a_home_is_told_so(
    run: Run, monkeypatch: pytest.MonkeyPatch, language: str, said: str
) -> None:
    def nowhere(_kind: type[Path]) -> Path:
        raise RuntimeError("Could not determine home directory.")

    monkeypatch.setattr(Path, "home", classmethod(nowhere))
    code, out, err = run("--lang", language, "rules", "list")
    assert (code, out) == (4, "")
    assert said in err
