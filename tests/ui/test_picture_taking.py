"""The pictures of the documents: taken of a window that is made ready, small files with its colours."""

from collections.abc import Callable
from pathlib import Path

from installer.picture_taking import SITTINGS, reduce
from PySide6.QtGui import QColor, QImage

from stackwatch.ui.frame.window import MainWindow
from stackwatch.ui.preferences.settings import ViewChoice


def test_that_a_window_can_be_made_to_show_every_picture(open_window: Callable[..., MainWindow]) -> None:
    window = open_window()
    for shot in SITTINGS[0].shots:
        shot.act(window)
        if shot.name != "popup":  # there is none
            assert not shot.part(window).isNull()
        if shot.name == "rules":
            assert window.views.rules.edits.current().subject == "NVDA"
    assert window.views.view is ViewChoice.LIST
    assert window.settings_controller.dialog is not None


def test_that_a_red_figure_stays_red_in_a_picture_full_of_greys(tmp_path: Path) -> None:
    file = tmp_path / "picture.png"
    picture = QImage(300, 20, QImage.Format.Format_RGB32)
    for x in range(300):
        for y in range(20):
            picture.setPixelColor(x, y, QColor(x // 2, x // 2, x // 2 + x % 2))
    picture.setPixelColor(7, 7, QColor(230, 60, 60))
    picture.save(str(file))
    reduce(file)
    small = QImage(str(file))
    assert small.colorCount() <= 256
    shown = small.pixelColor(7, 7)
    assert max(abs(shown.red() - 230), abs(shown.green() - 60), abs(shown.blue() - 60)) <= 2
    assert abs(small.pixelColor(150, 3).red() - 75) <= 2
