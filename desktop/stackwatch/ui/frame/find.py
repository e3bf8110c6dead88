"""Finding by symbol, English or Korean name, Korean initial consonants, or a story's title."""

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QLineEdit, QTreeWidget, QTreeWidgetItem, QVBoxLayout, QWidget

from stackwatch.domain import format as write
from stackwatch.domain.news import Story
from stackwatch.domain.watchlist import Ecosystem, Language, Watchlist
from stackwatch.ui.kit.theme import Role, Theme
from stackwatch.ui.watchlist.watchlist_cells import kind_word

_INITIALS = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ"
_HANGUL_FIRST, _HANGUL_LAST = 0xAC00, 0xD7A3
_PER_INITIAL = 588
_MOST = 12
_MOST_STORIES = 500
_WIDTH = 420
_ROW = 28
_SYMBOL_LENGTH = 20


@dataclass(frozen=True, slots=True)
class Found:
    """An answer: what to select, and the words shown."""

    entity_id: str
    title: str
    note: str


@dataclass(frozen=True, slots=True)
class _Entry:
    found: Found
    keys: tuple[str, ...]
    initials: str


def initial_consonants(text: str) -> str:
    """Return the text with every Korean syllable replaced by its first consonant."""
    return "".join(
        _INITIALS[(ord(c) - _HANGUL_FIRST) // _PER_INITIAL] if _HANGUL_FIRST <= ord(c) <= _HANGUL_LAST else c
        for c in text
    )


class FindIndex:
    """Everything that can be found, in the order of the list."""

    def __init__(self, ecosystem: Ecosystem, watchlist: Watchlist, language: Language) -> None:
        self._ecosystem = ecosystem
        self._ids = (*watchlist.entities, *watchlist.symbols)
        self._known = frozenset(self._ids)
        self._stories: dict[str, _Entry] = {}
        self.set_language(language)

    def set_language(self, language: Language) -> None:
        """Show names in another language; both are searched always."""
        self._entries = [self._entity(self._ecosystem, entity_id, language) for entity_id in self._ids]

    @staticmethod
    def _entity(ecosystem: Ecosystem, entity_id: str, language: Language) -> _Entry:
        names = ecosystem.names_of(entity_id)
        listed = entity_id in ecosystem.instruments
        title = entity_id if listed else names.get(language)
        note = names.get(language) if listed else kind_word(ecosystem.private[entity_id].kind)
        keys = (_fold(entity_id), _fold(names.en), _fold(names.ko))
        return _Entry(Found(entity_id, title, note), keys, initial_consonants(_fold(names.ko)))

    def add_stories(self, stories: Sequence[Story]) -> None:
        """Make stories findable by their title; the newest few hundred are kept."""
        for story in stories:
            entity_id = next((e for e in (story.reading.primary, *story.entities) if e in self._known), None)
            if entity_id is None:
                continue
            title = write.plain(story.lead.title)
            self._stories.pop(story.id, None)
            self._stories[story.id] = _Entry(
                Found(entity_id, title, write.plain(story.lead.publisher)), (_fold(title),), ""
            )
        for old in list(self._stories)[: max(len(self._stories) - _MOST_STORIES, 0)]:
            del self._stories[old]

    def drop_stories(self, story_ids: Iterable[str]) -> None:
        """Make stories unfindable again."""
        for story_id in story_ids:
            self._stories.pop(story_id, None)

    def search(self, text: str) -> tuple[Found, ...]:
        """Return the best answers: symbols and starts of names first, then parts, then stories."""
        wanted = _fold(text)
        if not wanted:
            return ()
        by_initials = all(c in _INITIALS or c.isspace() for c in wanted)
        ranked = [
            (rank, entry.found)
            for entry in self._entries
            if (rank := _rank(entry, wanted, by_initials)) < _MISS
        ]
        ranked.sort(key=lambda pair: pair[0])
        entities = [found for _, found in ranked]
        stories = [entry.found for entry in reversed(self._stories.values()) if wanted in entry.keys[0]]
        return tuple((entities + stories)[:_MOST])


_MISS = 5


def _rank(entry: _Entry, wanted: str, by_initials: bool) -> int:  # noqa: FBT001 - private, one caller
    if by_initials:
        where = entry.initials.find(wanted.replace(" ", ""))
        return _MISS if where < 0 else min(where, 1) + 1
    symbol = entry.keys[0]
    if symbol == wanted:
        return 0
    if any(key.startswith(wanted) for key in entry.keys):
        return 1
    if any(f" {wanted}" in key for key in entry.keys):
        return 2
    return 3 if any(wanted in key for key in entry.keys) else _MISS


def _fold(text: str) -> str:
    # NFKC would turn the compatibility letters that keyboards send into conjoining ones.
    return unicodedata.normalize("NFC", text).casefold().strip()


class FindField(QLineEdit):
    """The field in the header and the list of answers below it."""

    chosen = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._index: FindIndex | None = None
        self._theme = theme
        self._answers = QTreeWidget()
        self._answers.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._answers.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._answers.setUniformRowHeights(True)
        self._answers.setHeaderHidden(True)
        self._answers.setRootIsDecorated(False)
        self._answers.setIndentation(0)
        self._answers.setColumnCount(2)
        self._answers.itemClicked.connect(self._choose)
        self._frame = QFrame(self)
        self._frame.hide()
        layout = QVBoxLayout(self._frame)
        layout.setContentsMargins(1, 1, 1, 1)
        layout.addWidget(self._answers)
        self.textChanged.connect(self._search)
        self.installEventFilter(self)
        self.set_theme(theme)

    @property
    def answers(self) -> QTreeWidget:
        """The list of answers."""
        return self._answers

    def set_index(self, index: FindIndex) -> None:
        """Search another index."""
        self._index = index

    def set_theme(self, theme: Theme) -> None:
        """Use other colours and sizes."""
        self._theme = theme
        line, raised, selected = theme.line2.name(), theme.raised.name(), theme.selected.name()
        self._frame.setObjectName("answers")
        self._frame.setStyleSheet(
            f"#answers {{ background: {raised}; border: 1px solid {line}; }}"
            f"QTreeWidget {{ background: {raised}; }}"
            f"QTreeWidget::item {{ padding-left: 8px; min-height: {theme.px(_ROW)}px; }}"
            f"QTreeWidget::item:selected {{ background: {selected}; color: {theme.t1.name()}; }}"
        )

    def begin(self) -> None:
        """Take the focus, ready for a new search."""
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.selectAll()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Walk the answers with the arrows while the field keeps the focus."""
        if event.type() is QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and self._key(event):
            return True
        if event.type() is QEvent.Type.FocusOut:
            self._frame.hide()
        return super().eventFilter(watched, event)

    def _key(self, event: QKeyEvent) -> bool:
        steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}
        key = Qt.Key(event.key())
        current = self._answers.currentItem()
        if key in steps and current is not None:
            row = self._answers.indexOfTopLevelItem(current) + steps[key]
            self._go_to(row % self._answers.topLevelItemCount())
            return True
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if current is not None:
                self._choose(current)
            return True
        if key is Qt.Key.Key_Escape:
            self.clear()
            self.clearFocus()
            return False
        return False

    def _search(self, text: str) -> None:
        self._answers.clear()
        for found in self._index.search(text) if self._index else ():
            self._answers.addTopLevelItem(self._row(found))
        if not self._answers.topLevelItemCount():
            self._frame.hide()
            return
        self._go_to(0)
        self._show()

    def _row(self, found: Found) -> QTreeWidgetItem:
        item = QTreeWidgetItem([found.title, found.note])
        item.setData(0, Qt.ItemDataRole.UserRole, found.entity_id)
        item.setFont(0, self._theme.font(Role.SYMBOL))
        item.setForeground(1, self._theme.t2)
        return item

    def _go_to(self, row: int) -> None:
        item = self._answers.topLevelItem(row)
        if item is not None:
            self._answers.setCurrentItem(item)

    def _show(self) -> None:
        window = self.window()
        self._frame.setParent(window)
        corner = self.mapTo(window, QPoint(0, self.height() + 4))
        height = min(self._answers.topLevelItemCount(), _MOST) * (self._theme.px(_ROW) + 1) + 4
        self._frame.setGeometry(corner.x(), corner.y(), max(self.width(), self._theme.px(_WIDTH)), height)
        story = any(
            len(self._title(row)) > _SYMBOL_LENGTH for row in range(self._answers.topLevelItemCount())
        )
        self._answers.setColumnWidth(
            0, self._frame.width() - self._theme.px(120) if story else self._theme.px(120)
        )
        self._frame.show()
        self._frame.raise_()

    def _title(self, row: int) -> str:
        item = self._answers.topLevelItem(row)
        return item.text(0) if item is not None else ""

    def _choose(self, item: QTreeWidgetItem) -> None:
        entity_id = str(item.data(0, Qt.ItemDataRole.UserRole))
        self.clear()
        self.clearFocus()
        self.chosen.emit(entity_id)
