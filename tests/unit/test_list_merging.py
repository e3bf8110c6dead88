"""Two windows that change one list: what each did is in what comes of it."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from stackwatch.domain.lists import list_editing as editing
from stackwatch.domain.lists.list_merging import merged
from stackwatch.domain.watchlist import BilingualName, Language, Layer, Watchlist


def _layer(key: str, *symbols: str, private: tuple[str, ...] = ()) -> Layer:
    return Layer(id=key, names=BilingualName(key, key), symbols=symbols, private=private)


BASE = Watchlist(
    id="mine",
    names=BilingualName("Mine", "내 목록"),
    layers=(_layer("chips", "NVDA", "AMD", "MU"), _layer("cloud", "MSFT", private=("openai",))),
    private=("stargate",),
)


def test_that_names_added_by_each_are_both_there() -> None:
    mine = editing.move(BASE, ("TSLA",), "chips")
    theirs = editing.move(BASE, ("ORCL",), "cloud")
    both = merged(BASE, mine, theirs)
    assert [layer.symbols for layer in both.layers] == [("NVDA", "AMD", "MU", "TSLA"), ("MSFT", "ORCL")]


def test_that_a_name_moved_by_one_and_its_layer_sorted_by_the_other_is_there_once() -> None:
    mine = editing.move(BASE, ("MU",), "cloud", 0)
    theirs = editing.move(BASE, ("MU",), "chips", 0)
    assert [layer.symbols for layer in merged(BASE, mine, theirs).layers] == [("NVDA", "AMD"), ("MU", "MSFT")]
    assert [layer.symbols for layer in merged(BASE, theirs, mine).layers] == [("NVDA", "AMD"), ("MU", "MSFT")]


def test_that_a_layer_removed_by_one_stays_where_the_other_put_something_in() -> None:
    mine = editing.remove_layer(BASE, "cloud")
    theirs = editing.move(BASE, ("ORCL",), "cloud")
    both = merged(BASE, mine, theirs)
    assert [(layer.id, layer.symbols, layer.private) for layer in both.layers][1:] == [
        ("cloud", ("ORCL",), ())
    ]
    assert [layer.id for layer in merged(BASE, mine, BASE).layers] == ["chips"]


def test_that_names_hiding_and_order_of_layers_are_of_whoever_changed_them() -> None:
    mine = editing.rename(editing.hide_layer(BASE, "chips", hidden=True), "Ours", Language.ENGLISH)
    theirs = editing.rename_layer(editing.move_layer(BASE, "cloud", 0), "chips", "Silicon", Language.ENGLISH)
    both = merged(BASE, mine, theirs)
    assert both.names.en == "Ours"
    assert [(layer.id, layer.names.en, layer.hidden) for layer in both.layers] == [
        ("cloud", "cloud", False),
        ("chips", "Silicon", True),
    ]


_SYMBOLS = tuple("ABCDEFGH")
_PRIVATE = tuple("pqr")


@st.composite
def _lists(draw: st.DrawFn) -> Watchlist:
    ids = draw(st.permutations(("one", "two", "three")))[: draw(st.integers(0, 3))]
    layers = {key: _layer(key) for key in ids}
    above: list[str] = []
    for symbol in draw(st.permutations(_SYMBOLS)):
        if (home := draw(st.sampled_from((None, *ids)))) is not None:
            layers[home] = replace(layers[home], symbols=(*layers[home].symbols, symbol))
    for entity in draw(st.permutations(_PRIVATE)):
        home = draw(st.sampled_from((None, "", *ids)))
        if home == "":
            above.append(entity)
        elif home is not None:
            layers[home] = replace(layers[home], private=(*layers[home].private, entity))
    return Watchlist(
        id="x", names=BilingualName("x", "x"), layers=tuple(layers.values()), private=tuple(above)
    )


@given(_lists(), _lists(), _lists())
def test_that_a_change_of_one_alone_is_taken_as_it_is_and_nothing_is_lost_or_doubled(
    base: Watchlist, mine: Watchlist, theirs: Watchlist
) -> None:
    assert merged(base, mine, base) == mine
    assert merged(base, base, theirs) == theirs
    both = merged(base, mine, theirs)
    everything = [s for layer in both.layers for s in (*layer.symbols, *layer.private)] + list(both.private)
    assert len(everything) == len(set(everything))
    came = {*mine.symbols, *mine.entities} - {*base.symbols, *base.entities}
    assert came <= set(everything)
    left = {*base.symbols, *base.entities} - {*mine.symbols, *mine.entities}
    assert not left & set(everything)
