"""What is said while there are no popups, English or Korean."""

from datetime import datetime

from stackwatch.domain.alert import silent_until
from stackwatch.domain.watchlist import Language
from stackwatch.domain.words import format as text


def pause_words(until: datetime, now: datetime, zone: str, language: Language) -> str:
    """Say until when there are no popups, and how they come back."""
    if until == silent_until(now):
        end = language.say("tomorrow", "내일")
    else:
        end = text.zoned_clock(until, now, zone, language)
    return language.say(
        f"No popups until {end}; Find has \u201cShow popups again\u201d",
        f"{end}까지 팝업 꺼짐. 찾기의 \u2018팝업 다시 켜기\u2019로 켬",
    )
