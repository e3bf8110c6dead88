"""Small parts of the settings: pages' names, labelled rows, palettes and the request meter."""

from dataclasses import replace
from functools import partial

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QGridLayout,
    QLabel,
    QSizePolicy,
    QWidget,
)

from stackwatch.domain.settings import Settings
from stackwatch.domain.words import format as write
from stackwatch.ui.kit import paint
from stackwatch.ui.kit.chips import PaintedButton, box
from stackwatch.ui.kit.icons import draw_icon
from stackwatch.ui.kit.layout import hbox, vbox
from stackwatch.ui.kit.switches import Segments
from stackwatch.ui.kit.theme import Ink, Palette, Role, Theme, build_theme, current_theme, px

_SAMPLE = (("VST", 0.46), ("CRWV", 3.89), ("NVDA", -2.54))
LABEL_WIDTH = 140


class NavButton(PaintedButton):
    """The name of a page with its icon."""

    radius = 6

    def __init__(self, icon: str, name: str) -> None:
        super().__init__()
        self._icon = icon
        self.setCheckable(True)
        self.setAutoExclusive(True)
        self.setText(name)
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """Return the room of a row of the list."""
        return QSize(px(160), px(30))

    def draw(self, painter: QPainter, theme: Theme) -> None:
        """Draw icon and name."""
        on, side = self.isChecked(), px(15)
        if on or self.underMouse():
            box(painter, self.rect(), 6, theme.selected if on else theme.hover, None)
        draw_icon(painter, self._icon, theme.t2, QRect(px(10), 0, side, self.height()), side)
        room = self.rect().adjusted(px(33), 0, 0, 0)
        paint.words(painter, room, self.text(), theme.t1, theme.font(Role.STRONG if on else Role.BODY))


class ChoiceCard(PaintedButton):
    """One of several choices, framed, with a dot that is filled in the one that is made."""

    radius = 8

    def __init__(self, name: str, words: str) -> None:
        super().__init__()
        self.setCheckable(True)
        self.setAutoExclusive(True)
        self._stop(on=False)
        self.toggled.connect(lambda on: self._stop(on=on))
        self.put(name, words)

    def put(self, name: str, words: str) -> None:
        """Call the choice otherwise."""
        self._words = words
        self.setText(name)
        self.setAccessibleName(f"{name}, {words}" if words else name)

    def _stop(self, *, on: bool) -> None:
        """Let Tab stop at the card in use only, as at radio buttons; Space acts on the one clicked last."""
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if on else Qt.FocusPolicy.ClickFocus)

    def draw_frame(self, painter: QPainter, top: int) -> None:
        """Draw the frame and, from ``top`` on, the dot."""
        theme, on = current_theme(), self.isChecked()
        fill = theme.selected if on else theme.hover if self.underMouse() else None
        box(painter, self.rect(), self.radius, fill, theme.you if on else theme.line2)
        dot = QRect(px(13), top, px(14), px(14))
        box(painter, dot, px(7), theme.you if on else None, theme.you if on else theme.control)
        if on:
            box(painter, dot.adjusted(px(5), px(5), -px(4), -px(4)), px(3), theme.onyou, None)


class PaletteCard(ChoiceCard):
    """One palette, shown on three moves."""

    def __init__(self, palette: Palette) -> None:
        super().__init__("", "")
        self._palette = palette
        self.restyle()

    def restyle(self) -> None:
        """Show the palette on the surfaces in use."""
        theme = current_theme()
        self._sample = build_theme(theme.mode, self._palette, theme.base_px)

    def draw(self, painter: QPainter, theme: Theme) -> None:
        """Draw the card."""
        self.draw_frame(painter, px(12))
        name = QRect(px(35), px(10), self.width() - px(48), px(18))
        paint.words(painter, name, self.text(), theme.t1, theme.font(Role.STRONG))
        told = QRect(px(13), px(31), self.width() - px(24), px(16))
        paint.words(painter, told, self._words, theme.t2, theme.font(Role.CAPTION))
        for row, (symbol, move) in enumerate(_SAMPLE):
            line = QRect(px(13), px(52) + row * px(20), self.width() - px(26), px(20))
            paint.words(painter, line, symbol, theme.t1, theme.font(Role.SYMBOL))
            paint.move(painter, line, move, write.percent(move), self._sample)

    def sizeHint(self) -> QSize:
        """Return the room of the name and three rows."""
        return QSize(px(172), px(118))


class PaletteCards(QWidget):
    """The palettes side by side; one is in use."""

    chosen = Signal(object)

    def __init__(self, palette: Palette) -> None:
        super().__init__()
        line = hbox(gap=px(8), into=self)
        self._cards = {choice: PaletteCard(choice) for choice in Palette}
        for choice, card in self._cards.items():
            card.setObjectName(f"palette-{choice.value}")
            card.clicked.connect(partial(self._choose, choice))
            line.addWidget(card)
        self.choose(palette)
        self.retranslate()

    def setAccessibleName(self, name: str) -> None:
        """Say what is chosen, also at each card: where Tab stops, a screen reader says no more."""
        super().setAccessibleName(name)
        for card in self._cards.values():
            card.setAccessibleDescription(name)

    def retranslate(self) -> None:
        """Name the palettes in the language in use."""
        for choice, name, words in (
            (Palette.WESTERN, self.tr("Western"), self.tr("green up, red down")),
            (Palette.KOREAN, self.tr("Korean"), self.tr("red up, blue down")),
            (Palette.COLOUR_BLIND, self.tr("Colour-blind"), self.tr("blue up, orange down")),
        ):
            self._cards[choice].put(name, words)

    def choose(self, palette: Palette) -> None:
        """Check a palette without announcing it."""
        self._cards[palette].setChecked(True)

    def _choose(self, palette: Palette, *_checked: bool) -> None:
        self.chosen.emit(palette)


class MeterBar(QWidget):
    """Requests of the last hour as a bar up to what is allowed, with a mark at what the list needs."""

    def __init__(self) -> None:
        super().__init__()
        self._sent = self._needed = 0
        self._allowed = 1
        self.setFixedHeight(px(12))
        self.setMinimumWidth(px(200))

    def put(self, sent: int, needed: int, allowed: int, words: str) -> None:
        """Show other figures; ``words`` say them to a screen reader."""
        self._sent, self._needed, self._allowed = sent, needed, max(allowed, 1)
        self.setAccessibleName(words)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw track, bar and mark; the scale ends at the larger of need and allowance."""
        painter, theme = QPainter(self), current_theme()
        scale = max(self._allowed, self._needed, self._sent)
        track = self.rect().adjusted(0, 4, 0, -4)
        box(painter, track, 2, theme.band, None)
        over = self._sent > self._allowed
        filled = QRect(track.left(), track.top(), self._at(self._sent, scale), track.height())
        box(painter, filled, 2, theme.trust if over else theme.t2, None)
        self._tick(painter, self._needed, scale, theme.you)
        if scale > self._allowed:
            self._tick(painter, self._allowed, scale, theme.t1)

    def _at(self, value: int, scale: int) -> int:
        return round(self.width() * value / scale)

    def _tick(self, painter: QPainter, value: int, scale: int, colour: QColor) -> None:
        painter.fillRect(QRect(min(self._at(value, scale), self.width() - 2), 0, 2, self.height()), colour)


class SettingsPage(QWidget):
    """A page: its title, sections, and rows of a label and a control; it changes ``settings``."""

    settings_changed = Signal(object)
    ui_changed = Signal(object)  # fields of UiSettings that are others

    def __init__(self, settings: Settings | None = None) -> None:
        super().__init__()
        self.settings = settings or Settings()
        self.said: dict[str, str] = {}  # what is shown, and its English source
        self.rows: list[tuple[str, str, QWidget]] = []  # label, note and control of each setting
        self.kept: list[tuple[str, tuple[str, ...]]] = []  # label and fields of those with a default
        self.column = vbox(gap=px(10), margins=(px(24), px(16), px(24), px(16)), into=self)

    def tr(self, source: str, /, disambiguation: str | None = None, n: int = -1) -> str:
        """Translate a text, remembering its source: a setting is found by the words of both languages."""
        shown = super().tr(source, disambiguation, n)
        self.said[shown] = source
        return shown

    def put(self, settings: Settings) -> None:
        """Take settings that another page changed."""
        self.settings = settings

    def change(self, **chosen: object) -> None:
        """Pass on the settings with what was chosen here."""
        changed = replace(self.settings, **chosen)  # type: ignore[arg-type]
        if changed != self.settings:
            self.settings_changed.emit(changed)

    def head(self, title: str) -> QLabel:
        """Write the page's title."""
        written = self.words(title, Role.VERDICT)
        self.column.addWidget(written)
        self.column.addSpacing(px(2))
        return written

    def words(self, text: str, role: Role = Role.BODY, ink: Ink = Ink.T1) -> QLabel:
        """Return plain text that breaks into lines."""
        label = QLabel(text)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setWordWrap(True)
        theme = current_theme()
        label.setFont(theme.font(role))
        label.setStyleSheet(f"color: {theme.ink(ink).name()};")
        return label

    def section(self, title: str) -> QLabel:
        """Begin a section."""
        written = self.words(title, Role.TITLE)
        self.column.addSpacing(px(8))
        self.column.addWidget(written)
        return written

    def row(self, label: str, control: QWidget, note: str = "", *, keeps: tuple[str, ...] = ()) -> None:
        """Add a labelled control with a note beside it; ``keeps`` are the fields that it changes."""
        line = hbox(gap=px(12), into=self.column)
        name = self.words(label, ink=Ink.T2)
        name.setFixedWidth(px(LABEL_WIDTH - 12))
        name.setBuddy(control)
        tall = control.sizeHint().height() > px(40)
        line.addWidget(name, 0, Qt.AlignmentFlag.AlignTop if tall else Qt.AlignmentFlag.AlignVCenter)
        line.addWidget(control)
        if note:
            line.addWidget(self.words(note, Role.CAPTION, Ink.T2), 1)
        else:
            line.addStretch(1)
        if not control.accessibleName():
            control.setAccessibleName(label)
        if note:
            _say_at(control, note)
        self.rows.append((label, note, control))
        if keeps:
            self.kept.append((label, keeps))


def stop_of(control: QWidget) -> QWidget:
    """Return where Tab stops in a control: itself, or one of its parts."""
    if control.focusPolicy() is not Qt.FocusPolicy.NoFocus:
        return control
    inner = (w for w in control.findChildren(QWidget) if w.focusPolicy() & Qt.FocusPolicy.TabFocus)
    return next(inner, control)


def _say_at(control: QWidget, note: str) -> None:
    """Have a note heard at its control: whoever walks by Tab does not come by words beside it."""
    stop = control if isinstance(control, Segments) else stop_of(control)
    tip = stop.toolTip()
    more = tip if tip not in ("", stop.accessibleName()) else ""
    stop.setAccessibleDescription(", ".join(filter(None, (note, more))))


def clear(layout: QGridLayout) -> None:
    """Take every widget out of a grid."""
    while (item := layout.takeAt(0)) is not None:
        widget = item.widget()
        if widget is not None:
            widget.hide()
            widget.deleteLater()


def named(button: QAbstractButton, name: str) -> None:
    """Give a button that shows only an icon its name, as tip and for a screen reader."""
    button.setToolTip(name)
    button.setAccessibleName(name)
