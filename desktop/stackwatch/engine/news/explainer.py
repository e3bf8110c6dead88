"""Why something moved: gathers what is known by now and hands it to the attribution."""

import math
from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from functools import partial
from typing import NamedTuple

from stackwatch.analysis.moves.base_rates import NOTABLE, base_rates
from stackwatch.analysis.moves.market_model import Closes, known_market
from stackwatch.analysis.why.attribution import Attribution, headlines_read
from stackwatch.analysis.why.move_window import LONGEST_HALT, SessionWindows, Window
from stackwatch.domain.move import (
    UNUSUAL_SAR,
    BaseRate,
    Explanation,
    ExplanationRecord,
    Move,
    Rollup,
    StoryMatch,
    Verdict,
    is_unusual,
)
from stackwatch.domain.news import Story
from stackwatch.domain.quote import Session
from stackwatch.domain.values import changed
from stackwatch.domain.watchlist import Ecosystem
from stackwatch.engine.news.newsroom import Newsroom
from stackwatch.engine.news.onsets import Onsets
from stackwatch.engine.ports import Calendars, Clock
from stackwatch.engine.prices.market_clock import known_sessions
from stackwatch.engine.prices.market_data import MarketData

NO_HOURS = "the hours of its exchange are not known"
_LOOKBACK = timedelta(days=10)
_SURE = timedelta(minutes=5)  # between two prices: as close as the start of a move is told
_DECOY_SPAN = timedelta(days=100)  # longer than 55 sessions


class _Hours(NamedTuple):
    """The close before a move, the open and close of its session, and how many sessions it is over."""

    previous_close: datetime
    opened: datetime
    closed: datetime | None
    sessions: int


class Explainer:
    """Explains moves with the stories, exposures and prices known at the clock's time."""

    def __init__(  # noqa: PLR0913 - one keyword per collaborator
        self,
        *,
        ecosystem: Ecosystem,
        market: MarketData,
        newsroom: Newsroom,
        attribution: Attribution,
        calendars: Calendars,
        clock: Clock,
        onsets: Onsets,
        history: Callable[[str], Closes],
        judged: Callable[[str, date], ExplanationRecord | None],
    ) -> None:
        """Explain with these parts.

        ``history`` gives the longest daily history there is of a symbol, ``judged`` what was said of a move.
        """
        self._ecosystem = ecosystem
        self._market = market
        self._newsroom = newsroom
        self._attribution = attribution
        self._calendars = calendars
        self._clock = clock
        self._onsets = onsets
        self._history = history
        self._judged = judged
        self._explained: dict[tuple[str, Session], tuple[object, datetime, Explanation]] = {}
        self._wide: Mapping[str, Rollup] = {}
        self._decoys_known: dict[tuple[str, date, bool, int], tuple[float, ...]] = {}
        self._earlier: dict[tuple[str, date, int], Sequence[Window]] = {}
        self._rates: dict[tuple[str, str, date, int], tuple[BaseRate, ...]] = {}
        self._known_hours: dict[tuple[str, date, date], _Hours] = {}
        self._without_hours: set[tuple[str, date]] = set()

    def note_layers(self, wide: Mapping[str, Rollup]) -> None:
        """Remember by share what its layer did in its market, where that moves as one."""
        self._wide = wide

    def explain(self, symbol: str) -> Explanation | None:
        """Return the explanation of a symbol's newest move, None without one."""
        move = self._market.moves.get(symbol)
        return None if move is None else self.explain_move(move)

    def explain_now(self, symbol: str) -> Explanation | None:
        """Return the same with every headline read by now: those that say nothing of it come later, too."""
        explanation = self.explain(symbol)
        if explanation is None or explanation.move.reason == NO_HOURS:
            return explanation
        read = headlines_read(self.window(explanation.move), self._newsroom.press)
        return (
            explanation if read == explanation.headlines_read else changed(explanation, headlines_read=read)
        )

    def with_base_rates(self, explanation: Explanation) -> Explanation:
        """Add what followed earlier sessions like this one, from the long history of the share."""
        move = explanation.move
        key = (move.symbol, move.benchmark, move.session_date, _band(move.sar))
        if key not in self._rates:
            share, market = self._history(move.symbol), self._history(move.benchmark)
            market = known_market(self._ecosystem.instruments, move.symbol, share, market)
            self._rates = {key: base_rates(share, market, move.session_date, move.sar)}
        return changed(explanation, base_rates=self._rates[key])

    def forget_base_rates(self, symbols: Collection[str]) -> None:
        """Count earlier sessions anew where the history of a share or of its benchmark changed."""
        self._rates = {key: rates for key, rates in self._rates.items() if not {*key[:2]} & {*symbols}}

    def tied_story(self, move: Move) -> StoryMatch | None:
        """Return the story a move is tied to, else one the press gives as its reason; None without either."""
        return self.explain_move(move).reason

    def explain_move(self, move: Move) -> Explanation:
        """Explain a move; what was said stands until it, its window or a story that reaches it changes."""
        window = self.window(move)
        if (self._ecosystem.instruments[move.symbol].calendar, move.session_date) in self._without_hours:
            return _not_judged(move)
        wide = self._goes_with_layer(move)
        news = self._newsroom.version(self._attribution.reaching(move.symbol, move.session_date))
        quote = self._market.quotes.get(move.symbol)
        runs = quote is not None and quote.session is Session.REGULAR  # what was told last stands meanwhile
        basis = (move, window.start, wide, news, runs)
        key = (move.symbol, move.hours)
        known = self._explained.get(key)
        if known is None or known[0] != basis or known[1] > window.now or known[2].cause is not None:
            explanation = self._attribution.explain(
                move,
                window,
                self._newsroom.press,
                self._market.moves,
                decoys=partial(self._decoys, move),
                layer_wide=wide,
                before=self._before(move, None if known is None else known[2]) if runs else None,
            )
            known = self._explained[key] = (basis, window.now, explanation)
        return known[2]

    def _before(self, move: Move, last: Explanation | None) -> Explanation | ExplanationRecord | None:
        """Return what was told last of a move: in this run, else in one before."""
        same = last is not None and last.move.session_date == move.session_date
        if last is not None and same and last.verdict is not Verdict.INSUFFICIENT_DATA:
            return last
        return self._judged(move.symbol, move.session_date)

    def _goes_with_layer(self, move: Move) -> bool:
        """Whether a share's layer moves as one, and the share as the others of it and not unusually further.

        That way with and without the market: a share that fell did not move as a layer that rose. Of three
        names one alone makes a third of their mean: what it did itself is no reason of it.
        """
        layer = self._wide.get(move.symbol)
        if layer is None or not layer.abnormal_pct or not move.abnormal_pct or move.sar is None:
            return False
        if (layer.move_pct or 0.0) * move.move_pct <= 0:
            return False
        others = (layer.abnormal_pct * layer.judged - move.abnormal_pct) / (layer.judged - 1)
        of_layer = others / move.abnormal_pct
        return of_layer > 0 and abs(move.sar) * (1.0 - of_layer) < UNUSUAL_SAR

    def _decoys(self, move: Move) -> tuple[float, ...]:
        """Return how well the news of earlier sessions would have matched; once a session and direction."""
        over = self._hours(move).sessions
        key = (move.symbol, move.session_date, move.move_pct > 0, over)
        if key not in self._decoys_known:
            calendar = self._ecosystem.instruments[move.symbol].calendar
            windows = self._earlier_windows(calendar, move.session_date, over)
            self._decoys_known[key] = self._attribution.decoys(move, windows, self._newsroom.press)
        return self._decoys_known[key]

    def _earlier_windows(self, calendar: str, day: date, over: int) -> Sequence[Window]:
        """Return the windows of the sessions 8 to 55 before a day, each over so many sessions."""
        key = (calendar, day, over)
        if key not in self._earlier:
            sessions = known_sessions(self._calendars, calendar, day - _DECOY_SPAN, day)
            self._earlier = {kept: value for kept, value in self._earlier.items() if kept[1] == day}
            self._earlier[key] = SessionWindows(sessions).decoys(day, over)
        return self._earlier[key]

    def entity_stories(self, entity_id: str, move: Move) -> tuple[Story, ...]:
        """Return the events reported mainly about an entity in the window of a move, newest first."""
        window = self.window(move)
        stories = self._newsroom.about((entity_id,), window.earliest)
        known = [
            story
            for story in stories
            if story.reading.event
            and story.reading.primary == entity_id
            and story.lead.published <= window.now
        ]
        return tuple(sorted(known, key=lambda story: story.lead.published, reverse=True))

    def window(self, move: Move) -> Window:
        """Return when a move happened, as far as it was watched."""
        now = self._clock.now()
        day, hours = move.session_date, self._hours(move)
        previous_close, opened = hours.previous_close, hours.opened
        if move.hours is not Session.REGULAR:  # since the close, nobody watched from when on
            return Window(
                previous_close=previous_close,
                opened=opened,
                onset=opened,
                now=now,
                onset_known=False,
                began_between=(previous_close, opened),
            )
        onset = self._onsets.of(move.symbol, day)
        if onset is None:
            watched = self._onsets.watched(move.symbol, day)
            return Window(
                previous_close=previous_close,
                opened=opened,
                onset=opened,
                now=now,
                closed=hours.closed,
                onset_known=watched,
                began_between=None if watched else (opened, now),
            )
        after = max(opened, onset.after or opened)
        return Window(
            previous_close=previous_close,
            # Where the first look found it moved, any story until then may be its cause.
            opened=max(opened, onset.at) if onset.after is None else opened,
            onset=onset.at,
            now=now,
            closed=hours.closed,
            began_between=(after, onset.at) if onset.at - after > _SURE else None,
        )

    def _hours(self, move: Move) -> _Hours:
        """Return when a move's session opened, and when the one closed that it is measured from.

        A share that was halted for days moves by what was told since it last traded, a month at most.
        """
        calendar, day = self._ecosystem.instruments[move.symbol].calendar, move.session_date
        regular = move.hours is Session.REGULAR
        traded = (self._market.close_before(move.symbol, day) if regular else None) or day
        since = max(min(traded, day - timedelta(days=1)), day - LONGEST_HALT)
        key = (calendar, day, since)
        if key not in self._known_hours:
            sessions = known_sessions(self._calendars, calendar, since - _LOOKBACK, day)
            if not sessions:
                self._without_hours.add((calendar, day))
            today = next((s for s in sessions if s.day == day), None)
            opened = datetime.combine(day, time(), UTC) if today is None else today.open
            closes = [s.close for s in sessions if s.day <= since]
            self._known_hours[key] = _Hours(
                closes[-1] if closes else opened - timedelta(hours=24),
                opened,
                None if today is None else today.close,
                1 + sum(since < s.day < day for s in sessions),
            )
        return self._known_hours[key]


def _not_judged(move: Move) -> Explanation:
    """Return what is said of a move whose hours nobody knows: no story can be held against it."""
    nothing = dict.fromkeys(("alpha", "beta", "beta_se", "resid_sd", "abnormal_pct", "sar"))
    return Explanation(
        move=changed(move, reason=NO_HOURS, **nothing),
        verdict=Verdict.INSUFFICIENT_DATA,
        matches=(),
        linked=(),
        cause=None,
        headlines_read=0,
    )


def _band(sar: float | None) -> int:
    """Return which earlier sessions count as like a move: none, notable or unusual ones, up or down."""
    if sar is None or abs(sar) < NOTABLE:
        return 0
    return int(math.copysign(2 if is_unusual(sar) else 1, sar))
