"""A ticker that is listed on another board of its exchange than a list says is found there."""

from datetime import timedelta
from pathlib import Path

import pytest
from tests.support.rig import Rig, build_rig

from stackwatch.domain.fault_events import SymbolsRefused, UnknownSymbols
from stackwatch.domain.list_events import BoardsFound
from stackwatch.domain.lists import list_editing as editing
from stackwatch.domain.venues import other_boards, own_instrument


def with_imported(folder: Path, *symbols: str, name: str = "") -> Rig:
    """Watch symbols that a list of another program brought, which the provider does not know."""
    rig = build_rig(folder, ())
    made = [own_instrument(symbol, name or symbol) for symbol in symbols]
    rig.runtime.change_watchlist(
        editing.move(rig.engine.parts.watchlist, symbols, "memory"), [each for each in made if each]
    )
    for symbol in rig.engine.quoted_symbols:
        if symbol not in symbols:
            rig.market.set(symbol, 100.0)
    return rig


def found(rig: Rig) -> list[tuple[str, str, str]]:
    """Return who was looked for, where it was found, and how it is called."""
    events = [event for event in rig.of(BoardsFound) if isinstance(event, BoardsFound)]
    return [(lost, other.symbol, other.names.en) for event in events for lost, other in event.found]


def test_that_a_share_of_the_second_board_is_found_with_the_same_refresh(tmp_path: Path) -> None:
    rig = with_imported(tmp_path, "247540.KS", name="에코프로비엠")
    rig.market.set("247540.KQ", 100_000.0, currency="KRW")
    rig.refresh()
    assert found(rig) == [("247540.KS", "247540.KQ", "에코프로비엠")]
    assert "247540.KQ" not in rig.engine.market.quotes  # it is not of the list yet
    assert not any("247540.KQ" in str(event) for event in rig.of(SymbolsRefused))


def test_that_a_share_without_a_name_is_called_as_the_provider_calls_it(tmp_path: Path) -> None:
    rig = with_imported(tmp_path, "058470.KS")
    rig.market.set("058470.KQ", 300_000.0, currency="KRW", name="LEENO Industrial Inc.")
    rig.refresh()
    assert found(rig) == [("058470.KS", "058470.KQ", "LEENO Industrial Inc.")]


def test_that_all_of_an_answer_are_told_at_once_and_each_is_looked_for_once(tmp_path: Path) -> None:
    rig = with_imported(tmp_path, "247540.KS", "058470.KS", "999999.KS")
    for symbol in ("247540.KQ", "058470.KQ"):
        rig.market.set(symbol, 1_000.0, currency="KRW")
    asked = len(rig.market.asked)
    rig.refresh()
    assert len(rig.of(BoardsFound)) == 1
    assert len(found(rig)) == 2
    assert len(rig.market.asked) == asked + 2
    assert "999999.KS" in str(rig.of(SymbolsRefused))
    assert ".KQ" not in str(rig.of(SymbolsRefused))  # of whom nobody has heard
    for _ in range(3):
        rig.clock.advance(hours=1)
        rig.refresh()
    assert len(found(rig)) == 2
    assert "999999.KQ" not in rig.market.asked[-1]
    unknown = rig.of(UnknownSymbols)[-1]
    assert isinstance(unknown, UnknownSymbols)
    assert "999999.KS" in dict(unknown.since)
    assert not any(symbol.endswith(".KQ") for symbol, _ in unknown.since)


def test_that_a_share_that_had_a_price_is_looked_for_only_once_it_counts_as_unknown(tmp_path: Path) -> None:
    rig = with_imported(tmp_path, "247540.KQ")
    rig.market.set("247540.KQ", 1_000.0, currency="KRW")
    rig.refresh()
    del rig.market.prices["247540.KQ"]
    rig.market.set("247540.KS", 1_000.0, currency="KRW")
    for hours in range(3):
        assert found(rig) == [], hours
        rig.clock.advance(hours=1)
        rig.market.set("247540.KS", 1_000.0, currency="KRW")
        rig.refresh()
    assert [pair[:2] for pair in found(rig)] == [("247540.KQ", "247540.KS")]


def test_that_a_share_that_ships_is_not_looked_for_because_one_answer_lacks_it(tmp_path: Path) -> None:
    rig = with_imported(tmp_path)
    del rig.market.prices["005930.KS"]
    rig.market.set("005930.KQ", 1_000.0, currency="KRW")
    rig.refresh()
    assert found(rig) == []


def test_that_a_board_where_nobody_trades_any_more_is_not_offered(tmp_path: Path) -> None:
    rig = with_imported(tmp_path, "068270.KQ")
    rig.market.set("068270.KS", 50_000.0, currency="KRW", as_of=rig.clock.now() - timedelta(days=40))
    rig.refresh()
    assert found(rig) == []


@pytest.mark.parametrize(
    ("symbol", "others"),
    [
        ("247540.KS", ("247540.KQ",)),
        ("247540.KQ", ("247540.KS",)),
        ("ASML.PA", ("ASML.AS",)),
        ("NVDA", ()),
        ("2330.TW", ()),
        ("^KS11", ()),
    ],
)
def test_that_boards_that_share_a_code_are_those_of_one_exchange(
    symbol: str, others: tuple[str, ...]
) -> None:
    assert other_boards(symbol) == others
