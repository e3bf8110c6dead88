"""Read a TOML file into a typed value, or say exactly what is wrong with it and where."""

import re
from pathlib import Path
from typing import TypeVar

import msgspec
import tomli

from stackwatch.domain.errors import BadInputError

_T = TypeVar("_T")
_MAX_BYTES = 4_000_000
_SUPPORTED_VERSION = 1
_PATH = re.compile(r"`\$\.?(?P<path>[^`]*)`")


def read_toml(path: Path, shape: type[_T]) -> _T:
    """Read ``path`` as ``shape`` (a msgspec Struct).

    Raises BadInputError naming the file, the line or key, and what was expected.
    """
    try:
        if path.stat().st_size > _MAX_BYTES:
            raise BadInputError(
                f"{path}: larger than {_MAX_BYTES:,} bytes; expected a file written by a person"
            )
        text = path.read_text(encoding="utf-8-sig")
    except OSError as fault:
        raise BadInputError(f"{path}: cannot be read ({fault.strerror})") from fault
    except UnicodeDecodeError as fault:
        raise BadInputError(f"{path}: byte {fault.start} is not UTF-8 text") from fault
    return parse_toml(text, shape, source=str(path))


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
            f"{source}: version is {version!r}, this program reads version {_SUPPORTED_VERSION}; "
            "a newer Stackwatch wrote this file"
        )
    try:
        return msgspec.convert(raw, type=shape)
    except msgspec.ValidationError as fault:
        raise BadInputError(f"{source}: {_where(str(fault), text)}") from fault


def _where(message: str, text: str) -> str:
    """Put the line of the faulty table before msgspec's message."""
    found = _PATH.search(message)
    if found is None:
        return message
    key = found.group("path")
    plain = _PATH.sub(f"`{key}`", message) if key else message.replace(" - at `$`", "")
    table = re.match(r"(?P<table>\w+)\[(?P<index>\d+)\]", key)
    if table is None:
        line = _line_of_key(text, key.split(".", 1)[0].split("[", 1)[0])
    else:
        line = _line_of_table(text, table.group("table"), int(table.group("index")))
    return f"line {line}: {plain}" if line else plain


def _line_of_table(text: str, table: str, index: int) -> int | None:
    header = re.compile(rf"\s*\[\[\s*{re.escape(table)}\s*\]\]")
    headers = [number for number, line in enumerate(text.splitlines(), 1) if header.match(line)]
    return headers[index] if index < len(headers) else None


def _line_of_key(text: str, key: str) -> int | None:
    pattern = re.compile(rf"\s*\[*{re.escape(key)}\b") if key else None
    if pattern is None:
        return None
    return next((n for n, line in enumerate(text.splitlines(), 1) if pattern.match(line)), None)
