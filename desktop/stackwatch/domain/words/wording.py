"""Moves and reasons in plain words, English or Korean, for screen, notification and JSON.

Past tense, a named source with its time, no advice; "tied to", never "because of".
"""

import re
from collections import Counter
from collections.abc import Sequence
from datetime import datetime, timedelta

from stackwatch.domain.currency import FxRate, home_value
from stackwatch.domain.market import NEW_YORK
from stackwatch.domain.move import (
    Explanation,
    Lead,
    Move,
    StoryMatch,
    Verdict,
)
from stackwatch.domain.news import StoryTheme
from stackwatch.domain.quote import Quote, Refusal
from stackwatch.domain.watchlist import Ecosystem, Language, Watchlist
from stackwatch.domain.words import format as text
from stackwatch.domain.words.story_words import publisher_word
from stackwatch.domain.words.vocabulary import (
    EXCHANGES_KO,
    INDICES,
    RELATIONS_EN,
    RELATIONS_KO,
    SOURCES_KO,
    THEMES_KO,
    indices_named,
)

DEFAULT_ZONE = NEW_YORK  # of times that are about no share
_ARROW = " \u2192 "
_TOLD_LEAD = timedelta(minutes=1)  # the least that is told of a lead that may be more


def relation_word(relation: str, language: Language) -> str:
    """Name a kind of link, to stand between its ends: ``OpenAI, customer of, AMD``."""
    return (RELATIONS_KO if language is Language.KOREAN else RELATIONS_EN).get(relation, relation)


def theme_word(theme: StoryTheme, language: Language) -> str:
    """Name what a story is about."""
    return THEMES_KO[theme] if language is Language.KOREAN else theme.value


def source_word(publisher: str, language: Language) -> str:
    """Name who documented a link: a publisher, or in Korean the kind of source where that is all there is."""
    return kind_of_source(publisher_word(publisher), language)


def kind_of_source(publisher: str, language: Language) -> str:
    """Return what stands for a publisher where only the kind of source is known, else the publisher."""
    return SOURCES_KO.get(publisher, publisher) if language is Language.KOREAN else publisher


def short_name(entity_id: str, ecosystem: Ecosystem, language: Language) -> str:
    """Name an entity briefly: a share by its symbol (by name when that is a number)."""
    if entity_id in INDICES:
        return INDICES[entity_id].get(language)
    if entity_id in ecosystem.instruments and not entity_id[:1].isdigit():
        return entity_id
    return ecosystem.names_of(entity_id).get(language)


def market_name(move: Move, ecosystem: Ecosystem, language: Language) -> str:
    """Name the benchmark of a move, with its sessions where they are several or another day's."""
    name, several = short_name(move.benchmark, ecosystem, language), move.benchmark_sessions > 1
    if move.benchmark_date is None:
        return _over_sessions(name, move, language)
    day = text.date_text(move.benchmark_date, language)
    day = language.say(f"{'to' if several else 'of'} {day}", f"{day}{'까지' if several else ''}")
    if language is Language.KOREAN:
        return _over_sessions(f"{name} {day}", move, language)
    return f"{_over_sessions(name, move, language)} {day}"


def market_symbol(move: Move, language: Language) -> str:
    """Return the symbol of a move's benchmark, with its sessions where they are several or another day's."""
    name = _over_sessions(move.benchmark, move, language)
    return name if move.benchmark_date is None else f"{name} ({move.benchmark_date})"


def _over_sessions(name: str, move: Move, language: Language) -> str:
    count = move.benchmark_sessions
    return language.say(f"{name} over {count} sessions", f"{name} {count}거래일") if count > 1 else name


def exchange_word(label: str, language: Language) -> str:
    """Name an exchange as the header does."""
    return EXCHANGES_KO.get(label, label) if language is Language.KOREAN else label


def zone_of(entity_id: str, ecosystem: Ecosystem, home: str = DEFAULT_ZONE) -> str:
    """Return the IANA zone in which times about an entity are shown: of one that is not listed ``home``."""
    instrument = ecosystem.instruments.get(entity_id)
    return instrument.timezone if instrument else home


def home_zone(ecosystem: Ecosystem, watchlist: Watchlist) -> str:
    """Return the time zone of most of a list's exchanges."""
    zones = Counter(zone_of(symbol, ecosystem) for symbol in watchlist.symbols)
    return zones.most_common(1)[0][0] if zones else DEFAULT_ZONE


def home_money(quote: Quote, rate: FxRate, language: Language) -> str:
    """Say what a price is in the home currency, and no more; empty where that is not known."""
    value = home_value(quote.price, quote.currency, rate)
    return "" if value is None else text.money(value, rate.home, language)


def home_words(quote: Quote, rate: FxRate, zone: str, now: datetime, language: Language) -> str:
    """Say what a price is in the home currency, at which rate of when: ``₩231,400 at 1,386.20 (14:02)``."""
    money, cost = home_money(quote, rate, language), text.rate(rate.rate)
    if not money:
        return ""
    when = text.zoned_clock(rate.as_of, now, zone, language)
    return language.say(f"{money} at {cost} ({when})", f"{money}, 환율 {cost}({when})")


def insufficient_reason(reason: str | None, language: Language) -> str:
    """Say why a move was not judged: ``43 of 60 days``."""
    if reason is None:
        return language.say("no model yet", "모형 없음")
    return reason_words(reason, language)


def reason_words(reason: str, language: Language) -> str:
    """Say a reason that the engine names, such as why an alert was not shown, in a language."""
    if language is Language.KOREAN:
        from stackwatch.domain.words.phrasebook import korean  # before the first paint nothing is said

        said = korean().sentence(reason)
    else:
        said = "no price history yet" if re.fullmatch(r"0 of \d+ days", reason) else None
    return indices_named(said or reason, language)


def source_reason(detail: str, language: Language) -> str:
    """Say what a source answered, without the name that it bears in the program."""
    return re.sub(r"^[a-z]+: ", "", reason_words(detail, language))


def refusal_words(refusal: Refusal, zone: str, now: datetime, language: Language, *, priced: bool) -> str:
    """Say why the source gives nothing of a share: ``No price since 16:05 ET: no currency``."""
    since, why = text.zoned_clock(refusal.since, now, zone, language), source_reason(refusal.reason, language)
    if refusal.history:
        return language.say(f"No price history since {since}: {why}", f"{since}부터 가격 이력 없음: {why}")
    if priced:
        return language.say(f"No new price since {since}: {why}", f"{since}부터 새 가격 없음: {why}")
    return language.say(f"No price since {since}: {why}", f"{since}부터 가격 없음: {why}")


def against_market(move_pct: float, sar: float, language: Language) -> str:
    """Say that a move is measured against its market where it went the other way, like a mistake to read."""
    if move_pct * sar > 0:
        return ""
    return language.say(" against its market", "시장 대비 ")


def range_words(move: Move, language: Language) -> str:
    """Say whether a move is beyond its usual range."""
    if move.sar is None:
        why = insufficient_reason(move.reason, language)
        return language.say(f"Not judged: {why}", f"판단 보류: {why}")
    if not move.unusual:
        return language.say("Within its usual range", "평소 범위 안의 움직임")
    against, figure = against_market(move.move_pct, move.sar, language), text.sar(move.sar)
    return language.say(f"Unusual{against} (SAR {figure})", f"{against}평소 범위 밖(SAR {figure})")


def verdict_reason(explanation: Explanation, ecosystem: Ecosystem, language: Language) -> str:
    """Say what the move is tied to, or that nothing was found."""
    best = explanation.best
    if explanation.verdict is Verdict.NEWS and best is not None:
        return tied_to(explanation.cause or cause_of(best), ecosystem, language)
    if explanation.verdict is Verdict.MARKET_WIDE:
        move = explanation.move
        market = f"{market_name(move, ecosystem, language)} {text.percent(move.benchmark_move_pct)}"
        said = language.say(f"Moved with the market, {market}", f"시장과 같은 방향, {market}")
        return _beside_press(said, explanation, ecosystem, language)
    if explanation.verdict is Verdict.LAYER_WIDE:
        said = language.say("Its layer moved the same way", "같은 분야가 함께 움직임")
        return _beside_press(said, explanation, ecosystem, language)
    if explanation.cause is not None:
        return tied_to(explanation.cause, ecosystem, language)
    if explanation.told is not None:
        return press_attributes(explanation.told, ecosystem, language)
    return nothing_found(same_way(explanation), ecosystem, language)


def _beside_press(said: str, explanation: Explanation, ecosystem: Ecosystem, language: Language) -> str:
    """Add to what a move went with what the press puts it down to, whose title stands below."""
    if explanation.told is None or not explanation.told.reported:
        return said
    press = press_attributes(explanation.told, ecosystem, language)
    return f"{said}{language.say('; ', ', ')}{small(press)}"


def small(sentence: str) -> str:
    """Return a sentence as it goes on within another."""
    return f"{sentence[:1].lower()}{sentence[1:]}"


def verdict_line(explanation: Explanation, ecosystem: Ecosystem, language: Language) -> str:
    """Word an explanation on one line, verdict first."""
    head = range_words(explanation.move, language)
    return f"{head}. {verdict_reason(explanation, ecosystem, language)}"


def same_way(explanation: Explanation) -> tuple[str, ...]:
    """Return the linked ids that moved in the direction of the share."""
    sign = explanation.move.move_pct
    return tuple(
        link.id
        for link in explanation.linked
        if link.moved and link.move_pct is not None and link.move_pct * sign > 0
    )


def unusual_words(move: Move, ecosystem: Ecosystem, language: Language) -> str:
    """Say how far a share moved beyond its usual range: ``KLA fell 4.86 %, unusual for it (SAR -2.9)``."""
    name = ecosystem.names_of(move.symbol).get(language)
    size, figure = text.percent(abs(move.move_pct)).lstrip("+"), text.sar(move.sar)
    went, went_ko = ("fell", "하락") if move.move_pct < 0 else ("rose", "상승")
    moved, moved_ko = f"{went} {size}", f"{size} {went_ko}"
    if text.shows_zero(size):
        moved, moved_ko = "did not move", "등락 없음"
    against = against_market(move.move_pct, move.sar or 0.0, language)
    return language.say(
        f"{name} {moved}, unusual{against or ' for it'} (SAR {figure})",
        f"{name} {moved_ko}, {against}평소 범위 밖(SAR {figure})",
    )


def read_words(count: int, language: Language) -> str:
    """Say how many headlines were read."""
    english = "1 headline was read." if count == 1 else f"{count or 'No'} headlines were read."
    return language.say(english, f"기사 {count}건을 읽었습니다." if count else "읽은 기사가 없습니다.")


def none_fits(explanation: Explanation, language: Language) -> str:
    """Say how many headlines were read, and that none is a reason."""
    count = explanation.headlines_read
    read = read_words(count, language)
    if count:
        read += language.say(" None matches better than chance.", " 우연보다 잘 맞는 소식이 없습니다.")
    return read


def search_words(explanation: Explanation, ecosystem: Ecosystem, language: Language) -> str:
    """Say how hard was looked for a reason that was not found, and who moved as well."""
    read, others = none_fits(explanation, language), same_way(explanation)
    if not others:
        return read
    words = moved_same_way(others, ecosystem, language)
    return f"{read} {words}."


def lead_words(match: StoryMatch, language: Language) -> str:
    """Say how long before (or after) the start of the move a story came, nothing where nobody knows."""
    measured, span = match.lead is Lead.MEASURED, timedelta(minutes=abs(match.lead_minutes))
    if match.lead is Lead.UNKNOWN or (
        not measured and span < _TOLD_LEAD
    ):  # "at least 4 s before" says nothing
        return ""
    if round(span.total_seconds()) == 0:
        return language.say("as the move began", "움직임과 동시")
    said = text.duration(span if measured else _whole(span), language)
    if not measured:
        said = language.say(f"at least {said}", f"최소 {said}")
    if match.lead_minutes >= 0:
        return language.say(f"{said} before the move", f"움직임 {said} 전")
    return language.say(f"{said} after it began", f"시작 {said} 뒤")


def _whole(span: timedelta) -> timedelta:
    """Return the minutes of a span, or of two days and more the days, that are full: what is the least."""
    unit = timedelta(days=1) if span >= timedelta(days=2) else timedelta(minutes=1)
    return span // unit * unit


def tied_to(cause: str | None, ecosystem: Ecosystem, language: Language) -> str:
    """Say which report a move is tied to; ``cause`` is an entity id."""
    if cause is None:
        return language.say("Tied to a report", "보도와 연결")
    name = ecosystem.names_of(cause).get(language)
    return language.say(f"Tied to the {name} report", f"{name} 보도와 연결")


def press_attributes(match: StoryMatch, ecosystem: Ecosystem, language: Language) -> str:
    """Say what a title about a price gives as the reason: somebody's report, or the share's own news."""
    if match.own_reason is not None:
        theme = theme_word(match.own_reason, language)
        return language.say(
            f"Press attributes the move to {theme} news",
            f"언론은 {theme} 소식 때문이라고 풀이",
        )
    name = ecosystem.names_of(match.reason_of or match.path[0]).get(language)
    return language.say(
        f"Press attributes the move to the {name} report", f"언론은 {name} 보도 때문이라고 풀이"
    )


def nothing_found(others: Sequence[str], ecosystem: Ecosystem, language: Language) -> str:
    """Say that no story fits, and which ids moved the same way."""
    found = language.say("No clear news found", "뚜렷한 뉴스 없음")
    if not others:
        return found
    return found + language.say("; ", ", ") + moved_same_way(others, ecosystem, language)


def moved_same_way(others: Sequence[str], ecosystem: Ecosystem, language: Language) -> str:
    """Say which names moved in the same direction; two at most are named."""
    names = [short_name(other, ecosystem, language) for other in others[:2]]
    return language.say(f"{' and '.join(names)} moved the same way", f"{'·'.join(names)}도 같은 방향")


def cause_of(match: StoryMatch) -> str | None:
    """Return the id of the entity a matched story is about."""
    return match.path[0] if match.path else match.story.reading.primary


def path_words(match: StoryMatch, ecosystem: Ecosystem, language: Language) -> str:
    """Write a path as ``Stargate → supplier → NVDA``; empty when the story names the share itself."""
    if len(match.path) < 2:  # noqa: PLR2004 - no hop
        return ""
    words = [short_name(match.path[0], ecosystem, language)]
    for relation, entity_id in zip(match.relations, match.path[1:], strict=False):
        words += [relation_word(relation, language), short_name(entity_id, ecosystem, language)]
    return _ARROW.join(words)


def coincidence_words(chance: float, language: Language) -> str:
    """Say how often a match this good arises by coincidence; never a percent."""
    if chance <= 0:
        return language.say("Coincidence rare", "우연의 일치 드묾")
    times = max(round(1 / chance), 1)
    return language.say(f"Coincidence about 1 time in {times}", f"우연의 일치 약 {times}번에 1번")
