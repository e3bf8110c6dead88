"""A rule as one plain sentence."""

from stackwatch.domain.rule import Direction, Rule, RuleKind, SubjectKind
from stackwatch.domain.watchlist import Ecosystem, Language, Watchlist

_WAY_EN = {Direction.UP: "rises", Direction.DOWN: "falls", Direction.EITHER: "moves"}
_WAY_KO = {Direction.UP: "상승", Direction.DOWN: "하락", Direction.EITHER: "등락"}


def rule_sentence(rule: Rule, ecosystem: Ecosystem, watchlist: Watchlist, language: Language) -> str:
    """Read a rule back: whom it watches, what must happen, and how often it speaks."""
    if language is Language.KOREAN:
        return _korean(rule, _subject(rule, ecosystem, watchlist, language))
    return _english(rule, _subject(rule, ecosystem, watchlist, language))


def _english(rule: Rule, subject: str) -> str:
    way, size = _WAY_EN[rule.direction], f"{rule.threshold:g}"
    match rule.kind:
        case RuleKind.PERCENT_MOVE:
            return f"{subject} {way} {size} % or more since the previous close."
        case RuleKind.ABNORMAL_MOVE:
            return f"{subject} {way} {size} standard errors or more beyond what the market explains."
        case RuleKind.PRICE_LEVEL:
            above = "above" if rule.direction is Direction.UP else "below"
            return f"{subject} crosses {above} {size}."
        case RuleKind.LAYER_MOVE:
            return f"{subject} {way} as a whole: {size} standard errors or more, and 60 % of its members."
        case RuleKind.TIED_MOVE:
            return f"{subject} {way} {size} % or more, tied to a story."
        case RuleKind.ENTITY_SHOCK:
            plural = {"rises": "rise", "falls": "fall", "moves": "move"}[way]
            return f"{subject} is in the news, and the names tied to it {plural} {size} % or more on average."


def _korean(rule: Rule, subject: str) -> str:
    way, size = _WAY_KO[rule.direction], f"{rule.threshold:g}"
    match rule.kind:
        case RuleKind.PERCENT_MOVE:
            return f"{subject}: 전일 종가 대비 {size} % 이상 {way}."
        case RuleKind.ABNORMAL_MOVE:
            return f"{subject}: 시장 영향을 뺀 {way}이 표준오차의 {size}배 이상."
        case RuleKind.PRICE_LEVEL:
            above = "상향" if rule.direction is Direction.UP else "하향"
            return f"{subject}: {size} {above} 돌파."
        case RuleKind.LAYER_MOVE:
            return f"{subject}: 분야 전체 {way}이 표준오차의 {size}배 이상, 종목의 60 % 이상이 같은 방향."
        case RuleKind.TIED_MOVE:
            return f"{subject}: 뉴스와 연결된 {size} % 이상 {way}."
        case RuleKind.ENTITY_SHOCK:
            return f"{subject}: 뉴스가 나오고 연결된 상장 종목이 평균 {size} % 이상 {way}."


def _subject(rule: Rule, ecosystem: Ecosystem, watchlist: Watchlist, language: Language) -> str:
    korean = language is Language.KOREAN
    if rule.subject_kind is SubjectKind.WATCHLIST:
        return "목록의 모든 종목" if korean else "Any name on the list"
    if rule.subject == "*":
        if rule.subject_kind is SubjectKind.LAYER:
            return "모든 분야" if korean else "Any layer"
        return "모든 비상장 회사·프로젝트" if korean else "Any private company or project"
    for layer in watchlist.layers:
        if rule.subject_kind is SubjectKind.LAYER and layer.id == rule.subject:
            return layer.names.get(language)
    return ecosystem.names_of(rule.subject).get(language)
