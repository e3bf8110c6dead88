"""A cache folder of this process alone: another one cannot lock it, and a crash leaves nothing to trust."""

import contextlib
import logging
import os
import shutil
import tempfile
import time
from pathlib import Path

_log = logging.getLogger(__name__)

_PREFIX = "process-"
_OLD_SECONDS = 2 * 86_400.0


class CacheFolder:
    """Makes a new folder below ``base`` when it is first needed and removes it at the end."""

    def __init__(self, base: Path) -> None:
        """Create nothing yet."""
        self._base = base
        self._made: Path | None = None

    def make(self) -> Path:
        """Return an empty folder that was tried; the system's temporary folder where ``base`` fails."""
        if self._made is None:
            self._made = self._try(self._base) or self._after_quarantine()
        return self._made

    def remove(self) -> None:
        """Delete the folder; what another thread still holds open is left to the next start."""
        if self._made is not None:
            shutil.rmtree(self._made, ignore_errors=True)
            self._made = None

    def _after_quarantine(self) -> Path:
        """Set aside what is in the way, such as a file or a folder that cannot be written, and try again."""
        aside = self._base.with_name(f"{self._base.name}.damaged-{int(time.time())}")
        try:
            self._base.rename(aside)
            _log.warning("the cache folder cannot be used and was set aside as %s", aside.name)
        except OSError as fault:
            _log.warning("the cache folder can neither be used nor set aside: %s", fault.strerror)
        return self._try(self._base) or Path(tempfile.mkdtemp(prefix=f"stackwatch-{_PREFIX}"))

    @staticmethod
    def _try(base: Path) -> Path | None:
        """Make a folder and write into it; None when that is not possible."""
        try:
            base.mkdir(parents=True, exist_ok=True)
            _forget_old(base)
            made = Path(tempfile.mkdtemp(prefix=f"{_PREFIX}{os.getpid()}-", dir=base))
            probe = made / "probe"
            probe.write_bytes(b"0" * 4096)
            probe.unlink()
        except OSError as fault:
            _log.info("no cache folder in %s: %s", base.name, fault.strerror)
            return None
        return made


def _forget_old(base: Path) -> None:
    """Delete what processes that crashed left days ago, and the shared cache of earlier versions."""
    for folder in base.iterdir():
        shared = folder.name == "yfinance"
        with contextlib.suppress(FileNotFoundError):  # another process ends, and takes its own away
            left = folder.name.startswith(_PREFIX) and time.time() - folder.stat().st_mtime > _OLD_SECONDS
            if shared or left:
                shutil.rmtree(folder, ignore_errors=True)
