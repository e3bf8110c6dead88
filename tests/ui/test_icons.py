"""Icons: the same glyphs as qtawesome draws, without what importing it costs."""

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication

from stackwatch.ui.kit import icons

FULL_EM = 1 / 0.875


@pytest.mark.parametrize("name", ["bell", "gear", "moon", "caret-down", "clock-counter-clockwise"])
@pytest.mark.parametrize("ratio", [1.0, 2.0])
def test_that_an_icon_is_the_one_that_qtawesome_draws(qapp: QApplication, name: str, ratio: float) -> None:
    import qtawesome  # noqa: PLC0415 - the oracle

    assert qapp is not None
    theirs = qtawesome.icon(f"ph.{name}", color="#e8ebee", scale_factor=FULL_EM).pixmap(QSize(16, 16), ratio)
    ours = icons.pixmap(name, QColor("#e8ebee"), 16, ratio)
    assert ours.devicePixelRatio() == ratio
    assert ours.toImage() == theirs.toImage()
