"""The lines of an imported list that were left out, where they are too many for a notice."""

from collections.abc import Sequence

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QPlainTextEdit, QPushButton, QWidget

from stackwatch.ui.kit.chips import Paragraph
from stackwatch.ui.kit.sheet import Sheet
from stackwatch.ui.kit.theme import Ink, Role, px

_WIDTH, _HEIGHT = 560, 320


class LeftOutDialog(Sheet):
    """Every line with its reason, to be read and copied."""

    def __init__(self, lines: Sequence[str], window: QWidget) -> None:
        super().__init__(window)
        title = self.tr("Lines left out: {count}").format(count=len(lines))
        self.setWindowTitle(title)
        head = Paragraph()
        head.setFixedWidth(px(_WIDTH))
        head.put(title, Ink.T1, Role.VERDICT)
        self.lines = QPlainTextEdit("\n".join(lines))
        self.lines.setReadOnly(True)
        self.lines.setTabChangesFocus(True)
        self.lines.setAccessibleName(title)
        self.lines.setFixedSize(px(_WIDTH), px(_HEIGHT))
        self.copy, self.close_button = QPushButton(self.tr("Copy all")), QPushButton(self.tr("Close"))
        self.copy.setAutoDefault(False)
        self.close_button.setDefault(True)
        self.copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(self.lines.toPlainText()))
        self.close_button.clicked.connect(self.accept)
        for part in (head, self.lines):
            self.column.addWidget(part)
        self.add_foot(self.copy, self.close_button)
        self.lines.setFocus()
