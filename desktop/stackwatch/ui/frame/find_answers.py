"""What the field that finds answers."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum


class AnswerKind(Enum):
    """What kind of answer it is, in the order shown."""

    NAME = "name"
    LAYER = "layer"
    ADD = "add"  # a name that the list does not hold
    RULE = "rule"
    COMMAND = "command"
    STORY = "story"
    HIT = "hit"  # of the provider
    LOOK_UP = "look up"
    FOLLOW = "follow"  # a private company of the user's own


@dataclass(frozen=True, slots=True)
class FindResult:
    """An answer: what to select or to do, and the words shown; ``story_id`` is that of a story.

    ``entity_id`` is the layer's own where it is one, and that of a rule.
    """

    entity_id: str
    title: str
    note: str
    kind: AnswerKind = AnswerKind.NAME
    run: Callable[[], object] | None = None
    story_id: str = ""
