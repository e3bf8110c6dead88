"""Finding a setting by the words of either language."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QAbstractButton, QWidget

from stackwatch.ui.kit import icons
from stackwatch.ui.kit.answer import Answer
from stackwatch.ui.kit.answer_field import AnswerField
from stackwatch.ui.kit.initials import begun
from stackwatch.ui.kit.search_line import folded, put_glass
from stackwatch.ui.kit.theme import current_theme, px
from stackwatch.ui.preferences.settings_parts import SettingsPage

InBoth = Callable[[str, str], tuple[str, ...]]
"""Gives a text of a context in every language, from its English source."""
_WIDTH, _MOST = 320, 8
ALSO = {
    "Home currency": "exchange rate won 환율 원화",
    "Start at login": "startup autostart 자동 실행 부팅",
    "Newer versions": "updates 업데이트",
    "Theme": "dark mode night 다크 모드 어두운 화면 야간",
    "Up and down": "colors 색상 색깔",
    "Text size": "font size zoom scale 글꼴 크기 폰트 확대",
    "Motion": "animations 애니메이션 움직임",
    "Sources": "providers connection 연결",
    "Requests": "limit usage 사용량",
    "Feeds": "rss news 뉴스",
    "Pop up": "notifications 팝업",
    "Quiet hours": "do not disturb mute 조용한 시간 음소거",
    "Sound": "mute notifications 음소거 소리",
    "Stay in the tray": "minimize background 최소화 백그라운드",
    "Keyboard": "shortcuts hotkeys keys 키보드 자판",
    "Requests an hour": "rate limit 제한 한도",
    "Backup": "export import move 내보내기 옮기기",
    "Licence": "license 라이선스",
}
"""What else a setting is called in other programs, by its English name."""


@dataclass(frozen=True, slots=True)
class Setting:
    """A setting as it is found: where it is, what it is called, and every word it is found by."""

    page: int
    page_name: str
    label: str
    control: QWidget
    words: str


def settings_of(pages: Sequence[tuple[str, SettingsPage]], in_both: InBoth) -> tuple[Setting, ...]:
    """Return the settings of pages, findable by label, note, buttons and page name in both languages."""
    found = []
    for index, (name, page) in enumerate(pages):
        for label, note, control in page.rows:
            texts = [name, label, note, ALSO.get(page.said.get(label, label), "")]
            context = type(page).__name__
            buttons = [button.text() for button in control.findChildren(QAbstractButton) if button.text()]
            texts += buttons
            for shown in (label, note, *buttons):
                source = page.said.get(shown)
                if source:
                    texts += [source, *in_both(context, source)]
            found.append(Setting(index, name, label, control, folded(" ".join(texts))))
    return tuple(found)


class SettingsSearch(AnswerField):
    """Finds settings; ``chosen`` carries the Setting."""

    chosen = Signal(object)

    def __init__(self, settings: tuple[Setting, ...], parent: QWidget) -> None:
        super().__init__(_WIDTH, parent)
        self.nothing = self.tr("No setting has these words")
        self._settings = settings
        self.setObjectName("find-setting")
        self.setFixedWidth(px(220))
        put_glass(self, icons.icon("magnifying-glass", current_theme().t2, px(14)))
        self.setPlaceholderText(self.tr("Find a setting"))
        self.setAccessibleName(self.tr("Find a setting"))
        self.answers.setAccessibleName(self.tr("Found settings"))

    def look_for(self, text: str) -> Sequence[Answer]:
        """Return the settings that have every word of a text."""
        wanted = folded(text).split()
        hits = (
            [s for s in self._settings if all(begun(word).search(s.words) for word in wanted)]
            if wanted
            else []
        )
        return [Answer(setting, setting.label, setting.page_name) for setting in hits[:_MOST]]

    def take(self, gives: object) -> None:
        """Go to a setting."""
        self.clear()
        self.chosen.emit(gives)
