"""Controls of forms: numbers with a true minus sign, choices, days, checks."""

from collections.abc import Callable, Iterable

from PySide6.QtCore import QEvent, QLocale, QObject, QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QValidator, QWheelEvent
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QComboBox,
    QDateTimeEdit,
    QDoubleSpinBox,
    QPushButton,
    QSizePolicy,
    QSpinBox,
    QStyle,
    QStyleOptionButton,
    QStylePainter,
    QWidget,
)

from stackwatch.domain.words.format import MINUS
from stackwatch.domain.words.typed import begins_number, number
from stackwatch.ui.kit import paint
from stackwatch.ui.kit.chips import PaintedButton, box
from stackwatch.ui.kit.icons import draw_icon
from stackwatch.ui.kit.language import current_language
from stackwatch.ui.kit.theme import Theme, current_theme, px

_MOST = 1_000_000_000.0  # won for a coin
_DECIMALS = 10  # a price of a coin has as many
_ARROWS = 18
_CLOCK = 64
_NUMBER, _LONG_NUMBER = 76, 140  # of the fields of numbers, and of one that needs more
_AROUND_NUMBER = 16  # its borders, padding, and the cursor; beside its arrows
_BUTTONS = 16  # the room of its arrows
_FIELD = 28  # the height of a field
_INDENT = 11  # of the words in a field: its border and padding
_BESIDE_WORDS = 40  # of a choice: its margins and its caret
_SPIN_SHEET = (
    "QAbstractSpinBox {{padding-right: {room}px; padding-left: 6px;}}"
    " QAbstractSpinBox::up-button, QAbstractSpinBox::down-button"
    " {{width: {room}px; border: none; background: transparent;}}"
    " QAbstractSpinBox::up-arrow, QAbstractSpinBox::down-arrow {{image: none; width: 0; height: 0;}}"
)


class NumberSpin(QDoubleSpinBox):
    """A number written as everywhere in the program; only as many decimals as it has, at least ``least``."""

    def __init__(self) -> None:
        super().__init__()
        self._least = 0
        self.setDecimals(_DECIMALS)
        self.setRange(-_MOST, _MOST)
        self.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.setStyleSheet(_SPIN_SHEET.format(room=px(_BUTTONS)))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.lineEdit().textChanged.connect(self._widen)
        self.valueChanged.connect(self._widen)  # Qt tells of no text that it wrote itself
        self._widen()

    def _widen(self) -> None:
        """Be as wide as the number needs: what is scrolled out of a field is taken for none."""
        needed = self.fontMetrics().horizontalAdvance(self.lineEdit().text()) + _AROUND_NUMBER + px(_BUTTONS)
        self.setFixedWidth(min(max(needed, px(_NUMBER)), px(_LONG_NUMBER)))

    def set_least(self, decimals: int) -> None:
        """Write at least so many decimals."""
        self._least = decimals
        self.setValue(self.value())
        self.lineEdit().setText(self.textFromValue(self.value()))

    def set_whole(self, *, whole: bool) -> None:
        """Take whole numbers only, or any."""
        self.setDecimals(0 if whole else _DECIMALS)

    def textFromValue(self, value: float) -> str:
        """Write a number with U+2212 and no needless zeros."""
        text = f"{abs(value):.{_DECIMALS}f}".rstrip("0")
        whole, _, rest = text.partition(".")
        rest = rest.ljust(self._least, "0")
        sign = MINUS if value < 0 else ""
        return f"{sign}{int(whole):,}.{rest}" if rest else f"{sign}{int(whole):,}"

    def valueFromText(self, text: str) -> float:
        """Read a number as people write it: ``-3,5``, ``1,234.5``."""
        read = _number(text)
        return self.value() if read is None else read

    def validate(self, text: str, position: int) -> tuple[QValidator.State, str, int]:
        """Let in what is, or may become, a number."""
        if _number(text) is not None:
            return QValidator.State.Acceptable, text, position
        begun = begins_number(text)
        return QValidator.State.Intermediate if begun else QValidator.State.Invalid, text, position

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the wheel to the page unless the number is being edited."""
        _wheel(self, event, super().wheelEvent)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the field and the theme's arrows."""
        super().paintEvent(event)
        _draw_arrows(self)


def _number(text: str) -> float | None:
    read = number(text)
    return read if read is not None and abs(read) <= _MOST else None


class CountSpin(QSpinBox):
    """A whole number with its unit."""

    def __init__(self, least: int, most: int) -> None:
        super().__init__()
        self.setRange(least, most)
        self.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.setFixedWidth(px(_NUMBER))
        self.setStyleSheet(_SPIN_SHEET.format(room=px(_BUTTONS)))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def textFromValue(self, value: int) -> str:
        """Write a number with thousands marks, as everywhere."""
        return f"{value:,}"

    def valueFromText(self, text: str) -> int:
        """Read a whole number, ``1,440`` too."""
        read = self._read(text)
        return super().valueFromText(text) if read is None else int(read)

    def validate(self, text: str, position: int) -> tuple[QValidator.State, str, int]:
        """Let in what is, or may become, a whole number: no point is left out of 3.5 to make it 35."""
        if text == self.specialValueText() or not begins_number(text.removesuffix(self.suffix())):
            return super().validate(text, position)
        nearest = self._nearest(text)
        fits = nearest is not None and nearest == self._read(text)
        return QValidator.State.Acceptable if fits else QValidator.State.Intermediate, text, position

    def fixup(self, text: str) -> str:
        """Return the nearest number in place of one that is too small or too large."""
        nearest = self._nearest(text)
        return text if nearest is None else f"{nearest}{self.suffix()}"

    def _read(self, text: str) -> float | None:
        return number(text.removesuffix(self.suffix()))

    def _nearest(self, text: str) -> int | None:
        """Return the number that may stand here in place of a whole one, None for what is none."""
        read = self._read(text)
        if read is None or read != int(read):
            return None
        return min(max(int(read), self.minimum()), self.maximum())

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the wheel to the page unless the number is being edited."""
        _wheel(self, event, super().wheelEvent)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the field and the theme's arrows."""
        super().paintEvent(event)
        _draw_arrows(self)


def _wheel(field: QAbstractSpinBox, event: QWheelEvent, turn: Callable[[QWheelEvent], None]) -> None:
    if field.hasFocus():
        turn(event)
    else:
        event.ignore()


def _draw_arrows(field: QAbstractSpinBox) -> None:
    theme = current_theme()
    painter, size = QPainter(field), px(9)
    half = field.height() // 2
    left = field.width() - px(_ARROWS)
    draw_icon(painter, "caret-up", theme.t2, QRect(left, 3, px(14), half - 3), size)
    draw_icon(painter, "caret-down", theme.t2, QRect(left, half, px(14), half - 3), size)


class Choice(QComboBox):
    """A list to choose from, with the theme's caret; the wheel does not change it by accident.

    It is ``width`` wide, or at least that where it ``grows`` with the room there is.
    """

    def __init__(self, width: int, *, grows: bool = False) -> None:
        super().__init__()
        self._width, self._grows = width, grows
        if grows:
            self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._values: list[object] = []
        self.restyle()
        self.setMaxVisibleItems(20)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def restyle(self) -> None:
        """Use other colours and sizes."""
        if self._grows:
            self.setMinimumWidth(px(self._width))
        else:
            self.setFixedWidth(px(self._width))

    def fill(self, items: Iterable[tuple[object, str]]) -> None:
        """Offer other values, keeping the one in use where it is among them; announces nothing."""
        kept = self.value()
        self.blockSignals(True)
        self.clear()
        self._values = []
        for value, words in items:
            self._values.append(value)
            self.addItem(words)
        self.blockSignals(False)
        self.choose(kept)

    def widen(self) -> None:
        """Be as wide as the longest word offered needs, in whole beside the caret."""
        words = (self.itemText(place) for place in range(self.count()))
        longest = max((self.fontMetrics().horizontalAdvance(word) for word in words), default=0)
        self.setFixedWidth(max(px(self._width), longest + px(_BESIDE_WORDS)))

    def value(self) -> object:
        """Return the value in use, None without any."""
        place = self.currentIndex()
        return self._values[place] if 0 <= place < len(self._values) else None

    def choose(self, value: object) -> None:
        """Choose a value without announcing it; an unknown one leaves the first."""
        self.blockSignals(True)
        self.setCurrentIndex(self._values.index(value) if value in self._values else 0)
        self.blockSignals(False)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the wheel to the page."""
        event.ignore()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the box, and the caret that a style sheet takes away."""
        super().paintEvent(event)
        _draw_caret(QPainter(self), self)


class _ByParts(QDateTimeEdit):
    """A day or a time whose parts are replaced by what is typed: Qt takes no digit beside those of a part."""

    def __init__(self) -> None:
        super().__init__()
        self.setLocale(QLocale.c())  # figures are those of the rest of the window, not the system's
        self.lineEdit().installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Select the part that is clicked."""
        if event.type() is QEvent.Type.MouseButtonRelease and not self.lineEdit().hasSelectedText():
            self.setSelectedSection(self.currentSection())
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Begin with the first part where all are selected."""
        if event.text().isdigit() and self.lineEdit().selectedText() == self.text():
            self.setSelectedSection(self.sectionAt(0))
        super().keyPressEvent(event)


class DayField(_ByParts):
    """A day, typed or picked from a calendar."""

    def __init__(self) -> None:
        super().__init__()
        self.setCalendarPopup(True)
        self.setDisplayFormat("yyyy-MM-dd")
        self.setFixedWidth(px(116))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._speak()

    def changeEvent(self, event: QEvent) -> None:
        """Follow another language."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self._speak()

    def _speak(self) -> None:
        """Name the calendar's months in the language in use, not in the system's."""
        self.setLocale(QLocale(current_language().value))

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the wheel to the page unless the day is being edited."""
        _wheel(self, event, super().wheelEvent)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the field, and the caret that a style sheet takes away."""
        super().paintEvent(event)
        _draw_caret(QPainter(self), self)


class ClockField(_ByParts):
    """A time of day."""

    def __init__(self) -> None:
        super().__init__()
        self.setDisplayFormat("HH:mm")
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)  # a field without buttons has no padding
        self.setFixedWidth(px(_CLOCK))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the wheel to the page unless the time is being edited."""
        _wheel(self, event, super().wheelEvent)


class MenuChoice(QPushButton):
    """A button whose menu has things to tick; it looks like the lists to choose from beside it."""

    def __init__(self, width: int) -> None:
        super().__init__()
        high = px(_FIELD)
        self.setFixedSize(px(width), high)
        self.setStyleSheet(
            f"QPushButton {{background: {current_theme().field.name()}; max-height: {high}px;}}"
            " QPushButton::menu-indicator {image: none; width: 0;}"
        )

    def put(self, words: str) -> None:
        """Say what is ticked, cut where it is longer than the field."""
        room = self.width() - px(_BESIDE_WORDS)
        self.setText(self.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, room))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the button, its words where those of a list stand, and the caret of a list."""
        option = QStyleOptionButton()
        self.initStyleOption(option)
        option.text = ""
        painter = QStylePainter(self)
        painter.drawControl(QStyle.ControlElement.CE_PushButton, option)
        theme = current_theme()
        painter.setPen(theme.t1 if self.isEnabled() else theme.t3)
        room = self.rect().adjusted(_INDENT, 0, 0, 0)
        painter.drawText(room, int(Qt.AlignmentFlag.AlignVCenter), self.text())
        _draw_caret(painter, self)


def _draw_caret(painter: QPainter, field: QWidget) -> None:
    size = px(11)
    place = QRect(field.width() - size - px(8), 0, size, field.height())
    draw_icon(painter, "caret-down", current_theme().t2, place, size)


class CheckBox(PaintedButton):
    """A box to tick with its word, ``quiet`` where it stands among tools."""

    def __init__(self, words: str, *, quiet: bool = False) -> None:
        super().__init__()
        self._quiet = quiet
        self.setCheckable(True)
        self.setText(words)
        self.setAccessibleName(words)

    def sizeHint(self) -> QSize:
        """Return the room of box and word."""
        theme = current_theme()
        return QSize(px(24) + QFontMetrics(theme.font()).horizontalAdvance(self.text()), theme.target)

    def draw(self, painter: QPainter, theme: Theme) -> None:
        """Draw the box and its word."""
        side = px(14)
        place = QRect(2, (self.height() - side) // 2, side, side)
        on = self.isChecked()
        word = theme.t2 if self._quiet else theme.t1
        ink, edge = (word, theme.control) if self.isEnabled() else (theme.t3, theme.line2)
        box(painter, place, 3, theme.you if on else theme.field, None if on else edge)
        if on:
            draw_icon(painter, "check", theme.onyou, place, px(11))
        room = self.rect().adjusted(side + px(8), 0, 0, 0)
        paint.words(painter, room, self.text(), ink, theme.font())
