"""The sum of the why card: total, expected and abnormal move, and the gauge of the SAR."""

from PySide6.QtCore import QCoreApplication, QPoint, QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPolygon, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from stackwatch.domain.move import Move, is_unusual
from stackwatch.domain.words import format as text
from stackwatch.domain.words import wording
from stackwatch.ui.kit import paint
from stackwatch.ui.kit.chips import ElidedText, MoveText
from stackwatch.ui.kit.language import current_language
from stackwatch.ui.kit.theme import Ink, Role, current_theme
from stackwatch.ui.kit.tips import sar_help, set_tip

_GAUGE = QSize(196, 44)
_SPACING = 10
_SCALE = 4.6  # the gauge shows -4 to +4 with room for the markers at its ends


def sum_parts(move: Move) -> tuple[str, str, str]:
    """Write total, expected and abnormal percent so that the shown figures add up."""
    total = text.percent(move.move_pct)
    if move.abnormal_pct is None:
        return total, text.NOTHING, text.NOTHING
    expected = round(move.move_pct, 2) - round(move.abnormal_pct, 2)
    return total, text.percent(expected), text.percent(move.abnormal_pct)


class Gauge(QWidget):
    """A SAR on a line from -4 to +4 with its usual range."""

    def __init__(self) -> None:
        super().__init__()
        self._sar: float | None = None
        self.setFixedSize(_GAUGE)

    def put(self, sar: float | None) -> None:
        """Show another value; None leaves the scale without a marker."""
        if sar == self._sar:
            return
        self._sar = sar
        self.setAccessibleName(f"SAR {text.sar(sar)}")
        self.setToolTip(f"SAR {text.sar(sar, 2)}")
        self.update()

    def _x(self, value: float) -> int:
        half = _GAUGE.width() / 2
        return round(half + max(min(value, _SCALE), -_SCALE) / _SCALE * (half - 2))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw scale, range and marker."""
        painter, theme = QPainter(self), current_theme()
        line = 15
        painter.fillRect(QRect(self._x(-2), line - 5, self._x(2) - self._x(-2), 11), theme.band)
        paint.hairline(painter, QRect(0, line, _GAUGE.width(), 1), theme.control)
        for value in range(-4, 5):
            paint.hairline(painter, QRect(self._x(value), line - 3, 1, 7), theme.control)
            if value % 2 == 0:
                place = QRect(self._x(value) - 14, 26, 28, 14)
                paint.centred(painter, place, text.signed(value, 0), theme.t3, theme.font(Role.TINY))
        if self._sar is not None:
            ink = theme.direction(self._sar) if is_unusual(self._sar) else theme.t1
            x = self._x(self._sar)
            painter.fillRect(QRect(x - 1, line - 8, 2, 17), ink)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(ink)
            painter.drawPolygon(QPolygon([QPoint(x - 5, 0), QPoint(x + 5, 0), QPoint(x, 9)]))


class Equation(QWidget):
    """Today's move as what the market explains plus what it does not, and the gauge."""

    def __init__(self) -> None:
        super().__init__()
        self._so_far: str | None = None  # the SAR by this hour, in brackets; until there is something to show
        self._expected_with = ""  # the benchmark and its move
        self._labels = tuple(ElidedText(fixed=True) for _ in range(4))
        self._total = MoveText()
        self._expected, self._abnormal, self._sar = (
            ElidedText(fixed=True),
            ElidedText(fixed=True),
            ElidedText(fixed=True),
        )
        self._equals, self._plus = ElidedText(fixed=True), ElidedText(fixed=True)
        self._gauge = Gauge()
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(_SPACING)
        grid.setVerticalSpacing(0)
        right, left = Qt.AlignmentFlag.AlignRight, Qt.AlignmentFlag.AlignLeft
        cells = (
            (0, self._labels[0], self._total, left),
            (2, self._labels[1], self._expected, right),
            (4, self._labels[2], self._abnormal, right),
            (6, self._labels[3], self._sar, right),
        )
        for column, label, figure, side in cells:
            grid.addWidget(label, 0, column, side)
            grid.addWidget(figure, 1, column, side)
        grid.addWidget(self._equals, 1, 1)
        grid.addWidget(self._plus, 1, 3)
        grid.setColumnStretch(5, 1)
        grid.addWidget(self._gauge, 0, 7, 2, 1, Qt.AlignmentFlag.AlignTop)

    def put(self, move: Move, labels: tuple[str, str, str], *, past: bool = False) -> None:
        """Show a move, that of a ``past`` price without colour; ``labels`` stand over its three parts."""
        total, expected, abnormal = sum_parts(move)
        told = move.sar_so_far is not None  # also where it reads the same: it would come and go
        so_far = self.tr(" ({0} by this hour)").format(text.sar(move.sar_so_far)) if told else ""
        for label, words in zip(self._labels[:3], labels, strict=True):
            label.put(words, Ink.T2, Role.CAPTION)
        self._so_far, self._expected_with = so_far, labels[1]
        ink = Ink.T3 if move.sar is None else Ink.of(move.sar) if move.unusual else Ink.T1
        way = Ink.T2 if past else Ink.of(move.move_pct)
        self._total.put(None if past else move.move_pct, total, way, Role.VERDICT)
        self._expected.put(expected, Ink.T2, Role.TERM)
        self._abnormal.put(abnormal, ink, Role.VERDICT)
        self._sar.put(text.sar(move.sar), ink, Role.VERDICT)
        self._equals.put("=", Ink.T3, Role.TERM)
        self._plus.put("+", Ink.T3, Role.TERM)
        self._gauge.put(move.sar)
        self._make_room()
        fonts = (current_theme().font(role) for role in (Role.CAPTION, Role.VERDICT))
        high = sum(QFontMetrics(font).height() for font in fonts)
        self.setMinimumHeight(max(_GAUGE.height(), high))  # without the gauge too: nothing below it moves
        self.setAccessibleName(
            f"{labels[0]} {total}, {labels[1]} {expected}, {labels[2]} {abnormal}, SAR {text.sar(move.sar)}"
        )
        by_hour = self.tr("In brackets: by the deviation that is usual up to this hour of the session")
        told_so_far = (f"SAR{so_far}", by_hour) if told else ()
        meant = "" if move.sar is None else sar_help()
        set_tip(self, "\n".join(filter(None, (labels[1], _model_words(move), *told_so_far, meant))))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave out the gauge where it would cut figures, then the SAR by this hour, then the benchmark.

        Tip and card have them all.
        """
        super().resizeEvent(event)
        self._make_room()

    def _make_room(self) -> None:
        if self._so_far is None:
            return
        self._labels[3].put(f"SAR{self._so_far}", Ink.T2, Role.CAPTION)
        self._labels[1].put(self._expected_with, Ink.T2, Role.CAPTION)
        taken = self._taken()
        if self.width() < taken and self._so_far:
            self._labels[3].put("SAR", Ink.T2, Role.CAPTION)
            taken = self._taken()
        if self.width() < taken:
            self._labels[1].put(self.tr("expected"), Ink.T2, Role.CAPTION)
            taken = self._taken()
        self._gauge.setVisible(self.width() >= taken + self._gauge.width())
        if (layout := self.layout()) is not None:
            layout.activate()  # now: what is painted before the next event would be cut

    def _taken(self) -> int:
        """Return the width of everything but the gauge."""
        figures = (self._total, self._expected, self._abnormal, self._sar)
        columns = [
            max(label.sizeHint().width(), figure.sizeHint().width())
            for label, figure in zip(self._labels, figures, strict=True)
        ]
        signs = self._equals.sizeHint().width() + self._plus.sizeHint().width()
        return sum(columns) + signs + _SPACING * (len(columns) + 3)


def _model_words(move: Move) -> str:
    """Write the sum with three decimals and the model behind it."""
    if move.abnormal_pct is None or move.alpha is None or move.beta is None:
        return wording.reason_words(move.reason, current_language()) if move.reason else ""
    expected = move.move_pct - move.abnormal_pct
    figures = " ".join(
        (
            text.percent(move.move_pct, 3),
            "=",
            text.percent(expected, 3),
            "+",
            text.percent(move.abnormal_pct, 3),
        )
    )
    beta = QCoreApplication.translate("Equation", "beta {0}: how strongly it usually moves with its market")
    alpha = QCoreApplication.translate("Equation", "alpha {0}: how it usually moves on a day without any")
    return "\n".join(
        (
            figures,
            beta.format(f"{move.beta:.2f}".replace("-", text.MINUS)),
            alpha.format(text.percent(move.alpha * 100, 3)),
        )
    )
