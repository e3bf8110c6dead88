"""Why something moved: gathers what is known by now and hands it to the attribution."""

from datetime import UTC, date, datetime, time, timedelta

from stackwatch.analysis.attribution import Attribution, Window
from stackwatch.domain.move import Explanation, Move, StoryMatch
from stackwatch.domain.news import Story
from stackwatch.domain.quote import Quote, Session
from stackwatch.domain.watchlist import Ecosystem, Watchlist
from stackwatch.engine.market_data import MarketData
from stackwatch.engine.newsroom import Newsroom
from stackwatch.engine.ports import Calendars, Clock

_LOOKBACK = timedelta(days=10)
_ONSET_PCT = 0.5
_REPORTED_SCORE = 0.05  # the same where the press names somebody else as the reason of the price
_TIED_SCORE = 0.20  # a single story strong enough for a rule "move and story"


class Explanations:
    """Explains moves with the stories, exposures and prices known at the clock's time."""

    def __init__(
        self,
        *,
        ecosystem: Ecosystem,
        watchlist: Watchlist,
        market: MarketData,
        newsroom: Newsroom,
        attribution: Attribution,
        calendars: Calendars,
        clock: Clock,
    ) -> None:
        self._ecosystem = ecosystem
        self._market = market
        self._newsroom = newsroom
        self._attribution = attribution
        self._calendars = calendars
        self._clock = clock
        self._layers = {symbol: layer.id for layer in watchlist.layers for symbol in layer.symbols}
        self._wide: frozenset[str] = frozenset()
        self._onsets: dict[tuple[str, date], datetime] = {}
        self._first_seen: dict[tuple[str, date], tuple[datetime, bool]] = {}
        self._known_hours: dict[tuple[str, date], tuple[datetime, datetime]] = {}

    def note_layers(self, wide: frozenset[str]) -> None:
        """Remember which layers move as one."""
        self._wide = wide

    def note_onset(self, move: Move, quote: Quote) -> None:
        """Remember when a share first stood half a percent or more away, its move's onset.

        A move that was there at the first look began unseen, some time before.
        """
        if quote.session is not Session.REGULAR:
            return
        key = (move.symbol, move.session_date)
        moved = abs(move.move_pct) >= _ONSET_PCT
        if key not in self._first_seen:
            self._first_seen[key] = (quote.as_of, moved)
        if moved:
            self._onsets.setdefault(key, quote.as_of)

    def explain(self, symbol: str) -> Explanation | None:
        """Return the explanation of a symbol's newest move, None without one."""
        move = self._market.moves.get(symbol)
        if move is None:
            return None
        window = self._window(move)
        return self._attribution.explain(
            move,
            window,
            self._stories(window),
            self._market.moves,
            layer_wide=self._layers.get(symbol) in self._wide,
        )

    def tied_story(self, move: Move) -> StoryMatch | None:
        """Return the best story strong enough to tie a move to, None without one."""
        window = self._window(move)
        matches = self._attribution.matches(move, window, self._stories(window))
        return next((match for match in matches if _ties(match)), None)

    def entity_stories(self, entity_id: str, move: Move) -> tuple[Story, ...]:
        """Return the events reported mainly about an entity in the window of a move, newest first."""
        window = self._window(move)
        stories = self._newsroom.about((entity_id,), window.earliest)
        known = [
            story
            for story in stories
            if story.reading.event
            and story.reading.primary == entity_id
            and story.lead.published <= window.now
        ]
        return tuple(sorted(known, key=lambda story: story.lead.published, reverse=True))

    def _stories(self, window: Window) -> tuple[Story, ...]:
        earliest = window.earliest - timedelta(days=30)  # novelty looks back this far
        return tuple(s for s in self._newsroom.stories if s.lead.published >= earliest)

    def _window(self, move: Move) -> Window:
        now = self._clock.now()
        day = move.session_date
        previous_close, opened = self._hours(self._ecosystem.instruments[move.symbol].calendar, day)
        onset = self._onsets.get((move.symbol, day), opened)
        looked, unseen = self._first_seen.get((move.symbol, day), (opened, False))
        if unseen:  # it began between the open and the first look: any story until then may be its cause
            opened = max(opened, looked)
        return Window(previous_close=previous_close, opened=opened, onset=onset, now=now)

    def _hours(self, calendar: str, day: date) -> tuple[datetime, datetime]:
        """Return the close before a trading day and its open."""
        key = (calendar, day)
        if key not in self._known_hours:
            sessions = self._calendars.sessions(calendar, day - _LOOKBACK, day)
            opened = next((s.open for s in sessions if s.day == day), datetime.combine(day, time(), UTC))
            closes = [s.close for s in sessions if s.day < day]
            self._known_hours[key] = (closes[-1] if closes else opened - timedelta(hours=24), opened)
        return self._known_hours[key]


def _ties(match: StoryMatch) -> bool:
    """Whether a story is enough to tie a move to; talk about the price alone never is."""
    if match.opposes:
        return False
    if match.price_talk:
        return match.reported and match.score >= _REPORTED_SCORE
    return match.score >= _TIED_SCORE
