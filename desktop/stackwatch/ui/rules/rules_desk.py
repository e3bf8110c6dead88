"""Brings the rules into the window: new ones from anywhere, and the room they need."""

from PySide6.QtCore import QObject
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from stackwatch.domain.rule import Rule
from stackwatch.ui.detail.detail_panel import DetailPanel
from stackwatch.ui.frame.views import Views
from stackwatch.ui.preferences.settings import ViewChoice
from stackwatch.ui.watchlist.watchlist_view import WatchlistView


class RulesDesk(QObject):
    """Opens the editor for what is selected, a row or a story; hides what stands beside the other views."""

    def __init__(
        self, window: QWidget, views: Views, detail: DetailPanel, inbox: QWidget, rows: WatchlistView
    ) -> None:
        super().__init__(window)
        self._views, self._detail, self._inbox, self._list = views, detail, inbox, rows
        self._inbox_hidden = False
        self._in_rules = False
        rows.alert_wanted.connect(self.new_for)
        detail.headlines.alert_wanted.connect(self.new_rule)
        detail.pane.alert_wanted.connect(self.new_rule)
        QShortcut(QKeySequence("Alt+A"), window).activated.connect(self.new_for_selected)

    def new_rule(self, draft: Rule) -> None:
        """Show the rules with a new one in the editor."""
        self._views.show_view(ViewChoice.RULES)
        self._views.rules.new_rule(draft)

    def new_for(self, entity_id: str | None) -> None:
        """Show the rules with what an entity, or the list, suggests."""
        self._views.show_view(ViewChoice.RULES)
        self._views.rules.new_for(entity_id)

    def new_for_selected(self) -> None:
        """Make a new rule for the entity that is followed."""
        self.new_for(self._detail.entity or self._list.selected_id)

    def leave(self) -> None:
        """Go back to the list from the rules, to show an entity."""
        if self._in_rules:
            self._views.show_view(ViewChoice.LIST)

    def make_room(self, view: ViewChoice) -> None:
        """Give the rules the whole width; what they hid comes back with another view."""
        in_rules = view is ViewChoice.RULES
        if in_rules == self._in_rules:
            return
        self._in_rules = in_rules
        self._detail.setVisible(not in_rules)
        if in_rules:
            self._inbox_hidden = not self._inbox.isHidden()
            self._inbox.hide()
        elif self._inbox_hidden:
            self._inbox.show()
