"""A documented day that can be played again."""

from dataclasses import dataclass
from datetime import date, datetime

from stackwatch.domain.watchlist import BilingualName


@dataclass(frozen=True, slots=True, kw_only=True)
class EpisodeMarket:
    """The benchmark: mean and centred sum of squares of its 120 estimation returns (fractions).

    ``moves_pct`` are of the day before, the day, and the day after.
    """

    symbol: str
    mean: float
    sxx: float
    moves_pct: tuple[float, float, float]


@dataclass(frozen=True, slots=True)
class EpisodeShare:
    """A share's documented moves (percent) and market model (fractions)."""

    symbol: str
    move_before_pct: float
    move_pct: float
    alpha: float
    beta: float
    resid_sd: float
    n_estimation: int


@dataclass(frozen=True, slots=True)
class EpisodeClose:
    """A documented closing price."""

    symbol: str
    day: date
    close: float


@dataclass(frozen=True, slots=True, kw_only=True)
class EpisodeHeadline:
    """A documented report, paraphrased."""

    published: datetime
    publisher: str
    title: BilingualName
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Episode:
    """What is known of a day: closes and moves are facts, the rest is made from them."""

    id: str
    title: BilingualName
    day: date
    starts: datetime
    ends: datetime
    market: EpisodeMarket
    shares: tuple[EpisodeShare, ...]
    closes: tuple[EpisodeClose, ...]
    headlines: tuple[EpisodeHeadline, ...]


@dataclass(frozen=True, slots=True)
class EpisodeName:
    """A documented day as it is offered."""

    id: str
    day: date
    title: BilingualName
