"""The evidence of one link: what it is, why, who reported it and when, and how its ends moved."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal, SignalInstance
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from stackwatch.domain.watchlist import Basis
from stackwatch.domain.words import format as write
from stackwatch.domain.words.wording import source_word
from stackwatch.ui.kit.chips import ActionButton, Chip, ElidedText, MoveText, Paragraph, box
from stackwatch.ui.kit.language import current_language
from stackwatch.ui.kit.layout import grid, hbox, vbox
from stackwatch.ui.kit.report_day import report_day
from stackwatch.ui.kit.theme import Ink, Role, current_theme, px
from stackwatch.ui.maps.exposure_map_graph import Edge, LinkStanding
from stackwatch.ui.maps.exposure_map_words import MapWords

_WIDTH, _WIDE = 348, 480  # where it would be too high
_EARLIER = 3
_OFF = 12  # pixels between the card and what it stands off


class EvidenceCard(QWidget):
    """A small card over the map; Esc or its cross closes it."""

    entity_activated = Signal(str)
    closed = Signal()
    correction_wanted = Signal(object)
    withdrawal_wanted = Signal(object)

    def __init__(self, said: MapWords, parent: QWidget) -> None:
        super().__init__(parent)
        self._over = parent
        self._said = said
        self._edge: Edge | None = None
        self._ends = (Chip(), Chip())
        self._relation = ElidedText(fixed=True)
        self._why = Paragraph()
        self._facts = tuple((ElidedText(fixed=True), Paragraph()) for _ in range(4))
        self._moves = tuple((ElidedText(), MoveText(), ElidedText(fixed=True)) for _ in self._ends)
        self.close_button = ActionButton(framed=False)
        self.close_button.clicked.connect(self.closed)
        self.correct_button, self.withdraw_button = ActionButton(), ActionButton()
        self.correct_button.clicked.connect(lambda: self._want(self.correction_wanted))
        self.withdraw_button.clicked.connect(lambda: self._want(self.withdrawal_wanted))
        for chip in self._ends:
            chip.activated.connect(self.entity_activated)
        self._lay_out()
        self.hide()

    def _lay_out(self) -> None:
        head = hbox((self._ends[0], self._relation, self._ends[1], None, self.close_button), gap=6)
        top, right = Qt.AlignmentFlag.AlignTop, Qt.AlignmentFlag.AlignRight
        facts = grid(self._facts, across=12, down=4, sides={0: top})
        self._moves_part = QWidget()
        for name, *_ in self._moves:
            name.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        sides = {1: right, 2: right}
        grid(self._moves, across=12, down=4, grows=0, sides=sides, into=self._moves_part)
        foot = hbox((self.correct_button, self.withdraw_button, None), gap=8)
        parts = (head, self._why, facts, self._moves_part, foot)
        self._column = vbox(parts, gap=8, margins=(14, 10, 14, 12), into=self)

    @property
    def stops(self) -> tuple[QWidget, ...]:
        """Where the keyboard stops, in reading order."""
        return (*self._ends, self.close_button, self.correct_button, self.withdraw_button)

    @property
    def edge(self) -> Edge | None:
        """The link that is shown."""
        return self._edge

    def accessible_text(self) -> str:
        """Return the card as plain text."""
        if self._edge is None:
            return ""
        told = [f"{label.text()}: {value.text()}" for label, value in self._facts if label.text()]
        return ". ".join((self._said.link(self._edge), *told))

    def show_edge(self, edge: Edge | None, day: date) -> None:
        """Write the evidence of a link, or hide; it is placed after that."""
        self._edge = edge
        self.setVisible(edge is not None)
        if edge is not None:
            self._write(edge, day)

    def place(self, at: QPoint, ends: Sequence[QRect], usual: QRect) -> None:
        """Stand beside a point of the parent, and off both ends of the link or on as little of them.

        ``usual`` is the room there is. Where it is too low the card is wider, then stands in all of the
        parent, and then leaves out what is told elsewhere.
        """
        whole: QRect = self._over.rect()
        ways = ((usual, _WIDTH, 0), (usual, _WIDE, 0), *((whole, _WIDE, left) for left in range(4)))
        for ground, wanted, left_out in ways:
            room = ground.adjusted(8, 8, -8, -8)
            width = min(px(wanted), room.width())
            needed = self._needed(width, left_out)
            if needed <= room.height():
                break
        self.setGeometry(_best_place(at, QSize(width, min(needed, room.height())), room, ends))
        self.raise_()

    def _needed(self, width: int, left_out: int) -> int:
        """Return the height at a width; the moves, which the map tells too, are left out before facts."""
        self._moves_part.setVisible(left_out == 0)
        for place, fact in enumerate(self._facts):
            kept = bool(fact[1].text()) and place <= len(self._facts) - max(left_out, 1)
            for part in fact:
                part.setVisible(kept)
        self.setFixedWidth(width)
        self._column.activate()
        return max(self._column.heightForWidth(width), self._column.minimumSize().height())

    def refresh(self) -> None:
        """Write the moves of both ends again."""
        if self._edge is not None:
            self._write_moves(self._edge)

    def _write(self, edge: Edge, day: date) -> None:
        link = edge.link
        for chip, end in zip(self._ends, edge.ends, strict=True):
            chip.put(end, self._said.short(end))
        relation = f"{self._said.relation(edge)} \u203a"
        self._relation.put(relation, Ink.T2, Role.CAPTION)
        self._why.put(write.plain(link.reason(current_language())), Ink.T1, Role.TITLE)
        unseen = (
            self.tr("from memory, unchecked") if link.own else self.tr("general knowledge, no report on file")
        )
        basis = self.tr("report on file") if link.basis is Basis.STORED else unseen
        if link.own:
            basis = self.tr("%1 \u00b7 your own link").replace("%1", basis)
        rows = (
            (self.tr("Reported by"), source_word(link.publisher, current_language())),
            (self.tr("Since"), self._since(edge)),
            (self.tr("Basis"), basis),
            (self.tr("Also"), self._also(edge, day)),
        )
        for (label, value), (name, text) in zip(self._facts, rows, strict=True):
            label.put(name if text else "", Ink.T3)
            value.put(text, Ink.T1)
        self._write_moves(edge)
        self.close_button.setToolTip(self.tr("Close"))
        self.close_button.put("", "x")
        self.correct_button.put(self.tr("Correct this link\u2026"))
        self.withdraw_button.put(self.tr("Withdraw this link"))
        self.setAccessibleName(self.accessible_text())

    def _write_moves(self, edge: Edge) -> None:
        for (name, move, sar), end in zip(self._moves, edge.ends, strict=True):
            change, figure = self._said.figures(end)
            name.put(self._said.full(end), Ink.T2)  # of its newest session, on a Sunday too
            way = float(change.arrow)
            move.put(way, change.text, Ink.of(way), filled=not change.hollow)
            sar.put(f"SAR {figure.text}", Ink.T2)

    def _since(self, edge: Edge) -> str:
        link = edge.link
        said = {
            LinkStanding.LATER: self.tr("{date}, reported later, not used"),
            LinkStanding.ENDED: self.tr("{date}, ended, not used"),
            LinkStanding.READ_ACROSS: self.tr("{date}, price reaction only, not used"),
        }
        return said.get(edge.standing, "{date}").format(date=report_day(link.dated))

    def _also(self, edge: Edge, day: date) -> str:
        """Tell other reports of the same link; later ones are counted only."""
        others = [report for report in edge.reports if report is not edge.link]
        known = [report for report in others if report.since <= day]
        later = len(others) - len(known)
        lines = [
            f"{write.plain(report.reason(current_language()), 90)} ({report_day(report.dated)})"
            for report in known[-_EARLIER:]
        ]
        if later == 1:
            lines.append(self.tr("1 report after this date, not shown"))
        elif later:
            lines.append(self.tr("{count} reports after this date, not shown").format(count=later))
        return "\n".join(lines)

    def _want(self, wanted: SignalInstance) -> None:
        if self._edge is not None:
            wanted.emit(self._edge.link)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the card's ground and border."""
        painter, theme = QPainter(self), current_theme()
        painter.fillRect(self.rect(), theme.panel)
        box(painter, self.rect(), 8, theme.raised, theme.line2)


def _best_place(at: QPoint, size: QSize, room: QRect, ends: Sequence[QRect]) -> QRect:
    """Return the place nearest to a point that covers the least of ``ends``, then not the point."""
    width, height = size.width(), size.height()
    lefts = [at.x() - width // 2, at.x() + _OFF, at.x() - _OFF - width]
    tops = [at.y() + _OFF, at.y() - _OFF - height]
    for end in ends:
        lefts += [end.right() + _OFF, end.left() - _OFF - width]
        tops += [end.bottom() + _OFF, end.top() - _OFF - height]
    inside = {
        QRect(
            min(max(left, room.left()), room.right() - width),
            min(max(top, room.top()), room.bottom() - height),
            width,
            height,
        )
        for left in lefts
        for top in tops
    }

    def cost(place: QRect) -> tuple[int, bool, int]:
        covered = [place.intersected(end) for end in ends]
        away = (place.center() - at).manhattanLength()
        return sum(part.width() * part.height() for part in covered), place.contains(at), away

    return min(inside, key=cost)
