"""Fields of numbers, typed into and pasted into."""

from collections.abc import Callable
from functools import partial

import pytest
from PySide6.QtCore import QDate, QLocale, Qt, QTime
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractSpinBox
from pytestqt.qtbot import QtBot
from tests.ui.scene import dress_in

from stackwatch.ui.kit.fields import ClockField, CountSpin, DayField, NumberSpin
from stackwatch.ui.kit.theme import ThemeMode, build_theme, current_theme, px, use_theme
from stackwatch.ui.preferences.settings import MOST_TEXT


def enter(field: QAbstractSpinBox, text: str, *, pasted: bool = False) -> str:
    """Write a text over what stands in a field, and leave it; returns what stands there then."""
    field.selectAll()
    if pasted:
        QGuiApplication.clipboard().setText(text)
        QTest.keyClick(field, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    else:
        QTest.keyClicks(field, text)
    QTest.keyClick(field, Qt.Key.Key_Return)
    return field.text()


@pytest.mark.parametrize("pasted", [False, True])
@pytest.mark.parametrize(
    ("text", "value", "shown"),
    [
        ("3,5", 3.5, "3.5"),
        ("-2,25", -2.25, "\u22122.25"),
        ("1,234.5", 1234.5, "1,234.5"),
        ("1.234,5", 1234.5, "1,234.5"),
        ("158,765,432", 158_765_432.0, "158,765,432"),
        ("0,0000312", 0.0000312, "0.0000312"),
    ],
)
def test_that_a_comma_is_a_point_or_a_mark_of_thousands(
    qtbot: QtBot, text: str, value: float, shown: str, *, pasted: bool
) -> None:
    field = NumberSpin()
    qtbot.addWidget(field)
    assert enter(field, text, pasted=pasted) == shown
    assert field.value() == value


def test_that_a_number_that_the_program_proposes_is_seen_whole(qtbot: QtBot) -> None:
    field = NumberSpin()
    qtbot.addWidget(field)
    narrow = field.width()
    field.set_least(2)
    field.setValue(1_269_000.0)
    assert field.text() == "1,269,000.00"
    proposed = field.width()
    assert proposed > narrow
    field.lineEdit().clear()
    enter(field, "1,269,000.00", pasted=True)
    assert field.width() == proposed  # as wide as for one that is typed


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
@pytest.mark.parametrize("make", [NumberSpin, partial(CountSpin, 1, 1440)])
def test_that_the_arrows_of_a_number_stand_beside_it_in_the_largest_text(
    qtbot: QtBot, make: Callable[[], QAbstractSpinBox]
) -> None:
    use_theme(build_theme(ThemeMode.DARK, base_px=MOST_TEXT))
    field = make()
    dress_in(field, current_theme())
    qtbot.addWidget(field)
    field.show()
    assert field.lineEdit().geometry().right() <= field.width() - px(18) + (px(14) - px(9)) // 2


def test_that_a_price_is_pasted_with_its_currency(qtbot: QtBot) -> None:
    field = NumberSpin()
    qtbot.addWidget(field)
    assert enter(field, "$1,234.50", pasted=True) == "1,234.5"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("45", "45 min"),
        ("1,440", "1,440 min"),
        ("3,5", "7 min"),
        ("2.5", "7 min"),
        ("99999", "9,999 min"),
        ("0", "1 min"),
    ],
)
def test_that_a_count_is_whole_and_the_nearest_that_may_be(qtbot: QtBot, text: str, shown: str) -> None:
    field = CountSpin(1, 9999)
    qtbot.addWidget(field)
    field.setKeyboardTracking(False)
    field.setSuffix(" min")
    field.setValue(7)
    assert enter(field, text) == shown


def test_that_a_count_without_a_value_of_its_own_is_typed_over(qtbot: QtBot) -> None:
    field = CountSpin(0, 9999)
    qtbot.addWidget(field)
    field.setSpecialValueText("24 hours")
    assert field.text() == "24 hours"
    assert enter(field, "90") == "90"
    assert enter(field, "0") == "24 hours"


@pytest.mark.parametrize("system", ["ar_EG", "fa_IR", "th_TH", "tr_TR"])
def test_that_figures_are_written_alike_whatever_the_system_writes(qtbot: QtBot, system: str) -> None:
    before = QLocale()
    QLocale.setDefault(QLocale(system))
    try:
        clock, day, count, number = ClockField(), DayField(), CountSpin(0, 9999), NumberSpin()
    finally:
        QLocale.setDefault(before)
    for field in (clock, day, count, number):
        qtbot.addWidget(field)
    clock.setTime(QTime(22, 30))
    day.setDate(QDate(2026, 3, 10))
    count.setValue(4000)
    number.setValue(1234.5)
    assert [clock.text(), day.text(), count.text(), number.text()] == [
        "22:30",
        "2026-03-10",
        "4,000",
        "1,234.5",
    ]


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
def test_that_what_is_typed_replaces_the_part_of_a_time_that_was_clicked_or_all_of_it(qtbot: QtBot) -> None:
    field = ClockField()
    qtbot.addWidget(field)
    field.setTime(QTime(7, 0))
    field.show()
    line = field.lineEdit()
    left = line.cursorRect().center()
    QTest.mouseClick(line, Qt.MouseButton.LeftButton, pos=left)
    QTest.keyClicks(field, "1030")
    assert field.time() == QTime(10, 30)
    QTest.keyClick(field, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClicks(field, "0815")
    assert field.time() == QTime(8, 15)
    day = DayField()
    qtbot.addWidget(day)
    day.setDate(QDate(2026, 3, 10))
    day.show()
    QTest.keyClick(day, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClicks(day, "20270405")
    assert day.date() == QDate(2027, 4, 5)
