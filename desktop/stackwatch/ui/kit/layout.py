"""Parts beside each other and below each other, said in their order."""

from collections.abc import Iterable

from PySide6.QtCore import QMargins, QSize, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QLayout, QScrollArea, QVBoxLayout, QWidget

Part = QWidget | QLayout | tuple[QWidget | QLayout, int] | int | None
"""A part, one with its stretch, a distance in pixels, or None for what takes the room that is left."""

Place = QWidget | QBoxLayout | None
Margins = tuple[int, int, int, int]
_NONE: Margins = (0, 0, 0, 0)
_TITLE = 32  # pixels of a title bar that is not there yet, about


def beside(
    parts: Iterable[Part] = (), *, gap: int = 0, margins: Margins = _NONE, into: Place = None
) -> QHBoxLayout:
    """Lay parts out from left to right, ``into`` a widget, at the end of a layout, or for another layout."""
    line = QHBoxLayout()
    _fill(line, parts, gap, margins, into)
    return line


def below(
    parts: Iterable[Part] = (), *, gap: int = 0, margins: Margins = _NONE, into: Place = None
) -> QVBoxLayout:
    """Lay parts out from top to bottom, ``into`` a widget, at the end of a layout, or for another layout."""
    column = QVBoxLayout()
    _fill(column, parts, gap, margins, into)
    return column


def scrolled(page: QWidget) -> QScrollArea:
    """Let a page go on below what there is room for; the keyboard stops at its parts alone."""
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setWidget(page)
    return area


def frame_of(window: QWidget) -> QMargins:
    """Return how far the frame that the system puts around a window stands out on each side."""
    inner, outer = window.geometry(), window.frameGeometry()
    return QMargins(
        inner.left() - outer.left(),
        inner.top() - outer.top(),
        outer.right() - inner.right(),
        outer.bottom() - inner.bottom(),
    )


def screen_room(window: QWidget) -> QSize | None:
    """Return how large a window that is not shown yet can be; None where no screen is real."""
    if QGuiApplication.platformName() in ("offscreen", "minimal"):
        return None  # a picture is as large as it is asked for
    return window.screen().availableSize() - QSize(0, _TITLE)


def _fill(layout: QBoxLayout, parts: Iterable[Part], gap: int, margins: Margins, into: Place) -> None:
    # PySide keeps the items of a full layout that joins one of a widget: join a layout first, a widget last.
    if isinstance(into, QBoxLayout):
        into.addLayout(layout)
    for part in parts:
        if part is None:
            layout.addStretch(1)
        elif isinstance(part, int):
            layout.addSpacing(part)
        else:
            inner, stretch = part if isinstance(part, tuple) else (part, 0)
            if isinstance(inner, QLayout):
                layout.addLayout(inner, stretch)
            else:
                layout.addWidget(inner, stretch)
    if isinstance(into, QWidget):
        into.setLayout(layout)
    layout.setSpacing(gap)  # last: a change is what lets the widget be laid out
    layout.setContentsMargins(*margins)
