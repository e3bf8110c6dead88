"""The user's settings in force: which feeds are read, how many requests are allowed, what the list needs."""

from collections.abc import Sequence

from stackwatch.domain.budget import Budget, budget
from stackwatch.domain.settings import Settings
from stackwatch.engine.ports import MakeNews, NewsSource, RequestMeter


class DataSettings:
    """Settings that may change while the program runs. Owned by the core thread."""

    def __init__(
        self,
        settings: Settings,
        news: Sequence[NewsSource],
        make_news: MakeNews | None,
        meter: RequestMeter | None,
    ) -> None:
        """Begin with the sources that were made for ``settings``; without ``make_news`` they stay."""
        self.settings = settings
        self.news = tuple(news)
        self._make_news = make_news
        self._meter = meter
        self._allow()

    def change(self, settings: Settings) -> tuple[NewsSource, ...]:
        """Take other settings and return the sources that were not there before."""
        before = self.news
        feeds_changed = settings.feeds != self.settings.feeds
        self.settings = settings
        self._allow()
        if feeds_changed and self._make_news is not None:
            self.news = self._make_news(settings)
        return tuple(source for source in self.news if source not in before)

    def budget(self, symbols: int) -> Budget:
        """Return the requests that a list of ``symbols`` names needs, and those of the last hour."""
        feeds = sum(not source.per_symbol for source in self.news)
        sent = {} if self._meter is None else self._meter.last_hour()
        return budget(symbols, feeds, self.settings.requests_per_hour, sent)

    def _allow(self) -> None:
        if self._meter is not None:
            self._meter.allow(self.settings.requests_per_hour)
