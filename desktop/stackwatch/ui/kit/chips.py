"""Small painted parts that the panels share: text, moves, chips, segments, tabs and buttons."""

from math import ceil

from PySide6.QtCore import QEvent, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetrics,
    QHelpEvent,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPaintEvent,
    QTextLayout,
    QTextOption,
)
from PySide6.QtWidgets import QAbstractButton, QLabel, QSizePolicy, QToolTip, QWidget

from stackwatch.domain.words.format import shows_zero
from stackwatch.domain.words.story_words import TitleClause
from stackwatch.ui.kit import paint
from stackwatch.ui.kit.icons import draw_icon
from stackwatch.ui.kit.layout import hbox, show_if
from stackwatch.ui.kit.theme import Ink, Role, Theme, current_theme, px
from stackwatch.ui.kit.tips import as_tip, set_tip

_LONG_WORD = 240  # pixels


def _room(text: str, font: QFont) -> QSize:
    metrics = QFontMetrics(font)
    return QSize(metrics.horizontalAdvance(text) + 1, metrics.height())


class _Inked(QLabel):
    """Plain text of an ink and a role."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self._ink = Ink.T1
        self._role: Role | None = None  # until there is a text

    def put(self, text: str, ink: Ink, role: Role = Role.BODY) -> None:
        """Show a text; an empty one takes no room."""
        if (text, ink, role) == (self.text(), self._ink, self._role):
            return
        self._ink, self._role = ink, role
        self.setText(text)
        self.restyle()
        show_if(self, bool(text))
        self.update()

    def restyle(self) -> None:
        """Take the font of the role."""
        if self._role is not None and self.font() != (font := current_theme().font(self._role)):
            self.setFont(font)

    def changeEvent(self, event: QEvent) -> None:
        """Take the font again that Qt takes away when a part of the window goes to another parent."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.FontChange:
            self.restyle()


class ElidedText(_Inked):
    """One line of plain text that elides at the right and then shows itself whole in its tip.

    A ``fixed`` text never elides: figures are either whole or not there. A title with a clause is cut so that
    the clause is seen.
    """

    def __init__(self, parent: QWidget | None = None, *, fixed: bool = False) -> None:
        super().__init__(parent)
        self._fixed = fixed
        self._clause: TitleClause | None = None
        self._whole = ""  # the tip it gave itself
        self._tip = ("", "")  # what it had instead of, and what was said for it
        horizontal = QSizePolicy.Policy.Fixed if fixed else QSizePolicy.Policy.Maximum
        self.setSizePolicy(horizontal, QSizePolicy.Policy.Fixed)

    def put(self, text: str, ink: Ink, role: Role = Role.BODY, clause: TitleClause | None = None) -> None:
        """Show a text; an empty one takes no room."""
        self._clause = clause
        if text != self.text():
            self._take_tip_back()  # else it would tell what stood here before
        super().put(text, ink, role)

    def _take_tip_back(self) -> None:
        if self._whole and self.toolTip() == self._whole:
            self.setToolTip(self._tip[0])
            self.setAccessibleDescription(self._tip[1])
        self._whole = ""

    def restyle(self) -> None:
        """Take the font of the role, and where it is fixed the room."""
        super().restyle()
        if self._fixed and self._role is not None:
            # of the same size, it asks nobody for room: else the whole window is laid out anew
            self.setFixedSize(self.sizeHint())

    def sizeHint(self) -> QSize:
        """Return the room of the whole text."""
        return _room(self.text(), self.font())

    def minimumSizeHint(self) -> QSize:
        """Return the room below which it cannot shrink."""
        hint = self.sizeHint()
        return hint if self._fixed else QSize(min(hint.width(), 24), hint.height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the text, elided when it must be."""
        painter = QPainter(self)
        painter.setFont(self.font())
        painter.setPen(current_theme().ink(self._ink))
        shown = paint.elided(QFontMetrics(self.font()), self.text(), self.width(), self._clause)
        if shown != self.text() and self.toolTip() != as_tip(self.text()):
            self._tip = (self.toolTip(), self.accessibleDescription())
            set_tip(self, self.text())
            self._whole = self.toolTip()
        elif shown == self.text():
            self._take_tip_back()
        painter.drawText(self.rect(), int(self.alignment() | Qt.AlignmentFlag.AlignVCenter), shown)


class Paragraph(_Inked):
    """Plain text over several lines, in the ink given; a word that is too long for one is broken."""

    def __init__(self) -> None:
        super().__init__()
        self.setWordWrap(True)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the text."""
        painter = QPainter(self)
        painter.setFont(self.font())
        painter.setPen(current_theme().ink(self._ink))
        if self._breaks(self.width()):
            painter.drawText(QRectF(self.rect()), self.text(), self._breaking())
        else:
            flags = int(Qt.TextFlag.TextWordWrap) | int(self.alignment())
            painter.drawText(self.rect(), flags, self.text())

    def heightForWidth(self, width: int) -> int:
        """Return the height of the lines that a width makes."""
        if not self._breaks(width):
            return super().heightForWidth(width)
        layout = QTextLayout(self.text().replace("\n", "\u2028"), self.font())
        layout.setTextOption(self._breaking())
        layout.beginLayout()
        height = 0.0
        while (line := layout.createLine()).isValid():
            line.setLineWidth(width)
            height += line.height()
        layout.endLayout()
        return ceil(height)

    def minimumSizeHint(self) -> QSize:
        """Return the least room: a long word asks for no more than others."""
        hint = super().minimumSizeHint()
        return QSize(min(hint.width(), px(_LONG_WORD)), hint.height())

    def _breaks(self, width: int) -> bool:
        """Whether a word is longer than a line."""
        return super().minimumSizeHint().width() > width

    def _breaking(self) -> QTextOption:
        option = QTextOption(self.alignment())
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        return option


class MoveText(QWidget):
    """A signed figure with its triangle in a slot of its own."""

    def __init__(self) -> None:
        super().__init__()
        self._text = ""
        self._value = 0.0
        self._ink, self._role = Ink.T1, Role.BODY
        self._filled = True
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def put(
        self, value: float | None, text: str, ink: Ink, role: Role = Role.BODY, *, filled: bool = True
    ) -> None:
        """Show ``text``; the triangle follows the sign of ``value``, neither it nor a way's ink at zero."""
        zero = shows_zero(text)
        before = self.sizeHint()
        self._value = 0.0 if value is None or zero else value
        self._ink = Ink.T2 if zero and ink in (Ink.UP, Ink.DOWN) else ink
        self._text, self._role, self._filled = text, role, filled
        self.setAccessibleName(text)
        show_if(self, bool(text))
        if self.sizeHint() != before:
            self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Return the room of the triangle and the figure."""
        metrics = QFontMetrics(current_theme().font(self._role))
        return QSize(self._slot() + metrics.horizontalAdvance(self._text) + 1, metrics.height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the triangle and the figure."""
        painter, theme = QPainter(self), current_theme()
        font, colour = theme.font(self._role), theme.ink(self._ink)
        if self._value:
            metrics = QFontMetrics(font)
            capital = metrics.ascent() - metrics.descent() - metrics.capHeight()
            middle = (self.height() + capital + 1) // 2  # where the digits have theirs
            paint.triangle(painter, 0, middle, up=self._value > 0, colour=colour, filled=self._filled)
        painter.setFont(font)
        painter.setPen(colour)
        painter.drawText(
            self.rect().adjusted(self._slot(), 0, 0, 0), int(Qt.AlignmentFlag.AlignVCenter), self._text
        )

    def _slot(self) -> int:
        return px(paint.TRIANGLE) + 4 if self._value else 0


def box(painter: QPainter, rect: QRect, radius: int, fill: QColor | None, border: QColor | None) -> None:
    """Draw a rounded box with a 1 px border inside ``rect``."""
    ground = fill if fill is not None else Qt.BrushStyle.NoBrush
    if border is not None:
        paint.outline(painter, rect, radius, border, fill=ground)
        return
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(ground)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.drawRoundedRect(rect, radius, radius)
    painter.restore()


class PaintedButton(QAbstractButton):
    """A button that the theme paints, with a violet ring of a ``radius`` when the keyboard is on it."""

    radius = 4

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def setText(self, text: str) -> None:
        """Write a word letter by letter: an & in a name (KT&G) is no key, as Qt takes it."""
        super().setText(text)
        self.setShortcut(QKeySequence())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the button and its ring."""
        painter, theme = QPainter(self), current_theme()
        self.draw(painter, theme)
        if self.hasFocus():
            paint.ring(painter, self.rect(), theme.you, self.radius)

    def draw(self, painter: QPainter, theme: Theme) -> None:
        """Draw the content of the button."""
        raise NotImplementedError

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Press what acts with Enter too; what is checked knows Space only."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not self.isCheckable():
            self.click()
            return
        super().keyPressEvent(event)


class Chip(PaintedButton):
    """The name of an entity; a click goes there."""

    activated = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._entity_id = ""
        self.hide()
        self.clicked.connect(self._announce)

    def put(self, entity_id: str, name: str) -> None:
        """Name another entity; without a name nothing is shown."""
        if (entity_id, name) == (self._entity_id, self.text()):
            return
        self._entity_id = entity_id
        self.setText(name)
        self.setAccessibleName(name)
        show_if(self, bool(name))
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        """Return the room of the name and 6 px at both sides; more can be hit than is painted."""
        theme = current_theme()
        metrics = QFontMetrics(theme.font(Role.CAPTION))
        return QSize(max(metrics.horizontalAdvance(self.text()) + 13, theme.target), theme.target)

    def draw(self, painter: QPainter, theme: Theme) -> None:
        """Draw the chip."""
        face = QRect(0, (self.height() - px(18)) // 2, self.width(), px(18))
        box(painter, face, 4, theme.band2 if self.underMouse() else theme.band, None)
        paint.centred(painter, self.rect(), self.text(), theme.t1, theme.font(Role.CAPTION))

    def _announce(self) -> None:
        self.activated.emit(self._entity_id)


class ActionButton(PaintedButton):
    """A button with a word and perhaps icons at its sides; ``framed`` draws its border.

    A word that is cut off is its tip, where it has no other.
    """

    radius = 6

    def __init__(self, *, framed: bool = True, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._framed = framed
        self._icon = ""
        self._tail = ""

    def put(self, text: str, icon: str = "", tail: str = "") -> None:
        """Show a word between two optional icons."""
        before = self.sizeHint()
        self._icon, self._tail = icon, tail
        self.setText(text)
        self.setAccessibleName(text or self.toolTip())
        show_if(self, bool(text or icon))
        if self.sizeHint() != before:  # who asks for room has the whole window laid out anew
            self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Return the room of word and icons, 24 px high where text is 12 px."""
        theme = current_theme()
        target = theme.target
        width = QFontMetrics(theme.font()).horizontalAdvance(self.text())
        icons_width = px(19) * bool(self._icon) + px(17) * bool(self._tail)
        return QSize(max(width + icons_width + (px(20) if self.text() else 5), target), target)

    def event(self, event: QEvent) -> bool:
        """Show the word whole where it is cut off."""
        if isinstance(event, QHelpEvent) and event.type() is QEvent.Type.ToolTip and not self.toolTip():
            cut = self.width() < self.sizeHint().width()
            QToolTip.showText(event.globalPos(), as_tip(self.text()) if cut else "", self)
            return True
        return super().event(event)

    def draw(self, painter: QPainter, theme: Theme) -> None:
        """Draw the button."""
        ink = theme.t3 if not self.isEnabled() else theme.t1 if self._framed else theme.t2
        self.draw_ground(painter, theme)
        left = px(10) if self.text() else (self.width() - px(14)) // 2
        height = self.height()
        if self._icon:
            draw_icon(painter, self._icon, ink, QRect(left, 0, px(14), height), px(13))
            left += px(19)
        paint.words(painter, QRect(left, 0, self.width() - left, height), self.text(), ink, theme.font())
        if self._tail:
            draw_icon(painter, self._tail, ink, QRect(self.width() - px(22), 0, px(12), height), px(11))

    def draw_ground(self, painter: QPainter, theme: Theme) -> None:
        """Draw what is behind the word: the frame, and a light under the pointer."""
        fill = theme.selected if self.isDown() else theme.hover if self.underMouse() else None
        if self._framed:
            box(painter, self.rect(), 6, fill or theme.raised, theme.line2)
        elif fill is not None:
            box(painter, self.rect(), 6, fill, None)


class Tag(QWidget):
    """A word in a small frame."""

    def __init__(self) -> None:
        super().__init__()
        self._text = ElidedText(fixed=True)
        hbox((self._text,), margins=(px(6), 1, px(6), 1), into=self)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    @property
    def text(self) -> str:
        """The word shown."""
        return self._text.text()

    def put(self, words: str) -> None:
        """Show a word, or nothing."""
        self._text.put(words, Ink.T2, Role.CAPTION)
        self.setVisible(bool(words))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the frame."""
        painter = QPainter(self)
        box(painter, QRect(0, 0, self.width(), self.height()), 4, None, current_theme().line2)
