from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from tests.support.fakes import FakeClock
from tests.wire.server import Fault, YahooServer
from tests.wire.world import Json, World

from stackwatch.domain.earnings import Earnings
from stackwatch.domain.errors import ProviderError
from stackwatch.domain.quote import Quote, QuoteState, Session
from stackwatch.engine.ports import QuoteBatch
from stackwatch.providers.yahoo.quotes import YahooQuotes
from stackwatch.providers.yahoo.session import GuardedSession

NOW = datetime(2026, 1, 14, 15, 0, tzinfo=UTC)


@pytest.fixture
def quotes(yahoo_server: YahooServer, yahoo_env: dict[str, str], tmp_path: Path) -> Iterator[YahooQuotes]:
    del yahoo_env
    yahoo_server.world = World(clock=lambda: NOW)
    session = GuardedSession(tmp_path / "cache")
    yield YahooQuotes(session, FakeClock(NOW), {"NVDA": "USD", "MSFT": "USD"})
    session.close()


def only(batch: QuoteBatch) -> Quote:
    assert batch.rejected == ()
    (quote,) = batch.quotes
    return quote


def test_that_84_symbols_take_exactly_two_requests(yahoo_server: YahooServer, quotes: YahooQuotes) -> None:
    symbols = [f"S{number}" for number in range(84)]
    batch = quotes.quotes(symbols)
    assert [q.symbol for q in batch.quotes] == symbols
    assert yahoo_server.counts == {"cookie": 1, "crumb": 1, "quote": 2}
    quotes.quotes(symbols)
    assert yahoo_server.counts == {"cookie": 1, "crumb": 1, "quote": 4}


def test_that_a_sound_quote_keeps_every_field(yahoo_server: YahooServer, quotes: YahooQuotes) -> None:
    yahoo_server.world.move("NVDA", -5.0)
    price = yahoo_server.world.listing("NVDA").price
    yahoo_server.world.edit("NVDA", regularMarketVolume=123, fiftyTwoWeekHigh=400.5, marketCap=4e12)
    yahoo_server.world.edit("NVDA", fiftyTwoWeekLow=price * 0.5, regularMarketOpen=price * 1.02)
    yahoo_server.world.edit("NVDA", regularMarketDayLow=price * 0.99, regularMarketDayHigh=price * 1.03)
    yahoo_server.world.edit("NVDA", longName="NVIDIA Corporation")
    quote = only(quotes.quotes(["NVDA"]))
    assert (quote.open, quote.year_low) == (price * 1.02, price * 0.5)
    assert (quote.day_low, quote.day_high) == (price * 0.99, price * 1.03)
    assert (quote.name, quote.market_value) == ("NVIDIA Corporation", 4e12)
    assert quote.change_pct == pytest.approx(-5.0, abs=0.001)
    assert (quote.currency, quote.session, quote.state) == ("USD", Session.REGULAR, QuoteState.LIVE)
    assert (quote.volume, quote.year_high, quote.price_hint) == (123, 400.5, 2)
    assert quote.as_of == NOW - timedelta(seconds=1)
    assert quote.as_of.tzinfo is UTC


@pytest.mark.parametrize("price", [0, -3.5, float("nan"), float("inf"), "171.2", None, True, [1], 10**400])
@pytest.mark.parametrize("name", ["regularMarketPrice", "regularMarketPreviousClose"])
def test_that_a_hostile_price_never_becomes_a_quote(
    yahoo_server: YahooServer, quotes: YahooQuotes, name: str, price: object
) -> None:
    yahoo_server.world.edit("NVDA", **{name: price})
    batch = quotes.quotes(["NVDA", "MSFT"])
    assert [q.symbol for q in batch.quotes] == ["MSFT"]
    assert [r.symbol for r in batch.rejected] == ["NVDA"]


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"symbol": "AMD"}, "missing from the answer"),
        ({"symbol": None}, "missing from the answer"),
        ({"regularMarketTime": int(NOW.timestamp()) + 3600}, "a time in the future"),
        ({"regularMarketTime": "yesterday"}, "no sound time"),
        ({"regularMarketTime": 1e300}, "no sound time"),
        ({"marketState": "PARTY"}, "unknown market state"),
        ({"marketState": None}, "unknown market state"),
    ],
)
def test_that_a_quote_of_doubtful_identity_or_time_is_rejected(
    yahoo_server: YahooServer, quotes: YahooQuotes, fields: Json, reason: str
) -> None:
    yahoo_server.world.edit("NVDA", **fields)
    batch = quotes.quotes(["NVDA", "MSFT"])
    assert [q.symbol for q in batch.quotes] == ["MSFT"]
    assert [(r.symbol, r.reason) for r in batch.rejected] == [("NVDA", reason)]


def test_that_a_missing_price_or_symbol_is_told_and_not_guessed(
    yahoo_server: YahooServer, quotes: YahooQuotes
) -> None:
    def without_price(payload: Json) -> object:
        result = payload["quoteResponse"]["result"]
        del result[0]["regularMarketPrice"]
        return payload

    yahoo_server.fail("quote", Fault(edit=without_price))
    yahoo_server.world.unknown.add("GONE")
    batch = quotes.quotes(["NVDA", "GONE", "MSFT"])
    assert [q.symbol for q in batch.quotes] == ["MSFT"]
    reasons = {r.symbol: r.reason for r in batch.rejected}
    assert reasons == {"NVDA": "no sound price", "GONE": "missing from the answer"}


@pytest.mark.parametrize(
    "fault",
    [
        Fault(body=b"<html>Will be right back</html>"),
        Fault(truncate=True),
        Fault(body=b'{"quoteResponse": {"result": [{"symb'),
        Fault(body=b'{"quoteResponse": {"result": null, "error": {"code": "x"}}}'),
        Fault(body=b'{"quoteResponse": {"result": []}}'),
        Fault(body=b'["NVDA"]'),
        Fault(body=b"\xff\xfe\x00"),
        Fault(body=b"[" * 100_000),
        Fault(drop=True),
        *(Fault(status=status, body=b"{}") for status in (401, 403, 404, 500, 503)),
    ],
    ids=lambda fault: f"{fault.status}-{(fault.body or b'')[:12]!r}",
)
def test_that_an_answer_without_quotes_is_a_failure(
    yahoo_server: YahooServer, quotes: YahooQuotes, fault: Fault
) -> None:
    yahoo_server.fail("quote", fault)
    with pytest.raises(ProviderError, match=r"^quote: ") as caught:
        quotes.quotes(["NVDA", "MSFT"])
    assert not caught.value.rate_limited
    yahoo_server.heal()
    assert len(quotes.quotes(["NVDA", "MSFT"]).quotes) == 2


def test_that_too_many_requests_is_said_and_not_answered_with_more(
    yahoo_server: YahooServer, quotes: YahooQuotes
) -> None:
    yahoo_server.fail("quote", Fault(status=429, body=b"Too Many Requests"))
    with pytest.raises(ProviderError) as caught:
        quotes.quotes(["NVDA"])
    assert caught.value.rate_limited
    assert yahoo_server.counts["quote"] == 1


def test_that_who_asks_for_fewer_requests_is_not_asked_for_the_other_names(
    yahoo_server: YahooServer, quotes: YahooQuotes
) -> None:
    symbols = [f"S{number}" for number in range(184)]
    yahoo_server.fail("quote", Fault(status=429, body=b"Too Many Requests"))
    with pytest.raises(ProviderError, match="answered 429"):
        quotes.quotes(symbols)
    assert yahoo_server.counts["quote"] == 1
    yahoo_server.heal()
    assert len(quotes.quotes(symbols).quotes) == 184


def test_that_one_failed_part_does_not_take_the_other_with_it(
    yahoo_server: YahooServer, quotes: YahooQuotes
) -> None:
    yahoo_server.fail("quote", Fault(status=500, body=b"", times=1))
    batch = quotes.quotes([f"S{number}" for number in range(84)])
    assert len(batch.quotes) == 34
    assert {r.reason for r in batch.rejected} == {"quote: answered 500 Internal Server Error"}


def test_that_a_missing_currency_falls_back_to_the_expected_one(
    yahoo_server: YahooServer, quotes: YahooQuotes
) -> None:
    yahoo_server.world.edit("NVDA", currency=None)
    yahoo_server.world.edit("AMD", currency=None)
    batch = quotes.quotes(["NVDA", "AMD"])
    assert [(q.symbol, q.currency) for q in batch.quotes] == [("NVDA", "USD")]
    assert [(r.symbol, r.reason) for r in batch.rejected] == [("AMD", "no currency")]


def test_that_pence_stay_pence(quotes: YahooQuotes) -> None:
    quote = only(quotes.quotes(["SPX.L"]))
    assert (quote.currency, quote.state, quote.delay_minutes) == ("GBp", QuoteState.DELAYED, 15)


@pytest.mark.parametrize(
    ("state", "age", "delay", "session", "expected"),
    [
        ("REGULAR", 1, 0, Session.REGULAR, QuoteState.LIVE),
        ("REGULAR", 3, 0, Session.REGULAR, QuoteState.STALE),
        ("REGULAR", 16, 15, Session.REGULAR, QuoteState.DELAYED),
        ("REGULAR", 60, 15, Session.REGULAR, QuoteState.STALE),
        ("PRE", 900, 0, Session.PRE, QuoteState.CLOSED),
        ("POST", 1, 0, Session.POST, QuoteState.LIVE),
        ("PREPRE", 900, 0, Session.CLOSED, QuoteState.CLOSED),
        ("POSTPOST", 300, 0, Session.CLOSED, QuoteState.CLOSED),
        ("CLOSED", 1, 0, Session.CLOSED, QuoteState.CLOSED),
    ],
)
def test_that_the_state_follows_session_age_and_delay(
    yahoo_server: YahooServer,
    quotes: YahooQuotes,
    state: str,
    age: int,
    delay: int,
    session: Session,
    expected: QuoteState,
) -> None:
    yahoo_server.world.move("NVDA", 1.0, state=state, age=timedelta(minutes=age))
    yahoo_server.world.edit("NVDA", exchangeDataDelayedBy=delay)
    quote = only(quotes.quotes(["NVDA"]))
    assert (quote.session, quote.state) == (session, expected)


def test_that_the_extended_price_is_the_newest_after_the_regular_one(
    yahoo_server: YahooServer, quotes: YahooQuotes
) -> None:
    now = int(NOW.timestamp())
    yahoo_server.world.move("NVDA", 1.0, state="PRE", age=timedelta(hours=15))
    yahoo_server.world.edit("NVDA", postMarketPrice=101.0, postMarketTime=now - 40_000)
    yahoo_server.world.edit("NVDA", preMarketPrice=99.5, preMarketTime=now - 30)
    quote = only(quotes.quotes(["NVDA"]))
    assert (quote.extended_price, quote.state) == (99.5, QuoteState.LIVE)
    yahoo_server.world.move("NVDA", 1.0, state="REGULAR", age=timedelta(seconds=1))
    assert only(quotes.quotes(["NVDA"])).extended_price is None


def test_that_the_days_of_reports_come_with_the_price(yahoo_server: YahooServer, quotes: YahooQuotes) -> None:
    day = 86_400
    now = int(NOW.timestamp())
    yahoo_server.world.edit(
        "NVDA",
        earningsTimestamp=now - day,
        earningsTimestampStart=now + 90 * day,
        earningsTimestampEnd=now + 90 * day,
        isEarningsDateEstimate=False,
    )
    yahoo_server.world.edit("MSFT", earningsTimestampStart=now + 5 * day, earningsTimestampEnd=now + 9 * day)
    yahoo_server.world.edit(
        "AMD",
        earningsTimestampStart=now + 90 * day,
        earningsTimestampEnd=now + 90 * day,
        isEarningsDateEstimate=True,
    )
    nvidia, microsoft, amd = (each.earnings for each in quotes.quotes(["NVDA", "MSFT", "AMD"]).quotes)
    due = NOW + timedelta(days=90)
    assert amd == Earnings(first=due, until=due, estimated=True)
    assert nvidia == Earnings(last=NOW - timedelta(days=1), first=due, until=due)
    assert microsoft == Earnings(first=NOW + timedelta(days=5), until=NOW + timedelta(days=9), estimated=True)


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"earningsTimestamp": "soon", "earningsTimestampStart": [1], "earningsTimestampEnd": None},
        {"earningsTimestampStart": int(NOW.timestamp()) + 9, "earningsTimestampEnd": int(NOW.timestamp())},
        {"earningsTimestampStart": int(NOW.timestamp()) + 9},
        {"earningsTimestamp": 1, "earningsTimestampStart": 1e12, "earningsTimestampEnd": 1e300},
    ],
)
def test_that_impossible_days_of_reports_are_none(
    yahoo_server: YahooServer, quotes: YahooQuotes, fields: dict[str, object]
) -> None:
    yahoo_server.world.edit("NVDA", **fields)
    assert only(quotes.quotes(["NVDA"])).earnings is None


@pytest.mark.parametrize(
    ("told", "kept"), [(4e12, 4e12), (0, None), (-1, None), (1e-300, None), (1e18, None), ("4T", None)]
)
def test_that_a_market_value_is_kept_where_it_can_be_one(
    yahoo_server: YahooServer, quotes: YahooQuotes, told: object, kept: float | None
) -> None:
    yahoo_server.world.edit("NVDA", marketCap=told)
    assert only(quotes.quotes(["NVDA"])).market_value == kept


@pytest.mark.parametrize("volume", [-5, 1e30, 2**63])
def test_that_bad_optional_fields_become_none(
    yahoo_server: YahooServer, quotes: YahooQuotes, volume: float
) -> None:
    yahoo_server.world.edit(
        "NVDA",
        regularMarketOpen="x",
        regularMarketDayHigh=-1,
        regularMarketDayLow=float("nan"),
        fiftyTwoWeekHigh=None,
        fiftyTwoWeekLow=[],
        regularMarketVolume=volume,
        priceHint=99,
        longName=7,
        shortName="NV\u202eIDIA\n<b>",
        preMarketPrice="1",
        exchangeDataDelayedBy="soon",
    )
    quote = only(quotes.quotes(["NVDA"]))
    optional = (quote.open, quote.day_high, quote.day_low, quote.year_high, quote.year_low, quote.volume)
    assert optional == (None,) * 6
    assert (quote.price_hint, quote.extended_price, quote.delay_minutes) == (None, None, 0)
    assert quote.name == "NVIDIA <b>"


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"currency": "EUR"}, "in EUR, not USD"),
        ({"currency": "GBp"}, "in GBp, not USD"),
        ({"regularMarketPrice": 1e300}, "an impossible move"),
        ({"regularMarketPreviousClose": 1e-9}, "an impossible move"),
        ({"regularMarketPrice": 100.0}, "its change contradicts its prices"),
    ],
)
def test_that_a_price_that_contradicts_the_rest_of_its_answer_is_rejected(
    yahoo_server: YahooServer, quotes: YahooQuotes, fields: Json, reason: str
) -> None:
    yahoo_server.world.edit("NVDA", **fields)
    batch = quotes.quotes(["NVDA", "MSFT"])
    assert [(r.symbol, r.reason) for r in batch.rejected] == [("NVDA", reason)]


def test_that_ranges_that_cannot_be_are_left_out_and_the_price_is_kept(
    yahoo_server: YahooServer, quotes: YahooQuotes
) -> None:
    yahoo_server.world.edit(
        "NVDA",
        regularMarketDayHigh=1e6,
        fiftyTwoWeekLow=1e9,
        regularMarketOpen=1e300,
        exchangeDataDelayedBy=525_600,
        preMarketPrice=1e9,
        preMarketTime=int(NOW.timestamp()),
    )
    quote = only(quotes.quotes(["NVDA"]))
    assert (quote.day_high, quote.day_low, quote.year_low, quote.open) == (None, None, None, None)
    assert (quote.delay_minutes, quote.extended_price, quote.state) == (0, None, QuoteState.LIVE)


def test_that_an_answer_without_one_sound_price_is_a_failure(
    yahoo_server: YahooServer, quotes: YahooQuotes
) -> None:
    for symbol in ("NVDA", "MSFT"):
        yahoo_server.world.edit(symbol, regularMarketPrice=0)
    with pytest.raises(ProviderError, match=r"none of 2 is sound \(2 times: no sound price\)"):
        quotes.quotes(["NVDA", "MSFT"])


def test_that_a_symbol_that_comes_twice_and_differently_is_rejected(
    yahoo_server: YahooServer, quotes: YahooQuotes
) -> None:
    def doubled(payload: Json) -> object:
        rows = payload["quoteResponse"]["result"]
        rows.insert(0, rows[0] | {"regularMarketVolume": 1})
        return payload

    yahoo_server.fail("quote", Fault(edit=doubled))
    batch = quotes.quotes(["NVDA", "MSFT"])
    assert [(r.symbol, r.reason) for r in batch.rejected] == [("NVDA", "came twice, and differently")]
