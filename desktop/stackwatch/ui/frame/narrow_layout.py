"""A narrow window: the detail goes below the list, as a tab beside the alerts."""

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtWidgets import QApplication, QButtonGroup, QSplitter, QWidget

from stackwatch.ui.alerts.inbox import InboxPanel
from stackwatch.ui.frame.usual_sizes import WIDE_FROM
from stackwatch.ui.kit.hairline import LinedPanel
from stackwatch.ui.kit.layout import hbox, vbox
from stackwatch.ui.kit.switches import Tab, rove


class LowerTabs(LinedPanel):
    """Holds detail and alerts while the window is narrow; the one that is shown hides the other."""

    def __init__(self, detail: QWidget, inbox: QWidget) -> None:
        super().__init__(Qt.Edge.TopEdge)
        self._parts = (detail, inbox)
        self.tabs = tuple(Tab() for _ in self._parts)
        self._group = QButtonGroup(self)
        for place, tab in enumerate(self.tabs):
            self._group.addButton(tab, place)
        rove(self._group)
        heads = hbox((*self.tabs, None), gap=18, margins=(12, 0, 12, 0))
        self._column = vbox((heads,), margins=(0, 1, 0, 0), into=self)
        self._group.idClicked.connect(self.choose)
        self.retranslate()
        self.hide()

    def take_in(self) -> None:
        """Take the parts from where they are, and show the detail."""
        for part in self._parts:
            self._column.addWidget(part, 1)
            part.installEventFilter(self)
        if not self._parts[0].isHidden() or not self._parts[1].isHidden():
            self.choose(0)

    def give_back(self) -> None:
        """Let go of the parts; both may be shown at once again."""
        for part in self._parts:
            part.removeEventFilter(self)
        self.hide()

    def choose(self, place: int) -> None:
        """Show one part."""
        self._parts[place].show()

    def retranslate(self) -> None:
        """Name the tabs in the language in use."""
        for tab, name in zip(self.tabs, (self.tr("Detail"), self.tr("Alerts")), strict=True):
            tab.put(name)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep at most one part shown, and stand aside where none is."""
        if event.type() is QEvent.Type.ShowToParent:
            place = 0 if watched is self._parts[0] else 1
            self.tabs[place].setChecked(True)
            self._parts[1 - place].hide()
            self.show()
        elif event.type() is QEvent.Type.HideToParent and all(part.isHidden() for part in self._parts):
            self.hide()
        return super().eventFilter(watched, event)


class NarrowLayout(QObject):
    """Moves the detail of a window between beside the list and below it."""

    left = Signal()  # the keyboard was in what is hidden now

    def __init__(self, columns: QSplitter, rows: QSplitter, detail: QWidget, inbox: InboxPanel) -> None:
        super().__init__(rows)
        self._columns, self._rows = columns, rows
        self._detail, self._inbox = detail, inbox
        self.lower = LowerTabs(detail, inbox)
        self._inbox_shown = True  # beside the detail
        self._tab = 0  # of a narrow window, while a view takes its room
        self._aside = False
        self.narrow = False
        self._rows.addWidget(self.lower)

    def fit(self, width: int) -> bool:
        """Follow another width of the window; returns whether it is narrow."""
        narrow = width < WIDE_FROM
        if narrow is self.narrow:
            return narrow
        self.narrow = narrow
        window = self._rows.window()
        focus = _keyboard_of(window)
        held = focus is not None and any(part.isAncestorOf(focus) for part in (self._detail, self._inbox))
        shown = not self._detail.isHidden() or not self._inbox.isHidden()
        if narrow:
            if not self._aside:
                self._inbox_shown = not self._inbox.isHidden()
            self.lower.take_in()
            self.lower.setVisible(shown)
        else:
            self.lower.give_back()
            self._columns.addWidget(self._detail)
            self._rows.insertWidget(1, self._inbox)
            self._columns.setStretchFactor(1, 1)
            self._detail.setVisible(shown)
            self._inbox.setVisible(shown and self._inbox_shown)
        if focus is not None and held and focus.isVisible():
            focus.setFocus()  # what gets another parent loses the keyboard
        elif focus is not None and (held or _keyboard_of(window) is None):  # or was a border that is gone
            self.left.emit()
        return narrow

    def set_aside(self) -> None:
        """Hide detail and alerts for a view that takes all the room."""
        self._aside = True
        if self.narrow:
            self._tab = int(not self._inbox.isHidden())
        else:
            self._inbox_shown = not self._inbox.isHidden()
        self._detail.hide()
        self._inbox.hide()

    def bring_back(self) -> None:
        """Show again what was set aside, as the window is now."""
        self._aside = False
        self._detail.show()
        if (self._tab == 1) if self.narrow else self._inbox_shown:
            self._inbox.show()

    def show_detail(self) -> None:
        """Show the detail where the alerts have its place, with the keyboard back at the list."""
        if self.narrow and self._detail.isHidden() and not self._aside:
            self.toggle_inbox()

    def toggle_inbox(self) -> None:
        """Show or hide the alerts, the keyboard with them; a narrow window has them or the detail."""
        focus = QApplication.focusWidget()
        held = focus is not None and self._inbox.isAncestorOf(focus)
        self._toggle()
        if not self._inbox.isHidden():
            self._inbox.view.setFocus(Qt.FocusReason.ShortcutFocusReason)
        elif held:
            self.left.emit()  # Qt would hand the keyboard to whatever comes next

    def _toggle(self) -> None:
        if not self.narrow:
            self._inbox.setVisible(self._inbox.isHidden())
            return
        self.lower.choose(0 if not self._inbox.isHidden() else 1)


def _keyboard_of(window: QWidget) -> QWidget | None:
    """Return what has the keyboard in a window, or had it last: there may be nothing."""
    return window.focusWidget()
