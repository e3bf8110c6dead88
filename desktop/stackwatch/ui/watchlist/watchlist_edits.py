"""What a user does to a list: each is a change from one list to another, with words for undoing it."""

import re
from collections.abc import Callable, Container
from dataclasses import dataclass
from functools import partial
from typing import Protocol

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QKeyEvent

from stackwatch.domain.lists import list_editing as editing
from stackwatch.domain.watchlist import Watchlist
from stackwatch.domain.words.typed import narrow
from stackwatch.ui.kit.keys import takes_out
from stackwatch.ui.kit.language import Words
from stackwatch.ui.watchlist.watchlist_nodes import Node, NodeKind

_STEPS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}


@dataclass(frozen=True, slots=True)
class ListEdit:
    """A change of the list that is shown, and what it is called."""

    words: Words
    change: Callable[[Watchlist], Watchlist]


class ShownList(Protocol):
    """What knows the list that is shown."""

    watchlist: Watchlist


def key_edit(view: ShownList, node: Node, event: QKeyEvent) -> ListEdit | None:
    """Return what a key does to the list: Del takes out, Alt with an arrow moves."""
    key, modifiers = Qt.Key(event.key()), event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    if takes_out(key) and modifiers == Qt.KeyboardModifier.NoModifier:
        return removal(node)
    if key in _STEPS and modifiers == Qt.KeyboardModifier.AltModifier:
        return step(view.watchlist, node, _STEPS[key])
    return None


def removal(node: Node) -> ListEdit | None:
    """Take a row, or a layer with its rows, out of the list."""
    if node.kind is NodeKind.PRIVATE_GROUP:
        return None
    if node.kind is NodeKind.LAYER:
        return ListEdit(_remove_words, partial(editing.remove_layer, layer_id=node.id))
    return ListEdit(_remove_words, partial(editing.remove, ids=frozenset({node.id})))


def moving(node: Node, layer_id: str, place: int | None = None) -> ListEdit:
    """Move a row into a layer, before the one of its kind at ``place`` or to the end."""
    private = node.kind is NodeKind.PRIVATE
    change = partial(editing.move, ids=(node.id,), layer_id=layer_id, place=place, private=private)
    return ListEdit(_move_words, change)


def moving_layer(layer_id: str, place: int) -> ListEdit:
    """Move a layer before the one at ``place``."""
    return ListEdit(_move_words, partial(editing.move_layer, layer_id=layer_id, place=place))


def step(watchlist: Watchlist, node: Node, by: int) -> ListEdit | None:
    """Move a row one place up or down; past the end of its layer it goes into the next one."""
    if node.kind is NodeKind.PRIVATE_GROUP:
        return None
    if node.kind is NodeKind.LAYER:
        at = next(n for n, layer in enumerate(watchlist.layers) if layer.id == node.id)
        to = at + by
        return moving_layer(node.id, to + (by > 0)) if 0 <= to < len(watchlist.layers) else None
    home = editing.home_of(watchlist, node.id)
    if home is None:
        return None
    private = node.kind is NodeKind.PRIVATE
    members = editing.members_of(watchlist, home, private=private)
    to = members.index(node.id) + by
    if 0 <= to < len(members):
        return moving(node, home, to + (by > 0))
    return _over_the_edge(watchlist, node, home, by)


def _over_the_edge(watchlist: Watchlist, node: Node, home: str, by: int) -> ListEdit | None:
    private = node.kind is NodeKind.PRIVATE
    homes = [layer.id for layer in watchlist.layers if not layer.hidden]
    homes = [editing.TOP, *homes] if private else homes
    to = homes.index(home) + by if home in homes else -1
    if not 0 <= to < len(homes):
        return None
    return moving(node, homes[to], 0 if by > 0 else None)


def pasted_names(text: str, known: Container[str]) -> list[str]:
    """Return the names of a pasted text; spaces part them only where each part is one for certain."""
    from stackwatch.domain.venues import from_tradingview  # after the first paint

    tokens = [token.strip() for line in narrow(text).splitlines() for token in re.split("[,;\t]", line)]
    names: list[str] = []
    for token in tokens:
        if token and not token.startswith("###"):
            parts = token.split()
            certain = all(":" in part or from_tradingview(part, known) in known for part in parts)
            names += parts if certain else [token]
    return names


def _remove_words() -> str:
    return QCoreApplication.translate("Watchlist", "Remove")


def _move_words() -> str:
    return QCoreApplication.translate("Watchlist", "Move")
