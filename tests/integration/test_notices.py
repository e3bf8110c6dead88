"""What is said of a file of the user's is taken back by itself once the file is whole again, or gone."""

from dataclasses import replace
from pathlib import Path

import pytest
from tests.support.rig import Rig, build_rig

from stackwatch.app import load_world
from stackwatch.domain.events import HealthChanged
from stackwatch.domain.fault_events import NoticeEnded, NoticeGiven
from stackwatch.domain.health import Health, HealthState
from stackwatch.domain.list_events import ListRefused
from stackwatch.storage.locations import user_folders

_BROKEN = "version = 1\n[["
_LINK = """version = 1
[[exposure]]
source = "upstage"
target = "{}"
relation = "supplier"
why = "Tries Gaudi"
date = "2026-02"
publisher = "Les Echos"
basis = "memory"
"""
_LIST = """version = 1
id = "mine"
name = {{ en = "Mine", ko = "내 목록" }}
[[layer]]
id = "chips"
name = {{ en = "Chips", ko = "칩" }}
symbols = ["{}"]
"""
_NAME = """version = 1
[[instrument]]
symbol = "ZZZZ"
name = { en = "Zed", ko = "제드" }
exchange = "Nasdaq"
currency = "USD"
timezone = "America/New_York"
calendar = "XNYS"
benchmark = "QQQ"
"""
_RULE = """version = 1
[[rule]]
id = "mine"
name = {{ en = "Mine", ko = "내 것" }}
kind = "percent-move"
subject_kind = "symbol"
subject = "NVDA"
threshold = {}
"""
_SOUND = {
    "watchlist.toml": _LIST.format("NVDA"),
    "watchlists/mine.toml": _LIST.format("NVDA"),
    "instruments.toml": _NAME,
    "exposures.toml": _LINK.format("INTC"),
    "rules.toml": _RULE.format(4),
    "private.toml": "version = 1\n",
    "aliases.toml": "version = 1\n",
}


def look(rig: Rig) -> None:
    """Do what the clock does every 15 seconds."""
    rig.runtime.rules.look(rig.engine)
    rig.runtime.lists.look(rig.engine)


def ended(rig: Rig) -> list[str]:
    return [event.text for event in rig.of(NoticeEnded) if isinstance(event, NoticeEnded)]


@pytest.mark.parametrize("becomes", ["whole", "gone"])
@pytest.mark.parametrize("name", _SOUND)
def test_that_what_a_start_said_of_a_file_ends_when_it_is_whole_or_gone(
    tmp_path: Path, name: str, becomes: str
) -> None:
    (path := tmp_path / name).parent.mkdir(exist_ok=True)
    path.write_text(_BROKEN)
    (notice,) = load_world(user_folders(tmp_path)).notices
    rig = build_rig(tmp_path)
    look(rig)
    assert ended(rig) == []
    if becomes == "whole":
        path.write_text(_SOUND[name], encoding="utf-8")
    else:
        path.unlink()
    look(rig)
    assert ended(rig) == [notice]
    assert load_world(user_folders(tmp_path)).notices == ()
    look(rig)
    assert ended(rig) == [notice], "once"


def test_that_another_fault_takes_the_place_of_the_one_before(tmp_path: Path) -> None:
    (path := tmp_path / "exposures.toml").write_text(_LINK.format("INTC"))
    rig = build_rig(tmp_path)
    said = []
    for text in (_BROKEN, _LINK.format("NOBODY")):
        path.write_text(text)
        look(rig)
        said = [event.text for event in rig.of(NoticeGiven) if isinstance(event, NoticeGiven)]
    assert len(said) == 2
    assert ended(rig) == said[:1]
    path.write_text(_LINK.format("AMD"))
    look(rig)
    assert ended(rig) == said
    assert any(
        link.target == "AMD" and link.source == "openai" for link in rig.engine.parts.ecosystem.exposures
    )


def test_that_a_list_that_names_what_another_file_lacks_is_read_when_that_has_it(tmp_path: Path) -> None:
    (tmp_path / "watchlists").mkdir()
    (tmp_path / "watchlists" / "mine.toml").write_text(_LIST.format("ZZZZ"), encoding="utf-8")
    (notice,) = load_world(user_folders(tmp_path)).notices
    rig = build_rig(tmp_path)
    (tmp_path / "instruments.toml").write_text(_NAME, encoding="utf-8")
    look(rig)
    assert ended(rig) == [notice]
    file = rig.engine.parts.list_file
    assert file is not None
    assert "mine" in {each.id for each in file.lists}


def test_that_a_rule_left_out_at_a_start_is_no_longer_said_to_be_once_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "rules.toml"
    path.write_text(_RULE.format(-1), encoding="utf-8")
    (notice,) = load_world(user_folders(tmp_path)).notices
    rig = build_rig(tmp_path)
    path.write_text(_RULE.format(-2.5), encoding="utf-8")
    look(rig)
    assert ended(rig) == [notice], "it spoke of a text that is no longer there"
    path.write_text(_RULE.format(2.5), encoding="utf-8")
    look(rig)
    told = [event.health for event in rig.of(HealthChanged) if isinstance(event, HealthChanged)]
    rules = [health for health in told if health.source == "rules"]
    assert [health.state for health in rules] == [HealthState.DEGRADED, HealthState.OK]
    assert isinstance(rules[0], Health)


def test_that_a_change_that_was_in_no_file_is_no_longer_said_to_be_once_it_is_written(tmp_path: Path) -> None:
    rig = build_rig(tmp_path)
    file = rig.engine.parts.list_file
    assert file is not None
    shown = rig.engine.parts.watchlist
    (tmp_path / "watchlists").write_text("a file in the folder's place")
    rig.runtime.change_watchlist(replace(shown, id="ours", layers=shown.layers[:1]))
    (refused,) = [event.fault for event in rig.of(ListRefused) if isinstance(event, ListRefused)]
    assert "written once it can be" in refused
    (tmp_path / "watchlists").unlink()
    rig.runtime.change_watchlist(replace(shown, id="ours", layers=shown.layers[:2]))
    assert ended(rig) == [refused]


def test_that_a_rule_that_waits_for_a_layer_is_said_to_until_a_list_has_it(tmp_path: Path) -> None:
    rule = _RULE.format(4).replace('"symbol"', '"layer"').replace('"NVDA"', '"chips"')
    (tmp_path / "rules.toml").write_text(rule, encoding="utf-8")
    (notice,) = load_world(user_folders(tmp_path)).notices
    assert "is in no list" in notice
    rig = build_rig(tmp_path)
    look(rig)
    assert ended(rig) == []
    (tmp_path / "watchlists").mkdir()
    (path := tmp_path / "watchlists" / "mine.toml").write_text(_LIST.format("NVDA"), encoding="utf-8")
    look(rig)
    look(rig)
    assert ended(rig) == [notice]
    path.unlink()
    look(rig)
    look(rig)
    said = [event.text for event in rig.of(NoticeGiven) if isinstance(event, NoticeGiven)]
    assert said == [notice]
    (tmp_path / "rules.toml").unlink()
    look(rig)
    assert ended(rig) == [notice, notice]
