"""The condition of every source, and since when."""

from collections.abc import Callable
from datetime import datetime

from stackwatch.domain.events import HealthChanged
from stackwatch.domain.health import SILENT, Health, HealthState
from stackwatch.engine.ports import Clock


class SourceHealth:
    """Keeps the condition of every source and tells its changes. Owned by the core thread."""

    def __init__(self, clock: Clock, publish: Callable[[HealthChanged], None]) -> None:
        self._clock = clock
        self._publish = publish
        self._known: dict[str, Health] = {}

    def of(self, source: str) -> Health | None:
        """Return the condition of a source, None before it was ever noted."""
        return self._known.get(source)

    def warn(self, source: str, warning: str | None) -> None:
        """Record what is doubtful about a source, or without a warning that nothing is any more."""
        if warning is not None:
            self.note(source, HealthState.DEGRADED, warning)
        elif source in self._known:
            self.note(source, HealthState.OK, "")

    def note(self, source: str, state: HealthState, detail: str, next_try: datetime | None = None) -> None:
        """Record and tell a source's condition; ``since`` is when it began."""
        known = self._known.get(source)
        if known is not None and known.state is state is HealthState.OK:
            return
        goes_on = known is not None and (known.state is state or {known.state, state} <= SILENT)
        since = known.since if known is not None and goes_on else self._clock.now()
        health = Health(source=source, state=state, since=since, detail=detail, next_try=next_try)
        if known != health:
            self._known[source] = health
            self._publish(HealthChanged(health))
