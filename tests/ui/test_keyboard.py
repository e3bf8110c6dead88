"""The window by keyboard alone: every part is reached and left, and shows where the keyboard is."""

from collections.abc import Callable
from dataclasses import replace
from itertools import product

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QCursor, QGuiApplication, QKeySequence, QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QMenu, QWidget
from pytestqt.qtbot import QtBot
from tests.ui import detail_scene, scene
from tests.ui.test_armed_model import row
from tests.ui.test_bridge import _alert

from stackwatch.domain.events import AlertRaised, AlertsLoaded, ArmedRowsChanged, RulesChanged
from stackwatch.domain.rule_drafts import for_entity
from stackwatch.ui.alerts.toast import ToastStack
from stackwatch.ui.frame.window import MainWindow
from stackwatch.ui.kit.chips import PaintedButton
from stackwatch.ui.preferences.settings import HeatBy, ViewChoice

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)

Open = Callable[..., MainWindow]
NONE, ALT, CONTROL, SHIFT = (
    Qt.KeyboardModifier.NoModifier,
    Qt.KeyboardModifier.AltModifier,
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
)
VIEWS = (Qt.Key.Key_1, Qt.Key.Key_2, Qt.Key.Key_3, Qt.Key.Key_4, Qt.Key.Key_5)
TARGET = 24  # pixels
PARTS_OF_A_DATE = 3  # Tab walks through them


def focus() -> QWidget:
    """Return the widget with the keyboard, which must be a visible one with a name."""
    widget = QApplication.focusWidget()
    assert widget is not None
    assert widget.isVisible()
    named = widget.accessibleName() or (isinstance(widget, QAbstractButton) and widget.text())
    assert named, type(widget)
    return widget


def press(key: Qt.Key, modifier: Qt.KeyboardModifier = NONE) -> QWidget:
    QTest.keyClick(focus(), key, modifier)
    QApplication.processEvents()
    return focus()


def is_marked(widget: QWidget) -> bool:
    """Whether some pixels differ when the keyboard goes elsewhere."""
    with_focus = widget.grab().toImage()
    widget.clearFocus()
    without = widget.grab().toImage()
    widget.setFocus(Qt.FocusReason.TabFocusReason)
    return with_focus != without


def walk(key: Qt.Key, modifier: Qt.KeyboardModifier, marked: set[QWidget]) -> list[QWidget]:
    """Go on until the keyboard is where it began; every stop that ``marked`` lacks must show itself."""
    seen = [focus()]
    stayed = 0
    while True:
        here = seen[-1]
        if here not in marked:
            assert is_marked(here), (type(here), here.accessibleName())
            marked.add(here)
        there = press(key, modifier)
        if there is seen[0] and len(seen) > 1:
            return seen
        stayed = stayed + 1 if there is here else 0
        assert stayed < PARTS_OF_A_DATE, (type(here), here.accessibleName())
        if there is not here:
            assert there not in seen, (type(there), there.accessibleName())
            seen.append(there)


def filled(window: MainWindow, qtbot: QtBot, width: int, height: int) -> MainWindow:
    """Return the window in front, of a size, with a share in every panel and two alerts."""
    window.resize(width, height)
    with qtbot.waitActive(window):
        window.activateWindow()
    for event in (*scene.events(), *detail_scene.nvda_events()):
        window.apply(event)
    window.apply(AlertsLoaded((_alert("a"), _alert("b"))))
    return window


@pytest.fixture
def window(open_window: Open, qtbot: QtBot) -> MainWindow:
    return filled(open_window(replay=True), qtbot, 1280, 720)


def test_that_the_keyboard_reaches_and_leaves_every_part(window: MainWindow) -> None:
    views = window.views
    press(Qt.Key.Key_5, ALT)
    window.apply(
        RulesChanged(rules=(for_entity("NVDA", scene.ecosystem(), scene.watchlist()),), own=frozenset())
    )
    parts: tuple[tuple[QWidget, ...], ...] = (
        (window.list, window.inbox, window.detail, window.header),
        (views.heat.canvas, views.heat.segments, window.detail),
        (views.exposure.area, views.exposure.known),
        (views.headlines.list, views.headlines.order, views.headlines.pane),
        (views.rules.armed.view,),
    )
    marked: set[QWidget] = set()
    for key, wanted in zip(VIEWS, parts, strict=True):
        assert press(key, ALT) is wanted[0]
        forth = walk(Qt.Key.Key_Tab, NONE, marked)
        for part in wanted:
            assert any(part is stop or part.isAncestorOf(stop) for stop in forth), type(part)
        back = walk(Qt.Key.Key_Backtab, SHIFT, marked)
        assert set(back) == set(forth)
        assert press(Qt.Key.Key_K, CONTROL) is window.header.finder
        assert press(Qt.Key.Key_Escape) is wanted[0]


@pytest.mark.parametrize("view", [ViewChoice.LIST, ViewChoice.HEAT, ViewChoice.EXPOSURE])
def test_that_tab_walks_from_the_top_of_the_window_down(window: MainWindow, view: ViewChoice) -> None:
    """It went from the reason to the headlines, up to the chart, and to the maps after the alerts."""
    window.inbox.show()
    window.views.show_view(view)
    QApplication.processEvents()
    window.header.title.setFocus()
    order = walk(Qt.Key.Key_Tab, NONE, {*window.findChildren(QWidget)})
    detail = window.detail
    parts = (
        window.header,
        window.views,
        detail.card,
        detail.chart,
        detail.tabs,
        detail.headlines,
        window.inbox,
    )
    stops = [next((n for n, part in enumerate(parts) if part in (s, *_above(s))), None) for s in order]
    places = [place for place in stops if place is not None]
    assert set(places) == set(range(len(parts)))
    assert places == sorted(places)


def _above(widget: QWidget) -> list[QWidget]:
    """Return all that a widget is in."""
    parent = widget.parentWidget()
    return [] if parent is None else [parent, *_above(parent)]


def test_that_a_row_is_copied_as_its_words_and_never_as_a_picture_of_its_first_cell(
    window: MainWindow,
) -> None:
    """Of the list that was "alert armed" or nothing, of alerts "Alert", of rules "bell-fill"."""
    clipboard, views = QGuiApplication.clipboard(), window.views

    def copied(view: QWidget) -> str:
        clipboard.setText("of another program")
        view.setFocus()
        QTest.keyClick(view, Qt.Key.Key_C, CONTROL)
        return clipboard.text()

    for entity, words in (("NVDA", "NVDA"), ("HPE", "HPE"), ("openai", "OpenAI")):
        window.list.select(entity)
        assert copied(window.list) == words
    window.list.stand_on("gpus")
    assert copied(window.list) == "GPUs & accelerators"
    window.inbox.show()
    window.inbox.view.setCurrentIndex(window.inbox.model.index(0, 0))
    alert = window.inbox.model.row(0)
    by_menu = next(a for a in window.inbox.row_menu(alert.key).actions() if a.text() == "Copy text")
    assert by_menu.shortcut().matches(QKeySequence(QKeySequence.StandardKey.Copy))
    told = copied(window.inbox.view)
    by_menu.trigger()
    assert clipboard.text() == told
    assert "NVDA" in told
    rule = for_entity("NVDA", scene.ecosystem(), scene.watchlist())
    window.apply(RulesChanged(rules=(rule,), own=frozenset()))
    press(Qt.Key.Key_5, ALT)
    window.apply(ArmedRowsChanged((row(rule.id, "NVDA", -1.0, 0.3),), 1))
    views.rules.armed.view.setCurrentIndex(views.rules.armed.model.index(0, 0))
    assert copied(views.rules.armed.view).startswith("NVDA NVIDIA, ")


def test_that_tab_stops_at_the_choice_in_use_and_arrows_go_on(window: MainWindow) -> None:
    heat = window.views.heat
    press(Qt.Key.Key_2, ALT)
    assert press(Qt.Key.Key_Backtab, SHIFT) is heat.unusual
    chosen = press(Qt.Key.Key_Backtab, SHIFT)
    assert chosen.accessibleName() == "Abnormal"
    assert press(Qt.Key.Key_Right).accessibleName() == "SAR"
    assert heat.by is HeatBy.SAR
    heat.show_by(HeatBy.CHANGE)
    assert press(Qt.Key.Key_Tab) is heat.unusual
    assert press(Qt.Key.Key_Backtab, SHIFT).accessibleName() == "Change"


def test_that_a_popup_is_reached_and_left_by_keys(window: MainWindow) -> None:
    start = focus()
    window.apply(AlertRaised(detail_scene.ALERTS[0], popup=True))
    QApplication.processEvents()
    assert focus() is start
    window.toasts.focus_next()
    QApplication.processEvents()
    assert focus() is not start
    press(Qt.Key.Key_Escape)
    assert focus() is start


def test_that_keys_of_the_window_work_in_a_popup_that_has_the_keyboard(
    window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ToastStack, "_host", lambda _self: None)  # as where popups are windows
    window.apply(AlertRaised(detail_scene.ALERTS[0], popup=True))
    (card,) = window.toasts.cards

    def from_the_card(key: Qt.Key, modifier: Qt.KeyboardModifier) -> None:
        card.focus()
        qtbot.waitUntil(card.has_keyboard)
        QTest.keyClick(card, key, modifier)

    from_the_card(Qt.Key.Key_2, ALT)
    assert window.views.view is ViewChoice.HEAT
    from_the_card(Qt.Key.Key_K, CONTROL)
    qtbot.waitUntil(window.header.finder.hasFocus)
    from_the_card(Qt.Key.Key_Comma, CONTROL)
    assert window.settings_controller.dialog is not None
    assert window.toasts.cards == (card,)


def test_that_a_key_walks_the_popups_and_goes_back_and_closes_none(window: MainWindow, qtbot: QtBot) -> None:
    start = focus()
    window.apply(AlertRaised(detail_scene.ALERTS[0], popup=True))
    window.apply(AlertRaised(replace(detail_scene.ALERTS[0], id="b", group="other"), popup=True))
    older, newer = window.toasts.cards
    QTest.keyClick(window, Qt.Key.Key_F6)
    qtbot.waitUntil(newer.has_keyboard)
    press(Qt.Key.Key_Tab)
    press(Qt.Key.Key_F6)
    qtbot.waitUntil(older.has_keyboard)
    press(Qt.Key.Key_F6)
    qtbot.waitUntil(lambda: QApplication.focusWidget() is start)
    assert window.toasts.cards == (older, newer)
    assert older.counting
    assert newer.counting


@pytest.mark.parametrize(
    ("key", "modifier", "stops"), [(Qt.Key.Key_Comma, CONTROL, 5), (Qt.Key.Key_Question, NONE, 1)]
)
def test_that_a_dialog_is_walked_and_escape_goes_back(
    window: MainWindow, qtbot: QtBot, key: Qt.Key, modifier: Qt.KeyboardModifier, stops: int
) -> None:
    QTest.keyClick(window.list, key, modifier)
    qtbot.waitUntil(lambda: QApplication.focusWidget() not in (window.list, None))
    assert focus().window() is not window
    if stops > 1:
        assert len(walk(Qt.Key.Key_Tab, NONE, set())) >= stops
    QTest.keyClick(focus(), Qt.Key.Key_Escape)
    window.activateWindow()  # a system does so itself
    qtbot.waitUntil(lambda: QApplication.focusWidget() is window.list)


def test_that_hiding_the_alerts_under_the_keyboard_loses_nothing(window: MainWindow) -> None:
    window.inbox.view.setFocus()
    assert press(Qt.Key.Key_I, CONTROL) is window.list
    assert press(Qt.Key.Key_I, CONTROL) is window.inbox.view


@pytest.mark.parametrize("view", [VIEWS[0], VIEWS[1], VIEWS[3]])
@pytest.mark.usefixtures("window")
def test_that_the_menu_key_opens_a_menu_and_escape_goes_back(view: Qt.Key) -> None:
    start = press(view, ALT)
    press(Qt.Key.Key_F10, SHIFT)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    assert menu.activeAction() is menu.actions()[0]
    QTest.keyClick(menu, Qt.Key.Key_Escape)
    assert QApplication.activePopupWidget() is None
    assert focus() is start


def test_that_a_menu_has_its_first_entry_marked_where_a_key_opened_it_and_not_the_pointer(
    window: MainWindow,
) -> None:
    button, seen = window.header.title, []

    def look() -> None:
        menu = QApplication.activePopupWidget()
        assert isinstance(menu, QMenu)
        active = menu.activeAction()
        seen.append(None if active is None else menu.actions().index(active))
        menu.close()

    for part in (window.inbox, button):
        QCursor.setPos(part.mapToGlobal(part.rect().center()))
        button.setFocus()
        QTimer.singleShot(0, look)  # some menus wait until they are closed
        QTest.keyClick(button, Qt.Key.Key_Space)
        QApplication.processEvents()
    assert seen == [0, None]


def test_that_rules_without_any_rule_offer_no_form(window: MainWindow) -> None:
    press(Qt.Key.Key_5, ALT)
    stops = walk(Qt.Key.Key_Tab, NONE, set())
    assert not any(window.views.rules.editor.form.isAncestorOf(stop) for stop in stops)


def test_that_small_text_leaves_what_is_clicked_large_enough(window: MainWindow) -> None:
    window.change_look({"text_px": 11})
    for key in VIEWS:
        press(key, ALT)
        for button in window.findChildren(QAbstractButton):
            if button.isVisible() and isinstance(button, PaintedButton):
                assert min(button.width(), button.height()) >= TARGET, button.accessibleName()


@pytest.mark.parametrize("opened_before", [False, True])
def test_that_keys_of_the_settings_menu_work_on_its_button(
    open_window: Open, qtbot: QtBot, commands: scene.RecordedCommands, *, opened_before: bool
) -> None:
    window = filled(open_window(), qtbot, 1440, 900)
    button, menu = window.header.settings, window.header.settings.menu()
    assert menu is not None
    if opened_before:
        menu.popup(window.pos())
        assert "Ctrl+B" in [action.shortcut().toString() for action in menu.actions()]
        menu.close()
    button.setFocus()
    QTest.keyClick(button, Qt.Key.Key_B, CONTROL)
    assert commands.calls[-1] == ("request_briefing",)
    QTest.keyClick(button, Qt.Key.Key_Comma, CONTROL)
    assert window.settings_controller.dialog is not None


def test_that_every_key_has_one_owner_wherever_the_keyboard_is(open_window: Open, qtbot: QtBot) -> None:
    window = filled(open_window(replay=True), qtbot, 1440, 900)
    keys = window.findChildren(QShortcut)
    for key in keys:
        key.blockSignals(True)  # what it does is asked elsewhere
    tried = 0
    for view in ViewChoice:
        window.views.show_view(view)
        QApplication.processEvents()
        stops = (
            part for part in window.findChildren(QWidget) if part.focusPolicy() & Qt.FocusPolicy.TabFocus
        )
        for part, key in product((part for part in stops if part.isVisible()), keys):
            part.setFocus()
            QTest.keySequence(part, key.key())
            tried += 1
    assert tried > 1000  # Qt warns of a second owner, which no test may let it do
