"""Views and dialogs by keyboard: Tab comes by all that can be clicked, in reading order, and shows it."""

from collections.abc import Callable, Iterable, Iterator
from itertools import pairwise

import pytest
from PySide6.QtCore import QPoint, QSize, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QDialog,
    QHeaderView,
    QLabel,
    QLineEdit,
    QScrollArea,
    QWidget,
)
from pytestqt.qtbot import QtBot
from tests.ui import detail_scene, scene
from tests.ui.test_keyboard import NONE, SHIFT, filled, walk
from tests.ui.walks import top

from stackwatch.domain.alert import AwayReason
from stackwatch.domain.events import AwayDigest, RulesChanged
from stackwatch.domain.rule_drafts import for_entity
from stackwatch.ui.frame.keys_dialog import KeysDialog
from stackwatch.ui.frame.leave_live import LeaveLive
from stackwatch.ui.frame.window import MainWindow
from stackwatch.ui.preferences.settings import MOST_TEXT, ViewChoice
from stackwatch.ui.watchlist.column_chooser import ColumnChooser

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
Open = Callable[..., MainWindow]
CLICKED = (QAbstractButton, QLineEdit, QComboBox, QAbstractSpinBox, QAbstractItemView)


@pytest.fixture
def window(open_window: Open, qtbot: QtBot) -> MainWindow:
    return filled(open_window(replay=True), qtbot, 1440, 900)


def passed_over(root: QWidget, stops: Iterable[QWidget]) -> list[str]:
    """Return what can be clicked under a widget and neither has a stop nor stands beside one."""
    reached = set(stops)
    missed = []
    for part in root.findChildren(QWidget):
        offered = isinstance(part, CLICKED) and part.isVisible() and part.isEnabled()
        if offered and part not in reached and not _stands_beside(part, reached):
            missed.append(f"{type(part).__name__} {part.accessibleName() or part.objectName()}")
    return missed


def _stands_beside(part: QWidget, reached: set[QWidget]) -> bool:
    if isinstance(part, QHeaderView) or isinstance(
        part.parentWidget(), QLineEdit | QAbstractSpinBox | QComboBox
    ):
        return True
    if not isinstance(part, QAbstractButton):
        return False
    group = part.group()
    beside: Iterable[QAbstractButton] = () if group is None else group.buttons()
    parent = part.parentWidget()
    if part.autoExclusive() and group is None and parent is not None:
        beside = (b for b in parent.findChildren(QAbstractButton) if b.autoExclusive())
    return any(other in reached for other in beside)  # arrows go on from there


def backwards(stops: list[QWidget]) -> list[str]:
    """Return the steps that lead back up or to the left inside one part."""
    wrong = []
    for here, there in pairwise(stops):
        if here.parentWidget() is not there.parentWidget():
            continue
        above = there.geometry().bottom() < here.geometry().top()
        one_line = here.geometry().top() <= there.geometry().center().y() <= here.geometry().bottom()
        if above or (one_line and there.x() < here.x()):
            wrong.append(f"{here.accessibleName()} -> {there.accessibleName()}")
    return wrong


def check(root: QWidget) -> None:
    """Walk from where the keyboard is, forth and back."""
    forth = walk(Qt.Key.Key_Tab, NONE, set())
    assert passed_over(root, forth) == []
    start = min(range(len(forth)), key=lambda n: _top_left(forth[n], root))
    assert backwards([*forth[start:], *forth[:start]]) == []
    assert set(walk(Qt.Key.Key_Backtab, SHIFT, set(forth))) == set(forth)


def _top_left(part: QWidget, root: QWidget) -> tuple[int, int]:
    place = part.mapTo(root, QPoint(0, 0))
    return place.y(), place.x()


def opened(dialog: QWidget | None, qtbot: QtBot) -> QWidget:
    assert dialog is not None
    with qtbot.waitActive(dialog):
        dialog.activateWindow()
    QApplication.processEvents()
    return dialog


def test_that_tab_comes_by_everything_of_every_view(window: MainWindow) -> None:
    window.apply(
        RulesChanged(rules=(for_entity("NVDA", scene.ecosystem(), scene.watchlist()),), own=frozenset())
    )
    for view in ViewChoice:
        window.views.show_view(view)
        QApplication.processEvents()
        check(window)


def test_that_tab_comes_by_everything_of_the_rule_editor(window: MainWindow) -> None:
    window.views.show_view(ViewChoice.RULES)
    window.new_alert()
    window.views.rules.editor.form.add.click()
    QApplication.processEvents()
    window.views.rules.editor.form.name.setFocus()
    check(window)


def test_that_tab_comes_by_everything_of_a_popup(window: MainWindow) -> None:
    window.apply(detail_scene.raised(detail_scene.ALERTS[0]))
    check(window)


def test_that_tab_comes_by_everything_of_every_page_of_the_settings(window: MainWindow, qtbot: QtBot) -> None:
    window.settings_controller.open()
    dialog = window.settings_controller.dialog
    opened(dialog, qtbot)
    assert dialog is not None
    for page in range(len(dialog.names)):
        dialog.open_page(page)
        QApplication.processEvents()
        dialog.search.setFocus()
        check(dialog)
    dialog.reject()


def dialogs(window: MainWindow) -> Iterator[QWidget | None]:
    alerts = window.inbox.model.shown()
    window.apply(AwayDigest(AwayReason.START, scene.NOW, scene.NOW, alerts))
    window.inbox.show_digest()
    yield window.inbox.digest_dialog
    yield window.controllers.welcome(
        window.lists.controller, window.header.finder, window.detail.card, window.header.bell
    )
    if window.controllers.tour is not None:
        window.controllers.tour.end()
    question = LeaveLive("22 Jul 2025", window)
    question.open()
    yield question
    window.list.choose_columns()
    yield top(ColumnChooser)


def test_that_tab_comes_by_everything_of_every_other_dialog(window: MainWindow, qtbot: QtBot) -> None:
    for dialog in dialogs(window):
        check(opened(dialog, qtbot))
        assert dialog is not None
        dialog.close()


def test_that_the_list_of_keys_has_the_keyboard_itself(window: MainWindow, qtbot: QtBot) -> None:
    window.show_keys()
    dialog = opened(top(KeysDialog), qtbot)
    assert isinstance(dialog, QDialog)
    assert QApplication.focusWidget() is dialog
    assert "Ctrl K" in dialog.accessibleDescription()


def test_that_keys_show_the_end_of_the_list_of_keys_on_a_small_screen(
    window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    room = QSize(960, 470)
    monkeypatch.setattr("stackwatch.ui.frame.keys_dialog.screen_room", lambda _dialog: room)
    window.change_look({"text_px": MOST_TEXT})
    window.show_keys()
    dialog = opened(top(KeysDialog), qtbot)
    assert isinstance(dialog, KeysDialog)
    assert dialog.size() == room
    last = dialog.area.widget().findChildren(QLabel)[-1]
    assert last.visibleRegion().isEmpty()
    for key in (Qt.Key.Key_End, *(Qt.Key.Key_Right,) * 20):
        QTest.keyClick(dialog, key)
    assert last.visibleRegion().boundingRect() == last.rect()
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()


def test_that_the_pages_of_the_settings_are_walked_by_arrows_and_turned_over_where_nothing_takes_the_keyboard(
    window: MainWindow, qtbot: QtBot
) -> None:
    """Tab went to the first page whichever was open, and below the upper keys nobody came without a mouse."""
    window.settings_controller.open()
    dialog = window.settings_controller.dialog
    assert dialog is not None
    opened(dialog, qtbot)
    qtbot.mouseClick(dialog.names[2], Qt.MouseButton.LeftButton)
    dialog.search.setFocus()
    QTest.keyClick(dialog.search, Qt.Key.Key_Tab)
    assert dialog.focusWidget() is dialog.names[2]
    for page in (3, 4):
        QTest.keyClick(dialog.focusWidget(), Qt.Key.Key_Down)
        assert dialog.focusWidget() is dialog.names[page]
        assert dialog.stack.currentIndex() == page
    area = dialog.stack.currentWidget()
    assert isinstance(area, QScrollArea)
    bar = area.verticalScrollBar()
    QApplication.processEvents()
    assert bar.maximum() > 0
    QTest.keyClick(dialog.focusWidget(), Qt.Key.Key_PageDown)
    assert bar.value() > 0
    QTest.keyClick(dialog.focusWidget(), Qt.Key.Key_PageUp)
    assert bar.value() == 0
    dialog.reject()
