"""What the window remembers between runs, as one small file that a person can read."""

import logging
from collections.abc import Callable
from dataclasses import dataclass, field, fields, replace
from datetime import datetime
from enum import StrEnum
from itertools import chain, count
from pathlib import Path
from typing import Annotated

import msgspec

from stackwatch.domain.errors import BadInputError
from stackwatch.domain.quote import ChartRange
from stackwatch.domain.rule import UnsavedRule
from stackwatch.domain.watchlist import Language, Watchlist
from stackwatch.ui.kit.theme import Palette

_log = logging.getLogger(__name__)
_FILE = "interface.json"
LEAST_TEXT, MOST_TEXT = 11, 16
_Pixels = Annotated[int, msgspec.Meta(ge=0, le=1_000_000)]  # Qt takes no more than a C int
FIRST_SHOWN, FIRST_SPAN = "NVDA", ChartRange.MONTH_6
"""What detail and chart show before anything was chosen."""


def shown_first(left: str | None, watchlist: Watchlist) -> str | None:
    """Return what detail and chart begin with: what was ``left`` there while it has a row, else the first.

    None where the list has no row.
    """
    shown = watchlist.shown
    names = (*shown.symbols, *shown.entities)
    wanted = left or FIRST_SHOWN
    return wanted if wanted in names else next(iter(names), None)


class ModeChoice(StrEnum):
    """Which surfaces the user asked for."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"


class ViewChoice(StrEnum):
    """What the main part of the window shows."""

    LIST = "list"
    HEAT = "heat"
    EXPOSURE = "exposure"
    HEADLINES = "headlines"
    RULES = "rules"


class Density(StrEnum):
    """How high a row of a table is."""

    COMPACT = "compact"
    NORMAL = "normal"
    ROOMY = "roomy"

    @property
    def row_extra(self) -> int:
        """Pixels of a row beyond its text."""
        return {Density.COMPACT: 10, Density.NORMAL: 14, Density.ROOMY: 18}[self]


class HeatBy(StrEnum):
    """What colours a tile of the heat map."""

    CHANGE = "change"
    ABNORMAL = "abnormal"
    SAR = "sar"


class HeatSize(StrEnum):
    """What the size of a tile of the heat map says, where market values are known."""

    VALUE = "market-value"
    EQUAL = "equal"


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnChoice:
    """The columns of the list by name: empty where they are as usual, ``widths`` in pixels at 100 %.

    ``sorts`` holds by layer, or by the empty id for every layer, the column that orders its rows: with a
    minus where it falls, empty for the user's own order.
    """

    order: tuple[str, ...] = ()
    shown: tuple[str, ...] = ()
    widths: dict[str, _Pixels] = field(default_factory=dict)
    sorts: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class UiSettings:
    """The interface as the user left it.

    ``geometry`` is Qt's own record of the window, in base 64; splitter sizes are logical pixels and
    empty until the user moves a splitter. ``folded`` holds ids of layers shown closed. ``text_px`` is the
    size of text in tables, from which everything scales. Without ``tray`` closing ends the program. Until
    ``popups_paused_until`` (aware UTC) nothing pops up. Of ``unsaved_rules`` the editor shows the last.
    """

    language: Language = Language.ENGLISH
    mode: ModeChoice = ModeChoice.SYSTEM
    palette: Palette = Palette.WESTERN
    geometry: Annotated[str, msgspec.Meta(pattern="^[A-Za-z0-9+/=]*$")] = ""
    columns: tuple[_Pixels, ...] = ()
    rows: tuple[_Pixels, ...] = ()
    editor_rows: tuple[_Pixels, ...] = ()
    folded: tuple[str, ...] = ()
    selected: str | None = None
    view: ViewChoice = ViewChoice.LIST
    heat_by: HeatBy = HeatBy.ABNORMAL
    heat_size: HeatSize = HeatSize.VALUE
    list_columns: ColumnChoice = ColumnChoice()
    density: Density = Density.COMPACT
    text_px: Annotated[int, msgspec.Meta(ge=LEAST_TEXT, le=MOST_TEXT)] = 12
    motion: bool = True
    tray: bool = False
    toured: bool = False
    popups_paused_until: datetime | None = None
    unsaved_rules: tuple[UnsavedRule, ...] = ()


_UNTOUCHED = "The usual settings are used; your file was not touched."
_LEFT = "Your file was not touched."


class SettingsStore:
    """Reads and writes the settings in a directory; ``write`` replaces a file by a text in one step.

    Several windows may share it: each writes only what was changed in it. Where what cannot be read cannot be
    kept beside it either, nothing is written over it.
    """

    def __init__(self, directory: Path, write: Callable[[Path, str], None]) -> None:
        self._path = directory / _FILE
        self._write = write
        self._known = UiSettings()  # as last read or written here
        self._foreign: dict[str, object] = {}  # what a newer version has written beside it
        self.fault = ""  # why the file could not be read
        self._unkept = ""  # why what cannot be read is in the file alone

    def load(self, default: UiSettings | None = None) -> UiSettings:
        """Return the stored settings, or the defaults; a file that cannot be read is kept aside."""
        self._known = self._read() or default or UiSettings()
        return self._known

    def save(self, settings: UiSettings) -> None:
        """Write what differs from what was last read or written here; raise OSError or as ``write`` does.

        Raises BadInputError, too, where that would lose what cannot be read.
        """
        there = self._read()
        if self._unkept:
            raise BadInputError(self._unkept)
        wanted = {each.name: getattr(settings, each.name) for each in fields(UiSettings)}
        changed = {name: value for name, value in wanted.items() if value != getattr(self._known, name)}
        made = settings if there is None else replace(there, **changed)
        if made != there:
            text = msgspec.json.encode({**msgspec.to_builtins(made), **self._foreign})
            self._write(self._path, msgspec.json.format(text, indent=2).decode())
        self._known = settings

    def _read(self) -> UiSettings | None:
        self._unkept, self._foreign = "", {}
        try:
            text = self._path.read_bytes()
        except FileNotFoundError:
            return None
        except OSError as error:
            self.fault = f"{self._path}: cannot be read ({error.strerror}). {_UNTOUCHED}"
            _log.warning("%s", self.fault)
            return None
        try:
            self._foreign = _unknown(msgspec.json.decode(text, type=dict[str, object]))
            return msgspec.json.decode(text, type=UiSettings)
        except (msgspec.DecodeError, UnicodeDecodeError) as error:
            _log.warning("%s: %s", self._path, error)
            return self._keep_aside(text)

    def _keep_aside(self, text: bytes) -> UiSettings | None:
        """Keep a text that cannot be read beside the file; returns what it says but for unsaved rules."""
        sound, aside = _but_for_rules(text), self._free_name(text)
        what, where = ("", "as") if sound is None else ("unsaved rules ", "in")
        be = "is" if sound is None else "are"
        try:
            if sound is None:
                self._path.replace(aside)
            else:
                self._write(aside, text.decode())
        except (BadInputError, OSError) as error:
            cause = error.__cause__ or error
            why = cause.strerror if isinstance(cause, OSError) else cause
            self._unkept = f"{self._path}: {what}cannot be read, nor kept {where} {aside.name} ({why})"
            self.fault = f"{self._unkept}. {_UNTOUCHED if sound is None else _LEFT}"
        else:
            self.fault = f"{self._path}: {what}cannot be read and {be} kept {where} {aside.name}"
        _log.warning("%s", self.fault)
        return sound

    def _free_name(self, text: bytes) -> Path:
        """Return where a text may be kept that takes the place of no other."""
        names = (
            self._path.with_suffix(f".broken{number}.json")
            for number in chain(("",), (f"-{n}" for n in count(2)))
        )
        return next(name for name in names if not name.exists() or _holds(name, text))


def _unknown(found: dict[str, object]) -> dict[str, object]:
    """Return what this version of the program does not know."""
    known = {each.name for each in fields(UiSettings)}
    return {name: value for name, value in found.items() if name not in known}


def _holds(path: Path, text: bytes) -> bool:
    try:
        return path.read_bytes() == text
    except OSError:
        return False


def _but_for_rules(text: bytes) -> UiSettings | None:
    """Return settings without those unsaved rules that cannot be read, as of a newer version, else None."""
    try:
        found = msgspec.json.decode(text, type=dict[str, object])
        rules = found.pop("unsaved_rules", None)
        settings = msgspec.convert(found, UiSettings)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return None
    sound = map(_sound_rule, rules if isinstance(rules, list) else ())
    return replace(settings, unsaved_rules=tuple(rule for rule in sound if rule is not None))


def _sound_rule(found: object) -> UnsavedRule | None:
    try:
        return msgspec.convert(found, UnsavedRule)
    except msgspec.ValidationError:
        return None
