"""What a popup says: the alerts of one cause folded into one set of words and figures."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from PySide6.QtCore import QCoreApplication

from stackwatch.domain.alert import Alert, Member
from stackwatch.domain.news import Story
from stackwatch.domain.popup_group import GroupKind
from stackwatch.domain.rule import Severity
from stackwatch.domain.watchlist import Ecosystem
from stackwatch.domain.words import alert_words, story_words, wording
from stackwatch.domain.words import format as text
from stackwatch.domain.words.met_words import met_words
from stackwatch.domain.words.rule_names import fired_rule_name
from stackwatch.domain.words.story_words import TitleClause
from stackwatch.ui.kit.home_zone import current_zone
from stackwatch.ui.kit.language import current_language

MOST_ROWS = 8
_FOLDED = 3
_NAMED = 4


@dataclass(frozen=True, slots=True)
class Reason:
    """One line of the reason: icon, words, what stands at the right, and what a title says of the share."""

    icon: str
    words: str
    aside: str
    clause: TitleClause | None = None


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
    members: tuple[Member, ...]  # those first that went farthest the way of the group
    reasons: tuple[Reason, ...]
    chance: str
    rule: str
    sentence: str
    replay: bool
    story: Story | None  # where it is about that alone


def folded(members: Sequence[Member]) -> tuple[Member, ...]:
    """Return the first three of ordered members, and the last where it goes the other way."""
    lead = members[0].move_pct if members else 0.0
    same = [m for m in members if m.move_pct * lead > 0]
    other = [m for m in members if m.move_pct * lead < 0]
    return (*same[:_FOLDED], *other[-1:])


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
        group = newest.popup_group
        subject = subject if group.kind is GroupKind.SYMBOL else group.id
    own = next((alert for alert in reversed(alerts) if alert.subject == subject), None)
    return replace(
        newest,
        subject=subject,
        move_pct=own.move_pct if own else None,
        abnormal_pct=own.abnormal_pct if own else None,
        sar=own.sar if own else None,
        met=own.met if own else (),
        severity=max(alert.severity for alert in alerts),
        members=tuple(merged.values()),
        linked_total=max(alert.linked_total for alert in alerts),
        match=match,
        opposing=opposing,
    )


def toast_facts(alerts: Sequence[Alert], ecosystem: Ecosystem, now: datetime) -> ToastFacts:
    """Word the alerts of one cause; times name their day once it is not today."""
    language = current_language()
    alert = fold_alerts(alerts)
    group = alert_words.is_group(alert, ecosystem)
    members = _ordered(alert) if group else ()
    if group:
        verdict = alert_words.group_verdict(alert, language)
    elif (story := alert_words.told_story(alert, ecosystem)) is not None:
        verdict = text.plain(story.lead.title)
    else:
        verdict = ""
    coincidence = None if alert.match is None else alert.match.coincidence
    return ToastFacts(
        alert=alert,
        title=wording.short_name(alert.subject, ecosystem, language),
        what=alert_words.happened(alert, ecosystem, language),
        time=fired_words(alert, ecosystem, now),
        severity=alert.severity,
        verdict=verdict,
        single=None if group else alert.own_move,
        members=members,
        reasons=_reasons(alert, ecosystem, now),
        chance="" if coincidence is None else wording.coincidence_words(coincidence, language),
        rule=fired_rule_name(alert, language),
        sentence=alert_words.alert_sentence(alert, ecosystem, language),
        replay=alert.replay,
        story=alert_words.told_story(alert, ecosystem),
    )


def fired_words(alert: Alert, ecosystem: Ecosystem, now: datetime) -> str:
    """Say when an alert fired where it did, and where that is unless in New York."""
    zone = alert_words.alert_zone(alert, ecosystem, current_zone())
    write = text.day_clock if zone == current_zone() else text.zoned_clock
    return write(alert.fired_at, now, zone, current_language())


def _ordered(alert: Alert) -> tuple[Member, ...]:
    """Return the members of a group, those first that went farthest the way it went."""
    rose = alert_words.group_rose(alert)
    return tuple(sorted(alert_words.linked_members(alert), key=lambda m: m.move_pct, reverse=rose))


def _reasons(alert: Alert, ecosystem: Ecosystem, now: datetime) -> tuple[Reason, ...]:
    language = current_language()
    tr = QCoreApplication.translate
    saw = met_words(alert, ecosystem, language)
    lines = [Reason("bell", saw, "")] if saw else []
    went = alert_words.moved_with(alert, ecosystem, language)
    if went and (alert.match is None or alert.match.price_talk):
        lines.append(Reason("chart-line", went, ""))
    if alert.match is not None:
        found = alert_words.alert_found(alert, ecosystem, language)
        if (story := alert_words.told_story(alert, ecosystem)) is not None:
            lines.extend(_told_by(alert, story, ecosystem, now))
        else:
            aside = _source_aside(alert.match.story, alert, ecosystem, now)
            lines.append(Reason("newspaper", found, aside, alert_words.alert_clause(alert)))
    elif not went:
        others = alert_words.alert_same_way(alert, ecosystem)
        same = wording.moved_same_way(others, ecosystem, language) if others else ""
        lines.append(Reason("question", wording.nothing_found((), ecosystem, language), same))
        if alert.untied is not None:
            aside = tr("Toast", "{0}, not tied").format(_when(alert.untied.story, alert, ecosystem, now))
            report = alert_words.report_words(alert.untied.story, alert, ecosystem, language)
            lines.append(Reason("newspaper", report, aside, alert_words.alert_clause(alert)))
    if alert.opposing is not None:
        story = alert.opposing.story
        when = _when(story, alert, ecosystem, now)
        aside = tr("Toast", "{0}, other way").format(when)
        clause = story_words.clause_about(story, reversed(alert.opposing.path))
        lines.append(Reason("arrows-left-right", text.plain(story.lead.title), aside, clause))
    return tuple(lines)


def _told_by(alert: Alert, story: Story, ecosystem: Ecosystem, now: datetime) -> list[Reason]:
    """Say who reported a story, whose title stands above, and whom else it is about."""
    tr = QCoreApplication.translate
    publisher = story_words.publisher_word(story.lead.publisher)
    lines = [Reason("newspaper", publisher, _source_aside(story, alert, ecosystem, now))]
    others = [entity for entity in story.entities if entity != alert.subject]
    if others:
        named = ", ".join(wording.short_name(each, ecosystem, current_language()) for each in others[:_NAMED])
        linked = alert.linked_total
        aside = tr("Toast", "{0} linked names").format(linked) if linked > 1 else ""
        lines.append(Reason("share-network", named, aside))
    return lines


def _when(story: Story, alert: Alert, ecosystem: Ecosystem, now: datetime) -> str:
    zone = alert_words.alert_zone(alert, ecosystem, current_zone())
    return text.day_clock(story.lead.published, now, zone, current_language())


def _source_aside(story: Story, alert: Alert, ecosystem: Ecosystem, now: datetime) -> str:
    when = _when(story, alert, ecosystem, now)
    if story.copies < 2:  # noqa: PLR2004 - one report has no copies
        return when
    return QCoreApplication.translate("Toast", "{0}, {1} copies").format(when, story.copies)
