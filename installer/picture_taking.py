"""What the pictures show, and how a window is made to show it: by the program's own commands, as keys do."""

import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import numpy as np
from PySide6.QtCore import QObject, QPoint, QRect, QTimer
from PySide6.QtGui import QCursor, QImage, QPainter, QPalette, QPixmap
from PySide6.QtWidgets import QApplication

from stackwatch.cli import main as stackwatch
from stackwatch.domain.rule import Direction, RuleKind, SubjectKind
from stackwatch.domain.rule_drafts import draft
from stackwatch.domain.watchlist import BilingualName
from stackwatch.ui.frame.program import Application
from stackwatch.ui.frame.window import MainWindow
from stackwatch.ui.preferences.settings import ViewChoice

MOST_BYTES = 250_000
_COLOURS = 256
_SPEED = "1000"  # the day of 400 minutes takes 24 s: slow enough for the models to be there before it begins
_POLL_MS, _LONGEST_MS = 100, 90_000
_SETTLED_MS, _LOOK_MS, _PREVIEW_MS = 900, 1200, 6000  # from a command, or a last flash, to its picture
_APPEARANCE, _MARGIN = 1, 8
_AWAY = QPoint(5000, 5000)  # from any window


@dataclass(frozen=True, slots=True)
class Shot:
    """One picture: its name, what is done before it, and what of the window is in it."""

    name: str
    act: Callable[[MainWindow], None] = lambda _window: None
    part: Callable[[MainWindow], QPixmap] = lambda window: window.grab()
    wait: int = _LOOK_MS


@dataclass(frozen=True, slots=True)
class Sitting:
    """A window of a size, colours and language, and the pictures taken of it in turn."""

    size: str
    theme: str
    language: str
    palette: str
    shots: tuple[Shot, ...]

    @property
    def names(self) -> list[str]:
        """The names of its pictures, without ending."""
        return [f"{shot.name}-{self.theme}-{self.language}" for shot in self.shots]


def _view(view: ViewChoice, window: MainWindow) -> None:
    window.toasts.close_all()
    window.views.show_view(view)


def _select(entity_id: str, window: MainWindow) -> None:
    _view(ViewChoice.LIST, window)
    window.list.select(entity_id)


def _find(window: MainWindow) -> None:
    """Look for Samsung by its initial consonants."""
    _select("NVDA", window)
    window.header.finder.begin()
    window.header.finder.setText("ㅅㅅ")


def _edit_rule(window: MainWindow) -> None:
    """Begin a rule about a percent move: half a year of replayed prices is enough to preview it."""
    _view(ViewChoice.RULES, window)
    title = BilingualName("NVIDIA falls sharply", "엔비디아 급락")
    window.rules_controller.new_rule(
        draft(RuleKind.PERCENT_MOVE, SubjectKind.SYMBOL, "NVDA", title, Direction.DOWN)
    )


def _tour(window: MainWindow) -> None:
    window.header.finder.clear()
    _select("NVDA", window)
    tour = window.controllers.begin_tour(window.header.finder, window.detail.card, window.header.bell)
    tour.go_on()


def _settings(window: MainWindow) -> None:
    if window.controllers.tour is not None:
        window.controllers.tour.end()
    window.settings_controller.open()
    assert window.settings_controller.dialog is not None
    window.settings_controller.dialog.open_page(_APPEARANCE)


def _of_settings(window: MainWindow) -> QPixmap:
    assert window.settings_controller.dialog is not None
    return window.settings_controller.dialog.grab()


def _of_popups(window: MainWindow) -> QPixmap:
    """Return the popups one below the other, without what is behind them."""
    cards = [card.grab() for card in window.toasts.cards]
    width = max(card.width() for card in cards) + 2 * _MARGIN
    whole = QPixmap(width, sum(card.height() + _MARGIN for card in cards) + _MARGIN)
    whole.fill(window.palette().color(QPalette.ColorRole.Window))
    painter, top = QPainter(whole), _MARGIN
    for card in cards:
        painter.drawPixmap(_MARGIN, top, card)
        top += card.height() + _MARGIN
    painter.end()
    return whole


def _exposure(window: MainWindow) -> None:
    for entity in ("openai", "NVDA"):  # from the top down, wherever the pictures before left the map
        _select(entity, window)
        _view(ViewChoice.EXPOSURE, window)


def _of_inbox(window: MainWindow) -> QPixmap:
    return window.inbox.grab()


def _of_detail(window: MainWindow) -> QPixmap:
    return window.detail.grab()


def _of_card(window: MainWindow) -> QPixmap:
    """Return the figures of the share and its why card."""
    card, detail = window.detail.card, window.detail
    foot = card.mapTo(detail, card.rect().bottomLeft()).y() + 10
    return detail.grab(QRect(0, 0, detail.width(), foot))


def _of_top(window: MainWindow) -> QPixmap:
    return window.grab(QRect(0, 0, window.width() * 2 // 3, 480))


_ALL = (
    Shot("main", wait=_SETTLED_MS),
    Shot("popup", part=_of_popups, wait=_SETTLED_MS),
    Shot("inbox", act=lambda window: window.toasts.close_all(), part=_of_inbox),
    Shot("why", part=_of_card),
    Shot("unexplained", act=partial(_select, "KLAC"), part=_of_card),
    Shot("barometer", act=partial(_select, "openai"), part=_of_detail, wait=2500),
    Shot("heat", act=partial(_view, ViewChoice.HEAT)),
    Shot("exposure", act=_exposure),
    Shot("headlines", act=partial(_view, ViewChoice.HEADLINES)),
    Shot("rules", act=_edit_rule, wait=_PREVIEW_MS),
    Shot("find", act=_find, part=_of_top),
    Shot("tour", act=_tour),
    Shot("settings", act=_settings, part=_of_settings),
)
SITTINGS = (
    Sitting("1440x900", "dark", "en", "western", _ALL),
    Sitting("1440x900", "light", "ko", "korean", _ALL),
)


def sit(place: int, names: Sequence[str], folder: Path, data: Path) -> None:
    """Open the window of a sitting and take those of its pictures that are wanted; ends the process."""
    sitting = SITTINGS[place]
    wanted = [shot for shot, name in zip(sitting.shots, sitting.names, strict=True) if name in names]
    app = Application(sys.argv[:1])
    QCursor.setPos(_AWAY)  # else the button below it looks pointed at
    photographer = _Photographer(app, sitting, wanted, folder)
    QTimer.singleShot(_LONGEST_MS, app.quit)
    stackwatch(
        [
            *("--data-dir", str(data), "--demo", "--speed", _SPEED, "--size", sitting.size),
            *("--theme", sitting.theme, "--palette", sitting.palette, "--lang", sitting.language),
        ]
    )
    sys.exit(1 if photographer.left else 0)


class _Photographer(QObject):
    """Waits for the end of the replay, then takes one picture after the other."""

    def __init__(self, app: QApplication, sitting: Sitting, shots: list[Shot], folder: Path) -> None:
        super().__init__(app)
        self._app, self._sitting, self.left, self._folder = app, sitting, shots, folder
        self._poll = QTimer(self, interval=_POLL_MS)
        self._poll.timeout.connect(self._look)
        self._poll.start()

    def _look(self) -> None:
        windows = [widget for widget in self._app.topLevelWidgets() if isinstance(widget, MainWindow)]
        if not windows or not windows[0].furnished:
            return
        for card in windows[0].toasts.cards:
            card.pause()  # as a pointer over it does: they stay until the day is over
        if windows[0].header.badge.next.isHidden():
            self._poll.stop()
            self._next(windows[0])

    def _next(self, window: MainWindow) -> None:
        if not self.left:
            self._app.quit()
            return
        shot = self.left[0]

        def take() -> None:
            name = f"{shot.name}-{self._sitting.theme}-{self._sitting.language}.png"
            shot.part(window).save(str(self._folder / name))
            self.left.pop(0)
            self._next(window)

        try:
            shot.act(window)
        except BaseException:
            self._app.quit()
            raise
        QTimer.singleShot(shot.wait, take)


def reduce(file: Path) -> None:
    """Keep 256 colours and give every other pixel the nearest of them."""
    picture = QImage(str(file)).convertToFormat(QImage.Format.Format_RGB32)
    width, height = picture.width(), picture.height()
    pixels = np.frombuffer(picture.constBits(), np.uint32).reshape(height, width) & 0xFFFFFF
    colours, where, counts = np.unique(pixels, return_inverse=True, return_counts=True)
    table = _table(colours[np.argsort(-counts, kind="stable")])
    nearest = np.array([_nearest(int(colour), table) for colour in colours], dtype=np.uint8)
    lines = np.zeros((height, -(-width // 4) * 4), np.uint8)  # QImage wants whole words
    lines[:, :width] = nearest[where.reshape(height, width)]
    small = QImage(lines.tobytes(), width, height, lines.shape[1], QImage.Format.Format_Indexed8)
    small.setColorTable([int(colour) | 0xFF000000 for colour in table])
    small.save(str(file), "PNG", 0)  # type: ignore[call-overload]  # the stubs want bytes, the library text


def _table(colours: np.ndarray) -> np.ndarray:
    """Return the colours to keep of ``colours``, the commonest first, from which none of the others is far.

    The commonest alone would be greys, and the red of a single figure another colour.
    """
    parts = np.stack([colours >> bits & 0xFF for bits in (16, 8, 0)], axis=1).astype(int)
    apart = 0
    while True:
        kept: list[int] = []
        left = np.full(len(parts), fill_value=True)
        while left.any() and len(kept) <= _COLOURS:
            kept.append(int(left.argmax()))
            left &= ((parts - parts[kept[-1]]) ** 2).sum(axis=1) > apart**2
        if len(kept) <= _COLOURS:
            return colours[kept]
        apart += 1


def _nearest(colour: int, table: np.ndarray) -> int:
    """Return the index of the colour in ``table`` that is closest in red, green and blue."""
    distance = sum(((table >> bits & 0xFF).astype(int) - (colour >> bits & 0xFF)) ** 2 for bits in (16, 8, 0))
    return int(np.argmin(distance))
