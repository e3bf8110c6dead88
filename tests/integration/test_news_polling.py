"""General feeds are asked a few at a time; one that asks for it is left alone, and that is told."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import TypeVar

from tests.support.rig import Rig, build_rig

from stackwatch.domain.errors import ProviderError
from stackwatch.domain.health import HealthState
from stackwatch.domain.news import Headline
from stackwatch.engine.data_settings import DataSettings
from stackwatch.engine.fetching import Fetching
from stackwatch.engine.services.news_polling import NewsPolling

_T = TypeVar("_T")


class Feed:
    """A general feed that has one headline, or a fault."""

    per_symbol = False

    def __init__(self, name: str, rig: Rig) -> None:
        self.name = name
        self._rig = rig
        self.fault: ProviderError | None = None

    def headlines(self, symbols: Sequence[str]) -> tuple[Headline, ...]:
        del symbols
        if self.fault is not None:
            raise self.fault
        return (replace(self._rig.market.report(f"Nvidia news of {self.name}"), id=self.name),)


class HangingPool:
    """A pool whose calls hang until the test lets one go."""

    def __init__(self) -> None:
        self.calls: list[Callable[[], None]] = []

    def submit(
        self,
        call: Callable[[], _T],
        done: Callable[[_T], None],
        failed: Callable[[Exception], None],
        *,
        background: bool = False,
    ) -> None:
        del background

        def go() -> None:
            try:
                found = call()
            except ProviderError as fault:
                failed(fault)
            else:
                done(found)

        self.calls.append(go)


def feeds_of(rig: Rig, count: int) -> list[Feed]:
    feeds = [Feed(f"feed-{number}", rig) for number in range(count)]
    rig.engine.data_settings = DataSettings(rig.engine.parts.settings, feeds, None, None)
    return feeds


def test_that_feeds_that_hang_leave_half_of_the_pool_to_prices(tmp_path: Path) -> None:
    rig, pool = build_rig(tmp_path, ()), HangingPool()
    feeds, news = feeds_of(rig, 5), NewsPolling(Fetching(pool))
    news.fetch(rig.engine)
    news.fetch(rig.engine)
    assert len(pool.calls) == 2
    told = []
    while pool.calls:
        pool.calls.pop(0)()
        told.append(sum(rig.engine.health.of(feed.name) is not None for feed in feeds))
        assert len(pool.calls) <= 2
    assert told == [1, 2, 3, 4, 5]


def test_that_the_answer_of_a_feed_that_was_switched_off_meanwhile_is_not_taken_in(tmp_path: Path) -> None:
    rig, pool = build_rig(tmp_path, ()), HangingPool()
    feeds, news = feeds_of(rig, 3), NewsPolling(Fetching(pool))
    news.fetch(rig.engine)
    rig.engine.data_settings = DataSettings(rig.engine.parts.settings, feeds[1:2], None, None)
    while pool.calls:
        pool.calls.pop(0)()
    assert [story.lead.id for story in rig.engine.newsroom.stories] == ["feed-1"]


def test_that_a_feed_that_fails_says_what_it_answered_and_when_it_is_asked_again(tmp_path: Path) -> None:
    rig = build_rig(tmp_path, ())
    feed, other = feeds_of(rig, 2)
    feed.fault = ProviderError("feed-0: answered 403 Forbidden")
    rig.runtime.news.fetch_due(rig.engine)
    told = rig.engine.health.of("feed-0")
    assert told is not None
    assert (told.state, told.detail) == (HealthState.FAILED, "feed-0: answered 403 Forbidden")
    assert told.next_try == rig.clock.now() + timedelta(minutes=10)
    feed.fault = ProviderError(
        "feed-0: answered 503 Service Unavailable", rate_limited=True, retry_after=3600
    )
    rig.clock.advance(minutes=10)
    rig.runtime.news.fetch_due(rig.engine)
    told = rig.engine.health.of("feed-0")
    assert told is not None
    assert (told.state, told.next_try) == (HealthState.RATE_LIMITED, rig.clock.now() + timedelta(hours=1))
    feed.fault = None
    rig.clock.advance(hours=1)
    rig.runtime.news.fetch_due(rig.engine)
    for source in (feed, other):
        told = rig.engine.health.of(source.name)
        assert told is not None
        assert (told.state, told.next_try) == (HealthState.OK, None)


def test_that_quotes_are_not_asked_for_before_the_wait_is_over(tmp_path: Path) -> None:
    rig = build_rig(tmp_path, ())
    rig.market.fault = ProviderError("quote: answered 429", rate_limited=True, retry_after=1800)
    rig.runtime.quotes.fetch_due(rig.engine)
    told = rig.engine.health.of("quotes")
    assert told is not None
    assert told.next_try == rig.clock.now() + timedelta(minutes=30)
    asked = len(rig.market.asked)
    rig.clock.advance(minutes=29)
    for _ in range(3):
        rig.runtime.quotes.fetch_due(rig.engine)
        rig.runtime.refresh()  # a wish of the user's does not shorten or lengthen it either
    assert len(rig.market.asked) == asked
    assert rig.engine.health.of("quotes") == told
    rig.clock.advance(minutes=1)
    rig.runtime.quotes.fetch_due(rig.engine)
    assert len(rig.market.asked) == asked + 1
