"""Where in a TOML text a table or key stands, as a line counted from 1; the reader of values does not say."""

import re
from collections.abc import Sequence

_STEP = re.compile(r"(?P<name>[\w-]+)(?:\[(?P<index>\d+)\])?")
_HEADER = re.compile(r"\s*\[\[?[\w .-]+\]\]?\s*(?:#|$)")  # and no line of an array


def lines_of_tables(text: str, table: str) -> list[int]:
    """Return the lines on which the ``[[table]]`` of a name begin."""
    lines = text.splitlines()
    return [place + 1 for place in _headers(lines, range(len(lines)), table)]


def line_of_key(text: str, key: str) -> int | None:
    """Return the first line that begins with a key, or with a table of that name."""
    pattern = re.compile(rf"\s*\[*{re.escape(key)}\b") if key else None
    if pattern is None:
        return None
    return next((n for n, line in enumerate(text.splitlines(), 1) if pattern.match(line)), None)


def line_of_path(text: str, path: str) -> int | None:
    """Return the line of what a path such as ``rule[0].condition[1].kind`` leads to, else of its table."""
    lines = text.splitlines()
    inside, table, line = range(len(lines)), "", None
    for step in path.split("."):
        found = _STEP.match(step)
        if found is None:
            break
        name = f"{table}.{found['name']}" if table else found["name"]
        headers = _headers(lines, inside, name)
        index = int(found["index"] or 0)
        if index < len(headers):
            begin, table = headers[index], name
            end = headers[index + 1] if index + 1 < len(headers) else inside.stop
            inside, line = range(begin + 1, end), begin + 1
            continue
        own = _key(lines, inside, found["name"])
        return line if own is None else own + 1
    return line


def _headers(lines: Sequence[str], inside: range, table: str) -> list[int]:
    header = re.compile(rf"\s*\[\[?\s*{re.escape(table)}\s*\]")
    return [place for place in inside if header.match(lines[place])]


def _key(lines: Sequence[str], inside: range, name: str) -> int | None:
    """Return where a key of a table itself stands, before its tables begin."""
    key = re.compile(rf"\s*[\"']?{re.escape(name)}[\"']?\s*[.=]")
    for place in inside:
        if _HEADER.match(lines[place]):
            return None
        if key.match(lines[place]):
            return place
    return None
