"""A past trading day told by stored daily bars, as quotes at its close."""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from stackwatch.analysis.why.exposure_graph import ExposureGraph
from stackwatch.domain.errors import ProviderError
from stackwatch.domain.quote import DailyBar, MinuteBar, Quote, QuoteState, Session
from stackwatch.domain.watchlist import Ecosystem, Instrument, Watchlist
from stackwatch.engine.ports import Calendars, History, QuoteBatch
from stackwatch.engine.prices.market_clock import known_sessions

_USUAL_CLOSE = time(16)


class NoSource:
    """Stands where a provider would: an archive has all there is."""

    def quotes(self, symbols: Sequence[str]) -> QuoteBatch:
        """Refuse."""
        raise ProviderError(f"quotes of {len(symbols)} names were asked of an archive")

    def daily_history(self, symbol: str, start: date) -> History:
        """Refuse."""
        raise ProviderError(f"{symbol} since {start}: asked of an archive")

    def minutes(self, symbol: str, days: int) -> tuple[MinuteBar, ...]:
        """Refuse."""
        raise ProviderError(f"{days} days of {symbol}: asked of an archive")


def concerned_names(
    symbol: str, day: date, watchlist: Watchlist, ecosystem: Ecosystem, graph: ExposureGraph
) -> frozenset[str]:
    """Return every name whose prices may be in what is said of a symbol's move on a day.

    Itself, its layer, those tied to whatever reaches it, and what all of them are compared with.
    """
    layer = watchlist.layer_of.get(symbol)
    names = {symbol, *(name for each in watchlist.layers if each.id == layer for name in each.symbols)}
    reaching = graph.reaching(symbol, day)
    names.update(link.target for entity in reaching for link in graph.linked(entity, day))
    listed = names & ecosystem.instruments.keys()
    return frozenset(listed | {ecosystem.instruments[name].benchmark for name in listed})


def closing_quotes(
    histories: Mapping[str, Sequence[DailyBar]], day: date, ecosystem: Ecosystem, calendars: Calendars
) -> tuple[Quote, ...]:
    """Return a quote for every symbol with a bar of ``day`` and one before it (bars oldest first)."""
    quotes = []
    for symbol, bars in histories.items():
        known = [bar for bar in bars if bar.day <= day]
        if len(known) < 2 or known[-1].day != day:  # noqa: PLR2004 - a move needs two closes
            continue
        instrument = ecosystem.instruments[symbol]
        bar, before = known[-1], known[-2]
        quotes.append(
            Quote(
                symbol=symbol,
                price=bar.close,
                currency=ecosystem.currency_of(symbol),
                previous_close=before.close,
                as_of=session_close(instrument, day, calendars),
                session=Session.CLOSED,
                source="store",
                state=QuoteState.CLOSED,
                open=bar.open,
                day_high=bar.high,
                day_low=bar.low,
                volume=bar.volume,
            )
        )
    return tuple(quotes)


def session_close(instrument: Instrument, day: date, calendars: Calendars) -> datetime:
    """Return when an instrument's session of ``day`` closed, aware UTC; else when they usually do."""
    sessions = known_sessions(calendars, instrument.calendar, day, day)
    if sessions:
        return sessions[0].close
    return datetime.combine(day, _USUAL_CLOSE, ZoneInfo(instrument.timezone)).astimezone(UTC)
