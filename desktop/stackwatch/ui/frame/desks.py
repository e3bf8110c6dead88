"""The desks of the window: what needs several of its parts, each in a module of its own."""

from PySide6.QtCore import QObject, QUrl
from PySide6.QtWidgets import QWidget

from stackwatch.domain.events import Event
from stackwatch.domain.watchlist import Language
from stackwatch.ui.frame.briefing_desk import BriefingDesk
from stackwatch.ui.frame.header import Header
from stackwatch.ui.frame.notice_bar import NoticeBar
from stackwatch.ui.frame.replay_desk import ReplayDesk
from stackwatch.ui.frame.views import Views
from stackwatch.ui.frame.window_parts import WindowParts
from stackwatch.ui.headlines.headlines_desk import HeadlinesDesk
from stackwatch.ui.kit.theme import Theme
from stackwatch.ui.preferences.settings_desk import SettingsDesk


class Desks(QObject):
    """Makes the desks, and hands them events, colours and language."""

    def __init__(
        self,
        window: QWidget,
        parts: WindowParts,
        header: Header,
        views: Views,
        choices: SettingsDesk,
        notice: NoticeBar,
    ) -> None:
        super().__init__(window)
        self._notice = notice
        self.headlines = HeadlinesDesk(views.headlines, choices, notice.add)
        self.briefing = BriefingDesk(
            window, parts.commands, parts.ecosystem, parts.watchlist.names, parts.settings.language
        )
        self.briefing.write = parts.write_briefing
        self.briefing.said.connect(self._say)
        self.replay = ReplayDesk(
            window, header.badge, parts.commands, parts.episodes, parts.episode, parts.settings.language
        )
        header.briefing_requested.connect(self.briefing.ask)

    def apply(self, event: Event) -> None:
        """Take in one event of the core."""
        self.briefing.apply(event)

    def set_theme(self, theme: Theme) -> None:
        """Use other colours and sizes."""

    def set_language(self, language: Language) -> None:
        """Use another language."""
        self.briefing.set_language(language)
        self.replay.set_language(language)

    def _say(self, words: str, link: QUrl | None) -> None:
        self._notice.add(words, link)
