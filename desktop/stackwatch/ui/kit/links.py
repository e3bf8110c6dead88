"""Addresses from outside: only web pages are ever opened, and only by the system's browser."""

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices

_WEB = ("http", "https")


def is_web(address: str) -> bool:
    """Whether an address is that of a web page."""
    url = QUrl(address, QUrl.ParsingMode.StrictMode)
    return url.isValid() and url.scheme() in _WEB and bool(url.host())


def open_web(address: str) -> bool:
    """Open a web page in the browser; returns whether the address was one."""
    if not is_web(address):
        return False
    return QDesktopServices.openUrl(QUrl(address, QUrl.ParsingMode.StrictMode))
