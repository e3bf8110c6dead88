"""A story in the why card with who said it when, on two lines where one has no room, which leads to it."""

from dataclasses import dataclass

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QPainter, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QSizePolicy

from stackwatch.domain.words.story_words import TitleClause
from stackwatch.ui.kit.chips import ElidedText, PaintedButton, box
from stackwatch.ui.kit.icons import Glyph
from stackwatch.ui.kit.layout import hbox
from stackwatch.ui.kit.theme import Ink, Role, Theme, current_theme

_META_PERCENT = 45  # of a line: as much as who said it when, and how it bears on the move, may take
_GAP, _EDGES = 7, 40  # between the parts; the icon and what is free around a line
_BESIDE, _BELOW = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom


@dataclass(frozen=True, slots=True)
class StoryWords:
    """A story on one line: icon, title, who said it when, who took it back, and what it says of the share."""

    key: str
    icon: str
    title: str
    meta: str
    doubt: str = ""
    clause: TitleClause | None = None


class StoryLine(PaintedButton):
    """An icon, a title, and who said it when; a click, Enter or Space leads to the story."""

    picked = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._key = ""
        self._mark, self._title, self._meta, self._doubt = (
            Glyph(13),
            ElidedText(),
            ElidedText(),
            ElidedText(fixed=True),
        )
        self._told = hbox((self._title, hbox((self._meta, self._doubt, None), gap=_GAP)), gap=_GAP)
        parts = (self._mark, self._told, None)
        self._row = hbox(parts, gap=_GAP, margins=(3, 0, 3, 0), into=self)  # room for the ring
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.clicked.connect(lambda: self.picked.emit(self._key))

    def put(self, line: StoryWords | None) -> None:
        """Show a story; without one nothing is shown."""
        self.setVisible(line is not None)
        if line is None:
            return
        self._key = line.key
        self._mark.put(line.icon, Ink.T2)
        self._title.put(line.title, Ink.T1, Role.SYMBOL, line.clause)
        self._meta.put(line.meta, Ink.T3, Role.CAPTION)
        self._doubt.put(line.doubt, Ink.TRUST, Role.CAPTION)
        self._share_room()
        self.setAccessibleName(", ".join(part for part in (line.title, line.meta, line.doubt) if part))
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share another width."""
        super().resizeEvent(event)
        self._share_room()

    def _share_room(self) -> None:
        """Let the title give way first, and what is said of it go below where it would still be cut."""
        share = self.width() * _META_PERCENT // 100
        said = self._meta.sizeHint().width() + self._doubt.sizeHint().width()
        two = said > share and said + self._title.sizeHint().width() + _EDGES > self.width()
        self._told.setDirection(_BELOW if two else _BESIDE)
        self._told.setSpacing(0 if two else _GAP)
        self._meta.setMinimumWidth(0 if two else min(self._meta.sizeHint().width(), share))
        target = current_theme().target  # high enough to be hit; more would take the chart's room
        self.setFixedHeight(max(target, self._told.sizeHint().height()) if two else target)

    def sizeHint(self) -> QSize:
        """Return the room of its parts."""
        return self._row.sizeHint()

    def draw(self, painter: QPainter, theme: Theme) -> None:
        """Draw the ground under the pointer, and the ring."""
        if self.underMouse():
            box(painter, self.rect(), 4, theme.hover, None)
