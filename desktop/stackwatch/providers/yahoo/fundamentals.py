"""Statements and valuation from Yahoo's time series, one request a company; its summary fills gaps."""

import logging
from collections.abc import Mapping
from datetime import date, timedelta
from urllib.parse import quote

from stackwatch.domain.errors import ProviderError
from stackwatch.domain.substance import StatementPeriod, Statements, Valuation
from stackwatch.engine.ports import Clock
from stackwatch.providers.web.fields import child, items, number, positive, text
from stackwatch.providers.yahoo.session import QUERY, GuardedSession

_log = logging.getLogger(__name__)

_STATEMENT = {
    "TotalRevenue": "revenue",
    "GrossProfit": "gross_profit",
    "OperatingIncome": "operating_income",
    "CapitalExpenditure": "capex",
    "FreeCashFlow": "free_cash_flow",
}
_VALUATION = {
    "PsRatio": "price_to_sales",
    "PeRatio": "price_to_earnings",
    "ForwardPeRatio": "forward_price_to_earnings",
}
_SUMMARY = {
    "price_to_sales": "priceToSalesTrailing12Months",
    "price_to_earnings": "trailingPE",
    "forward_price_to_earnings": "forwardPE",
}
_MONTHS = {"quarterly": "3M", "annual": "12M"}
_FIRST = date(2000, 1, 1)
_AHEAD = timedelta(days=1)  # an exchange's day may be over there before it is here
_MOST_MONEY = 1e16  # no company has more of any currency
_HIGHEST = 1e5
_CURRENCY_LETTERS = 3

Points = dict[date, tuple[float, str]]


class YahooFundamentals:
    """StatementSource over the time series that Yahoo's own pages show."""

    def __init__(self, session: GuardedSession, clock: Clock) -> None:
        """Ask through ``session``; judge dates by ``clock``."""
        self._session = session
        self._clock = clock

    def statements(self, symbol: str) -> Statements:
        """Fetch what is known of a company; empty for a fund or an index; raise ProviderError on failure."""
        now = self._clock.now()
        today = now.date() + _AHEAD
        series = self._series(symbol, today)
        quarters, years = _periods(series, "quarterly"), _periods(series, "annual")
        valuations = _valuations(series)
        if not valuations and (quarters or years):
            newest = (*years, *quarters)[-1]
            valuations = self._summary(symbol, now.date(), newest.currency)
        return Statements(symbol=symbol, fetched=now, quarters=quarters, years=years, valuations=valuations)

    def _series(self, symbol: str, today: date) -> dict[str, Points]:
        """Return the sound points of every type, by its name with prefix."""
        types = [f"{prefix}{name}" for prefix in ("quarterly", "annual") for name in _STATEMENT]
        types += [f"{prefix}{name}" for prefix in ("quarterly", "trailing") for name in _VALUATION]
        params = {
            "symbol": symbol,
            "type": ",".join(types),
            "period1": str(_seconds(_FIRST)),
            "period2": str(_seconds(today + _AHEAD)),
        }
        address = f"{QUERY}/ws/fundamentals-timeseries/v1/finance/timeseries/{quote(symbol, safe='')}"
        found = items(child(self._session.get_json("statements", address, params), "timeseries", "result"))
        if found is None:
            raise ProviderError("statements: the answer has no figures in it")
        series: dict[str, Points] = {}
        for entry in found:
            told = items(child(entry, "meta", "symbol")) or ()
            if told and symbol not in told:
                raise ProviderError(f"statements: another company's figures came for {symbol}")
            for name in types:
                points = items(child(entry, name))
                if points is not None:
                    series[name] = _points(name, points, today)
        return series

    def _summary(self, symbol: str, day: date, currency: str) -> tuple[Valuation, ...]:
        """Return today's multiples, none where they cannot be had: the statements are worth showing alone.

        Its price to sales divides a value in the price's currency by sales in the statements': without
        meaning where these differ (``currency``), as of a share of Taiwan traded in New York.
        """
        address = f"{QUERY}/v10/finance/quoteSummary/{quote(symbol, safe='')}"
        params = {"modules": "summaryDetail,defaultKeyStatistics", "formatted": "false"}
        try:
            answer = self._session.get_json("statements", address, params)
        except ProviderError as fault:
            _log.info("valuation of %s: %s", symbol, fault)
            return ()
        modules = (items(child(answer, "quoteSummary", "result")) or (None,))[0]
        paid: dict[str, float] = {}
        priced_in = text(child(modules, "summaryDetail", "currency"))
        for field, name in _SUMMARY.items():
            if field == "price_to_sales" and priced_in != currency:
                continue
            for module in ("summaryDetail", "defaultKeyStatistics"):
                value = _plausible(child(modules, module, name))
                if value is not None:
                    paid.setdefault(field, value)
        return (Valuation(day=day, **paid),) if paid else ()


def _seconds(day: date) -> int:
    return (day - date(1970, 1, 1)).days * 86_400


def _points(name: str, raw: tuple[object, ...], today: date) -> Points:
    """Return the points of one type that can be true."""
    months = next((span for prefix, span in _MONTHS.items() if name.startswith(prefix)), None)
    valued = any(name.endswith(kind) for kind in _VALUATION)
    points: Points = {}
    for point in raw:
        day = _day(child(point, "asOfDate"), today)
        value = number(child(point, "reportedValue", "raw"))
        told = text(child(point, "periodType"))
        wrong_span = not valued and told is not None and months is not None and told != months
        currency = text(child(point, "currencyCode")) or ""
        of_nothing = not valued and not (len(currency) == _CURRENCY_LETTERS and currency.isalpha())
        if day is None or value is None or abs(value) > _MOST_MONEY or wrong_span or of_nothing:
            continue
        points[day] = (value, currency)
    return points


def _day(value: object, today: date) -> date | None:
    try:
        day = date.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None
    return day if day is not None and _FIRST <= day <= today else None


def _periods(series: Mapping[str, Points], prefix: str) -> tuple[StatementPeriod, ...]:
    """Join the points of one day into a statement; a day whose points are in two currencies is left out."""
    days: dict[date, dict[str, tuple[float, str]]] = {}
    for name, field in _STATEMENT.items():
        for day, point in series.get(prefix + name, {}).items():
            days.setdefault(day, {})[field] = point
    periods = []
    for day in sorted(days):
        currencies = {currency for _, currency in days[day].values()}
        if len(currencies) == 1:
            values = {field: value for field, (value, _) in days[day].items()}
            if "capex" in values:  # a cash flow statement has it as money that left
                values["capex"] = abs(values["capex"])
            periods.append(StatementPeriod(end=day, currency=currencies.pop(), **values))
    return tuple(periods)


def _valuations(series: Mapping[str, Points]) -> tuple[Valuation, ...]:
    days: dict[date, dict[str, float]] = {}
    for prefix in ("quarterly", "trailing"):
        for name, field in _VALUATION.items():
            for day, (raw, _) in series.get(prefix + name, {}).items():
                value = _plausible(raw)
                if value is not None:
                    days.setdefault(day, {})[field] = value
    return tuple(Valuation(day=day, **days[day]) for day in sorted(days))


def _plausible(value: object) -> float | None:
    """Return a multiple that can be true."""
    raw = child(value, "raw") if isinstance(value, dict) else value
    multiple = positive(raw)
    return multiple if multiple is not None and multiple < _HIGHEST else None
