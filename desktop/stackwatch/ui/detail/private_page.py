"""What is known of a company, project or theme without a share, and of which day that is."""

from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

from stackwatch.domain.lists.own_links import last_day
from stackwatch.domain.market import program_day
from stackwatch.domain.watchlist import PrivateEntity
from stackwatch.ui.kit.chips import Paragraph
from stackwatch.ui.kit.language import current_language
from stackwatch.ui.kit.layout import vbox
from stackwatch.ui.kit.report_day import report_day
from stackwatch.ui.kit.theme import Ink, Role
from stackwatch.ui.snapshot import Snapshot


class PrivatePage(QScrollArea):
    """What a private entity does, how it stands, and why there are no statements of it."""

    def __init__(self) -> None:
        super().__init__()
        self.business, self.status, self.day, self.lack = (Paragraph() for _ in range(4))
        ground = QWidget()
        vbox(
            (self.business, self.status, self.day, self.lack, None),
            gap=6,
            margins=(12, 6, 12, 6),
            into=ground,
        )
        self.setWidget(ground)
        ground.setAutoFillBackground(False)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def put(self, entity: PrivateEntity | None, snapshot: Snapshot) -> None:
        """Show an entity as far as it is known on the day shown, which may be a replayed one."""
        language = current_language()
        self.lack.put(self.tr("No statements: it is not listed"), Ink.T2)
        if entity is None:  # it has just left
            for part in (self.business, self.status, self.day):
                part.put("", Ink.T1)
            return
        known = _day(entity.as_of)
        later = snapshot.replay and (known is None or known > program_day(snapshot.now))
        if later:
            words = self.tr("Not shown: last checked on {0}, later than this day")
        elif entity.id in snapshot.ecosystem.own:
            words = self.tr("Your own, added {0}")
        else:
            words = self.tr("As of {0}")
        told = entity.as_of if known is None else report_day(entity.as_of)
        self.business.put(entity.business.get(language) if entity.business else "", Ink.T1, Role.TITLE)
        self.status.put("" if later else entity.status.get(language), Ink.T1)
        self.day.put(words.format(told), Ink.T3, Role.CAPTION)
        self.setAccessibleName(entity.names.get(language))


def _day(as_of: str) -> date | None:
    try:
        return last_day(as_of)
    except ValueError:  # a file may say it in words
        return None
