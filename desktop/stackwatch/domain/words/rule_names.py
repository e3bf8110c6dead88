"""The short words for rules: kinds, directions, units, and the cells of the table of armed rules."""

from datetime import date, datetime

from stackwatch.domain.alert import Alert
from stackwatch.domain.armed import ArmedRow, RuleStanding
from stackwatch.domain.market import program_day
from stackwatch.domain.rule import (
    COUNTED_KINDS,
    CROSSING_KINDS,
    NEWS_KINDS,
    UNDIRECTED_KINDS,
    Condition,
    Direction,
    Frequency,
    Rule,
    RuleKind,
    SubjectKind,
)
from stackwatch.domain.watchlist import BilingualName, Ecosystem, Language, Watchlist
from stackwatch.domain.words import format as text
from stackwatch.domain.words import wording

KINDS = {
    RuleKind.ABNORMAL_MOVE: BilingualName("Abnormal move (SAR)", "초과 등락(SAR)"),
    RuleKind.PERCENT_MOVE: BilingualName("Percent move", "등락률"),
    RuleKind.TIED_MOVE: BilingualName("Percent move tied to a story", "소식과 연결된 등락률"),
    RuleKind.PRICE_LEVEL: BilingualName("Price crosses", "가격 돌파"),
    RuleKind.VOLUME_SPIKE: BilingualName("Volume spike", "거래량 급증"),
    RuleKind.SIGMA_MOVE: BilingualName("Move in usual days (sigma)", "평소 변동 대비 등락(시그마)"),
    RuleKind.GAP: BilingualName("Gap at the open", "시가 갭"),
    RuleKind.YEAR_EXTREME: BilingualName("52-week high or low", "52주 최고·최저"),
    RuleKind.LAYER_MOVE: BilingualName("Layer-wide move", "분야 전체 등락"),
    RuleKind.ENTITY_SHOCK: BilingualName("Linked names, with a story", "소식과 연결 종목 등락"),
    RuleKind.PEER_DIVERGENCE: BilingualName("Peers move, it does not", "분야는 움직이고 혼자 제자리"),
    RuleKind.STORY: BilingualName("Story", "소식"),
    RuleKind.NEWS_BURST: BilingualName("Burst of headlines", "뉴스 급증"),
}
SAR_KINDS = frozenset({RuleKind.ABNORMAL_MOVE, RuleKind.LAYER_MOVE, RuleKind.PEER_DIVERGENCE})
UNSIGNED = COUNTED_KINDS | CROSSING_KINDS  # their thresholds are written without a sign
_MOVES = {
    Direction.DOWN: BilingualName("falls below", "하락"),
    Direction.UP: BilingualName("rises above", "상승"),
    Direction.EITHER: BilingualName("beyond", "양방향"),
}
_DIRECTIONS = {
    RuleKind.PRICE_LEVEL: {
        Direction.DOWN: BilingualName("down through", "하향"),
        Direction.UP: BilingualName("up through", "상향"),
    },
    RuleKind.YEAR_EXTREME: {
        Direction.DOWN: BilingualName("new low", "최저가"),
        Direction.UP: BilingualName("new high", "최고가"),
    },
    RuleKind.STORY: {
        Direction.EITHER: BilingualName("any tone", "모든 논조"),
        Direction.DOWN: BilingualName("bad news", "부정적 소식"),
        Direction.UP: BilingualName("good news", "긍정적 소식"),
    },
}
_A_STORY = {
    Direction.EITHER: BilingualName("any story", "소식 1건"),
    Direction.DOWN: BilingualName("a bad story", "부정적 소식 1건"),
    Direction.UP: BilingualName("a good story", "긍정적 소식 1건"),
}
_SUBJECTS = {
    SubjectKind.LAYER: BilingualName("layer", "분야"),
    SubjectKind.WATCHLIST: BilingualName("list", "목록"),
}
_ALL = {
    SubjectKind.LAYER: BilingualName("Any layer", "모든 분야"),
    SubjectKind.PRIVATE: BilingualName("Any private name", "모든 비상장"),
}
_PRIVATE = {
    "company": BilingualName("company", "기업"),
    "project": BilingualName("project", "프로젝트"),
    "theme": BilingualName("theme", "주제"),
    "division": BilingualName("division", "사업부"),
}
_A_YEAR = 366  # days; below it a day without its year is one day only
_DECIMALS = 9  # of what is left to a trigger: a value that is at it has passed it
_FAR = 20.0  # percent from a price at which its bar is empty


def kind_word(kind: RuleKind, language: Language) -> str:
    """Name a kind of condition."""
    return KINDS[kind].get(language)


def directions_of(kind: RuleKind) -> dict[Direction, BilingualName]:
    """Return the directions a kind may have, with their words; none where it has no direction."""
    return {} if kind in UNDIRECTED_KINDS else _DIRECTIONS.get(kind, _MOVES)


def unit_word(kind: RuleKind, currency: str, language: Language) -> str:
    """Name the unit of a kind's threshold."""
    if kind in SAR_KINDS:
        return "SAR"
    words = {
        RuleKind.SIGMA_MOVE: BilingualName("sigma", "시그마"),
        RuleKind.VOLUME_SPIKE: BilingualName("\u00d7 usual", "배(평소 대비)"),
        RuleKind.PRICE_LEVEL: BilingualName(currency, currency),
        RuleKind.STORY: BilingualName("or more", "건 이상"),
        RuleKind.NEWS_BURST: BilingualName("headlines", "건"),
        RuleKind.YEAR_EXTREME: BilingualName("% beyond", "% 넘게"),
    }
    return words.get(kind, BilingualName("%", "%")).get(language)


def rule_name(rule: Rule, language: Language) -> str:
    """Return a rule's name in a language, safe to show."""
    return text.plain(language.say(rule.name_en, rule.name_ko), 80)


def subject_words(
    kind: SubjectKind, subject: str, ecosystem: Ecosystem, watchlist: Watchlist, language: Language
) -> tuple[str, str]:
    """Name whom a row is about: its symbol or name, and what it is, empty where that says the same."""
    if subject == "*" and kind in _ALL:
        return _ALL[kind].get(language), ""
    if subject == watchlist.id or (subject == "*" and kind is SubjectKind.WATCHLIST):
        return watchlist.names.get(language), _SUBJECTS[SubjectKind.WATCHLIST].get(language)
    name = ecosystem.names_of(subject).get(language)
    if subject in ecosystem.instruments:
        return subject, "" if name == subject else name
    if subject in ecosystem.private:
        what = ecosystem.kind_of(subject)
        return name, _PRIVATE.get(what, BilingualName(what, what)).get(language)
    layer = watchlist.layer(subject)
    if layer is not None:
        name = layer.names.get(language)
    elif kind is SubjectKind.WATCHLIST:  # another list
        return name, _SUBJECTS[kind].get(language)
    return name, _SUBJECTS[SubjectKind.LAYER].get(language)


def value_words(condition: Condition, value: float | None, currency: str) -> str:
    """Write a value in a condition's unit."""
    if value is None:
        return text.NOTHING
    kind = condition.kind
    if kind is RuleKind.PRICE_LEVEL:
        return text.price(value, currency)
    if kind in NEWS_KINDS:
        return f"{value:.0f}"
    if kind is RuleKind.VOLUME_SPIKE:
        return f"{value:.1f}\u00d7"
    if kind in SAR_KINDS or kind is RuleKind.SIGMA_MOVE:
        return text.sar(value)
    return text.percent(value)


def trigger_words(condition: Condition, currency: str, language: Language, unit: str = "") -> str:
    """Say what a value must pass, with a ``unit`` where it does not stand in the figure."""
    kind, size = condition.kind, condition.counts_from
    if kind is RuleKind.PRICE_LEVEL:
        price, up = text.exact_price(size, currency), condition.direction is Direction.UP
        return language.say(f"{'above' if up else 'below'} {price}", f"{price} {'상향' if up else '하향'}")
    if kind in NEWS_KINDS:
        if kind is RuleKind.STORY and size <= 1:
            return _A_STORY[condition.direction].get(language)
        return language.say(f"{size:g} or more", f"{size:g}건 이상")
    decimals = 1 if round(size, 1) == round(size, 2) else 2
    if kind is RuleKind.VOLUME_SPIKE:
        return f"{size:.{decimals}f}\u00d7"
    if kind is RuleKind.YEAR_EXTREME:
        word = _DIRECTIONS[kind][condition.direction].get(language)
        by = f"{size:.{decimals}f}{text.NARROW_SPACE}%"
        return language.say(f"{word} by {by}", f"{word} {by} 넘게") if size else word
    exact = kind in SAR_KINDS or kind is RuleKind.SIGMA_MOVE
    number = f"{size:.{decimals}f}" + ("" if exact else f"{text.NARROW_SPACE}%") + unit
    match condition.direction:
        case Direction.UP:
            return language.say(f"above +{number}", f"+{number} 이상")
        case Direction.DOWN:
            return language.say(f"below {text.MINUS}{number}", f"{text.MINUS}{number} 이하")
        case Direction.EITHER:
            return language.say(f"beyond \u00b1{number}", f"\u00b1{number} 밖")


def plain_words(condition: Condition, currency: str, language: Language) -> str:
    """Say a condition in a few words: ``Abnormal move below`` a number."""
    kind = condition.kind
    if kind is RuleKind.PRICE_LEVEL:
        word = directions_of(kind)[condition.direction].get(language)
        price = text.exact_price(condition.threshold, currency)
        return language.say(f"{kind_word(kind, language)} {word} {price}", f"{price} {word} 돌파")
    if kind is RuleKind.YEAR_EXTREME:
        return language.say("52 weeks, ", "52주 ") + trigger_words(condition, currency, language)
    unit = " SAR" if kind in SAR_KINDS else ""
    name = kind_word(kind, language).replace(" (SAR)", "").replace("(SAR)", "")
    mark = ":" if kind in NEWS_KINDS else ""
    return f"{name}{mark} {trigger_words(condition, currency, language, unit)}"


def nearness(rule: Rule, row: ArmedRow) -> float | None:
    """Return how near a row is to its trigger, 0 to 1, as its bar is drawn; None without a value."""
    if row.value is None or row.way is None:
        return None
    if rule.crossing and not rule.conditions:
        return min(max(1.0 - max(_left(rule, row.value), 0.0) / _FAR, 0.0), 1.0)
    return min(max(row.way, 0.0), 1.0)


def distance_words(rule: Rule, row: ArmedRow, language: Language) -> str:
    """Say how far a value is from the trigger, or that the rule fired."""
    if row.standing is RuleStanding.FIRED:
        return language.say("fired", "울림")
    if row.value is None:
        return text.NOTHING
    left = _left(rule, row.value)
    if rule.kind is RuleKind.PRICE_LEVEL:
        return text.percent((rule.threshold / row.value - 1.0) * 100.0)
    if rule.kind in NEWS_KINDS:
        more = max(left, 0.0)
        return text.NOTHING if rule.threshold <= 1 else language.say(f"{more:.0f} more", f"{more:.0f}건 더")
    if left <= 0:
        return language.say("beyond", "넘음")
    if rule.kind in SAR_KINDS:
        return f"{left:.1f} SAR"
    if rule.kind is RuleKind.SIGMA_MOVE:
        return f"{left:.1f} {unit_word(rule.kind, '', language)}"
    if rule.kind is RuleKind.VOLUME_SPIKE:
        return f"{left:.1f}\u00d7"
    return f"{left:.2f}{text.NARROW_SPACE}%"


def _left(rule: Rule, value: float) -> float:
    """Return what is left to the trigger, in the rule's unit (of a price in percent); below 0 beyond it."""
    if rule.kind is RuleKind.PRICE_LEVEL:
        away = (rule.threshold / value - 1.0) * 100.0
        return away if rule.direction is Direction.UP else -away
    if rule.kind in COUNTED_KINDS:
        return rule.threshold - value
    signed = {Direction.UP: value, Direction.DOWN: -value, Direction.EITHER: abs(value)}[rule.direction]
    return round(rule.counts_from - signed, _DECIMALS)


def status_words(rule: Rule, row: ArmedRow, now: datetime, zone: str, language: Language) -> str:
    """Say where a rule stands for a subject; when a silent one fires again has no room beside its snooze."""

    def clock(moment: datetime) -> str:
        return text.day_clock(moment, now, zone, language)

    since = "" if row.since is None else clock(row.since)
    if not row.is_silent(now) or row.silent_until is None:
        again = f", {_again(rule, language)}" if row.standing is RuleStanding.FIRED else ""
        return _standing_words(rule, row, since, language) + again
    until = clock(row.silent_until)
    snoozed = language.say(f"snoozed to {until}", f"{until}까지 미룸")
    return f"{snoozed}, {_standing_words(rule, row, since, language)}"


def _standing_words(rule: Rule, row: ArmedRow, since: str, language: Language) -> str:
    match row.standing:
        case RuleStanding.OFF:
            return language.say("paused", "중지됨")
        case RuleStanding.EXPIRED:
            return (
                language.say(f"over, fired {since}", f"끝남, {since} 울림")
                if since
                else language.say("over", "끝남")
            )
        case RuleStanding.NO_DATA:
            return wording.reason_words(row.reason or "no value", language)
        case RuleStanding.PENDING:
            return language.say(f"beyond since {since}, waits", f"{since}부터 넘음, 유지 확인 중")
        case RuleStanding.TRUE:
            return language.say(f"already true since {since}", f"{since}부터 이미 충족")
        case RuleStanding.FIRED:
            return language.say(f"fired {since}", f"{since} 울림")
        case RuleStanding.ARMED:
            if row.waits:
                return language.say("armed, " + _waits(rule)[0], "대기, " + _waits(rule)[1])
            if since:
                return language.say(f"armed, last {since}", f"대기, 최근 {since}")
            return language.say("armed", "대기")


def _again(rule: Rule, language: Language) -> str:
    """Say when a rule that fired may fire again."""
    if not rule.escalates:
        return _rearming(rule, language)
    rearming, further = _rearming(rule, language), _further(rule, language)
    return language.say(f"{rearming}, or {further}", f"{further} {rearming}")


def _rearming(rule: Rule, language: Language) -> str:
    if rule.frequency is Frequency.EVERY_REARM and rule.kind not in UNSIGNED:
        inside = f"{rule.threshold * (1.0 - rule.hysteresis):.1f}"
        return language.say(f"arms again inside \u00b1{inside}", f"\u00b1{inside} 안에서 다시 대기")
    if rule.frequency is Frequency.EVERY_REARM:
        return language.say("arms again when it is back", "되돌아오면 다시 대기")
    return language.say("arms again next session", "다음 거래일에 다시 대기")


def _further(rule: Rule, language: Language) -> str:
    """Say how much further it fires again."""
    step = f"{rule.escalate_step:g}"
    if rule.kind in NEWS_KINDS:
        return language.say(f"with {step} more", f"{step}건 더 나오거나")
    if rule.kind is RuleKind.VOLUME_SPIKE:
        return language.say(f"{step}\u00d7 further on", f"{step}배 더 늘거나")
    unit = unit_word(rule.kind, "", language)
    return language.say(f"{step} {unit} further on", f"{step} {unit} 더 움직이거나")


def _waits(rule: Rule) -> tuple[str, str]:
    if rule.kind is RuleKind.LAYER_MOVE:
        return "not most of its members", "종목 대부분은 아님"
    if rule.kind is RuleKind.PEER_DIVERGENCE:
        return "it moved with its peers", "같은 분야와 함께 움직임"
    if rule.kind is RuleKind.ENTITY_SHOCK:
        return (
            "no matching story, or not most of two names or more",
            "맞는 소식이 없거나, 2종목 이상 중 대부분은 아님",
        )
    if rule.kind is RuleKind.TIED_MOVE:
        return "no matching story", "맞는 소식 없음"
    return "waits for its other conditions", "다른 조건을 기다림"


def ends_words(rule: Rule, now: datetime, language: Language) -> str:
    """Say on which day a rule ends."""
    if rule.expires is None:
        return language.say("never", "없음")
    return day_words(rule.expires, program_day(now), language)


def day_words(day: date, today: date | None, language: Language) -> str:
    """Write a day: briefly where it is not a year from ``today``, with its year otherwise."""
    if today is None or abs((day - today).days) >= _A_YEAR:
        return text.date_text(day, language)
    return text.day_month(day, language)


def fired_rule_name(alert: Alert, language: Language) -> str:
    """Return the name that a rule had when it fired, on one line: a person wrote it."""
    return text.plain(language.say(alert.rule_name_en, alert.rule_name_ko), 80)
