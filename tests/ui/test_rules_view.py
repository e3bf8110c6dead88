"""The table of rules in the window: what it follows and says, on a real engine and a real rules.toml."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot
from tests.ui import detail_scene as alerts
from tests.ui.rules_scene import (
    LEFT,
    OWN,
    OpenRules,
    RulesScene,
    begin_by_key,
    begun,
    choose,
    offered,
    rows,
    rule_of,
)

from stackwatch.domain.alert import BREAKER
from stackwatch.domain.armed import RuleStanding
from stackwatch.domain.events import ClockTicked
from stackwatch.domain.rule import (
    RuleKind,
)
from stackwatch.domain.rule_drafts import for_price
from stackwatch.ui.alerts.note_cards import BreakerCard
from stackwatch.ui.alerts.toast_card import ToastCard
from stackwatch.ui.frame.find_answers import AnswerKind
from stackwatch.ui.preferences.settings import ViewChoice


def test_that_the_table_follows_prices_and_says_what_fired_and_what_was_true_already(
    open_rules: OpenRules, qtbot: QtBot
) -> None:
    scene = open_rules()
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


def test_that_a_rule_is_found_before_anybody_looked_at_the_rules_and_opened(open_rules: OpenRules) -> None:
    scene = open_rules()
    finder = scene.window.header.finder
    assert not scene.view.findChildren(QLineEdit)  # nobody waited for the editor to be built
    for text in ("oracle falls", "ORCL"):  # by its name, and behind whom it is about
        scene.window.views.show_view(ViewChoice.LIST)
        QTest.keyClicks(finder, text)
        place = next(n for n, found in enumerate(finder.found) if found.kind is AnswerKind.RULE)
        assert finder.found[place].note.startswith("Oracle falls 4")
        assert "Alert rules" in [row.title for row in finder.answers.rows if row.head]
        for _ in range(place):
            QTest.keyClick(finder, Qt.Key.Key_Down)
        QTest.keyClick(finder, Qt.Key.Key_Return)
        scene.pump()
        assert (scene.window.views.view, scene.view.edits.shown) == (ViewChoice.RULES, "oracle")
        assert scene.view.armed.view.key() == ("oracle", "ORCL")
    choose(scene, "oracle", "Delete")
    assert not any(found.kind is AnswerKind.RULE for found in scene.window.find_index.search("oracle falls"))


def test_that_the_keyboard_stays_where_a_rule_was_deleted(open_rules: OpenRules, qtbot: QtBot) -> None:
    scene = open_rules()
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


def test_that_a_shipped_rule_is_put_back_only_where_more_than_a_snooze_was_changed(
    open_rules: OpenRules, qtbot: QtBot
) -> None:
    scene = open_rules()
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
    open_rules: OpenRules, qtbot: QtBot
) -> None:
    scene = open_rules()
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


def test_that_saving_says_whether_the_rule_will_be_on(open_rules: OpenRules, qtbot: QtBot) -> None:
    scene, form = begun(open_rules(), qtbot)
    scene.view.edit("oracle")
    assert form.save.text() == "Save and arm"
    QTest.mouseClick(form.enabled, LEFT)
    assert form.save.text() == "Save paused"
    QTest.mouseClick(form.save, LEFT)
    scene.pump()
    assert not rule_of(scene, "oracle").enabled
    scene.view.edit("layer-wide")
    assert form.save.text() == "Save and arm"


def test_that_a_replay_says_which_rules_stay_in_it(open_rules: OpenRules, qtbot: QtBot) -> None:
    scene = open_rules()
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
    open_rules: OpenRules, qtbot: QtBot, ask: Callable[[RulesScene], None], held: str | None
) -> None:
    scene = open_rules()
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


def test_that_the_row_of_the_subject_of_the_alert_is_the_current_one(open_rules: OpenRules) -> None:
    scene = open_rules()
    scene.window.open_rule("sharp-move-with-news", "ORCL")
    scene.pump()
    assert scene.view.armed.view.key() == ("sharp-move-with-news", "ORCL")
    scene.window.open_rule("sharp-move-with-news", "NVDA")
    assert scene.view.armed.view.key() == ("sharp-move-with-news", "NVDA")


def test_that_a_rule_that_was_deleted_since_its_alert_is_said_to_be(open_rules: OpenRules) -> None:
    scene = open_rules()
    scene.window.open_rule("gone", "ORCL")
    scene.pump()
    assert scene.view.armed.said == "That rule was deleted"


def test_that_the_figures_of_another_rule_are_gone_while_a_preview_is_computed(
    open_rules: OpenRules, qtbot: QtBot
) -> None:
    scene = open_rules()
    begin_by_key(scene, qtbot)
    view = scene.view
    qtbot.waitUntil(scene.until(lambda: view.editor.noise.preview is not None))
    view.editor.form.own.threshold.setValue(-2.0)
    assert view.editor.noise.state == "computing\u2026"
    assert view.editor.noise.preview is not None  # the same rule: its last figures stay, grey
    view.edit("oracle")
    assert view.editor.noise.state == "computing\u2026"
    assert view.editor.noise.preview is None
    assert set(view.editor.noise.figures) == {"\u2013"}


def test_that_a_file_broken_by_hand_is_told_kept_and_taken_in_once_mended(
    open_rules: OpenRules, qtbot: QtBot
) -> None:
    scene = open_rules()
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


def test_that_all_are_paused_and_those_that_were_on_resumed(open_rules: OpenRules, qtbot: QtBot) -> None:
    scene = open_rules()
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
