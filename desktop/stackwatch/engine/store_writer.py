"""Writing to the store when it may refuse: nothing is lost while a disk is full, and it is said."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from stackwatch.domain.alert import Alert
from stackwatch.domain.errors import StoreError
from stackwatch.domain.health import HealthState
from stackwatch.domain.quote import Quote
from stackwatch.domain.rule import RuleState
from stackwatch.engine.source_health import SourceHealth
from stackwatch.engine.store_ports import Store


class StoreWriter:
    """Keeps what could not be written and tries again, in order. Owned by the core thread."""

    def __init__(self, store: Store, health: SourceHealth) -> None:
        self._store = store
        self._health = health
        self.fault: StoreError | None = None  # as long as the store refuses
        self._gathers = self._gathered = False
        self._quotes: dict[str, Quote] = {}
        self._states: dict[tuple[str, int, str], RuleState] = {}
        self._alerts: dict[str, Alert] = {}

    @contextmanager
    def together(self) -> Iterator[None]:
        """Write what is given meanwhile at the end: once, however often one thing was given."""
        self._gathers, self._gathered = True, False
        try:
            yield
        finally:
            self._gathers = False
            if self._gathered:
                self.write()

    def save_quotes(self, quotes: Sequence[Quote]) -> None:
        """Keep the newest quote per symbol."""
        if not quotes:
            return
        self._quotes.update((quote.symbol, quote) for quote in quotes)
        self.write()

    def save_states(self, states: Sequence[RuleState]) -> None:
        """Keep rule states."""
        self._states.update((state.key, state) for state in states)
        self.write()

    def save_alert(self, alert: Alert, states: Sequence[RuleState] = ()) -> None:
        """Keep an alert and the states that belong to it."""
        self._alerts[alert.id] = alert
        self.save_states(states)

    def waits(self, alert_id: str) -> bool:
        """Whether an alert is not on the disk yet."""
        return alert_id in self._alerts

    def write(self) -> None:
        """Write what waits; what the store refuses waits on."""
        if self._gathers:
            self._gathered = True
            return
        try:
            if self.fault is not None and not (self._alerts or self._states or self._quotes):
                self._store.probe()  # what was refused waits elsewhere
            if self._alerts or self._states:  # a crash leaves all of an evaluation, or nothing
                self._store.alerts.save(tuple(self._alerts.values()), tuple(self._states.values()))
                self._alerts.clear()
                self._states.clear()
            if self._quotes:
                self._store.quotes.save(tuple(self._quotes.values()))
                self._quotes.clear()
        except StoreError as fault:
            self.failed(fault)
        else:
            if self.fault is not None:
                self.fault = None
                self._health.note("store", HealthState.OK, "Everything that waited is stored")

    def failed(self, fault: StoreError) -> None:
        """Say that the store refuses, here or elsewhere; the next write says when it is over."""
        self.fault = fault
        detail = f"{fault}; alerts wait in memory and are shown once they are stored"
        self._health.note("store", HealthState.FAILED, detail)
