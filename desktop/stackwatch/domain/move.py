"""How far something moved, how unusual that is, and what explains it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum

from stackwatch.domain.news import Life, Story, StoryTheme
from stackwatch.domain.quote import Session

SHOWN_HORIZON = 5  # sessions, of the base rate that is told
_MOVED_SAR, _MOVED_PCT = 1.0, 1.0
REPORTED_SCORE = 0.05  # from which a title that gives the reason of a price counts
SHOWN_SCORE = 0.10  # from which a story is held against a move
_LINKED_SCORE = 0.30  # from which one about somebody else is named though it is no reason
OPPOSES = 0.25  # what a story counts that points the other way
_STILL_SAR, _STILL_PCT = 0.5, 0.5  # a move below either asks for no reason; its onset is half a percent
UNUSUAL_SAR = 2.0  # standard errors that make a move unusual
COMPARED = 8  # earlier sessions that do not overlap from which more than their number is told


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """A session's move against the market model (docs/methods.md).

    ``*_pct`` are percent, ``alpha``, ``beta_se`` and ``resid_sd`` are of daily returns as fractions,
    ``sar`` is in standard errors of the prediction for a whole day; ``sar_so_far`` is told while the session
    runs, by the deviation that is usual up to this hour; ``before_pct`` is the move of the session before.
    ``benchmark_move_pct`` is over ``benchmark_sessions``, several where the share did not trade on some.
    Where the model has too little data the model fields are None and ``reason`` says why, for example
    ``43 of 60 days``. One of pre- or post-market (``hours``) is since the last close, and not judged.
    """

    symbol: str
    session_date: date
    move_pct: float
    benchmark: str
    benchmark_date: date | None = None  # of its session, where that is another day's
    before_pct: float | None = None
    benchmark_move_pct: float | None = None
    benchmark_sessions: int = 1
    alpha: float | None = None
    beta: float | None = None
    beta_se: float | None = None
    resid_sd: float | None = None
    abnormal_pct: float | None = None
    sar: float | None = None
    z: float | None = None
    sar_so_far: float | None = None
    n_estimation: int = 0
    reason: str | None = None
    hours: Session = Session.REGULAR

    @property
    def unusual(self) -> bool:
        """Whether the move is beyond its usual range."""
        return is_unusual(self.sar)

    def asks_why(self, edge: float = 0.0) -> bool:
        """Whether the move is large enough to ask for a reason, by ``edge`` of that less; else it is still.

        One that is not judged is. Of a share that hardly moved it is asked where standing still was unusual.
        """
        if self.sar is None:
            return True
        least = 1.0 - edge
        moved = abs(self.move_pct) >= _STILL_PCT * least or self.unusual
        return moved and abs(self.sar) >= _STILL_SAR * least


def is_unusual(sar: float | None) -> bool:
    """Whether a move of so many standard errors is beyond its usual range; one that is not judged is not."""
    return sar is not None and abs(sar) >= UNUSUAL_SAR


def has_moved(move_pct: float, sar: float | None) -> bool:
    """Whether a share counts as moved: by one standard error, or by one percent where it cannot be judged."""
    return abs(sar) >= _MOVED_SAR if sar is not None else abs(move_pct) >= _MOVED_PCT


def stands_still(move_pct: float, sar: float | None) -> bool:
    """Whether a share may be said not to have moved: neither by one percent nor by one standard error."""
    return abs(move_pct) < _MOVED_PCT and (sar is None or abs(sar) < _MOVED_SAR)


@dataclass(frozen=True, slots=True)
class Onset:
    """The beginning of a session's move: the first price that had moved, and the last one that had not.

    Without ``after`` the first look found it moved already.
    """

    symbol: str
    session_date: date
    at: datetime
    after: datetime | None = None


@dataclass(frozen=True, slots=True)
class EarlyMove:
    """What names of a market do before it opens: their average since its last close, and their ways."""

    move_pct: float
    up: int
    down: int
    counted: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Rollup:
    """A layer's or private entity's equal-weight move; its id is the layer's or entity's.

    ``judged`` members have an abnormal move, ``counted`` have a price, of ``total``; the move is that of the
    ``averaged`` ones, of one market. ``stale`` is one that no current price stands behind. ``early`` is of a
    session to come, where most of the averaged ones have a price before it: all else is of the one before.
    """

    id: str
    move_pct: float | None
    abnormal_pct: float | None
    sar: float | None
    up: int
    down: int
    averaged: int
    counted: int
    judged: int
    unusual: int
    total: int
    stale: bool = False
    early: EarlyMove | None = None

    @property
    def shown(self) -> "Rollup":
        """What lists and maps show: before the open what its names do now, nothing of the session before."""
        if self.early is None:
            return self
        return replace(
            self,
            move_pct=self.early.move_pct,
            abnormal_pct=None,
            sar=None,
            up=self.early.up,
            down=self.early.down,
            averaged=self.early.counted,
            counted=self.early.counted,
            judged=0,
            unusual=0,
        )

    @property
    def falls(self) -> bool:
        """Whether most of its names fell; of as many risers it goes the way of the average."""
        return self.down > self.up if self.down != self.up else (self.move_pct or 0.0) < 0


class Verdict(StrEnum):
    """What the program can say about the cause of a move."""

    NEWS = "news"
    MARKET_WIDE = "market-wide"
    LAYER_WIDE = "layer-wide"
    UNEXPLAINED = "unexplained"
    INSUFFICIENT_DATA = "insufficient-data"


class Lead(StrEnum):
    """How well it is known by how much a story came before the onset of a move."""

    MEASURED = "measured"
    AT_LEAST = "at-least"  # the onset was not watched: it may be more
    UNKNOWN = "unknown"  # nor is it known which came first


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryMatch:
    """A story offered for a move: how well it fits, and by which path it reaches the share.

    ``path`` runs from the entity in the story to the symbol; ``relations`` has one entry per hop.
    ``lead_minutes`` is positive when the story came before the move's onset, as far as that is known
    (``lead``). ``opposes`` marks news that points the other way.
    ``coincidence`` is the chance that a match this strong means nothing, None for talk about the price.
    """

    story: Story
    score: float
    path: tuple[str, ...]
    relations: tuple[str, ...]
    lead_minutes: float
    tone: int
    opposes: bool
    price_talk: bool
    coincidence: float | None = None
    lead: Lead = Lead.MEASURED

    @property
    def own_reason(self) -> StoryTheme | None:
        """The kind of its own news that a title about the share puts its price down to, if any."""
        own = self.price_talk and self.path == (self.story.reading.primary,)
        return self.story.reading.reason if own else None

    @property
    def reason_of(self) -> str | None:
        """Whose news a title that names the share puts its price down to, if somebody else's."""
        named = self.price_talk and self.path[-1] in self.story.entities
        other = self.story.reading.reason_of
        return other if named and other != self.path[-1] else None

    @property
    def reported(self) -> bool:
        """Whether a title about the share's price says what for: the news of somebody else, or its own."""
        return self.own_reason is not None or self.reason_of is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkedMove:
    """A name exposed to the same cause, and whether it moved too."""

    id: str
    relation: str
    move_pct: float | None
    sar: float | None
    moved: bool


class RateVerdict(StrEnum):
    """How far a base rate may be relied on."""

    SHOWN = "shown"
    TOO_FEW = "too few to rely on"
    ONLY_COUNTED = "only counted"


@dataclass(frozen=True, slots=True, kw_only=True)
class BaseRate:
    """What followed earlier sessions like this one, ``horizon_days`` sessions later.

    ``n`` counts them, ``n_effective`` those that do not overlap; returns are in percent and None where there
    are too few to say; ``usual_median`` is that of any session of the same share; ``share_up`` is a fraction;
    ``placebo_p`` is that of cases shifted round the calendar, ``placebo_q`` adjusted for how many are shown.
    """

    n: int
    n_effective: int
    horizon_days: int
    verdict: RateVerdict
    median: float | None = None
    ci_low: float | None = None
    ci_high: float | None = None
    usual_median: float | None = None
    share_up: float | None = None
    placebo_p: float | None = None
    placebo_q: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ExplanationRecord:
    """What was said at a time (aware UTC) about a session's move: the verdict, its cause and its best story.

    ``became`` is what had become of that story by then: a value of Life; ``press`` says that the move was not
    tied to it, and that the press put it down to it.
    """

    symbol: str
    session_date: date
    at: datetime
    move_pct: float
    verdict: Verdict
    cause: str | None = None
    story_id: str | None = None
    title: str = ""
    publisher: str = ""
    became: Life = Life.REPORTED
    press: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class OutOfHours:
    """What is paid in pre- or post-market: the move since the close, and the story told as its reason."""

    hours: Session
    move_pct: float
    match: StoryMatch | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """Why a share moved, as far as it is known.

    ``cause`` is the id of the entity the best story is about; ``headlines_read`` counts what
    was looked at, so that "unexplained" says how hard the search was. ``coincidence`` is the chance that
    the stories match no more than by coincidence, where the move is tied to them. ``said`` is what was said
    about the same session before and now, oldest first. ``late`` is the share's own report that came too late
    to be weighed, where there is no reason. ``out_of_hours`` is what pre- or post-market does now.
    """

    move: Move
    verdict: Verdict
    matches: tuple[StoryMatch, ...]
    linked: tuple[LinkedMove, ...]
    cause: str | None
    headlines_read: int
    base_rates: tuple[BaseRate, ...] = ()
    coincidence: float | None = None
    said: tuple[ExplanationRecord, ...] = ()
    late: StoryMatch | None = None
    out_of_hours: OutOfHours | None = None

    @property
    def base_rate(self) -> BaseRate | None:
        """What followed five sessions later, None where nothing is said."""
        return next((rate for rate in self.base_rates if rate.horizon_days == SHOWN_HORIZON), None)

    @property
    def best(self) -> StoryMatch | None:
        """The best match that points the way the share moved, if any; talk about the price is no reason."""
        return next((m for m in self.matches if not m.opposes and not m.price_talk), None)

    @property
    def against(self) -> tuple[StoryMatch, ...]:
        """What points the other way and is close or names whom the reason is about, best first."""
        about = None if self.told is None else self.told.path[0]
        found = (m for m in self.matches if m.opposes)
        return tuple(m for m in found if about in m.story.entities or _is_close(m))

    @property
    def opposing(self) -> StoryMatch | None:
        """The best match that points the other way, if one is worth naming."""
        return next(iter(self.against), None)

    @property
    def beside(self) -> tuple[StoryMatch, ...]:
        """What is worth naming beside the story that is told, best first."""
        told, against = self.told, self.against
        return tuple(
            m for m in self.matches if m is not told and (m in against if m.opposes else _is_close(m))
        )

    @property
    def told(self) -> StoryMatch | None:
        """The story the move is tied to, else one the press gives as its reason; None without either."""
        return self.best if self.cause is not None else given_reason(self.matches)

    @property
    def reason(self) -> StoryMatch | None:
        """The story that is told, with how likely it is coincidence together with what speaks beside it."""
        told = self.told
        if told is None or self.coincidence is None:
            return told
        return replace(told, coincidence=self.coincidence)

    @property
    def shown(self) -> StoryMatch | None:
        """The story that is told, else the best of those that are not tied and close, else a late one."""
        found = (m for m in self.matches if not m.opposes and not m.price_talk)
        return self.told or next((m for m in found if _is_close(m)), self.late)


def _is_close(match: StoryMatch) -> bool:
    """Whether a story that is no reason is worth naming: that of somebody else seldom is.

    One that was denied is: a move may have been tied to it.
    """
    if any(turn.kind is Life.DENIED for turn in match.story.turns):
        return True
    least = SHOWN_SCORE if len(match.path) == 1 else _LINKED_SCORE
    return match.score >= (least * OPPOSES if match.opposes else least)


def given_reason(matches: Sequence[StoryMatch]) -> StoryMatch | None:
    """Return the title about a price that gives its reason, if one counts; who names somebody first."""
    found = (m for m in matches if m.reported and not m.opposes and m.score >= REPORTED_SCORE)
    return min(found, key=lambda match: match.own_reason is not None, default=None)
