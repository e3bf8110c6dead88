import time
from dataclasses import replace
from threading import Thread

import pytest
from pytestqt.qtbot import QtBot
from tests.ui import insight_scene, scene
from tests.ui.detail_scene import minute_bars

from stackwatch.domain.alert import Alert, AlertState
from stackwatch.domain.comparison import Against, Comparison
from stackwatch.domain.events import (
    AlertRaised,
    AlertUpdated,
    BarGrown,
    BarometerLoaded,
    BarsLoaded,
    ClockTicked,
    ComparisonLoaded,
    Event,
    QuotesChanged,
    RollupsChanged,
    StoriesChanged,
)
from stackwatch.domain.fault_events import NoticeEnded, NoticeGiven
from stackwatch.domain.list_events import ListRefused
from stackwatch.domain.quote import ChartRange
from stackwatch.domain.rule import Severity
from stackwatch.ui.bridge import GATHER_MS, MOST_STORIES, Bridge, Mailbox


def _alert(alert_id: str) -> Alert:
    return Alert(
        id=alert_id, rule_id="r", rule_version=1, rule_name_en="Move", rule_name_ko="등락", subject="NVDA",
        severity=Severity.NOTICE, value=-2.5, message="m", group="symbol:NVDA", fired_at=scene.NOW,
        session_key="k",
    )  # fmt: skip


@pytest.fixture
def bridge(qapp: object) -> Bridge:
    assert qapp is not None
    return Bridge()


def test_that_the_newest_quote_per_symbol_is_kept() -> None:
    box = Mailbox()
    box.put(QuotesChanged((scene.quote("NVDA", 1.5), scene.quote("AMD", 2.5)), (scene.move("AMD", 1, 1, 1),)))
    box.put(QuotesChanged((scene.quote("NVDA", 3.5),)))
    (event,) = box.contents()
    assert isinstance(event, QuotesChanged)
    assert {q.symbol: q.price for q in event.quotes} == {"NVDA": 3.5, "AMD": 2.5}
    assert [m.symbol for m in event.moves] == ["AMD"]


def test_that_what_is_said_of_several_files_at_once_is_all_told() -> None:
    box = Mailbox()
    told = (
        ListRefused("a.toml"),
        NoticeGiven("a.toml"),
        NoticeGiven("b.toml"),
        NoticeEnded("c.toml"),
        NoticeEnded("d.toml"),
    )
    for event in told:
        box.put(event)
    assert box.contents() == told


def test_that_alerts_are_neither_merged_nor_reordered() -> None:
    box = Mailbox()
    raised, same = AlertRaised(_alert("a"), True), AlertRaised(_alert("a"), True)
    seen = AlertUpdated(replace(_alert("a"), state=AlertState.SEEN))
    for event in (raised, same, seen, AlertRaised(_alert("b"), False)):
        box.put(event)
    assert box.contents() == (raised, same, seen, AlertRaised(_alert("b"), False))


def test_that_the_newest_grown_bars_are_kept_unless_the_whole_chart_came_after() -> None:
    bars = minute_bars()
    first, second = (BarGrown("NVDA", ChartRange.DAY_1, bars[-n:]) for n in (1, 2))
    whole = BarsLoaded("NVDA", ChartRange.DAY_1, bars)
    box = Mailbox()
    for event in (whole, first, second):
        box.put(event)
    assert box.contents() == (whole, second)
    box.put(whole)
    assert box.contents() == (whole,)


def test_that_an_answer_to_an_older_comparison_does_not_take_the_place_of_the_newer_one() -> None:
    one, two = (
        ComparisonLoaded(Comparison(symbol="NVDA", span=ChartRange.MONTH_6, against=Against(ids), lines=()))
        for ids in (("QQQ",), ("QQQ", "AMD"))
    )
    box = Mailbox()
    for event in (two, one):  # asked for in the other order
        box.put(event)
    assert box.contents() == (two, one)


def test_that_stories_merge_by_id_and_counts_by_entity() -> None:
    box = Mailbox()
    box.put(StoriesChanged((scene.story("s1"), scene.story("s2")), (("NVDA", 1), ("AMD", 2))))
    box.put(StoriesChanged((scene.story("s1", "corrected"),), (("NVDA", 3),)))
    (event,) = box.contents()
    assert isinstance(event, StoriesChanged)
    assert event.stories[0].lead.title == "corrected"
    assert len(event.stories) == 2
    assert dict(event.counts) == {"NVDA": 3, "AMD": 2}


def test_that_of_tens_of_thousands_of_stories_those_told_last_come_first_and_all_come(
    bridge: Bridge, qtbot: QtBot
) -> None:
    told: list[list[str]] = []
    bridge.events.connect(lambda batch: told.append([story.id for event in batch for story in event.stories]))
    many = [scene.story(f"s{n:04}") for n in range(2 * MOST_STORIES + 10)]
    bridge.post(StoriesChanged(tuple(many), ()))
    with qtbot.waitSignal(bridge.events):
        pass
    assert told == [[story.id for story in many[-MOST_STORIES:]]]
    bridge.post(StoriesChanged((), (), frozenset({"s0000"})))  # left before the window heard of it
    with qtbot.waitSignals([bridge.events, bridge.events]):
        pass
    assert sum(map(len, told)) == len(many) - 1
    assert told[-1] == [story.id for story in many[1:10]]
    assert not bridge._timer.isActive()


def test_that_time_and_averages_keep_the_newest() -> None:
    box = Mailbox()
    box.put(scene.clock(speed=1.0))
    box.put(scene.rollups())
    box.put(scene.clock(speed=600.0))
    first, second = box.contents()
    assert isinstance(first, ClockTicked)
    assert first.speed == 600.0
    assert isinstance(second, RollupsChanged)


def test_that_posts_from_other_threads_arrive_on_the_gui_thread_as_one_batch(
    bridge: Bridge, qtbot: QtBot
) -> None:
    batches: list[tuple[Event, ...]] = []
    bridge.events.connect(batches.append)
    events = [QuotesChanged((scene.quote("NVDA", 1.0 + n),)) for n in range(200)]
    threads = [Thread(target=lambda part=part: [bridge.post(e) for e in part]) for part in (events, events)]
    with qtbot.waitSignal(bridge.events):
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert len(batches) == 1
    (event,) = batches[0]
    assert isinstance(event, QuotesChanged)
    assert event.quotes[0].price == 200.0


def test_that_an_idle_bridge_runs_no_timer(bridge: Bridge, qtbot: QtBot) -> None:
    with qtbot.waitSignal(bridge.events):
        bridge.post(scene.clock())
    assert not bridge._timer.isActive()


def test_that_it_wakes_again_after_a_batch(bridge: Bridge, qtbot: QtBot) -> None:
    for _ in range(3):
        with qtbot.waitSignal(bridge.events):
            bridge.post(scene.clock())


def test_that_events_come_at_once_after_a_rest_and_wait_for_the_next_frame_otherwise(
    bridge: Bridge, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(bridge.events):
        bridge.post(scene.clock())
    assert bridge._timer.interval() == GATHER_MS
    bridge._drained = time.monotonic()
    bridge.post(scene.clock())
    qtbot.waitUntil(bridge._timer.isActive)
    assert bridge._timer.interval() > GATHER_MS


def test_that_the_rest_begins_when_the_window_has_taken_a_batch_in(bridge: Bridge, qtbot: QtBot) -> None:
    taken: list[float] = []
    bridge.events.connect(lambda _events: taken.append(time.monotonic()))
    with qtbot.waitSignal(bridge.events):
        bridge.post(scene.clock())
    assert bridge._drained >= taken[0]


def test_that_a_closed_bridge_swallows_late_posts(bridge: Bridge, qtbot: QtBot) -> None:
    bridge.post(scene.clock())
    bridge.close()
    with qtbot.assertNotEmitted(bridge.events, wait=80):
        bridge.post(scene.clock())


def test_that_the_newest_barometer_of_a_span_and_substance_of_a_share_are_kept() -> None:
    mailbox = Mailbox()
    old, new = insight_scene.barometer(days=False), insight_scene.barometer()
    other = replace(new, span=ChartRange.MONTH_1)
    waiting = replace(insight_scene.LAYER, companies=())
    for event in (BarometerLoaded(old), BarometerLoaded(other), BarometerLoaded(new)):
        mailbox.put(event)
    for told in (waiting, insight_scene.LAYER):
        mailbox.put(told)
    assert mailbox.contents() == (BarometerLoaded(new), BarometerLoaded(other), insight_scene.LAYER)
