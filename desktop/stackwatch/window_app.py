"""The program with its window: paint what is known first, start the engine after."""

import gc
import logging
import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QEvent, QLocale, QObject, QTimer, Signal
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication, QMessageBox, QWidget

from stackwatch.app import (
    DEFAULT_EPISODE,
    Options,
    World,
    find_replay,
    load_world,
    open_store,
    release_address,
    shipped_feeds,
)
from stackwatch.domain.alert import Alert
from stackwatch.domain.briefing_words import Page
from stackwatch.domain.episode import Episode, EpisodeName
from stackwatch.domain.errors import BadInputError, StackwatchError
from stackwatch.domain.events import AlertsLoaded, ClockTicked, Event, HealthChanged, QuotesChanged
from stackwatch.domain.health import Health, HealthState
from stackwatch.domain.settings import Settings
from stackwatch.domain.watchlist import Language, Watchlist
from stackwatch.engine.core import CoreThread, FetchPool
from stackwatch.engine.ports import Clock, Scheduler
from stackwatch.engine.runtime import LIVE, REPLAY, Runtime
from stackwatch.providers.replay.clock import ReplayClock
from stackwatch.storage.backup import Backup, finish_restore
from stackwatch.storage.episode_file import list_episodes, load_episode
from stackwatch.storage.locations import shipped, user_folders
from stackwatch.storage.settings_file import save_settings
from stackwatch.storage.store import SqliteStore
from stackwatch.system.autostart import system_autostart
from stackwatch.system.clock import SystemClock
from stackwatch.system.display import name_process
from stackwatch.system.notifications import SystemNotifier
from stackwatch.system.sounds import Sounds
from stackwatch.ui.bridge import Bridge
from stackwatch.ui.frame.appearance import Appearance
from stackwatch.ui.frame.translation import Translations
from stackwatch.ui.frame.window import MainWindow
from stackwatch.ui.frame.window_parts import WindowParts
from stackwatch.ui.kit.theme import Palette
from stackwatch.ui.preferences.settings import ModeChoice, SettingsFile, UiSettings, ViewChoice
from stackwatch.ui.preferences.settings_dialog import DataParts
from stackwatch.window_life import WindowLife

_log = logging.getLogger(__name__)

_UNSEEN_MS = 1000
_LONG_LIST, _OPEN_LAYERS = 40, 2
_STOP_SECONDS = 2.0


class FirstPaint(QObject):
    """Calls once after a widget was first painted: the engine's imports must not come before it.

    A window that starts unseen is never painted, so that it waits a second at most.
    """

    def __init__(self, widget: QWidget, then: Callable[[], None]) -> None:
        super().__init__()
        self._then: Callable[[], None] | None = then
        widget.installEventFilter(self)
        QTimer.singleShot(_UNSEEN_MS, self._call)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """See the paint go by."""
        if event.type() is QEvent.Type.Paint:
            watched.removeEventFilter(self)
            QTimer.singleShot(0, self._call)
        return False

    def _call(self) -> None:
        then, self._then = self._then, None
        if then is not None:
            then()


class _Refused(QObject):
    """Carries into the GUI thread that the system did not take a notification."""

    heard = Signal()


class Session:
    """One run of the engine behind a window: live, or a replayed day."""

    def __init__(self, options: Options, world: World, episode: Episode | None, speed: float) -> None:
        self._options = options
        self._world = world
        self._episode = episode
        self._clock: ReplayClock | SystemClock = (
            SystemClock() if episode is None else ReplayClock(episode.starts, episode.ends, speed)
        )
        self._publish: Callable[[Event], None] = _unheard
        self._core = CoreThread(self._failed)
        self._pool = FetchPool(self._core)
        replay = self._clock if isinstance(self._clock, ReplayClock) else None
        self.runtime = Runtime(self._core, self._pool, replay)
        self._scheduler: Scheduler | None = None
        self._built = False
        self._refuse: Callable[[], None] = _nothing
        self._close_store: Callable[[], None] = _nothing

    @property
    def episode_id(self) -> str | None:
        """The id of the day that is replayed, None for live prices."""
        return None if self._episode is None else self._episode.id

    @property
    def clock(self) -> Clock:
        """The clock this session runs by."""
        return self._clock

    def known(self) -> tuple[Event, ...]:
        """Return what the store remembers, for the first paint. Raises StoreError."""
        if self._episode is not None:
            return ()
        store = open_store(self._options.folders, self._clock, replay=False)
        try:
            known = self._world.ecosystem.instruments
            events = self._set_aside(store)
            quotes = tuple(quote for quote in store.load_quotes() if quote.symbol in known)
            alerts = store.load_alerts()
        finally:
            store.close()
        events.append(AlertsLoaded(alerts))
        if quotes:
            events.append(QuotesChanged(quotes))
        return tuple(events)

    def start(self, publish: Callable[[Event], None]) -> None:
        """Start the core; it loads the heavy parts on its own thread and tells ``publish`` what it learns."""
        self._publish = publish
        self._core.post(self._build)
        self._core.start()

    def stop(self) -> bool:
        """Stop within two seconds even while a request hangs; returns whether the core ended in time."""
        if self._scheduler is not None:
            self._scheduler.stop()
        self._refuse()  # frees workers that wait for the network
        self._pool.close()
        return self._core.stop(self._end, _STOP_SECONDS)

    def _end(self) -> None:
        """End what was built after stop was called, and the store, which belongs to the core thread."""
        if self._scheduler is not None:
            self._scheduler.stop()
        self._refuse()
        self._close_store()

    def _build(self) -> None:
        from stackwatch.app import live_parts, replay_parts, with_rule_desk  # noqa: PLC0415 - heavy, on the core thread
        from stackwatch.engine.engine import Engine  # noqa: PLC0415
        from stackwatch.system.scheduler import BackgroundJobs  # noqa: PLC0415

        store = open_store(self._options.folders, self._clock, replay=self._episode is not None)
        self._close_store = store.close
        for event in self._set_aside(store):
            self._publish(event)
        if self._episode is None:
            parts, self._refuse = live_parts(self._world, self._options.folders, store, self._clock)
        else:
            parts = replay_parts(self._world, self._options, self._episode, store, self._clock)
        parts = with_rule_desk(parts, self._world, self._options.folders)
        engine = Engine(parts, self._told)
        self.runtime.attach(engine)
        self._built = True
        if self._episode is not None:
            self.runtime.prepare_replay()
        gc.freeze()  # what is loaded by now stays: full collections that walk it would stall the window
        self._scheduler = BackgroundJobs()
        self.runtime.schedule(self._scheduler, LIVE if self._episode is None else REPLAY)
        self._scheduler.start()

    def _set_aside(self, store: SqliteStore) -> list[Event]:
        """Say that a damaged database was replaced by a new one, if it was."""
        if store.set_aside is None:
            return []
        detail = (
            f"The database was damaged and has been set aside as {store.set_aside.name} in the data folder; "
            f"{store.restored} alerts were restored from their text, prices and headlines are fetched again."
        )
        now = self._clock.now()
        return [HealthChanged(Health(source="store", state=HealthState.DEGRADED, since=now, detail=detail))]

    def _told(self, event: Event) -> None:
        if isinstance(event, ClockTicked) and isinstance(self._clock, ReplayClock):
            event = replace(event, speed=self._clock.speed, finished=self._clock.finished)
        self._publish(event)

    def _failed(self, error: Exception) -> None:
        """Say that the core failed where the user looks; the log has the rest."""
        detail = str(error) if isinstance(error, StackwatchError) else f"Internal fault: {error!r}"
        sources = ["core"] if self._built else ["core", "quotes"]  # without an engine no price will come
        for source in sources:
            health = Health(source=source, state=HealthState.FAILED, since=self._clock.now(), detail=detail)
            self._publish(HealthChanged(health))


def run(  # noqa: PLR0913 - one keyword per option of the command line
    options: Options,
    *,
    episode: str | None,
    speed: float,
    screenshot: Path | None,
    quit_after: float | None,
    size: tuple[int, int] | None = None,
    theme: str | None = None,
    palette: str | None = None,
    view: str | None = None,
) -> int:
    """Open the window and return when it is closed.

    A run for a picture, or with a size, colours or a view of its own, neither reads nor leaves a trace of
    how the user left the window. A second live window of a data folder only brings the first one forward.
    """
    if screenshot is not None and not screenshot.absolute().parent.is_dir():
        raise BadInputError(f"{screenshot}: the folder does not exist")
    name_process("Stackwatch")
    app = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(app, QApplication)
    app.setApplicationName("Stackwatch")
    app.setDesktopFileName("stackwatch")
    passing = screenshot is not None or (size, theme, palette, view) != (None, None, None, None)
    settings_file = None if passing else SettingsFile(options.folders.data)
    life = WindowLife(options.folders, single=episode is None and screenshot is None)
    try:
        if not _begin(life, options, episode):
            return 0
        world = load_world(options.folders, options.watchlist)
        settings = _dressed(_stored(settings_file, world.watchlist), options.language, theme, palette)
        settings = replace(settings, view=ViewChoice(view) if view else settings.view)
        session = _session(replace(options, language=settings.language), world, episode, speed)
        known = session.known()
    except StackwatchError as fault:
        life.end()
        _tell(fault)
        raise
    bridge = Bridge()
    translations = Translations(app, shipped("resources") / "translations")
    window = MainWindow(
        WindowParts(
            ecosystem=world.ecosystem,
            watchlist=world.watchlist,
            commands=session.runtime,
            bridge=bridge,
            appearance=Appearance(
                app, settings.mode, settings.palette, text_px=settings.text_px, density=settings.density
            ),
            translations=translations,
            settings=settings,
            settings_file=settings_file,
            data=_data_parts(options, world, translations),
            export_alerts=_export_alerts,
            write_briefing=_write_briefing,
            icon=QIcon(str(shipped("resources") / "icons" / "stackwatch.svg")),
            replay=episode is not None,
            episode=session.episode_id,
            episodes=_episode_names,
            size=size,
        )
    )
    window.replay_requested.connect(lambda wanted: _start_anew(app, window, options, wanted))
    refused = _Refused()
    refused.heard.connect(lambda: app.alert(window))  # its own popup is in the window: say where to look
    notifier = SystemNotifier(
        window.notification_clicked.emit, on_refused=lambda _alert_id: refused.heard.emit()
    )
    window.notification_wanted.connect(notifier.notify)
    sounds = Sounds(shipped("resources") / "sounds" / "popup.wav")
    window.toasts.appeared.connect(lambda alert: _sound(alert, window.choices.settings, sounds))
    for notice in world.notices:
        window.show_notice(notice)
    for event in known:
        window.apply(event)
    life.attach(window)
    window.show()
    _greet(window, wanted=settings_file is not None and not settings.toured and episode is None)
    after = FirstPaint(window.views.shown, lambda: session.start(bridge.post))
    window.destroyed.connect(after.deleteLater)
    faults: list[StackwatchError] = []
    if quit_after is not None:
        QTimer.singleShot(round(quit_after * 1000), lambda: _leave(window, screenshot, faults))
    app.exec()
    notifier.close()
    if not session.stop():
        _log.warning("the core did not end within %.0f s", _STOP_SECONDS)
    life.end()
    if faults:
        raise faults[0]
    return 0


def _greet(window: MainWindow, *, wanted: bool) -> None:
    """Show a new user round."""
    if wanted:
        window.desks.begin_tour(window.header.finder, window.detail.card, window.header.bell)


def _begin(life: WindowLife, options: Options, episode: str | None) -> bool:
    """Return whether this is the only window; a backup that waits is put in place before anything opens."""
    if not life.begin():
        return False
    if episode is None:
        finish_restore(options.folders)
    return True


def _sound(alert: Alert, settings: Settings, sounds: Sounds) -> None:
    """Play the sound of a popup, where the user asked for it and its rule has one."""
    least = settings.sound_from
    if least is not None and alert.sound and alert.severity >= least:
        sounds.play()


def _export_alerts(path: Path, alerts: Sequence[Alert]) -> str | None:
    from stackwatch.storage.export import export_alerts  # noqa: PLC0415 - not before the first paint

    try:
        export_alerts(path, alerts)
    except BadInputError as fault:
        return str(fault)
    return None


def _write_briefing(path: Path, page: Page) -> None:
    from stackwatch.storage.briefing_file import write_briefing  # noqa: PLC0415 - not before the first paint

    write_briefing(path, page)


def _data_parts(options: Options, world: World, translations: Translations) -> DataParts:
    """Return the settings of data as they are, and what writes them."""

    def save(settings: Settings) -> str | None:
        try:
            save_settings(options.folders.settings, settings)
        except BadInputError as fault:
            _log.error("%s", fault)
            return f"{fault}. The change holds until Stackwatch ends; your file was not touched."
        return None

    return DataParts(
        settings=world.settings,
        feeds=shipped_feeds(),
        save=save,
        data_folder=options.folders.data,
        log_folder=options.folders.logs,
        login=system_autostart([sys.executable, *own_arguments(options)]),
        updates=bool(release_address(world.settings)),
        backup=Backup(options.folders),
        in_both=translations.in_all,
    )


def _session(options: Options, world: World, episode: str | None, speed: float) -> Session:
    replayed = None if episode is None else find_replay(episode or DEFAULT_EPISODE)
    return Session(options, world, replayed, speed)


def _stored(file: SettingsFile | None, watchlist: Watchlist) -> UiSettings:
    """Return what the user left, or a first view: of a long list the first layers open, the rest as sums."""
    long = len(watchlist.symbols) > _LONG_LIST
    folded = tuple(layer.id for layer in watchlist.layers[_OPEN_LAYERS:]) if long else ()
    default = UiSettings(language=_system_language(), folded=folded)
    return default if file is None else file.load(default)


def _dressed(
    settings: UiSettings, language: Language | None, theme: str | None, palette: str | None
) -> UiSettings:
    """Return the settings with what the command line asked for."""
    return replace(
        settings,
        language=language or settings.language,
        mode=ModeChoice(theme) if theme else settings.mode,
        palette=Palette(palette) if palette else settings.palette,
    )


def _start_anew(app: QApplication, window: MainWindow, options: Options, episode: str | None) -> None:
    """Start a replay, or the live program, as one of its own: their data must never mix."""
    from PySide6.QtCore import QProcess  # noqa: PLC0415 - only on this path

    arguments = own_arguments(options) if episode is None else replay_arguments(options, episode)
    started, _ = QProcess.startDetached(sys.executable, arguments)
    if started:
        app.quit()
    else:
        window.show_notice(f"The replay could not be started: {sys.executable} does not run.")


def _episode_names() -> tuple[EpisodeName, ...]:
    folder = shipped("watchlists") / "episodes"
    episodes = (load_episode(folder / f"{name}.toml") for name in list_episodes(folder))
    return tuple(EpisodeName(each.id, each.day, each.title) for each in episodes)


def own_arguments(options: Options) -> list[str]:
    """Return what to call this program with for a window in the same folders and language."""
    arguments = [] if getattr(sys, "frozen", False) else ["-m", "stackwatch"]
    if options.folders != user_folders():
        arguments += ["--data-dir", str(options.folders.data)]
    if options.language is not None:
        arguments += ["--lang", options.language.value]
    return arguments


def replay_arguments(options: Options, episode: str = "") -> list[str]:
    """Return what to call this program with to replay a day in the same folders and language."""
    return [*own_arguments(options), "--demo", *((episode,) if episode else ())]


def _leave(window: MainWindow, screenshot: Path | None, faults: list[StackwatchError]) -> None:
    """Close the window, after its picture; a fault is told when the event loop has ended."""
    if screenshot is not None:
        try:
            save_picture(window, screenshot)
        except BadInputError as fault:
            faults.append(fault)
    window.desks.tray.quit()


def save_picture(window: MainWindow, path: Path) -> None:
    """Write the window as a PNG, with the popups that are shown inside it."""
    if not window.grab().save(str(path), "PNG"):
        raise BadInputError(f"{path}: the picture could not be written")


def _system_language() -> Language:
    korean = QLocale.system().language() is QLocale.Language.Korean
    return Language.KOREAN if korean else Language.ENGLISH


def _tell(fault: StackwatchError) -> None:
    """Say a fault in a window too, where somebody can see one: a double click has no terminal."""
    if QApplication.platformName() not in ("offscreen", "minimal"):
        box = QMessageBox(QMessageBox.Icon.Critical, "Stackwatch", "")
        box.setText(str(fault))
        box.exec()


def _nothing() -> None:
    """Do nothing: there is nothing to close yet."""


def _unheard(event: Event) -> None:
    """Nobody listens before the window is there."""
