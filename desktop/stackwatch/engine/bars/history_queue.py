"""Which symbols still want their daily bars: each once a day, benchmarks first, failures a few times."""

from collections import Counter, deque
from collections.abc import Callable, Iterable
from datetime import date

MAX_TRIES = 3
_LOOKS = 4  # symbols looked at for one that is taken, so that a look never holds the core up


class HistoryQueue:
    """Symbols waiting for daily bars. Filled anew with each calendar day."""

    def __init__(self, symbols: Iterable[str]) -> None:
        self._symbols = tuple(dict.fromkeys(symbols))
        self._day: date | None = None
        self._stopped = False
        self._waiting: deque[str] = deque()
        self._tries: Counter[str] = Counter()

    def next(self, count: int, today: date, complete: Callable[[str], bool]) -> tuple[str, ...]:
        """Take up to ``count`` symbols whose bars are not ``complete``; looks at few more than that."""
        if today != self._day:
            self._day, self._stopped = today, False
            self._waiting = deque(self._symbols)
            self._tries.clear()
        wanted: list[str] = []
        for _ in range(count * _LOOKS):
            if not self._waiting or len(wanted) == count:
                break
            symbol = self._waiting.popleft()
            if not complete(symbol):
                wanted.append(symbol)
        return tuple(wanted)

    @property
    def progress(self) -> tuple[int, int]:
        """How many symbols no longer wait, and how many there are."""
        return len(self._symbols) - len(self._waiting), len(self._symbols)

    def stop(self, today: date) -> None:
        """Wait for nothing more today, also where today's round has not begun."""
        self._day, self._stopped = today, True
        self._waiting.clear()

    def failed(self, symbol: str) -> None:
        """Put a symbol back at the end, unless it failed too often today."""
        self._tries[symbol] += 1
        if self._tries[symbol] < MAX_TRIES:
            self.put_back(symbol)

    def put_back(self, symbol: str) -> None:
        """Put a symbol back at the end, as often as that takes, unless nobody waits for it any more."""
        if symbol in self._symbols and not self._stopped:
            self._waiting.append(symbol)

    def only(self, symbols: Iterable[str]) -> None:
        """Drop every symbol that is not among ``symbols``."""
        kept = frozenset(symbols)
        self._symbols = tuple(symbol for symbol in self._symbols if symbol in kept)
        self._waiting = deque(symbol for symbol in self._waiting if symbol in kept)
