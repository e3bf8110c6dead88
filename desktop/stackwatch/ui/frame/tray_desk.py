"""Whether closing the window ends the program, or leaves it in the tray."""

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from stackwatch.ui.alerts.tray import Tray


class TrayDesk(QObject):
    """Keeps the program running behind a closed window where the user asked for that and a tray is there."""

    def __init__(self, window: QWidget, tray: Tray, *, wanted: bool) -> None:
        super().__init__(window)
        self._window, self._tray = window, tray
        self._quits = False
        self.set_wanted(wanted)
        tray.quit_requested.connect(self.quit)

    def set_wanted(self, wanted: bool) -> None:  # noqa: FBT001 - Qt's style of setter
        """Show the icon, or take it out of the tray."""
        self._wanted = wanted
        self._tray.set_shown(wanted)

    def quit(self) -> None:
        """Close the window for good."""
        self._quits = True
        self._window.close()

    def keeps(self) -> bool:
        """Whether a close only hides the window."""
        if self._quits or not self._wanted or not self._tray.shown:
            return False
        self._window.hide()
        return True
