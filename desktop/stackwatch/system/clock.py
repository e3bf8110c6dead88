"""The machine's clock."""

from datetime import UTC, datetime


class SystemClock:
    """Implements the engine's Clock port with real time."""

    def now(self) -> datetime:
        """Return the time, aware UTC."""
        return datetime.now(UTC)
