"""``stackwatch watch``: the engine without a window."""

import contextlib
import queue
from collections.abc import Callable
from contextlib import ExitStack, closing
from dataclasses import dataclass, field, replace
from functools import partial

from stackwatch.app import (
    DEFAULT_EPISODE,
    Options,
    World,
    find_replay,
    load_world,
    notifier_backend,
    open_store,
    replay_parts,
    with_user_files,
)
from stackwatch.commands.korean_lines import in_language, padded
from stackwatch.commands.live import at_work
from stackwatch.commands.others_alerts import OthersAlerts
from stackwatch.commands.output import (
    alert_json,
    emit,
    health_json,
    quote_json,
    quote_line,
    say,
    story_json,
    warn,
)
from stackwatch.commands.past_engine import at_once, play_through
from stackwatch.domain.alert import WAITS, Alert
from stackwatch.domain.errors import BadInputError, NothingFetchedError, StackwatchError, StoreError
from stackwatch.domain.events import AlertRaised, Event, HealthChanged, QuotesChanged, StoriesChanged
from stackwatch.domain.fault_events import NoticeGiven
from stackwatch.domain.health import Health, HealthState
from stackwatch.domain.watchlist import Ecosystem, Language
from stackwatch.domain.words import format as fmt
from stackwatch.domain.words.alert_words import alert_sentence, notification_words
from stackwatch.engine.alerts.mutes import REPEATS
from stackwatch.engine.core import CoreThread, FetchPool
from stackwatch.engine.engine import Engine
from stackwatch.engine.parts import EngineParts
from stackwatch.engine.ports import Clock
from stackwatch.engine.runtime import LIVE, REPLAY, JobIntervals, Runtime
from stackwatch.providers.replay.clock import ReplayClock, SteppedClock
from stackwatch.system.alert_turn import AlertTurn
from stackwatch.system.clock import SystemClock
from stackwatch.system.notifications import Backend, SystemNotifier
from stackwatch.system.scheduler import BackgroundJobs

# Between two looks whether a replay is over, and which notifications were taken. Where markets are shut,
# looks are a third of all wake-ups at twice a second; longer, and Windows hears Ctrl+C late.
_LOOK_SECONDS, _REPLAY_LOOK_SECONDS = 2.0, 0.5
_OTHERS_RECORD = (
    "the alerts of this data folder are recorded by a window or another watch; "
    "this one prints them, and takes over when that ends"
)


@dataclass
class Printer:
    """Prints events as they come; alerts that only repeat another one are stored and not printed."""

    clock: Clock
    options: Options
    world: World
    quotes: bool = True
    sender: "NotificationSender | None" = None
    started: bool = False
    sources: dict[str, Health] = field(default_factory=dict)  # as they were told last

    def __call__(self, event: Event) -> None:
        """Print one event."""
        if not self.started:
            return
        now = fmt.iso_utc(self.clock.now())
        if isinstance(event, QuotesChanged):
            for quote in event.quotes if self.quotes else ():
                line = quote_line(quote, self.options.language)
                self._print({"type": "quote", "time": now, **quote_json(quote)}, line)
        elif isinstance(event, StoriesChanged):
            for story in event.stories:
                text = f"{fmt.iso_utc(story.lead.published)}  {story.lead.publisher}: {story.lead.title}"
                self._print(
                    {"type": "headline", "time": now, **story_json(story)}, self._labelled("headline", text)
                )
        elif isinstance(event, AlertRaised):
            self._alert(event)
        elif isinstance(event, HealthChanged):
            self._health(event.health, now)
        elif isinstance(event, NoticeGiven):
            warn(event.text, self.options.language)

    @property
    def failures(self) -> str:
        """What is wrong with the sources by now, empty where nothing is."""
        return "; ".join(h.detail for h in self.sources.values() if h.state is not HealthState.OK)

    def _health(self, health: Health, now: str | None) -> None:
        """Print the state of a source; in words only what is new, which the time of the next try is not."""
        before = self.sources.get(health.source)
        self.sources[health.source] = health
        said = before is not None and (before.state, before.detail) == (health.state, health.detail)
        if said and not self.options.json:
            return
        state, detail = (in_language(x, self.options.language) for x in (health.state.value, health.detail))
        fields = {"type": "health", "time": now, **health_json(health)}
        self._print(fields, self._labelled("health", f"{health.source}: {state} {detail}"))

    def _alert(self, event: AlertRaised) -> None:
        alert = event.alert
        if event.popup and self.sender is not None:
            self.sender.show(alert)
        if alert.suppressed_by not in REPEATS:
            when = fmt.iso_utc(alert.fired_at)
            fields = {"type": "alert", "time": when, **alert_json(alert)}
            sentence = alert_sentence(alert, self.world.ecosystem, self.options.language or Language.ENGLISH)
            self._print(fields, self._labelled("ALERT", f"{when}  [{self._weight(alert)}] {sentence}"))

    def _weight(self, alert: Alert) -> str:
        """Say how severe an alert is, and why it has no popup, such as that its rule is snoozed."""
        severity, reason = in_language(alert.severity.word, self.options.language), alert.suppressed_by
        if reason is None or reason == WAITS:
            return severity
        said = (in_language(words, self.options.language) for words in ("no popup", reason))
        return f"{severity}, {': '.join(said)}"

    def _labelled(self, label: str, text: str) -> str:
        return f"{padded(in_language(label, self.options.language), 10)} {text}"

    def _print(self, fields: dict[str, object], text: str) -> None:
        if self.options.json:
            emit(fields)
        else:
            say(text)


class NotificationSender:
    """Shows alerts as notifications of the system, and keeps the ids of those that it took."""

    def __init__(
        self, ecosystem: Ecosystem, language: Language, backend: Callable[[], Backend], *, replay: bool
    ) -> None:
        self._ecosystem, self._language, self._replay = ecosystem, language, replay
        self._refused = False
        self.shown: queue.SimpleQueue[str] = queue.SimpleQueue()
        self._notifier = SystemNotifier(
            lambda _alert_id: None, backend, on_taken=self.shown.put, on_refused=self._say_refused
        )

    def show(self, alert: Alert) -> None:
        """Show an alert; returns at once."""
        words = notification_words(alert, self._ecosystem, self._language, replay=self._replay)
        self._notifier.notify(*words, alert.id)

    def note(self, note_shown: Callable[[str], None]) -> None:
        """Tell which alerts were on the screen since the last call."""
        with contextlib.suppress(queue.Empty):
            while True:
                note_shown(self.shown.get_nowait())

    def finish(self, note_shown: Callable[[str], None]) -> None:
        """Wait until everything was sent."""
        self._notifier.finish()
        self.note(note_shown)

    def close(self) -> None:
        """Send nothing more."""
        self._notifier.close()

    def _say_refused(self, _alert_id: str) -> None:
        if not self._refused:
            self._refused = True
            warn("this system takes no notifications; alerts are printed only", self._language)


def watch(options: Options, *, episode: str | None, speed: float, once: bool, notify: bool) -> int:
    """Run the engine and print what happens; once through, or until it is interrupted.

    With ``notify`` alerts that may pop up are notifications of the system too.
    """
    world = load_world(options.folders, options.watchlist)
    language, replayed = options.language or Language.ENGLISH, episode is not None
    sender = None
    if notify:
        sender = NotificationSender(world.ecosystem, language, notifier_backend, replay=replayed)
    try:
        if episode is not None:
            replay = _replay_once if once else partial(_replay, speed=speed)
            return replay(options, world, episode, sender)
        with closing(AlertTurn(options.folders.data)) as turn:
            return (_live_once if once else _live)(options, world, sender, turn)
    finally:
        if sender is not None:
            sender.close()


def _live_once(options: Options, world: World, sender: NotificationSender | None, turn: AlertTurn) -> int:
    clock = SystemClock()
    printer = Printer(clock, options, world, sender=sender)
    with at_work(options, world, clock) as parts:
        engine = Engine(parts if _take_turn(turn, options) else _without_alerts(parts), printer)
        runtime = at_once(engine)
        printer.started = True
        others = None if engine.parts.recording else OthersAlerts(parts.store.alerts, clock, printer)
        runtime.refresh_once(engine)
        if others is not None:
            others.look()
        if not engine.quotes_fetched:
            raise NothingFetchedError(printer.failures or "no source gave an answer")
        engine.alerts.tell_all()
        if sender is not None:
            sender.finish(engine.alert_actions.note_shown)
        runtime.housekeeping.tidy_due(engine)  # who has it run by the hour may never run anything else
        if (refused := engine.writer.fault) is not None:  # and nobody waits until it is stored
            raise StoreError(f"{refused}; what fired now could not be stored, and is not told") from refused
    return 0


def _replay_once(options: Options, world: World, name: str, sender: NotificationSender | None) -> int:
    episode = find_replay(name or DEFAULT_EPISODE)
    clock = SteppedClock(episode.starts)
    printer = Printer(clock, options, world, quotes=False, sender=sender)
    with closing(open_store(options.folders, clock, replay=True)) as store:
        engine = Engine(replay_parts(world, options, episode, store, clock), printer)
        runtime = at_once(engine)
        printer.started = True
        play_through(runtime, engine, clock, episode.ends)
        if sender is not None:
            sender.finish(engine.alert_actions.note_shown)
        printer.quotes = True
        printer(QuotesChanged(tuple(engine.market.quotes.values())))
    return 0


def _live(options: Options, world: World, sender: NotificationSender | None, turn: AlertTurn) -> int:
    """Run until interrupted; whenever the turn changes an engine begins anew, from what the other stored."""
    while True:
        _live_turn(options, world, sender, turn)
        world = load_world(options.folders, options.watchlist)


def _live_turn(options: Options, world: World, sender: NotificationSender | None, turn: AlertTurn) -> None:
    clock = SystemClock()
    ours = _take_turn(turn, options)

    def parts(at_end: ExitStack) -> EngineParts:
        live = at_end.enter_context(at_work(options, world, clock))
        live = with_user_files(live, world, options.folders)  # what an editor changes counts at once
        return live if ours else _without_alerts(live)

    _run(Printer(clock, options, world, sender=sender), parts, LIVE, over=lambda: turn.is_ours() is not ours)


def _take_turn(turn: AlertTurn, options: Options) -> bool:
    """Return whether this program records alerts, and say so where it does not."""
    if not (ours := turn.is_ours()):
        warn(_OTHERS_RECORD, options.language)
    return ours


def _without_alerts(parts: EngineParts) -> EngineParts:
    return replace(parts, rules=(), rule_file=None, recording=False)


def _replay(
    options: Options, world: World, name: str, sender: NotificationSender | None, speed: float
) -> int:
    episode = find_replay(name or DEFAULT_EPISODE)
    clock = ReplayClock(episode.starts, episode.ends, speed)

    def parts(at_end: ExitStack) -> EngineParts:
        store = open_store(options.folders, clock, replay=True)
        at_end.callback(store.close)
        return replay_parts(world, options, episode, store, clock)

    _run(Printer(clock, options, world, sender=sender), parts, REPLAY, clock)
    return 0


def _run(
    printer: Printer,
    parts: Callable[[ExitStack], EngineParts],
    pace: JobIntervals,
    replay: ReplayClock | None = None,
    over: Callable[[], bool] = lambda: False,
) -> None:
    """Run core, pool and scheduler until interrupted, a replay ends, it is ``over``, or the core fails."""
    crashes: queue.SimpleQueue[Exception] = queue.SimpleQueue()
    core = CoreThread(crashes.put)
    pool = FetchPool(core)
    runtime = Runtime(core, pool, replay)
    scheduler = BackgroundJobs()
    at_end = ExitStack()
    tell = _while_read(printer, crashes)
    others: list[OthersAlerts] = []

    def begin() -> None:
        try:
            engine = Engine(parts(at_end), tell)
        except StackwatchError as fault:  # a store that cannot be used is no fault of the core
            crashes.put(fault)
            return
        runtime.attach(engine)
        printer.started = True
        if not engine.parts.recording:
            others.append(OthersAlerts(engine.parts.store.alerts, engine.parts.clock, tell))
        if replay is not None:
            at_end.callback(engine.alerts.tell_all)
            runtime.prepare_replay()
        runtime.schedule(scheduler, pace)
        scheduler.start()
        if replay is not None:
            replay.start()

    core.post(begin)
    core.start()
    try:
        while not over() if replay is None else not replay.finished:
            if printer.sender is not None:
                printer.sender.note(runtime.note_shown)
            for each in others:
                core.post(each.look)
            _raise_within(_LOOK_SECONDS if replay is None else _REPLAY_LOOK_SECONDS, crashes)
    finally:
        scheduler.stop()
        pool.close()
        core.stop(at_end.close, timeout=2.0)


def _while_read(printer: Printer, crashes: queue.SimpleQueue[Exception]) -> Callable[[Event], None]:
    """Return what prints events until nobody reads on, which is no fault of the core."""

    def tell(event: Event) -> None:
        try:
            printer(event)
        except (BrokenPipeError, BadInputError) as fault:
            printer.started = False
            crashes.put(fault)

    return tell


def _raise_within(seconds: float, crashes: queue.SimpleQueue[Exception]) -> None:
    """Raise the first of the crashes, if one comes in time."""
    try:
        crash = crashes.get(timeout=seconds)
    except queue.Empty:
        return
    raise crash
