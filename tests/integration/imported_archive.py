"""An archive of a user's own: some shares' prices, ten weeks of idle news, and a cause for one fall."""

import csv
import json
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import numpy as np
from tests.integration.conftest import Run

DAY = date(2026, 2, 19)
AFTER = date(2026, 2, 20)
SESSIONS = 170
NAMES = ("QQQ", "NVDA", "AMD", "ORCL", "TSM")
CAUSE = "Nvidia cuts revenue guidance after customers delay orders"
DENIAL = "Nvidia denies report that it cuts revenue guidance after customers delay orders"
HEADER = ("published", "publisher", "title", "link")
Row = tuple[str, ...]


def weekdays(last: date, count: int) -> list[date]:
    days = [last - timedelta(days=n) for n in range(2 * count)]
    return sorted(day for day in days if day.weekday() < 5)[-count:]


def prices(path: Path, last: date = AFTER) -> Path:
    """A wide table in which Nvidia falls by nine percent on the day."""
    rng = np.random.default_rng(3)
    days = weekdays(AFTER, SESSIONS)
    market = rng.normal(0.0004, 0.01, SESSIONS)
    returns = {name: 1.2 * market + rng.normal(0.0, 0.015, SESSIONS) for name in NAMES}
    returns["QQQ"] = market
    returns["NVDA"][days.index(DAY)] = -0.09
    closes = {name: 100.0 * np.cumprod(1.0 + values) for name, values in returns.items()}
    rows = [
        (day.isoformat(), *(f"{closes[name][i]:.4f}" for name in NAMES))
        for i, day in enumerate(days)
        if day <= last
    ]
    return write(path, ("Date", *NAMES), rows)


def headlines(path: Path, *more: Row) -> Path:
    """Ten weeks of news of no account, and a cause the evening before."""
    cause = ("2026-02-18T17:30:00-05:00", "Reuters", CAUSE, "https://example.org/cause")
    return write(path, HEADER, [*idle(), cause, *more])


def idle() -> list[Row]:
    start = datetime(2025, 12, 1, 14, 0, tzinfo=UTC)
    return [
        ((start + timedelta(days=n)).isoformat(), "Zacks", f"Nvidia hosts visitors from town {n}", "")
        for n in range(78)
    ]


def write(path: Path, header: Row, rows: Sequence[Row]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([header, *rows])
    return path


def explained(run: Run, symbol: str = "NVDA", on: date = DAY) -> dict[str, object]:
    code, out, err = run("explain", symbol, "--on", on.isoformat(), "--json")
    assert code == 0, err
    found: dict[str, object] = json.loads(out)
    return found
