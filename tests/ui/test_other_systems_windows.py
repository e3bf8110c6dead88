"""Windows, keys, fonts and colours on macOS and Windows, played where they meet the program."""

import signal
from collections.abc import Callable
from functools import partial

import pytest
from PySide6.QtCore import QEvent, Qt, QTimer
from PySide6.QtGui import QFontDatabase, QKeyEvent, QStyleHints
from PySide6.QtWidgets import QApplication, QSystemTrayIcon
from pytestqt.qtbot import QtBot
from tests.ui import detail_scene, scene
from tests.ui.test_habits import PaperTray

from stackwatch.ui.alerts.toast import MOST, ToastStack
from stackwatch.ui.frame.action import key_rows, shown_keys
from stackwatch.ui.frame.appearance import Appearance
from stackwatch.ui.frame.end_signals import EndSignals
from stackwatch.ui.frame.header_parts import KeyHint
from stackwatch.ui.frame.tray_controller import TrayController
from stackwatch.ui.frame.window import MainWindow
from stackwatch.ui.kit.keys import keys_here
from stackwatch.ui.kit.theme import Palette, Theme
from stackwatch.ui.preferences.settings import ModeChoice
from stackwatch.ui.watchlist.watchlist_edits import key_edit

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
Open = Callable[..., MainWindow]
_PATIENCE_MS, _HELD_UP = 5_000, 7


@pytest.fixture
def macos(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    monkeypatch.setattr("sys.platform", "darwin")
    return monkeypatch


def in_tray(window: MainWindow) -> PaperTray:
    """Let closing leave a window in a tray."""
    tray = PaperTray(window.windowIcon(), window)
    window.controllers.tray = TrayController(window, tray, wanted=True)
    return tray


def test_that_popups_stay_on_the_screen_while_another_program_is_in_front(
    qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ToastStack, "_host", lambda _self: None)  # as where popups are windows
    toasts = ToastStack(detail_scene.ecosystem(), scene.RecordedCommands())
    try:
        for alert in detail_scene.ALERTS[: MOST + 1]:
            toasts.apply(detail_scene.raised(alert))
        windows = [each for each in qapp.topLevelWidgets() if each.windowType() == Qt.WindowType.Tool]
        assert len(windows) >= 1
        assert all(each.testAttribute(Qt.WidgetAttribute.WA_MacAlwaysShowToolWindow) for each in windows)
    finally:
        toasts.close_all()


def test_that_who_quits_or_logs_out_is_not_held_up_by_a_window_that_stays_in_the_tray(
    open_window: Open, qapp: QApplication
) -> None:
    window = open_window()
    in_tray(window)
    window.close()
    window.show()
    QTimer.singleShot(0, lambda: QApplication.sendEvent(qapp, QEvent(QEvent.Type.Quit)))  # as macOS does
    patience = QTimer(singleShot=True, interval=_PATIENCE_MS)
    patience.timeout.connect(partial(qapp.exit, _HELD_UP))
    patience.start()
    qapp.setQuitOnLastWindowClosed(False)  # else a second wish to end would wait for the next test
    try:
        assert qapp.exec() == 0
    finally:
        qapp.setQuitOnLastWindowClosed(True)
        patience.stop()
    assert not window.isVisible()
    assert not window.controllers.tray.keeps()


def test_that_a_click_on_the_dock_brings_a_window_back_from_the_tray(
    open_window: Open, qapp: QApplication, macos: pytest.MonkeyPatch
) -> None:
    assert macos
    window = open_window()
    in_tray(window)
    window.close()
    assert not window.isVisible()
    qapp.applicationStateChanged.emit(Qt.ApplicationState.ApplicationInactive)
    assert not window.isVisible()
    qapp.applicationStateChanged.emit(Qt.ApplicationState.ApplicationActive)
    assert window.isVisible()


def test_that_a_click_in_the_menu_bar_of_macos_opens_the_menu_alone(
    open_window: Open, macos: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    tray = in_tray(open_window())
    with qtbot.assertNotEmitted(tray.open_requested):
        tray._activate(QSystemTrayIcon.ActivationReason.Trigger)
    macos.setattr("sys.platform", "win32")
    with qtbot.waitSignal(tray.open_requested):
        tray._activate(QSystemTrayIcon.ActivationReason.Trigger)


def test_that_title_bars_follow_the_surfaces_that_were_chosen(
    qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[Qt.ColorScheme] = []
    monkeypatch.setattr(QStyleHints, "setColorScheme", lambda _self, scheme: asked.append(scheme))
    appearance = Appearance(qapp, ModeChoice.DARK)
    appearance.choose(ModeChoice.LIGHT, Palette.WESTERN)
    appearance.choose(ModeChoice.SYSTEM, Palette.WESTERN)
    assert asked == [Qt.ColorScheme.Dark, Qt.ColorScheme.Light, Qt.ColorScheme.Unknown]
    appearance.deleteLater()


def test_that_no_family_is_asked_for_that_is_not_there(theme: Theme) -> None:
    families = theme.font().families()
    assert families
    assert set(families) <= set(QFontDatabase.families())
    assert families[1:]  # Korean letters have a family of their own


def test_that_keys_are_named_as_on_a_mac(open_window: Open, macos: pytest.MonkeyPatch) -> None:
    window = open_window()
    rows = dict(key_rows(window.actions_known))
    assert rows["⌘,"] == "Settings"
    assert rows["⌘⇧Z, ⌘Y"].startswith("Redo")
    assert rows["⌫"] == "Take the row out of the list"
    assert not any("Ctrl" in keys or "Alt" in keys for keys in rows)
    assert KeyHint(window.header.finder).text() == "⌘K"
    assert keys_here("press Ctrl K and type") == "press ⌘K and type"
    macos.setattr("sys.platform", "linux")
    assert {shown_keys(each) for each in window.actions_known} >= {"Ctrl ,", "Ctrl Shift Z, Ctrl Y", "F11"}


def test_that_the_delete_key_of_a_mac_takes_a_row_out(open_window: Open, macos: pytest.MonkeyPatch) -> None:
    window = open_window()
    window.list.select("NVDA")
    node = window.list.node_at(window.list.currentIndex())
    assert node is not None
    pressed = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Backspace, Qt.KeyboardModifier.NoModifier)
    edit = key_edit(window.list, node, pressed)
    assert edit is not None
    assert "NVDA" not in edit.change(scene.watchlist()).symbols
    macos.setattr("sys.platform", "linux")
    assert key_edit(window.list, node, pressed) is None


@pytest.mark.parametrize("name", [n for n in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, n)])
def test_that_a_signal_to_end_is_heard_at_once_and_raises_nothing(
    qapp: QApplication, qtbot: QtBot, name: str
) -> None:
    assert qapp is not None
    number = getattr(signal, name)
    before = signal.signal(number, signal.SIG_DFL)  # the suite itself may run deaf to it
    signals = EndSignals()
    try:
        with qtbot.waitSignal(signals.asked):
            signal.raise_signal(number)
    finally:
        signals.close()
        restored = signal.signal(number, before)
    assert restored is signal.SIG_DFL


@pytest.mark.skipif(not hasattr(signal, "SIGHUP"), reason="Windows has terminals of another kind")
def test_that_a_window_that_shall_outlive_its_terminal_does(qapp: QApplication) -> None:
    assert qapp is not None
    number = getattr(signal, "SIGHUP")  # noqa: B009 - Windows' type checker knows none
    before = signal.signal(number, signal.SIG_IGN)  # as nohup does
    signals = EndSignals()
    kept = signal.getsignal(number)
    signals.close()
    signal.signal(number, before)
    assert kept is signal.SIG_IGN
