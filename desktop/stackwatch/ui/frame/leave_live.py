"""The question before live prices make way for a replay."""

from PySide6.QtWidgets import QDialog, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from stackwatch.ui.kit.chips import Paragraph
from stackwatch.ui.kit.theme import Role, Theme
from stackwatch.ui.kit.veil import Veil

_WIDTH = 400


class LeaveLive(QDialog):
    """Asks whether a replay may take the window; Enter, Esc and closing it leave everything as it is."""

    def __init__(self, theme: Theme, day: str, window: QWidget) -> None:
        super().__init__(window)
        self.setWindowTitle(self.tr("Replay"))
        veil = Veil(theme, window)
        self.finished.connect(veil.hide)
        self.finished.connect(veil.deleteLater)
        self.finished.connect(self.deleteLater)
        title, told, back = Paragraph(), Paragraph(), Paragraph()
        title.put(self.tr("Leave live prices?"), theme.t1, theme.font(Role.VERDICT))
        told.put(
            self.tr(
                "{day}: the replay opens in place of this window. Until you are back no rule fires."
            ).format(day=day),
            theme.t1,
            theme.font(),
        )
        back.put(self.tr("The way back: F5, Back to live prices."), theme.t2, theme.font())
        self.setAccessibleDescription(" ".join(part.text() for part in (title, told, back)))
        self.stay, self.go = QPushButton(self.tr("Stay")), QPushButton(self.tr("Watch the replay"))
        self.stay.setDefault(True)  # a second Enter by habit leaves nothing
        self.go.setAutoDefault(False)
        self.stay.clicked.connect(self.reject)
        self.go.clicked.connect(self.accept)
        column = QVBoxLayout(self)
        column.setContentsMargins(*(theme.px(24),) * 4)
        column.setSpacing(theme.px(8))
        for part in (title, told, back):
            part.setFixedWidth(theme.px(_WIDTH))
            column.addWidget(part)
        column.addSpacing(theme.px(12))
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(self.go)
        foot.addWidget(self.stay)
        column.addLayout(foot)
        column.setSizeConstraint(QVBoxLayout.SizeConstraint.SetFixedSize)
        self.stay.setFocus()
