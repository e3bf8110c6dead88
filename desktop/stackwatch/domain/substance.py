"""What a company earns and spends, and what is paid for it, as its statements say."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class Measure(StrEnum):
    """A figure of a company."""

    GROWTH = "growth"
    GROSS_MARGIN = "gross margin"
    OPERATING_MARGIN = "operating margin"
    CAPEX = "capex"
    FREE_CASH_FLOW = "free cash flow"
    REVENUE = "revenue"
    PRICE_TO_SALES = "price to sales"
    PRICE_TO_EARNINGS = "price to earnings"
    FORWARD_PRICE_TO_EARNINGS = "forward price to earnings"


MONEY = frozenset({Measure.CAPEX, Measure.FREE_CASH_FLOW, Measure.REVENUE})
RATIOS = frozenset({Measure.PRICE_TO_SALES, Measure.PRICE_TO_EARNINGS, Measure.FORWARD_PRICE_TO_EARNINGS})


class MissingReason(StrEnum):
    """Why a figure is missing."""

    NOT_REPORTED = "the provider has no such figure"
    NO_YEAR_BEFORE = "no statement of the year before"
    OTHER_CURRENCY_BEFORE = "the year before is told in another currency"
    NO_REVENUE = "no revenue"
    NO_REVENUE_BEFORE = "no revenue in the year before"
    NONE_NOW = "the provider has none at present"


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementPeriod:
    """A quarter's or a year's statement, in units of ``currency``; capex is what was spent, >= 0."""

    end: date
    currency: str
    revenue: float | None = None
    gross_profit: float | None = None
    operating_income: float | None = None
    capex: float | None = None
    free_cash_flow: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Valuation:
    """What was paid for a company on a day, as multiples above zero."""

    day: date
    price_to_sales: float | None = None
    price_to_earnings: float | None = None
    forward_price_to_earnings: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Statements:
    """What a provider knew of a company when it was asked (aware UTC), oldest first; empty for a fund."""

    symbol: str
    fetched: datetime
    quarters: tuple[StatementPeriod, ...] = ()
    years: tuple[StatementPeriod, ...] = ()
    valuations: tuple[Valuation, ...] = ()

    @property
    def has_figures(self) -> bool:
        """Whether there is any figure."""
        return bool(self.quarters or self.years or self.valuations)


@dataclass(frozen=True, slots=True)
class CompanyFigure:
    """A value and the day its period ended: a fraction, a multiple, or money in ``currency``."""

    end: date
    value: float
    currency: str = ""
    months: int = 0  # of the period, 0 for a day


@dataclass(frozen=True, slots=True)
class Trend:
    """The figures of one measure, oldest first; ``missing`` says why there are none."""

    measure: Measure
    figures: tuple[CompanyFigure, ...] = ()
    missing: MissingReason | None = None

    @property
    def last(self) -> CompanyFigure | None:
        """The newest figure."""
        return self.figures[-1] if self.figures else None


@dataclass(frozen=True, slots=True)
class Substance:
    """Every measure of a company, in the order of Measure, and when the provider was asked (aware UTC)."""

    symbol: str
    fetched: datetime
    trends: tuple[Trend, ...]

    def trend(self, measure: Measure) -> Trend:
        """Return one measure."""
        return next(trend for trend in self.trends if trend.measure is measure)
