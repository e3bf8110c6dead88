"""A layer of several markets: a share goes with those of its own, whatever others did before or after."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from tests.support.rig import TUESDAY, Rig, build_rig, history

from stackwatch.domain.move import Verdict
from stackwatch.domain.quote import QuoteState, Session

NEW_YORK = ("MU", "SNDK", "WDC")
SEOUL = ("000660.KS", "005930.KS", "402340.KS")
MONDAY_NIGHT = datetime(2026, 3, 9, 20, 0, tzinfo=UTC)
SEOUL_SHUT = datetime(2026, 3, 10, 6, 30, tzinfo=UTC)


@pytest.fixture
def memory(tmp_path: Path) -> Rig:
    """Return the layer of memory makers half an hour after Seoul shut on a Tuesday."""
    rig = build_rig(tmp_path, now=SEOUL_SHUT + timedelta(minutes=30))
    rig.market.history = {s: history(TUESDAY, seed=30 + n) for n, s in enumerate((*NEW_YORK, *SEOUL))}
    rig.market.history |= {"QQQ": history(TUESDAY, seed=0), "^KS11": history(TUESDAY, seed=0)}
    rig.runtime.bars.fetch_all(rig.engine)
    return rig


def shut(rig: Rig, symbols: Sequence[str], price: float, at: datetime, currency: str) -> None:
    for symbol in symbols:
        rig.market.set(
            symbol, price, as_of=at, currency=currency, session=Session.CLOSED, state=QuoteState.CLOSED
        )


def verdicts(rig: Rig, symbols: Sequence[str]) -> set[Verdict | None]:
    rig.refresh()
    told = (rig.engine.explain(symbol) for symbol in symbols)
    return {None if each is None else each.verdict for each in told}


def test_that_what_other_markets_do_changes_no_verdict_of_a_layer_that_fell_before(memory: Rig) -> None:
    shut(memory, ("QQQ",), 100.0, MONDAY_NIGHT, "USD")
    shut(memory, NEW_YORK, 100.2, MONDAY_NIGHT, "USD")
    shut(memory, ("^KS11",), 100.0, SEOUL_SHUT, "KRW")
    shut(memory, SEOUL, 97.0, SEOUL_SHUT, "KRW")
    assert verdicts(memory, SEOUL) == {Verdict.LAYER_WIDE}
    assert verdicts(memory, NEW_YORK) == {Verdict.UNEXPLAINED}
    memory.clock.time = TUESDAY
    memory.market.set("QQQ", 100.0)
    for price in (97.0, 100.1, 105.0):
        for symbol in NEW_YORK:
            memory.market.set(symbol, price)
        assert verdicts(memory, SEOUL) == {Verdict.LAYER_WIDE}
        still = price == 100.1
        assert verdicts(memory, NEW_YORK) == {Verdict.UNEXPLAINED if still else Verdict.LAYER_WIDE}


def test_that_a_share_that_falls_before_its_layer_does_elsewhere_did_not_go_with_it(memory: Rig) -> None:
    shut(memory, ("^KS11",), 100.0, SEOUL_SHUT, "KRW")
    shut(memory, SEOUL[:1], 97.0, SEOUL_SHUT, "KRW")
    shut(memory, SEOUL[1:], 100.1, SEOUL_SHUT, "KRW")
    memory.clock.time = TUESDAY
    memory.market.set("QQQ", 100.0)
    for symbol in NEW_YORK:
        memory.market.set(symbol, 96.0)
    assert verdicts(memory, NEW_YORK) == {Verdict.LAYER_WIDE}
    assert verdicts(memory, SEOUL[:1]) == {Verdict.UNEXPLAINED}


def test_that_a_share_is_no_reason_of_itself(memory: Rig) -> None:
    shut(memory, ("^KS11",), 100.0, SEOUL_SHUT, "KRW")
    for symbol, price in zip(SEOUL, (97.0, 98.7, 100.1), strict=True):
        shut(memory, (symbol,), price, SEOUL_SHUT, "KRW")
    assert verdicts(memory, SEOUL[:1]) == {Verdict.UNEXPLAINED}
    assert verdicts(memory, SEOUL[1:2]) == {Verdict.LAYER_WIDE}
