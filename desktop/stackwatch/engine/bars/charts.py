"""Bars for the chart: what the store has of a span, and the open chart that grows with every price."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

from stackwatch.domain.events import BarGrown, BarsLoaded
from stackwatch.domain.market import TradingSession
from stackwatch.domain.quote import Bar, ChartRange, DailyBar, MinuteBar, Quote, Session
from stackwatch.engine.bars.daily_bars import DailyBars
from stackwatch.engine.bars.open_chart import OpenChart
from stackwatch.engine.ports import BarSource, Clock
from stackwatch.engine.prices.market_data import MarketData
from stackwatch.engine.store_ports import BarStore

_SESSIONS = {ChartRange.DAY_1: 1, ChartRange.DAY_5: 5}
_MINUTES = {ChartRange.DAY_1: 1, ChartRange.DAY_5: 15}  # of one bar
_HOLIDAYS = timedelta(days=21)  # five sessions are in it, whatever the exchange
_SETTLED = timedelta(hours=4, minutes=30)  # after a close, when the last bars behind it are in
_EARLY = timedelta(hours=5, minutes=30)  # before an open, when the first bars of its day come
_JUST_NOW = timedelta(seconds=30)


class Charts:
    """The bars that charts ask for. Owned by the core thread."""

    def __init__(
        self,
        *,
        store: BarStore,
        market: MarketData,
        daily: DailyBars,
        clock: Clock,
        publish: Callable[[BarsLoaded | BarGrown], None],
        replay: BarSource | None,
    ) -> None:
        self._store = store
        self._market = market
        self._daily = daily
        self._clock = clock
        self._publish = publish
        self._replay = replay
        self._open: OpenChart | None = None
        self._told: tuple[TradingSession, ...] = ()  # of minute bars: those that the open chart knows
        self._asked: dict[tuple[str, ChartRange], datetime] = {}

    def show(self, symbol: str, chart_range: ChartRange, bars: Sequence[Bar], fault: str = "") -> None:
        """Tell a chart its bars, today's unfinished session included, or why none came; it grows later."""
        chart = self._open
        if chart is None or (chart.symbol, chart.chart_range) != (symbol, chart_range):
            chart = self._open = OpenChart(symbol, chart_range, replay=self._replay is not None)
        begins = self._begins(symbol, chart_range)
        if begins is not None:
            chart.drop_before(begins)
        quote = self._market.quotes.get(symbol)
        day = None if quote is None else self._market.session_date(quote)
        loaded = chart.fill(bars, quote, day, self._daily.actions(symbol))
        self._told = self._begun(symbol) if chart_range.intraday else ()
        sessions = self._told or self._since_first(loaded)
        self._publish(replace(loaded, sessions=sessions, fault=fault))

    def grow(self, symbols: Sequence[str]) -> None:
        """Let the open chart follow a new price, if it is of one of ``symbols``.

        A replay runs faster than minutes pass: its source knows the bars between two prices.
        """
        chart = self._open
        if chart is None or chart.symbol not in symbols:
            return
        quote = self._market.quotes[chart.symbol]
        begun = self._begun(chart.symbol) if chart.chart_range.intraday else ()
        if _contradicted(quote, begun):
            return
        if self._replay is not None and chart.chart_range.intraday:
            grown = chart.follow(self._replay.minutes(chart.symbol, _SESSIONS[chart.chart_range]))
        else:
            grown = chart.grow(quote, self._market.session_date(quote))
        if grown is None:
            return
        if begun != self._told:
            self.show(chart.symbol, chart.chart_range, ())  # a session began since the bars were loaded
        else:
            self._publish(grown)

    @property
    def opened(self) -> tuple[str, ChartRange] | None:
        """The symbol and span of the open chart."""
        return None if self._open is None else (self._open.symbol, self._open.chart_range)

    def start_of(self, chart_range: ChartRange) -> date:
        """Return the first day of a span of days that ends now."""
        return self._clock.now().date() - chart_range.length

    def stored_days(self, symbol: str, chart_range: ChartRange) -> tuple[DailyBar, ...]:
        """Return the stored daily bars of a span."""
        return self._store.load_daily(symbol, self.start_of(chart_range))

    def stored_minutes(self, symbol: str, chart_range: ChartRange) -> tuple[MinuteBar, ...]:
        """Return the stored bars of the last sessions that have begun."""
        begins = self._begins(symbol, chart_range)
        if begins is None:
            return ()
        return self._store.load_minutes(symbol, _MINUTES[chart_range], begins)

    def keep_minutes(self, symbol: str, chart_range: ChartRange, bars: Sequence[MinuteBar]) -> None:
        """Store the bars that a provider gave for a span."""
        if self._replay is not None:
            return
        self._asked[symbol, chart_range] = self._clock.now()
        self._store.save_minutes(symbol, _MINUTES[chart_range], bars)

    def is_settled(self, symbol: str, chart_range: ChartRange) -> bool:
        """Whether a provider was asked just now, or nothing can have been traded since."""
        asked, now = self._asked.get((symbol, chart_range)), self._clock.now()
        if asked is None:
            return False
        if timedelta(0) <= now - asked < _JUST_NOW:
            return True
        sessions = self._daily.sessions(symbol, now.date() - _HOLIDAYS)
        return not any(s.open < now and s.close + _SETTLED > asked for s in sessions)

    def _begins(self, symbol: str, chart_range: ChartRange) -> datetime | None:
        """Return when an intraday span begins; None for days, in a replay and for an unknown year."""
        if self._replay is not None or not chart_range.intraday:
            return None
        begun = self._begun(symbol)[-_SESSIONS[chart_range] :]
        if not begun:
            return None
        return begun[0].open - _EARLY if chart_range is ChartRange.DAY_1 else begun[0].open

    def _begun(self, symbol: str) -> tuple[TradingSession, ...]:
        """Return the last sessions that have begun."""
        now = self._clock.now()
        sessions = self._daily.sessions(symbol, now.date() - _HOLIDAYS)
        return tuple(session for session in sessions if session.open <= now)

    def _since_first(self, loaded: BarsLoaded) -> tuple[TradingSession, ...]:
        """Return the sessions that belong to bars of days: what is told after a close is the next one's."""
        first = next((bar.day for bar in loaded.bars if isinstance(bar, DailyBar)), None)
        return () if first is None else tuple(self._daily.sessions(loaded.symbol, first))

    @staticmethod
    def sessions_of(chart_range: ChartRange) -> int:
        """Return how many sessions an intraday span covers."""
        return _SESSIONS[chart_range]


def _contradicted(quote: Quote, sessions: Sequence[TradingSession]) -> bool:
    """Whether a price that is said to be of extended hours was made in regular ones: it belongs in no bar."""
    made = quote.extended_as_of
    if quote.session is Session.REGULAR or made is None:
        return False
    return any(session.open <= made < session.close for session in sessions)
