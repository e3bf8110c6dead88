"""A question before something that is not done by the way: a title, two paragraphs, go or stay."""

from PySide6.QtWidgets import QPushButton, QWidget

from stackwatch.ui.kit.chips import Paragraph
from stackwatch.ui.kit.sheet import Sheet
from stackwatch.ui.kit.theme import Ink, Role, px

_WIDTH = 420


class Question(Sheet):
    """Accepted by ``go`` alone; Enter, Esc and closing it leave everything as it is."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._parts = [Paragraph(), Paragraph(), Paragraph()]
        self.stay, self.go = QPushButton(), QPushButton()
        self.stay.setDefault(True)  # a second Enter by habit does nothing
        self.go.setAutoDefault(False)
        self.stay.clicked.connect(self.reject)
        self.go.clicked.connect(self.accept)
        for part in self._parts:
            part.setFixedWidth(px(_WIDTH))
            self.column.addWidget(part)
        self.column.addSpacing(px(12))
        self.add_foot(self.go, self.stay)
        self.stay.setFocus()

    def put(self, title: str, told: str, back: str, go: str, stay: str) -> None:
        """Ask ``title``, say what follows (``told``) and the way ``back``, and name both buttons."""
        looks = ((Ink.T1, Role.VERDICT), (Ink.T1, Role.BODY), (Ink.T2, Role.BODY))
        for part, words, (ink, role) in zip(self._parts, (title, told, back), looks, strict=True):
            part.put(words, ink, role)
        self.setAccessibleDescription(f"{title} {told} {back}")
        self.go.setText(go)
        self.stay.setText(stay)
