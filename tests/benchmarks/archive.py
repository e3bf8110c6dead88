"""An archive to look things up in: 150 names x 2 years, 15,000 headlines in the last months."""

import random
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np

from stackwatch.app import load_world
from stackwatch.domain.news import Headline
from stackwatch.domain.quote import DailyBar
from stackwatch.engine.news.kept_readings import read_unread
from stackwatch.engine.ports import History
from stackwatch.readers import build_reader
from stackwatch.storage.locations import user_folders
from stackwatch.storage.sqlite.store import SqliteStore

LAST = datetime(2026, 3, 10, 21, tzinfo=UTC)
_NAMES, _DAYS, _HEADLINES = 150, 504, 15_000


def fill(data: Path) -> None:
    """Put the archive into a data folder, its titles read, as an import leaves it."""
    folders = user_folders(data)
    world = load_world(folders)
    known = list(world.ecosystem.instruments)
    symbols = list(dict.fromkeys(["NVDA", "QQQ", *known, *(f"X{n}" for n in range(_NAMES))]))[:_NAMES]
    store = SqliteStore(folders.store, LAST)
    days = [LAST.date() - timedelta(days=n) for n in range(int(_DAYS * 1.45))]
    days = sorted(day for day in days if day.weekday() < 5)[-_DAYS:]
    for number, symbol in enumerate(symbols):
        closes = 100.0 * np.exp(np.cumsum(np.random.default_rng(number).normal(0.0, 0.02, len(days))))
        bars = tuple(
            DailyBar(d, float(c), float(c), float(c), float(c), 1) for d, c in zip(days, closes, strict=True)
        )
        store.bars.keep_history(symbol, History(bars), days[0])
    draw, names = random.Random(4), [i.names.en for i in world.ecosystem.instruments.values()]  # noqa: S311
    forms = (
        "{a} signs deal {n}",
        "Funds name {n} favourites",
        "Shops open in town {n}",
        "{a} and {b} delay {n}",
    )
    made = [
        Headline(
            id=f"h{n}",
            title=draw.choice(forms).format(a=draw.choice(names), b=draw.choice(names), n=n),
            publisher=f"P{n % 30}",
            published=LAST - timedelta(minutes=8 * n),
            url=f"https://example.com/{n}",
            received=LAST - timedelta(minutes=8 * n),
            source="bench",
        )
        for n in range(_HEADLINES)
    ]
    for at in range(0, _HEADLINES, 1_000):
        store.news.save_headlines(made[at : at + 1_000])
    for _ in read_unread(
        store.news, build_reader(world.ecosystem), LAST - timedelta(days=999), LAST + timedelta(days=1), 1_000
    ):
        pass
    store.close()
