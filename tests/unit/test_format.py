import math
import time
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stackwatch.domain.watchlist import Language
from stackwatch.domain.words import format as text

EN, KO = Language.ENGLISH, Language.KOREAN


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (-2.538, "\u22122.54\u202f%"),
        (2.5, "+2.50\u202f%"),
        (0.0, "0.00\u202f%"),
        (-0.004, "0.00\u202f%"),
        (999.99, "+999.99\u202f%"),
        (999.996, "+1,000\u202f%"),  # which would not fit in its column
        (-1234.5, "\u22121,234\u202f%"),
        (None, "\u2013"),
        (math.nan, "\u2013"),
        (-math.inf, "\u2013"),
    ],
)
def test_how_a_percent_is_written(value: float | None, expected: str) -> None:
    assert text.percent(value) == expected


@pytest.mark.parametrize(
    ("value", "currency", "hint", "expected"),
    [
        (167.03, "USD", None, "167.03"),
        (1167.0, "USD", 2, "1,167.00"),
        (0.1234, "USD", 2, "0.1234"),
        (0.00314, "USD", 2, "0.00314"),
        (0.0000312, "KRW", None, "0.0000312"),
        (0.0, "USD", None, "0.0000"),
        (268500.0, "KRW", 2, "268,500"),
        (2887.5, "JPY", None, "2,887.5"),
        (27485.0, "JPY", None, "27,485"),
        (93.62, "EUR", 3, "93.620"),
        (93.62, "EUR", 9, "93.6200"),
        (None, "USD", None, "\u2013"),
        (math.nan, "USD", None, "\u2013"),
    ],
)
def test_how_a_price_is_written(value: float | None, currency: str, hint: int | None, expected: str) -> None:
    assert text.price(value, currency, hint) == expected


@pytest.mark.parametrize(
    ("value", "short", "long"),
    [
        (-1.9499, "\u22121.9", "\u22121.95"),
        (-1.96, "\u22121.9", "\u22121.96"),
        (1.9999, "+1.9", "+1.99"),
        (2.0, "+2.0", "+2.00"),
        (-2.04, "\u22122.0", "\u22122.04"),
        (0.96, "+1.0", "+0.96"),
        (99.94, "+99.9", "+99.94"),
        (-103.4, "\u2212103", "\u2212103"),
        (None, text.NOTHING, text.NOTHING),
        (math.nan, text.NOTHING, text.NOTHING),
    ],
)
def test_that_no_sar_reads_as_unusual_that_is_called_within_its_usual_range(
    value: float | None, short: str, long: str
) -> None:
    assert (text.sar(value), text.sar(value, 2)) == (short, long)


def test_that_a_change_has_the_decimals_of_its_price() -> None:
    assert text.change(-4.35, 167.03, "USD") == "\u22124.35"
    assert text.change(-0.5, 167.03, "USD") == "\u22120.50"
    assert text.change(-4000.0, 268500.0, "KRW") == "\u22124,000"
    assert text.change(0.0, 167.03, "USD") == "0.00"
    assert text.change(-0.0000012, 0.0000312, "USD") == "\u22120.0000012"


@pytest.mark.parametrize(
    ("value", "english", "korean"),
    [
        (None, "\u2013", "\u2013"),
        (0, "0", "0"),
        (999, "999", "999"),
        (9_999, "10.0K", "9,999"),
        (12_345, "12.3K", "1.2만"),
        (999_960, "1.0M", "100만"),
        (12_345_678, "12.3M", "1,234만"),
        (123_456_789, "123.5M", "1억 2,345만"),
        (999_999_999, "1.0B", "9억 9,999만"),
        (50_000_000_000, "50.0B", "500억"),
        (1_234_500_000_000, "1,234.5B", "1조 2,345억"),
    ],
)
def test_how_a_volume_is_written(value: float | None, english: str, korean: str) -> None:
    assert text.volume(value, EN) == english
    assert text.volume(value, KO) == korean


@pytest.mark.parametrize(
    ("seconds", "english", "korean"),
    [
        (-5, "0 s", "0초"),
        (42, "42 s", "42초"),
        (59.7, "1 min", "1분"),
        (3_590, "1 h 00", "1시간"),
        (14_100, "3 h 55", "3시간 55분"),
        (172_790, "2 d", "2일"),
        (864_000, "10 d", "10일"),
    ],
)
def test_how_a_span_is_written(seconds: float, english: str, korean: str) -> None:
    assert text.duration(timedelta(seconds=seconds), EN) == english
    assert text.duration(timedelta(seconds=seconds), KO) == korean


def test_that_a_time_of_another_day_carries_its_day() -> None:
    now = datetime(2025, 7, 22, 14, 0, tzinfo=UTC)
    zone = "America/New_York"
    assert text.day_clock(now, now, zone, EN) == "10:00"
    assert text.day_clock(now - timedelta(hours=16), now, zone, EN) == "Mon 18:00"
    assert text.day_clock(now - timedelta(hours=16), now, zone, KO) == "(월) 18:00"
    assert text.day_clock(now - timedelta(days=30), now, zone, EN) == "22 Jun 2025 10:00"
    assert text.day_clock(now - timedelta(days=30), now, zone, KO) == "2025-06-22(일) 10:00"


@pytest.mark.parametrize(
    ("days", "english", "korean"),
    [(0, "10:00", "10:00"), (1, "Mon 10:00", "(월) 10:00"), (6, "Wed 10:00", "(수) 10:00"),
     (7, "15 Jul", "7월 15일"), (300, "2024-09-25", "2024-09-25")],
)  # fmt: skip
def test_that_a_column_has_the_day_alone_of_what_is_older_than_a_week(
    days: int, english: str, korean: str
) -> None:
    now, zone = datetime(2025, 7, 22, 14, 0, tzinfo=UTC), "America/New_York"
    then = now - timedelta(days=days)
    assert (text.column_time(then, now, zone, EN), text.column_time(then, now, zone, KO)) == (english, korean)


def test_that_a_sentence_names_the_place_of_a_time_where_the_language_does() -> None:
    now = datetime(2025, 7, 22, 14, 0, tzinfo=UTC)
    assert text.zoned_clock(now, now, "America/New_York", EN) == "10:00 ET"
    assert text.zoned_clock(now, now, "America/New_York", KO) == "뉴욕 10:00"


def test_that_no_zone_is_named_by_an_hour_that_it_leaves_in_summer() -> None:
    for zone, named in (("Europe/Paris", "17:30 Paris"), ("Europe/Rome", "17:30 Milan")):
        for moment in (datetime(2025, 7, 22, 15, 30, tzinfo=UTC), datetime(2025, 1, 27, 16, 30, tzinfo=UTC)):
            assert text.zoned_clock(moment, moment, zone, EN) == named


def test_that_zones_have_short_names() -> None:
    assert text.zone_label("America/New_York", EN) == "ET"
    assert text.zone_label("Asia/Seoul", KO) == "서울"
    assert text.zone_label("Asia/Kolkata", EN) == "Kolkata"


def test_that_untrusted_text_loses_what_is_not_seen() -> None:
    assert text.plain("a\u202eb\u2066c\nd\te\u200b\u00adf\x00") == "abc d ef"
    assert text.plain("x" * 400) == "x" * 299 + "\u2026"
    assert text.plain("\ud800") == ""
    assert text.plain("e" + "\u0301" * 50 + "a\u0308o\u0336") == "e" + "\u0301" * 3 + "a\u0308o\u0336"


def test_that_a_title_written_in_its_parts_is_put_together() -> None:
    assert text.headline_text("\u1112\u1161\u11ab\u1100\u1173\u11af\u200b a\u0308") == "\ud55c\uae00 \u00e4"


@given(st.text(max_size=400))
def test_that_plain_text_is_one_bounded_printable_line(value: str) -> None:
    shown = text.plain(value)
    assert len(shown) <= 300
    assert shown.isprintable()
    assert text.plain(shown) == shown


@given(st.floats(allow_nan=True, allow_infinity=True))
def test_that_no_number_is_written_as_minus_zero_or_nan(value: float) -> None:
    shown = text.percent(value)
    assert not shown.startswith(("\u22120.00\u202f", "-"))
    assert "nan" not in shown
    assert "inf" not in shown


@pytest.mark.skipif(not hasattr(time, "tzset"), reason="a program on Windows keeps the zone it began in")
@pytest.mark.parametrize(
    ("machine", "english", "korean"),
    [
        ("Asia/Seoul", "Wed 00:05 to 09:00 your time", "이 컴퓨터 시각 (수) 00:05~09:00"),
        ("Europe/Berlin", "16:05 to Wed 01:00 your time", "이 컴퓨터 시각 16:05~(수) 01:00"),
        ("America/New_York", "", ""),
        ("America/Toronto", "", ""),
    ],
)
def test_that_times_are_told_by_the_machines_clock_where_it_shows_others(
    monkeypatch: pytest.MonkeyPatch, machine: str, english: str, korean: str
) -> None:
    moments = datetime(2026, 3, 10, 15, 5, tzinfo=UTC), datetime(2026, 3, 11, 0, 0, tzinfo=UTC)
    with monkeypatch.context() as patch:
        patch.setenv("TZ", machine)
        time.tzset()
        try:
            assert text.own_times(moments, "America/New_York", EN) == english
            assert text.own_times(moments, "America/New_York", KO) == korean
        finally:
            patch.undo()
            time.tzset()
