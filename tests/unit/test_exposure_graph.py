import math
from datetime import date, timedelta
from itertools import pairwise, product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.unit.factories import DAY, link

from stackwatch.analysis.why.exposure_graph import ExposureGraph, Path
from stackwatch.domain.watchlist import Basis, Ecosystem, Exposure, Relation, links_held


def way(graph: ExposureGraph, source: str, target: str, day: date) -> Path | None:
    return graph.paths_to(target, day).get(source)


def test_that_an_entity_reaches_itself_at_full_weight() -> None:
    path = way(ExposureGraph(()), "NVDA", "NVDA", DAY)
    assert path is not None
    assert (path.nodes, path.weight) == (("NVDA",), 1.0)


def test_that_a_link_counts_from_its_date() -> None:
    graph = ExposureGraph([link("stargate", "NVDA", since=DAY)])
    assert way(graph, "stargate", "NVDA", DAY - timedelta(days=1)) is None
    assert graph.linked("stargate", DAY - timedelta(days=1)) == ()
    assert way(graph, "stargate", "NVDA", DAY) is not None


def test_that_a_read_across_is_shown_and_never_used() -> None:
    graph = ExposureGraph([link("stargate", "SMCI", read_across=True)])
    assert way(graph, "stargate", "SMCI", DAY) is None
    assert graph.linked("stargate", DAY) == ()
    assert len(graph.links_of("stargate")) == 1


def test_that_a_link_that_ended_is_not_used() -> None:
    graph = ExposureGraph([link("a", "B"), link("a", "B", Relation.FORMER, since=DAY)])
    assert way(graph, "a", "B", DAY - timedelta(days=1)) is not None
    assert way(graph, "a", "B", DAY) is None


def test_that_the_end_of_a_link_is_that_of_its_earlier_reports_and_of_no_other_kind_of_link() -> None:
    end = DAY - timedelta(days=1)
    reports = [link("a", "B", since=date(2024, 1, 1)), link("a", "B", since=date(2025, 3, 1), until=end)]
    graph = ExposureGraph(reports)
    assert way(graph, "a", "B", end) is not None
    assert way(graph, "a", "B", DAY) is None
    assert links_held(reports, DAY) == ()
    begun_anew = ExposureGraph([*reports, link("a", "B", since=DAY)])
    assert way(begun_anew, "a", "B", DAY) is not None
    both = ExposureGraph([*reports, link("a", "B", Relation.EQUITY)])
    assert [each.relation for each in both.linked("a", DAY)] == [Relation.EQUITY]


def test_that_of_two_reports_of_one_day_the_sooner_end_counts_in_whatever_order_they_come() -> None:
    reports = [link("a", "B", since=DAY, until=DAY + timedelta(days=ends)) for ends in (0, 2)]
    for told in (reports, reports[::-1]):
        assert links_held(told, DAY) == tuple(told)
        assert links_held(told, DAY + timedelta(days=1)) == ()


def test_that_two_hops_are_the_most() -> None:
    graph = ExposureGraph([link("a", "b"), link("b", "c"), link("c", "d")])
    two = way(graph, "a", "c", DAY)
    assert two is not None
    assert two.nodes == ("a", "b", "c")
    assert two.weight == pytest.approx(0.25)
    assert way(graph, "a", "d", DAY) is None


def test_that_the_strongest_path_is_taken() -> None:
    graph = ExposureGraph(
        [
            link("a", "weak", Relation.COMPETITOR, basis=Basis.MEMORY),
            link("weak", "z"),
            link("a", "strong"),
            link("strong", "z"),
        ]
    )
    path = way(graph, "a", "z", DAY)
    assert path is not None
    assert path.nodes == ("a", "strong", "z")
    direct = ExposureGraph([*graph.links_of("a"), link("strong", "z"), link("a", "z", Relation.COMPETITOR)])
    path = way(direct, "a", "z", DAY)
    assert path is not None
    assert path.nodes == ("a", "z")


def test_that_a_rivals_good_news_is_bad_and_its_bad_news_is_open() -> None:
    graph = ExposureGraph([link("a", "b", Relation.COMPETITOR), link("a", "c")])
    rival, customer = way(graph, "a", "b", DAY), way(graph, "a", "c", DAY)
    assert rival is not None
    assert customer is not None
    assert [rival.tone_at_end(tone) for tone in (-1, 0, 1)] == [0, 0, -1]
    assert [customer.tone_at_end(tone) for tone in (-1, 0, 1)] == [-1, 0, 1]


def test_that_the_newest_link_to_a_name_speaks() -> None:
    graph = ExposureGraph(
        [link("a", "b", Relation.PARTNER), link("a", "b", Relation.SUPPLIER, since=date(2025, 7, 1))]
    )
    (found,) = graph.linked("a", DAY)
    assert found.relation is Relation.SUPPLIER


FULL = {Relation.SUPPLIER, Relation.CUSTOMER, Relation.EQUITY, Relation.PARENT}
NINE = {Relation.LENDER, Relation.GUARANTOR, Relation.LANDLORD, Relation.REGULATOR}
SEVEN = {Relation.COMPETITOR, Relation.LITIGATION}


def _weight(used: Exposure) -> float:
    """What a stored link of a path counts (docs/methods.md)."""
    of = used.relation
    return 0.5 * (1.0 if of in FULL else 0.9 if of in NINE else 0.7 if of in SEVEN else 0.8)


NODES = st.sampled_from("abcdef")


@settings(max_examples=100)
@given(
    st.lists(
        st.tuples(NODES, NODES, st.sampled_from(Relation), st.integers(-5, 5), st.booleans()), max_size=14
    ),
    NODES,
    NODES,
)
def test_that_a_path_is_short_loop_free_and_known_on_its_day(
    rows: list[tuple[str, str, Relation, int, bool]], source: str, target: str
) -> None:
    links = [
        link(a, b, relation, DAY + timedelta(days=days), read_across=across)
        for a, b, relation, days, across in rows
        if a != b
    ]
    path = way(ExposureGraph(links), source, target, DAY)
    if path is None:
        return
    assert path.nodes[0] == source
    assert path.nodes[-1] == target
    assert len(path.nodes) == len(set(path.nodes)) == len(path.links) + 1 <= 3
    assert all(used.since <= DAY and not used.read_across for used in path.links)
    assert 0 < path.weight <= 1


@settings(max_examples=100)
@given(
    st.lists(
        st.tuples(NODES, NODES, st.sampled_from(Relation), st.integers(-5, 5), st.none() | st.integers(0, 6)),
        max_size=14,
    ),
    st.lists(st.integers(-8, 12), min_size=1, max_size=6),
)
def test_that_paths_are_those_of_trying_every_way(
    rows: list[tuple[str, str, Relation, int, int | None]], offsets: list[int]
) -> None:
    links = [
        link(
            a, b, relation, DAY + timedelta(days=begin),
            until=None if lasts is None else DAY + timedelta(days=begin + lasts),
        )
        for a, b, relation, begin, lasts in rows
        if a != b
    ]  # fmt: skip
    graph = ExposureGraph(links)
    for day in (DAY + timedelta(days=offset) for offset in offsets):
        usable: dict[tuple[str, str], Exposure] = {}
        for each in (one for one in links if one.holds_on(day) and one.relation is not Relation.FORMER):
            pair = each.source, each.target
            later = [o for o in links if o.since <= day and (o.source, o.target) == pair]
            over = any(o.relation is Relation.FORMER and o.since >= each.since for o in later)
            of_tie = [o for o in later if o.relation is each.relation]
            last = [o for o in of_tie if o.since == max(o.since for o in of_tie)]
            over |= not all(o.holds_on(day) for o in last)
            if not over and (pair not in usable or usable[pair].since < each.since):
                usable[pair] = each
        for a, z in product("abcdef", repeat=2):
            ways: list[tuple[str, ...]] = [(a, z)] if (a, z) in usable else []
            ways += [(a, m, z) for m in "abcdef" if {(a, m), (m, z)} <= usable.keys() and a not in {m, z}]
            found = way(graph, a, z, day)
            if a == z:
                assert found is not None
                assert found.weight == 1.0
                continue
            assert (found is not None) == bool(ways) == (a in graph.reaching(z, day))
            if found is not None:
                assert found.nodes in ways
                weights = [math.prod(_weight(usable[pair]) for pair in pairwise(way)) for way in ways]
                assert found.weight == pytest.approx(max(weights))


def test_that_nvidia_was_linked_to_stargate_on_the_day_and_supermicro_was_not(ecosystem: Ecosystem) -> None:
    graph = ExposureGraph(ecosystem.exposures)
    names = {found.target for found in graph.linked("stargate", DAY)}
    assert {"NVDA", "ORCL", "9984.T"} <= names
    assert "SMCI" not in names
    assert "CRWV" not in names
