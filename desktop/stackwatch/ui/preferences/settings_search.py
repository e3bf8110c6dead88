"""Finding a setting by the words of either language."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, QRect, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractButton,
    QFrame,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyleOptionViewItem,
    QWidget,
)

from stackwatch.ui.kit import icons
from stackwatch.ui.kit.announce import announce, speak_for
from stackwatch.ui.kit.menu_list import MENU_ROW, MenuDelegate
from stackwatch.ui.kit.paint import figure, words
from stackwatch.ui.kit.search_line import folded, put_glass
from stackwatch.ui.kit.theme import Role, current_theme, px
from stackwatch.ui.kit.typed_line import TypedLine
from stackwatch.ui.preferences.settings_parts import Page

InBoth = Callable[[str, str], tuple[str, ...]]
"""Gives a text of a context in every language, from its English source."""
_MOST = 8
_Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class Setting:
    """A setting as it is found: where it is, what it is called, and every word it is found by."""

    page: int
    page_name: str
    label: str
    control: QWidget
    words: str


def settings_of(pages: Sequence[tuple[str, Page]], in_both: InBoth) -> tuple[Setting, ...]:
    """Return the settings of pages, findable by label, note, buttons and page name in both languages."""
    found = []
    for index, (name, page) in enumerate(pages):
        for label, note, control in page.rows:
            texts = [name, label, note]
            context = type(page).__name__
            buttons = [button.text() for button in control.findChildren(QAbstractButton) if button.text()]
            texts += buttons
            for shown in (label, note, *buttons):
                source = page.said.get(shown)
                if source:
                    texts += [source, *in_both(context, source)]
            found.append(Setting(index, name, label, control, folded(" ".join(texts))))
    return tuple(found)


class _Answers(MenuDelegate):
    """Draws the name of a setting, and at the right the page it is on."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Draw an answer, or that there is none."""
        theme, setting = current_theme(), index.data(Qt.ItemDataRole.UserRole)
        room = QRect(option.rect).adjusted(px(10), 0, -px(10), 0)
        if not isinstance(setting, Setting):
            words(painter, room, str(index.data()), theme.t2, theme.font())
            return
        if option.state & (QStyle.StateFlag.State_Selected | QStyle.StateFlag.State_MouseOver):
            chosen = bool(option.state & QStyle.StateFlag.State_Selected)
            painter.fillRect(option.rect, theme.selected if chosen else theme.hover)
        caption = theme.font(Role.CAPTION)
        figure(painter, room, setting.page_name, theme.t3, caption)
        room.setWidth(room.width() - QFontMetrics(caption).horizontalAdvance(setting.page_name) - px(12))
        words(painter, room, setting.label, theme.t1, theme.font())


class SettingsSearch(TypedLine):
    """A field with its answers below; ``chosen`` carries the Setting."""

    chosen = Signal(object)

    def __init__(self, settings: tuple[Setting, ...], parent: QWidget) -> None:
        super().__init__(parent)
        self._settings = settings
        self.answers = QListWidget(parent)
        self.answers.setFrameShape(QFrame.Shape.Box)
        self.answers.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.answers.setProperty("raised", "true")
        self.answers.setItemDelegate(_Answers(self.answers))
        self.answers.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.answers.setMouseTracking(True)
        self.answers.hide()
        self.answers.itemClicked.connect(self._take)
        speak_for(self, self.answers)
        self.setObjectName("find-setting")
        self.setFixedWidth(px(220))
        put_glass(self, icons.icon("magnifying-glass", current_theme().t2, px(14)))
        self.setPlaceholderText(self.tr("Find a setting"))
        self.setAccessibleName(self.tr("Find a setting"))
        self.answers.setAccessibleName(self.tr("Found settings"))
        self.typed.connect(self._look)
        self.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Walk the answers with the arrows, take one with Enter, and leave with Esc."""
        if event.type() is QEvent.Type.FocusOut:
            self.answers.hide()
        if not isinstance(event, QKeyEvent) or event.type() is not QEvent.Type.KeyPress:
            return super().eventFilter(watched, event)
        key, row = event.key(), self.answers.currentRow()
        if key in (Qt.Key.Key_Down, Qt.Key.Key_Up) and self.answers.count():
            step = 1 if key == Qt.Key.Key_Down else -1
            self.answers.setCurrentRow(min(max(row + step, 0), self.answers.count() - 1))
            return True
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            item = self.answers.currentItem()
            if self.answers.isVisible() and self.answers.currentRow() >= 0:
                self._take(item)
            return True
        if key == Qt.Key.Key_Escape and self.text():
            self.clear()
            return True
        return super().eventFilter(watched, event)

    def _look(self, text: str) -> None:
        wanted = folded(text).split()
        hits = [s for s in self._settings if all(word in s.words for word in wanted)] if wanted else []
        self.answers.clear()
        for setting in hits[:_MOST]:
            item = QListWidgetItem(f"{setting.label}  \u2013  {setting.page_name}")
            item.setData(Qt.ItemDataRole.UserRole, setting)
            self.answers.addItem(item)
        if wanted and not hits:
            nothing = QListWidgetItem(self.tr("No setting has these words"))
            nothing.setFlags(Qt.ItemFlag.NoItemFlags)
            self.answers.addItem(nothing)
            announce(self, nothing.text())
        self.answers.setCurrentRow(0 if hits else -1)
        self.answers.setVisible(bool(wanted))
        self._place()

    def _place(self) -> None:
        parent = self.answers.parentWidget()
        if parent is None:
            return
        width = px(320)
        below = self.mapTo(parent, self.rect().bottomRight())
        height = px(MENU_ROW) * max(self.answers.count(), 1) + 2
        self.answers.setGeometry(below.x() - width + 1, below.y() + 4, width, height)
        self.answers.raise_()

    def _take(self, item: QListWidgetItem) -> None:
        setting = item.data(Qt.ItemDataRole.UserRole)
        if isinstance(setting, Setting):
            self.clear()
            self.answers.hide()
            self.chosen.emit(setting)
