"""Whether closing the window ends the program, or leaves it in the tray."""

import sys

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QApplication, QWidget

from stackwatch.ui.alerts.tray import Tray
from stackwatch.ui.frame.program import Application


class TrayController(QObject):
    """Keeps the program running behind a closed window where the user asked for that and a tray is there."""

    def __init__(self, window: QWidget, tray: Tray, *, wanted: bool) -> None:
        super().__init__(window)
        self._window, self._tray = window, tray
        self._quits = False
        self.set_wanted(wanted)
        tray.quit_requested.connect(self.quit)
        app = QApplication.instance()
        if isinstance(app, Application):
            app.quit_asked.connect(self.let_go)
            if sys.platform == "darwin":
                app.applicationStateChanged.connect(self._return)

    def set_wanted(self, wanted: bool) -> None:  # noqa: FBT001 - Qt's style of setter
        """Show the icon, or take it out of the tray."""
        self._wanted = wanted
        self._tray.set_shown(wanted)

    def quit(self) -> None:
        """Close the window for good."""
        self.let_go()
        self._window.close()

    def let_go(self) -> None:
        """Let the next close be for good: macOS asks every window when somebody quits or logs out."""
        self._quits = True

    def keeps(self) -> bool:
        """Whether a close only hides the window."""
        if self._quits or not self._wanted or not self._tray.shown:
            return False
        self._window.hide()
        return True

    def _return(self, state: Qt.ApplicationState) -> None:
        """Show the hidden window again when its icon in macOS's Dock is clicked."""
        if state is Qt.ApplicationState.ApplicationActive and not self._quits:
            self._window.show()
