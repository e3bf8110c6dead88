"""How each source of data is doing."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

INNER = frozenset({"store", "core", "budget", "rules"})  # parts of the program that stand among the sources
NO_NEWS = frozenset({"quotes", "stream", "cross-check", "statements"})


class HealthState(StrEnum):
    """The condition of one source."""

    STARTING = "starting"
    OK = "ok"
    DEGRADED = "degraded"
    RATE_LIMITED = "rate-limited"
    OFFLINE = "offline"
    FAILED = "failed"


SILENT = frozenset({HealthState.RATE_LIMITED, HealthState.OFFLINE, HealthState.FAILED})
"""States in which nothing comes; one that follows another does not begin anew."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Health:
    """The state of a source since a time; ``detail`` is one plain English sentence."""

    source: str
    state: HealthState
    since: datetime
    detail: str = ""
    next_try: datetime | None = None
