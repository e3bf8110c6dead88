"""Growth, margins, spending and valuation from a company's statements, each with its period's last day."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial

from stackwatch.domain.substance import (
    CompanyFigure,
    Measure,
    MissingReason,
    StatementPeriod,
    Statements,
    Substance,
    Trend,
    Valuation,
)

_SHOWN = 5  # the newest periods of a trend
_YEAR_DAYS, _YEAR_OFF = 365, 15  # days between a period and that of the year before, and how far off
_QUARTER, _YEAR = 3, 12
_LATE = 100  # days, somewhat more than a quarter
_SAME = 7  # days within which the provider's multiples are of one time


def substance(statements: Statements) -> Substance:
    """Return every measure of a company."""
    made: dict[Measure, Trend] = {
        Measure.GROWTH: _growth(statements),
        Measure.GROSS_MARGIN: _margin(Measure.GROSS_MARGIN, statements, lambda p: p.gross_profit),
        Measure.OPERATING_MARGIN: _margin(Measure.OPERATING_MARGIN, statements, lambda p: p.operating_income),
        Measure.CAPEX: _money(Measure.CAPEX, statements, lambda p: p.capex),
        Measure.FREE_CASH_FLOW: _money(Measure.FREE_CASH_FLOW, statements, lambda p: p.free_cash_flow),
        Measure.REVENUE: _money(Measure.REVENUE, statements, lambda p: p.revenue),
        Measure.PRICE_TO_SALES: _multiple(Measure.PRICE_TO_SALES, statements, lambda v: v.price_to_sales),
        Measure.PRICE_TO_EARNINGS: _multiple(
            Measure.PRICE_TO_EARNINGS, statements, lambda v: v.price_to_earnings
        ),
        Measure.FORWARD_PRICE_TO_EARNINGS: _multiple(
            Measure.FORWARD_PRICE_TO_EARNINGS, statements, lambda v: v.forward_price_to_earnings
        ),
    }
    return Substance(statements.symbol, statements.fetched, tuple(made[measure] for measure in Measure))


def _growth(statements: Statements) -> Trend:
    """Return revenue against the year before, by quarter where there is one to compare with, and by year."""
    found = {f.end: f for f in _year_on_year(statements.years, _YEAR)}
    found |= {f.end: f for f in _year_on_year(statements.quarters, _QUARTER)}
    figures = tuple(found[end] for end in sorted(found))[-_SHOWN:]
    if figures:
        return Trend(Measure.GROWTH, figures)
    return Trend(Measure.GROWTH, (), _why_no_growth(statements))


def _why_no_growth(statements: Statements) -> MissingReason:
    sold = [p.revenue for p in (*statements.quarters, *statements.years) if p.revenue is not None]
    if not sold:
        return MissingReason.NOT_REPORTED
    if all(revenue <= 0 for revenue in sold):
        return MissingReason.NO_REVENUE
    pairs = [*_with_year_before(statements.years), *_with_year_before(statements.quarters)]
    if not pairs:
        return MissingReason.NO_YEAR_BEFORE
    period, before = pairs[-1]
    same = period.currency == before.currency
    return MissingReason.NO_REVENUE_BEFORE if same else MissingReason.OTHER_CURRENCY_BEFORE


def _year_on_year(periods: Sequence[StatementPeriod], months: int) -> list[CompanyFigure]:
    return [
        CompanyFigure(period.end, period.revenue / before.revenue - 1.0, "", months)
        for period, before in _with_year_before(periods)
        if period.revenue is not None
        and before.revenue is not None
        and before.revenue > 0
        and before.currency == period.currency
    ]


def _with_year_before(periods: Sequence[StatementPeriod]) -> list[tuple[StatementPeriod, StatementPeriod]]:
    """Return the periods with revenue that have one with revenue a year before, and that nearest to a year.

    A statement that was told again may have been given another last day.
    """
    told = [period for period in periods if period.revenue is not None]
    pairs = ((period, min(told, key=partial(_off_a_year, period))) for period in told)
    return [(period, before) for period, before in pairs if _off_a_year(period, before) <= _YEAR_OFF]


def _off_a_year(period: StatementPeriod, before: StatementPeriod) -> int:
    return abs((period.end - before.end).days - _YEAR_DAYS)


def _margin(
    measure: Measure, statements: Statements, part: Callable[[StatementPeriod], float | None]
) -> Trend:
    """Return a part of revenue, as a fraction."""

    def share(period: StatementPeriod) -> CompanyFigure | None:
        value = part(period)
        if value is None or period.revenue is None or period.revenue <= 0:
            return None
        return CompanyFigure(period.end, value / period.revenue)

    figures = _figures(statements, share)
    if figures:
        return Trend(measure, figures)
    periods = (*statements.quarters, *statements.years)
    sold_nothing = any(part(p) is not None and p.revenue is not None and p.revenue <= 0 for p in periods)
    return Trend(measure, (), MissingReason.NO_REVENUE if sold_nothing else MissingReason.NOT_REPORTED)


def _money(
    measure: Measure, statements: Statements, part: Callable[[StatementPeriod], float | None]
) -> Trend:
    def sum_of(period: StatementPeriod) -> CompanyFigure | None:
        value = part(period)
        return None if value is None else CompanyFigure(period.end, value, period.currency)

    figures = _figures(statements, sum_of)
    # Of a company that changed its currency the older sums are no part of the trend.
    figures = tuple(each for each in figures if each.currency == figures[-1].currency)
    return Trend(measure, figures, None if figures else MissingReason.NOT_REPORTED)


def _figures(
    statements: Statements, figure: Callable[[StatementPeriod], CompanyFigure | None]
) -> tuple[CompanyFigure, ...]:
    """Return a measure by quarter where two tell it and no year is newer by more than one, else by year.

    Some report their cash flow by year alone, and a company that is new to its exchange has one quarter.
    """
    quarters = [replace(made, months=_QUARTER) for p in statements.quarters if (made := figure(p))]
    years = [replace(made, months=_YEAR) for p in statements.years if (made := figure(p))]
    by_year = bool(years) and (
        len(quarters) < 2  # noqa: PLR2004 - one quarter is no trend
        or (years[-1].end - quarters[-1].end).days > _LATE
    )
    return tuple(years if by_year else quarters)[-_SHOWN:]


def _multiple(measure: Measure, statements: Statements, paid: Callable[[Valuation], float | None]) -> Trend:
    """Return what is paid, none where only older days have it: nothing is paid for earnings of a loss."""
    figures = tuple(
        CompanyFigure(one.day, value) for one in statements.valuations if (value := paid(one)) is not None
    )[-_SHOWN:]
    if not figures:
        return Trend(measure, (), MissingReason.NOT_REPORTED)
    if (statements.valuations[-1].day - figures[-1].end).days > _SAME:
        return Trend(measure, (), MissingReason.NONE_NOW)
    return Trend(measure, figures)
