import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from collections.abc import Callable, Generator, Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtGui import QAccessible, QDesktopServices, QIcon
from PySide6.QtWidgets import QApplication, QSpacerItem, QWidgetItem
from pytestqt.qtbot import QtBot
from shiboken6 import Shiboken
from tests.support.browser import Browser
from tests.support.rig import Rig, build_rig
from tests.ui import scene
from tests.ui.demo_scene import DemoDay, live_through_the_demo
from tests.ui.list_bench import Bench
from tests.ui.rules_scene import OpenRules, RulesScene, open_scene

from stackwatch.app import World
from stackwatch.domain.market import NEW_YORK
from stackwatch.domain.watchlist import Directory, Ecosystem, Language
from stackwatch.storage.whole_file import write_own
from stackwatch.ui.bridge import Bridge
from stackwatch.ui.chart.chart import Chart
from stackwatch.ui.frame.appearance import Appearance
from stackwatch.ui.frame.translation import Translations
from stackwatch.ui.frame.window import MainWindow
from stackwatch.ui.frame.window_parts import WindowParts
from stackwatch.ui.kit.home_zone import use_zone
from stackwatch.ui.kit.language import use_language
from stackwatch.ui.kit.theme import Theme, ThemeMode, build_theme, current_theme, use_theme
from stackwatch.ui.preferences.settings import ModeChoice, SettingsStore, UiSettings

RESOURCES = Path(__file__).resolve().parents[2] / "resources"


@pytest.fixture(autouse=True)
def _nothing_stays() -> Iterator[None]:
    """Delete what a test left: outside an event loop nothing does, and every style sheet would polish it."""
    yield
    if isinstance(app := QApplication.instance(), QApplication):
        for widget in app.topLevelWidgets():
            widget.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call() -> Generator[None]:
    """Fail a test after which PySide keeps items of layouts: no full layout may join another.

    Qt deletes such an item without PySide's knowledge; whatever comes to lie in its place, an action say,
    is then taken for the item.
    """
    yield
    alive = set(map(type, Shiboken.getAllValidWrappers()))
    assert alive.isdisjoint((QWidgetItem, QSpacerItem)), (
        "fill a layout after it joined another, or give the outer one to its widget last"
    )


@pytest.fixture
def screen_reader() -> Iterator[None]:
    """Let Qt speak as it does while a screen reader listens."""
    QAccessible.setActive(True)
    yield
    QAccessible.setActive(False)


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    """Speak English by New York's clocks again: others ask for words of the interface, too."""
    yield
    use_language(Language.ENGLISH)
    use_zone(NEW_YORK)


@pytest.fixture(autouse=True)
def theme(qapp: QApplication) -> Theme:
    """Use the dark theme, whatever the test before this one left."""
    assert qapp is not None
    use_theme(build_theme(ThemeMode.DARK))
    return current_theme()


@pytest.fixture
def commands() -> scene.RecordedCommands:
    return scene.RecordedCommands()


@pytest.fixture
def rig(tmp_path: Path) -> Iterator[Rig]:
    """Give a core that knows the shipped lists and no rule; windows are on it where ``commands`` is."""
    folder = tmp_path / "data"
    folder.mkdir()
    made = build_rig(folder, ())
    made.refresh()
    yield made
    made.store.close()


@pytest.fixture(scope="session")
def demo_day(tmp_path_factory: pytest.TempPathFactory) -> Callable[[Language], DemoDay]:
    """Return what gives the demo's day in a language, recorded once: values, which nobody changes."""

    @cache
    def day(language: Language) -> DemoDay:
        return live_through_the_demo(tmp_path_factory.mktemp("demo"), language)

    return day


@pytest.fixture
def translations(qapp: QApplication) -> Iterator[Translations]:
    made = Translations(qapp, RESOURCES / "translations")
    yield made
    made.use(Language.ENGLISH)


@pytest.fixture
def open_window(
    qapp: QApplication, commands: scene.RecordedCommands, translations: Translations, tmp_path: Path
) -> Iterator[Callable[..., MainWindow]]:
    """Open windows on the scene's list; every one is closed at the end."""
    opened: list[MainWindow] = []
    appearance = Appearance(qapp, ModeChoice.DARK)

    def make(
        settings: UiSettings | None = None,
        *,
        replay: bool = False,
        furnished: bool = True,
        world: World | None = None,
    ) -> MainWindow:
        settings = settings or UiSettings(mode=ModeChoice.DARK, folded=scene.FOLDED, selected="NVDA")
        file = SettingsStore(tmp_path, write_own)
        file.load(settings)
        appearance.choose(settings.mode, settings.palette)
        window = MainWindow(
            WindowParts(
                ecosystem=scene.ecosystem() if world is None else world.ecosystem,
                watchlist=scene.watchlist() if world is None else world.watchlist,
                commands=lambda: commands,
                bridge=Bridge(),
                appearance=appearance,
                translations=translations,
                settings=settings,
                settings_file=file,
                icon=QIcon(str(RESOURCES / "icons" / "stackwatch.svg")),
                replay=replay,
                episode="2025-07-22-stargate" if replay else None,
            )
        )
        if furnished:
            window.furnish()
        opened.append(window)
        window.show()
        return window

    yield make
    for window in filter(Shiboken.isValid, opened):  # a test may have deleted one itself
        window.close()
        window.deleteLater()
    appearance.deleteLater()
    qapp.processEvents()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)  # else they would be styled for ever


@pytest.fixture
def browser() -> Iterator[Browser]:
    taking, schemes = Browser(), ("http", "https", "file", "javascript", "smb")
    for scheme in schemes:
        QDesktopServices.setUrlHandler(scheme, taking, "open")  # type: ignore[arg-type]  # PySide takes a text
    yield taking
    for scheme in schemes:
        QDesktopServices.unsetUrlHandler(scheme)


@pytest.fixture
def open_rules(qapp: QApplication, translations: Translations, tmp_path: Path) -> Iterator[OpenRules]:
    made: list[RulesScene] = []
    appearance = Appearance(qapp, ModeChoice.DARK)

    def make(*, history: bool = True, kept: bool = False) -> RulesScene:
        file = SettingsStore(tmp_path, write_own) if kept else None
        made.append(open_scene(tmp_path, appearance, translations, history=history, settings_file=file))
        return made[-1]

    yield make
    for each in made:
        each.window.close()
        each.window.deleteLater()
        each.rig.store.close()
    appearance.deleteLater()
    qapp.processEvents()


@pytest.fixture
def chart(qtbot: QtBot) -> Chart:
    chart = Chart()
    qtbot.addWidget(chart)
    chart.resize(728, 320)
    chart.show()
    return chart


@pytest.fixture
def bench(
    open_window: Callable[..., MainWindow],
    commands: scene.RecordedCommands,
    monkeypatch: pytest.MonkeyPatch,
) -> Bench:
    known: Ecosystem = scene.ecosystem()
    monkeypatch.setattr(scene, "ecosystem", lambda: replace(known, instruments=Directory(known.instruments)))
    return Bench(open_window(), commands)
