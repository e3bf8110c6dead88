"""The question before live prices make way for a replay."""

from PySide6.QtWidgets import QWidget

from stackwatch.ui.kit.question import Question


class LeaveLive(Question):
    """Asks whether a replay may take the window."""

    def __init__(self, day: str, window: QWidget) -> None:
        super().__init__(window)
        self.setWindowTitle(self.tr("Replay"))
        told = self.tr("{day}: the replay opens in place of this window. Until you are back no rule fires.")
        self.put(
            self.tr("Leave live prices?"),
            told.format(day=day),
            self.tr("The way back: F5, Back to live prices."),
            self.tr("Watch the replay"),
            self.tr("Stay"),
        )
