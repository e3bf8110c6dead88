"""``stackwatch link``: headlines in, entities out."""

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TextIO

from stackwatch.app import Options, build_reader, load_world
from stackwatch.commands.korean_lines import padded
from stackwatch.commands.output import emit, say
from stackwatch.domain.errors import BadInputError
from stackwatch.domain.news import Reading
from stackwatch.domain.watchlist import Language
from stackwatch.domain.wording import theme_word

_MAX_LINE = 100_000
_NAMES_COLUMNS, _THEME_COLUMNS = 28, 11


def link(options: Options, file: str) -> int:
    """Link each headline of ``file`` (``-`` for standard input), in order."""
    reader = build_reader(load_world(options.folders, options.watchlist).ecosystem)
    language = options.language or Language.ENGLISH
    for title in _titles(file):
        reading = reader.read(title)
        if options.json:
            emit(_fields(title, reading))
        else:
            names = ", ".join(reading.entities) or "-"
            theme = padded(theme_word(reading.theme, language), _THEME_COLUMNS)
            say(f"{padded(names, _NAMES_COLUMNS)} {reading.tone:+d} {theme} {title}")
    return 0


def _fields(title: str, reading: Reading) -> dict[str, object]:
    return {
        "title": title,
        "entities": [
            {"id": m.entity_id, "text": m.text, "start": m.start, "end": m.end} for m in reading.mentions
        ],
        "primary": reading.primary,
        "tone": reading.tone,
        "theme": reading.theme.value,
        "event": reading.event,
    }


def _titles(file: str) -> Iterator[str]:
    if file == "-":
        sys.stdin.reconfigure(encoding="utf-8", errors="replace")  # type: ignore[union-attr]
        yield from _read(sys.stdin, "standard input")
        return
    try:
        with Path(file).open(encoding="utf-8-sig", errors="replace") as stream:
            yield from _read(stream, file)
    except OSError as fault:
        raise BadInputError(f"{file}: cannot be read ({fault.strerror})") from fault


def _read(stream: TextIO, source: str) -> Iterator[str]:
    """Yield one title a line; a line that is a JSON object gives its ``title``."""
    for number, line in enumerate(stream, 1):
        text = line.rstrip("\r\n")
        if len(text) > _MAX_LINE:
            raise BadInputError(f"{source}: line {number} is longer than {_MAX_LINE:,} characters")
        if not text.strip():
            continue
        yield _json_title(text, source, number) if text.lstrip().startswith("{") else text


def _json_title(text: str, source: str, number: int) -> str:
    try:
        value = json.loads(text)
    except (ValueError, RecursionError) as fault:
        raise BadInputError(f"{source}: line {number} begins like JSON and is not ({fault})") from fault
    title = value.get("title")
    if not isinstance(title, str):
        raise BadInputError(f"{source}: line {number}: expected a text field title")
    return title
