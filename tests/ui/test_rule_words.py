"""What the rule editor says beside its fields while they change: units, reach, and what the preview does."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from tests.ui.rules_scene import RulesScene, begin_by_key, open_scene

from stackwatch.domain.noise import NoiseDay
from stackwatch.domain.rule import Frequency, RuleKind, Since, SubjectKind
from stackwatch.domain.watchlist import Language
from stackwatch.ui.frame.appearance import Appearance
from stackwatch.ui.frame.translation import Translations
from stackwatch.ui.frame.usual_sizes import SMALLEST
from stackwatch.ui.preferences.settings import MOST_TEXT, ModeChoice
from stackwatch.ui.rules.armed_model import ArmedColumn
from stackwatch.ui.rules.condition_editor import ConditionEditor
from stackwatch.ui.rules.rule_form import RuleForm, RuleOrigin

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def scene(
    qapp: QApplication, translations: Translations, tmp_path: Path, qtbot: QtBot
) -> Iterator[RulesScene]:
    appearance = Appearance(qapp, ModeChoice.DARK)
    made = open_scene(tmp_path, appearance, translations)
    begin_by_key(made, qtbot)
    yield made
    made.window.close()
    made.window.deleteLater()
    made.rig.store.close()
    appearance.deleteLater()
    qapp.processEvents()


def choose(editor: ConditionEditor, kind: RuleKind) -> None:
    editor.kind.setCurrentIndex(editor.kind._values.index(kind))


def watch(form: RuleForm, kind: SubjectKind, subject: str) -> None:
    form.subject.setCurrentIndex(form.subject._values.index((kind, subject)))


def test_that_further_steps_are_in_the_unit_of_the_kind_and_stories_in_whole_ones(scene: RulesScene) -> None:
    form = scene.view.editor.form
    manner = form.manner
    assert (manner.step.text(), manner.step_unit.text()) == ("1.5", "SAR")
    choose(form.own, RuleKind.STORY)
    assert (manner.step.text(), manner.step_unit.text()) == ("1", "more stories")
    choose(form.own, RuleKind.NEWS_BURST)
    assert manner.step_unit.text() == "more headlines"
    choose(form.own, RuleKind.PERCENT_MOVE)
    assert (manner.step.text(), manner.step_unit.text()) == ("1.5", "%")
    QTest.mouseClick(manner.again, LEFT)
    choose(form.own, RuleKind.STORY)
    assert (manner.step.text(), form.rule().escalate_step) == ("2", 2.0)
    assert form.sentence.text.endswith("again every 2 more stories.")


def test_that_a_written_step_is_shown_as_it_was_written(scene: RulesScene) -> None:
    form = scene.view.editor.form
    choose(form.own, RuleKind.STORY)
    form.put(replace(form.rule(), escalate_step=2.5), RuleOrigin.OWN)
    assert (form.manner.step.text(), form.rule().escalate_step) == ("2.5", 2.5)


def test_that_a_rule_over_minutes_shows_its_minutes_after_one_since_the_close(scene: RulesScene) -> None:
    form = scene.view.editor.form
    choose(form.own, RuleKind.PERCENT_MOVE)
    assert form.own.minutes.isHidden()
    form.put(replace(form.rule(), since=Since.MINUTES, minutes=15), RuleOrigin.OWN)
    assert (form.own.minutes.isHidden(), form.own.minutes.text()) == (False, "15")
    assert form.own._minutes_unit.text() == "min"
    form.put(replace(form.rule(), since=Since.CLOSE, minutes=0), RuleOrigin.OWN)
    assert form.own.minutes.isHidden()
    assert form.own._minutes_unit.text() == ""


def test_that_the_reach_stays_with_a_threshold_and_goes_with_the_subject(
    scene: RulesScene, qtbot: QtBot
) -> None:
    form = scene.view.editor.form
    known = scene.until(lambda: form.reach.text() == "1 name with enough history")
    qtbot.waitUntil(known)
    form.own.threshold.setValue(-2.0)
    assert form.reach.text() == "1 name with enough history"
    watch(form, SubjectKind.LAYER, "*")
    assert form.reach.text() == ""


def test_that_another_preview_is_computing_while_headlines_of_the_last_were_read(
    scene: RulesScene, qtbot: QtBot
) -> None:
    noise = scene.view.editor.noise
    qtbot.waitUntil(scene.until(lambda: noise.preview is not None))
    assert noise.preview is not None
    noise.put(replace(noise.preview, news_pending=True))
    assert noise.state == "reading the headlines\u2026"
    noise.compute(noise.preview.count.rule)
    assert noise.state == "computing\u2026"
    noise.compute(scene.view.editor.form.rule(), held=True)
    assert noise.state == "waits for a complete rule"


def test_that_the_table_says_that_all_are_paused(scene: RulesScene) -> None:
    armed = scene.view.armed
    order = armed._order.text()
    QTest.mouseClick(armed.all, LEFT)
    scene.pump()
    assert (order, armed._order.text()) == ("nearest first", "all paused")


def test_that_no_direction_is_cut(scene: RulesScene) -> None:
    own = scene.view.editor.form.own
    choose(own, RuleKind.PRICE_LEVEL)
    words = [own.direction.itemText(place) for place in range(own.direction.count())]
    assert words == ["down through", "up through"]
    assert max(map(own.direction.fontMetrics().horizontalAdvance, words)) <= own.direction.width() - 40


def test_that_cancelling_a_duplicate_leads_back_to_what_was_duplicated(scene: RulesScene) -> None:
    view = scene.view
    view.edit("oracle")
    QTest.mouseClick(view.editor.form.duplicate, LEFT)
    assert view.editor.form.rule().name_en != "Oracle falls"
    QTest.mouseClick(view.editor.form.cancel, LEFT)
    assert view.editor.form.rule().id == "oracle"
    assert view.armed.view.key() == ("oracle", "ORCL")


def test_that_a_saved_rule_is_the_row_one_stands_on(scene: RulesScene) -> None:
    view = scene.view
    QTest.mouseClick(view.editor.form.save, LEFT)
    scene.pump()
    scene.rig.engine.alerts.tell_rows()
    scene.pump()
    key = view.armed.view.key()
    assert key is not None
    assert key[0] == view.edits.shown


def test_that_the_row_follows_the_editor_when_its_own_is_gone(scene: RulesScene) -> None:
    view = scene.view
    view.edit("oracle")
    view.armed.select(("abnormal-move", "NVDA"))
    QTest.mouseClick(view.armed.all, LEFT)
    scene.pump()
    scene.rig.engine.alerts.tell_rows()
    scene.pump()
    key = view.armed.view.key()
    assert key is not None
    assert key[0] == "oracle"


def test_that_the_preview_of_stories_counts_no_matching_ones(scene: RulesScene, qtbot: QtBot) -> None:
    noise = scene.view.editor.noise
    qtbot.waitUntil(scene.until(lambda: noise.preview is not None))
    assert noise.preview is not None
    count = noise.preview.count
    stories = replace(count, rule=replace(count.rule, kind=RuleKind.STORY))
    noise.put(replace(noise.preview, count=stories, with_story=0))
    assert noise.figures[-1] == ""
    noise.put(replace(noise.preview, count=count, with_story=3))
    assert noise.figures[-1] == "3"


def test_that_a_layer_is_not_counted_as_a_name(scene: RulesScene, qtbot: QtBot) -> None:
    view = scene.view
    qtbot.waitUntil(scene.until(lambda: view.editor.noise.preview is not None))
    preview = view.editor.noise.preview
    assert preview is not None
    layer = replace(
        preview.count.rule, kind=RuleKind.LAYER_MOVE, subject_kind=SubjectKind.LAYER, subject="memory"
    )
    days = (NoiseDay(preview.end, fires=1, popups=1),)
    of_layer = replace(preview, count=replace(preview.count, rule=layer), days=days)
    view.editor.noise.put(of_layer)
    assert ":" not in view.editor.noise.chart.accessibleName()
    view.editor.noise.put(replace(preview, days=days))
    assert view.editor.noise.chart.accessibleName().endswith(": 1 name")
    assert not layer.of_shares
    assert preview.count.rule.of_shares


def test_that_no_preview_is_told_without_the_rules_id(scene: RulesScene) -> None:
    noise = scene.view.editor.noise
    noise.refuse("rule new-rule: no prices are stored for what it watches")
    assert noise.reason == "no prices are stored for what it watches"


def test_that_why_one_rule_has_no_preview_is_not_said_of_the_next(scene: RulesScene) -> None:
    noise, rule = scene.view.editor.noise, scene.view.editor.form.rule()
    noise.compute(rule)
    noise.refuse("stories are counted from stored headlines")
    noise.compute(rule, held=True)
    assert noise.reason != ""  # the same rule, which is edited
    noise.compute(replace(rule, kind=RuleKind.PRICE_LEVEL), held=True)
    assert (noise.reason, noise.state) == ("", "waits for a complete rule")


def test_that_a_percentage_has_one_decimal_in_every_kind(scene: RulesScene) -> None:
    own = scene.view.editor.form.own
    for kind in (RuleKind.PERCENT_MOVE, RuleKind.TIED_MOVE, RuleKind.GAP, RuleKind.ENTITY_SHOCK):
        choose(own, kind)
        assert own.threshold.text().partition(".")[2] in ("0", "5"), kind
    choose(own, RuleKind.PRICE_LEVEL)
    assert own.threshold.text() == "99.00"


def test_that_a_preview_of_stories_begins_where_headlines_were_kept(scene: RulesScene, qtbot: QtBot) -> None:
    noise = scene.view.editor.noise
    qtbot.waitUntil(scene.until(lambda: noise.preview is not None))
    preview = noise.preview
    assert preview is not None
    since = preview.end - timedelta(days=2)
    noise.put(replace(preview, start=since, news_since=since, news_pending=False))
    assert noise.state == f"{noise._day(since)} to {noise._day(preview.end)}"
    assert f"since {noise._day(since)}" in noise._note.text()


def test_that_the_counts_of_a_preview_are_whole_in_the_narrowest_window(
    scene: RulesScene, qtbot: QtBot
) -> None:
    noise = scene.view.editor.noise
    qtbot.waitUntil(scene.until(lambda: noise.preview is not None))
    noise.setMinimumWidth(240)
    noise.setMaximumWidth(240)
    qtbot.waitUntil(lambda: noise.width() == 240)
    noise.resize(240, noise.height())
    QApplication.processEvents()
    for figure in noise._figures:
        right = figure.mapTo(noise, figure.rect().topRight()).x()
        assert right <= noise.width(), figure.words.text()


def test_that_editor_preview_and_table_are_reached_whole_with_the_largest_text_in_the_smallest_window(
    scene: RulesScene, qtbot: QtBot
) -> None:
    window, view = scene.window, scene.view
    window.change_look({"text_px": MOST_TEXT})
    window.resize(*SMALLEST)
    window.change_look({"language": Language.KOREAN})
    qtbot.waitUntil(lambda: view.editor.noise.mapTo(view, QPoint()).x() >= view.editor.form.width())
    view.editor.form.save.setFocus()
    save = QRect(view.editor.form.save.mapTo(view, QPoint()), view.editor.form.save.size())
    assert view.rect().contains(save)
    assert save.bottom() < view.armed.mapTo(view, QPoint()).y()
    table, head = view.armed.view, view.armed.model
    table.scrollTo(head.index(0, ArmedColumn.ENDS))
    assert table.visualRect(head.index(0, ArmedColumn.ENDS)).right() <= table.viewport().width()
    assert table.columnWidth(ArmedColumn.STATUS) >= table.fontMetrics().horizontalAdvance("12:11 울림")


def test_that_a_rule_that_fires_once_offers_no_further_step(scene: RulesScene) -> None:
    form = scene.view.editor.form
    assert not form.manner.again.isHidden()
    form.put(replace(form.rule(), frequency=Frequency.ONCE, escalate_step=1.5), RuleOrigin.OWN)
    assert form.manner.again.isHidden()
    assert "again" not in form.sentence.text
