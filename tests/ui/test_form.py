"""What a form in a dialog says below its fields."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QSize, Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from stackwatch.ui.kit.form import Form
from stackwatch.ui.kit.theme import ThemeMode, build_theme, use_theme
from stackwatch.ui.preferences.settings import MOST_TEXT

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
SHORT = "Say who reported it."
LONG = "Give a day, a month or a year in which it was reported, " * 3


@pytest.fixture
def window(qapp: QApplication) -> Iterator[QWidget]:
    made = QWidget()
    made.resize(900, 600)
    made.show()
    yield made
    made.close()
    qapp.processEvents()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.mark.parametrize("text_px", [12, MOST_TEXT])
@pytest.mark.parametrize("words", [SHORT, LONG])
def test_that_the_mark_of_a_fault_stands_beside_its_first_line(
    window: QWidget, text_px: int, words: str
) -> None:
    use_theme(build_theme(ThemeMode.DARK, base_px=text_px))
    form = Form(window)
    field = form.line(20)
    form.add("Reported by", field)
    form.add_foot(form.leave, form.keep)
    form.say(field, words, wrong=True)
    form.open()
    QApplication.processEvents()
    mark, told = form._below[field]
    line = QFontMetrics(told.font()).height()
    drawn = told.grab().toImage()
    ground, across = drawn.pixel(drawn.width() - 1, drawn.height() - 1), range(drawn.width())
    inked = [y for y in range(drawn.height()) if any(drawn.pixel(x, y) != ground for x in across)]
    assert inked[0] < line  # its words begin at the top, too
    assert abs(mark.geometry().center().y() - (told.y() + line // 2)) <= 1
    assert told.height() >= line * (1 if words is SHORT else 2)
    form.close()


def test_that_fields_scroll_above_their_buttons_where_the_screen_is_low(
    window: QWidget, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    room = QSize(1280, 650)  # 1920 x 1080 at 150 %, with title bar and taskbar
    monkeypatch.setattr("stackwatch.ui.kit.form.screen_room", lambda _form: room)
    use_theme(build_theme(ThemeMode.DARK, base_px=MOST_TEXT))
    form = Form(window)
    fields = [form.line(20) for _ in range(9)]
    for number, field in enumerate(fields):
        form.add(f"Field {number}", field)
    form.add_foot(form.leave, form.keep)
    form.open()
    with qtbot.waitActive(form):
        form.activateWindow()
    fields[0].setFocus()
    assert form.height() <= room.height()
    assert form.keep.visibleRegion().boundingRect() == form.keep.rect()
    assert fields[-1].visibleRegion().boundingRect() != fields[-1].rect()
    for field in fields[:-1]:
        QTest.keyClick(field, Qt.Key.Key_Tab)
    assert form.focusWidget() is fields[-1]
    assert fields[-1].visibleRegion().boundingRect() == fields[-1].rect()
    form.close()
