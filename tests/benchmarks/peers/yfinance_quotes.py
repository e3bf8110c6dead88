"""yfinance asked for prices and the closes before, by ``fast_info`` or ``download``, for a second time."""

import sys
import time

import yfinance
from curl_cffi.requests import Response, Session
from tests.benchmarks.probe import report


class Counted(Session):
    """A session that counts its requests."""

    requests = 0

    def request(self, *arguments: object, **options: object) -> Response:
        """Ask, and count."""
        Counted.requests += 1
        return super().request(*arguments, **options)


def ask() -> int:
    """Return of how many symbols a price and the close before it came."""
    if way == "download":
        closes = yfinance.download(symbols, period="5d", progress=False, session=session)["Close"]
        return int((closes.count() >= 2).sum())
    quotes = [yfinance.Ticker(symbol, session=session).fast_info for symbol in symbols]
    return sum(quote["lastPrice"] > 0.0 and quote["previousClose"] > 0.0 for quote in quotes)


way, *symbols = sys.argv[1:]
session = Counted(impersonate="chrome")
ask()
before, began, worked = Counted.requests, time.perf_counter(), time.process_time()
prices = ask()
report(
    {
        "cpu_ms": (time.process_time() - worked) * 1000.0,
        "wall_ms": (time.perf_counter() - began) * 1000.0,
        "requests": float(Counted.requests - before),
        "all_requests": float(Counted.requests),
        "prices": float(prices),
    }
)
