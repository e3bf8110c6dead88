"""What commands print: JSON whose fields other programs rely on, or one plain line each."""

import contextlib
import errno
import io
import json
import os
import re
import sys
from collections.abc import Mapping
from typing import TextIO

from stackwatch.commands.korean_lines import in_language, padded
from stackwatch.domain.alert import Alert
from stackwatch.domain.errors import BadInputError
from stackwatch.domain.health import Health
from stackwatch.domain.move import StoryMatch
from stackwatch.domain.news import Story
from stackwatch.domain.quote import Quote, QuoteState
from stackwatch.domain.watchlist import Language
from stackwatch.domain.words import format as fmt

Json = Mapping[str, object]

_STATE_COLUMNS = 8
# Letters that some readers of lines take for the end of one; JSON may write any letter by its number.
_LINE_ENDS = {ord(letter): f"\\u{ord(letter):04x}" for letter in "\x85\u2028\u2029"}
_STEERING = re.compile("[\\x00-\\x08\\x0a-\\x1f\\x7f-\\x9f\\u202a-\\u202e\\u2066-\\u2069]")


def emit(value: Json) -> None:
    """Write one JSON object on a line of its own."""
    _write(json.dumps(value, ensure_ascii=False, allow_nan=False).translate(_LINE_ENDS))


def say(text: str, language: Language | None = None) -> None:
    """Write one line of text, in Korean where it is known and wanted."""
    _write(plain(in_language(text, language)))


def warn(text: str, language: Language | None) -> None:
    """Write one line of text to standard error."""
    _note(f"stackwatch: {in_language(text, language)}")


def tell_progress(text: str, language: Language | None) -> None:
    """Write to standard error how far something is."""
    _note(in_language(text, language))


def _note(line: str) -> None:
    """Write a line to standard error; where nobody reads it, what is done goes on all the same."""
    if sys.stderr is None:  # it was closed before the program began
        return
    try:
        sys.stderr.write(plain(line) + "\n")
        sys.stderr.flush()
    except OSError:
        _let_go(sys.stderr)


def plain(line: str) -> str:
    """Return a line without what would steer a terminal: titles and file names are others' words."""
    return _STEERING.sub("\ufffd", line)


def _write(line: str) -> None:
    """Write a line at once.

    Raises BrokenPipeError when nobody reads on, for which Windows has other words, and BadInputError where
    it cannot be written for another reason, such as a disk that is full.
    """
    if sys.stdout is None:
        raise BadInputError("-: cannot be written (standard output is closed)")
    try:
        sys.stdout.write(line + "\n")
        sys.stdout.flush()
    except OSError as fault:
        _let_go(sys.stdout)
        if isinstance(fault, BrokenPipeError):
            raise
        if sys.platform == "win32" and fault.errno == errno.EINVAL:
            raise BrokenPipeError from fault
        raise BadInputError(f"-: cannot be written ({fault.strerror})") from fault


def _let_go(stream: TextIO) -> None:
    """Send what is still in a stream nowhere: Python writes it again when it ends, and fails again."""
    with contextlib.suppress(io.UnsupportedOperation):  # not of a file: nothing is written again
        file = stream.fileno()
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, file)
        os.close(nowhere)


def counted(number: int, noun: str) -> str:
    """Say how many there are of something, such as ``1 alert`` or ``2,000 rows``."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def quote_json(quote: Quote) -> Json:
    """Return the fields of a quote."""
    change = _told_change(quote)
    return {
        "symbol": quote.symbol,
        "price": quote.price,
        "currency": quote.currency,
        "change_pct": None if change is None else round(change, 4),
        "previous_close": quote.previous_close,
        "session": quote.session.value,
        "as_of": fmt.iso_utc(quote.as_of),
        "source": quote.source,
        "state": quote.state.value,
        "delay_minutes": quote.delay_minutes,
        "level_documented": not quote.index_level,
    }


def quote_line(quote: Quote, language: Language | None) -> str:
    """Return a quote as one line."""
    state = padded(in_language(quote.state.value, language), _STATE_COLUMNS)
    price = fmt.price(quote.price, quote.currency, quote.price_hint)
    return (
        f"{quote.symbol:<10} {price:>12} {quote.currency:<4} {fmt.percent(_told_change(quote)):>10}  "
        f"{state} {fmt.iso_utc(quote.as_of)}  {quote.source}"
    )


def _told_change(quote: Quote) -> float | None:
    """Return the change in percent, None of a jump like a split that nobody announced."""
    return None if quote.state is QuoteState.WITHHELD else quote.change_pct


def story_json(story: Story) -> Json:
    """Return the fields of a story."""
    return {
        "title": story.lead.title,
        "publisher": story.lead.publisher,
        "published": fmt.iso_utc(story.lead.published),
        "url": story.lead.url,
        "copies": story.copies,
        "entities": list(story.entities),
        "primary": story.reading.primary,
        "tone": story.reading.tone,
        "theme": story.reading.theme.value,
        "event": story.reading.event,
    }


def match_json(match: StoryMatch) -> Json:
    """Return the fields of a story offered for a move."""
    return {
        "title": match.story.lead.title,
        "publisher": match.story.lead.publisher,
        "published": fmt.iso_utc(match.story.lead.published),
        "score": match.score,
        "coincidence": match.coincidence,
        "path": list(match.path),
        "relations": list(match.relations),
        "lead_minutes": round(match.lead_minutes, 1),
        "lead": match.lead.value,
        "tone": match.tone,
        "opposes": match.opposes,
        "reason": None if match.own_reason is None else match.own_reason.value,
        "reason_of": match.reason_of,
        "novelty": match.story.novelty,
        "life": [
            {
                "kind": turn.kind.value,
                "time": fmt.iso_utc(turn.at),
                "publisher": turn.publisher,
                "by": turn.speaker,
            }
            for turn in match.story.turns
        ],
    }


def alert_json(alert: Alert) -> Json:
    """Return the fields of an alert."""
    return {
        "id": alert.id,
        "rule": alert.rule_id,
        "symbol": alert.subject,
        "severity": alert.severity.word,
        "value": round(alert.value, fmt.small_decimals(alert.value)),
        "message": alert.message,
        "group": alert.group,
        "stories": [match_json(match) for match in (alert.match, alert.opposing) if match is not None],
        "members": [
            {"symbol": m.symbol, "move_pct": m.move_pct, "abnormal_pct": m.abnormal_pct, "sar": m.sar}
            for m in alert.members
        ],
        "session": alert.hours.value,
        "verdict": alert.verdict.value,
        "suppressed_by": alert.suppressed_by,
        "replay": alert.replay,
    }


def health_json(health: Health) -> Json:
    """Return the fields of a source's condition."""
    return {
        "source": health.source,
        "state": health.state.value,
        "since": fmt.iso_utc(health.since),
        "detail": health.detail,
        "next_try": fmt.iso_utc(health.next_try),
    }
