"""Other colours while everything is open: they look as if they had been there from the start."""

from collections.abc import Callable, Iterator
from itertools import cycle, repeat

import pytest
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot
from tests.ui.demo_scene import DemoDay
from tests.ui.walks import WALKS, end, lay_out, picture, popups, tell

from stackwatch.domain.watchlist import Language
from stackwatch.ui.alerts import popup_card
from stackwatch.ui.frame.window import MainWindow
from stackwatch.ui.kit.theme import Palette
from stackwatch.ui.preferences.settings import ModeChoice, UiSettings

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
Open = Callable[..., MainWindow]
NO_OTHER = (
    "menu settings",  # says which colours are chosen
    "settings search",  # begins anew
)


@pytest.fixture
def day(demo_day: Callable[[Language], DemoDay]) -> DemoDay:
    return demo_day(Language.ENGLISH)


def looks(
    day: DemoDay, open_window: Open, qtbot: QtBot, first: ModeChoice, later: Iterator[ModeChoice]
) -> Iterator[tuple[tuple[str, ModeChoice], str]]:
    """Grab all that a window shows, each part in the next of some colours that come while it is open."""
    settings = UiSettings(mode=first, palette=Palette.KOREAN, selected="NVDA")
    window = tell(day, open_window(settings, replay=True, world=day.world), qtbot)
    for walk in (*WALKS, popups):
        for name, root in walk(window):
            mode = next(later)
            if isinstance(root, QMenu):  # as when the system turns dark: the choice stays, the menu too
                window._parts.appearance.choose(mode, Palette.KOREAN)
            else:
                window.change_look({"mode": mode})
            lay_out()
            if name not in NO_OTHER:
                yield (name, mode), picture(root.grab())
                yield (f"tray at {name}", mode), picture(window.tray._tray.icon().pixmap(22))
    end(window)


def test_that_other_colours_reach_everything_that_is_open(
    day: DemoDay, open_window: Open, qtbot: QtBot, qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    qapp.setCursorFlashTime(0)
    monkeypatch.setattr(popup_card, "STAYS_MS", 1_000_000)  # no card goes meanwhile
    dark, light = ModeChoice.DARK, ModeChoice.LIGHT
    made: dict[object, object] = {}
    for mode in (dark, light):
        made |= dict(looks(day, open_window, qtbot, mode, repeat(mode)))
    changed = dict(looks(day, open_window, qtbot, dark, cycle((light, dark))))
    assert len(changed) * 2 == len(made)
    assert [key for key, image in changed.items() if image != made[key]] == []
