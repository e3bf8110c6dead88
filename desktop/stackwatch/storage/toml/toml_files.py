"""Read a TOML file into a typed value, or say exactly what is wrong with it and where."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Generic, TypeVar

import msgspec
import tomli
from msgspec import inspect

from stackwatch.domain.errors import BadInputError
from stackwatch.storage.text_lines import open_file
from stackwatch.storage.toml.toml_places import line_of_key, line_of_path, lines_of_tables

_T = TypeVar("_T")
_MAX_BYTES = 4_000_000
_SUPPORTED_VERSION = 1
_PATH = re.compile(r"`\$\.?(?P<path>[^`]*)`")
_KINDS = {"object": "table", "str": "string", "int": "integer", "bool": "boolean", "null": "nothing"}
_KIND = re.compile(r"(?<=[`| ])[a-z]+(?=[`| ])")
_STEP = re.compile(r"[\w-]+")
_NO_CHOICE = "Invalid enum value"
_WRITTEN = {  # what is in quotes and is none
    "Invalid RFC3339 encoded time": "not a time; expected one such as 22:00:00",
    "Invalid RFC3339 encoded date": "not a day; expected one such as 2026-12-31",
    "Invalid RFC3339 encoded datetime": "not a time; expected one such as 2026-12-31T22:00:00Z",
}
_UNKNOWN = re.compile(r"unknown field `(?P<key>[^`]*)`$")


def read_toml(path: Path, shape: type[_T]) -> _T:
    """Read ``path`` as ``shape`` (a msgspec Struct).

    Raises BadInputError naming the file, the line or key, and what was expected.
    """
    return parse_toml(toml_text(path), shape, source=str(path))


@dataclass(frozen=True, slots=True)
class TomlRow(Generic[_T]):
    """One table of a file, such as ``rule[3]``, and its value or what is wrong with it."""

    text: str
    table: str
    value: _T | None
    fault: str = ""

    def place(self, *keys: str) -> str:
        """Name the line of the last of some keys that is there, else of the table, for a message."""
        paths = (self.table, *(f"{self.table}.{key}" for key in keys))
        line = max(line_of_path(self.text, path) or 0 for path in paths)
        return f"line {line}: " if line else ""


def read_rows(path: Path, table: str, shape: type[_T], most: int) -> tuple[TomlRow[_T], ...]:
    """Read a file of one kind of ``[[table]]``, each for itself: a faulty one does not hide the others.

    Raises BadInputError where the file as a whole cannot be read, or holds more than ``most`` tables.
    """
    text = toml_text(path)
    lines = lines_of_tables(text, table)
    if len(lines) > most:
        raise BadInputError(f"{path}: {len(lines):,} {table}s; at most {most:,} are read")
    raw = parse_toml(text, dict[str, object], source=str(path))
    unknown = sorted(raw.keys() - {"version", table})
    given = raw.get(table, [])
    if unknown or not isinstance(given, list):
        key = unknown[0] if unknown else table
        raise BadInputError(f"{path}: line {line_of_key(text, key)}: `{key}` is no [[{table}]]")
    rows: list[TomlRow[_T]] = []
    for index, value in enumerate(given):
        place = f"{table}[{index}]"
        try:
            rows.append(TomlRow(text, place, msgspec.convert(value, type=shape)))
        except msgspec.ValidationError as fault:
            rows.append(TomlRow(text, place, None, _where(str(fault), text, shape, place)))
    return tuple(rows)


def place(path: Path, table: str, index: int) -> str:
    """Name a file and the line on which its ``[[table]]`` of ``index`` begins, for a message.

    For a key or a single ``[table]`` give 0. The file is read again: this is for what went wrong.
    """
    text = toml_text(path)
    lines = lines_of_tables(text, table)
    line = lines[index] if index < len(lines) else line_of_key(text, table) if index == 0 else None
    return f"{path}: line {line}" if line else str(path)


def toml_text(path: Path) -> str:
    """Return the text of a file, with its line ends as one; raises BadInputError."""
    try:
        with open_file(path) as file:
            read = file.read(_MAX_BYTES + 1)
        if len(read) > _MAX_BYTES:
            raise BadInputError(
                f"{path}: larger than {_MAX_BYTES:,} bytes; expected a file written by a person"
            )
        return read.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    except OSError as fault:
        raise BadInputError(f"{path}: cannot be read ({fault.strerror})") from fault
    except UnicodeDecodeError as fault:
        line = read.count(b"\n", 0, fault.start) + 1
        raise BadInputError(f"{path}: line {line}: byte {fault.start} is not UTF-8 text") from fault


def parse_toml(text: str, shape: type[_T], *, source: str) -> _T:
    """Parse TOML ``text``; ``source`` names it in messages. Raises BadInputError."""
    try:
        raw = tomli.loads(text)
    except tomli.TOMLDecodeError as fault:
        raise BadInputError(f"{source}: line {fault.lineno}: not valid TOML: {fault.msg}") from fault
    except RecursionError as fault:
        raise BadInputError(f"{source}: nested too deeply; expected a file written by a person") from fault
    version = raw.get("version", _SUPPORTED_VERSION)
    if version is True or version != _SUPPORTED_VERSION:  # TOML's true is Python's 1
        where = f"{source}: line {line_of_key(text, 'version')}"
        if isinstance(version, int) and version > _SUPPORTED_VERSION:
            raise BadInputError(
                f"{where}: version is {version!r}, this program reads version {_SUPPORTED_VERSION}; a newer"
                " Stackwatch wrote this file"
            )
        raise BadInputError(f"{where}: version is {version!r}; expected {_SUPPORTED_VERSION}")
    try:
        return msgspec.convert(raw, type=shape)
    except msgspec.ValidationError as fault:
        raise BadInputError(f"{source}: {_where(str(fault), text, shape)}") from fault


def _where(message: str, text: str, shape: type, table: str = "") -> str:
    """Put the line of the fault before msgspec's message, which is given TOML's names of kinds.

    ``table`` is what a single ``shape`` was read from, such as ``rule[3]``.
    """
    said, _, place_said = message.partition(" - at ")
    said = _KIND.sub(lambda kind: _KINDS.get(kind[0], kind[0]), said)
    said = _WRITTEN.get(said, said)
    found = _PATH.search(place_said)
    path = found["path"] if found else ""
    if said.startswith(_NO_CHOICE):
        said += f"; expected one of {', '.join(_choices(inspect.type_info(shape), _STEP.findall(path)))}"
    unknown = _UNKNOWN.search(said)
    path = ".".join(filter(None, (table, path)))
    line = line_of_path(text, ".".join(filter(None, (path, unknown["key"] if unknown else ""))))
    told = f"{said} - at `{path}`" if path else said
    return f"line {line}: {told}" if line else told


def _choices(kind: inspect.Type, steps: Sequence[str]) -> Sequence[str]:
    """Return the values of the choice that steps such as ``rule``, ``0``, ``kind`` lead to in a shape."""
    match kind:
        case inspect.Metadata():
            return _choices(kind.type, steps)
        case inspect.UnionType():
            return next((found for each in kind.types if (found := _choices(each, steps))), ())
        case inspect.StructType() if steps:
            types = {field.encode_name: field.type for field in kind.fields}
            return _choices(types[steps[0]], steps[1:]) if steps[0] in types else ()
        case inspect.VarTupleType() | inspect.ListType() if steps:
            return _choices(kind.item_type, steps[1:])
        case inspect.EnumType() if not steps:
            return tuple(str(choice.value) for choice in kind.cls)
        case inspect.LiteralType() if not steps:
            return tuple(str(value) for value in kind.values)
    return ()
