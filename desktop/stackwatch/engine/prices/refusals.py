"""Of which symbols the source gives no price or no history, since when and why."""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime

from stackwatch.domain.fault_events import SymbolsRefused
from stackwatch.domain.quote import Refusal
from stackwatch.engine.ports import Clock


class Refusals:
    """Keeps what the last answer said of each symbol, and tells its changes. Owned by the core thread."""

    def __init__(self, clock: Clock, publish: Callable[[SymbolsRefused], None]) -> None:
        self._clock = clock
        self._publish = publish
        self._known: dict[tuple[str, bool], Refusal] = {}

    def note(
        self,
        refused: Mapping[str, str],
        given: Iterable[str],
        since: Mapping[str, datetime],
        *,
        history: bool,
    ) -> None:
        """Note why symbols have no price, or no ``history``, and which were ``given`` one.

        ``since`` is from earlier runs.
        """
        now, before = self._clock.now(), dict(self._known)
        for symbol in given:
            self._known.pop((symbol, history), None)
        for symbol, reason in refused.items():
            known = self._known.get((symbol, history))
            began = known.since if known is not None else since.get(symbol, now)
            self._known[symbol, history] = Refusal(symbol, began, reason, history)
        if self._known != before:
            # A price is missed first.
            told = sorted(self._known.values(), key=lambda refusal: refusal.history)
            self._publish(SymbolsRefused(tuple(told)))
