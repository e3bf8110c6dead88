"""Which columns the list shows, in which order and how wide.

Of the usual columns those without room step aside. The user's own choice is kept whole: what has no room is
reached sideways, by whole columns, while symbol and name stay where they are.
"""

from collections.abc import Sequence

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QHeaderView, QWidget

from stackwatch.ui.kit.theme import px
from stackwatch.ui.preferences.settings import ColumnChoice
from stackwatch.ui.watchlist.watchlist_cells import Column
from stackwatch.ui.watchlist.watchlist_frame import ColumnHeads
from stackwatch.ui.watchlist.watchlist_painter import LEFT_INSET, RIGHT_INSET, SYMBOL_WIDTH

FIXED = (Column.BELL, Column.SYMBOL, Column.NAME)  # they lead every row, whose name may run through them
ORDER = (
    *FIXED,
    *(Column.LAST, Column.POINTS, Column.CHANGE, Column.ABNORMAL, Column.SAR, Column.VOLUME),
    *(Column.DAY, Column.YEAR, Column.DAYS, Column.EXTENDED, Column.CURRENCY, Column.AS_OF, Column.NEWS),
)
USUAL = (
    *(Column.LAST, Column.CHANGE, Column.ABNORMAL, Column.SAR),
    *(Column.YEAR, Column.DAYS, Column.NEWS),
)
FURTHER = frozenset(Column) - frozenset(USUAL) - frozenset(FIXED)
_WIDTHS: dict[Column, int] = {
    Column.BELL: LEFT_INSET + 20,
    Column.SYMBOL: SYMBOL_WIDTH,
    Column.LAST: 74,
    Column.CHANGE: 76,
    Column.ABNORMAL: 66,
    Column.SAR: 96,
    Column.YEAR: 68,
    Column.DAYS: 66,
    Column.NEWS: 30,
    Column.POINTS: 68,
    Column.VOLUME: 54,
    Column.DAY: 68,
    Column.EXTENDED: 80,
    Column.CURRENCY: 60,
    Column.AS_OF: 74,
}
_NARROW_WIDTHS: dict[Column, int] = {Column.CHANGE: 74, Column.ABNORMAL: 62, Column.SAR: 94, Column.NEWS: 38}
_DRAWN = (Column.DAYS, Column.YEAR, Column.DAY)  # they step aside first, then what is not usual
_APART = 10
_NARROW = 640
_NAME_AT_LEAST = 96
_WIDEST = 400
_NO_OTHER = Column.NAME.name.lower()  # is remembered where no column is chosen beside those that lead


class ColumnLayout(QObject):
    """Owns the columns of one list. ``changed`` when the user chose, moved or widened one.

    ``slid`` when others are in view: how many are left out at the left, and how many can be.
    """

    changed = Signal()
    slid = Signal(int, int)
    dragged = Signal(list, list)  # the order of those that do not lead, before and after

    def __init__(self, view: QWidget, heads: ColumnHeads) -> None:
        super().__init__(heads)
        self._view = view
        self._heads = heads
        self._usual = self._chosen = frozenset(USUAL)
        self._own_widths: dict[Column, int] = {}
        self._first = self._most_first = 0  # of the shown columns behind those that lead
        self._placing = True
        heads.setSectionsMovable(True)
        heads.leading = FIXED
        heads.setSectionsClickable(True)
        heads.setStretchLastSection(False)
        for column in Column:
            stiff = column in (Column.BELL, Column.SYMBOL)
            mode = QHeaderView.ResizeMode.Fixed if stiff else QHeaderView.ResizeMode.Interactive
            heads.setSectionResizeMode(column, mode)
        heads.setSectionResizeMode(Column.NAME, QHeaderView.ResizeMode.Stretch)
        heads.sectionMoved.connect(self._moved)
        heads.sectionResized.connect(self._resized)
        self._arrange(ORDER)
        self._placing = False

    @property
    def order(self) -> tuple[Column, ...]:
        """Every column, left to right, shown or not."""
        return tuple(Column(self._heads.logicalIndex(place)) for place in range(len(Column)))

    @property
    def chosen(self) -> frozenset[Column]:
        """The columns the user wants, beside those that always lead."""
        return self._chosen

    @property
    def without_room(self) -> tuple[Column, ...]:
        """The chosen columns that stepped aside, or are reached sideways."""
        return tuple(c for c in self.order if c in self._chosen and self._heads.isSectionHidden(c))

    @property
    def slides(self) -> bool:
        """Whether what has no room is reached sideways: the columns are the user's own choice."""
        return self._chosen != self._usual

    @property
    def choice(self) -> ColumnChoice:
        """What is remembered; empty where it is as usual."""
        order = tuple(column.name.lower() for column in self.order if column not in FIXED)
        usual = tuple(column.name.lower() for column in ORDER if column not in FIXED)
        return ColumnChoice(
            order=() if order == usual else order,
            shown=()
            if self._chosen == self._usual
            else tuple(sorted(c.name.lower() for c in self._chosen)) or (_NO_OTHER,),
            widths={column.name.lower(): width for column, width in self._own_widths.items()},
        )

    def restore(self, choice: ColumnChoice) -> None:
        """Show what was remembered; names that are not known are left out."""
        known = {column.name.lower(): column for column in Column if column not in FIXED}
        given = [known[name] for name in choice.order if name in known]
        self._arrange((*FIXED, *given, *(c for c in ORDER if c not in FIXED and c not in given)))
        chosen = frozenset(known[name] for name in choice.shown if name in known)
        self._chosen = chosen if chosen or choice.shown == (_NO_OTHER,) else self._usual
        self._own_widths = {
            known[name]: min(max(width, 8), _WIDEST) for name, width in choice.widths.items() if name in known
        }
        self.fit()

    def spare(self, column: Column) -> None:
        """Show a usual column only where the user asks for it: nobody has anything for it."""
        self._usual -= {column}
        self._chosen -= {column}
        self.fit()

    def usual(self) -> None:
        """Go back to the columns, order and widths of the beginning."""
        self.restore(ColumnChoice())
        self.changed.emit()

    def choose(self, column: Column, *, shown: bool) -> None:
        """Show a column or leave it out."""
        self._chosen = self._chosen | {column} if shown else self._chosen - {column}
        self.fit()
        self.changed.emit()

    def move(self, column: Column, step: int) -> None:
        """Move a column by a place, as far as there is one beside those that lead."""
        order = [c for c in self.order if c not in FIXED]
        at = order.index(column)
        order.insert(min(max(at + step, 0), len(order) - 1), order.pop(at))
        self.arrange(order)

    def arrange(self, order: Sequence[Column]) -> None:
        """Put the columns that do not lead into another order."""
        self._arrange((*FIXED, *order))
        self.fit()
        self.changed.emit()

    def restyle(self) -> None:
        """Use other sizes."""
        self.fit()

    def fit(self) -> None:
        """Give every column its width, and hide those that are not in view."""
        self._placing = True
        room = self._view.width()
        narrow = room < px(_NARROW)
        widths = {column: self._width(column, narrow=narrow) for column in _WIDTHS}
        shown = [column for column in self.order if column in self._chosen]
        lead = widths[Column.BELL] + widths[Column.SYMBOL] + px(_NAME_AT_LEAST) + RIGHT_INSET
        shown = self._in_view(shown, widths, room - lead)
        widths |= self._apart(shown, widths)
        self._heads.last = shown[-1] if shown else Column.NAME
        for column in Column:
            if column not in FIXED:
                self._heads.setSectionHidden(column, column not in shown)
        for column, width in widths.items():
            self._heads.resizeSection(column, width + (RIGHT_INSET if column is self._heads.last else 0))
        self._placing = False
        self.slid.emit(self._first, self._most_first)

    def slide(self, step: int) -> None:
        """Show the columns ``step`` further to the right."""
        self.slide_to(self._first + step)

    def slide_to(self, first: int) -> None:
        """Leave so many of the columns out at the left."""
        first = min(max(first, 0), self._most_first)
        if first != self._first:
            self._first = first
            self.fit()

    def _in_view(self, shown: Sequence[Column], widths: dict[Column, int], room: int) -> list[Column]:
        """Return the columns that have room beside those that lead."""
        seen = list(shown)
        if not self.slides:
            self._first = self._most_first = 0
            aside = sorted(shown, key=lambda c: (c not in _DRAWN, -shown.index(c)))
            while aside and sum(widths[column] for column in seen) > room:
                seen.remove(aside.pop(0))
            return seen
        least = 0
        while least < len(seen) - 1 and sum(widths[column] for column in seen[least:]) > room:
            least += 1
        self._most_first = least
        self._first = min(self._first, least)
        seen = seen[self._first :]
        while len(seen) > 1 and sum(widths[column] for column in seen) > room:
            seen.pop()
        return seen

    def _apart(self, shown: Sequence[Column], widths: dict[Column, int]) -> dict[Column, int]:
        """Return the width of the line of 20 days behind a number, which ends at the edge of its column."""
        beside = dict(zip(shown[1:], shown, strict=False)).get(Column.DAYS)
        behind_number = beside is not None and beside not in _DRAWN
        return {Column.DAYS: widths[Column.DAYS] + px(_APART)} if behind_number else {}

    def _width(self, column: Column, *, narrow: bool) -> int:
        least = px((_WIDTHS | (_NARROW_WIDTHS if narrow else {}))[column])
        own = self._own_widths.get(column)
        return least if own is None else max(px(own), least)

    def _arrange(self, order: Sequence[Column]) -> None:
        placing, self._placing = self._placing, True
        for place, column in enumerate(order):
            self._heads.moveSection(self._heads.visualIndex(column), place)
        self._placing = placing

    def _moved(self, _section: int, old: int, new: int) -> None:
        """Keep the leading columns where they are: a row's name runs through them."""
        if self._placing:
            return
        if min(old, new) < len(FIXED):
            self._placing = True
            self._heads.moveSection(new, old)
            self._placing = False
            return
        before = list(self.order)
        before.insert(old, before.pop(new))
        self.fit()
        self.changed.emit()
        self.dragged.emit(before[len(FIXED) :], list(self.order[len(FIXED) :]))

    def _resized(self, section: int, _before: int, width: int) -> None:
        column = Column(section)
        if self._placing or column in FIXED or width == 0:
            return
        inset = RIGHT_INSET if column is self._heads.last else 0
        least = self._width_without_own(column)
        if width - inset <= least:
            self._own_widths.pop(column, None)
        else:
            self._own_widths[column] = round((width - inset) / px(100) * 100)
        self.fit()
        self.changed.emit()

    def _width_without_own(self, column: Column) -> int:
        narrow = self._view.width() < px(_NARROW)
        return px((_WIDTHS | (_NARROW_WIDTHS if narrow else {}))[column])
