"""A fund that its exchange quotes in another currency than most: its price, and those of its rules."""

from dataclasses import replace
from pathlib import Path

from tests.integration.conftest import Run
from tests.support.fakes import FakeClock
from tests.support.rig import TUESDAY, Rig, build_rig
from tests.wire.server import YahooServer
from tests.wire.world import World

from stackwatch.domain.rule import Direction, Rule
from stackwatch.domain.rule_drafts import for_price
from stackwatch.domain.venues import Currencies, own_instrument
from stackwatch.domain.watchlist import Ecosystem, Language
from stackwatch.domain.words.alert_words import told_in
from stackwatch.domain.words.rule_words import rule_sentence
from stackwatch.engine.prices.fx_rates import FxRates
from stackwatch.engine.services.briefings import brief
from stackwatch.providers.yahoo.quotes import YahooQuotes
from stackwatch.providers.yahoo.session import GuardedSession

FUND = own_instrument("VUSD.L", "S&P 500 ETF")
assert FUND is not None


def with_fund(folder: Path) -> Rig:
    """Return a rig whose list has a fund of London, which is quoted in dollars at 100."""
    rig = build_rig(folder)
    shown = rig.engine.parts.watchlist
    first = replace(shown.layers[0], symbols=(*shown.layers[0].symbols, "VUSD.L"))
    assert FUND is not None
    rig.runtime.change_watchlist(replace(shown, layers=(first, *shown.layers[1:])), (FUND,))
    rig.market.set("VUSD.L", 100.0, currency="USD")
    rig.refresh()
    return rig


def level(ecosystem: Ecosystem) -> Rule:
    made = for_price("VUSD.L", 98.5, 100.0, ecosystem)
    assert made.direction is Direction.DOWN
    return replace(made, id="fund")


def test_that_every_price_of_a_rule_is_in_the_currency_that_the_share_is_quoted_in(tmp_path: Path) -> None:
    rig = with_fund(tmp_path)
    ecosystem, watchlist = rig.engine.parts.ecosystem, rig.engine.parts.watchlist
    rig.runtime.save_rules((level(ecosystem),))
    for language in Language:
        sentence = rule_sentence(rig.engine.alerting.rules[-1], ecosystem, watchlist, language)
        assert "98.50 USD" in sentence
    rig.clock.advance(minutes=1)
    rig.market.set("VUSD.L", 98.0, currency="USD")
    rig.refresh()
    rig.wait_for_group()
    (alert,) = [event.alert for event in rig.raised() if event.alert.rule_id == "fund"]
    assert "98.00 USD" in alert.message
    for language in Language:
        assert "98.00 USD" in told_in(language, alert, ecosystem).message
    assert "98.00 USD" in str(brief(rig.engine))
    assert "GBp" not in f"{alert}"


def test_that_the_rate_of_the_currency_it_is_quoted_in_is_asked_for(tmp_path: Path) -> None:
    ecosystem = with_fund(tmp_path).engine.parts.ecosystem
    ecosystem.quoted_in.become({})
    rates = FxRates(ecosystem, ("VUSD.L",), "KRW")
    assert rates.symbols == ("GBPKRW=X",)
    ecosystem.note_currency("VUSD.L", "USD")
    rates.accept((), TUESDAY)
    assert rates.symbols == ("USDKRW=X",)


def test_that_a_start_knows_the_currency_of_stored_prices(tmp_path: Path, run: Run) -> None:
    rig = with_fund(tmp_path / "data")
    rig.runtime.save_rules((level(rig.engine.parts.ecosystem),))
    again = build_rig(tmp_path / "data", store=rig.store)
    assert again.engine.parts.ecosystem.currency_of("VUSD.L") == "USD"
    rig.store.close()
    code, told, _ = run("rules", "list")
    assert code == 0
    assert "98.50 USD" in told


def test_that_a_price_in_another_currency_is_believed_where_the_exchange_has_several(
    yahoo_server: YahooServer, yahoo_env: dict[str, str], tmp_path: Path
) -> None:
    del yahoo_env
    yahoo_server.world = World(clock=lambda: TUESDAY)
    yahoo_server.world.edit("VUSD.L", currency="USD")
    yahoo_server.world.edit("005930.KS", currency="USD")
    ecosystem = with_fund(tmp_path).engine.parts.ecosystem
    ecosystem.quoted_in.become({})
    session = GuardedSession(tmp_path / "cache")
    quotes = YahooQuotes(session, FakeClock(TUESDAY), Currencies(ecosystem))
    try:
        batch = quotes.quotes(["VUSD.L", "005930.KS"])
        assert [(quote.symbol, quote.currency) for quote in batch.quotes] == [("VUSD.L", "USD")]
        assert [refused.reason for refused in batch.rejected] == ["in USD, not KRW"]
        ecosystem.note_currency("VUSD.L", "GBP")  # as pounds: none in dollars follows
        assert quotes.quotes(["VUSD.L"]).rejected[0].reason == "in USD, not GBP"
    finally:
        session.close()
    known = Currencies(ecosystem)
    assert len(known) == len(tuple(known)) == len(ecosystem.instruments)
