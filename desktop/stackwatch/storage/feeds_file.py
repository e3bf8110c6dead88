"""Load the feeds that ship, and the standing of publishers."""

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

from msgspec import Meta, Struct

from stackwatch.domain.errors import BadInputError
from stackwatch.domain.settings import FeedChoice
from stackwatch.storage.settings_file import FeedRow
from stackwatch.storage.toml.toml_fields import Text, refuse_duplicates
from stackwatch.storage.toml.toml_files import place, read_toml


class _ShippedRow(FeedRow, forbid_unknown_fields=True, frozen=True):
    tier: Annotated[int, Meta(ge=1, le=3)] = 3


class FeedsFile(Struct, forbid_unknown_fields=True, frozen=True):
    """What ``feeds.toml`` holds."""

    version: int
    feed: tuple[_ShippedRow, ...] = ()
    publishers: dict[str, tuple[Text, ...]] = {}


@dataclass(frozen=True, slots=True)
class Feeds:
    """The general feeds that ship and the tier (1 best, 3 unknown) of every publisher named."""

    shipped: tuple[FeedChoice, ...]
    tiers: dict[str, int]


def load_feeds(path: Path) -> Feeds:
    """Load feeds and publisher tiers; raises BadInputError for a tier that is not tier1, tier2 or tier3."""
    file = read_toml(path, FeedsFile)
    refuse_duplicates(path, "feed", (row.id for row in file.feed), "feed")
    tiers = {row.publisher: row.tier for row in file.feed}
    for name, publishers in file.publishers.items():
        if name not in ("tier1", "tier2", "tier3"):
            raise BadInputError(f"{place(path, name, 0)}: publishers.{name}; expected tier1, tier2 or tier3")
        tiers |= dict.fromkeys(publishers, int(name[-1]))
    return Feeds(tuple(row.value() for row in file.feed), tiers)
