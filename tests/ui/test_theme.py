import os
import subprocess
import sys
from itertools import product
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QImage, QPainter, QStyleHints
from PySide6.QtWidgets import QApplication, QDialogButtonBox, QMenu, QPushButton, QStyle, QWidget
from pytestqt.qtbot import QtBot

from stackwatch.ui.frame.appearance import Appearance
from stackwatch.ui.kit import icons
from stackwatch.ui.kit.dress import dress
from stackwatch.ui.kit.paint import sar_bar
from stackwatch.ui.kit.stylesheet import stylesheet
from stackwatch.ui.kit.theme import Palette, Theme, ThemeMode, build_theme, current_theme
from stackwatch.ui.preferences.settings import ModeChoice
from stackwatch.ui.watchlist.watchlist_cells import Bell, Mark

ROOT = Path(__file__).resolve().parents[2]
READABLE = 4.5
INKS = ("t1", "t2", "t3", "you", "trust", "up", "down")
GROUNDS = ("window", "panel", "raised", "hover", "selected")
PAIRS = [
    *product(INKS, GROUNDS),
    ("onyou", "you"),
    ("you", "youfill"),
    ("trust", "trustfill"),
    ("t1", "band"),
    ("t2", "band"),
    ("t1", "flash"),
    ("t1", "band2"),
    ("t2", "band2"),
    ("panel", "t1"),
]


def _luminance(colour: QColor) -> float:
    parts = (colour.redF(), colour.greenF(), colour.blueF())
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(first: QColor, second: QColor) -> float:
    lighter, darker = sorted((_luminance(first), _luminance(second)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("high", [False, True])
@pytest.mark.parametrize(("mode", "palette"), list(product(ThemeMode, Palette)))
def test_that_every_ink_can_be_read_on_every_ground(
    qapp: QApplication, mode: ThemeMode, palette: Palette, *, high: bool
) -> None:
    assert qapp is not None
    theme = build_theme(mode, palette, high_contrast=high)
    weak = [
        f"{ink} on {ground}: {value:.2f}"
        for ink, ground in PAIRS
        if (value := contrast(getattr(theme, ink), getattr(theme, ground))) < READABLE
    ]
    assert weak == []


@pytest.mark.parametrize(("mode", "palette"), list(product(ThemeMode, Palette)))
def test_that_text_on_tiles_can_be_read(qapp: QApplication, mode: ThemeMode, palette: Palette) -> None:
    assert qapp is not None
    theme = build_theme(mode, palette)
    assert all(contrast(theme.t1, step) >= READABLE for step in (*theme.up_steps, *theme.down_steps))


@pytest.mark.usefixtures("qapp")
@pytest.mark.parametrize("mode", list(ThemeMode))
def test_that_lines_between_parts_are_stronger_too_in_high_contrast(mode: ThemeMode) -> None:
    usual, strong = build_theme(mode), build_theme(mode, high_contrast=True)
    for line in ("line", "line2"):
        before, after = (contrast(getattr(each, line), each.panel) for each in (usual, strong))
        assert after > before * 1.2


def test_that_direction_follows_the_palette_and_zero_has_none(qapp: QApplication) -> None:
    assert qapp is not None
    western, korean = build_theme(ThemeMode.DARK), build_theme(ThemeMode.DARK, Palette.KOREAN)
    assert western.direction(1.0) == western.up
    assert western.down == korean.up
    assert western.direction(0.0) == western.direction(None) == western.t2


def test_that_the_colour_blind_palette_has_no_third_hue(qapp: QApplication) -> None:
    assert qapp is not None
    theme = build_theme(ThemeMode.LIGHT, Palette.COLOUR_BLIND)
    assert (theme.trust, theme.trustfill) == (theme.t2, theme.raised)


def test_that_the_style_sheet_has_no_token_left(theme: Theme) -> None:
    assert "$" not in stylesheet(theme)


@pytest.mark.usefixtures("qapp")
def test_that_the_buttons_of_a_question_have_no_icons_on_any_system() -> None:
    around = QWidget()
    around.setStyleSheet("QDialogButtonBox { dialogbuttonbox-buttons-have-icons: 1; }")  # as X11 has it
    buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Ok, around)
    hint = QStyle.StyleHint.SH_DialogButtonBox_ButtonsHaveIcons
    buttons.ensurePolished()
    assert buttons.style().styleHint(hint, None, buttons)
    buttons.setStyleSheet(stylesheet(build_theme(ThemeMode.DARK)))
    assert not buttons.style().styleHint(hint, None, buttons)


def test_that_sizes_grow_with_the_base(qapp: QApplication) -> None:
    assert qapp is not None
    large = build_theme(ThemeMode.DARK, base_px=16)
    assert (large.row_height, large.px(12)) == (26, 16)


@pytest.mark.parametrize("name", [m.value for m in (*Mark, *Bell) if m.value])
def test_that_every_icon_of_the_list_exists(theme: Theme, name: str) -> None:
    drawn = icons.pixmap(name, theme.t1, 11, 2.0).toImage()
    assert (drawn.width(), drawn.devicePixelRatio()) == (22, 2.0)
    assert any(drawn.pixelColor(x, y).alpha() for x in range(22) for y in range(22))


def test_that_a_switch_of_colours_is_announced_once(qapp: QApplication) -> None:
    appearance = Appearance(qapp, ModeChoice.DARK)
    seen: list[ThemeMode] = []
    appearance.changed.connect(lambda: seen.append(current_theme().mode))
    appearance.choose(ModeChoice.LIGHT, Palette.WESTERN)
    appearance.choose(ModeChoice.LIGHT, Palette.WESTERN)
    assert seen == [ThemeMode.LIGHT]


def test_that_buttons_and_menus_keep_the_font_of_the_program_where_the_desktop_has_one_of_its_own(
    qapp: QApplication, qtbot: QtBot
) -> None:
    appearance = Appearance(qapp, ModeChoice.DARK)
    window = QWidget()
    qtbot.addWidget(window)
    button, menu = QPushButton("Done", window), QMenu(window)
    for kind in ("QPushButton", "QMenu"):
        qapp.setFont(QFont("monospace", 19), kind)  # type: ignore[arg-type]  # as a style sheet does there
    appearance.choose(ModeChoice.LIGHT, Palette.WESTERN)
    fonts = [button.font(), menu.font(), QPushButton("New", window).font(), QMenu(window).font()]
    assert {(font.family(), font.pixelSize()) for font in fonts} == {(current_theme().family, 12)}
    appearance.deleteLater()


class _Wishes(QObject):
    """Stands for a system that is asked for more contrast while the program runs."""

    contrastPreferenceChanged = Signal(object)  # noqa: N815 - Qt's name
    high = False

    def contrastPreference(self) -> Qt.ContrastPreference:  # noqa: N802 - Qt's name
        kinds = Qt.ContrastPreference
        return kinds.HighContrast if self.high else kinds.NoPreference


@pytest.mark.parametrize("mode", [ModeChoice.DARK, ModeChoice.LIGHT])
def test_that_borders_stand_out_where_the_system_asks_for_highcontrast(
    qapp: QApplication, monkeypatch: pytest.MonkeyPatch, mode: ModeChoice
) -> None:
    wishes = _Wishes()
    monkeypatch.setattr(QStyleHints, "accessibility", lambda _hints: wishes)
    appearance = Appearance(qapp, mode)
    usual = current_theme()
    wishes.high = True
    wishes.contrastPreferenceChanged.emit(wishes.contrastPreference())
    theme = current_theme()
    for ground in (theme.panel, theme.window, theme.raised):
        assert contrast(theme.line2, ground) >= 3.0 > contrast(usual.line2, ground)
    wishes.high = False
    wishes.contrastPreferenceChanged.emit(wishes.contrastPreference())
    assert current_theme() == usual
    appearance.deleteLater()


@pytest.mark.usefixtures("qapp")
@pytest.mark.parametrize(("mode", "palette"), list(product(ThemeMode, Palette)))
def test_that_a_bar_stands_out_from_its_band_in_a_selected_row_in_high_contrast_too(
    mode: ThemeMode, palette: Palette
) -> None:
    theme = build_theme(mode, palette, high_contrast=True)
    for sar in (-1.9, -3.0):  # unusual or not, it begins inside the band
        image = QImage(81, 13, QImage.Format.Format_ARGB32)
        image.fill(theme.selected)
        painter = QPainter(image)
        sar_bar(painter, image.rect(), sar, theme, on_selected=True)
        painter.end()
        bar, band = image.pixelColor(35, 6), image.pixelColor(50, 6)
        assert contrast(bar, band) >= 3.0


def test_that_what_is_inside_follows_a_theme_before_what_it_is_in(qtbot: QtBot) -> None:
    told: list[QWidget] = []

    class Part(QWidget):
        def restyle(self) -> None:
            told.append(self)

    outer = Part()
    qtbot.addWidget(outer)
    inner = Part(QWidget(outer))  # what has nothing to make anew lies between
    dress(outer)
    assert told == [inner, outer]


def test_that_the_program_looks_the_same_whatever_style_the_system_has() -> None:
    code = (
        "from stackwatch.ui.frame.program import Application\n"
        "print(Application(['stackwatch']).style().name())"
    )
    other = {"QT_STYLE_OVERRIDE": "Windows", "QT_QPA_PLATFORM": "offscreen"}
    environment = os.environ | other | {"PYTHONPATH": str(ROOT / "desktop")}
    command = [sys.executable, "-c", code]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=180, check=True)
    assert done.stdout.strip() == "fusion"
