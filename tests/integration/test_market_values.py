"""What companies are worth, made comparable: the sizes of the heat map."""

from pathlib import Path

import pytest
from tests.support.rig import Rig, build_rig

from stackwatch.domain.events import MarketValuesChanged
from stackwatch.domain.settings import Settings


def _told(rig: Rig) -> list[dict[str, float]]:
    return [
        dict(event.values) for event in rig.of(MarketValuesChanged) if isinstance(event, MarketValuesChanged)
    ]


def _set(rig: Rig, symbol: str, value: float | None, currency: str = "USD") -> None:
    rig.market.set(symbol, 101.0, currency=currency, market_value=value)


def test_that_values_of_other_currencies_come_with_their_rate(tmp_path: Path) -> None:
    rig = build_rig(tmp_path)
    _set(rig, "NVDA", 4e12)
    _set(rig, "005930.KS", 500e12, "KRW")
    rig.refresh()
    assert _told(rig) == [{"NVDA": 4e12}]
    assert "KRWUSD=X" not in rig.market.asked[-1]
    rig.market.set("KRWUSD=X", 0.0007, 0.0007)
    rig.refresh()
    assert "KRWUSD=X" in rig.market.asked[-1]
    assert _told(rig)[-1] == {"NVDA": 4e12, "005930.KS": pytest.approx(350e9)}
    assert "KRWUSD=X" not in rig.engine.market.quotes


def test_that_sizes_are_told_again_only_when_one_is_another(tmp_path: Path) -> None:
    rig = build_rig(tmp_path)
    _set(rig, "NVDA", 4e12)
    _set(rig, "AMD", 2e11)
    rig.refresh()
    _set(rig, "NVDA", 4.3e12)
    _set(rig, "AMD", None)
    rig.refresh()
    assert _told(rig) == [{"NVDA": 4e12, "AMD": 2e11}]
    _set(rig, "NVDA", 4.5e12)
    rig.refresh()
    assert _told(rig)[1:] == [{"NVDA": 4.5e12, "AMD": 2e11}]


def test_that_a_rate_that_says_it_is_worth_something_does_no_harm(tmp_path: Path) -> None:
    rig = build_rig(tmp_path)
    _set(rig, "005930.KS", 500e12, "KRW")
    rig.refresh()
    rig.market.set("KRWUSD=X", 0.0007, 0.0007, market_value=1e9)
    rig.refresh()
    assert _told(rig)[-1]["005930.KS"] == pytest.approx(350e9)


def test_that_no_rate_is_asked_for_where_no_value_needs_one(tmp_path: Path) -> None:
    rig = build_rig(tmp_path)
    rig.market.set("005930.KS", 101.0, currency="KRW")
    rig.refresh()
    rig.refresh()
    assert not any(symbol.endswith("=X") for asked in rig.market.asked for symbol in asked)
    assert _told(rig) == []


def test_that_a_home_currency_and_sizes_share_a_rate(tmp_path: Path) -> None:
    rig = build_rig(tmp_path, (), settings=Settings(home_currency="USD"))
    _set(rig, "005930.KS", 500e12, "KRW")
    rig.refresh()
    rig.refresh()
    assert rig.market.asked[-1].count("KRWUSD=X") == 1
