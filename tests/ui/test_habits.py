"""Habits of the window: the tray, the first look round, long work, and little room."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, QStandardPaths, Qt
from PySide6.QtGui import QContextMenuEvent, QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QDialog,
    QFileDialog,
    QLineEdit,
    QMenu,
    QSystemTrayIcon,
    QWidget,
)
from pytestqt.qtbot import QtBot
from tests.ui import detail_scene as alerts
from tests.ui import scene

from stackwatch.domain.alert import AlertState, AwayReason, SnoozeScope
from stackwatch.domain.events import AlertUpdated, AwayDigest, HistoryProgress
from stackwatch.domain.list_events import WatchlistChanged
from stackwatch.domain.watchlist import Language
from stackwatch.storage.whole_file import write_own
from stackwatch.ui.alerts.tray import Tray
from stackwatch.ui.frame.tray_controller import TrayController
from stackwatch.ui.frame.welcome import StartChoice
from stackwatch.ui.frame.window import MainWindow
from stackwatch.ui.kit.dim_overlay import DimOverlay
from stackwatch.ui.kit.file_place import FilePlace
from stackwatch.ui.kit.theme import Palette
from stackwatch.ui.preferences.settings import MOST_TEXT, ModeChoice, SettingsStore, UiSettings, ViewChoice

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
Open = Callable[..., MainWindow]
LEFT = Qt.MouseButton.LeftButton


class PaperTray(Tray):
    """A tray on a desktop that has one."""

    there = False

    def set_shown(self, shown: bool) -> None:  # noqa: FBT001 - as the original
        self.there = shown

    @property
    def shown(self) -> bool:
        return self.there


def opened(open_window: Open, settings: UiSettings | None = None) -> MainWindow:
    window = open_window() if settings is None else open_window(settings=settings)
    for event in scene.events():
        window.apply(event)
    return window


def test_that_closing_ends_the_program_unless_the_tray_was_chosen(open_window: Open, qtbot: QtBot) -> None:
    window = open_window()
    assert not window.tray.shown
    tray = PaperTray(window.windowIcon(), window)
    window.controllers.tray = TrayController(window, tray, wanted=True)
    window.close()
    assert not window.isVisible()
    window.show()  # it was hidden, not closed: events still arrive
    window._parts.bridge.post(scene.clock())
    qtbot.waitUntil(window.header.badge.isVisible)
    window.controllers.tray.set_wanted(False)
    assert not tray.there
    window.close()
    assert not window.isVisible()


@pytest.mark.qt_log_ignore("No such signal QPlatformNativeInterface", extend=True)  # offscreen has no tray
def test_that_an_icon_waits_for_a_tray_and_closing_ends_the_program_until_then(open_window: Open) -> None:
    window = open_window(settings=UiSettings(mode=ModeChoice.DARK, tray=True))
    assert not QSystemTrayIcon.isSystemTrayAvailable()
    assert window.tray._tray.isVisible()
    assert not window.tray.shown
    window.close()
    assert not window.tray._tray.isVisible()


def test_that_keys_lead_back_to_names_seen_before_and_forward_again(open_window: Open, qtbot: QtBot) -> None:
    """Who followed a link to another name had to remember where it came from."""
    window = opened(open_window)
    with qtbot.waitActive(window):
        window.activateWindow()

    def go(key: Qt.Key) -> tuple[str | None, str | None]:
        QTest.keyClick(QApplication.focusWidget() or window, key, Qt.KeyboardModifier.AltModifier)
        return window.detail.entity, window.list.selected_id

    back, forward = Qt.Key.Key_Left, Qt.Key.Key_Right
    for entity in ("NVDA", "stargate", "ORCL"):
        window.following.open(entity)
    assert go(forward) == ("ORCL", "ORCL")  # there is nothing behind the last
    assert go(back) == ("stargate", "stargate")
    assert go(back) == ("NVDA", "NVDA")
    assert go(forward) == ("stargate", "stargate")
    window.views.show_view(ViewChoice.EXPOSURE)
    window.views.exposure.entity_chosen.emit("MSFT")  # as a click on its node does
    assert go(forward) == ("MSFT", "MSFT")  # another way was taken
    assert go(back) == ("stargate", "stargate")
    assert window.views.view is ViewChoice.EXPOSURE
    for _ in range(9):
        first = go(back)
    assert first == go(back)


def test_that_the_buttons_at_the_side_of_a_mouse_lead_back_and_forward_and_select_nothing(
    open_window: Open, qtbot: QtBot
) -> None:
    window = opened(open_window)
    qtbot.waitUntil(window.isVisible)
    for entity in ("NVDA", "ORCL"):
        window.following.open(entity)
    rows = window.list
    row = rows.visualRect(rows.list_model.index_of("MSFT"))
    place = QPointF(rows.viewport().mapTo(window, row.center()))

    def push(button: Qt.MouseButton) -> str | None:
        for kind, held in (
            (QEvent.Type.MouseButtonPress, button),
            (QEvent.Type.MouseButtonRelease, Qt.MouseButton.NoButton),
        ):
            at = window.mapToGlobal(place)
            event = QMouseEvent(kind, place, at, button, held, Qt.KeyboardModifier.NoModifier)
            QApplication.sendEvent(window.windowHandle(), event)
        return window.detail.entity

    assert push(Qt.MouseButton.BackButton) == "NVDA"
    assert push(Qt.MouseButton.ForwardButton) == "ORCL"
    assert push(LEFT) == "MSFT"


def test_that_quit_in_the_tray_closes_for_good(open_window: Open) -> None:
    window = open_window()
    tray = PaperTray(window.windowIcon(), window)
    window.controllers.tray = TrayController(window, tray, wanted=True)
    tray.quit_requested.emit()
    assert not window.isVisible()
    assert not window.controllers.tray.keeps()
    assert QSystemTrayIcon is not None


def test_that_the_tour_has_three_steps_and_never_comes_back(
    open_window: Open, tmp_path: Path, qtbot: QtBot
) -> None:
    window = opened(open_window)
    tour = window.controllers.begin_tour(window.header.finder, window.detail.card, window.header.bell)
    assert window._settings.toured  # a program that is killed on the way asks for no list again
    titles = []
    for _ in range(3):
        titles.append(tour._title.text())
        assert window.rect().contains(tour.panel.geometry())
        assert tour._words.height() >= tour._words.heightForWidth(tour._words.width())
        QTest.keyClick(tour.next_button, Qt.Key.Key_Return)
    assert titles == ["Find anything", "Why it moved", "Alerts and rules"]
    assert window.controllers.tour is None
    with qtbot.waitActive(window):
        window.activateWindow()
    again = window.controllers.begin_tour(window.header.finder, window.detail.card, window.header.bell)
    QTest.keyClick(again.next_button, Qt.Key.Key_Escape)
    assert window.controllers.tour is None
    window.close()
    assert SettingsStore(tmp_path, write_own).load().toured


def test_that_the_tour_goes_back_to_what_was_read_too_fast(open_window: Open) -> None:
    window = opened(open_window)
    tour = window.controllers.begin_tour(window.header.finder, window.detail.card, window.header.bell)
    assert not tour.back_button.isVisible()
    QTest.keyClick(tour.next_button, Qt.Key.Key_Return)
    QTest.keyClick(tour.next_button, Qt.Key.Key_Return)
    QTest.keyClick(tour.back_button, Qt.Key.Key_Return)
    assert tour._title.text() == "Why it moved"
    QTest.mouseClick(tour.back_button, Qt.MouseButton.LeftButton)
    assert tour._title.text() == "Find anything"
    tour.end()


def test_that_the_tour_follows_the_window_to_where_its_parts_go(open_window: Open, qtbot: QtBot) -> None:
    window = opened(open_window)
    card = window.detail.card
    tour = window.controllers.begin_tour(window.header.finder, card, window.header.bell)
    tour.go_on()
    for size in ((900, 640), (1500, 980)):  # the detail below the list, and beside it
        window.resize(*size)

        def stands_by() -> bool:
            spoken = QRect(card.mapTo(window, QPoint(0, 0)), card.size())
            panel = tour.panel.geometry()
            near = min(abs(panel.top() - spoken.bottom()), abs(spoken.top() - panel.bottom()))
            return near < 24 and window.rect().contains(panel) and tour.size() == window.size()

        qtbot.waitUntil(stands_by)
    tour.end()


def test_that_answers_of_find_lie_over_the_tour_that_asks_to_find_something(
    open_window: Open, qapp: QApplication
) -> None:
    """Each price that changed the size of a part brought the panel to the front again."""
    window = opened(open_window)
    tour = window.controllers.begin_tour(window.header.finder, window.detail.card, window.header.bell)
    window.header.finder.begin()
    window.header.finder.setText("n")
    QApplication.postEvent(window.detail.card, QEvent(QEvent.Type.LayoutRequest))
    qapp.processEvents()
    answers = window.header.finder.answers
    covered = QRect(answers.mapTo(window, QPoint(0, 0)), answers.size()) & tour.panel.geometry()
    assert not covered.isEmpty()
    assert window.childAt(covered.center()) is answers.viewport()
    tour.end()


def test_that_escape_leaves_find_before_the_tour(open_window: Open, qtbot: QtBot) -> None:
    window = opened(open_window)
    with qtbot.waitActive(window):
        window.activateWindow()
    finder = window.header.finder
    window.controllers.begin_tour(finder, window.detail.card, window.header.bell)
    finder.begin()
    QTest.keyClicks(finder, "nv")
    QTest.keyClick(finder, Qt.Key.Key_Escape)
    assert finder.text() == ""
    assert window.controllers.tour is not None
    QTest.keyClick(window.controllers.tour.next_button, Qt.Key.Key_Escape)
    assert window.controllers.tour is None


def test_that_tab_stops_at_the_card_in_use_and_arrows_go_on_from_there(
    open_window: Open, qtbot: QtBot
) -> None:
    window = opened(open_window)
    dialog = window.controllers.welcome(
        window.lists.controller, window.header.finder, window.detail.card, window.header
    )
    with qtbot.waitActive(dialog):
        dialog.activateWindow()
    dialog.palettes.findChild(QWidget, "palette-colour-blind").click()
    dialog.cards[StartChoice.SHIPPED].setFocus()
    QTest.keyClick(dialog.cards[StartChoice.SHIPPED], Qt.Key.Key_Tab)
    colours = dialog.focusWidget()
    assert colours.objectName() == "palette-colour-blind"
    QTest.keyClick(colours, Qt.Key.Key_Left)
    assert dialog.focusWidget().objectName() == "palette-korean"
    QTest.keyClick(dialog.focusWidget(), Qt.Key.Key_Tab)
    assert dialog.focusWidget() is dialog.replay
    dialog.reject()


@pytest.mark.parametrize("start", list(StartChoice))
def test_that_a_new_user_chooses_list_and_colours_and_is_shown_round(
    open_window: Open,
    commands: scene.RecordedCommands,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    start: StartChoice,
) -> None:
    monkeypatch.setattr(FilePlace, "_used", tmp_path)
    window = opened(open_window)
    before = window.lists.controller.current
    dialog = window.controllers.welcome(
        window.lists.controller, window.header.finder, window.detail.card, window.header
    )
    dialog.cards[start].click()
    dialog.palettes.findChild(QWidget, "palette-korean").click()
    QTest.keyClick(dialog, Qt.Key.Key_Return)
    assert window._settings.palette is Palette.KOREAN
    assert (window.controllers.tour is None) is (start is StartChoice.IMPORT)
    if start is StartChoice.IMPORT:
        asked(window).fileSelected.emit(str(tmp_path / "mine.txt"))
        asked(window).reject()  # as closed
        assert ("import_watchlist", tmp_path / "mine.txt") in commands.calls
    now = window.lists.controller.current
    assert (now.symbols == ()) if start is StartChoice.EMPTY else (now == before)
    window.apply(WatchlistChanged(now, (now,)))
    assert window.detail.entity == ("" if start is StartChoice.EMPTY else "NVDA")
    assert window.detail.card.isHidden() is window.detail.chart.isHidden() is (start is StartChoice.EMPTY)
    assert window.controllers.tour is not None


@pytest.mark.parametrize("by_signal", [True, False])
def test_that_a_new_user_is_asked_again_where_the_program_ended_before_an_answer(
    open_window: Open, qapp: QApplication, tmp_path: Path, *, by_signal: bool
) -> None:
    """As for a replay, the first thing that is offered: whoever came back from it was never shown round."""
    window = opened(open_window)
    targets = (window.header.finder, window.detail.card, window.header)
    window.controllers.welcome(window.lists.controller, *targets)
    if by_signal:
        window.controllers.tray.quit()
    qapp.closeAllWindows()  # the question first
    qapp.processEvents()
    assert window.controllers.tour is None
    assert not SettingsStore(tmp_path, write_own).load().toured


def test_that_space_acts_on_the_card_that_was_clicked_last(open_window: Open) -> None:
    window = opened(open_window)
    dialog = window.controllers.welcome(
        window.lists.controller, window.header.finder, window.detail.card, window.header
    )
    dialog.activateWindow()
    for card in (dialog.cards[StartChoice.EMPTY], dialog.palettes.findChild(QWidget, "palette-korean")):
        assert card is not None
        QTest.mouseClick(card, Qt.MouseButton.LeftButton)
        assert dialog.focusWidget() is card
    dialog.close()


def test_that_korean_colours_are_proposed_in_korean_and_not_taken_with_escape(open_window: Open) -> None:
    window = opened(open_window, UiSettings(language=Language.KOREAN))
    targets = (window.header.finder, window.detail.card, window.header)
    for key, palette in ((Qt.Key.Key_Escape, Palette.WESTERN), (Qt.Key.Key_Return, Palette.KOREAN)):
        dialog = window.controllers.welcome(window.lists.controller, *targets)
        card = dialog.palettes.findChild(QAbstractButton, "palette-korean")
        assert isinstance(card, QAbstractButton)
        assert card.isChecked()
        QTest.keyClick(dialog, key)
        assert window._settings.palette is palette


def test_that_a_new_user_chooses_the_language_of_everything_at_once_and_for_good(
    open_window: Open, tmp_path: Path
) -> None:
    window = opened(open_window)
    targets = (window.header.finder, window.detail.card, window.header)
    dialog = window.controllers.welcome(window.lists.controller, *targets)
    for place, words, settings, korean in ((1, "시작", "설정", True), (0, "Start", "Settings", False)):
        button = dialog.languages.findChildren(QAbstractButton)[place]
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
        assert (dialog.go.text(), window.header.settings.accessibleName()) == (words, settings)
        card = dialog.palettes.findChild(QAbstractButton, "palette-korean")
        assert card.isChecked() is korean  # proposed, until colours were chosen
    QTest.mouseClick(dialog.languages.findChildren(QAbstractButton)[1], Qt.MouseButton.LeftButton)
    dialog.palettes.findChild(QAbstractButton, "palette-western").click()
    QTest.mouseClick(dialog.languages.findChildren(QAbstractButton)[0], Qt.MouseButton.LeftButton)
    QTest.mouseClick(dialog.languages.findChildren(QAbstractButton)[1], Qt.MouseButton.LeftButton)
    assert dialog.palettes.findChild(QAbstractButton, "palette-western").isChecked()
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    window.close()
    assert SettingsStore(tmp_path, write_own).load().language is Language.KOREAN


def test_that_a_replay_from_the_first_start_has_the_colours_that_were_proposed(open_window: Open) -> None:
    window = opened(open_window, UiSettings(language=Language.KOREAN))
    wanted: list[str] = []
    window.controllers.replay.start_requested.connect(wanted.append)
    targets = (window.header.finder, window.detail.card, window.header)
    dialog = window.controllers.welcome(window.lists.controller, *targets)
    QTest.mouseClick(dialog.replay, Qt.MouseButton.LeftButton)
    assert wanted == [""]
    assert window._settings.palette is Palette.KOREAN
    dialog.close()


def test_that_dialogs_of_files_begin_at_the_users_documents_then_where_the_last_file_was(
    open_window: Open, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(FilePlace, "_used", None)
    window = opened(open_window)
    window.lists.controller.export_file()
    dialog = asked(window)
    assert Path(dialog.directory().path()) != Path.cwd()
    dialog.fileSelected.emit(str(tmp_path / "mine.txt"))
    dialog.reject()
    window.inbox.head.export_requested.emit()
    assert Path(asked(window).selectedFiles()[0]) == tmp_path / "alerts.csv"
    asked(window).reject()


def test_that_somebody_without_a_home_is_asked_for_files_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(FilePlace, "_used", None)
    monkeypatch.setattr(Path, "home", lambda: tmp_path / "gone")
    monkeypatch.setattr(QStandardPaths, "writableLocation", lambda _kind: str(tmp_path / "gone"))
    assert Path(FilePlace.begin()) == Path(tmp_path.anchor)


def test_that_a_file_ends_as_the_kind_that_is_chosen(
    open_window: Open, commands: scene.RecordedCommands, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(FilePlace, "_used", tmp_path)
    window = opened(open_window)
    window.lists.controller.export_file()
    dialog = asked(window)
    wanted = dialog.nameFilters()[1]
    dialog.selectNameFilter(wanted)
    dialog.filterSelected.emit(wanted)  # as a click on it says
    dialog.findChild(QLineEdit, "fileNameEdit").setText("mine")
    dialog.accept()
    current = window.lists.controller.current
    assert commands.calls[-1] == ("export_watchlist", tmp_path / "mine.txt", current)


def test_that_a_dialog_of_the_system_that_has_no_kind_or_name_yet_keeps_the_name(
    open_window: Open, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(FilePlace, "_used", tmp_path)
    window = opened(open_window)
    window.lists.controller.export_file()
    dialog = asked(window)
    chosen: list[str] = []
    monkeypatch.setattr(dialog, "selectedFiles", list)
    monkeypatch.setattr(dialog, "selectFile", chosen.append)
    for kind in ("", dialog.nameFilters()[1]):  # as GTK's dialog says while it opens, and then
        dialog.filterSelected.emit(kind)
    assert [Path(each).suffix for each in chosen] == [".txt"]


def asked(window: MainWindow) -> QFileDialog:
    return next(dialog for dialog in window.findChildren(QFileDialog) if dialog.isVisible())


def test_that_the_first_load_is_told_quietly_and_can_be_stopped(
    open_window: Open, commands: scene.RecordedCommands
) -> None:
    window = opened(open_window)
    item = window.header.progress
    assert not item.isVisible()
    window.apply(HistoryProgress(34, 130))
    assert item.isVisible()
    assert item.text == "histories 34 of 130"
    QTest.mouseClick(item.stop_button, LEFT)
    assert ("stop_histories",) in commands.calls
    assert not item.isVisible()
    window.apply(HistoryProgress(130, 130))
    assert not item.isVisible()


def test_that_a_name_that_is_opened_is_seen_where_alerts_have_the_place_of_the_detail(
    open_window: Open, qapp: QApplication
) -> None:
    window = opened(open_window)
    window.resize(1000, 700)
    for event in (scene.clock(), alerts.raised(alerts.KLAC_ALERT, popup=False)):
        window.apply(event)
    qapp.processEvents()
    window.toggle_inbox()
    window.list.select("SMCI")  # a walk through the list leaves the alerts where they are
    assert not window.detail.isVisible()
    window.header.finder.chosen.emit("openai")
    assert window.detail.isVisible()
    assert window.detail.entity == "openai"
    window.toggle_inbox()
    assert window.inbox.view.hasFocus()
    QTest.keyClick(window.inbox.view, Qt.Key.Key_Return)
    assert window.detail.isVisible()
    assert window.detail.entity == "KLAC"
    assert window.list.hasFocus()


def test_that_the_detail_goes_below_the_list_where_there_is_little_room(
    open_window: Open, qapp: QApplication
) -> None:
    window = opened(open_window)
    beside = window.detail.geometry().left()
    window.list.select("SMCI")
    window.resize(1000, 700)
    qapp.processEvents()
    row = window.list.visualRect(window.list.currentIndex())
    assert window.list.viewport().rect().contains(row)  # what the detail is about stays in view
    lower = window.placement.narrow.lower
    assert lower.isVisible()
    assert window.detail.isVisible()
    assert not window.inbox.isVisible()
    assert window.views.width() == window.width()
    assert lower.mapTo(window, lower.rect().topLeft()).y() > window.views.height()
    QTest.mouseClick(lower.tabs[1], LEFT)
    assert window.inbox.isVisible()
    assert not window.detail.isVisible()
    window.toggle_inbox()
    assert window.detail.isVisible()
    window.views.show_view(ViewChoice.HEADLINES)
    assert not lower.isVisible()
    window.views.show_view(ViewChoice.LIST)
    assert window.detail.isVisible()
    window.resize(1440, 900)
    qapp.processEvents()
    assert window.detail.isVisible()
    assert window.inbox.isVisible()
    assert window.detail.geometry().left() == beside
    assert not lower.isVisible()


@pytest.mark.parametrize("view", [ViewChoice.HEAT, ViewChoice.EXPOSURE])
def test_that_a_map_has_the_whole_of_a_small_window_until_a_name_is_opened(
    open_window: Open, qapp: QApplication, view: ViewChoice
) -> None:
    window = opened(open_window)
    window.resize(880, 600)
    qapp.processEvents()
    assert window.detail.isVisible()
    window.views.show_view(view)
    qapp.processEvents()
    assert not window.placement.narrow.lower.isVisible()
    assert window.views.height() > 500
    window.views.entity_opened.emit("AMD")
    qapp.processEvents()
    assert window.views.view is ViewChoice.LIST
    assert (window.detail.isVisible(), window.detail.entity) == (True, "AMD")
    window.views.show_view(view)
    window.resize(880, 720)
    qapp.processEvents()
    assert window.detail.isVisible()  # there is room for both
    window.change_look({"text_px": MOST_TEXT})
    qapp.processEvents()
    assert not window.detail.isVisible()
    window.change_look({"text_px": 13})
    window.resize(1440, 900)
    qapp.processEvents()
    assert window.detail.isVisible()
    assert window.inbox.isVisible()


@pytest.mark.parametrize("sizes", [((1000, 700), (1440, 900)), ((1440, 900), (1000, 700), (1440, 900))])
def test_that_the_alerts_are_there_again_after_the_window_changed_under_a_view_without_them(
    open_window: Open, qapp: QApplication, sizes: tuple[tuple[int, int], ...]
) -> None:
    window = opened(open_window)
    window.resize(*sizes[0])
    qapp.processEvents()
    window.views.show_view(ViewChoice.HEADLINES)
    for size in sizes[1:]:
        window.resize(*size)
        qapp.processEvents()
        assert window.inbox.isHidden()
    window.views.show_view(ViewChoice.LIST)
    qapp.processEvents()
    assert window.detail.isVisible()
    assert window.inbox.isVisible()


def ask_for_the_digest(window: MainWindow) -> None:
    window.apply(AwayDigest(AwayReason.START, alerts.NOW, alerts.NOW, (alerts.KLAC_ALERT,)))
    window.inbox.show_digest()


@pytest.mark.parametrize(
    "ask", [MainWindow.show_keys, ask_for_the_digest, lambda window: window.settings_controller.open()]
)
def test_that_a_dialog_dims_the_window_of_any_size_until_it_is_closed(
    open_window: Open, qapp: QApplication, ask: Callable[[MainWindow], None]
) -> None:
    window = opened(open_window)
    ask(window)
    (veil,) = window.findChildren(DimOverlay)
    window.resize(1200, 800)
    qapp.processEvents()
    assert veil.geometry() == window.rect()
    (dialog,) = [each for each in window.findChildren(QDialog) if each.isVisible()]
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert not veil.isVisible()


def test_that_a_narrow_window_speaks_korean_too(open_window: Open) -> None:
    window = open_window(UiSettings(mode=ModeChoice.DARK, language=Language.KOREAN))
    window.resize(1000, 700)
    assert [tab.text() for tab in window.placement.narrow.lower.tabs] == ["상세", "알림"]


def test_that_a_narrow_window_changes_its_language_and_names_its_borders_when_it_is_wide_again(
    open_window: Open,
) -> None:
    window = open_window(UiSettings(mode=ModeChoice.DARK, language=Language.ENGLISH))
    window.resize(1000, 700)
    window.change_look({"language": Language.KOREAN})
    assert [tab.text() for tab in window.placement.narrow.lower.tabs] == ["상세", "알림"]
    assert window.placement.rows.handle(1).accessibleName() == "상세·알림 위 경계선"
    window.resize(1440, 900)
    QApplication.processEvents()
    assert window.placement.columns.handle(1).accessibleName() == "목록과 상세의 경계선"
    assert window.placement.rows.handle(1).accessibleName() == "알림 위 경계선"


def test_that_the_keyboard_stays_where_it_is_when_the_detail_goes_below_the_list(
    open_window: Open, qtbot: QtBot
) -> None:
    window = opened(open_window)
    with qtbot.waitActive(window):
        window.activateWindow()
    tab = next(iter(window.detail.tabs.heads.values()))
    tab.setFocus()
    for size in ((900, 700), (1440, 900)):
        window.resize(*size)
        QApplication.processEvents()
        assert QApplication.focusWidget() is tab
    for gone in (lambda: window.inbox.view, lambda: window.placement.columns.handle(1)):
        window.resize(1440, 900)
        gone().setFocus()
        window.resize(900, 700)  # where the alerts are behind the detail, and no border is before it
        QApplication.processEvents()
        assert QApplication.focusWidget() is window.list


def test_that_enter_presses_what_acts_and_space_what_is_chosen(open_window: Open) -> None:
    window = opened(open_window)
    button, check = window.inbox.head.close_button, window.detail.pane.chart.tools.adjusted
    QTest.keyClick(check, Qt.Key.Key_Return)
    assert not check.isChecked()
    QTest.keyClick(button, Qt.Key.Key_Return)
    assert not window.inbox.isVisible()


def menu_of(window: MainWindow, entity_id: str) -> QMenu:
    """Open the menu of a row by the keyboard."""
    window.list.select(entity_id)
    QApplication.sendEvent(
        window.list, QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, QPoint(), QPoint())
    )
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    return menu


def choose(menu: QMenu, words: str) -> None:
    """Walk a menu to an entry and press Enter."""
    menu.setActiveAction(next(action for action in menu.actions() if action.text().startswith(words)))
    QTest.keyClick(menu, Qt.Key.Key_Return)


def test_that_a_row_has_no_more_popups_today_of_a_name_that_had_one_and_has_them_again(
    open_window: Open, commands: scene.RecordedCommands
) -> None:
    window = opened(open_window)
    for event in (scene.clock(), alerts.raised(alerts.KLAC_ALERT)):
        window.apply(event)
    until = datetime(2025, 7, 23, tzinfo=ZoneInfo("America/New_York"))
    choose(menu_of(window, "KLAC"), "No more popups today\t")
    assert commands.calls[-1] == ("snooze", alerts.KLAC_ALERT.id, until, SnoozeScope.NAME, "KLAC")
    snoozed = replace(
        alerts.KLAC_ALERT,
        state=AlertState.SNOOZED,
        snoozed_until=until,
        snooze_scope=SnoozeScope.NAME,
        snoozed_name="KLAC",
    )
    window.apply(AlertUpdated(snoozed))
    choose(menu_of(window, "KLAC"), "Show its popups again")
    assert commands.calls[-1] == ("end_snoozes_of_name", "KLAC")
    window.lists.controller.stack.undo()
    assert commands.calls[-1] == ("snooze", snoozed.id, until, SnoozeScope.NAME, "KLAC")
    put_off = replace(snoozed, snooze_scope=SnoozeScope.CAUSE, snoozed_name="")
    window.apply(AlertUpdated(put_off))  # every alert about it holds another snooze
    choose(menu_of(window, "KLAC"), "No more popups today\t")
    assert commands.calls[-1] == ("snooze", alerts.KLAC_ALERT.id, until, SnoozeScope.NAME, "KLAC")
    quiet = menu_of(window, "INTC")  # nothing fired about it
    assert not any("popups" in action.text() for action in quiet.actions())
    quiet.close()
