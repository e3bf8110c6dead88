from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from stackwatch.ui.kit.chips import MoveText, Text
from stackwatch.ui.kit.theme import Role, Theme


class _Room(QWidget):
    """Counts how often a part asks for another room."""

    asked = 0

    def event(self, event: QEvent) -> bool:
        self.asked += event.type() is QEvent.Type.LayoutRequest
        return super().event(event)


def test_that_a_figure_as_wide_as_the_one_before_lets_the_window_stand(qtbot: QtBot, theme: Theme) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    room = _Room(window)
    room.resize(400, 60)
    figure, move = Text(fixed=True), MoveText()
    row = QHBoxLayout(room)
    row.addWidget(figure)
    row.addWidget(move)

    def show(price: str, change: float) -> int:
        before = room.asked
        figure.put(price, theme.t1, theme.font(Role.HERO))
        move.put(change, f"{change:+.2f}", theme.t1, theme.font())
        QApplication.processEvents()
        assert (figure.text(), figure.width()) == (price, figure.sizeHint().width())
        assert move.width() == move.sizeHint().width()
        return room.asked - before

    window.show()
    show("168.00", 1.25)
    assert show("166.25", 2.75) == 0
    assert show("1,166.25", 2.75) > 0
    assert show("1,166.25", 12.75) > 0
