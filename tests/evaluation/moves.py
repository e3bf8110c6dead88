"""A hundred sharp moves with a known cause, or none, in a made archive: are they told as they were made?

Prices follow a market factor of fat-tailed returns. Fifty moves get a story the evening before, half of them
about a company or project that only a link ties to the share; thirty get none; twenty are the market's.
Every name has unrelated news all the time, of the same kinds. The stories are read, weighed and
held against decoys by the program's own code; only prices and titles are made.
"""

from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from functools import cached_property
from itertools import groupby, pairwise

import numpy as np
from tests.evaluation.linking import Share, shipped_reader
from tests.support.fakes import WeekdayCalendars

from stackwatch.analysis.moves.market_model import Closes, Floats, JudgedSessions, judge_all
from stackwatch.analysis.stories.press import Press
from stackwatch.analysis.stories.story_book import StoryBook
from stackwatch.analysis.why.attribution import Attribution
from stackwatch.analysis.why.coincidence import DECOYS_FROM, DECOYS_TO
from stackwatch.analysis.why.exposure_graph import ExposureGraph
from stackwatch.analysis.why.move_window import Window
from stackwatch.domain.market import TradingSession
from stackwatch.domain.move import Explanation, Move, Verdict
from stackwatch.domain.news import Headline, Reading
from stackwatch.storage.ecosystem.ecosystem_files import load_ecosystem
from stackwatch.storage.feeds_file import load_feeds
from stackwatch.storage.locations import shipped

BENCHMARK = "QQQ"
NAMES = (
    "NVDA", "AMD", "AVGO", "MU", "ORCL", "MSFT", "GOOGL", "AMZN", "META", "CRWV", "DELL", "SMCI", "VRT",
    "ETN", "GEV", "CEG", "VST", "TLN", "ARM", "MRVL", "ANET", "INTC", "TSM", "NBIS",
)  # fmt: skip
_CAUSED, _BARE, _WITH_MARKET = 50, 30, 20
_QUIET = 400  # days looked at on which nothing was planted
_SESSIONS, _FIRST = 330, 190  # the first sessions fill the windows that moves are judged and weighed by
_SHOCK = (3.5, 6.0)  # of the share's own deviation
_MARKET_FALL = 0.035
_OWN_EVENTS, _OTHER_NEWS = 0.06, 0.6  # a name and session
_QUIET_SAR = 1.0
STRENGTHS = (0.1, 0.2, 0.3, 0.4, 0.5, 0.6)

_PLACES = (
    "Ohio",
    "Texas",
    "Virginia",
    "Arizona",
    "Michigan",
    "Georgia",
    "Nevada",
    "Indiana",
    "Iowa",
    "Oregon",
)
_THINGS = ("racks", "cabinets", "cooling units", "turbines", "switches", "servers", "boards", "transformers")
_WHO = (
    "regulators",
    "a supplier",
    "its lenders",
    "a customer",
    "the county",
    "unions",
    "auditors",
    "the port",
)
_BAD = (
    "{n} scraps {p} data center expansion after dispute with {w}",
    "{n} delays {g} GW campus in {p}, people close to {w} say",
    "{n} warns of {g} billion dollar shortfall in {t} orders",
    "{n} halts work at {p} plant as {w} object",
    "{n} loses {g} billion dollar contract for {t} to {w}",
    "{n} cuts revenue guidance, blames {t} in {p}",
)
_GOOD = (
    "{n} wins {g} GW supply contract in {p}",
    "{n} lands {g} billion dollar order for {t} from {w}",
    "{n} raises revenue guidance on {t} demand in {p}",
    "{n} expands {p} campus by {g} GW with {w}",
    "{n} secures approval for {g} GW plant in {p}",
    "{n} beats profit estimates as {t} orders from {p} grow",
)
_IDLE = (
    "Should you buy {n} stock now?",
    "Why {n} stock moved today",
    "{n} to speak at a conference in {p}",
    "3 things to know about {n} and {t}",
    "{n} names new head of {t}",
    "Where will {n} stock be in {g} years?",
    "{n} hosts visitors from {p}",
    "{n} and the future of {t}: a look at {p}",
)
_PUBLISHERS = (
    "Reuters",
    "Bloomberg",
    "CNBC",
    "The Motley Fool",
    "Zacks",
    "WSJ",
    "Simply Wall St.",
    "Benzinga",
)


class Made(StrEnum):
    """What stands behind a move."""

    STORY = "a story of its own"
    LINK = "a story over a link"
    MARKET = "the market"
    NOTHING = "no story"
    QUIET = "a quiet day"


@dataclass(frozen=True, slots=True)
class Case:
    """A move of the archive: who, the index of its session, what stands behind it and whose story."""

    symbol: str
    session: int
    made: Made
    cause: str | None = None


@dataclass(frozen=True, slots=True)
class Told:
    """A case, its explanation, and how strong its stories and those of the decoy sessions were."""

    case: Case
    explanation: Explanation
    strength: float
    decoys: tuple[float, ...]

    @property
    def right(self) -> bool:
        """Whether the verdict is what the case was made as."""
        wanted = {Made.STORY: Verdict.NEWS, Made.LINK: Verdict.NEWS, Made.MARKET: Verdict.MARKET_WIDE}
        return self.explanation.verdict is wanted.get(self.case.made, Verdict.UNEXPLAINED)


class Archive:
    """The made archive; the same for the same ``seed``."""

    def __init__(self, seed: int = 20250722) -> None:
        self._rng = np.random.default_rng(seed)
        folder = shipped("watchlists")
        self.ecosystem = load_ecosystem(folder)
        self.graph = ExposureGraph(self.ecosystem.exposures)
        self.tiers = load_feeds(folder / "feeds.toml").tiers
        self.weighing = Attribution(self.graph, self.tiers)
        last = datetime(2026, 8, 21, tzinfo=UTC).date()
        found = WeekdayCalendars().sessions("XNYS", last - timedelta(days=2 * _SESSIONS), last)
        self.sessions: tuple[TradingSession, ...] = found[-_SESSIONS:]
        self.cases = self._plan()
        self._shocks = {(case.symbol, case.session): self._direction() for case in self.cases}
        self._closes = self._prices()
        self.headlines = tuple(sorted(self._titles(), key=lambda headline: headline.published))

    @cached_property
    def judged(self) -> dict[str, JudgedSessions]:
        """Every session of every name against the benchmark."""
        return {name: judge_all(self._closes[name], self._closes[BENCHMARK]) for name in NAMES}

    def quiet(self) -> tuple[Case, ...]:
        """Return sessions on which a share did nothing unusual and nothing was planted."""
        taken = set(self._shocks) | {
            (n, c.session) for c in self.cases if c.made is Made.MARKET for n in NAMES
        }
        free = [
            Case(name, session, Made.QUIET)
            for name in NAMES
            for session in range(_FIRST, _SESSIONS)
            if (name, session) not in taken and abs(self.judged[name].sar[session - 1]) < _QUIET_SAR
        ]
        picked = np.random.default_rng(1).permutation(len(free))[:_QUIET]
        return tuple(free[i] for i in picked)

    def move(self, case: Case) -> Move:
        """Return the move of a case, judged."""
        judged, i = self.judged[case.symbol], case.session - 1
        return Move(
            symbol=case.symbol,
            session_date=self.sessions[case.session].day,
            move_pct=float(judged.moves[i]) * 100,
            benchmark=BENCHMARK,
            benchmark_move_pct=float(judged.market[i]) * 100,
            abnormal_pct=float(judged.abnormal[i]) * 100,
            sar=float(judged.sar[i]),
            n_estimation=120,
        )

    def windows(self, session: int) -> tuple[Window, ...]:
        """Return the windows of the sessions 8 to 55 before one."""
        earlier = self.sessions[session - DECOYS_TO - 1 : session - DECOYS_FROM + 1]
        return tuple(_window(before, current) for before, current in pairwise(earlier))

    def tell(self, cases: Sequence[Case]) -> list[Told]:
        """Explain cases as the program does for past days: with the headlines there were at each close."""
        book, waiting = StoryBook(), deque(self._read)
        press: Press | None = None
        told: dict[Case, Told] = {}
        for session, together in groupby(sorted(cases, key=lambda c: c.session), lambda c: c.session):
            while waiting and waiting[0][0].published <= self.sessions[session].close:
                book.add(*waiting.popleft())
            press = Press(book.stories, press)
            told |= {case: self._tell(case, press) for case in together}
        return [told[case] for case in cases]

    @cached_property
    def _read(self) -> tuple[tuple[Headline, Reading], ...]:
        """Every headline with what it says, those about nobody known left out."""
        reader = shipped_reader()
        pairs = ((headline, reader.read(headline.title)) for headline in self.headlines)
        return tuple((headline, reading) for headline, reading in pairs if reading.mentions)

    def _tell(self, case: Case, press: Press) -> Told:
        move = self.move(case)
        window = _window(self.sessions[case.session - 1], self.sessions[case.session])
        decoys = self.weighing.decoys(move, self.windows(case.session), press)
        explanation = self.weighing.explain(move, window, press, {}, decoys=lambda: decoys)
        found = [m for m in self.weighing.agreeing(move, window, press) if not m.price_talk]
        return Told(case, explanation, self.weighing.strength(found, window, press), decoys)

    def _direction(self) -> int:
        return 1 if self._rng.random() < 0.4 else -1

    def _plan(self) -> tuple[Case, ...]:
        kinds = [Made.STORY] * (_CAUSED // 2) + [Made.LINK] * (_CAUSED - _CAUSED // 2)
        kinds += [Made.NOTHING] * _BARE + [Made.MARKET] * _WITH_MARKET
        days = self._rng.permutation(np.arange(_FIRST, _SESSIONS))[: len(kinds)]
        cases = []
        for kind, session in zip(kinds, days.tolist(), strict=True):
            names = [n for n in NAMES if kind is not Made.LINK or self._sources(n, session)]
            symbol = names[int(self._rng.integers(len(names)))]
            sources = self._sources(symbol, session) if kind is Made.LINK else [symbol]
            cause = (
                sources[int(self._rng.integers(len(sources)))] if kind in (Made.STORY, Made.LINK) else None
            )
            cases.append(Case(symbol, session, kind, cause))
        return tuple(cases)

    def _sources(self, symbol: str, session: int) -> list[str]:
        """Return who is tied to a share by one link that good and bad news both cross."""
        day = self.sessions[session].day
        return sorted(
            source
            for source, path in self.graph.paths_to(symbol, day).items()
            if self._is_maker(source) and len(path.links) == 1 and path.tone_at_end(1) == 1
        )

    def _is_maker(self, entity_id: str) -> bool:
        """Whether an entity is a private company or project, not a theme or a rule."""
        entity = self.ecosystem.private.get(entity_id)
        return entity is not None and entity.kind in ("company", "project")

    def _prices(self) -> dict[str, Closes]:
        rng = self._rng
        market = 0.011 * rng.standard_t(5, _SESSIONS) / np.sqrt(5 / 3)
        for case in self.cases:
            if case.made is Made.MARKET:
                market[case.session] = self._shocks[case.symbol, case.session] * _MARKET_FALL
        returns: dict[str, Floats] = {BENCHMARK: market}
        for name in NAMES:
            sd = rng.uniform(0.014, 0.024)
            own = np.clip(sd * rng.standard_t(5, _SESSIONS) / np.sqrt(5 / 3), -4 * sd, 4 * sd)
            for case in self.cases:
                if case.made is Made.MARKET:
                    own[case.session] = 0.2 * own[case.session]
                elif case.symbol == name:
                    own[case.session] = self._shocks[name, case.session] * sd * rng.uniform(*_SHOCK)
            returns[name] = rng.uniform(0.8, 1.7) * market + own
        days = np.array([session.day.toordinal() for session in self.sessions], dtype=np.int64)
        return {
            name: Closes(days, 100.0 * np.cumprod(1.0 + moves, dtype=np.float64))
            for name, moves in returns.items()
        }

    def _titles(self) -> Iterator[Headline]:
        for case in self.cases:
            if case.cause is not None:
                tone = self._shocks[case.symbol, case.session]
                closed = self.sessions[case.session - 1].close
                yield self._headline(case.cause, _GOOD if tone > 0 else _BAD, closed, 14 * 60, tier=True)
        private = sorted({c.cause for c in self.cases if c.made is Made.LINK and c.cause is not None})
        for name in (*NAMES, *private):
            for before, session in pairwise(self.sessions):
                span = int((session.close - before.close).total_seconds() / 60)
                if self._rng.random() < _OWN_EVENTS:
                    yield self._headline(
                        name, _GOOD if self._rng.random() < 0.5 else _BAD, before.close, span
                    )
                if self._rng.random() < _OTHER_NEWS:
                    yield self._headline(name, _IDLE, before.close, span)

    def _headline(
        self, name: str, titles: Sequence[str], since: datetime, minutes: int, *, tier: bool = False
    ) -> Headline:
        rng = self._rng

        def one(words: Sequence[str]) -> str:
            return words[int(rng.integers(len(words)))]

        title = one(titles).format(
            n=_spelling(self.ecosystem.names_of(name).en),
            p=one(_PLACES),
            t=one(_THINGS),
            w=one(_WHO),
            g=int(rng.integers(2, 60)),
        )
        published = since + timedelta(minutes=int(rng.integers(5, minutes)))
        publisher = one(_PUBLISHERS[:3] if tier else _PUBLISHERS)
        key = f"{name}-{published.isoformat()}-{rng.integers(1 << 30)}"
        return Headline(
            id=key,
            title=title,
            publisher=publisher,
            url="",
            published=published,
            received=published,
            source="made",
        )


def verdicts(told: Sequence[Told]) -> dict[Made, Share]:
    """Return how many of each kind were told as they were made."""
    return {
        kind: Share(sum(t.right for t in told if t.case.made is kind), sum(t.case.made is kind for t in told))
        for kind in Made
        if any(t.case.made is kind for t in told)
    }


def causes(told: Sequence[Told]) -> Share:
    """Return how many of the moves with a story were tied to the one it was about."""
    with_story = [t for t in told if t.case.cause is not None]
    return Share(sum(t.explanation.cause == t.case.cause for t in with_story), len(with_story))


def linked(told: Sequence[Told]) -> Share:
    """Return how many moves were tied to a story at all."""
    return Share(sum(t.explanation.cause is not None for t in told), len(told))


def curve(told: Sequence[Told]) -> list[tuple[float, float, float]]:
    """Return strength, the share of moves at least as strong, and that of their decoy sessions."""
    decoys = [d for t in told for d in t.decoys]
    return [
        (s, sum(t.strength >= s for t in told) / len(told), sum(d >= s for d in decoys) / max(len(decoys), 1))
        for s in STRENGTHS
    ]


def _window(before: TradingSession, session: TradingSession) -> Window:
    return Window(
        previous_close=before.close,
        opened=session.open,
        onset=session.open,
        now=session.close,
        onset_known=False,
    )


def _spelling(name: str) -> str:
    """Return a company's name as titles write it."""
    plain = {
        "Eaton": "Eaton Corp",
        "Stargate": "OpenAI's Stargate",
        "Crusoe": "AI cloud Crusoe",
        "Lambda": "Lambda Labs",
    }
    return plain.get(name, name)
