"""Rules in a replay: what is of the replayed day reaches no live window, the rest is kept."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from tests.support.rig import TUESDAY

from stackwatch.app import DEFAULT_EPISODE, Options, find_replay, load_world, open_store, replay_parts
from stackwatch.app import with_user_files as wired
from stackwatch.commands.past_engine import at_once
from stackwatch.domain.events import Event, RulesChanged, RulesStored
from stackwatch.domain.rule import Direction, Rule, RuleKind, SubjectKind
from stackwatch.domain.rule_drafts import draft, for_price
from stackwatch.domain.watchlist import BilingualName, Language
from stackwatch.domain.words.rule_words import rule_sentence
from stackwatch.engine.engine import Engine
from stackwatch.engine.runtime import Runtime
from stackwatch.providers.replay.clock import SteppedClock
from stackwatch.storage.locations import user_folders

HOUR = timedelta(hours=1)
SNOOZED_LIVE = TUESDAY + timedelta(days=1)


class Replay:
    """A replay that runs, and the user's rules as a live window reads them."""

    def __init__(self, options: Options, engine: Engine, runtime: Runtime, events: list[Event]) -> None:
        self.options, self.engine, self.runtime, self.events = options, engine, runtime, events
        self.ecosystem = engine.parts.ecosystem

    @property
    def rules(self) -> dict[str, Rule]:
        return {rule.id: rule for rule in self.engine.alerting.rules}

    @property
    def live(self) -> dict[str, Rule]:
        return {rule.id: rule for rule in load_world(self.options.folders).rules}

    @property
    def now(self) -> datetime:
        return self.engine.parts.clock.now()

    def save(self, *rules: Rule) -> None:
        self.runtime.save_rules(rules, tuple(self.rules[r.id] for r in rules if r.id in self.rules))
        assert not [e for e in self.events if isinstance(e, RulesStored) and e.fault is not None]


def fall(rule_id: str, **changes: object) -> Rule:
    made = draft(
        RuleKind.PERCENT_MOVE, SubjectKind.SYMBOL, "NVDA", BilingualName("Fall", "하락"), Direction.DOWN
    )
    return replace(made, id=rule_id, **changes)  # type: ignore[arg-type]


@contextmanager
def replaying(folder: Path) -> Iterator[Replay]:
    options = Options(folders=user_folders(folder))
    world, episode = load_world(options.folders), find_replay(DEFAULT_EPISODE)
    clock = SteppedClock(episode.starts + HOUR)
    events: list[Event] = []
    with closing(open_store(options.folders, clock, replay=True)) as store:
        parts = replay_parts(world, options, episode, store, clock)
        engine = Engine(wired(parts, world, options.folders), events.append)
        yield Replay(options, engine, at_once(engine), events)


@pytest.fixture
def replay(tmp_path: Path) -> Iterator[Replay]:
    """Give a replay of a user who has a rule that is snoozed, and one about a price."""
    folders = user_folders(tmp_path)
    folders.data.mkdir(parents=True, exist_ok=True)
    world = load_world(folders)
    level = replace(for_price("NVDA", 250.0, 180.0, world.ecosystem), id="level")
    assert world.rule_book is not None
    world.rule_book.save((fall("mine", snoozed_until=SNOOZED_LIVE), level))
    with replaying(tmp_path) as made:
        yield made


def test_that_a_snooze_of_a_replay_leaves_that_of_the_live_window_and_is_not_told_it(replay: Replay) -> None:
    assert replay.rules["mine"].snoozed_until is None
    until = replay.now + HOUR
    replay.save(replace(replay.rules["mine"], snoozed_until=until))
    assert replay.rules["mine"].snoozed_until == until
    assert replay.live["mine"].snoozed_until == SNOOZED_LIVE
    replay.save(replace(replay.rules["mine"], snoozed_until=None))
    assert replay.live["mine"].snoozed_until == SNOOZED_LIVE


def test_that_a_change_of_a_rule_in_a_replay_is_kept_and_its_live_snooze_stays(replay: Replay) -> None:
    replay.save(replace(replay.rules["mine"], snoozed_until=replay.now + HOUR))
    replay.save(replace(replay.rules["mine"], threshold=7.0))
    kept = replay.live["mine"]
    assert (kept.threshold, kept.snoozed_until) == (7.0, SNOOZED_LIVE)
    assert replay.rules["mine"].snoozed_until == replay.now + HOUR


def test_that_what_a_live_window_snoozes_meanwhile_silences_no_replay(replay: Replay) -> None:
    world = load_world(replay.options.folders)
    assert world.rule_book is not None
    world.rule_book.save((fall("mine", snoozed_until=SNOOZED_LIVE + HOUR, threshold=8.0),))
    replay.runtime.watch_rules(shown=True)
    assert (replay.rules["mine"].threshold, replay.rules["mine"].snoozed_until) == (8.0, None)


def test_that_a_rule_that_is_paused_in_a_replay_goes_on_in_the_live_window(replay: Replay) -> None:
    replay.save(*(replace(rule, enabled=False) for rule in replay.rules.values()))
    assert not any(rule.enabled for rule in replay.rules.values())
    assert all(rule.enabled for rule in replay.live.values())
    replay.save(replace(replay.rules["mine"], enabled=True))
    assert replay.rules["mine"].enabled


def test_that_a_rule_about_a_price_of_a_replay_is_there_and_nowhere_else(replay: Replay) -> None:
    made = replace(for_price("NVDA", 165.0, 167.0, replay.ecosystem), id="low")
    replay.save(made, fall("other"))
    assert replay.rules["low"] == made
    assert "low" not in replay.live
    assert "other" in replay.live
    told = next(event for event in reversed(replay.events) if isinstance(event, RulesChanged))
    assert {"low", "other"} <= told.own
    replay.runtime.remove_rule("low")
    assert "low" not in replay.rules
    replay.runtime.undo_removal()
    assert replay.rules["low"] == made


def test_that_a_level_of_an_index_is_no_price_in_dollars(replay: Replay) -> None:
    replay.runtime.quotes.fetch(replay.engine)
    quotes = replay.engine.market.quotes
    assert [quotes[symbol].index_level for symbol in ("NVDA", "ORCL")] == [False, True]
    for symbol, unit in (("NVDA", " USD"), ("ORCL", "")):
        rule = replace(for_price(symbol, 98.25, 100.0, replay.ecosystem), id="low")
        for language, ending in ((Language.ENGLISH, "{}."), (Language.KOREAN, "{} ")):
            sentence = rule_sentence(rule, replay.ecosystem, replay.engine.parts.watchlist, language)
            assert f"98.25{ending.format(unit)}" in sentence


def test_that_a_line_that_is_dragged_in_a_replay_leaves_the_live_price(replay: Replay) -> None:
    replay.runtime.move_level("level", 250.0, 170.0)
    assert replay.rules["level"].threshold == 170.0
    assert replay.rules["level"].version == 2
    assert replay.live["level"].threshold == 250.0
    replay.runtime.remove_rule("level")
    assert "level" not in replay.rules
    assert replay.live["level"].threshold == 250.0


def test_that_a_rule_that_ends_in_the_week_of_a_replay_is_not_kept(replay: Replay) -> None:
    ends = date(2025, 7, 29)
    replay.save(fall("week", expires=ends))
    assert replay.rules["week"].expires == ends
    assert "week" not in replay.live


def test_that_a_rule_that_is_dated_no_longer_is_kept(replay: Replay) -> None:
    made = replace(for_price("NVDA", 165.0, 167.0, replay.ecosystem), id="low")
    replay.save(made)
    replay.save(fall("low", note="percent"))
    assert replay.live["low"].note == replay.rules["low"].note == "percent"
    replay.save(fall("level", enabled=False))
    assert replay.live["level"].kind is RuleKind.PERCENT_MOVE
    assert (replay.live["level"].enabled, replay.rules["level"].enabled) == (True, False)


def test_that_what_is_taken_back_in_a_replay_leaves_the_file_as_it_was(replay: Replay) -> None:
    before = replay.options.folders.rules.read_bytes()
    known = replay.rules["mine"]
    replay.save(replace(known, expires=date(2025, 7, 29)))
    replay.save(replace(replay.rules["mine"], expires=None))
    assert replay.rules["mine"] == replace(known, version=replay.rules["mine"].version)
    assert replay.options.folders.rules.read_bytes() == before


def test_that_what_is_deleted_in_a_replay_and_is_of_any_day_is_deleted_and_comes_back(replay: Replay) -> None:
    replay.runtime.remove_rule("mine")
    assert "mine" not in replay.live
    replay.runtime.undo_removal()
    assert replay.live["mine"].snoozed_until == SNOOZED_LIVE
    assert replay.rules["mine"].snoozed_until is None


def test_that_a_shipped_rule_that_ends_in_a_replay_is_as_it_came_once_that_is_deleted(replay: Replay) -> None:
    shipped = replay.rules["abnormal-move"]
    replay.save(replace(shipped, expires=date(2025, 7, 29)))
    replay.runtime.remove_rule("abnormal-move")
    assert replay.rules["abnormal-move"] == replace(shipped, version=replay.rules["abnormal-move"].version)
    assert replay.live["abnormal-move"].expires is None


def test_that_a_broken_file_of_rules_is_said_in_a_replay_too(replay: Replay) -> None:
    replay.options.folders.rules.write_text("[[rule]\n", "utf-8")
    made = replace(for_price("NVDA", 165.0, 167.0, replay.ecosystem), id="low")
    replay.runtime.save_rules((made,))
    stored = next(event for event in reversed(replay.events) if isinstance(event, RulesStored))
    assert stored.fault is not None
    assert "rules.toml" in stored.fault


def test_that_a_dated_rule_of_a_replay_goes_and_comes_with_the_company_it_is_about(replay: Replay) -> None:
    file = replay.engine.parts.rule_file
    assert file is not None
    replay.save(fall("week", expires=date(2025, 7, 29), about="openai"))
    assert file.remove_about("openai") == 1
    assert "week" not in {rule.id for rule in file.load()}
    assert file.bring_back("openai") == 1
    assert "week" in {rule.id for rule in file.load()}


def test_that_a_replay_begins_with_its_rules_awake(tmp_path: Path) -> None:
    folders = user_folders(tmp_path)
    folders.data.mkdir(parents=True, exist_ok=True)
    book = load_world(folders).rule_book
    assert book is not None
    book.save((fall("mine", snoozed_until=datetime(2025, 7, 23, tzinfo=UTC)),))
    with replaying(tmp_path) as made:
        assert made.rules["mine"].snoozed_until is None
