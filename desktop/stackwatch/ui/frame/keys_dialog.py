"""The list of keys, shown by the question mark."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QGridLayout, QLabel, QWidget

from stackwatch.ui.kit.theme import Role, Theme


class KeysDialog(QDialog):
    """What each key does."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Keyboard"))
        layout = QGridLayout(self)
        layout.setContentsMargins(16, 16, 24, 16)
        layout.setHorizontalSpacing(24)
        layout.setVerticalSpacing(8)
        for row, (keys, words) in enumerate(self._keys()):
            name = QLabel(keys)
            name.setFont(theme.font(Role.SYMBOL))
            layout.addWidget(name, row, 0)
            layout.addWidget(QLabel(words), row, 1)

    def _keys(self) -> tuple[tuple[str, str], ...]:
        return (
            ("Ctrl K, /", self.tr("Find a symbol, name or story")),
            ("\u2191 \u2193", self.tr("Walk the list; the detail follows")),
            ("\u2190 \u2192", self.tr("Fold or unfold a layer")),
            ("Alt 1 \u2013 5", self.tr("List, heat map, exposure map, headlines, rules")),
            ("\u2190 \u2191 \u2192 \u2193", self.tr("In the maps: next tile or name; sideways along a link")),
            ("\u2190 \u2192, Space", self.tr("In the headlines: fold or unfold the copies of a story")),
            ("Space", self.tr("In the exposure map: evidence of the next link")),
            ("Enter", self.tr("Open the row")),
            ("Alt A", self.tr("New alert for the selected name")),
            ("1 \u2013 6", self.tr("Span of the chart, one day to five years")),
            ("Ctrl R", self.tr("Fetch quotes and headlines now")),
            ("Ctrl I", self.tr("Show or hide the alerts")),
            ("Ctrl B", self.tr("Daily briefing as a file")),
            ("Ctrl ,", self.tr("Settings")),
            ("F5", self.tr("Watch a documented day again, or another one")),
            ("F7, F8", self.tr("In a replay: pause or go on; to the next headline or alert")),
            ("F6", self.tr("To the newest popup")),
            ("F11", self.tr("Full screen")),
            ("Esc", self.tr("Back to the list")),
            ("Ctrl Q", self.tr("Quit")),
            ("?", self.tr("This list")),
        )


def show_keys(theme: Theme, parent: QWidget) -> None:
    """Show the list of keys."""
    dialog = KeysDialog(theme, parent)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.open()
