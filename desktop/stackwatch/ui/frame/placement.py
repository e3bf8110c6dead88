"""Where views, detail and inbox stand in the window, and how wide and high the user made them."""

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QSplitter, QWidget

from stackwatch.ui.frame.narrow import NarrowDesk
from stackwatch.ui.kit.theme import Theme
from stackwatch.ui.preferences.settings import ViewChoice

_WIDE, _TALL = 1400, 814  # of the window, and of its body
_LIST_WIDTHS = (712, 556)
_DETAIL_BESIDE_MAP = 560
_INBOX_HEIGHTS = (170, 126)


class Placement(QObject):
    """The two splitters of a window; parts have their usual sizes until the user moves one."""

    def __init__(self, views: QWidget, detail: QWidget, inbox: QWidget, theme: Theme) -> None:
        self.columns = QSplitter(Qt.Orientation.Horizontal)
        self.rows = QSplitter(Qt.Orientation.Vertical)
        super().__init__(self.rows)
        self.by_user = False
        for part in (views, detail):
            self.columns.addWidget(part)
        for part in (self.columns, inbox):
            self.rows.addWidget(part)
        for splitter in (self.columns, self.rows):
            splitter.setHandleWidth(1)
            splitter.setChildrenCollapsible(False)
            splitter.splitterMoved.connect(self._note)
        self.columns.setStretchFactor(1, 1)
        self.rows.setStretchFactor(0, 1)
        self.narrow = NarrowDesk(self.columns, self.rows, detail, inbox, theme)

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
        turned = self.narrow.narrow is not self.narrow.fit(width)
        if turned or not self.by_user:
            self.place(width, body, view, theme)

    def place(self, width: int, body: int, view: ViewChoice, theme: Theme) -> None:
        """Give every part its usual size; a map takes what the detail can spare."""
        if self.narrow.narrow:
            self.narrow.place(body)
            return
        listed = theme.px(_LIST_WIDTHS[0] if width >= theme.px(_WIDE) else _LIST_WIDTHS[1])
        inbox = theme.px(_INBOX_HEIGHTS[0] if body >= theme.px(_TALL) else _INBOX_HEIGHTS[1])
        if view is not ViewChoice.LIST:
            listed = max(listed, width - theme.px(_DETAIL_BESIDE_MAP))
        self.columns.setSizes([listed, max(width - listed - 1, 1)])
        self.rows.setSizes([max(body - inbox, 1), inbox - 1])

    def _note(self) -> None:
        self.by_user = True
