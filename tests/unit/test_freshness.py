from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stackwatch.domain.market import TradingSession
from stackwatch.domain.quote import Quote, QuoteState, Session
from stackwatch.engine.prices.freshness import (
    FRESH,
    LATE_PRINTS,
    QUIET,
    FreshnessEvidence,
    judge,
    traded_between,
)

LIVE, DELAYED, CLOSED = QuoteState.LIVE, QuoteState.DELAYED, QuoteState.CLOSED
STALE, HALTED = QuoteState.STALE, QuoteState.HALTED


def at(hour: int, minute: int = 0, day: int = 10) -> datetime:
    return datetime(2026, 3, day, hour, minute, tzinfo=UTC)


TOKYO = TradingSession(date(2026, 3, 10), at(0), at(6, 30), at(2, 30), at(3, 30))
NEW_YORK = TradingSession(date(2026, 3, 10), at(13, 30), at(20))
CALL = timedelta(minutes=5)
NO_CALL = timedelta(0)


def quote(as_of: datetime, delay: int = 0, **changes: object) -> Quote:
    values: dict[str, object] = {
        "symbol": "X", "price": 100.0, "currency": "USD", "previous_close": 99.0, "as_of": as_of,
        "session": Session.REGULAR, "source": "test", "state": DELAYED if delay else LIVE,
        "delay_minutes": delay,
    }  # fmt: skip
    return Quote(**(values | changes))  # type: ignore[arg-type]


def evidence(now: datetime, session: TradingSession = NEW_YORK, **changes: object) -> FreshnessEvidence:
    values: dict[str, object] = {
        "now": now, "session": session, "closing_call": NO_CALL, "extended": False,
        "heard": now, "feed_trades": True,
    }  # fmt: skip
    return FreshnessEvidence(**(values | changes))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("now", "as_of", "heard", "expected"),
    [
        (at(15), at(14, 59), at(15), LIVE),
        (at(15), at(14, 50), at(15), LIVE),  # traded rarely, and the answer is fresh
        (at(15), at(14, 50), at(14, 50), STALE),  # nobody answered for ten minutes
        (at(15), at(14, 50), None, STALE),  # from the store of an earlier run
        (at(15), at(14, 30), at(15), HALTED),  # no trade for half an hour
        (at(13, 31), at(20, 0, 9), at(13, 31), CLOSED),  # not opened yet
        (at(13, 51), at(20, 0, 9), at(13, 51), HALTED),  # never opened
        (at(13, 51), at(20, 0, 9), None, STALE),
        (at(2, 0, 11), at(20), at(20, 1), CLOSED),  # 22:00 in New York
        (at(2, 0, 11), at(19, 40), at(20, 1), CLOSED),  # its last trade, as the provider said after the close
        (at(2, 0, 11), at(19, 40), at(19, 41), STALE),  # the close was missed
        (at(2, 0, 11), at(19, 40), None, STALE),
    ],
)
def test_that_new_york_is_judged_by_its_session(
    now: datetime, as_of: datetime, heard: datetime | None, expected: QuoteState
) -> None:
    state, no_trades = judge(quote(as_of), evidence(now, heard=heard))
    assert state is expected
    assert no_trades is (expected is HALTED)


@pytest.mark.parametrize(
    ("now", "as_of", "heard", "expected"),
    [
        (at(2, 45), at(2, 30), at(2, 45), CLOSED),  # lunch
        (at(3, 29), at(2, 29), at(2, 31), CLOSED),
        (at(3, 29), at(2, 0), at(2, 1), STALE),  # the break does not make a lost price a true one
        (at(3, 31), at(2, 30), at(3, 31), LIVE),  # the hour of lunch does not count
        (at(3, 45), at(2, 20), at(3, 45), HALTED),  # ten minutes before it and fifteen after do
        (at(6, 29), at(6, 25), at(6, 29), LIVE),  # the closing auction collects orders, nobody trades
        (at(6, 31), at(6, 24), None, CLOSED),
    ],
)
def test_that_tokyo_is_not_stale_at_lunch_or_before_its_closing_auction(
    now: datetime, as_of: datetime, heard: datetime | None, expected: QuoteState
) -> None:
    assert judge(quote(as_of), evidence(now, TOKYO, closing_call=CALL, heard=heard))[0] is expected


@pytest.mark.parametrize(
    ("now", "as_of", "expected"),
    [
        (at(15), at(14, 44), DELAYED),
        (at(15), at(14, 24), HALTED),
        (at(20, 10), at(19, 54), DELAYED),  # the market is shut, its feed not yet
        (at(20, 16), at(20), CLOSED),
        (at(13, 40), at(20, 0, 9), CLOSED),  # the feed shows the time before the open
    ],
)
def test_that_a_declared_delay_moves_the_clock_the_feed_shows(
    now: datetime, as_of: datetime, expected: QuoteState
) -> None:
    session = replace(NEW_YORK, day=date(2026, 3, 9), open=at(13, 30, 9), close=at(20, 0, 9))
    begun = NEW_YORK if now - timedelta(minutes=15) >= NEW_YORK.open else session
    assert judge(quote(as_of, delay=15), evidence(now, begun))[0] is expected


def test_that_old_trades_of_a_whole_exchange_are_the_providers_fault() -> None:
    old = quote(at(14, 50))
    assert judge(old, evidence(at(15), feed_trades=False))[0] is STALE
    assert judge(quote(at(14, 20)), evidence(at(15), feed_trades=False)) == (STALE, False)


def test_that_a_volume_that_grows_without_a_trade_is_not_believed() -> None:
    assert judge(quote(at(14, 20)), evidence(at(15)), volume_moved=True) == (STALE, False)


@pytest.mark.parametrize(
    ("age", "delay", "expected"),
    [(1, 0, LIVE), (3, 0, STALE), (16, 15, DELAYED), (18, 15, STALE)],
    ids=["fresh trade", "it stopped coming", "fresh for a late feed", "the late feed stopped"],
)
def test_that_a_session_the_calendar_does_not_know_is_judged_by_age(
    age: int, delay: int, expected: QuoteState
) -> None:
    saturday = at(15, 0, 14)
    traded = quote(saturday - timedelta(minutes=age), delay)
    assert judge(traded, evidence(saturday))[0] is expected
    assert judge(replace(traded, session=Session.CLOSED), evidence(saturday))[0] is CLOSED


def test_that_the_last_trades_may_be_reported_after_the_close() -> None:
    assert judge(quote(at(20, 9)), evidence(at(20, 10)))[0] is CLOSED


@pytest.mark.parametrize("state", [HALTED, QuoteState.WITHHELD, QuoteState.UNKNOWN])
def test_that_what_the_provider_says_of_a_halt_stands(state: QuoteState) -> None:
    said = quote(at(15), state=state)
    for now in (at(15), at(2, 0, 11)):
        assert judge(said, evidence(now)) == (state, False)


def test_that_prices_outside_regular_hours_count_only_while_they_are_traded() -> None:
    late = quote(at(20), session=Session.POST, extended_price=101.0, extended_as_of=at(21))
    assert judge(late, evidence(at(21, 1), extended=True))[0] is LIVE
    assert judge(late, evidence(at(21, 5), extended=True))[0] is CLOSED
    assert judge(late, evidence(at(21, 1)))[0] is CLOSED
    slow = replace(late, delay_minutes=15)
    assert judge(slow, evidence(at(21, 16), extended=True))[0] is DELAYED
    assert judge(slow, evidence(at(21, 18), extended=True))[0] is CLOSED


moments = st.datetimes(datetime(2026, 3, 9), datetime(2026, 3, 11), timezones=st.just(UTC))  # noqa: DTZ001


@given(
    now=moments,
    age=st.timedeltas(timedelta(minutes=-2), timedelta(days=3)),
    silence=st.none() | st.timedeltas(timedelta(0), timedelta(days=1)),
    delay=st.sampled_from([0, 15, 20]),
    session=st.sampled_from([TOKYO, NEW_YORK]),
    call=st.sampled_from([NO_CALL, CALL]),
    doubts=st.tuples(st.booleans(), st.booleans()),
)
def test_that_a_price_older_than_allowed_is_never_called_live(
    now: datetime,
    age: timedelta,
    silence: timedelta | None,
    delay: int,
    session: TradingSession,
    call: timedelta,
    doubts: tuple[bool, bool],
) -> None:
    feed, moved = doubts
    shown = now - timedelta(minutes=delay)
    if session.open > shown:
        return
    said = quote(now - age, delay)
    heard = None if silence is None else now - silence
    known = evidence(now, session, closing_call=call, heard=heard, feed_trades=feed)
    state, no_trades = judge(said, known, volume_moved=moved)
    idle = traded_between(session, call, said.as_of, shown)
    confirmed = silence is not None and silence <= FRESH and feed and not moved
    trading = any(start <= shown < end for start, end in session.stretches)
    ended = max((end for _, end in session.stretches if end <= shown), default=None)
    if not trading and ended is not None and said.as_of > ended + LATE_PRINTS:
        fresh = now - said.as_of <= FRESH + timedelta(minutes=delay)
        assert state is ((DELAYED if delay else LIVE) if fresh else STALE)
    elif state in (LIVE, DELAYED):
        assert trading
        assert said.as_of >= session.open
        assert idle <= (QUIET if confirmed else FRESH)
        assert state is (DELAYED if delay else LIVE)
    if no_trades:
        assert state is HALTED
        assert idle > QUIET
    if state is CLOSED and trading:
        assert said.as_of < session.open
    if trading and idle > QUIET:
        assert state in (STALE, HALTED)
