"""One message of the price stream into a tick, or nothing: every field of it is untrusted."""

import base64
import binascii
import json
import math
from collections.abc import Callable, Collection
from datetime import UTC, datetime, timedelta
from typing import Protocol

from stackwatch.domain.quote import FUTURE_TOLERANCE, Session
from stackwatch.domain.words.format import small_decimals
from stackwatch.engine.ports import Tick

MAX_MESSAGE = 64_000
_OLDEST = timedelta(days=7)
_SESSIONS = {0: Session.PRE, 1: Session.REGULAR, 2: Session.POST}
_MOST_DECIMALS = 6
_PERCENT_SLACK, _PERCENT_SHARE = 0.1, 0.02


class Pricing(Protocol):
    """The part of Yahoo's protobuf message that is read. Absent fields are zero or empty."""

    id: str
    price: float
    time: int
    market_hours: int
    price_hint: int
    day_volume: int
    change: float
    change_percent: float
    previous_close: float


def parse_tick(
    message: str | bytes, decode: Callable[[bytes], Pricing], wanted: Collection[str], now: datetime
) -> Tick | None:
    """Return the tick of a message, None when any of it is not what it should be.

    ``decode`` parses the protobuf bytes and raises ValueError when it cannot.
    """
    if len(message) > MAX_MESSAGE:
        return None
    try:
        envelope = json.loads(message)
        if not isinstance(envelope, dict) or envelope.get("type") != "pricing":
            return None
        pricing = decode(base64.b64decode(envelope["message"], validate=True))
    except (ValueError, TypeError, KeyError, RecursionError, binascii.Error):
        return None
    session = _SESSIONS.get(pricing.market_hours)
    moment = _moment(pricing.time, now)
    if pricing.id not in wanted or session is None or moment is None:
        return None
    if not math.isfinite(pricing.price) or pricing.price <= 0:
        return None
    if _contradicted(pricing, session):
        return None
    # The wire carries 32-bit floats: what lies beyond the price's own decimals is noise.
    told = 0 < pricing.price_hint <= _MOST_DECIMALS
    price = round(pricing.price, pricing.price_hint if told else small_decimals(pricing.price))
    if price <= 0:
        return None
    return Tick(pricing.id, price, moment, session, pricing.day_volume if pricing.day_volume > 0 else None)


def _contradicted(pricing: Pricing, session: Session) -> bool:
    """Whether price, change and percentage do not belong together; absent ones are zero and say nothing."""
    official = pricing.previous_close if session is Session.REGULAR else 0.0
    before = official or pricing.price - pricing.change
    if not before or not (official or (pricing.change and pricing.change_percent)):
        return False
    found = (pricing.price - before) / before * 100.0
    # NaN compares false: a change that is no number contradicts
    return not abs(found - pricing.change_percent) <= _PERCENT_SLACK + _PERCENT_SHARE * abs(found)


def _moment(milliseconds: int, now: datetime) -> datetime | None:
    """Return the time of a tick when it is neither from the future nor absurdly old."""
    try:
        moment = datetime.fromtimestamp(milliseconds / 1000.0, UTC)
    except (ValueError, OverflowError, OSError):
        return None
    return moment if now - _OLDEST <= moment <= now + FUTURE_TOLERANCE else None
