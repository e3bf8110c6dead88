"""Companies' statements against the local server."""

import math
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from tests.support.fakes import FakeClock
from tests.wire.faults import Fault
from tests.wire.server import YahooServer
from tests.wire.world import Json

from stackwatch.analysis.substance import substance
from stackwatch.domain.errors import ProviderError
from stackwatch.domain.substance import Measure, Statements
from stackwatch.providers.yahoo.fundamentals import YahooFundamentals
from stackwatch.providers.yahoo.session import GuardedSession

NOW = datetime(2026, 3, 4, 15, 30, tzinfo=UTC)


@pytest.fixture
def source(
    yahoo_env: dict[str, str], yahoo_server: YahooServer, tmp_path: Path
) -> Iterator[YahooFundamentals]:
    assert yahoo_env
    yahoo_server.world.clock = lambda: NOW  # else the suite would fail while midnight passes
    session = GuardedSession(tmp_path / "cache")
    yield YahooFundamentals(session, FakeClock(NOW))
    session.close()


def test_that_one_request_brings_statements_and_multiples_each_with_its_day(
    source: YahooFundamentals, yahoo_server: YahooServer
) -> None:
    told = source.statements("NVDA")
    assert [len(told.quarters), len(told.years)] == [5, 4]
    newest = told.quarters[-1]
    assert newest.end == NOW.date() - timedelta(days=20)
    assert (newest.currency, newest.capex) == ("USD", pytest.approx(3e9 * 1.24))
    assert told.valuations[-1].day == NOW.date()
    assert told.valuations[-1].price_to_sales is not None
    assert yahoo_server.counts["statements"] == 1
    made = substance(told)
    assert all(trend.figures and trend.missing is None for trend in made.trends)
    assert made.trend(Measure.CAPEX).figures[-1].end == newest.end


def test_that_the_summary_fills_in_multiples_that_the_series_lacks(
    source: YahooFundamentals, yahoo_server: YahooServer
) -> None:
    yahoo_server.world.unvalued.add("NVDA")
    (paid,) = source.statements("NVDA").valuations
    assert (paid.day, paid.price_to_earnings, paid.forward_price_to_earnings) == (NOW.date(), 40.5, 30.25)
    assert paid.price_to_sales is None
    assert yahoo_server.counts["statements"] == 2


@pytest.mark.parametrize(("priced_in", "sales"), [("USD", 12.5), ("TWD", None), (None, None)])
def test_that_a_price_in_one_currency_is_not_divided_by_sales_in_another(
    source: YahooFundamentals, yahoo_server: YahooServer, priced_in: str | None, sales: float | None
) -> None:
    yahoo_server.world.unvalued.add("NVDA")

    def edit(answer: Json) -> Json:
        if "quoteSummary" in answer:
            detail = answer["quoteSummary"]["result"][0]["summaryDetail"]
            detail |= {"priceToSalesTrailing12Months": 12.5, "currency": priced_in}
        return answer

    yahoo_server.fail("statements", Fault(edit=edit))
    (paid,) = source.statements("NVDA").valuations
    assert (paid.price_to_sales, paid.price_to_earnings) == (sales, 40.5)


def test_that_a_fund_has_nothing_and_is_not_asked_twice(
    source: YahooFundamentals, yahoo_server: YahooServer
) -> None:
    yahoo_server.world.funds.add("QQQ")
    assert source.statements("QQQ") == Statements(symbol="QQQ", fetched=NOW)
    source.statements("QQQ")
    assert yahoo_server.counts["statements"] == 2


def points_of(answer: Json, name: str) -> list[Json]:
    result = answer["timeseries"]["result"]
    return next(entry[name] for entry in result if name in entry)


@pytest.mark.parametrize(
    "change",
    [
        {"asOfDate": (NOW + timedelta(days=40)).date().isoformat()},
        {"asOfDate": "1970-01-01"},
        {"asOfDate": "soon"},
        {"asOfDate": None},
        {"reportedValue": {"raw": "much"}},
        {"reportedValue": {"raw": None}},
        {"reportedValue": {"raw": 1e300}},
        {"reportedValue": None},
        {"periodType": "12M"},
    ],
)
def test_that_a_figure_that_cannot_be_true_is_left_out_alone(
    source: YahooFundamentals, yahoo_server: YahooServer, change: Json
) -> None:
    def edit(answer: Json) -> Json:
        points_of(answer, "quarterlyTotalRevenue")[-1].update(change)
        return answer

    yahoo_server.fail("statements", Fault(edit=edit))
    told = source.statements("NVDA")
    newest = told.quarters[-1]
    assert (newest.end, newest.revenue) == (NOW.date() - timedelta(days=20), None)
    assert newest.gross_profit is not None
    assert all(p.revenue is None or math.isfinite(p.revenue) for p in told.quarters)


def test_that_a_statement_in_two_currencies_is_left_out(
    source: YahooFundamentals, yahoo_server: YahooServer
) -> None:
    def edit(answer: Json) -> Json:
        points_of(answer, "quarterlyTotalRevenue")[-1]["currencyCode"] = "TWD"
        return answer

    yahoo_server.fail("statements", Fault(edit=edit))
    told = source.statements("NVDA")
    assert len(told.quarters) == 4
    assert max(p.end for p in told.quarters) < NOW.date() - timedelta(days=90)


def test_that_a_figure_without_a_currency_costs_its_statement_no_other(
    source: YahooFundamentals, yahoo_server: YahooServer
) -> None:
    def edit(answer: Json) -> Json:
        points_of(answer, "quarterlyGrossProfit")[-1]["currencyCode"] = None
        return answer

    yahoo_server.fail("statements", Fault(edit=edit))
    newest = source.statements("NVDA").quarters[-1]
    assert (newest.end, newest.gross_profit) == (NOW.date() - timedelta(days=20), None)
    assert newest.revenue is not None


def test_that_another_companys_figures_are_refused(
    source: YahooFundamentals, yahoo_server: YahooServer
) -> None:
    def edit(answer: Json) -> Json:
        for entry in answer["timeseries"]["result"]:
            entry["meta"]["symbol"] = ["AMD"]
        return answer

    yahoo_server.fail("statements", Fault(edit=edit))
    with pytest.raises(ProviderError, match="another company"):
        source.statements("NVDA")


@pytest.mark.parametrize(
    ("fault", "limited"),
    [(Fault(status=429), True), (Fault(status=500), False), (Fault(body=b"{}"), False)],
)
def test_that_a_refusal_is_told(
    source: YahooFundamentals, yahoo_server: YahooServer, fault: Fault, *, limited: bool
) -> None:
    yahoo_server.fail("statements", fault)
    with pytest.raises(ProviderError) as told:
        source.statements("NVDA")
    assert told.value.rate_limited is limited
    assert yahoo_server.counts["statements"] == 1


def test_that_a_summary_that_fails_costs_only_the_multiples(
    source: YahooFundamentals, yahoo_server: YahooServer
) -> None:
    yahoo_server.world.unvalued.add("NVDA")

    def edit(answer: Json) -> Json:
        answer.pop("quoteSummary", None)
        return answer

    yahoo_server.fail("statements", Fault(edit=edit))
    told = source.statements("NVDA")
    assert (told.quarters[-1].end > date(2020, 1, 1), told.valuations) == (True, ())
