"""What alerts share a popup for, as a value and as the text that is stored."""

import pytest

from stackwatch.domain.popup_group import GroupKind, PopupGroup
from stackwatch.domain.rule import Direction


@pytest.mark.parametrize(
    ("text", "group"),
    [
        ("cause:stargate", PopupGroup(GroupKind.CAUSE, "stargate")),
        ("layer:power:up", PopupGroup(GroupKind.LAYER, "power", Direction.UP)),
        ("list:ai-ecosystem:down", PopupGroup(GroupKind.LIST, "ai-ecosystem", Direction.DOWN)),
        ("symbol:NVDA:up", PopupGroup(GroupKind.SYMBOL, "NVDA", Direction.UP)),
        ("symbol:NVDA", PopupGroup(GroupKind.SYMBOL, "NVDA")),
    ],
)
def test_that_a_group_reads_back_from_the_text_it_is_stored_as(text: str, group: PopupGroup) -> None:
    assert PopupGroup.of(text) == group
    assert str(group) == text


@pytest.mark.parametrize("text", ["g299", "", "planet:mars", "symbol:NVDA:sideways"])
def test_that_a_group_that_is_none_stands_for_itself_and_stops_no_program(text: str) -> None:
    group = PopupGroup.of(text)
    assert (group.kind, group.id, group.way) == (GroupKind.SYMBOL, text, None)
