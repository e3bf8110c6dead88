"""Icons and lines: the glyphs that qtawesome draws, sharp on screens of every scale; the program's own."""

from math import floor

import pytest
from desktop_notifier import DesktopNotifier, Icon
from PySide6.QtCore import QPoint, QRect, QSize
from PySide6.QtGui import QColor, QImage, QPainter, QPixmap, QRegion, qAlpha
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QApplication
from tests.ui.scene import dress_in

from stackwatch.app import notifier_backend
from stackwatch.storage.locations import shipped
from stackwatch.ui.kit import icons, paint
from stackwatch.ui.kit.theme import Ink, Theme, ThemeMode, build_theme

FULL_EM = 1 / 0.875


class Carried(icons.Glyph):
    """Stands on a screen of another scale now."""

    ratio = 1.0

    def devicePixelRatioF(self) -> float:  # noqa: N802 - Qt's name
        return self.ratio


@pytest.mark.parametrize("name", ["bell", "gear", "moon", "caret-down", "clock-counter-clockwise"])
@pytest.mark.parametrize("ratio", [1.0, 2.0])
def test_that_an_icon_is_the_one_that_qtawesome_draws(qapp: QApplication, name: str, ratio: float) -> None:
    import qtawesome  # the oracle

    assert qapp is not None
    theirs = qtawesome.icon(f"ph.{name}", color="#e8ebee", scale_factor=FULL_EM).pixmap(QSize(16, 16), ratio)
    ours = icons.pixmap(name, QColor("#e8ebee"), 16, ratio)
    assert ours.devicePixelRatio() == ratio
    assert ours.toImage() == theirs.toImage()


@pytest.mark.parametrize("ratio", [1.0, 1.25, 1.5, 2.0, 2.5])
def test_that_icons_are_never_blown_up_and_follow_the_screen(theme: Theme, ratio: float) -> None:
    ink = theme.t1
    assert icons.icon("gear", ink, 16).pixmap(QSize(16, 16), ratio).width() == round(16 * ratio)
    glyph = Carried(16)
    glyph.ratio = ratio
    glyph.put("gear", Ink.T1)
    screen = _screen(16, ratio)
    glyph.render(screen, QPoint(), QRegion(), glyph.RenderFlag.DrawChildren)
    drawn = icons.pixmap("gear", ink, 16, ratio).toImage()
    assert screen.toImage().convertedTo(drawn.format()) == drawn


def test_that_an_icon_beside_words_grows_with_them(qapp: QApplication) -> None:
    assert qapp is not None
    glyph = icons.Glyph(12)
    dress_in(glyph, build_theme(ThemeMode.DARK, base_px=18))
    assert glyph.size() == glyph.sizeHint() == QSize(18, 18)


@pytest.mark.parametrize("ratio", [1.0, 1.25, 1.5, 1.75, 2.0, 2.5])
def test_that_lines_are_sharp_and_of_one_thickness_wherever_they_stand(
    qapp: QApplication, ratio: float
) -> None:
    assert qapp is not None
    white, places = QColor("white"), range(1, 80, 9)
    for draw in (
        lambda painter, at: paint.hairline(painter, QRect(0, at, 40, 1), white),
        lambda painter, at: paint.outline(painter, QRect(-4, at, 60, 30), 3, white),
    ):
        lines = []
        for at in places:
            screen = _screen(120, ratio)
            painter = QPainter(screen)
            draw(painter, at)
            painter.end()
            image = screen.toImage()
            column = [qAlpha(image.pixel(20, y)) for y in range(round((at + 8) * ratio))]
            lines.append([alpha for alpha in column if alpha > 4])
            first = next(y for y, alpha in enumerate(column) if alpha > 4)
            assert first == floor(at * ratio + 0.5), "Qt cuts a widget off there"
        assert all(len(line) == int(ratio) and min(line) > 250 for line in lines)


def _screen(size: int, ratio: float) -> QPixmap:
    """Return a clear picture of a screen of that scale."""
    made = QPixmap(round(size * ratio), round(size * ratio))
    made.setDevicePixelRatio(ratio)
    made.fill(QColor(0, 0, 0, 0))
    return made


@pytest.mark.usefixtures("qapp")
def test_that_notifications_show_the_programs_own_picture() -> None:
    icon = shipped("resources") / "icons" / "stackwatch.png"
    kept = QImage(str(icon))
    drawn = QImage(kept.size(), QImage.Format.Format_ARGB32)
    drawn.fill(0)
    painter = QPainter(drawn)
    QSvgRenderer(str(icon.with_suffix(".svg"))).render(painter)
    painter.end()
    places = [(x, y) for x in range(0, kept.width(), 4) for y in range(0, kept.height(), 4)]
    off = [abs(kept.pixelColor(*at).lightness() - drawn.pixelColor(*at).lightness()) for at in places]
    assert sum(off) / len(off) < 2
    backend = notifier_backend()
    assert isinstance(backend, DesktopNotifier)
    assert backend.app_icon == Icon(path=icon)
