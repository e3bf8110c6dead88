"""What can go wrong at an endpoint."""

from collections.abc import Callable
from dataclasses import dataclass

from tests.wire.world import Json

LONGEST_HANG = 30.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """What goes wrong at an endpoint, for the next ``times`` requests (None: until healed).

    ``edit`` changes the parsed payload; ``body`` replaces it; ``truncate`` sends half of it; ``hang``
    waits until the server is released; ``drop`` hangs up without an answer.
    """

    status: int = 200
    body: bytes | None = None
    edit: Callable[[Json], object] | None = None
    truncate: bool = False
    hang: bool = False
    drop: bool = False
    times: int | None = None
