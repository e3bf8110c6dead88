"""While you were away: what fired when nobody looked is told by the window after the start, once."""

import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from tests.support.rig import TUESDAY, build_rig
from tests.ui.rules_scene import RulesScene, open_scene

from stackwatch.domain.alert import AwayReason
from stackwatch.domain.armed import PassedLevel
from stackwatch.domain.events import AwayDigest
from stackwatch.domain.quote import QuoteState, Session
from stackwatch.domain.rule import Direction, Rule, RuleKind, SubjectKind
from stackwatch.domain.settings import Settings
from stackwatch.ui.alerts.digest import DigestRow, digest_rows
from stackwatch.ui.alerts.note_cards import DigestCard
from stackwatch.ui.frame.appearance import Appearance
from stackwatch.ui.frame.translation import Translations
from stackwatch.ui.kit.chips import ElidedText
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


def sleep_over_a_session(scene: RulesScene) -> None:
    """Wake after the close of a session that began when somebody looked last, and let prices come."""
    scene.rig.clock.time = TUESDAY + timedelta(hours=9)
    scene.rig.engine.mark_gap()
    close = TUESDAY + timedelta(hours=5)
    for symbol, price in (("NVDA", 92.0), ("ORCL", 86.0), ("QQQ", 100.0)):
        scene.rig.market.set(symbol, price, session=Session.CLOSED, state=QuoteState.CLOSED, as_of=close)
    scene.rig.refresh()
    scene.rig.clock.advance(minutes=1)
    scene.rig.engine.tick()
    scene.pump()


@pytest.fixture
def slept(qapp: QApplication, translations: Translations, tmp_path: Path) -> Iterator[RulesScene]:
    """Give a window that is told of a session over which the machine slept."""
    appearance = Appearance(qapp, ModeChoice.DARK)
    scene = open_scene(tmp_path, appearance, translations)
    sleep_over_a_session(scene)
    yield scene
    close(scene)
    appearance.deleteLater()


def test_that_a_session_that_ended_over_a_sleep_is_told_and_opens_whom_it_is_about(slept: RulesScene) -> None:
    (card,) = [card for card in slept.window.toasts.cards if isinstance(card, DigestCard)]
    assert "2 unusual moves" in card.accessibleName()
    QTest.mouseClick(card.open_button, Qt.MouseButton.LeftButton)
    dialog = slept.window.inbox.digest_dialog
    assert dialog is not None
    head, oracle, nvidia = dialog.rows.rows_model().rows
    assert "Unusual moves" in head.accessible_text
    assert "Oracle fell 14.00" in oracle.accessible_text
    assert "NVIDIA fell 8.00" in nvidia.accessible_text
    QTest.keyClick(dialog.rows, Qt.Key.Key_Return)
    assert slept.window.following.entity == "ORCL"


@pytest.mark.skipif(not hasattr(time, "tzset"), reason="a program on Windows keeps the zone it began in")
def test_that_a_digest_says_by_the_machines_clock_too_when_nobody_looked(
    slept: RulesScene, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setenv("TZ", "Asia/Seoul")
        time.tzset()
        try:
            slept.window.inbox.show_digest()
        finally:
            patch.undo()
            time.tzset()
    dialog = slept.window.inbox.digest_dialog
    assert dialog is not None
    said = [part.text() for part in dialog.findChildren(ElidedText)]
    assert {"11:00 to 20:00 ET", "Wed 00:00 to 09:00 your time"} <= set(said)
    dialog.reject()


@pytest.mark.usefixtures("translations")
def test_that_a_price_that_stands_at_its_level_fell_or_rose_as_its_rule_waits_for_it(tmp_path: Path) -> None:
    rig = build_rig(tmp_path)
    now = rig.clock.now()
    levels = (
        PassedLevel("low", "NVDA", 95.0, Direction.DOWN, 95.0, "USD"),
        PassedLevel("high", "NVDA", 95.0, Direction.UP, 95.0, "USD"),
    )
    digest = AwayDigest(AwayReason.WAKE, now, now, (), passed=levels)
    _, *rows = digest_rows(digest, rig.engine.parts.ecosystem, now)
    assert [row.words for row in rows] == ["NVDA fell below 95.00", "NVDA rose above 95.00"]


def test_that_a_digest_that_nobody_read_is_told_with_the_next_one(slept: RulesScene) -> None:
    now = slept.rig.clock.now()
    level = PassedLevel("low", "VRT", 95.0, Direction.DOWN, 94.0, "USD")
    later = AwayDigest(AwayReason.QUIET_HOURS, now, now, (), passed=(level,))
    slept.window.apply(later)
    (card,) = [card for card in slept.window.toasts.cards if isinstance(card, DigestCard)]
    assert card.accessibleName().startswith("While you were away, 11:00 to 20:01 ET")
    assert "1 level passed, 2 unusual moves" in card.accessibleName()
    card.close()
    slept.window.apply(later)
    assert shown(slept) == ["low VRT", "move ORCL 2026-03-10", "move NVDA 2026-03-10"]
    slept.window.apply(later)
    assert shown(slept) == ["low VRT"]


def shown(scene: RulesScene) -> list[str]:
    """Open the newest digest, and close it again; returns the rows about somebody."""
    scene.window.inbox.show_digest()
    dialog = scene.window.inbox.digest_dialog
    assert dialog is not None
    keys = [row.key for row in dialog.rows.rows_model().rows if isinstance(row, DigestRow) and row.opens]
    dialog.reject()
    return keys
