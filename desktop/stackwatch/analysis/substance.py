"""Growth, margins, spending and valuation from a company's statements, each with its period's last day."""

from collections.abc import Callable, Sequence

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
_YEAR_FROM, _YEAR_TO = 350, 380  # days between a period and that of the year before
_QUARTER, _YEAR = 3, 12


def substance(statements: Statements) -> Substance:
    """Return every measure of a company."""
    periods, months = statements.quarters, _QUARTER
    if len(periods) < 2:  # noqa: PLR2004 - one quarter is no trend
        periods, months = statements.years, _YEAR
    made: dict[Measure, Trend] = {
        Measure.GROWTH: _growth(statements),
        Measure.GROSS_MARGIN: _margin(Measure.GROSS_MARGIN, periods, months, lambda p: p.gross_profit),
        Measure.OPERATING_MARGIN: _margin(
            Measure.OPERATING_MARGIN, periods, months, lambda p: p.operating_income
        ),
        Measure.CAPEX: _money(Measure.CAPEX, periods, months, lambda p: p.capex),
        Measure.FREE_CASH_FLOW: _money(Measure.FREE_CASH_FLOW, periods, months, lambda p: p.free_cash_flow),
        Measure.REVENUE: _money(Measure.REVENUE, periods, months, lambda p: p.revenue),
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
    known = any(p.revenue is not None for p in (*statements.quarters, *statements.years))
    return Trend(Measure.GROWTH, (), MissingReason.NO_YEAR_BEFORE if known else MissingReason.NOT_REPORTED)


def _year_on_year(periods: Sequence[StatementPeriod], months: int) -> list[CompanyFigure]:
    figures = []
    for period in periods:
        before = next((p for p in periods if _YEAR_FROM <= (period.end - p.end).days <= _YEAR_TO), None)
        if before is None or period.revenue is None or not before.revenue or before.revenue <= 0:
            continue
        if before.currency == period.currency:
            figures.append(CompanyFigure(period.end, period.revenue / before.revenue - 1.0, "", months))
    return figures


def _margin(
    measure: Measure,
    periods: Sequence[StatementPeriod],
    months: int,
    part: Callable[[StatementPeriod], float | None],
) -> Trend:
    """Return a part of revenue, as a fraction."""
    figures = tuple(
        CompanyFigure(period.end, value / period.revenue, "", months)
        for period in periods[-_SHOWN:]
        if (value := part(period)) is not None and period.revenue is not None and period.revenue > 0
    )
    if figures:
        return Trend(measure, figures)
    sold_nothing = any(part(p) is not None and p.revenue is not None and p.revenue <= 0 for p in periods)
    return Trend(measure, (), MissingReason.NO_REVENUE if sold_nothing else MissingReason.NOT_REPORTED)


def _money(
    measure: Measure,
    periods: Sequence[StatementPeriod],
    months: int,
    part: Callable[[StatementPeriod], float | None],
) -> Trend:
    figures = tuple(
        CompanyFigure(period.end, value, period.currency, months)
        for period in periods[-_SHOWN:]
        if (value := part(period)) is not None
    )
    return Trend(measure, figures, None if figures else MissingReason.NOT_REPORTED)


def _multiple(measure: Measure, statements: Statements, paid: Callable[[Valuation], float | None]) -> Trend:
    figures = tuple(
        CompanyFigure(one.day, value) for one in statements.valuations if (value := paid(one)) is not None
    )[-_SHOWN:]
    return Trend(measure, figures, None if figures else MissingReason.NOT_REPORTED)
