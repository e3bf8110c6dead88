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
from stackwatch.ui.watchlist.watchlist_model import WatchlistModel
from stackwatch.ui.watchlist.watchlist_nodes import Node, NodeKind

_STEPS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
_TICKER = re.compile(r"[A-Z]{1,5}|\d+")  # what stands among symbols may be one


@dataclass(frozen=True, slots=True)
class ListEdit:
    """A change of the list that is shown, and what it is called."""

    words: Words
    change: Callable[[Watchlist], Watchlist]


class ShownList(Protocol):
    """What knows the list that is shown, and how its rows are ordered."""

    watchlist: Watchlist

    @property
    def list_model(self) -> WatchlistModel:
        """The rows."""


def key_edit(view: ShownList, node: Node, event: QKeyEvent) -> ListEdit | None:
    """Return what a key does to the list: Del takes out, Alt with an arrow moves."""
    if takes_out(Qt.Key(event.key())) and _pressed_with(event) == Qt.KeyboardModifier.NoModifier:
        return removal(node)
    if moves(event) and not _ordered_by_values(view, node):
        return step(view.watchlist, node, _STEPS[Qt.Key(event.key())])
    return None


def moves(event: QKeyEvent) -> bool:
    """Whether a key is one that moves rows, where they can go that way or not."""
    return event.key() in _STEPS and _pressed_with(event) == Qt.KeyboardModifier.AltModifier


def _pressed_with(event: QKeyEvent) -> Qt.KeyboardModifier:
    return event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier


def _ordered_by_values(view: ShownList, node: Node) -> bool:
    """Whether a place of the user's own among its neighbours is not to be seen, as a drag says, too."""
    return node.parent is not None and view.list_model.sorts.of(node.parent.id) is not None


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

    def change(watchlist: Watchlist) -> Watchlist:
        if editing.home_of(watchlist, node.id) is None:
            return watchlist  # taken out, and its row is still there
        return editing.move(watchlist, (node.id,), layer_id, place, private=private)

    return ListEdit(_move_words, change)


def moving_layer(layer_id: str, place: int) -> ListEdit:
    """Move a layer before the one at ``place``."""
    return ListEdit(_move_words, partial(editing.move_layer, layer_id=layer_id, place=place))


def step(watchlist: Watchlist, node: Node, by: int) -> ListEdit | None:
    """Move a row one place up or down; past the end of its layer it goes into the next one."""
    if node.kind is NodeKind.PRIVATE_GROUP:
        return None
    if node.kind is NodeKind.LAYER:
        return _past_the_next_shown(watchlist, node, by)
    home = editing.home_of(watchlist, node.id)
    if home is None:
        return None
    private = node.kind is NodeKind.PRIVATE
    members = editing.members_of(watchlist, home, private=private)
    to = members.index(node.id) + by
    if 0 <= to < len(members):
        return moving(node, home, to + (by > 0))
    return _over_the_edge(watchlist, node, home, by)


def _past_the_next_shown(watchlist: Watchlist, node: Node, by: int) -> ListEdit | None:
    """Move a layer past the next one that can be seen, and the hidden ones between."""
    shown = [layer.id for layer in watchlist.shown.layers]
    to = shown.index(node.id) + by
    if not 0 <= to < len(shown):
        return None
    places = [layer.id for layer in watchlist.layers]
    return moving_layer(node.id, places.index(shown[to]) + (by > 0))


def _over_the_edge(watchlist: Watchlist, node: Node, home: str, by: int) -> ListEdit | None:
    private = node.kind is NodeKind.PRIVATE
    homes = [layer.id for layer in watchlist.shown.layers]
    homes = [editing.TOP, *homes] if private else homes
    to = homes.index(home) + by if home in homes else -1
    if not 0 <= to < len(homes):
        return None
    return moving(node, homes[to], 0 if by > 0 else None)


def pasted_names(text: str, known: Container[str]) -> list[str]:
    """Return the names of a pasted text; spaces part them where one part is a symbol and each may be one."""
    tokens = [token.strip() for line in narrow(text).splitlines() for token in re.split("[,;\t]", line)]
    names: list[str] = []
    for token in tokens:
        if token and not token.startswith("###"):
            parts = token.split()
            rest = [part for part in parts if not _is_symbol(part, known)]
            parted = len(rest) < len(parts) and all(map(_TICKER.fullmatch, rest))
            names += parts if parted else [token]
    return names


def _is_symbol(text: str, known: Container[str]) -> bool:
    """Tell whether a text is a symbol for certain: one that is known, or that says its exchange."""
    from stackwatch.domain.venues import from_tradingview  # after the first paint

    symbol = from_tradingview(text, known)
    return ":" in text or symbol in known or (symbol is not None and "." in text.strip("."))


def _remove_words() -> str:
    return QCoreApplication.translate("Watchlist", "Remove")


def _move_words() -> str:
    return QCoreApplication.translate("Watchlist", "Move")
