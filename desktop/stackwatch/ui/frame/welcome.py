"""The first thing a new user sees: which list to begin with, and which colours."""

from enum import Enum

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from stackwatch.domain.watchlist import Language, Watchlist
from stackwatch.ui.kit.chips import ActionButton, ElidedText, Paragraph
from stackwatch.ui.kit.language import current_language
from stackwatch.ui.kit.layout import vbox
from stackwatch.ui.kit.paint import figure, words
from stackwatch.ui.kit.sheet import Sheet
from stackwatch.ui.kit.theme import Ink, Palette, Role, Theme, px
from stackwatch.ui.preferences.settings import UiSettings
from stackwatch.ui.preferences.settings_parts import ChoiceCard, PaletteCards


class StartChoice(Enum):
    """With which list a new user begins."""

    SHIPPED = "shipped"
    IMPORT = "import"
    EMPTY = "empty"


class StartCard(ChoiceCard):
    """One way to begin: what it is, and what it brings."""

    def __init__(self, name: str, note: str) -> None:
        super().__init__(name, note)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def draw(self, painter: QPainter, theme: Theme) -> None:
        """Draw the card."""
        self.draw_frame(painter, (self.height() - px(14)) // 2)
        room = self.rect().adjusted(px(35), 0, -px(13), 0)
        words(painter, room, self.text(), theme.t1, theme.font(Role.STRONG))
        figure(painter, room, self._words, theme.t2, theme.font())

    def sizeHint(self) -> QSize:
        """Return the room of one line."""
        return QSize(px(380), px(40))


class Welcome(Sheet):
    """Asks a new user for a list and colours; ``start`` is the list that was chosen.

    In Korean it proposes Korean colours. Closing it leaves everything as it is.
    """

    ui_changed = Signal(object)  # fields of UiSettings that are others
    replay_wanted = Signal()

    def __init__(self, watchlist: Watchlist, ui: UiSettings, window: QWidget) -> None:
        super().__init__(window)
        self.start = StartChoice.SHIPPED
        self.setWindowTitle("Stackwatch")
        title, promise, colours = ElidedText(), Paragraph(), ElidedText()
        title.put(self.tr("Welcome to Stackwatch"), Ink.T1, Role.VERDICT)
        told = self.tr(
            "Nothing leaves this computer except requests for market data and headlines. No account."
        )
        promise.put(told, Ink.T2)
        self.setAccessibleDescription(f"{title.text()}. {told}")
        counts = self.tr("{listed} listed, {private} private, {layers} layers").format(
            listed=len(watchlist.symbols), private=len(watchlist.entities), layers=len(watchlist.layers)
        )
        self.cards = {
            StartChoice.SHIPPED: StartCard(watchlist.names.get(current_language()), counts),
            StartChoice.IMPORT: StartCard(self.tr("Import a list"), "CSV, TOML, TradingView, Yahoo"),
            StartChoice.EMPTY: StartCard(self.tr("Start empty"), ""),
        }
        self.cards[StartChoice.SHIPPED].setChecked(True)
        colours.put(self.tr("Colours"), Ink.T2)
        self._palette = ui.palette
        self._proposed = Palette.KOREAN if current_language() is Language.KOREAN else ui.palette
        self.palettes = PaletteCards(self._proposed)
        self.palettes.setAccessibleName(colours.text())
        self.palettes.chosen.connect(self._choose)
        self.replay = ActionButton(framed=False)
        self.replay.put(self.tr("Replay 22 Jul 2025, no network needed"), "clock-counter-clockwise")
        self.replay.clicked.connect(self._watch)
        self.go = QPushButton(self.tr("Start"))
        self.go.setProperty("primary", "true")
        self.go.setDefault(True)
        self.go.clicked.connect(self.accept)
        self._lay_out((title, promise), colours)
        self.cards[StartChoice.SHIPPED].setFocus()

    def _lay_out(self, heads: tuple[QWidget, ...], colours: QWidget) -> None:
        column = self.column
        for part in heads:
            column.addWidget(part)
        column.addSpacing(px(4))
        starts = QWidget()  # radio buttons of one parent exclude each other
        vbox(self.cards.values(), gap=px(8), into=starts)
        column.addWidget(starts)
        column.addSpacing(px(4))
        column.addWidget(colours)
        column.addWidget(self.palettes)
        column.addSpacing(px(12))
        self.add_foot(self.go, aside=self.replay)

    def accept(self) -> None:
        """Begin with the list that is chosen, and with the colours that are proposed unless others were."""
        self.start = next(start for start, card in self.cards.items() if card.isChecked())
        self._take_proposal()
        super().accept()

    def _watch(self) -> None:
        """Replay a day, in the colours that are proposed, too."""
        self._take_proposal()
        self.replay_wanted.emit()

    def _take_proposal(self) -> None:
        if self._proposed is not self._palette:
            self._choose(self._proposed)

    def _choose(self, palette: Palette) -> None:
        self._proposed = self._palette = palette
        self.ui_changed.emit({"palette": palette})
