"""The dialog in which a list or a layer is named."""

from collections.abc import Callable

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from stackwatch.ui.kit.form import Form

_LONGEST = 80


class NameDialog(Form):
    """Asks for a name and hands it on; an empty one is no answer."""

    def __init__(self, window: QWidget, title: str, text: str, then: Callable[[str], None]) -> None:
        super().__init__(window)
        self._then = then
        self.put(title, self.tr("OK"))
        self.name = self.line(_LONGEST)
        self.name.setText(text)
        self.name.selectAll()
        self.name.typed.connect(self._check)
        self.add(self.tr("Name"), self.name, says=False)
        self.add_foot(self.leave, self.keep)
        self.keep.clicked.connect(self._keep)
        self._check()
        self.name.setFocus()

    @property
    def typed(self) -> str:
        """The name without needless spaces."""
        return " ".join(self.name.text().split())

    def _check(self) -> None:
        self.keep.setEnabled(bool(self.name.seen.strip()))  # also of one syllable, composed

    def _keep(self) -> None:
        QGuiApplication.inputMethod().commit()
        if self.typed:
            self._then(self.typed)
            self.accept()


def ask_name(part: QWidget, title: str, text: str, then: Callable[[str], None]) -> None:
    """Ask for a name without stopping anything; ``text`` is offered."""
    NameDialog(part.window(), title, text, then).open()
