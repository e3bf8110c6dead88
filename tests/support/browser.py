"""A browser that only remembers."""

from PySide6.QtCore import QObject, QUrl, Slot


class Browser(QObject):
    """Takes addresses instead of a browser."""

    def __init__(self) -> None:
        super().__init__()
        self.opened: list[str] = []

    @Slot(QUrl)
    def open(self, url: QUrl) -> None:
        self.opened.append(url.toString())
