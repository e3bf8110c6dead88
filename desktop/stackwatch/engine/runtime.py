"""What keeps the engine going: scheduled jobs and the interface's commands, handed to those who do the work.

Scheduler jobs and interface commands only post to the core; nothing here blocks it.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from stackwatch.domain.alert import SnoozeScope
from stackwatch.domain.budget import MOVERS, NEWS_SECONDS, POLL_SECONDS
from stackwatch.domain.comparison import Against
from stackwatch.domain.events import BriefingMade
from stackwatch.domain.lists.own_links import LinkChange
from stackwatch.domain.quote import ChartRange
from stackwatch.domain.rule import Rule
from stackwatch.domain.settings import Settings
from stackwatch.domain.watchlist import Instrument, OwnEntity, Watchlist
from stackwatch.engine.core import Core, Pool
from stackwatch.engine.fetching import Fetching, expect
from stackwatch.engine.ports import ReplayTime, Scheduler
from stackwatch.engine.services.allowed_again import AllowedAgain
from stackwatch.engine.services.bar_loading import BarLoading
from stackwatch.engine.services.barometers import Barometers
from stackwatch.engine.services.catch_up import CatchUp
from stackwatch.engine.services.comparisons import Comparisons
from stackwatch.engine.services.foreign_bars import ForeignBars
from stackwatch.engine.services.housekeeping import Housekeeping
from stackwatch.engine.services.news_polling import NewsPolling, movers
from stackwatch.engine.services.noise_previews import NoisePreviews
from stackwatch.engine.services.quote_polling import QuotePolling
from stackwatch.engine.services.relinking import Relinking
from stackwatch.engine.services.replay_jump import ReplayJump
from stackwatch.engine.services.substance_service import SubstanceService
from stackwatch.engine.services.update_watch import UpdateWatch
from stackwatch.engine.services.user_lists import UserLists
from stackwatch.engine.services.user_private import UserPrivate
from stackwatch.engine.services.user_rules import UserRules

if TYPE_CHECKING:  # the engine brings numpy along, which must not load before the first paint
    from stackwatch.engine.alerts.alert_actions import AlertActions
    from stackwatch.engine.engine import Engine

_TIDY_SECONDS = 300.0  # how long after a start at most
_CALENDAR_SECONDS = 12 * 3600.0  # a new year is known before it begins
_UPDATE_SECONDS = 60.0  # how soon a switch in the settings is followed


@dataclass(frozen=True, slots=True, kw_only=True)
class JobIntervals:
    """How often each job runs, in seconds."""

    clock: float
    quotes: float
    news: float
    history: float


LIVE = JobIntervals(clock=15.0, quotes=POLL_SECONDS, news=NEWS_SECONDS, history=3.0)
REPLAY = JobIntervals(clock=0.5, quotes=0.5, news=1.0, history=60.0)


class Runtime:
    """Drives one engine and answers the interface's commands. Implements ``Commands``."""

    def __init__(self, core: Core, pool: Pool, replay: ReplayTime | None = None) -> None:
        self._core = core
        self._replay = replay
        self._jump = None if replay is None else ReplayJump(replay, self._post)
        self._engine: Engine | None = None
        self._early: list[Callable[[Engine], None]] = []  # asked for before the engine was there
        self._fetching = Fetching(pool)
        self.quotes = QuotePolling(self._fetching)
        self.bars = BarLoading(self._fetching)
        self.housekeeping = Housekeeping(self._post)
        self.news = NewsPolling(self._fetching)
        self.catch_up = CatchUp(self.quotes, self.news, self.bars, timedelta(seconds=LIVE.clock))
        self.comparisons = Comparisons(self._fetching)
        self.barometers = Barometers(self._fetching)
        self.substance = SubstanceService(self._fetching)
        self.rules = UserRules(
            lambda engine, fetched: self.lists.take_up(engine, engine.parts.watchlist, fetched)
        )
        self.relinking = Relinking(self._fetching, self._post)
        self.foreign_bars = ForeignBars(self._post)
        self.allowed_again = AllowedAgain(self._post)
        self.lists = UserLists(
            self._fetching, self.quotes, self.bars, self.news, UserPrivate(self.rules), self.relinking
        )
        self.noise = NoisePreviews(pool)
        self.updates = UpdateWatch(self._fetching)

    def attach(self, engine: "Engine") -> None:
        """Begin with an engine that is ready; called on the core thread."""
        self._engine = engine
        engine.start()
        self.rules.tell(engine)
        self.bars.want_all(engine)
        self.news.take_turns(engine)
        if not engine.parts.replay:
            engine.tell_budget()
            self.relinking.catch_up(engine)
        for task in self._early:
            task(engine)
        self._early.clear()

    def schedule(self, scheduler: Scheduler, pace: JobIntervals) -> None:
        """Register the jobs that keep the data fresh. Calendars take seconds to build: not on the core."""
        self._post(self._warm_calendars)
        self._post(lambda engine: self.quotes.start_stream(engine, self._post))
        scheduler.every(pace.clock, self._job(self._tick), name="clock")
        scheduler.every(
            pace.quotes, self._job(self.catch_up.unless_done(self.quotes.fetch_due)), name="quotes"
        )
        scheduler.every(pace.news, self._job(self.catch_up.unless_done(self.news.fetch_due)), name="news")
        scheduler.every(pace.history, self._job(self.fill_history), name="history")
        scheduler.every(_UPDATE_SECONDS, self._job(self.updates.look_due), name="updates")
        scheduler.every(_TIDY_SECONDS, self._job(self.housekeeping.tidy_due), name="housekeeping")
        scheduler.every(_CALENDAR_SECONDS, self._job(self._warm_calendars), name="calendars")

    def prepare_replay(self) -> None:
        """Take the whole history of a replay at once: nothing of it has to be fetched."""
        self._post(self.bars.fetch_all)

    def refresh_once(self, engine: "Engine") -> None:
        """Refresh quotes, then the headlines and history of what moved; rules are evaluated as data comes."""
        self.quotes.fetch(engine)
        if not engine.quotes_fetched:
            return
        moved = movers(engine, MOVERS)
        self.bars.only(
            dict.fromkeys((*moved, *(engine.parts.ecosystem.instruments[s].benchmark for s in moved)))
        )
        self.bars.fetch_all(engine)
        self.news.fetch_and_wait(engine, moved)

    # Commands of the interface

    def select(self, entity_id: str) -> None:
        """Follow an entity, and fetch its headlines first, and its price where nothing else asks for it."""

        def task(engine: "Engine") -> None:
            engine.explanation_service.select(entity_id)
            if entity_id in engine.parts.ecosystem.instruments:
                self.news.fetch_selected(engine, entity_id)
            self.quotes.look_at(engine, entity_id)

        self._post(task)

    def select_nothing(self) -> None:
        """Follow nothing: what was asked for only because it was looked at is asked for no more."""

        def task(engine: "Engine") -> None:
            engine.explanation_service.select(None)
            self.quotes.look_at(engine, None)

        self._post(task)

    def request_bars(self, symbol: str, chart_range: ChartRange) -> None:
        """Answer with BarsLoaded."""
        self._post(lambda engine: self.bars.load_chart(engine, symbol, chart_range))

    def compare(self, symbol: str, span: ChartRange, against: Against) -> None:
        """Answer with ComparisonLoaded."""
        self._post(lambda engine: self.comparisons.answer(engine, symbol, span, against))

    def request_barometer(self, entity_id: str, span: ChartRange) -> None:
        """Answer with BarometerLoaded."""
        self._post(lambda engine: self.barometers.answer(engine, entity_id, span))

    def request_substance(self, symbol: str) -> None:
        """Answer with SubstanceLoaded."""
        self._post(lambda engine: self.substance.answer(engine, symbol))

    def refresh(self) -> None:
        """Fetch quotes and headlines now."""

        def task(engine: "Engine") -> None:
            self.quotes.fetch_now(engine)
            self.news.fetch(engine)

        self._post(task)

    def mark_seen(self, *alert_ids: str) -> None:
        """Mark alerts as seen."""
        self._act(lambda actions: actions.mark_seen(*alert_ids))

    def mark_new(self, *alert_ids: str) -> None:
        """Take back that alerts were seen."""
        self._post(lambda engine: engine.alert_actions.mark_new(*alert_ids))

    def snooze(
        self, alert_id: str, until: datetime, scope: SnoozeScope = SnoozeScope.CAUSE, name: str = ""
    ) -> None:
        """Silence an alert's group, its rule, or one name until a time."""
        self._act(lambda actions: actions.snooze(alert_id, until, scope, name))

    def end_snoozes(self, rule_id: str, name: str) -> None:
        """End the snoozes of alerts by which a rule about a name is silent."""
        self._act(lambda actions: actions.end_snoozes(rule_id, name))

    def end_snoozes_of_name(self, name: str) -> None:
        """End the snoozes of a name, whatever the rule."""
        self._act(lambda actions: actions.end_snoozes_of_name(name))

    def _act(self, action: Callable[["AlertActions"], None]) -> None:
        """Do what begins or ends snoozes, which the table of rules and the bells of names tell too."""

        def task(engine: "Engine") -> None:
            action(engine.alert_actions)
            engine.alerts.tell_rows()
            engine.alerts.renew_armed()

        self._post(task)

    def pause_popups(self, until: datetime | None) -> None:
        """Switch popups off until a time, or on again."""
        self._post(lambda engine: engine.alert_actions.pause_popups(until))

    def note_shown(self, alert_id: str) -> None:
        """Record that a popup was on screen."""
        self._post(lambda engine: engine.alert_actions.note_shown(alert_id))

    def change_settings(self, settings: Settings) -> None:
        """Use other settings from now on, and read feeds that are new at once."""

        def task(engine: "Engine") -> None:
            self.news.fetch_feeds(engine, engine.change_settings(settings))
            self.allowed_again.begin(engine)

        self._post(task)

    def request_budget(self) -> None:
        """Answer with BudgetChanged."""
        self._post(lambda engine: engine.tell_budget())

    def save_lists(self) -> None:
        """Write list changes that a file refused, before the program ends."""
        self._post(self.lists.save)

    def stop_histories(self) -> None:
        """Fetch no more histories today."""
        self._post(self.bars.stop)

    def request_briefing(self) -> None:
        """Answer with BriefingMade."""
        from stackwatch.engine.services.briefings import brief  # it needs the engine, which is heavy

        self._post(lambda engine: engine.tell(BriefingMade(brief(engine))))

    def watch_rules(self, *, shown: bool) -> None:
        """Tell the rules and where they stand from now on, or stop."""

        def task(engine: "Engine") -> None:
            self.rules.watch(engine, shown=shown)
            if not shown:
                self.noise.forget()

        self._post(task)

    def save_rules(self, rules: Sequence[Rule], base: Sequence[Rule] = ()) -> None:
        """Write rules into the user's file and arm them."""
        self._post(lambda engine: self.rules.save(engine, rules, base))

    def move_level(self, rule_id: str, was: float, price: float) -> None:
        """Let a rule about a price wait for another one."""
        self._post(lambda engine: self.rules.move_level(engine, rule_id, was, price))

    def remove_rule(self, rule_id: str) -> None:
        """Take a rule out of the user's file."""
        self._post(lambda engine: self.rules.remove(engine, rule_id))

    def undo_removal(self) -> None:
        """Put back the rule removed last."""
        self._post(self.rules.undo)

    def preview_rule(self, request: int, rule: Rule) -> None:
        """Answer with NoisePreviewed."""
        self.noise.newest = request
        self._post(lambda engine: self.noise.answer(engine, request, rule))

    def change_watchlist(
        self,
        watchlist: Watchlist,
        added: Sequence[Instrument] = (),
        private: Sequence[OwnEntity] = (),
        *,
        base: Watchlist | None = None,
    ) -> None:
        """Show and keep a list; of several that wait, only the newest is followed."""
        self.lists.wanted += 1
        number = self.lists.wanted

        def task(engine: "Engine") -> None:
            self.noise.forget()
            self.lists.change(engine, watchlist, added, private, base=base, number=number)

        self._post(task)

    def remove_private(self, entity_id: str) -> None:
        """Remove a private entity of the user's own."""
        self._post(lambda engine: self.lists.remove_private(engine, entity_id))

    def change_link(self, change: LinkChange, *, back: bool = False) -> None:
        """Keep a link of the user's own, or take its change back."""
        self._post(lambda engine: self.lists.change_link(engine, change, back=back))

    def remove_watchlist(self, list_id: str) -> None:
        """Take a list away."""
        self._post(lambda engine: self.lists.remove(engine, list_id))

    def import_watchlist(self, path: Path) -> None:
        """Read a list of another program."""
        self._post(lambda engine: self.lists.read(engine, path))

    def export_watchlist(self, path: Path, watchlist: Watchlist) -> None:
        """Write a list for another program."""
        self._post(lambda engine: self.lists.write(engine, path, watchlist))

    def find_symbols(self, text: str) -> None:
        """Look a text up at the provider."""
        self._post(lambda engine: self.lists.search(engine, text))

    def set_replay_speed(self, speed: float) -> None:
        """Set the pace of a replay; without one there is nothing to set."""
        if self._replay is not None:
            self._replay.set_speed(speed)
            self._post(self._tick)

    def jump_replay(self) -> None:
        """Go on to the next headline or alert of a replay."""
        if self._jump is not None:
            self._post(self._jump.start)

    def fill_history(self, engine: "Engine") -> None:
        """Fetch the daily bars of a few symbols; waits while the provider does not answer."""
        if engine.quotes_fetched and self.quotes.healthy:
            self.bars.fetch_some(engine)

    def _warm_calendars(self, engine: "Engine") -> None:
        now = engine.parts.clock.now()

        def done(_: object) -> None:
            self.quotes.hours_known = True
            engine.tick()

        self._fetching.start("calendars", lambda: engine.hours.learn(now), done, expect)

    def _tick(self, engine: "Engine") -> None:
        self.catch_up.look(engine)
        if self.quotes.hours_known:
            engine.tick()
        if self._replay is not None and self._replay.finished:
            engine.alerts.tell_all()  # its clock stands still: what waits for others would wait for ever
        self.rules.look(engine)
        self.lists.look(engine)
        self.relinking.look(engine)
        self.foreign_bars.look(engine)

    def _job(self, task: Callable[["Engine"], None]) -> Callable[[], None]:
        return lambda: self._post(task)

    def _post(self, task: Callable[["Engine"], None]) -> None:
        def run() -> None:
            if self._engine is None:
                self._early.append(task)
            else:
                task(self._engine)

        self._core.post(run)
