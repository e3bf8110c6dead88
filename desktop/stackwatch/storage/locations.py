"""Where files are: what ships with the program, and the user's own folders."""

import sys
from dataclasses import dataclass
from pathlib import Path

from platformdirs import PlatformDirs

from stackwatch.domain.errors import StoreError

_APP = "Stackwatch"


def shipped(kind: str) -> Path:
    """Return the folder of shipped data: ``resources`` or ``watchlists``.

    Works in a frozen build, in an installed wheel and in a source tree; raises
    FileNotFoundError when the installation is incomplete.
    """
    package = Path(__file__).resolve().parents[1]
    roots = [package / "_data", package.parents[1]]
    frozen = getattr(sys, "_MEIPASS", None)
    if frozen is not None:
        roots.insert(0, Path(frozen))
    for root in roots:
        folder = root / kind
        if folder.is_dir():
            return folder
    raise FileNotFoundError(f"the {kind} folder is missing from this installation of Stackwatch")


@dataclass(frozen=True, slots=True)
class UserFolders:
    """The folders of one user; ``data`` may be moved with ``--data-dir``."""

    data: Path
    cache: Path
    logs: Path

    @property
    def store(self) -> Path:
        """The database file."""
        return self.data / "stackwatch.sqlite3"

    @property
    def rules(self) -> Path:
        """The user's own rules."""
        return self.data / "rules.toml"

    @property
    def private(self) -> Path:
        """Private companies and projects of the user's own."""
        return self.data / "private.toml"

    @property
    def exposures(self) -> Path:
        """Links the user added, corrected or withdrew."""
        return self.data / "exposures.toml"

    @property
    def aliases(self) -> Path:
        """Spellings of the user's own."""
        return self.data / "aliases.toml"

    @property
    def settings(self) -> Path:
        """The user's choices about data."""
        return self.data / "settings.toml"

    @property
    def requests(self) -> Path:
        """How many requests were sent in the last hour."""
        return self.cache / "requests.json"

    @property
    def watchlist(self) -> Path:
        """A list written by hand, which is shown instead of the shipped one until another is chosen."""
        return self.data / "watchlist.toml"

    @property
    def lists(self) -> Path:
        """The user's other lists, one file each, and which is shown."""
        return self.data / "watchlists"

    @property
    def instruments(self) -> Path:
        """Instruments of the user's own."""
        return self.data / "instruments.toml"


def user_folders(data_dir: Path | None = None) -> UserFolders:
    """Return the platform's folders, or everything below ``data_dir``. Creates nothing.

    Raises StoreError for a user without a home, as a service or a container may run as: libraries keep
    files of their own there.
    """
    try:
        Path.home()
    except RuntimeError as fault:
        raise StoreError("this user has no home folder: set HOME to a folder that can be written") from fault
    if data_dir is not None:
        return UserFolders(data=data_dir, cache=data_dir / "cache", logs=data_dir / "logs")
    dirs = PlatformDirs(_APP, appauthor=False, roaming=False)
    return UserFolders(data=dirs.user_data_path, cache=dirs.user_cache_path, logs=dirs.user_log_path)
