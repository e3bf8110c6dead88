"""Long work in the header, quietly: how far the first load of histories is, and the way to stop it."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from stackwatch.domain.events import Event, HistoryProgress
from stackwatch.ui.frame.header_parts import StatusItem
from stackwatch.ui.kit.chips import ActionButton


class ProgressItem(QWidget):
    """Hidden while nothing is loading."""

    stopped = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._progress = HistoryProgress(0, 0)
        self._words = StatusItem()
        self.stop_button = ActionButton(framed=False)
        self.stop_button.clicked.connect(self._stop)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(0)
        line.addWidget(self._words)
        line.addWidget(self.stop_button, 0, Qt.AlignmentFlag.AlignVCenter)
        self.hide()

    @property
    def text(self) -> str:
        """What it says."""
        done, total = self._progress.done, self._progress.total
        return self.tr("histories {done} of {total}").format(done=f"{done:,}", total=f"{total:,}")

    def apply(self, event: Event) -> None:
        """Take in one event of the core."""
        if isinstance(event, HistoryProgress):
            self._progress = event
            self.setVisible(event.done < event.total)
            self.retranslate()

    def retranslate(self) -> None:
        """Write it in the language in use."""
        self._words.show_status("hourglass", self.text, trust=False, steady=self.isVisible())
        self.stop_button.setToolTip(self.tr("Stop loading histories"))
        self.stop_button.put("", "x")

    def _stop(self) -> None:
        self.hide()
        self.stopped.emit()
