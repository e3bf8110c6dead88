"""A kill at any moment loses no alert and shows none twice."""

import random
import sys
from pathlib import Path

import pytest

if sys.platform == "win32":
    pytest.skip("lives are forked", allow_module_level=True)

from tests.evaluation.kills import run


def test_that_kills_lose_no_alert_and_show_none_twice(tmp_path: Path) -> None:
    tally = run(25, random.Random(4).randrange(1000), tmp_path)  # noqa: S311 - any seed will do
    assert tally.kills >= 25
    assert (tally.damaged, tally.lost, tally.repeated, tally.shown_twice) == ([], [], [], [])
    assert tally.alerts > 50
