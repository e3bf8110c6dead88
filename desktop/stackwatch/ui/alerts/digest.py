"""What the "while you were away" digest says: counts, what fired by its cause, and what no rule saw."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from PySide6.QtCore import QCoreApplication

from stackwatch.domain.alert import Alert, AwayReason
from stackwatch.domain.armed import PassedLevel
from stackwatch.domain.events import AwayDigest
from stackwatch.domain.move import Explanation, Verdict
from stackwatch.domain.popup_group import PopupGroup
from stackwatch.domain.rule import Direction, Severity, severity_of
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
    """A head (``opens`` is empty) or what stands under it, as a row of a list.

    ``opens`` is the id of the alert, or of whom else the row is about; ``severity`` is its mark.
    """

    key: str
    words: str
    aside: str
    accessible_text: str
    opens: str = ""
    severity: Severity | None = None


def digest_title(digest: AwayDigest) -> str:
    """Name a digest by why it was gathered."""
    off = digest.reason is AwayReason.QUIET_HOURS
    tr = QCoreApplication.translate
    return tr("Digest", "While popups were off") if off else tr("Digest", "While you were away")


def digest_facts(digest: AwayDigest, ecosystem: Ecosystem, now: datetime) -> DigestFacts:
    """Word a digest for its popup."""
    tr = QCoreApplication.translate
    subjects, language = _subjects(digest), current_language()
    names = ", ".join(wording.short_name(subject, ecosystem, language) for subject in subjects[:_NAMED])
    if len(subjects) > _NAMED:
        names = tr("Digest", "{0} and {1} more").format(names, len(subjects) - _NAMED)
    title, span = digest_title(digest), digest_span(digest, now)
    counts = _counts(digest)
    said = ", ".join(count_words(figure, words) for figure, words in counts)
    sentence = f"{title}, {span}: {said}. {names}."
    when = text.day_clock(digest.until, now, current_zone(), language)
    return DigestFacts(title, span, when, counts, names, sentence)


def _subjects(digest: AwayDigest) -> tuple[str, ...]:
    """Return whom a digest is about, each once: who had an alert first."""
    alerts = (alert.subject for alert in digest.alerts)
    moves = (each.move.symbol for each in digest.moves)
    return tuple(dict.fromkeys((*alerts, *(each.symbol for each in digest.passed), *moves)))


def _counts(digest: AwayDigest) -> tuple[tuple[str, str], ...]:
    """Count what there is of each kind, and how much of it has a cause or none."""
    tr = QCoreApplication.translate
    alerts, passed, moves = digest.alerts, len(digest.passed), len(digest.moves)
    causes = sum(not all(map(_is_unexplained, group)) for group in by_cause(alerts).values())
    unexplained = sum(map(_is_unexplained, alerts))
    unexplained += sum(each.verdict is Verdict.UNEXPLAINED and each.told is None for each in digest.moves)
    counts = (
        (len(alerts), tr("Digest", "alert") if len(alerts) == 1 else tr("Digest", "alerts")),
        (causes, tr("Digest", "cause") if causes == 1 else tr("Digest", "causes")),
        (passed, tr("Digest", "level passed") if passed == 1 else tr("Digest", "levels passed")),
        (moves, tr("Digest", "unusual move") if moves == 1 else tr("Digest", "unusual moves")),
        (unexplained, tr("Digest", "unexplained")),
    )
    return tuple((str(count), noun) for count, noun in counts if count)


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
    """List what fired by its cause, each alert with what was found and why no popup, and the rest."""
    alerts = _alert_rows(digest, ecosystem, now)
    return (*alerts, *_level_rows(digest.passed, ecosystem), *_move_rows(digest.moves, ecosystem, now))


def _alert_rows(digest: AwayDigest, ecosystem: Ecosystem, now: datetime) -> list[DigestRow]:
    language = current_language()
    rows: list[DigestRow] = []
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
            row = DigestRow(alert.id, f"{words}. {found}", why, f"{when} {sentence} {why}")
            rows.append(replace(row, opens=alert.id, severity=alert.severity))
    return rows


def _level_rows(passed: Sequence[PassedLevel], ecosystem: Ecosystem) -> list[DigestRow]:
    """List levels that were passed, with the newest price."""
    tr, language = QCoreApplication.translate, current_language()
    rows = _head("passed", tr("Digest", "Levels passed meanwhile"), len(passed))
    for each in passed:
        name = wording.short_name(each.symbol, ecosystem, language)
        level = text.exact_price(each.level, each.currency)
        price = f"{text.price(each.price, each.currency)} {each.currency}"
        rose = each.direction is Direction.UP
        words = tr("Digest", "{0} rose above {1}") if rose else tr("Digest", "{0} fell below {1}")
        words, aside = words.format(name, level), tr("Digest", "now {0}").format(price)
        row = DigestRow(f"{each.rule_id} {each.symbol}", words, aside, f"{words}, {aside}")
        rows.append(replace(row, opens=each.symbol, severity=Severity.NOTICE))
    return rows


def _move_rows(moves: Sequence[Explanation], ecosystem: Ecosystem, now: datetime) -> list[DigestRow]:
    """List unusual moves of sessions that ended, each with its session's day and what was found."""
    language = current_language()
    head = QCoreApplication.translate("Digest", "Unusual moves of sessions that ended meanwhile")
    rows = _head("moves", head, len(moves))
    for each in moves:
        move, zone = each.move, wording.zone_of(each.move.symbol, ecosystem)
        name = wording.short_name(move.symbol, ecosystem, language)
        day = text.day_name(move.session_date, text.local_days(now, zone)[0], language)
        found = wording.verdict_reason(each, ecosystem, language)
        said = f"{wording.unusual_words(move, ecosystem, language)}. {found}"
        aside = f"SAR {text.sar(move.sar)}"
        words = f"{day}  {name} {text.percent(move.move_pct)}. {found}"
        row = DigestRow(f"move {move.symbol} {move.session_date}", words, aside, f"{day} {said}")
        rows.append(replace(row, opens=move.symbol, severity=severity_of(move.sar or 0.0)))
    return rows


def _head(key: str, words: str, count: int) -> list[DigestRow]:
    """Return the head of rows that belong together, nothing where there are none."""
    return [DigestRow(key, words, str(count), f"{words}, {count}")] if count else []


def _cause_name(cause: str, alerts: Sequence[Alert], ecosystem: Ecosystem) -> str:
    known = cause in ecosystem.private or cause in ecosystem.instruments
    subjects = [cause] if known else dict.fromkeys(alert.subject for alert in alerts)
    named = (wording.short_name(subject, ecosystem, current_language()) for subject in subjects)
    return ", ".join(dict.fromkeys(named))
