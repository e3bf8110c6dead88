"""The inbox: the record of what fired, driven by mouse and keys."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, QPoint, QRect, Qt
from PySide6.QtGui import QContextMenuEvent, QFontMetrics, QGuiApplication, QImage, QPainter
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot
from tests.ui import detail_scene as scene
from tests.ui.scene import RecordedCommands, dress_in, speak
from tests.ui.test_composing import compose

from stackwatch.domain.alert import Alert, AlertState, AwayReason, Member, MetCondition, Snooze, SnoozeScope
from stackwatch.domain.events import (
    AlertRaised,
    AlertsLoaded,
    AlertUpdated,
    AwayDigest,
    ClockTicked,
    HealthChanged,
)
from stackwatch.domain.health import Health, HealthState
from stackwatch.domain.list_events import WatchlistChanged
from stackwatch.domain.rule import Condition, RuleKind, Severity
from stackwatch.domain.watchlist import BilingualName, Ecosystem, Language, Layer, Watchlist
from stackwatch.domain.words.rule_names import fired_rule_name
from stackwatch.ui.alerts import inbox_model
from stackwatch.ui.alerts.digest import digest_span
from stackwatch.ui.alerts.inbox import InboxPanel
from stackwatch.ui.alerts.inbox_delegate import EntityAlertDelegate, RowAction, action_at, draw_sar
from stackwatch.ui.alerts.inbox_model import AlertCriteria, Filter, InboxColumn, entity_row, state_words
from stackwatch.ui.frame.translation import Translations
from stackwatch.ui.kit import paint
from stackwatch.ui.kit.language import use_language, worded
from stackwatch.ui.kit.row_list import empty_state
from stackwatch.ui.kit.theme import Palette, Role, ThemeMode, build_theme, px, use_theme
from stackwatch.ui.preferences.settings import MOST_TEXT

HANGUL = re.compile("[가-힣]")
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)


def test_that_an_alert_names_every_name_that_was_snoozed_by_it() -> None:
    until = scene.NOW + timedelta(hours=2)
    alert = scene.STARGATE_ALERT
    for name in ("NVDA", "ORCL"):
        alert = alert.with_snooze(Snooze(until, SnoozeScope.NAME, name))
    assert state_words(alert, scene.ecosystem(), scene.NOW) == "NVDA, ORCL: snoozed to 18:05"
    put_off = alert.with_snooze(Snooze(until, SnoozeScope.CAUSE))
    assert state_words(put_off, scene.ecosystem(), scene.NOW) == "Snoozed to 18:05"  # of everything in it


def test_that_a_snooze_calls_a_name_as_the_row_does() -> None:
    until, told = scene.NOW + timedelta(hours=2), []
    for name in ("stargate", "9984.T"):
        alert = scene.STARGATE_ALERT.with_snooze(Snooze(until, SnoozeScope.NAME, name))
        told.append(state_words(alert, scene.ecosystem(), scene.NOW))
    assert told == ["Stargate: snoozed to 18:05", "SoftBank: snoozed to 18:05"]


@pytest.mark.parametrize("text_px", [12, MOST_TEXT])
def test_that_a_sar_of_two_digits_stands_beside_its_bar_at_every_text_size(text_px: int) -> None:
    use_theme(build_theme(ThemeMode.LIGHT, base_px=text_px))
    row = entity_row(scene.KLAC_ALERT, "KLAC", scene.ecosystem(), scene.NOW)
    room = QRect(0, 0, px(104) - 12, 26)
    taken: list[set[int]] = []
    for written in ("+42.2", ""):
        drawn = QImage(room.size(), QImage.Format.Format_RGB32)
        drawn.fill(Qt.GlobalColor.white)
        painter = QPainter(drawn)
        draw_sar(painter, room, replace(row, sar=42.2, sar_text=written), busy=False)
        painter.end()
        across = range(drawn.width())
        taken.append({x for x in across if any(drawn.pixel(x, y) != 0xFFFFFFFF for y in range(26))})
    both, bar = taken
    assert min(both - bar) > max(bar) + 2


class Inbox:
    """The panel with what it asked for."""

    def __init__(self, qtbot: QtBot, *, alerts: tuple[scene.Alert, ...] = scene.ALERTS) -> None:
        self.commands = RecordedCommands()
        gpus = Layer(id="gpus", names=BilingualName("GPUs", "GPU"), symbols=("NVDA", "ARM"))
        models = Layer(id="models", names=BilingualName("Models", "모델"), symbols=(), private=("stargate",))
        shown = Watchlist(id="x", names=BilingualName("X", "X"), layers=(gpus, models), private=("stargate",))
        self.panel = InboxPanel(scene.ecosystem(), self.commands, shown)
        qtbot.addWidget(self.panel)
        self.panel.resize(1440, 200)
        QAbstractItemModelTester(
            self.panel.model, QAbstractItemModelTester.FailureReportingMode.Fatal, self.panel
        )
        self.panel.apply(ClockTicked(scene.NOW, (), replay=True))
        self.panel.apply(AlertsLoaded(alerts))
        self.panel.show()

    @property
    def ids(self) -> list[str]:
        return [self.panel.model.row(i).key for i in range(self.panel.model.rowCount())]

    def cell(self, row: int, column: InboxColumn) -> str:
        return str(self.panel.model.index(row, column).data())


@pytest.fixture
def inbox(qtbot: QtBot) -> Inbox:
    return Inbox(qtbot)


def test_that_alerts_are_listed_newest_first_with_what_was_found(inbox: Inbox) -> None:
    assert inbox.ids == ["a5", "a4", "a3", "a0", "a2", "a1"]
    assert inbox.cell(0, InboxColumn.TIME) == "15:58"
    assert inbox.cell(0, InboxColumn.SUBJECT) == "KLAC KLA"
    assert inbox.cell(0, InboxColumn.MOVE) == "\u22124.86\u202f%"
    assert inbox.cell(0, InboxColumn.FOUND) == "No clear news found; LRCX moved the same way"
    assert inbox.cell(1, InboxColumn.SUBJECT) == "Stargate 4 of 5 linked names down"
    assert inbox.cell(1, InboxColumn.FOUND).endswith("; none is beyond its usual range, 1 not judged")


def test_that_a_row_says_what_was_read_since_that_is_no_reason(inbox: Inbox) -> None:
    match = next(alert.match for alert in scene.ALERTS if alert.match is not None)
    inbox.panel.apply(AlertUpdated(replace(scene.KLAC_ALERT, untied=match)))
    title = f"WSJ: {match.story.lead.title}"
    assert inbox.cell(0, InboxColumn.FOUND) == f"Not tied to the move \u00b7 {title}"
    speak(inbox.panel, Language.KOREAN)
    assert inbox.cell(0, InboxColumn.FOUND) == f"연결하지 않음 \u00b7 {title}"


def test_that_a_row_begins_with_what_its_rule_saw(qtbot: QtBot) -> None:
    burst = MetCondition(condition=Condition(kind=RuleKind.NEWS_BURST, threshold=10), value=14)
    inbox = Inbox(qtbot, alerts=(replace(scene.KLAC_ALERT, met=(burst,)),))
    saw = "14 headlines in 120 min, rule asks 10 or more"
    assert inbox.cell(0, InboxColumn.FOUND) == f"{saw} \u00b7 No clear news found; LRCX moved the same way"


def test_that_at_midnight_in_its_zone_every_row_names_its_day_and_the_chosen_row_stays(inbox: Inbox) -> None:
    inbox.panel.select_alert("a4")
    inbox.panel.apply(ClockTicked(scene.NOW + timedelta(hours=4), ()))
    assert inbox.cell(0, InboxColumn.TIME) == "15:58", "it is midnight in UTC alone"
    inbox.panel.apply(ClockTicked(scene.NOW + timedelta(hours=8), ()))
    assert inbox.cell(0, InboxColumn.TIME) == "Tue 15:58", "the time is what one looks for the next morning"
    assert inbox.panel.view.currentIndex().row() == 1
    speak(inbox.panel, Language.KOREAN)
    assert inbox.cell(0, InboxColumn.TIME) == "(화) 15:58"


@pytest.mark.parametrize(("days", "shown"), [(6, "Tue 15:58"), (7, "22 Jul"), (365, "2025-07-22")])
def test_that_an_older_alert_is_dated_and_its_tip_has_the_whole_moment(
    inbox: Inbox, days: int, shown: str
) -> None:
    inbox.panel.apply(ClockTicked(scene.NOW + timedelta(days=days), ()))
    assert inbox.cell(0, InboxColumn.TIME) == shown
    tip = inbox.panel.model.index(0, InboxColumn.FOUND).data(Qt.ItemDataRole.ToolTipRole)
    assert "22 Jul 2025 15:58 ET" in tip


def test_that_the_filters_count_and_filter(qtbot: QtBot, inbox: Inbox) -> None:
    new, snoozed = (inbox.panel.head.filters._group.button(f) for f in (Filter.NEW, Filter.SNOOZED))
    assert (new.text(), snoozed.text()) == ("New 3", "Snoozed 1")
    qtbot.mouseClick(new, Qt.MouseButton.LeftButton)
    assert inbox.ids == ["a5", "a4", "a3"]
    qtbot.mouseClick(snoozed, Qt.MouseButton.LeftButton)
    assert inbox.ids == ["a1"]


def test_that_a_seen_alert_leaves_the_new_ones(qtbot: QtBot, inbox: Inbox) -> None:
    qtbot.mouseClick(inbox.panel.head.filters._group.button(Filter.NEW), Qt.MouseButton.LeftButton)
    inbox.panel.apply(AlertUpdated(replace(scene.KLAC_ALERT, state=AlertState.SEEN)))
    assert inbox.ids == ["a4", "a3"]
    assert inbox.panel.head.filters._group.button(Filter.NEW).text() == "New 2"


def test_that_a_new_alert_is_inserted_without_a_reset(qtbot: QtBot, inbox: Inbox) -> None:
    inbox.panel.view.selectRow(2)
    model = inbox.panel.model
    with qtbot.assertNotEmitted(model.modelReset), qtbot.waitSignal(model.rowsInserted):
        inbox.panel.apply(AlertRaised(scene.alert("a6", "ARM", 20, 1), popup=False))
    assert inbox.ids[0] == "a6"
    assert inbox.panel.view.current_id() == "a3", "the current row follows its alert"


def test_that_no_row_that_is_in_sight_moves_when_an_alert_comes_or_goes(qtbot: QtBot) -> None:
    hours = [timedelta(hours=n) for n in range(100)]
    alerts = tuple(
        replace(scene.KLAC_ALERT, id=f"b{n}", fired_at=scene.NOW - at) for n, at in enumerate(hours)
    )
    inbox = Inbox(qtbot, alerts=alerts)
    view = inbox.panel.view
    inbox.panel.head.filters.choose(Filter.NEW)
    inbox.panel.head._use(AlertCriteria(state=Filter.NEW))
    view.setCurrentIndex(inbox.panel.model.index(90, 0))
    view.verticalScrollBar().setValue(20 * view.rowHeight(0) + 5)
    before = view.rowAt(0), view.rowViewportPosition(20)
    assert inbox.ids[before[0]] == "b20"
    inbox.panel.apply(scene.raised(replace(scene.KLAC_ALERT, id="new", fired_at=scene.NOW)))
    assert (inbox.ids[view.rowAt(0)], view.rowViewportPosition(21)) == ("b20", before[1])
    inbox.panel.apply(AlertUpdated(replace(alerts[3], state=AlertState.SEEN)))
    assert (inbox.ids[view.rowAt(0)], view.rowViewportPosition(20)) == ("b20", before[1])
    view.scrollToTop()
    inbox.panel.head.search.setText("k")
    assert view.rowAt(0) == 0
    assert view.current_id() == "b90"


def test_that_alerts_of_one_moment_keep_their_places_in_the_next_hour(inbox: Inbox) -> None:
    for alert_id in ("a6", "a7"):
        inbox.panel.apply(AlertRaised(scene.alert(alert_id, "ARM", 20, 1), popup=False))
    before = inbox.ids
    inbox.panel.apply(ClockTicked(scene.NOW + timedelta(hours=1), ()))
    assert inbox.ids == before


def test_that_enter_opens_the_alert_and_its_subject(qtbot: QtBot, inbox: Inbox) -> None:
    inbox.panel.view.selectRow(0)
    with qtbot.waitSignals([inbox.panel.alert_activated, inbox.panel.entity_activated]):
        qtbot.keyClick(inbox.panel.view, Qt.Key.Key_Return)
    assert inbox.commands.calls == [("mark_seen", "a5")]


def test_that_a_click_and_the_arrows_show_the_subject_of_a_row_and_leave_it_new(
    qtbot: QtBot, inbox: Inbox
) -> None:
    told: list[str] = []
    inbox.panel.entity_wanted.connect(told.append)
    view, shown = inbox.panel.view, [inbox.panel.model.row(place).alert.subject for place in (1, 2, 1)]
    point = view.visualRect(inbox.panel.model.index(1, InboxColumn.FOUND)).center()
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=point)
    qtbot.keyClick(view, Qt.Key.Key_Down)
    qtbot.keyClick(view, Qt.Key.Key_Up)
    assert told == shown
    inbox.panel.select_alert("a3")
    assert told == shown, "nobody went there"
    assert inbox.commands.calls == []


def test_that_s_snoozes_for_an_hour_of_the_programs_own_time(qtbot: QtBot, inbox: Inbox) -> None:
    inbox.panel.view.selectRow(1)
    qtbot.keyClick(inbox.panel.view, Qt.Key.Key_S)
    assert inbox.commands.calls == [("snooze", "a4", scene.NOW + timedelta(hours=1), SnoozeScope.CAUSE, "")]


def test_that_space_marks_seen(qtbot: QtBot, inbox: Inbox) -> None:
    inbox.panel.view.selectRow(2)
    qtbot.keyClick(inbox.panel.view, Qt.Key.Key_Space)
    assert inbox.commands.calls == [("mark_seen", "a3")]


@pytest.mark.parametrize("action", list(RowAction))
def test_that_each_action_icon_does_what_it_shows(qtbot: QtBot, inbox: Inbox, action: RowAction) -> None:
    view = inbox.panel.view
    rect = view.visualRect(inbox.panel.model.index(0, InboxColumn.ACTIONS))
    x = next(x for x in range(rect.left(), rect.right()) if action_at(rect, x) is action) + 10
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(x, rect.center().y()))
    expected = {RowAction.OPEN: "mark_seen", RowAction.SNOOZE: "snooze", RowAction.SEEN: "mark_seen"}
    assert [asked[0] for asked in inbox.commands.calls] == [expected[action]]


def test_that_actions_appear_on_the_row_under_the_pointer(qtbot: QtBot, inbox: Inbox) -> None:
    view = inbox.panel.view
    rect = view.visualRect(inbox.panel.model.index(3, InboxColumn.ACTIONS))
    before = view.grab(rect.translated(0, view.horizontalHeader().height())).toImage()
    qtbot.mouseMove(view.viewport(), rect.center())
    assert view._cells.hover_row == 3
    after = view.grab(rect.translated(0, view.horizontalHeader().height())).toImage()
    assert before != after


def test_that_a_held_back_popup_shows_its_named_reason(qtbot: QtBot) -> None:
    held = replace(scene.KLAC_ALERT, suppressed_by="quiet hours")
    inbox = Inbox(qtbot, alerts=(held,))
    assert inbox.cell(0, InboxColumn.STATE) == "New, quiet hours"
    tip = str(inbox.panel.model.index(0, 0).data(Qt.ItemDataRole.ToolTipRole))
    assert "New: quiet hours" in tip


def test_that_a_snoozed_alert_says_until_when(inbox: Inbox) -> None:
    assert inbox.cell(5, InboxColumn.STATE) == "Snoozed to 18:00"


def test_that_an_alert_of_another_day_shows_its_date(qtbot: QtBot) -> None:
    old = replace(scene.KLAC_ALERT, fired_at=scene.KLAC_ALERT.fired_at - timedelta(days=30))
    assert Inbox(qtbot, alerts=(old,)).cell(0, InboxColumn.TIME) == "22 Jun"


def test_that_an_empty_inbox_says_so(qtbot: QtBot) -> None:
    inbox = Inbox(qtbot, alerts=())
    assert inbox.panel.view.empty_words.startswith("Nothing has fired yet")
    inbox.panel.grab()


def test_that_an_empty_inbox_says_that_alerts_wait_while_the_store_takes_none(qtbot: QtBot) -> None:
    inbox = Inbox(qtbot, alerts=())
    for state, words in (
        (HealthState.FAILED, "Alerts cannot be stored now"),
        (HealthState.OK, "Nothing has fired yet"),
        (HealthState.DEGRADED, "Nothing has fired yet"),
    ):
        health = Health(source="store", state=state, since=scene.NOW, detail="the disk is full")
        inbox.panel.apply(HealthChanged(health))
        assert inbox.panel.view.empty_words.startswith(words)
    elsewhere = Health(source="rss", state=HealthState.FAILED, since=scene.NOW, detail="")
    inbox.panel.apply(HealthChanged(elsewhere))
    assert inbox.panel.view.empty_words.startswith("Nothing has fired yet")


def test_that_theme_palette_and_language_change_at_once(inbox: Inbox) -> None:
    dress_in(inbox.panel, build_theme(ThemeMode.LIGHT, Palette.KOREAN))
    speak(inbox.panel, Language.KOREAN)
    assert inbox.cell(1, InboxColumn.SUBJECT) == "스타게이트 연결 5종목 중 4종목 하락"
    assert inbox.cell(0, InboxColumn.RULE) == "초과 등락"
    assert inbox.panel.grab().toImage().pixelColor(700, 6).lightness() > 200


def test_that_a_row_speaks_one_sentence_to_the_screen_reader(inbox: Inbox) -> None:
    spoken = inbox.panel.model.index(0, InboxColumn.SEVERITY).data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken.startswith("Alert: KLAC \u22124.86\u202f%, unusual (SAR \u22122.9). No clear news found")


def test_that_of_thousands_of_alerts_only_those_in_sight_are_worded(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    worded: list[str] = []
    word = inbox_model.alert_row

    def counted(alert: Alert, ecosystem: Ecosystem, now: datetime) -> inbox_model.AlertRow:
        worded.append(alert.id)
        return word(alert, ecosystem, now)

    monkeypatch.setattr(inbox_model, "alert_row", counted)
    inbox = Inbox(qtbot)
    alerts = [
        replace(scene.KLAC_ALERT, id=f"b{n}", fired_at=scene.NOW - timedelta(minutes=n)) for n in range(3000)
    ]
    inbox.panel.apply(AlertsLoaded(tuple(alerts)))
    inbox.panel.apply(ClockTicked(scene.NOW, ()))
    inbox.panel.grab()
    assert "b0" in worded
    inbox.panel.select_alert("b2999")
    for key in "xna":
        qtbot.keyClicks(inbox.panel.view, key)
    assert inbox.panel.view.current_id() == "b2999"
    assert len(worded) < 100


def test_that_typing_sifts_the_rows_and_words_no_alert_anew(qtbot: QtBot, inbox: Inbox) -> None:
    before = {row.key: row for row in map(inbox.panel.model.row, range(inbox.panel.model.rowCount()))}
    qtbot.keyClicks(inbox.panel.head.search, "stargate fall")
    assert inbox.ids == ["a4"]
    assert inbox.panel.model.row(0) is before["a4"]


def test_that_the_chosen_row_stays_chosen_while_others_are_left_out_and_come_back(
    qtbot: QtBot, inbox: Inbox
) -> None:
    inbox.panel.select_alert("a4")
    for narrow in (
        lambda: qtbot.keyClicks(inbox.panel.head.search, "stargate"),
        inbox.panel.head.search.clear,
        lambda: inbox.panel.apply(AlertsLoaded((*scene.ALERTS, replace(scene.KLAC_ALERT, id="a9")))),
    ):
        narrow()
        assert inbox.panel.view.current_id() == "a4"


def test_that_words_severity_and_a_layer_narrow_the_list(qtbot: QtBot, inbox: Inbox) -> None:
    head = inbox.panel.head
    qtbot.keyClicks(head.search, "stargate fall")
    assert inbox.ids == ["a4"]
    qtbot.keyClicks(head.search, " nothing")
    assert (inbox.ids, inbox.panel.view.empty_words) == ([], "No alert matches")
    head.search.clear()
    head.fill_menu()
    choices = {action.text(): action for action in head.menu.actions()}
    choices["GPUs"].trigger()
    assert inbox.ids == ["a4", "a0"]
    assert head.narrow.text() == "GPUs"
    head.fill_menu()
    {action.text(): action for action in head.menu.actions()}["Severe only"].trigger()
    assert inbox.ids == []
    assert head.criteria == AlertCriteria(least=Severity.SEVERE, subjects=frozenset({"gpus", "NVDA", "ARM"}))


def test_that_a_menu_that_is_opened_all_day_leaves_nothing_behind(inbox: Inbox) -> None:
    head = inbox.panel.head
    head.fill_menu()
    once = len(head.findChildren(QObject))
    for _ in range(20):
        head.fill_menu()
    assert len(head.findChildren(QObject)) == once


@pytest.mark.parametrize(
    ("language", "name"), [(Language.ENGLISH, "Private && projects"), (Language.KOREAN, "모델")]
)
def test_that_alerts_about_private_names_are_found_by_their_layer(
    inbox: Inbox, language: Language, name: str, translations: Translations
) -> None:
    assert translations
    speak(inbox.panel, language)
    head = inbox.panel.head
    head.fill_menu()
    {action.text(): action for action in head.menu.actions()}[name].trigger()
    assert inbox.ids == [alert.id for alert in reversed(scene.ALERTS) if alert.subject == "stargate"]
    assert head.narrow.text() == name.replace("&&", "&")


def test_that_a_layer_stays_chosen_when_a_name_joins_it_and_goes_with_its_list(inbox: Inbox) -> None:
    head = inbox.panel.head
    head.fill_menu()
    {action.text(): action for action in head.menu.actions()}["GPUs"].trigger()
    gpus = Layer(id="gpus", names=BilingualName("GPUs", "GPU"), symbols=("NVDA", "ARM", "KLAC"))
    other = Watchlist(id="x", names=BilingualName("X", "X"), layers=(gpus,), private=())
    inbox.panel.apply(WatchlistChanged(other, (other,)))
    assert head.narrow.text() == "GPUs"
    assert "a5" in inbox.ids  # KLAC
    inbox.panel.apply(WatchlistChanged(replace(other, layers=()), ()))
    assert (head.narrow.text(), len(inbox.ids)) == ("", len(scene.ALERTS))


def test_that_all_new_ones_are_marked_seen_and_that_this_can_be_taken_back(
    qtbot: QtBot, inbox: Inbox
) -> None:
    seen = inbox.panel.head.seen
    qtbot.mouseClick(seen, Qt.MouseButton.LeftButton)
    assert inbox.commands.calls == [("mark_seen", "a5", "a4", "a3")]
    assert seen.text() == "Undo"
    qtbot.mouseClick(seen, Qt.MouseButton.LeftButton)
    assert inbox.commands.calls[1:] == [("mark_new", "a5", "a4", "a3")]
    assert seen.text() == "Mark all seen"


def test_that_what_a_filter_hides_is_new_again_too_once_seen_is_taken_back(qtbot: QtBot) -> None:
    popup = replace(scene.STARGATE_ALERT, folded=("inside", "read"))
    inside = scene.alert("inside", "NVDA", 19, 50)
    read = replace(inside, id="read", subject="ORCL", state=AlertState.SEEN)
    inbox = Inbox(qtbot, alerts=(popup, inside, read))
    inbox.panel.head.search.setText("stargate")
    assert inbox.ids == [popup.id]
    for _ in ("Mark these seen", "Undo"):
        qtbot.mouseClick(inbox.panel.head.seen, Qt.MouseButton.LeftButton)
    assert inbox.commands.calls == [("mark_seen", popup.id), ("mark_new", popup.id, "inside")]


def test_that_what_is_shown_is_exported_and_a_fault_is_told(
    qtbot: QtBot, inbox: Inbox, tmp_path: Path
) -> None:
    written: list[tuple[Path, list[str]]] = []
    told_to_write: list[Sequence[scene.Alert]] = []

    def exporter(path: Path, alerts: Sequence[scene.Alert]) -> str | None:
        written.append((path, [alert.id for alert in alerts]))
        told_to_write.append(alerts)
        return "alerts.csv: cannot be written"

    inbox.panel.exporter = exporter
    with qtbot.waitSignal(inbox.panel.said) as told:
        inbox.panel.export(tmp_path / "alerts.csv")
    assert written == [(tmp_path / "alerts.csv", inbox.ids)]
    assert told.args == ["alerts.csv: cannot be written"]
    use_language(Language.KOREAN)
    with qtbot.waitSignal(inbox.panel.said):
        inbox.panel.export(tmp_path / "alerts.csv")
    said = [alert.message for alert in told_to_write[-1]]
    assert len(said) == len(inbox.ids)
    assert all(map(HANGUL.search, said))
    use_language(Language.ENGLISH)
    inbox.panel.exporter = lambda _path, _alerts: None
    with qtbot.waitSignal(inbox.panel.said) as told:
        inbox.panel.export(Path("alerts.csv"))
    assert worded(told.args[0]) == f"Alerts written to alerts.csv: {len(inbox.ids)}"


def test_that_what_fired_while_nobody_looked_is_listed_by_cause_and_opens(qtbot: QtBot, inbox: Inbox) -> None:
    head = inbox.panel.head
    assert not head.digest.isVisible()
    held = (replace(scene.KLAC_ALERT, suppressed_by="quiet hours"), scene.STARGATE_ALERT)
    since = scene.NOW - timedelta(hours=9)
    inbox.panel.apply(AwayDigest(AwayReason.QUIET_HOURS, since, scene.NOW, held))
    assert head.digest.text() == "While popups were off"  # as the digest itself is called
    qtbot.mouseClick(head.digest, Qt.MouseButton.LeftButton)
    dialog = inbox.panel.digest_dialog
    assert dialog is not None
    rows = dialog.rows.rows_model().rows
    assert [row.key for row in rows] == [held[0].group, "a5", held[1].group, "a4"]
    assert "quiet hours" in rows[1].accessible_text
    with qtbot.waitSignal(inbox.panel.alert_activated) as opened:
        qtbot.keyClick(dialog.rows, Qt.Key.Key_Return)  # the keyboard is on the first alert, not on its cause
    assert opened.args == ["a5"]


def test_that_an_absence_of_days_names_the_day_of_both_its_ends(translations: Translations) -> None:
    away = AwayDigest(AwayReason.START, scene.NOW - timedelta(days=9), scene.NOW, (scene.KLAC_ALERT,))
    assert digest_span(away, scene.NOW) == "13 Jul 2025 16:05 to today 16:05 ET"
    night = replace(away, since=scene.NOW - timedelta(hours=9))
    assert digest_span(night, scene.NOW) == "07:05 to 16:05 ET"
    translations.use(Language.KOREAN)
    assert digest_span(away, scene.NOW) == "뉴욕 2025-07-13(일) 16:05~오늘 16:05"


def test_that_the_menu_of_an_alert_snoozes_it_and_opens_its_rule(qtbot: QtBot, inbox: Inbox) -> None:
    alert_id = inbox.ids[0]
    alert = next(alert for alert in scene.ALERTS if alert.id == alert_id)
    with qtbot.waitSignal(inbox.panel.view.menu_wanted) as wanted:
        event = QContextMenuEvent(
            QContextMenuEvent.Reason.Mouse,
            inbox.panel.view.visualRect(inbox.panel.model.index(0, 1)).center(),
            QPoint(),
        )
        QApplication.sendEvent(inbox.panel.view.viewport(), event)
    assert wanted.args[0] == alert_id
    menu = inbox.panel.row_menu(alert_id)
    entries = {action.text(): action for action in menu.actions()}
    snooze = entries["Snooze"].menu()
    assert isinstance(snooze, QMenu)
    snooze.actions()[0].trigger()
    assert inbox.commands.calls[-1][:2] == ("snooze", alert_id)
    rule = fired_rule_name(alert, Language.ENGLISH)
    today = next(action for action in snooze.actions() if action.text().startswith(f"Rule today: {rule}\t"))
    today.trigger()
    assert inbox.commands.calls[-1][3] is SnoozeScope.RULE
    with qtbot.waitSignal(inbox.panel.rule_requested) as wanted:
        entries["Edit the rule"].trigger()
    assert wanted.args == [alert.rule_id, alert.subject]


def test_that_a_copied_alert_is_one_line_with_its_rule_and_time_and_says_nothing_twice(inbox: Inbox) -> None:
    (alert,) = [alert for alert in scene.ALERTS if alert.id == scene.NVDA_ALERT.id]
    entries = {action.text(): action for action in inbox.panel.row_menu(alert.id).actions()}
    entries["Copy text"].trigger()
    copied = QGuiApplication.clipboard().text()
    assert copied.count("NVDA \u22122.54") == 1
    assert "\n" not in copied
    assert copied.endswith(" Abnormal move, 22 Jul 2025 14:00 ET")


def test_that_the_menu_of_a_snoozed_alert_ends_its_snooze(qtbot: QtBot, inbox: Inbox) -> None:
    (snoozed,) = [alert for alert in scene.ALERTS if alert.state is AlertState.SNOOZED]
    entries = {action.text(): action for action in inbox.panel.row_menu(snoozed.id).actions()}
    assert entries["End the snooze"].isEnabled()
    with qtbot.waitSignal(inbox.panel.snooze_ended) as step:
        entries["End the snooze"].trigger()
    assert inbox.commands.calls == []  # the window makes it a step that can be taken back
    assert step.args is not None
    _words, end, again = step.args
    end()
    assert inbox.commands.calls[-1] == ("mark_seen", snoozed.id)
    again()
    assert inbox.commands.calls[-1] == (
        "snooze", snoozed.id, snoozed.snoozed_until, snoozed.snooze_scope, snoozed.snoozed_name,
    )  # fmt: skip


def test_that_home_and_end_go_to_the_newest_and_the_oldest_alert(qtbot: QtBot, inbox: Inbox) -> None:
    view = inbox.panel.view
    view.setCurrentIndex(inbox.panel.model.index(2, 0))
    qtbot.keyClick(view, Qt.Key.Key_End)
    assert view.current_id() == inbox.ids[-1]
    qtbot.keyClick(view, Qt.Key.Key_Home)
    assert view.current_id() == inbox.ids[0]


@pytest.mark.parametrize("language", list(Language))
def test_that_an_alert_is_found_by_symbol_names_of_both_languages_and_figures_as_they_are_typed(
    inbox: Inbox, language: Language
) -> None:
    """A number for a symbol is shown as a name, and a minus is no hyphen: both found nothing."""
    softbank = replace(
        scene.KLAC_ALERT,
        id="softbank",
        subject="9984.T",
        members=(Member(symbol="9984.T", move_pct=-5.96, abnormal_pct=-5.5, sar=-3.1),),
    )
    inbox.panel.apply(AlertsLoaded((softbank, *scene.ALERTS)))
    speak(inbox.panel, language)
    for typed in (
        "9984",
        "9984.t",
        "softbank",
        "소프트뱅크",
        "-5.96%",
        "-5.96 %",
        "\u22125.96",
        "\uff19\uff19",
    ):
        inbox.panel.head.search.setText(typed)
        assert "softbank" in inbox.ids, typed
        assert "a3" not in inbox.ids, typed


def test_that_escape_empties_the_search_before_it_leaves_it(qtbot: QtBot, inbox: Inbox) -> None:
    search = inbox.panel.head.search
    qtbot.keyClicks(search, "stargate fall")
    assert inbox.ids == ["a4"]
    qtbot.keyClick(search, Qt.Key.Key_Escape)
    assert search.text() == ""
    assert len(inbox.ids) == len(scene.ALERTS)


def test_that_a_name_that_stands_for_a_number_is_not_said_twice(qtbot: QtBot) -> None:
    alert = replace(scene.ALERTS[0], id="soft", subject="9984.T", members=())
    inbox = Inbox(qtbot, alerts=(alert,))
    assert inbox.cell(0, InboxColumn.SUBJECT) == "SoftBank"


def test_that_who_an_alert_is_about_has_room_in_a_narrow_window(inbox: Inbox) -> None:
    inbox.panel.resize(1280, 200)
    assert inbox.panel.view.columnWidth(InboxColumn.SUBJECT) >= 240


def test_that_the_rule_gives_way_to_what_was_found_where_words_have_little_room(inbox: Inbox) -> None:
    view = inbox.panel.view
    inbox.panel.resize(880, 200)
    assert not view.isColumnHidden(InboxColumn.RULE)
    dress_in(inbox.panel, build_theme(ThemeMode.LIGHT, base_px=MOST_TEXT))
    assert view.isColumnHidden(InboxColumn.RULE)
    assert view.columnWidth(InboxColumn.FOUND) >= 180
    rule = inbox.cell(0, InboxColumn.RULE)
    assert rule
    index = view.model().index(0, InboxColumn.FOUND)
    assert rule in index.data(Qt.ItemDataRole.ToolTipRole)
    inbox.panel.resize(1280, 200)
    assert not view.isColumnHidden(InboxColumn.RULE)


@pytest.mark.usefixtures("qapp")
def test_that_the_tab_of_a_name_lays_no_rule_over_a_figure_where_the_text_is_large() -> None:
    theme = build_theme(ThemeMode.LIGHT, Palette.WESTERN, MOST_TEXT)
    use_theme(theme)
    row = entity_row(scene.NVDA_ALERT, "NVDA", scene.ecosystem(), scene.NOW)

    def figures(rule: str) -> QImage:
        image = QImage(540, theme.row_height, QImage.Format.Format_RGB32)
        image.fill(theme.panel)
        painter = QPainter(image)
        EntityAlertDelegate().draw(painter, image.rect(), replace(row, rule=rule))
        painter.end()
        return image.copy(QRect(0, 0, theme.px(170), theme.row_height))

    assert figures("Nvidia falls, tied to news") == figures("")


@pytest.mark.usefixtures("qapp")
def test_that_the_sentence_of_an_empty_table_is_whole_where_the_text_is_large() -> None:
    theme = build_theme(ThemeMode.LIGHT, Palette.WESTERN, MOST_TEXT)
    use_theme(theme)
    metrics = QFontMetrics(theme.font(Role.BODY))

    def lowest(sentence: str) -> int:
        image = QImage(400, 200, QImage.Format.Format_RGB32)
        image.fill(theme.panel)
        painter = QPainter(image)
        empty_state(painter, image.rect(), "", sentence)
        painter.end()
        return max(y for y in range(200) for x in range(400) if image.pixel(x, y) != theme.panel.rgb())

    below, on = (metrics.tightBoundingRect(letter).bottom() for letter in ("g", "a"))
    assert lowest("g") - lowest("a") == below - on


@pytest.mark.usefixtures("qapp")
def test_that_a_long_sentence_of_an_empty_table_takes_another_line_where_one_is_too_narrow() -> None:
    theme = build_theme(ThemeMode.LIGHT, Palette.WESTERN, MOST_TEXT)
    use_theme(theme)
    said = "No headline has come yet. The sources are asked every few minutes."
    image = QImage(400, 240, QImage.Format.Format_RGB32)
    image.fill(theme.panel)
    painter = QPainter(image)
    empty_state(painter, image.rect(), "", said)
    painter.end()
    inked = [y for y in range(240) if any(image.pixel(x, y) != theme.panel.rgb() for x in range(400))]
    assert inked[-1] - inked[0] > QFontMetrics(theme.font(Role.BODY)).height()


def test_that_alerts_of_one_moment_stand_as_they_will_after_a_restart(qtbot: QtBot) -> None:
    inbox, now = Inbox(qtbot, alerts=()), scene.NOW
    told = [replace(scene.ALERTS[0], id=key, fired_at=now) for key in ("b", "c", "a")]
    for alert in told:
        inbox.panel.apply(AlertRaised(alert, popup=False))
    shown = inbox.ids
    inbox.panel.apply(AlertsLoaded(tuple(sorted(told, key=lambda a: a.id, reverse=True))))  # as stored
    assert inbox.ids == shown


def test_that_marking_seen_is_offered_until_the_last_new_one_is_seen_or_hidden(inbox: Inbox) -> None:
    seen = inbox.panel.head.seen
    for alert in (each for each in scene.ALERTS if each.state is AlertState.NEW):
        assert seen.isEnabled()
        inbox.panel.apply(AlertUpdated(replace(alert, state=AlertState.SEEN)))
    assert not seen.isEnabled()
    inbox.panel.head.search.setText("klac")
    inbox.panel.apply(scene.raised(replace(scene.NVDA_ALERT, id="hidden", state=AlertState.NEW)))
    assert not seen.isEnabled()
    inbox.panel.head.search.clear()
    assert seen.isEnabled()


def test_that_marking_seen_is_offered_for_the_alerts_that_are_shown_only(qtbot: QtBot, inbox: Inbox) -> None:
    seen, search = inbox.panel.head.seen, inbox.panel.head.search
    assert (seen.text(), seen.isEnabled()) == ("Mark all seen", True)
    search.setText("KLAC")
    assert (seen.text(), seen.isEnabled()) == ("Mark these seen", True)
    search.setText("nobody is called so")
    assert not seen.isEnabled(), "it would do nothing"
    search.clear()
    qtbot.mouseClick(inbox.panel.head.filters._group.button(Filter.SNOOZED), Qt.MouseButton.LeftButton)
    assert not seen.isEnabled()


def test_that_an_alert_that_is_opened_elsewhere_is_shown_whatever_the_filters_hide(inbox: Inbox) -> None:
    inbox.panel.head.search.setText("KLAC")
    inbox.panel.select_alert("a4")
    assert inbox.panel.view.current_id() == "a4"
    assert inbox.panel.head.search.text() == ""
    inbox.panel.head.search.setText("KLAC")
    inbox.panel.select_alert("a5")
    assert inbox.panel.head.search.text() == "KLAC", "what it lets in needs no change"


def test_that_an_alert_that_is_opened_elsewhere_stays_chosen_once_it_is_seen(
    qtbot: QtBot, inbox: Inbox
) -> None:
    inbox.panel.head.search.setText("klac")
    qtbot.mouseClick(inbox.panel.head.filters._group.button(Filter.NEW), Qt.MouseButton.LeftButton)
    inbox.panel.select_alert("a5")
    inbox.panel.apply(AlertUpdated(replace(scene.KLAC_ALERT, state=AlertState.SEEN)))
    assert inbox.panel.view.current_id() == "a5"
    assert inbox.panel.head.search.text() == "klac"


def test_that_an_alert_is_found_while_a_korean_word_is_composed(inbox: Inbox) -> None:
    speak(inbox.panel, Language.KOREAN)
    everything = len(scene.ALERTS)
    compose(inbox.panel.head.search, "ㅇ")
    for composed, committed in (("엔", ""), ("엔ㅂ", ""), ("빋", "엔"), ("댜", "비")):
        assert inbox.ids, "none while a syllable is on its way"
        compose(inbox.panel.head.search, composed, committed)
    assert inbox.ids == []
    compose(inbox.panel.head.search, "디")
    assert 0 < len(inbox.ids) < everything
    inbox.panel.head.search.clear()
    compose(inbox.panel.head.search, "")
    assert len(inbox.ids) == everything


@pytest.mark.parametrize("mark", ["severity", "move"])
def test_that_the_marks_of_an_alert_grow_with_the_text(mark: str) -> None:
    def drawn(text_px: int) -> int:
        """Return how high the mark at the left of a row is."""
        theme = build_theme(ThemeMode.DARK, base_px=text_px)
        use_theme(theme)
        image = QImage(120, 60, QImage.Format.Format_ARGB32)
        image.fill(theme.panel)
        painter, row = QPainter(image), QRect(0, 0, 120, 60)
        if mark == "severity":
            paint.severity(painter, 2, 30, Severity.SEVERE, theme)
        else:
            paint.move(painter, row, 1.0, "+1", theme)
        painter.end()
        inked = [[y for y in range(60) if image.pixelColor(x, y) != theme.panel] for x in range(120)]
        left = next(x for x, column in enumerate(inked) if column)
        return max(len(column) for column in inked[left : left + 6])

    assert drawn(18) >= 1.3 * drawn(12)


def test_that_the_head_over_the_sar_says_what_that_is(inbox: Inbox) -> None:
    def told(column: InboxColumn) -> object:
        return inbox.panel.model.headerData(column, Qt.Orientation.Horizontal, Qt.ItemDataRole.ToolTipRole)

    assert "standard errors" in str(told(InboxColumn.SAR))
    assert told(InboxColumn.MOVE) is None
