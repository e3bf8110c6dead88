"""Money in the user's own currency, beside a price and never in place of it."""

from dataclasses import dataclass
from datetime import datetime

# Units in which prices are quoted that are hundredths of a currency.
_HUNDREDTHS = {"GBp": "GBP", "GBX": "GBP", "ILA": "ILS", "ZAc": "ZAR"}


@dataclass(frozen=True, slots=True, kw_only=True)
class FxRate:
    """What one unit of ``currency`` costs in ``home`` (ISO codes); the time is aware UTC."""

    currency: str
    home: str
    rate: float
    as_of: datetime


def fx_symbol(currency: str, home: str) -> str:
    """Return the Yahoo symbol of a rate."""
    return f"{currency}{home}=X"


def major_unit(unit: str) -> tuple[str, int]:
    """Return the ISO code behind a price's unit, and how many units make one: pence are (GBP, 100)."""
    major = _HUNDREDTHS.get(unit)
    return (unit, 1) if major is None else (major, 100)


def has_hundredths(currency: str) -> bool:
    """Whether prices in a currency may also be quoted in hundredths of it."""
    return currency in _HUNDREDTHS.values()


def same_money(unit: str, other: str) -> bool:
    """Whether two units are of one currency, as pence and pounds are."""
    return major_unit(unit)[0] == major_unit(other)[0]


def home_value(price: float, unit: str, rate: FxRate) -> float | None:
    """Return a price in the home currency, None when the rate is of another one."""
    currency, parts = major_unit(unit)
    return price / parts * rate.rate if currency == rate.currency else None
