"""The model of the list of stories: rows of two heights, worded when they are first painted."""

from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate

from PySide6.QtCore import QAbstractListModel, QModelIndex, Qt

from stackwatch.domain.news import Story
from stackwatch.ui.headlines.story_rows import UNFOLDED, CopyFace, Kind, Line, StoryFace, StoryWriter
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
        self._lines: list[Line] = []
        self._stories: tuple[Story, ...] = ()
        self._unfolded: set[str] = set()
        self._faces: dict[tuple[str, Kind, int], tuple[Story, StoryFace | CopyFace]] = {}
        self._tops = [0]
        self._places: dict[str, int] | None = None
        self._heights = (STORY_HEIGHT, COPY_HEIGHT)

    @property
    def lines(self) -> Sequence[Line]:
        """The rows as shown."""
        return self._lines

    @property
    def height(self) -> int:
        """The height of all rows together in pixels."""
        return self._tops[-1]

    def set_heights(self, story: int, copy: int) -> None:
        """Use rows of other heights in pixels."""
        self._heights = (story, copy)
        self._measure()

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
        lines = [line for story in shown for line in self._lines_of(story)]
        if [line.place for line in lines] == [line.place for line in self._lines]:
            self._stories, old, self._lines = shown, self._lines, lines
            for row, (before, line) in enumerate(zip(old, lines, strict=True)):
                if before.story is not line.story:
                    self.dataChanged.emit(self.index(row), self.index(row))
            return
        self.beginResetModel()
        self._stories, self._lines = shown, lines
        self._unfolded &= {story.id for story in shown}
        self._measure()
        self.endResetModel()

    def is_unfolded(self, story_id: str) -> bool:
        """Whether the copies of a story are shown."""
        return story_id in self._unfolded

    def fold(self, row: int, *, unfold: bool) -> None:
        """Show or hide the copies of the story in or above a row."""
        line = self._lines[row]
        story = line.story
        if story.copies < 2 or (story.id in self._unfolded) is unfold:  # noqa: PLR2004 - a report and a copy
            return
        head = self.row_of(story.id)
        self._faces.pop(Line(story).place, None)
        if unfold:
            self._unfolded.add(story.id)
            added = self._lines_of(story)[1:]
            self.beginInsertRows(_ROOT, head + 1, head + len(added))
            self._lines[head + 1 : head + 1] = added
            self._measure()
            self.endInsertRows()
        else:
            count = len(self._lines_of(story)) - 1
            self._unfolded.discard(story.id)
            self.beginRemoveRows(_ROOT, head + 1, head + count)
            del self._lines[head + 1 : head + 1 + count]
            self._measure()
            self.endRemoveRows()
        self.dataChanged.emit(self.index(head), self.index(head))

    def row_of(self, story_id: str) -> int:
        """Return the row of a story, -1 where it is not shown."""
        if self._places is None:
            self._places = {
                line.story.id: row for row, line in enumerate(self._lines) if line.kind is Kind.STORY
            }
        return self._places.get(story_id, -1)

    def place(self, row: int) -> tuple[int, int]:
        """Return top and height of a row in pixels."""
        return self._tops[row], self._tops[row + 1] - self._tops[row]

    def row_at(self, y: int) -> int:
        """Return the row at a height in pixels, -1 beside all rows."""
        return bisect_right(self._tops, y) - 1 if 0 <= y < self.height else -1

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
            case Kind.STORY:
                return self._writer.story(line.story, unfolded=line.story.id in self._unfolded)
            case Kind.COPY:
                return self._writer.copy(line.story, line.number)
            case Kind.MORE:
                return self._writer.more(line.story)

    def _lines_of(self, story: Story) -> list[Line]:
        lines = [Line(story)]
        if story.id in self._unfolded and story.copies > 1:
            known = min(len(story.reports), UNFOLDED)
            lines += [Line(story, Kind.COPY, number) for number in range(known)]
            if story.copies > known:
                lines.append(Line(story, Kind.MORE))
        return lines

    def _measure(self) -> None:
        story, copy = self._heights
        heights = (story if line.kind is Kind.STORY else copy for line in self._lines)
        self._tops = [0, *accumulate(heights)]
        self._places = None
