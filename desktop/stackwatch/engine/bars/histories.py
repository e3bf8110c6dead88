"""What providers answered about daily bars, on its way into the store and the market model."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta

from stackwatch.analysis.moves.market_model import Closes
from stackwatch.domain.errors import StoreError
from stackwatch.domain.quote import DailyBar
from stackwatch.engine.bars.daily_bars import DailyBars, with_answer
from stackwatch.engine.ports import Clock, History
from stackwatch.engine.prices.market_data import MarketData
from stackwatch.engine.store_ports import BarStore
from stackwatch.engine.store_writer import StoreWriter

_MODEL = timedelta(days=400)  # what the market model and a year's range need
_LONG = timedelta(days=5 * 366)  # what earlier moves are counted in


class Histories:
    """Keeps answers and finds what of them is new to the market model. Owned by the core thread."""

    def __init__(
        self, daily: DailyBars, store: BarStore, market: MarketData, writer: StoreWriter, clock: Clock
    ) -> None:
        self._daily = daily
        self._store = store
        self._market = market
        self._writer = writer
        self._clock = clock

    @property
    def start(self) -> date:
        """The first day of the history that is held in memory."""
        return self._clock.now().date() - _MODEL

    def closes(self, symbol: str, since: date) -> Closes | None:
        """Return the stored daily closes since a day, or those in memory; None without any."""
        stored = self._read(symbol, since)
        return Closes.of(stored) if stored else self._market.closes.get(symbol)

    def long_closes(self, symbol: str) -> Closes:
        """Return the daily closes of five years, as far as they are stored."""
        return self.closes(symbol, self._clock.now().date() - _LONG) or Closes.of(())

    def recall(self, symbols: Iterable[str]) -> dict[str, Sequence[DailyBar]]:
        """Return the stored daily bars of symbols that have any, as far as they are held in memory.

        Their splits and dividends are known to the quotes from then on.
        """
        start = self.start
        symbols = tuple(symbols)
        for symbol in symbols:
            self._know_actions(symbol)
        return {symbol: bars for symbol in symbols if (bars := self._read(symbol, start))}

    def recall_changed(self, symbol: str) -> dict[str, Sequence[DailyBar]]:
        """Return the stored daily bars of a symbol as ``recall`` does, where they say something new."""
        recalled = self.recall((symbol,))
        known = self._market.closes.get(symbol)
        return {each: bars for each, bars in recalled.items() if not _same_closes(known, bars)}

    def _read(self, symbol: str, since: date) -> Sequence[DailyBar]:
        """Read daily bars; a store that cannot be read is told, and has none."""
        try:
            return self._store.load_daily(symbol, since)
        except StoreError as fault:
            self._writer.failed(fault)
            return ()

    def keep(
        self, answers: Mapping[str, tuple[History, date]]
    ) -> tuple[dict[str, date], dict[str, Sequence[DailyBar]]]:
        """Keep the histories of symbols, each with the day it was asked from.

        Returns the symbols whose prices were adjusted since, with the day to ask them from again; and the
        bars of those that changed where the model looks.
        """
        again: dict[str, date] = {}
        changed: dict[str, Sequence[DailyBar]] = {}
        for symbol, (history, since) in answers.items():
            try:
                ask = self._daily.take(symbol, history, since)
                kept: Sequence[DailyBar] = self._store.load_daily(symbol, self.start)
            except StoreError as fault:  # the model works without the store
                self._writer.failed(fault)
                recent = [bar for bar in history.bars if bar.day >= self.start]
                ask, kept = None, with_answer(self._read(symbol, self.start), recent)
            if ask is not None:
                again[symbol] = ask
                continue
            self._know_actions(symbol)
            if not _same_closes(self._market.closes.get(symbol), kept):
                changed[symbol] = kept
        return again, changed

    def _know_actions(self, symbol: str) -> None:
        self._market.book.set_actions(symbol, self._daily.actions(symbol))


def _same_closes(known: Closes | None, bars: Sequence[DailyBar]) -> bool:
    """Whether a history says nothing new to the market model."""
    if known is None or known.days.size != len(bars):
        return False
    held = zip(known.days.tolist(), known.values.tolist(), strict=True)
    return all(pair == (bar.day.toordinal(), bar.close) for pair, bar in zip(held, bars, strict=True))
