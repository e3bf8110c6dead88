"""Whatever a provider answers, what is let in is sound, and what is not is a named refusal."""

import copy
import json
import math
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import cast

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.support.fakes import FakeClock
from tests.wire.world import Article, Json, World

from stackwatch.domain.errors import ProviderError
from stackwatch.domain.quote import Quote
from stackwatch.providers.yahoo.bars import YahooBars
from stackwatch.providers.yahoo.news import YahooNews
from stackwatch.providers.yahoo.parse_quote import parse_quote
from stackwatch.providers.yahoo.search import YahooSearch
from stackwatch.providers.yahoo.session import GuardedSession

NOW = datetime(2026, 1, 14, 15, 0, tzinfo=UTC)
WORLD = World(clock=lambda: NOW)
WORLD.articles.append(
    Article(
        id="a", title="Nvidia falls", publisher="WSJ", published=NOW - timedelta(hours=1), symbols=("NVDA",)
    )
)
_NUMBERS = st.one_of(
    st.floats(),
    st.integers(),
    st.sampled_from((0, -1, 5e-324, 1e308, 10**400, 2**63, NOW.timestamp(), -62_135_596_801)),
)
_ANYTHING = st.recursive(
    st.one_of(
        st.none(), st.booleans(), _NUMBERS, st.text(max_size=8), st.sampled_from(("\ud800", "\0", "GBp"))
    ),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3), st.dictionaries(st.text(max_size=3), inner, max_size=3)
    ),
    max_leaves=4,
)


class Answering:
    """Stands in for the session: answers everything alike."""

    def __init__(self, answer: object) -> None:
        self._answer = answer

    def get_json(self, _endpoint: str, _url: str, _params: Mapping[str, str]) -> object:
        return self._answer

    def post_json(self, endpoint: str, url: str, params: Mapping[str, str], _body: Json) -> object:
        return self.get_json(endpoint, url, params)


def session(answer: object) -> GuardedSession:
    return cast("GuardedSession", Answering(answer))


def places(value: object) -> list[tuple[object, ...]]:
    """Return the way to every value within a value."""
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [(), *((key, *way) for key, below in inner for way in places(below))]


@st.composite
def spoilt(draw: st.DrawFn, sound: object) -> object:
    """Put anything into some places of a sound answer."""
    made = {"whole": copy.deepcopy(sound)}
    for _ in range(draw(st.integers(1, 3))):
        *way, last = ("whole", *draw(st.sampled_from(places(made["whole"]))))
        holder: object = made
        for key in way:
            holder = holder[key]  # type: ignore[index]
        holder[last] = draw(_ANYTHING)  # type: ignore[index]
    return made["whole"]


def is_sound(price: float | None) -> bool:
    return price is None or (isinstance(price, float) and math.isfinite(price) and price > 0)


@given(spoilt(WORLD.quote("NVDA")))
def test_that_no_quote_whatever_is_let_in_unsound(raw: object) -> None:
    found = parse_quote(raw, "NVDA", "USD", NOW)
    if not isinstance(found, Quote):
        assert found.reason
        return
    prices = (found.price, found.previous_close, found.open, found.extended_price, found.market_value)
    ranges = (found.day_low, found.day_high, found.year_low, found.year_high)
    assert all(is_sound(price) for price in (*prices, *ranges))
    assert max(found.as_of, found.extended_as_of or found.as_of) <= NOW + timedelta(minutes=2)
    assert abs(math.log(found.price / found.previous_close)) <= math.log(60) + 1e-9
    json.dumps(f"{found}").encode()


@given(spoilt(WORLD.chart("NVDA", "1d", NOW - timedelta(days=20), 20)))
def test_that_no_history_whatever_is_let_in_unsound(answer: object) -> None:
    try:
        history = YahooBars(session(answer), FakeClock(NOW)).daily_history(
            "NVDA", (NOW - timedelta(days=20)).date()
        )
    except ProviderError:
        return
    assert all(one.day < other.day <= NOW.date() for one, other in pairwise(history.bars))
    for bar in history.bars:
        assert all(is_sound(price) for price in (bar.open, bar.high, bar.low, bar.close))
        assert bar.volume >= 0
    assert all(is_sound(split.factor) for split in history.actions.splits)
    assert all(is_sound(dividend.amount) for dividend in history.actions.dividends)


@given(spoilt(WORLD.chart("NVDA", "1m", NOW - timedelta(days=1), 1)))
def test_that_no_minutes_whatever_are_let_in_unsound(answer: object) -> None:
    try:
        bars = YahooBars(session(answer), FakeClock(NOW)).minutes("NVDA", 1)
    except ProviderError:
        return
    assert all(one.start < other.start <= NOW for one, other in pairwise(bars))
    assert all(bar.start.second == 0 and is_sound(bar.close) for bar in bars)


@given(spoilt(WORLD.news("NVDA", 5)))
def test_that_no_headline_whatever_is_let_in_unsound(answer: object) -> None:
    try:
        found = YahooNews(session(answer), FakeClock(NOW)).headlines(["NVDA"])
    except ProviderError:
        return
    for headline in found:
        assert headline.title.isprintable()
        assert headline.url.startswith(("http://", "https://"))
        assert headline.published <= NOW + timedelta(minutes=2)
        f"{headline}".encode()


@given(spoilt(WORLD.search("nvidia")))
def test_that_no_find_whatever_is_let_in_unsound(answer: object) -> None:
    try:
        hits = YahooSearch(session(answer)).search("nvidia")
    except ProviderError:
        return
    assert all(hit.symbol and hit.name.isprintable() for hit in hits)


@pytest.mark.parametrize("answer", [None, [], "", 0, float("nan"), {"chart": {"result": [[]]}}])
def test_that_an_answer_of_another_shape_is_refused(answer: object) -> None:
    for ask in (
        lambda: YahooBars(session(answer), FakeClock(NOW)).minutes("NVDA", 1),
        lambda: YahooNews(session(answer), FakeClock(NOW)).headlines(["NVDA"]),
        lambda: YahooSearch(session(answer)).search("nvidia"),
    ):
        with pytest.raises(ProviderError):
            ask()
