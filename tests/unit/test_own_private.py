"""A private company of the user's own: what may be typed, and which titles it is then found in."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from stackwatch.analysis.names.linker import Linker
from stackwatch.app import load_world
from stackwatch.domain.lists.own_private import (
    FaultKind,
    TypedEntity,
    faults,
    is_common,
    made_of,
    new_id,
    parted,
    typed,
)
from stackwatch.domain.watchlist import AliasPolicy, BilingualName, Ecosystem, OwnEntity
from stackwatch.storage.locations import user_folders

KNOWN: Ecosystem = load_world(user_folders(Path("nowhere"))).ecosystem
DAY = date(2026, 11, 27)
COHERE = TypedEntity(
    en="Cohere Labs",
    ko="코히어",
    always=("Cohere Labs", "코히어"),
    careful=("Cohere",),
    beside=("AI", "투자"),
)


def _own(wanted: TypedEntity = COHERE) -> OwnEntity:
    return made_of(wanted, new_id(wanted, KNOWN.private), DAY)


def _kinds(**changes: object) -> list[tuple[FaultKind, str, str]]:
    found = faults(_own(replace(COHERE, **changes)), KNOWN)  # type: ignore[arg-type]
    return [(fault.kind, fault.text, fault.owner) for fault in found]


def _linked(own: OwnEntity, title: str) -> list[str]:
    aliases = (*KNOWN.aliases, *own.spellings)
    return [mention.text for mention in Linker(aliases).link(title).mentions if mention.entity_id == own.id]


def test_that_what_was_typed_is_sound_and_comes_back_as_it_was_typed() -> None:
    own = _own()
    assert faults(own, KNOWN) == ()
    assert (own.id, own.entity.as_of) == ("cohere-labs", "2026-11-27")
    assert typed(own) == COHERE
    assert [alias.policy for alias in own.spellings] == [*(AliasPolicy.ALWAYS,) * 2, AliasPolicy.CONTEXT]


def test_that_marks_nobody_sees_are_in_no_name() -> None:
    pasted = replace(COHERE, en="\u202eCohere\u202c\n Labs\u200b", always=parted("Cohere\u200b Labs, \u202e"))
    assert _own(pasted).entity.names.en == "Cohere Labs"
    assert _own(pasted).spellings[0].text == "Cohere Labs"


@pytest.mark.parametrize(
    ("title", "found"),
    [
        ("Cohere Labs raises $500 million", ["Cohere Labs"]),
        ("Nvidia backs Cohere Labs\u2019 new round", ["Cohere Labs"]),
        ("How to cohere as a team", []),
        ("Cohere opens a Seoul office", []),
        ("AI start-up Cohere opens a Seoul office", ["Cohere"]),
        ("코히어, 서울 지사 설립", ["코히어"]),
        ("코히어가 서울에 온다", ["코히어"]),
        ("엔비디아, 코히어에 추가 투자", ["코히어"]),
        ("코히어의 몸값", ["코히어"]),
        ("코히어런트 실적", []),
    ],
)
def test_that_titles_in_both_languages_name_it_and_longer_words_do_not(title: str, found: list[str]) -> None:
    assert _linked(_own(), title) == found


def test_that_names_and_spellings_of_others_are_told_with_their_owner() -> None:
    assert _kinds(en="Mistral AI") == [(FaultKind.TAKEN_NAME, "Mistral AI", "mistral")]
    assert _kinds(ko="퓨리오사AI") == [(FaultKind.TAKEN_NAME, "퓨리오사AI", "furiosa")]
    assert _kinds(en="nvda") == [(FaultKind.TAKEN_NAME, "nvda", "NVDA")]
    assert _kinds(always=("Cohere Labs", "chatgpt")) == [(FaultKind.TAKEN, "chatgpt", "openai")]
    assert _kinds(careful=("Stargate SG-1",)) == [(FaultKind.NAMESAKE, "Stargate SG-1", "")]


def test_that_everyday_words_need_others_beside_them() -> None:
    for word in ("Figure", "scale", "AI", "CEO", "정부", "하나", "Robots"):
        assert is_common(word), word
        assert _kinds(always=(word,)) == [(FaultKind.COMMON, word, "")]
    for word in ("Cohere", "코히어", "HBX", "SK온", "리벨리온"):
        assert not is_common(word), word
    assert _kinds(always=(), careful=("Figure",)) == []
    assert _kinds(careful=("Figure",), beside=()) == [(FaultKind.NO_CONTEXT, "Figure", "")]
    assert _kinds(always=("칼",)) == [(FaultKind.SHORT, "칼", "")]
    assert _kinds(always=("COHERE",), careful=("Cohere",)) == [(FaultKind.TWICE, "COHERE", "")]


def test_that_a_name_and_a_spelling_are_needed() -> None:
    assert _kinds(en=" ", ko="") == [(FaultKind.NO_NAME, "", "")]
    assert _kinds(always=(), careful=()) == [(FaultKind.NO_SPELLING, "", "")]
    assert _kinds(always=tuple(f"Cohere {n}" for n in range(21)))[0][0] is FaultKind.TOO_MANY
    assert parted(" Cohere  Labs, 코히어,, Cohere Labs\uff0cC3 ") == ("Cohere Labs", "코히어", "C3")


def test_that_no_common_word_ships_as_a_spelling_that_always_counts_but_those_of_giants() -> None:
    always = [a.text for a in KNOWN.aliases if a.policy is AliasPolicy.ALWAYS and not a.unless]
    assert {text for text in always if is_common(text)} <= {"Apple", "Intel", "TPUs"}


def test_that_ids_are_of_the_english_name_and_belong_to_nobody() -> None:
    assert new_id(TypedEntity(en="Mistral"), KNOWN.private) == "mistral-2"
    one, other = (new_id(TypedEntity(ko=name), ()) for name in ("코히어", "퓨리오사AI"))
    assert one.startswith("company-")
    assert one != other, "the one may have gone, and its alerts stay"
    assert new_id(TypedEntity(ko="코히어"), (one,)) == f"{one}-2"


def test_that_a_name_in_one_language_stands_in_both_and_is_edited_where_it_was_typed() -> None:
    for wanted in (
        TypedEntity(en="Figure AI", always=("Figure AI",)),
        TypedEntity(ko="뤼튼", always=("뤼튼",)),
    ):
        own = _own(wanted)
        assert own.entity.names.en == own.entity.names.ko
        assert typed(own) == wanted


def test_that_an_edit_keeps_what_was_not_typed() -> None:
    own = _own()
    spellings = (*own.spellings[:2], replace(own.spellings[2], unless=("physics",)))
    entity = replace(
        own.entity, status=BilingualName("Private.", "비상장."), business=BilingualName("Models", "모델")
    )
    own = replace(own, entity=entity, spellings=spellings)
    again = made_of(replace(typed(own), en="Cohere"), own.id, date(2027, 1, 1), own)
    assert again.entity.names.en == "Cohere"
    assert again.entity == replace(entity, names=again.entity.names)
    assert again.spellings == spellings
    other = made_of(replace(typed(own), business="  Agents  "), own.id, date(2027, 1, 1), own)
    assert other.entity.business == BilingualName("Agents", "Agents")
    none = made_of(replace(typed(own), business=""), own.id, date(2027, 1, 1), own)
    assert none.entity.business is None
