"""What the system's notification says where no popup of the program can be seen."""

from datetime import datetime

from stackwatch.domain.events import AlertRaised, AwayDigest
from stackwatch.domain.watchlist import Ecosystem
from stackwatch.domain.words.alert_words import as_replay, notification_words
from stackwatch.ui.alerts.digest import digest_facts
from stackwatch.ui.kit.language import current_language


def notification_of(
    event: AlertRaised | AwayDigest, ecosystem: Ecosystem, now: datetime, *, replay: bool
) -> tuple[str, str, str]:
    """Return its title, its text, and the id of the alert that a click opens, empty for a digest."""
    language = current_language()
    if isinstance(event, AlertRaised):
        return (*notification_words(event.alert, ecosystem, language, replay=replay), event.alert.id)
    facts = digest_facts(event, ecosystem, now)
    title = as_replay(facts.title, language, replay=replay)
    return title, facts.sentence.removeprefix(f"{facts.title}, "), ""
