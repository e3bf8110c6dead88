"""What a rule saw against what it asked, on one line, where an alert's own figures do not say it."""

from stackwatch.domain.alert import Alert, MetCondition
from stackwatch.domain.rule import GROUP_KINDS, Condition, Direction, RuleKind, Since
from stackwatch.domain.watchlist import Ecosystem, Language
from stackwatch.domain.words import format as text
from stackwatch.domain.words.rule_names import SAR_KINDS, trigger_words, unit_word

_MOVES = (RuleKind.PERCENT_MOVE, RuleKind.TIED_MOVE, RuleKind.ENTITY_SHOCK)
_OWN_SAR = (RuleKind.ABNORMAL_MOVE, RuleKind.LAYER_MOVE)


def met_words(alert: Alert, ecosystem: Ecosystem, language: Language) -> str:
    """Say what the conditions of a rule saw, ``180.42 USD, above 180.00``; nothing where the figures do."""
    currency = ecosystem.currency_of(alert.subject)
    told = (met for met in alert.met if not _is_shown(met, alert, ecosystem))
    return "; ".join(_touched(met, _words(met, currency, language), language) for met in told)


def _is_shown(met: MetCondition, alert: Alert, ecosystem: Ecosystem) -> bool:
    """Whether the move and SAR of the subject, or its story, stand beside and say the same."""
    condition, own = met.condition, alert.own_move
    if condition.kind is RuleKind.STORY:
        return condition.threshold <= 1
    of_group = condition.kind in GROUP_KINDS
    if own is None or met.touched or condition.about or of_group == (alert.subject in ecosystem.instruments):
        return False
    if condition.kind in _OWN_SAR:
        return text.sar(met.value) == text.sar(own.sar)
    since_close = condition.kind in _MOVES and condition.since is Since.CLOSE
    return since_close and text.percent(met.value) == text.percent(own.move_pct)


def _touched(met: MetCondition, words: str, language: Language) -> str:
    return language.say(f"Touched {words}", f"{words}, 닿았다 되돌아옴") if met.touched else words


def _words(met: MetCondition, currency: str, language: Language) -> str:
    condition, value = met.condition, met.value
    asked = trigger_words(condition, currency, language)
    match condition.kind:
        case RuleKind.PRICE_LEVEL:
            price = f"{text.price(value, currency)} {currency}".rstrip()
            return language.say(f"{price}, {asked}", f"{price}, {asked} 돌파")
        case RuleKind.VOLUME_SPIKE:
            asked = asked.replace("\u00d7", language.say("\u00d7", "배"))
            return _of_rule("Volume ", "거래량 ", text.multiple(value, language), asked, language)
        case RuleKind.YEAR_EXTREME:
            return _year_extreme(condition, value, language)
        case RuleKind.NEWS_BURST:
            minutes = condition.news_minutes
            found = language.say(
                f"{value:.0f} headlines in {minutes} min", f"{minutes}분 안에 뉴스 {value:.0f}건"
            )
            return _of_rule("", "", found, asked, language)
        case RuleKind.STORY:
            found = language.say(f"{value:.0f} stories", f"소식 {value:.0f}건")
            return _of_rule("", "", found, asked, language)
        case kind if kind in SAR_KINDS or kind is RuleKind.SIGMA_MOVE:
            return f"{_errors(condition, value, language)}, {asked}"
    return f"{_percent(condition, value, language)}, {asked}"


def _of_rule(before_en: str, before_ko: str, found: str, asked: str, language: Language) -> str:
    return language.say(f"{before_en}{found}, rule asks {asked}", f"{before_ko}{found}, 기준 {asked}")


def _year_extreme(condition: Condition, value: float, language: Language) -> str:
    up, size = condition.direction is Direction.UP, f"{abs(value):.2f}{text.NARROW_SPACE}%"
    found = language.say(
        f"New 52-week {'high' if up else 'low'} by {size}",
        f"52주 {'최고가' if up else '최저가'} {size} 경신",
    )
    if not condition.threshold:
        return found
    return _of_rule("", "", found, f"{condition.threshold:g}{text.NARROW_SPACE}%", language)


def _errors(condition: Condition, value: float, language: Language) -> str:
    """Write standard errors, or usual days, with the decimals that the threshold is written with."""
    asked = condition.counts_from
    written = text.sar(value, 1 if round(asked, 1) == round(asked, 2) else 2)
    match condition.kind:
        case RuleKind.SIGMA_MOVE:
            return f"{written} {unit_word(condition.kind, '', language)}"
        case RuleKind.ABNORMAL_MOVE:
            return f"SAR {written}"
    return language.say(f"Layer SAR {written}", f"분야 SAR {written}")


def _percent(condition: Condition, value: float, language: Language) -> str:
    written = text.percent(value)
    match condition.kind:
        case RuleKind.GAP:
            return language.say(f"Opened {written}", f"시가 {written}")
        case RuleKind.ENTITY_SHOCK:
            return language.say(f"Linked names {written} on average", f"연결 종목 평균 {written}")
    match condition.since:
        case Since.MINUTES:
            return language.say(
                f"{written} in {condition.minutes} min", f"{condition.minutes}분 동안 {written}"
            )
        case Since.OPEN:
            return language.say(f"{written} since the open", f"시가 대비 {written}")
        case Since.CLOSE:
            return language.say(f"{written} since the close", f"종가 대비 {written}")
