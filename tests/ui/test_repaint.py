"""What stands on the screen after a part of it was drawn anew is what a whole drawing shows."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot
from tests.ui import scene
from tests.ui.test_keyboard import filled

from stackwatch.domain.events import RulesChanged
from stackwatch.domain.rule_drafts import for_entity
from stackwatch.ui.frame.window import MainWindow
from stackwatch.ui.kit.divider import Divider, Splitter
from stackwatch.ui.kit.hairline import Hairline
from stackwatch.ui.preferences.settings import ViewChoice

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)

Open = Callable[..., MainWindow]
_SEEN = 24  # of the sums of red, green and blue: rounding is less


def left_over(window: QWidget) -> list[tuple[int, int]]:
    """Return the pixels of the screen that a whole drawing of the window does not show."""
    for _ in range(3):
        QCoreApplication.processEvents()
    shown = window.screen().grabWindow(window.winId()).toImage()
    whole = window.grab().toImage()
    form = QImage.Format.Format_RGB32
    shown, whole = shown.convertToFormat(form), whole.convertToFormat(form)
    assert shown.size() == whole.size()
    return [] if shown == whole else list(_differing(shown, whole))


def _differing(one: QImage, other: QImage) -> list[tuple[int, int]]:
    return [
        (x, y)
        for y in range(one.height())
        for x in range(one.width())
        if (a := one.pixelColor(x, y)) != (b := other.pixelColor(x, y))
        and abs(a.red() - b.red()) + abs(a.green() - b.green()) + abs(a.blue() - b.blue()) > _SEEN
    ]


@pytest.fixture
def window(open_window: Open, qtbot: QtBot) -> MainWindow:
    made = filled(open_window(replay=True), qtbot, 1440, 900)
    assert left_over(made) == []
    return made


def test_that_a_border_leaves_nothing_behind_when_the_keyboard_goes_on(window: MainWindow) -> None:
    borders = [border for border in window.findChildren(Divider) if border.isVisible()]
    assert borders
    for border in borders:
        border.setFocus(Qt.FocusReason.TabFocusReason)
        assert left_over(window) == []
        window.front.setFocus()
        assert left_over(window) == []


def test_that_the_line_under_the_tabs_moves_with_the_card_above_it(window: MainWindow) -> None:
    heights = set()
    for key in (Qt.Key.Key_Home, *(Qt.Key.Key_Down,) * 6):
        QTest.keyClick(window.list, key)
        QTest.qWait(60)
        assert left_over(window) == []
        heights.add(window.detail.card.height())
    assert len(heights) > 1


def test_that_the_line_under_the_fields_of_a_rule_is_there_only_while_they_go_on_below(
    window: MainWindow,
) -> None:
    rule = for_entity("NVDA", scene.ecosystem(), scene.watchlist())
    window.apply(RulesChanged(rules=(rule,), own=frozenset()))
    window.views.show_view(ViewChoice.RULES)
    window.views.rules.edit(rule.id)
    assert left_over(window) == []
    form = window.views.rules.editor.form
    (line,) = form.findChildren(Hairline)
    halves = window.views.rules.findChildren(Splitter)[0]
    heights = halves.sizes()
    below = []
    for height in (heights[0], 300, heights[0]):
        halves.setSizes([height, sum(heights) - height])
        assert left_over(window) == []
        assert line.isVisible() == (form.page.verticalScrollBar().maximum() > 0)
        below.append(line.isVisible())
    assert below == [False, True, False]
