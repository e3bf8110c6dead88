"""The program changes one rule of a person's file; everything else stays as it was written."""

import os
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from stackwatch.app import load_world
from stackwatch.domain.errors import BadInputError
from stackwatch.domain.news import StoryTheme
from stackwatch.domain.rule import (
    UNDIRECTED_KINDS,
    Condition,
    Direction,
    Frequency,
    Join,
    Rule,
    RuleKind,
    SessionScope,
    Severity,
    Since,
    SubjectKind,
    edited,
)
from stackwatch.domain.rule_drafts import USUAL
from stackwatch.domain.watchlist import Ecosystem, Language, Watchlist
from stackwatch.domain.words.rule_names import KINDS
from stackwatch.domain.words.rule_words import emphasised, rule_sentence
from stackwatch.storage.locations import user_folders
from stackwatch.storage.rules.rule_book import RuleBook
from stackwatch.storage.rules.rules_editing import cut_rules, save_rules
from stackwatch.storage.rules.rules_file import load_rules

FILE = """# Rules of mine
version = 1  # the form

# Nvidia, before breakfast
[[rule]]
id = "first"  # short
name = { en = "First", ko = "첫째" }
kind = "percent-move"
subject_kind = "symbol"
subject = "NVDA"
threshold = 3  # not less
direction = "down"

# A note that stands alone.

# OpenAI
[[rule]]
id = "second"
name = { en = "Second", ko = "둘째" }
kind = "story"
subject_kind = "private"
subject = "openai"
words = ["Altman"]
created = 2026-01-31
expires = "month"

# the end
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    file = tmp_path / "rules.toml"
    file.write_text(FILE, encoding="utf-8")
    return file


def full_rule() -> Rule:
    return Rule(
        id="full",
        name_en='Say "so"',
        name_ko="전부",
        kind=RuleKind.PERCENT_MOVE,
        direction=Direction.UP,
        threshold=2.5,
        since=Since.MINUTES,
        minutes=10,
        subject_kind=SubjectKind.LAYER,
        subject="*",
        join=Join.ANY,
        conditions=(
            Condition(
                kind=RuleKind.STORY, about="openai", themes=(StoryTheme.CAPACITY,), words=("Stargate", "지연")
            ),
            Condition(kind=RuleKind.VOLUME_SPIKE, threshold=3.0),
        ),
        sessions=SessionScope.ANY,
        frequency=Frequency.EVERY_REARM,
        hysteresis=0.5,
        hold_seconds=60,
        cooldown_minutes=5,
        severity=Severity.SEVERE,
        expires=date(2026, 12, 24),
        enabled=False,
        sound=False,
        snoozed_until=datetime(2026, 3, 1, 12, 0, tzinfo=UTC),
        version=7,
        note="two\nlines",
    )


def test_that_every_property_of_a_rule_survives_the_file(
    tmp_path: Path, ecosystem: Ecosystem, watchlist: Watchlist
) -> None:
    path = tmp_path / "new" / "rules.toml"
    save_rules(path, (full_rule(),), ecosystem, watchlist)
    assert load_rules(path, ecosystem, watchlist) == (full_rule(),)


def test_that_changing_one_rule_leaves_every_other_line(
    path: Path, ecosystem: Ecosystem, watchlist: Watchlist
) -> None:
    first, second = load_rules(path, ecosystem, watchlist)
    save_rules(path, (edited(first, replace(first, threshold=4.5)),), ecosystem, watchlist)
    changed = path.read_text("utf-8").splitlines()
    before = FILE.splitlines()
    assert [line for line in before if line not in changed] == ["threshold = 3  # not less"]
    assert [line for line in changed if line not in before] == ["threshold = 4.5  # not less", "version = 2"]
    assert load_rules(path, ecosystem, watchlist)[1] == second


def test_that_a_rule_written_as_it_was_changes_nothing(
    path: Path, ecosystem: Ecosystem, watchlist: Watchlist
) -> None:
    for rule in load_rules(path, ecosystem, watchlist):
        save_rules(path, (rule,), ecosystem, watchlist)
    assert path.read_text("utf-8") == FILE


def test_that_a_new_rule_comes_last_and_another_can_go(
    path: Path, ecosystem: Ecosystem, watchlist: Watchlist
) -> None:
    save_rules(path, (full_rule(),), ecosystem, watchlist)
    assert [rule.id for rule in load_rules(path, ecosystem, watchlist)] == ["first", "second", "full"]
    cut_rules(path, lambda each: each.id == "full", ecosystem, watchlist)
    assert path.read_text("utf-8").rstrip() == FILE.rstrip()


@pytest.mark.parametrize(
    ("gone", "comment"), [("first", "# Nvidia, before breakfast"), ("second", "# OpenAI")]
)
def test_that_removing_a_rule_takes_only_the_comment_right_above_it(
    path: Path, ecosystem: Ecosystem, watchlist: Watchlist, gone: str, comment: str
) -> None:
    cut_rules(path, lambda each: each.id == gone, ecosystem, watchlist)
    text = path.read_text("utf-8")
    assert [rule.id for rule in load_rules(path, ecosystem, watchlist)] == [
        "second" if gone == "first" else "first"
    ]
    comments = [line for line in FILE.splitlines() if line.startswith("#") and line != comment]
    assert [line for line in text.splitlines() if line.startswith("#")] == comments


def test_that_joined_conditions_that_must_all_hold_again_are_written_so(
    path: Path, ecosystem: Ecosystem, watchlist: Watchlist
) -> None:
    first, _ = load_rules(path, ecosystem, watchlist)
    either = replace(first, conditions=full_rule().conditions, join=Join.ANY)
    save_rules(path, (either,), ecosystem, watchlist)
    both = replace(either, join=Join.ALL)
    save_rules(path, (both,), ecosystem, watchlist)
    assert load_rules(path, ecosystem, watchlist)[0] == both


def test_that_what_a_rule_has_no_more_leaves_the_file(
    path: Path, ecosystem: Ecosystem, watchlist: Watchlist
) -> None:
    save_rules(path, (full_rule(),), ecosystem, watchlist)
    plainer = replace(full_rule(), conditions=(), join=Join.ALL, snoozed_until=None)
    save_rules(path, (plainer,), ecosystem, watchlist)
    assert load_rules(path, ecosystem, watchlist)[-1] == plainer
    assert not any(word in path.read_text("utf-8") for word in ("snoozed_until", "join", "rule.condition"))


def test_that_a_broken_file_or_an_impossible_rule_leaves_the_file_alone(
    path: Path, ecosystem: Ecosystem, watchlist: Watchlist
) -> None:
    first, _ = load_rules(path, ecosystem, watchlist)
    with pytest.raises(BadInputError, match="not known"):
        save_rules(path, (replace(first, subject="NOBODY"),), ecosystem, watchlist)
    assert cut_rules(path, lambda each: each.id == "third", ecosystem, watchlist) is None
    assert path.read_text("utf-8") == FILE
    path.write_text(FILE + "[[rule]\n", encoding="utf-8")
    with pytest.raises(BadInputError, match="TOML"):
        save_rules(path, (first,), ecosystem, watchlist)
    assert sorted(file.name for file in path.parent.iterdir()) == ["rules.toml"]


def test_that_rules_written_in_another_form_are_left_to_their_author(
    tmp_path: Path, ecosystem: Ecosystem, watchlist: Watchlist
) -> None:
    path = tmp_path / "rules.toml"
    name = '{ en = "A", ko = "가" }'
    row = f'{{ id = "a", name = {name}, kind = "story", subject_kind = "symbol", subject = "NVDA" }}'
    path.write_text(f"version = 1\nrule = [{row}]\n", encoding="utf-8")
    (rule,) = load_rules(path, ecosystem, watchlist)
    with pytest.raises(BadInputError, match="by hand"):
        save_rules(path, (rule,), ecosystem, watchlist)


def test_that_the_editor_has_a_name_and_a_first_threshold_of_every_kind() -> None:
    assert set(KINDS) == set(USUAL) == set(RuleKind)


@pytest.mark.parametrize("kind", RuleKind)
def test_that_every_kind_reads_back_as_one_sentence_in_both_languages(
    kind: RuleKind, ecosystem: Ecosystem, watchlist: Watchlist
) -> None:
    said = set()
    for direction in (Direction.UP, Direction.DOWN):
        rule = replace(full_rule(), kind=kind, direction=direction, since=Since.CLOSE)
        for language in Language:
            sentence = rule_sentence(rule, ecosystem, watchlist, language)
            assert sentence.endswith(".")
            assert sentence.count(". ") == 0
            assert "  " not in sentence
            said.add(sentence)
    assert len(said) == (2 if kind in UNDIRECTED_KINDS else 4)


def test_that_a_sentence_says_the_span_of_a_story_and_the_unit_of_a_further_step(
    ecosystem: Ecosystem, watchlist: Watchlist
) -> None:
    rule = Rule(
        id="r", name_en="R", name_ko="R", kind=RuleKind.STORY, subject_kind=SubjectKind.PRIVATE,
        subject="openai", direction=Direction.DOWN, threshold=1.0, minutes=90,
    )  # fmt: skip
    assert rule_sentence(rule, ecosystem, watchlist, Language.ENGLISH) == (
        "A bad story about OpenAI comes within 90 minutes."
    )
    assert rule_sentence(rule, ecosystem, watchlist, Language.KOREAN).startswith("90분 안에 오픈AI")
    fall = replace(rule, kind=RuleKind.ENTITY_SHOCK, threshold=1.5, escalate_step=1.0)
    assert rule_sentence(fall, ecosystem, watchlist, Language.ENGLISH).endswith("again every 1 % further.")
    assert rule_sentence(fall, ecosystem, watchlist, Language.KOREAN).endswith("1% 더 움직일 때마다 다시.")


def test_that_korean_says_of_the_fall_and_not_of_the_close_that_it_is_tied_to_a_story(
    ecosystem: Ecosystem, watchlist: Watchlist
) -> None:
    rule = Rule(
        id="r", name_en="R", name_ko="R", kind=RuleKind.TIED_MOVE, subject_kind=SubjectKind.SYMBOL,
        subject="NVDA", direction=Direction.DOWN, threshold=2.0,
    )  # fmt: skip
    assert rule_sentence(rule, ecosystem, watchlist, Language.KOREAN) == (
        "엔비디아: 전일 종가 대비 2% 이상 하락, 소식과 연결된 경우."
    )


@pytest.mark.parametrize(
    ("kind", "subject", "english", "korean"),
    [
        (SubjectKind.PRIVATE, "openai", "Any name tied to OpenAI rises", "오픈AI 연결 종목:"),
        (
            SubjectKind.PRIVATE,
            "*",
            "Any name tied to any private company or project rises",
            "각 비상장 기업·프로젝트 연결 종목:",
        ),
        (SubjectKind.LAYER, "memory", "Any name of Memory & HBM rises", "메모리·HBM 종목:"),
        (SubjectKind.LAYER, "*", "Any name of any layer rises", "각 분야 종목:"),
    ],
)
def test_that_a_rule_of_each_name_of_a_group_says_how_the_names_belong_to_it(
    ecosystem: Ecosystem, watchlist: Watchlist, kind: SubjectKind, subject: str, english: str, korean: str
) -> None:
    rule = Rule(
        id="r", name_en="R", name_ko="R", kind=RuleKind.PERCENT_MOVE, subject_kind=kind,
        subject=subject, direction=Direction.UP, threshold=5.0,
    )  # fmt: skip
    assert rule_sentence(rule, ecosystem, watchlist, Language.ENGLISH).startswith(english)
    assert rule_sentence(rule, ecosystem, watchlist, Language.KOREAN).startswith(korean)


@pytest.mark.parametrize(
    ("symbol", "price", "said"),
    [
        ("NVDA", 270.6, "270.60 USD"),
        ("NVDA", 1234.5, "1,234.50 USD"),
        ("NVDA", 270.625, "270.625 USD"),
        ("000660.KS", 1_250_000.0, "1,250,000 KRW"),
        ("005930.KS", 61_250.0, "61,250 KRW"),
    ],
)
def test_that_a_price_in_a_sentence_is_written_as_everywhere_with_its_currency(
    symbol: str, price: float, said: str
) -> None:
    world = load_world(user_folders(Path("nowhere")))
    rule = Rule(
        id="r", name_en="R", name_ko="R", kind=RuleKind.PRICE_LEVEL, subject_kind=SubjectKind.SYMBOL,
        subject=symbol, direction=Direction.UP, threshold=price,
    )  # fmt: skip
    told = {
        language: rule_sentence(rule, world.ecosystem, world.watchlist, language) for language in Language
    }
    assert told[Language.ENGLISH].endswith(f"crosses above {said}.")
    assert f" {said} 상향 돌파" in told[Language.KOREAN]
    assert (said, True) in emphasised(told[Language.KOREAN], ())


def test_that_a_sentence_says_what_is_joined_and_how_often(
    ecosystem: Ecosystem, watchlist: Watchlist
) -> None:
    rule = replace(full_rule(), subject_kind=SubjectKind.SYMBOL, subject="NVDA")
    assert rule_sentence(rule, ecosystem, watchlist, Language.ENGLISH) == (
        "NVIDIA rises 2.5 % or more within 10 minutes, or a capacity story about OpenAI with “Stargate” or"
        " “지연” comes, or it trades 3 times its usual volume or more; held for 1 minute; before and after"
        " hours too; every time, at least 5 minutes apart; until 2026-12-24."
    )


def test_that_rules_that_another_program_wrote_are_noticed_at_any_length(
    path: Path, watchlists: Path, ecosystem: Ecosystem, watchlist: Watchlist
) -> None:
    book = RuleBook(watchlists / "rules.toml", path, ecosystem, watchlist)
    assert not book.changed()
    moment = path.stat().st_mtime_ns
    path.write_bytes(path.read_bytes().replace(b"threshold = 3", b"threshold = 4"))
    os.utime(path, ns=(moment + 1_000_000, moment + 1_000_000))
    assert book.changed()
    book.load()
    assert not book.changed()


def test_that_a_users_rules_are_their_own_beside_a_faulty_one(
    path: Path, watchlists: Path, ecosystem: Ecosystem, watchlist: Watchlist
) -> None:
    sound = RuleBook(watchlists / "rules.toml", path, ecosystem, watchlist).own
    assert sound
    with path.open("a", encoding="utf-8") as file:
        file.write('\n[[rule]]\nid = "faulty"\nkind = "nonsense"\n')
    book = RuleBook(watchlists / "rules.toml", path, ecosystem, watchlist)
    assert book.own == sound
    with pytest.raises(BadInputError, match="nonsense"):
        book.load()
    path.write_text("no TOML", encoding="utf-8")
    assert not RuleBook(watchlists / "rules.toml", path, ecosystem, watchlist).own
