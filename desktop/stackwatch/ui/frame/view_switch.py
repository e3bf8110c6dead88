"""The switch between the views of the window."""

from functools import partial

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QButtonGroup, QToolButton, QWidget

from stackwatch.domain.watchlist import BilingualName
from stackwatch.ui.kit import icons
from stackwatch.ui.kit.language import current_language
from stackwatch.ui.kit.layout import hbox
from stackwatch.ui.kit.switches import rove
from stackwatch.ui.kit.theme import current_theme, px
from stackwatch.ui.preferences.settings import ViewChoice

_ICONS = {
    ViewChoice.LIST: "list",
    ViewChoice.HEAT: "squares-four",
    ViewChoice.EXPOSURE: "share-network",
    ViewChoice.HEADLINES: "newspaper",
    ViewChoice.RULES: "sliders-horizontal",
}

VIEWS = {  # in Find, too
    ViewChoice.LIST: BilingualName("List", "목록"),
    ViewChoice.HEAT: BilingualName("Heat map", "히트맵"),
    ViewChoice.EXPOSURE: BilingualName("Exposure map", "연결 지도"),
    ViewChoice.HEADLINES: BilingualName("Headlines", "뉴스"),
    ViewChoice.RULES: BilingualName("Rules", "규칙"),
}


class ViewSwitch(QWidget):
    """A button for each view; the one in use is marked."""

    chosen = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._group = QButtonGroup(self)
        self.buttons = {view: QToolButton() for view in ViewChoice}
        for view, button in self.buttons.items():
            button.setCheckable(True)
            button.clicked.connect(partial(self._choose, view))
            self._group.addButton(button)
        hbox(self.buttons.values(), into=self)
        self.restyle()
        self.retranslate()
        self.show_view(ViewChoice.LIST)
        rove(self._group)

    def show_view(self, view: ViewChoice) -> None:
        """Mark another view as the one in use."""
        self.buttons[view].setChecked(True)
        self._colour()

    def retranslate(self) -> None:
        """Name the views in another language."""
        for number, (view, button) in enumerate(self.buttons.items(), 1):
            name = VIEWS[view].get(current_language())
            button.setToolTip(f"{name}  Alt+{number}")
            button.setAccessibleName(name)

    def restyle(self) -> None:
        """Use other colours and sizes."""
        for button in self.buttons.values():
            button.setIconSize(QSize(px(16), px(16)))
            button.setFixedSize(px(28), px(28))
        self._colour()

    def _choose(self, view: ViewChoice, *_checked: bool) -> None:
        self._colour()
        self.chosen.emit(view)

    def _colour(self) -> None:
        theme = current_theme()
        for view, button in self.buttons.items():
            ink = theme.t1 if button.isChecked() else theme.t2
            button.setIcon(icons.icon(_ICONS[view], ink, px(16)))
