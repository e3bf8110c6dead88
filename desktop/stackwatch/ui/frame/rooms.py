"""What stands around the list. Its modules are loaded, and it is built, when the list is on the screen."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from stackwatch.domain.events import Event
from stackwatch.ui.alerts.inbox import InboxPanel
from stackwatch.ui.alerts.toast import ToastStack
from stackwatch.ui.alerts.tray import Tray
from stackwatch.ui.detail.detail_panel import DetailPanel
from stackwatch.ui.frame.actions import Action, bind, build_actions
from stackwatch.ui.frame.desks import Desks
from stackwatch.ui.frame.list_wiring import Lists
from stackwatch.ui.frame.memory import Memory
from stackwatch.ui.frame.placement import Placement
from stackwatch.ui.frame.views import Views
from stackwatch.ui.frame.window_parts import WindowParts, home_zone
from stackwatch.ui.headlines.headlines_view import HeadlinesView
from stackwatch.ui.kit.announce import speak_for
from stackwatch.ui.maps.exposure_map import ExposureMap
from stackwatch.ui.maps.heat_map import HeatMap
from stackwatch.ui.preferences.settings import SettingsFile, UiSettings
from stackwatch.ui.preferences.settings_desk import SettingsDesk
from stackwatch.ui.preferences.settings_dialog import DataParts
from stackwatch.ui.rules.rules_desk import RulesDesk
from stackwatch.ui.rules.rules_view import RulesView

if TYPE_CHECKING:  # the window makes these parts of itself
    from stackwatch.ui.frame.window import MainWindow


@dataclass(slots=True, eq=False)
class Rooms:
    """The parts of a window besides its header and its list."""

    views: Views
    detail: DetailPanel
    inbox: InboxPanel
    lists: Lists
    rule_desk: RulesDesk
    toasts: ToastStack
    tray: Tray
    choices: SettingsDesk
    desks: Desks
    placement: Placement

    def apply(self, event: Event) -> None:
        """Take in one event of the core, after header and list have."""
        for part in (self.views, self.detail, self.inbox, self.toasts, self.choices, self.lists, self.desks):
            part.apply(event)


def build_rooms(
    window: "MainWindow", parts: WindowParts, settings: UiSettings, breathe: Callable[[], None]
) -> Rooms:
    """Build what stands around a window's list; in between it may ``breathe``, until the list is moved."""
    shared = (parts.ecosystem, parts.commands())
    listed = (window.list.list_model, parts.ecosystem)
    detail = DetailPanel(*shared, parts.watchlist.layers)
    breathe()
    inbox = InboxPanel(*shared, layers=parts.watchlist.layers)
    inbox.exporter = parts.export_alerts
    tray = Tray(parts.icon, window)
    data = replace(DataParts() if parts.data is None else parts.data(), keys=window.key_rows)
    choices = SettingsDesk(data, parts.commands(), home_zone(parts.ecosystem, parts.watchlist), window)
    choices.set_look(settings)
    breathe()
    heat = HeatMap(*listed)
    breathe()
    exposure = ExposureMap(*listed, parts.watchlist)
    breathe()
    headlines = HeadlinesView(*listed, parts.watchlist)
    breathe()
    rules = RulesView(parts.ecosystem, parts.watchlist, parts.commands())
    views = Views(window.list, heat, exposure, headlines, rules)
    placement = Placement(views, detail, inbox, window.body)
    return Rooms(
        views=views,
        detail=detail,
        inbox=inbox,
        lists=Lists(window, detail, parts),
        rule_desk=RulesDesk(window, views, detail, placement.narrow, window.list),
        toasts=ToastStack(*shared, window),
        tray=tray,
        choices=choices,
        desks=Desks(window, parts, window.header, views, choices, window.notice, tray),
        placement=placement,
    )


def build_memory(
    window: "MainWindow", rooms: Rooms, file: SettingsFile | None, chosen: Callable[[], UiSettings]
) -> Memory:
    """Let what the user changes of a window be kept, beside what was ``chosen`` by name."""
    shown = window.list

    def take() -> UiSettings:
        columns, rows = rooms.placement.chosen()
        return replace(
            chosen(),
            geometry=bytes(window.saveGeometry().toBase64().data()).decode("ascii"),
            columns=columns,
            rows=rows,
            folded=shown.folded(),
            list_columns=shown.column_choice,
            heat_by=rooms.views.heat.by,
            heat_size=rooms.views.heat.size_by,
        )

    memory = Memory(file, take, window)
    for changed in (
        *(rooms.placement.moved, rooms.views.changed, rooms.views.heat.look_chosen),
        *(shown.columns.changed, shown.ordered, shown.entity_selected, shown.expanded, shown.collapsed),
    ):
        changed.connect(memory.note)
    return memory


def connect(window: "MainWindow", rooms: Rooms, parts: WindowParts) -> tuple[Action, ...]:
    """Let the parts of a window hear each other; returns its commands, whose keys work from now on."""
    header, views, choices = window.header, rooms.views, rooms.choices
    for chooser in (header, choices):
        chooser.ui_changed.connect(window.change_look)
    replay = rooms.desks.replay
    replay.start_requested.connect(window.replay_requested)
    speak_for(header.finder, header.finder.answers)
    header.finder.begun.connect(replay.read_titles)
    replay.titled.connect(rooms.lists.name_replays)
    header.view_chosen.connect(views.show_view)
    views.changed.connect(window.note_view)
    views.entity_opened.connect(window.open_entity)
    header.inbox_requested.connect(window.toggle_inbox)
    header.keys_requested.connect(window.show_keys)
    header.settings_requested.connect(choices.open)
    choices.failed.connect(window.show_notice)
    choices.mended.connect(window.notice.take_back)
    rooms.detail.chart.failed.connect(window.show_notice)
    rooms.detail.link_wanted.connect(rooms.lists.links.ask)
    for evidence in (rooms.detail.exposure, views.exposure.card):
        evidence.correction_wanted.connect(rooms.lists.links.correct)
        evidence.withdrawal_wanted.connect(rooms.lists.links.withdraw)
    header.finder.chosen.connect(window.open_entity)
    header.finder.left.connect(views.take_focus)
    for part in (rooms.detail, rooms.inbox, rooms.toasts):
        part.entity_activated.connect(window.open_entity)
        part.alert_activated.connect(window.open_alert)
    window.notification_clicked.connect(window.open_alert)
    rooms.inbox.said.connect(window.show_notice)
    rooms.toasts.left.connect(views.take_focus)
    rooms.placement.narrow.left.connect(views.take_focus)
    rooms.toasts.digest_requested.connect(rooms.inbox.show_digest)
    rooms.detail.chart.rule_wanted.connect(window.rule_requested)
    for part in (rooms.toasts, rooms.inbox):
        part.rule_requested.connect(window.rule_requested)
    rooms.tray.open_requested.connect(window.come_forward)
    rooms.tray.pause_chosen.connect(window.pause_popups)
    actions = build_actions(window, parts.replays())
    bind(window, actions)
    return actions
