"""How rows of the list of stories are drawn, and where their chips and carets are."""

from dataclasses import dataclass

from PySide6.QtCore import QRect
from PySide6.QtGui import QFontMetrics, QPainter

from stackwatch.ui.detail.headlines_panel import draw_title
from stackwatch.ui.headlines.story_rows import CopyFace, StoryFace
from stackwatch.ui.kit import paint
from stackwatch.ui.kit.chips import box
from stackwatch.ui.kit.icons import draw_icon
from stackwatch.ui.kit.paint import figure, words
from stackwatch.ui.kit.theme import Role, current_theme, px

_CHIP_GAP = 6
_LEAST_SOURCE, _COPIES = 360, 48
_ROOMY = 760  # from this width on a long publisher has its room beside a long title


@dataclass(frozen=True, slots=True)
class StoryColumns:
    """Edges of the columns for a width: those of figures are right edges.

    Where a title would not be read, source and theme leave it their room: both are said beside it.
    """

    time: int
    tone: int
    title: int
    source: int
    copies: int
    theme: int
    end: int

    @classmethod
    def of(cls, width: int) -> "StoryColumns":
        """Lay the columns out; the title takes what the others leave."""
        end = width - px(12)
        theme_left = end - px(84)
        copies = theme_left - px(8)
        source = copies - px(164 if width >= px(_ROOMY) else 128)
        if source < px(_LEAST_SOURCE):
            theme_left = copies = end
            source = copies - px(_COPIES)
        return cls(px(85), px(93), px(121), source, copies, theme_left, end)


def head(painter: QPainter, width: int, height: int, labels: tuple[str, ...]) -> None:
    """Draw the heads over their columns: time, story, first source, copies, theme."""
    columns = StoryColumns.of(width)
    theme = current_theme()
    font = theme.font(Role.CAPTION)
    time, story, source, copies, about = labels
    figure(painter, QRect(0, 0, columns.time, height), time, theme.t3, font)
    words(painter, QRect(columns.title, 0, 200, height), story, theme.t3, font)
    room = columns.copies - px(48) - columns.source
    words(painter, QRect(columns.source, 0, room, height), source, theme.t3, font)
    figure(painter, QRect(0, 0, columns.copies, height), copies, theme.t3, font)
    words(painter, QRect(columns.theme, 0, columns.end - columns.theme, height), about, theme.t3, font)


def chip_places(face: StoryFace, rect: QRect) -> tuple[tuple[str, str, QRect], ...]:
    """Return the chips of a story that fit: id, name and place."""
    columns = StoryColumns.of(rect.width())
    metrics = QFontMetrics(current_theme().font(Role.CAPTION))
    left, top, height = columns.title, rect.top() + px(25), px(16)
    placed: list[tuple[str, str, QRect]] = []
    for chip in face.chips:
        width = metrics.horizontalAdvance(chip.name) + px(12)
        if left + width > columns.source - px(8) and placed:
            break
        placed.append((chip.entity_id, chip.name, QRect(left, top, width, height)))
        left += width + _CHIP_GAP
    return tuple(placed)


def caret_place(rect: QRect) -> QRect:
    """Return where a click folds or unfolds a story."""
    columns = StoryColumns.of(rect.width())
    width = px(60)
    return QRect(columns.copies - width, rect.top(), width + px(4), rect.height())


def draw_story(
    painter: QPainter, rect: QRect, face: StoryFace, *, unfolded: bool, selected: bool, chip: str
) -> None:
    """Draw a story: a line of what it says, and a line of whom it names; ``chip`` is under the pointer."""
    theme = current_theme()
    row = face.row
    columns = StoryColumns.of(rect.width())
    top, line = rect.top() + px(4), px(20)
    figure(painter, QRect(0, top, columns.time, line), row.time, theme.t2, theme.font())
    tone = QRect(columns.tone, top + (line - px(16)) // 2, px(16), px(16))
    box(painter, tone, 4, None, theme.line2)
    paint.centred(painter, tone, row.tone, theme.t2, theme.font(Role.CAPTION))
    draw_title(painter, QRect(columns.title, top, columns.source - px(12) - columns.title, line), row)
    room = columns.copies - px(52) - columns.source
    words(painter, QRect(columns.source, top, room, line), row.publisher, theme.t2, theme.font())
    figure(painter, QRect(0, top, columns.copies, line), row.copies, theme.t2, theme.font())
    if row.copies:
        caret = QRect(columns.copies - _width(row.copies) - px(16), top, px(13), line)
        draw_icon(painter, "caret-down" if unfolded else "caret-right", theme.t2, caret, px(11))
    about = QRect(columns.theme, top, columns.end - columns.theme, line)
    words(painter, about, row.theme, theme.t2, theme.font())
    for entity, name, place in chip_places(face, rect):
        box(painter, place, 4, theme.band2 if selected or entity == chip else theme.band, None)
        paint.centred(painter, place, name, theme.t1, theme.font(Role.CAPTION))
    paint.hairline(painter, QRect(0, rect.bottom(), rect.width(), 1), theme.line)


def draw_copy(painter: QPainter, rect: QRect, face: CopyFace) -> None:
    """Draw a copy: when, by whom, and what kind of copy it is."""
    columns = StoryColumns.of(rect.width())
    top, height = rect.top(), rect.height()
    theme = current_theme()
    figure(painter, QRect(0, top, columns.time, height), face.time, theme.t2, theme.font())
    note = _width(face.note) + px(12)
    room = columns.end - columns.title - note
    words(painter, QRect(columns.title, top, room, height), face.words, theme.t2, theme.font())
    figure(painter, QRect(0, top, columns.end, height), face.note, theme.t2, theme.font())


def _width(text: str) -> int:
    return QFontMetrics(current_theme().font()).horizontalAdvance(text)
