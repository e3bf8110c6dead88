"""How fresh the list is: whether prices are pushed or polled, when one came last, and which are missing."""

from collections.abc import Callable, Iterable
from datetime import UTC, datetime

from PySide6.QtGui import QHideEvent, QShowEvent

from stackwatch.domain.events import ClockTicked, Event, HealthChanged, PricesHeard, QuotesChanged
from stackwatch.domain.health import Health, HealthState
from stackwatch.domain.list_events import WatchlistChanged
from stackwatch.domain.quote import Quote, QuoteState, Session
from stackwatch.domain.watchlist import Watchlist
from stackwatch.domain.words import format as write
from stackwatch.domain.words.wording import reason_words
from stackwatch.ui.frame.header_parts import StatusItem
from stackwatch.ui.frame.offline_bar import TROUBLE, replay_without_prices
from stackwatch.ui.kit.home_zone import current_zone
from stackwatch.ui.kit.language import current_language
from stackwatch.ui.kit.timers import every
from stackwatch.ui.kit.tips import set_tip

_BEAT_MS = 1000
_NAMED = 20
_FRESH = frozenset({QuoteState.LIVE, QuoteState.DELAYED, QuoteState.CLOSED})
_TRADED = frozenset({Session.PRE, Session.REGULAR, Session.POST})


def _utc_now() -> datetime:
    return datetime.now(UTC)


class FreshnessItem(StatusItem):
    """Counts the seconds while a market trades and somebody can see it; else nothing wakes the program."""

    def __init__(
        self,
        watchlist: Watchlist,
        now: Callable[[], datetime] = _utc_now,
        *,
        replay: bool = False,
    ) -> None:
        super().__init__()
        self._replay = replay
        self._symbols = dict.fromkeys(watchlist.symbols)  # in their order, quickly looked up
        self._now = now
        self._quotes: dict[str, Quote] = {}
        self._health: Health | None = None
        self._heard: PricesHeard | None = None
        self._trading = False
        self._beat = every(self, _BEAT_MS, self.write)
        if self._symbols:
            self.show_status("database", self._count(), trust=False)  # its tip is not for the first paint

    def apply(self, event: Event) -> None:
        """Take in one event of the core."""
        match event:
            case WatchlistChanged():
                self._symbols = dict.fromkeys(event.watchlist.symbols)
                self.write()
            case ClockTicked():
                self._trading = not event.replay and any(m.phase in _TRADED for m in event.markets)
                self._pace()
            case PricesHeard():
                first = self._heard is None or self._heard.streaming is not event.streaming
                self._heard = event
                if first:
                    self._pace()
                    self.write()
            case QuotesChanged():
                if self._take(event.quotes):
                    self.write()
            case HealthChanged() if event.health.source == "quotes":
                self._health = event.health
                self.write()

    def _take(self, quotes: Iterable[Quote]) -> bool:
        """Keep new prices, and return whether one of the list can be trusted otherwise than before."""
        turned = False
        for quote in quotes:
            known = self._quotes.get(quote.symbol)
            self._quotes[quote.symbol] = quote
            if known is None or known.state is not quote.state:
                turned = turned or quote.symbol in self._symbols
        return turned

    def retranslate(self) -> None:
        """Word everything anew."""
        self.write()

    def showEvent(self, event: QShowEvent) -> None:
        """Count while it is seen."""
        super().showEvent(event)
        self._pace()

    def hideEvent(self, event: QHideEvent) -> None:
        """Rest while nobody looks."""
        super().hideEvent(event)
        self._pace()

    def write(self) -> None:
        """Say how things stand now; of an empty list there is nothing to say but trouble."""
        trouble = self._health is not None and self._health.state in TROUBLE
        counts = self._trading and self._heard is not None
        if trouble:
            icon = "clock-counter-clockwise" if self._replay else "wifi-slash"
            self.show_status(icon, self._trouble(), trust=True)
        elif counts:
            self.show_status("database", self._age(), trust=False, steady=True)
        elif self._symbols:
            self.show_status("database", self._count(), trust=False)
        else:
            self.show_status("", "", trust=False)
        set_tip(self, "" if trouble else self._tip(counted=not counts))

    def _pace(self) -> None:
        """Run the timer only while the words change with the time."""
        wanted = self._trading and self._heard is not None and self.isVisible()
        if wanted and not self._beat.isActive():
            self._beat.start()
            self.write()
        elif not wanted and self._beat.isActive():
            self._beat.stop()
            self.write()

    def _trouble(self) -> str:
        assert self._health is not None
        if self._replay:
            return replay_without_prices()
        time = write.zoned_clock(self._health.since, self._now(), current_zone(), current_language())
        if self._health.state is HealthState.OFFLINE:
            return self.tr("no connection since {time}").format(time=time)
        return self.tr("no new prices since {time}").format(time=time)

    def _age(self) -> str:
        assert self._heard is not None
        age = write.age(self._now() - self._heard.at, current_language())
        if self._heard.streaming:
            return self.tr("streaming \u00b7 {age}").format(age=age)
        return self.tr("polling \u00b7 {age}").format(age=age)

    def _count(self) -> str:
        listed = self._listed()
        if not (listed or self._health or self._heard):  # of a first start
            return self.tr("asking for prices")
        current = sum(quote.state in _FRESH for quote in listed)
        return self.tr("{current} of {total} current").format(current=current, total=len(self._symbols))

    def _listed(self) -> list[Quote]:
        """Return the quotes of the list that is shown."""
        return [self._quotes[symbol] for symbol in self._symbols if symbol in self._quotes]

    def _tip(self, *, counted: bool) -> str:
        """Say what the source said last, how old the oldest live price is, and which names have none."""
        lines = [] if counted or not self._listed() else [self._count()]
        if self._health is not None and self._health.detail:
            lines.append(write.plain(reason_words(self._health.detail, current_language())))
        live = [quote for quote in self._listed() if quote.state is QuoteState.LIVE]
        if live and self._trading:
            oldest = min(live, key=lambda quote: quote.extended_as_of or quote.as_of)
            age = write.age(self._now() - (oldest.extended_as_of or oldest.as_of), current_language())
            lines.append(self.tr("Oldest live price: {symbol}, {age}").format(symbol=oldest.symbol, age=age))
        quotes = self._quotes
        missing = [s for s in self._symbols if s not in quotes or quotes[s].state not in _FRESH]
        if missing:
            names = ", ".join(missing[:_NAMED]) + (" \u2026" if len(missing) > _NAMED else "")
            lines.append(self.tr("No current price: {names}").format(names=names))
        return "\n".join(lines)
