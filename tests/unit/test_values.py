from dataclasses import FrozenInstanceError, replace

import pytest
from tests.unit.factories import move

from stackwatch.domain.values import changed


def test_that_a_value_is_changed_as_by_replace_and_the_old_one_stays() -> None:
    before = move()
    after = changed(before, move_pct=1.5, reason="43 of 60 days")
    assert after == replace(before, move_pct=1.5, reason="43 of 60 days")
    assert before == move()
    with pytest.raises(FrozenInstanceError):
        after.move_pct = 1.0  # type: ignore[misc]
    with pytest.raises(AttributeError):
        changed(before, colour="red")
