"""Alert rules and the state each holds per subject."""

from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum, StrEnum


class RuleKind(StrEnum):
    """What a rule watches."""

    PERCENT_MOVE = "percent-move"
    ABNORMAL_MOVE = "abnormal-move"
    PRICE_LEVEL = "price-level"
    LAYER_MOVE = "layer-move"
    TIED_MOVE = "tied-move"  # a move AND a matching story
    ENTITY_SHOCK = "entity-shock"  # a private entity in the news AND its linked shares moving


class Direction(StrEnum):
    """Which way the value must go."""

    UP = "up"
    DOWN = "down"
    EITHER = "either"


class SubjectKind(StrEnum):
    """What a rule is about."""

    SYMBOL = "symbol"
    PRIVATE = "private"
    LAYER = "layer"
    WATCHLIST = "watchlist"


class SessionScope(StrEnum):
    """In which sessions a rule is evaluated."""

    REGULAR = "regular"
    EXTENDED = "extended"
    ANY = "any"


class Frequency(StrEnum):
    """How often a rule may fire for one subject."""

    ONCE = "once"
    ONCE_A_SESSION = "once-a-session"
    EVERY_REARM = "every-rearm"


class Severity(IntEnum):
    """How much attention an alert deserves."""

    NOTICE = 1
    ALERT = 2
    SEVERE = 3

    @property
    def word(self) -> str:
        """The name used in files and JSON."""
        return self.name.lower()


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One alert rule. ``threshold`` is percent, SAR or a price, by ``kind``, and positive.

    ``subject`` is a symbol, private id, layer id, or ``*`` for the whole watchlist.
    ``escalate_step`` 0 means no escalation; ``cooldown_minutes`` starts at a fire.
    """

    id: str
    name_en: str
    name_ko: str
    kind: RuleKind
    subject_kind: SubjectKind
    subject: str
    direction: Direction
    threshold: float
    sessions: SessionScope = SessionScope.REGULAR
    frequency: Frequency = Frequency.ONCE_A_SESSION
    hysteresis: float = 0.25
    hold_seconds: int = 0
    cooldown_minutes: int = 30
    escalate_step: float = 0.0
    severity: Severity = Severity.NOTICE
    enabled: bool = True
    version: int = 1
    note: str = ""


class Phase(StrEnum):
    """Where a rule stands for one subject."""

    NO_DATA = "no-data"
    ARMED = "armed"
    PENDING = "pending"
    WAITING = "waiting"  # fired, waiting to re-arm
    EXPIRED = "expired"


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleState:
    """The stored state of one rule version for one subject.

    ``since`` is when the phase began; ``seeded`` is true after the first evaluation;
    ``session_key`` names the trading day of the last fire; ``level`` counts escalations.
    """

    rule_id: str
    rule_version: int
    symbol: str
    phase: Phase
    since: datetime
    seeded: bool = False
    fired_at: datetime | None = None
    peak: float | None = None
    level: int = 0
    session_key: str | None = None
    last_value: float | None = None
    reason: str | None = None
