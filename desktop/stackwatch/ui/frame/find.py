"""The field that finds, and its answers by group below it."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import (
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFontMetrics, QKeyEvent, QMoveEvent, QPainter
from PySide6.QtWidgets import (
    QFrame,
    QStyle,
    QStyleOptionViewItem,
    QTreeWidget,
    QTreeWidgetItem,
    QWidget,
)

from stackwatch.domain.list_events import SymbolsFound
from stackwatch.domain.venues import SymbolHit, venue_of
from stackwatch.domain.wording import reason_words
from stackwatch.ui.frame.find_answers import AnswerKind, Found
from stackwatch.ui.kit.language import current_language
from stackwatch.ui.kit.layout import vbox
from stackwatch.ui.kit.menu_list import MENU_ROW, MenuDelegate
from stackwatch.ui.kit.paint import figure, words
from stackwatch.ui.kit.theme import Role, current_theme, px
from stackwatch.ui.kit.typed_line import TypedLine

if TYPE_CHECKING:  # it is made after the first paint
    from stackwatch.ui.frame.find_index import FindIndex

_WIDTH, _HEAD = 460, 22
_NAMES_AT = 132
_LONGEST = 200  # letters; a page that was pasted is no name
_LEAST_TO_ASK = 2
_ASKED = "search: "  # what was asked, before why there is no answer
_FOUND = Qt.ItemDataRole.UserRole + 1
_Index = QModelIndex | QPersistentModelIndex


class _Rows(MenuDelegate):
    """Draws an answer: symbol and name in columns, other titles whole with their note at the right."""

    def sizeHint(self, _option: QStyleOptionViewItem, index: _Index) -> QSize:
        """Return the height of an answer, or of the head of a group."""
        return QSize(0, px(MENU_ROW if isinstance(index.data(_FOUND), Found) else _HEAD))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Draw an answer or a head."""
        theme, found = current_theme(), index.data(_FOUND)
        room = QRect(option.rect).adjusted(px(12), 0, -px(12), 0)
        if not isinstance(found, Found):
            words(painter, room, str(index.data()), theme.t3, theme.font(Role.CAPTION))
            return
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(option.rect, theme.selected)
        if found.kind in (AnswerKind.NAME, AnswerKind.ADD, AnswerKind.HIT):
            at = px(_NAMES_AT)
            title = QRect(room.left(), room.top(), at - 8, room.height())
            words(painter, title, found.title, theme.t1, theme.font(Role.SYMBOL))
            words(painter, room.adjusted(at, 0, 0, 0), found.note, theme.t2, theme.font())
            return
        caption = theme.font(Role.CAPTION)
        taken = QFontMetrics(caption).horizontalAdvance(found.note)
        words(painter, room.adjusted(0, 0, -taken - 12, 0), found.title, theme.t1, theme.font())
        figure(painter, room, found.note, theme.t3, caption)


class FindField(TypedLine):
    """The field in the header and the list of answers below it.

    ``chosen`` carries the id of a name of the list, ``added`` the symbol of one that is to come into it,
    ``hit_chosen`` a SymbolHit of the provider, ``look_up`` a text to ask the provider for, ``follow_wanted``
    the name of a private company that nobody knows yet.
    ``left`` says, before what was chosen happens, that the field needs the keyboard no more.
    """

    chosen = Signal(str)
    added = Signal(str)
    hit_chosen = Signal(object)
    look_up = Signal(str)
    follow_wanted = Signal(str)
    left = Signal()
    begun = Signal()  # somebody is about to search

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._index: FindIndex | None = None
        self._asked = ""
        self._answer: SymbolsFound | None = None
        self._adding = False
        self.asks = True  # whether there is a provider to be asked: a replay has none
        self.setMaxLength(_LONGEST)
        self._answers = QTreeWidget()
        self._answers.setItemDelegate(_Rows(self._answers))
        self._answers.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._answers.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._answers.setHeaderHidden(True)
        self._answers.setRootIsDecorated(False)
        self._answers.setIndentation(0)
        self._answers.setColumnCount(1)
        self._answers.itemClicked.connect(self._choose)
        self._frame = QFrame(self)
        self._frame.setProperty("raised", "true")
        self._frame.hide()
        vbox((self._answers,), margins=(1, 4, 1, 4), into=self._frame)
        self.typed.connect(self._search)
        self.installEventFilter(self)

    @property
    def answers(self) -> QTreeWidget:
        """The list of answers."""
        return self._answers

    @property
    def found(self) -> tuple[Found, ...]:
        """The answers shown, heads of groups left out."""
        items = (self._answers.topLevelItem(row) for row in range(self._answers.topLevelItemCount()))
        datas = (item.data(0, _FOUND) for item in items if item is not None)
        return tuple(data for data in datas if isinstance(data, Found))

    def set_index(self, index: "FindIndex") -> None:
        """Search another index."""
        self._index = index

    def begin(self) -> None:
        """Take the focus, ready for a new search."""
        self._adding = False
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.selectAll()

    def begin_adding(self) -> None:
        """Take the focus for a name that is to come into the list."""
        self.begin()
        self._adding = True

    def show_hits(self, answer: SymbolsFound) -> None:
        """Show what the provider lists, unless something else is looked for by now."""
        if answer.text == self._asked and answer.text == self.text().strip():
            self._answer = answer
            self._search(self.seen)

    def retranslate(self) -> None:
        """Show answers in the language in use."""
        if self._index is not None:
            self._index.rename()
            self.search_again()

    def moveEvent(self, event: QMoveEvent) -> None:
        """Take the answers along."""
        super().moveEvent(event)
        if self._frame.isVisible():
            self._show()

    def search_again(self) -> None:
        """Find what has been learnt since, while answers are shown."""
        if self._frame.isVisible():
            self._search(self.seen)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Walk the answers with the arrows while the field keeps the focus."""
        if event.type() is QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and self._key(event):
            return True
        if event.type() is QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            event.setAccepted(event.key() == Qt.Key.Key_Escape)  # the window's own would leave the text
            return event.isAccepted()
        if event.type() is QEvent.Type.FocusIn:
            self.begun.emit()
        if event.type() is QEvent.Type.FocusOut:
            self._frame.hide()
        return super().eventFilter(watched, event)

    def _key(self, event: QKeyEvent) -> bool:
        steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}
        key = Qt.Key(event.key())
        current = self._answers.currentItem()
        if key in steps and current is not None:
            self._step(self._answers.indexOfTopLevelItem(current), steps[key])
            return True
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if current is not None:
                self._choose(current)
            return True
        if key is Qt.Key.Key_Escape:
            self.clear()
            self.left.emit()
            return True
        return False

    def _step(self, row: int, by: int) -> None:
        """Go to the next answer that way, around the ends and past the heads of groups."""
        count = self._answers.topLevelItemCount()
        for _ in range(count):
            row = (row + by) % count
            item = self._answers.topLevelItem(row)
            if item is not None and isinstance(item.data(0, _FOUND), Found):
                self._answers.setCurrentItem(item)
                return

    def _search(self, text: str) -> None:
        self._answers.clear()
        last: AnswerKind | None = None
        answers = self._all_answers(text)
        only_names = all(found.kind is AnswerKind.NAME for found in answers)
        for found in answers:
            if found.kind is not last and not only_names:
                self._answers.addTopLevelItem(self._head(found.kind))
            last = found.kind
            self._answers.addTopLevelItem(self._row(found))
        if not answers:
            self._frame.hide()
            return
        self._step(-1, 1)
        self._show()

    def _all_answers(self, text: str) -> Sequence[Found]:
        found = list(self._index.search(text) if self._index else ())
        if not found and self._index and text != self.text():  # a syllable that is not whole finds nothing
            text = self.text()
            found = list(self._index.search(text))
        if self._adding:
            found.sort(key=lambda each: each.kind is not AnswerKind.ADD)
            found = [each for each in found if each.kind in (AnswerKind.NAME, AnswerKind.ADD)]
        wanted = text.strip()
        if self._index is None or len(wanted) < _LEAST_TO_ASK:
            return found
        named = any(map(str.isalpha, wanted)) and not self._index.knows(wanted)  # digits are a share's code
        follow = [self._follow(wanted)] if named else []
        if self._answer is not None and self._answer.text == wanted:
            return [*found, *self._hits(self._answer), *follow]
        if not self._index.holds(wanted):
            title = self.tr("Look up \u201c{text}\u201d at Yahoo").format(text=wanted[:40])
            note = self.tr("asking") if self._asked == wanted else ""
            if not self.asks:
                title, note = self.tr("A replay looks nothing up"), self.tr("only with live prices")
            found.append(Found("", title, note, AnswerKind.LOOK_UP))
        return [*found, *follow]

    def _follow(self, name: str) -> Found:
        title = self.tr("Follow \u201c{text}\u201d as a private company").format(text=name[:40])
        return Found("", title, "", AnswerKind.FOLLOW, lambda: self.follow_wanted.emit(name))

    def _hits(self, answer: SymbolsFound) -> list[Found]:
        if answer.fault is not None:
            reason = reason_words(answer.fault, current_language()).removeprefix(_ASKED)
            words = self.tr("No answer: {reason}").format(reason=reason)
            return [Found("", words, "", AnswerKind.LOOK_UP)]
        if not answer.hits:
            return [Found("", self.tr("Yahoo lists nothing under that name"), "", AnswerKind.LOOK_UP)]
        return [self._hit(hit) for hit in answer.hits]

    def _hit(self, hit: SymbolHit) -> Found:
        venue = venue_of(hit.symbol)
        currency = self.tr("hours not known") if venue is None else venue.currency
        note = " \u00b7 ".join(part for part in (hit.name, hit.exchange, currency) if part)
        return Found(hit.symbol, hit.symbol, note, AnswerKind.HIT, lambda: self.hit_chosen.emit(hit))

    def _head(self, kind: AnswerKind) -> QTreeWidgetItem:
        words = {
            AnswerKind.NAME: self.tr("In the list"),
            AnswerKind.ADD: self.tr("Add to the list"),
            AnswerKind.COMMAND: self.tr("Commands"),
            AnswerKind.STORY: self.tr("Stories"),
            AnswerKind.HIT: self.tr("At Yahoo, to add"),
            AnswerKind.LOOK_UP: "Yahoo",
            AnswerKind.FOLLOW: self.tr("Private company"),
        }
        item = QTreeWidgetItem([words[kind]])
        item.setFlags(Qt.ItemFlag.NoItemFlags)
        return item

    def _row(self, found: Found) -> QTreeWidgetItem:
        item = QTreeWidgetItem([found.title])
        item.setData(0, Qt.ItemDataRole.UserRole, found.entity_id)
        item.setData(0, _FOUND, found)
        item.setData(0, Qt.ItemDataRole.AccessibleTextRole, f"{found.title} {found.note}".strip())
        return item

    def _show(self) -> None:
        window = self.window()
        self._frame.setParent(window)
        corner = self.mapTo(window, QPoint(0, self.height() + 4))
        rows = range(self._answers.topLevelItemCount())
        heights = (
            self._answers.sizeHintForIndex(self._answers.model().index(row, 0)).height() for row in rows
        )
        room = max(window.height() - corner.y() - 16, px(MENU_ROW))
        height = min(sum(heights) + 12, room)
        width = min(max(self.width(), px(_WIDTH)), window.width())
        left = min(corner.x(), window.width() - width)
        self._frame.setGeometry(left, corner.y(), width, height)
        self._frame.show()
        self._frame.raise_()

    def _choose(self, item: QTreeWidgetItem) -> None:
        found = item.data(0, _FOUND)
        if not isinstance(found, Found):
            return
        if found.kind is AnswerKind.LOOK_UP:
            if self.asks:
                self._ask()
            return
        self.clear()
        self.left.emit()
        self._asked, self._answer = "", None
        if found.run is not None:
            found.run()
        elif found.kind is AnswerKind.ADD:
            self.added.emit(found.entity_id)
        else:
            self.chosen.emit(found.entity_id)

    def _ask(self) -> None:
        """Ask the provider and keep the answers open until it has said something."""
        self._asked, self._answer = self.text().strip(), None
        self.look_up.emit(self._asked)
        self._search(self.text())
