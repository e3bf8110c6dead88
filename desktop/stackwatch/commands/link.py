"""``stackwatch link``: headlines in, entities out."""

import json
import sys
from collections.abc import Iterator
from io import TextIOWrapper
from itertools import count
from pathlib import Path
from typing import TextIO

from stackwatch.app import Options, load_world
from stackwatch.commands.korean_lines import in_language, padded
from stackwatch.commands.output import emit, say, warn
from stackwatch.domain.errors import BadInputError
from stackwatch.domain.news import Reading
from stackwatch.domain.watchlist import Language
from stackwatch.domain.words.wording import theme_word
from stackwatch.readers import build_reader
from stackwatch.storage.table_file import BadRow
from stackwatch.storage.text_lines import ENCODING, ERRORS, legible, refuse_no_text

_MAX_LINE = 100_000
_NAMES_COLUMNS, _THEME_COLUMNS = 28, 11


def link(options: Options, file: str) -> int:
    """Link each headline of ``file`` (``-`` for standard input), in order.

    A line that cannot be used is told with its number, the rest is linked; the exit code says so.
    """
    reader = build_reader(load_world(options.folders, options.watchlist).ecosystem)
    language = options.language or Language.ENGLISH
    code = 0
    for title in _titles(file):
        if isinstance(title, BadRow):
            reason = in_language(title.reason, options.language)
            warn(f"{file}: line {title.line}: {reason}; left out", options.language)
            code = BadInputError.exit_code
            continue
        reading = reader.read(title)
        if options.json:
            emit(_fields(title, reading))
        else:
            names = ", ".join((*reading.entities, *(f"{t}?" for t in reading.unknown_tickers))) or "-"
            theme = padded(theme_word(reading.theme, language), _THEME_COLUMNS)
            say(f"{padded(names, _NAMES_COLUMNS)} {reading.tone:+d} {theme} {title}")
    return code


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
        "unknown_tickers": list(reading.unknown_tickers),
    }


def _titles(file: str) -> Iterator[str | BadRow]:
    if file == "-":
        if sys.stdin is None:  # it was closed before the program began
            raise BadInputError("-: cannot be read (standard input is closed)")
        refuse_no_text(file, sys.stdin.buffer.peek(4))  # type: ignore[union-attr]
        sys.stdin.reconfigure(encoding=ENCODING, errors=ERRORS, newline=None)  # type: ignore[union-attr]
        yield from _read(sys.stdin)
        return
    try:
        with Path(file).open("rb") as raw, TextIOWrapper(raw, ENCODING, errors=ERRORS) as stream:
            refuse_no_text(file, raw.peek(4))
            yield from _read(stream)
    except OSError as fault:
        raise BadInputError(f"{file}: cannot be read ({fault.strerror})") from fault


def _read(stream: TextIO) -> Iterator[str | BadRow]:
    """Yield one title a line; a line that is a JSON object gives its ``title``."""
    for number, text in _lines(stream):
        if text is None:
            yield BadRow(number, f"longer than {_MAX_LINE:,} characters")
        elif text.strip():
            line = legible(text) or text.encode("utf-8", ERRORS).decode("utf-8", "replace")
            yield _json_title(line, number) if line.lstrip().startswith("{") else line


def _lines(stream: TextIO) -> Iterator[tuple[int, str | None]]:
    """Yield number and text of each line; one that is too long is None, and never in memory as a whole."""
    for number in count(1):
        line = stream.readline(_MAX_LINE + 1)
        if not line:
            return
        if len(line) <= _MAX_LINE or line.endswith("\n"):
            yield number, line.rstrip("\r\n")
            continue
        while line and not line.endswith("\n"):
            line = stream.readline(_MAX_LINE)
        yield number, None


def _json_title(text: str, number: int) -> str | BadRow:
    try:
        value = json.loads(text)
    except (ValueError, RecursionError) as fault:
        return BadRow(number, f"begins like JSON and is not ({fault})")
    title = value.get("title")
    return title if isinstance(title, str) else BadRow(number, "expected a text field title")
