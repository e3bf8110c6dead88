"""Where views, detail and inbox stand in the window, and how wide and high the user made them."""

from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from stackwatch.ui.alerts.inbox import InboxPanel
from stackwatch.ui.frame.narrow_layout import NarrowLayout
from stackwatch.ui.frame.usual_sizes import usual_sizes
from stackwatch.ui.kit.divider import Splitter
from stackwatch.ui.preferences.settings import ViewChoice


class Placement(QObject):
    """The two splitters of a window; the parts of each have their usual sizes until the user moves it."""

    moved = Signal()  # a border, by the user

    def __init__(
        self, columns: Splitter, rows: Splitter, views: QWidget, detail: QWidget, inbox: InboxPanel
    ) -> None:
        """Put views and detail into ``columns``, and these into ``rows`` with the inbox below."""
        super().__init__(rows)
        self.columns, self.rows = columns, rows
        self._detail, self._inbox = detail, inbox
        self._chosen: dict[Splitter, tuple[int, int]] = {}  # by the user, in a wide window
        self._lower: int | None = None  # the height below the list that the user chose in a narrow one
        for part in (views, detail):
            self.columns.addWidget(part)
        for part in (self.columns, inbox):
            self.rows.addWidget(part)
        for splitter in (self.columns, self.rows):
            splitter.splitterMoved.connect(partial(self._note, splitter))
            splitter.usual_wanted.connect(partial(self._put_back, splitter))
        self.columns.setStretchFactor(1, 1)
        self.rows.setStretchFactor(0, 1)
        self.narrow = NarrowLayout(self.columns, self.rows, detail, inbox)
        self._room: tuple[int, int, ViewChoice] | None = None
        self.retranslate()

    def retranslate(self) -> None:
        """Name the borders that are there: a part that comes back has another one."""
        self.columns.name(self._detail, self.tr("Border of list and detail"))
        self.rows.name(self._inbox, self.tr("Border above the alerts"))
        self.rows.name(self.narrow.lower, self.tr("Border above detail and alerts"))

    def restore(self, columns: tuple[int, ...], rows: tuple[int, ...]) -> None:
        """Give the parts the sizes that the user left, where there are any."""
        for splitter, sizes in ((self.columns, columns), (self.rows, rows)):
            if len(sizes) > 1:
                self._chosen[splitter] = sizes[0], sizes[1]

    def chosen(self) -> tuple[tuple[int, ...], tuple[int, ...]]:
        """Return the user's sizes of columns and rows, empty while they are the usual ones."""
        return self._chosen.get(self.columns, ()), self._chosen.get(self.rows, ())

    def fit(self, width: int, body: int, view: ViewChoice) -> None:
        """Follow another size of the window; ``body`` is the height below its bars."""
        if self.narrow.narrow is not self.narrow.fit(width):
            self._lower = None
            self.retranslate()
        self.place(width, body, view)

    def place(self, width: int, body: int, view: ViewChoice) -> None:
        """Give what the user did not move its usual size; a map takes what the detail can spare."""
        self._room = width, body, view
        self._place()

    def _place(self) -> None:
        if self._room is None:
            return
        width, body, _ = self._room
        listed, below = usual_sizes(*self._room)
        if self.narrow.narrow:
            lower = self._lower or below - 1
        else:
            listed, _ = self._chosen.get(self.columns, (listed, 0))
            self.columns.setSizes([listed, max(width - listed - 1, 1)])
            _, lower = self._chosen.get(self.rows, (0, below - 1))
        self.rows.setSizes([max(body - lower - 1, 1), lower])

    def _note(self, splitter: Splitter, *_where: int) -> None:
        """Keep what the user chose: of a narrow window until it is wide, of a wide one for good."""
        sizes = splitter.sizes()
        if self.narrow.narrow:
            self._lower = sizes[-1]
        else:
            self._chosen[splitter] = sizes[0], sizes[1]
        self.moved.emit()

    def _put_back(self, splitter: Splitter) -> None:
        """Give the parts of a splitter their usual sizes again, from now on."""
        if self.narrow.narrow:
            self._lower = None
        else:
            self._chosen.pop(splitter, None)
        self._place()
        self.moved.emit()
