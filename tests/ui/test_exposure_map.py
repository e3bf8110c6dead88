from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from PySide6.QtCore import QPoint, QPointF, QRect, Qt
from PySide6.QtGui import QColor, QContextMenuEvent, QFontMetrics
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot
from tests.ui import map_scene, scene
from tests.ui.scene import dress_in, speak

from stackwatch.domain.events import ClockTicked, Event, QuotesChanged
from stackwatch.domain.watchlist import Language
from stackwatch.ui.kit.theme import Palette, ThemeMode, build_theme, current_theme
from stackwatch.ui.maps.exposure_map import ExposureMap
from stackwatch.ui.maps.exposure_map_graph import Edge, LinkStyle, build_graph
from stackwatch.ui.maps.exposure_map_paint import pen_of
from stackwatch.ui.maps.exposure_map_words import MapWords
from stackwatch.ui.watchlist.watchlist_model import WatchlistModel

SIZE = (880, 640)
LEFT, RIGHT = Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton


class Bench:
    """A map on the scene's list, and what it announced."""

    def __init__(self) -> None:
        self.model = WatchlistModel(map_scene.ecosystem(), scene.watchlist())
        self.map = ExposureMap(self.model, map_scene.ecosystem(), scene.watchlist())
        self.chosen: list[str] = []
        self.opened: list[str] = []
        self.map.entity_chosen.connect(self.chosen.append)
        self.map.entity_opened.connect(self.opened.append)
        for event in scene.events():
            self.tell(event)

    def tell(self, event: Event) -> None:
        self.model.apply(event)
        self.map.apply(event)

    def place(self, node: str) -> QPoint:
        return self.map.area.scene.rect(node).center()

    def edge(self, source: str, target: str) -> Edge:
        return next(e for e in self.map.area.edges() if e.ends == (source, target))

    def on_edge(self, source: str, target: str) -> QPoint:
        return self.map.area.scene.curve(self.edge(source, target)).at(0.5).toPoint()

    def card(self) -> QRect:
        """Return where the evidence is, as places of nodes are told."""
        ground = self.map.area.viewport()
        return self.map.card.geometry().translated(-ground.mapTo(self.map, QPoint()))

    def click(self, point: QPoint) -> None:
        QTest.mouseClick(self.map.area.viewport(), LEFT, pos=point)

    def key(self, key: Qt.Key) -> None:
        QTest.keyClick(self.map.area, key)


def focused() -> QWidget:
    widget = QApplication.focusWidget()
    assert widget is not None
    return widget


@pytest.fixture
def bench(qtbot: QtBot) -> Iterator[Bench]:
    made = Bench()
    host = QWidget()
    qtbot.addWidget(host)
    made.map.setParent(host)
    host.resize(*SIZE)
    made.map.resize(*SIZE)
    host.show()
    QApplication.processEvents()
    yield made
    host.close()


def drawn(bench: Bench) -> set[tuple[str, str]]:
    return {edge.ends for edge in bench.map.area.edges()}


def test_that_later_and_ended_links_are_not_drawn_in_a_replay(bench: Bench) -> None:
    assert ("stargate", "ORCL") in drawn(bench)
    assert not drawn(bench) & {("stargate", "CRWV"), ("openai", "AMD"), ("anthropic", "GOOGL")}


def test_that_a_name_with_a_later_link_says_so_and_shows_no_figure(bench: Bench) -> None:
    assert bench.map.area._names["CRWV"].note == "link reported later"
    assert bench.map.area._names["GOOGL"].note == "link ended"
    assert bench.map.area._names["ORCL"].note == ""


def test_that_a_private_name_whose_links_were_all_reported_later_says_so() -> None:
    day = date(2025, 1, 1)
    graph = build_graph(map_scene.ecosystem(), scene.watchlist(), day)
    model = WatchlistModel(map_scene.ecosystem(), scene.watchlist())
    said = MapWords(model, map_scene.ecosystem()).entity("stargate", graph)
    assert said.facts[0] == "link reported later"


def test_that_a_link_reported_later_colours_no_row_whose_figure_it_hides(bench: Bench) -> None:
    QTest.mouseClick(bench.map.known._group.button(1), LEFT)
    bench.map.set_current("stargate")
    area = bench.map.area

    def grounds() -> dict[str, QColor]:
        picture = area.viewport().grab().toImage()
        return {
            node: picture.pixelColor(area.scene.rect(node).topLeft() + QPoint(4, 4))
            for node in ("ORCL", "CRWV")
        }

    assert not area._names["CRWV"].face.bare
    assert grounds()["CRWV"] == current_theme().panel != grounds()["ORCL"]


def test_that_columns_of_figures_are_named_however_far_the_map_is_scrolled(bench: Bench) -> None:
    bench.map.resize(880, 340)
    area = bench.map.area
    area.verticalScrollBar().setValue(area.verticalScrollBar().maximum())
    (head,) = [rect for _, rect, first in area.scene.head_rects() if first]
    assert area.scene.head_rects()[0][1].top() < 0 <= head.top() < area.viewport().height()
    picture, ground = area.viewport().grab().toImage(), current_theme().panel.rgb()
    right = range(head.right() - 60, head.right() - 9)
    assert {picture.pixel(x, y) for x in right for y in range(head.top(), head.bottom())} != {ground}


def test_that_a_name_that_only_a_read_across_reaches_is_not_said_to_have_no_link(bench: Bench) -> None:
    (edge,) = [e for e in bench.map.area.edges() if "SMCI" in e.ends]
    assert edge.style is LinkStyle.READ_ACROSS
    assert bench.map.area._names["SMCI"].accessible_text.endswith(", read-across only")


def test_that_all_to_date_is_offered_in_a_replay_only(bench: Bench) -> None:
    assert bench.map.known.isVisible()
    QTest.mouseClick(bench.map.known._group.button(1), LEFT)
    assert ("stargate", "CRWV") in drawn(bench)
    assert ("anthropic", "GOOGL") not in drawn(bench)
    bench.tell(ClockTicked(scene.NOW, (), replay=False))
    assert not bench.map.known.isVisible()


def test_that_a_later_day_knows_more(bench: Bench) -> None:
    bench.tell(ClockTicked(scene.NOW.replace(month=11), (), replay=True))
    assert ("stargate", "CRWV") in drawn(bench)


@pytest.mark.parametrize("node", ["MSFT", "AMZN", "SMCI"])
def test_that_the_chosen_node_stays_in_sight_where_another_day_gives_it_another_place(
    bench: Bench, node: str
) -> None:
    """A window that opens with the map lays out today's links, and then those of the replayed day."""
    bench.map.resize(SIZE[0], 260)
    bench.tell(ClockTicked(scene.NOW.replace(year=2020), (), replay=True))  # nothing is linked yet
    bench.map.set_current(node)
    area, bar = bench.map.area, bench.map.area.verticalScrollBar()
    bench.tell(ClockTicked(scene.NOW, (), replay=True))
    assert area.viewport().rect().contains(area.scene.rect(node))
    looked_at = 0 if bar.value() else bar.maximum()
    bar.setValue(looked_at)
    assert not area.viewport().rect().contains(area.scene.rect(node))
    bench.tell(ClockTicked(scene.NOW.replace(month=11), (), replay=True))
    assert bar.value() == looked_at, "who looks elsewhere is left there"


def test_that_a_day_begins_at_midnight_in_new_york_as_it_does_for_a_move(bench: Bench) -> None:
    evening = datetime(2025, 9, 23, 1, tzinfo=UTC)  # 21:00 of the day before
    bench.tell(ClockTicked(evening, (), replay=True))
    assert ("stargate", "CRWV") not in drawn(bench)
    bench.tell(ClockTicked(evening.replace(hour=4), (), replay=True))
    assert ("stargate", "CRWV") in drawn(bench)


def test_that_links_between_listed_names_are_drawn_for_the_name_looked_at(bench: Bench) -> None:
    assert ("ORCL", "NVDA") not in drawn(bench)
    bench.map.set_current("NVDA")
    assert ("ORCL", "NVDA") in drawn(bench)


def test_that_the_node_under_the_pointer_lights_its_links(bench: Bench) -> None:
    bench.map.set_current("openai")
    QTest.mouseMove(bench.map.area.viewport(), QPoint(1, 1))
    QTest.mouseMove(bench.map.area.viewport(), bench.place("stargate"))
    assert bench.map.area.origin == "stargate"
    assert {edge.link.source for edge in bench.map.area.lit_edges()} == {"stargate", "MSFT"}


def test_that_a_click_on_a_node_chooses_it_and_a_double_click_opens_it(bench: Bench) -> None:
    bench.click(bench.place("ORCL"))
    assert bench.chosen == ["ORCL"]
    QTest.mouseDClick(bench.map.area.viewport(), LEFT, pos=bench.place("stargate"))
    assert bench.opened == ["stargate"]


def test_that_a_click_on_a_link_shows_its_evidence(bench: Bench) -> None:
    bench.map.set_current("stargate")
    bench.click(bench.on_edge("stargate", "ORCL"))
    card = bench.map.card
    assert card.isVisible()
    told = card.accessible_text()
    assert "Stargate \u203a Oracle, customer" in told
    assert "4.5 GW more" in told
    assert "Reported by: FT" in told
    assert "Basis: report on file" in told
    assert "Also: Oracle builds 4.5 GW (21 Jan 2025)" in told
    bench.click(QPoint(bench.map.area.scene.gap.center().x(), bench.map.area.height() - 3))
    assert not card.isVisible()


def test_that_the_evidence_stays_and_is_worded_anew_in_another_language(bench: Bench) -> None:
    bench.map.set_current("stargate")
    bench.click(bench.on_edge("stargate", "ORCL"))
    speak(bench.map, Language.KOREAN)
    card = bench.map.card
    assert card.isVisible()
    assert "스타게이트 \u203a 오라클" in card.accessible_text()
    assert "FT" in card.accessible_text()


def test_that_the_evidence_calls_no_move_todays_whose_day_it_does_not_know(bench: Bench) -> None:
    bench.tell(ClockTicked(scene.NOW + timedelta(days=4), (), replay=False))  # Saturday
    bench.map.area.pick(bench.edge("stargate", "ORCL"))
    names = [name.text() for name, _, _ in bench.map.card._moves]
    assert names == ["Stargate", "Oracle"]


def test_that_the_evidence_says_what_is_not_used(bench: Bench) -> None:
    bench.map.area.pick(bench.edge("stargate", "SMCI"), QPoint(300, 100))
    assert "price reaction only, not used" in bench.map.card.accessible_text()
    bench.map.area.pick(bench.edge("anthropic", "AMZN"), QPoint(300, 100))
    assert "general knowledge, no report on file" in bench.map.card.accessible_text()


def test_that_the_evidence_goes_to_either_end(bench: Bench) -> None:
    bench.map.area.pick(bench.edge("stargate", "ORCL"), QPoint(300, 100))
    QTest.mouseClick(bench.map.card._ends[1], LEFT)
    assert bench.chosen == ["ORCL"]


def test_that_the_evidence_stays_inside_the_map(bench: Bench) -> None:
    room = bench.map.area.viewport().rect()
    for at in (QPoint(0, 0), QPoint(room.right(), room.bottom()), room.center()):
        bench.map.area.pick(bench.edge("stargate", "ORCL"), at)
        assert room.contains(bench.card())


@pytest.mark.parametrize("size", [(880, 640), (712, 560)])
def test_that_the_evidence_covers_neither_end_of_its_link(bench: Bench, size: tuple[int, int]) -> None:
    bench.map.parentWidget().resize(*size)
    bench.map.resize(*size)
    bench.map.set_current("stargate")
    edges = bench.map.area.lit_edges()
    assert edges
    for edge in edges:
        bench.click(bench.on_edge(*edge.ends))
        card = bench.map.card
        assert card.isVisible()
        assert card.edge == edge
        for end in edge.ends:
            assert not bench.card().intersects(bench.map.area.scene.rect(end)), edge.ends


def test_that_the_evidence_stays_where_it_is_while_prices_come(bench: Bench) -> None:
    bench.click(bench.on_edge("stargate", "ORCL"))
    place = bench.map.card.geometry()
    for event in scene.events():
        bench.tell(event)
    QApplication.processEvents()
    assert bench.map.card.geometry() == place


def test_that_the_evidence_goes_with_its_link_when_the_window_has_another_size(bench: Bench) -> None:
    bench.click(bench.on_edge("stargate", "ORCL"))
    area = bench.map.area
    for size in ((1240, 800), (712, 560), SIZE):
        bench.map.resize(*size)
        QApplication.processEvents()
        room = area.viewport().rect()
        assert room.contains(bench.card()), size
        for end in ("stargate", "ORCL"):
            shared = bench.card().intersected(area.scene.rect(end))
            assert shared.width() * shared.height() == 0, (size, end)


@pytest.mark.parametrize("text", [12, 16])
def test_that_the_evidence_is_read_in_a_view_that_is_too_low_for_all_of_it(bench: Bench, text: int) -> None:
    dress_in(bench.map, build_theme(ThemeMode.DARK, base_px=text))
    bench.map.resize(900, 285)
    QApplication.processEvents()
    bench.map.area.pick(bench.edge("stargate", "ORCL"))
    card = bench.map.card
    QApplication.processEvents()
    assert bench.map.rect().contains(card.geometry())
    parts = [part for part in card.findChildren(QLabel) if part.isVisible()]
    assert {part.text() for part in parts} >= {"Reported by", "FT", "Since"}
    for part in parts:
        place = QRect(part.mapTo(card, QPoint()), part.size())
        assert card.rect().contains(place)
        assert part.height() >= QFontMetrics(part.font()).height(), part.text()
    told = card.accessible_text()
    assert "Basis: report on file" in told


def test_that_tab_goes_from_the_map_into_the_evidence_before_the_kinds(bench: Bench) -> None:
    bench.map.area.setFocus()
    bench.key(Qt.Key.Key_Down)
    bench.key(Qt.Key.Key_Space)
    card = bench.map.card
    assert card.isVisible()
    for stop in (*card._ends, card.close_button, card.correct_button, card.withdraw_button):
        QTest.keyClick(focused(), Qt.Key.Key_Tab)
        assert stop.hasFocus()
    QTest.keyClick(card.withdraw_button, Qt.Key.Key_Tab)
    assert bench.map.legend.isAncestorOf(focused())


def test_that_the_cross_closes_the_evidence(bench: Bench) -> None:
    bench.map.area.pick(bench.edge("stargate", "ORCL"), QPoint(300, 100))
    QTest.mouseClick(bench.map.card.close_button, LEFT)
    assert bench.map.area._picked is None
    assert not bench.map.card.isVisible()


def test_that_the_legend_hides_and_shows_a_kind(bench: Bench) -> None:
    switch = bench.map.legend.switches[LinkStyle.EQUITY]
    QTest.mouseClick(switch, LEFT)
    assert ("stargate", "9984.T") not in drawn(bench)
    assert ("stargate", "ORCL") in drawn(bench)
    QTest.mouseClick(switch, LEFT)
    assert ("stargate", "9984.T") in drawn(bench)


def test_that_hiding_a_kind_closes_its_evidence(bench: Bench) -> None:
    bench.map.area.pick(bench.edge("stargate", "ORCL"), QPoint(300, 100))
    QTest.mouseClick(bench.map.legend.switches[LinkStyle.CUSTOMER], LEFT)
    assert not bench.map.card.isVisible()


def test_that_the_legend_counts_no_link_that_is_not_drawn(bench: Bench) -> None:
    customer = bench.map.legend.switches[LinkStyle.CUSTOMER]
    drawn = [edge for edge in bench.map._graph.edges if edge.style is LinkStyle.CUSTOMER]
    assert len(drawn) == 4  # of which two were reported later
    assert customer.accessibleName() == "customer, 2 links"
    QTest.mouseClick(bench.map.known._group.button(1), LEFT)
    assert customer.accessibleName() == "customer, 4 links"
    assert bench.map.legend.switches[LinkStyle.EQUITY].accessibleName() == "equity, 4 links"  # and one ended


def test_that_the_legend_has_the_kinds_there_are(bench: Bench) -> None:
    shown = {style for style, switch in bench.map.legend.switches.items() if not switch.isHidden()}
    assert shown == {
        LinkStyle.CUSTOMER,
        LinkStyle.EQUITY,
        LinkStyle.SUPPLIER,
        LinkStyle.PARTNER,
        LinkStyle.READ_ACROSS,
    }


def test_that_keys_walk_the_nodes_jump_along_links_and_choose(bench: Bench) -> None:
    bench.map.set_current("openai")
    bench.key(Qt.Key.Key_Down)
    assert bench.map.area.cursor_id == "stargate"
    assert bench.chosen == []
    bench.map.area.setFocus()
    QApplication.processEvents()
    bench.key(Qt.Key.Key_Return)
    assert bench.chosen == ["stargate"]
    bench.map.set_current("stargate")
    bench.key(Qt.Key.Key_Right)
    assert bench.map.area.cursor_id in bench.map.area.scene.graph.right
    bench.map.set_current("ARM")
    bench.key(Qt.Key.Key_Left)
    assert bench.map.area.cursor_id == "stargate"


def test_that_home_end_and_pages_walk_a_long_column(bench: Bench) -> None:
    area = bench.map.area
    names = area.scene.graph.right
    bench.map.set_current(names[1])
    for key, node in (
        (Qt.Key.Key_End, names[-1]),
        (Qt.Key.Key_Home, names[0]),
        (Qt.Key.Key_PageDown, names[min(10, len(names) - 1)]),
        (Qt.Key.Key_PageUp, names[0]),
    ):
        bench.key(key)
        assert area.cursor_id == node
        assert area.viewport().rect().contains(area.scene.rect(node))


def test_that_space_goes_through_the_evidence_of_a_node(bench: Bench) -> None:
    bench.map.set_current("openai")
    bench.key(Qt.Key.Key_Space)
    assert bench.map.card.edge is not None
    assert bench.map.card.edge.ends == ("openai", "MSFT")
    bench.key(Qt.Key.Key_Space)
    assert not bench.map.card.isVisible()


def test_that_the_end_of_a_link_comes_into_view_with_its_evidence(bench: Bench) -> None:
    bench.map.resize(SIZE[0], 260)
    QApplication.processEvents()
    bench.map.set_current("stargate")
    area = bench.map.area
    seen = 0
    for _ in range(20):
        bench.key(Qt.Key.Key_Space)
        edge = bench.map.card.edge
        if not bench.map.card.isVisible() or edge is None:
            break
        seen += 1
        end = area.scene.rect(edge.other("stargate"))
        assert area.viewport().rect().contains(end), edge.ends
    assert seen > 2


def test_that_the_word_on_a_link_is_clear_of_how_many_names_are_out_of_sight(bench: Bench) -> None:
    bench.map.resize(SIZE[0], 260)
    QApplication.processEvents()
    bench.map.set_current("stargate")
    area = bench.map.area
    area.verticalScrollBar().setValue(area.verticalScrollBar().maximum())
    above, below = area._out_of_sight()
    assert (above > 0, below) == (True, 0)
    high = area.viewport().height()
    assert area._seen(QPointF(10.0, -99.0)).y() - 9 > 26  # which ends there
    assert area._seen(QPointF(10.0, high + 99.0)).y() == high - 14


def test_that_the_node_of_the_keyboard_is_named_for_a_screen_reader(bench: Bench) -> None:
    bench.map.set_current("openai")
    bench.key(Qt.Key.Key_Down)
    assert bench.map.area.accessibleName().startswith("Exposure map: Stargate, project")


def test_that_a_tip_tells_a_row_or_a_link(bench: Bench) -> None:
    area = bench.map.area
    assert area.tip_at(bench.place("ORCL")) == bench.model.tip(bench.model.nodes_of("ORCL")[0])
    assert " \u203a " in area.tip_at(bench.on_edge("stargate", "NVDA"))
    assert area.tip_at(QPoint(2, area.height() - 2)) == ""


def test_that_only_the_changed_row_is_painted_again(bench: Bench, qtbot: QtBot) -> None:
    QApplication.processEvents()
    painted: list[QRect] = []
    original = bench.map.area._painter.name

    def count(painter: object, rect: QRect, said: object, look: object) -> None:
        painted.append(rect)
        original(painter, rect, said, look)  # type: ignore[arg-type]

    bench.map.area._painter.name = count  # type: ignore[method-assign]
    bench.tell(QuotesChanged((scene.quote("NVDA", 150.0, -12.0),)))
    qtbot.waitUntil(lambda: bool(painted))
    assert painted == [bench.map.area.scene.rect("NVDA")]


def test_that_a_list_of_linked_shares_alone_does_not_say_that_there_is_no_link() -> None:
    said = MapWords(Bench().model, map_scene.ecosystem())
    graph = build_graph(map_scene.ecosystem(), scene.watchlist(), map_scene.DAY)
    assert said.nobody(replace(graph, left=())) == "No private name of this list has a link"
    assert said.nobody(replace(graph, left=(), edges=())) == (
        "No documented link between the names of this list"
    )


def test_that_a_list_without_links_says_so(qtbot: QtBot) -> None:
    model = WatchlistModel(scene.ecosystem(), scene.watchlist())
    empty = ExposureMap(model, scene.ecosystem(), scene.watchlist())
    qtbot.addWidget(empty)
    QTest.keyClick(empty.area, Qt.Key.Key_Down)
    QTest.keyClick(empty.area, Qt.Key.Key_Space)
    assert empty.area.cursor_id is None
    image, ground = empty.area.grab().toImage(), empty.area.viewport().rect()
    icon = QRect(ground.center().x() - 15, ground.center().y() - 36, 30, 30)
    inks = {
        image.pixelColor(x, y).name()
        for x in range(icon.left(), icon.right())
        for y in range(icon.top(), icon.bottom())
    }
    assert len(inks) > 1  # an icon over the sentence, in the middle


@pytest.mark.parametrize("mode", list(ThemeMode))
@pytest.mark.parametrize("palette", list(Palette))
def test_that_it_paints_at_every_size_and_palette(bench: Bench, mode: ThemeMode, palette: Palette) -> None:
    dress_in(bench.map, build_theme(mode, palette))
    speak(bench.map, Language.KOREAN)
    bench.map.set_current("stargate")
    bench.map.area.pick(bench.edge("stargate", "ORCL"), QPoint(300, 100))
    for width, height in ((420, 200), (720, 480), (1500, 1000)):
        bench.map.resize(width, height)
        assert not bench.map.grab().isNull()


def test_that_only_the_left_button_chooses(bench: Bench) -> None:
    QTest.mouseClick(bench.map.area.viewport(), RIGHT, pos=bench.place("ORCL"))
    assert bench.chosen == []


def test_that_a_node_asks_for_its_menu_by_pointer_and_by_key(bench: Bench) -> None:
    asked: list[str] = []
    bench.map.menu_wanted.connect(lambda node, _place: asked.append(node))
    for reason in (QContextMenuEvent.Reason.Mouse, QContextMenuEvent.Reason.Keyboard):
        node = "stargate" if reason is QContextMenuEvent.Reason.Mouse else "openai"
        bench.map.set_current("openai")
        event = QContextMenuEvent(reason, bench.place(node), bench.place(node))
        target = bench.map.area.viewport() if node == "stargate" else bench.map.area
        QApplication.sendEvent(target, event)
    assert asked == ["stargate", "openai"]


def test_that_a_right_click_on_a_link_shows_its_evidence_where_it_is_corrected(bench: Bench) -> None:
    bench.map.set_current("stargate")
    point = bench.on_edge("stargate", "ORCL")
    ground = bench.map.area.viewport()
    for place, ends in ((point, ("stargate", "ORCL")), (QPoint(1, ground.height() - 1), None)):
        event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, place, ground.mapToGlobal(place))
        QApplication.sendEvent(ground, event)
        shown = bench.map.card.edge
        assert (None if shown is None else shown.ends) == ends
        assert bench.map.card.isVisible() is (ends is not None)


def test_that_the_legend_takes_another_row_before_a_name_is_cut(bench: Bench) -> None:
    legend = bench.map.legend
    shown = [switch for switch in legend.switches.values() if not switch.isHidden()]
    high = legend.height()
    legend.resize(shown[0].sizeHint().width() + shown[1].sizeHint().width() + 20, high)
    assert legend.height() > high
    for switch in shown:
        assert switch.width() >= switch.sizeHint().width()
        assert legend.rect().contains(switch.geometry())


def test_that_no_two_kinds_of_links_are_drawn_alike() -> None:
    pens = {
        style: (*pen_of(style, QColor("white"), 1.0).dashPattern(), style is LinkStyle.EQUITY)
        for style in LinkStyle
    }
    assert len(set(pens.values())) == len(LinkStyle)
