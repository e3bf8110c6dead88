"""What was said about a move before, and which linked names have not moved, in words."""

from collections.abc import Sequence
from datetime import datetime

from stackwatch.domain.move import Explanation, ExplanationRecord, Verdict, stands_still
from stackwatch.domain.news import Life
from stackwatch.domain.watchlist import Ecosystem, Language
from stackwatch.domain.words import format as text
from stackwatch.domain.words import wording

_NAMED = 3
_PLAIN = {
    Verdict.MARKET_WIDE: ("moved with the market", "시장과 같은 방향"),
    Verdict.LAYER_WIDE: ("its layer moved the same way", "같은 분야가 함께 움직임"),
    Verdict.UNEXPLAINED: ("no clear news found", "뚜렷한 뉴스 없음"),
    Verdict.INSUFFICIENT_DATA: ("not judged", "판단 보류"),
}


def said_words(said: ExplanationRecord, ecosystem: Ecosystem, language: Language) -> str:
    """Word what was said of a move at one time, on one line."""
    korean = language is Language.KOREAN
    if said.verdict is Verdict.NEWS:
        told = wording.tied_to(said.cause, ecosystem, language)
        told = told[:1].lower() + told[1:]
    elif said.press:
        told = "언론이 이유를 적음" if korean else "the press named a reason"
    else:
        told = _PLAIN[said.verdict][korean]
    if said.became is Life.DENIED:
        told += ", 부인됨" if korean else ", since denied"
    if said.became is Life.CORRECTED:
        told += ", 정정됨" if korean else ", since corrected"
    return told


def first_said(
    explanation: Explanation, now: datetime, zone: str, ecosystem: Ecosystem, language: Language
) -> str:
    """Say what was said first of a move that was judged, and when, where something else is said now."""
    judged = [said for said in explanation.said if said.verdict is not Verdict.INSUFFICIENT_DATA]
    if not judged:
        return ""
    first, last = judged[0], judged[-1]
    told = said_words(first, ecosystem, language)
    if told == said_words(last, ecosystem, language):
        return ""
    when = text.zoned_clock(first.at, now, zone, language)
    return language.say(f"First said {when}: {told}", f"처음 {when}: {told}")


def said_lines(
    said: Sequence[ExplanationRecord], now: datetime, zone: str, ecosystem: Ecosystem, language: Language
) -> tuple[str, ...]:
    """Tell the whole history, a line each."""
    return tuple(
        f"{text.day_clock(one.at, now, zone, language)} {said_words(one, ecosystem, language)}"
        + (f" ({text.plain(one.title, 80)})" if one.title else "")
        for one in said
    )


def still_words(explanation: Explanation, ecosystem: Ecosystem, language: Language) -> str:
    """Name whom a move's cause is tied to, who has a price and has not moved: context, no forecast."""
    names = [
        wording.short_name(link.id, ecosystem, language)
        for link in explanation.linked
        if link.move_pct is not None
        and stands_still(link.move_pct, link.sar)
        and link.id != explanation.move.symbol
    ]
    if not names or explanation.cause is None:
        return ""
    cause = wording.short_name(explanation.cause, ecosystem, language)
    rest = len(names) - _NAMED
    shown = ", ".join(names[:_NAMED])
    if language is Language.KOREAN:
        return f"{cause} 연결, 움직임 없음: {shown}" + (f" 외 {rest}종목" if rest > 0 else "")
    verb = "has" if len(names) == 1 else "have"
    return f"Linked to {cause}, {verb} not moved: {shown}" + (f" and {rest} more" if rest > 0 else "")
