"""Settings that change while the program runs."""

from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest
from tests.support.fakes import FakeMarket
from tests.support.rig import Rig, build_rig

from stackwatch.domain.errors import ProviderError
from stackwatch.domain.events import AlertRaised, BudgetChanged, Event, HealthChanged, StoriesChanged
from stackwatch.domain.health import HealthState
from stackwatch.domain.rule import Direction, Rule, RuleKind, SubjectKind
from stackwatch.domain.settings import FeedChoice, Settings
from stackwatch.engine.data_settings import DataSettings
from stackwatch.engine.ports import NewsSource

MINE = FeedChoice(id="mine", publisher="Mine", url="https://mine.example/rss")


class FakeMeter:
    def __init__(self) -> None:
        self.allowed = 0

    def last_hour(self) -> dict[str, int]:
        return {"quote": 5, "news": 2}

    def allow(self, per_hour: int) -> None:
        self.allowed = per_hour


@pytest.fixture
def rig(tmp_path: Path) -> Rig:
    made = build_rig(tmp_path, ())
    made.events.clear()
    return made


def last(rig: Rig, kind: type) -> object:
    return [event for event in rig.events if isinstance(event, kind)][-1]


def test_that_a_blocked_publisher_never_gets_in_and_leaves_the_lists(rig: Rig) -> None:
    rig.market.report("Nvidia signs a contract with OpenAI", publisher="Zacks", key="z")
    rig.market.report("Oracle expands Stargate in Texas", publisher="The Wall Street Journal", key="w")
    rig.refresh()
    assert {story.id for story in rig.engine.newsroom.stories} == {"z", "w"}
    rig.runtime.change_settings(Settings(blocked_sources=("zacks", " wsj ")))
    told = last(rig, StoriesChanged)
    assert isinstance(told, StoriesChanged)
    assert told.dropped == {"z", "w"}
    assert rig.engine.newsroom.stories == ()
    assert all(count == 0 for _, count in told.counts)
    rig.market.report("AMD wins an order from Meta", publisher="ZACKS", key="z2")
    rig.refresh()
    assert rig.engine.newsroom.stories == ()


def test_that_stories_of_a_publisher_come_back_when_it_is_allowed_again(rig: Rig) -> None:
    rig.market.report("Nvidia signs a contract with OpenAI", publisher="Zacks", key="z")
    rig.refresh()
    rig.runtime.change_settings(Settings(blocked_sources=("Zacks",)))
    rig.runtime.change_settings(Settings())
    told = last(rig, StoriesChanged)
    assert isinstance(told, StoriesChanged)
    assert [story.id for story in told.stories] == ["z"]


def test_that_only_what_was_without_a_publisher_is_read_when_it_is_allowed_again(
    rig: Rig, monkeypatch: pytest.MonkeyPatch
) -> None:
    told_twice = "Nvidia and OpenAI plan a data centre in Texas"
    rig.market.report(told_twice, publisher="Reuters", key="r")
    rig.market.report(f"{told_twice} together", publisher="Zacks", key="copy")
    rig.market.report("AMD wins an order from Meta", publisher="Zacks", key="z")
    rig.market.report("Oracle opens a campus in Ohio", publisher="Yonhap", key="y")
    rig.market.report("Micron builds a plant in Idaho", publisher="Korea Times", key="k")
    rig.refresh()
    before = {story.id: story for story in rig.engine.newsroom.stories}
    rig.runtime.change_settings(Settings(blocked_sources=("Zacks", "Yonhap")))
    assert {story.id: story.publishers for story in rig.engine.newsroom.stories} == {
        "r": ("Reuters",),
        "k": ("Korea Times",),
    }
    news, read = rig.engine.parts.store.news, list[str]()
    find = news.find_stories
    monkeypatch.setattr(news, "load_stories", lambda since: pytest.fail(f"all since {since} are read"))
    monkeypatch.setattr(news, "find_stories", lambda ids: read.extend(ids) or find(ids))
    rig.runtime.change_settings(Settings(blocked_sources=("Yonhap",)))
    assert sorted(read) == ["r", "z"]
    known = {story.id: story for story in rig.engine.newsroom.stories}
    assert known == {key: story for key, story in before.items() if key != "y"}
    rig.runtime.change_settings(Settings())
    assert {story.id: story for story in rig.engine.newsroom.stories} == before
    assert sorted(read) == ["r", "y", "z"]


def test_that_prices_are_judged_while_the_stories_of_a_publisher_come_back(tmp_path: Path) -> None:
    fall = Rule(
        id="fall",
        name_en="Fall",
        name_ko="하락",
        kind=RuleKind.PERCENT_MOVE,
        subject_kind=SubjectKind.SYMBOL,
        subject="NVDA",
        direction=Direction.DOWN,
        threshold=3.0,
    )
    rig = build_rig(tmp_path, (fall,))
    for n in range(450):
        rig.market.report(f"Nvidia signs contract {n} with OpenAI", publisher="Zacks", key=str(n))
    for symbol in ("NVDA", "QQQ"):
        rig.market.set(symbol, 100.0)
    rig.refresh()
    rig.runtime.change_settings(Settings(blocked_sources=("Zacks",)))
    assert rig.engine.newsroom.stories == ()
    rig.clock.advance(minutes=1)
    rig.market.set("NVDA", 96.0)
    rig.events.clear()

    def ask_for_prices(event: Event) -> None:
        if isinstance(event, StoriesChanged) and event.stories and not rig.raised():
            rig.runtime.refresh()

    rig.heard.append(ask_for_prices)
    rig.runtime.change_settings(Settings())
    kinds = [type(event) for event in rig.events]
    come = [n for n, event in enumerate(rig.events) if isinstance(event, StoriesChanged) and event.stories]
    assert len(come) == 3
    assert come[0] < kinds.index(AlertRaised) < come[-1]
    assert len(rig.engine.newsroom.stories) == 450


def test_that_a_publisher_who_is_blocked_while_its_stories_come_back_brings_no_more(rig: Rig) -> None:
    for n in range(450):
        rig.market.report(f"Nvidia signs contract {n} with OpenAI", publisher="Zacks", key=str(n))
    rig.refresh()
    rig.runtime.change_settings(Settings(blocked_sources=("Zacks",)))
    rig.events.clear()

    def block_again(event: Event) -> None:
        if isinstance(event, StoriesChanged) and event.stories:
            rig.runtime.change_settings(Settings(blocked_sources=("Zacks",)))

    rig.heard.append(block_again)
    rig.runtime.change_settings(Settings())
    assert rig.engine.newsroom.stories == ()
    rig.heard.remove(block_again)
    rig.runtime.change_settings(Settings())
    assert len(rig.engine.newsroom.stories) == 450


def test_that_a_store_that_cannot_be_read_costs_the_other_settings_nothing(rig: Rig) -> None:
    rig.market.report("Nvidia signs a contract with OpenAI", publisher="Zacks", key="z")
    rig.market.report("Nvidia and OpenAI plan a data centre", publisher="Reuters", key="r")
    rig.refresh()
    rig.runtime.change_settings(Settings(blocked_sources=("zacks",)))
    rig.store.close()
    rig.runtime.change_settings(Settings(requests_per_hour=500))
    assert {story.id for story in rig.engine.newsroom.stories} == {"r"}
    told = last(rig, BudgetChanged)
    assert isinstance(told, BudgetChanged)
    assert told.budget.allowed == 500
    health = rig.engine.health.of("store")
    assert health is not None
    assert health.state is HealthState.FAILED


def test_that_a_publisher_is_blocked_without_reading_every_story_again(
    rig: Rig, monkeypatch: pytest.MonkeyPatch
) -> None:
    rig.market.report("Nvidia signs a contract with OpenAI", publisher="Zacks", key="z")
    rig.market.report("Nvidia and OpenAI plan a data centre", publisher="Reuters", key="r")
    rig.refresh()
    read: list[datetime] = []
    monkeypatch.setattr(rig.engine.parts.store.news, "load_stories", lambda since: read.append(since) or ())
    rig.runtime.change_settings(Settings(blocked_sources=("Zacks",)))
    assert read == []
    assert {story.id for story in rig.engine.newsroom.stories} == {"r"}


def test_that_a_blocked_publisher_is_blocked_after_a_restart(rig: Rig) -> None:
    rig.market.report("Nvidia signs a contract with OpenAI", publisher="Zacks", key="z")
    rig.refresh()
    settings = Settings(blocked_sources=("Zacks",))
    again = type(rig.engine)(replace(rig.engine.parts, settings=settings), rig.events.append)
    assert again.newsroom.stories == ()


def test_that_a_list_that_needs_too_much_is_warned_of_and_the_warning_is_taken_back(rig: Rig) -> None:
    rig.runtime.change_settings(Settings(requests_per_hour=400))
    health = last(rig, HealthChanged)
    assert isinstance(health, HealthChanged)
    assert (health.health.source, health.health.state.value) == ("budget", "degraded")
    assert "400 are allowed" in health.health.detail
    rig.runtime.change_settings(Settings())
    health = last(rig, HealthChanged)
    assert isinstance(health, HealthChanged)
    assert health.health.state.value == "ok"
    rig.runtime.request_budget()
    told = last(rig, BudgetChanged)
    assert isinstance(told, BudgetChanged)
    assert told.budget.symbols == len(rig.engine.quoted_symbols)


def test_that_a_new_feed_is_made_and_read_at_once_and_others_stay_the_same(rig: Rig) -> None:
    made: dict[str, FakeMarket] = {}

    def make(settings: Settings) -> tuple[NewsSource, ...]:
        for feed in settings.feeds:
            if feed.id not in made:
                made[feed.id] = FakeMarket(rig.clock)
                made[feed.id].name = feed.id
        return tuple(made[feed.id] for feed in settings.feeds if feed.enabled)

    engine = type(rig.engine)(replace(rig.engine.parts, make_news=make), rig.events.append)
    rig.runtime.attach(engine)
    rig.runtime.change_settings(Settings(feeds=(MINE,)))
    assert made["mine"].news_asked == 1
    other = replace(MINE, id="other")
    rig.runtime.change_settings(Settings(feeds=(MINE, other)))
    assert (made["mine"].news_asked, made["other"].news_asked) == (1, 1)
    rig.runtime.change_settings(Settings(feeds=(replace(MINE, enabled=False), other)))
    assert [source.name for source in engine.data_settings.news] == ["other"]


def test_that_what_is_allowed_reaches_the_meter() -> None:
    meter = FakeMeter()
    data_settings = DataSettings(Settings(requests_per_hour=900), (), None, meter)
    assert meter.allowed == 900
    data_settings.change(Settings(requests_per_hour=1200))
    assert meter.allowed == 1200
    assert data_settings.budget(10).sent_total == 7


def test_that_a_dead_feed_says_since_when_though_the_reason_changes(rig: Rig) -> None:
    rig.market.fault = ProviderError("fake: status 404")
    rig.refresh()
    began = rig.clock.now()
    rig.clock.advance(hours=2)
    rig.market.fault = ProviderError("fake: no connection", offline=True)
    rig.refresh()
    health = [e.health for e in rig.events if isinstance(e, HealthChanged) and e.health.source == "fake"][-1]
    assert (health.state, health.since, health.detail) == (HealthState.OFFLINE, began, "fake: no connection")
    rig.market.fault = None
    rig.refresh()
    health = [e.health for e in rig.events if isinstance(e, HealthChanged) and e.health.source == "fake"][-1]
    assert (health.state, health.since) == (HealthState.OK, rig.clock.now())
