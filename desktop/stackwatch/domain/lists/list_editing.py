"""Changes of a watchlist, each a plain function from one list to another."""

import re
import unicodedata
import zlib
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import replace

from stackwatch.domain.watchlist import BilingualName, Language, Layer, Watchlist

TOP = ""  # stands for the place above the layers, where private entities are
UNNAMED = BilingualName("Names", "종목")  # the layer of a list that has no other
OTHER = BilingualName("Other", "기타")  # the layer of what belongs to none of the others
_ID_LENGTH = 32
_NUMBERED = re.compile(r" \(\d+\)$")
RESERVED = frozenset(  # no file may be called so on Windows
    ("con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(1, 10)))
)


def copied(names: BilingualName) -> BilingualName:
    """Return what a copy of a list is called, unless the user gives it a name."""
    return BilingualName(f"{names.en} copy", f"{names.ko} 사본")


def told_apart(names: BilingualName, others: Iterable[Watchlist]) -> BilingualName:
    """Return the names of a list that comes beside ``others``: with a number where one is called so, too."""
    taken = {each.casefold() for other in others for each in (other.names.en, other.names.ko)}
    stems = [_NUMBERED.sub("", name) for name in (names.en, names.ko)]
    number = 1
    while taken & {names.en.casefold(), names.ko.casefold()}:
        number += 1
        names = BilingualName(*(f"{stem} ({number})" for stem in stems))
    return names


def remove(watchlist: Watchlist, ids: Collection[str]) -> Watchlist:
    """Take symbols and private entities out, wherever they stand."""
    layers = tuple(
        replace(
            layer,
            symbols=tuple(s for s in layer.symbols if s not in ids),
            private=tuple(e for e in layer.private if e not in ids),
        )
        for layer in watchlist.layers
    )
    return replace(watchlist, layers=layers, private=tuple(e for e in watchlist.private if e not in ids))


def replaced(watchlist: Watchlist, symbol: str, other: str) -> Watchlist:
    """Put another symbol where one stands; where the list has the other already, only one goes."""
    if other in watchlist.symbols:
        return remove(watchlist, (symbol,))
    layers = tuple(
        replace(layer, symbols=tuple(other if s == symbol else s for s in layer.symbols))
        for layer in watchlist.layers
    )
    return replace(watchlist, layers=layers)


def move(
    watchlist: Watchlist,
    ids: Sequence[str],
    layer_id: str,
    place: int | None = None,
    *,
    private: bool = False,
) -> Watchlist:
    """Put symbols, or ``private`` entities, into a layer before the member that is at ``place`` now.

    A layer that is gone takes nothing.
    """
    if layer_id != TOP and watchlist.layer(layer_id) is None:
        return watchlist
    members = members_of(watchlist, layer_id, private=private)
    place = len(members) if place is None else place
    before = sum(1 for member in members[:place] if member in ids)
    emptied = remove(watchlist, frozenset(ids))
    others = list(members_of(emptied, layer_id, private=private))
    others[place - before : place - before] = ids
    return _with_members(emptied, layer_id, others, private=private)


def members_of(watchlist: Watchlist, layer_id: str, *, private: bool) -> tuple[str, ...]:
    """Return the symbols, or the ``private`` entities, of a layer; TOP has private ones only."""
    if layer_id == TOP:
        return watchlist.private
    layer = layer_of(watchlist, layer_id)
    return layer.private if private else layer.symbols


def _with_members(watchlist: Watchlist, layer_id: str, members: Iterable[str], *, private: bool) -> Watchlist:
    kept = tuple(dict.fromkeys(members))
    if layer_id == TOP:
        return replace(watchlist, private=kept)
    return _changed(
        watchlist, layer_id, lambda x: replace(x, private=kept) if private else replace(x, symbols=kept)
    )


def layer_of(watchlist: Watchlist, layer_id: str) -> Layer:
    """Return the layer of an id; raises KeyError."""
    for layer in watchlist.layers:
        if layer.id == layer_id:
            return layer
    raise KeyError(layer_id)


def home_of(watchlist: Watchlist, entity_id: str) -> str | None:
    """Return the layer that holds an entity, TOP above the layers, None when the list has it not."""
    if entity_id in watchlist.private:
        return TOP
    for layer in watchlist.layers:
        if entity_id in layer.symbols or entity_id in layer.private:
            return layer.id
    return None


def first_to_come(before: Watchlist, after: Watchlist) -> str | None:
    """Return the first layer, else the first name, that ``after`` holds and ``before`` does not."""
    known = {layer.id for layer in before.layers}.union(before.entities, before.symbols)
    held = (*(layer.id for layer in after.layers), *after.entities, *after.symbols)
    return next((each for each in held if each not in known), None)


def with_place(watchlist: Watchlist, usual: str, beside: str) -> tuple[Watchlist, str]:
    """Return a list with a layer for a listed name that nobody gave a place, and the id of that layer.

    It is the ``usual`` one of the name, else the one of the row it was asked for ``beside`` where that holds
    listed names, else one of its own: a share must not slip into a layer that nobody thought of.
    """
    shown = {layer.id: layer for layer in watchlist.layers if not layer.hidden}
    if usual in shown:
        return watchlist, usual
    if beside in shown and shown[beside].symbols:
        return watchlist, beside
    there = next((layer.id for layer in shown.values() if layer.names in (OTHER, UNNAMED)), None)
    return (watchlist, there) if there is not None else add_layer(watchlist, OTHER if shown else UNNAMED)


def add_layer(
    watchlist: Watchlist, name: str | BilingualName, after: str | None = None
) -> tuple[Watchlist, str]:
    """Add an empty layer of a name, ``after`` another or at the end; returns its id too."""
    names = BilingualName(name, name) if isinstance(name, str) else name
    taken = {layer.id for layer in watchlist.layers} | set(watchlist.entities) | {watchlist.id}
    made = Layer(id=free_layer_id(names.en, taken), names=names, symbols=())
    ids = [layer.id for layer in watchlist.layers]
    at = ids.index(after) + 1 if after in ids else len(ids)
    layers = (*watchlist.layers[:at], made, *watchlist.layers[at:])
    return replace(watchlist, layers=layers), made.id


def remove_layer(watchlist: Watchlist, layer_id: str) -> Watchlist:
    """Take a layer out with everything in it."""
    return replace(watchlist, layers=tuple(x for x in watchlist.layers if x.id != layer_id))


def move_layer(watchlist: Watchlist, layer_id: str, place: int) -> Watchlist:
    """Put a layer before the one that is at ``place`` now, unless it is gone."""
    moved = watchlist.layer(layer_id)
    if moved is None:
        return watchlist
    at = watchlist.layers.index(moved)
    others = [layer for layer in watchlist.layers if layer.id != layer_id]
    others.insert(place - (place > at), moved)
    return replace(watchlist, layers=tuple(others))


def rename_layer(watchlist: Watchlist, layer_id: str, name: str, language: Language) -> Watchlist:
    """Give a layer another name, in every language; ``language`` is the one it is shown in."""
    return _changed(watchlist, layer_id, lambda x: replace(x, names=renamed(x.names, name, language)))


def hide_layer(watchlist: Watchlist, layer_id: str, *, hidden: bool) -> Watchlist:
    """Hide a layer or show it again."""
    return _changed(watchlist, layer_id, lambda layer: replace(layer, hidden=hidden))


def show_all(watchlist: Watchlist) -> Watchlist:
    """Show every hidden layer again."""
    return replace(watchlist, layers=tuple(replace(layer, hidden=False) for layer in watchlist.layers))


def rename(watchlist: Watchlist, name: str, language: Language) -> Watchlist:
    """Give a list another name, in every language; ``language`` is the one it is shown in."""
    return replace(watchlist, names=renamed(watchlist.names, name, language))


def renamed(names: BilingualName, name: str, language: Language) -> BilingualName:
    """Return the name that a user gave, in every language; the one that is shown already changes nothing."""
    return names if name == names.get(language) else BilingualName(name, name)


def free_layer_id(name: str, taken: Collection[str]) -> str:
    """Return an id for a layer that is not ``taken``, and that no layer of another name gets in another list.

    Alerts and rules are about a layer by its id alone, whichever list it is in.
    """
    return free_id(name if name.isascii() else f"{with_sum('layer', name)} {name}", taken, "layer")


def with_sum(kind: str, name: str) -> str:
    """Return what an id begins with that tells a name apart whose letters it cannot have."""
    return f"{kind}-{zlib.crc32(name.encode()):08x}"


def free_id(name: str, taken: Collection[str], fallback: str) -> str:
    """Return an id made of a name that is not ``taken``: small letters, digits and hyphens."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    stem = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:_ID_LENGTH].strip("-") or fallback
    if stem in RESERVED:
        stem = f"{fallback}-{stem}"
    made, number = stem, 2
    while made in taken:
        made, number = f"{stem}-{number}", number + 1
    return made


def _changed(watchlist: Watchlist, layer_id: str, change: Callable[[Layer], Layer]) -> Watchlist:
    layers = tuple(change(layer) if layer.id == layer_id else layer for layer in watchlist.layers)
    return replace(watchlist, layers=layers)
