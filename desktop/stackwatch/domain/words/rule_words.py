"""A rule as one plain sentence."""

import re
from collections.abc import Sequence

from stackwatch.domain.rule import (
    GROUP_KINDS,
    NEWS_KINDS,
    Condition,
    Direction,
    Frequency,
    Join,
    Rule,
    RuleKind,
    SessionScope,
    Since,
    SubjectKind,
)
from stackwatch.domain.watchlist import Ecosystem, Language, Watchlist
from stackwatch.domain.words.format import MINUS, exact_price
from stackwatch.domain.words.vocabulary import THEMES_KO

_WAY_EN = {Direction.UP: "rises", Direction.DOWN: "falls", Direction.EITHER: "moves"}
_WAY_KO = {Direction.UP: "상승", Direction.DOWN: "하락", Direction.EITHER: "등락"}
_THEY_EN = {Direction.UP: "rise", Direction.DOWN: "fall", Direction.EITHER: "move"}
_TONE_EN = {Direction.UP: "good ", Direction.DOWN: "bad ", Direction.EITHER: ""}
_TONE_KO = {Direction.UP: "긍정적 ", Direction.DOWN: "부정적 ", Direction.EITHER: ""}
_MINUTE = 60  # seconds
# A number, a day or a quoted word; the fixed figures of the wording (60 %, 52-week) are nobody's choice.
_VALUE = (
    r"(?<![\w.])(?!60 %|52-week|52주|60% )\d[\d.,\-]*(?:e\+\d+)?(?<![.,])(?: ?%|배| [A-Z]{2}[A-Zp]\b)?"
    r"|\u201c[^\u201d]*\u201d"
)


def rule_sentence(rule: Rule, ecosystem: Ecosystem, watchlist: Watchlist, language: Language) -> str:
    """Read a rule back: whom it watches, what must happen, and how often it speaks."""
    subject = subject_phrase(rule, ecosystem, watchlist, language)
    of_others = _of_others(rule)
    currency = ecosystem.currency_of(rule.subject) if rule.subject in ecosystem.instruments else ""
    conditions = [
        (c, _about(c, rule, subject, _named(c.about, ecosystem, watchlist, language), language))
        for c in rule.all_conditions
    ]
    if language is Language.KOREAN:
        joint = " 그리고 " if rule.join is Join.ALL else " 또는 "
        said = joint.join(_korean(c, about, currency) for c, about in conditions)
        body = said if rule.kind in NEWS_KINDS and not of_others else f"{subject}: {said}"
        return f"{body}{_manner_korean(rule)}."
    joint = ", and " if rule.join is Join.ALL else ", or "
    said = joint.join(
        _english(c, _whom(c, about) if place else subject, about, currency)
        for place, (c, about) in enumerate(conditions)
    )
    if of_others:
        said = f"{subject}: {said}"
    elif rule.kind in NEWS_KINDS:  # else it begins with a name, which may be small (xAI)
        said = f"{said[0].upper()}{said[1:]}"
    return f"{said}{_manner_english(rule)}."


def emphasised(sentence: str, names: Sequence[str]) -> tuple[tuple[str, bool], ...]:
    """Split a rule's sentence into runs of text, those that are the user's choices (values, names) marked."""
    chosen = "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True) if name)
    pattern = re.compile(f"({chosen}|{_VALUE})" if chosen else f"({_VALUE})")
    parts = pattern.split(sentence)
    return tuple((part, bool(place % 2)) for place, part in enumerate(parts) if part)


def _size(condition: Condition, currency: str) -> str:
    if condition.kind is RuleKind.PRICE_LEVEL:
        return f"{exact_price(condition.threshold, currency)} {currency}".rstrip()
    size = condition.counts_from + 0.0  # 0 has no sign
    return f"{size:.10g}".replace("-", MINUS)  # below 0 only while the rule is wrong


def _whom(condition: Condition, about: str) -> str:
    """Say whom a joined condition looks at: the rule's subject, or the group that it names itself."""
    return about if condition.kind in GROUP_KINDS and condition.about else "it"


def _english(condition: Condition, subject: str, about: str, currency: str) -> str:  # noqa: C901, PLR0911, PLR0912
    way, size = _WAY_EN[condition.direction], _size(condition, currency)
    errors = f"{size} standard error{'' if size == '1' else 's'} or more"
    match condition.kind:
        case RuleKind.PERCENT_MOVE:
            return f"{subject} {way} {size} % or more {_since_english(condition)}"
        case RuleKind.SIGMA_MOVE:
            return f"{subject} {way} {size} times its usual daily move or more, the time of day allowed for"
        case RuleKind.ABNORMAL_MOVE:
            return f"{subject} {way} {errors} beyond what the market explains"
        case RuleKind.VOLUME_SPIKE:
            return f"{subject} trades {size} times its usual volume or more"
        case RuleKind.PRICE_LEVEL:
            return f"{subject} crosses {'above' if condition.direction is Direction.UP else 'below'} {size}"
        case RuleKind.YEAR_EXTREME:
            extreme = "high" if condition.direction is Direction.UP else "low"
            by = f" by {size} % or more" if condition.threshold else ""
            return f"{subject} reaches a new 52-week {extreme}{by}"
        case RuleKind.GAP:
            sides = {Direction.UP: "up", Direction.DOWN: "down", Direction.EITHER: "away"}
            return f"{subject} opens {size} % or more {sides[condition.direction]} from the previous close"
        case RuleKind.LAYER_MOVE:
            all_of_it = f"{errors}, and 60 % of its members that way"
            return f"{subject} {way} as a whole: {all_of_it}"
        case RuleKind.PEER_DIVERGENCE:
            they = _THEY_EN[condition.direction]
            return f"{subject} stands still while its peers {they} {errors}"
        case RuleKind.NEWS_BURST:
            headlines = _counted(condition.threshold, "headline")
            come = "comes" if condition.threshold == 1 else "come"
            minutes = _counted(condition.news_minutes, "minute")
            return f"{headlines} or more about {about} {come} within {minutes}"
        case RuleKind.STORY:
            return _story_english(condition, about)
        case RuleKind.TIED_MOVE:
            return f"{subject} {way} {size} % or more {_since_english(condition)}, tied to a story"
        case RuleKind.ENTITY_SHOCK:
            they = _THEY_EN[condition.direction]
            return f"{subject} is in the news, and the names tied to it {they} {size} % or more on average"


def _counted(number: float, noun: str) -> str:
    return f"{number:g} {noun}{'' if number == 1 else 's'}"


def _since_english(condition: Condition) -> str:
    if condition.since is Since.MINUTES:
        return f"within {_counted(condition.minutes, 'minute')}"
    return "since the open" if condition.since is Since.OPEN else "since the previous close"


def _story_english(condition: Condition, about: str) -> str:
    one = condition.threshold <= 1
    themes = _listed([theme.value for theme in condition.themes], "or")
    kind = f"{_TONE_EN[condition.direction]}{themes + ' ' if themes else ''}{'story' if one else 'stories'}"
    words = f" with {_listed([f'“{word}”' for word in condition.words], 'or')}" if condition.words else ""
    count = "a" if one else f"{condition.threshold:g}"
    span = f" within {_counted(condition.minutes, 'minute')}" if condition.minutes else ""
    return f"{count} {kind} about {about}{words} {'comes' if one else 'come'}{span}"


def _korean(condition: Condition, about: str, currency: str) -> str:  # noqa: C901, PLR0911, PLR0912 - a case each
    way, size = _WAY_KO[condition.direction], _size(condition, currency)
    group = f"{about} " if condition.about else ""  # else the subject stands before all of it
    match condition.kind:
        case RuleKind.PERCENT_MOVE:
            return f"{_since_korean(condition)} {size}% 이상 {way}"
        case RuleKind.SIGMA_MOVE:
            return f"시간대를 감안한 평소 하루 변동의 {size}배 이상 {way}"
        case RuleKind.ABNORMAL_MOVE:
            return f"시장 영향을 빼고 표준오차의 {size}배 이상 {way}"
        case RuleKind.VOLUME_SPIKE:
            return f"거래량이 평소의 {size}배 이상"
        case RuleKind.PRICE_LEVEL:
            return f"{size} {'상향' if condition.direction is Direction.UP else '하향'} 돌파"
        case RuleKind.YEAR_EXTREME:
            extreme = "최고가" if condition.direction is Direction.UP else "최저가"
            return f"52주 {extreme} 경신" + (f"({size}% 이상)" if condition.threshold else "")
        case RuleKind.GAP:
            return f"시가가 전일 종가 대비 {size}% 이상 {way}"
        case RuleKind.LAYER_MOVE:
            return f"{group}분야 전체가 표준오차의 {size}배 이상 {way}, 종목의 60% 이상이 같은 방향"
        case RuleKind.PEER_DIVERGENCE:
            return f"같은 분야는 표준오차의 {size}배 이상 {way}, 이 종목은 제자리"
        case RuleKind.NEWS_BURST:
            return f"{about} 뉴스 {condition.news_minutes}분 안에 {size}건 이상"
        case RuleKind.STORY:
            return _story_korean(condition, about)
        case RuleKind.TIED_MOVE:
            return f"{_since_korean(condition)} {size}% 이상 {way}, 소식과 연결된 경우"
        case RuleKind.ENTITY_SHOCK:
            return f"{group}소식이 나오고 연결된 상장 종목이 평균 {size}% 이상 {way}"


def _since_korean(condition: Condition) -> str:
    if condition.since is Since.MINUTES:
        return f"{condition.minutes}분 동안"
    return "시가 대비" if condition.since is Since.OPEN else "전일 종가 대비"


def _story_korean(condition: Condition, about: str) -> str:
    themes = _listed([THEMES_KO[theme] for theme in condition.themes], "또는")
    words = _listed([f"“{word}”" for word in condition.words], "또는")
    told = ", ".join(part for part in (themes and f"주제 {themes}", words and f"단어 {words}") if part)
    only = f"({told})" if told else ""
    count = "" if condition.threshold <= 1 else f" {condition.threshold:g}건 이상"
    span = f"{condition.minutes}분 안에 " if condition.minutes else ""
    return f"{span}{about}에 관한 {_TONE_KO[condition.direction]}소식{only}{count}"


def _manner_english(rule: Rule) -> str:
    parts = []
    if rule.hold_seconds:
        parts.append(f"held for {_span_english(rule.hold_seconds)}")
    if rule.sessions is not SessionScope.REGULAR and not rule.news_only:
        parts.append("before and after hours" + (" too" if rule.sessions is SessionScope.ANY else " only"))
    if rule.frequency is Frequency.ONCE:
        parts.append("once only")
    elif rule.frequency is Frequency.EVERY_REARM:
        apart = f", at least {_counted(rule.cooldown_minutes, 'minute')} apart"
        parts.append(f"every time{apart if rule.cooldown_minutes else ''}")
    if rule.escalates:
        parts.append(f"again every {_step_english(rule)}")
    if rule.expires is not None:
        parts.append(f"until {rule.expires.isoformat()}")
    return "".join(f"; {part}" for part in parts)


def _manner_korean(rule: Rule) -> str:
    parts = []
    if rule.hold_seconds:
        parts.append(f"{_span_korean(rule.hold_seconds)} 동안 이어질 때")
    if rule.sessions is not SessionScope.REGULAR and not rule.news_only:
        parts.append("시간외 포함" if rule.sessions is SessionScope.ANY else "시간외만")
    if rule.frequency is Frequency.ONCE:
        parts.append("한 번만")
    elif rule.frequency is Frequency.EVERY_REARM:
        apart = f"{rule.cooldown_minutes}분 이상 간격으로 "
        parts.append(f"{apart if rule.cooldown_minutes else ''}매번")
    if rule.escalates:
        parts.append(f"{_step_korean(rule)} 때마다 다시")
    if rule.expires is not None:
        parts.append(f"{rule.expires.isoformat()}까지")
    return "".join(f", {part}" for part in parts)


def _span_english(seconds: int) -> str:
    """Write a span in minutes, as the editor does, where it has no seconds beside them."""
    minutes, rest = divmod(seconds, _MINUTE)
    return _counted(seconds, "second") if rest else _counted(minutes, "minute")


def _span_korean(seconds: int) -> str:
    minutes, rest = divmod(seconds, _MINUTE)
    return f"{seconds}초" if rest else f"{minutes}분"


def _step_english(rule: Rule) -> str:
    step, many = f"{rule.escalate_step:g}", "" if rule.escalate_step == 1 else "s"
    match rule.kind:
        case RuleKind.STORY:
            return f"{step} more {'stories' if many else 'story'}"
        case RuleKind.NEWS_BURST:
            return f"{step} more headline{many}"
        case RuleKind.VOLUME_SPIKE:
            return f"{step} time{many} its usual volume more"
        case RuleKind.SIGMA_MOVE:
            return f"{step} usual daily move{many} further"
        case RuleKind.ABNORMAL_MOVE | RuleKind.LAYER_MOVE | RuleKind.PEER_DIVERGENCE:
            return f"{step} standard error{many} further"
    return f"{step} % further"


def _step_korean(rule: Rule) -> str:
    step = f"{rule.escalate_step:g}"
    match rule.kind:
        case RuleKind.STORY:
            return f"소식이 {step}건 늘"
        case RuleKind.NEWS_BURST:
            return f"뉴스가 {step}건 늘"
        case RuleKind.VOLUME_SPIKE:
            return f"평소 거래량의 {step}배 늘"
        case RuleKind.SIGMA_MOVE:
            return f"평소 하루 변동의 {step}배 더 움직일"
        case RuleKind.ABNORMAL_MOVE | RuleKind.LAYER_MOVE | RuleKind.PEER_DIVERGENCE:
            return f"표준오차의 {step}배 더 움직일"
    return f"{step}% 더 움직일"


def _listed(words: list[str], last: str) -> str:
    return f" {last} ".join((", ".join(words[:-1]), words[-1])) if len(words) > 1 else "".join(words)


def _about(condition: Condition, rule: Rule, subject: str, named: str, language: Language) -> str:
    """Say whose news or move a condition is about: ``named`` by itself, else the rule's subject."""
    if named:
        return named
    if language is Language.KOREAN or condition is rule or _of_others(rule):
        return _inside(subject)
    return "it"


def _of_others(rule: Rule) -> bool:
    """Whether a rule begins with news of somebody else, so that its subject must be named before."""
    return rule.kind in NEWS_KINDS and rule.about not in ("", rule.subject)


def _named(group_id: str, ecosystem: Ecosystem, watchlist: Watchlist, language: Language) -> str:
    """Name a layer, share or private entity; nothing for none."""
    if (layer := watchlist.layer(group_id)) is not None:
        return layer.names.get(language)
    return ecosystem.names_of(group_id).get(language) if group_id else ""


def _inside(phrase: str) -> str:
    """Return who is meant, inside a sentence."""
    return phrase[0].lower() + phrase[1:] if phrase.startswith("Any ") else phrase


def subject_phrase(rule: Rule, ecosystem: Ecosystem, watchlist: Watchlist, language: Language) -> str:
    """Say whom a rule watches, as its sentence does."""
    korean = language is Language.KOREAN
    if rule.subject_kind is SubjectKind.WATCHLIST:
        return "목록의 각 종목" if korean else "Any name on the list"
    named, tied = _group(rule, ecosystem, watchlist, language), rule.subject_kind is SubjectKind.PRIVATE
    if not _spreads(rule):
        return named
    if korean:
        return f"{named} 연결 종목" if tied else f"{named} 종목"
    return f"Any name {'tied to' if tied else 'of'} {_inside(named)}"


def _group(rule: Rule, ecosystem: Ecosystem, watchlist: Watchlist, language: Language) -> str:
    """Name the share, layer or private entity of a rule, or each of its kind."""
    korean = language is Language.KOREAN
    if rule.subject == "*":
        if rule.subject_kind is SubjectKind.LAYER:
            return "각 분야" if korean else "Any layer"
        return "각 비상장 기업·프로젝트" if korean else "Any private company or project"
    return _named(rule.subject, ecosystem, watchlist, language)


def _spreads(rule: Rule) -> bool:
    """Whether a rule about a group watches each of its members by itself."""
    news = rule.kind in NEWS_KINDS and rule.subject_kind is SubjectKind.PRIVATE
    grouped = rule.subject_kind in (SubjectKind.LAYER, SubjectKind.PRIVATE)
    return grouped and rule.kind not in GROUP_KINDS and not news
