"""Reading untrusted JSON: a value of the right type, or nothing."""

import math
from datetime import UTC, datetime

from stackwatch.domain.quote import FUTURE_TOLERANCE
from stackwatch.domain.web_address import is_web_address

_FIRST_YEAR = 1970
_LARGEST = 2**62


def child(value: object, *path: str) -> object:
    """Follow keys into nested objects; None where one is missing."""
    for key in path:
        if not isinstance(value, dict):
            return None
        value = value.get(key)
    return value


def items(value: object) -> tuple[object, ...] | None:
    """Return the elements of an array; None when it is not one."""
    return tuple(value) if isinstance(value, list) else None


def number(value: object) -> float | None:
    """Return a finite number; None for anything else, text and booleans included."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    try:
        result = float(value)
    except OverflowError:
        return None
    return result if math.isfinite(result) else None


def positive(value: object) -> float | None:
    """Return a finite number above zero."""
    result = number(value)
    return result if result is not None and result > 0 else None


def count(value: object) -> int | None:
    """Return a whole number that is not negative, and that a store can hold."""
    result = number(value)
    return int(result) if result is not None and 0 <= result < _LARGEST else None


def text(value: object) -> str | None:
    """Return text that is not blank."""
    return value if isinstance(value, str) and value.strip() else None


def epoch(value: object) -> datetime | None:
    """Return seconds since 1970 as aware UTC."""
    seconds = positive(value)
    if seconds is None:
        return None
    try:
        return datetime.fromtimestamp(seconds, UTC)
    except (OverflowError, OSError, ValueError):
        return None


def iso_time(value: object) -> datetime | None:
    """Return an ISO 8601 time that names its zone, as UTC."""
    if not isinstance(value, str):
        return None
    try:
        moment = datetime.fromisoformat(value)
        return moment.astimezone(UTC) if moment.tzinfo and moment.year >= _FIRST_YEAR else None
    except (ValueError, OverflowError):
        return None


def is_future(moment: datetime, now: datetime) -> bool:
    """Whether a time lies further ahead than clocks may differ."""
    return moment > now + FUTURE_TOLERANCE


def web_address(value: object) -> str | None:
    """Return an http or https address of bounded length."""
    if not isinstance(value, str) or len(value) > 2000:  # noqa: PLR2004 - longer is no address
        return None
    address = value.strip()
    return address if is_web_address(address) else None
