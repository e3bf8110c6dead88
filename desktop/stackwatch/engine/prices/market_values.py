"""What the companies of the list are worth, in one currency, so that their sizes can be compared."""

from collections.abc import Iterable
from datetime import datetime

from stackwatch.domain.currency import major_unit
from stackwatch.domain.quote import Quote
from stackwatch.engine.prices.fx_rates import FxRates

VALUED_IN = "USD"
_OTHER = 0.1  # share by which a value must differ from the one told to be told again: sizes do not tremble


class MarketValues:
    """The newest market value per symbol. Owned by the core thread."""

    def __init__(self, rates: FxRates) -> None:
        """Compare by ``rates`` into one currency."""
        self._own: dict[str, tuple[float, str]] = {}
        self._rates = rates
        self._told: dict[str, float] = {}

    @property
    def symbols(self) -> tuple[str, ...]:
        """The rates to ask for: of the currencies in which values are known."""
        return self._rates.symbols

    @property
    def told(self) -> tuple[tuple[str, float], ...]:
        """The values to compare, by symbol."""
        return tuple(self._told.items())

    def accept(self, quotes: Iterable[Quote], now: datetime) -> bool:
        """Take in prices and rates; returns whether what is told is other than before."""
        quotes = tuple(quotes)
        self._rates.accept(quotes, now)
        self._own |= {q.symbol: (q.market_value, q.currency) for q in quotes if q.market_value is not None}
        self._rates.follow_units(unit for _, unit in self._own.values())
        rates = {rate.currency: rate.rate for rate in self._rates.rates} | {VALUED_IN: 1.0}
        units = {symbol: major_unit(unit)[0] for symbol, (_, unit) in self._own.items()}
        values = {s: value * rates[units[s]] for s, (value, _) in self._own.items() if units[s] in rates}
        same = values.keys() == self._told.keys() and all(
            abs(value / self._told[symbol] - 1.0) < _OTHER for symbol, value in values.items()
        )
        if not same:
            self._told = values
        return not same
