"""What stands around the list. Its modules are loaded, and it is built, when the list is on the screen."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from stackwatch.domain.events import Event
from stackwatch.ui.alerts.inbox import InboxPanel
from stackwatch.ui.alerts.toast import ToastStack
from stackwatch.ui.alerts.tray import Tray
from stackwatch.ui.detail.detail_panel import DetailPanel
from stackwatch.ui.frame.action import Action
from stackwatch.ui.frame.actions import bind, bind_card, build_actions
from stackwatch.ui.frame.controllers import Controllers
from stackwatch.ui.frame.following import Following
from stackwatch.ui.frame.list_wiring import Lists
from stackwatch.ui.frame.placement import Placement
from stackwatch.ui.frame.rules_controller import RulesController
from stackwatch.ui.frame.side_buttons import SideButtons
from stackwatch.ui.frame.views import Views
from stackwatch.ui.frame.window_parts import WindowParts
from stackwatch.ui.frame.window_state import WindowState
from stackwatch.ui.kit.divider import Splitter
from stackwatch.ui.preferences.settings import SettingsStore, UiSettings
from stackwatch.ui.preferences.settings_controller import SettingsController
from stackwatch.ui.preferences.settings_dialog import DataParts

if TYPE_CHECKING:  # the window makes these parts of itself
    from stackwatch.ui.frame.window import MainWindow


@dataclass(slots=True, eq=False)
class WindowContents:
    """The parts of a window besides its header and its list."""

    views: Views
    detail: DetailPanel
    inbox: InboxPanel
    lists: Lists
    rules_controller: RulesController
    following: Following
    toasts: ToastStack
    tray: Tray
    settings_controller: SettingsController
    controllers: Controllers
    placement: Placement

    def apply(self, event: Event) -> None:
        """Take in one event of the core, after header and list have."""
        for part in (
            self.views,
            self.detail,
            self.inbox,
            self.toasts,
            self.settings_controller,
            self.lists,
            self.controllers,
        ):
            part.apply(event)


def build_contents(
    window: "MainWindow", parts: WindowParts, settings: UiSettings, breathe: Callable[[], None]
) -> WindowContents:
    """Build what stands around a window's list; in between it may ``breathe``, until the list is moved."""
    shared = (parts.ecosystem, parts.commands())
    # From the outside in: a widget that gets another parent is styled anew with all that is in it.
    rows = Splitter(Qt.Orientation.Vertical, window.body)
    columns = Splitter(Qt.Orientation.Horizontal, rows)
    # And in the order in which Tab walks: the maps before what stands beside and below them.
    views = Views(columns)
    views.build(window.list, parts.ecosystem, parts.watchlist, parts.commands(), breathe)
    breathe()
    detail = DetailPanel(*shared, parts.watchlist.layers, columns)
    breathe()
    inbox = InboxPanel(*shared, parts.watchlist, rows)
    inbox.exporter = parts.export_alerts
    tray = Tray(parts.icon, window)
    data = replace(DataParts() if parts.data is None else parts.data(), keys=window.key_rows)
    settings_controller = SettingsController(data, parts.commands(), window)
    settings_controller.set_look(settings)
    breathe()
    views.take_in()
    placement = Placement(columns, rows, views, detail, inbox)
    rules_controller = RulesController(window, views, detail, placement.narrow, window.list)
    return WindowContents(
        views=views,
        detail=detail,
        inbox=inbox,
        lists=Lists(window, detail, parts),
        rules_controller=rules_controller,
        following=Following(window.list, detail, rules_controller.leave, parts.commands()),
        toasts=ToastStack(*shared, window),
        tray=tray,
        settings_controller=settings_controller,
        controllers=Controllers(
            window, parts, window.header, views, settings_controller, window.notice, tray
        ),
        placement=placement,
    )


def build_state(
    window: "MainWindow",
    contents: WindowContents,
    file: SettingsStore | None,
    chosen: Callable[[], UiSettings],
) -> WindowState:
    """Let what the user changes of a window be kept, beside what was ``chosen`` by name."""
    shown = window.list

    def take() -> UiSettings:
        columns, rows = contents.placement.chosen()
        return replace(
            chosen(),
            geometry=bytes(window.saveGeometry().toBase64().data()).decode("ascii"),
            columns=columns,
            rows=rows,
            editor_rows=contents.views.rules.halves.chosen,
            unsaved_rules=contents.views.rules.edits.unsaved,
            folded=shown.folded(),
            list_columns=shown.column_choice,
            heat_by=contents.views.heat.by,
            heat_size=contents.views.heat.size_by,
        )

    state = WindowState(file, take, window)
    for changed in (
        *(contents.placement.moved, contents.views.rules.halves.moved, contents.views.rules.edited),
        *(contents.views.changed, contents.views.heat.look_chosen),
        *(shown.columns.changed, shown.ordered, shown.entity_selected, shown.emptied),
        *(shown.expanded, shown.collapsed),
    ):
        changed.connect(state.note)
    state.failed.connect(window.show_notice)
    state.mended.connect(window.notice.take_back)
    return state


def connect(window: "MainWindow", contents: WindowContents, parts: WindowParts) -> tuple[Action, ...]:
    """Let the parts of a window hear each other; returns its commands, whose keys work from now on."""
    header, views, settings_controller = window.header, contents.views, contents.settings_controller
    for chooser in (header, settings_controller):
        chooser.ui_changed.connect(window.change_look)
    replay = contents.controllers.replay
    replay.start_requested.connect(window.replay_requested)
    header.finder.begun.connect(replay.read_titles)
    replay.titled.connect(contents.lists.name_replays)
    SideButtons(window, contents.following.go)
    header.view_chosen.connect(views.show_view)
    views.changed.connect(window.note_view)
    views.entity_opened.connect(contents.following.open)
    header.inbox_requested.connect(window.toggle_inbox)
    header.keys_requested.connect(window.show_keys)
    header.settings_requested.connect(settings_controller.open)
    settings_controller.failed.connect(window.show_notice)
    settings_controller.after.said.connect(window.show_notice)
    settings_controller.mended.connect(window.notice.take_back)
    contents.detail.chart.failed.connect(window.show_notice)
    contents.detail.link_wanted.connect(contents.lists.links.ask)
    for evidence in (contents.detail.exposure, views.exposure.card):
        evidence.correction_wanted.connect(contents.lists.links.correct)
        evidence.withdrawal_wanted.connect(contents.lists.links.withdraw)
    header.finder.chosen.connect(contents.following.open)
    header.finder.rule_chosen.connect(window.open_rule)
    for stories in (header.finder, contents.toasts, contents.inbox):
        stories.story_chosen.connect(lambda about, _story_id: contents.following.open(about))
        stories.story_chosen.connect(lambda _about, story_id: contents.detail.show_story(story_id))
    header.finder.left.connect(views.take_focus)
    for part in (contents.detail, contents.inbox, contents.toasts):
        part.entity_activated.connect(contents.following.open)
        part.alert_activated.connect(window.open_alert)
    window.notification_clicked.connect(window.come_forward)
    window.notification_clicked.connect(contents.inbox.open_noticed)
    contents.detail.alerts.menu_wanted.connect(contents.inbox.show_menu)
    contents.inbox.entity_wanted.connect(contents.following.look_at)
    contents.inbox.said.connect(window.show_notice)
    contents.toasts.left.connect(views.take_focus)
    contents.placement.narrow.left.connect(views.take_focus)
    contents.toasts.digest_requested.connect(contents.inbox.show_digest)
    contents.detail.chart.rule_wanted.connect(window.open_rule)
    views.rules.switches.wanted.connect(contents.lists.keep_rules)
    views.rules.switches.saved.connect(partial(contents.lists.keep_rules, made=True))
    views.rules.switches.woken.connect(contents.inbox.end_snoozes)
    contents.inbox.snooze_ended.connect(contents.lists.end_snooze)
    window.list.about_popups = contents.inbox.about_popups
    views.rules.switches.refused.connect(contents.lists.controller.refused)
    for part in (contents.toasts, contents.inbox):
        part.rule_requested.connect(window.open_rule)
    contents.tray.open_requested.connect(window.come_forward)
    contents.tray.pause_chosen.connect(window.pause_popups)
    actions = build_actions(window, parts.replays())
    bind(window, actions)
    contents.toasts.carded.connect(partial(bind_card, window))
    return actions
