"""The question before a private company of the user's own is deleted."""

from collections.abc import Sequence

from PySide6.QtWidgets import QDialog, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from stackwatch.ui.kit.chips import Paragraph
from stackwatch.ui.kit.theme import Role, Theme
from stackwatch.ui.kit.veil import Veil

_WIDTH = 420


class RemovalDialog(QDialog):
    """Says what is deleted with a company; Enter, Esc and closing it leave everything as it is."""

    def __init__(self, theme: Theme, name: str, lists: Sequence[str], links: int, window: QWidget) -> None:
        super().__init__(window)
        self.setWindowTitle(self.tr("Delete"))
        veil = Veil(theme, window)
        for then in (veil.hide, veil.deleteLater, self.deleteLater):
            self.finished.connect(then)
        title, told, back = Paragraph(), Paragraph(), Paragraph()
        title.put(self.tr("Delete {name}?").format(name=name), theme.t1, theme.font(Role.VERDICT))
        words = [self.tr("It leaves these lists: {lists}.").format(lists=", ".join(lists))] if lists else []
        words.append(self.tr("Alert rules about it are deleted with it."))
        if links:
            words.append(self.tr("Its links are deleted, too: {links}.").format(links=links))
        words.append(self.tr("Headlines about it alone are no stories any more; past alerts stay."))
        told.put(" ".join(words), theme.t1, theme.font())
        back.put(
            self.tr("Undo (Ctrl+Z) brings all of it back until Stackwatch ends."), theme.t2, theme.font()
        )
        self.setAccessibleDescription(" ".join(part.text() for part in (title, told, back)))
        self.stay, self.go = QPushButton(self.tr("Keep it")), QPushButton(self.tr("Delete"))
        self.stay.setDefault(True)  # a second Enter by habit deletes nothing
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
