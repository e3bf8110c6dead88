"""Everything of a user as one .zip: checked before anything is replaced, what was there is kept."""

import json
import re
import shutil
import sqlite3
import tempfile
import zipfile
import zlib
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from stat import S_ISREG
from typing import TypeVar

from stackwatch.domain.errors import BadInputError
from stackwatch.storage.locations import UserFolders
from stackwatch.storage.settings_file import load_settings
from stackwatch.storage.sqlite.database import migrations, read_only
from stackwatch.storage.toml.toml_files import read_toml
from stackwatch.storage.whole_file import replacing, sync

_T = TypeVar("_T")
_MARK = "stackwatch-backup.txt"
_MADE = "Stackwatch backup, %Y-%m-%d %H:%M UTC"
_TEXTS = (
    "settings.toml",
    "rules.toml",
    "watchlist.toml",
    "instruments.toml",
    "private.toml",
    "exposures.toml",
    "aliases.toml",
)
_LIST = re.compile(r"watchlists/[^./\\:\x00-\x1f][^/\\:\x00-\x1f]{0,120}\.toml")  # one in no other folder
_CURRENT = "watchlists/current.txt"
_LAYOUT = "interface.json"
_STORE = "stackwatch.sqlite3"
_ALERTS = "stackwatch.alerts.jsonl"
_TEXT_BYTES = 5_000_000
_LIMITS = dict.fromkeys((*_TEXTS, _LAYOUT), _TEXT_BYTES) | {
    _MARK: 1_000, _CURRENT: 1_000, _STORE: 2_000_000_000, _ALERTS: 20_000_000,
}  # fmt: skip
_MOST_FILES = 1_000
_OLD = (f"{_STORE}-wal", f"{_STORE}-shm", _ALERTS, "stackwatch.alerts.1.jsonl")  # belong to one database
_STAGED = "restore"  # what the next start puts in place
_GOING = "going.txt"  # what _MARK becomes once the present was kept
_ENCRYPTED = 0x1  # a flag of an entry
_PACKED = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)  # others fail in ways of their own
_KEPT = "before-restore-{when}.zip"


@dataclass(frozen=True, slots=True)
class BackupContents:
    """What a checked backup holds: the names of its files, and when it was made, as far as it says so.

    ``gone`` are files that are there now and were not when it was made: bringing it back takes them away.
    ``faults`` say which texts in it this version cannot read: a start will leave them out and name them.
    """

    files: tuple[str, ...]
    gone: tuple[str, ...]
    faults: tuple[str, ...]
    made: datetime | None


class Backup:
    """Saves and brings back a user's folder; called on a thread that may wait."""

    def __init__(self, folders: UserFolders) -> None:
        self._folder = folders.data

    def save(self, path: Path) -> tuple[str, ...]:
        """Write everything into ``path``, whole or not at all; returns the names of the files in it."""
        try:
            with (
                replacing(path) as draft,
                zipfile.ZipFile(draft, "w", zipfile.ZIP_DEFLATED, strict_timestamps=False) as archive,
            ):
                archive.writestr(_MARK, f"{datetime.now(UTC):{_MADE}}\n")
                names = [name for name in _names_in(self._folder) if name != _STORE]
                for name in names:
                    archive.write(self._folder / name, name)
                if (self._folder / _STORE).exists():
                    self._add_store(archive)
                    names.append(_STORE)
        except (OSError, sqlite3.Error, zipfile.LargeZipFile) as fault:
            reason = (fault.strerror if isinstance(fault, OSError) else None) or fault
            raise BadInputError(f"{path}: the backup could not be written ({reason})") from fault
        return tuple(names)

    def check(self, path: Path) -> BackupContents:
        """Look whether ``path`` is a backup that this version can use; raises BadInputError."""
        with tempfile.TemporaryDirectory(prefix="stackwatch-") as folder:
            return self._unpack(path, Path(folder))

    def stage(self, path: Path) -> Path:
        """Check ``path`` again, keep what is there now as a .zip, and lay ``path`` out for the next start.

        Returns where the present state was kept. Nothing in use is touched. Raises BadInputError.
        """
        kept = self._folder / _KEPT.format(when=f"{datetime.now(UTC):%Y%m%d-%H%M%S}")
        draft = self._folder / f"{_STAGED}.new"
        shutil.rmtree(draft, ignore_errors=True)
        try:
            draft.mkdir(parents=True)
            contents = self._unpack(path, draft)
            for name in contents.files:
                sync(draft / name)  # the next start trusts what it finds there
            times = {name: (self._folder / name).stat().st_mtime_ns for name in contents.gone}
            self.save(kept)
            (draft / _MARK).write_text(json.dumps({"kept": kept.name, "gone": times}), "utf-8")
            sync(draft / _MARK)
            shutil.rmtree(self._folder / _STAGED, ignore_errors=True)
            draft.replace(self._folder / _STAGED)
        except OSError as fault:
            raise BadInputError(f"{self._folder}: cannot be written ({fault.strerror})") from fault
        finally:
            shutil.rmtree(draft, ignore_errors=True)
        return kept

    def _add_store(self, archive: zipfile.ZipFile) -> None:
        """Copy the database as it stands between two transactions, also while it is in use."""
        with tempfile.TemporaryDirectory(prefix="stackwatch-") as folder:
            copy = Path(folder) / _STORE
            source = sqlite3.connect(read_only(self._folder / _STORE), uri=True)
            with closing(source), closing(sqlite3.connect(copy)) as target:
                source.backup(target)
            archive.write(copy, _STORE)

    def _unpack(self, path: Path, into: Path) -> BackupContents:
        try:
            if not S_ISREG(path.stat().st_mode):  # a device may have no end
                raise BadInputError(f"{path}: not a backup of Stackwatch; expected a .zip that it exported")
            with zipfile.ZipFile(path) as archive:
                entries = archive.infolist()
                _refuse_strange(path, entries)
                for entry in entries:
                    made = into / entry.filename
                    made.parent.mkdir(exist_ok=True)
                    with archive.open(entry) as source, made.open("wb") as target:
                        shutil.copyfileobj(source, target)  # never more than was stated
        except OSError as fault:
            raise BadInputError(f"{path}: cannot be read ({fault.strerror})") from fault
        except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError) as fault:
            raise BadInputError(f"{path}: not a backup of Stackwatch that can be read ({fault})") from fault
        when = (into / _MARK).read_text("utf-8", errors="replace").strip()
        (into / _MARK).unlink()
        names = _names_in(into)
        if _STORE in names:
            _check_store(path, into / _STORE)
        return BackupContents(names, _came_later(self._folder, names), _faults(into, names), _made(when))


def finish_restore(folders: UserFolders) -> tuple[str, ...]:
    """Put what was laid out into place, before anything else is opened; returns the names of the files.

    What is there by then is kept once more: the program went on since the backup was chosen. Raises
    BadInputError where that cannot be done; what is left is tried again at the next start.
    """
    staged = folders.data / _STAGED
    if not staged.is_dir():
        return ()
    names = _names_in(staged)
    try:
        if _STORE in names:
            _expect_unused(folders.data / _STORE)
        _clear(folders, staged, names)
        if _STORE in names:  # what belongs to the old database must not be read into the new one
            for name in _OLD:
                (folders.data / name).unlink(missing_ok=True)
        for name in names:
            (folders.data / name).parent.mkdir(exist_ok=True)
            (staged / name).replace(folders.data / name)
        shutil.rmtree(staged, ignore_errors=True)
    except (OSError, BadInputError) as fault:
        reason = fault.strerror if isinstance(fault, OSError) else fault
        raise BadInputError(
            f"{folders.data}: the backup could not be put in place ({reason}); "
            "it is tried again at the next start"
        ) from fault
    return names


def _clear(folders: UserFolders, staged: Path, names: Sequence[str]) -> None:
    """Keep what is there once more, unless some of the backup is in place, and take away what it lacks."""
    mark, going = staged / _MARK, staged / _GOING
    if mark.exists():
        Backup(folders).save(folders.data / _noted(mark, "kept", _KEPT.format(when="next-start")))
        mark.replace(going)
    if going.exists():
        times: dict[str, int] = _noted(going, "gone", {})
        for name in _came_later(folders.data, names):  # a list that was begun since stays
            if (folders.data / name).stat().st_mtime_ns == times.get(name):
                (folders.data / name).unlink()
        going.unlink()


def _expect_unused(store: Path) -> None:
    """Raise BadInputError where another program has a database open, whose next alerts would go nowhere."""
    if not store.exists():
        return
    try:
        with closing(sqlite3.connect(store, timeout=0)) as connection:
            connection.execute("PRAGMA journal_mode = DELETE")  # SQLite does that for the only one
    except sqlite3.DatabaseError as fault:  # a damaged one is replaced all the same
        if isinstance(fault, sqlite3.OperationalError) and fault.sqlite_errorcode == sqlite3.SQLITE_BUSY:
            raise BadInputError("another program uses the database") from fault


def _names_in(folder: Path) -> tuple[str, ...]:
    """Return which files of a folder belong into a backup, by their paths in it."""
    found = (*folder.glob("*"), *folder.glob("watchlists/*"))
    names = (file.relative_to(folder).as_posix() for file in found if file.is_file())
    return tuple(sorted(name for name in names if name != _MARK and _limit_of(name) is not None))


def _came_later(folder: Path, names: Sequence[str]) -> tuple[str, ...]:
    """Return the texts of a folder that a backup does not hold: what it says was not so without them."""
    texts = (name for name in _names_in(folder) if name in _TEXTS or _LIST.fullmatch(name))
    return tuple(name for name in texts if name not in names)


def _noted(mark: Path, key: str, usual: _T) -> _T:
    """Return what was noted when a backup was chosen, ``usual`` where that cannot be read."""
    try:
        noted = json.loads(mark.read_text("utf-8"))[key]
    except (ValueError, KeyError, TypeError):
        return usual
    return noted if isinstance(noted, type(usual)) else usual


def _made(mark: str) -> datetime | None:
    try:
        return datetime.strptime(mark, _MADE).replace(tzinfo=UTC)
    except ValueError:
        return None


def _limit_of(name: str) -> int | None:
    """Return how large a file may be, None for one that does not belong into a backup."""
    return _TEXT_BYTES if _LIST.fullmatch(name) else _LIMITS.get(name)


def _faults(folder: Path, names: Sequence[str]) -> tuple[str, ...]:
    """Say which texts cannot be read: they were broken when it was made, or a newer version wrote them."""
    faults = []
    for name in names:
        try:
            if name == "settings.toml":
                load_settings(folder / name)
            elif name in _TEXTS or _LIST.fullmatch(name):
                read_toml(folder / name, dict[str, object])
        except BadInputError as fault:
            faults.append(str(fault).replace(str(folder / name), name))
    return tuple(faults)


def _refuse_strange(path: Path, entries: list[zipfile.ZipInfo]) -> None:
    if len(entries) > _MOST_FILES:
        raise BadInputError(
            f"{path}: holds more than {_MOST_FILES:,} files; expected a .zip as it was exported"
        )
    names = [entry.filename for entry in entries]
    if _MARK not in names:
        raise BadInputError(f"{path}: not a backup of Stackwatch; expected a .zip that it exported")
    for entry in entries:
        if entry.flag_bits & _ENCRYPTED:
            raise BadInputError(f"{path}: encrypted; expected a .zip as it was exported")
        if entry.compress_type not in _PACKED:
            raise BadInputError(f"{path}: compressed otherwise; expected a .zip as it was exported")
        limit = _limit_of(entry.filename)
        if limit is None or names.count(entry.filename) > 1:
            raise BadInputError(f"{path}: {entry.filename[:80]!r} does not belong into a backup")
        if entry.file_size > limit:
            raise BadInputError(f"{path}: {entry.filename} is larger than {limit:,} bytes")


def _check_store(path: Path, file: Path) -> None:
    newest = migrations()[-1].number
    try:
        with closing(sqlite3.connect(read_only(file), uri=True)) as connection:
            version = int(connection.execute("PRAGMA user_version").fetchone()[0])
            sound = connection.execute("PRAGMA quick_check(1)").fetchone()[0]
    except sqlite3.Error as fault:
        raise BadInputError(f"{path}: its database cannot be read ({fault})") from fault
    if sound != "ok":
        raise BadInputError(f"{path}: its database is damaged ({sound})")
    if not 0 < version <= newest:
        raise BadInputError(f"{path}: its database has schema {version}; this version knows up to {newest}")
