"""What can go wrong at an endpoint."""

from collections.abc import Callable
from dataclasses import dataclass

from tests.wire.world import Json

LONGEST_HANG = 30.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """What goes wrong at an endpoint, for the next ``times`` requests (None: until healed).

    ``edit`` changes the parsed payload, ``edit_bytes`` the raw one, ``body`` replaces it; ``headers`` are
    added. ``truncate`` sends half of it and hangs up, ``reset`` breaks the connection there, ``stall`` waits
    there, ``drip`` sends a byte (a message of a stream) every so many seconds,
    ``pad_mb`` adds that many megabytes of blanks.
    ``hang`` waits until the fault is healed, ``drop`` hangs up without an answer. ``connect`` breaks the
    connection to the host instead: ``hang``, ``refuse``, ``reset``, ``garbage``, ``authority`` or ``host``
    (a certificate of an unknown authority, or for another host). ``messages`` are what a stream
    says instead of prices (a ``CLOSE`` ends it politely), before the true ones when ``then_true``.
    """

    status: int = 200
    body: bytes | None = None
    edit: Callable[[Json], object] | None = None
    edit_bytes: Callable[[bytes], bytes] | None = None
    headers: tuple[tuple[str, str], ...] = ()
    truncate: bool = False
    reset: bool = False
    stall: bool = False
    drip: float = 0.0
    pad_mb: int = 0
    hang: bool = False
    drop: bool = False
    connect: str = ""
    messages: tuple[str | bytes, ...] = ()
    then_true: bool = False
    times: int | None = None

    @property
    def takes_time(self) -> bool:
        """Whether the answer never comes, or comes too slowly."""
        return self.hang or self.stall or self.drip > 0 or self.connect == "hang"
