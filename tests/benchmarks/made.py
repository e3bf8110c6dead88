"""What the program and its peers are given alike: closes, candles, and a stream of prices."""

import random
import threading
import time
from collections.abc import Iterator, Sequence

import numpy as np

THRESHOLD_PCT = 4.0  # a move that the rule is about
_FOLLOWED = 10


def closes(seed: int, days: int = 504, names: int = 130) -> np.ndarray:
    """Return two years of closes that wander by 2 % a day, shape ``(days, names)``."""
    steps = np.random.default_rng(seed).normal(0.0, 0.02, (days, names))
    return np.asarray(100.0 * np.exp(np.cumsum(steps, axis=0)))


def candles(count: int) -> np.ndarray:
    """Return open, high, low, close and volume, shape ``(count, 5)``."""
    close = 100.0 * np.exp(np.cumsum(np.random.default_rng(3).normal(0.0, 0.01, count)))
    return np.column_stack((close * 0.995, close * 1.01, close * 0.99, close, np.full(count, 1e6)))


class Stream:
    """Prices of every name, ``rate`` times a second each, and how long every tenth was on its way.

    They come one by one, or those of ``gathered`` seconds at once.
    """

    def __init__(self, symbols: Sequence[str], rate: int, gathered: float) -> None:
        self.sent = self.taken = 0
        self.delays: list[float] = []  # milliseconds
        self._symbols = symbols
        self._per_second = len(symbols) * rate
        self._batch = max(round(self._per_second * gathered), 1)
        self._on_their_way: dict[tuple[str, float], float] = {}

    def batches(self, stop: threading.Event) -> Iterator[list[tuple[str, float]]]:
        """Yield prices when they are due: names in turn, around 100, always the same."""
        draw, due = random.Random(1), time.perf_counter()  # noqa: S311 - the same prices each time
        while not stop.is_set():
            batch = []
            for number in range(self.sent, self.sent + self._batch):
                symbol = self._symbols[number % len(self._symbols)]
                price = round(100.0 + draw.gauss(0.0, 0.3), 4)
                batch.append((symbol, price))
                if number % _FOLLOWED == 0:
                    self._on_their_way[symbol, price] = time.perf_counter()
            yield batch
            self.sent += len(batch)
            due += len(batch) / self._per_second
            stop.wait(max(due - time.perf_counter(), 0.0))

    def arrived(self, symbol: str, price: float) -> None:
        """Note that the list has taken a price in."""
        self.taken += 1
        began = self._on_their_way.pop((symbol, price), None)
        if began is not None:
            self.delays.append((time.perf_counter() - began) * 1000.0)
