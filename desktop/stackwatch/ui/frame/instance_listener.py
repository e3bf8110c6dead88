"""A second start of the program calls the first, whose window comes forward."""

import getpass
import hashlib
import sys
import time
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtNetwork import QLocalServer, QLocalSocket

_ANSWER = b"here\n"
_TRY_MS, _PATIENCE_SECONDS = 200, 5.0


def address(data_folder: Path) -> str:
    """Name the local socket of a data folder: another folder or another user has another one."""
    place = f"{getpass.getuser()}|{data_folder.resolve()}"
    return "stackwatch-" + hashlib.sha256(place.encode()).hexdigest()[:16]


def call_instance(name: str, patience: float = _PATIENCE_SECONDS) -> bool:
    """Ask the program that is open to come forward; False when none answers within ``patience`` seconds."""
    _let_come_forward()
    end = time.monotonic() + patience
    while time.monotonic() < end:
        socket = QLocalSocket()
        socket.connectToServer(name)
        if socket.waitForConnected(_TRY_MS):
            return socket.waitForReadyRead(max(int((end - time.monotonic()) * 1000), 1)) and bool(
                socket.readAll().startsWith(_ANSWER)
            )
        time.sleep(_TRY_MS / 1000)  # the other is between taking its lock and listening
    return False


class InstanceListener(QObject):
    """Listens for second starts; ``called`` says that there was one."""

    called = Signal()

    def __init__(self, name: str) -> None:
        super().__init__()
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._answer)
        QLocalServer.removeServer(name)  # left by a program that was killed: the caller holds the lock
        self._server.listen(name)

    def close(self) -> None:
        """Answer no more."""
        self._server.close()

    def _answer(self) -> None:
        while (caller := self._server.nextPendingConnection()) is not None:
            caller.disconnected.connect(caller.deleteLater)
            caller.write(_ANSWER)
            caller.flush()
            caller.disconnectFromServer()
            self.called.emit()


def _let_come_forward() -> None:
    """Allow the other program to take the foreground, which Windows grants to whoever was started last."""
    if sys.platform == "win32":
        import ctypes  # on this path only

        ctypes.windll.user32.AllowSetForegroundWindow(-1)
