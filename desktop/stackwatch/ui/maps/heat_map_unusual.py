"""Who is beyond the usual range: told above the heat map, and a menu that leads to each of them."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QRect, QSize, Signal
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QSizePolicy

from stackwatch.ui.kit.chips import ActionButton
from stackwatch.ui.kit.icons import draw_icon
from stackwatch.ui.kit.menus import in_menu, menu_once
from stackwatch.ui.kit.paint import words
from stackwatch.ui.kit.theme import Theme, current_theme, px
from stackwatch.ui.maps.heat_map_face import TileFace

_NAMED = 3  # unusual names that are told one by one
_LEFT, _TAIL = 10, 27  # pixels before the words, and those of the caret behind them


class UnusualNames(ActionButton):
    """Names those that are furthest beyond their usual range, and counts them where they have no room.

    Where the word before the count has none either, the number is left: the tip says what it counts.
    """

    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__(framed=False)
        self._faces: tuple[tuple[str, TileFace], ...] = ()
        self._shorter = ("", "")
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.clicked.connect(self._show_menu)

    def put_faces(self, faces: Sequence[tuple[str, TileFace]]) -> None:
        """Tell other names, the furthest first; without any nothing is shown."""
        self._faces, names = tuple(faces), [face.name for _, face in faces]
        text = self.tr("Beyond the usual range: {names}").format(names=", ".join(names))
        if len(names) > _NAMED:
            text = self.tr("Beyond the usual range: {names} and {count} more")
            text = text.format(names=", ".join(names[:_NAMED]), count=len(names) - _NAMED)
        self._shorter = self.tr("Unusual: {count}").format(count=len(names)), str(len(names))
        self.put(text if names else "")

    def sizeHint(self) -> QSize:
        """Return the room of the names and a caret."""
        return self._room(self.text())

    def minimumSizeHint(self) -> QSize:
        """Return the room of the bare count and a caret."""
        return self._room(self._shorter[-1])

    def _room(self, text: str) -> QSize:
        width = QFontMetrics(current_theme().font()).horizontalAdvance(text)
        return QSize(width + px(_LEFT) + px(_TAIL), current_theme().target)

    def draw(self, painter: QPainter, theme: Theme) -> None:
        """Draw the longest words that have room."""
        self.draw_ground(painter, theme)
        fitting = (text for text in (self.text(), *self._shorter) if self._room(text).width() <= self.width())
        text = next(fitting, self._shorter[-1])
        room = QRect(px(_LEFT), 0, self.width() - px(_LEFT + _TAIL) + 1, self.height())
        end = words(painter, room, text, theme.t2, theme.font())
        draw_icon(painter, "caret-down", theme.t2, QRect(end + px(5), 0, px(12), self.height()), px(11))

    def _show_menu(self) -> None:
        menu = menu_once(self)
        for entity_id, face in self._faces:
            figures = "  ".join(filter(None, (face.value, face.detail)))
            menu.addAction(f"{in_menu(face.name)}\t{figures}", partial(self.chosen.emit, entity_id))
        menu.popup(self.mapToGlobal(self.rect().bottomLeft()))
