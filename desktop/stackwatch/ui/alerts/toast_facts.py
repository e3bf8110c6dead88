"""What a popup says: the alerts of one cause folded into one set of words and figures."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from PySide6.QtCore import QCoreApplication

from stackwatch.domain import format as text
from stackwatch.domain import story_words, wording
from stackwatch.domain.alert import Alert, Member
from stackwatch.domain.market import MarketClock
from stackwatch.domain.move import Verdict
from stackwatch.domain.news import Story
from stackwatch.domain.rule import Severity
from stackwatch.domain.watchlist import Ecosystem, Language

MOST_ROWS = 8
_FOLDED = 3


@dataclass(frozen=True, slots=True)
class Reason:
    """One line of the reason: icon, words, and what stands at the right."""

    icon: str
    words: str
    aside: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ToastFacts:
    """Everything a popup shows. ``single`` is set for one share, ``members`` for a group."""

    alert: Alert
    title: str
    what: str
    time: str
    severity: Severity
    verdict: str
    single: Member | None
    members: tuple[Member, ...]
    reasons: tuple[Reason, ...]
    chance: str
    rule: str
    sentence: str
    replay: bool


def folded(members: Sequence[Member]) -> tuple[Member, ...]:
    """Return the three largest moves and the largest that goes the other way."""
    ranked = sorted(members, key=lambda m: -abs(m.move_pct))
    down = sum(m.move_pct < 0 for m in ranked) * 2 >= len(ranked)
    same = [m for m in ranked if (m.move_pct < 0) == down]
    other = [m for m in ranked if (m.move_pct < 0) != down]
    return (*same[:_FOLDED], *other[:1])


def fold_alerts(alerts: Sequence[Alert]) -> Alert:
    """Make one alert of those that share a cause, oldest first; figures of the newest win."""
    newest = alerts[-1]
    merged: dict[str, Member] = {}
    for alert in alerts:
        merged.update((member.symbol, member) for member in alert.members)
    match = next((a.match for a in reversed(alerts) if a.match is not None), None)
    opposing = next((a.opposing for a in reversed(alerts) if a.opposing is not None), None)
    subject = newest.subject
    if len({alert.subject for alert in alerts}) > 1:
        kind, _, rest = newest.group.partition(":")
        subject = {"cause": rest, "layer": rest.rpartition(":")[0]}.get(kind, subject)
    own = next((alert for alert in reversed(alerts) if alert.subject == subject), None)
    return replace(
        newest,
        subject=subject,
        move_pct=own.move_pct if own else None,
        abnormal_pct=own.abnormal_pct if own else None,
        sar=own.sar if own else None,
        severity=max(alert.severity for alert in alerts),
        members=tuple(merged.values()),
        linked_total=max(alert.linked_total for alert in alerts),
        match=match,
        opposing=opposing,
    )


def toast_facts(alerts: Sequence[Alert], ecosystem: Ecosystem, language: Language) -> ToastFacts:
    """Word the alerts of one cause."""
    alert = fold_alerts(alerts)
    zone = wording.zone_of(alert.subject, ecosystem)
    group = wording.is_group(alert, ecosystem)
    members = wording.linked_members(alert) if group else ()
    if group:
        verdict = wording.group_verdict(members, language)
    elif alert.subject not in ecosystem.instruments and alert.match is not None:
        verdict = text.plain(alert.match.story.lead.title)
    else:
        verdict = ""
    tied = alert.match is not None and alert.match.coincidence is not None
    return ToastFacts(
        alert=alert,
        title=wording.short_name(alert.subject, ecosystem, language),
        what=wording.happened(alert, ecosystem, language),
        time=text.clock(alert.fired_at, zone),
        severity=alert.severity,
        verdict=verdict,
        single=None if group else wording.own_move(alert),
        members=members,
        reasons=_reasons(alert, ecosystem, language),
        chance=wording.coincidence_words(alert.match.coincidence or 0.0, language)
        if tied and alert.match
        else "",
        rule=alert.rule_name_ko if language is Language.KOREAN else alert.rule_name_en,
        sentence=wording.alert_sentence(alert, ecosystem, language),
        replay=alert.replay,
    )


def _reasons(alert: Alert, ecosystem: Ecosystem, language: Language) -> tuple[Reason, ...]:
    tr = QCoreApplication.translate
    lines = []
    group = wording.is_group(alert, ecosystem)
    listed = alert.subject in ecosystem.instruments
    if alert.match is not None:
        found = wording.alert_found(alert, ecosystem, language)
        if not listed and not group:  # the title stands above
            found = story_words.publisher_word(alert.match.story.lead.publisher)
        lines.append(Reason("newspaper", found, _source_aside(alert.match.story, alert, ecosystem, language)))
    elif listed and alert.verdict in (Verdict.MARKET_WIDE, Verdict.LAYER_WIDE):
        lines.append(Reason("chart-line", wording.alert_found(alert, ecosystem, language), ""))
    else:
        others = wording.alert_same_way(alert, ecosystem)
        same = wording.moved_same_way(others, ecosystem, language) if others else ""
        lines.append(Reason("question", wording.nothing_found((), ecosystem, language), same))
    if alert.opposing is not None:
        story = alert.opposing.story
        when = _when(story, alert, ecosystem, language)
        aside = tr("Toast", "{0}, other way").format(when)
        lines.append(Reason("arrows-left-right", text.plain(story.lead.title), aside))
    return tuple(lines)


def _when(story: Story, alert: Alert, ecosystem: Ecosystem, language: Language) -> str:
    zone = wording.zone_of(alert.subject, ecosystem)
    return text.day_clock(story.lead.published, alert.fired_at, zone, language)


def _source_aside(story: Story, alert: Alert, ecosystem: Ecosystem, language: Language) -> str:
    when = _when(story, alert, ecosystem, language)
    if story.copies < 2:  # noqa: PLR2004 - one report has no copies
        return when
    return QCoreApplication.translate("Toast", "{0}, {1} copies").format(when, story.copies)


@dataclass(frozen=True, slots=True)
class SnoozeChoice:
    """A span to be left alone for: its words, its end as a clock or date, and the end itself."""

    words: str
    clock: str
    until: datetime


def snooze_choices(
    title: str, now: datetime, markets: Sequence[MarketClock], language: Language
) -> tuple[SnoozeChoice, ...]:
    """Offer ends for a snooze: minutes, the next open, Monday, the rest of the day for this cause."""
    tr = QCoreApplication.translate
    zone = ZoneInfo(wording.DEFAULT_ZONE)
    midnight = now.astimezone(zone).replace(hour=0, minute=0, second=0, microsecond=0)
    opens = sorted((m.next_change, m.label) for m in markets if m.next_opens and m.next_change is not None)
    ends = [
        (tr("Toast", "15 minutes"), now + timedelta(minutes=15)),
        (tr("Toast", "1 hour"), now + timedelta(hours=1)),
    ]
    if opens:
        first, label = opens[0]
        ends.append((tr("Toast", "Until {0} opens").format(label), first))
    ends.append((tr("Toast", "Until Monday"), midnight + timedelta(days=7 - midnight.weekday())))
    ends.append((tr("Toast", "{0} today").format(title), midnight + timedelta(days=1)))
    return tuple(
        SnoozeChoice(words, text.day_clock(until, now, wording.DEFAULT_ZONE, language), until)
        for words, until in ends
    )
