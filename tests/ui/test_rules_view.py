"""Rules made, tried, saved, deleted and put back in the window, on a real engine and a real rules.toml."""

import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import partial
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QWidget
from pytestqt.qtbot import QtBot
from tests.support.rig import TUESDAY
from tests.ui import detail_scene as alerts
from tests.ui import scene as picture
from tests.ui.rules_scene import OWN, RulesScene, open_scene, year_of
from tests.ui.test_keyboard import focus, is_marked, press

from stackwatch.domain.alert import BREAKER, SnoozeScope
from stackwatch.domain.armed import RuleStanding
from stackwatch.domain.events import ClockTicked, NoisePreviewed, RulesChanged
from stackwatch.domain.noise import NoiseCount, NoisePreview
from stackwatch.domain.rule import (
    Direction,
    Frequency,
    Rule,
    RuleKind,
    SessionScope,
    Severity,
    Since,
    SubjectKind,
    UnsavedRule,
)
from stackwatch.domain.rule_drafts import draft, for_price, round_price, templates
from stackwatch.domain.watchlist import BilingualName, Language
from stackwatch.storage.rules.rules_file import load_rules
from stackwatch.storage.whole_file import write_own
from stackwatch.ui.alerts.note_cards import BreakerCard
from stackwatch.ui.alerts.toast_card import ToastCard
from stackwatch.ui.frame.appearance import Appearance
from stackwatch.ui.frame.translation import Translations
from stackwatch.ui.frame.undoable_move import UndoableMove
from stackwatch.ui.kit.theme import Palette, ThemeMode, build_theme, use_theme
from stackwatch.ui.preferences.settings import MOST_TEXT, ModeChoice, SettingsStore, UiSettings, ViewChoice
from stackwatch.ui.rules.armed_model import RowText
from stackwatch.ui.rules.noise_panel import NoisePanel
from stackwatch.ui.rules.rule_edits import RuleEdits
from stackwatch.ui.rules.rule_form import RuleForm

Open = Callable[..., RulesScene]
ALT = Qt.KeyboardModifier.AltModifier
LEFT = Qt.MouseButton.LeftButton
ROW = 8  # pixels by which controls of one row may differ


@pytest.fixture
def opened(qapp: QApplication, translations: Translations, tmp_path: Path) -> Iterator[Open]:
    made: list[RulesScene] = []
    appearance = Appearance(qapp, ModeChoice.DARK)

    def make(*, history: bool = True, kept: bool = False) -> RulesScene:
        file = SettingsStore(tmp_path, write_own) if kept else None
        made.append(open_scene(tmp_path, appearance, translations, history=history, settings_file=file))
        return made[-1]

    yield make
    for scene in made:
        scene.window.close()
        scene.window.deleteLater()
        scene.rig.store.close()
    appearance.deleteLater()
    qapp.processEvents()


def begin_by_key(scene: RulesScene, qtbot: QtBot, name: str = "") -> None:
    """Begin a rule, and give it a name where one is told."""
    with qtbot.waitActive(scene.window):
        scene.window.activateWindow()
    QTest.keyClick(scene.window.list, Qt.Key.Key_A, ALT)
    scene.pump()
    if name:
        scene.view.editor.form.name.selectAll()
        QTest.keyClicks(scene.view.editor.form.name, name)


def rows(scene: RulesScene) -> dict[tuple[str, str], RowText]:
    model = scene.view.armed.model
    return {model.row(place).key: model.row(place) for place in range(model.rowCount())}


def test_that_a_rule_is_made_by_a_key_tried_saved_with_comments_kept_and_armed(
    opened: Open, qtbot: QtBot
) -> None:
    scene = opened()
    begin_by_key(scene, qtbot)
    view, form = scene.view, scene.view.editor.form
    assert scene.window.views.view is ViewChoice.RULES
    assert not scene.window.detail.isVisible()
    assert form.sentence.text == ("NVIDIA falls 3 standard errors or more beyond what the market explains.")
    assert view.head.tag == "new, not saved"
    assert view.editor.noise.state == "computing\u2026"
    form.name.selectAll()
    QTest.keyClicks(form.name, "Chips fall")
    form.own.threshold.lineEdit().selectAll()
    QTest.keyClicks(form.own.threshold, "-2.5")
    assert "2.5 standard errors" in form.sentence.text
    qtbot.waitUntil(scene.until(lambda: view.editor.noise.preview is not None), timeout=3000)
    preview = view.editor.noise.preview
    assert preview is not None
    assert preview.count.fires >= 8  # a wild day a month
    assert view.editor.noise.figures[2] == f"{preview.count.fires:,}"
    assert [row[0] for row in view.editor.noise.others.texts] == [
        "Abnormal move below \u22121.5 SAR",
        "Abnormal move below \u22122.5 SAR",
        "Abnormal move below \u22123.5 SAR",
        "Percent move below \u22125.0\u202f%",
    ]
    assert form.reach.text() == "1 name with enough history"
    QTest.mouseClick(form.save, LEFT)
    scene.pump()
    text = scene.file.read_text("utf-8")
    assert [line for line in text.splitlines() if "#" in line] == [
        line for line in OWN.splitlines() if "#" in line
    ]
    parts = scene.rig.engine.parts
    saved = load_rules(scene.file, parts.ecosystem, parts.watchlist)[-1]
    assert (saved.id, saved.name_en, saved.threshold) == ("chips-fall", "Chips fall", 2.5)
    assert (saved.kind, saved.direction, saved.subject) == (RuleKind.ABNORMAL_MOVE, Direction.DOWN, "NVDA")
    assert saved in scene.rig.engine.alerting.rules
    assert view.head.tag == ""
    row = rows(scene)["chips-fall", "NVDA"]
    assert (row.trigger, row.status) == ("below \u22122.5", "armed")
    assert row.distance.endswith(" SAR")
    assert row.near is not None


def test_that_a_form_without_a_rule_names_no_day(opened: Open) -> None:
    scene = opened()
    view, day = scene.view, date(2026, 3, 10)
    form = RuleForm(view._ecosystem, view._watchlist, lambda: day, {})
    assert not form.manner.day.isVisibleTo(form)
    form.deleteLater()


def test_that_the_table_follows_prices_and_says_what_fired_and_what_was_true_already(
    opened: Open, qtbot: QtBot
) -> None:
    scene = opened()
    begin_by_key(scene, qtbot)
    assert rows(scene)["oracle", "ORCL"].distance == "3.00\u202f%"
    scene.rig.clock.advance(minutes=1)
    scene.rig.market.set("ORCL", 95.0)
    scene.rig.refresh()
    scene.rig.engine.alerts.tell_rows()
    scene.pump()
    row = rows(scene)["oracle", "ORCL"]
    assert (row.row.standing, row.distance, row.bell) == (RuleStanding.FIRED, "fired", "bell-fill")
    assert row.status == "fired 11:01, arms again next session"
    nvidia, raised = scene.view.edits.rules["nvidia-falls-with-news"], len(scene.rig.raised())
    scene.rig.runtime.save_rules([replace(nvidia, kind=RuleKind.PERCENT_MOVE, threshold=0.5)])
    scene.pump()
    assert scene.view.edits.rules["nvidia-falls-with-news"].version == 2
    assert rows(scene)["nvidia-falls-with-news", "NVDA"].status == "already true since 11:01"
    assert [event.popup for event in scene.rig.raised()[raised:]] == [False]
    scene.window.views.show_view(ViewChoice.LIST)
    before = len(scene.rig.events)
    scene.rig.engine.alerts.tell_rows()
    assert len(scene.rig.events) == before  # nobody looks


def test_that_a_deleted_rule_comes_back_with_its_comments(opened: Open, qtbot: QtBot) -> None:
    scene = opened()
    begin_by_key(scene, qtbot)
    view = scene.view
    place = view.armed.model.place(("oracle", "ORCL"))
    assert place is not None
    view.armed.view.setCurrentIndex(view.armed.model.index(place, 0))
    QTest.keyClick(view.armed.view, Qt.Key.Key_Delete)
    scene.pump()
    assert "oracle" not in scene.file.read_text("utf-8").lower()
    assert ("oracle", "ORCL") not in rows(scene)
    assert view.armed.said == "Oracle falls was deleted"
    scene.window.change_look({"language": Language.KOREAN})
    assert (view.armed.said, view.armed.undo.text()) == ("오라클 하락 삭제됨", "실행 취소")
    scene.window.change_look({"language": Language.ENGLISH})
    QTest.mouseClick(view.armed.undo, LEFT)
    scene.pump()
    assert scene.file.read_text("utf-8") == OWN
    assert ("oracle", "ORCL") in rows(scene)
    assert view.armed.said == ""


def test_that_a_new_rule_called_like_one_that_fired_and_was_deleted_begins_anew(
    opened: Open, qtbot: QtBot
) -> None:
    scene = opened()
    runtime, market, clock = scene.rig.runtime, scene.rig.market, scene.rig.clock
    begin_by_key(scene, qtbot, "Fall")
    draft = scene.view.editor.form.rule()
    once = replace(
        draft, kind=RuleKind.PERCENT_MOVE, threshold=3.0, frequency=Frequency.ONCE, id="fall", version=1
    )

    def save_and_fall(rule: Rule) -> None:
        for price, save in ((100.0, True), (96.0, False)):
            clock.advance(minutes=1)
            market.set("NVDA", price)
            scene.rig.refresh()
            if save:
                runtime.save_rules((rule,))

    save_and_fall(once)
    (first,) = (told.alert for told in scene.rig.raised() if told.alert.rule_name_en == "Fall")
    runtime.snooze(first.id, clock.now() + timedelta(hours=5), SnoozeScope.RULE)
    runtime.remove_rule("fall")
    scene.pump()
    save_and_fall(scene.view.edits.to_save(replace(once, id=draft.id)))
    assert [told.popup for told in scene.rig.raised() if told.alert.rule_name_en == "Fall"] == [True, True]


def test_that_the_keyboard_stays_where_a_rule_was_deleted(opened: Open, qtbot: QtBot) -> None:
    scene = opened()
    begin_by_key(scene, qtbot)
    view, model = scene.view, scene.view.armed.model
    place = model.place(("oracle", "ORCL"))
    assert place is not None
    assert place > 0
    near = {model.row(other).key for other in (place - 1, place + 1) if other < model.rowCount()}
    view.armed.view.setCurrentIndex(model.index(place, 0))
    QTest.keyClick(view.armed.view, Qt.Key.Key_Return)
    QTest.keyClick(view.armed.view, Qt.Key.Key_Delete)
    scene.pump()
    stands = view.armed.view.key()
    assert stands is not None
    assert stands in near
    assert view.edits.shown == stands[0]


def test_that_undo_by_key_brings_back_the_deleted_rule_and_leaves_the_last_move_alone(
    opened: Open, qtbot: QtBot
) -> None:
    scene = opened()
    begin_by_key(scene, qtbot)
    view, stack, moved = scene.view, scene.window.lists.controller.stack, []
    stack.push(UndoableMove("Move an alert line", lambda: moved.append("back"), lambda: None))
    view.new_for("ORCL")
    view.editor.form.name.selectAll()
    QTest.keyClicks(view.editor.form.name, "Mine")
    view.edit("oracle")  # a rule that is begun waits meanwhile
    place = view.armed.model.place(("oracle", "ORCL"))
    assert place is not None
    view.armed.view.setCurrentIndex(view.armed.model.index(place, 0))
    QTest.keyClick(view.armed.view, Qt.Key.Key_Delete)
    scene.pump()
    other = next(rule for rule in scene.rig.engine.alerting.rules if rule.enabled)
    view.armed.pause_wanted.emit(other.id, True)
    scene.pump()
    assert view.armed.said == "Oracle falls was deleted"  # another change does not take the way back
    QTest.keyClick(view.armed.view, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    scene.pump()
    assert other in scene.rig.engine.alerting.rules  # the pause was the last step
    QTest.keyClick(view.armed.view, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    scene.pump()
    assert ("oracle", "ORCL") in rows(scene)
    assert (view.armed.said, moved) == ("A new rule was begun and is not saved", [])
    QTest.keyClick(view.armed.view, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert moved == ["back"]


def rule_of(scene: RulesScene, rule_id: str) -> Rule:
    return next(rule for rule in scene.rig.engine.alerting.rules if rule.id == rule_id)


def choose(scene: RulesScene, rule_id: str, words: str) -> None:
    """Choose an entry of a rule's menu."""
    menu = menu_of(scene, rule_id)
    next(action for action in menu.actions() if action.text().partition("\t")[0] == words).trigger()
    scene.pump()


def offered(scene: RulesScene, rule_id: str) -> list[str]:
    """Return what a rule's menu offers."""
    return [action.text() for action in menu_of(scene, rule_id).actions() if action.text()]


def menu_of(scene: RulesScene, rule_id: str) -> QMenu:
    """Return the menu of the first row of a rule."""
    subject = next((subject for rule, subject in rows(scene) if rule == rule_id), "")
    return scene.view.armed.rule_menu(rule_id, subject)


def test_that_a_shipped_rule_is_put_back_only_where_more_than_a_snooze_was_changed(
    opened: Open, qtbot: QtBot
) -> None:
    scene = opened()
    begin_by_key(scene, qtbot)
    back = "Restore the default"
    choose(scene, "layer-wide", "Snooze the rule for an hour")
    assert "End the snooze" in offered(scene, "layer-wide")
    assert back not in offered(scene, "layer-wide")
    choose(scene, "layer-wide", "End the snooze")
    assert back not in offered(scene, "layer-wide")
    choose(scene, "layer-wide", "Pause the rule")
    assert back in offered(scene, "layer-wide")
    choose(scene, "layer-wide", "Resume the rule")
    assert back not in offered(scene, "layer-wide")


def test_that_the_menu_of_a_rule_says_when_snoozes_end_and_knows_when_one_is_over(
    opened: Open, qtbot: QtBot
) -> None:
    scene = opened()
    begin_by_key(scene, qtbot)
    now = scene.rig.clock.now()
    clock = (now + timedelta(hours=1)).astimezone(ZoneInfo("America/New_York"))
    assert f"Snooze the rule for an hour\t{clock:%H:%M} ET" in offered(scene, "oracle")
    choose(scene, "oracle", "Snooze the rule for an hour")
    assert "End the snooze" in offered(scene, "oracle")
    scene.window.apply(ClockTicked(now + timedelta(hours=2), (), replay=False))
    scene.rig.engine.alerts.tell_rows()
    scene.pump()
    assert "End the snooze" not in offered(scene, "oracle")


def step(scene: RulesScene, keys: str) -> None:
    QTest.keySequence(scene.window, keys)
    scene.pump()


def test_that_pauses_and_snoozes_of_rules_are_undone_and_done_again_by_key(
    opened: Open, qtbot: QtBot
) -> None:
    scene = opened()
    begin_by_key(scene, qtbot)
    view, before = scene.view, scene.rig.engine.alerting.rules
    choose(scene, "oracle", "Snooze the rule for an hour")
    snoozed = rule_of(scene, "oracle").snoozed_until
    choose(scene, "oracle", "Pause the rule")
    QTest.mouseClick(view.armed.all, LEFT)
    scene.pump()
    assert not any(rule.enabled for rule in scene.rig.engine.alerting.rules)
    step(scene, "Ctrl+Z")
    on = {rule.id for rule in scene.rig.engine.alerting.rules if rule.enabled}
    assert on == {rule.id for rule in before if rule.enabled} - {"oracle"}
    view.edit("oracle")
    view.editor.form.own.threshold.lineEdit().selectAll()
    QTest.keyClicks(view.editor.form.own.threshold, "-7")
    QTest.mouseClick(view.editor.form.save, LEFT)
    scene.pump()
    assert rule_of(scene, "oracle").threshold == 7.0
    step(scene, "Ctrl+Z")
    oracle = rule_of(scene, "oracle")
    assert (oracle.enabled, oracle.snoozed_until, oracle.threshold) == (False, snoozed, 4.0)
    step(scene, "Ctrl+Z")
    oracle = rule_of(scene, "oracle")
    assert (oracle.enabled, oracle.snoozed_until, oracle.threshold) == (True, snoozed, 4.0)
    step(scene, "Ctrl+Z")
    assert rule_of(scene, "oracle").snoozed_until is None
    stack = scene.window.lists.controller.stack
    assert (stack.canUndo(), stack.redoText()) == (False, "Snooze a rule")
    scene.window.change_look({"language": Language.KOREAN})
    assert stack.redoText() == "규칙 미루기"
    scene.window.change_look({"language": Language.ENGLISH})
    scene.window.views.show_view(ViewChoice.LIST)
    step(scene, "Ctrl+Y")  # as on Windows
    assert rule_of(scene, "oracle").snoozed_until == snoozed
    assert scene.window.views.view is ViewChoice.RULES  # where it is seen
    assert "# not less" in scene.file.read_text("utf-8")


def save_threshold(scene: RulesScene, rule_id: str, typed: str) -> None:
    scene.view.edit(rule_id)
    scene.view.editor.form.own.threshold.lineEdit().selectAll()
    QTest.keyClicks(scene.view.editor.form.own.threshold, typed)
    QTest.mouseClick(scene.view.editor.form.save, LEFT)
    scene.pump()


def test_that_a_saved_change_of_a_rule_that_ships_is_undone_and_done_again_by_key(
    opened: Open, qtbot: QtBot
) -> None:
    scene = opened()
    begin_by_key(scene, qtbot)
    stack = scene.window.lists.controller.stack
    shipped = rule_of(scene, "layer-wide")
    save_threshold(scene, "layer-wide", "3")
    assert (rule_of(scene, "layer-wide").threshold, stack.undoText()) == (3.0, "Change a rule")
    assert "layer-wide" in scene.view.edits.own
    step(scene, "Ctrl+Z")
    assert rule_of(scene, "layer-wide").threshold == shipped.threshold
    assert scene.view.editor.form.rule().threshold == shipped.threshold  # the editor shows it, too
    assert "layer-wide" not in scene.view.edits.own
    step(scene, "Ctrl+Shift+Z")
    assert rule_of(scene, "layer-wide").threshold == 3.0


def test_that_a_change_that_the_file_refuses_is_no_step(opened: Open, qtbot: QtBot) -> None:
    scene = opened()
    begin_by_key(scene, qtbot)
    scene.file.write_text(OWN + "[[", encoding="utf-8")
    save_threshold(scene, "oracle", "-7")
    assert not scene.window.lists.controller.stack.canUndo()


def test_that_saving_says_whether_the_rule_will_be_on(opened: Open, qtbot: QtBot) -> None:
    scene = opened()
    begin_by_key(scene, qtbot)
    form = scene.view.editor.form
    scene.view.edit("oracle")
    assert form.save.text() == "Save and arm"
    QTest.mouseClick(form.enabled, LEFT)
    assert form.save.text() == "Save paused"
    QTest.mouseClick(form.save, LEFT)
    scene.pump()
    assert not rule_of(scene, "oracle").enabled
    scene.view.edit("layer-wide")
    assert form.save.text() == "Save and arm"


def test_that_a_replay_says_which_rules_stay_in_it(opened: Open, qtbot: QtBot) -> None:
    scene = opened()
    begin_by_key(scene, qtbot)
    assert "replay" not in scene.view.editor.form.hint.text()
    day = datetime(2025, 7, 22, 14, tzinfo=UTC)
    scene.window.apply(ClockTicked(now=day, markets=(), replay=True))
    form = scene.view.editor.form
    scene.view.edit("oracle")
    assert "hold in this replay only" in form.hint.text()
    scene.window.grab()  # lays the new form out
    edges = [part.mapTo(form, part.rect().topRight()).x() for part in (form.hint, form.sentence)]
    assert edges[0] <= edges[1], "its lines end no later than the box below"
    assert form.save.text() == "Save and arm"
    scene.view.new_rule(for_price("NVDA", 165.0, 167.0, scene.rig.engine.parts.ecosystem))
    assert form.save.text() == "Save for this replay"
    assert form.today() == day.date()


def test_that_a_pause_that_the_file_refuses_is_no_step(opened: Open, qtbot: QtBot) -> None:
    scene = opened()
    begin_by_key(scene, qtbot)
    stack = scene.window.lists.controller.stack
    scene.file.write_text(OWN + "[[", encoding="utf-8")
    choose(scene, "oracle", "Pause the rule")
    qtbot.waitUntil(lambda: not stack.canUndo(), timeout=1000)
    assert "rules.toml" in scene.view.armed.said
    scene.file.write_text(OWN, encoding="utf-8")
    step(scene, "Ctrl+Shift+Z")
    assert not rule_of(scene, "oracle").enabled
    scene.file.write_text(OWN + "[[", encoding="utf-8")
    step(scene, "Ctrl+Z")
    qtbot.waitUntil(stack.canUndo, timeout=1000)  # it is paused as before


def edit_elsewhere(scene: RulesScene, old: str, new: str) -> None:
    """Change the file in an editor; the window has not looked yet."""
    text = scene.file.read_text("utf-8")
    assert old in text
    scene.file.write_text(text.replace(old, new), encoding="utf-8")


def test_that_what_was_changed_elsewhere_stays_when_a_pause_is_made_and_undone(
    opened: Open, qtbot: QtBot
) -> None:
    scene = opened()
    begin_by_key(scene, qtbot)
    edit_elsewhere(scene, "threshold = 4", "threshold = 5")
    choose(scene, "oracle", "Pause the rule")
    assert (rule_of(scene, "oracle").threshold, rule_of(scene, "oracle").enabled) == (5.0, False)
    edit_elsewhere(scene, "threshold = 5", "threshold = 6")
    step(scene, "Ctrl+Z")
    assert (rule_of(scene, "oracle").threshold, rule_of(scene, "oracle").enabled) == (6.0, True)


def test_that_a_snooze_that_was_changed_elsewhere_is_not_undone_and_that_is_said(
    opened: Open, qtbot: QtBot
) -> None:
    scene = opened()
    begin_by_key(scene, qtbot)
    stack = scene.window.lists.controller.stack
    choose(scene, "oracle", "Pause the rule")
    choose(scene, "oracle", "Snooze the rule for an hour")
    snoozed = rule_of(scene, "oracle").snoozed_until
    assert snoozed is not None
    later = replace(rule_of(scene, "oracle"), snoozed_until=snoozed.replace(year=2030))
    scene.rig.runtime.save_rules((later,))
    scene.pump()
    step(scene, "Ctrl+Z")
    assert rule_of(scene, "oracle") == later
    said = "rule oracle: changed or deleted elsewhere meanwhile; it stays so"
    assert scene.view.armed.said == said
    step(scene, "Ctrl+Z")  # the step before it can be undone all the same
    assert rule_of(scene, "oracle") == replace(later, enabled=True)
    assert not stack.canUndo()


def test_that_edits_of_a_rule_that_was_changed_elsewhere_join_it_or_ask_once_more(
    opened: Open, qtbot: QtBot
) -> None:
    scene = opened()
    begin_by_key(scene, qtbot)
    form = scene.view.editor.form
    scene.view.edit("oracle")
    form.name.selectAll()
    QTest.keyClicks(form.name, "Larry")
    edit_elsewhere(scene, "threshold = 4", "threshold = 5")
    QTest.mouseClick(form.save, LEFT)
    scene.pump()
    assert (rule_of(scene, "oracle").name_en, rule_of(scene, "oracle").threshold) == ("Larry", 5.0)
    assert form.rule().threshold == 5.0

    form.own.threshold.lineEdit().selectAll()
    QTest.keyClicks(form.own.threshold, "-7")
    edit_elsewhere(scene, "threshold = 5", "threshold = 6")
    QTest.mouseClick(form.save, LEFT)
    scene.pump()
    assert rule_of(scene, "oracle").threshold == 6.0
    assert form.answer.text().endswith("it stays so. Saved once more, it is what the editor shows")
    assert form.rule().threshold == 7.0
    QTest.mouseClick(form.save, LEFT)
    scene.pump()
    assert rule_of(scene, "oracle").threshold == 7.0


def test_that_a_price_that_was_changed_since_its_line_was_dragged_stays(opened: Open, qtbot: QtBot) -> None:
    scene = opened()
    scene.rig.runtime.save_rules((replace(for_price_of(scene), id="level"),))
    scene.rig.refresh()
    scene.pump()
    window = scene.window
    window.following.open("NVDA")
    window.detail.chart.alert_moved.emit("level", 120.0)
    scene.pump()
    assert rule_of(scene, "level").threshold == 120.0
    scene.rig.runtime.save_rules((replace(rule_of(scene, "level"), threshold=125.0),))
    scene.pump()
    with qtbot.waitSignal(window.detail.chart.failed) as failed:
        window.lists.controller.stack.undo()
        scene.pump()
    assert failed.args == ["rule level: changed or deleted elsewhere meanwhile; it stays so"]
    assert rule_of(scene, "level").threshold == 125.0


def for_price_of(scene: RulesScene) -> Rule:
    return for_price("NVDA", 110.0, 99.0, scene.rig.engine.parts.ecosystem)


def test_that_a_rule_that_is_there_again_is_not_replaced_by_the_deleted_one(
    opened: Open, qtbot: QtBot
) -> None:
    scene = opened()
    begin_by_key(scene, qtbot)
    scene.view.armed.delete_wanted.emit("oracle")
    scene.pump()
    scene.file.write_text(OWN.replace("threshold = 4", "threshold = 9"), encoding="utf-8")
    QTest.mouseClick(scene.view.armed.undo, LEFT)
    scene.pump()
    assert "there is a rule 'oracle' again; the deleted one was not put back" in scene.view.armed.said
    scene.rig.engine.tick()
    assert "threshold = 9" in scene.file.read_text("utf-8")


def test_that_a_changed_rule_that_ships_is_put_back_as_it_came_and_changed_again(
    opened: Open, qtbot: QtBot
) -> None:
    scene = opened()
    begin_by_key(scene, qtbot)
    shipped = rule_of(scene, "layer-wide")
    choose(scene, "layer-wide", "Pause the rule")
    paused = rule_of(scene, "layer-wide")
    choose(scene, "layer-wide", "Restore the default")
    assert replace(rule_of(scene, "layer-wide"), version=shipped.version) == shipped
    assert scene.view.armed.said == f"{shipped.name_en} is back to its default"
    QTest.mouseClick(scene.view.armed.undo, LEFT)
    scene.pump()
    assert replace(rule_of(scene, "layer-wide"), version=paused.version) == paused
    assert scene.view.armed.said == ""


def ask_of_a_popup(scene: RulesScene) -> None:
    (card,) = scene.window.toasts.cards
    assert isinstance(card, ToastCard)
    card.fill_menu()
    card.menu.actions()[-1].trigger()


def ask_of_the_popup_of_a_storm(scene: RulesScene) -> None:
    (card,) = scene.window.toasts.cards
    assert isinstance(card, BreakerCard)
    QTest.mouseClick(card.open_button, LEFT)


def ask_of_the_alerts(scene: RulesScene) -> None:
    menu = scene.window.inbox.row_menu(alerts.KLAC_ALERT.id)
    next(action for action in menu.actions() if action.text() == "Edit the rule").trigger()


def ask_of_the_chart(scene: RulesScene) -> None:
    scene.window.detail.chart.rule_wanted.emit("oracle", "ORCL")


@pytest.mark.parametrize(
    ("ask", "held"),
    [
        (ask_of_a_popup, None),
        (ask_of_the_popup_of_a_storm, BREAKER),
        (ask_of_the_alerts, None),
        (ask_of_the_chart, None),
    ],
)
def test_that_the_rule_of_an_alert_opens_in_the_editor_wherever_it_is_asked_for(
    opened: Open, qtbot: QtBot, ask: Callable[[RulesScene], None], held: str | None
) -> None:
    scene = opened()
    alert = replace(alerts.KLAC_ALERT, rule_id="oracle", subject="ORCL", suppressed_by=held)
    scene.window.apply(alerts.raised(alert, popup=held is None))
    with qtbot.waitActive(scene.window):
        scene.window.activateWindow()
    ask(scene)
    scene.pump()
    assert scene.window.views.view is ViewChoice.RULES
    assert (scene.view.edits.shown, scene.view.armed.view.key()) == ("oracle", ("oracle", "ORCL"))
    assert scene.view.editor.form.name.text() == "Oracle falls"
    assert scene.view.editor.form.name.hasFocus()


def test_that_the_row_of_the_subject_of_the_alert_is_the_current_one(opened: Open) -> None:
    scene = opened()
    scene.window.open_rule("sharp-move-with-news", "ORCL")
    scene.pump()
    assert scene.view.armed.view.key() == ("sharp-move-with-news", "ORCL")
    scene.window.open_rule("sharp-move-with-news", "NVDA")
    assert scene.view.armed.view.key() == ("sharp-move-with-news", "NVDA")


def test_that_a_rule_that_was_deleted_since_its_alert_is_said_to_be(opened: Open) -> None:
    scene = opened()
    scene.window.open_rule("gone", "ORCL")
    scene.pump()
    assert scene.view.armed.said == "That rule was deleted"


def test_that_the_figures_of_another_rule_are_gone_while_a_preview_is_computed(
    opened: Open, qtbot: QtBot
) -> None:
    scene = opened()
    begin_by_key(scene, qtbot)
    view = scene.view
    qtbot.waitUntil(scene.until(lambda: view.editor.noise.preview is not None), timeout=3000)
    view.editor.form.own.threshold.setValue(-2.0)
    assert view.editor.noise.state == "computing\u2026"
    assert view.editor.noise.preview is not None  # the same rule: its last figures stay, grey
    view.edit("oracle")
    assert view.editor.noise.state == "computing\u2026"
    assert view.editor.noise.preview is None
    assert set(view.editor.noise.figures) == {"\u2013"}


def test_that_a_begun_rule_that_gave_way_can_be_gone_on_with(opened: Open, qtbot: QtBot) -> None:
    scene = opened()
    begin_by_key(scene, qtbot)
    view = scene.view
    view.new_for("ORCL")  # nothing was changed, nothing is lost
    assert not view.edits.left
    view.editor.form.name.selectAll()
    QTest.keyClicks(view.editor.form.name, "Mine")
    view.new_for("NVDA")
    assert view.editor.form.rule().subject == "NVDA"
    assert view.armed.said == "A new rule was begun and is not saved"
    QTest.mouseClick(view.armed.undo, LEFT)
    assert (view.editor.form.rule().name_en, view.editor.form.rule().subject) == ("Mine", "ORCL")
    assert (view.armed.said, view.head.tag) == ("", "new, not saved")
    view.edit("oracle")  # a look at another rule does not lose it either
    assert view.edits.left
    QTest.mouseClick(view.armed.undo, LEFT)
    assert view.editor.form.rule().name_en == "Mine"
    scene.pump()


def test_that_each_of_several_begun_rules_can_be_gone_on_with(opened: Open, qtbot: QtBot) -> None:
    scene = opened()
    begin_by_key(scene, qtbot)
    view = scene.view
    for name in ("First", "Second", "Third"):
        view.new_for("ORCL")
        view.editor.form.name.selectAll()
        QTest.keyClicks(view.editor.form.name, name)
    view.new_for("NVDA")
    assert view.armed.said == "3 new rules were begun and are not saved"
    found = []
    for _ in range(4):
        QTest.mouseClick(view.armed.undo, LEFT)
        found.append(view.editor.form.rule().name_en)
    assert found == ["Third", "Second", "First", "Third"]
    view.save()
    scene.pump()
    assert view.armed.said == "2 new rules were begun and are not saved"
    QTest.mouseClick(view.armed.undo, LEFT)
    assert view.editor.form.rule().name_en == "Second"
    assert view.armed.said == "A new rule was begun and is not saved"
    scene.window.header.ui_changed.emit({"language": Language.KOREAN})
    assert view.armed.said == "작성하던 새 규칙이 저장되지 않음"


def quit_and_open(opened: Open, scene: RulesScene) -> RulesScene:
    """End the program, and start it again on the same folder with the rules shown."""
    scene.window.close()
    scene.rig.store.close()
    again = opened(kept=True)
    again.window.views.show_view(ViewChoice.RULES)
    again.pump()
    return again


def test_that_a_rule_that_was_begun_is_there_again_after_the_program_was_quit(
    opened: Open, qtbot: QtBot
) -> None:
    scene = opened(kept=True)
    begin_by_key(scene, qtbot, "Mine")
    scene.view.editor.form.own.threshold.setValue(7.5)
    begun = scene.view.editor.form.rule()
    again = quit_and_open(opened, scene)
    assert again.view.editor.form.rule() == begun
    assert (again.view.head.tag, again.view.armed.said) == ("new, not saved", "")
    QTest.mouseClick(again.view.editor.form.cancel, LEFT)
    again.pump()
    assert not again.view.edits.is_edited
    once_more = quit_and_open(opened, again)
    assert once_more.view.head.tag == "", "what was discarded does not come again"
    assert "Mine" not in once_more.file.read_text(encoding="utf-8")


def test_that_edits_of_a_saved_rule_outlive_a_quit_and_join_what_was_changed_meanwhile(opened: Open) -> None:
    scene = opened(kept=True)
    scene.window.views.show_view(ViewChoice.RULES)
    scene.pump()
    scene.view.new_for("NVDA")
    scene.view.editor.form.name.selectAll()
    QTest.keyClicks(scene.view.editor.form.name, "Mine")
    scene.view.edit("oracle")
    scene.view.editor.form.own.threshold.setValue(-7.5)
    text = scene.file.read_text(encoding="utf-8")
    scene.window.close()
    scene.file.write_text(
        text.replace('subject = "ORCL"', 'subject = "ORCL"\nnote = "by hand"'), encoding="utf-8"
    )
    again = quit_and_open(opened, scene)
    view = again.view
    assert (view.editor.form.rule().id, view.editor.form.rule().threshold, view.head.tag) == (
        "oracle",
        7.5,
        "edited, not saved",
    )
    assert view.armed.said == "A new rule was begun and is not saved"
    view.save()
    again.pump()
    saved = view.edits.rules["oracle"]
    assert (saved.threshold, saved.note) == (7.5, "by hand")
    QTest.mouseClick(view.armed.undo, LEFT)
    assert view.editor.form.rule().name_en == "Mine"


def test_that_edits_of_a_rule_that_was_deleted_meanwhile_are_a_new_rule(opened: Open) -> None:
    scene = opened(kept=True)
    scene.window.views.show_view(ViewChoice.RULES)
    scene.pump()
    scene.view.edit("oracle")
    scene.view.editor.form.own.threshold.setValue(-7.5)
    scene.window.close()
    scene.file.write_text("version = 1\n", encoding="utf-8")
    again = quit_and_open(opened, scene)
    assert again.view.head.tag == "new, not saved"
    assert (again.view.editor.form.rule().name_en, again.view.editor.form.rule().threshold) == (
        "Oracle falls",
        7.5,
    )


def test_that_a_kept_rule_that_no_field_can_hold_is_left_out(opened: Open, tmp_path: Path) -> None:
    kept = draft(RuleKind.PERCENT_MOVE, SubjectKind.SYMBOL, "NVDA", BilingualName("a", "b"), Direction.UP)
    SettingsStore(tmp_path, write_own).save(
        UiSettings(unsaved_rules=(UnsavedRule(rule=replace(kept, minutes=10**12)), UnsavedRule(rule=kept)))
    )
    scene = opened(kept=True)
    scene.window.views.show_view(ViewChoice.RULES)
    scene.pump()
    assert (scene.view.editor.form.rule(), scene.view.edits.left) == (kept, 0)


def test_that_unsaved_rules_about_a_price_stay_in_the_live_window_and_in_the_replay(opened: Open) -> None:
    ecosystem = opened().rig.engine.parts.ecosystem
    live, past = (for_price("NVDA", price, None, ecosystem) for price in (250.0, 165.0))
    other = draft(RuleKind.PERCENT_MOVE, SubjectKind.SYMBOL, "NVDA", BilingualName("a", "b"), Direction.UP)
    left = (UnsavedRule(rule=live), UnsavedRule(rule=other))
    edits = RuleEdits()
    edits.restore(left, replay=True)
    edits.take(RulesChanged((), frozenset(), frozenset()))
    assert edits.current() == other
    assert edits.unsaved == left
    edits.begin(past)
    edits.edit(replace(past, note="mine"))
    assert edits.unsaved == left
    edits = RuleEdits()
    edits.restore(left)
    edits.take(RulesChanged((), frozenset(), frozenset()))
    assert set(edits.unsaved) == set(left)


def test_that_what_is_asked_for_first_after_a_start_is_shown_and_the_kept_rule_can_be_gone_on_with(
    opened: Open, qtbot: QtBot
) -> None:
    scene = opened(kept=True)
    begin_by_key(scene, qtbot, "Mine")
    scene.window.close()
    scene.rig.store.close()
    again = opened(kept=True)
    again.window.open_rule("oracle", "ORCL")
    again.pump()
    assert again.view.editor.form.rule().id == "oracle"
    assert again.view.armed.said == "A new rule was begun and is not saved"
    QTest.mouseClick(again.view.armed.undo, LEFT)
    assert again.view.editor.form.rule().name_en == "Mine"


def test_that_the_price_of_a_rule_can_be_far_below_a_cent(opened: Open, qtbot: QtBot) -> None:
    scene = opened()
    begin_by_key(scene, qtbot)
    form = scene.view.editor.form
    form.own.kind.choose(RuleKind.PRICE_LEVEL)
    form.own.threshold.lineEdit().selectAll()
    QTest.keyClicks(form.own.threshold, "0.0000312")
    QTest.keyClick(form.own.threshold, Qt.Key.Key_Tab)
    assert form.own.threshold.text() == "0.0000312"
    assert form.own.condition().threshold == 0.0000312
    assert "0.0000312" in form.sentence.text
    noise = scene.view.editor.noise
    qtbot.waitUntil(scene.until(lambda: noise.preview is not None), timeout=3000)
    assert noise.preview is not None
    prices = [each.rule.threshold for each in noise.preview.others if each.rule.kind is RuleKind.PRICE_LEVEL]
    assert prices == [0.000030888, 0.0000312, 0.000031512]


def test_that_a_layer_is_compared_only_where_it_moves_as_a_whole(opened: Open, qtbot: QtBot) -> None:
    scene = opened()
    begin_by_key(scene, qtbot)
    view = scene.view
    view.edit("layer-wide")

    def previewed(threshold: str) -> bool:
        preview = view.editor.noise.preview
        return preview is not None and preview.count.rule.threshold == float(threshold)

    typed = (("2.5", (2.0, 2.5, 3.5)), ("2", (2.0, 3.0)), ("3", (2.0, 3.0, 4.0)), ("1", (2.0, 3.0)))
    for threshold, offered in typed:
        view.editor.form.own.threshold.lineEdit().selectAll()
        QTest.keyClicks(view.editor.form.own.threshold, threshold)
        QTest.keyClick(view.editor.form.own.threshold, Qt.Key.Key_Tab)
        qtbot.waitUntil(scene.until(partial(previewed, threshold)), timeout=3000)
        words = [row[0] for row in view.editor.noise.others.texts]
        layers = [f"Layer-wide move beyond \u00b1{beyond} SAR" for beyond in offered]
        assert words == [*layers, "Percent move beyond \u00b15.0\u202f%"]


def test_that_a_long_number_is_seen_whole(opened: Open, qtbot: QtBot) -> None:
    scene = opened()
    scene.window.change_look({"text_px": MOST_TEXT})
    scene.window.resize(880, 600)
    begin_by_key(scene, qtbot)
    form = scene.view.editor.form
    form.own.kind.choose(RuleKind.PRICE_LEVEL)
    field = form.own.threshold
    for number in ("7", "1,234,567.89", "158,765,432"):
        field.lineEdit().selectAll()
        QTest.keyClicks(field, number)
        QApplication.processEvents()
        line = field.lineEdit()
        assert line.text() == number
        edges = line.cursorRect().width() + line.textMargins().left() + line.textMargins().right()
        assert line.fontMetrics().horizontalAdvance(line.text()) + edges <= line.width()
        unit = form.own._unit
        assert unit.text() == "USD"
        assert unit.mapTo(form.page.viewport(), unit.rect().topRight()).x() < form.page.viewport().width()


def test_that_a_new_rule_begins_at_its_threshold_where_a_number_and_enter_are_enough(
    opened: Open, qtbot: QtBot
) -> None:
    scene = opened()
    begin_by_key(scene, qtbot)
    threshold = scene.view.editor.form.own.threshold
    qtbot.waitUntil(threshold.hasFocus, timeout=1000)
    QTest.keyClicks(threshold, "2.5")  # the direction says which way
    assert scene.view.editor.form.sentence.text.startswith("NVIDIA falls 2.5 standard errors")
    QTest.keyClick(threshold, Qt.Key.Key_Return)
    scene.pump()
    assert threshold.text() == "\u22122.5"
    saved = scene.rig.engine.alerting.rules[-1]
    assert (saved.subject, saved.direction, saved.threshold) == ("NVDA", Direction.DOWN, 2.5)


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)  # the list of names pops up
def test_that_a_rule_that_cannot_be_saved_says_why_beside_the_field(opened: Open, qtbot: QtBot) -> None:
    scene = opened()
    begin_by_key(scene, qtbot)
    form = scene.view.editor.form
    form.own.threshold.lineEdit().selectAll()
    QTest.keyClicks(form.own.threshold, "0")
    assert form.rows["when"].fault == "It falls below a number under 0, such as \u22123.0"
    assert not form.save.isEnabled()
    assert scene.view.editor.noise._state.text() == "waits for a complete rule"
    assert "falls 0 " in form.sentence.text
    form.own.threshold.lineEdit().selectAll()
    QTest.keyClicks(form.own.threshold, "-3")
    assert scene.view.editor.noise._state.text() == "computing\u2026"
    assert form.rows["when"].fault == ""
    form.subject.lineEdit().selectAll()
    QTest.keyClicks(form.subject, "NVDX")
    assert form.rows["subject"].fault == "Symbol 'NVDX' is not known"
    form.subject.lineEdit().selectAll()
    QTest.keyClicks(form.subject, "orcl")
    QTest.keyClick(form.subject, Qt.Key.Key_Return)
    assert form.rule().subject == "ORCL"
    form.name.selectAll()
    QTest.keyClick(form.name, Qt.Key.Key_Delete)
    assert form.rows["name"].fault == "No name; expected a few words"
    assert scene.file.read_text("utf-8") == OWN


def test_that_a_rule_about_one_list_by_its_id_stays_about_that_when_something_else_is_changed(
    opened: Open, tmp_path: Path
) -> None:
    fall = OWN.replace(
        'subject_kind = "symbol"\nsubject = "ORCL"', 'subject_kind = "watchlist"\nsubject = "{0}"'
    )
    (tmp_path / "rules.toml").write_text(fall.replace("{0}", "ai-ecosystem"), encoding="utf-8")
    scene = opened(history=False)
    scene.window.open_rule("oracle", "")
    scene.pump()
    form = scene.view.editor.form
    form.name.setText("Any falls")
    form.name.textEdited.emit("Any falls")
    form.save.click()
    scene.pump()
    parts = scene.rig.engine.parts
    (saved,) = load_rules(scene.file, parts.ecosystem, parts.watchlist)
    assert (saved.name_en, saved.subject_kind, saved.subject) == (
        "Any falls",
        SubjectKind.WATCHLIST,
        "ai-ecosystem",
    )


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        ("layer", "Layer 'chips_of_another' is not in the list that is shown"),
        ("watchlist", "Watchlist 'chips_of_another' is not the list that is shown"),
    ],
)
def test_that_a_rule_about_what_another_list_has_says_so_in_the_editor_and_can_be_changed(
    opened: Open, qtbot: QtBot, tmp_path: Path, kind: str, said: str
) -> None:
    own = OWN.replace('"symbol"', f'"{kind}"').replace('"ORCL"', '"chips_of_another"')
    (tmp_path / "rules.toml").write_text(own, encoding="utf-8")
    scene = opened(history=False)
    scene.window.open_rule("oracle", "")
    scene.pump()
    form = scene.view.editor.form
    row = rows(scene)["oracle", "chips_of_another"]
    assert (row.subject, row.what) == ("chips_of_another", {"watchlist": "list"}.get(kind, kind))
    form.manner.note.setText("later")
    form.manner.note.textEdited.emit("later")
    assert form.rows["subject"].fault == said
    qtbot.waitUntil(scene.until(lambda: scene.view.editor.noise.reason != ""), timeout=3000)
    QTest.keyClick(form.manner.note, Qt.Key.Key_Return)
    scene.pump()
    parts = scene.rig.engine.parts
    (saved,) = load_rules(scene.file, parts.ecosystem, parts.watchlist)
    assert (saved.subject_kind, saved.subject) == (SubjectKind(kind), "chips_of_another")
    assert saved.note == "later"
    form.name.clear()
    form.name.textEdited.emit("")
    assert not form.save.isEnabled()


def test_that_a_layer_that_a_rule_about_layers_looks_at_stays_when_something_else_is_changed(
    opened: Open, tmp_path: Path
) -> None:
    own = OWN.replace('"symbol"', '"layer"').replace('"ORCL"', '"*"').replace("percent-move", "layer-move")
    own = own.replace("threshold", 'about = "memory"\nthreshold')
    (tmp_path / "rules.toml").write_text(own, encoding="utf-8")
    scene = opened(history=False)
    scene.window.open_rule("oracle", "")
    scene.pump()
    form = scene.view.editor.form
    assert form.own.about.isVisibleTo(form)
    form.manner.note.setText("later")
    form.manner.note.textEdited.emit("later")
    form.save.click()
    scene.pump()
    parts = scene.rig.engine.parts
    (saved,) = load_rules(scene.file, parts.ecosystem, parts.watchlist)
    assert (saved.note, saved.subject, saved.about) == ("later", "*", "memory")


def test_that_what_is_wrong_is_said_in_the_words_of_the_editor(opened: Open, qtbot: QtBot) -> None:
    scene = opened(history=False)
    begin_by_key(scene, qtbot)
    form = scene.view.editor.form
    form.manner.again.setChecked(True)
    form.joined.add_usual()
    form.join._group.button(1).click()
    assert (
        form.manner.rows["repeat"].fault == "\u201cAgain every\u201d does not go with \u201cAny of them\u201d"
    )
    (joined,) = form.joined.editors
    for kind, said in (
        (RuleKind.LAYER_MOVE, "Choose which layer"),
        (RuleKind.ENTITY_SHOCK, "Choose which private company or project"),
    ):
        joined.kind.setCurrentIndex(joined.kind._values.index(kind))
        assert form.joined.rows[0].fault == said
    joined.kind.setCurrentIndex(joined.kind._values.index(RuleKind.PERCENT_MOVE))
    joined.since.setCurrentIndex(joined.since._values.index(Since.MINUTES))
    joined.minutes.setValue(0)
    assert form.joined.rows[0].fault == "Say in how many minutes"
    form.subject.lineEdit().clear()
    form.subject.typed.emit()
    assert form.rows["subject"].fault == "Choose whom the rule watches"
    form.subject.setCurrentIndex(form.subject._values.index((SubjectKind.LAYER, "*")))
    form.own.kind.setCurrentIndex(form.own.kind._values.index(RuleKind.LAYER_MOVE))
    joined.minutes.setValue(10)
    assert form.joined.rows[0].fault == "This condition is about a share, and the rule is not"


def test_that_a_rule_whose_last_day_is_over_says_so_and_can_be_kept(opened: Open, qtbot: QtBot) -> None:
    scene = opened(history=False)
    begin_by_key(scene, qtbot)
    form = scene.view.editor.form
    form.manner.until.setCurrentIndex(form.manner.until.count() - 1)
    form.manner.day.setDate(form.manner.day.date().addDays(-1))
    assert form.manner.rows["until"].fault == "That day is over: it will not fire"
    assert form.save.isEnabled()
    form.manner.day.setDate(form.manner.day.date().addDays(1))
    assert form.manner.rows["until"].fault == ""


def test_that_a_rule_for_today_is_of_the_day_on_which_it_is_made_however_long_the_window_is_open(
    opened: Open, qtbot: QtBot
) -> None:
    scene = opened(history=False)
    begin_by_key(scene, qtbot)
    form = scene.view.editor.form
    until = form.manner.until
    for later in (0, 3):
        scene.window.apply(ClockTicked(now=TUESDAY + timedelta(days=later), markets=()))
        until.setCurrentIndex(until.findText("No end date"))
        until.setCurrentIndex(until.findText("End of today"))
        assert form.rule().expires == TUESDAY.date() + timedelta(days=later)
    form.save.click()
    scene.pump()
    scene.window.apply(ClockTicked(now=TUESDAY + timedelta(days=4), markets=()))
    form.manner.note.textEdited.emit("")
    assert form.rule().expires == TUESDAY.date() + timedelta(days=3)  # nobody chose another
    assert form.manner.rows["until"].fault == "That day is over: it will not fire"


@pytest.mark.skipif(not hasattr(time, "tzset"), reason="a program on Windows keeps the zone it began in")
@pytest.mark.parametrize(
    ("zone", "now", "day"),
    [
        # Half past nine in the morning there, and half past nine in the evening of the day before.
        ("Asia/Seoul", datetime(2026, 3, 11, 0, 30, tzinfo=UTC), date(2026, 3, 11)),
        ("America/Los_Angeles", datetime(2026, 3, 11, 4, 30, tzinfo=UTC), date(2026, 3, 11)),
    ],
)
def test_that_a_rule_for_today_sees_the_sessions_that_are_still_to_come(
    opened: Open, monkeypatch: pytest.MonkeyPatch, zone: str, now: datetime, day: date
) -> None:
    scene = opened(history=False)
    scene.window.open_rule("oracle", "")
    scene.pump()
    with monkeypatch.context() as patch:
        patch.setenv("TZ", zone)
        time.tzset()
        try:
            scene.window.apply(ClockTicked(now=now, markets=()))
            until = scene.view.editor.form.manner.until
            until.setCurrentIndex(until.findText("End of today"))
            assert scene.view.editor.form.rule().expires == day
        finally:
            patch.undo()
            time.tzset()


def test_that_stories_are_counted_in_whole_ones_and_words_are_parted_by_any_comma(
    opened: Open, qtbot: QtBot
) -> None:
    scene = opened(history=False)
    begin_by_key(scene, qtbot)
    form = scene.view.editor.form
    form.own.kind.setCurrentIndex(form.own.kind._values.index(RuleKind.STORY))
    form.own.threshold.lineEdit().selectAll()
    QTest.keyClicks(form.own.threshold, "1.5")
    QTest.keyClick(form.own.threshold, Qt.Key.Key_Tab)
    assert (form.rule().threshold, form.own.threshold.text()) == (2.0, "2")
    form.own.words.insert("chips\uff0c lease\u3001Stargate")
    assert form.rule().words == ("chips", "lease", "Stargate")
    form.own.kind.setCurrentIndex(form.own.kind._values.index(RuleKind.PERCENT_MOVE))
    form.own.threshold.setValue(2.25)
    assert form.rule().threshold == 2.25


def test_that_a_file_broken_by_hand_is_told_kept_and_taken_in_once_mended(opened: Open, qtbot: QtBot) -> None:
    scene = opened()
    begin_by_key(scene, qtbot)
    broken = OWN.replace("threshold = 4", "threshold = four")
    scene.file.write_text(broken, encoding="utf-8")
    scene.rig.runtime.watch_rules(shown=True)
    scene.pump()
    assert str(scene.file) in scene.window.notice.text
    assert "line 12" in scene.window.notice.text
    assert "oracle" in scene.view.edits.rules
    QTest.mouseClick(scene.view.editor.form.save, LEFT)
    scene.pump()
    assert "rules.toml" in scene.view.editor.form.answer.text()
    assert scene.file.read_text("utf-8") == broken
    scene.file.write_text(OWN.replace("threshold = 4", "threshold = 6"), encoding="utf-8")
    scene.rig.runtime.watch_rules(shown=True)
    scene.pump()
    oracle = scene.view.edits.rules["oracle"]
    assert (oracle.threshold, oracle.version) == (6, 2)


def test_that_a_preview_that_was_refused_comes_once_there_are_prices(opened: Open, qtbot: QtBot) -> None:
    scene = opened(history=False)
    begin_by_key(scene, qtbot)
    noise, rig = scene.view.editor.noise, scene.rig
    qtbot.waitUntil(scene.until(lambda: noise.reason != ""), timeout=3000)
    for symbol in ("QQQ", "NVDA"):
        rig.market.history[symbol] = year_of(1).bars
    rig.runtime.bars.fetch_all(rig.engine)
    qtbot.waitUntil(scene.until(lambda: noise.preview is not None), timeout=3000)
    assert noise.reason == ""


def test_that_a_preview_about_stories_comes_once_there_are_some(opened: Open, qtbot: QtBot) -> None:
    scene = opened()
    begin_by_key(scene, qtbot)
    view, rig = scene.view, scene.rig
    view.new_rule(
        draft(RuleKind.STORY, SubjectKind.SYMBOL, "NVDA", BilingualName("Story", "소식"), Direction.EITHER)
    )
    qtbot.waitUntil(
        scene.until(lambda: view.editor.noise.reason.startswith("stories are counted")), timeout=3000
    )
    rig.market.report("Nvidia signs a contract with OpenAI", minutes_ago=3 * 24 * 60)
    rig.refresh()
    qtbot.waitUntil(scene.until(lambda: view.editor.noise.preview is not None), timeout=5000)


def test_that_an_outdated_preview_is_dropped_and_no_history_is_said(opened: Open, qtbot: QtBot) -> None:
    scene = opened(history=False)
    begin_by_key(scene, qtbot)
    view = scene.view
    view.apply(NoisePreviewed(0, reason="outdated"))
    assert view.editor.noise.reason == ""
    qtbot.waitUntil(scene.until(lambda: view.editor.noise.reason != ""), timeout=3000)
    assert view.editor.noise.reason.startswith("no prices are stored")
    icon, middle = view.editor.noise._icon, view.editor.noise.rect().center()
    qtbot.waitUntil(lambda: abs(icon.geometry().center().x() - middle.x()) <= 1, timeout=1000)
    assert (
        abs(icon.geometry().bottom() - middle.y()) < view.editor.noise.height() // 6
    )  # as every empty pane has it
    assert view.editor.noise.preview is None


def falls_previewed(*, days: int = 0, with_story: int | None = None, made_up: bool = False) -> NoisePreview:
    """Return what a rule would have done in so many days up to a Tuesday."""
    day = TUESDAY.date()
    rule = draft(
        RuleKind.PERCENT_MOVE, SubjectKind.SYMBOL, "NVDA", BilingualName("Falls", "하락"), Direction.DOWN
    )
    count = NoiseCount(rule=rule, fires=3, days=2, per_symbol_year=3.0)
    return NoisePreview(
        count=count,
        start=day - timedelta(days=days),
        end=day,
        symbols=1,
        popups=3,
        with_story=with_story,
        days=(),
        last=(),
        others=(count,),
        reconstructed=made_up,
    )


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
def test_that_the_days_of_a_preview_end_in_dots_where_they_have_no_room(
    qapp: QApplication, qtbot: QtBot
) -> None:
    large = build_theme(ThemeMode.DARK, Palette.WESTERN, MOST_TEXT)
    use_theme(large)
    panel = NoisePanel(picture.ecosystem())
    qtbot.addWidget(panel)
    panel.resize(large.px(300), large.px(315))
    panel.show()
    panel.put(falls_previewed(made_up=True))
    qapp.processEvents()
    assert panel._state.geometry().right() <= panel.width()
    panel.grab()
    assert panel.state in panel._state.toolTip()  # whole


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
def test_that_counts_that_go_below_each_other_unseen_have_their_height_when_they_come(
    qapp: QApplication, qtbot: QtBot
) -> None:
    large = build_theme(ThemeMode.DARK, Palette.WESTERN, MOST_TEXT)
    use_theme(large)
    panel = NoisePanel(picture.ecosystem())
    qtbot.addWidget(panel)
    panel.resize(large.px(390), large.px(315))
    panel.show()
    panel.refuse("no prices are stored")
    qapp.processEvents()
    panel.resize(large.px(330), large.px(315))
    qapp.processEvents()
    panel.put(falls_previewed(with_story=1))
    qapp.processEvents()
    low = [figure for figure in panel._figures if figure.height() < figure.minimumSizeHint().height()]
    assert low == []


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
def test_that_the_days_of_a_preview_that_is_made_up_are_seen_whole_in_a_narrow_panel(
    qapp: QApplication, qtbot: QtBot
) -> None:
    around = QWidget()  # which leaves it less than it would like
    qtbot.addWidget(around)
    panel = NoisePanel(picture.ecosystem())
    panel.setParent(around)
    around.resize(800, 500)
    around.show()
    panel.put(falls_previewed(days=180, made_up=True))
    for width, word in ((700, "reconstructed"), (600, "reconstructed"), (345, "")):
        panel.resize(width, 500)
        qapp.processEvents()
        assert panel._made_up.text() == word
        assert panel._state.width() >= panel._state.sizeHint().width()  # whole, whatever else is cut
        assert panel._trust.isVisible()
        assert panel._trust.accessibleDescription() == "reconstructed"
        assert panel._state.geometry().right() < panel.width()


@pytest.mark.parametrize("language", Language)
def test_that_the_days_of_a_preview_are_seen_whole_at_the_lowest_window_in_the_largest_text(
    opened: Open, qtbot: QtBot, qapp: QApplication, language: Language
) -> None:
    scene = opened()
    scene.window.header.ui_changed.emit({"language": language, "text_px": MOST_TEXT})
    scene.window.resize(1280, 720)
    begin_by_key(scene, qtbot)
    noise = scene.view.editor.noise
    for made_up in (False, True):
        noise.put(falls_previewed(days=180, made_up=made_up))
        for _ in range(2):  # the window is laid out, then what is in it
            qapp.processEvents()
        assert noise._state.width() >= noise._state.sizeHint().width()
        assert noise._state.geometry().right() < noise.width()


def test_that_conditions_join_and_leave_and_edits_outlive_a_language(opened: Open, qtbot: QtBot) -> None:
    scene = opened()
    begin_by_key(scene, qtbot)
    form = scene.view.editor.form
    QTest.mouseClick(form.with_story, LEFT)
    QTest.mouseClick(form.add, LEFT)
    assert [c.kind for c in form.rule().conditions] == [RuleKind.STORY, RuleKind.VOLUME_SPIKE]
    assert "and a story about it comes, and it trades 2 times" in form.sentence.text
    QTest.mouseClick(form.joined.editors[1].remove, LEFT)
    QTest.mouseClick(form.with_story, LEFT)
    assert form.rule().conditions == ()
    form.name.setFocus()
    scene.window.header.ui_changed.emit({"language": Language.KOREAN})
    scene.pump()
    assert scene.view.editor.form.sentence.text.startswith("엔비디아: 시장 영향을 빼고")
    qtbot.waitUntil(scene.view.editor.form.name.isVisible, timeout=1000)
    assert focus() is scene.view.editor.form.name
    assert scene.view.head.tag == "새 규칙, 저장 안 됨"
    assert scene.view.armed.model.headerData(7, Qt.Orientation.Horizontal) == "상태(뉴욕 시각)"


def test_that_rows_and_stories_begin_rules_of_their_own(opened: Open) -> None:
    scene = opened()
    rows_ = scene.window.list
    index = rows_.list_model.index_of("stargate")
    menu = rows_.row_menu(index, rows_.list_model.node(index))
    next(action for action in menu.actions() if action.text() == "New alert").trigger()
    rule = scene.view.editor.form.rule()
    assert (rule.kind, rule.subject_kind, rule.subject) == (
        RuleKind.ENTITY_SHOCK,
        SubjectKind.PRIVATE,
        "stargate",
    )
    story = picture.story()
    headlines = scene.window.detail.headlines
    headlines.show_stories([story], picture.NOW, "America/New_York")
    menu = headlines.story_menu(story.id)
    next(action for action in menu.actions() if action.text().startswith("New alert")).trigger()
    rule = scene.view.editor.form.rule()
    assert (rule.kind, rule.subject, rule.themes) == (RuleKind.STORY, "stargate", (story.reading.theme,))
    assert scene.view.editor.form.sentence.text == "A funding story about Stargate comes."


def test_that_a_rule_about_a_price_begins_where_the_share_is(opened: Open, qtbot: QtBot) -> None:
    scene = opened(history=False)
    begin_by_key(scene, qtbot)
    form = scene.view.editor.form
    form.own.kind.setCurrentIndex(form.own.kind._values.index(RuleKind.PRICE_LEVEL))
    assert form.rule().threshold == 99.0  # NVDA's last price, not 100
    form.subject.setCurrentIndex(form.subject._values.index((SubjectKind.SYMBOL, "QQQ")))
    assert form.rule().threshold == 100.0
    form.own.threshold.setValue(120.0)
    form.subject.setCurrentIndex(form.subject._values.index((SubjectKind.SYMBOL, "NVDA")))
    assert form.rule().threshold == 120.0  # the user's own
    scene.view.armed.new_wanted.emit(templates_of(scene)[RuleKind.PRICE_LEVEL])
    assert scene.view.editor.form.rule().threshold == 99.0
    assert [round_price(p) for p in (167.03, 2887.5, 66_000.0, 0.12345)] == [167.0, 2890.0, 66_000.0, 0.123]


def test_that_a_price_in_won_is_written_and_stepped_in_whole_ones_in_every_condition(
    opened: Open, qtbot: QtBot
) -> None:
    scene = opened(history=False)
    begin_by_key(scene, qtbot)
    form = scene.view.editor.form
    form.joined.add_usual()
    (joined,) = form.joined.editors
    for editor in (form.own, joined):
        editor.kind.setCurrentIndex(editor.kind._values.index(RuleKind.PRICE_LEVEL))
        editor.threshold.setValue(269_000.0)
        assert (editor.threshold.text(), editor._unit.text()) == ("269,000.00", "USD")
    form.subject.setCurrentIndex(form.subject._values.index((SubjectKind.SYMBOL, "000660.KS")))
    for editor in (form.own, joined):
        assert (editor.threshold.text(), editor._unit.text()) == ("269,000", "KRW")
        editor.threshold.stepUp()
        assert editor.threshold.text() == "269,001"
    form.joined.add_usual()
    added = form.joined.editors[-1]
    added.kind.setCurrentIndex(added.kind._values.index(RuleKind.PRICE_LEVEL))
    assert added._unit.text() == "KRW"


def test_that_a_new_rule_is_named_after_what_it_is_about_until_the_user_names_it(
    opened: Open, qtbot: QtBot
) -> None:
    scene = opened(history=False)
    begin_by_key(scene, qtbot)
    form = scene.view.editor.form
    assert form.name.text() == "NVDA: sharp abnormal fall"
    form.own.kind.setCurrentIndex(form.own.kind._values.index(RuleKind.PRICE_LEVEL))
    assert form.name.text() == "NVDA: Price crosses"
    assert form.rule().name_ko == "엔비디아 가격 돌파"
    form.subject.setCurrentIndex(form.subject._values.index((SubjectKind.WATCHLIST, "*")))
    assert form.name.text() == "Price crosses"
    form.name.selectAll()
    qtbot.keyClicks(form.name, "Mine")
    form.own.kind.setCurrentIndex(form.own.kind._values.index(RuleKind.VOLUME_SPIKE))
    assert (form.name.text(), form.rule().name_en, form.rule().name_ko) == ("Mine", "Mine", "Mine")


def test_that_pasted_lines_are_one_line_of_a_name_and_a_note(opened: Open, qtbot: QtBot) -> None:
    scene = opened(history=False)
    begin_by_key(scene, qtbot)
    form = scene.view.editor.form
    for field in (form.name, form.manner.note):
        field.selectAll()
        field.insert("Chips\nfall\there ")
    assert (form.rule().name_en, form.rule().note) == ("Chips fall here", "Chips fall here")


def templates_of(scene: RulesScene) -> dict[RuleKind, Rule]:
    parts = scene.rig.engine.parts
    return {each.rule.kind: each.rule for each in templates(parts.watchlist, "NVDA", parts.ecosystem)}


def test_that_at_the_lowest_window_the_last_field_is_reached_by_tab_and_save_stays_in_view(
    opened: Open, qtbot: QtBot
) -> None:
    scene = opened(history=False)
    scene.window.resize(1280, 720)
    begin_by_key(scene, qtbot)
    form = scene.view.editor.form
    assert form.height() >= 480
    last = form.manner.note
    last.setFocus()
    form.page.ensureWidgetVisible(last)
    shown = form.page.viewport().rect()
    assert shown.contains(last.mapTo(form.page.viewport(), last.rect().center()))
    qtbot.waitUntil(lambda: form.rect().contains(form.save.geometry()), timeout=1000)


def test_that_all_are_paused_and_those_that_were_on_resumed(opened: Open, qtbot: QtBot) -> None:
    scene = opened()
    begin_by_key(scene, qtbot)
    armed = scene.view.armed
    scene.view.switches.pause("layer-wide", True)
    scene.pump()
    QTest.mouseClick(armed.all, LEFT)
    scene.pump()
    assert {rule.enabled for rule in scene.rig.engine.alerting.rules} == {False}
    assert {row.row.standing for row in rows(scene).values()} == {RuleStanding.OFF}
    QTest.mouseClick(armed.all, LEFT)
    scene.pump()
    off = [rule.id for rule in scene.rig.engine.alerting.rules if not rule.enabled]
    assert off == ["layer-wide"]
    assert "# not less" in scene.file.read_text("utf-8")


ENTER, RIGHT, SPACE, TAB = Qt.Key.Key_Return, Qt.Key.Key_Right, Qt.Key.Key_Space, Qt.Key.Key_Tab
Stops = tuple[tuple[str, str, tuple[Qt.Key, ...]], ...]
BEFORE: Stops = (
    ("Name", "Two things", ()),
    ("On", "", ()),
    ("Watch", "orcl", (ENTER,)),
    ("Kind of condition", "percent", ()),
    ("Direction", "", ()),
    ("Threshold", "0", ()),
)
BETWEEN: Stops = (
    ("Threshold", "-4", ()),
    ("Measured from", "", (Qt.Key.Key_End,)),
    ("Minutes", "15", ()),
    ("only with a matching story", "", ()),
)
AFTER: Stops = (
    ("Kind of condition (2)", "story", ()),
    ("Direction (2)", "", ()),
    ("Threshold (2)", "2", ()),
    ("Remove this condition (2)", "", ()),
    ("Minutes (2)", "90", ()),
    ("About (2)", "", ()),
    ("Themes: any theme", "", ()),
    ("Words (2)", "lease, debt", ()),
    ("All of them", "", ()),
    ("only with a matching story", "", ()),
    ("Add a condition", "", ()),
    ("Regular", "", (RIGHT, RIGHT)),
    ("Repeat", "every", ()),
    ("again every", "", (SPACE,)),
    ("Further step", "2", ()),
    ("at least apart", "", ()),
    ("Minutes between two alerts", "45", ()),
    ("Until", "", (Qt.Key.Key_End,)),
    ("Last day", "", (Qt.Key.Key_Up, TAB, TAB)),  # year, month, day
    ("hold for", "", (SPACE,)),
    ("Minutes it must hold", "5", ()),
    ("Notice", "", (RIGHT, RIGHT)),
    ("popup", "", ()),
    ("sound", "", (SPACE,)),
    ("Note", "Read the filing", ()),
    ("Cancel", "", ()),
)


def walk(form: RuleForm, stops: Stops) -> None:
    """Type and press at one stop after the other, each behind the last one as they are seen, and go on."""
    view, page = form.page.viewport(), form.page.widget()
    assert page is not None
    before: QWidget | None = None
    for name, typed, keys in stops:
        stop = focus()
        assert (stop.accessibleName() or stop.property("text")) == name
        assert is_marked(stop), name
        if page.isAncestorOf(stop):
            middle = stop.rect().center()
            assert view.rect().contains(stop.mapTo(view, middle)), name
            here = stop.mapTo(page, middle)
            last = QPoint() if before is None else before.mapTo(page, before.rect().center())
            below = here.y() > last.y() + ROW
            assert below or (abs(here.y() - last.y()) <= ROW and here.x() > last.x()), name
            before = stop
        QTest.keyClicks(stop, typed)
        for key in (*keys, TAB):
            press(key)


@pytest.mark.parametrize(("kind", "usual"), [(RuleKind.STORY, "24 hours"), (RuleKind.NEWS_BURST, "2 hours")])
def test_that_how_far_news_looks_back_reads_as_a_sentence(opened: Open, kind: RuleKind, usual: str) -> None:
    scene = opened(history=False)
    scene.view.new_for("NVDA")
    own = scene.view.editor.form.own

    def line() -> str:
        parts = (own._within.text(), own.minutes.text(), own._minutes_unit.text())
        return " ".join(part for part in parts if part)

    own.kind.setCurrentIndex(own.kind._values.index(kind))
    assert line() == f"in the last {usual}"
    own.minutes.setValue(90)
    assert line() == "in the last 90 min"
    own.kind.setCurrentIndex(own.kind._values.index(RuleKind.PERCENT_MOVE))
    own.since.setCurrentIndex(own.since._values.index(Since.MINUTES))
    assert f"{own.since.currentText()} {line()}" == "in the last \u2026 10 min"


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)  # the list of names pops up
def test_that_a_whole_rule_is_made_stop_by_stop_with_the_keyboard_alone(opened: Open, qtbot: QtBot) -> None:
    scene = opened(history=False)
    scene.window.resize(1280, 720)
    begin_by_key(scene, qtbot)
    view, form = scene.view, scene.view.editor.form
    qtbot.waitUntil(form.name.isVisible, timeout=1000)
    form.name.setFocus(Qt.FocusReason.TabFocusReason)
    walk(form, BEFORE)
    assert focus() is form.own.since
    assert press(ENTER) is form.own.threshold  # nothing is saved: this is wrong, and says why
    assert form.own.threshold.accessibleDescription() == "It falls below a number under 0, such as \u22123.0"
    assert not form.save.isEnabled()
    walk(form, BETWEEN)
    assert form.own.threshold.accessibleDescription() == ""
    assert press(ENTER) is form.joined.editors[0].kind  # on "Add a condition"
    walk(form, AFTER)
    assert focus() is form.save
    assert is_marked(form.save)
    assert press(Qt.Key.Key_Escape) is view.armed.view
    assert view.head.tag == "new, not saved"  # nothing is lost
    form.save.setFocus(Qt.FocusReason.TabFocusReason)
    press(ENTER)
    scene.pump()
    parts = scene.rig.engine.parts
    saved = load_rules(scene.file, parts.ecosystem, parts.watchlist)[-1]
    assert (saved.name_en, saved.subject, saved.kind) == ("Two things", "ORCL", RuleKind.PERCENT_MOVE)
    assert (saved.threshold, saved.since, saved.minutes) == (4.0, Since.MINUTES, 15)
    (story,) = saved.conditions
    assert (story.kind, story.threshold, story.minutes, story.words) == (
        RuleKind.STORY,
        2.0,
        90,
        ("lease", "debt"),
    )
    assert (saved.sessions, saved.frequency) == (SessionScope.ANY, Frequency.EVERY_REARM)
    assert (saved.escalate_step, saved.cooldown_minutes, saved.hold_seconds) == (2.0, 45, 300)
    assert (saved.severity, saved.popup, saved.sound, saved.note) == (
        Severity.SEVERE,
        True,
        False,
        "Read the filing",
    )
    assert saved.expires is not None
    assert view.head.tag == ""
