"""Who belonged to a group in the past, and when the exchange that it is measured by was open."""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, time

import numpy as np
from numpy.typing import NDArray

from stackwatch.analysis.why.exposure_graph import ExposureGraph
from stackwatch.analysis.why.move_window import SessionWindows, Window
from stackwatch.domain.market import Region
from stackwatch.domain.venues import region_of
from stackwatch.domain.watchlist import Ecosystem, Watchlist
from stackwatch.engine.alerts.past_prices import PastPrices

_Bools = NDArray[np.bool_]


class PastGroups:
    """Groups of a list up to ``end``; rows are those of the prices."""

    def __init__(
        self,
        ecosystem: Ecosystem,
        watchlist: Watchlist,
        graph: ExposureGraph,
        prices: PastPrices,
        end: date,
    ) -> None:
        self._ecosystem, self._watchlist, self._graph = ecosystem, watchlist, graph
        self._prices, self._end = prices, end
        self._calendars: dict[str, str] = {}  # by subject

    def members(self, group_id: str) -> Sequence[str]:
        """Return the symbols of a layer, or those ever tied to a private entity."""
        layer = self._watchlist.layer(group_id)
        return self.ever_tied(group_id) if layer is None else layer.symbols

    def ever_tied(self, entity_id: str) -> tuple[str, ...]:
        """Return the listed names tied to an entity at any time up to the end."""
        links = self._graph.links_of(entity_id)
        names = (link.target for link in links if link.since <= self._end and not link.read_across)
        return tuple(dict.fromkeys(name for name in names if name in self._ecosystem.instruments))

    def tied_days(self, entity_id: str) -> Mapping[str, _Bools]:
        """Return per name on which days it was known to be tied to an entity."""
        days = [date.fromordinal(int(day)) for day in self._prices.panel.days]
        tied = {name: np.zeros(len(days), dtype=np.bool_) for name in self.ever_tied(entity_id)}
        for row, day in enumerate(days):
            for link in self._graph.linked(entity_id, day):
                if link.target in tied:
                    tied[link.target][row] = True
        return tied

    def calendar(self, subject: str) -> str:
        """Return the calendar of a subject's exchange; for a group that of the market it is measured in."""
        if subject not in self._calendars:
            measured = self._measured(subject)
            calendar = self._ecosystem.instruments[measured[0]].calendar if measured else "XNYS"
            self._calendars[subject] = calendar
        return self._calendars[subject]

    def region(self, subject: str) -> Region:
        """Return where a subject trades, or the market that it is measured in."""
        return region_of(self._ecosystem.instruments, self._measured(subject))

    def _measured(self, subject: str) -> Sequence[str]:
        symbols = [subject] if subject in self._ecosystem.instruments else self.members(subject)
        return self._prices.in_main_market(symbols) or symbols

    def windows(self, subject: str) -> SessionWindows:
        """Return the sessions of a subject's exchange."""
        return self._prices.windows(self.calendar(subject))

    def window(self, subject: str, row: int) -> Window | None:
        """Return when a subject's exchange was open on a day, None when it was not."""
        return self.windows(subject).on(self._prices.day(row))

    def close(self, subject: str, row: int) -> datetime:
        """Return when a subject's exchange shut on a day."""
        window = self.window(subject, row)
        return datetime.combine(self._prices.day(row), time(21), UTC) if window is None else window.now

    def last_before(self, subject: str, start: int) -> int:
        """Return the last row before ``start`` on which a subject's exchange was open, else ``start``."""
        earlier = range(start - 1, -1, -1)
        return next((row for row in earlier if self.window(subject, row) is not None), start)
