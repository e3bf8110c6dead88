"""What ends, ends on the window too: a snooze, a pause, quiet hours, a publisher's news."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from tests.ui.rules_scene import RulesScene, open_scene

from stackwatch.domain.alert import PopupPause, SnoozeScope
from stackwatch.domain.settings import Settings
from stackwatch.engine.services.briefings import brief
from stackwatch.ui.alerts.note_cards import DigestCard
from stackwatch.ui.alerts.toast_card import ToastCard
from stackwatch.ui.frame.appearance import Appearance
from stackwatch.ui.frame.translation import Translations
from stackwatch.ui.preferences.settings import ModeChoice, ViewChoice

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
TITLE = "Oracle loses its lease with OpenAI, shares fall"


@pytest.fixture
def scene(qapp: QApplication, translations: Translations, tmp_path: Path) -> Iterator[RulesScene]:
    appearance = Appearance(qapp, ModeChoice.DARK)
    made = open_scene(tmp_path, appearance, translations)
    for symbol in set(made.rig.engine.symbols) - made.rig.market.prices.keys():
        made.rig.market.set(symbol, 100.0)
    made.rig.market.report(TITLE, publisher="WSJ", minutes_ago=20, key="lease")
    yield made
    made.window.close()
    made.window.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    appearance.deleteLater()


def later(scene: RulesScene, minutes: int, **prices: float) -> None:
    """Let time pass, every price be new, and the window take in what the engine told."""
    rig = scene.rig
    rig.clock.advance(minutes=minutes)
    for symbol, quote in tuple(rig.market.prices.items()):
        rig.market.set(symbol, prices.get(symbol, quote.price))
    rig.refresh()
    rig.wait_for_group()
    scene.pump()


def cards(scene: RulesScene, kind: type) -> list[object]:
    return [card for card in scene.window.toasts.cards if isinstance(card, kind)]


def states(scene: RulesScene) -> set[str]:
    model = scene.window.inbox.model
    return {model.row(place).state.partition(",")[0] for place in range(model.rowCount())}


def test_that_a_snooze_that_runs_out_makes_its_alerts_new_again_and_pops_up_nothing(
    scene: RulesScene,
) -> None:
    later(scene, 1, ORCL=94.0)
    (card,) = cards(scene, ToastCard)
    assert isinstance(card, ToastCard)
    assert card.facts is not None
    scene.rig.runtime.snooze(card.facts.alert.id, scene.rig.clock.now() + timedelta(hours=1))
    scene.pump()
    assert cards(scene, ToastCard) == []
    assert any(state.startswith("Snoozed to") for state in states(scene))
    later(scene, 61)
    assert states(scene) == {"New"}
    assert cards(scene, ToastCard) == []


def test_that_a_pause_that_ends_takes_its_words_back_and_tells_what_fired_once(scene: RulesScene) -> None:
    scene.window.pause_popups(PopupPause.HOUR)
    later(scene, 1, ORCL=94.0)
    assert scene.window.notice.text.startswith("No popups until 12:00 ET")
    assert scene.window.toasts.cards == ()
    later(scene, 61)
    assert scene.window.notice.text == ""
    assert not scene.window.notice.isVisible()
    (card,) = cards(scene, DigestCard)
    assert isinstance(card, DigestCard)
    assert "ORCL" in card.accessibleName()
    scene.window.toasts.close_all()
    later(scene, 5)
    assert scene.window.toasts.cards == ()


def test_that_quiet_hours_that_end_tell_what_fired_in_them_once(scene: RulesScene) -> None:
    local = scene.rig.clock.now().astimezone()
    quiet = Settings(quiet_from=local.time(), quiet_to=(local + timedelta(hours=1)).time())
    scene.rig.runtime.change_settings(quiet)
    later(scene, 1, ORCL=94.0)
    assert scene.window.toasts.cards == ()
    later(scene, 61)
    (card,) = cards(scene, DigestCard)
    assert isinstance(card, DigestCard)
    assert "ORCL" in card.accessibleName()
    scene.window.toasts.close_all()
    later(scene, 24 * 60 - 122)  # a minute before the next ones
    assert cards(scene, DigestCard) == []


def test_that_nothing_of_a_publisher_is_left_once_it_is_blocked(scene: RulesScene) -> None:
    rig, window = scene.rig, scene.window
    rig.runtime.select("NVDA")
    later(scene, 1, ORCL=94.0, NVDA=92.0)
    rig.runtime.select("ORCL")
    scene.pump()
    window.following.open("ORCL")

    def said() -> dict[str, str]:
        """Return everything that is told, by where."""
        snapshot = window._contents.detail._snapshot
        model = window.inbox.model
        facts = [card.facts for card in window.toasts.cards if isinstance(card, ToastCard)]
        return {
            "inbox": " ".join(str(model.row(place)) for place in range(model.rowCount())),
            "popups": str(facts),
            "stories": str([snapshot.stories_of(each) for each in ("ORCL", "NVDA", "openai")]),
            "reasons": str(snapshot.explanations),
            "engine": str([rig.engine.explain(each) for each in ("ORCL", "NVDA")]),
            "briefing": str(brief(rig.engine)),
            "counts": str([count for entity, count in rig.engine.newsroom.counts() if count]),
        }

    before = said()
    assert {where for where, words in before.items() if TITLE not in words} == {"counts"}
    rig.runtime.change_settings(Settings(blocked_sources=("WSJ",)))
    scene.pump()
    after = said()
    assert {where: words for where, words in after.items() if TITLE in words} == {}
    assert after["counts"] == "[]"
    assert len(cards(scene, ToastCard)) >= 1, "a move is a move"


def test_that_the_end_of_a_snooze_is_undone_and_done_again_by_key(scene: RulesScene) -> None:
    later(scene, 1, ORCL=94.0)
    (card,) = cards(scene, ToastCard)
    assert isinstance(card, ToastCard)
    assert card.facts is not None
    alert = card.facts.alert
    until = scene.rig.clock.now() + timedelta(hours=1)
    scene.rig.runtime.snooze(alert.id, until, SnoozeScope.NAME, alert.subject)
    scene.pump()
    scene.window.views.show_view(ViewChoice.RULES)
    scene.pump()
    assert any("snoozed to" in state for state in states(scene))
    scene.view.armed.wake_wanted.emit(alert.rule_id, alert.subject)
    scene.pump()
    assert not any("snoozed to" in state for state in states(scene))
    QTest.keySequence(scene.window, "Ctrl+Z")
    scene.pump()
    assert any("snoozed to" in state for state in states(scene))
    assert scene.window.views.view is ViewChoice.RULES
    QTest.keySequence(scene.window, "Ctrl+Shift+Z")
    scene.pump()
    assert not any("snoozed to" in state for state in states(scene))
