"""Whatever is written for a person is on the disk before it stands where the old one stood."""

import errno
import os
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.integration.store_samples import alert

from stackwatch.app import load_world
from stackwatch.domain.errors import BadInputError
from stackwatch.domain.lists.list_editing import move, rename
from stackwatch.domain.rule import Direction, Rule, RuleKind, SubjectKind
from stackwatch.domain.settings import Settings
from stackwatch.domain.venues import own_instrument
from stackwatch.domain.watchlist import Instrument, Language
from stackwatch.domain.words.briefing_words import BriefingPage
from stackwatch.storage.alert_file import export_alerts
from stackwatch.storage.backup import Backup
from stackwatch.storage.briefing_file import write_briefing
from stackwatch.storage.ecosystem.own_instruments import add_instruments
from stackwatch.storage.locations import shipped, user_folders
from stackwatch.storage.rules.rule_book import RuleBook
from stackwatch.storage.settings_file import load_settings, save_settings
from stackwatch.storage.whole_file import write_own, write_whole

RULE = Rule(
    id="mine",
    name_en="Mine",
    name_ko="내 것",
    kind=RuleKind.PERCENT_MOVE,
    subject_kind=SubjectKind.SYMBOL,
    subject="NVDA",
    direction=Direction.DOWN,
    threshold=3.0,
)
Write = Callable[[Path], Path]
unix = pytest.mark.skipif(sys.platform == "win32", reason="Windows lets few make a link")


def _settings(folder: Path) -> Path:
    path = user_folders(folder).settings
    save_settings(path, Settings(requests_per_hour=1234))
    return path


def _rules(folder: Path) -> Path:
    world = load_world(user_folders(folder))
    path = user_folders(folder).rules
    book = RuleBook(shipped("watchlists") / "rules.toml", path, world.ecosystem, world.watchlist)
    book.save((RULE,))
    book.remove(RULE)
    book.undo()
    return path


def _list(folder: Path) -> Path:
    world = load_world(user_folders(folder))
    assert world.book is not None
    world.book.keep(rename(world.watchlist, "Mine", Language.ENGLISH))
    return user_folders(folder).lists / f"{world.watchlist.id}.toml"


def _chosen_list(folder: Path) -> Path:
    _list(folder)
    return user_folders(folder).lists / "current.txt"


def _zed() -> Instrument:
    made = own_instrument("ZZZZ", "Zed")
    assert made is not None
    return made


def _instruments(folder: Path) -> Path:
    path = user_folders(folder).instruments
    add_instruments(path, (_zed(),), load_world(user_folders(folder)).ecosystem)
    return path


def _alerts(folder: Path) -> Path:
    export_alerts(folder / "alerts.csv", [alert()])
    return folder / "alerts.csv"


def _briefing(folder: Path) -> Path:
    page = BriefingPage(language=Language.ENGLISH, title="T", made="m", summary="s", sections=())
    write_briefing(folder / "day.md", page)
    return folder / "day.md"


def _backup(folder: Path) -> Path:
    _settings(folder)
    Backup(user_folders(folder)).save(folder / "all.zip")
    return folder / "all.zip"


def _staged(folder: Path) -> Path:
    Backup(user_folders(folder)).stage(_backup(folder))
    return folder / "restore" / "settings.toml"


@pytest.mark.parametrize(
    "write",
    [_settings, _rules, _list, _chosen_list, _instruments, _alerts, _briefing, _backup, _staged],
)
def test_that_every_file_of_the_users_is_on_the_disk_before_it_is_in_its_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, write: Write
) -> None:
    synced: dict[int, int] = {}  # by file, its size
    sync = os.fsync

    def noted(file: int) -> None:
        sync(file)
        found = os.fstat(file)
        synced[found.st_ino] = found.st_size

    monkeypatch.setattr(os, "fsync", noted)
    found = write(tmp_path).stat()
    assert synced.get(found.st_ino) == found.st_size
    assert [path for path in tmp_path.rglob("*") if ".new" in path.name] == []


def test_that_a_disk_that_takes_nothing_leaves_the_old_file_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = _settings(tmp_path)

    def full(_file: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(BadInputError, match=r"settings.toml: cannot be written \(No space left"):
        save_settings(path, Settings(requests_per_hour=999))
    assert load_settings(path).requests_per_hour == 1234
    assert [path.name for path in tmp_path.iterdir()] == ["settings.toml"]


def test_that_a_name_that_a_full_disk_refused_is_kept_with_the_next_change_of_its_list(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    book = load_world(user_folders(tmp_path)).book
    made = own_instrument("ZZZZ", "Zed")
    assert book is not None
    assert made is not None

    def full(_file: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    longer = move(book.current, (made.symbol,), book.current.layers[0].id)
    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", full)
        with pytest.raises(BadInputError, match="No space left"):
            book.keep(longer, (made,))
    book.keep(rename(book.current, "Mine", Language.ENGLISH))
    again = load_world(user_folders(tmp_path))
    assert again.notices == ()
    assert "ZZZZ" in again.watchlist.symbols


def test_that_a_file_that_cannot_be_written_leaves_nothing_behind(tmp_path: Path) -> None:
    with pytest.raises(BadInputError, match="cannot be written"):
        write_whole(tmp_path / "none" / "a.json", "x")
    (tmp_path / "folder.json").mkdir()
    with pytest.raises(BadInputError, match="cannot be written"):
        write_whole(tmp_path / "folder.json", "x")
    (tmp_path / "file").touch()
    with pytest.raises(BadInputError, match="cannot be written"):
        write_own(tmp_path / "file" / "a.json", "x")
    (tmp_path / "file").unlink()
    assert [p.name for p in tmp_path.iterdir()] == ["folder.json"]


def test_that_what_may_not_be_written_is_named_by_its_own_name(tmp_path: Path) -> None:
    def refuse(draft: Path) -> None:
        raise BadInputError(f"{draft}: line 1: no")

    write_whole(tmp_path / "a.toml", "old")
    with pytest.raises(BadInputError) as told:
        write_whole(tmp_path / "a.toml", "new", refuse)
    assert str(told.value) == f"{tmp_path / 'a.toml'}: line 1: no"
    assert (tmp_path / "a.toml").read_text("utf-8") == "old"


def test_that_an_older_file_is_replaced_whole_and_its_readers_stay_the_same(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    write_whole(path, "long " * 100)
    path.chmod(0o640)
    write_whole(path, "short\n")
    assert path.read_bytes() == b"short\n"
    if sys.platform != "win32":
        assert path.stat().st_mode & 0o777 == 0o640


def test_that_undo_puts_a_rule_back_once_and_nothing_where_nothing_was_removed(tmp_path: Path) -> None:
    path = _rules(tmp_path)
    text = path.read_text("utf-8")
    world = load_world(user_folders(tmp_path))
    book = RuleBook(shipped("watchlists") / "rules.toml", path, world.ecosystem, world.watchlist)
    book.undo()
    assert path.read_text("utf-8") == text
    book.remove(RULE)
    book.undo()
    book.undo()
    assert path.read_text("utf-8") == text


@unix
@pytest.mark.parametrize("write", [_settings, _rules, _list, _instruments])
def test_that_a_file_that_its_owner_keeps_elsewhere_stays_there(tmp_path: Path, write: Write) -> None:
    place, kept = write(tmp_path / "data"), tmp_path / "kept"
    kept.mkdir()
    there = place.rename(kept / place.name)
    there.chmod(0o640)
    place.symlink_to(there)
    write_own(place, "version = 1\n")
    assert (place.is_symlink(), there.read_text("utf-8")) == (True, "version = 1\n")
    assert there.stat().st_mode & 0o777 == 0o640
    assert list(kept.iterdir()) == [there]


@unix
def test_that_files_on_a_disk_that_is_not_there_are_named_and_not_begun_anew(tmp_path: Path) -> None:
    folders = user_folders(tmp_path)
    own = (folders.settings, folders.rules, folders.instruments, folders.private, folders.exposures)
    for path in (*own, folders.aliases):
        path.symlink_to(tmp_path / "unplugged" / path.name)
    world = load_world(folders)
    for path in (*own, folders.aliases):
        told = [notice for notice in world.notices if notice.startswith(f"{path}: cannot be read (No such")]
        assert len(told) == 1, path
    assert world.book is not None
    assert world.rule_book is not None
    (tmp_path / "unplugged").mkdir()  # where the disk will be
    for change in (
        lambda: save_settings(folders.settings, Settings(requests_per_hour=999), world.settings),
        lambda: world.rule_book.save((RULE,)),
        lambda: add_instruments(folders.instruments, (_zed(),), world.ecosystem),
    ):
        with pytest.raises(BadInputError, match="cannot be read"):
            change()
    assert list((tmp_path / "unplugged").iterdir()) == []


@unix
def test_that_rules_that_cannot_be_read_are_told_alike_where_they_are_changed(tmp_path: Path) -> None:
    world = load_world(user_folders(tmp_path))
    path = user_folders(tmp_path).rules
    for damage, said in (
        (path.mkdir, r"rules.toml: cannot be read \(Is a directory\)$"),
        (lambda: (path.rmdir(), os.mkfifo(path)), r"rules.toml: cannot be read \(Not a regular file\)$"),
        (lambda: (path.unlink(), path.write_bytes(b"# \xff")), "line 1: byte 2 is not UTF-8 text$"),
    ):
        damage()
        assert world.rule_book is not None
        with pytest.raises(BadInputError, match=said):
            world.rule_book.save((RULE,))
