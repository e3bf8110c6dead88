"""The time zone of the interface, in which is told what is about no share: that of most of the list."""

from stackwatch.domain.market import NEW_YORK

_current = [NEW_YORK]


def current_zone() -> str:
    """Return the IANA zone in use."""
    return _current[0]


def use_zone(zone: str) -> bool:
    """Tell times of another zone from now on; return whether it is another."""
    before, _current[:] = current_zone(), [zone]
    return before != zone
