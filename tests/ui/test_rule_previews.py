"""What a rule would have done, beside its form: when it comes, and that it is seen whole."""

from datetime import timedelta

import pytest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot
from tests.support.rig import TUESDAY
from tests.ui import scene as picture
from tests.ui.rules_scene import OpenRules, begin_by_key, year_of

from stackwatch.domain.events import NoisePreviewed
from stackwatch.domain.noise import NoiseCount, NoisePreview
from stackwatch.domain.rule import (
    Direction,
    RuleKind,
    SubjectKind,
)
from stackwatch.domain.rule_drafts import draft
from stackwatch.domain.watchlist import BilingualName, Language
from stackwatch.ui.kit.theme import Palette, Theme, ThemeMode, build_theme, use_theme
from stackwatch.ui.preferences.settings import MOST_TEXT
from stackwatch.ui.rules.noise_panel import NoisePanel


def test_that_a_preview_that_was_refused_comes_once_there_are_prices(
    open_rules: OpenRules, qtbot: QtBot
) -> None:
    scene = open_rules(history=False)
    begin_by_key(scene, qtbot)
    noise, rig = scene.view.editor.noise, scene.rig
    qtbot.waitUntil(scene.until(lambda: noise.reason != ""))
    for symbol in ("QQQ", "NVDA"):
        rig.market.history[symbol] = year_of(1).bars
    rig.runtime.bars.fetch_all(rig.engine)
    qtbot.waitUntil(scene.until(lambda: noise.preview is not None))
    assert noise.reason == ""


def test_that_a_preview_about_stories_comes_once_there_are_some(open_rules: OpenRules, qtbot: QtBot) -> None:
    scene = open_rules()
    begin_by_key(scene, qtbot)
    view, rig = scene.view, scene.rig
    view.new_rule(
        draft(RuleKind.STORY, SubjectKind.SYMBOL, "NVDA", BilingualName("Story", "소식"), Direction.EITHER)
    )
    qtbot.waitUntil(scene.until(lambda: view.editor.noise.reason.startswith("stories are counted")))
    rig.market.report("Nvidia signs a contract with OpenAI", minutes_ago=3 * 24 * 60)
    rig.refresh()
    qtbot.waitUntil(scene.until(lambda: view.editor.noise.preview is not None), timeout=5000)


def test_that_an_outdated_preview_is_dropped_and_no_history_is_said(
    open_rules: OpenRules, qtbot: QtBot
) -> None:
    scene = open_rules(history=False)
    begin_by_key(scene, qtbot)
    view = scene.view
    view.apply(NoisePreviewed(0, reason="outdated"))
    assert view.editor.noise.reason == ""
    qtbot.waitUntil(scene.until(lambda: view.editor.noise.reason != ""))
    assert view.editor.noise.reason.startswith("no prices are stored")
    icon, middle = view.editor.noise._icon, view.editor.noise.rect().center()
    qtbot.waitUntil(lambda: abs(icon.geometry().center().x() - middle.x()) <= 1)
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


def in_large_text(qtbot: QtBot, width: int) -> tuple[NoisePanel, Theme]:
    """Show a panel so wide in the largest text."""
    large = build_theme(ThemeMode.DARK, Palette.WESTERN, MOST_TEXT)
    use_theme(large)
    panel = NoisePanel(picture.ecosystem())
    qtbot.addWidget(panel)
    panel.resize(large.px(width), large.px(315))
    panel.show()
    return panel, large


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
def test_that_the_days_of_a_preview_end_in_dots_where_they_have_no_room(
    qapp: QApplication, qtbot: QtBot
) -> None:
    panel, _ = in_large_text(qtbot, 300)
    panel.put(falls_previewed(made_up=True))
    qapp.processEvents()
    assert panel._state.geometry().right() <= panel.width()
    panel.grab()
    assert panel.state in panel._state.toolTip()  # whole


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
def test_that_counts_that_go_below_each_other_unseen_have_their_height_when_they_come(
    qapp: QApplication, qtbot: QtBot
) -> None:
    panel, large = in_large_text(qtbot, 390)
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
    open_rules: OpenRules, qtbot: QtBot, qapp: QApplication, language: Language
) -> None:
    scene = open_rules()
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
