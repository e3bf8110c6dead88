"""What a form in a dialog says below its fields."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QApplication, QWidget

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
