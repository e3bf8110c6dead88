"""The heads of the tabs under the chart, with the button that belongs to one of them."""

from enum import IntEnum

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QWidget

from stackwatch.ui.kit.chips import ActionButton
from stackwatch.ui.kit.layout import hbox
from stackwatch.ui.kit.switches import Tab, rove
from stackwatch.ui.kit.tips import set_tip


class DetailTab(IntEnum):
    """The tabs under the chart."""

    HEADLINES = 0
    EXPOSURE = 1
    SUBSTANCE = 2
    ALERTS = 3


class DetailTabs(QWidget):
    """A head for each tab: its name, how much is in it, and what is counted as its tip."""

    turned = Signal(int)  # the user chose another tab
    link_wanted = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.heads = {page: Tab() for page in DetailTab}
        self.link_button = ActionButton(framed=False)
        self._group = QButtonGroup(self)
        for page, head in self.heads.items():
            self._group.addButton(head, page)
        self.heads[DetailTab.HEADLINES].setChecked(True)
        rove(self._group)
        hbox((*self.heads.values(), None, self.link_button), gap=18, margins=(12, 0, 12, 0), into=self)
        self._group.idClicked.connect(self.turned)
        self.link_button.clicked.connect(self.link_wanted)

    @property
    def current(self) -> DetailTab:
        """The tab that is turned to."""
        return DetailTab(self._group.checkedId())

    def turn_to(self, page: DetailTab) -> None:
        """Check a tab without announcing it."""
        self.heads[page].setChecked(True)
        self.offer_link()

    def offer_link(self) -> None:
        """Offer a link of the user's own where links are shown."""
        shown = self.current is DetailTab.EXPOSURE
        self.link_button.put(self.tr("Add a link") if shown else "", "plus" if shown else "")

    def count_headlines(self, count: int) -> None:
        """Say how many stories there are."""
        told = self.tr(
            "Stories of 30 days that name it or are tied to its move; the list counts those of today"
        )
        self._put(DetailTab.HEADLINES, self.tr("Headlines"), told, count)

    def count_links(self, count: int) -> None:
        """Say how many links there are."""
        told = self.tr(
            "Every report of a link is a row, a later one uncounted; the map draws one line for a link"
        )
        self._put(DetailTab.EXPOSURE, self.tr("Exposure"), told, count)
        self.offer_link()

    def count_alerts(self, count: int) -> None:
        """Say how many alerts there are."""
        told = self.tr("Alerts about it, or about a group it is in")
        self._put(DetailTab.ALERTS, self.tr("Alerts"), told, count)

    def name_substance(self, *, private: bool) -> None:
        """Say what stands on the page of figures, which are not counted."""
        told = self.tr("Growth, margins, capital spending and multiples from its statements")
        if private:
            told = self.tr("What it does, and how it stood when that was last checked")
        self._put(DetailTab.SUBSTANCE, self.tr("Substance"), told)

    def _put(self, page: DetailTab, name: str, told: str, count: int | None = None) -> None:
        self.heads[page].put(name, count)
        set_tip(self.heads[page], told)
