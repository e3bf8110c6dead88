"""List, maps, headlines and rules, and the place where they are shown."""

from collections.abc import Callable

from PySide6.QtCore import QPoint, QSize, Signal
from PySide6.QtWidgets import QApplication, QStackedWidget, QWidget

from stackwatch.domain.events import Event
from stackwatch.domain.watchlist import Ecosystem, Watchlist
from stackwatch.engine.window_commands import Commands
from stackwatch.ui.headlines.headlines_view import HeadlinesView
from stackwatch.ui.maps.exposure_map import ExposureMap
from stackwatch.ui.maps.heat_map import HeatMap
from stackwatch.ui.preferences.settings import HeatBy, HeatSize, ViewChoice
from stackwatch.ui.rules.rules_view import RulesView
from stackwatch.ui.watchlist.watchlist_menu import row_menu
from stackwatch.ui.watchlist.watchlist_view import WatchlistView


class Views(QStackedWidget):
    """List, heat map and exposure map over the same rows with one selection, the headlines and the rules."""

    changed = Signal(object)
    entity_opened = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.view = ViewChoice.LIST

    def build(
        self,
        rows: WatchlistView,
        ecosystem: Ecosystem,
        watchlist: Watchlist,
        commands: Commands,
        breathe: Callable[[], None],
    ) -> None:
        """Build what stands beside the list, which ``take_in`` follows; in between it may ``breathe``."""
        listed = (rows.list_model, ecosystem)
        self.list = rows
        self.heat = HeatMap(*listed, self)
        breathe()
        self.exposure = ExposureMap(*listed, watchlist, self)
        breathe()
        self.headlines = HeadlinesView(*listed, watchlist, self)
        breathe()
        self.rules = RulesView(ecosystem, watchlist, commands, self)
        self._parts = (rows, self.heat, self.exposure, self.headlines, self.rules)
        self.list.entity_selected.connect(self.set_current)
        for part in (self.heat, self.exposure):
            part.menu_wanted.connect(self._show_menu)
            part.entity_chosen.connect(self.list.select)
            part.entity_opened.connect(self.entity_opened)
        self.headlines.entity_opened.connect(self.entity_opened)

    def take_in(self) -> None:
        """Take in the list and the others, each at its place."""
        for part in self._parts:
            self.addWidget(part)

    @property
    def shown(self) -> QWidget:
        """The view in front."""
        return self._parts[self.currentIndex()]

    def minimumSizeHint(self) -> QSize:
        """Return the least room of the view in front: a wide one must not widen the others."""
        return self.shown.minimumSizeHint() if self.count() else QSize()

    def apply(self, event: Event) -> None:
        """Take in one event of the core that the list, whose rows the maps show, has taken in."""
        for part in self._parts[1:]:
            part.apply(event)

    def restore(self, view: ViewChoice, heat_by: HeatBy, heat_size: HeatSize) -> None:
        """Show what was shown when the window was closed."""
        self.heat.show_by(heat_by)
        self.heat.show_size(heat_size)
        self.show_view(view)

    def show_view(self, view: ViewChoice) -> None:
        """Show another view and give it the keyboard.

        It has that before the other is hidden: Qt would lead it past what is beside, and each would be read.
        """
        self.view = view
        part = self._parts[tuple(ViewChoice).index(view)]
        part.setGeometry(self.contentsRect())
        part.show()
        part.setFocus()
        self.setCurrentWidget(part)
        self.updateGeometry()
        self.changed.emit(view)
        self.take_focus()

    def take_focus(self) -> None:
        """Give the keyboard to the view that is shown."""
        self.shown.setFocus()

    def holds_focus(self) -> bool:
        """Whether the keyboard is on the view that is shown."""
        focus = QApplication.focusWidget()
        return focus is not None and (focus is self.shown or self.shown.isAncestorOf(focus))

    def close_card(self) -> bool:
        """Close what lies over the view; return whether there was anything."""
        return self.view is ViewChoice.EXPOSURE and self.exposure.close_evidence()

    def set_current(self, entity_id: str) -> None:
        """Mark an entity in the maps, as it is in the list."""
        self.heat.set_current(entity_id)
        self.exposure.set_current(entity_id)
        self.rules.follow(entity_id)

    def _show_menu(self, entity_id: str, place: QPoint) -> None:
        index = self.list.list_model.index_of(entity_id)
        row_menu(self.list, index, self.list.list_model.node(index), listed=False).popup(place)
