"""Alerts in plain words, English or Korean, for popup, list, notification and JSON."""

from collections import Counter
from dataclasses import replace

from stackwatch.domain.alert import Alert, Member
from stackwatch.domain.market import Region
from stackwatch.domain.move import Verdict, is_unusual
from stackwatch.domain.news import Life, Story
from stackwatch.domain.quote import Session
from stackwatch.domain.rule import Direction
from stackwatch.domain.venues import region_of
from stackwatch.domain.watchlist import Ecosystem, Language
from stackwatch.domain.words import format as text
from stackwatch.domain.words import hours_words, wording
from stackwatch.domain.words.met_words import met_words
from stackwatch.domain.words.story_words import TitleClause, clause_about, publisher_word, turn_words


def is_group(alert: Alert, ecosystem: Ecosystem) -> bool:
    """Whether an alert is about a cause or layer and not about one share."""
    return alert.subject not in ecosystem.instruments and bool(linked_members(alert))


def alert_zone(alert: Alert, ecosystem: Ecosystem, home: str = wording.DEFAULT_ZONE) -> str:
    """Return the IANA zone of an alert's times: its subject's, of a group that of most that trade with it.

    What Asia did before, which may be in a popup of New York's session, has no say in its hours. Of what is
    about nobody that trades it is ``home``.
    """
    if not is_group(alert, ecosystem):
        return wording.zone_of(alert.subject, ecosystem, home)
    listed, asian = ecosystem.instruments, alert.region is Region.ASIA
    known = [member.symbol for member in linked_members(alert) if member.symbol in listed]
    zones = Counter(
        listed[symbol].timezone for symbol in known if (region_of(listed, (symbol,)) is Region.ASIA) is asian
    )
    return zones.most_common(1)[0][0] if zones else home


def told_story(alert: Alert, ecosystem: Ecosystem) -> Story | None:
    """Return the story on somebody who is not listed that is all an alert is about; None for a move."""
    if alert.match is None or alert.subject in ecosystem.instruments or is_group(alert, ecosystem):
        return None
    return alert.match.story


def linked_members(alert: Alert) -> tuple[Member, ...]:
    """Return the members of an alert without its own subject."""
    return tuple(m for m in alert.members if m.symbol != alert.subject)


def group_rose(alert: Alert) -> bool:
    """Tell whether a group's popup is about a rise: by its group, else whom its story moved, else most."""
    way = alert.popup_group.way
    if way is not None:
        return way is Direction.UP
    members = linked_members(alert)
    told_of = "" if alert.match is None else alert.match.path[-1]
    tied = next((member for member in members if member.symbol == told_of), None)
    if tied is not None and tied.move_pct:
        return tied.move_pct > 0
    return sum(m.move_pct > 0 for m in members) > sum(m.move_pct < 0 for m in members)


def group_title(alert: Alert, ecosystem: Ecosystem, language: Language) -> str:
    """Count what moved: ``4 of 5 linked names down`` (``names`` for a layer).

    Where as many prices went the other way with their market, those that beat or trailed it are counted.
    """
    members = linked_members(alert)
    total = max(alert.linked_total, len(members))
    linked_en, linked_ko = ("linked ", "연결 ") if alert.subject in ecosystem.private else ("", "")
    sign = 1 if group_rose(alert) else -1
    way_en, way_ko = ("up", "상승") if sign > 0 else ("down", "하락")
    count = sum(m.move_pct * sign > 0 for m in members)
    apart = sum((m.abnormal_pct or 0.0) * sign > 0 for m in members)
    if apart > count and sum(m.move_pct * sign < 0 for m in members) >= count:
        count, way_en, way_ko = apart, f"{way_en} vs market", f"시장 대비 {way_ko}"
    return language.say(
        f"{count} of {total} {linked_en}names {way_en}",
        f"{linked_ko}{total}종목 중 {count}종목 {way_ko}",
    )


def group_verdict(alert: Alert, language: Language) -> str:
    """Say how many names of a group are beyond their usual range and how many were not judged.

    Nothing out of hours, when none ever is.
    """
    if alert.hours is not Session.REGULAR:
        return ""
    members = linked_members(alert)
    judged = [m for m in members if m.sar is not None]
    unusual = sum(is_unusual(m.sar) for m in judged)
    rest = len(members) - len(judged)
    if not judged:
        return language.say("None could be judged", "모두 판단 보류")
    if unusual == 0:
        head = language.say("None is beyond its usual range", "모두 평소 범위 안")
    elif unusual == 1:
        head = language.say("1 is beyond its usual range", "1종목 평소 범위 밖")
    else:
        head = language.say(f"{unusual} are beyond their usual range", f"{unusual}종목 평소 범위 밖")
    return head + (language.say(f", {rest} not judged", f", {rest}종목은 판단 보류") if rest else "")


def happened(alert: Alert, ecosystem: Ecosystem, language: Language) -> str:
    """Say beside the subject's name what happened: the count of a group, a new story, a share's own name."""
    hours = hours_words.hours_word(alert.hours, language)
    if is_group(alert, ecosystem):
        return _listed(group_title(alert, ecosystem, language), hours)
    if alert.subject in ecosystem.instruments:
        name = ecosystem.names_of(alert.subject).get(language)
        return _listed("" if name == wording.short_name(alert.subject, ecosystem, language) else name, hours)
    if alert.match is None:
        return ""
    theme = wording.theme_word(alert.match.story.reading.theme, language)
    return language.say(f"new story, {theme}", f"새 소식, {theme}")


def alert_title(alert: Alert, ecosystem: Ecosystem, language: Language) -> str:
    """Title an alert: ``NVDA -2.54 %`` or ``Stargate: 4 of 5 linked names down``."""
    name = wording.short_name(alert.subject, ecosystem, language)
    if alert.subject in ecosystem.instruments:
        own, hours = alert.own_move, hours_words.hours_word(alert.hours, language)
        return " ".join(filter(None, (name, text.percent(own.move_pct) if own else "", hours)))
    what = happened(alert, ecosystem, language)
    return f"{name}: {what}" if what else name


def alert_found(alert: Alert, ecosystem: Ecosystem, language: Language) -> str:
    """Say on one line what was found for an alert: the story and its publisher, or what else moved."""
    if alert.match is not None:
        return report_words(alert.match.story, alert, ecosystem, language)
    if words := moved_with(alert, ecosystem, language):
        return words
    if alert.untied is not None:
        report = report_words(alert.untied.story, alert, ecosystem, language)
        return language.say(f"Not tied to the move \u00b7 {report}", f"연결하지 않음 \u00b7 {report}")
    return wording.nothing_found(alert_same_way(alert, ecosystem), ecosystem, language)


def moved_with(alert: Alert, ecosystem: Ecosystem, language: Language) -> str:
    """Say with what a share moved; nothing where that is not what is said of its move."""
    if alert.verdict is Verdict.MARKET_WIDE:
        return language.say("Moved with the market", "시장과 같은 방향")
    if alert.verdict is Verdict.LAYER_WIDE and alert.subject in ecosystem.instruments:
        return language.say("Its layer moved the same way", "같은 분야가 함께 움직임")
    return ""


def report_words(story: Story, alert: Alert, ecosystem: Ecosystem, language: Language) -> str:
    """Name who reported a story, its title, and what became of it."""
    became = turn_words(story, alert.fired_at, alert_zone(alert, ecosystem), ecosystem, language)
    told = f"{publisher_word(story.lead.publisher)}: {text.plain(story.lead.title)}"
    return f"{told} ({became})" if became else told


def alert_told(alert: Alert, ecosystem: Ecosystem, language: Language) -> str:
    """Say on one line what the rule saw, where that does not stand beside, and what was found for it."""
    parts = (met_words(alert, ecosystem, language), alert_found(alert, ecosystem, language))
    return " \u00b7 ".join(part for part in parts if part)


def alert_clause(alert: Alert) -> TitleClause | None:
    """Return what the title of an alert's story says of whom it is about."""
    match = alert.match or alert.untied
    return None if match is None else clause_about(match.story, reversed(match.path))


def alert_same_way(alert: Alert, ecosystem: Ecosystem) -> tuple[str, ...]:
    """Return the members that moved in the direction of the share an alert is about."""
    own = alert.own_move
    if own is None or is_group(alert, ecosystem):
        return ()
    return tuple(m.symbol for m in linked_members(alert) if m.move_pct * own.move_pct > 0)


def alert_sentence(alert: Alert, ecosystem: Ecosystem, language: Language) -> str:
    """Tell an alert in full sentences, for the notification, the screen reader and JSON."""
    parts = [_first_sentence(alert, ecosystem, language)]
    if is_group(alert, ecosystem) and (verdict := group_verdict(alert, language)):
        parts.append(f"{verdict}.")
    if saw := met_words(alert, ecosystem, language):
        parts.append(f"{saw}.")
    match = alert.match or alert.untied
    if alert.match is None:
        parts.append(f"{alert_found(replace(alert, untied=None), ecosystem, language)}.")
    elif alert.match.price_talk and (went := moved_with(alert, ecosystem, language)):
        parts.append(f"{went}.")
    if match is None:
        return " ".join(parts)
    source = source_words(match.story, alert, ecosystem, language)
    title = text.plain(match.story.lead.title)
    if match is alert.untied:
        told = language.say("Read, not tied to it", "읽었으나 연결하지 않음")
    elif match.price_talk:
        told = wording.press_attributes(match, ecosystem, language)
    elif match.coincidence is None and (not match.relations or _was_denied(match.story)):
        # What a rule about news waited for, or a move was tied to until its denial.
        told = language.say("Reported", "보도")
    else:
        told = wording.tied_to(wording.cause_of(match), ecosystem, language)
    parts.append(f"{told}: {title} ({source}).")
    path = wording.path_words(match, ecosystem, language)
    if path:
        parts.append(language.say(f"Path {path}.", f"경로 {path}."))
    return " ".join(parts)


def notification_words(
    alert: Alert, ecosystem: Ecosystem, language: Language, *, replay: bool
) -> tuple[str, str]:
    """Return the head and the text of the system's notification, which says once what a sentence says.

    One of a replayed day says so: it stands among those of other programs.
    """
    head, sentence = (words(alert, ecosystem, language) for words in (alert_title, alert_sentence))
    rest = sentence.removeprefix(head).lstrip(",. ")
    return as_replay(head, language, replay=replay), rest[:1].upper() + rest[1:]


def as_replay(words: str, language: Language, *, replay: bool) -> str:
    """Return words that may stand, or be heard, among those of today; of a ``replay`` they say so."""
    return language.say(f"Replay: {words}", f"다시보기: {words}") if replay else words


def told_in(language: Language, alert: Alert, ecosystem: Ecosystem) -> Alert:
    """Return an alert with its message in a language; the English one stays as it was stored."""
    if language is Language.ENGLISH:
        return alert
    return replace(alert, message=alert_sentence(alert, ecosystem, language))


def _first_sentence(alert: Alert, ecosystem: Ecosystem, language: Language) -> str:
    title = alert_title(alert, ecosystem, language)
    own = alert.own_move
    if own is None or alert.subject not in ecosystem.instruments or alert.hours is not Session.REGULAR:
        return f"{title}."
    if own.sar is None:
        return language.say(f"{title}, not judged.", f"{title}, 판단 보류.")
    figure = text.sar(own.sar)
    if is_unusual(own.sar):
        against = wording.against_market(own.move_pct, own.sar, language)
        return language.say(
            f"{title}, unusual{against} (SAR {figure}).",
            f"{title}, {against}평소 범위 밖(SAR {figure}).",
        )
    return language.say(
        f"{title}, within its usual range (SAR {figure}).",
        f"{title}, 평소 범위 안의 움직임(SAR {figure}).",
    )


def _listed(*words: str) -> str:
    return ", ".join(filter(None, words))


def _was_denied(story: Story) -> bool:
    return any(turn.kind is Life.DENIED for turn in story.turns)


def source_words(story: Story, alert: Alert, ecosystem: Ecosystem, language: Language) -> str:
    """Name who reported a story and when, where the alert was: ``WSJ, Mon 18:02 ET``."""
    zone = alert_zone(alert, ecosystem)
    when = text.zoned_clock(story.lead.published, alert.fired_at, zone, language)
    said = f"{publisher_word(story.lead.publisher)}, {when}"
    became = turn_words(story, alert.fired_at, zone, ecosystem, language)
    return f"{said}; {became}" if became else said
