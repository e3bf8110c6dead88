"""Brings the rules into the window: new ones from anywhere, and the room that they and the headlines need."""

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from stackwatch.domain.rule import Rule
from stackwatch.ui.detail.detail_panel import DetailPanel
from stackwatch.ui.frame.narrow_layout import NarrowLayout
from stackwatch.ui.frame.usual_sizes import stands_alone
from stackwatch.ui.frame.views import Views
from stackwatch.ui.preferences.settings import ViewChoice
from stackwatch.ui.watchlist.watchlist_view import WatchlistView


class RulesController(QObject):
    """Opens the editor for what is selected, a row or a story; hides what stands beside the other views."""

    def __init__(
        self, window: QWidget, views: Views, detail: DetailPanel, narrow: NarrowLayout, rows: WatchlistView
    ) -> None:
        super().__init__(window)
        self._views, self._detail, self._narrow, self._list = views, detail, narrow, rows
        self._wide = False
        rows.alert_wanted.connect(self.new_for)
        detail.headlines.alert_wanted.connect(self.new_rule)
        detail.pane.alert_wanted.connect(self.new_rule)
        views.headlines.alert_wanted.connect(self.new_rule)

    def open(self, rule_id: str, subject: str) -> None:
        """Show the rules with one of them in the editor, where it stands for a subject."""
        self._views.show_view(ViewChoice.RULES)
        self._views.rules.open(rule_id, subject)

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
        """Go back to the list from a view without the detail, or from the alerts, to show an entity."""
        if self._wide:
            self._views.show_view(ViewChoice.LIST)
        self._narrow.show_detail()

    def make_room(self, width: int, body: int, view: ViewChoice) -> None:
        """Give a view that stands alone the whole window; what it hid comes back with another one."""
        wide = stands_alone(width, body, view)
        if wide == self._wide:
            return
        self._wide = wide
        if wide:
            self._narrow.set_aside()
        else:
            self._narrow.bring_back()
