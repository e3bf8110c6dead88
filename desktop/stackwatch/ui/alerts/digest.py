"""What the "while you were away" digest says: counts, and what fired by its cause."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import QCoreApplication

from stackwatch.domain.alert import Alert, AwayReason
from stackwatch.domain.events import AwayDigest
from stackwatch.domain.move import Verdict
from stackwatch.domain.popup_group import PopupGroup
from stackwatch.domain.watchlist import Ecosystem
from stackwatch.domain.words import alert_words, wording
from stackwatch.domain.words import format as text
from stackwatch.ui.kit.home_zone import current_zone
from stackwatch.ui.kit.language import current_language

_NAMED = 6


@dataclass(frozen=True, slots=True)
class DigestFacts:
    """A digest in a few words; ``counts`` are figures with the words after them."""

    title: str
    span: str
    time: str
    counts: tuple[tuple[str, str], ...]
    names: str
    sentence: str


@dataclass(frozen=True, slots=True)
class DigestRow:
    """A cause (``alert`` is None) or one alert of it, as a row of a list."""

    key: str
    words: str
    aside: str
    accessible_text: str
    alert: Alert | None = None


def digest_title(digest: AwayDigest) -> str:
    """Name a digest by why it was gathered."""
    off = digest.reason is AwayReason.QUIET_HOURS
    tr = QCoreApplication.translate
    return tr("Digest", "While popups were off") if off else tr("Digest", "While you were away")


def digest_facts(digest: AwayDigest, ecosystem: Ecosystem, now: datetime) -> DigestFacts:
    """Word a digest for its popup."""
    tr = QCoreApplication.translate
    alerts = digest.alerts
    unexplained = sum(map(_is_unexplained, alerts))
    causes = sum(not all(map(_is_unexplained, group)) for group in by_cause(alerts).values())
    counts = [(str(len(alerts)), tr("Digest", "alert") if len(alerts) == 1 else tr("Digest", "alerts"))]
    if causes:
        counts.append((str(causes), tr("Digest", "cause") if causes == 1 else tr("Digest", "causes")))
    if unexplained:
        counts.append((str(unexplained), tr("Digest", "unexplained")))
    subjects, language = tuple(dict.fromkeys(alert.subject for alert in alerts)), current_language()
    names = ", ".join(wording.short_name(subject, ecosystem, language) for subject in subjects[:_NAMED])
    if len(subjects) > _NAMED:
        names = tr("Digest", "{0} and {1} more").format(names, len(subjects) - _NAMED)
    title, span = digest_title(digest), digest_span(digest, now)
    said = ", ".join(count_words(figure, words) for figure, words in counts)
    sentence = f"{title}, {span}: {said}. {names}."
    when = text.day_clock(digest.until, now, current_zone(), language)
    return DigestFacts(title, span, when, tuple(counts), names, sentence)


def _is_unexplained(alert: Alert) -> bool:
    return alert.match is None and alert.verdict is Verdict.UNEXPLAINED


def count_words(figure: str, noun: str) -> str:
    """Write a count with its noun, which in Korean is not set apart."""
    return current_language().say(f"{figure} {noun}", f"{figure}{noun}")


def digest_span(digest: AwayDigest, now: datetime) -> str:
    """Write from when until when nobody looked."""
    zone, language = current_zone(), current_language()
    start, end = (text.day_clock(at, now, zone, language) for at in (digest.since, digest.until))
    began, ended, today = (text.local_days(at, zone) for at in (digest.since, digest.until, now))
    if began != ended == today:  # an hour alone would be read as of the day before it
        end = QCoreApplication.translate("Digest", "today {0}").format(end)
    span = QCoreApplication.translate("Digest", "{0} to {1}").format(start, end)
    return text.placed(span, zone, language)


def by_cause(alerts: Iterable[Alert]) -> dict[PopupGroup, list[Alert]]:
    """Return alerts by what they share a popup for, the largest first."""
    groups: dict[PopupGroup, list[Alert]] = {}
    for alert in alerts:
        groups.setdefault(alert.popup_group, []).append(alert)
    ordered = sorted(groups.items(), key=lambda item: -max(a.severity for a in item[1]))
    return dict(ordered)


def digest_rows(digest: AwayDigest, ecosystem: Ecosystem, now: datetime) -> Sequence[DigestRow]:
    """List what fired by its cause, each alert with what was found and why it did not pop up."""
    language = current_language()
    rows = []
    for group, alerts in by_cause(digest.alerts).items():
        name = _cause_name(group.id, alerts, ecosystem)
        many = QCoreApplication.translate("Digest", "{0} alerts").format(len(alerts))
        count = many if len(alerts) > 1 else ""
        rows.append(DigestRow(str(group), name, count, f"{name} {count}".strip()))
        for alert in alerts:
            why = wording.reason_words(alert.suppressed_by or "", language)
            when = text.day_clock(alert.fired_at, now, current_zone(), language)
            sentence = alert_words.alert_sentence(alert, ecosystem, language)
            words = f"{when}  {alert_words.alert_title(alert, ecosystem, language)}"
            found = alert_words.alert_told(alert, ecosystem, language)
            rows.append(DigestRow(alert.id, f"{words}. {found}", why, f"{when} {sentence} {why}", alert))
    return rows


def _cause_name(cause: str, alerts: Sequence[Alert], ecosystem: Ecosystem) -> str:
    known = cause in ecosystem.private or cause in ecosystem.instruments
    subjects = [cause] if known else dict.fromkeys(alert.subject for alert in alerts)
    named = (wording.short_name(subject, ecosystem, current_language()) for subject in subjects)
    return ", ".join(dict.fromkeys(named))
