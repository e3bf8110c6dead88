"""A store that refuses or lost something: it is said, and no alert is lost or told twice."""

import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import date, timedelta
from itertools import count
from pathlib import Path

import pytest
from tests.integration.store_samples import QUOTE, STATE, alert
from tests.support.fakes import FakeScheduler
from tests.support.rig import TUESDAY, Rig, build_rig, history

from stackwatch.domain.alert import Alert
from stackwatch.domain.errors import StoreError
from stackwatch.domain.events import AlertsLoaded, AlertUpdated, BarsLoaded, HealthChanged
from stackwatch.domain.health import HealthState
from stackwatch.domain.quote import ChartRange, DailyBar, MinuteBar
from stackwatch.domain.rule import Direction, Phase, Rule, RuleKind, SubjectKind
from stackwatch.domain.settings import Settings
from stackwatch.engine.runtime import LIVE
from stackwatch.storage.sqlite.store import SqliteStore

RULE = Rule(
    id="sharp",
    name_en="Sharp move",
    name_ko="급변동",
    kind=RuleKind.PERCENT_MOVE,
    subject_kind=SubjectKind.WATCHLIST,
    subject="*",
    direction=Direction.EITHER,
    threshold=3.0,
)


def health_of_store(rig: Rig) -> list[HealthState]:
    return [e.health.state for e in rig.events if isinstance(e, HealthChanged) and e.health.source == "store"]


def fill_disk(rig: Rig) -> None:
    """Leave no room in the file, not even for a short alert."""
    connection = rig.store.file._connection
    connection.execute("PRAGMA max_page_count = 1")  # SQLite takes the present size for the least
    numbers = count()
    for size in (3000, 800, 200, 40):
        with pytest.raises(sqlite3.OperationalError, match="full"):
            connection.executemany(
                "INSERT INTO alert VALUES (?, '2000', 'fill', 'X', 'seen', NULL, NULL, ?)",
                ((f"fill{next(numbers)}", "x" * size) for _ in range(1000)),
            )


def make_room(rig: Rig) -> None:
    rig.store.file._connection.execute("DELETE FROM alert WHERE rule_id = 'fill'")
    rig.store.file._connection.execute("PRAGMA max_page_count = 1000000")


def refuse(rig: Rig) -> None:
    rig.store.file._connection.execute("PRAGMA query_only = ON")  # as on a medium that became read-only


def accept(rig: Rig) -> None:
    rig.store.file._connection.execute("PRAGMA query_only = OFF")


def move(rig: Rig, price: float, symbol: str = "NVDA") -> None:
    rig.clock.advance(seconds=30)
    rig.market.set(symbol, price)
    rig.runtime.quotes.fetch(rig.engine)


@pytest.mark.parametrize(("ails", "mends"), [(fill_disk, make_room), (refuse, accept)])
def test_that_alerts_wait_for_the_disk_and_are_told_once_when_it_takes_them(
    tmp_path: Path, ails: object, mends: object
) -> None:
    rig = build_rig(tmp_path, (RULE,))
    move(rig, 100.0)
    ails(rig)  # type: ignore[operator]
    move(rig, 96.0)
    move(rig, 95.5)
    rig.engine.tick()
    assert rig.raised() == []
    assert rig.engine.delivery.alerts == ()
    assert rig.engine.market.quotes["NVDA"].price == 95.5
    assert health_of_store(rig) == [HealthState.FAILED]
    mends(rig)  # type: ignore[operator]
    rig.engine.tick()
    (raised,) = rig.raised()
    assert raised.popup
    assert (raised.alert.subject, raised.alert.fired_at) == ("NVDA", TUESDAY + timedelta(seconds=60))
    assert health_of_store(rig) == [HealthState.FAILED, HealthState.OK]
    assert rig.store.alerts.load() == (raised.alert,)
    assert rig.store.quotes.load()[0].price == 95.5
    (state,) = [s for s in rig.store.alerts.load_states() if s.symbol == "NVDA"]
    assert state.fired_at == raised.alert.fired_at
    rig.engine.tick()
    assert len(rig.raised()) == 1


def updates(rig: Rig) -> list[AlertUpdated]:
    return [event for event in rig.events if isinstance(event, AlertUpdated)]


def falls_on_a_full_disk(folder: Path, *, reported: bool) -> tuple[Rig, Alert]:
    """Return a rig with an alert about Oracle that is on no disk, and is told with the next tick."""
    rig = build_rig(folder, (replace(RULE, subject_kind=SubjectKind.SYMBOL, subject="ORCL"),))
    for symbol, seed in (("ORCL", 1), ("QQQ", 0), ("SPY", 0), ("^GSPC", 0)):
        rig.market.history[symbol] = history(TUESDAY, seed=seed)
        rig.market.set(symbol, 100.0)
    if reported:
        rig.market.report("OpenAI's Stargate data center in Texas delayed, Oracle cuts order", key="report")
    rig.runtime.bars.fetch_all(rig.engine)
    rig.refresh()
    refuse(rig)
    move(rig, 95.0, "ORCL")
    accept(rig)
    assert (rig.raised(), rig.engine.delivery.alerts) == ([], ())
    (kept,) = rig.engine.delivery._alerts.values()
    assert (kept.match is not None) is reported
    return rig, kept


def told_of(rig: Rig) -> Alert:
    """Let the alert be told; nothing was told of it before, and it is as it is stored."""
    assert updates(rig) == []
    assert rig.raised() == []
    rig.engine.tick()
    (raised,) = rig.raised()
    assert rig.store.alerts.load() == (raised.alert,)
    return raised.alert


@pytest.mark.parametrize("rule", [RULE, replace(RULE, subject_kind=SubjectKind.SYMBOL, subject="NVDA")])
def test_that_history_that_judges_an_alert_that_waits_for_the_disk_is_told_with_it(
    tmp_path: Path, rule: Rule
) -> None:
    rig = build_rig(tmp_path, (rule,))
    for symbol in ("NVDA", "QQQ"):
        rig.market.set(symbol, 100.0)
    rig.refresh()
    refuse(rig)
    move(rig, 94.0)
    rig.market.history["NVDA"], rig.market.history["QQQ"] = history(TUESDAY), history(TUESDAY, seed=0)
    rig.runtime.bars.fetch_all(rig.engine)
    assert (rig.raised(), updates(rig)) == ([], [])
    accept(rig)
    rig.wait_for_group()
    (raised,) = rig.raised()
    assert raised.alert.sar is not None
    assert updates(rig) == []


def test_that_a_denial_of_what_an_alert_says_that_waits_for_the_disk_is_told_with_it(tmp_path: Path) -> None:
    rig, _ = falls_on_a_full_disk(tmp_path, reported=True)
    rig.clock.advance(minutes=1)
    rig.market.report(
        "OpenAI denies Stargate data center in Texas delayed", publisher="Reuters", minutes_ago=0, key="no"
    )
    rig.runtime.news.fetch(rig.engine)
    assert "denied" in told_of(rig).message


def test_that_a_publisher_blocked_while_its_alert_waits_for_the_disk_is_not_named_by_it(
    tmp_path: Path,
) -> None:
    rig, _ = falls_on_a_full_disk(tmp_path, reported=True)
    rig.runtime.change_settings(Settings(blocked_sources=("WSJ",)))
    assert told_of(rig).match is None


def test_that_a_better_story_is_told_after_an_alert_that_waited_for_the_disk_and_not_before(
    tmp_path: Path,
) -> None:
    rig, kept = falls_on_a_full_disk(tmp_path, reported=False)
    rig.market.report("OpenAI's Stargate data center in Texas delayed, Oracle cuts order", key="report")
    rig.runtime.news.fetch(rig.engine)
    assert told_of(rig) == kept
    rig.clock.advance(minutes=1)
    rig.market.report("Oracle hires a head of design", minutes_ago=0, key="other")
    rig.runtime.news.fetch(rig.engine)
    (update,) = updates(rig)
    assert update.alert.match is not None
    assert rig.store.alerts.load() == (update.alert,)


def test_that_the_newest_of_states_that_waited_for_the_disk_is_kept(tmp_path: Path) -> None:
    rig = build_rig(tmp_path, (RULE,))
    refuse(rig)
    rig.engine.writer.save_states([replace(STATE, phase=Phase.ARMED)])
    rig.engine.writer.save_alert(alert(), [STATE])
    accept(rig)
    rig.engine.writer.write()
    assert rig.store.alerts.load_states() == (STATE,)


def test_that_what_was_written_is_not_written_once_more_with_what_comes_next(tmp_path: Path) -> None:
    rig = build_rig(tmp_path, (RULE,))
    writer, connection = rig.engine.writer, rig.store.file._connection
    writer.save_quotes((QUOTE,))
    writer.save_states((STATE,))
    connection.execute("DELETE FROM quote")
    connection.execute("DELETE FROM rule_state")
    writer.save_quotes((replace(QUOTE, symbol="AMD"),))
    writer.save_states((replace(STATE, symbol="AMD"),))
    assert [quote.symbol for quote in rig.store.quotes.load()] == ["AMD"]
    assert [state.symbol for state in rig.store.alerts.load_states()] == ["AMD"]


def test_that_a_refused_headline_comes_again(tmp_path: Path) -> None:
    rig = build_rig(tmp_path, (RULE,))
    refuse(rig)
    rig.market.report("Nvidia signs a contract with OpenAI")
    rig.refresh()
    assert not rig.engine.newsroom.stories
    accept(rig)
    rig.refresh()
    assert len(rig.engine.newsroom.stories) == 1


def test_that_nothing_is_said_to_be_stored_while_the_store_refuses(tmp_path: Path) -> None:
    rig = build_rig(tmp_path, (RULE,))
    refuse(rig)
    rig.market.report("Nvidia signs a contract with OpenAI")  # which the newsroom holds
    rig.refresh()
    rig.engine.tick()
    assert set(health_of_store(rig)) == {HealthState.FAILED}
    accept(rig)
    rig.refresh()
    rig.engine.tick()
    assert health_of_store(rig)[-1] is HealthState.OK
    assert len(rig.engine.newsroom.stories) == 1


def test_that_a_disk_full_in_the_middle_of_a_batch_counts_no_headline_twice(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rig = build_rig(tmp_path, (RULE,))
    rig.market.report("Nvidia signs a contract with OpenAI", key="one")

    def full(_stories: object) -> None:
        raise StoreError("the store cannot be written (database or disk is full)")

    with monkeypatch.context() as patch:
        patch.setattr(rig.store.news, "save_stories", full)
        for _ in range(3):
            rig.refresh()
    assert not rig.engine.newsroom.stories
    rig.refresh()
    (story,) = rig.engine.newsroom.stories
    assert (story.copies, len(story.reports)) == (1, 1)
    assert rig.store.news.load_stories(TUESDAY - timedelta(days=1)) == (story,)


def test_that_a_headline_refused_once_is_kept_though_its_feed_says_nothing_new(tmp_path: Path) -> None:
    rig = build_rig(tmp_path, (RULE,))
    refuse(rig)
    rig.market.report("Nvidia signs a contract with OpenAI")
    rig.refresh()
    accept(rig)
    rig.market.news.clear()  # as with an answer of "not modified"
    rig.refresh()
    assert [story.lead.title for story in rig.engine.newsroom.stories] == [
        "Nvidia signs a contract with OpenAI"
    ]


def test_that_a_headline_is_kept_though_the_store_could_not_be_read_on_a_new_day(tmp_path: Path) -> None:
    rig = build_rig(tmp_path, (RULE,))
    rig.clock.advance(days=1)
    rig.store.file._connection.execute("ALTER TABLE story RENAME TO away")
    rig.market.report("Nvidia signs a contract with OpenAI")
    rig.refresh()
    assert not rig.engine.newsroom.stories
    rig.store.file._connection.execute("ALTER TABLE away RENAME TO story")
    rig.market.news.clear()
    rig.refresh()
    assert [story.lead.title for story in rig.engine.newsroom.stories] == [
        "Nvidia signs a contract with OpenAI"
    ]


def test_that_the_model_works_with_a_history_that_was_refused(tmp_path: Path) -> None:
    rig = build_rig(tmp_path, (RULE,))
    rig.market.history["NVDA"] = history(TUESDAY, seed=3)
    refuse(rig)
    rig.runtime.bars.fetch_all(rig.engine)
    assert rig.engine.market.closes["NVDA"].days.size == 140
    assert health_of_store(rig) == [HealthState.FAILED]


def test_that_a_store_that_cannot_be_read_keeps_no_alert_and_no_list_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rig = build_rig(tmp_path, (RULE,))
    move(rig, 100.0)

    def broken(*_: object) -> tuple[()]:
        raise StoreError("the store cannot be read (disk I/O error)")

    monkeypatch.setattr(rig.store.bars, "load_daily", broken)
    monkeypatch.setattr(rig.store.quotes, "load", broken)
    rig.runtime.select("NVDA")
    move(rig, 96.0)
    rig.wait_for_group()
    assert [raised.popup for raised in rig.raised()] == [True]
    assert health_of_store(rig)[0] is HealthState.FAILED
    known = rig.engine.parts.watchlist
    only = replace(known, id="mine", layers=(replace(known.layers[0], symbols=("005930.KS", "AMD")),))
    rig.runtime.change_watchlist(only)
    assert rig.engine.parts.watchlist == only
    assert "AMD" in rig.market.asked[-1]


def test_that_a_chart_whose_days_cannot_be_read_back_stays_as_it_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rig = build_rig(tmp_path, (RULE,))
    rig.market.history["NVDA"] = history(TUESDAY, seed=3)
    read, calls = rig.store.bars.load_daily, count()

    def at_first(symbol: str, start: date) -> tuple[DailyBar, ...]:
        if next(calls):
            raise StoreError("the store cannot be read (disk I/O error)")
        return read(symbol, start)

    monkeypatch.setattr(rig.store.bars, "load_daily", at_first)
    rig.runtime.request_bars("NVDA", ChartRange.YEAR_1)
    assert rig.of(BarsLoaded)
    assert health_of_store(rig)[0] is HealthState.FAILED


def test_that_what_is_on_screen_and_could_not_be_noted_is_noted_later(tmp_path: Path) -> None:
    rig = build_rig(tmp_path, (RULE,))
    move(rig, 100.0)
    move(rig, 96.0)
    rig.wait_for_group()
    (raised,) = rig.raised()
    refuse(rig)
    rig.runtime.note_shown(raised.alert.id)
    assert rig.store.alerts.load()[0].shown_at is None
    assert [alert.shown_at for alert in rig.engine.delivery.alerts] == [rig.clock.now()]
    accept(rig)
    rig.engine.tick()
    assert rig.store.alerts.load()[0].shown_at == rig.clock.now()


def test_that_stored_values_that_cannot_be_read_are_told_and_the_rest_is_there(tmp_path: Path) -> None:
    rig = build_rig(tmp_path, (RULE,))
    move(rig, 100.0)
    move(rig, 96.0)
    connection = rig.store.file._connection
    connection.execute("INSERT INTO alert VALUES ('x', '2026', 'r', 'NVDA', 'new', NULL, NULL, '{')")
    connection.execute("INSERT INTO quote VALUES ('AMD', '2026', '[]')")
    again = build_rig(tmp_path, (RULE,), store=rig.store)
    assert [a.subject for a in again.engine.delivery.alerts] == ["NVDA"]
    assert again.engine.market.quotes["NVDA"].price == 96.0
    told = [event.health for event in again.events if isinstance(event, HealthChanged)]
    (health,) = [health for health in told if health.source == "store"]
    assert health.state is HealthState.DEGRADED
    assert health.detail.startswith("2 stored values cannot be read")
    assert connection.execute("SELECT count(*) FROM alert").fetchone() == (2,)


def test_that_alerts_outlive_a_damaged_database_and_do_not_pop_up_again(tmp_path: Path) -> None:
    rig = build_rig(tmp_path, (RULE,))
    move(rig, 100.0)
    move(rig, 96.0)
    rig.wait_for_group()
    (raised,) = rig.raised()
    rig.runtime.note_shown(raised.alert.id)
    shown = rig.engine.delivery.alerts[0]
    rig.store.close()
    rig.store.file.path.write_bytes(b"damaged" * 1000)
    with closing(SqliteStore(rig.store.file.path, rig.clock.now())) as store:
        assert (store.restored, store.set_aside is not None) == (1, True)
        assert "; 1 alert was restored from text," in (store.damage or "")
        again = build_rig(tmp_path, (RULE,), store=store, now=rig.clock.now() + timedelta(minutes=1))
        loaded = again.of(AlertsLoaded)[0]
        assert isinstance(loaded, AlertsLoaded)
        assert loaded.alerts == (shown,)
        move(again, 96.0)
        move(again, 95.8)
        assert [r.popup for r in again.raised()] in ([], [False])


def test_that_the_store_is_tidied_once_a_day(tmp_path: Path) -> None:
    rig = build_rig(tmp_path, (RULE,))
    scheduler = FakeScheduler()
    rig.runtime.schedule(scheduler, LIVE)
    bar = MinuteBar(TUESDAY - timedelta(days=40), 1.0, 1.0, 1.0, 1.0, 1)
    left = []
    for days in (0, 0, 1):
        rig.clock.advance(days=days)
        rig.store.bars.save_minutes("NVDA", 1, [bar])
        scheduler.jobs["housekeeping"]()
        left.append(len(rig.store.bars.load_minutes("NVDA", 1, bar.start)))
    assert left == [0, 1, 0]


def test_that_tidying_a_refusing_store_is_said_and_tried_the_next_day(tmp_path: Path) -> None:
    rig = build_rig(tmp_path, (RULE,))
    refuse(rig)
    rig.runtime.housekeeping.tidy_due(rig.engine)
    assert health_of_store(rig) == [HealthState.FAILED]
    accept(rig)
    rig.clock.advance(days=1)
    rig.store.alerts.save([replace(alert(), fired_at=TUESDAY)])
    rig.runtime.housekeeping.tidy_due(rig.engine)
    assert len(rig.store.alerts.load()) == 1


@pytest.mark.parametrize("many", [False, True])
def test_that_what_was_said_of_a_move_is_kept_once_the_disk_takes_it(tmp_path: Path, *, many: bool) -> None:
    rig = build_rig(tmp_path, (RULE,))
    move(rig, 100.0)
    explanation, log = rig.engine.explain("NVDA"), rig.engine.explanation_service.log
    assert explanation is not None
    day = explanation.move.session_date
    refuse(rig)
    if many:
        log.note_all((explanation,))
    else:
        log.note(explanation)
    assert rig.store.knowledge.load_said("NVDA", day) == ()
    accept(rig)
    (said,) = log.note(explanation).said
    assert rig.store.knowledge.load_said("NVDA", day) == (said,)


def test_that_a_data_folder_that_goes_while_the_program_runs_is_told_at_the_next_price(
    tmp_path: Path,
) -> None:
    rig = build_rig(tmp_path / "data", (RULE,))
    move(rig, 100.0)
    folder, aside = rig.store.file.path.parent, tmp_path / "aside"
    folder.rename(aside)
    move(rig, 96.0)
    assert health_of_store(rig)[-1:] == [HealthState.FAILED]
    told = [
        e.health.detail for e in rig.events if isinstance(e, HealthChanged) and e.health.source == "store"
    ]
    assert "the file is gone; put it back, or start the program again" in told[-1]
    rig.wait_for_group()
    assert rig.raised() == []  # an alert is on the disk before it is told
    aside.rename(folder)
    move(rig, 96.0)
    rig.wait_for_group()
    assert health_of_store(rig)[-1] is HealthState.OK
    assert [raised.popup for raised in rig.raised()] == [True]
    assert [quote.price for quote in rig.store.quotes.load() if quote.symbol == "NVDA"] == [96.0]
