"""The life of a story as points on a line: reported, then what became of it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import QPointF, QRect, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from stackwatch.domain.news import Life, Story
from stackwatch.domain.watchlist import Ecosystem
from stackwatch.domain.words.story_words import publisher_word, turned_by
from stackwatch.ui.kit import paint
from stackwatch.ui.kit.language import current_language
from stackwatch.ui.kit.theme import Role, current_theme, px
from stackwatch.ui.kit.tips import set_tip

_WORDS_KO = {
    Life.REPORTED: "보도", Life.UPDATED: "후속", Life.DENIED: "부인", Life.CORRECTED: "정정",
}  # fmt: skip
MOST = 4


@dataclass(frozen=True, slots=True)
class LifePoint:
    """A point of a story's life: when, what, by whom; an update is drawn open, what weighs more filled."""

    time: str
    word: str
    who: str
    filled: bool


def points_of(story: Story, when: Callable[[datetime], str], ecosystem: Ecosystem) -> tuple[LifePoint, ...]:
    """Return the first report and the newest turns, what took it back before what took it further.

    Copies end the line where nothing else happened.
    """
    language = current_language()
    weighty = sorted(story.turns, key=lambda turn: (turn.kind is not Life.UPDATED, turn.at))[-(MOST - 1) :]
    turns = [turn for turn in story.turns if turn in weighty]
    said = [(story.reading.life, story.lead.published, publisher_word(story.lead.publisher))]
    said += [(turn.kind, turn.at, turned_by(turn, ecosystem, language)) for turn in turns]
    say = language.say
    points = [
        LifePoint(when(at), say(kind.value, _WORDS_KO[kind]), who, kind is not Life.UPDATED)
        for kind, at, who in said
    ]
    if story.copies > 1 and len(points) < MOST and story.last_published > said[-1][1]:
        points.append(LifePoint(when(story.last_published), say("last copy", "마지막 중복"), "", False))
    return tuple(points)


class LifeLine(QWidget):
    """Draws the points at equal distances with time and word under each."""

    def __init__(self) -> None:
        super().__init__()
        self._points: tuple[LifePoint, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.restyle()

    def put(self, points: Sequence[LifePoint]) -> None:
        """Show another life."""
        self._points = tuple(points)
        told = [f"{p.time} {p.word} {p.who}".strip() for p in self._points]
        self.setAccessibleName(", ".join(told))
        set_tip(self, "\n".join(told))
        self.update()

    def restyle(self) -> None:
        """Use other colours and sizes."""
        self.setFixedHeight(px(62))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the line, the points and their words."""
        painter, theme = QPainter(self), current_theme()
        if not self._points:
            return
        step, middle = self._step(), px(12)
        end = step * (len(self._points) - 1)
        paint.hairline(painter, QRect(px(6), middle, end, 1), theme.line2)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for number, point in enumerate(self._points):
            x = px(6) + step * number
            painter.setPen(QPen(theme.t1, 1))
            painter.setBrush(theme.t1 if point.filled else theme.panel)
            painter.drawEllipse(QPointF(x + 0.5, middle + 0.5), px(4), px(4))
            self._write(painter, number, x, point)

    def _step(self) -> int:
        """Return how far a point is from the next."""
        return (self.width() - px(24)) // max(len(self._points) - 1, 1)

    def _room(self) -> int:
        """Return the width of the words under a point, so that they touch no others.

        Those at the ends begin and end there; between them half of the words reach to either side.
        """
        ends_only, gap = len(self._points) < 3, px(8)  # noqa: PLR2004 - none between them
        room = (self.width() - gap) // 2 if ends_only else (self._step() + px(6) - gap) * 2 // 3
        return min(px(140), room)

    def _write(self, painter: QPainter, number: int, x: int, point: LifePoint) -> None:
        theme = current_theme()
        room = self._room()
        last = number == len(self._points) - 1
        left = 0 if number == 0 else self.width() - room if last else x - room // 2
        side = (
            Qt.AlignmentFlag.AlignLeft
            if number == 0
            else Qt.AlignmentFlag.AlignRight
            if last
            else Qt.AlignmentFlag.AlignHCenter
        )
        flags = int(side | Qt.AlignmentFlag.AlignVCenter)
        painter.setFont(theme.font(Role.CAPTION))
        painter.setPen(theme.t2)
        painter.drawText(QRect(left, px(24), room, px(16)), flags, point.time)
        metrics = painter.fontMetrics()
        words = f"{point.word} \u00b7 {point.who}" if point.who else point.word
        words = metrics.elidedText(words, Qt.TextElideMode.ElideRight, room)
        painter.drawText(QRect(left, px(40), room, px(16)), flags, words)
