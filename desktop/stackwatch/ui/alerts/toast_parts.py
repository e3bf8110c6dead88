"""The parts of a popup: marks, figures of one share, members of a group, reasons."""

from PySide6.QtCore import QRect
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from stackwatch.domain.alert import Member
from stackwatch.domain.move import is_unusual
from stackwatch.domain.rule import Severity
from stackwatch.domain.watchlist import Ecosystem
from stackwatch.domain.words import format as text
from stackwatch.domain.words import wording
from stackwatch.ui.alerts.severity_words import severity_word
from stackwatch.ui.alerts.toast_facts import MOST_ROWS, Reason, folded
from stackwatch.ui.kit import paint
from stackwatch.ui.kit.chips import ElidedText, MoveText, box
from stackwatch.ui.kit.icons import Glyph, draw_icon
from stackwatch.ui.kit.language import current_language
from stackwatch.ui.kit.layout import hbox
from stackwatch.ui.kit.paint import figure, move, words
from stackwatch.ui.kit.theme import Ink, Role, current_theme, px
from stackwatch.ui.kit.tips import abnormal_help, sar_help, set_tip

_ROW = 20
SYMBOL_WIDTH = 52  # of the table
_SHORT_NAME = 56  # of the row, where not all have room


class SeverityMark(QWidget):
    """Three bars."""

    def __init__(self) -> None:
        super().__init__()
        self._level = Severity.NOTICE
        self.restyle()

    def restyle(self) -> None:
        """Be as large as the text."""
        self.setFixedSize(px(14), px(14))

    def put(self, level: Severity) -> None:
        """Show a severity."""
        self._level = level
        self.setAccessibleName(severity_word(level))
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the bars."""
        painter = QPainter(self)
        paint.severity(painter, 0, px(7), self._level, current_theme())


class ReplayMark(QWidget):
    """Says that the popup belongs to a replay."""

    def __init__(self) -> None:
        super().__init__()
        self.restyle()

    def restyle(self) -> None:
        """Take the size that goes with the text."""
        self.setFixedSize(px(20), px(16))

    def put(self, word: str, *, shown: bool) -> None:
        """Show or hide the badge."""
        self.setToolTip(word)
        self.setAccessibleName(word)
        self.setVisible(shown)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the badge."""
        painter, theme = QPainter(self), current_theme()
        box(painter, self.rect(), 4, theme.trustfill, theme.trustline)
        draw_icon(painter, "clock-counter-clockwise", theme.trust, self.rect(), px(11))


class SarMark(QWidget):
    """A SAR bar of 44 pixels."""

    def __init__(self) -> None:
        super().__init__()
        self._sar: float | None = None
        self.setFixedSize(46, 13)

    def put(self, sar: float | None) -> None:
        """Show a value."""
        self._sar = sar
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the bar."""
        painter = QPainter(self)
        paint.sar_bar(painter, self.rect(), self._sar, current_theme())


class SingleMove(QWidget):
    """Change, abnormal move and SAR of one share."""

    def __init__(self) -> None:
        super().__init__()
        self._change, self._word, self._abnormal = MoveText(), ElidedText(fixed=True), ElidedText(fixed=True)
        self._bar, self._unit, self._sar = SarMark(), ElidedText(fixed=True), ElidedText(fixed=True)
        hbox(
            (self._change, 8, self._word, self._abnormal, None, self._bar, 4, self._unit, self._sar),
            gap=5,
            margins=(0, 2, 0, 2),
            into=self,
        )

    def put(self, member: Member | None, word: str) -> None:
        """Show a share's figures; without them the line is left out."""
        self.setVisible(member is not None)
        if member is None:
            return
        unusual = is_unusual(member.sar)
        ink, role = Ink.of(member.sar) if unusual else Ink.T1, Role.STRONG if unusual else Role.BODY
        change = text.percent(member.move_pct)
        self._change.put(member.move_pct, change, Ink.of(member.move_pct), Role.VERDICT)
        self._word.put(word, Ink.T2)
        self._abnormal.put(text.percent(member.abnormal_pct), ink, role)
        figures = change, f"{word} {text.percent(member.abnormal_pct)}"
        self.setAccessibleName(", ".join((*figures, f"SAR {text.sar(member.sar)}")))
        self._bar.put(member.sar)
        self._unit.put("SAR", Ink.T2)
        set_tip(self, f"{abnormal_help()}\n\n{sar_help()}")
        self._sar.put(text.sar(member.sar), ink if member.sar is not None else Ink.T3, role)


class MemberFigures(QWidget):
    """The members of a group: four in a row, or a table when opened."""

    def __init__(self, ecosystem: Ecosystem) -> None:
        super().__init__()
        self._ecosystem = ecosystem
        self._members: tuple[Member, ...] = ()
        self._open = False
        self._heads = ("", "", "")

    def put(self, members: tuple[Member, ...], heads: tuple[str, str, str], *, opened: bool) -> None:
        """Show members; ``heads`` are those of name, change and abnormal."""
        self._heads, self._open = heads, opened
        self._members = members[:MOST_ROWS] if opened else folded(members)
        self.setVisible(bool(members))
        self.setAccessibleName("; ".join(map(self._accessible_text, self._members)))
        self.restyle()
        self.update()

    def restyle(self) -> None:
        """Be as high as the rows."""
        row = px(_ROW)
        self.setFixedHeight(8 + row * (len(self._members) + 1) if self._open else row)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the members."""
        painter = QPainter(self)
        if self._open:
            self._draw_table(painter)
        else:
            self._draw_row(painter)

    def _accessible_text(self, member: Member) -> str:
        """Say what is drawn of a member: its change, and in the table how unusual that is."""
        name = self._ecosystem.names_of(member.symbol).get(current_language())
        change = f"{name} {text.percent(member.move_pct)}"
        if not self._open:
            return change
        return f"{change}, {self._heads[2]} {text.percent(member.abnormal_pct)}, SAR {text.sar(member.sar)}"

    def _draw_row(self, painter: QPainter) -> None:
        """Draw as many members as there is room for, each as wide as its words; the rest is between them."""
        theme, row = current_theme(), px(_ROW)
        font, side = theme.font(Role.CAPTION), px(paint.TRIANGLE)
        metrics = QFontMetrics(font)
        told = self._row_of(metrics, side + 8)
        widths = [metrics.horizontalAdvance(f"{name}{shown}") + side + 8 for _, name, shown in told]
        gap = (self.width() - sum(widths)) // max(len(told), 1)
        left = 0
        for (move_pct, name, shown), width in zip(told, widths, strict=True):
            end = words(painter, QRect(left, 0, self.width() - left, row), name, theme.t1, font)
            ink = theme.t2 if text.shows_zero(shown) else theme.direction(move_pct)
            if not text.shows_zero(shown):
                paint.triangle(painter, end + 4, row // 2, up=move_pct > 0, colour=ink)
            words(painter, QRect(end + side + 8, 0, self.width(), row), shown, ink, font)
            left += width + gap

    def _row_of(self, metrics: QFontMetrics, beside: int) -> list[tuple[float, str, str]]:
        """Return move, name and figure of the members that fit, long names cut before one is left out."""
        told = [
            (each.move_pct, member_names(each.symbol, self._ecosystem)[0], text.percent(each.move_pct, 1))
            for each in self._members
        ]

        def fits() -> bool:
            taken = (metrics.horizontalAdvance(f"{name}{shown}") + beside + 5 for _, name, shown in told)
            return sum(taken) < self.width()

        if not fits():
            told = [(move, paint.elided(metrics, name, px(_SHORT_NAME)), shown) for move, name, shown in told]
        while len(told) > 1 and not fits():  # who goes the other way stays
            del told[-2 if told[1:-1] and told[0][0] * told[-1][0] < 0 else -1]
        return told

    def _draw_table(self, painter: QPainter) -> None:
        theme, right = current_theme(), self.width()
        small, font, row = theme.font(Role.CAPTION), theme.font(), px(_ROW)
        change, abnormal, bar = right - px(144), right - px(84), right - px(72)
        words(painter, QRect(0, 0, px(100), row), self._heads[0], theme.t3, small)
        figure(painter, QRect(0, 0, change, row), self._heads[1], theme.t3, small)
        figure(painter, QRect(0, 0, abnormal, row), self._heads[2], theme.t3, small)
        figure(painter, QRect(0, 0, right, row), "SAR", theme.t3, small)
        paint.hairline(painter, QRect(0, row + 1, right, 1), theme.line)
        for place, member in enumerate(self._members):
            top = row + 3 + place * row
            shown = text.percent(member.move_pct)
            taken = QFontMetrics(font).horizontalAdvance(shown) + px(22)  # with its triangle
            self._draw_name(painter, QRect(0, top, change - taken, row), member.symbol)
            move(painter, QRect(0, top, change, row), member.move_pct, shown, theme)
            look = paint.sar_look(member.sar, theme)
            figure(painter, QRect(0, top, abnormal, row), text.percent(member.abnormal_pct), *look)
            paint.sar_bar(painter, QRect(bar, top + (row - 12) // 2, px(40), 12), member.sar, theme)
            figure(painter, QRect(0, top, right, row), text.sar(member.sar), *look)
        paint.hairline(painter, QRect(0, self.height() - 3, right, 1), theme.line)

    def _draw_name(self, painter: QPainter, room: QRect, symbol: str) -> None:
        theme, (short, beside) = current_theme(), member_names(symbol, self._ecosystem)
        first = QRect(room.left(), room.top(), px(SYMBOL_WIDTH) if beside else room.width(), room.height())
        words(painter, first, short, theme.t1, theme.font(Role.SYMBOL))
        words(painter, room.adjusted(px(SYMBOL_WIDTH + 2), 0, 0, 0), beside, theme.t2, theme.font())


def member_names(symbol: str, ecosystem: Ecosystem) -> tuple[str, str]:
    """Return a share's symbol and its name, of one whose symbol is a number the name alone."""
    language = current_language()
    short, name = wording.short_name(symbol, ecosystem, language), ecosystem.names_of(symbol).get(language)
    return short, "" if short == name else name


class ReasonLine(QWidget):
    """An icon, words, and an aside at the right."""

    def __init__(self) -> None:
        super().__init__()
        self._mark, self._words, self._aside = Glyph(13), ElidedText(), ElidedText(fixed=True)
        hbox((self._mark, self._words, None, self._aside), gap=6, into=self)
        self.restyle()

    def restyle(self) -> None:
        """Be as high as a row."""
        self.setFixedHeight(px(_ROW))

    def put(self, reason: Reason) -> None:
        """Show a reason; without words the line is left out."""
        self._mark.put(reason.icon, Ink.T2)
        self._words.put(reason.words, Ink.T1, clause=reason.clause)
        self._aside.put(reason.aside, Ink.T3, Role.CAPTION)
        self.setVisible(bool(reason.words))
