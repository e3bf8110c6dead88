"""Noise previews on request: tested on the pool, from the live program's store, read-only.

Where that has no prices a replay tests on its own, and says so: who tries the program sees what a preview
is. The prices of a list take about a second to read and its headlines several, so neither is done on the
core thread. Both are kept while the editor is open; a rule is first tested without news, where it can be.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from stackwatch.domain.errors import NothingFetchedError, StackwatchError
from stackwatch.domain.events import NoisePreviewed
from stackwatch.domain.noise import NoiseCount, NoiseDay, NoiseFire, NoisePreview
from stackwatch.domain.rule import NEWS_KINDS, Frequency, Join, Rule, RuleKind, Since
from stackwatch.domain.rule_drafts import round_price
from stackwatch.engine.core import Pool
from stackwatch.engine.prices.market_clock import known_sessions
from stackwatch.engine.store_ports import Archive, HistoryReach

if TYPE_CHECKING:  # they bring numpy along, which must not load before the first paint
    from stackwatch.engine.alerts.past_fires import RuleTest
    from stackwatch.engine.alerts.past_news import PastNews
    from stackwatch.engine.alerts.rule_testing import RuleTester
    from stackwatch.engine.engine import Engine
    from stackwatch.engine.parts import EngineParts

_PLAIN_PERCENT = 5.0
_LAST_FIRES = 8
_RECENT = timedelta(days=14)  # in which a session has surely closed
_NO_NEWS = (
    "stories are counted from stored headlines on stored trading days; "
    "both are there after the first session that it runs live"
)
Key = tuple[date, int, tuple[str, ...]]  # the last day, how many have prices, and whom the user blocked


class NoisePreviews:
    """Answers with the newest request's preview; ``newest`` may be set by any thread."""

    def __init__(self, pool: Pool) -> None:
        self._pool = pool
        self.newest = 0
        self._past_year: _PastYear | None = None
        self._busy = False
        self._waiting: tuple[int, Rule] | None = None

    def answer(self, engine: "Engine", request: int, rule: Rule) -> None:
        """Answer with NoisePreviewed unless a newer request has come; one is worked on at a time."""
        if request != self.newest:
            return
        if self._busy:
            self._waiting = (request, rule)
            return
        if engine.parts.open_archive is None:
            engine.tell(NoisePreviewed(request, reason="no prices are stored here"))
            return
        blocked = engine.data_settings.settings.blocked_sources
        key = (_last_closed(engine), len(engine.market.closes), blocked)
        if self._past_year is None or self._past_year.key != key:
            self.forget()
            self._past_year = _PastYear(engine, key)
        self._work(engine, request, rule)

    def forget(self) -> None:
        """Give the prices and headlines in memory back, unless they are being read."""
        if self._past_year is not None and not self._busy:
            self._past_year.close()
            self._past_year = None

    def _work(self, engine: "Engine", request: int, rule: Rule) -> None:
        past_year = self._past_year
        assert past_year is not None
        self._busy = True

        def done(preview: NoisePreview | None) -> None:
            self._busy = False
            if preview is not None and request == self.newest:
                engine.tell(NoisePreviewed(request, preview))
            if self._go_on(engine):
                return
            if request == self.newest and (preview is None or preview.news_pending):
                self._work(engine, request, rule)  # the news are read next

        def failed(error: Exception) -> None:
            self._busy = False
            if not isinstance(error, StackwatchError | _OutdatedError):
                raise error
            if isinstance(error, StackwatchError):
                self.forget()  # what is missing may be there the next time
            if isinstance(error, StackwatchError) and request == self.newest:
                bare = isinstance(error, NothingFetchedError) and rule.news_only
                engine.tell(NoisePreviewed(request, reason=_NO_NEWS if bare else str(error)))
            self._go_on(engine)

        self._pool.submit(lambda: past_year.preview(rule, lambda: request == self.newest), done, failed)

    def _go_on(self, engine: "Engine") -> bool:
        """Take up the request that came meanwhile; return whether there was one."""
        waiting, self._waiting = self._waiting, None
        if waiting is not None:
            self.answer(engine, *waiting)
        return waiting is not None


class _OutdatedError(Exception):
    """A newer request makes this one useless."""


class _PastYear:
    """A year of prices and headlines, read when they are first needed. Used by one thread at a time."""

    def __init__(self, engine: "Engine", key: Key) -> None:
        self.key = key
        self._parts: EngineParts = engine.parts
        self._graph = engine.graph
        self._archive: Archive | None = None
        self._reconstructed = False
        self._tester: RuleTester | None = None
        self._without: PastNews | None = None

    def close(self) -> None:
        """Close the archive."""
        if self._archive is not None:
            self._archive.close()

    def preview(self, rule: Rule, wanted: Callable[[], bool]) -> NoisePreview | None:
        """Return the preview of a rule; the first one without news, None where it says nothing without.

        Raises NothingFetchedError, BadInputError and StoreError when there is nothing to test on.
        """
        first = self._tester is None
        tester = self._tester or self._prices()
        # A replay has headlines of its day only: there it stays without.
        without = tester.news is self._without and not self._reconstructed
        if not first and without:
            tester.hear(self._news(tester.start, tester.end))
        pending = first and without
        if pending and rule.watches_news():
            return None
        if rule.needs_news() and tester.news.begins is None:
            raise NothingFetchedError(_NO_NEWS)
        counts = []
        for each in _with_others(rule):
            if not wanted():
                raise _OutdatedError
            counts.append(tester.count(each, beside=rule))
        preview = _preview(tester.test(rule), counts, pending=pending)
        return replace(preview, reconstructed=self._reconstructed)

    def _prices(self) -> "RuleTester":
        from stackwatch.engine.alerts.past_news import PastNews, PastTitles  # numpy
        from stackwatch.engine.alerts.rule_testing import YEAR, RuleTester

        parts = self._parts
        self._archive, reaches = self._open()
        end = min(self.key[0], max(reach.last for reach in reaches))
        first = min(reach.first for reach in reaches)  # a rate is per year of what is stored
        self._without = PastNews(PastTitles(), self._graph, parts.tiers)
        self._tester = RuleTester(
            ecosystem=parts.ecosystem,
            watchlist=parts.watchlist,
            store=self._archive.bars,
            calendars=parts.calendars,
            graph=self._graph,
            news=self._without,
            start=min(max(end - YEAR + timedelta(days=1), first), end),
            end=end,
        )
        return self._tester

    def _open(self) -> tuple[Archive, list[HistoryReach]]:
        """Return the first archive that has prices, and from when to when it has any, by symbol."""
        live, replayed = self._parts.open_archive, self._parts.open_replayed
        assert live is not None
        for opening in filter(None, (live, replayed)):
            archive = opening()
            if archive is None:
                continue
            asked = (archive.bars.reach(symbol) for symbol in self._parts.ecosystem.instruments)
            if reaches := [reach for reach in asked if reach is not None]:
                self._reconstructed = opening is replayed
                return archive, reaches
            archive.close()
        if replayed is not None:
            raise NothingFetchedError("no prices are stored yet; those of this replay come in a moment")
        raise NothingFetchedError("no prices are stored yet; they come while it runs live")

    def _news(self, start: date, end: date) -> "PastNews":
        from stackwatch.engine.alerts.past_news import PastNews, titles_for  # numpy

        assert self._archive is not None
        titles = titles_for(self._archive.news, self._parts.reader, start, end, self.key[2])
        return PastNews(titles, self._graph, self._parts.tiers)


def _last_closed(engine: "Engine") -> date:
    """Return the last session that is over by now: a replay knows no later close."""
    now = engine.parts.clock.now()
    sessions = known_sessions(engine.parts.calendars, "XNYS", now.date() - _RECENT, now.date())
    closed = [session.day for session in sessions if session.close <= now]
    return closed[-1] if closed else now.date() - timedelta(days=1)


def _with_others(rule: Rule) -> Sequence[Rule]:
    """Return a rule between the same at other thresholds, and the plain percent rule last."""
    step, own = _step(rule), rule.counts_from
    near = round_price if rule.kind is RuleKind.PRICE_LEVEL else _rounded
    lower = replace(rule, threshold=near(own - step))
    if lower.threshold <= 0 and rule.kind not in NEWS_KINDS:  # stories come whole
        lower = replace(rule, threshold=_rounded(own / 2))
    rules = [rule, replace(rule, threshold=near(own + step))]
    if 0 < lower.counts_from < own:
        rules.insert(0, replace(rule, threshold=lower.counts_from))
    if rule.news_only or (rule.kind is RuleKind.PERCENT_MOVE and rule.threshold == _PLAIN_PERCENT):
        return rules
    plain = replace(
        rule,
        kind=RuleKind.PERCENT_MOVE,
        threshold=_PLAIN_PERCENT,
        since=Since.CLOSE,
        minutes=0,
        about="",
        themes=(),
        words=(),
        join=Join.ALL,
        conditions=(),
        frequency=Frequency.ONCE_A_SESSION,
        escalate_step=0.0,
    )
    return (*rules, plain)


def _rounded(threshold: float) -> float:
    """Return a threshold with six significant digits: sums of decimals have endless ones."""
    return float(f"{threshold:.6g}")


def _step(rule: Rule) -> float:
    """Return by how much the same rule is tried lower and higher: one of its unit, 1 % of a price."""
    return rule.threshold * 0.01 if rule.kind is RuleKind.PRICE_LEVEL else 1.0


def _preview(own: "RuleTest", counts: Sequence[NoiseCount], *, pending: bool) -> NoisePreview:
    days: dict[date, list[str | None]] = {}
    for fire in own.fires:
        days.setdefault(fire.day, []).append(None if fire.story is None else fire.story.path[0])
    popups = Counter(day for day, _, _ in own.groups)
    return NoisePreview(
        count=next(count for count in counts if count.rule is own.rule),
        start=own.start,
        end=own.end,
        symbols=own.symbols,
        popups=own.popups,
        with_story=own.with_story,
        days=tuple(
            NoiseDay(day, len(causes), popups[day], _commonest(causes))
            for day, causes in sorted(days.items())
        ),
        last=tuple(NoiseFire(f.symbol, f.day, f.value) for f in reversed(own.fires[-_LAST_FIRES:])),
        others=tuple(counts),
        news_since=own.news_since,
        news_pending=pending,
    )


def _commonest(causes: Sequence[str | None]) -> str | None:
    named = Counter(cause for cause in causes if cause is not None)
    return named.most_common(1)[0][0] if named else None
