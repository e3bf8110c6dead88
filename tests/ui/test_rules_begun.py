"""Rules that were begun and not saved: they give way, outlive a quit, and can be gone on with."""

from dataclasses import replace
from pathlib import Path

from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot
from tests.ui.rules_scene import LEFT, OpenRules, RulesScene, begin_by_key

from stackwatch.domain.events import RulesChanged
from stackwatch.domain.rule import (
    Direction,
    RuleKind,
    SubjectKind,
    UnsavedRule,
)
from stackwatch.domain.rule_drafts import draft, for_price
from stackwatch.domain.watchlist import BilingualName, Language
from stackwatch.storage.whole_file import write_own
from stackwatch.ui.preferences.settings import SettingsStore, UiSettings, ViewChoice
from stackwatch.ui.rules.rule_edits import RuleEdits


def test_that_a_begun_rule_that_gave_way_can_be_gone_on_with(open_rules: OpenRules, qtbot: QtBot) -> None:
    scene = open_rules()
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


def test_that_each_of_several_begun_rules_can_be_gone_on_with(open_rules: OpenRules, qtbot: QtBot) -> None:
    scene = open_rules()
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


def quit_and_open(open_rules: OpenRules, scene: RulesScene) -> RulesScene:
    """End the program, and start it again on the same folder with the rules shown."""
    scene.window.close()
    scene.rig.store.close()
    again = open_rules(kept=True)
    again.window.views.show_view(ViewChoice.RULES)
    again.pump()
    return again


def test_that_a_rule_that_was_begun_is_there_again_after_the_program_was_quit(
    open_rules: OpenRules, qtbot: QtBot
) -> None:
    scene = open_rules(kept=True)
    begin_by_key(scene, qtbot, "Mine")
    scene.view.editor.form.own.threshold.setValue(7.5)
    begun = scene.view.editor.form.rule()
    again = quit_and_open(open_rules, scene)
    assert again.view.editor.form.rule() == begun
    assert (again.view.head.tag, again.view.armed.said) == ("new, not saved", "")
    QTest.mouseClick(again.view.editor.form.cancel, LEFT)
    again.pump()
    assert not again.view.edits.is_edited
    once_more = quit_and_open(open_rules, again)
    assert once_more.view.head.tag == "", "what was discarded does not come again"
    assert "Mine" not in once_more.file.read_text(encoding="utf-8")


def test_that_edits_of_a_saved_rule_outlive_a_quit_and_join_what_was_changed_meanwhile(
    open_rules: OpenRules,
) -> None:
    scene = open_rules(kept=True)
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
    again = quit_and_open(open_rules, scene)
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


def test_that_edits_of_a_rule_that_was_deleted_meanwhile_are_a_new_rule(open_rules: OpenRules) -> None:
    scene = open_rules(kept=True)
    scene.window.views.show_view(ViewChoice.RULES)
    scene.pump()
    scene.view.edit("oracle")
    scene.view.editor.form.own.threshold.setValue(-7.5)
    scene.window.close()
    scene.file.write_text("version = 1\n", encoding="utf-8")
    again = quit_and_open(open_rules, scene)
    assert again.view.head.tag == "new, not saved"
    assert (again.view.editor.form.rule().name_en, again.view.editor.form.rule().threshold) == (
        "Oracle falls",
        7.5,
    )


def test_that_a_kept_rule_that_no_field_can_hold_is_left_out(open_rules: OpenRules, tmp_path: Path) -> None:
    kept = draft(RuleKind.PERCENT_MOVE, SubjectKind.SYMBOL, "NVDA", BilingualName("a", "b"), Direction.UP)
    SettingsStore(tmp_path, write_own).save(
        UiSettings(unsaved_rules=(UnsavedRule(rule=replace(kept, minutes=10**12)), UnsavedRule(rule=kept)))
    )
    scene = open_rules(kept=True)
    scene.window.views.show_view(ViewChoice.RULES)
    scene.pump()
    assert (scene.view.editor.form.rule(), scene.view.edits.left) == (kept, 0)


def test_that_unsaved_rules_about_a_price_stay_in_the_live_window_and_in_the_replay(
    open_rules: OpenRules,
) -> None:
    ecosystem = open_rules().rig.engine.parts.ecosystem
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
    open_rules: OpenRules, qtbot: QtBot
) -> None:
    scene = open_rules(kept=True)
    begin_by_key(scene, qtbot, "Mine")
    scene.window.close()
    scene.rig.store.close()
    again = open_rules(kept=True)
    again.window.open_rule("oracle", "ORCL")
    again.pump()
    assert again.view.editor.form.rule().id == "oracle"
    assert again.view.armed.said == "A new rule was begun and is not saved"
    QTest.mouseClick(again.view.armed.undo, LEFT)
    assert again.view.editor.form.rule().name_en == "Mine"
