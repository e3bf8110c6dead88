"""Play a short sound with what each system brings along: Qt's own player is not part of the program."""

import logging
import shutil
import subprocess
import sys
from pathlib import Path

_log = logging.getLogger(__name__)

_PLAYERS = {"darwin": ("afplay",), "linux": ("pw-play", "paplay", "aplay")}


def player() -> str | None:
    """Return the program that plays a file here, None where there is none (Windows needs none)."""
    return next((path for name in _PLAYERS.get(sys.platform, ()) if (path := shutil.which(name))), None)


class Sounds:
    """Plays one file, never two at once; without a player it is silent, and says so once in the log."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._playing: subprocess.Popen[bytes] | None = None
        self._silent = False

    def play(self) -> None:
        """Begin to play and return at once; never raises."""
        if self._silent or (self._playing is not None and self._playing.poll() is None):
            return
        try:
            self._begin()
        except (OSError, RuntimeError) as fault:
            self._silent = True
            _log.warning("no sound: %s", fault)

    def _begin(self) -> None:
        if sys.platform == "win32":
            import winsound  # of Windows alone

            winsound.PlaySound(str(self._file), winsound.SND_FILENAME | winsound.SND_ASYNC)
            return
        program = player()
        if program is None:
            raise OSError("none of pw-play, paplay, aplay is installed")
        self._playing = subprocess.Popen(  # noqa: S603 - a program of the system and a file of ours
            [program, str(self._file)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
