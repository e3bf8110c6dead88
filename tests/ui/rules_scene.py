"""A window on a running engine: real store, real rules.toml, a market at the network's place."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtGui import QIcon
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot
from tests.support.rig import TUESDAY, Rig, build_rig

from stackwatch.domain.quote import DailyBar
from stackwatch.domain.rule import (
    Rule,
)
from stackwatch.engine.ports import History
from stackwatch.ui.bridge import Bridge
from stackwatch.ui.frame.appearance import Appearance
from stackwatch.ui.frame.translation import Translations
from stackwatch.ui.frame.window import MainWindow
from stackwatch.ui.frame.window_parts import WindowParts
from stackwatch.ui.preferences.settings import ModeChoice, SettingsStore, UiSettings
from stackwatch.ui.rules.armed_model import RowText
from stackwatch.ui.rules.rule_form import RuleForm
from stackwatch.ui.rules.rules_view import RulesView

OWN = """# Rules of mine
version = 1

# Oracle, since the lease story
[[rule]]
id = "oracle"  # short
name = { en = "Oracle falls", ko = "오라클 하락" }
kind = "percent-move"
subject_kind = "symbol"
subject = "ORCL"
direction = "down"
threshold = 4  # not less

# the end
"""


def year_of(seed: int, days: int = 520) -> History:
    """Return daily bars up to the day before the scene, quiet but for one wild day a month."""
    draw = np.random.default_rng(seed)
    returns = draw.normal(0.0, 0.01, days)
    returns[::21] -= 0.09 if seed else 0.0
    closes = np.cumprod(1.0 + returns)
    closes *= 100.0 / closes[-1]
    bars: list[DailyBar] = []
    day = TUESDAY.date()
    while len(bars) < days:
        day -= timedelta(days=1)
        if day.weekday() < 5:
            close = float(closes[days - 1 - len(bars)])
            bars.append(DailyBar(day, close, close * 1.01, close * 0.99, close, 1_000))
    return History(tuple(reversed(bars)))


@dataclass
class RulesScene:
    """The window, its engine, and the file of rules."""

    window: MainWindow
    rig: Rig
    file: Path
    told: int = 0

    @property
    def view(self) -> RulesView:
        return self.window.views.rules

    def pump(self) -> None:
        """Hand the window what the engine told since."""
        while self.told < len(self.rig.events):
            event = self.rig.events[self.told]
            self.told += 1
            self.window.apply(event)

    def until(self, true: Callable[[], bool]) -> Callable[[], bool]:
        """Return a condition that lets the engine's answers in first."""

        def look() -> bool:
            self.pump()
            return true()

        return look


def open_scene(
    folder: Path,
    appearance: Appearance,
    translations: Translations,
    *,
    history: bool = True,
    now: datetime = TUESDAY,
    settings_file: SettingsStore | None = None,
) -> RulesScene:
    """Open a window whose own rules are ``OWN``, as it was left where there is a ``settings_file``."""
    file = folder / "rules.toml"
    if not file.exists():
        file.write_text(OWN, encoding="utf-8")
    usual = UiSettings(mode=ModeChoice.DARK, selected="NVDA")
    rig = build_rig(folder, now=now)
    if history:
        for seed, symbol in enumerate(("QQQ", "NVDA", "ORCL")):
            bars = year_of(seed)
            rig.store.bars.keep_history(symbol, bars, date(2024, 1, 1))
            rig.market.history[symbol] = bars.bars
            rig.engine.take_histories({symbol: bars.bars})
    for symbol, price in (("QQQ", 100.0), ("NVDA", 99.0), ("ORCL", 99.0)):
        rig.market.set(symbol, price)
    rig.refresh()
    rig.engine.tick()
    window = MainWindow(
        WindowParts(
            ecosystem=rig.engine.parts.ecosystem,
            watchlist=rig.engine.parts.watchlist,
            commands=lambda: rig.runtime,
            bridge=Bridge(),
            appearance=appearance,
            translations=translations,
            settings=usual if settings_file is None else settings_file.load(usual),
            settings_file=settings_file,
            icon=QIcon(),
        )
    )
    window.furnish()
    scene = RulesScene(window, rig, file)
    window.show()
    scene.pump()
    return scene


OpenRules = Callable[..., RulesScene]


ALT = Qt.KeyboardModifier.AltModifier
LEFT = Qt.MouseButton.LeftButton


def begin_by_key(scene: RulesScene, qtbot: QtBot, name: str = "") -> None:
    """Begin a rule, and give it a name where one is told."""
    with qtbot.waitActive(scene.window):
        scene.window.activateWindow()
    QTest.keyClick(scene.window.list, Qt.Key.Key_A, ALT)
    scene.pump()
    if name:
        scene.view.editor.form.name.selectAll()
        QTest.keyClicks(scene.view.editor.form.name, name)


def begun(scene: RulesScene, qtbot: QtBot) -> tuple[RulesScene, RuleForm]:
    """Begin a rule, and return its form, too."""
    begin_by_key(scene, qtbot)
    return scene, scene.view.editor.form


def rows(scene: RulesScene) -> dict[tuple[str, str], RowText]:
    model = scene.view.armed.model
    return {model.row(place).key: model.row(place) for place in range(model.rowCount())}


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
