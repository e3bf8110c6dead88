"""History: daily and intraday bars from Yahoo's chart endpoint."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from urllib.parse import quote
from zoneinfo import ZoneInfo

from stackwatch.domain.currency import same_money
from stackwatch.domain.errors import ProviderError
from stackwatch.domain.quote import CorporateActions, DailyBar, Dividend, MinuteBar, Split
from stackwatch.engine.ports import Clock, History
from stackwatch.providers.web.fields import child, count, epoch, items, positive, text
from stackwatch.providers.yahoo.endpoints import described
from stackwatch.providers.yahoo.session import QUERY, GuardedSession

_SETTLING = timedelta(minutes=30)  # delayed exchanges report their last trade after the close
_LONGEST_QUARTER_HOURS = 60
_COLUMNS = ("open", "high", "low", "close", "volume")
_SLACK = 0.01  # Yahoo rounds open and close differently from the range
_LEAST_SOUND = 0.6
_FURTHEST = 5.0  # a larger factor between two bars is an adjustment that is missing
_LONGEST_GAP = timedelta(days=30)
_LARGEST_SPLIT = 1000.0


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

    def __init__(
        self, session: GuardedSession, clock: Clock, expected_currency: Mapping[str, str] | None = None
    ) -> None:
        """Ask through ``session``; judge times by ``clock``; refuse bars in a currency not expected."""
        self._session = session
        self._clock = clock
        self._expected_currency = expected_currency or {}

    def daily_history(self, symbol: str, start: date) -> History:
        """Fetch the closed sessions from ``start`` on, oldest first; a session still open is left out.

        Splits and dividends are those since ``start``; one that cannot be true is left out.
        """
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
        rows = _rows(chart, symbol, now)
        _check_reach(chart, symbol, rows, first)
        for row in rows:
            day = row.start.astimezone(zone).date()
            if day < start or day == running or day in bars:
                continue
            bars[day] = DailyBar(day, row.open, row.high, row.low, row.close, row.volume)
        return History(tuple(bars.values()), _actions(chart, zone, start, now.astimezone(zone).date()))

    def minutes(self, symbol: str, days: int) -> tuple[MinuteBar, ...]:
        """Fetch the last ``days`` sessions (1 to 60): one-minute bars for one, quarter hours for more.

        Those of one day hold the hours before and after the session too, where the exchange has them.
        """
        if not 1 <= days <= _LONGEST_QUARTER_HOURS:
            raise ProviderError(f"chart: intraday bars reach back 1 to 60 sessions, not {days}")
        minutes = 1 if days == 1 else 15
        extended = {"includePrePost": "true"} if days == 1 else {}
        chart = self._fetch(symbol, f"{minutes}m", {"range": f"{days}d", **extended})
        bars: dict[datetime, MinuteBar] = {}
        for row in _rows(chart, symbol, self._clock.now()):
            start = row.start - timedelta(seconds=row.start.timestamp() % (60 * minutes))
            bar = MinuteBar(start, row.open, row.high, row.low, row.close, row.volume)
            known = bars.get(start)  # the running interval comes twice, at last with the time of its trade
            bars[start] = bar if known is None else _joined(known, bar)
        return tuple(bars.values())

    def _fetch(self, symbol: str, interval: str, span: dict[str, str]) -> object:
        """Return one symbol's chart, sure that it is the one asked for."""
        params = {"interval": interval, "includePrePost": "false", "events": "div,split", **span}
        answer = self._session.get_json("chart", f"{QUERY}/v8/finance/chart/{quote(symbol, safe='')}", params)
        results = items(child(answer, "chart", "result"))
        if not results:
            said = described(child(answer, "chart"))
            raise ProviderError(f"chart: no history of {symbol} in the answer{f' ({said})' if said else ''}")
        chart = results[0]
        if child(chart, "meta", "symbol") != symbol:
            raise ProviderError(f"chart: another symbol's history came for {symbol}")
        if child(chart, "meta", "dataGranularity") != interval:
            raise ProviderError(f"chart: the bars of {symbol} are not of {interval}")
        told, expected = text(child(chart, "meta", "currency")), self._expected_currency.get(symbol)
        if told and expected and not same_money(told, expected):
            raise ProviderError(f"chart: the bars of {symbol} are in {told}, not {expected}")
        return chart


def _rows(chart: object, symbol: str, now: datetime) -> tuple[_Row, ...]:
    """Return the sound bars in time order; raise ProviderError when too few are, or they cannot be true."""
    if child(chart, "timestamp") is None:
        return ()  # no session in the span
    table = _table(chart)
    rows: list[_Row] = []
    for cells in table:
        row = _row(cells, now)
        if row is not None and (not rows or row.start > rows[-1].start):
            rows.append(row)
    if len(rows) < _LEAST_SOUND * len(table):
        raise ProviderError(
            f"chart: only {len(rows)} of {len(table)} bars of {symbol} are sound and in order"
        )
    for one, other in pairwise(rows):
        if not one.close / _FURTHEST <= other.close <= one.close * _FURTHEST:
            raise ProviderError(f"chart: {symbol} jumps on {other.start:%Y-%m-%d} as no share does")
    price = positive(child(chart, "meta", "regularMarketPrice"))
    if rows and price and not price / _FURTHEST <= rows[-1].close <= price * _FURTHEST:
        raise ProviderError(f"chart: the bars of {symbol} do not lead to its price")
    return tuple(rows)


def _table(chart: object) -> list[tuple[object, ...]]:
    """Return time, open, high, low, close and volume of each bar, unchecked."""
    times = items(child(chart, "timestamp"))
    indicators = items(child(chart, "indicators", "quote"))
    if times is None or not indicators:
        raise ProviderError("chart: the answer has no bars in it")
    columns = [times]
    for name in _COLUMNS:
        column = items(child(indicators[0], name))
        if column is None or len(column) != len(times):
            raise ProviderError("chart: the columns are of different length")
        columns.append(column)
    return list(zip(*columns, strict=True))


def _row(cells: tuple[object, ...], now: datetime) -> _Row | None:
    """Check one bar; None for a null, NaN or contradictory one and for one from the future."""
    start = epoch(cells[0])
    opens, high, low, close = (positive(value) for value in cells[1:5])
    if start is None or start > now or opens is None or high is None or low is None or close is None:
        return None
    inside = min(opens, close) >= low * (1.0 - _SLACK) and max(opens, close) <= high * (1.0 + _SLACK)
    if high < low or not inside:
        return None
    return _Row(start, opens, high, low, close, count(cells[5]) or 0)


def _joined(one: MinuteBar, other: MinuteBar) -> MinuteBar:
    """Return the bar of an interval that came in two parts."""
    return replace(
        one,
        high=max(one.high, other.high),
        low=min(one.low, other.low),
        close=other.close,
        volume=one.volume + other.volume,
    )


def _actions(chart: object, zone: ZoneInfo, start: date, today: date) -> CorporateActions:
    """Return the sound splits and dividends from ``start`` to ``today``, oldest first."""
    splits: dict[date, Split] = {}
    for day, event in _events(chart, "splits", zone):
        new, old = positive(child(event, "numerator")), positive(child(event, "denominator"))
        if new is None or old is None or new == old or not start <= day <= today:
            continue
        if 1.0 / _LARGEST_SPLIT <= new / old <= _LARGEST_SPLIT:
            splits[day] = Split(day, new / old)
    dividends: dict[date, Dividend] = {}
    for day, event in _events(chart, "dividends", zone):
        amount = positive(child(event, "amount"))
        if amount is not None and start <= day <= today:
            dividends[day] = Dividend(day, amount)
    return CorporateActions(
        tuple(splits[day] for day in sorted(splits)), tuple(dividends[day] for day in sorted(dividends))
    )


def _events(chart: object, kind: str, zone: ZoneInfo) -> Iterator[tuple[date, object]]:
    """Return the events of a kind with their days on the exchange."""
    events = child(chart, "events", kind)
    if not isinstance(events, dict):
        return
    for event in events.values():
        moment = epoch(child(event, "date"))
        if moment is not None:
            yield moment.astimezone(zone).date(), event


def _check_reach(chart: object, symbol: str, rows: Sequence[_Row], first: datetime) -> None:
    """Refuse a history that begins long after it was asked to, although the share is older."""
    listed = epoch(child(chart, "meta", "firstTradeDate"))
    if rows and listed is not None and rows[0].start - max(first, listed) > _LONGEST_GAP:
        raise ProviderError(f"chart: the history of {symbol} begins only on {rows[0].start:%Y-%m-%d}")


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
