"""The popups of the documented days: which, when, with which words; a change must be read and meant.

``python -m tests.evaluation.popups --write`` writes the files anew.
"""

from pathlib import Path

import pytest
from tests.evaluation.popups import GOLDEN, as_text, contradictions, days, popups_of


@pytest.mark.parametrize("name", days())
def test_that_a_documented_day_pops_up_what_it_did_and_nothing_contradicts_itself(
    tmp_path: Path, name: str
) -> None:
    popups = popups_of(name, tmp_path)
    assert contradictions(popups) == []
    assert popups, "no documented day is missed"
    assert as_text(popups) == (GOLDEN / f"{name}.txt").read_text(encoding="utf-8")
