from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPoint
from tests.ui import map_scene, scene
from tests.ui.map_scene import DAY, link

from stackwatch.domain.watchlist import Exposure, Relation
from stackwatch.ui.maps.exposure_map_graph import STYLES, Edge, Graph, LinkStanding, LinkStyle, build_graph
from stackwatch.ui.maps.exposure_map_scene import Scene
from stackwatch.ui.maps.exposure_map_walk import across, beside, next_link


def graph(*links: Exposure, day: date = DAY) -> Graph:
    return build_graph(map_scene.ecosystem(links or map_scene.LINKS), scene.watchlist(), day)


def edge(of: Graph, source: str, target: str) -> Edge:
    return next(e for e in of.edges if e.ends == (source, target))


def test_that_private_entities_are_at_the_left_and_listed_names_by_layer_at_the_right() -> None:
    made = graph()
    assert made.left == ("openai", "stargate", "anthropic")
    assert set(made.right) == {
        "ORCL", "9984.T", "NVDA", "ARM", "SMCI", "CRWV", "MSFT", "AMD", "AMZN", "GOOGL"
    }  # fmt: skip
    layers = dict(made.groups)
    assert set(layers["gpus"]) == {"NVDA", "ARM", "AMD"}


class Walked(tuple[Edge, ...]):
    """Edges that count how often they are walked over."""

    __slots__ = ()
    walks = 0

    def __iter__(self) -> Iterator[Edge]:
        Walked.walks += 1
        return super().__iter__()


def test_that_the_links_of_every_node_are_found_in_one_walk() -> None:
    plain = graph()
    made = replace(plain, edges=Walked(plain.edges))
    found = {node: made.of(node) for node in (*made.left, *made.right)}
    assert Walked.walks == 1
    assert found == {node: tuple(e for e in plain.edges if node in e.ends) for node in found}
    assert made.of("elsewhere") == ()


def test_that_a_link_is_not_seen_with_both_ends_on_one_side_of_what_is_shown() -> None:
    made = graph()
    scene_ = Scene(made)
    scene_.resize(800, 5000)
    assert all(map(scene_.sees, made.edges))
    scene_.resize(800, 60)
    ends = {each: [scene_.rect(end) for end in each.ends] for each in made.edges}
    below = {each for each, rects in ends.items() if all(rect.top() >= 60 for rect in rects)}
    assert below
    assert {each for each in made.edges if not scene_.sees(each)} == below


def test_that_a_name_the_list_does_not_hold_is_left_out() -> None:
    assert "elsewhere" not in graph().right


def test_that_every_relation_has_a_style() -> None:
    assert set(STYLES) == set(Relation)


@pytest.mark.parametrize(
    ("source", "target", "standing"),
    [
        ("stargate", "ORCL", LinkStanding.USED),
        ("stargate", "CRWV", LinkStanding.LATER),
        ("stargate", "SMCI", LinkStanding.READ_ACROSS),
        ("anthropic", "GOOGL", LinkStanding.ENDED),
    ],
)
def test_that_a_link_stands_as_known_on_the_day(source: str, target: str, standing: LinkStanding) -> None:
    assert edge(graph(), source, target).standing is standing


def test_that_names_with_later_or_ended_links_only_are_quiet() -> None:
    assert graph().quiet == {"CRWV", "AMD", "GOOGL"}
    assert "AMD" not in graph(day=date(2025, 10, 6)).quiet


def test_that_reports_of_one_link_are_one_line_with_the_newest_known() -> None:
    oracle = edge(graph(), "stargate", "ORCL")
    assert (oracle.link.why, len(oracle.reports), oracle.weight) == ("4.5 GW more", 2, 2)
    before = edge(graph(day=date(2025, 7, 1)), "stargate", "ORCL")
    assert (before.link.why, before.weight) == ("Oracle builds 4.5 GW", 1)


def test_that_a_link_from_memory_weighs_least() -> None:
    assert edge(graph(), "anthropic", "AMZN").weight == 1


def test_that_a_report_of_the_end_ends_what_was_before_it() -> None:
    made = graph(
        link("openai", "NVDA", Relation.CUSTOMER, date(2025, 1, 1)),
        link("openai", "NVDA", Relation.FORMER, date(2025, 3, 1)),
        link("openai", "AMD", Relation.CUSTOMER, date(2025, 1, 1)),
    )
    assert {e.standing for e in made.edges if "NVDA" in e.ends} == {LinkStanding.ENDED}
    assert made.quiet == {"NVDA"}


def crossings(made: Graph) -> int:
    left = {name: i for i, name in enumerate(made.left)}
    right = {name: i for i, name in enumerate(made.right)}
    pairs = [(left[a], right[b]) for a, b in (e.ends for e in made.edges) if a in left and b in right]
    return sum((a - c) * (b - d) < 0 for i, (a, b) in enumerate(pairs) for c, d in pairs[i + 1 :])


def test_that_the_right_side_is_ordered_so_that_fewer_links_cross() -> None:
    made = graph(
        link("openai", "INTC", Relation.CUSTOMER, DAY),
        link("stargate", "AMD", Relation.CUSTOMER, DAY),
        link("anthropic", "NVDA", Relation.CUSTOMER, DAY),
        link("openai", "DELL", Relation.CUSTOMER, DAY),
        link("anthropic", "ORCL", Relation.CUSTOMER, DAY),
    )
    order = tuple((layer.id, layer.symbols) for layer in scene.watchlist().layers)
    assert crossings(made) < crossings(replace(made, groups=order))


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["openai", "stargate", "anthropic"]),
            st.sampled_from([r[0] for r in scene.SHARES]),
        ),
        max_size=30,
    )
)
def test_that_any_links_give_a_map_with_every_end_once(pairs: list[tuple[str, str]]) -> None:
    made = build_graph(
        map_scene.ecosystem(tuple(link(a, b, Relation.CUSTOMER, DAY) for a, b in pairs)),
        scene.watchlist(),
        DAY,
    )
    assert len(made.right) == len(set(made.right)) == len({b for _, b in pairs})
    assert set(made.left) == {a for a, _ in pairs}
    assert len(made.edges) == len(set(pairs))


@pytest.fixture
def laid() -> Scene:
    made = Scene(graph())
    made.resize(720, 260)
    return made


def test_that_no_node_lies_on_another(laid: Scene) -> None:
    rects = [laid.rect(node) for node in laid.nodes()]
    assert not any(a.intersects(b) for i, a in enumerate(rects) for b in rects[i + 1 :])


def test_that_the_scroll_bar_reaches_both_ends_of_both_columns(laid: Scene) -> None:
    assert laid.length > 0
    last = laid.graph.right[-1]
    assert laid.rect(last).bottom() > 260
    laid.scroll_to(laid.scroll_for(last))
    assert 0 <= laid.rect(last).top() < laid.rect(last).bottom() <= 260
    laid.scroll_to(laid.scroll_for(laid.graph.left[0]))
    assert laid.rect(laid.graph.left[0]).top() >= 0


def test_that_a_link_is_found_along_its_whole_line_and_not_beside_it(laid: Scene) -> None:
    oracle = edge(laid.graph, "stargate", "ORCL")
    curve = laid.curve(oracle)
    for t in (0.2, 0.5, 0.8):
        point = curve.at(t).toPoint()
        assert laid.edge_at(point, [oracle]) is oracle
        assert laid.edge_at(point + QPoint(0, 40), [oracle]) is None


def test_that_a_link_ends_at_its_target_and_heads_towards_it(laid: Scene) -> None:
    to_right = laid.curve(edge(laid.graph, "stargate", "ORCL"))
    assert (to_right.heading, round(to_right.end.x())) == (1, laid.rect("ORCL").left() - 1)
    to_left = laid.curve(edge(laid.graph, "MSFT", "stargate"))
    assert (to_left.heading, round(to_left.end.x())) == (-1, laid.rect("stargate").right() + 1)
    beside_them = laid.curve(edge(laid.graph, "ORCL", "NVDA"))
    assert beside_them.first.x() < beside_them.start.x()


def test_that_links_of_one_node_have_places_of_their_own(laid: Scene) -> None:
    starts = [laid.curve(e).start.y() for e in laid.graph.of("stargate") if e.link.source == "stargate"]
    assert len(set(starts)) == len(starts)


def test_that_hidden_names_are_counted(laid: Scene) -> None:
    above, below = laid.hidden(laid.graph.right)
    assert above == 0
    assert below > 0


def test_that_keys_lead_up_down_and_across(laid: Scene) -> None:
    assert beside(laid, None, 1) == "openai"
    assert beside(laid, "openai", 1) == "stargate"
    assert beside(laid, "openai", -1) == "openai"
    lit = [e for e in laid.graph.of("stargate") if e.standing is LinkStanding.USED]
    assert across(laid, "stargate", lit, to_left=False) in {"ORCL", "9984.T", "NVDA", "ARM", "MSFT"}
    assert across(laid, "stargate", lit, to_left=True) is None
    for edge in lit:  # one leads along the link whose evidence is shown
        assert across(laid, "stargate", lit, to_left=False, picked=edge) == edge.other("stargate")
    assert across(laid, "ARM", laid.graph.of("ARM"), to_left=True) == "stargate"
    seen, picked = [], next_link(laid, "stargate", lit, None)
    while picked is not None:
        seen.append(picked)
        picked = next_link(laid, "stargate", lit, picked)
    assert sorted(map(id, seen)) == sorted(map(id, lit))


def test_that_read_across_is_a_style_of_its_own() -> None:
    assert edge(graph(), "stargate", "SMCI").style is LinkStyle.READ_ACROSS
