"""Prices as they arrive: never without currency, time and state."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from stackwatch.domain.earnings import Earnings


class Session(StrEnum):
    """The phase of the trading day in which a price was made, or in which a market is."""

    PRE = "pre"
    REGULAR = "regular"
    BREAK = "break"  # a lunch break: of markets only, no price is made in it
    POST = "post"
    CLOSED = "closed"


class QuoteState(StrEnum):
    """How far a price can be trusted now."""

    LIVE = "live"
    DELAYED = "delayed"
    CLOSED = "closed"
    STALE = "stale"
    HALTED = "halted"  # said by the provider, or (``no_trades``) no trade while its market trades
    WITHHELD = "withheld"  # an unconfirmed split: the change is not shown
    UNKNOWN = "unknown"  # the provider does not know the symbol


FRESH = timedelta(minutes=2)  # a price as old as that is one of now
FUTURE_TOLERANCE = timedelta(minutes=2)  # by which the clock of a source may be ahead
_EXTENDED = (Session.PRE, Session.POST)
NOT_JUDGED = frozenset({QuoteState.STALE, QuoteState.HALTED, QuoteState.WITHHELD})  # known, and no measure


@dataclass(frozen=True, slots=True)
class Missing:
    """How often, at least half an hour apart, a provider answered without a symbol, and since when."""

    since: datetime
    answers: int


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why the source gives no price of a symbol, or no ``history``, and since when."""

    symbol: str
    since: datetime
    reason: str
    history: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """The last price of an instrument and where it stands.

    Prices are in ``currency`` and finite and > 0; times are aware UTC; ``price`` and
    ``previous_close`` are of the regular session, ``extended_price`` of pre- or post-market.
    ``index_level`` marks a replayed price whose level is not documented (100 = the close before
    the replay); its moves are. ``split`` is the factor of a split that trades from this day on and is in
    ``previous_close``, or, when WITHHELD, the factor that was suspected; ``ex_dividend`` is the cash without
    which it trades from today on. ``market_value`` is that of the whole company in the currency, whole units
    where the price is in hundredths. ``missing`` is set while the provider leaves the symbol out.
    """

    symbol: str
    price: float
    currency: str
    previous_close: float
    as_of: datetime
    session: Session
    source: str
    state: QuoteState
    delay_minutes: int = 0
    open: float | None = None
    day_high: float | None = None
    day_low: float | None = None
    year_high: float | None = None
    year_low: float | None = None
    volume: int | None = None
    price_hint: int | None = None
    extended_price: float | None = None
    extended_as_of: datetime | None = None
    name: str | None = None
    index_level: bool = False
    no_trades: bool = False
    split: float | None = None
    ex_dividend: float | None = None
    earnings: Earnings | None = None
    market_value: float | None = None
    missing: Missing | None = None

    @property
    def change(self) -> float:
        """Change since the previous regular close, in ``currency``."""
        return self.price - self.previous_close

    @property
    def change_pct(self) -> float:
        """Change since the previous regular close, in percent."""
        return (self.price / self.previous_close - 1.0) * 100.0

    @property
    def is_extended(self) -> bool:
        """Whether it is of pre- or post-market."""
        return self.session in _EXTENDED

    @property
    def extended_now(self) -> float | None:
        """The price outside regular hours while they last; ``extended_price`` stays known after them."""
        return self.extended_price if self.session in _EXTENDED else None

    @property
    def stand_in(self) -> float | None:
        """The price outside regular hours that is shown in place of the regular one, None where none is."""
        return None if self.state in NOT_JUDGED else self.extended_now

    @property
    def early(self) -> bool:
        """Whether the price that is shown is of a day whose session is still to come: its move is older."""
        return self.session is Session.PRE and self.stand_in is not None

    @property
    def shown_change_pct(self) -> float:
        """Change of the price that is shown: outside regular hours since their close, in percent."""
        price = self.stand_in
        return self.change_pct if price is None else (price / self.price - 1.0) * 100.0

    @property
    def over(self) -> bool:
        """Whether its session has ended."""
        return self.state is QuoteState.CLOSED or self.session in (Session.POST, Session.CLOSED)


@dataclass(frozen=True, slots=True)
class VolumeSoFar:
    """A session's volume as a multiple of what is usual by the same time of day; None has a reason.

    ``own`` says that this is the median of the share's own past sessions, by the minute; else it is a usual
    day's volume by the usual course of a day.
    """

    symbol: str
    times: float | None = None
    own: bool = False
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class DailyBar:
    """One session of an instrument, split-adjusted."""

    day: date
    open: float
    high: float
    low: float
    close: float
    volume: int


@dataclass(frozen=True, slots=True)
class Split:
    """New shares per old one, from ``day`` on; 0.1 is a reverse split of ten into one."""

    day: date
    factor: float


@dataclass(frozen=True, slots=True)
class Dividend:
    """Cash per share in the instrument's currency, without which it trades from ``day`` on."""

    day: date
    amount: float


@dataclass(frozen=True, slots=True)
class CorporateActions:
    """What a company did to its shares, oldest first."""

    splits: tuple[Split, ...] = ()
    dividends: tuple[Dividend, ...] = ()


@dataclass(frozen=True, slots=True)
class MinuteBar:
    """One interval inside a session; ``start`` is aware UTC."""

    start: datetime
    open: float
    high: float
    low: float
    close: float
    volume: int


Bar = DailyBar | MinuteBar


class ChartRange(StrEnum):
    """A span of the chart."""

    DAY_1 = "1D"
    DAY_5 = "5D"
    MONTH_1 = "1M"
    MONTH_6 = "6M"
    YEAR_1 = "1Y"
    YEAR_5 = "5Y"

    @property
    def intraday(self) -> bool:
        """Whether the span is drawn from minute bars."""
        return self in (ChartRange.DAY_1, ChartRange.DAY_5)

    @property
    def length(self) -> timedelta:
        """How far a span of days goes back."""
        return timedelta(days=_DAYS[self])


_DAYS = {
    ChartRange.MONTH_1: 31,
    ChartRange.MONTH_6: 183,
    ChartRange.YEAR_1: 366,
    ChartRange.YEAR_5: 5 * 366,
}


@dataclass(frozen=True, slots=True)
class HistorySummary:
    """What the list draws beside a price: the last closes (oldest first) and the year's range."""

    symbol: str
    closes: tuple[float, ...]
    year_low: float | None
    year_high: float | None
