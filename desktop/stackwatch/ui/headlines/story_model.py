"""The model of the list of stories: rows of two heights, worded when they are first painted."""

from collections.abc import Sequence

from PySide6.QtCore import QAbstractListModel, QModelIndex, Qt

from stackwatch.domain.news import Story
from stackwatch.ui.headlines.story_lines import StoryLines
from stackwatch.ui.headlines.story_rows import UNFOLDED, CopyFace, Line, StoryFace, StoryRowKind, StoryWriter
from stackwatch.ui.kit.row_list import ModelIndex
from stackwatch.ui.kit.tips import as_tip

STORY_HEIGHT, COPY_HEIGHT = 46, 22
FACE_ROLE = int(Qt.ItemDataRole.UserRole)
_ROOT = QModelIndex()


class StoryModel(QAbstractListModel):
    """Stories, and under an unfolded one its copies."""

    def __init__(self, writer: StoryWriter) -> None:
        super().__init__()
        self._writer = writer
        self._lines = StoryLines((), {})
        self._stories: tuple[Story, ...] = ()
        self._ids: list[str] = []
        self._unfolded: set[str] = set()
        self._faces: dict[tuple[str, StoryRowKind, int], tuple[Story, StoryFace | CopyFace]] = {}
        self._numbers: dict[str, int] | None = None  # by story, its place among the stories
        self._heights = (STORY_HEIGHT, COPY_HEIGHT)

    @property
    def lines(self) -> Sequence[Line]:
        """The rows as shown."""
        return self._lines

    @property
    def height(self) -> int:
        """The height of all rows together in pixels."""
        return self._top(len(self._lines))

    def set_heights(self, story: int, copy: int) -> None:
        """Use rows of other heights in pixels."""
        self._heights = (story, copy)

    def set_writer(self, writer: StoryWriter) -> None:
        """Word every row anew: another day or language."""
        self._writer = writer
        self._faces.clear()
        if self._lines:
            self.dataChanged.emit(self.index(0), self.index(len(self._lines) - 1))

    def show(self, stories: Sequence[Story]) -> None:
        """Show other stories; where only contents changed no row moves."""
        shown = tuple(stories)
        if shown == self._stories:
            return
        ids = [story.id for story in shown]
        if ids == self._ids and self._refill(shown):
            return
        self.beginResetModel()
        self._stories, self._ids, self._numbers = shown, ids, None
        self._unfolded = {story_id for story_id in self._unfolded if self._number(story_id) is not None}
        self._lay_out()
        self.endResetModel()

    def _refill(self, shown: tuple[Story, ...]) -> bool:
        """Put newer contents into the rows; returns false where an unfolded story has other rows now."""
        changed = [
            number
            for number, (before, story) in enumerate(zip(self._stories, shown, strict=True))
            if before is not story
        ]
        counts = {number: len(self._lines_of(shown[number])) for number in changed}
        if any(len(self._lines_of(self._stories[number])) != count for number, count in counts.items()):
            return False
        self._stories = shown
        self._lay_out()
        for number, count in counts.items():
            row = self._lines.row_of(number)
            self.dataChanged.emit(self.index(row), self.index(row + count - 1))
        return True

    def is_unfolded(self, story_id: str) -> bool:
        """Whether the copies of a story are shown."""
        return story_id in self._unfolded

    def fold(self, row: int, *, unfold: bool) -> bool:
        """Show or hide the copies of the story in or above a row; return whether that changed anything."""
        line = self._lines[row]
        story = line.story
        if story.copies < 2 or (story.id in self._unfolded) is unfold:  # noqa: PLR2004 - a report and a copy
            return False
        head = self.row_of(story.id)
        self._faces.pop(Line(story).place, None)
        if unfold:
            self._unfolded.add(story.id)
            self.beginInsertRows(_ROOT, head + 1, head + len(self._lines_of(story)) - 1)
            self._lay_out()
            self.endInsertRows()
        else:
            self.beginRemoveRows(_ROOT, head + 1, head + len(self._lines_of(story)) - 1)
            self._unfolded.discard(story.id)
            self._lay_out()
            self.endRemoveRows()
        self.dataChanged.emit(self.index(head), self.index(head))
        return True

    def row_of(self, story_id: str) -> int:
        """Return the row of a story, -1 where it is not shown."""
        number = self._number(story_id)
        return -1 if number is None else self._lines.row_of(number)

    def row_of_line(self, line: Line) -> int:
        """Return the row of a line, or of its story where it is folded; -1 where that is not shown."""
        head = self.row_of(line.story.id)
        under = self._lines[head : head + UNFOLDED + 2] if head >= 0 else ()
        return next((head + by for by, each in enumerate(under) if each.place == line.place), head)

    def _number(self, story_id: str) -> int | None:
        if self._numbers is None:
            self._numbers = {story_id: number for number, story_id in enumerate(self._ids)}
        return self._numbers.get(story_id)

    def place(self, row: int) -> tuple[int, int]:
        """Return top and height of a row in pixels."""
        top = self._top(row)
        return top, self._top(row + 1) - top

    def _top(self, row: int) -> int:
        stories, (story, copy) = self._lines.stories_before(row), self._heights
        return stories * story + (row - stories) * copy

    def row_at(self, y: int) -> int:
        """Return the row at a height in pixels, -1 beside all rows."""
        return self._lines.row_at(y, *self._heights) if 0 <= y < self.height else -1

    def face(self, row: int) -> StoryFace | CopyFace:
        """Return a row in words."""
        line = self._lines[row]
        worded = self._faces.get(line.place)
        if worded is None or worded[0] is not line.story:
            worded = self._faces[line.place] = (line.story, self._word(line))
        return worded[1]

    def rowCount(self, parent: ModelIndex = _ROOT) -> int:
        """Return the number of rows."""
        return 0 if parent.isValid() else len(self._lines)

    def data(self, index: ModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return a row in words, as a sentence or as painted."""
        if not index.isValid():
            return None
        if role == FACE_ROLE:
            return self.face(index.row())
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return self.face(index.row()).accessible_text
        if role == Qt.ItemDataRole.ToolTipRole:
            return as_tip(self.face(index.row()).accessible_text)
        return None

    def _word(self, line: Line) -> StoryFace | CopyFace:
        match line.kind:
            case StoryRowKind.STORY:
                return self._writer.story(line.story, unfolded=line.story.id in self._unfolded)
            case StoryRowKind.COPY:
                return self._writer.copy(line.story, line.number)
            case StoryRowKind.MORE:
                return self._writer.more(line.story)

    def _lines_of(self, story: Story) -> list[Line]:
        lines = [Line(story)]
        if story.id in self._unfolded and story.copies > 1:
            known = min(len(story.reports), UNFOLDED)
            lines += [Line(story, StoryRowKind.COPY, number) for number in range(known)]
            if story.copies > known:
                lines.append(Line(story, StoryRowKind.MORE))
        return lines

    def _lay_out(self) -> None:
        """Find the rows anew; the stories that are unfolded are shown."""
        numbers = [number for key in self._unfolded if (number := self._number(key)) is not None]
        under = {number: self._lines_of(self._stories[number])[1:] for number in numbers}
        self._lines = StoryLines(self._stories, under)
