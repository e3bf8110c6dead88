"""Print how often the default rules would have popped up, and what they would have caught.

    python -m tests.evaluation.noise [--prices FILE]... [--headlines FILE] [--years N] [--rules FILE]

Imports the given archives into a store of its own and lets the program live through them: at every close of
an exchange it sees the closing prices and the headlines that were out by then. The engine, its rules and its
grouping are the program's own. A look at the close alone sees nothing of what came and went inside a day.
"""

import argparse
import contextlib
import logging
import statistics
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import groupby
from pathlib import Path

import numpy as np

from stackwatch.app import Options, World, archive_parts, load_world, open_store
from stackwatch.commands.importing import import_headlines, import_prices
from stackwatch.domain.alert import Alert
from stackwatch.domain.events import AlertRaised, Event
from stackwatch.domain.market import TradingSession
from stackwatch.domain.news import Headline
from stackwatch.domain.quote import DailyBar, Quote, QuoteState, Session
from stackwatch.domain.rule import Rule, RuleKind, SubjectKind
from stackwatch.engine.engine import Engine
from stackwatch.engine.ports import Calendars, QuoteBatch
from stackwatch.providers.replay.clock import SteppedClock
from stackwatch.storage.locations import user_folders
from stackwatch.storage.rules.rules_file import load_rules
from stackwatch.storage.sqlite.store import SqliteStore

SEVERE_SAR = 4.5
PLAIN = Rule(
    id="plain",
    name_en="5 %",
    name_ko="5 %",
    kind=RuleKind.PERCENT_MOVE,
    threshold=5.0,
    subject_kind=SubjectKind.WATCHLIST,
    subject="*",
)
_LONG_AGO = date(1990, 1, 1)
_SATURDAY = 5
_WARM_UP = timedelta(days=7)  # the first look after a start only says what is true already
_NEWS_BEFORE = timedelta(days=30)
_HISTORY = timedelta(days=500)


@dataclass(frozen=True, slots=True)
class Day:
    """A week day: what fired, what popped up, and the moves of at least 4.5 standard errors."""

    day: date
    fired: tuple[Alert, ...]
    popups: tuple[Alert, ...]
    severe: tuple[str, ...]

    def logged(self) -> list[str]:
        """Return the severe moves that an alert of their own tells."""
        told = {alert.subject for alert in self.fired}
        return [symbol for symbol in self.severe if symbol in told]

    def shown(self) -> list[str]:
        """Return the severe moves that stand in a popup."""
        inside = {member.symbol for popup in self.popups for member in popup.members}
        return [symbol for symbol in self.severe if symbol in inside]


@dataclass(slots=True)
class Life:
    """The program living through an archive with some rules; its own store is another."""

    world: World
    archive: SqliteStore
    rules: tuple[Rule, ...]
    start: date
    end: date
    days: dict[date, Day] = field(default_factory=dict)

    def live(self) -> list[Day]:
        """Live through the archive; returns every week day of it."""
        clock = SteppedClock(datetime.combine(self.start - _WARM_UP, time(), UTC))
        folder = tempfile.TemporaryDirectory()
        store = SqliteStore(Path(folder.name) / "life.sqlite3", clock.now())
        parts = archive_parts(self.world, user_folders(self.archive.file.path.parent), store, clock)
        raised: list[AlertRaised] = []

        def hear(event: Event) -> None:
            if isinstance(event, AlertRaised):
                raised.append(event)

        engine = Engine(replace(parts, rules=self.rules, replay=True), hear)
        bars = {s: b for s in engine.symbols if (b := self.archive.bars.load_daily(s, self.start - _HISTORY))}
        engine.take_histories(bars)
        headlines = list(self._headlines())
        for close, symbols in self._looks(bars, parts.calendars):
            clock.advance(close - clock.now())
            known = [h for h in headlines if h.published <= close]
            headlines = headlines[len(known) :]
            engine.take_headlines(known, "archive")
            raised.clear()
            engine.take_quotes(QuoteBatch(tuple(_quotes(bars, symbols, close, self.world))))
            engine.alerts.tell_all()
            self._note(close.date(), raised, symbols, engine)
        store.close()
        folder.cleanup()
        week = (self.start + timedelta(days=n) for n in range((self.end - self.start).days + 1))
        week_days = (day for day in week if day.weekday() < _SATURDAY)
        return [self.days.get(day, Day(day, (), (), ())) for day in week_days]

    def _headlines(self) -> Iterator[Headline]:
        since, until = (
            datetime.combine(day, time(), UTC) for day in (self.start - _NEWS_BEFORE, self.end + timedelta(1))
        )
        yield from self.archive.news.load_headlines(since, until)

    def _looks(
        self, bars: Mapping[str, Sequence[DailyBar]], calendars: Calendars
    ) -> Iterator[tuple[datetime, list[str]]]:
        """Return the closes of the list's exchanges, oldest first, with who traded there that day."""
        traded = {symbol: {bar.day for bar in rows} for symbol, rows in bars.items()}
        looks: list[tuple[datetime, TradingSession, str]] = []
        instruments = self.world.ecosystem.instruments
        for calendar in {instruments[symbol].calendar for symbol in bars}:
            sessions = calendars.sessions(calendar, self.start - _WARM_UP, self.end)
            looks += [(session.close, session, calendar) for session in sessions]
        for close, together in groupby(sorted(looks, key=lambda look: look[0]), key=lambda look: look[0]):
            symbols = [
                symbol
                for _, session, calendar in together
                for symbol in bars
                if instruments[symbol].calendar == calendar and session.day in traded[symbol]
            ]
            if symbols:
                yield close, symbols

    def _note(self, day: date, raised: Sequence[AlertRaised], symbols: list[str], engine: Engine) -> None:
        listed = set(self.world.watchlist.symbols) & set(symbols)
        moves = (engine.market.moves.get(symbol) for symbol in listed)
        severe = [m.symbol for m in moves if m is not None and abs(m.sar or 0.0) >= SEVERE_SAR]
        before = self.days.get(day, Day(day, (), (), ()))
        fired, popups = {a.id: a for a in before.fired}, {a.id: a for a in before.popups}
        fired |= {event.alert.id: event.alert for event in raised}
        popups |= {event.alert.id: event.alert for event in raised if event.popup}
        self.days[day] = Day(
            day,
            tuple(fired.values()),
            tuple(popups.values()),
            tuple(dict.fromkeys((*before.severe, *severe))),
        )


def _quotes(
    bars: Mapping[str, Sequence[DailyBar]], symbols: Sequence[str], close: datetime, world: World
) -> Iterator[Quote]:
    """Yield what an exchange's symbols traded at its close."""
    for symbol in symbols:
        instrument = world.ecosystem.instruments[symbol]
        rows = bars[symbol]
        place = next((n for n in range(len(rows) - 1, 0, -1) if rows[n].day <= close.date()), 0)
        if not place:
            continue
        bar = rows[place]
        yield Quote(
            symbol=symbol,
            price=bar.close,
            currency=instrument.currency,
            previous_close=rows[place - 1].close,
            as_of=close - timedelta(seconds=1),
            session=Session.REGULAR,
            source="archive",
            state=QuoteState.LIVE,
            open=bar.open,
            day_high=bar.high,
            day_low=bar.low,
            volume=bar.volume or None,
        )


def report(days: Sequence[Day]) -> str:
    """Return a line about some days."""
    counts = [len(day.popups) for day in days]
    popups = [popup for day in days for popup in day.popups]
    told = sum(popup.match is not None for popup in popups)
    severe = sum(len(day.severe) for day in days)
    logged, shown = (sum(len(part(day)) for day in days) for part in (Day.logged, Day.shown))
    return (
        f"{days[0].day} to {days[-1].day}: {len(days)} week days, {sum(len(d.fired) for d in days)} alerts, "
        f"{len(popups)} popups; a day: median {statistics.median(counts):g}, "
        f"95th percentile {np.percentile(counts, 95):g}, mean {statistics.mean(counts):.2f}, "
        f"most {max(counts)}; "
        f"with a story {told} of {len(popups)}; "
        f"|SAR| >= {SEVERE_SAR}: {severe}, logged {logged}, in a popup {shown}"
    )


def main() -> None:
    """Import, live, print."""
    parser = argparse.ArgumentParser(prog="python -m tests.evaluation.noise", description=__doc__)
    parser.add_argument("--prices", action="append", type=Path, default=[], metavar="FILE", required=True)
    parser.add_argument("--headlines", type=Path, metavar="FILE")
    parser.add_argument("--years", type=float, default=2.0, help="before the end of the prices; default 2")
    parser.add_argument("--rules", type=Path, metavar="FILE", help="instead of those that ship")
    parser.add_argument("--missed", action="store_true", help="list severe moves that no popup holds")
    given = parser.parse_args()
    logging.disable(logging.WARNING)
    with tempfile.TemporaryDirectory() as folder:
        folders = user_folders(Path(folder))
        options = Options(folders=folders)
        with contextlib.redirect_stdout(sys.stderr):
            for prices in given.prices:
                import_prices(options, prices, replace=False)
            if given.headlines:
                import_headlines(options, given.headlines)
        world = load_world(folders)
        rules = load_rules(given.rules, world.ecosystem, world.watchlist) if given.rules else world.rules
        store = open_store(folders, SteppedClock(datetime.now(UTC)), replay=False)
        listed = [s for s in world.watchlist.symbols if store.bars.load_daily(s, _LONG_AGO)]
        end = max(reach for s in listed if (reach := store.bars.load_daily(s, _LONG_AGO)[-1].day))
        start = end - timedelta(days=round(given.years * 365.25))
        if given.headlines:
            known = store.news.load_headlines(datetime.combine(_LONG_AGO, time(), UTC), datetime.now(UTC))
            start = max(start, known[0].published.date())
        sys.stdout.write(f"{len(listed)} of {len(world.watchlist.symbols)} names have prices\n")
        for name, chosen in (("default rules", tuple(rules)), ("a plain 5 % rule", (PLAIN,))):
            days = Life(world, store, chosen, start, end).live()
            half = len(days) // 2
            for part, label in ((days, "all"), (days[:half], "first half"), (days[half:], "second half")):
                sys.stdout.write(f"{name}, {label}: {report(part)}\n")
            by_rule = Counter(popup.rule_id for day in days for popup in day.popups)
            sys.stdout.write(f"  popups by rule: {dict(by_rule.most_common())}\n")
            if given.missed:
                for day in days:
                    for symbol in sorted(set(day.severe) - set(day.shown())):
                        why = [a.suppressed_by for a in day.fired if a.subject == symbol]
                        sys.stdout.write(f"  not in a popup: {day.day} {symbol} {why}\n")
        store.close()


if __name__ == "__main__":
    main()
