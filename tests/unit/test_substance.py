"""Growth, margins and multiples from statements, and how they are written."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from stackwatch.analysis.substance import substance
from stackwatch.domain.substance import (
    CompanyFigure,
    Measure,
    MissingReason,
    StatementPeriod,
    Statements,
    Valuation,
)
from stackwatch.domain.watchlist import Language
from stackwatch.domain.words.substance_words import (
    amount,
    beside_text,
    figure_text,
    missing_text,
    period_text,
)

END = date(2025, 6, 30)
FETCHED = datetime(2025, 7, 22, tzinfo=UTC)
EN, KO = Language.ENGLISH, Language.KOREAN


def quarters(*revenues: float | None, currency: str = "USD") -> tuple[StatementPeriod, ...]:
    count = len(revenues)
    return tuple(
        StatementPeriod(
            end=END - timedelta(days=91 * (count - 1 - place)),
            currency=currency,
            revenue=revenue,
            gross_profit=None if revenue is None else revenue / 2,
        )
        for place, revenue in enumerate(revenues)
    )


def of(**parts: object) -> Statements:
    return Statements(symbol="NVDA", fetched=FETCHED, **parts)  # type: ignore[arg-type]


def test_that_growth_compares_a_quarter_with_that_of_the_year_before() -> None:
    made = substance(of(quarters=quarters(100, 110, 120, 130, 150)))
    (growth,) = made.trend(Measure.GROWTH).figures
    assert (growth.end, growth.value, growth.months) == (END, pytest.approx(0.5), 3)


def test_that_years_are_a_trend_of_growth_and_the_newest_quarter_ends_it() -> None:
    years = tuple(
        StatementPeriod(end=date(2021 + n, 12, 31), currency="USD", revenue=100.0 * 2**n) for n in range(4)
    )
    growth = substance(of(quarters=quarters(100, 1, 1, 1, 150), years=years)).trend(Measure.GROWTH)
    assert [round(f.value, 3) for f in growth.figures] == [1.0, 1.0, 1.0, 0.5]
    assert [f.months for f in growth.figures] == [12, 12, 12, 3]


def test_that_growth_across_two_currencies_is_none() -> None:
    mixed = (*quarters(100, 100, 100, 100, 100)[:-1], quarters(150, currency="TWD")[0])
    assert substance(of(quarters=mixed)).trend(Measure.GROWTH).missing is MissingReason.OTHER_CURRENCY_BEFORE


def test_that_growth_from_nothing_says_that_the_year_before_sold_nothing() -> None:
    growth = substance(of(quarters=quarters(0.0, 0.0, 0.0, 5.0, 9.0))).trend(Measure.GROWTH)
    assert (growth.figures, growth.missing) == ((), MissingReason.NO_REVENUE_BEFORE)


def test_that_of_a_statement_told_again_with_another_day_that_nearest_to_a_year_before_counts() -> None:
    first, *others, newest = quarters(90, 110, 120, 130, 150)
    earlier = replace(first, end=newest.end - timedelta(days=379), revenue=75.0)
    growth = substance(of(quarters=(earlier, first, *others, newest))).trend(Measure.GROWTH)
    assert [f.value for f in growth.figures] == [pytest.approx(150 / 90 - 1)]


def test_that_margins_need_revenue_and_say_what_is_missing() -> None:
    made = substance(of(quarters=quarters(100, 120)))
    assert [f.value for f in made.trend(Measure.GROSS_MARGIN).figures] == [0.5, 0.5]
    assert made.trend(Measure.OPERATING_MARGIN).missing is MissingReason.NOT_REPORTED
    none = tuple(
        StatementPeriod(end=p.end, currency="USD", revenue=0.0, gross_profit=-5.0) for p in quarters(1, 1)
    )
    assert substance(of(quarters=none)).trend(Measure.GROSS_MARGIN).missing is MissingReason.NO_REVENUE


def test_that_years_stand_in_where_quarters_are_missing() -> None:
    years = tuple(
        StatementPeriod(end=date(2023 + n, 12, 31), currency="EUR", revenue=100.0, capex=9.0 + n)
        for n in range(2)
    )
    capex = substance(of(years=years)).trend(Measure.CAPEX)
    assert [(f.value, f.currency, f.months) for f in capex.figures] == [(9.0, "EUR", 12), (10.0, "EUR", 12)]


def test_that_a_measure_told_by_year_alone_is_shown_beside_quarters_of_others() -> None:
    years = tuple(
        StatementPeriod(end=date(2023 + n, 12, 31), currency="KRW", revenue=400.0, capex=30.0 + n)
        for n in range(2)
    )
    made = substance(of(quarters=quarters(100, 110, currency="KRW"), years=years))
    assert [(f.value, f.months) for f in made.trend(Measure.CAPEX).figures] == [(30.0, 12), (31.0, 12)]
    assert [f.months for f in made.trend(Measure.REVENUE).figures] == [3, 3]


def test_that_years_stand_in_for_quarters_that_ended_long_before_them() -> None:
    years = (StatementPeriod(end=END + timedelta(days=400), currency="USD", revenue=400.0),)
    revenue = substance(of(quarters=quarters(100, 110), years=years)).trend(Measure.REVENUE)
    assert [(f.value, f.months) for f in revenue.figures] == [(400.0, 12)]


def test_that_sums_before_a_change_of_currency_are_no_part_of_a_trend() -> None:
    mixed = (*quarters(9e12, 9e12, 9e12, currency="JPY")[:1], *quarters(70e9, 80e9))
    revenue = substance(of(quarters=mixed)).trend(Measure.REVENUE)
    assert [(f.value, f.currency) for f in revenue.figures] == [(70e9, "USD"), (80e9, "USD")]


def test_that_the_only_quarter_of_a_company_new_to_its_exchange_is_told() -> None:
    made = substance(of(quarters=quarters(100)))
    assert [(f.value, f.months) for f in made.trend(Measure.REVENUE).figures] == [(100.0, 3)]
    assert made.trend(Measure.GROSS_MARGIN).figures[-1].value == 0.5
    assert made.trend(Measure.GROWTH).missing is MissingReason.NO_YEAR_BEFORE


def test_that_a_company_that_sells_nothing_lacks_growth_for_that_reason() -> None:
    years = tuple(
        StatementPeriod(end=date(2023 + n, 12, 31), currency="USD", revenue=0.0, operating_income=-5.0)
        for n in range(2)
    )
    assert substance(of(years=years)).trend(Measure.GROWTH).missing is MissingReason.NO_REVENUE


def test_that_a_multiple_of_earnings_before_a_loss_does_not_stand_for_todays() -> None:
    days = (END - timedelta(days=91), END, FETCHED.date())
    paid = tuple(
        Valuation(day=day, price_to_sales=20.0, price_to_earnings=45.0 if n == 0 else None)
        for n, day in enumerate(days)
    )
    made = substance(of(valuations=paid))
    earnings = made.trend(Measure.PRICE_TO_EARNINGS)
    assert (earnings.figures, earnings.missing) == ((), MissingReason.NONE_NOW)
    assert made.trend(Measure.PRICE_TO_SALES).last == CompanyFigure(FETCHED.date(), 20.0)


def test_that_a_sum_of_a_year_says_so_beside_sums_of_quarters() -> None:
    quarter, year = CompanyFigure(END, 4.1e9, "USD", 3), CompanyFigure(END, 4.1e9, "USD", 12)
    assert [beside_text(Measure.CAPEX, each, EN) for each in (quarter, year, None)] == [
        *("$4.1bn", "$4.1bn/y", "\u2013")
    ]
    assert beside_text(Measure.CAPEX, year, KO) == "41.0억 달러/년"
    assert beside_text(Measure.GROWTH, CompanyFigure(END, 0.1, "", 12), EN) == "+10.0\u202f%"


def test_that_a_fund_lacks_everything() -> None:
    made = substance(of())
    assert {trend.missing for trend in made.trends} == {MissingReason.NOT_REPORTED}
    assert [trend.measure for trend in made.trends] == list(Measure)


def test_that_multiples_keep_their_day() -> None:
    paid = (Valuation(day=END, price_to_sales=20.0), Valuation(day=FETCHED.date(), price_to_sales=22.0))
    trend = substance(of(valuations=paid)).trend(Measure.PRICE_TO_SALES)
    assert trend.last == CompanyFigure(FETCHED.date(), 22.0)


@pytest.mark.parametrize(
    ("value", "currency", "english", "korean"),
    [
        (4.1e12, "USD", "$4.1tn", "4.1조 달러"),
        (57.04e9, "USD", "$57.0bn", "570억 달러"),
        (-26.8e8, "USD", "\u2212$2.7bn", "\u221226.8억 달러"),
        (1.1e12, "JPY", "¥1.1tn", "1.1조 엔"),
        (66e9, "KRW", "₩66.0bn", "660억 원"),
        (247.65e9, "CNY", "CN¥248bn", "2,476억 위안"),
        (999.96e6, "USD", "$1.0bn", "10.0억 달러"),
        (12_300_000, "SEK", "SEK\u202f12.3m", "1,230만 SEK"),
        (0.0, "USD", "$0", "0 달러"),
    ],
)
def test_that_sums_are_short_and_name_their_currency(
    value: float, currency: str, english: str, korean: str
) -> None:
    assert amount(value, currency, EN) == english
    assert amount(value, currency, KO) == korean


def test_that_every_figure_says_of_which_day_it_is() -> None:
    assert period_text(CompanyFigure(END, 1.0, "", 3), EN) == "quarter to 30 Jun 2025"
    assert period_text(CompanyFigure(END, 1.0, "", 12), KO) == "2025-06-30까지 1년"
    assert period_text(CompanyFigure(END, 1.0), EN) == "on 30 Jun 2025"
    assert figure_text(Measure.GROWTH, CompanyFigure(END, 0.073, "", 3), EN) == "+7.3\u202f%"
    assert figure_text(Measure.GROSS_MARGIN, CompanyFigure(END, 0.547, "", 3), EN) == "54.7\u202f%"
    assert figure_text(Measure.PRICE_TO_SALES, None, EN) == "\u2013"
    assert {missing_text(reason, KO) for reason in MissingReason} == {
        "출처에 없는 수치",
        "전년 재무제표 없음",
        "전년 재무제표의 통화가 다름",
        "전년 매출 없음",
        "매출 없음",
        "출처에 지금은 없는 수치",
    }
