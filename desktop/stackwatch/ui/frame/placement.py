"""Where views, detail and inbox stand in the window, and how wide and high the user made them."""

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QWidget

from stackwatch.ui.alerts.inbox import InboxPanel
from stackwatch.ui.frame.narrow import NarrowDesk
from stackwatch.ui.frame.usual_sizes import usual_sizes
from stackwatch.ui.kit.divider import Parts
from stackwatch.ui.kit.theme import Theme
from stackwatch.ui.preferences.settings import ViewChoice


class Placement(QObject):
    """The two splitters of a window; parts have their usual sizes until the user moves one."""

    def __init__(
        self, views: QWidget, detail: QWidget, inbox: InboxPanel, theme: Theme, body: QWidget
    ) -> None:
        # From the outside in: a widget that gets another parent is styled anew with all that is in it.
        self.rows = Parts(Qt.Orientation.Vertical, body)
        self.columns = Parts(Qt.Orientation.Horizontal, self.rows)
        super().__init__(self.rows)
        self.by_user = False
        for part in (views, detail):
            self.columns.addWidget(part)
        for part in (self.columns, inbox):
            self.rows.addWidget(part)
        for splitter in (self.columns, self.rows):
            splitter.splitterMoved.connect(self._note)
            splitter.usual_wanted.connect(self._put_back)
        self.columns.setStretchFactor(1, 1)
        self.rows.setStretchFactor(0, 1)
        self.narrow = NarrowDesk(self.columns, self.rows, detail, inbox, theme)
        self._room: tuple[int, int, ViewChoice, Theme] | None = None
        self.retranslate()

    def retranslate(self) -> None:
        """Name borders and tabs in the language in use."""
        self.columns.name(self.tr("Border of list and detail"))
        self.rows.name(self.tr("Border above the alerts"), self.tr("Border above detail and alerts"))
        self.narrow.lower.retranslate()

    def restore(self, columns: tuple[int, ...], rows: tuple[int, ...]) -> None:
        """Give the parts the sizes that the user left, where there are any."""
        if columns and rows:
            self.by_user = True
            self.columns.setSizes(list(columns))
            self.rows.setSizes(list(rows))

    def chosen(self) -> tuple[tuple[int, ...], tuple[int, ...]]:
        """Return the user's sizes of columns and rows, empty while they are the usual ones."""
        if not self.by_user or self.narrow.narrow:
            return (), ()
        return tuple(self.columns.sizes()), tuple(self.rows.sizes())

    def fit(self, width: int, body: int, view: ViewChoice, theme: Theme) -> None:
        """Follow another size of the window; ``body`` is the height below its bars."""
        self._room = width, body, view, theme
        turned = self.narrow.narrow is not self.narrow.fit(width)
        if turned or not self.by_user:
            self.place(width, body, view, theme)

    def place(self, width: int, body: int, view: ViewChoice, theme: Theme) -> None:
        """Give every part its usual size; a map takes what the detail can spare."""
        self._room = width, body, view, theme
        listed, below = usual_sizes(width, body, view, theme)
        if not self.narrow.narrow:
            self.columns.setSizes([listed, max(width - listed - 1, 1)])
        self.rows.setSizes([max(body - below, 1), below - 1])

    def _note(self) -> None:
        self.by_user = True

    def _put_back(self) -> None:
        """Give every part its usual size again, from now on."""
        self.by_user = False
        if self._room is not None:
            self.place(*self._room)
