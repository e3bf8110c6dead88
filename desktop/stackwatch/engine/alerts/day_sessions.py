"""The sessions of one date: Asia's, Europe's until New York opens, and New York's with Europe's."""

from collections.abc import Iterable
from dataclasses import replace

from stackwatch.domain.alert import Alert
from stackwatch.domain.market import Region
from stackwatch.domain.venues import region_of
from stackwatch.domain.watchlist import Ecosystem, Watchlist
from stackwatch.engine.alerts.alerting import Firing
from stackwatch.engine.prices.market_clock import MarketHours
from stackwatch.engine.prices.rollups import Rollups

_NEW_YORK = "XNYS"


class DaySessions:
    """Tells the sessions of one date apart. Owned by the core thread."""

    def __init__(self, ecosystem: Ecosystem, rollups: Rollups, hours: MarketHours) -> None:
        self._listed = ecosystem.instruments
        self._rollups = rollups
        self._hours = hours
        self._goes_on = False  # Europe's, as New York's

    def follow(self, watchlist: Watchlist) -> None:
        """Know another list: in one that holds nothing of New York Europe's session goes on to its close."""
        self._goes_on = any(
            region_of(self._listed, (symbol,)) is Region.AMERICA for symbol in watchlist.symbols
        )

    def region(self, firing: Firing) -> Region:
        """Return the session of a firing; news alone is of New York's day."""
        if firing.rule.news_only:
            return Region.AMERICA
        region = self._rollups.region(firing.subject)
        if region is not Region.EUROPE or not self._goes_on:
            return region
        opened = self._hours.begun(_NEW_YORK, firing.at)
        return region if opened is None or opened.day < firing.session_day else Region.AMERICA

    def of_morning(self, alert: Alert, alerts: Iterable[Alert]) -> list[Alert]:
        """Return those that named a share of Europe before New York opened, in whose session it goes on."""
        own = region_of(self._listed, (alert.subject,) if alert.subject in self._listed else ())
        if own is not Region.EUROPE or alert.region is not Region.AMERICA or alert.tells_news:
            return []
        morning = replace(alert.occasion, region=Region.EUROPE)
        return [
            each
            for each in alerts
            if each.session_key == alert.session_key
            and (each.occasion, each.replay) == (morning, alert.replay)
            and alert.subject in (each.subject, *(member.symbol for member in each.members))
        ]

    def has(self, region: Region, symbol: str) -> bool:
        """Whether a share trades in a session of its date."""
        own = region_of(self._listed, (symbol,))
        return own is region or (own is Region.EUROPE and region is Region.AMERICA)
