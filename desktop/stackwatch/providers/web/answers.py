"""What a server's answer says beside its data: that it refuses, why, and for how long to stay away."""

from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from typing import Protocol

from stackwatch.domain.errors import ProviderError

LONGEST_WAIT = 24 * 3600.0  # seconds; a server that asks for more is wrong or hostile
_ASKING = frozenset({HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.SERVICE_UNAVAILABLE})
_DIGITS = 9
UNTRUSTED = "a certificate that is not trusted, of a proxy in between?"
OUT_OF_DATE = "a certificate that is not valid today: is the clock of this computer right?"


class Response(Protocol):
    """An answer as curl gives it; its own type cannot be named without importing it."""

    status_code: int
    content: bytes

    @property
    def headers(self) -> Mapping[str, str | None]:
        """The header lines by name, in any case."""


def refusal(source: str, status: int, headers: Mapping[str, str | None], said: str = "") -> ProviderError:
    """Word a server's refusal with its own reason, if it ``said`` one; header names are lower case."""
    words = f"{source}: {answered(status)}{f' ({said})' if said else ''}"
    wait = wait_of(status, headers)
    limited = status == HTTPStatus.TOO_MANY_REQUESTS or wait is not None
    return ProviderError(words, rate_limited=limited, retry_after=wait)


def wait_of(status: int, headers: Mapping[str, str | None]) -> float | None:
    """Return for how many seconds a server asks to be left alone, None where it does not."""
    told = (headers.get("retry-after") or "").strip()
    if status not in _ASKING or not told:
        return None
    if told.isascii() and told.isdigit():
        return LONGEST_WAIT if len(told) > _DIGITS else min(float(told), LONGEST_WAIT)
    until, now = _date(told), _date(headers.get("date") or "") or datetime.now(UTC)
    return None if until is None else min(max((until - now).total_seconds(), 0.0), LONGEST_WAIT)


def _date(told: str) -> datetime | None:
    try:
        moment = parsedate_to_datetime(told)
    except (ValueError, TypeError, IndexError, OverflowError):  # of what is no date, any of them
        return None
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment


def answered(status: int) -> str:
    """Return the words for a status, with its name where it has one."""
    try:
        return f"answered {status} {HTTPStatus(status).phrase}"
    except ValueError:
        return f"answered {status}"
