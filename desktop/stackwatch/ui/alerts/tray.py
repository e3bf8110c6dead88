"""The icon in the system's tray: opens the window, pauses popups, quits, counts new alerts."""

import sys

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QAction, QIcon, QPainter, QPixmap
from PySide6.QtWidgets import QMenu, QSystemTrayIcon

from stackwatch.domain.alert import PopupPause
from stackwatch.domain.watchlist import BilingualName
from stackwatch.ui.kit.language import current_language
from stackwatch.ui.kit.theme import Role, current_theme

PAUSES = {  # in Find, too
    PopupPause.HOUR: BilingualName("Pause popups for 1 hour", "팝업 1시간 끄기"),
    PopupPause.TOMORROW: BilingualName("Pause popups until tomorrow", "팝업 내일까지 끄기"),
    PopupPause.OVER: BilingualName("Show popups again", "팝업 다시 켜기"),
}
_SIZE = 64
_BADGE = 40


class Tray(QObject):
    """Shown only where the desktop has a tray; harmless elsewhere."""

    open_requested = Signal()
    pause_chosen = Signal(object)  # PopupPause
    quit_requested = Signal()

    def __init__(self, app_icon: QIcon, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._app_icon = app_icon
        self._count = 0
        self._menu = QMenu()
        self._open = QAction(self._menu)
        self.pauses = {span: QAction(self._menu) for span in PAUSES}
        for span, action in self.pauses.items():
            action.triggered.connect(lambda _checked=False, chosen=span: self.pause_chosen.emit(chosen))
        self._quit = QAction(self._menu)
        self._menu.addAction(self._open)
        self._menu.addSeparator()
        self._menu.addActions(list(self.pauses.values()))
        self._menu.addSeparator()
        self._menu.addAction(self._quit)
        self._open.triggered.connect(self.open_requested)
        self._quit.triggered.connect(self.quit_requested)
        self._tray = QSystemTrayIcon(self)
        self._tray.setContextMenu(self._menu)
        self._tray.activated.connect(self._activate)
        self.retranslate()

    def set_shown(self, shown: bool) -> None:  # noqa: FBT001 - Qt's style of setter
        """Put the icon into the tray, or take it out; a tray that comes later takes it up then.

        A program that starts at login may be there before the tray.
        """
        self._tray.setVisible(shown)

    @property
    def shown(self) -> bool:
        """Whether the icon is in the tray."""
        return self._tray.isVisible() and QSystemTrayIcon.isSystemTrayAvailable()

    def restyle(self) -> None:
        """Use other colours."""
        self.set_new_alerts(self._count)

    def set_new_alerts(self, count: int) -> None:
        """Show how many alerts nobody has looked at."""
        self._count = count
        self._tray.setIcon(self._badged(count) if count else self._app_icon)
        one, many = self.tr("Stackwatch, 1 new alert"), self.tr("Stackwatch, {count} new alerts")
        words = one if count == 1 else many.format(count=count)
        self._tray.setToolTip(words if count else "Stackwatch")

    def retranslate(self) -> None:
        """Word everything anew."""
        self._open.setText(self.tr("Open Stackwatch"))
        for span, action in self.pauses.items():
            action.setText(PAUSES[span].get(current_language()))
        self._quit.setText(self.tr("Quit"))
        self.set_new_alerts(self._count)

    def close(self) -> None:
        """Take the icon out of the tray."""
        self._tray.hide()
        self._menu.deleteLater()

    def _activate(self, reason: QSystemTrayIcon.ActivationReason) -> None:
        if sys.platform == "darwin":  # a click opens the menu, which offers the window too
            return
        if reason in (QSystemTrayIcon.ActivationReason.Trigger, QSystemTrayIcon.ActivationReason.DoubleClick):
            self.open_requested.emit()

    def _badged(self, count: int) -> QIcon:
        drawn = QPixmap(_SIZE, _SIZE)
        drawn.fill(Qt.GlobalColor.transparent)
        painter = QPainter(drawn)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.drawPixmap(0, 0, self._app_icon.pixmap(_SIZE, _SIZE))
        painter.setPen(Qt.PenStyle.NoPen)
        theme = current_theme()
        painter.setBrush(theme.you)
        painter.drawEllipse(_SIZE - _BADGE, _SIZE - _BADGE, _BADGE, _BADGE)
        font = theme.font(Role.STRONG)
        font.setPixelSize(_BADGE * 2 // 3)
        painter.setFont(font)
        painter.setPen(theme.onyou)
        text = str(count) if count < 10 else "9+"  # noqa: PLR2004 - one digit fits
        painter.drawText(
            _SIZE - _BADGE, _SIZE - _BADGE, _BADGE, _BADGE, int(Qt.AlignmentFlag.AlignCenter), text
        )
        painter.end()
        return QIcon(drawn)
