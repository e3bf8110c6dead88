"""The first thing a new user sees: in which language, which list to begin with, and which colours."""

from enum import Enum

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from stackwatch.domain.watchlist import Language, Watchlist
from stackwatch.ui.kit.chips import ActionButton, ElidedText, Paragraph
from stackwatch.ui.kit.language import current_language
from stackwatch.ui.kit.layout import hbox, vbox
from stackwatch.ui.kit.paint import figure, words
from stackwatch.ui.kit.sheet import Sheet
from stackwatch.ui.kit.switches import Segments
from stackwatch.ui.kit.theme import Ink, Palette, Role, Theme, px
from stackwatch.ui.preferences.settings import UiSettings
from stackwatch.ui.preferences.settings_parts import ChoiceCard, PaletteCards

_LANGUAGES = tuple(Language)


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
    """Asks a new user for a language, a list and colours; ``start`` is the list that was chosen.

    In Korean it proposes Korean colours. Closing it leaves everything as it is, but for the language.
    """

    ui_changed = Signal(object)  # fields of UiSettings that are others
    replay_wanted = Signal()

    def __init__(self, watchlist: Watchlist, ui: UiSettings, window: QWidget) -> None:
        super().__init__(window)
        self.start = StartChoice.SHIPPED
        self._watchlist = watchlist
        self.setWindowTitle("Stackwatch")
        self._title, self._promise, self._colours = ElidedText(), Paragraph(), ElidedText()
        self.languages = Segments(len(_LANGUAGES))
        self.languages.choose(_LANGUAGES.index(current_language()))
        self.languages.chosen.connect(lambda place: self.ui_changed.emit({"language": _LANGUAGES[place]}))
        self.cards = {start: StartCard("", "") for start in StartChoice}
        self.cards[StartChoice.SHIPPED].setChecked(True)
        self._palette, self._chose = ui.palette, False
        self.palettes = PaletteCards(ui.palette)
        self.palettes.chosen.connect(self._choose)
        self.replay = ActionButton(framed=False)
        self.replay.clicked.connect(self._watch)
        self.go = QPushButton()
        self.go.setProperty("primary", "true")
        self.go.setDefault(True)
        self.go.clicked.connect(self.accept)
        self.retranslate()
        self._lay_out()
        self.cards[StartChoice.SHIPPED].setFocus()

    @property
    def _proposed(self) -> Palette:
        """The colours that were chosen, else those that are usual where the language is spoken."""
        korean = current_language() is Language.KOREAN and not self._chose
        return Palette.KOREAN if korean else self._palette

    def retranslate(self) -> None:
        """Word everything in the language in use."""
        shipped, language = self._watchlist, current_language()
        self._title.put(self.tr("Welcome to Stackwatch"), Ink.T1, Role.VERDICT)
        told = self.tr(
            "Nothing leaves this computer except requests for market data and headlines. No account."
        )
        self._promise.put(told, Ink.T2)
        self.setAccessibleDescription(f"{self._title.text()}. {told}")
        self.languages.label([each.own_name for each in _LANGUAGES], self.tr("Language"))
        counts = self.tr("{listed} listed, {private} private, {layers} layers").format(
            listed=len(shipped.symbols), private=len(shipped.entities), layers=len(shipped.layers)
        )
        self.cards[StartChoice.SHIPPED].put(shipped.names.get(language), counts)
        self.cards[StartChoice.IMPORT].put(self.tr("Import a list"), "CSV, TOML, TradingView, Yahoo")
        self.cards[StartChoice.EMPTY].put(self.tr("Start empty"), "")
        self._colours.put(self.tr("Colours"), Ink.T2)
        self.palettes.setAccessibleName(self._colours.text())
        self.palettes.choose(self._proposed)
        self.replay.put(self.tr("Replay 22 Jul 2025, no network needed"), "clock-counter-clockwise")
        self.go.setText(self.tr("Start"))

    def _lay_out(self) -> None:
        column = self.column
        hbox((self._title, None, self.languages), gap=px(16), into=column)
        column.addWidget(self._promise)
        column.addSpacing(px(4))
        starts = QWidget()  # radio buttons of one parent exclude each other
        vbox(self.cards.values(), gap=px(8), into=starts)
        column.addWidget(starts)
        column.addSpacing(px(4))
        column.addWidget(self._colours)
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
        self._palette, self._chose = palette, True
        self.ui_changed.emit({"palette": palette})
