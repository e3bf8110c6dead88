"""Short ways to make values for tests."""

from datetime import UTC, date, datetime, timedelta

import numpy as np
from numpy.typing import NDArray

from stackwatch.domain.move import Move
from stackwatch.domain.news import Headline, Mention, Reading, Story, StoryTheme
from stackwatch.domain.quote import DailyBar
from stackwatch.domain.watchlist import Basis, Exposure, Relation

DAY = date(2025, 7, 22)
PREVIOUS_CLOSE = datetime(2025, 7, 21, 20, 0, tzinfo=UTC)
OPEN = datetime(2025, 7, 22, 13, 30, tzinfo=UTC)
NOON = datetime(2025, 7, 22, 16, 0, tzinfo=UTC)


def bars(returns: NDArray[np.float64], last: date, first_close: float = 100.0) -> tuple[DailyBar, ...]:
    """Bars on consecutive days that end on ``last``."""
    closes = first_close * np.concatenate([[1.0], np.cumprod(1.0 + returns)])
    start = last - timedelta(days=closes.size - 1)
    return tuple(
        DailyBar(start + timedelta(days=i), float(c), float(c), float(c), float(c), 0)
        for i, c in enumerate(closes)
    )


def headline(title: str, published: datetime = OPEN, publisher: str = "WSJ", key: str = "") -> Headline:
    return Headline(
        id=key or f"{publisher}|{title}|{published.isoformat()}",
        title=title,
        publisher=publisher,
        url="https://example.org/a",
        published=published,
        received=published,
        source="test",
    )


def reading(
    *entities: str,
    tone: int = 0,
    theme: StoryTheme = StoryTheme.OTHER,
    event: bool = True,
    at: int = 0,
    reason: StoryTheme | None = None,
    reason_of: str | None = None,
) -> Reading:
    mentions = tuple(Mention(entity, entity, at, at + len(entity)) for entity in entities)
    return Reading(
        mentions=mentions,
        primary=entities[0] if entities else None,
        tone=tone,
        theme=theme,
        event=event,
        reason=reason,
        reason_of=reason_of,
    )


def story(title: str, said: Reading, published: datetime = OPEN, *publishers: str) -> Story:
    names = publishers or ("WSJ",)
    lead = headline(title, published, names[0])
    return Story(
        id=lead.id, lead=lead, reading=said, copies=len(names), publishers=names, last_published=published
    )


def move(symbol: str = "NVDA", pct: float = -2.5, sar: float | None = -2.2, expected: float = 0.0) -> Move:
    return Move(
        symbol=symbol,
        session_date=DAY,
        move_pct=pct,
        benchmark="QQQ",
        benchmark_move_pct=expected or 0.1,
        abnormal_pct=None if sar is None else pct - expected,
        sar=sar,
        n_estimation=120,
    )


def link(
    source: str,
    target: str,
    relation: Relation = Relation.SUPPLIER,
    since: date = date(2025, 1, 1),
    *,
    basis: Basis = Basis.STORED,
    read_across: bool = False,
    until: date | None = None,
) -> Exposure:
    return Exposure(
        source=source,
        target=target,
        relation=relation,
        why="it says so",
        since=since,
        dated=since.isoformat(),
        publisher="FT",
        basis=basis,
        read_across=read_across,
        until=until,
    )
