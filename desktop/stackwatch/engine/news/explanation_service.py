"""Why something moved, as it is told: with its history, what followed such moves, and the entity followed."""

from collections.abc import Callable, Iterable
from datetime import date, datetime

from stackwatch.analysis.moves.intraday import sar_so_far
from stackwatch.domain.events import Event, ExplanationChanged
from stackwatch.domain.move import Explanation, OutOfHours, has_moved
from stackwatch.domain.quote import Session
from stackwatch.domain.values import changed
from stackwatch.engine.news.explainer import Explainer
from stackwatch.engine.news.explanation_log import ExplanationLog
from stackwatch.engine.prices.market_data import MarketData

DeviationOver = Callable[[str, date, datetime], float]


class ExplanationService:
    """Tells the reason of a move, and again when it changed. Owned by the core thread."""

    def __init__(
        self,
        *,
        explainer: Explainer,
        log: ExplanationLog,
        market: MarketData,
        deviation_over: DeviationOver,
        base_rates: bool,
        publish: Callable[[Event], None],
    ) -> None:
        """Tell from these parts; without ``base_rates`` nothing is said of earlier days."""
        self._explainer = explainer
        self.log = log
        self._market = market
        self._deviation_over = deviation_over
        self._base_rates = base_rates
        self._publish = publish
        self.selected: str | None = None
        self._told: Explanation | None = None

    def explain(self, symbol: str) -> Explanation | None:
        """Return why a symbol moved, so far today or since the close, and what followed such moves before."""
        explanation = self._explainer.explain_now(symbol)
        if explanation is None:
            return None
        quote = self._market.quotes[symbol]
        if quote.session is Session.REGULAR:
            over = self._deviation_over(symbol, explanation.move.session_date, quote.as_of)
            so_far = sar_so_far(explanation.move, over)
            explanation = changed(explanation, move=changed(explanation.move, sar_so_far=so_far))
        if (move := self._market.out_of_hours(symbol)) is not None and has_moved(move.move_pct, None):
            reason = self._explainer.tied_story(move)
            told = OutOfHours(hours=move.hours, move_pct=round(move.move_pct, 4), match=reason)
            explanation = changed(explanation, out_of_hours=told)
        return self._explainer.with_base_rates(explanation) if self._base_rates else explanation

    def select(self, entity_id: str | None) -> None:
        """Follow an entity, or none: its explanation is told now and whenever it changes."""
        self.selected = entity_id
        self._told = None
        self.tell()

    def tell(self) -> None:
        """Tell the explanation of the entity followed, if it says something else than before."""
        explanation = None if self.selected is None else self.explain(self.selected)
        if self.selected is not None and explanation is not None and explanation != self._told:
            self._told = explanation
            self._publish(ExplanationChanged(self.selected, self.log.note(explanation)))

    def note(self, symbols: Iterable[str]) -> None:
        """Keep what is said about shares now, because alerts about them fired."""
        explained = (self._explainer.explain(symbol) for symbol in dict.fromkeys(symbols))
        self.log.note_all([explanation for explanation in explained if explanation is not None])
