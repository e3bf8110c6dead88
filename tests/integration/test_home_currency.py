"""Exchange rates beside prices, and pence."""

from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.support.rig import TUESDAY, Rig, build_rig

from stackwatch.domain.currency import FxRate, fx_symbol, home_value, major_unit, same_money
from stackwatch.domain.events import RatesChanged
from stackwatch.domain.quote import Quote
from stackwatch.domain.settings import Settings
from stackwatch.domain.watchlist import Language
from stackwatch.domain.words.wording import home_words
from stackwatch.providers.yahoo.parse_quote import parse_quote


def rig_at_home(folder: Path, home: str | None = "KRW") -> Rig:
    return build_rig(folder, (), settings=Settings(home_currency=home))


def rate(rig: Rig, symbol: str, value: float, **changes: object) -> None:
    rig.market.set(symbol, value, value * 1.001, **({"currency": symbol[3:6]} | changes))


def rates(rig: Rig) -> dict[str, FxRate]:
    told = [event for event in rig.of(RatesChanged) if isinstance(event, RatesChanged)]
    return {r.currency: r for r in told[-1].rates} if told else {}


def test_that_rates_come_with_the_prices_and_are_told_with_their_time(tmp_path: Path) -> None:
    rig = rig_at_home(tmp_path)
    rig.market.set("NVDA", 167.03)
    rate(rig, "USDKRW=X", 1386.2)
    rate(rig, "EURKRW=X", 1601.0)
    rig.refresh()
    asked = rig.market.asked[0]
    assert {"NVDA", "USDKRW=X", "EURKRW=X", "JPYKRW=X", "TWDKRW=X"} <= set(asked)
    assert "KRWKRW=X" not in asked
    assert len(rig.market.asked) == 1
    known = rates(rig)["USD"]
    assert (known.rate, known.as_of) == (1386.2, TUESDAY)
    said = [
        home_words(rig.engine.market.quotes["NVDA"], known, "Asia/Seoul", TUESDAY, each) for each in Language
    ]
    assert said == ["₩231,537 at 1,386.2 (00:00 KST)", "231,537원, 환율 1,386.2(서울 00:00)"]


def test_that_without_a_home_currency_no_rate_is_asked_for(tmp_path: Path) -> None:
    rig = rig_at_home(tmp_path, None)
    rig.refresh()
    assert not any(symbol.endswith("=X") for symbol in rig.market.asked[0])


def test_that_rates_are_in_no_quote_no_move_and_no_store(tmp_path: Path) -> None:
    rig = rig_at_home(tmp_path)
    rig.market.set("NVDA", 99.0)
    rate(rig, "USDKRW=X", 1386.2)
    rig.refresh()
    assert set(rig.engine.market.quotes) == {"NVDA"}
    assert set(rig.engine.market.moves) == {"NVDA"}
    assert [quote.symbol for quote in rig.store.quotes.load()] == ["NVDA"]
    assert "USDKRW=X" not in rig.engine.symbols


@pytest.mark.parametrize(
    ("value", "changes"),
    [
        (0.0, {}),
        (float("nan"), {}),
        (-1.0, {}),
        (1386.2, {"currency": "USD"}),
        (1386.2, {"as_of": TUESDAY + timedelta(hours=1)}),
        (1386.2, {"previous_close": 13.8}),
    ],
)
def test_that_a_rate_that_cannot_be_right_is_not_shown(
    tmp_path: Path, value: float, changes: dict[str, object]
) -> None:
    rig = rig_at_home(tmp_path)
    rig.market.set("NVDA", 99.0)
    previous = {"previous_close": 1386.0, "currency": "KRW"} | changes
    quote = rig.market.set("USDKRW=X", value, previous=previous.pop("previous_close"), **previous)  # type: ignore[arg-type]
    assert quote.symbol == "USDKRW=X"
    rig.refresh()
    assert rates(rig) == {}


def test_that_a_rate_stays_over_a_weekend_and_a_very_old_one_goes(tmp_path: Path) -> None:
    rig = rig_at_home(tmp_path)
    rig.market.set("NVDA", 99.0)
    rate(rig, "USDKRW=X", 1386.2)
    rig.refresh()
    rig.clock.advance(days=3, hours=21)  # Saturday
    rig.refresh()
    assert rates(rig)["USD"].rate == 1386.2
    rig.clock.advance(days=3)
    rig.refresh()
    assert rates(rig) == {}


def test_that_another_home_currency_forgets_the_rates_of_the_one_before(tmp_path: Path) -> None:
    rig = rig_at_home(tmp_path)
    rig.market.set("NVDA", 99.0)
    rate(rig, "USDKRW=X", 1386.2)
    rig.refresh()
    rig.runtime.change_settings(Settings(home_currency="EUR"))
    assert rates(rig) == {}
    rate(rig, "USDEUR=X", 0.91)
    rig.refresh()
    assert rates(rig)["USD"].home == "EUR"
    rig.runtime.change_settings(Settings())
    assert rig.engine.feed.rates.symbols == ()


def raw(currency: str | None, price: float = 7234.0) -> dict[str, object]:
    return {
        "symbol": "SHEL.L",
        "currency": currency,
        "regularMarketPrice": price,
        "regularMarketPreviousClose": 7200.0,
        "regularMarketTime": TUESDAY.timestamp(),
        "marketState": "REGULAR",
    }


@pytest.mark.parametrize(
    ("expected", "told", "unit"),
    [("GBp", "GBp", "GBp"), ("GBP", "GBp", "GBp"), ("GBp", "GBP", "GBP"), ("GBp", None, "GBp")],
)
def test_that_pence_stay_pence_whatever_the_list_says(expected: str, told: str | None, unit: str) -> None:
    quote = parse_quote(raw(told), "SHEL.L", expected, TUESDAY)
    assert isinstance(quote, Quote)
    assert (quote.currency, quote.price) == (unit, 7234.0)


def test_that_pounds_are_not_guessed_where_yahoo_names_no_unit() -> None:
    assert not isinstance(parse_quote(raw(None), "SHEL.L", "GBP", TUESDAY), Quote)


@given(st.integers(1, 10_000_000))
def test_that_a_hundred_pence_are_exactly_a_pound(pence: int) -> None:
    one = FxRate(currency="GBP", home="GBP", rate=1.0, as_of=TUESDAY)
    assert home_value(float(pence), "GBp", one) == float(f"{pence // 100}.{pence % 100:02d}")


def test_that_units_know_their_currency() -> None:
    assert major_unit("GBp") == ("GBP", 100)
    assert major_unit("USD") == ("USD", 1)
    assert same_money("GBp", "GBP")
    assert not same_money("GBp", "USD")
    assert fx_symbol("GBP", "KRW") == "GBPKRW=X"
    won = FxRate(currency="GBP", home="KRW", rate=1900.0, as_of=TUESDAY)
    assert home_value(250.0, "GBp", won) == 4750.0
    assert home_value(250.0, "USD", won) is None


def test_that_pounds_after_pence_are_no_crash(tmp_path: Path) -> None:
    rig = build_rig(tmp_path, ())
    rig.market.set("NVDA", 99.0, currency="GBp")
    rig.refresh()
    rig.clock.advance(days=1)
    rig.market.set("NVDA", 0.98, 0.99, currency="GBP")
    rig.refresh()
    assert rig.engine.market.quotes["NVDA"].currency == "GBp"
