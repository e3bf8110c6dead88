"""Symbols that the provider leaves out of its answers: proposed to the user, never silently dropped."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta

from stackwatch.domain.quote import Missing

ANSWERS = 3
APART = timedelta(minutes=30)


class MissingSymbols:
    """Counts explicit answers without a symbol, at most one in half an hour; three make it unknown."""

    def __init__(self) -> None:
        self._missing: dict[str, Missing] = {}

    def __getitem__(self, symbol: str) -> Missing | None:
        """Return what is counted for a symbol, None while the provider quotes it."""
        return self._missing.get(symbol)

    def restore(self, symbol: str, missing: Missing | None) -> None:
        """Go on with what was counted before a restart."""
        if missing is not None:
            self._missing[symbol] = missing

    def left_out(self, symbols: Iterable[str], now: datetime) -> tuple[str, ...]:
        """Count one more answer without ``symbols``; returns those whose count changed."""
        counted = []
        for symbol in symbols:
            known = self._missing.get(symbol)
            if known is None:
                self._missing[symbol] = Missing(now, 1)
            elif known.answers < ANSWERS and now >= known.since + known.answers * APART:
                self._missing[symbol] = Missing(known.since, known.answers + 1)
            else:
                continue
            counted.append(symbol)
        return tuple(counted)

    def quoted(self, symbol: str) -> None:
        """Forget what was counted: the provider knows the symbol."""
        self._missing.pop(symbol, None)

    @property
    def unknown(self) -> Mapping[str, datetime]:
        """The symbols that the provider no longer knows, and since when."""
        return {s: missing.since for s, missing in self._missing.items() if missing.answers >= ANSWERS}
