"""Everything as one .zip: what goes out comes back, and nothing that is not a backup is let in."""

import os
import sqlite3
import time
import zipfile
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from tests.integration.store_samples import alert

from stackwatch.domain.errors import BadInputError
from stackwatch.storage.backup import Backup, finish_restore
from stackwatch.storage.locations import UserFolders, user_folders
from stackwatch.storage.sqlite.store import SqliteStore

NOW = datetime(2026, 3, 10, tzinfo=UTC)


@pytest.fixture
def folders(tmp_path: Path) -> UserFolders:
    made = user_folders(tmp_path / "data")
    made.data.mkdir()
    made.settings.write_text('version = 1\nhome_currency = "KRW"\n')
    SqliteStore(made.store, NOW).close()
    return made


def stage_one(folders: UserFolders, tmp_path: Path) -> None:
    """Save a backup, and lay it out for the next start."""
    target = tmp_path / "all.zip"
    Backup(folders).save(target)
    Backup(folders).stage(target)


def test_that_a_backup_comes_back_at_the_next_start_and_the_present_is_kept(
    folders: UserFolders, tmp_path: Path
) -> None:
    target = tmp_path / "all.zip"
    open_store = SqliteStore(folders.store, NOW)
    assert set(Backup(folders).save(target)) >= {"settings.toml", "stackwatch.sqlite3"}
    folders.settings.write_text('version = 1\nhome_currency = "USD"\n')
    kept = Backup(folders).stage(target)
    assert "USD" in folders.settings.read_text()  # nothing in use was touched
    assert "USD" in zipfile.ZipFile(kept).read("settings.toml").decode()
    open_store.close()
    assert "settings.toml" in finish_restore(folders)
    assert "KRW" in folders.settings.read_text()
    assert finish_restore(folders) == ()
    SqliteStore(folders.store, NOW).close()


def test_that_lists_and_names_of_the_users_own_come_back_too(folders: UserFolders, tmp_path: Path) -> None:
    target = tmp_path / "all.zip"
    folders.lists.mkdir()
    kept = {
        folders.instruments: "version = 1\ninstrument = []\n",
        folders.lists / "chips.toml": 'version = 1\nid = "chips"\nname = { en = "Chips", ko = "칩" }\n',
        folders.lists / "나의 목록.toml": 'version = 1\nid = "mine"\nname = { en = "Mine", ko = "나" }\n',
        folders.lists / "current.txt": "chips\n",
    }
    for path, text in kept.items():
        path.write_text(text, encoding="utf-8")
    os.utime(folders.instruments, (0, 0))  # a .zip knows no time before 1980
    names = {path.relative_to(folders.data).as_posix() for path in kept}
    assert names <= set(Backup(folders).save(target))
    assert names <= set(Backup(folders).check(target).files)
    for path in kept:
        path.unlink()
    folders.lists.rmdir()
    Backup(folders).stage(target)
    assert names <= set(finish_restore(folders))
    assert {path: path.read_text(encoding="utf-8") for path in kept} == kept
    assert not (folders.data / "restore").exists()


def test_that_a_backup_with_hundreds_of_unsaved_rules_can_be_restored(
    folders: UserFolders, tmp_path: Path
) -> None:
    drafts = ",".join(["{" + " " * 2_000 + "}"] * 600)
    (folders.data / "interface.json").write_text(f'{{"unsaved_rules": [{drafts}]}}', encoding="utf-8")
    target = tmp_path / "all.zip"
    Backup(folders).save(target)
    assert "interface.json" in Backup(folders).check(target).files


def test_that_what_was_made_since_a_backup_goes_with_it_and_is_kept_beside(
    folders: UserFolders, tmp_path: Path
) -> None:
    target = tmp_path / "all.zip"
    Backup(folders).save(target)
    folders.lists.mkdir()
    later = (folders.lists / "ai-ecosystem.toml", folders.data / "rules.toml")
    for path in later:
        path.write_text("version = 1\n", encoding="utf-8")
    others = (folders.data / "interface.json", folders.data / "notes.txt", folders.lists / "current.txt")
    for path in others:
        path.write_text("mine", encoding="utf-8")
    names = tuple(sorted(path.relative_to(folders.data).as_posix() for path in later))
    assert Backup(folders).check(target).gone == names
    kept = Backup(folders).stage(target)
    assert set(names) <= set(zipfile.ZipFile(kept).namelist())
    newer = folders.lists / "newer.toml"  # made before the next start
    newer.write_text("version = 1\n", encoding="utf-8")
    os.utime(newer, (time.time() + 10,) * 2)
    folders.settings.unlink()
    folders.settings.mkdir()  # in the way, so that it takes two starts
    (folders.settings / "x").touch()
    with pytest.raises(BadInputError, match="tried again at the next start"):
        finish_restore(folders)
    (folders.settings / "x").unlink()
    folders.settings.rmdir()
    finish_restore(folders)
    assert not any(path.exists() for path in later)
    assert all(path.exists() for path in (*others, newer, folders.settings, folders.store))
    assert not (folders.data / "restore").exists()


@pytest.mark.parametrize("hours", [-30, 30])
def test_that_a_clock_that_was_set_meanwhile_takes_no_work_and_leaves_nothing(
    folders: UserFolders, tmp_path: Path, hours: int
) -> None:
    target = tmp_path / "b.zip"
    Backup(folders).save(target)
    old, edited = folders.lists / "old.toml", folders.lists / "edited.toml"
    wrong = time.time() + hours * 3600
    for file in (old, edited):
        file.parent.mkdir(exist_ok=True)
        file.write_text("version = 1\n", encoding="utf-8")
    os.utime(old, (wrong, wrong))
    Backup(folders).stage(target)
    edited.write_text("version = 1  # by a clock that was wrong\n", encoding="utf-8")
    os.utime(edited, (wrong, wrong))
    finish_restore(folders)
    assert (old.exists(), edited.exists()) == (False, True)


def test_that_a_backup_says_when_it_was_made_unless_somebody_wrote_it_otherwise(
    folders: UserFolders, tmp_path: Path
) -> None:
    target = tmp_path / "all.zip"
    Backup(folders).save(target)
    made = Backup(folders).check(target).made
    assert made is not None
    assert abs(datetime.now(UTC) - made) < timedelta(minutes=2)
    with zipfile.ZipFile(tmp_path / "own.zip", "w") as archive:
        archive.writestr("stackwatch-backup.txt", "mine")
    assert Backup(folders).check(tmp_path / "own.zip").made is None


def test_that_what_is_no_backup_is_refused_and_nothing_changes(folders: UserFolders, tmp_path: Path) -> None:
    target = tmp_path / "all.zip"
    Backup(folders).save(target)
    files = {name: zipfile.ZipFile(target).read(name) for name in zipfile.ZipFile(target).namelist()}
    newer = tmp_path / "newer.sqlite3"
    with sqlite3.connect(newer) as connection:
        connection.execute("PRAGMA user_version = 999")
    connection.close()
    for change, named in (
        ({"stackwatch-backup.txt": None}, "not a backup"),
        ({"../evil.txt": b"x"}, "does not belong"),
        ({"watchlists/../../evil.toml": b""}, "does not belong"),
        ({"watchlists/..\\evil.toml": b""}, "does not belong"),
        ({"watchlists/c:evil.toml": b""}, "does not belong"),
        ({"watchlists/.toml": b""}, "does not belong"),
        ({f"watchlists/{number}.toml": b"" for number in range(1_500)}, "holds more than"),
        ({"stackwatch.sqlite3": b"garbage" * 999}, "database"),
        ({"stackwatch.sqlite3": newer.read_bytes()}, "999"),
        ({"interface.json": b"0" * 6_000_000}, "larger"),
    ):
        bad = tmp_path / "bad.zip"
        with zipfile.ZipFile(bad, "w") as archive:
            for name, content in (files | change).items():
                if content is not None:
                    archive.writestr(name, content)
        with pytest.raises(BadInputError, match=named):
            Backup(folders).stage(bad)
    whole = target.read_bytes()
    for place, byte, named in ((40, 0xFF, "can be read"), (6, 0x01, "encrypted")):
        (tmp_path / "hurt.zip").write_bytes(_hurt(whole, place, byte))
        with pytest.raises(BadInputError, match=named):
            Backup(folders).check(tmp_path / "hurt.zip")
    with zipfile.ZipFile(tmp_path / "lzma.zip", "w", zipfile.ZIP_LZMA) as archive:
        archive.writestr("stackwatch-backup.txt", "made")
    with pytest.raises(BadInputError, match="compressed otherwise"):
        Backup(folders).check(tmp_path / "lzma.zip")
    (tmp_path / "text.zip").write_text("no zip")
    (tmp_path / "half.zip").write_bytes(whole[: len(whole) // 2])
    for name, named in (
        ("text.zip", "not a backup"),
        ("half.zip", "not a backup"),
        ("no.zip", "cannot be read"),
    ):
        with pytest.raises(BadInputError, match=named):
            Backup(folders).check(tmp_path / name)
    os.mkfifo(tmp_path / "pipe.zip")  # as a device, it has no end
    for strange in (tmp_path, tmp_path / "pipe.zip"):
        with pytest.raises(BadInputError, match="not a backup"):
            Backup(folders).check(strange)
    assert [path.name for path in folders.data.iterdir() if path.is_dir()] == []
    assert not (tmp_path / "evil.txt").exists()


def _hurt(archive: bytes, place: int, byte: int) -> bytes:
    """Change a byte of the first entry, counted from its local header; flags in the directory too."""
    hurt = bytearray(archive)
    start = archive.index(b"PK\x03\x04")
    directory = archive.index(b"PK\x01\x02")
    if place == 6:
        hurt[directory + 8] |= byte
        hurt[start + place] |= byte
        return bytes(hurt)
    size = 30 + int.from_bytes(archive[start + 26 : start + 28], "little")
    for at in range(start + size, start + size + 8):
        hurt[at] ^= byte
    return bytes(hurt)


def test_that_what_a_broken_off_restore_left_behind_gets_into_no_later_one(
    folders: UserFolders, tmp_path: Path
) -> None:
    target = tmp_path / "all.zip"
    Backup(folders).save(target)
    left = folders.data / "restore.new"
    left.mkdir()
    (left / "rules.toml").write_text("version = 1\n")
    Backup(folders).stage(target)
    assert finish_restore(folders) == ("settings.toml", "stackwatch.sqlite3")
    assert not folders.rules.exists()


def test_that_a_backup_that_cannot_be_put_in_place_is_told_and_stays(
    folders: UserFolders, tmp_path: Path
) -> None:
    stage_one(folders, tmp_path)
    folders.settings.unlink()
    folders.settings.mkdir()
    (folders.settings / "in the way").touch()
    with pytest.raises(BadInputError, match="tried again at the next start"):
        finish_restore(folders)
    (folders.settings / "in the way").unlink()
    folders.settings.rmdir()
    assert "settings.toml" in finish_restore(folders)
    assert "KRW" in folders.settings.read_text()


def test_that_what_the_old_database_had_not_written_yet_does_not_get_into_the_one_that_comes_back(
    folders: UserFolders, tmp_path: Path
) -> None:
    stage_one(folders, tmp_path)
    beside = [folders.store.with_name(folders.store.name + suffix) for suffix in ("-wal", "-shm")]
    for path in beside:
        path.write_bytes(b"pages of the old one")
    finish_restore(folders)
    assert not any(path.exists() for path in beside)


def test_that_a_file_larger_than_the_backup_states_is_refused_and_fills_no_disk(
    folders: UserFolders, tmp_path: Path
) -> None:
    target = tmp_path / "all.zip"
    (folders.data / "interface.json").write_bytes(b" " * 6_000_000)  # more than may be in one
    Backup(folders).save(target)
    stated = (6_000_000).to_bytes(4, "little")
    assert target.read_bytes().count(stated) == 2
    target.write_bytes(target.read_bytes().replace(stated, (10).to_bytes(4, "little")))
    into = tmp_path / "into"
    into.mkdir()
    with pytest.raises(BadInputError, match="can be read"):
        Backup(folders)._unpack(target, into)
    assert (into / "interface.json").stat().st_size <= 10


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_that_a_backup_that_holds_a_file_twice_is_refused(folders: UserFolders, tmp_path: Path) -> None:
    target = tmp_path / "all.zip"
    Backup(folders).save(target)
    with zipfile.ZipFile(target, "a") as archive:
        archive.writestr("settings.toml", "version = 1\n")
    with pytest.raises(BadInputError, match=r"'settings\.toml' does not belong"):
        Backup(folders).check(target)


def test_that_what_came_between_the_choice_of_a_backup_and_the_next_start_is_kept_too(
    folders: UserFolders, tmp_path: Path
) -> None:
    target = tmp_path / "all.zip"
    Backup(folders).save(target)
    kept = Backup(folders).stage(target)
    folders.settings.write_text('version = 1\nhome_currency = "JPY"\n')
    with closing(SqliteStore(folders.store, NOW)) as store:
        store.alerts.save([alert()])
    (folders.data / "interface.json").mkdir()  # in the way, so that it takes two starts
    (folders.data / "restore" / "interface.json").touch()
    with pytest.raises(BadInputError, match="tried again at the next start"):
        finish_restore(folders)
    (folders.data / "interface.json").rmdir()
    finish_restore(folders)
    assert "KRW" in folders.settings.read_text()
    with zipfile.ZipFile(kept) as archive:
        assert "JPY" in archive.read("settings.toml").decode()
        archive.extract("stackwatch.sqlite3", tmp_path)
    with closing(SqliteStore(tmp_path / "stackwatch.sqlite3", NOW)) as store:
        assert [each.id for each in store.alerts.load()] == [alert().id]
    assert list(folders.data.glob("before-restore-*.zip")) == [kept]


def test_that_a_backup_waits_while_another_program_uses_the_database(
    folders: UserFolders, tmp_path: Path
) -> None:
    stage_one(folders, tmp_path)
    with closing(SqliteStore(folders.store, NOW)) as beside:
        with pytest.raises(BadInputError) as told:
            finish_restore(folders)
        beside.alerts.save([alert()])
    assert str(told.value) == (
        f"{folders.data}: the backup could not be put in place (another program uses the database); "
        "it is tried again at the next start"
    )
    with closing(SqliteStore(folders.store, NOW)) as store:
        assert len(store.alerts.load()) == 1
    assert "stackwatch.sqlite3" in finish_restore(folders)


def test_that_alerts_that_a_backup_does_not_hold_do_not_come_back_from_their_text(
    folders: UserFolders, tmp_path: Path
) -> None:
    target = tmp_path / "all.zip"
    Backup(folders).save(target)
    with closing(SqliteStore(folders.store, NOW)) as store:
        store.alerts.save([alert()])
    text = folders.data / "stackwatch.alerts.jsonl"
    text.with_suffix(".1.jsonl").write_bytes(text.read_bytes())
    Backup(folders).stage(target)
    finish_restore(folders)
    with closing(SqliteStore(folders.store, NOW)) as store:
        assert (store.alerts.load(), store.damage) == ((), None)


def test_that_a_backup_of_files_that_were_broken_comes_back_as_it_was_and_they_are_named(
    folders: UserFolders, tmp_path: Path
) -> None:
    target = tmp_path / "all.zip"
    folders.lists.mkdir()
    broken = {
        folders.settings: b"home_currency = 7\n",
        folders.rules: b"= =\n",
        folders.private: b"version = 2\n",
        folders.lists / "mine.toml": b"\xff",
    }
    for path, content in broken.items():
        path.write_bytes(content)
    Backup(folders).save(target)
    faults = Backup(folders).check(target).faults
    assert [fault.partition(":")[0] for fault in faults] == [
        path.relative_to(folders.data).as_posix() for path in sorted(broken, key=str)
    ]
    assert "a newer Stackwatch wrote this file" in faults[0]
    for path in broken:
        path.write_bytes(b"version = 1\n")
    Backup(folders).stage(target)
    finish_restore(folders)
    assert {path: path.read_bytes() for path in broken} == broken
