"""Read a TOML file into a typed value, or say exactly what is wrong with it and where."""

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Generic, TypeVar

import msgspec
import tomli

from stackwatch.domain.errors import BadInputError

_T = TypeVar("_T")
_MAX_BYTES = 4_000_000
_SUPPORTED_VERSION = 1
_PATH = re.compile(r"`\$\.?(?P<path>[^`]*)`")
_KINDS = {"object": "table", "str": "string", "int": "integer", "bool": "boolean", "null": "nothing"}
_KIND = re.compile(r"(?<=[`| ])[a-z]+(?=[`| ])")
_UNKNOWN = re.compile(r"unknown field `(?P<key>[^`]*)`$")


def read_toml(path: Path, shape: type[_T]) -> _T:
    """Read ``path`` as ``shape`` (a msgspec Struct).

    Raises BadInputError naming the file, the line or key, and what was expected.
    """
    return parse_toml(_text_of(path), shape, source=str(path))


@dataclass(frozen=True, slots=True)
class Row(Generic[_T]):
    """One table of a file: the line it begins on, and its value or what is wrong with it."""

    line: int
    value: _T | None
    fault: str = ""


def read_rows(path: Path, table: str, shape: type[_T], most: int) -> tuple[Row[_T], ...]:
    """Read a file of one kind of ``[[table]]``, each for itself: a faulty one does not hide the others.

    Raises BadInputError where the file as a whole cannot be read, or holds more than ``most`` tables.
    """
    text = _text_of(path)
    lines = _lines_of_tables(text, table)
    if len(lines) > most:
        raise BadInputError(f"{path}: {len(lines):,} {table}s; at most {most:,} are read")
    raw = parse_toml(text, dict[str, object], source=str(path))
    unknown = sorted(raw.keys() - {"version", table})
    given = raw.get(table, [])
    if unknown or not isinstance(given, list):
        key = unknown[0] if unknown else table
        raise BadInputError(f"{path}: line {_line_of_key(text, key)}: `{key}` is no [[{table}]]")
    rows: list[Row[_T]] = []
    for index, value in enumerate(given):
        line = lines[index] if index < len(lines) else 0
        try:
            rows.append(Row(line, msgspec.convert(value, type=shape)))
        except msgspec.ValidationError as fault:
            found = str(fault)
            said = (
                found.replace("`$", f"`$.{table}[{index}]")
                if "`$" in found
                else f"{found} - at `$.{table}[{index}]`"
            )
            rows.append(Row(line, None, _where(said, text)))
    return tuple(rows)


def place(path: Path, table: str, index: int) -> str:
    """Name a file and the line on which its ``[[table]]`` of ``index`` begins, for a message.

    For a key or a single ``[table]`` give 0. The file is read again: this is for what went wrong.
    """
    text = _text_of(path)
    line = _line_of_table(text, table, index) or (_line_of_key(text, table) if index == 0 else None)
    return f"{path}: line {line}" if line else str(path)


def _text_of(path: Path) -> str:
    try:
        with path.open("rb") as file:  # not asked for its size, which a device does not know
            read = file.read(_MAX_BYTES + 1)
        if len(read) > _MAX_BYTES:
            raise BadInputError(
                f"{path}: larger than {_MAX_BYTES:,} bytes; expected a file written by a person"
            )
        return read.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    except OSError as fault:
        raise BadInputError(f"{path}: cannot be read ({fault.strerror})") from fault
    except UnicodeDecodeError as fault:
        raise BadInputError(f"{path}: byte {fault.start} is not UTF-8 text") from fault


def parse_toml(text: str, shape: type[_T], *, source: str) -> _T:
    """Parse TOML ``text``; ``source`` names it in messages. Raises BadInputError."""
    try:
        raw = tomli.loads(text)
    except tomli.TOMLDecodeError as fault:
        raise BadInputError(f"{source}: not valid TOML: {fault}") from fault
    except RecursionError as fault:
        raise BadInputError(f"{source}: nested too deeply; expected a file written by a person") from fault
    version = raw.get("version", _SUPPORTED_VERSION)
    if version != _SUPPORTED_VERSION:
        raise BadInputError(
            f"{source}: line {_line_of_key(text, 'version')}: version is {version!r}, this program reads"
            f" version {_SUPPORTED_VERSION}; a newer Stackwatch wrote this file"
        )
    try:
        return msgspec.convert(raw, type=shape)
    except msgspec.ValidationError as fault:
        raise BadInputError(f"{source}: {_where(str(fault), text)}") from fault


def _where(message: str, text: str) -> str:
    """Put the line of the faulty table before msgspec's message, which is given TOML's names of kinds."""
    said, at, place_said = message.partition(" - at ")
    message = _KIND.sub(lambda kind: _KINDS.get(kind[0], kind[0]), said) + at + place_said
    found = _PATH.search(message)
    if found is None:
        unknown = _UNKNOWN.search(message)
        line = None if unknown is None else _line_of_key(text, unknown["key"])
        return f"line {line}: {message}" if line else message
    key = found.group("path")
    plain = _PATH.sub(f"`{key}`", message) if key else message.replace(" - at `$`", "")
    table = re.match(r"(?P<table>\w+)\[(?P<index>\d+)\]", key)
    if table is None:
        line = _line_of_key(text, key.split(".", 1)[0].split("[", 1)[0])
    else:
        line = _line_of_table(text, table.group("table"), int(table.group("index")))
    return f"line {line}: {plain}" if line else plain


def _line_of_table(text: str, table: str, index: int) -> int | None:
    lines = _lines_of_tables(text, table)
    return lines[index] if index < len(lines) else None


def _lines_of_tables(text: str, table: str) -> list[int]:
    header = re.compile(rf"\s*\[\[\s*{re.escape(table)}\s*\]\]")
    return [number for number, line in enumerate(text.splitlines(), 1) if header.match(line)]


def _line_of_key(text: str, key: str) -> int | None:
    pattern = re.compile(rf"\s*\[*{re.escape(key)}\b") if key else None
    if pattern is None:
        return None
    return next((n for n, line in enumerate(text.splitlines(), 1) if pattern.match(line)), None)
