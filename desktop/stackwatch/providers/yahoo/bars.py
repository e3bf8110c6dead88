"""History: daily and intraday bars from Yahoo's chart endpoint."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from urllib.parse import quote
from zoneinfo import ZoneInfo

from stackwatch.domain.errors import ProviderError
from stackwatch.domain.quote import DailyBar, MinuteBar
from stackwatch.engine.ports import Clock
from stackwatch.providers.web.fields import child, count, epoch, items, positive, text
from stackwatch.providers.yahoo.session import QUERY, GuardedSession

_SETTLING = timedelta(minutes=30)  # delayed exchanges report their last trade after the close
_LONGEST_QUARTER_HOURS = 60
_COLUMNS = ("open", "high", "low", "close")


@dataclass(frozen=True, slots=True)
class _Row:
    """One sound bar of an answer; ``start`` is aware UTC."""

    start: datetime
    open: float
    high: float
    low: float
    close: float
    volume: int


class YahooBars:
    """BarSource over the chart endpoint; one request per call. Prices are adjusted for splits only."""

    def __init__(self, session: GuardedSession, clock: Clock) -> None:
        """Ask through ``session``; judge times by ``clock``."""
        self._session = session
        self._clock = clock

    def daily(self, symbol: str, start: date) -> tuple[DailyBar, ...]:
        """Fetch the closed sessions from ``start`` on, oldest first; a session still open is left out."""
        now = self._clock.now()
        first = datetime(start.year, start.month, start.day, tzinfo=UTC) - timedelta(days=1)
        span = {
            "period1": str(int(first.timestamp())),
            "period2": str(int((now + timedelta(days=1)).timestamp())),
        }
        chart = self._fetch(symbol, "1d", span)
        zone = _zone(chart)
        running = _running_day(chart, zone, now)
        bars: dict[date, DailyBar] = {}
        for row in _rows(chart, now):
            day = row.start.astimezone(zone).date()
            if day < start or day == running or day in bars:
                continue
            bars[day] = DailyBar(day, row.open, row.high, row.low, row.close, row.volume)
        return tuple(bars.values())

    def minutes(self, symbol: str, days: int) -> tuple[MinuteBar, ...]:
        """Fetch the last ``days`` sessions (1 to 60): one-minute bars for one, quarter hours for more."""
        if not 1 <= days <= _LONGEST_QUARTER_HOURS:
            raise ProviderError(f"chart: intraday bars reach back 1 to 60 sessions, not {days}")
        interval = "1m" if days == 1 else "15m"
        chart = self._fetch(symbol, interval, {"range": f"{days}d"})
        return tuple(
            MinuteBar(row.start, row.open, row.high, row.low, row.close, row.volume)
            for row in _rows(chart, self._clock.now())
        )

    def _fetch(self, symbol: str, interval: str, span: dict[str, str]) -> object:
        """Return one symbol's chart, sure that it is the one asked for."""
        params = {"interval": interval, "includePrePost": "false", "events": "div,split", **span}
        answer = self._session.get_json("chart", f"{QUERY}/v8/finance/chart/{quote(symbol, safe='')}", params)
        results = items(child(answer, "chart", "result"))
        if not results:
            raise ProviderError(f"chart: no history of {symbol} in the answer")
        chart = results[0]
        if child(chart, "meta", "symbol") != symbol:
            raise ProviderError(f"chart: another symbol's history came for {symbol}")
        if child(chart, "meta", "dataGranularity") != interval:
            raise ProviderError(f"chart: the bars of {symbol} are not of {interval}")
        return chart


def _rows(chart: object, now: datetime) -> Iterator[_Row]:
    """Yield the sound bars in time order; null, NaN, future, unsorted and duplicate ones are dropped."""
    if child(chart, "timestamp") is None:
        return  # no session in the span
    times = items(child(chart, "timestamp"))
    indicators = items(child(chart, "indicators", "quote"))
    if times is None or not indicators:
        raise ProviderError("chart: the answer has no bars in it")
    prices = [items(child(indicators[0], name)) for name in _COLUMNS]
    volumes = items(child(indicators[0], "volume"))
    if any(column is None or len(column) != len(times) for column in (*prices, volumes)):
        raise ProviderError("chart: the columns are of different length")
    last: datetime | None = None
    for raw_time, *raw_prices, raw_volume in zip(
        times, *(c or () for c in prices), volumes or (), strict=True
    ):
        start = epoch(raw_time)
        if start is None or start > now or (last is not None and start <= last):
            continue
        opens, high, low, close = (positive(value) for value in raw_prices)
        if opens is None or high is None or low is None or close is None or high < low:
            continue
        last = start
        yield _Row(start, opens, high, low, close, count(raw_volume) or 0)


def _zone(chart: object) -> ZoneInfo:
    """Return the exchange's time zone."""
    name = text(child(chart, "meta", "exchangeTimezoneName"))
    try:
        return ZoneInfo(name or "")
    except (ValueError, OSError, KeyError) as error:  # ZoneInfoNotFoundError is a KeyError
        raise ProviderError("chart: the exchange's time zone is unknown") from error


def _running_day(chart: object, zone: ZoneInfo, now: datetime) -> date | None:
    """Return the day whose session has not closed yet, None when all have."""
    opens = epoch(child(chart, "meta", "currentTradingPeriod", "regular", "start"))
    closes = epoch(child(chart, "meta", "currentTradingPeriod", "regular", "end"))
    traded = epoch(child(chart, "meta", "regularMarketTime"))
    if opens is None or closes is None or traded is None:
        return now.astimezone(zone).date()
    settled = now >= closes and (traded >= closes or now >= closes + _SETTLING)
    return None if settled else opens.astimezone(zone).date()
