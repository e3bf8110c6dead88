from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QModelIndex, QPoint, QRect, Qt
from PySide6.QtGui import QAccessible, QFontMetrics, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QTreeView
from pytestqt.qtbot import QtBot
from tests.ui import scene
from tests.ui.scene import dress_in

from stackwatch.domain.events import QuotesChanged
from stackwatch.domain.lists.list_editing import move
from stackwatch.domain.quote import QuoteState, Session
from stackwatch.ui.kit import paint
from stackwatch.ui.kit.theme import Palette, Role, Theme, ThemeMode, build_theme
from stackwatch.ui.preferences.settings import MOST_TEXT
from stackwatch.ui.watchlist.watchlist_canvas import WatchlistCanvas
from stackwatch.ui.watchlist.watchlist_cells import Column
from stackwatch.ui.watchlist.watchlist_menu import row_menu
from stackwatch.ui.watchlist.watchlist_nodes import PRIVATE_GROUP
from stackwatch.ui.watchlist.watchlist_view import WatchlistView


@pytest.fixture
def view(qtbot: QtBot) -> Iterator[WatchlistView]:
    made = WatchlistView(scene.ecosystem(), scene.watchlist())
    qtbot.addWidget(made)
    made.resize(712, 686)
    for event in scene.events():
        made.apply(event)
    made.set_folded(scene.FOLDED)
    with qtbot.waitExposed(made):
        made.show()
    yield made
    made.close()


def _centre(view: WatchlistView, entity_id: str, column: Column) -> QPoint:
    return view.visualRect(view.list_model.index_of(entity_id).siblingAtColumn(column)).center()


def _click(view: WatchlistView, where: QPoint) -> None:
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, where)


def test_that_arrows_walk_the_list_and_name_each_row(view: WatchlistView) -> None:
    followed: list[str] = []
    view.entity_selected.connect(followed.append)
    view.select("NVDA")
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Up):
        QTest.keyClick(view, key)
    assert followed == ["NVDA", "AMD", "ARM", "AMD"]


@pytest.mark.parametrize("text_px", [11, 12, MOST_TEXT])
def test_that_a_sar_of_two_digits_has_room_beside_its_bar(
    view: WatchlistView, monkeypatch: pytest.MonkeyPatch, text_px: int
) -> None:
    bars: list[QRect] = []
    monkeypatch.setattr(paint, "sar_bar", lambda _painter, rect, *_, **__: bars.append(QRect(rect)))
    theme = build_theme(ThemeMode.DARK, base_px=text_px)
    dress_in(view, theme)
    view.resize(theme.px(600), 686)
    view.grab()
    cell = view.visualRect(view.list_model.index_of("NVDA").siblingAtColumn(Column.SAR))
    digits = QFontMetrics(theme.font(Role.STRONG)).horizontalAdvance("+26.3")
    assert {bar.left() for bar in bars} == {cell.left() + 8}
    assert cell.right() + 1 - digits - max(bar.right() + 1 for bar in bars) >= 2


def test_that_left_and_right_fold_a_layer(view: WatchlistView) -> None:
    group = view.list_model.index_of("cloud")
    view.setCurrentIndex(group)
    QTest.keyClick(view, Qt.Key.Key_Left)
    assert "cloud" in view.folded()
    QTest.keyClick(view, Qt.Key.Key_Right)
    assert "cloud" not in view.folded()


def test_that_the_menu_of_a_name_in_a_map_has_nothing_about_the_list_as_a_whole(view: WatchlistView) -> None:
    index = view.list_model.index_of("NVDA")

    def offered(*, listed: bool) -> list[str]:
        menu = row_menu(view, index, view.list_model.node(index), listed=listed)
        return [action.text() for action in menu.actions() if action.text()]

    whole = [
        "New layer\u2026",
        "Fold every layer",
        "Unfold every layer",
        "Sort every layer",
        "Columns",
        "Refresh",
    ]
    own = offered(listed=False)
    assert "New alert" in own
    assert "Remove from the list" in own
    assert set(own).isdisjoint(whole)
    assert set(offered(listed=True)) - set(own) <= set(whole)


def test_that_a_menu_in_a_map_shows_no_key_that_only_the_list_has(view: WatchlistView) -> None:
    def keys(entity_id: str, *, listed: bool) -> dict[str, str]:
        index = view.list_model.index_of(entity_id)
        menu = row_menu(view, index, view.list_model.node(index), listed=listed)
        return {action.text(): action.shortcut().toString() for action in menu.actions() if action.text()}

    assert keys("NVDA", listed=True)["Remove from the list"] == "Del"
    assert keys("NVDA", listed=False)["Remove from the list"] == ""
    layer = keys("gpus", listed=False)
    assert layer["Remove layer"] == ""
    assert {"New alert", "Hide layer"} <= layer.keys()
    assert layer.keys().isdisjoint({"Fold", "Unfold", "Sort this layer"})


def test_that_every_layer_folds_and_unfolds_by_the_menu_and_the_keyboard_stays_in_view(
    view: WatchlistView,
) -> None:
    followed: list[str] = []
    view.select("NVDA")
    view.entity_selected.connect(followed.append)

    def choose(words: str) -> None:
        index = view.currentIndex()
        menu = row_menu(view, index, view.list_model.node(index))
        next(action for action in menu.actions() if action.text() == words).trigger()
        menu.close()

    choose("Fold every layer")
    assert len(view.folded()) == view.list_model.rowCount()
    assert view.list_model.node(view.currentIndex()).id == "gpus"
    choose("Unfold every layer")
    assert view.folded() == ()
    assert followed == []


def test_that_a_click_on_the_caret_folds_and_a_click_on_a_row_selects(view: WatchlistView) -> None:
    _click(view, _centre(view, "gpus", Column.BELL))
    assert "gpus" in view.folded()
    _click(view, _centre(view, "gpus", Column.BELL))
    _click(view, _centre(view, "AMD", Column.NAME))
    assert view.selected_id == "AMD"


def test_that_enter_opens_a_row_and_folds_a_group(view: WatchlistView) -> None:
    opened: list[str] = []
    view.entity_opened.connect(opened.append)
    view.select("KLAC")
    QTest.keyClick(view, Qt.Key.Key_Return)
    view.setCurrentIndex(view.list_model.index_of("servers"))
    QTest.keyClick(view, Qt.Key.Key_Return)
    assert opened == ["KLAC"]
    assert "servers" in view.folded()


def test_that_folding_is_remembered_by_id(view: WatchlistView) -> None:
    view.set_folded((PRIVATE_GROUP, "memory"))
    assert view.folded() == (PRIVATE_GROUP, "memory")
    view.show_list(replace(scene.watchlist(), id="other", private=()))
    assert view.folded() == ()
    view.show_list(scene.watchlist())
    assert view.folded() == (PRIVATE_GROUP, "memory")  # each list has its own


def test_that_a_row_moved_past_the_edge_stays_in_view(view: WatchlistView) -> None:
    view.resize(712, 200)
    view.select("NVDA")
    home = view.watchlist
    last = home.layers[-1]
    view.show_list(move(home, ids=("NVDA",), layer_id=last.id))
    assert view.selected_id == "NVDA"
    assert view.viewport().rect().contains(view.visualRect(view.currentIndex()))
    view.show_list(home)
    assert view.viewport().rect().contains(view.visualRect(view.currentIndex()))


def test_that_a_change_elsewhere_scrolls_to_no_row_that_was_out_of_view(view: WatchlistView) -> None:
    view.resize(712, 200)
    view.select("NVDA")
    view.verticalScrollBar().setValue(view.verticalScrollBar().maximum())
    home = view.watchlist
    view.show_list(replace(home, private=home.private[1:]))
    assert not view.viewport().rect().contains(view.visualRect(view.currentIndex()))


def test_that_selecting_a_folded_name_opens_its_layer(view: WatchlistView) -> None:
    assert "memory" in view.folded()
    assert view.select("005930.KS")
    assert "memory" not in view.folded()
    assert not view.select("not in the list")


def test_that_typing_a_letter_begins_a_search(view: WatchlistView) -> None:
    typed: list[str] = []
    view.typed.connect(typed.append)
    QTest.keyClicks(view, "m")
    assert typed == ["m"]


def test_that_the_menu_of_an_open_layer_folds_it_wherever_it_was_asked_for(view: WatchlistView) -> None:
    group = view.list_model.index_of("NVDA").parent()
    view.setExpanded(group, True)
    for column in (0, 2):
        menu = row_menu(view, group.siblingAtColumn(column), view.list_model.node(group))
        assert menu.actions()[0].text() == "Fold"
        menu.deleteLater()
    menu.actions()[0].trigger()
    assert not view.isExpanded(group)


def test_that_a_share_is_offered_to_compare_with_where_a_chart_is_shown(view: WatchlistView) -> None:
    index = view.list_model.index_of("AMD")

    def offered() -> bool:
        menu = row_menu(view, index, view.list_model.node(index))
        menu.deleteLater()
        return "Compare in chart" in [action.text() for action in menu.actions()]

    view.select("NVDA")
    assert offered()
    view.select("AMD")
    assert not offered()
    view.select("openai")  # a barometer stands in the place of the chart
    assert not offered()


def test_that_the_menu_copies_opens_and_refreshes(view: WatchlistView, qtbot: QtBot) -> None:
    index = view.list_model.index_of("NVDA")
    menu = row_menu(view, index, view.list_model.node(index))
    words = {action.text(): action for action in menu.actions() if action.text()}
    assert {"Open", "New alert", "Copy symbol", "Move to layer", "New layer\u2026"} <= set(words)
    words["Copy symbol"].trigger()
    assert QGuiApplication.clipboard().text() == "NVDA"
    with qtbot.waitSignal(view.refresh_requested):
        words["Refresh"].trigger()
    menu.deleteLater()


def test_that_a_narrow_list_drops_the_drawn_columns_and_keeps_the_numbers(view: WatchlistView) -> None:
    assert not view.isColumnHidden(Column.YEAR)
    view.resize(556, 600)
    assert view.isColumnHidden(Column.YEAR)
    assert view.isColumnHidden(Column.DAYS)
    assert view.columnWidth(Column.NAME) == 106
    assert sum(view.columnWidth(column) for column in Column) == 556


@pytest.mark.parametrize(
    "changes", [{"state": QuoteState.CLOSED}, {"state": QuoteState.DELAYED, "delay_minutes": 20}]
)
def test_that_a_name_ends_before_a_price_that_is_longer_than_its_column(
    view: WatchlistView, changes: dict[str, object]
) -> None:
    view.apply(QuotesChanged((scene.quote("AMD", 1234567.25, 0.4, session=Session.REGULAR, **changes),)))
    node = view.list_model.nodes_of("AMD")[0]
    row = view.visualRect(view.list_model.index_of("AMD").siblingAtColumn(Column.NAME))
    image = view.viewport().grab(row).toImage()
    reach = view._rows.reach(node)
    assert reach > 0
    ground = image.pixelColor(image.width() // 2, 1)
    gap = range(row.width() - 4 - reach, row.width() - 2 - reach)
    assert all(image.pixelColor(x, y) == ground for x in gap for y in range(2, image.height() - 2))
    view.apply(QuotesChanged((scene.quote("AMD", 12.5, 0.4, session=Session.REGULAR, **changes),)))
    assert view._rows.reach(node) == 0


def test_that_the_columns_have_the_widths_of_the_picture(view: WatchlistView) -> None:
    widths = [view.columnWidth(column) for column in Column]
    assert widths[: Column.NEWS + 1] == [28, 70, 128, 74, 76, 66, 96, 68, 66, 40]
    assert not any(widths[Column.NEWS + 1 :])


def test_that_the_line_of_20_days_keeps_apart_from_a_number_before_it(view: WatchlistView) -> None:
    usual = view.columnWidth(Column.DAYS)
    view.columns.choose(Column.YEAR, shown=False)
    assert view.columnWidth(Column.DAYS) == usual + 10
    view.columns.choose(Column.YEAR, shown=True)
    assert view.columnWidth(Column.DAYS) == usual


def test_that_only_the_changed_row_is_painted_again(view: WatchlistView, qtbot: QtBot) -> None:
    qtbot.wait(0)
    before = view.grab().toImage()
    view.apply(QuotesChanged((scene.quote("AMD", 199.99, 3.0),)))
    after = view.grab().toImage()
    row = view.visualRect(view.list_model.index_of("AMD"))
    top = row.top() + view.header().height()
    changed = [
        y
        for y in range(before.height())
        if before.copy(QRect(0, y, 712, 1)) != after.copy(QRect(0, y, 712, 1))
    ]
    assert changed
    assert all(top <= y < top + row.height() for y in changed)


@pytest.mark.parametrize("palette", list(Palette))
@pytest.mark.parametrize("mode", list(ThemeMode))
def test_that_every_theme_paints(view: WatchlistView, mode: ThemeMode, palette: Palette) -> None:
    theme = build_theme(mode, palette)
    dress_in(view, theme)
    picture = view.grab().toImage()
    assert picture.pixelColor(400, 60 + 24).name() in {
        theme.panel.name(),
        theme.raised.name(),
        theme.line.name(),
    }


def test_that_the_selected_row_has_the_violet_bar(view: WatchlistView, theme: Theme) -> None:
    view.select("NVDA")
    view.setFocus()
    where = _centre(view, "NVDA", Column.SYMBOL)
    assert view.viewport().grab().toImage().pixelColor(0, where.y()) == theme.you


def test_that_values_that_came_while_scrolled_away_are_shown_on_return(view: WatchlistView) -> None:
    view.resize(712, 150)
    view.scrollToBottom()
    view.apply(QuotesChanged((scene.quote("ORCL", 240.0),)))
    view.scrollToTop()
    assert view.list_model.index_of("ORCL").siblingAtColumn(Column.LAST).data() == "240.00"


def test_that_the_mark_of_a_move_grows_with_the_text_and_keeps_clear_of_the_figure(
    view: WatchlistView,
) -> None:
    def drawn(text_px: int) -> tuple[int, int]:
        """Return how wide the mark before a change is, and how far from the figure."""
        dress_in(view, build_theme(ThemeMode.DARK, base_px=text_px))
        cell = view.visualRect(view.list_model.index_of("NVDA").siblingAtColumn(Column.CHANGE))
        image = view.viewport().grab(cell.adjusted(0, 2, 0, -2)).toImage()
        ground = image.pixelColor(0, 0)
        inked = [
            any(image.pixelColor(x, y) != ground for y in range(image.height())) for x in range(image.width())
        ]
        begin = inked.index(True)
        end = inked.index(False, begin)
        return end - begin, inked.index(True, end) - end

    (usual, gap), (large, wider) = drawn(12), drawn(MOST_TEXT)
    assert large >= 1.25 * usual
    assert min(gap, wider) >= 2


def test_that_a_changed_price_paints_its_cell_and_leaves_the_others(view: WatchlistView) -> None:
    view.viewport().grab()  # everything is painted once
    before = view.viewport().grab().toImage()
    year = {"year_low": 154.72 * 0.5, "year_high": 154.72 * 0.5 * (1 + 1 / 0.78)}
    view.apply(QuotesChanged((scene.quote("AMD", 154.79, -1.452, **year),)))
    after = view.viewport().grab().toImage()
    row = view.visualRect(view.list_model.index_of("AMD").siblingAtColumn(Column.LAST))
    different = [
        x
        for x in range(before.width())
        if any(before.pixel(x, y) != after.pixel(x, y) for y in range(row.top(), row.bottom()))
    ]
    assert different
    assert all(row.left() - 4 <= x <= row.right() + 4 for x in different)  # the ground of a flash


def test_that_nothing_of_rows_that_went_stays_below_the_last_one(view: WatchlistView, theme: Theme) -> None:
    view.viewport().grab()
    view.fold_all(folded=True)
    painted = view.viewport().grab().toImage()
    last = view.visualRect(view.list_model.index(view.list_model.rowCount() - 1, 0))
    below = range(last.bottom() + 2, painted.height())
    assert below
    assert {painted.pixelColor(x, y).name() for x in range(0, 700, 7) for y in below} == {theme.panel.name()}


def test_that_the_row_under_the_pointer_lights_up_and_goes_out(view: WatchlistView, theme: Theme) -> None:
    where = _centre(view, "AMD", Column.SYMBOL)
    probe = QPoint(view.columnViewportPosition(Column.NEWS) + 2, where.y())
    assert view.viewport().grab().toImage().pixelColor(probe) == theme.panel
    QTest.mouseMove(view.viewport(), where)
    assert view.viewport().grab().toImage().pixelColor(probe) == theme.hover
    QCoreApplication.sendEvent(view, QEvent(QEvent.Type.Leave))
    assert view.viewport().grab().toImage().pixelColor(probe) == theme.panel


def test_that_a_screen_reader_is_told_the_cells_that_changed(
    view: WatchlistView, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[tuple[str, int, int]] = []
    plain = QTreeView.dataChanged

    def heard(tree: QTreeView, first: QModelIndex, last: QModelIndex) -> None:
        told.append((view.list_model.node(first).id, first.column(), last.column()))
        plain(tree, first, last)

    monkeypatch.setattr(WatchlistCanvas, "dataChanged", heard)
    view.apply(QuotesChanged((scene.quote("AMD", 199.99, 3.0),)))
    assert told == []
    QAccessible.setActive(True)
    try:
        view.apply(QuotesChanged((scene.quote("AMD", 201.0, 3.0),)))
    finally:
        QAccessible.setActive(False)
    assert ("AMD", Column.LAST, Column.LAST) in told
    assert {entity for entity, _, _ in told} == {"AMD"}
