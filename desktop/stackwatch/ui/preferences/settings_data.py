"""The page about data: how the sources are doing, the request budget, feeds and blocked publishers."""

from collections import Counter
from collections.abc import Mapping
from datetime import datetime

from PySide6.QtWidgets import QSizePolicy, QWidget

from stackwatch.domain.budget import Budget
from stackwatch.domain.health import INNER, Health, HealthState
from stackwatch.domain.settings import FeedChoice, Settings
from stackwatch.domain.words import format as write
from stackwatch.domain.words.wording import reason_words, source_reason
from stackwatch.ui.kit.chips import ElidedText
from stackwatch.ui.kit.language import current_language
from stackwatch.ui.kit.layout import grid
from stackwatch.ui.kit.theme import Ink, Role, px
from stackwatch.ui.preferences.settings_feeds import BlockedList, FeedDraft, FeedList
from stackwatch.ui.preferences.settings_parts import LABEL_WIDTH, MeterBar, SettingsPage, clear

_TROUBLE = frozenset(HealthState) - {HealthState.OK, HealthState.STARTING}


class DataPage(SettingsPage):
    """What is asked of whom, and how it is going."""

    def __init__(self, settings: Settings, feeds: tuple[FeedChoice, ...], zone: str) -> None:
        super().__init__(settings)
        self._zone = zone
        self._sources = grid(across=px(12), down=px(4), grows=2)
        self._bar = MeterBar()
        self.sent, self._needed = self.words(""), self.words("", Role.CAPTION, Ink.T2)
        self.warning = self.words("", ink=Ink.TRUST)
        self.warning.hide()
        self.feeds = FeedList(feeds, settings.feeds)
        self.feeds.changed.connect(lambda feeds: self.change(feeds=feeds))
        self.blocked = BlockedList(settings.blocked_sources)
        self.blocked.changed.connect(lambda blocked: self.change(blocked_sources=blocked))
        self.head(self.tr("Data"))
        self._begin(self.tr("Sources"))
        self.column.addLayout(self._sources)
        self._begin(self.tr("Requests"))
        for part in (self.sent, self._bar, self._needed, self.warning):
            self.column.addWidget(part)
        named: tuple[tuple[str, QWidget, str], ...] = (
            (self.tr("Feeds"), self.feeds, "feeds"),
            (self.tr("Blocked publishers"), self.blocked, "blocked_sources"),
        )
        for title, lines, field in named:
            self.section(title)
            self.column.addWidget(lines)
            self.rows.append((title, "", lines))
            self.kept.append((title, (field,)))
        self.column.addStretch(1)

    def _begin(self, title: str) -> None:
        """Begin a section that is found by its title: nothing in it is chosen."""
        self.rows.append((title, "", self.section(title)))

    @property
    def draft(self) -> tuple[FeedDraft, str]:
        """What is typed and not kept yet: a feed, and a publisher to block."""
        return self.feeds.draft, self.blocked.field.text()

    def put_draft(self, feed: FeedDraft, publisher: str) -> None:
        """Go on with what was typed."""
        self.feeds.put_draft(feed)
        self.blocked.field.setText(publisher)

    def finish(self) -> bool:
        """Keep what is typed whole, as whoever is done expects; returns whether nothing else is typed."""
        self.blocked.finish()
        return self.feeds.finish()

    def set_health(self, health: Mapping[str, Health], now: datetime) -> None:
        """Show how every source is doing; a feed says it in its own row."""
        own = {feed.id for feed in self.feeds.feeds}
        self.feeds.set_states(
            {
                name: (*self._feed_state(h, now), self._said(h, "", now))
                for name, h in health.items()
                if name in own
            }
        )
        clear(self._sources)
        shown = [h for name, h in health.items() if name not in own | INNER]
        for row, source in enumerate(shown):
            self._write_source(row, source, now)
        if not shown:
            self._sources.addWidget(self.words(self.tr("Nothing has been requested yet"), ink=Ink.T2), 0, 0)

    def set_budget(self, budget: Budget) -> None:
        """Show the requests of the last hour beside what is needed and allowed."""
        counts: Counter[str] = Counter()
        for name, count in budget.sent:
            counts[self._endpoint(name)] += count
        parts = ", ".join(f"{word} {count:,}" for word, count in counts.items())
        sent = self.tr("{count} in the last hour").format(count=f"{budget.sent_total:,}")
        self.sent.setText(f"{sent}: {parts}" if parts else sent)
        words = self.tr(
            "This list of {names} names needs at most {streaming} an hour with the price stream, {polling} "
            "without it; {allowed} are allowed"
        ).format(
            names=budget.symbols,
            streaming=f"{budget.streaming.total:,}",
            polling=f"{budget.polling.total:,}",
            allowed=f"{budget.allowed:,}",
        )
        self._needed.setText(words)
        self._bar.put(budget.sent_total, budget.polling.total, budget.allowed, f"{sent}. {words}")
        self.warning.setText(reason_words(budget.warning or "", current_language()))
        self.warning.setVisible(budget.warning is not None)

    def _write_source(self, row: int, health: Health, now: datetime) -> None:
        state, detail = ElidedText(fixed=True), ElidedText()
        detail.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        name = self.words(self._source(health.source), ink=Ink.T2)
        name.setFixedWidth(px(LABEL_WIDTH - 12))
        words, trouble = self._feed_state(health, now)
        state.put(words, Ink.TRUST if trouble else Ink.T2)
        detail.put(self._said(health, words, now), Ink.T2, Role.CAPTION)
        for column, widget in enumerate((name, state, detail)):
            self._sources.addWidget(widget, row, column)

    def _said(self, health: Health, state: str, now: datetime) -> str:
        """Return what came from a source, but what its name or its state says already, and its next try."""
        said = write.plain(source_reason(health.detail, current_language()))
        said = "" if said in state else said
        if health.next_try is None or health.next_try <= now:
            return said
        span = write.duration(health.next_try - now, current_language())
        again = self.tr("again in {span}").format(span=span)
        return f"{said}, {again}" if said else again

    def _feed_state(self, health: Health, now: datetime) -> tuple[str, bool]:
        """Say a state and since when; a source that is well says only that."""
        since = write.zoned_clock(health.since, now, self._zone, current_language())
        words = {
            HealthState.STARTING: self.tr("starting"),
            HealthState.OK: self.tr("working"),
            HealthState.DEGRADED: self.tr("partly working since {time}").format(time=since),
            HealthState.RATE_LIMITED: self.tr("asked to wait since {time}").format(time=since),
            HealthState.OFFLINE: self.tr("no connection since {time}").format(time=since),
            HealthState.FAILED: self.tr("silent since {time}").format(time=since),
        }
        return words[health.state], health.state in _TROUBLE

    def _source(self, name: str) -> str:
        known = {
            "quotes": self.tr("Quotes"),
            "replay": self.tr("Replay"),
            "stream": self.tr("Price stream"),
            "cross-check": self.tr("Prices against each other"),
            "statements": self.tr("Company statements"),
            "Yahoo": self.tr("Headlines of shares"),
        }
        return known.get(name, write.plain(name, 40))

    def _endpoint(self, name: str) -> str:
        known = {
            "quote": self.tr("quotes"), "news": self.tr("news"), "feeds": self.tr("feeds"),
            "chart": self.tr("charts"), "search": self.tr("search"), "cookie": self.tr("signing on"),
            "crumb": self.tr("signing on"), "statements": self.tr("statements"),
        }  # fmt: skip
        return known.get(name, write.plain(name, 40))
