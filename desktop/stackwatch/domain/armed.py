"""Where every rule stands for every subject it watches, as the table of armed rules shows it."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from stackwatch.domain.rule import Direction


class RuleStanding(StrEnum):
    """Where a rule stands for a subject, or as a whole."""

    OFF = "off"
    NO_DATA = "no-data"
    ARMED = "armed"
    PENDING = "pending"  # beyond its threshold, held since
    FIRED = "fired"
    TRUE = "true"  # already beyond when first seen, so that nothing popped up
    EXPIRED = "expired"


@dataclass(frozen=True, slots=True)
class PriceLevel:
    """A price at which an armed rule about one symbol fires, in the symbol's currency."""

    rule_id: str
    symbol: str
    price: float


@dataclass(frozen=True, slots=True)
class PassedLevel:
    """A price that a rule waited for and that was passed while nobody looked: ``price`` is the newest.

    A price that stands at the level has passed it, too: the ``direction`` says which way.
    """

    rule_id: str
    symbol: str
    level: float
    direction: Direction
    price: float
    currency: str


@dataclass(frozen=True, slots=True)
class ArmedRow:
    """One rule for one subject; a rule that is off or over has one row for all of them.

    ``value`` is in the rule's unit (of a closed market that of its last regular price), ``way`` how far it is
    to the trigger (1 is at it; None without a value). ``since`` is when the standing began, of a fire when it
    fired. ``reason`` says in the engine's words why there is no value. ``waits`` is True when the value is
    beyond the trigger and what must come with it, a story or the other members, is not there. Until
    ``silent_until`` nothing of it pops up: the rule is snoozed, itself or by an alert, or its subject is, or
    the cause of what it fired at.
    """

    rule_id: str
    subject: str
    standing: RuleStanding
    value: float | None = None
    way: float | None = None
    since: datetime | None = None
    reason: str | None = None
    waits: bool = False
    silent_until: datetime | None = None

    def is_silent(self, now: datetime) -> bool:
        """Whether a snooze holds now."""
        return self.silent_until is not None and self.silent_until > now
