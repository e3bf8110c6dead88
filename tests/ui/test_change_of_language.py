"""Another language while everything is open: it reads and looks as if it had been spoken from the start."""

from collections.abc import Callable, Iterator
from itertools import cycle, repeat

import pytest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot
from tests.ui.demo_scene import DemoDay
from tests.ui.walks import WALKS, end, lay_out, picture, popups, tell

from stackwatch.domain.watchlist import Language
from stackwatch.ui.alerts import popup_card
from stackwatch.ui.frame.window import MainWindow
from stackwatch.ui.kit.language import current_language
from stackwatch.ui.kit.theme import Palette
from stackwatch.ui.preferences.settings import ModeChoice, UiSettings
from stackwatch.ui.preferences.settings_dialog import SettingsDialog

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
Open = Callable[..., MainWindow]
Look = tuple[tuple[tuple[str, str], ...], str]
TEXTS = (
    *("text", "title", "windowTitle", "placeholderText", "toolTip"),
    *("accessibleName", "accessibleDescription"),
)
NO_OTHER = (
    "settings search",  # begins anew
)


@pytest.fixture
def day(demo_day: Callable[[Language], DemoDay]) -> DemoDay:
    return demo_day(Language.ENGLISH)


def look(root: QWidget) -> Look:
    """Return what a part and all that can be seen in it say, and the sum of a picture of them."""
    image = picture(root.grab())  # first: what is hidden or moved comes with it
    parts = (root, *(part for part in root.findChildren(QWidget) if part.isVisibleTo(root)))
    said = ((f"{type(part).__name__} {text}", part.property(text)) for part in parts for text in TEXTS)
    return tuple((where, words) for where, words in said if isinstance(words, str) and words), image


def looks(
    day: DemoDay, open_window: Open, qtbot: QtBot, first: Language, later: Iterator[Language]
) -> Iterator[tuple[tuple[str, Language], Look]]:
    """Look at all that a window shows, each part in the next of some languages that come while it is open."""
    settings = UiSettings(mode=ModeChoice.DARK, palette=Palette.KOREAN, selected="NVDA", language=first)
    window = tell(day, open_window(settings, replay=True, world=day.world), qtbot)
    for walk in (*WALKS, popups):
        for name, root in walk(window):
            if not root.isWindow() or isinstance(root, MainWindow | SettingsDialog):
                window.change_look({"language": next(later)})  # else it is in front of what could do that
            lay_out()
            if name not in NO_OTHER:
                yield (name, current_language()), look(root)
    tray = window.tray
    told = [("tip", tray._tray.toolTip()), *(("entry", action.text()) for action in tray._menu.actions())]
    yield ("tray", current_language()), (tuple(told), "")
    end(window)


def test_that_another_language_reaches_everything_that_is_open(
    day: DemoDay, open_window: Open, qtbot: QtBot, qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    qapp.setCursorFlashTime(0)
    monkeypatch.setattr(popup_card, "STAYS_MS", 1_000_000)  # no card goes meanwhile
    english, korean = Language.ENGLISH, Language.KOREAN
    made: dict[tuple[str, Language], Look] = {}
    for language in (english, korean):
        made |= dict(looks(day, open_window, qtbot, language, repeat(language)))
    changed = dict(looks(day, open_window, qtbot, english, cycle((korean, english))))
    changed |= dict(looks(day, open_window, qtbot, korean, cycle((english, korean))))
    assert changed.keys() == made.keys()
    wrong = {key: {*said} ^ {*made[key][0]} for key, (said, _) in changed.items()}
    assert {key: words for key, words in wrong.items() if words} == {}
    assert [key for key, (_, image) in changed.items() if image != made[key][1]] == []
