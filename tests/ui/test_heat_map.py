from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt
from PySide6.QtGui import QContextMenuEvent, QFontMetrics, QImage, QPainter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QMenu, QWidget
from pytestqt.qtbot import QtBot
from tests.ui import scene
from tests.ui.scene import dress_in, speak

from stackwatch.domain.events import Event, MarketValuesChanged, QuotesChanged, RollupsChanged
from stackwatch.domain.quote import QuoteState, Session
from stackwatch.domain.watchlist import BilingualName, Language, Watchlist
from stackwatch.ui.kit.theme import Palette, Role, Theme, ThemeMode, build_theme
from stackwatch.ui.maps.heat_map import HeatMap
from stackwatch.ui.maps.heat_map_face import PERCENT_STEPS, SAR_STEPS, TileFace, step_of
from stackwatch.ui.maps.heat_map_paint import TileLook, TilePainter
from stackwatch.ui.preferences.settings import HeatBy, HeatSize
from stackwatch.ui.watchlist.watchlist_cells import Mark
from stackwatch.ui.watchlist.watchlist_model import WatchlistModel

SIZE = (880, 620)


@pytest.fixture
def model(qapp: QApplication) -> WatchlistModel:
    assert qapp is not None
    made = WatchlistModel(scene.ecosystem(), scene.watchlist())
    for event in scene.events():
        made.apply(event)
    return made


@pytest.fixture
def heat(model: WatchlistModel, qtbot: QtBot) -> Iterator[HeatMap]:
    made = HeatMap(model, scene.ecosystem())
    host = QWidget()  # as in the window: a map is never a window of its own
    qtbot.addWidget(host)
    made.setParent(host)
    host.resize(*SIZE)
    made.resize(*SIZE)
    host.show()
    yield made
    host.hide()


def face(heat: HeatMap, entity_id: str) -> TileFace:
    heat.canvas.settle()
    return next(face for entity, face, _ in heat.canvas.shown if entity == entity_id)


def place(heat: HeatMap, entity_id: str) -> QRect:
    return next(rect for entity, _, rect in heat.canvas.shown if entity == entity_id)


def tell(heat: HeatMap, model: WatchlistModel, event: Event) -> None:
    model.apply(event)
    heat.apply(event)


def test_that_every_row_of_the_list_has_a_tile(heat: HeatMap) -> None:
    shown = {entity for entity, _, _ in heat.canvas.shown}
    assert shown == {row[0] for row in scene.SHARES} | {row[0] for row in scene.PRIVATE}


def test_that_a_list_without_names_says_so_in_the_middle(heat: HeatMap, model: WatchlistModel) -> None:
    model.set_watchlist(replace(scene.watchlist(), layers=(), private=()))
    heat.canvas.renew()
    assert heat.canvas.shown == ()
    image, middle = heat.canvas.grab().toImage(), heat.canvas.rect().center()
    line = QRect(middle.x() - 60, middle.y(), 120, 22)
    seen = {
        image.pixelColor(x, y).lightness()
        for x in range(line.left(), line.right())
        for y in range(line.top(), line.bottom())
    }
    assert max(seen) > 120  # written on a dark ground


def test_that_a_tile_shows_what_the_list_shows(heat: HeatMap) -> None:
    klac = face(heat, "KLAC")
    assert (klac.name, klac.value, klac.detail) == ("KLAC", "\u22124.24", "SAR \u22122.9")
    assert (klac.step, klac.arrow, klac.unusual) == (-3, -1, True)


def test_that_an_ordinary_move_stays_neutral(heat: HeatMap) -> None:
    intel = face(heat, "INTC")
    assert (intel.step, intel.unusual, intel.bare) == (0, False, False)


@pytest.mark.parametrize(
    ("value", "steps", "step"),
    [
        (0.99, PERCENT_STEPS, 0),
        (-1.0, PERCENT_STEPS, -1),
        (2.5, PERCENT_STEPS, 2),
        (-4.0, PERCENT_STEPS, -3),
        (2.9, SAR_STEPS, 2),
        (3.0, SAR_STEPS, 3),
    ],
)
def test_that_colour_goes_by_steps(value: float, steps: tuple[float, float, float], step: int) -> None:
    assert step_of(value, steps) == step


def test_that_colour_follows_the_figure_chosen(heat: HeatMap) -> None:
    chosen: list[HeatBy] = []
    heat.look_chosen.connect(lambda: chosen.append(heat.by))
    assert face(heat, "LRCX").step == -2  # abnormal -3.3
    QTest.mouseClick(heat.segments._group.button(0), Qt.MouseButton.LeftButton)
    assert face(heat, "LRCX").value == "\u22123.98"
    assert face(heat, "NVDA").step == -2  # change -2.54
    QTest.mouseClick(heat.segments._group.button(2), Qt.MouseButton.LeftButton)
    assert face(heat, "NVDA").step == 0  # SAR -0.8
    assert face(heat, "KLAC").step == -2  # SAR -2.9
    assert chosen == [HeatBy.CHANGE, HeatBy.SAR]


@pytest.mark.parametrize(("percent", "step"), [(-3.996, -3), (-3.994, -2)])
def test_that_a_tile_has_the_colour_of_the_figure_that_is_written(
    heat: HeatMap, model: WatchlistModel, percent: float, step: int
) -> None:
    heat.show_by(HeatBy.CHANGE)
    tell(heat, model, QuotesChanged((scene.quote(percent=percent),)))
    assert (face(heat, "NVDA").value, face(heat, "NVDA").step) == (f"\u2212{-percent:.2f}", step)


WORTH = {"NVDA": 4.0e12, "INTC": 1.0e12, "AMD": 2.5e11, "ARM": 1.5e11, "SNPS": 8e10}


def _size(heat: HeatMap, entity_id: str) -> int:
    spot = place(heat, entity_id)
    return (spot.width() + 1) * (spot.height() + 1)


def test_that_a_tile_and_the_name_of_a_layer_ask_for_their_menus(heat: HeatMap) -> None:
    asked: list[str] = []
    heat.menu_wanted.connect(lambda entity_id, _place: asked.append(entity_id))
    tile = place(heat, "NVDA")
    for point in (tile.center(), QPoint(tile.left() + 4, tile.top() - 6)):  # NVDA stands first
        event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, point, heat.canvas.mapToGlobal(point))
        QApplication.sendEvent(heat.canvas, event)
    assert asked == ["NVDA", "gpus"]


def test_that_tiles_are_alike_until_market_values_are_known(heat: HeatMap) -> None:
    assert heat.sizes.isHidden()
    before = place(heat, "NVDA")
    assert not heat.canvas.by_value
    heat.apply(MarketValuesChanged(tuple(WORTH.items())))
    assert heat.sizes.isVisible()
    heat.canvas.settle()
    assert place(heat, "NVDA") != before


def test_that_the_size_of_a_tile_goes_by_the_root_of_the_market_value(heat: HeatMap) -> None:
    heat.apply(MarketValuesChanged(tuple(WORTH.items())))
    heat.canvas.settle()
    assert _size(heat, "NVDA") / _size(heat, "INTC") == pytest.approx(2.0, rel=0.08)
    assert _size(heat, "NVDA") / _size(heat, "AMD") == pytest.approx(4.0, rel=0.08)
    unknown = min(_size(heat, each) for each in ("openai", "LRCX"))
    assert unknown >= 0.6 * 46 * 24
    assert unknown < _size(heat, "NVDA") / 4
    assert "Market value $4.0tn" in heat.canvas.tip_at(place(heat, "NVDA").center())
    assert "Market value" not in heat.canvas.tip_at(place(heat, "openai").center())


def test_that_equal_tiles_can_be_had_and_are_remembered_by_the_view(heat: HeatMap) -> None:
    told: list[HeatSize] = []
    heat.look_chosen.connect(lambda: told.append(heat.size_by))
    heat.canvas.settle()
    before = place(heat, "NVDA")
    heat.apply(MarketValuesChanged(tuple(WORTH.items())))
    QTest.mouseClick(heat.sizes._group.button(1), Qt.MouseButton.LeftButton)
    heat.canvas.settle()
    assert told == [HeatSize.EQUAL]
    assert place(heat, "NVDA") == before


def test_that_a_new_price_moves_no_tile_of_any_size(heat: HeatMap, model: WatchlistModel) -> None:
    heat.apply(MarketValuesChanged(tuple(WORTH.items())))
    heat.canvas.settle()
    before = [rect for _, _, rect in heat.canvas.shown]
    tell(heat, model, QuotesChanged((scene.quote("NVDA", price=150.0, market_value=3e12),)))
    heat.canvas.settle()
    assert [rect for _, _, rect in heat.canvas.shown] == before


def test_that_a_share_without_abnormal_move_says_change_only(heat: HeatMap) -> None:
    softbank = face(heat, "9984.T")
    assert (softbank.bare, softbank.step, softbank.detail) == (True, 0, "change only")
    assert softbank.name == "SoftBank Group"  # a number is no name


def test_that_a_private_entity_is_outlined_with_the_move_of_its_names(heat: HeatMap) -> None:
    stargate = face(heat, "stargate")
    assert (stargate.bare, stargate.value, stargate.detail) == (True, "\u22121.36", "average of 5")
    assert face(heat, "upstage").detail == "no names"


@pytest.mark.parametrize(
    ("state", "mark", "detail"),
    [
        (QuoteState.STALE, Mark.STALE, "stale"),
        (QuoteState.HALTED, Mark.HALTED, "halted"),
        (QuoteState.WITHHELD, Mark.WITHHELD, ""),
    ],
)
def test_that_a_price_that_is_not_current_has_no_colour(
    heat: HeatMap, model: WatchlistModel, state: QuoteState, mark: Mark, detail: str
) -> None:
    tell(heat, model, QuotesChanged((scene.quote("KLAC", 88.65, -4.856, state=state, split=2.0),)))
    klac = face(heat, "KLAC")
    assert (klac.step, klac.arrow, klac.bare, klac.hatched) == (0, 0, True, True)
    assert (klac.mark, klac.detail) == (mark, detail)


def test_that_a_stale_change_is_never_shown_as_an_abnormal_move(heat: HeatMap, model: WatchlistModel) -> None:
    tell(heat, model, QuotesChanged((scene.quote("KLAC", 88.65, -4.856, state=QuoteState.STALE),)))
    assert (face(heat, "KLAC").value, face(heat, "KLAC").short) == ("\u2013", "\u2013")  # as in the list
    QTest.mouseClick(heat.segments._group.button(0), Qt.MouseButton.LeftButton)
    assert face(heat, "KLAC").value == "\u22124.86"
    late = {"state": QuoteState.STALE, "session": Session.POST, "extended_price": 90.0}
    tell(heat, model, QuotesChanged((scene.quote("KLAC", 88.65, -4.856, **late),)))
    assert (face(heat, "KLAC").value, face(heat, "KLAC").short) == ("\u22124.86", "\u22124.9")


def test_that_the_hatch_runs_through_no_figure(theme: Theme) -> None:
    """Of a small tile the hatch would cover half of the figure."""
    wide = QFontMetrics(theme.font(Role.BODY)).horizontalAdvance("+10.34")

    def ink(*, hatched: bool) -> QImage:
        picture = QImage(56, 52, QImage.Format.Format_RGB32)
        picture.fill(theme.panel)
        painter = QPainter(picture)
        tile = TileFace("SK Telecom", "+10.34", "+10.3", bare=True, hatched=hatched)
        TilePainter().tile(painter, picture.rect(), tile, TileLook())
        painter.end()
        return picture.copy(4, 38, wide, 11)

    assert ink(hatched=True) == ink(hatched=False)


def test_that_no_price_is_a_dash_and_never_a_zero(qtbot: QtBot) -> None:
    empty = WatchlistModel(scene.ecosystem(), scene.watchlist())
    heat = HeatMap(empty, scene.ecosystem())
    qtbot.addWidget(heat)
    assert face(heat, "NVDA").value == "\u2013"
    assert face(heat, "NVDA").detail == "no price"


def test_that_a_price_outside_regular_hours_has_a_hollow_mark(heat: HeatMap, model: WatchlistModel) -> None:
    late = scene.quote("AMD", 154.72, -1.452, extended_price=158.0, session=Session.POST)
    tell(heat, model, QuotesChanged((late,)))
    heat.show_by(HeatBy.CHANGE)
    assert (face(heat, "AMD").hollow, face(heat, "AMD").value) == (True, "+2.12")
    tell(heat, model, QuotesChanged((replace(late, session=Session.PRE),)))
    heat.show_by(HeatBy.ABNORMAL)
    assert (face(heat, "AMD").hollow, face(heat, "AMD").value) == (True, "+2.12"), "nothing else is known yet"


def test_that_only_the_changed_tile_is_painted_again(
    heat: HeatMap, model: WatchlistModel, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    QApplication.processEvents()
    painted: list[QRect] = []
    original = heat.canvas._painter.tile

    def count(painter: QPainter, rect: QRect, face: TileFace, look: TileLook) -> None:
        painted.append(rect)
        original(painter, rect, face, look)

    monkeypatch.setattr(heat.canvas._painter, "tile", count)
    quote, move = scene.quote("NVDA", 160.0, -6.6), scene.move("NVDA", -6.6, -5.0, -2.4)
    tell(heat, model, QuotesChanged((quote,), (move,)))
    qtbot.waitUntil(lambda: bool(painted))
    QApplication.processEvents()
    assert painted == [place(heat, "NVDA")]


def test_that_a_hidden_map_writes_nothing_until_it_is_shown(heat: HeatMap, model: WatchlistModel) -> None:
    heat.hide()
    tell(heat, model, QuotesChanged((scene.quote("INTC", 20.0, -14.0),), (scene.move("INTC", -14, -13, -5),)))
    assert not heat.canvas._beat.isActive()
    heat.show()
    assert face(heat, "INTC").step == -3


def test_that_new_values_move_no_tile(heat: HeatMap, model: WatchlistModel) -> None:
    before = [(entity, rect) for entity, _, rect in heat.canvas.shown]
    tell(heat, model, QuotesChanged((scene.quote("NVDA", 100.0, -40.0),)))
    heat.canvas.settle()
    assert [(entity, rect) for entity, _, rect in heat.canvas.shown] == before


def test_that_a_click_chooses_and_a_double_click_opens(heat: HeatMap) -> None:
    chosen: list[str] = []
    opened: list[str] = []
    heat.entity_chosen.connect(chosen.append)
    heat.entity_opened.connect(opened.append)
    QTest.mouseClick(heat.canvas, Qt.MouseButton.LeftButton, pos=place(heat, "SNPS").center())
    QTest.mouseDClick(heat.canvas, Qt.MouseButton.LeftButton, pos=place(heat, "SNPS").center())
    assert chosen[0] == "SNPS"
    assert opened == ["SNPS"]


def test_that_arrows_walk_and_enter_opens(heat: HeatMap) -> None:
    chosen: list[str] = []
    opened: list[str] = []
    heat.entity_chosen.connect(chosen.append)
    heat.entity_opened.connect(opened.append)
    heat.set_current("NVDA")
    QTest.keyClick(heat.canvas, Qt.Key.Key_Right)
    QTest.keyClick(heat.canvas, Qt.Key.Key_Left)
    assert len(chosen) == 2
    QTest.keyClick(heat.canvas, Qt.Key.Key_Return)
    assert opened == [heat.canvas.current_id]
    QTest.keyClick(heat.canvas, Qt.Key.Key_Home)
    assert heat.canvas.current_id == heat.canvas.shown[0][0]


def test_that_the_current_tile_is_named_for_a_screen_reader(heat: HeatMap) -> None:
    heat.set_current("KLAC")
    name = heat.canvas.accessibleName()
    assert name.startswith("Heat map: KLA (KLAC), 88.65 USD, Change \u22124.86")
    assert "SAR \u22122.9" in name


def test_that_hovering_tells_the_facts_of_the_row(heat: HeatMap, model: WatchlistModel) -> None:
    tip = heat.canvas.tip_at(place(heat, "KLAC").center())
    assert tip == model.tip(model.nodes_of("KLAC")[0])
    assert "from Yahoo" in tip
    assert heat.canvas.tip_at(QPoint(0, 0)) == ""


def test_that_the_pointer_lights_a_tile(heat: HeatMap) -> None:
    QTest.mouseMove(heat.canvas, QPoint(1, 1))
    QTest.mouseMove(heat.canvas, place(heat, "ORCL").center())
    assert heat.canvas.shown[heat.canvas._hovered][0] == "ORCL"
    QApplication.sendEvent(heat.canvas, QEvent(QEvent.Type.Leave))
    assert heat.canvas._hovered == -1


def test_that_the_unusual_names_are_told_above_the_map(heat: HeatMap) -> None:
    heat.canvas.settle()
    assert heat.unusual.text() == "Beyond the usual range: KLAC, SNPS, LRCX"  # the furthest first


def test_that_a_private_name_with_the_frame_of_the_unusual_is_told_above_the_map(
    heat: HeatMap, model: WatchlistModel
) -> None:
    basket = next(each for each in scene.rollups().rollups if each.id == "stargate")
    tell(heat, model, RollupsChanged((replace(basket, sar=-2.4),)))
    assert face(heat, "stargate").unusual
    assert heat.unusual.text() == "Beyond the usual range: KLAC, SNPS, Stargate and 1 more"
    tell(heat, model, RollupsChanged((replace(basket, sar=-2.4, stale=True),)))
    assert face(heat, "stargate").hatched
    assert heat.unusual.text() == "Beyond the usual range: KLAC, SNPS, LRCX"


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
@pytest.mark.parametrize("by_key", [False, True])
def test_that_the_names_above_the_map_lead_to_themselves(heat: HeatMap, *, by_key: bool) -> None:
    chosen: list[str] = []
    heat.entity_chosen.connect(chosen.append)
    heat.canvas.settle()
    if by_key:
        heat.unusual.setFocus()
        QTest.keyClick(heat.unusual, Qt.Key.Key_Return)
    else:
        QTest.mouseClick(heat.unusual, Qt.MouseButton.LeftButton)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    assert [action.text() for action in menu.actions()][:2] == [
        "KLAC\t\u22124.24  SAR \u22122.9",
        "SNPS\t+4.58  SAR +2.8",
    ]
    menu.setActiveAction(menu.actions()[1])
    QTest.keyClick(menu, Qt.Key.Key_Return)
    assert chosen == ["SNPS"]


def test_that_unusual_names_are_counted_where_they_have_no_room(
    heat: HeatMap, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[str] = []

    def record(_painter: QPainter, room: QRect, text: str, *_look: object) -> int:
        said.append(text)
        return room.right()

    monkeypatch.setattr("stackwatch.ui.maps.heat_map_unusual.words", record)
    heat.canvas.settle()
    button, whole = heat.unusual, "Beyond the usual range: KLAC, SNPS, LRCX"
    for room in (button.sizeHint().width(), button.sizeHint().width() - 1, button.minimumSizeHint().width()):
        button.resize(room, button.height())
        button.grab()
    assert said == [whole, "Unusual: 3", "3"]
    assert button.accessibleName() == whole


@pytest.mark.parametrize("by", list(HeatBy))
def test_that_before_the_open_nobody_says_that_no_share_was_beyond_its_usual_range(
    heat: HeatMap, model: WatchlistModel, by: HeatBy
) -> None:
    """Tiles show what was paid since the close; the detail still calls the session's move unusual."""
    heat.show_by(by)
    shares = [row for row in scene.SHARES if "." not in row[0] and row[0] != "INTC"]  # which has a SAR still
    paid = {"session": Session.PRE}
    early = [scene.quote(row[0], row[3], row[4], extended_price=row[3] * 1.01, **paid) for row in shares]
    tell(heat, model, QuotesChanged(tuple(early)))
    assert face(heat, "INTC").beyond is not None
    assert heat._usual.text() == heat.unusual.text() == ""


def test_that_after_the_close_the_map_stays_that_of_the_day(heat: HeatMap, model: WatchlistModel) -> None:
    """On the evening of a fall by a third every tile was white and said +0.10."""
    before, named = face(heat, "KLAC"), heat.unusual.text()
    assert "KLAC" in named
    tell(heat, model, QuotesChanged((scene.quote("KLAC", 88.65, -4.856, extended_price=88.74),)))
    late = face(heat, "KLAC")
    assert "88.74 USD" in late.accessible_text
    assert replace(late, accessible_text=before.accessible_text) == before
    assert heat.unusual.text() == named


def test_that_nothing_is_said_of_usual_ranges_without_a_price(qtbot: QtBot) -> None:
    rows = WatchlistModel(scene.ecosystem(), scene.watchlist())
    empty = HeatMap(rows, scene.ecosystem())
    qtbot.addWidget(empty)
    empty.canvas.settle()
    assert empty.canvas.shown
    assert empty._usual.text() == empty.unusual.text() == ""


def test_that_the_legend_says_how_large_tiles_are(heat: HeatMap) -> None:
    assert "long names have more room" in heat._legend.accessibleName()


@pytest.mark.parametrize("mode", list(ThemeMode))
@pytest.mark.parametrize("palette", list(Palette))
def test_that_it_paints_at_every_size_and_palette(heat: HeatMap, mode: ThemeMode, palette: Palette) -> None:
    dress_in(heat, build_theme(mode, palette))
    speak(heat, Language.KOREAN)
    for width, height in ((200, 90), (560, 420), (1600, 1000)):
        heat.resize(width, height)
        assert not heat.grab().isNull()


def test_that_the_last_decimal_goes_before_the_figure_does(heat: HeatMap, model: WatchlistModel) -> None:
    tell(heat, model, QuotesChanged((scene.quote(),), (scene.move("NVDA", -2.5, -1.7449, -0.8),)))
    assert face(heat, "NVDA").short == "\u22121.7"


@pytest.mark.parametrize(
    ("name", "symbol", "shown"),
    [
        ("NVIDIA", "NVDA", "NVIDIA"),
        ("Advanced Micro Devices", "AMD", "AMD"),
        ("Samsung Electronics", "005930.KS", "005930"),
        ("Perplexity Research", "", "Perplexity"),
        ("데이터센터 리츠", "", "데이터센터"),
    ],
)
def test_that_a_small_tile_names_itself_whole_or_not_at_all(
    theme: Theme, name: str, symbol: str, shown: str
) -> None:
    room = QFontMetrics(theme.font(Role.STRONG)).horizontalAdvance(shown)
    painter = TilePainter()
    assert painter.label(name, symbol, room) == (shown, Role.STRONG)
    assert painter.label(name, symbol, 10) == ("", Role.STRONG)


def test_that_the_move_stands_beside_a_name_that_leaves_it_no_line(theme: Theme) -> None:
    painter, tile = TilePainter(), TileFace(name="QQQ", value="\u22120.54", short="\u22120.5")
    strong, body = (QFontMetrics(theme.font(role)) for role in (Role.STRONG, Role.BODY))
    name = strong.horizontalAdvance("QQQ")

    def beside(text: str, less: int = 0) -> str:
        room = name + 6 + body.horizontalAdvance(text) - less
        return painter.beside(tile, ("QQQ", Role.STRONG), room, role=Role.BODY)[0]

    assert beside(tile.value) == tile.value
    assert beside(tile.short) == tile.short
    assert beside(tile.short, less=1) == ""
    assert painter.beside(tile, ("", Role.STRONG), 200, role=Role.BODY)[0] == ""


def test_that_three_lines_do_not_touch_the_edges_of_their_tile() -> None:
    painter = TilePainter()
    tile = TileFace(
        name="KLAC", value="\u22124.86", short="\u22124.9", arrow=-1, detail="SAR \u22122.9", symbol="KLAC"
    )

    def told(height: int) -> tuple[int, int]:
        found = painter.told(tile, QSize(76, height))
        assert found is not None
        assert found.figure[0] == tile.value
        return found.lines, found.height

    assert [told(height) for height in (34, 47, 49, 50)] == [(2, 16), (3, 14), (3, 14), (3, 16)]


def test_that_lines_are_closer_where_the_figure_would_have_none(theme: Theme) -> None:
    painter = TilePainter()
    tile = TileFace(name="KLAC", value="\u22124.24", short="\u22124.2", arrow=-1, symbol="KLAC")

    def told(width: int, height: int) -> tuple[int, str] | None:
        found = painter.told(tile, QSize(width, height))
        return None if found is None else (found.height, found.figure[0])

    assert [told(56, height) for height in (34, 29, 26)] == [(high, tile.value) for high in (16, 14, 12)]
    name, figure = (QFontMetrics(theme.font(role)) for role in (Role.STRONG, Role.BODY))
    both = name.horizontalAdvance(tile.name) + figure.horizontalAdvance(tile.value)
    assert told(both + 40, 20) == (16, tile.value)  # beside the name
    assert told(56, 20) == (16, "")
    assert told(56, 8) is None


def test_that_two_lines_of_a_low_tile_keep_off_its_frame(theme: Theme) -> None:
    tile = TileFace(name="VRT", value="\u22123.24", short="\u22123.2", arrow=-1, symbol="VRT", unusual=True)
    image = QImage(38, 37, QImage.Format.Format_ARGB32)
    image.fill(theme.window)
    painter = QPainter(image)
    TilePainter().tile(painter, image.rect(), tile, TileLook())
    painter.end()
    frame, fill = image.pixel(19, 1), image.pixel(19, 3)
    assert frame == theme.t1.rgba()
    below = [image.pixel(x, y) for y in (2, 3) for x in range(4, 34)]
    assert set(below) == {fill}, "the name stands at the frame"


def test_that_a_share_is_named_rather_than_numbered(theme: Theme) -> None:
    painter = TilePainter()
    small = QFontMetrics(theme.font(Role.TINY)).horizontalAdvance("SK텔레콤")
    assert painter.label("SK텔레콤", "017670.KS", small) == ("SK텔레콤", Role.TINY)
    number = QFontMetrics(theme.font(Role.STRONG)).horizontalAdvance("007660")
    assert painter.label("이수페타시스", "007660.KS", number)[0] == "007660"


@pytest.mark.parametrize(
    ("name", "parts"), [("SK하이닉스", ["SK", "하이닉스"]), ("SK하이닉스 ADR", ["SK하이닉스", "ADR"])]
)
def test_that_a_korean_name_behind_latin_letters_stands_on_a_line_of_its_own_before_a_number_does(
    theme: Theme, name: str, parts: list[str]
) -> None:
    painter = TilePainter()
    room = max(map(QFontMetrics(theme.font(Role.STRONG)).horizontalAdvance, parts))
    tile = TileFace(name=name, value="\u22121.47", short="\u22121.5", symbol="000660.KS")
    assert [words for words, _ in painter.labels(tile, room, 3)] == parts


def test_that_a_name_is_never_cut_to_another_one(theme: Theme) -> None:
    room = QFontMetrics(theme.font(Role.STRONG)).horizontalAdvance("Meta")
    assert TilePainter().label("Meta Compute", "", room)[0] == ""


def test_that_a_name_of_two_words_stands_on_two_lines_where_there_are_three(theme: Theme) -> None:
    painter = TilePainter()
    room = QFontMetrics(theme.font(Role.STRONG)).horizontalAdvance("Compute")
    tile = TileFace(name="Meta Compute", value="+1.00", short="+1.0")
    assert [words for words, _ in painter.labels(tile, room, 3)] == ["Meta", "Compute"]
    assert [words for words, _ in painter.labels(tile, room, 2)] == ["Meta", "Compute"]  # for the figure
    long = QFontMetrics(theme.font(Role.STRONG)).horizontalAdvance("Meta Compute")
    assert len(painter.labels(tile, long, 3)) == 1
    assert [words for words, _ in painter.labels(TileFace(name="Meta", value="", short=""), room, 3)] == [
        "Meta"
    ]


@pytest.mark.parametrize(("shown", "way"), [("+0.04", True), ("0.0", False)])
def test_that_a_figure_that_is_nought_without_its_last_decimal_points_no_way(
    theme: Theme, shown: str, *, way: bool
) -> None:
    image = QImage(60, 20, QImage.Format.Format_RGB32)
    image.fill(theme.panel)
    painter = QPainter(image)
    tile = TileFace(name="IREN", value="+0.04", short="0.0", arrow=1)
    TilePainter()._figure(painter, QRect(0, 0, 60, 20), tile, (shown, Role.BODY), 12)
    painter.end()
    slot = {image.pixelColor(x, y).name() for x in range(10) for y in range(20)}
    assert (slot != {theme.panel.name()}) is way


def test_that_the_current_tile_still_says_that_it_is_unusual(theme: Theme) -> None:
    def painted(*, unusual: bool) -> QImage:
        image = QImage(90, 60, QImage.Format.Format_ARGB32_Premultiplied)
        image.fill(theme.window)
        painter = QPainter(image)
        face = TileFace("NVDA", "\u22124.65", "\u22124.7", -1, step=-3, unusual=unusual)
        TilePainter().tile(painter, QRect(2, 2, 86, 56), face, TileLook(current=True, active=True))
        painter.end()
        return image

    assert painted(unusual=True).pixelColor(45, 2) == theme.you
    assert painted(unusual=True) != painted(unusual=False)


def test_that_a_narrow_block_is_named_by_its_first_words_in_small(theme: Theme) -> None:
    painter = TilePainter()
    need = painter.head_need("Data-centre REITs & developers")
    small = QFontMetrics(theme.font(Role.TINY))
    assert need == small.horizontalAdvance("Data-centre") + 4
    label = painter.label("Data-centre REITs & developers", "", need - 4, 0.0)
    assert label == ("Data-centre", Role.TINY)


def test_that_tiles_are_laid_out_with_care_once_the_window_has_its_size(heat: HeatMap, qtbot: QtBot) -> None:
    heat.resize(300, 225)  # too little for the first way that is tried
    at_a_glance = [rect for _, _, rect in heat.canvas.shown]
    qtbot.waitUntil(lambda: [rect for _, _, rect in heat.canvas.shown] != at_a_glance)
    labels = [heat.canvas._painter.told(face, rect.size()) for _, face, rect in heat.canvas.shown]
    assert all(told is not None and told.labels[0][0] for told in labels)


@pytest.mark.parametrize(
    "name", ["Databricks", "Safe Superintelligence", "Thinking Machines Lab", "퓨리오사AI"]
)
def test_that_the_room_a_name_asks_for_is_the_least_that_shows_it(name: str) -> None:
    painter, face = TilePainter(), TileFace(name=name, value="+1.00", short="+1.0")
    for lines, width in enumerate(painter.needs(face), 1):
        room = width - 8  # without the edges of the tile
        assert " ".join(part for part, _ in painter.labels(face, room, lines)) in (name, "Thinking Machines")
        assert painter.labels(face, room - 1, lines)[0][0] == ""


@pytest.mark.parametrize("language", list(Language))
def test_that_a_tile_is_heard_like_its_row_in_the_list(
    heat: HeatMap, model: WatchlistModel, language: Language
) -> None:
    speak(model, language)
    speak(heat, language)
    heat.canvas.settle()
    for entity, shown, _ in heat.canvas.shown:
        row = model.index_of(entity).data(Qt.ItemDataRole.AccessibleTextRole)
        assert shown.accessible_text.startswith(row)
        assert shown.accessible_text.count("SAR") <= 1
    assert face(heat, "NVDA").accessible_text == model.index_of("NVDA").data(
        Qt.ItemDataRole.AccessibleTextRole
    )


def test_that_the_figures_to_colour_by_say_what_they_are(heat: HeatMap) -> None:
    change, abnormal, sar = heat.segments.findChildren(QAbstractButton)
    assert change.toolTip() == ""
    assert "usual relation to the market" in abnormal.toolTip()
    assert "standard errors" in sar.toolTip()
    assert change.accessibleDescription() == "Colour by"
    assert sar.accessibleDescription().startswith("Colour by, SAR: abnormal move in standard errors, at 2")


def test_that_a_private_name_that_nobody_has_averaged_yet_has_no_price_and_not_no_names(qtbot: QtBot) -> None:
    model = WatchlistModel(scene.ecosystem(), scene.watchlist())
    early = HeatMap(model, scene.ecosystem())
    qtbot.addWidget(early)
    early.resize(*SIZE)
    assert face(early, "openai").detail == "no price"


def test_that_a_map_without_names_says_how_to_add_one(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    said: list[str] = []
    monkeypatch.setattr(
        "stackwatch.ui.maps.heat_map_canvas.empty_state",
        lambda _painter, _rect, _icon, sentence, **_focus: said.append(sentence),
    )
    bare = Watchlist(id="mine", names=BilingualName("Mine", "Mine"), layers=(), private=())
    empty = HeatMap(WatchlistModel(scene.ecosystem(), bare), scene.ecosystem())
    qtbot.addWidget(empty)
    empty.resize(*SIZE)
    empty.canvas.grab()
    assert said[-1] == "This list shows no names. Ctrl K finds one to add."
