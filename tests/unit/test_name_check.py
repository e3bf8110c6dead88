"""Whose answer it is."""

from pathlib import Path

import pytest
from tests.support.rig import build_rig

from stackwatch.engine.prices.name_check import NameCheck


@pytest.mark.parametrize(
    ("symbol", "name", "refused"),
    [
        ("NVDA", "NVIDIA Corporation", False),
        ("NVDA", "Advanced Micro Devices, Inc.", True),
        ("ORCL", "Microsoft Corporation", True),
        ("NVDA", "Renamed Since Then Inc.", False),
        ("NVDA", None, False),
        ("TSM", "Taiwan Semiconductor Manufacturing Company Limited", False),
        ("^GSPC", "S&P 500", False),
    ],
)
def test_that_only_another_shares_name_is_refused(
    tmp_path: Path,
    symbol: str,
    name: str | None,
    refused: bool,  # noqa: FBT001 - a parameter
) -> None:
    rig = build_rig(tmp_path, ())
    check = NameCheck(rig.engine.parts.ecosystem.instruments)
    quote = rig.market.set(symbol, 100.0, name=name)
    assert (check.refusal(quote) is not None) is refused
    assert (check.refusal(quote) is not None) is refused


def test_that_no_shipped_name_is_taken_for_another(tmp_path: Path) -> None:
    rig = build_rig(tmp_path, ())
    instruments = rig.engine.parts.ecosystem.instruments
    check = NameCheck(instruments)
    for symbol, instrument in instruments.items():
        assert check.refusal(rig.market.set(symbol, 1.0, name=f"{instrument.names.en}, Inc.")) is None
