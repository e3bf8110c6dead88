"""Parts beside each other and below each other, said in their order."""

from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType

from PySide6.QtCore import QMargins, QSize, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLayout,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

Part = QWidget | QLayout | tuple[QWidget | QLayout, int] | int | None
"""A part, one with its stretch, a distance in pixels, or None for what takes the room that is left."""

Place = QWidget | QBoxLayout | None
Margins = tuple[int, int, int, int]
_NONE: Margins = (0, 0, 0, 0)
_TITLE = 32  # pixels of a title bar that is not there yet, about


def show_if(part: QWidget, wanted: bool) -> None:  # noqa: FBT001 - Qt's style of setter
    """Show or hide a part; one without a parent waits for it instead of being a window for a moment."""
    if part.parentWidget() is not None or not wanted:
        part.setVisible(wanted)
    else:
        part.setAttribute(Qt.WidgetAttribute.WA_WState_ExplicitShowHide, False)


def hbox(
    parts: Iterable[Part] = (), *, gap: int = 0, margins: Margins = _NONE, into: Place = None
) -> QHBoxLayout:
    """Lay parts out from left to right, ``into`` a widget, at the end of a layout, or for another layout."""
    line = QHBoxLayout()
    _fill(line, parts, gap, margins, into)
    return line


def vbox(
    parts: Iterable[Part] = (), *, gap: int = 0, margins: Margins = _NONE, into: Place = None
) -> QVBoxLayout:
    """Lay parts out from top to bottom, ``into`` a widget, at the end of a layout, or for another layout."""
    column = QVBoxLayout()
    _fill(column, parts, gap, margins, into)
    return column


def grid(
    rows: Iterable[Sequence[QWidget]] = (),
    *,
    across: int,
    down: int,
    grows: int = 1,
    sides: Mapping[int, Qt.AlignmentFlag] = MappingProxyType({}),
    into: Place = None,
) -> QGridLayout:
    """Lay rows out in columns, so far apart; the column that ``grows`` takes what the others leave.

    ``sides`` say by column where parts stand that do not fill their place.
    """
    table = QGridLayout()
    if isinstance(into, QBoxLayout):
        into.addLayout(table)
    for row, parts in enumerate(rows):
        for column, part in enumerate(parts):
            table.addWidget(part, row, column, sides.get(column, Qt.AlignmentFlag(0)))
    if isinstance(into, QWidget):
        into.setLayout(table)
    table.setContentsMargins(*_NONE)
    table.setHorizontalSpacing(across)
    table.setVerticalSpacing(down)
    table.setColumnStretch(grows, 1)
    return table


def scrolled(page: QWidget, *, sideways: bool = False) -> QScrollArea:
    """Let a page go on below, or ``sideways``, what there is room for; the keyboard stops at its parts."""
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    bars = Qt.ScrollBarPolicy
    area.setHorizontalScrollBarPolicy(bars.ScrollBarAsNeeded if sideways else bars.ScrollBarAlwaysOff)
    area.setWidget(page)
    page.setAutoFillBackground(False)  # which Qt switched on: the ground of panels shows through
    return area


def bring_into_view(part: QWidget) -> None:
    """Scroll the page that a part stands on, where it is ``scrolled``, until the part can be seen."""
    around = part.parentWidget()
    while around is not None and not isinstance(around, QScrollArea):
        around = around.parentWidget()
    if around is not None:
        around.ensureWidgetVisible(part)


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


def keep_on_screen(window: QWidget, least: QSize) -> None:
    """Let a window be no smaller than is needed, but where its screen is: at 200 % that has 960 x 540."""
    window.setMinimumSize(least.boundedTo(screen_room(window) or least))


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
