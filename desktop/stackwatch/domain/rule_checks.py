"""What is wrong with a rule, in words of both languages: the file's loader and the editor ask the same."""

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from stackwatch.domain.rule import (
    CROSSING_KINDS,
    GROUP_KINDS,
    NEWS_KINDS,
    UNDIRECTED_KINDS,
    Condition,
    Direction,
    Join,
    Rule,
    RuleKind,
    Since,
    SubjectKind,
)
from stackwatch.domain.watchlist import Ecosystem, Language, Watchlist

MOST_NAME, MOST_NOTE, MOST_WORDS, MOST_WORD, MOST_JOINED = 400, 400, 20, 80, 8
_GROUPED = {*GROUP_KINDS, *NEWS_KINDS}
_KINDS_KO = {
    SubjectKind.SYMBOL: "종목",
    SubjectKind.PRIVATE: "비상장 기업·프로젝트",
    SubjectKind.LAYER: "분야",
    SubjectKind.WATCHLIST: "목록",
}


_OF_LISTS = frozenset({SubjectKind.LAYER, SubjectKind.WATCHLIST})
_LIST_ID = re.compile(r"[a-z0-9][a-z0-9_\-]{0,39}")


class Field(StrEnum):
    """Where in a rule a fault is."""

    NAME = "name"
    SUBJECT = "subject"
    THRESHOLD = "threshold"
    DIRECTION = "direction"
    SPAN = "span"
    ABOUT = "about"
    WORDS = "words"
    JOIN = "join"
    ESCALATION = "escalation"
    HYSTERESIS = "hysteresis"


@dataclass(frozen=True, slots=True)
class RuleFault:
    """One thing that is wrong: in which field, of which joined condition (0: the rule's own), and why.

    A rule whose layer or list is not there is no mistake of a file: it waits until it is shown again.
    """

    field: Field
    english: str
    korean: str
    place: int = 0
    waits: bool = False

    def words(self, language: Language) -> str:
        """Say it in a language."""
        return language.say(self.english, self.korean)


def rule_faults(rule: Rule, ecosystem: Ecosystem, watchlist: Watchlist) -> tuple[RuleFault, ...]:
    """Return everything that keeps a rule from being used, none for a sound one."""
    return tuple(_faults(rule, ecosystem, watchlist))


def _faults(rule: Rule, ecosystem: Ecosystem, watchlist: Watchlist) -> Iterator[RuleFault]:
    if not rule.name_en.strip() or not rule.name_ko.strip():
        yield RuleFault(
            Field.NAME, "no name; expected a few words", "이름이 없습니다. 몇 글자라도 적어 주세요"
        )
    for field, key, value in (
        (Field.ESCALATION, "escalate_step", rule.escalate_step),
        (Field.HYSTERESIS, "hysteresis", rule.hysteresis),
    ):
        if not math.isfinite(value):
            yield RuleFault(field, f"{key} is {value}; expected a finite number", "유한한 숫자여야 합니다")
    yield from _subject_faults(rule, ecosystem, watchlist)
    yield from _join_faults(rule)
    for place, condition in enumerate(rule.all_conditions):
        yield from _threshold_faults(condition, place)
        yield from _direction_faults(condition, place)
        yield from _span_faults(condition, place)
        yield from _news_faults(condition, place, ecosystem, watchlist)


def _subject_faults(rule: Rule, ecosystem: Ecosystem, watchlist: Watchlist) -> Iterator[RuleFault]:
    only = SubjectKind.SYMBOL if rule.kind is RuleKind.PRICE_LEVEL else GROUP_KINDS.get(rule.kind)
    if only is not None and rule.subject_kind is not only:
        yield RuleFault(
            Field.SUBJECT,
            f"kind {rule.kind.value} is about a {only.value}, not a {rule.subject_kind.value}",
            f"이 조건의 대상은 {_KINDS_KO[only]}입니다",
        )
        return
    if rule.subject == "*" and rule.subject_kind is not SubjectKind.SYMBOL:
        return
    known = {
        SubjectKind.SYMBOL: ecosystem.instruments.keys(),
        SubjectKind.PRIVATE: ecosystem.private.keys(),
        SubjectKind.LAYER: {layer.id for layer in watchlist.layers},
        SubjectKind.WATCHLIST: {watchlist.id},
    }[rule.subject_kind]
    if rule.subject in known:
        return
    if rule.subject_kind in _OF_LISTS and _LIST_ID.fullmatch(rule.subject) is not None:
        of_layer = rule.subject_kind is SubjectKind.LAYER
        where, korean = ("in the list", "목록에 없는 분야") if of_layer else ("the list", "목록이 아님")
        yield RuleFault(
            Field.SUBJECT,
            f"{rule.subject_kind.value} {rule.subject!r} is not {where} that is shown",
            f"{rule.subject!r}: 지금 보는 {korean}",
            waits=True,
        )
        return
    yield RuleFault(
        Field.SUBJECT,
        f"{rule.subject_kind.value} {rule.subject!r} is not known",
        f"{rule.subject!r}: 등록되지 않은 {_KINDS_KO[rule.subject_kind]}",
    )


def _join_faults(rule: Rule) -> Iterator[RuleFault]:
    if rule.conditions and rule.join is Join.ANY and rule.escalate_step:
        yield RuleFault(
            Field.ESCALATION,
            'escalate_step needs one unit, so it cannot stand beside join = "any"',
            "조건이 '하나라도'이면 단위가 달라 다시 알림을 쓸 수 없습니다",
        )
    of_news = rule.kind in NEWS_KINDS and rule.subject_kind is SubjectKind.PRIVATE
    for place, each in enumerate(rule.conditions, 1):
        if (rule.kind in GROUP_KINDS or of_news) and each.kind not in _GROUPED:
            yield RuleFault(
                Field.JOIN,
                f"kind {each.kind.value} is about a share, and this rule is about a"
                f" {rule.subject_kind.value}",
                f"종목에 대한 조건인데 이 규칙의 대상은 {_KINDS_KO[rule.subject_kind]}입니다",
                place,
            )
        if each.kind in GROUP_KINDS and rule.kind not in GROUP_KINDS and not each.about:
            yield RuleFault(
                Field.ABOUT,
                f"kind {each.kind.value} needs about",
                f"어느 {_KINDS_KO[GROUP_KINDS[each.kind]]}인지 골라 주세요",
                place,
            )


def _threshold_faults(condition: Condition, place: int) -> Iterator[RuleFault]:
    threshold = condition.threshold
    if not math.isfinite(threshold):
        yield RuleFault(
            Field.THRESHOLD,
            f"threshold is {threshold}; expected a finite number",
            "유한한 숫자여야 합니다",
            place,
        )
    elif threshold < 0 or (threshold == 0 and condition.kind is not RuleKind.YEAR_EXTREME):
        yield RuleFault(
            Field.THRESHOLD,
            f"threshold {threshold:g}; expected a number above 0, the direction says which way",
            f"기준값 {threshold:g}: 0보다 커야 하고, 방향은 따로 고릅니다",
            place,
        )


def _direction_faults(condition: Condition, place: int) -> Iterator[RuleFault]:
    if condition.kind in CROSSING_KINDS and condition.direction is Direction.EITHER:
        level = condition.kind is RuleKind.PRICE_LEVEL
        what = "a price level is crossed" if level else "an extreme is passed"
        yield RuleFault(
            Field.DIRECTION,
            f"{what} up or down; expected direction up or down",
            "상향 또는 하향을 골라 주세요",
            place,
        )
    if condition.kind in UNDIRECTED_KINDS and condition.direction is not Direction.EITHER:
        yield RuleFault(
            Field.DIRECTION,
            f"kind {condition.kind.value} has no direction; expected either, or no direction",
            "이 조건에는 방향이 없습니다",
            place,
        )


def _span_faults(condition: Condition, place: int) -> Iterator[RuleFault]:
    kind = condition.kind
    if condition.since is not Since.CLOSE and kind is not RuleKind.PERCENT_MOVE:
        yield RuleFault(
            Field.SPAN,
            f"since is for kind percent-move only, not {kind.value}",
            "기준 시점은 등락률 조건에만 씁니다",
            place,
        )
    if condition.since is Since.MINUTES and not condition.minutes:
        yield RuleFault(
            Field.SPAN,
            'since = "minutes" needs minutes, such as minutes = 10',
            "몇 분 동안인지 적어 주세요",
            place,
        )
    if condition.minutes and not (kind in NEWS_KINDS or condition.since is Since.MINUTES):
        yield RuleFault(
            Field.SPAN,
            'minutes are for news, and for a percent move with since = "minutes"',
            "분은 뉴스 조건과 몇 분 동안의 등락률에만 씁니다",
            place,
        )


def _news_faults(
    condition: Condition, place: int, ecosystem: Ecosystem, watchlist: Watchlist
) -> Iterator[RuleFault]:
    kind, about = condition.kind, condition.about
    if (condition.themes or condition.words) and kind is not RuleKind.STORY:
        yield RuleFault(
            Field.WORDS,
            f"themes and words are for kind story only, not {kind.value}",
            "주제와 단어는 소식 조건에만 씁니다",
            place,
        )
    if len(condition.words) > MOST_WORDS or any(len(word) > MOST_WORD for word in condition.words):
        yield RuleFault(
            Field.WORDS,
            f"at most {MOST_WORDS} words of {MOST_WORD} letters",
            f"단어는 {MOST_WORDS}개, 각 {MOST_WORD}자까지입니다",
            place,
        )
    if not about:
        return
    known = {
        RuleKind.LAYER_MOVE: {layer.id for layer in watchlist.layers},
        RuleKind.ENTITY_SHOCK: ecosystem.private.keys(),
        RuleKind.NEWS_BURST: ecosystem.instruments.keys() | ecosystem.private.keys(),
        RuleKind.STORY: ecosystem.instruments.keys() | ecosystem.private.keys(),
    }.get(kind)
    if known is None:
        yield RuleFault(
            Field.ABOUT,
            f"about is for news, layers and private entities, not {kind.value}",
            "대상은 뉴스, 분야, 비상장 조건에만 씁니다",
            place,
        )
    elif about not in known:
        waits = kind is RuleKind.LAYER_MOVE and _LIST_ID.fullmatch(about) is not None
        english = (
            f"layer {about!r} is not in the list that is shown" if waits else f"about {about!r} is not known"
        )
        korean = f"{about!r}: 지금 보는 목록에 없는 분야" if waits else f"{about!r}: 등록되지 않은 대상"
        yield RuleFault(Field.ABOUT, english, korean, place, waits=waits)
