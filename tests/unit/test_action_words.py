from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stackwatch.domain.earnings import Earnings
from stackwatch.domain.quote import Quote, QuoteState, Session
from stackwatch.domain.watchlist import Language
from stackwatch.domain.words.action_words import report_words

NOW = datetime(2026, 1, 14, 15, 0, tzinfo=UTC)
NEW_YORK = "America/New_York"


def _quote(earnings: Earnings | None) -> Quote:
    return Quote(
        symbol="NVDA",
        price=100.0,
        currency="USD",
        previous_close=99.0,
        as_of=NOW,
        session=Session.REGULAR,
        source="Yahoo",
        state=QuoteState.LIVE,
        earnings=earnings,
    )


def _told(language: Language = Language.ENGLISH, zone: str = NEW_YORK, **when: Any) -> str:
    return report_words(_quote(Earnings(**when)), NOW, zone, language)


def _at(month: int, day: int, hour: int = 21) -> datetime:
    return datetime(2026, month, day, hour, tzinfo=UTC)


@pytest.mark.parametrize(
    ("when", "english", "korean"),
    [
        ({"first": _at(1, 14), "until": _at(1, 14)}, "reports today", "오늘 실적 발표 예정"),
        ({"first": _at(1, 15), "until": _at(1, 15)}, "reports tomorrow", "내일 실적 발표 예정"),
        ({"first": _at(1, 28), "until": _at(1, 28)}, "reports 28 Jan", "1월 28일 실적 발표 예정"),
        (
            {"first": _at(1, 26), "until": _at(1, 30), "estimated": True},
            "reports 26 Jan to 30 Jan (estimate)",
            "1월 26일~1월 30일 실적 발표 예정 (추정)",
        ),
        ({"first": _at(1, 29), "until": _at(1, 29)}, "", ""),
        ({"first": _at(1, 13), "until": _at(1, 13)}, "", ""),
        ({"last": _at(1, 14, 13)}, "reported today", "오늘 실적 발표함"),
        ({"last": _at(1, 13)}, "reported yesterday", "어제 실적 발표함"),
        ({"last": _at(1, 12)}, "reported 12 Jan", "1월 12일 실적 발표함"),
        ({"last": _at(1, 11)}, "", ""),
        ({"last": _at(1, 14)}, "", ""),
        (
            {"last": _at(1, 13), "first": _at(4, 20), "until": _at(4, 25)},
            "reported yesterday",
            "어제 실적 발표함",
        ),
    ],
)
def test_that_reports_of_two_weeks_ahead_and_two_days_back_are_told(
    when: dict[str, Any], english: str, korean: str
) -> None:
    assert _told(**when) == english
    assert _told(Language.KOREAN, **when) == korean


def test_that_the_day_of_a_report_is_that_of_its_exchange() -> None:
    due: dict[str, Any] = {"first": _at(1, 15, 3), "until": _at(1, 15, 3)}
    assert _told(zone=NEW_YORK, **due) == "reports today"
    assert _told(zone="Europe/London", **due) == "reports tomorrow"


def test_that_nothing_is_told_of_a_share_without_reports() -> None:
    assert report_words(_quote(None), NOW, NEW_YORK, Language.ENGLISH) == ""


@given(st.integers(-60, 60), st.integers(0, 10))
def test_that_a_report_is_told_on_the_day_it_is_due_and_never_after(hours: int, days: int) -> None:
    first = NOW + timedelta(hours=hours)
    until = first + timedelta(days=days)
    told = _told(first=first, until=until)
    over = (until - timedelta(hours=5)).date() < (NOW - timedelta(hours=5)).date()
    assert (told == "") is over
