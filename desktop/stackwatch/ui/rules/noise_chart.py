"""The drawn parts of the noise preview: a bar per day, and how often other thresholds would have fired."""

import math
from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from stackwatch.domain.noise import NoiseCount, NoiseDay, NoisePreview
from stackwatch.domain.words import format as write
from stackwatch.domain.words import rule_names
from stackwatch.ui.kit import paint
from stackwatch.ui.kit.chips import box
from stackwatch.ui.kit.language import current_language
from stackwatch.ui.kit.paint import figure, words
from stackwatch.ui.kit.theme import Role, current_theme, px

_LINES = 3
_Texts = tuple[str, str, str, str]
_MONTHS_FROM = 420  # width of the plot with a word for every month
_TABLE_FROM = 420  # width of the table with its last column


def nice_step(most: int) -> int:
    """Return a round distance between the lines of an axis that reaches ``most`` with about three."""
    rough = max(most / _LINES, 1.0)
    size = 10 ** math.floor(math.log10(rough))
    return int(next(size * factor for factor in (1, 2, 5, 10) if size * factor >= rough))


class NoiseChart(QWidget):
    """A bar for every day with a fire; the largest says what happened."""

    def __init__(self) -> None:
        super().__init__()
        self._days: Sequence[NoiseDay] = ()
        self._span: tuple[date, date] | None = None
        self._label = ""
        self.dim = False
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def sizeHint(self) -> QSize:
        """Return the least height at which days can be told apart; the layout gives what is left."""
        return QSize(px(800), px(110))

    def minimumSizeHint(self) -> QSize:
        """Return that height."""
        return QSize(px(120), px(110))

    def put(self, preview: NoisePreview | None, label: str) -> None:
        """Show the days of a preview; ``label`` says what the largest was."""
        self._days = () if preview is None else preview.days
        self._span = None if preview is None else (preview.start, preview.end)
        self._label = label
        self.setAccessibleName(label)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw axis, months and bars."""
        painter, theme = QPainter(self), current_theme()
        plot = QRect(0, px(8), self.width() - px(36), self.height() - px(30))
        painter.setFont(theme.font(Role.CAPTION))
        most = max((day.fires for day in self._days), default=0)
        step = nice_step(most)
        top = math.ceil(max(most, 1) / step) * step
        for value in range(0, top + 1, step):
            y = plot.bottom() - round(value / top * plot.height())
            paint.hairline(painter, QRect(plot.left(), y, plot.width(), 1), theme.line)
            if value:
                place = QRect(plot.right() + px(6), y - px(8), px(30), px(16))
                words(painter, place, f"{value:,}", theme.t3, theme.font(Role.CAPTION))
        if self._span is not None:
            self._draw_months(painter, plot)
            self._draw_bars(painter, plot, top)

    def _at(self, day: date, plot: QRect) -> int:
        assert self._span is not None
        first, last = self._span
        share = (day.toordinal() - first.toordinal()) / max(last.toordinal() - first.toordinal(), 1)
        return plot.left() + round(share * (plot.width() - 3))

    def _draw_months(self, painter: QPainter, plot: QRect) -> None:
        assert self._span is not None
        first, last = self._span
        theme = current_theme()
        every = 1 if plot.width() >= px(_MONTHS_FROM) else 2
        months = ((first.year * 12 + first.month + n) for n in range(0, 13, every))
        for number in months:
            year, month = divmod(number, 12)
            begins = date(year, month + 1, 1)
            if begins > last:
                break
            named = write.month(month + 1, current_language())
            left = self._at(begins, plot)
            place = QRect(left, plot.bottom() + px(4), px(40), px(16))
            paint.hairline(painter, QRect(left, plot.bottom() + 1, 1, px(3)), theme.line2)
            if place.left() + px(24) < plot.right():
                words(painter, place.translated(px(3), 0), named, theme.t3, theme.font(Role.CAPTION))

    def _draw_bars(self, painter: QPainter, plot: QRect, top: int) -> None:
        theme = current_theme()
        largest = max(self._days, key=lambda day: day.fires, default=None)
        for day in self._days:
            height = max(round(day.fires / top * plot.height()), 1)
            ink = theme.t3 if self.dim else theme.t1 if day is largest else theme.t2
            left = self._at(day.day, plot)
            painter.fillRect(QRect(left, plot.bottom() - height + 1, px(2) + (day is largest), height), ink)
        if largest is None:
            return
        room = QFontMetrics(theme.font(Role.CAPTION)).horizontalAdvance(self._label)
        left = self._at(largest.day, plot) + px(8)
        if left + room > plot.right():
            left = max(self._at(largest.day, plot) - px(6) - room, plot.left())
        y = plot.bottom() - round(largest.fires / top * plot.height())
        place = QRect(left, max(y - px(2), 0), room + 2, px(16))
        painter.fillRect(place, theme.panel)
        words(painter, place, self._label, theme.t3 if self.dim else theme.t1, theme.font(Role.CAPTION))


class OthersTable(QWidget):
    """The same rule at other thresholds, and the plain percent rule, beside this one.

    Where it is narrow, fires per name and year are left out.
    """

    def __init__(self) -> None:
        super().__init__()
        self._heads = ("", "", "", "")
        self.texts: tuple[_Texts, ...] = ()  # the rows as they are written
        self._marked = -1
        self.dim = False
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._fit()

    def name(self, heads: tuple[str, str, str, str]) -> None:
        """Name the columns."""
        self._heads = heads

    def put(self, counts: Sequence[NoiseCount], own: NoiseCount | None, currency: str) -> None:
        """Show how often rules would have fired; ``own`` is marked."""
        self.texts = tuple(
            (
                rule_names.plain_words(count.rule, currency, current_language()),
                f"{count.fires:,}",
                f"{count.days:,}",
                f"{count.per_symbol_year:.1f}",
            )
            for count in counts
        )
        rules = [count.rule for count in counts]
        self._marked = rules.index(own.rule) if own is not None and own.rule in rules else -1
        self.setAccessibleName("; ".join(", ".join(row) for row in self.texts))
        self._fit()
        self.update()

    def _fit(self) -> None:
        self.setFixedHeight(px(24 + 22 * max(len(self.texts), 3)))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw heads and rows."""
        painter, theme = QPainter(self), current_theme()
        caption, height = theme.font(Role.CAPTION), px(22)
        insets = (216, 136, 8) if self.width() >= px(_TABLE_FROM) else (72, 8)
        rights = [self.width() - px(inset) for inset in insets]
        words(painter, QRect(px(8), 0, rights[0] - px(70), px(24)), self._heads[0], theme.t3, caption)
        for right, head in zip(rights, self._heads[1:], strict=False):
            figure(painter, QRect(right - px(120), 0, px(120), px(24)), head, theme.t3, caption)
        paint.hairline(painter, QRect(0, px(23), self.width(), 1), theme.line)
        for place, (name, *figures) in enumerate(self.texts):
            top, marked = px(24) + place * height, place == self._marked
            if marked:
                box(painter, QRect(0, top, self.width(), height), 4, theme.selected, None)
            ink = theme.t3 if self.dim else theme.t1
            font = theme.font(Role.STRONG if marked else Role.BODY)
            room = QRect(px(8), top, rights[0] - px(70), height)
            words(painter, room, name, theme.t1 if marked else theme.t2, font)
            for right, value in zip(rights, figures, strict=False):
                figure(painter, QRect(right - px(90), top, px(90), height), value, ink, font)


class LastFires(QWidget):
    """The last days on which a rule would have fired, in one line: day, name, value."""

    def __init__(self) -> None:
        super().__init__()
        self._head = self._empty = ""
        self._fires: Sequence[tuple[str, str, str]] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(px(20))

    def put(self, head: str, fires: Sequence[tuple[str, str, str]], empty: str) -> None:
        """Show firings after a head, or a sentence when there are none."""
        self._head, self._fires, self._empty = head, fires, empty
        said = ", ".join(" ".join(fire) for fire in fires) or empty
        self.setAccessibleName(f"{head}: {said}" if said else head)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw as many as there is room for, whole."""
        painter, theme = QPainter(self), current_theme()
        paint.hairline(painter, QRect(0, 0, self.width(), 1), theme.line)
        caption, body, strong = theme.font(Role.CAPTION), theme.font(), theme.font(Role.SYMBOL)
        row = QRect(0, px(2), self.width(), self.height() - px(2))
        left = words(painter, row, self._head, theme.t3, caption) + px(14)
        if not self._fires:
            words(painter, row.adjusted(left, 0, 0, 0), self._empty, theme.t2, body)
        for day, name, value in self._fires:
            runs = ((day, theme.t3, body), (name, theme.t1, strong), (value, theme.t2, body))
            room = sum(QFontMetrics(font).horizontalAdvance(text) + px(4) for text, _, font in runs)
            if left + room > self.width():
                break
            for text, ink, font in runs:
                left = words(painter, row.adjusted(left, 0, 0, 0), text, ink, font) + px(4)
            left += px(12)
