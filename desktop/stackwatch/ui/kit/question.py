"""A question before something that is not done by the way: a title, two paragraphs, go or stay."""

from PySide6.QtWidgets import QDialog, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from stackwatch.ui.kit.chips import Paragraph
from stackwatch.ui.kit.theme import Role, Theme
from stackwatch.ui.kit.veil import Veil

_WIDTH = 420


class Question(QDialog):
    """Accepted by ``go`` alone; Enter, Esc and closing it leave everything as it is."""

    def __init__(self, theme: Theme, window: QWidget) -> None:
        super().__init__(window)
        self._theme = theme
        veil = Veil(theme, window)
        for then in (veil.hide, veil.deleteLater, self.deleteLater):
            self.finished.connect(then)
        self._parts = [Paragraph(), Paragraph(), Paragraph()]
        self.stay, self.go = QPushButton(), QPushButton()
        self.stay.setDefault(True)  # a second Enter by habit does nothing
        self.go.setAutoDefault(False)
        self.stay.clicked.connect(self.reject)
        self.go.clicked.connect(self.accept)
        column = QVBoxLayout(self)
        column.setContentsMargins(*(theme.px(24),) * 4)
        column.setSpacing(theme.px(8))
        for part in self._parts:
            part.setFixedWidth(theme.px(_WIDTH))
            column.addWidget(part)
        column.addSpacing(theme.px(12))
        foot = QHBoxLayout()
        column.addLayout(foot)
        foot.addStretch(1)
        foot.addWidget(self.go)
        foot.addWidget(self.stay)
        column.setSizeConstraint(QVBoxLayout.SizeConstraint.SetFixedSize)
        self.stay.setFocus()

    def put(self, title: str, told: str, back: str, go: str, stay: str) -> None:
        """Ask ``title``, say what follows (``told``) and the way ``back``, and name both buttons."""
        theme = self._theme
        roles = ((theme.t1, Role.VERDICT), (theme.t1, Role.BODY), (theme.t2, Role.BODY))
        for part, words, (colour, role) in zip(self._parts, (title, told, back), roles, strict=True):
            part.put(words, colour, theme.font(role))
        self.setAccessibleDescription(f"{title} {told} {back}")
        self.go.setText(go)
        self.stay.setText(stay)
