"""Every kind of rule on a running engine: what fires it, and what must not."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from tests.support.fakes import NEW_YORK
from tests.support.rig import TUESDAY, Rig, build_rig, history

from stackwatch.domain.armed import RuleStanding
from stackwatch.domain.events import ArmedRowsChanged, QuotesChanged
from stackwatch.domain.news import StoryTheme
from stackwatch.domain.quote import DailyBar, MinuteBar, QuoteState, Session, VolumeSoFar
from stackwatch.domain.rule import (
    Condition,
    Direction,
    Expiry,
    Frequency,
    Join,
    Phase,
    Rule,
    RuleKind,
    SessionScope,
    Since,
    SubjectKind,
    edited,
    last_day,
)
from stackwatch.domain.watchlist import Language
from stackwatch.domain.words.wording import reason_words
from stackwatch.engine.ports import Tick

STARGATE = "SoftBank and OpenAI's $500bn Stargate is slow to start"


def a_rule(kind: RuleKind, **changes: object) -> Rule:
    values: dict[str, object] = {
        "id": "r",
        "name_en": "r",
        "name_ko": "r",
        "kind": kind,
        "subject_kind": SubjectKind.SYMBOL,
        "subject": "NVDA",
        "direction": Direction.DOWN,
        "threshold": 3.0,
    }
    return Rule(**(values | changes))  # type: ignore[arg-type]


def about_openai(kind: RuleKind, **changes: object) -> Rule:
    return a_rule(
        kind, subject_kind=SubjectKind.PRIVATE, subject="openai", direction=Direction.EITHER, **changes
    )


def see(rig: Rig, price: float, minutes: float = 1, **changes: Any) -> int:
    """Show a price of NVDA a little later; returns how many alerts there are."""
    rig.clock.advance(minutes=minutes)
    rig.market.set("NVDA", price, **changes)
    rig.market.set("QQQ", 100.0)
    rig.refresh()
    return len(rig.store.alerts.load())


def with_history(rig: Rig, sessions: int = 300, **changes: object) -> tuple[DailyBar, ...]:
    bars = tuple(replace(bar, **changes) for bar in history(TUESDAY, seed=3, sessions=sessions))  # type: ignore[arg-type]
    rig.market.history = {"NVDA": bars, "QQQ": history(TUESDAY, seed=0, sessions=sessions)}
    rig.runtime.bars.fetch_all(rig.engine)
    return bars


def test_that_a_move_since_the_open_does_not_count_the_gap(tmp_path: Path) -> None:
    rig = build_rig(tmp_path, (a_rule(RuleKind.PERCENT_MOVE, since=Since.OPEN),))
    assert see(rig, 95.0, open=95.5) == 0
    assert see(rig, 92.5, open=95.5) == 1


def test_that_a_gap_counts_the_open_alone(tmp_path: Path) -> None:
    rig = build_rig(tmp_path, (a_rule(RuleKind.GAP),))
    assert see(rig, 94.0, open=99.0) == 0
    assert see(rig, 99.0, open=96.5) == 1


@pytest.mark.parametrize(("minutes", "said"), [(1, "1 minute ago"), (10, "10 minutes ago")])
def test_that_a_rule_says_of_when_it_has_no_price(tmp_path: Path, minutes: int, said: str) -> None:
    rig = build_rig(tmp_path, (a_rule(RuleKind.PERCENT_MOVE, since=Since.MINUTES, minutes=minutes),))
    see(rig, 100.0)
    rig.runtime.watch_rules(shown=True)
    (told,) = rig.of(ArmedRowsChanged)
    assert isinstance(told, ArmedRowsChanged)
    assert [row.reason for row in told.rows] == [f"no price of {said}"]
    assert reason_words(f"no price of {said}", Language.KOREAN) == f"{minutes}분 전 가격 없음"


def test_that_a_move_over_minutes_needs_a_price_of_then(tmp_path: Path) -> None:
    rig = build_rig(tmp_path, (a_rule(RuleKind.PERCENT_MOVE, since=Since.MINUTES, minutes=10),))
    for _ in range(9):
        assert see(rig, 100.0) == 0
    assert see(rig, 96.0, minutes=2) == 1


def test_that_a_move_over_minutes_says_nothing_after_a_gap(tmp_path: Path) -> None:
    rule = a_rule(RuleKind.PERCENT_MOVE, since=Since.MINUTES, minutes=10, frequency=Frequency.EVERY_REARM)
    rig = build_rig(tmp_path, (rule,))
    for _ in range(12):
        see(rig, 100.0)
    rig.engine.mark_gap()
    assert see(rig, 95.0) == 0
    for _ in range(8):
        assert see(rig, 95.0) == 0


def test_that_a_slow_fall_is_none_over_minutes(tmp_path: Path) -> None:
    rig = build_rig(tmp_path, (a_rule(RuleKind.PERCENT_MOVE, since=Since.MINUTES, minutes=5),))
    for n in range(20):
        assert see(rig, 100.0 - 0.5 * n) == 0


def test_that_a_sigma_move_counts_more_early_in_the_day(tmp_path: Path) -> None:
    counts = []
    for hours in (0.25, 6.0):
        opened = datetime(2026, 3, 10, 9, 30, tzinfo=NEW_YORK).astimezone(UTC)
        folder = tmp_path / str(hours)
        rig = build_rig(
            folder, (a_rule(RuleKind.SIGMA_MOVE, threshold=2.5),), opened + timedelta(hours=hours)
        )
        with_history(rig)
        see(rig, 100.0)
        counts.append(see(rig, 97.0))
    assert counts == [1, 0]


def test_that_a_volume_spike_compares_with_the_same_time_of_other_days(tmp_path: Path) -> None:
    rule = a_rule(RuleKind.VOLUME_SPIKE, threshold=2.0, direction=Direction.EITHER)
    rig = build_rig(tmp_path, (rule,))  # 90 minutes after the open: about a third of the day's volume
    with_history(rig, volume=1_000_000)
    assert see(rig, 100.0, volume=350_000) == 0
    assert see(rig, 100.0, volume=600_000) == 0
    assert see(rig, 100.0, volume=800_000) == 1


def _last_volume(rig: Rig) -> VolumeSoFar:
    told = [v for e in rig.of(QuotesChanged) if isinstance(e, QuotesChanged) for v in e.volumes]
    return next(volume for volume in reversed(told) if volume.symbol == "NVDA")


def test_that_pushed_volumes_are_told_every_five_seconds_of_all_that_were_traded_since(
    tmp_path: Path,
) -> None:
    rig = build_rig(tmp_path, ())
    for symbol in ("NVDA", "AMD"):
        rig.market.set(symbol, 100.0)
    rig.refresh()

    def told(symbol: str, after: float) -> set[str]:
        rig.clock.advance(seconds=after)
        rig.engine.take_ticks([Tick(symbol, 100.0 + after, rig.clock.now(), Session.REGULAR, 1_000_000)])
        newest = rig.of(QuotesChanged)[-1]
        assert isinstance(newest, QuotesChanged)
        return {volume.symbol for volume in newest.volumes}

    assert told("NVDA", 5) == {"NVDA"}
    assert told("NVDA", 2) == set()
    assert told("AMD", 2.5) == set()
    assert told("NVDA", 0.5) == {"NVDA", "AMD"}
    rig.market.set("AMD", 101.0, volume=2_000_000)
    rig.refresh()  # a poll tells at once
    newest = rig.of(QuotesChanged)[-1]
    assert isinstance(newest, QuotesChanged)
    assert {volume.symbol for volume in newest.volumes} == {"AMD"}


def test_that_a_rule_that_is_switched_off_neither_fires_nor_is_armed(tmp_path: Path) -> None:
    off = a_rule(RuleKind.PRICE_LEVEL, threshold=97.0, enabled=False)
    rig = build_rig(tmp_path, (off,))
    assert [see(rig, price) for price in (100.0, 96.0)] == [0, 0]
    assert (rig.engine.alerting.armed(), rig.engine.alerting.levels()) == (frozenset(), ())
    rig.engine.alerts.use([replace(off, enabled=True)])
    assert [see(rig, price) for price in (100.0, 96.0)] == [0, 1]


def with_minutes(rig: Rig, volume: int, *, idle: int = 0) -> None:
    """Store a month of quarters of an hour, each with so much traded in it but for the first of the day."""
    today = TUESDAY.date()
    days = rig.engine.parts.calendars.sessions("XNYS", today - timedelta(days=31), today)
    bars = [
        MinuteBar(day.open + timedelta(minutes=15 * n), 100, 101, 99, 100.5, volume if n >= idle else 0)
        for day in days[:-1]
        for n in range(26)
    ]
    rig.store.bars.save_minutes("NVDA", 15, bars)


def test_that_a_share_that_is_not_traded_so_early_has_no_usual_volume_yet(tmp_path: Path) -> None:
    rig = build_rig(tmp_path, (a_rule(RuleKind.VOLUME_SPIKE, threshold=2.0, direction=Direction.EITHER),))
    with_history(rig, volume=1_000_000)
    with_minutes(rig, 50_000, idle=10)
    assert see(rig, 100.0, volume=700_000) == 0
    assert _last_volume(rig).reason == "no usual volume"


@pytest.mark.parametrize("minutes_known", [True, False])
def test_that_list_and_rules_mean_the_same_volume(tmp_path: Path, *, minutes_known: bool) -> None:
    """A median of the share's own minutes at this time of day, else a usual day as a day usually goes."""
    rule = a_rule(RuleKind.VOLUME_SPIKE, threshold=2.0, direction=Direction.EITHER)
    rig = build_rig(tmp_path, (rule,))
    with_history(rig, volume=1_000_000)
    if minutes_known:
        with_minutes(rig, 50_000)
    see(rig, 100.0, volume=700_000)  # 91 minutes after the open
    volume = _last_volume(rig)
    assert volume.own is minutes_known
    assert volume.times == pytest.approx(2.31 if minutes_known else 2.25, abs=0.1)
    (row,) = rig.engine.armed_rules.rows().rows
    assert row.value == volume.times


def test_that_the_list_says_why_there_is_no_usual_volume(tmp_path: Path) -> None:
    opened = datetime(2026, 3, 10, 9, 30, tzinfo=NEW_YORK).astimezone(UTC)
    rig = build_rig(tmp_path, (), opened)
    with_history(rig, volume=1_000_000)
    see(rig, 100.0, minutes=3, volume=900_000)
    assert _last_volume(rig).reason == "first minutes of the session"
    see(rig, 100.0, minutes=87, volume=350_000)
    assert _last_volume(rig).times == pytest.approx(1.13, abs=0.1)
    rig.engine.take_histories({"NVDA": history(TUESDAY, sessions=5)})
    assert _last_volume(rig).reason == "too little history"


def test_that_the_first_minutes_have_no_usual_volume(tmp_path: Path) -> None:
    opened = datetime(2026, 3, 10, 9, 30, tzinfo=NEW_YORK).astimezone(UTC)
    rule = a_rule(RuleKind.VOLUME_SPIKE, threshold=2.0, direction=Direction.EITHER)
    rig = build_rig(tmp_path, (rule,), opened)
    with_history(rig, volume=1_000_000)
    assert see(rig, 100.0, minutes=3, volume=900_000) == 0
    assert rig.engine.alerting.states[0].reason == "first minutes of the session"


def test_that_a_new_high_fires_when_it_is_passed_and_not_when_it_stood_already(tmp_path: Path) -> None:
    rule = a_rule(RuleKind.YEAR_EXTREME, direction=Direction.UP, threshold=0.0)
    for folder, first, fires in (("below", 0.97, 1), ("above", 1.01, 0)):
        rig = build_rig(tmp_path / folder, (rule,))
        bars = with_history(rig)
        high = max(bar.high for bar in bars[-252:])
        see(rig, high * first, previous=high * 0.97)
        assert see(rig, high * 1.001, previous=high * 0.97) == fires


def test_that_less_than_a_year_of_days_makes_no_high(tmp_path: Path) -> None:
    rig = build_rig(tmp_path, (a_rule(RuleKind.YEAR_EXTREME, direction=Direction.UP, threshold=0.0),))
    with_history(rig, sessions=200)
    see(rig, 100.0)
    assert see(rig, 150.0) == 0


def test_that_a_rule_for_extended_hours_judges_their_price_against_the_close(tmp_path: Path) -> None:
    rules = (
        a_rule(RuleKind.PERCENT_MOVE, sessions=SessionScope.ANY),
        a_rule(RuleKind.PERCENT_MOVE, id="regular"),
    )
    rig = build_rig(tmp_path, rules, datetime(2026, 3, 10, 21, 0, tzinfo=UTC))
    after: dict[str, Any] = {"session": Session.POST, "previous": 90.0}
    see(rig, 100.0, **after, extended_price=100.0, extended_as_of=rig.clock.now())
    assert see(rig, 100.0, **after, extended_price=96.0, extended_as_of=rig.clock.now()) == 1
    (alert,) = rig.store.alerts.load()
    assert (alert.rule_id, alert.value) == ("r", pytest.approx(-4.0))


def test_that_a_share_that_stands_still_while_its_peers_fall_is_told(tmp_path: Path) -> None:
    rule = a_rule(
        RuleKind.PEER_DIVERGENCE, subject_kind=SubjectKind.LAYER, subject="asic_network", threshold=2.0
    )
    rig = build_rig(tmp_path, (rule,))
    names = next(x for x in rig.engine.parts.watchlist.layers if x.id == "asic_network").symbols
    rig.market.history = {s: history(TUESDAY, seed=n, sd=0.008) for n, s in enumerate(names, 2)}
    rig.market.history["QQQ"] = history(TUESDAY, seed=0)
    rig.runtime.bars.fetch_all(rig.engine)
    for fallen in (100.0, 96.0):
        rig.clock.advance(minutes=1)
        rig.market.set("QQQ", 100.0)
        for symbol in names:
            rig.market.set(symbol, 100.0 if symbol == names[0] else fallen)
        rig.refresh()
    assert [alert.subject for alert in rig.store.alerts.load()] == [names[0]]


def test_that_a_share_whose_exchange_is_shut_does_not_stand_still(tmp_path: Path) -> None:
    """New York's memory fell in Seoul's night: SK hynix "stood still" eight hours after its close."""
    rule = a_rule(RuleKind.PEER_DIVERGENCE, subject_kind=SubjectKind.LAYER, subject="memory", threshold=2.0)
    rig = build_rig(tmp_path, (rule,))
    names = ("MU", "SNDK", "WDC", "000660.KS", "005930.KS")
    rig.market.history = {s: history(TUESDAY, seed=n) for n, s in enumerate(names, 30)}
    rig.market.history |= {"QQQ": history(TUESDAY, seed=0), "^KS11": history(TUESDAY, seed=0)}
    rig.runtime.bars.fetch_all(rig.engine)
    shut: dict[str, Any] = {"as_of": datetime(2026, 3, 10, 6, 30, tzinfo=UTC), "session": Session.CLOSED}
    for symbol in ("000660.KS", "005930.KS", "^KS11"):
        rig.market.set(symbol, 100.1, currency="KRW", state=QuoteState.CLOSED, **shut)
    for fallen in (100.0, 95.0):
        rig.clock.advance(minutes=1)
        for symbol, price in (("QQQ", 100.0), ("MU", fallen), ("SNDK", fallen), ("WDC", 100.1)):
            rig.market.set(symbol, price)
        rig.refresh()
    assert [alert.subject for alert in rig.store.alerts.load()] == ["WDC"]


def test_that_a_burst_counts_headlines_and_forgets_them(tmp_path: Path) -> None:
    rule = about_openai(RuleKind.NEWS_BURST, minutes=60, frequency=Frequency.EVERY_REARM)
    rig = build_rig(tmp_path, (rule,))
    titles = (
        "OpenAI raises money from Thrive",
        "OpenAI hires a new chief",
        "OpenAI opens an office in Seoul",
    )
    see(rig, 100.0)
    for n, title in enumerate(titles):
        rig.market.report(title, minutes_ago=1, key=f"a{n}")
        assert see(rig, 100.0) == (1 if n == 2 else 0)
    assert rig.engine.alerting.states[0].phase is Phase.WAITING
    for _ in range(62 * 4):  # prices come all the time meanwhile
        see(rig, 100.0, minutes=0.25)
    assert rig.engine.alerting.states[0].phase is Phase.ARMED


def test_that_a_burst_counts_reports_of_a_story_that_began_before(tmp_path: Path) -> None:
    rule = about_openai(RuleKind.NEWS_BURST, minutes=60)
    rig = build_rig(tmp_path, (rule,))
    see(rig, 100.0)
    rig.market.report("OpenAI raises money from Thrive", minutes_ago=180, key="a0")
    assert see(rig, 100.0) == 0
    for n, publisher in enumerate(("CNBC", "FT", "Reuters"), 1):
        rig.market.report("OpenAI raises money from Thrive", publisher=publisher, minutes_ago=1, key=f"a{n}")
        assert see(rig, 100.0) == (1 if n == 3 else 0)
    assert rig.store.alerts.load()[0].value == 3.0


def test_that_a_story_rule_wants_its_theme_and_one_of_its_words(tmp_path: Path) -> None:
    story = a_rule(
        RuleKind.STORY,
        subject_kind=SubjectKind.PRIVATE,
        subject="*",
        direction=Direction.EITHER,
        threshold=1.0,
        themes=(StoryTheme.CAPACITY,),
        words=("slow to start", "(delay"),
    )
    rig = build_rig(tmp_path, (story,))
    see(rig, 100.0)
    rig.market.report("OpenAI hires a new chief", key="x")
    assert see(rig, 100.0) == 0
    rig.market.report(STARGATE, key="y")
    see(rig, 100.0)
    told = rig.store.alerts.load()
    assert told
    assert {alert.subject for alert in told} <= {"stargate", "openai"}
    assert {alert.match.story.lead.title for alert in told if alert.match is not None} == {STARGATE}
    assert all(f"Reported: {STARGATE} (" in alert.message for alert in told)


def test_that_a_move_and_a_story_together_need_both(tmp_path: Path) -> None:
    about = Condition(kind=RuleKind.STORY, about="stargate")
    rig = build_rig(tmp_path, (a_rule(RuleKind.PERCENT_MOVE, conditions=(about,)),))
    see(rig, 100.0)
    assert see(rig, 95.0) == 0
    rig.market.report(STARGATE)
    assert see(rig, 95.0) == 1


def test_that_a_story_of_the_day_before_yesterday_does_not_join_a_move(tmp_path: Path) -> None:
    about = Condition(kind=RuleKind.STORY, about="stargate")
    rig = build_rig(tmp_path, (a_rule(RuleKind.PERCENT_MOVE, conditions=(about,)),))
    rig.market.report(STARGATE, minutes_ago=48 * 60)
    see(rig, 100.0)
    assert see(rig, 95.0) == 0


@pytest.mark.parametrize(
    ("after", "told", "fires"), [(0, 48 * 60, 1), (3 * 60, 10, 0), (60, 10, 1)],
    ids=["on the weekend before", "long after the move began", "soon after it"],
)  # fmt: skip
def test_that_a_story_joins_a_move_from_the_close_before_until_two_hours_after_it_began(
    tmp_path: Path, after: int, told: int, fires: int
) -> None:
    about = Condition(kind=RuleKind.STORY, about="stargate")
    rule = a_rule(RuleKind.PERCENT_MOVE, conditions=(about,))
    rig = build_rig(tmp_path, (rule,), TUESDAY - timedelta(days=1))
    see(rig, 100.0)
    see(rig, 95.0)
    for _ in range(after // 10):
        see(rig, 95.0, minutes=10)
    rig.market.report(STARGATE, minutes_ago=told)
    assert see(rig, 95.0) == fires


def test_that_a_rule_needs_news_where_nothing_else_can_fire_it() -> None:
    story = Condition(kind=RuleKind.STORY, about="stargate")
    both = a_rule(RuleKind.PERCENT_MOVE, conditions=(story,))
    assert both.needs_news()
    assert not replace(both, join=Join.ANY).needs_news()
    assert a_rule(RuleKind.TIED_MOVE, conditions=(story,), join=Join.ANY).needs_news()
    assert not a_rule(RuleKind.PERCENT_MOVE).needs_news()


def test_that_any_of_two_conditions_is_enough(tmp_path: Path) -> None:
    gap = Condition(kind=RuleKind.GAP, direction=Direction.UP, threshold=2.0)
    rig = build_rig(tmp_path, (a_rule(RuleKind.PERCENT_MOVE, conditions=(gap,), join=Join.ANY),))
    assert see(rig, 100.0, open=100.0) == 0
    assert see(rig, 100.0, open=103.0) == 1


def test_that_the_table_shows_what_the_own_condition_of_a_rule_sees_though_another_is_nearer(
    tmp_path: Path,
) -> None:
    move = Condition(kind=RuleKind.PERCENT_MOVE, direction=Direction.DOWN, threshold=1.0)
    level = a_rule(RuleKind.PRICE_LEVEL, threshold=90.0, conditions=(move,), join=Join.ANY)
    rig = build_rig(tmp_path, (level,))
    see(rig, 100.0)
    assert see(rig, 98.0) == 1
    (row,) = rig.engine.armed_rules.rows().rows
    assert (row.standing, row.value) == (RuleStanding.FIRED, 98.0)
    assert row.way is not None
    assert row.way >= 1.0


def test_that_an_alert_keeps_the_conditions_that_held_with_what_each_saw(tmp_path: Path) -> None:
    gap = Condition(kind=RuleKind.GAP, direction=Direction.UP, threshold=2.0)
    level = a_rule(RuleKind.PRICE_LEVEL, id="level", threshold=99.0)
    either = a_rule(RuleKind.PERCENT_MOVE, id="either", conditions=(gap,), join=Join.ANY)
    both = a_rule(RuleKind.PERCENT_MOVE, id="both", threshold=1.5, conditions=(gap,))
    rig = build_rig(tmp_path, (level, either, both))
    see(rig, 100.0, open=100.0)
    see(rig, 98.0, open=103.0)
    stored = {alert.rule_id: alert for alert in rig.store.alerts.load() if alert.subject == "NVDA"}
    kept = {
        rule: [(met.condition, round(met.value, 6)) for met in alert.met] for rule, alert in stored.items()
    }
    assert kept == {
        "level": [(level.condition, 98.0)],
        "either": [(gap, 3.0)],
        "both": [(both.condition, -2.0), (gap, 3.0)],
    }
    assert "98.00 USD, below 99.00." in stored["level"].message
    assert "Opened +3.00\u202f%, above +2.0\u202f%." in stored["both"].message


def test_that_editing_a_rule_never_fires_it_and_begins_a_new_version(tmp_path: Path) -> None:
    rule = a_rule(RuleKind.PERCENT_MOVE)
    rig = build_rig(tmp_path, (rule,))
    see(rig, 100.0)
    see(rig, 98.0)
    changed = edited(rule, replace(rule, threshold=1.5))
    assert changed.version == 2
    rig.engine.alerts.use((changed,))
    see(rig, 97.9)
    (raised,) = rig.raised()
    assert not raised.popup
    assert raised.alert.suppressed_by == "already true when first seen"
    assert edited(changed, replace(changed, note="only a note")).version == 2


def test_that_a_rule_is_silent_after_its_last_day(tmp_path: Path) -> None:
    rule = a_rule(RuleKind.PERCENT_MOVE, expires=TUESDAY.date() - timedelta(days=1))
    rig = build_rig(tmp_path, (rule,))
    see(rig, 100.0)
    assert see(rig, 90.0) == 0


@pytest.mark.parametrize(
    ("expiry", "made", "last"),
    [
        (Expiry.NEVER, date(2026, 3, 10), None),
        (Expiry.DAY, date(2026, 3, 10), date(2026, 3, 10)),
        (Expiry.WEEK, date(2026, 12, 28), date(2027, 1, 4)),
        (Expiry.MONTH, date(2026, 3, 10), date(2026, 4, 10)),
        (Expiry.MONTH, date(2026, 1, 31), date(2026, 2, 28)),
        (Expiry.MONTH, date(2026, 12, 31), date(2027, 1, 31)),
        (Expiry.MONTH, date(2026, 11, 30), date(2026, 12, 30)),
    ],
)
def test_that_a_rule_for_a_month_ends_on_the_same_day_of_the_next_or_its_last(
    expiry: Expiry, made: date, last: date | None
) -> None:
    assert last_day(expiry, made) == last


@pytest.mark.parametrize(
    ("changes", "standing"),
    [
        ({"enabled": False}, RuleStanding.OFF),
        ({"expires": TUESDAY.date() - timedelta(days=1)}, RuleStanding.EXPIRED),
    ],
)
def test_that_the_table_says_of_a_rule_whether_it_is_off_or_over(
    tmp_path: Path, changes: dict[str, object], standing: RuleStanding
) -> None:
    rig = build_rig(tmp_path, (a_rule(RuleKind.PERCENT_MOVE, **changes),))
    assert [row.standing for row in rig.engine.armed_rules.rows().rows] == [standing]


def test_that_after_the_close_the_table_shows_what_rules_saw_of_the_last_regular_price(
    tmp_path: Path,
) -> None:
    layer = a_rule(RuleKind.LAYER_MOVE, id="layer", subject_kind=SubjectKind.LAYER, subject="accelerators")
    rig = build_rig(tmp_path, (a_rule(RuleKind.PERCENT_MOVE), layer))
    symbols = next(each.symbols for each in rig.engine.parts.watchlist.layers if each.id == "accelerators")
    for seed, symbol in enumerate(("QQQ", *symbols)):
        rig.market.history[symbol] = history(TUESDAY, seed=seed)
    rig.runtime.bars.fetch_all(rig.engine)
    for symbol in ("QQQ", *symbols):
        price = 100.0 if symbol == "QQQ" else 98.0
        rig.market.set(symbol, price, session=Session.CLOSED, state=QuoteState.CLOSED)
    rig.refresh()
    rows = {row.rule_id: row for row in rig.engine.armed_rules.rows().rows}
    assert {row.reason for row in rows.values()} == {"market closed"}
    assert rows["r"].value == pytest.approx(-2.0)
    assert rows["layer"].value == rig.engine.rollups.current["accelerators"].sar
    assert rows["layer"].value is not None
    assert rig.store.alerts.load() == ()


def test_that_a_rule_for_extended_hours_waits_where_nobody_says_their_price(tmp_path: Path) -> None:
    rule = a_rule(RuleKind.PRICE_LEVEL, threshold=97.0, sessions=SessionScope.ANY)
    rig = build_rig(tmp_path, (rule,))
    assert see(rig, 100.0) == 0
    assert see(rig, 96.0, session=Session.PRE) == 0
    (row,) = rig.engine.armed_rules.rows().rows
    assert (row.value, row.reason) == (None, "no extended price")


@pytest.mark.parametrize("frequency", [Frequency.ONCE, Frequency.ONCE_A_SESSION])
def test_that_a_rule_outlives_a_clock_that_was_ahead_of_its_last_day(
    tmp_path: Path, frequency: Frequency
) -> None:
    rule = a_rule(RuleKind.PERCENT_MOVE, expires=TUESDAY.date() + timedelta(days=3), frequency=frequency)
    rig = build_rig(tmp_path, (rule,))
    see(rig, 100.0)
    rig.clock.advance(days=10)
    rig.engine.tick()
    assert {state.phase for state in rig.store.alerts.load_states()} == {Phase.EXPIRED}
    rig.clock.advance(days=-10)
    rig.engine.mark_gap()
    see(rig, 100.0)
    assert see(rig, 95.0) == 1
    assert len(rig.raised()) == 1
    again = build_rig(tmp_path, (rule,), rig.clock.now() + timedelta(hours=1), store=rig.store)
    see(again, 100.0)
    assert see(again, 94.0) == 1, "once is once, and once a session is so today"


def test_that_a_snoozed_rule_is_recorded_and_does_not_pop_up(tmp_path: Path) -> None:
    rig = build_rig(tmp_path, (a_rule(RuleKind.PERCENT_MOVE, snoozed_until=TUESDAY + timedelta(hours=1)),))
    see(rig, 100.0)
    see(rig, 95.0)
    (raised,) = rig.raised()
    assert (raised.popup, raised.alert.suppressed_by) == (False, "its rule was snoozed")


def test_that_a_price_rule_about_a_private_company_watches_the_names_tied_to_it(tmp_path: Path) -> None:
    rule = a_rule(RuleKind.PERCENT_MOVE, subject_kind=SubjectKind.PRIVATE, subject="stargate")
    rig = build_rig(tmp_path, (rule,))
    see(rig, 100.0)
    rig.market.set("AAPL", 90.0)
    assert see(rig, 95.0) == 1


def test_that_a_thousand_rules_do_no_harm_to_one_another(tmp_path: Path) -> None:
    rules = tuple(a_rule(RuleKind.PERCENT_MOVE, id=f"r{n}", threshold=50.0) for n in range(1000))
    rig = build_rig(tmp_path, (*rules, a_rule(RuleKind.PERCENT_MOVE)))
    see(rig, 100.0)
    assert see(rig, 95.0) == 1


@pytest.mark.parametrize("kind", [RuleKind.STORY, RuleKind.NEWS_BURST])
@pytest.mark.parametrize("frequency", [Frequency.ONCE_A_SESSION, Frequency.EVERY_REARM])
def test_that_a_story_is_told_once_and_not_again_when_a_new_day_begins(
    tmp_path: Path, kind: RuleKind, frequency: Frequency
) -> None:
    rule = a_rule(
        kind,
        subject_kind=SubjectKind.PRIVATE,
        subject="openai",
        direction=Direction.EITHER,
        threshold=1.0,
        minutes=7 * 24 * 60,
        frequency=frequency,
    )
    rig = build_rig(tmp_path, (rule,))
    see(rig, 100.0)
    rig.market.report("OpenAI delays its data center in Texas", minutes_ago=0, key="first")
    assert see(rig, 100.0) == 1
    for _ in range(3 * 24):
        rig.clock.advance(hours=1)
        rig.engine.tick()
    assert see(rig, 100.0) == 1
    rig.market.report("OpenAI sues Anthropic over trade secrets", minutes_ago=0, key="second")
    assert see(rig, 100.0) == 2  # of another day


def test_that_two_conditions_about_news_fire_once_more_on_a_day_that_brings_one_of_them(
    tmp_path: Path,
) -> None:
    about = Condition(kind=RuleKind.STORY, about="anthropic", minutes=7 * 24 * 60)
    for join in Join:
        rule = about_openai(
            RuleKind.STORY, threshold=1.0, minutes=7 * 24 * 60, conditions=(about,), join=join
        )
        rig = build_rig(tmp_path / join, (rule,))
        see(rig, 100.0)
        rig.market.report("OpenAI delays its data center in Texas", minutes_ago=0, key="first")
        rig.market.report("Anthropic raises money from Thrive", minutes_ago=0, key="other")
        assert see(rig, 100.0) == 1
        rig.clock.advance(hours=24)
        rig.engine.tick()
        assert see(rig, 100.0) == 1
        rig.market.report("Anthropic hires a new chief", minutes_ago=0, key="second")
        assert see(rig, 100.0) == 2


def test_that_a_start_on_another_day_records_no_story_again(tmp_path: Path) -> None:
    rule = about_openai(RuleKind.STORY, threshold=1.0)
    rig = build_rig(tmp_path, (rule,))
    see(rig, 100.0)
    rig.market.report("OpenAI delays its data center in Texas", minutes_ago=0, key="first")
    assert see(rig, 100.0) == 1
    later = build_rig(tmp_path, (rule,), TUESDAY + timedelta(hours=20))
    later.engine.start()
    assert see(later, 100.0) == 1
    assert see(later, 100.0) == 1
