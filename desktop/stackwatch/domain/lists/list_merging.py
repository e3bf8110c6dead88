"""Two changes of one watchlist made apart: both are in what comes of them."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import TypeVar

from stackwatch.domain.lists.list_editing import TOP
from stackwatch.domain.watchlist import Layer, Watchlist

_T = TypeVar("_T")


def merged(base: Watchlist, mine: Watchlist, theirs: Watchlist) -> Watchlist:
    """Return ``base`` with the changes of ``mine`` and of ``theirs``; what both changed is as in ``mine``.

    A layer that one took out and the other changed stays.
    """
    every = (base, mine, theirs)
    layers = [{layer.id: layer for layer in each.layers} for each in every]
    of_each = {key: tuple(known.get(key) for known in layers) for known in layers for key in known}
    kept = {key for key, (was, one, other) in of_each.items() if _stays(was, one, other)}
    order = _in_order(*(tuple(known) for known in layers), kept=kept)
    return Watchlist(
        id=mine.id,
        names=_either(base.names, mine.names, theirs.names),
        layers=tuple(
            replace(
                _layer(*of_each[key]),
                symbols=_members(every, key, private=False),
                private=_members(every, key, private=True),
            )
            for key in order
        ),
        private=_members(every, TOP, private=True),
    )


def _either(base: _T, mine: _T, theirs: _T) -> _T:
    return theirs if mine == base else mine


def _stays(base: Layer | None, mine: Layer | None, theirs: Layer | None) -> bool:
    both = mine is not None and theirs is not None
    return both or base is None or base not in (mine, theirs)


def _layer(base: Layer | None, mine: Layer | None, theirs: Layer | None) -> Layer:
    """Return a layer with the name, benchmark and hiding of whoever changed them."""
    made = mine or theirs
    assert made is not None
    if base is None or mine is None or theirs is None:
        return made
    return replace(
        made,
        names=_either(base.names, mine.names, theirs.names),
        benchmark=_either(base.benchmark, mine.benchmark, theirs.benchmark),
        hidden=_either(base.hidden, mine.hidden, theirs.hidden),
    )


def _members(
    every: tuple[Watchlist, Watchlist, Watchlist], layer_id: str, *, private: bool
) -> tuple[str, ...]:
    """Return who is in a layer, or above all layers: each is where it was moved to last."""
    homes = [_homes(each, private=private) for each in every]
    known = homes[1].keys() | homes[2].keys()
    here = {one for one in known if _either(*(home.get(one) for home in homes)) == layer_id}
    return _in_order(*(tuple(one for one, at in home.items() if at == layer_id) for home in homes), kept=here)


def _homes(watchlist: Watchlist, *, private: bool) -> dict[str, str]:
    """Return the layer of every symbol, or of every private entity."""
    above = dict.fromkeys(watchlist.private, TOP) if private else {}
    inside = {
        one: layer.id for layer in watchlist.layers for one in (layer.private if private else layer.symbols)
    }
    return above | inside


def _in_order(
    base: Sequence[str], mine: Sequence[str], theirs: Sequence[str], *, kept: Collection[str]
) -> tuple[str, ...]:
    """Return those that are ``kept`` in the order that was changed, others behind their neighbours."""
    moved = [one for one in mine if one in base] != [one for one in base if one in mine]
    lead, other = (mine, theirs) if moved else (theirs, mine)
    made = [one for one in lead if one in kept]
    for place, one in enumerate(other):
        if one in kept and one not in made:
            before = next((made.index(x) + 1 for x in reversed(other[:place]) if x in made), 0)
            made.insert(before, one)
    return tuple(made)
