"""Start at login, as each system does it: registry, launch agent, XDG autostart."""

import errno
import os
import shlex
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

LABEL = "io.github.stackwatch.Stackwatch"
_RUN = r"Software\Microsoft\Windows\CurrentVersion\Run"
_APPROVED = r"Software\Microsoft\Windows\CurrentVersion\Explorer\StartupApproved\Run"
_NAME = "Stackwatch"
# Where macOS runs what was not put into Applications yet: neither place is there at the next login.
_PASSING = ("/AppTranslocation/", "/Volumes/")


class Autostart(Protocol):
    """Whether the program starts when its user logs in."""

    def enabled(self) -> bool:
        """Whether it does now."""

    def switch(self, on: bool) -> None:  # noqa: FBT001 - it is the whole request
        """Make it so; raises OSError where the system refuses."""


def own_program() -> str:
    """Return the program with the window: on Windows a frozen one has another beside it for commands."""
    beside = Path(sys.executable).with_name("Stackwatch.exe")
    frozen = getattr(sys, "frozen", False)
    return str(beside) if frozen and beside.exists() else sys.executable


def system_autostart(command: Sequence[str]) -> Autostart:
    """Return this system's way to start ``command`` at login."""
    home = Path.home()
    if sys.platform == "win32":
        return RunKey(command, WindowsRegistry())
    if sys.platform == "darwin":
        return LaunchAgent(command, home / "Library" / "LaunchAgents")
    named = Path(os.environ.get("XDG_CONFIG_HOME", ""))
    config = named if named.is_absolute() else home / ".config"  # desktops pass over any other
    return DesktopEntry(command, config / "autostart")


class DesktopEntry:
    """A file in the autostart folder of the XDG desktops."""

    def __init__(self, command: Sequence[str], folder: Path) -> None:
        """Write nothing yet."""
        self._command = command
        self._path = folder / "stackwatch.desktop"

    def enabled(self) -> bool:
        """Whether the file is there and no desktop has switched it off inside."""
        try:
            lines = self._path.read_text("utf-8", errors="replace").splitlines()
        except OSError:
            return False
        return not {"Hidden=true", "X-GNOME-Autostart-enabled=false"} & {line.strip() for line in lines}

    def switch(self, on: bool) -> None:  # noqa: FBT001 - see Autostart
        """Write the file or take it away."""
        if not on:
            self._path.unlink(missing_ok=True)
            return
        self._path.parent.mkdir(parents=True, exist_ok=True)
        words = " ".join(_desktop_word(word) for word in self._command)
        program = self._command[0].replace("\\", "\\\\")
        self._path.write_text(
            f"[Desktop Entry]\nType=Application\nName=Stackwatch\nExec={words}\n"
            f"TryExec={program}\n"  # a package manager leaves this file: without the program it does nothing
            "Icon=stackwatch\nTerminal=false\nStartupNotify=false\n",
            encoding="utf-8",
        )


class LaunchAgent:
    """A property list that macOS reads when the user logs in."""

    def __init__(self, command: Sequence[str], folder: Path) -> None:
        """Write nothing yet."""
        self._command = command
        self._path = folder / f"{LABEL}.plist"

    def enabled(self) -> bool:
        """Whether the list is there and asks for it."""
        import plistlib  # other systems need no reader of XML

        try:
            return bool(plistlib.loads(self._path.read_bytes()).get("RunAtLoad"))
        except (OSError, plistlib.InvalidFileException, ValueError, AttributeError):
            return False

    def switch(self, on: bool) -> None:  # noqa: FBT001 - see Autostart
        """Write the list or take it away."""
        import plistlib  # see above

        if not on:
            self._path.unlink(missing_ok=True)
            return
        if any(place in self._command[0] for place in _PASSING):
            raise OSError(errno.EROFS, "Stackwatch runs from a place that passes; move it into Applications")
        self._path.parent.mkdir(parents=True, exist_ok=True)
        told = {"Label": LABEL, "ProgramArguments": list(self._command), "RunAtLoad": True}
        self._path.write_bytes(plistlib.dumps(told | {"ProcessType": "Interactive"}))


class Registry(Protocol):
    """The part of the registry that is used: values below the user's own keys, text being written."""

    def read(self, key: str, name: str) -> str | bytes | None:
        """Return a value, None where there is none."""

    def write(self, key: str, name: str, value: str) -> None:
        """Write a value."""

    def delete(self, key: str, name: str) -> None:
        """Take a value away; nothing happens where there is none."""


class RunKey:
    r"""A value below ``CurrentVersion\Run``; the Windows installer writes and removes the same one.

    Where somebody switches it off in the settings of Windows, or in its task manager, the value stays, and
    another, of the same name, has an odd first byte.
    """

    def __init__(self, command: Sequence[str], registry: Registry) -> None:
        """Write nothing yet."""
        self._line = " ".join(
            f'"{word}"' if " " in word or index == 0 else word for index, word in enumerate(command)
        )
        self._registry = registry

    def enabled(self) -> bool:
        """Whether the value is there and nobody has switched it off in Windows."""
        approved = self._registry.read(_APPROVED, _NAME)
        off = isinstance(approved, bytes) and bool(approved[:1]) and bool(approved[0] & 1)
        return self._registry.read(_RUN, _NAME) is not None and not off

    def switch(self, on: bool) -> None:  # noqa: FBT001 - see Autostart
        """Write the value or take it away."""
        self._registry.delete(_APPROVED, _NAME)
        if on:
            self._registry.write(_RUN, _NAME, self._line)
        else:
            self._registry.delete(_RUN, _NAME)


def _desktop_word(word: str) -> str:
    """Quote a word as desktop entries ask for it; a percent sign would begin a field code."""
    word = word.replace("%", "%%")
    if word == shlex.quote(word):
        return word
    inner = "".join(f"\\{letter}" if letter in '"`$\\' else letter for letter in word)
    return '"' + inner.replace("\\", "\\\\") + '"'


if sys.platform == "win32":
    import winreg

    class WindowsRegistry:
        """The registry of the user."""

        def read(self, key: str, name: str) -> str | bytes | None:
            """Return a value, None where there is none."""
            try:
                with winreg.OpenKey(winreg.HKEY_CURRENT_USER, key) as opened:
                    value = winreg.QueryValueEx(opened, name)[0]
                    return value if isinstance(value, bytes) else str(value)
            except FileNotFoundError:
                return None

        def write(self, key: str, name: str, value: str) -> None:
            """Write a value."""
            with winreg.CreateKey(winreg.HKEY_CURRENT_USER, key) as opened:
                winreg.SetValueEx(opened, name, 0, winreg.REG_SZ, value)

        def delete(self, key: str, name: str) -> None:
            """Take a value away; nothing happens where there is none."""
            try:
                with winreg.OpenKey(winreg.HKEY_CURRENT_USER, key, 0, winreg.KEY_SET_VALUE) as opened:
                    winreg.DeleteValue(opened, name)
            except FileNotFoundError:
                return
