"""The field by which a name to compare with is typed finds what Find finds."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from stackwatch.app import load_world
from stackwatch.domain.watchlist import Ecosystem
from stackwatch.storage.locations import user_folders
from stackwatch.ui.chart.peer_field import PeerField


@pytest.fixture(scope="module")
def known() -> Ecosystem:
    return load_world(user_folders(Path("nowhere"))).ecosystem


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("nvidia", "NVDA"),
        ("엔비디아", "NVDA"),
        ("ㅇㅂㄷㅇ", "NVDA"),
        ("google", "GOOGL"),
        ("구글", "GOOGL"),
        ("하이닉스", "000660.KS"),
        ("facebook", "META"),
        ("nvidai", "NVDA"),  # misspelt
        ("arm", "ARM"),
    ],
)
def test_that_a_name_to_compare_with_is_found_as_find_finds_it(
    qtbot: QtBot, known: Ecosystem, typed: str, first: str
) -> None:
    host = QWidget()
    qtbot.addWidget(host)
    field = PeerField(known.instruments, known, host)
    field.insert(typed)
    assert field.given[0] == first
    field.window().close()


def test_that_every_name_is_offered_while_nothing_is_typed_and_none_for_what_nobody_is_called(
    qtbot: QtBot, known: Ecosystem
) -> None:
    host = QWidget()
    qtbot.addWidget(host)
    field = PeerField(("NVDA", "MU"), known, host)
    assert field.given == ("NVDA", "MU")
    field.insert("zzzzzz")
    assert not any(field.given)
    field.window().close()
