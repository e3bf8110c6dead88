"""While you were away: what fired when nobody looked is told by the window after the start, once."""

from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from tests.support.rig import TUESDAY, build_rig
from tests.ui.rules_scene import RulesScene, open_scene

from stackwatch.domain.rule import Direction, Rule, RuleKind, SubjectKind
from stackwatch.domain.settings import Settings
from stackwatch.ui.alerts.note_cards import DigestCard
from stackwatch.ui.frame.appearance import Appearance
from stackwatch.ui.frame.translation import Translations
from stackwatch.ui.preferences.settings import ModeChoice

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
FALL = Rule(
    id="fall", name_en="Falls", name_ko="하락", kind=RuleKind.PERCENT_MOVE, direction=Direction.DOWN,
    threshold=3.0, subject_kind=SubjectKind.WATCHLIST, subject="*",
)  # fmt: skip


def live_through_quiet_hours(folder: Path) -> None:
    """Run without a window: two shares fall while popups are off, and the program ends."""
    local = TUESDAY.astimezone()
    quiet = Settings(quiet_from=local.time(), quiet_to=(local + timedelta(hours=1)).time())
    rig = build_rig(folder, (FALL,), settings=quiet)
    for price in (100.0, 95.0):
        rig.clock.advance(minutes=1)
        for symbol in ("NVDA", "ORCL"):
            rig.market.set(symbol, price)
        rig.refresh()
    rig.wait_for_group()
    assert [alert.suppressed_by for alert in rig.store.alerts.load()] == ["quiet hours"] * 2
    rig.store.close()


def open_again(folder: Path, appearance: Appearance, translations: Translations, hours: int) -> RulesScene:
    scene = open_scene(folder, appearance, translations, now=TUESDAY + timedelta(hours=hours))
    scene.rig.clock.advance(minutes=2)
    scene.rig.engine.tick()
    scene.pump()
    return scene


def close(scene: RulesScene) -> None:
    scene.window.close()
    scene.window.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)  # with its timers
    scene.rig.store.close()


def test_that_what_fired_in_quiet_hours_before_a_restart_is_told_once(
    qapp: QApplication, translations: Translations, tmp_path: Path
) -> None:
    appearance = Appearance(qapp, ModeChoice.DARK)
    live_through_quiet_hours(tmp_path)
    scene = open_again(tmp_path, appearance, translations, 3)
    (card,) = [card for card in scene.window.toasts.cards if isinstance(card, DigestCard)]
    assert "2 alerts" in card.accessibleName()
    QTest.mouseClick(card.open_button, Qt.MouseButton.LeftButton)
    dialog = scene.window.inbox.digest_dialog
    assert dialog is not None
    words = [row.accessible_text for row in dialog.rows.rows_model().rows]
    assert any("NVDA" in each and "quiet hours" in each for each in words)
    dialog.reject()
    close(scene)
    again = open_again(tmp_path, appearance, translations, 5)
    assert not any(isinstance(card, DigestCard) for card in again.window.toasts.cards)
    close(again)
    appearance.deleteLater()
