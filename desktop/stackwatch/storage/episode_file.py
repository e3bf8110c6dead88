"""Load documented days from TOML."""

import math
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Annotated

from msgspec import Meta, Struct
from msgspec.structs import asdict

from stackwatch.domain.episode import Episode, EpisodeClose, EpisodeHeadline, EpisodeMarket, EpisodeShare
from stackwatch.domain.errors import BadInputError
from stackwatch.domain.watchlist import BilingualName, Language
from stackwatch.domain.words.format import date_text
from stackwatch.storage.toml.toml_fields import NamesRow, Slug, Symbol, Text, refuse_duplicates
from stackwatch.storage.toml.toml_files import place, read_toml

_Url = Annotated[str, Meta(pattern=r"^https?://", max_length=500)]


class _Market(Struct, forbid_unknown_fields=True, frozen=True):
    symbol: Symbol
    mean: float
    sxx: Annotated[float, Meta(gt=0)]
    moves_pct: tuple[float, float, float]


class _Headline(Struct, forbid_unknown_fields=True, frozen=True):
    published: datetime
    publisher: Text
    title: NamesRow
    url: _Url
    time_known: bool


class _Shares(Struct, forbid_unknown_fields=True, frozen=True):
    rows: tuple[tuple[Symbol, float, float, float, float, float, int], ...]


class _Closes(Struct, forbid_unknown_fields=True, frozen=True):
    rows: tuple[tuple[Symbol, date, float], ...] = ()


class EpisodeFile(Struct, forbid_unknown_fields=True, frozen=True):
    """What ``episode.toml`` holds."""

    version: int
    id: Slug
    title: NamesRow
    day: date
    starts: datetime
    ends: datetime
    market: _Market
    headline: tuple[_Headline, ...]
    shares: _Shares
    closes: _Closes


def list_episodes(folder: Path) -> tuple[str, ...]:
    """Return the ids of the episodes in ``folder``, oldest day first."""
    return tuple(sorted(path.stem for path in folder.glob("*.toml")))


def known_episodes(folder: Path) -> tuple[tuple[str, BilingualName], ...]:
    """Return the ids of the episodes with their day and what it is about, newest first; none is loaded."""
    made = []
    for key in reversed(list_episodes(folder)):
        day, about = date.fromisoformat(key[:10]), key[11:].replace("-", " ")
        texts = (f"{date_text(day, language)}, {about}" for language in Language)
        made.append((key, BilingualName(*texts)))
    return tuple(made)


def find_episode(folder: Path, name: str) -> Path:
    """Return the file of the episode whose id, day or name is ``name``; raises BadInputError."""
    ids = list_episodes(folder)
    matches = [episode_id for episode_id in ids if episode_id == name] or [
        episode_id for episode_id in ids if episode_id.startswith(name) or episode_id.endswith(f"-{name}")
    ]
    if len(matches) != 1:
        raise BadInputError(f"episode {name!r} is not known; expected one of {', '.join(ids)}")
    return folder / f"{matches[0]}.toml"


def _check_times(file: EpisodeFile, path: Path) -> None:
    """Refuse moments that are no moments, and a day that ends before it starts."""
    moments = [("starts", 0, file.starts), ("ends", 0, file.ends)]
    moments += [("headline", index, row.published) for index, row in enumerate(file.headline)]
    for table, index, moment in moments:
        if moment.tzinfo is None:
            raise BadInputError(
                f"{place(path, table, index)}: {moment.isoformat()} has no time zone;"
                " expected UTC, such as 2025-07-22T13:25:00Z"
            )
    if file.starts >= file.ends:
        raise BadInputError(f"{place(path, 'starts', 0)}: starts must be before ends")


def _check_rows(file: EpisodeFile, path: Path) -> None:
    """Refuse figures that no price path can be made from."""
    if not all(map(math.isfinite, (file.market.mean, file.market.sxx, *file.market.moves_pct))):
        raise BadInputError(f"{place(path, 'market', 0)}: market: expected finite figures")
    refuse_duplicates(path, "share", (row[0] for row in file.shares.rows))
    refuse_duplicates(path, "close", (f"{row[0]} {row[1]}" for row in file.closes.rows))
    for symbol, *figures, n in file.shares.rows:
        if not all(map(math.isfinite, figures)) or figures[-1] <= 0 or n < 3:  # noqa: PLR2004 - OLS needs three
            raise BadInputError(
                f"{place(path, 'shares', 0)}: shares: {symbol}: expected finite figures,"
                " a positive deviation and n >= 3"
            )
    for symbol, day, close in file.closes.rows:
        if not (math.isfinite(close) and close > 0):
            raise BadInputError(f"{place(path, 'closes', 0)}: closes: {symbol} {day}: expected a price > 0")


def load_episode(path: Path) -> Episode:
    """Load a documented day; raises BadInputError naming file, place and what was expected."""
    file = read_toml(path, EpisodeFile)
    _check_times(file, path)
    _check_rows(file, path)
    return Episode(
        id=file.id,
        title=file.title.value(),
        day=file.day,
        starts=file.starts.astimezone(UTC),
        ends=file.ends.astimezone(UTC),
        market=EpisodeMarket(**asdict(file.market)),
        shares=tuple(EpisodeShare(*row) for row in file.shares.rows),
        closes=tuple(EpisodeClose(*row) for row in file.closes.rows),
        headlines=tuple(
            EpisodeHeadline(
                published=row.published.astimezone(UTC),
                publisher=row.publisher,
                title=row.title.value(),
                url=row.url,
            )
            for row in sorted(file.headline, key=lambda row: row.published)
        ),
    )
