"""A replayed day gives back what is documented of it, and never more than its clock knows."""

import csv
import re
from collections.abc import Mapping
from contextlib import ExitStack, closing
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import groupby, pairwise
from pathlib import Path

import numpy as np
import pytest
from tests.integration.conftest import Run
from tests.integration.store_samples import alert
from tests.support.rig import history

from stackwatch.analysis.moves.market_model import Closes, fit_before
from stackwatch.app import (
    DEFAULT_EPISODE,
    Options,
    find_replay,
    load_world,
    open_store,
    replay_parts,
    with_user_files,
)
from stackwatch.commands.briefing import _of_demo
from stackwatch.commands.past_engine import at_once
from stackwatch.domain.alert import WAITS
from stackwatch.domain.episode import Episode
from stackwatch.domain.errors import ProviderError
from stackwatch.domain.events import Event, NoisePreviewed
from stackwatch.domain.move import Verdict
from stackwatch.domain.noise import NoisePreview
from stackwatch.domain.quote import DailyBar, MinuteBar, QuoteState, Session
from stackwatch.domain.watchlist import Instrument, Language
from stackwatch.domain.words.wording import reason_words
from stackwatch.engine.core import InlineCore, InlinePool
from stackwatch.engine.engine import Engine
from stackwatch.engine.ports import History
from stackwatch.engine.runtime import Runtime
from stackwatch.providers.calendars import ExchangeCalendars
from stackwatch.providers.replay.clock import ReplayClock, SteppedClock
from stackwatch.providers.replay.source import ReplaySource
from stackwatch.storage.ecosystem.ecosystem_files import load_ecosystem
from stackwatch.storage.episode_file import find_episode, list_episodes, load_episode
from stackwatch.storage.locations import shipped, user_folders

WATCHLISTS = shipped("watchlists")
EPISODES = list_episodes(WATCHLISTS / "episodes")
GOLDEN = Path(__file__).parents[1] / "golden"
LONG_AGO = date(2000, 1, 1)
ROUNDING = 0.006  # percent: documented moves have three decimals, closes two


@pytest.fixture(scope="module")
def calendars(tmp_path_factory: pytest.TempPathFactory) -> ExchangeCalendars:
    return ExchangeCalendars(tmp_path_factory.mktemp("calendars"), shipped=shipped("resources") / "calendars")


@pytest.fixture(scope="module")
def instruments() -> Mapping[str, Instrument]:
    return load_ecosystem(WATCHLISTS).instruments


@pytest.fixture(scope="module")
def documented() -> dict[tuple[str, str], tuple[float, float]]:
    with (GOLDEN / "episode_sars.csv").open(encoding="utf-8") as file:
        return {
            (row["episode"], row["symbol"]): (float(row["sar"]), float(row["abnormal_pct"]))
            for row in csv.DictReader(file)
        }


def load(name: str) -> Episode:
    return load_episode(find_episode(WATCHLISTS / "episodes", name))


def source(
    episode: Episode, instruments: Mapping[str, Instrument], calendars: ExchangeCalendars, now: datetime
) -> ReplaySource:
    return ReplaySource(episode, instruments, calendars, SteppedClock(now))


def seen_shares(episode: Episode, instruments: Mapping[str, Instrument]) -> list[str]:
    return [share.symbol for share in episode.shares if share.symbol in instruments]


@pytest.mark.parametrize("name", EPISODES)
def test_that_the_history_gives_back_every_documented_model_and_sar(
    name: str,
    instruments: Mapping[str, Instrument],
    calendars: ExchangeCalendars,
    documented: dict[tuple[str, str], tuple[float, float]],
) -> None:
    episode = load(name)
    replayed = source(episode, instruments, calendars, episode.ends)
    market = Closes.of(replayed.daily_history(episode.market.symbol, LONG_AGO).bars)
    market_move = replayed.quotes([episode.market.symbol]).quotes[0].change_pct / 100
    symbols = seen_shares(episode, instruments)
    assert len(symbols) > 60
    for share in episode.shares:
        if share.symbol not in instruments:
            continue
        found, n = fit_before(
            Closes.of(replayed.daily_history(share.symbol, LONG_AGO).bars), market, episode.day
        )
        assert n == min(share.n_estimation, 120), share.symbol
        move = replayed.quotes([share.symbol]).quotes[0].change_pct
        assert move == pytest.approx(share.move_pct, abs=ROUNDING), share.symbol
        if found is None:
            assert share.n_estimation < 60
            continue
        assert found.alpha == pytest.approx(share.alpha, abs=1e-9), share.symbol
        assert found.beta == pytest.approx(share.beta, abs=1e-9), share.symbol
        assert found.sd == pytest.approx(share.resid_sd, abs=1e-9), share.symbol
        sar, abnormal = documented[name, share.symbol]
        assert found.sar(move / 100, market_move) == pytest.approx(sar, abs=0.02), share.symbol
        assert found.abnormal(move / 100, market_move) * 100 == pytest.approx(abnormal, abs=0.02), (
            share.symbol
        )


@pytest.mark.parametrize("name", EPISODES)
def test_that_closes_and_moves_are_the_documented_ones(
    name: str, instruments: Mapping[str, Instrument], calendars: ExchangeCalendars
) -> None:
    episode = load(name)
    replayed = source(episode, instruments, calendars, episode.ends + timedelta(hours=12))
    known = {(row.symbol, row.day): row.close for row in episode.closes}
    batch = replayed.quotes(sorted({row.symbol for row in episode.closes} & instruments.keys()))
    for quote in batch.quotes:
        if quote.index_level:
            continue
        assert quote.price == known[quote.symbol, episode.day]
        before = max(day for symbol, day in known if symbol == quote.symbol and day < episode.day)
        assert quote.previous_close == known[quote.symbol, before]
        if bars := replayed.daily_history(quote.symbol, before).bars:
            assert bars[-1].close == pytest.approx(quote.previous_close, rel=1e-12)
            assert bars[-1].day == before
    for rejected in batch.rejected:  # a move over two sessions is not a day's move
        calendar = instruments[rejected.symbol].calendar
        last = [s.day for s in calendars.sessions(calendar, episode.day - timedelta(days=20), episode.day)][
            -2:
        ]
        assert last[1] != episode.day or any((rejected.symbol, day) not in known for day in last)


@pytest.mark.parametrize("name", EPISODES)
def test_that_bars_are_sound(
    name: str, instruments: Mapping[str, Instrument], calendars: ExchangeCalendars
) -> None:
    episode = load(name)
    replayed = source(episode, instruments, calendars, episode.ends)
    for symbol in (*seen_shares(episode, instruments), episode.market.symbol):
        daily, minutes = replayed.daily_history(symbol, LONG_AGO).bars, replayed.minutes(symbol, 1)
        bars: tuple[DailyBar | MinuteBar, ...] = (*daily, *minutes)
        for bar in bars:
            assert 0 < bar.low <= min(bar.open, bar.close) <= max(bar.open, bar.close) <= bar.high
        days = [bar.day for bar in daily]
        assert days == sorted(set(days))
        assert days[-1] < episode.day
        quote = replayed.quotes([symbol]).quotes[0]
        assert minutes[-1].close == quote.price
        assert max(bar.high for bar in minutes) == pytest.approx(quote.day_high)


def test_that_nothing_is_known_before_its_time(
    instruments: Mapping[str, Instrument], calendars: ExchangeCalendars
) -> None:
    episode = load("stargate")
    end = source(episode, instruments, calendars, episode.ends)
    symbols = [*seen_shares(episode, instruments)[:10], "NVDA", "QQQ"]
    whole = {symbol: end.minutes(symbol, 1) for symbol in symbols}
    clock = SteppedClock(episode.starts)
    replayed = ReplaySource(episode, instruments, calendars, clock)
    while clock.now() < episode.ends:
        now = clock.now()
        for quote in replayed.quotes(symbols).quotes:
            assert quote.as_of <= now
            seen = replayed.minutes(quote.symbol, 1)
            assert seen == whole[quote.symbol][: len(seen)]
            assert all(bar.start + timedelta(minutes=1) <= now for bar in seen)
            if seen:
                assert quote.price == seen[-1].close
        assert all(told.published <= now for told in replayed.headlines(()))
        clock.advance(timedelta(minutes=37))


def test_that_the_close_of_the_day_changes_nothing_of_the_history(
    instruments: Mapping[str, Instrument], calendars: ExchangeCalendars
) -> None:
    episode = load("stargate")
    crash = replace(episode, shares=tuple(replace(share, move_pct=-50.0) for share in episode.shares))
    one = source(episode, instruments, calendars, episode.ends)
    other = source(crash, instruments, calendars, episode.ends)
    assert one.daily_history("ORCL", LONG_AGO).bars == other.daily_history("ORCL", LONG_AGO).bars


def test_that_a_replay_is_the_same_each_time_and_in_any_order(
    instruments: Mapping[str, Instrument], calendars: ExchangeCalendars
) -> None:
    episode = load("deepseek")
    now = episode.starts + timedelta(hours=3)
    first, second = (source(episode, instruments, calendars, now) for _ in range(2))
    symbols = seen_shares(episode, instruments)
    forward = {
        s: (first.quotes([s]), first.daily_history(s, LONG_AGO).bars, first.minutes(s, 1)) for s in symbols
    }
    backward = {
        s: (second.quotes([s]), second.daily_history(s, LONG_AGO).bars, second.minutes(s, 1))
        for s in reversed(symbols)
    }
    assert forward == backward


def test_that_a_share_without_a_documented_day_is_refused(
    instruments: Mapping[str, Instrument], calendars: ExchangeCalendars
) -> None:
    episode = load("stargate")
    replayed = source(episode, instruments, calendars, episode.ends)
    batch = replayed.quotes(["CBRS", "NOPE", "NVDA"])
    assert [quote.symbol for quote in batch.quotes] == ["NVDA"]
    assert [rejected.symbol for rejected in batch.rejected] == ["CBRS", "NOPE"]
    assert "2025-07-22" in batch.rejected[0].reason
    assert replayed.daily_history("CBRS", LONG_AGO).bars == ()
    assert replayed.minutes("NOPE", 1) == ()
    with pytest.raises(ProviderError):
        replayed.minutes("NVDA", 0)


def test_that_the_market_is_closed_before_the_open_and_after_the_close(
    instruments: Mapping[str, Instrument], calendars: ExchangeCalendars
) -> None:
    episode = load("stargate")
    opened = datetime(2025, 7, 22, 13, 30, tzinfo=UTC)
    (before,) = source(episode, instruments, calendars, opened - timedelta(seconds=1)).quotes(["NVDA"]).quotes
    assert (before.session, before.state) == (Session.CLOSED, QuoteState.CLOSED)
    assert before.price == 171.38
    assert before.as_of == datetime(2025, 7, 21, 20, 0, tzinfo=UTC)
    assert before.open is None
    share = next(row for row in episode.shares if row.symbol == "NVDA")
    assert before.change_pct == pytest.approx(share.move_before_pct, abs=1e-9)
    (at_open,) = source(episode, instruments, calendars, opened).quotes(["NVDA"]).quotes
    assert (at_open.session, at_open.state) == (Session.REGULAR, QuoteState.LIVE)
    assert at_open.price == at_open.open
    (after,) = source(episode, instruments, calendars, episode.ends).quotes(["NVDA"]).quotes
    assert (after.session, after.state) == (Session.CLOSED, QuoteState.CLOSED)
    assert (after.price, after.previous_close) == (167.03, 171.38)
    assert after.as_of == datetime(2025, 7, 22, 20, 0, tzinfo=UTC)


def test_that_a_share_without_an_earlier_close_is_refused_until_the_open(
    instruments: Mapping[str, Instrument], calendars: ExchangeCalendars
) -> None:
    episode = load("stargate")
    bare = replace(episode, shares=tuple(row for row in episode.shares if row.symbol != "NVDA"))
    assert source(bare, instruments, calendars, episode.starts).quotes(["NVDA"]).quotes == ()
    (quote,) = source(bare, instruments, calendars, episode.ends).quotes(["NVDA"]).quotes
    assert quote.price == 167.03


def test_that_a_market_that_closed_earlier_that_day_is_whole_from_the_start(
    instruments: Mapping[str, Instrument], calendars: ExchangeCalendars
) -> None:
    episode = load("stargate")
    (quote,) = source(episode, instruments, calendars, episode.starts).quotes(["000660.KS"]).quotes
    assert (quote.price, quote.previous_close, quote.session) == (268500.0, 272500.0, Session.CLOSED)
    assert quote.as_of == datetime(2025, 7, 22, 6, 30, tzinfo=UTC)


def test_that_softbank_rose_on_the_day_from_its_last_session_before_a_holiday(
    instruments: Mapping[str, Instrument], calendars: ExchangeCalendars
) -> None:
    episode = load("stargate")
    (quote,) = source(episode, instruments, calendars, episode.starts).quotes(["9984.T"]).quotes
    assert quote.change_pct == pytest.approx(2.85, abs=0.01)


def test_that_a_replay_clock_keeps_its_pace_and_stops_at_the_end() -> None:
    start = datetime(2025, 7, 22, 13, 25, tzinfo=UTC)
    real = [100.0]
    clock = ReplayClock(start, start + timedelta(hours=1), 60.0, monotonic=lambda: real[0])
    real[0] += 30
    assert clock.now() == start  # a slow start of the program takes nothing of the day
    clock.start()
    real[0] += 10
    assert clock.now() == start + timedelta(minutes=10)
    clock.set_speed(0.0)
    real[0] += 1000
    assert clock.now() == start + timedelta(minutes=10)
    clock.set_speed(-5.0)
    assert clock.speed == 0.0
    clock.set_speed(600.0)
    assert not clock.finished
    real[0] += 1000
    assert clock.now() == start + timedelta(hours=1)
    assert clock.finished


def test_that_the_path_inside_the_day_is_no_straight_line(
    instruments: Mapping[str, Instrument], calendars: ExchangeCalendars
) -> None:
    episode = load("stargate")
    replayed = source(episode, instruments, calendars, episode.ends)
    closes = np.array([bar.close for bar in replayed.minutes("NVDA", 1)])
    steps = np.diff(np.log(closes))
    assert closes.size == 390
    assert 0.2 < np.mean(steps > 0) < 0.8
    assert np.abs(steps).max() < 0.02


def test_that_a_jump_stops_at_the_next_event_and_leaves_nothing_out(tmp_path: Path) -> None:
    options = Options(folders=user_folders(tmp_path))
    world = load_world(options.folders)
    episode = find_replay(DEFAULT_EPISODE)
    clock = ReplayClock(episode.starts, episode.ends, 0.0)
    store = open_store(options.folders, clock, replay=True)
    core = InlineCore()
    runtime = Runtime(core, InlinePool(core), clock)
    engine = Engine(replay_parts(world, options, episode, store, clock), lambda _event: None)
    runtime.attach(engine)
    runtime.bars.fetch_all(engine)
    runtime.quotes.fetch(engine)
    runtime.news.fetch(engine)
    stops = []
    for _ in range(5):
        known = (len(engine.delivery.alerts), len(engine.newsroom.stories))
        runtime.jump_replay()
        assert (len(engine.delivery.alerts), len(engine.newsroom.stories)) != known
        assert WAITS not in {alert.suppressed_by for alert in engine.delivery.alerts}  # its popup is there
        stops.append(clock.now())
    assert episode.starts < stops[0]
    assert all(before < after for before, after in pairwise(stops))
    assert stops[-1] < episode.ends
    assert all(story.lead.published <= clock.now() for story in engine.newsroom.stories)
    assert clock.speed == 0.0
    store.close()


def test_that_a_replay_clock_jumps_forward_only_and_not_past_its_end() -> None:
    start = datetime(2025, 7, 22, 13, tzinfo=UTC)
    clock = ReplayClock(start, start + timedelta(hours=1), 0.0)
    clock.jump(start + timedelta(minutes=5))
    clock.jump(start)
    assert clock.now() == start + timedelta(minutes=5)
    clock.jump(start + timedelta(hours=9))
    assert clock.finished


def test_that_the_reason_of_nvidias_fall_on_the_day_of_stargate_does_not_come_and_go(tmp_path: Path) -> None:
    options = Options(folders=user_folders(tmp_path))
    episode = find_replay(DEFAULT_EPISODE)
    clock = ReplayClock(episode.starts, episode.ends, 0.0)
    core, told = InlineCore(), []
    with closing(open_store(options.folders, clock, replay=True)) as store:
        runtime = Runtime(core, InlinePool(core), clock)
        parts = replay_parts(load_world(options.folders), options, episode, store, clock)
        engine = Engine(parts, lambda _event: None)
        runtime.attach(engine)
        runtime.bars.fetch_all(engine)
        while clock.now() < episode.ends:
            clock.jump(clock.now() + timedelta(minutes=2))
            runtime.quotes.fetch(engine)
            runtime.news.fetch(engine)
            explanation = engine.explainer.explain("NVDA")
            if explanation is not None and explanation.move.session_date == episode.day:
                told.append(explanation.verdict)
    assert [verdict for verdict, _ in groupby(told)] == [Verdict.UNEXPLAINED, Verdict.NEWS]


def test_that_nothing_waits_for_ever_once_the_day_has_ended(tmp_path: Path) -> None:
    options = Options(folders=user_folders(tmp_path))
    episode = find_replay(DEFAULT_EPISODE)
    clock = ReplayClock(episode.starts, episode.ends, 0.0)
    store = open_store(options.folders, clock, replay=True)
    core = InlineCore()
    runtime = Runtime(core, InlinePool(core), clock)
    engine = Engine(
        replay_parts(load_world(options.folders), options, episode, store, clock), lambda _event: None
    )
    runtime.attach(engine)
    runtime.bars.fetch_all(engine)

    def reasons() -> set[str | None]:
        return {alert.suppressed_by for alert in engine.delivery.alerts}

    while WAITS not in reasons():
        clock.jump(clock.now() + timedelta(minutes=1))
        runtime.quotes.fetch(engine)
        runtime.news.fetch(engine)
    clock.end = clock.now()
    runtime.set_replay_speed(1.0)
    assert None in reasons()
    assert WAITS not in reasons()
    store.close()


def asked(folder: Path, rule_id: str) -> list[NoisePreviewed]:
    """Return what a replay says of how often a shipped rule would have fired, before its prices and after."""
    options = Options(folders=user_folders(folder))
    world, episode = load_world(options.folders), find_replay(DEFAULT_EPISODE)
    rule = next(rule for rule in world.rules if rule.id == rule_id)
    clock = ReplayClock(episode.starts, episode.ends, 0.0)
    core, events = InlineCore(), list[Event]()
    runtime = Runtime(core, InlinePool(core), clock)
    with closing(open_store(options.folders, clock, replay=True)) as store:
        parts = replay_parts(world, options, episode, store, clock)
        runtime.attach(Engine(with_user_files(parts, world, options.folders), events.append))
        runtime.preview_rule(1, rule)
        runtime.prepare_replay()
        runtime.preview_rule(2, rule)
        runtime.noise.forget()
    return [event for event in events if isinstance(event, NoisePreviewed)]


def previewed(folder: Path) -> NoisePreview:
    """Return what is said in a replay of how often the shipped rule about abnormal moves would have fired."""
    last = asked(folder, "abnormal-move")[-1].preview
    assert last is not None
    return last


def test_that_a_first_replay_says_when_there_will_be_a_preview(tmp_path: Path) -> None:
    before, after = (event.reason for event in asked(tmp_path, "sharp-move-with-news"))
    assert before == "no prices are stored yet; those of this replay come in a moment"
    assert after is not None
    assert after.endswith("both are there after the first session that it runs live")
    for reason in (before, after):
        assert re.search("[가-힣]", reason_words(reason, Language.KOREAN))


def test_that_a_replay_without_stored_prices_previews_rules_on_its_own_and_says_so(tmp_path: Path) -> None:
    preview = previewed(tmp_path)
    assert preview.reconstructed
    assert (preview.symbols, preview.end) == (69, date(2025, 7, 21))
    assert preview.count.fires > 0
    assert (preview.with_story, preview.news_pending) == (None, False)


def test_that_a_replay_previews_rules_on_the_live_program_s_prices_where_it_has_any(tmp_path: Path) -> None:
    folders = user_folders(tmp_path)
    with closing(open_store(folders, SteppedClock(datetime(2025, 8, 1, tzinfo=UTC)), replay=False)) as live:
        for seed, symbol in enumerate(("NVDA", "QQQ")):
            bars = history(datetime(2025, 7, 22, tzinfo=UTC), seed=seed, sessions=400)
            live.bars.keep_history(symbol, History(bars), LONG_AGO)
    preview = previewed(tmp_path)
    assert not preview.reconstructed
    assert preview.symbols == 2


def test_that_what_is_snoozed_live_silences_no_replay(tmp_path: Path) -> None:
    options = Options(folders=user_folders(tmp_path))
    world = load_world(options.folders)
    hour = datetime.now(UTC) + timedelta(hours=1)
    snoozed = replace(world, rules=tuple(replace(rule, snoozed_until=hour) for rule in world.rules))
    told = _of_demo(options, snoozed, "2025-07-22")
    assert told is not None
    assert any(alert.suppressed_by is None for alert in told.alerts)
    assert all(alert.suppressed_by != "its rule was snoozed" for alert in told.alerts)


def test_that_two_replays_on_one_folder_keep_their_days_apart_and_both_alerts_are_exported(
    tmp_path: Path, run: Run
) -> None:
    options = Options(folders=user_folders(tmp_path))
    world = load_world(options.folders)

    def begin(day: str) -> Engine:
        episode = find_replay(day)
        clock = SteppedClock(episode.starts)
        store = open_store(options.folders, clock, replay=True)
        closing_later.callback(store.close)
        engine = Engine(replay_parts(world, options, episode, store, clock), lambda _event: None)
        at_once(engine).bars.fetch_all(engine)
        store.alerts.save([alert(day, fired_at=episode.starts)])
        return engine

    with ExitStack() as closing_later:
        first = begin("2025-07-22")
        known = first.histories.long_closes("NVDA").days
        begin("2025-09-22")
        assert np.array_equal(first.histories.long_closes("NVDA").days, known)
    assert run("--data-dir", str(tmp_path), "export", "alerts", str(tmp_path / "all.csv"))[0] == 0
    with (tmp_path / "all.csv").open(encoding="utf-8") as file:
        assert [row["id"] for row in csv.DictReader(file)] == ["2025-07-22", "2025-09-22"]
    with closing(open_store(options.folders, SteppedClock(datetime.now(UTC)), replay=True)) as again:
        assert again.file.path.name == "replay.sqlite3"
