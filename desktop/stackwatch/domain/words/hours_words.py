"""What is paid before the open and after the close, in words."""

from datetime import datetime

from stackwatch.domain.move import OutOfHours
from stackwatch.domain.quote import Quote, Session
from stackwatch.domain.watchlist import Ecosystem, Language
from stackwatch.domain.words import format as text
from stackwatch.domain.words import wording


def hours_word(hours: Session, language: Language) -> str:
    """Say of which hours a price is: ``pre-market``; nothing of the regular ones."""
    words = {Session.PRE: ("pre-market", "프리마켓"), Session.POST: ("post-market", "애프터마켓")}
    return language.say(*words[hours]) if hours in words else ""


def out_of_hours_words(told: OutOfHours, ecosystem: Ecosystem, language: Language) -> str:
    """Say what is paid out of hours and why: ``Pre-market -6.74 %: tied to the NVIDIA report``."""
    match = told.match
    if match is None:
        why = wording.nothing_found((), ecosystem, language)
    elif match.price_talk:
        why = wording.press_attributes(match, ecosystem, language)
    else:
        why = wording.tied_to(wording.cause_of(match), ecosystem, language)
    hours = hours_word(told.hours, language).capitalize()
    return f"{hours} {text.percent(told.move_pct)}: {wording.small(why)}"


def extended_words(quote: Quote, zone: str, now: datetime, language: Language) -> str:
    """Say what was paid outside the regular hours and when; empty where nothing was."""
    if quote.extended_price is None:
        return ""
    price = text.price(quote.extended_price, quote.currency, quote.price_hint)
    when = text.zoned_clock(quote.extended_as_of or quote.as_of, now, zone, language)
    return language.say(
        f"Outside regular hours {price} at {when}, against the last regular close",
        f"시간외 {price}, {when}, 직전 정규장 종가 대비",
    )
