"""What is done to rules is taken back and done again, and leaves alone what was changed elsewhere."""

from dataclasses import replace
from datetime import timedelta

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot
from tests.ui.rules_scene import (
    LEFT,
    OWN,
    OpenRules,
    RulesScene,
    begin_by_key,
    begun,
    choose,
    rows,
    rule_of,
)

from stackwatch.domain.alert import SnoozeScope
from stackwatch.domain.rule import (
    Frequency,
    Rule,
    RuleKind,
)
from stackwatch.domain.rule_drafts import for_price
from stackwatch.domain.watchlist import Language
from stackwatch.ui.frame.undoable_move import UndoableMove
from stackwatch.ui.preferences.settings import ViewChoice


def test_that_a_deleted_rule_comes_back_with_its_comments(open_rules: OpenRules, qtbot: QtBot) -> None:
    scene = open_rules()
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
    open_rules: OpenRules, qtbot: QtBot
) -> None:
    scene = open_rules()
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


def test_that_undo_by_key_brings_back_the_deleted_rule_and_leaves_the_last_move_alone(
    open_rules: OpenRules, qtbot: QtBot
) -> None:
    scene = open_rules()
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


def step(scene: RulesScene, keys: str) -> None:
    QTest.keySequence(scene.window, keys)
    scene.pump()


def test_that_pauses_and_snoozes_of_rules_are_undone_and_done_again_by_key(
    open_rules: OpenRules, qtbot: QtBot
) -> None:
    scene = open_rules()
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
    open_rules: OpenRules, qtbot: QtBot
) -> None:
    scene = open_rules()
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


def test_that_a_change_that_the_file_refuses_is_no_step(open_rules: OpenRules, qtbot: QtBot) -> None:
    scene = open_rules()
    begin_by_key(scene, qtbot)
    scene.file.write_text(OWN + "[[", encoding="utf-8")
    save_threshold(scene, "oracle", "-7")
    assert not scene.window.lists.controller.stack.canUndo()


def test_that_a_pause_that_the_file_refuses_is_no_step(open_rules: OpenRules, qtbot: QtBot) -> None:
    scene = open_rules()
    begin_by_key(scene, qtbot)
    stack = scene.window.lists.controller.stack
    scene.file.write_text(OWN + "[[", encoding="utf-8")
    choose(scene, "oracle", "Pause the rule")
    qtbot.waitUntil(lambda: not stack.canUndo())
    assert "rules.toml" in scene.view.armed.said
    scene.file.write_text(OWN, encoding="utf-8")
    step(scene, "Ctrl+Shift+Z")
    assert not rule_of(scene, "oracle").enabled
    scene.file.write_text(OWN + "[[", encoding="utf-8")
    step(scene, "Ctrl+Z")
    qtbot.waitUntil(stack.canUndo)  # it is paused as before


def edit_elsewhere(scene: RulesScene, old: str, new: str) -> None:
    """Change the file in an editor; the window has not looked yet."""
    text = scene.file.read_text("utf-8")
    assert old in text
    scene.file.write_text(text.replace(old, new), encoding="utf-8")


def test_that_what_was_changed_elsewhere_stays_when_a_pause_is_made_and_undone(
    open_rules: OpenRules, qtbot: QtBot
) -> None:
    scene = open_rules()
    begin_by_key(scene, qtbot)
    edit_elsewhere(scene, "threshold = 4", "threshold = 5")
    choose(scene, "oracle", "Pause the rule")
    assert (rule_of(scene, "oracle").threshold, rule_of(scene, "oracle").enabled) == (5.0, False)
    edit_elsewhere(scene, "threshold = 5", "threshold = 6")
    step(scene, "Ctrl+Z")
    assert (rule_of(scene, "oracle").threshold, rule_of(scene, "oracle").enabled) == (6.0, True)


def test_that_a_snooze_that_was_changed_elsewhere_is_not_undone_and_that_is_said(
    open_rules: OpenRules, qtbot: QtBot
) -> None:
    scene = open_rules()
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
    open_rules: OpenRules, qtbot: QtBot
) -> None:
    scene, form = begun(open_rules(), qtbot)
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


def test_that_a_price_that_was_changed_since_its_line_was_dragged_stays(
    open_rules: OpenRules, qtbot: QtBot
) -> None:
    scene = open_rules()
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
    open_rules: OpenRules, qtbot: QtBot
) -> None:
    scene = open_rules()
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
    open_rules: OpenRules, qtbot: QtBot
) -> None:
    scene = open_rules()
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
