import json
import os
import subprocess
import sys
import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QMetaMethod, QObject, QPoint, QSize, Qt
from PySide6.QtGui import QContextMenuEvent, QIcon
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QWidget
from pytestqt.qtbot import QtBot
from tests.ui import detail_scene, scene
from tests.ui.test_bridge import _alert

from stackwatch.domain.alert import AlertState, AwayReason, PopupPause, silent_until
from stackwatch.domain.errors import BadInputError
from stackwatch.domain.events import (
    AlertRaised,
    AlertsLoaded,
    AlertUpdated,
    AwayDigest,
    ClockTicked,
    StoriesChanged,
)
from stackwatch.domain.health import HealthState
from stackwatch.domain.list_events import WatchlistChanged
from stackwatch.domain.lists import list_editing as editing
from stackwatch.domain.quote import ChartRange
from stackwatch.domain.rule import Direction, RuleKind, SubjectKind, UnsavedRule
from stackwatch.domain.rule_drafts import draft
from stackwatch.domain.watchlist import BilingualName, Language
from stackwatch.domain.words.wording import reason_words
from stackwatch.storage.whole_file import write_own
from stackwatch.ui.alerts.inbox_model import Filter
from stackwatch.ui.alerts.inbox_model import InboxColumn as AlertColumn
from stackwatch.ui.alerts.tray import Tray
from stackwatch.ui.frame.usual_sizes import SMALLEST
from stackwatch.ui.frame.window import MainWindow
from stackwatch.ui.kit.theme import Palette, ThemeMode, current_theme
from stackwatch.ui.preferences.settings import ModeChoice, SettingsStore, UiSettings, ViewChoice
from stackwatch.ui.watchlist.watchlist_cells import Column
from stackwatch.ui.watchlist.watchlist_menu import row_menu
from stackwatch.ui.watchlist.watchlist_sort import EVERY, Sort

Open = Callable[..., MainWindow]
LEFT = Qt.MouseButton.LeftButton


def _stored(folder: Path) -> UiSettings:
    return SettingsStore(folder, write_own).load()


def test_that_events_reach_the_list_through_the_bridge(open_window: Open, qtbot: QtBot) -> None:
    window = open_window()
    bridge = window._parts.bridge
    with qtbot.waitSignal(bridge.events):
        for event in scene.events():
            bridge.post(event)
    assert window.list.list_model.index_of("NVDA").siblingAtColumn(3).data() == "167.03"


def test_that_nvidia_is_shown_first_and_a_walk_asks_once_where_it_rests(
    open_window: Open, commands: scene.RecordedCommands, qtbot: QtBot
) -> None:
    window = open_window(UiSettings(mode=ModeChoice.DARK))
    assert window.list.selected_id == "NVDA"
    for _ in range(3):
        QTest.keyClick(window.list, Qt.Key.Key_Down)
    qtbot.waitUntil(lambda: ("select", "INTC") in commands.calls)
    assert [call for call in commands.calls if call[0] == "select"] == [("select", "INTC")]


def test_that_find_selects_what_enter_chooses(open_window: Open, commands: scene.RecordedCommands) -> None:
    window = open_window()
    window.activateWindow()
    window.header.finder.setText("ㅅㅅㅈㅈ")
    QTest.keyClick(window.header.finder, Qt.Key.Key_Return)
    assert window.list.selected_id == "005930.KS"
    assert commands.calls[-1] == ("select", "005930.KS")


def test_that_find_leads_to_the_story_that_enter_chooses(open_window: Open, qtbot: QtBot) -> None:
    window = open_window(UiSettings(mode=ModeChoice.DARK, view=ViewChoice.HEADLINES))
    slow, more = detail_scene.SLOW, detail_scene.MORE
    window.apply(StoriesChanged((slow, more)))
    with qtbot.waitActive(window):
        window.activateWindow()
    window.header.finder.setText(slow.lead.title)
    QTest.keyClick(window.header.finder, Qt.Key.Key_Return)
    headlines = window.detail.headlines
    assert window.list.selected_id == "stargate"
    assert headlines.isVisible()
    assert headlines.hasFocus()
    assert headlines.rows_model().rows[headlines.currentIndex().row()].key == slow.id


def test_that_find_knows_the_stories_of_a_name_that_joined_the_list_and_none_of_one_that_left(
    open_window: Open,
) -> None:
    window = open_window()
    slow = detail_scene.SLOW  # about Stargate, OpenAI and SoftBank
    window.apply(StoriesChanged((slow,)))
    full = window.list.watchlist
    for names in (("stargate", "openai"), (), ("stargate", "openai")):
        layers = tuple(replace(layer, symbols=()) for layer in full.layers)
        window.apply(WatchlistChanged(replace(full, layers=layers, private=names), (full,)))
        found = [each.story_id for each in window.find_index.search("slow to start")]
        assert found == ([slow.id] if names else [])


def test_that_a_name_outside_the_list_can_be_followed(
    open_window: Open, commands: scene.RecordedCommands
) -> None:
    window = open_window()
    window.detail.entity_activated.emit("elsewhere")
    assert commands.calls[-1] == ("select", "elsewhere")


@pytest.mark.parametrize(
    ("key", "modifier", "call"), [(Qt.Key.Key_R, Qt.KeyboardModifier.ControlModifier, ("refresh",))]
)
def test_that_keys_ask_the_core(
    open_window: Open,
    commands: scene.RecordedCommands,
    qtbot: QtBot,
    key: Qt.Key,
    modifier: Qt.KeyboardModifier,
    call: tuple[str, ...],
) -> None:
    window = open_window()
    with qtbot.waitActive(window):
        window.activateWindow()
    QTest.keyClick(window.list, key, modifier)
    assert call in commands.calls


def test_that_a_number_asks_for_another_span_of_the_chart(
    open_window: Open, commands: scene.RecordedCommands, qtbot: QtBot
) -> None:
    window = open_window()
    with qtbot.waitActive(window):
        window.activateWindow()
    QTest.keyClick(window.list, Qt.Key.Key_1)
    qtbot.waitUntil(lambda: ("request_bars", "NVDA", ChartRange.DAY_1) in commands.calls)


def test_that_control_k_goes_to_find_and_escape_comes_back(open_window: Open, qtbot: QtBot) -> None:
    window = open_window()
    with qtbot.waitActive(window):
        window.activateWindow()
    QTest.keyClick(window.list, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    assert window.header.finder.hasFocus()
    QTest.keyClick(window.header.finder, Qt.Key.Key_Escape)
    assert window.list.hasFocus()


def test_that_new_alerts_are_counted_until_seen(open_window: Open) -> None:
    window = open_window()
    first, second = _alert("a"), _alert("b")
    window.apply(AlertsLoaded((first,)))
    window.apply(AlertRaised(second, popup=False))
    assert window.header.bell.accessibleName() == "2 new alerts"
    seen = type(first)(
        **{name: getattr(first, name) for name in first.__slots__} | {"state": AlertState.SEEN}
    )
    window.apply(AlertUpdated(seen))
    assert window.header.bell.accessibleName() == "1 new alert"


def _pauses(commands: scene.RecordedCommands) -> list[object]:
    return [call[1] for call in commands.calls if call[0] == "pause_popups"]


def test_that_the_tray_asks_the_core_to_pause_popups(
    open_window: Open, commands: scene.RecordedCommands
) -> None:
    window = open_window()
    window.apply(scene.clock())
    window.tray.pauses[PopupPause.HOUR].trigger()
    assert _pauses(commands) == [scene.NOW + timedelta(hours=1)]


def test_that_find_pauses_popups_and_the_window_says_until_when(
    open_window: Open, commands: scene.RecordedCommands
) -> None:
    window = open_window()
    window.apply(scene.clock())
    for words in ("Pause popups until tomorrow", "Pause popups for 1 hour"):
        run = next(found for found in window.find_index.search(words) if found.title == words).run
        assert run is not None
        run()
    assert _pauses(commands) == [silent_until(scene.NOW), scene.NOW + timedelta(hours=1)]
    assert window.notice.text == "No popups until 17:05 ET; Find has \u201cShow popups again\u201d"
    window.change_look({"language": Language.KOREAN})
    assert window.notice.text == "뉴욕 17:05까지 팝업 꺼짐. 찾기의 \u2018팝업 다시 켜기\u2019로 켬"
    found = next(found for found in window.find_index.search("팝업 다시 켜기"))
    assert found.run is not None
    found.run()
    assert not window.notice.isVisible()


def test_that_a_pause_of_popups_holds_over_a_restart_and_is_said(
    open_window: Open, commands: scene.RecordedCommands, tmp_path: Path
) -> None:
    window = open_window()
    window.tray.pauses[PopupPause.TOMORROW].trigger()
    window.close()
    window = open_window(_stored(tmp_path))
    until = silent_until(datetime.now(UTC))
    assert _pauses(commands) == [until, until]
    assert window.notice.text == "No popups until tomorrow; Find has \u201cShow popups again\u201d"
    window.tray.pauses[PopupPause.OVER].trigger()
    window.close()
    window = open_window(_stored(tmp_path))
    assert _pauses(commands) == [until, until, None]
    assert not window.notice.isVisible()


@pytest.mark.parametrize("hours", [-1, 60])
def test_that_a_pause_that_is_over_or_of_a_clock_that_was_ahead_holds_no_longer(
    open_window: Open, commands: scene.RecordedCommands, hours: int
) -> None:
    until = datetime.now(UTC) + timedelta(hours=hours)
    window = open_window(UiSettings(mode=ModeChoice.DARK, popups_paused_until=until))
    assert not _pauses(commands)
    assert not window.notice.isVisible()


def test_that_a_replay_neither_keeps_nor_ends_the_pause_of_the_live_window(
    open_window: Open, commands: scene.RecordedCommands, tmp_path: Path
) -> None:
    until = datetime.now(UTC) + timedelta(minutes=30)
    SettingsStore(tmp_path, write_own).save(UiSettings(mode=ModeChoice.DARK, popups_paused_until=until))
    window = open_window(_stored(tmp_path), replay=True)
    assert not _pauses(commands)
    window.pause_popups(PopupPause.HOUR)
    window.close()
    assert _stored(tmp_path).popups_paused_until == until


def test_that_the_window_says_no_longer_that_popups_are_paused_when_the_pause_is_over(
    open_window: Open,
) -> None:
    window = open_window()
    began = scene.clock()
    window.apply(began)
    window.pause_popups(PopupPause.HOUR)
    window.apply(replace(began, now=began.now + timedelta(minutes=59)))
    assert window.notice.isVisible()
    window.apply(replace(began, now=began.now + timedelta(minutes=60)))
    assert not window.notice.isVisible()


def test_that_the_bell_is_struck_through_until_popups_come_back_also_where_the_bar_was_closed(
    open_window: Open,
) -> None:
    window = open_window()
    bell, began = window.header.bell, scene.clock()
    window.apply(began)
    whole = bell.grab().toImage()
    window.pause_popups(PopupPause.HOUR)
    window.notice.dismiss()
    assert bell.grab().toImage() != whole
    assert bell.toolTip() == "Alerts\nNo popups until 17:05 ET; Find has \u201cShow popups again\u201d"
    window.change_look({"language": Language.KOREAN})
    assert bell.accessibleDescription() == "뉴욕 17:05까지 팝업 꺼짐. 찾기의 \u2018팝업 다시 켜기\u2019로 켬"
    window.apply(replace(began, now=began.now + timedelta(minutes=60)))
    assert bell.grab().toImage() == whole
    assert bell.toolTip() == "알림"


def test_that_what_the_chart_cannot_do_is_said(open_window: Open, tmp_path: Path) -> None:
    window = open_window()
    window.detail.chart.save_picture(tmp_path / "none" / "chart.png")
    assert "none" in window.notice.text
    for symbol in ("AMD", "AVGO", "MU", "INTC", "KLAC"):
        window.list.compare_wanted.emit(symbol)
    assert "The chart compares at most 4 names: take one away first" in window.notice.text


def test_that_the_replay_line_follows_the_clock(open_window: Open) -> None:
    window = open_window(replay=True)
    assert window._trustline.isVisible()
    window.apply(scene.clock(replay=False))
    assert not window._trustline.isVisible()


def test_that_the_offline_bar_asks_for_another_try(
    open_window: Open, commands: scene.RecordedCommands
) -> None:
    window = open_window()
    window.apply(scene.health(HealthState.OFFLINE))
    assert window.offline.isVisible()
    QTest.mouseClick(window.offline._retry, Qt.MouseButton.LeftButton)
    assert ("refresh",) in commands.calls


@pytest.mark.parametrize(
    ("size", "list_width", "inbox"),
    [((1440, 900), 712, 169), ((1280, 720), 556, 125), ((2560, 1440), 870, 237)],
)
def test_that_panes_have_the_sizes_of_the_picture(
    open_window: Open, qtbot: QtBot, size: tuple[int, int], list_width: int, inbox: int
) -> None:
    window = open_window()
    window.resize(*size)
    qtbot.waitUntil(lambda: window.list.width() == list_width)
    assert abs(window.inbox.height() - inbox) <= 2


def test_that_a_click_on_an_alert_shows_its_name_and_unfolds_no_layer(open_window: Open) -> None:
    window = open_window()
    for event in scene.events():
        window.apply(event)
    window.apply(detail_scene.raised(detail_scene.KLAC_ALERT, popup=False))
    window.list.set_folded(("equipment",))
    view = window.inbox.view
    place = view.visualRect(view.model().index(0, AlertColumn.FOUND)).center()
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert window.detail.entity == "KLAC"
    assert window.list.folded() == ("equipment",)
    index = window.list.list_model.index_of("NVDA")
    menu = row_menu(window.list, index, window.list.list_model.node(index))
    menu.deleteLater()
    assert "Compare in chart" in [action.text() for action in menu.actions()], "its chart is shown"
    assert window.inbox.model.count(Filter.NEW) == 1


def test_that_choices_switch_at_once_and_are_remembered(open_window: Open, tmp_path: Path) -> None:
    window = open_window()
    window.header.ui_changed.emit({"language": Language.KOREAN})
    window.header.ui_changed.emit({"mode": ModeChoice.LIGHT})
    window.header.ui_changed.emit({"palette": Palette.KOREAN})
    assert window.list.list_model.headerData(3, Qt.Orientation.Horizontal) == "현재가"
    theme = current_theme()
    assert (theme.mode, theme.palette) == (ThemeMode.LIGHT, Palette.KOREAN)
    window.close()
    stored = _stored(tmp_path)
    assert (stored.language, stored.mode, stored.palette) == (
        Language.KOREAN,
        ModeChoice.LIGHT,
        Palette.KOREAN,
    )


def test_that_folding_and_selection_come_back(open_window: Open, tmp_path: Path) -> None:
    window = open_window()
    window.list.set_folded(("gpus",))
    window.list.select("KLAC")
    window.close()
    assert _stored(tmp_path).geometry
    again = open_window(_stored(tmp_path))
    assert again.list.folded() == ("gpus",)
    assert again.list.selected_id == "KLAC"


@pytest.mark.parametrize(("room", "whole"), [(QSize(1366, 696), True), (QSize(1920, 1008), False)])
def test_that_the_first_window_is_no_larger_than_the_screen(
    open_window: Open, monkeypatch: pytest.MonkeyPatch, room: QSize, *, whole: bool
) -> None:
    monkeypatch.setattr("stackwatch.ui.frame.window.screen_room", lambda _window: room)
    window = open_window()
    assert window.isMaximized() is whole
    if not whole:
        assert (window.width(), window.height()) == (1440, 900)
    assert window.normalGeometry().size().boundedTo(room) == window.normalGeometry().size()


def test_that_a_window_left_on_a_far_larger_screen_is_no_larger_than_the_one_that_is_there(
    open_window: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    left = "AdnQywADAAAAAAJXAAAA5gAAB2wAAAQeAAACWAAAAPoAAAdrAAAEGQAAAAAAAAAAB4AAAAJYAAAA+gAAB2sAAAQZ"
    room = QSize(1093, 550)
    for module in ("frame.window", "kit.layout"):
        monkeypatch.setattr(f"stackwatch.ui.{module}.screen_room", lambda _window: room)
    window = open_window(UiSettings(mode=ModeChoice.DARK, geometry=left))  # of 1920 pixels; this has 800
    assert window.isMaximized()
    assert window.normalGeometry().size() == room


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
def test_that_the_window_has_room_on_every_screen_that_it_comes_to(
    open_window: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    """At 200 % a screen has 960 x 540: the lowest part of the window, where alerts pop up, was below it."""
    rooms = [QSize(960, 470)]
    for module in ("frame.window", "kit.layout"):
        monkeypatch.setattr(f"stackwatch.ui.{module}.screen_room", lambda _window: rooms[-1])
    window = open_window()
    assert window.normalGeometry().size() == rooms[0]
    rooms.append(QSize(1920, 1000))
    window.showNormal()
    window.move(window.pos() + QPoint(2000, 0))
    window.resize(100, 100)
    assert window.size() == QSize(*SMALLEST)


def test_that_what_is_changed_is_kept_soon_so_that_a_kill_loses_nothing(
    open_window: Open, qtbot: QtBot, tmp_path: Path
) -> None:
    window = open_window()
    window.resize(1300, 800)
    window.list.set_folded(("gpus",))
    window.list.select("KLAC")
    window.list.columns.choose(Column.VOLUME, shown=True)
    window.list.sort(EVERY, Sort(Column.SAR, descending=True))
    QTest.keyClick(window.placement.columns.handle(1), Qt.Key.Key_Left)
    qtbot.waitUntil((tmp_path / "interface.json").exists)
    kept = _stored(tmp_path)
    assert (kept.folded, kept.selected) == (("gpus",), "KLAC")
    assert "volume" in kept.list_columns.shown
    assert kept.list_columns.sorts == {"": "-sar"}
    assert kept.columns[0] == window.list.width()
    sized = bytes(window.saveGeometry().toBase64().data()).decode("ascii")
    assert kept.geometry == sized


def test_that_nothing_is_written_while_nothing_changes(open_window: Open, tmp_path: Path) -> None:
    window = open_window()
    window.resize(1300, 800)
    assert window._state is not None
    window._state.keep()
    window._state.end()
    first = (tmp_path / "interface.json").stat()
    window._state.note()
    window.apply(scene.clock())
    window._state.keep()
    window.close()
    assert (tmp_path / "interface.json").stat() == first


def test_that_the_window_goes_on_while_the_disk_hangs(open_window: Open, tmp_path: Path) -> None:
    window = open_window()
    writing, free = threading.Event(), threading.Event()

    def write(path: Path, text: str) -> None:
        writing.set()
        assert free.wait(10)
        write_own(path, text)

    assert window._state is not None
    window._state._file = SettingsStore(tmp_path, write)
    window.header.ui_changed.emit({"mode": ModeChoice.LIGHT})
    assert writing.wait(10)
    window.header.ui_changed.emit({"mode": ModeChoice.SYSTEM})
    free.set()
    window.close()
    assert _stored(tmp_path).mode is ModeChoice.SYSTEM


def test_that_what_a_full_disk_refused_is_kept_when_the_window_closes(
    open_window: Open, qtbot: QtBot, tmp_path: Path
) -> None:
    window = open_window()
    refused: list[Path] = []

    def write(path: Path, text: str) -> None:
        if not refused:
            refused.append(path)
            raise BadInputError(f"{path}: cannot be written (No space left on device)")
        write_own(path, text)

    assert window._state is not None
    window._state._file = SettingsStore(tmp_path, write)
    window.header.ui_changed.emit({"mode": ModeChoice.LIGHT})
    qtbot.waitUntil(lambda: bool(refused))
    assert not (tmp_path / "interface.json").exists()
    window.close()
    assert _stored(tmp_path).mode is ModeChoice.LIGHT


def test_that_two_windows_keep_what_the_other_one_changed(open_window: Open, tmp_path: Path) -> None:
    live, replay = open_window(), open_window(replay=True)
    live.header.ui_changed.emit({"palette": Palette.KOREAN})
    live.close()
    replay.header.ui_changed.emit({"mode": ModeChoice.LIGHT})
    replay.close()
    kept = _stored(tmp_path)
    assert (kept.palette, kept.mode) == (Palette.KOREAN, ModeChoice.LIGHT)


def test_that_a_closed_window_takes_no_more_events(open_window: Open, qtbot: QtBot) -> None:
    window = open_window()
    bridge = window._parts.bridge
    window.close()
    with qtbot.assertNotEmitted(bridge.events, wait=60):
        bridge.post(scene.clock())


class _Styled(QObject):
    """Counts how often widgets are styled."""

    count = 0

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        self.count += event.type() is QEvent.Type.StyleChange and isinstance(watched, QWidget)
        return False


def test_that_the_window_is_built_from_the_outside_in(open_window: Open, qapp: QApplication) -> None:
    styled = _Styled()
    window = open_window(furnished=False)
    qapp.installEventFilter(styled)
    window.furnish(qapp.processEvents)
    qapp.removeEventFilter(styled)
    # A widget that gets another parent is styled anew with all that is in it: it was four times each.
    assert styled.count < 2 * len(window.findChildren(QWidget))


def test_that_the_window_needs_no_slow_library_for_its_first_paint() -> None:
    code = (
        "import sys, stackwatch.window_app\n"
        "slow = {'pandas', 'yfinance', 'exchange_calendars', 'numpy', 'pyqtgraph', 'qtawesome', 'asyncio'}\n"
        "slow &= set(sys.modules)\n"
        "sys.exit(', '.join(sorted(slow)) or 0)"
    )
    path = str(Path(__file__).resolve().parents[2] / "desktop")
    command = [sys.executable, "-c", code]
    done = subprocess.run(command, env=os.environ | {"PYTHONPATH": path}, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()


def test_that_the_tray_counts_and_pauses(qtbot: QtBot) -> None:
    tray = Tray(QIcon())
    plain = tray._tray.icon().cacheKey()
    tray.set_new_alerts(12)
    assert tray._tray.icon().cacheKey() != plain
    with qtbot.waitSignal(tray.pause_chosen) as paused:
        tray.pauses[PopupPause.TOMORROW].trigger()
    assert paused.args == [PopupPause.TOMORROW]
    tray.close()


def test_that_broken_settings_are_kept_aside(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    (tmp_path / "interface.json").write_text('{"language": "klingon"', encoding="utf-8")
    assert _stored(tmp_path) == UiSettings()
    assert (tmp_path / "interface.broken.json").exists()
    assert "kept as" in caplog.text


def test_that_settings_that_cannot_be_read_are_named_and_the_usual_ones_used(tmp_path: Path) -> None:
    (tmp_path / "interface.json").mkdir()
    file = SettingsStore(tmp_path, write_own)
    assert file.load() == UiSettings()
    assert file.fault == (
        f"{tmp_path / 'interface.json'}: cannot be read (Is a directory). "
        "The usual settings are used; your file was not touched."
    )
    (tmp_path / "interface.json").rmdir()
    (tmp_path / "interface.json").write_text("{", encoding="utf-8")
    file = SettingsStore(tmp_path, write_own)
    assert file.load() == UiSettings()
    assert file.fault == f"{tmp_path / 'interface.json'}: cannot be read and is kept as interface.broken.json"
    assert reason_words(file.fault, Language.KOREAN).endswith(
        "읽지 못해 interface.broken.json 이름으로 옮겨 두었습니다"
    )


@pytest.mark.parametrize(
    "written",
    [
        '{"columns": [99999999999999, 1]}',
        '{"rows": [-5, 5]}',
        '{"editor_rows": [99999999999999999999999]}',
        '{"list_columns": {"widths": {"name": 99999999999}}}',
        '{"geometry": "é"}',
    ],
)
def test_that_a_window_opens_whatever_sizes_its_settings_name(
    open_window: Open, tmp_path: Path, written: str
) -> None:
    (tmp_path / "interface.json").write_text(written, encoding="utf-8")
    store = SettingsStore(tmp_path, write_own)
    window = open_window(store.load())
    assert window.list.isVisible()
    assert "interface.json" in store.fault
    assert (tmp_path / "interface.broken.json").read_text(encoding="utf-8") == written


def test_that_an_unsaved_rule_that_cannot_be_read_takes_nothing_else_with_it(tmp_path: Path) -> None:
    kept = draft(RuleKind.PERCENT_MOVE, SubjectKind.SYMBOL, "NVDA", BilingualName("a", "b"), Direction.UP)
    settings = UiSettings(
        text_px=14,
        popups_paused_until=scene.NOW,
        unsaved_rules=(UnsavedRule(rule=replace(kept, note="odd"), base=kept), UnsavedRule(rule=kept)),
    )
    file, path = SettingsStore(tmp_path, write_own), tmp_path / "interface.json"
    file.save(settings)
    of_a_newer_version = path.read_text("utf-8").replace('"percent-move"', '"moon-phase"', 1)
    path.write_text(of_a_newer_version, encoding="utf-8")
    assert file.load() == replace(settings, unsaved_rules=(UnsavedRule(rule=kept),))
    assert file.fault == f"{path}: unsaved rules cannot be read and are kept in interface.broken.json"
    assert reason_words(file.fault, Language.KOREAN).endswith(
        "읽지 못해 interface.broken.json 파일에 남겨 두었습니다"
    )
    assert path.with_name("interface.broken.json").read_text("utf-8") == of_a_newer_version
    file.save(replace(file.load(), text_px=13))
    assert _stored(tmp_path) == replace(settings, text_px=13, unsaved_rules=(UnsavedRule(rule=kept),))
    path.write_text('{"text_px": 14, "unsaved_rules": 7}', encoding="utf-8")
    assert _stored(tmp_path) == UiSettings(text_px=14)


def test_that_what_cannot_be_read_nor_kept_aside_is_not_written_over_and_ends_no_start(
    tmp_path: Path,
) -> None:
    path = tmp_path / "interface.json"
    full = True

    def write(where: Path, text: str) -> None:
        if full:
            raise BadInputError(f"{where}: cannot be written (disk)") from OSError(
                28, "No space left on device"
            )
        write_own(where, text)

    of_a_newer_version = '{"text_px": 14, "unsaved_rules": [7]}'
    path.write_text(of_a_newer_version, encoding="utf-8")
    path.with_name("interface.broken.json").write_text("an older one", encoding="utf-8")
    file = SettingsStore(tmp_path, write)
    assert file.load() == UiSettings(text_px=14)
    why = "unsaved rules cannot be read, nor kept in interface.broken-2.json (No space left on device)"
    assert file.fault == f"{path}: {why}. Your file was not touched."
    assert reason_words(file.fault, Language.KOREAN).endswith(
        "interface.broken-2.json 파일에 남기지도 못했습니다(디스크가 가득 참). 파일은 그대로 두었습니다."
    )
    with pytest.raises(BadInputError, match="nor kept in"):
        file.save(UiSettings(text_px=13))
    assert path.read_text("utf-8") == of_a_newer_version
    full = False
    file.save(UiSettings(text_px=13))
    assert _stored(tmp_path) == UiSettings(text_px=13)
    assert path.with_name("interface.broken-2.json").read_text("utf-8") == of_a_newer_version
    assert path.with_name("interface.broken.json").read_text("utf-8") == "an older one"


def test_that_settings_survive_a_round_trip(tmp_path: Path) -> None:
    settings = UiSettings(language=Language.KOREAN, columns=(700, 740), folded=("gpus",), selected="NVDA")
    file = SettingsStore(tmp_path / "new", write_own)
    file.save(settings)
    assert file.load() == settings
    assert [path.name for path in (tmp_path / "new").iterdir()] == ["interface.json"]


def test_that_what_a_newer_version_keeps_in_the_settings_outlives_a_change_by_this_one(
    tmp_path: Path,
) -> None:
    path = tmp_path / "interface.json"
    path.write_text('{"text_px": 14, "panes": {"left": [1, 2]}}', encoding="utf-8")
    file = SettingsStore(tmp_path, write_own)
    file.save(replace(file.load(), selected="NVDA"))
    kept = json.loads(path.read_text("utf-8"))
    assert (kept["panes"], kept["text_px"], kept["selected"]) == ({"left": [1, 2]}, 14, "NVDA")


def test_that_a_window_says_that_how_it_is_left_cannot_be_kept(
    open_window: Open, qtbot: QtBot, tmp_path: Path
) -> None:
    window = open_window()
    (tmp_path / "interface.json").mkdir()
    window.change_look({"text_px": 14})
    qtbot.waitUntil(lambda: "The change holds and is written once it can be" in window.notice.text)
    window.change_look({"text_px": 15})
    (tmp_path / "interface.json").rmdir()
    window.change_look({"text_px": 16})
    qtbot.waitUntil(window.notice.isHidden)
    window.close()
    assert _stored(tmp_path).text_px == 16


def test_that_a_replay_begins_with_nvidia_whatever_was_followed_before(open_window: Open) -> None:
    window = open_window(UiSettings(mode=ModeChoice.DARK, selected="KLAC"), replay=True)
    assert window.list.selected_id == "NVDA"


def test_that_the_list_opens_at_its_top_when_the_followed_row_is_there(open_window: Open) -> None:
    window = open_window()
    assert window.list.verticalScrollBar().value() == 0
    row = window.list.visualRect(window.list.list_model.index_of("NVDA"))
    assert window.list.viewport().rect().contains(row)


def test_that_control_q_and_the_trays_quit_close_the_window(open_window: Open, qtbot: QtBot) -> None:
    window = open_window()
    with qtbot.waitActive(window):
        window.activateWindow()
    QTest.keyClick(window.list, Qt.Key.Key_Q, Qt.KeyboardModifier.ControlModifier)
    assert not window.isVisible()
    again = open_window()
    again.tray._quit.trigger()
    assert not again.isVisible()


def test_that_only_popups_that_cannot_be_seen_ask_for_a_notification(
    open_window: Open, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = open_window()
    asked: list[tuple[str, str, str]] = []
    window.notification_wanted.connect(lambda *words: asked.append(words))
    monkeypatch.setattr(window.toasts, "apply", lambda _event: None)
    window.apply(AlertRaised(_alert("a"), popup=True))
    assert asked == []
    window.showMinimized()
    qtbot.waitUntil(window.isMinimized)
    window.apply(AlertRaised(_alert("b"), popup=False))
    window.apply(AlertRaised(_alert("c"), popup=True))
    assert [words[2] for words in asked] == ["c"]
    assert asked[0][0]
    assert asked[0][1]
    now = detail_scene.NOW
    window.apply(ClockTicked(now, ()))
    window.apply(AwayDigest(AwayReason.QUIET_HOURS, now - timedelta(hours=1), now, (_alert("d"),)))
    title, text, alert_id = asked[1]
    assert (title, alert_id) == ("While popups were off", "")
    assert text.startswith("15:05 to 16:05 ET: 1 alert")


def test_that_every_notification_of_a_replay_says_so(open_window: Open, qtbot: QtBot) -> None:
    """They stand among those of a live window beside it."""
    window = open_window(replay=True)
    titles: list[str] = []
    window.notification_wanted.connect(lambda title, *_rest: titles.append(title))
    window.showMinimized()
    qtbot.waitUntil(window.isMinimized)
    window.apply(AlertRaised(_alert("a"), popup=True))
    window.apply(AwayDigest(AwayReason.QUIET_HOURS, detail_scene.NOW, detail_scene.NOW, (_alert("b"),)))
    assert len(titles) == 2
    assert all(title.startswith("Replay: ") for title in titles)


def test_that_a_click_on_a_notification_opens_its_alert_from_any_thread(
    open_window: Open, qtbot: QtBot
) -> None:
    window = open_window()
    window.apply(AlertsLoaded((_alert("a"),)))
    window.showMinimized()
    clicking = threading.Thread(target=window.notification_clicked.emit, args=("a",))
    clicking.start()
    clicking.join()
    qtbot.waitUntil(lambda: not window.isMinimized())


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
def test_that_a_click_on_a_notification_does_what_the_popup_does(
    open_window: Open, commands: scene.RecordedCommands
) -> None:
    window = open_window()
    klac, story = detail_scene.KLAC_ALERT, detail_scene.OPENAI_ALERT
    window.apply(StoriesChanged((detail_scene.SLOW, detail_scene.MORE)))
    window.apply(AlertsLoaded((klac, story)))
    window.hide()
    window.notification_clicked.emit(klac.id)
    assert window.isVisible()
    assert ("mark_seen", klac.id) in commands.calls
    assert window.following.entity == "KLAC"
    assert window.inbox.view.current_id() == klac.id
    window.notification_clicked.emit(story.id)
    headlines = window.detail.headlines
    assert window.following.entity == "openai"
    assert headlines.rows_model().rows[headlines.currentIndex().row()].key == detail_scene.MORE.id
    now = detail_scene.NOW
    window.apply(AwayDigest(AwayReason.QUIET_HOURS, now - timedelta(hours=1), now, (klac,)))
    window.notification_clicked.emit("")
    assert window.inbox.digest_dialog is not None
    assert window.inbox.digest_dialog.isVisible()


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
def test_that_an_alert_in_the_tab_of_its_share_has_the_menu_it_has_in_the_list(open_window: Open) -> None:
    window = open_window()
    window.apply(AlertsLoaded((_alert("a"),)))
    alerts = window.detail.alerts
    alerts.setCurrentIndex(alerts.rows_model().index(0))
    for reason in (QContextMenuEvent.Reason.Keyboard, QContextMenuEvent.Reason.Mouse):
        place = alerts.visualRect(alerts.currentIndex()).center()
        target = alerts if reason is QContextMenuEvent.Reason.Keyboard else alerts.viewport()
        QApplication.sendEvent(target, QContextMenuEvent(reason, place, target.mapToGlobal(place)))
        menu = QApplication.activePopupWidget()
        assert isinstance(menu, QMenu)
        words = [action.text() for action in menu.actions() if action.text()]
        assert words == ["Open", "Mark seen", "Snooze", "Edit the rule", "Copy text"]
        menu.close()


def test_that_coming_forward_says_nothing_to_a_platform_without_stacking(
    open_window: Open, capfd: pytest.CaptureFixture[str]
) -> None:
    window = open_window()
    window.come_forward()
    assert "raise" not in capfd.readouterr().err


_SIGNAL = QMetaMethod.MethodType.Signal
UNHEARD = {  # by the window itself, and why
    ("MainWindow", "notification_wanted"),  # by the program around it
    ("MainWindow", "replay_requested"),
    ("ToastStack", "appeared"),
    ("ConditionEditor", "removed"),  # a rule keeps its own condition
    ("RowList", "opened"),  # there is nothing behind the figures of a company
}


def test_that_every_signal_of_the_window_is_heard(open_window: Open) -> None:
    window = open_window()
    window.views.show_view(ViewChoice.RULES)  # which build themselves when they are shown
    window.apply(detail_scene.raised(detail_scene.KLAC_ALERT))
    silent = set()
    for part in (window, *window.findChildren(QObject)):
        ours = {kind.__name__ for kind in type(part).__mro__ if kind.__module__.startswith("stackwatch.")}
        meta = part.metaObject()
        for signal in map(meta.method, range(meta.methodCount())):
            owner, is_signal = signal.enclosingMetaObject().className(), signal.methodType() is _SIGNAL
            if owner in ours and is_signal and not part.isSignalConnected(signal):
                silent.add((owner, signal.name().toStdString()))
    assert silent == UNHEARD


def test_that_a_layer_that_was_folded_over_the_followed_row_stays_folded(
    open_window: Open, qtbot: QtBot, tmp_path: Path
) -> None:
    window = open_window(UiSettings(mode=ModeChoice.DARK, selected="NVDA"))
    for event in scene.events():
        window.apply(event)
    view = window.list
    layer = view.visualRect(view.list_model.index_of("gpus"))
    QTest.mouseClick(view.viewport(), LEFT, pos=QPoint(8, layer.center().y()))
    window.resize(window.width(), window.height() - 40)  # which brings the current row into view
    without = editing.remove(view.watchlist, ("AMD",))
    window.apply(WatchlistChanged(without, (without,)))
    assert view.folded() == ("gpus",)
    assert window.detail.entity == "NVDA"
    QTest.keyClick(view, Qt.Key.Key_Right)  # the keyboard is on the layer
    assert view.folded() == ()
    QTest.keyClick(view, Qt.Key.Key_Left)
    window.close()
    again = open_window(SettingsStore(tmp_path, write_own).load())
    qtbot.waitUntil(lambda: again.detail.entity == "NVDA")
    assert again.list.folded() == ("gpus",)


def test_that_a_followed_name_that_left_the_list_gives_way_to_its_first_row(open_window: Open) -> None:
    window = open_window(UiSettings(mode=ModeChoice.DARK, selected="TSM"))
    assert (window.list.selected_id, window.detail.entity) == ("ORCL", "ORCL")


def test_that_the_core_asks_for_no_name_once_the_list_has_none_left(
    open_window: Open, commands: scene.RecordedCommands
) -> None:
    window, shown = open_window(), scene.watchlist()
    window.list.select("NVDA")
    commands.calls.clear()
    emptied = editing.remove(shown, frozenset((*shown.symbols, *shown.entities)))
    window.apply(WatchlistChanged(emptied, (emptied,)))
    assert window.detail.entity == ""
    assert commands.calls == [("select_nothing",)]
    assert not window.following._rest.isActive()  # nor will it be asked for later


def test_that_a_row_is_opened_again_behind_a_name_that_the_list_does_not_hold(
    open_window: Open, commands: scene.RecordedCommands
) -> None:
    window = open_window()
    without = editing.remove(window.list.watchlist, ("AMD",))
    window.apply(WatchlistChanged(without, (without,)))
    for opened in ("NVDA", "AMD", "NVDA"):
        window.following.open(opened)
        assert (window.detail.entity, commands.calls[-1]) == (opened, ("select", opened))
    for looked_at in ("AMD", "NVDA"):
        window.following.look_at(looked_at)
        assert window.detail.entity == looked_at


def test_that_find_leads_to_a_new_list(open_window: Open) -> None:
    window = open_window()
    for language, words in ((Language.ENGLISH, "new list"), (Language.KOREAN, "새 목록")):
        window.change_look({"language": language})
        assert [each.title for each in window.find_index.search(words) if each.run is not None]
