"""The editor of a rule: made, tried, worded, checked and saved, on a real engine and a real rules.toml."""

import time
from datetime import UTC, date, datetime, timedelta
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot
from tests.support.rig import TUESDAY
from tests.ui import scene as picture
from tests.ui.rules_scene import (
    LEFT,
    OWN,
    OpenRules,
    RulesScene,
    begin_by_key,
    begun,
    rows,
)
from tests.ui.test_keyboard import focus, is_marked, press

from stackwatch.domain.events import ClockTicked
from stackwatch.domain.rule import (
    Condition,
    Direction,
    Frequency,
    Rule,
    RuleKind,
    SessionScope,
    Severity,
    Since,
    SubjectKind,
)
from stackwatch.domain.rule_drafts import round_price, templates
from stackwatch.domain.watchlist import Language
from stackwatch.storage.rules.rules_file import load_rules
from stackwatch.ui.preferences.settings import MOST_TEXT, ViewChoice
from stackwatch.ui.rules.condition_editor import ConditionEditor
from stackwatch.ui.rules.rule_form import RuleForm
from stackwatch.ui.watchlist.watchlist_menu import row_menu

ROW = 8  # pixels by which controls of one row may differ


def test_that_a_rule_is_made_by_a_key_tried_saved_with_comments_kept_and_armed(
    open_rules: OpenRules, qtbot: QtBot
) -> None:
    scene = open_rules()
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
    qtbot.waitUntil(scene.until(lambda: view.editor.noise.preview is not None))
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


def test_that_a_form_without_a_rule_names_no_day(open_rules: OpenRules) -> None:
    scene = open_rules()
    view, day = scene.view, date(2026, 3, 10)
    form = RuleForm(view._ecosystem, view._watchlist, lambda: day, {})
    assert not form.manner.day.isVisibleTo(form)
    form.deleteLater()


def test_that_a_condition_has_no_room_for_more_than_its_kind_needs_before_it_is_filled(qtbot: QtBot) -> None:
    """The first frame of the editor had four lines for it, and what stands below jumped up."""
    editor = ConditionEditor((), joined=False, price=lambda: None)
    qtbot.addWidget(editor)
    before = editor.sizeHint().height()
    editor.put(Condition(kind=RuleKind.ABNORMAL_MOVE, threshold=3.0), "USD")
    assert editor.sizeHint().height() == before


def test_that_the_price_of_a_rule_can_be_far_below_a_cent(open_rules: OpenRules, qtbot: QtBot) -> None:
    scene, form = begun(open_rules(), qtbot)
    form.own.kind.choose(RuleKind.PRICE_LEVEL)
    form.own.threshold.lineEdit().selectAll()
    QTest.keyClicks(form.own.threshold, "0.0000312")
    QTest.keyClick(form.own.threshold, Qt.Key.Key_Tab)
    assert form.own.threshold.text() == "0.0000312"
    assert form.own.condition().threshold == 0.0000312
    assert "0.0000312" in form.sentence.text
    noise = scene.view.editor.noise
    qtbot.waitUntil(scene.until(lambda: noise.preview is not None))
    assert noise.preview is not None
    prices = [each.rule.threshold for each in noise.preview.others if each.rule.kind is RuleKind.PRICE_LEVEL]
    assert prices == [0.0000309, 0.0000312, 0.0000315]


def test_that_prices_tried_beside_that_of_a_rule_are_such_as_somebody_chooses(
    open_rules: OpenRules, qtbot: QtBot
) -> None:
    """Of 40.50 they were 40.095 and 40.905, which no price of the share is written like."""
    scene, form = begun(open_rules(), qtbot)
    form.own.kind.choose(RuleKind.PRICE_LEVEL)
    form.own.threshold.lineEdit().selectAll()
    QTest.keyClicks(form.own.threshold, "40.5")
    QTest.keyClick(form.own.threshold, Qt.Key.Key_Tab)
    noise = scene.view.editor.noise
    qtbot.waitUntil(scene.until(lambda: noise.preview is not None))
    tried = [words.rpartition(" ")[2] for words, *_ in noise.others.texts]
    assert tried[:3] == ["40.10", "40.50", "40.90"]


def test_that_a_layer_is_compared_only_where_it_moves_as_a_whole(open_rules: OpenRules, qtbot: QtBot) -> None:
    scene = open_rules()
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
        qtbot.waitUntil(scene.until(partial(previewed, threshold)))
        words = [row[0] for row in view.editor.noise.others.texts]
        layers = [f"Layer-wide move beyond \u00b1{beyond} SAR" for beyond in offered]
        assert words == [*layers, "Percent move beyond \u00b15.0\u202f%"]


def test_that_a_long_number_is_seen_whole(open_rules: OpenRules, qtbot: QtBot) -> None:
    scene = open_rules()
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
    open_rules: OpenRules, qtbot: QtBot
) -> None:
    scene = open_rules()
    begin_by_key(scene, qtbot)
    threshold = scene.view.editor.form.own.threshold
    qtbot.waitUntil(threshold.hasFocus)
    QTest.keyClicks(threshold, "2.5")  # the direction says which way
    assert scene.view.editor.form.sentence.text.startswith("NVIDIA falls 2.5 standard errors")
    QTest.keyClick(threshold, Qt.Key.Key_Return)
    scene.pump()
    assert threshold.text() == "\u22122.5"
    saved = scene.rig.engine.alerting.rules[-1]
    assert (saved.subject, saved.direction, saved.threshold) == ("NVDA", Direction.DOWN, 2.5)


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)  # the list of names pops up
def test_that_a_rule_that_cannot_be_saved_says_why_beside_the_field(
    open_rules: OpenRules, qtbot: QtBot
) -> None:
    scene, form = begun(open_rules(), qtbot)
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
    open_rules: OpenRules, tmp_path: Path
) -> None:
    fall = OWN.replace(
        'subject_kind = "symbol"\nsubject = "ORCL"', 'subject_kind = "watchlist"\nsubject = "{0}"'
    )
    (tmp_path / "rules.toml").write_text(fall.replace("{0}", "ai-ecosystem"), encoding="utf-8")
    scene = open_rules(history=False)
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
    open_rules: OpenRules, qtbot: QtBot, tmp_path: Path, kind: str, said: str
) -> None:
    own = OWN.replace('"symbol"', f'"{kind}"').replace('"ORCL"', '"chips_of_another"')
    (tmp_path / "rules.toml").write_text(own, encoding="utf-8")
    scene = open_rules(history=False)
    scene.window.open_rule("oracle", "")
    scene.pump()
    form = scene.view.editor.form
    row = rows(scene)["oracle", "chips_of_another"]
    assert (row.subject, row.what) == ("chips_of_another", {"watchlist": "list"}.get(kind, kind))
    form.manner.note.setText("later")
    form.manner.note.textEdited.emit("later")
    assert form.rows["subject"].fault == said
    qtbot.waitUntil(scene.until(lambda: scene.view.editor.noise.reason != ""))
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
    open_rules: OpenRules, tmp_path: Path
) -> None:
    own = OWN.replace('"symbol"', '"layer"').replace('"ORCL"', '"*"').replace("percent-move", "layer-move")
    own = own.replace("threshold", 'about = "memory"\nthreshold')
    (tmp_path / "rules.toml").write_text(own, encoding="utf-8")
    scene = open_rules(history=False)
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


def test_that_what_is_wrong_is_said_in_the_words_of_the_editor(open_rules: OpenRules, qtbot: QtBot) -> None:
    _, form = begun(open_rules(history=False), qtbot)
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


def test_that_a_rule_whose_last_day_is_over_says_so_and_can_be_kept(
    open_rules: OpenRules, qtbot: QtBot
) -> None:
    _, form = begun(open_rules(history=False), qtbot)
    form.manner.until.setCurrentIndex(form.manner.until.count() - 1)
    form.manner.day.setDate(form.manner.day.date().addDays(-1))
    assert form.manner.rows["until"].fault == "That day is over: it will not fire"
    assert form.save.isEnabled()
    form.manner.day.setDate(form.manner.day.date().addDays(1))
    assert form.manner.rows["until"].fault == ""


def test_that_a_rule_for_today_is_of_the_day_on_which_it_is_made_however_long_the_window_is_open(
    open_rules: OpenRules, qtbot: QtBot
) -> None:
    scene, form = begun(open_rules(history=False), qtbot)
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
    open_rules: OpenRules, monkeypatch: pytest.MonkeyPatch, zone: str, now: datetime, day: date
) -> None:
    scene = open_rules(history=False)
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
    open_rules: OpenRules, qtbot: QtBot
) -> None:
    _, form = begun(open_rules(history=False), qtbot)
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


def test_that_conditions_join_and_leave_and_edits_outlive_a_language(
    open_rules: OpenRules, qtbot: QtBot
) -> None:
    scene, form = begun(open_rules(), qtbot)
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
    qtbot.waitUntil(scene.view.editor.form.name.isVisible)
    assert focus() is scene.view.editor.form.name
    assert scene.view.head.tag == "새 규칙, 저장 안 됨"
    assert scene.view.armed.model.headerData(7, Qt.Orientation.Horizontal) == "상태(뉴욕 시각)"


def test_that_rows_and_stories_begin_rules_of_their_own(open_rules: OpenRules) -> None:
    scene = open_rules()
    rows_ = scene.window.list
    index = rows_.list_model.index_of("stargate")
    menu = row_menu(rows_, index, rows_.list_model.node(index))
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


def test_that_a_rule_about_a_price_begins_where_the_share_is(open_rules: OpenRules, qtbot: QtBot) -> None:
    scene, form = begun(open_rules(history=False), qtbot)
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
    open_rules: OpenRules, qtbot: QtBot
) -> None:
    _, form = begun(open_rules(history=False), qtbot)
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
    open_rules: OpenRules, qtbot: QtBot
) -> None:
    _, form = begun(open_rules(history=False), qtbot)
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


def test_that_a_new_rule_is_not_called_a_fall_any_more_once_it_asks_for_rises_too(
    open_rules: OpenRules, qtbot: QtBot
) -> None:
    _, form = begun(open_rules(history=False), qtbot)
    form.own.direction.setCurrentIndex(form.own.direction._values.index(Direction.EITHER))
    assert form.name.text() == "NVDA: Abnormal move (SAR)"
    assert form.rule().name_ko == "엔비디아 초과 등락(SAR)"


def test_that_pasted_lines_are_one_line_of_a_name_and_a_note(open_rules: OpenRules, qtbot: QtBot) -> None:
    _, form = begun(open_rules(history=False), qtbot)
    for field in (form.name, form.manner.note):
        field.selectAll()
        field.insert("Chips\nfall\there ")
    assert (form.rule().name_en, form.rule().note) == ("Chips fall here", "Chips fall here")


def templates_of(scene: RulesScene) -> dict[RuleKind, Rule]:
    parts = scene.rig.engine.parts
    return {each.rule.kind: each.rule for each in templates(parts.watchlist, "NVDA", parts.ecosystem)}


def test_that_at_the_lowest_window_the_last_field_is_reached_by_tab_and_save_stays_in_view(
    open_rules: OpenRules, qtbot: QtBot
) -> None:
    scene = open_rules(history=False)
    scene.window.resize(1280, 720)
    begin_by_key(scene, qtbot)
    form = scene.view.editor.form
    assert form.height() >= 480
    last = form.manner.note
    last.setFocus()
    form.page.ensureWidgetVisible(last)
    shown = form.page.viewport().rect()
    assert shown.contains(last.mapTo(form.page.viewport(), last.rect().center()))
    qtbot.waitUntil(lambda: form.rect().contains(form.save.geometry()))


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
def test_that_how_far_news_looks_back_reads_as_a_sentence(
    open_rules: OpenRules, kind: RuleKind, usual: str
) -> None:
    scene = open_rules(history=False)
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
def test_that_a_whole_rule_is_made_stop_by_stop_with_the_keyboard_alone(
    open_rules: OpenRules, qtbot: QtBot
) -> None:
    scene = open_rules(history=False)
    scene.window.resize(1280, 720)
    begin_by_key(scene, qtbot)
    view, form = scene.view, scene.view.editor.form
    qtbot.waitUntil(form.name.isVisible)
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
