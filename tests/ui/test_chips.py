import pytest
from PySide6.QtCore import QEvent
from PySide6.QtGui import QFontMetrics, QHelpEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLabel, QToolTip, QWidget
from pytestqt.qtbot import QtBot

from stackwatch.domain.words.story_words import TitleClause
from stackwatch.ui.kit.chips import ActionButton, Chip, ElidedText, MoveText, Paragraph
from stackwatch.ui.kit.layout import hbox
from stackwatch.ui.kit.switches import Tab
from stackwatch.ui.kit.theme import Ink, Role, ThemeMode, build_theme, use_theme
from stackwatch.ui.kit.tips import as_tip, set_tip


class _Room(QWidget):
    """Counts how often a part asks for another room."""

    asked = 0

    def event(self, event: QEvent) -> bool:
        self.asked += event.type() is QEvent.Type.LayoutRequest
        return super().event(event)


def test_that_an_ampersand_in_a_name_is_no_key(qtbot: QtBot) -> None:
    """Alt+G leads to the chart, whichever company stands in a chip."""
    chip = Chip()
    qtbot.addWidget(chip)
    for name in ("KT&G", "Private & projects"):
        chip.put("033780.KS", name)
        assert chip.text() == name
        assert chip.shortcut().isEmpty()


def test_that_a_title_that_is_cut_begins_where_it_tells_of_the_name(qtbot: QtBot) -> None:
    first, second = "Tech stocks today: Apple teases a phone, ", "Nvidia stock falters"
    title = f"Yahoo Finance: {first}{second}"
    clause = TitleClause(first + second, len(first), len(first) + len("Nvidia"))
    told, plain = ElidedText(), ElidedText()
    for text in (told, plain):
        qtbot.addWidget(text)
    told.put(title, Ink.T1, Role.BODY, clause)

    def looks_like(words: str) -> bool:
        plain.put(words, Ink.T1)
        plain.resize(told.size())
        return told.grab().toImage() == plain.grab().toImage()

    told.resize(told.sizeHint())
    assert looks_like(title)
    cut = f"Yahoo Finance: \u2026{second}"
    told.resize(QFontMetrics(told.font()).horizontalAdvance(cut) + 1, told.height())
    assert looks_like(cut)
    assert told.toolTip() == as_tip(title)
    told.resize(QFontMetrics(told.font()).horizontalAdvance("Yahoo Finance: \u2026Nv\u2026"), told.height())
    assert looks_like(title), "where the name has no room either it is cut as any other"
    told.put(title, Ink.T1)  # of nobody
    assert not looks_like(cut)


def test_that_a_figure_as_wide_as_the_one_before_lets_the_window_stand(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    room = _Room(window)
    room.resize(400, 60)
    figure, move = ElidedText(fixed=True), MoveText()
    row = QHBoxLayout(room)
    row.addWidget(figure)
    row.addWidget(move)

    def show(price: str, change: float) -> int:
        before = room.asked
        figure.put(price, Ink.T1, Role.HERO)
        move.put(change, f"{change:+.2f}", Ink.T1, Role.BODY)
        QApplication.processEvents()
        assert (figure.text(), figure.width()) == (price, figure.sizeHint().width())
        assert move.width() == move.sizeHint().width()
        return room.asked - before

    window.show()
    show("168.00", 1.25)
    assert show("166.25", 2.75) == 0
    assert show("1,166.25", 2.75) > 0
    assert show("1,166.25", 12.75) > 0


def test_that_a_figure_that_reads_as_nought_goes_neither_way(qtbot: QtBot) -> None:
    move = MoveText()
    qtbot.addWidget(move)
    for value, words, ink in ((-0.003, "0.00\u202f%", Ink.T2), (-0.03, "\u22120.03\u202f%", Ink.DOWN)):
        move.put(value, words, Ink.of(value))
        assert (move._ink, bool(move._value)) == (ink, ink is Ink.DOWN)


@pytest.mark.parametrize("word", ["W" * 280, "엔비디아" * 70])
def test_that_a_word_longer_than_a_line_is_broken_and_seen_whole(qtbot: QtBot, word: str) -> None:
    use_theme(build_theme(ThemeMode.LIGHT))
    part = Paragraph()
    qtbot.addWidget(part)
    part.put(f"Nvidia {word} end", Ink.T1)
    assert part.minimumSizeHint().width() <= 300
    part.resize(300, part.heightForWidth(300))
    line = QFontMetrics(part.font()).height()
    picture = part.grab().toImage()
    ground = picture.pixelColor(299, 0)

    def inked(top: int) -> bool:
        spots = ((x, y) for y in range(top, min(top + line, part.height())) for x in range(300))
        return any(picture.pixelColor(x, y) != ground for x, y in spots)

    assert part.height() > 280 * line / 300, "as many lines as it needs"
    assert all(inked(top) for top in range(0, part.height() - line, line))
    usual, plain = Paragraph(), QLabel("A title of usual words that takes several lines")
    for label in (usual, plain):
        qtbot.addWidget(label)
    usual.put(plain.text(), Ink.T1)
    plain.setWordWrap(True)
    plain.setFont(usual.font())
    assert usual.heightForWidth(120) == plain.heightForWidth(120)


def test_that_the_mark_of_a_figure_grows_with_the_text(qtbot: QtBot) -> None:
    def room(text_px: int) -> int:
        """Return what the mark and the gap behind it take."""
        use_theme(build_theme(ThemeMode.DARK, base_px=text_px))
        moved, still = MoveText(), MoveText()
        for part, value in ((moved, 1.0), (still, None)):
            qtbot.addWidget(part)
            part.put(value, "+1.00", Ink.T1)
        return moved.sizeHint().width() - still.sizeHint().width()

    assert (room(12), room(16)) == (11, 13)


def test_that_a_button_or_a_tab_that_reads_the_same_lets_the_window_stand(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    room, button, tab = _Room(window), ActionButton(), Tab()
    hbox((button, tab), into=room)
    window.show()

    def show(words: str, count: int) -> int:
        before = room.asked
        button.put(words, "plus")
        tab.put("Exposure", count)
        QApplication.processEvents()
        return room.asked - before

    assert show("Add a link", 29) > 0
    assert show("Add a link", 29) == 0
    assert show("Add a link", 129) > 0
    assert show("Add", 129) > 0


def test_that_a_text_that_was_cut_has_its_own_tip_again_once_it_has_room(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    text = ElidedText(window)
    text.put("tied to the Stargate report", Ink.T1)
    set_tip(text, "10:38 no clear news found")
    for width, told in ((80, text.text()), (400, "10:38 no clear news found")):
        text.resize(width, 20)
        text.grab()
        assert text.accessibleDescription() == told
        assert told in text.toolTip()


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
def test_that_the_word_of_a_button_is_its_tip_where_it_is_cut_off(qtbot: QtBot) -> None:
    button = ActionButton()
    qtbot.addWidget(button)
    button.put("Add a link", "plus")
    button.show()

    def tip(width: int) -> str:
        button.resize(width, button.sizeHint().height())
        place = button.rect().center()
        asked = QHelpEvent(QEvent.Type.ToolTip, place, button.mapToGlobal(place))
        QApplication.sendEvent(button, asked)
        return QToolTip.text() if QToolTip.isVisible() else ""

    assert tip(button.sizeHint().width() - 20) == as_tip("Add a link")
    qtbot.waitUntil(lambda: tip(button.sizeHint().width()) == "")
