"""How a refusal is worded, and for how long a server asks to be left alone."""

import pytest

from stackwatch.domain.watchlist import Language
from stackwatch.domain.words.wording import reason_words
from stackwatch.providers.web.answers import LONGEST_WAIT, refusal, wait_of
from stackwatch.providers.web.fields import count, epoch, number, positive
from stackwatch.providers.yahoo.endpoints import reason_in

DATE = "Tue, 10 Mar 2026 15:00:00 GMT"


@pytest.mark.parametrize(
    ("told", "seconds"),
    [
        ("120", 120.0),
        (" 0 ", 0.0),
        ("Tue, 10 Mar 2026 15:20:00 GMT", 1200.0),
        ("Tue, 10 Mar 2026 15:20:00", 1200.0),
        ("Tue, 10 Mar 2026 14:00:00 GMT", 0.0),
        ("86401", LONGEST_WAIT),
        ("9" * 5000, LONGEST_WAIT),
        ("Tue, 10 Mar 9999 15:20:00 GMT", LONGEST_WAIT),
        *((nothing, None) for nothing in ("", "-5", "1e9", "nan", "soon", "\u0663", "Tue, 99 Mar 2026")),
    ],
)  # fmt: skip
def test_that_the_wait_a_server_asks_for_is_read_and_bounded(told: str, seconds: float | None) -> None:
    for status in (429, 503):
        assert wait_of(status, {"retry-after": told, "date": DATE}) == seconds
    assert wait_of(404, {"retry-after": told, "date": DATE}) is None


def test_that_a_date_counts_from_the_servers_own_time() -> None:
    headers = {"retry-after": "Sat, 01 Jan 2000 00:10:00 GMT", "date": "Sat, 01 Jan 2000 00:00:00 GMT"}
    assert wait_of(429, headers) == 600.0


_GONE = b'{"chart":{"result":null,"error":{"description":"No data found, symbol may be delisted"}}}'
_NOTHING = (b"", b"<html>", b"[]", b"{}", b"[" * 100_000, b'{"a":null}', b'{"a":{"error":{"description":7}}}')


@pytest.mark.parametrize("body", [_GONE, *_NOTHING])
def test_that_a_refusal_says_its_number_its_name_and_the_providers_reason(body: bytes) -> None:
    reason = " (No data found, symbol may be delisted)" if body is _GONE else ""
    assert str(refusal("chart", 404, {}, reason_in(body))) == f"chart: answered 404 Not Found{reason}"


def test_that_a_number_without_a_name_and_a_reason_that_is_long_are_said_shortly() -> None:
    assert str(refusal("cnbc", 599, {})) == "cnbc: answered 599"
    reason = reason_in(b'{"finance":{"error":{"description":"' + b"a\\n" * 900 + b'"}}}')
    told = str(refusal("quote", 400, {}, reason))
    assert len(told) < 170
    assert "\n" not in told


def test_that_only_what_asks_to_wait_counts_as_asked_too_often() -> None:
    assert refusal("x", 429, {}).rate_limited
    assert not refusal("x", 503, {}).rate_limited
    asked = refusal("x", 503, {"retry-after": "90"})
    assert (asked.rate_limited, asked.retry_after) == (True, 90.0)


def test_that_a_refusal_is_said_in_korean_too() -> None:
    told = "chart: answered 404 Not Found (No data found, symbol may be delisted)"
    assert reason_words(told, Language.KOREAN) == "chart: 404 Not Found 응답(데이터 없음, 상장 폐지 가능)"
    assert reason_words("cnbc: answered 403 Forbidden", Language.KOREAN) == "cnbc: 403 Forbidden 응답"


def test_that_a_field_is_a_finite_number_or_none() -> None:
    assert [number(value) for value in (1, -2.5, 0)] == [1.0, -2.5, 0.0]
    wrong: tuple[object, ...] = (float("inf"), float("-inf"), float("nan"), 10**400, True, "1", None, [1], {})
    for value in wrong:
        assert (number(value), positive(value), count(value), epoch(value)) == (None,) * 4
