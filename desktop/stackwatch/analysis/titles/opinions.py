"""Titles that tell what somebody thinks, and nothing new: pieces that weigh, ratings that stay."""

import re
from collections.abc import Sequence

from stackwatch.analysis.tone.late_patterns import LatePattern
from stackwatch.analysis.words.word_lists import Span
from stackwatch.domain.news import Mention, StoryTheme

# Of a piece that weighs without telling: "Deal Tests Growth Story", "Push Links Chips To AI Growth".
_WEIGHS = re.compile(
    r"\btests? (?:[^\s,;:]+ ){0,5}(?:assumptions|confidence|expectations|growth|hopes|model|resilience|story|"
    r"strength|sustainability|thesis|trust|valuations?)\b"
    r"|\b(?:weigh(?:s|ed)?|set) (?:[^\s,;:]+ ){0,6}against (?!the law)\b"
    r"|\b(?:links?|ties(?! up)) (?:[^\s,;:]+ ){1,6}(?:to|with)\b"
)
# News after which a share is valued anew; after a price alone nothing is told but that.
_VALUED = LatePattern(
    r"\bvaluation(?: check)?(?: [^\s,;:]+)? (?:after|following|on) "
    r"(?!.*\b(?:price|rally|run|momentum|returns?|pullback|weakness|gains?|volatility|surge|slump|rebound|"
    r"performance|fair value)\b)(?P<news>.+)"
)
_RATING = (
    r"(?:(?:strong )?buy|sell|hold|outperform|overweight|underweight|underperform|neutral|equal[- ]weight|"
    r"ratings?|stance|(?:price )?targets?)"
)
_STAYS = re.compile(
    rf"\b(?:reiterat|reaffirm|maintain|affirm)\w* (?:[^,;:]+ )?[\"'\u201c\u2018]?{_RATING}\b"
    rf"|\bkeep(?:s|ing)? (?:(?:its|their|a|an|at) )?(?:[^\s,;:]+ ){{0,3}}[\"'\u201c\u2018]?{_RATING}\b"
    r"|\b(?:stay|remain|still)(?:s|ed|ing)? (?:(?:very|firmly|so) )?(?:bullish|bearish|upbeat|positive on)\b"
    r"|(?:투자 ?의견|등급|매수|목표 ?주?가)[^,\u2026]{0,10} ?유지(?!보수)"
)
# What is new of it: "lifts target, keeps buy". Also a target in money is, where nobody says that it stays.
_CHANGES = re.compile(
    r"\b(?:rais|lift|hik|boost|increas|cut|lower|trim|reduc|slash|upgrad|downgrad|initiat|resum|bump)\w*\b"
    r"|\b(?:starts|begins|adds|removes|names|ups)\b|상향|하향|올[려렸리]|높[여였이]|낮[춰췄추]|내[려렸리]"
)
# What others expect of results before they are there; a company itself expects without "to be".
_EXPECTED = re.compile(
    r"\b(?:expected|likely|tipped|forecast|seen|poised|set|due) to "
    r"(?:post|report|show|deliver|reaffirm|reveal|beat|top|miss|raise|lift|disclose|log)\b"
)
_BEHIND = re.compile(r" (?:after|following|amid|on|as|over) ")
# A rating of somebody whom no list holds, put down to news of one whom it does.
_RATES = re.compile(r"\b(?:pt|targets?|ratings?|coverage) (?:on|for|of) \S")
_RATED_TICKER = re.compile(r"\b(?:upgrad|downgrad|rais|lower|cut|lift)\w* [^,;:]+ \([a-z:. ]{1,12}\)")

# Trouble that heads a piece that weighs it: it is there, whatever it is weighed against.
_TROUBLE = LatePattern(
    r"\b(?:lawsuits?|data breach|breach|(?<!total )recalls?|probes?|outages?|hacks?|investigations?|fraud|"
    r"scandal|layoffs|(?:job|staff|guidance|dividend|price) cuts?|"
    r"(?:plant|store|factory|site|branch|office) closures?|(?:drone|missile|air|labou?r|union) strikes?|"
    r"evacuations?|shutdowns?|backlash|boycotts?|walkouts?|"
    r"attacks?|explosions?|crash(?:es)?|collisions?|derailment|leaks?|spills?|contamination|accidents?|"
    r"fines?|penalt(?:y|ies)|sanctions|indictments?|allegations?|whistleblowers?|exodus|defections?|"
    r"resignations?|ousters?|downgrades?|setbacks?|delays?|write-?downs?|write-?offs?|impairments?|"
    r"shortfalls?|defaults?|bankruptcy|short report|revolt|"
    r"(?:export|sales|import) (?:ban|halt|curbs?)|injunctions?|exit of [a-z ]{1,20}(?:chief|head|ceo|cfo))\b"
)


def without_trouble(lowered: str, features: Sequence[Span]) -> Sequence[Span]:
    """Return the words of features in a title in lower case, none behind trouble that heads it."""
    return () if features and _TROUBLE.search(lowered, 0, features[0][0]) else features


def weighed_news(lowered: str, features: Sequence[Span]) -> Span | None:
    """Return the news after which a piece in lower case values a share, None without any."""
    valued = _VALUED.search(lowered, 0, len(lowered)) if features and "valuation" in lowered else None
    return None if valued is None else valued.span("news")


def is_opinion(lowered: str, theme: StoryTheme) -> bool:
    """Whether a title in lower case says that a rating stays what it was, or what results may be."""
    if theme is StoryTheme.EARNINGS:
        return _EXPECTED.search(lowered) is not None
    return (
        theme is StoryTheme.RATING and _STAYS.search(lowered) is not None and _CHANGES.search(lowered) is None
    )


def weighing(lowered: str) -> Sequence[Span]:
    """Return where a title in lower case weighs something without telling anything."""
    told = " test" in lowered or " link" in lowered or " ties " in lowered or " weigh" in lowered
    if not told and " set against " not in lowered:
        return ()
    return [match.span() for match in _WEIGHS.finditer(lowered)]


def rates_another(lowered: str, mentions: Sequence[Mention]) -> bool:
    """Whether a title in lower case rates whom it does not link, after news of those it does."""
    first = min((mention.start for mention in mentions), default=0)
    behind = _BEHIND.search(lowered, max(0, first - 12), first + 1)
    if behind is None:
        return False
    return any(rated.search(lowered, 0, behind.start()) for rated in (_RATES, _RATED_TICKER))
