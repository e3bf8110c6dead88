"""Rows of the rule editor: a label, its controls, and under them what is wrong."""

import html

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QLabel, QSizePolicy, QWidget

from stackwatch.ui.kit.chips import ElidedText, box
from stackwatch.ui.kit.icons import Glyph
from stackwatch.ui.kit.layout import hbox, vbox
from stackwatch.ui.kit.theme import Ink, Role, current_theme, px

LABEL_WIDTH = 100
_WIDEST, _LEAST = 632, 620


def form_width(room: int) -> int:
    """Return the editor's width: what its rows need, and more where the preview has enough."""
    return min(px(_WIDEST), max(px(_LEAST), room // 2))


class FormRow(QWidget):
    """A labelled line of controls, with a line for its fault."""

    def __init__(self, label: str, *widgets: QWidget) -> None:
        super().__init__()
        self._icon, self._fault = Glyph(11), ElidedText()
        self._icon.hide()
        self._fault.hide()
        line = hbox(gap=px(8))
        name = QLabel(label)
        name.setTextFormat(Qt.TextFormat.PlainText)
        name.setProperty("quiet", "true")
        name.setFixedWidth(px(LABEL_WIDTH))
        name.setFixedHeight(px(28))
        line.addWidget(name, 0, Qt.AlignmentFlag.AlignTop)
        if label and widgets:
            name.setBuddy(widgets[0])  # of a box to choose from, all that a reader on Linux says its name by
        for widget in widgets:
            line.addWidget(widget)
        line.addStretch(1)
        inset = (px(LABEL_WIDTH + 8), 0, 0, 0)
        said = hbox((self._icon, self._fault, None), gap=px(4), margins=inset)
        vbox((line, said), gap=px(2), into=self)

    @property
    def fault(self) -> str:
        """What is said to be wrong, empty when nothing is."""
        return self._fault.text()

    def say(self, fault: str) -> None:
        """Say what is wrong with this row, or nothing."""
        self._icon.put("warning" if fault else "", Ink.TRUST)
        self._fault.put(fault, Ink.TRUST, Role.CAPTION)


class ReachText(ElidedText):
    """Says beside a subject how many names have enough history, for as long as it is the subject."""

    def __init__(self) -> None:
        super().__init__()
        self._about: object = None

    def tell(self, count: int | None, about: object) -> None:
        """Say how many of what is watched, None where that is not known."""
        self._about = about
        one, many = self.tr("1 name with enough history"), self.tr("{0} names with enough history")
        words = "" if count is None else one if count == 1 else many.format(count)
        self.put(words, Ink.T3, Role.CAPTION)

    def follow(self, about: object) -> None:
        """Say nothing of another subject than it was told of."""
        if about != self._about:
            self.tell(None, about)


class SentenceCard(QFrame):
    """The rule as one sentence, what the user chose in bold."""

    def __init__(self) -> None:
        super().__init__()
        self._words = QLabel()
        self._words.setTextFormat(Qt.TextFormat.RichText)  # of escaped runs
        self._words.setWordWrap(True)
        self._words.setProperty("quiet", "true")
        vbox((self._words,), margins=(px(12), px(8), px(12), px(8)), into=self)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)

    @property
    def text(self) -> str:
        """The sentence as plain text."""
        return self._words.accessibleName()

    def put(self, runs: tuple[tuple[str, bool], ...]) -> None:
        """Show a sentence as runs of text, those marked in bold."""
        bold = f"color: {current_theme().t1.name()}; font-weight: 600;"
        self._words.setText(
            "".join(
                f'<span style="{bold}">{html.escape(words)}</span>' if strong else html.escape(words)
                for words, strong in runs
            )
        )
        self._words.setAccessibleName("".join(words for words, _ in runs))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the card."""
        painter, theme = QPainter(self), current_theme()
        box(painter, self.rect(), 8, theme.raised, theme.line2)
