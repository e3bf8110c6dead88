"""The program with its window: paint what is known first, start the engine after."""

import logging
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication

from stackwatch.app import (
    DEFAULT_EPISODE,
    Options,
    World,
    find_replay,
    load_world,
    notifier_backend,
)
from stackwatch.domain.alert import Alert
from stackwatch.domain.errors import BadInputError, StackwatchError
from stackwatch.domain.events import BarsLoaded, Event
from stackwatch.domain.settings import Settings
from stackwatch.domain.watchlist import Language, Watchlist
from stackwatch.engine_run import STOP_SECONDS, EngineRun
from stackwatch.storage.backup import finish_restore
from stackwatch.storage.locations import UserFolders, shipped
from stackwatch.storage.sqlite.database import make_data_folder
from stackwatch.storage.whole_file import write_own
from stackwatch.system.display import name_process, stay_awake
from stackwatch.system.notifications import SystemNotifier
from stackwatch.ui.bridge import Bridge
from stackwatch.ui.frame.appearance import Appearance
from stackwatch.ui.frame.end_signals import EndSignals
from stackwatch.ui.frame.opening import FirstPaint, breathe, load_chart, load_contents
from stackwatch.ui.frame.program import Application
from stackwatch.ui.frame.translation import Translations
from stackwatch.ui.frame.window import MainWindow
from stackwatch.ui.frame.window_parts import WindowParts
from stackwatch.ui.kit.theme import Palette
from stackwatch.ui.preferences.settings import (
    FIRST_SHOWN,
    FIRST_SPAN,
    ModeChoice,
    SettingsStore,
    UiSettings,
    ViewChoice,
    shown_first,
)
from stackwatch.window_files import data_parts, episode_names, export_alerts, replays, write_briefing
from stackwatch.window_life import WindowLife, system_language, tell_fault

if TYPE_CHECKING:
    from stackwatch.another_start import AnotherStart
    from stackwatch.system.sounds import Sounds

_log = logging.getLogger(__name__)

_OPENING_MS = 1000  # between two looks whether it is open
_LONG_LIST, _OPEN_LAYERS = 40, 2


@dataclass(frozen=True, slots=True, kw_only=True)
class _Look:
    """What this run is to look like, whatever the user chose: of the command line."""

    size: tuple[int, int] | None
    theme: str | None
    palette: str | None
    view: str | None

    @property
    def any(self) -> bool:
        """Whether something of it was asked for."""
        return (self.size, self.theme, self.palette, self.view) != (None, None, None, None)

    @property
    def arguments(self) -> list[str]:
        """Return the command line that asks for it."""
        size = "" if self.size is None else "{}x{}".format(*self.size)
        asked = {"--size": size, "--theme": self.theme, "--palette": self.palette, "--view": self.view}
        return [word for option, value in asked.items() if value for word in (option, value)]

    def worn(self, settings: UiSettings, language: Language | None) -> UiSettings:
        """Return the settings with it, in the language asked for."""
        return replace(
            settings,
            language=language or settings.language,
            mode=ModeChoice(self.theme) if self.theme else settings.mode,
            palette=Palette(self.palette) if self.palette else settings.palette,
            view=ViewChoice(self.view) if self.view else settings.view,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Loaded:
    """What a window begins with, of files and the store only."""

    world: World
    settings: UiSettings
    engine_run: EngineRun
    known: tuple[Event, ...]
    notices: tuple[str, ...]


class _Refused(QObject):
    """Carries into the GUI thread that the system did not take a notification."""

    heard = Signal()


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
    if screenshot is not None:
        _expect_folder_of(screenshot)
    app = _application()
    look = _Look(size=size, theme=theme, palette=palette, view=view)
    file = None if screenshot is not None or look.any else SettingsStore(options.folders.data, write_own)
    life = WindowLife(options.folders, single=episode is None and screenshot is None)
    try:
        make_data_folder(options.folders.data)
        if not life.begin():
            _tell_unused(options, look)
            return 0
        loaded = _load(options, file, look, episode, speed)
    except StackwatchError as fault:
        life.end()
        tell_fault(fault, options.language or system_language())
        raise
    bridge, engine_run = Bridge(), loaded.engine_run
    window = MainWindow(_window_parts(app, options, loaded, file, bridge, size))
    for notice in loaded.notices:
        window.show_notice(notice)
    awake: list[object] = []

    def start() -> None:
        life.attach(window)
        engine_run.start(bridge.post)
        awake.append(stay_awake())

    new_user = file is not None and not loaded.settings.toured and episode is None
    _open(window, loaded.known, greet=new_user, then=start)
    another: list[AnotherStart] = []
    window.replay_requested.connect(
        lambda wanted: another.append(_start_anew(app, window, options, look, wanted))
    )
    faults = _live(app, window, quit_after, screenshot)
    if not engine_run.stop():
        _log.warning("the core did not end within %.0f s", STOP_SECONDS)
    life.end()
    try:
        for asked in another[-1:]:
            asked.begin()
    except StackwatchError as fault:
        tell_fault(fault, loaded.settings.language)
        raise
    if faults:
        raise faults[0]
    return 0


def _tell_unused(options: Options, look: _Look) -> None:
    """Say what was asked for and does not count, since the window is open already."""
    asked = {"--watchlist": options.watchlist, "--lang": options.language}
    unused = [option for option, value in asked.items() if value is not None]
    unused += [word for word in look.arguments if word.startswith("--")]
    if unused:
        _log.error("The window that is open already came forward as it is, without %s", ", ".join(unused))


def _load(
    options: Options, file: SettingsStore | None, look: _Look, episode: str | None, speed: float
) -> _Loaded:
    """Load what the window shows first; nothing heavy. Raises StackwatchError."""
    unrestored = () if episode is not None else _restore(options.folders)
    world = load_world(options.folders, options.watchlist)
    settings = look.worn(_stored(file, world.watchlist), options.language)
    replayed = None if episode is None else find_replay(episode or DEFAULT_EPISODE)
    engine_run = EngineRun(replace(options, language=settings.language), world, replayed, speed)
    return _Loaded(
        world=world,
        settings=settings,
        engine_run=engine_run,
        known=engine_run.known(shown_first(settings.selected, world.watchlist) or FIRST_SHOWN, FIRST_SPAN),
        notices=(*unrestored, *world.notices, "" if file is None else file.fault),
    )


def _window_parts(
    app: QApplication,
    options: Options,
    loaded: _Loaded,
    file: SettingsStore | None,
    bridge: Bridge,
    size: tuple[int, int] | None,
) -> WindowParts:
    """Return what the window works with, before anything heavy is loaded."""
    world, settings, engine_run = loaded.world, loaded.settings, loaded.engine_run
    translations = Translations(app, shipped("resources") / "translations")
    return WindowParts(
        ecosystem=world.ecosystem,
        watchlist=world.watchlist,
        commands=lambda: engine_run.runtime,
        bridge=bridge,
        appearance=Appearance(
            app, settings.mode, settings.palette, text_px=settings.text_px, density=settings.density
        ),
        translations=translations,
        settings=settings,
        settings_file=file,
        data=lambda: data_parts(options, world, translations),
        export_alerts=export_alerts,
        write_briefing=write_briefing,
        icon=QIcon(str(shipped("resources") / "icons" / "stackwatch.svg")),
        lists=world.lists,
        replays=replays,
        replay=engine_run.episode_id is not None,
        episode=engine_run.episode_id,
        episodes=episode_names,
        size=size,
    )


def _live(
    app: QApplication, window: MainWindow, quit_after: float | None, screenshot: Path | None
) -> list[StackwatchError]:
    """Let the window be used until it is closed; returns the faults of its end."""
    faults: list[StackwatchError] = []
    notifier = _notifier(app, window)
    if quit_after is not None:
        QTimer.singleShot(round(quit_after * 1000), lambda: _leave(window, screenshot, faults))
    signals = EndSignals()
    signals.asked.connect(lambda: _leave(window, None, faults))
    app.exec()
    signals.close()
    notifier.close()
    return faults


def _open(window: MainWindow, known: Sequence[Event], *, greet: bool, then: Callable[[], None]) -> None:
    """Show the window with what is known; build the rest once that is painted, and draw the chart."""
    charts = [event for event in known if isinstance(event, BarsLoaded)]
    for event in known:
        if not isinstance(event, BarsLoaded):
            window.apply(event)

    def go_on() -> None:
        load_contents()
        window.furnish(breathe)
        _let_sound(window)
        _greet(window, wanted=greet)
        load_chart()
        for chart in charts:
            window.apply(chart)
        breathe()
        then()

    window.show()
    FirstPaint(window.front, go_on)


def _application() -> QApplication:
    name_process("Stackwatch")
    app = QApplication.instance() or Application(sys.argv[:1])
    assert isinstance(app, QApplication)
    app.setApplicationName("Stackwatch")
    app.setDesktopFileName("stackwatch")
    return app


def _notifier(app: QApplication, window: MainWindow) -> SystemNotifier:
    """Let the system show what the window cannot; one that refuses says so by the window's alert."""
    refused = _Refused(window)
    refused.heard.connect(lambda: app.alert(window))  # its own popup is in the window: say where to look
    notifier = SystemNotifier(
        window.notification_clicked.emit, notifier_backend, on_refused=lambda _alert_id: refused.heard.emit()
    )
    window.notification_wanted.connect(notifier.notify)
    return notifier


def _start_anew(
    app: QApplication, window: MainWindow, options: Options, look: _Look, wanted: str | None
) -> "AnotherStart":
    from stackwatch.another_start import AnotherStart, anew_arguments  # only when it is asked for

    another = AnotherStart()
    another.ask(app, window, anew_arguments(options, look.arguments, wanted))
    return another


def _let_sound(window: MainWindow) -> None:
    from stackwatch.system.sounds import Sounds  # not before the first paint

    sounds = Sounds(shipped("resources") / "sounds" / "popup.wav")
    window.toasts.appeared.connect(lambda alert: _sound(alert, window.settings_controller.settings, sounds))


def _greet(window: MainWindow, *, wanted: bool) -> None:
    """Welcome a new user and show round."""
    if wanted:
        targets = (window.header.finder, window.detail.card, window.header.bell)
        window.controllers.welcome(window.lists.controller, *targets)


def _restore(folders: UserFolders) -> tuple[str, ...]:
    """Put a backup that waits in place before anything opens; returns what the user must be told."""
    try:
        finish_restore(folders)
    except BadInputError as fault:
        _log.error("%s", fault)
        return (f"{fault}.",)
    return ()


def _sound(alert: Alert, settings: Settings, sounds: "Sounds") -> None:
    """Play the sound of a popup, where the user asked for it and its rule has one."""
    least = settings.sound_from
    if least is not None and alert.sound and alert.severity >= least:
        sounds.play()


def _stored(file: SettingsStore | None, watchlist: Watchlist) -> UiSettings:
    """Return what the user left, or a first view: of a long list the first layers open, the rest as sums."""
    long = len(watchlist.symbols) > _LONG_LIST
    folded = tuple(layer.id for layer in watchlist.layers[_OPEN_LAYERS:]) if long else ()
    default = UiSettings(language=system_language(), folded=folded)
    return default if file is None else file.load(default)


def _leave(window: MainWindow, screenshot: Path | None, faults: list[StackwatchError]) -> None:
    """Close the window, after its picture; a fault is told when the event loop has ended."""
    if not window.furnished:  # it opens yet
        QTimer.singleShot(_OPENING_MS, lambda: _leave(window, screenshot, faults))
        return
    if screenshot is not None:
        try:
            save_picture(window, screenshot)
        except BadInputError as fault:
            faults.append(fault)
    window.controllers.tray.quit()


def _expect_folder_of(picture: Path) -> None:
    """Raise BadInputError where there is no folder for a picture, before anybody waits for it."""
    try:
        there = picture.absolute().parent.is_dir()
    except OSError as fault:
        raise BadInputError(f"{picture}: cannot be written ({fault.strerror})") from fault
    if not there:
        raise BadInputError(f"{picture}: the folder does not exist")


def save_picture(window: MainWindow, path: Path) -> None:
    """Write the window as a PNG, with the popups that are shown inside it."""
    if not window.grab().save(str(path), "PNG"):
        raise BadInputError(f"{path}: the picture could not be written")
