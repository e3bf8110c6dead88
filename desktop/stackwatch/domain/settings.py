"""What a user may set that the engine must know; how the window looks is the window's own."""

from dataclasses import dataclass
from datetime import time

from stackwatch.domain.rule import Severity

CURRENCIES = ("USD", "KRW", "EUR", "JPY", "GBP", "TWD", "CHF", "CNY", "HKD", "CAD", "AUD", "SGD", "INR")
LEAST_REQUESTS, MOST_REQUESTS = 100, 7200  # an hour


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedChoice:
    """A feed of the user's own, or a shipped one (by ``id``) with changes."""

    id: str
    publisher: str
    url: str
    enabled: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """The user's choices about data.

    ``home_currency`` is an ISO code or None (each price in its own currency only); ``feeds`` add to or
    replace shipped feeds of the same id; headlines of a publisher in ``blocked_sources`` (compared without
    case) are never taken in; ``requests_per_hour`` is what the program may ask of the provider. From
    ``quiet_from`` to ``quiet_to``, in the machine's own time, nothing pops up. Alerts of at least
    ``popup_from`` pop up, and popups of at least ``sound_from`` make a sound, None means never. With
    ``check_updates`` a newer version is told of, from ``update_address`` where the build's own is not wanted.
    """

    home_currency: str | None = None
    feeds: tuple[FeedChoice, ...] = ()
    blocked_sources: tuple[str, ...] = ()
    requests_per_hour: int = 4000
    quiet_from: time | None = None
    quiet_to: time | None = None
    sound_from: Severity | None = None
    popup_from: Severity = Severity.NOTICE
    check_updates: bool = False
    update_address: str = ""

    def is_quiet(self, local: time) -> bool:
        """Whether a local time of day lies in the quiet hours; these may go past midnight."""
        if self.quiet_from is None or self.quiet_to is None:
            return False
        if self.quiet_from <= self.quiet_to:
            return self.quiet_from <= local < self.quiet_to
        return local >= self.quiet_from or local < self.quiet_to


def merged_feeds(shipped: tuple[FeedChoice, ...], chosen: tuple[FeedChoice, ...]) -> tuple[FeedChoice, ...]:
    """Return the shipped feeds with the user's changes in their places, then the user's own."""
    changed = {feed.id: feed for feed in chosen}
    known = {feed.id for feed in shipped}
    own = tuple(feed for feed in changed.values() if feed.id not in known)
    return (*(changed.get(feed.id, feed) for feed in shipped), *own)
