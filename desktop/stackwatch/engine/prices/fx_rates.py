"""Exchange rates into one currency: the user's own, beside prices, or that in which sizes are compared."""

import logging
import math
from collections.abc import Iterable
from datetime import datetime, timedelta

from stackwatch.domain.currency import FxRate, fx_symbol, major_unit
from stackwatch.domain.quote import Quote
from stackwatch.domain.watchlist import Ecosystem
from stackwatch.engine.prices.quote_checks import unsound

_log = logging.getLogger(__name__)

_FORGOTTEN = timedelta(days=5)  # longer than any weekend with holidays
_FURTHEST = 0.15  # log distance from the day before that no rate goes


class FxRates:
    """The newest rate per currency of the list. Owned by the core thread."""

    def __init__(self, ecosystem: Ecosystem, listed: Iterable[str], home: str | None) -> None:
        self._ecosystem = ecosystem
        self._home = home
        self._rates: dict[str, FxRate] = {}
        self.follow(listed)

    def into(self, home: str) -> "FxRates":
        """Return rates into another currency, which follow nothing yet."""
        return FxRates(self._ecosystem, (), home)

    def follow(self, listed: Iterable[str]) -> None:
        """Know the currencies of other symbols from now on."""
        self._listed = tuple(listed)
        self._follow_listed()

    def _follow_listed(self) -> None:
        self.follow_units(self._ecosystem.currency_of(symbol) for symbol in self._listed)

    def follow_units(self, units: Iterable[str]) -> None:
        """Know these units of prices, pence too, from now on."""
        self._currencies = tuple(sorted({major_unit(unit)[0] for unit in units if unit}))

    @property
    def symbols(self) -> tuple[str, ...]:
        """The rates to ask for; none without a home currency."""
        if self._home is None:
            return ()
        return tuple(fx_symbol(c, self._home) for c in self._currencies if c != self._home)

    @property
    def rates(self) -> tuple[FxRate, ...]:
        """The rates that are known."""
        return tuple(self._rates.values())

    def set_home(self, home: str | None) -> bool:
        """Use another home currency; returns whether it is another one."""
        changed, self._home = home != self._home, home
        if changed:
            self._rates.clear()
        return changed

    def accept(self, quotes: Iterable[Quote], now: datetime) -> bool:
        """Take in quotes of rates; returns whether any rate changed or is forgotten."""
        if self._listed:  # a first price may have come in another currency than its exchange's
            self._follow_listed()
        before = dict(self._rates)
        wanted = {fx_symbol(c, self._home): c for c in self._currencies} if self._home else {}
        for quote in quotes:
            currency = wanted.get(quote.symbol)
            if currency is None or self._home is None:
                continue
            fault = unsound(quote, now) or self._other(quote, self._rates.get(currency))
            if fault is not None:
                _log.warning("rate %s refused: %s", quote.symbol, fault)
                continue
            self._rates[currency] = FxRate(
                currency=currency, home=self._home, rate=quote.price, as_of=quote.as_of
            )
        self._rates = {c: rate for c, rate in self._rates.items() if now - rate.as_of <= _FORGOTTEN}
        return self._rates != before

    def _other(self, quote: Quote, known: FxRate | None) -> str | None:
        if quote.currency != self._home:
            return f"in {quote.currency}, not {self._home}"
        if abs(math.log(quote.price / quote.previous_close)) > _FURTHEST:
            return f"{quote.price:g} after {quote.previous_close:g}"
        if known is not None and quote.as_of < known.as_of:
            return "older than what is known"
        return None
