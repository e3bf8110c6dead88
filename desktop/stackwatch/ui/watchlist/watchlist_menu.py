"""The menu of a row of the list: everything that can be done with it."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QModelIndex, QPoint
from PySide6.QtGui import QGuiApplication, QKeySequence
from PySide6.QtWidgets import QMenu

from stackwatch.domain.lists import list_editing as editing
from stackwatch.domain.watchlist import Watchlist
from stackwatch.ui.kit.language import current_language
from stackwatch.ui.kit.menus import add_choice, in_menu, menu_once
from stackwatch.ui.watchlist.watchlist_cells import Column, translate
from stackwatch.ui.watchlist.watchlist_edits import ListEdit, moving, removal
from stackwatch.ui.watchlist.watchlist_heads import column_name
from stackwatch.ui.watchlist.watchlist_nodes import PRIVATE_GROUP, Node, NodeKind
from stackwatch.ui.watchlist.watchlist_sort import EVERY, Sort, next_sort
from stackwatch.ui.watchlist.watchlist_view import WatchlistView


def offer_menus(view: WatchlistView) -> None:
    """Let a list show its menus where they are wanted, and ask for names."""
    view.menu_wanted.connect(partial(_show_menu, view))
    view.rename_wanted.connect(partial(rename, view))


def _show_menu(view: WatchlistView, index: QModelIndex, place: QPoint) -> None:
    node = view.node_at(index)
    menu = list_menu(view) if node is None else row_menu(view, index, node)
    menu.popup(place)


def row_menu(view: WatchlistView, index: QModelIndex, node: Node, *, listed: bool = True) -> QMenu:
    """Return the menu of a row; in a map, not ``listed``, without folds, orders and keys of the list."""
    menu = menu_once(view)
    if node.group:
        _group_part(menu, view, index, node, listed=listed)
    else:
        _row_part(menu, view, index, node, listed=listed)
    if listed:
        menu.addSeparator()
        _list_part(menu, view, node)
    return menu


def list_menu(view: WatchlistView) -> QMenu:
    """Return the menu beside the rows."""
    menu = menu_once(view)
    _list_part(menu, view, None)
    return menu


def rename(view: WatchlistView, node: Node) -> None:
    """Ask for another name of a layer, or of a company of the user's own; of others there is none."""
    if node.kind is NodeKind.LAYER:
        _rename(view, node)
    elif view.list_model.is_own(node.id):
        view.entity_edit_wanted.emit(node.id)


def _row_part(menu: QMenu, view: WatchlistView, index: QModelIndex, node: Node, *, listed: bool) -> None:
    share = node.kind is NodeKind.SHARE
    menu.addAction(translate("ListMenu", "Open"), lambda: view.open_row(index, node))
    menu.addAction(translate("ListMenu", "New alert"), lambda: view.alert_wanted.emit(node.id))
    if (popups := view.about_popups(node.id)) is not None:
        menu.addAction(*popups)
    if share and view.charted() not in (None, node.id):
        menu.addAction(translate("ListMenu", "Compare in chart"), lambda: view.compare_wanted.emit(node.id))
    menu.addAction(translate("ListMenu", "Add a link\u2026"), lambda: view.link_wanted.emit(node.id))
    label = translate("ListMenu", "Copy symbol") if share else translate("ListMenu", "Copy name")
    text = view.list_model.text_to_copy(node)
    copying = menu.addAction(label, lambda: QGuiApplication.clipboard().setText(text))
    if listed:
        copying.setShortcut(QKeySequence(QKeySequence.StandardKey.Copy))
    menu.addSeparator()
    group = node.parent
    assert group is not None
    if share or group.kind is NodeKind.LAYER:
        menu.addAction(translate("ListMenu", "Add a name here"), lambda: view.add_wanted.emit(group.id))
    _add_follow(menu, view, group)
    _add_move(menu, view, node)
    _add_removal(menu, view, node, translate("ListMenu", "Remove from the list"), by_key=listed)
    if view.list_model.is_own(node.id):
        _own_part(menu, view, node, by_key=listed)


def _group_part(menu: QMenu, view: WatchlistView, index: QModelIndex, node: Node, *, listed: bool) -> None:
    if listed:
        menu.addAction(
            translate("ListMenu", "Fold")
            if view.isExpanded(index.siblingAtColumn(0))  # that of another column is never called expanded
            else translate("ListMenu", "Unfold"),
            lambda: view.toggle(index),
        )
    if node.kind is NodeKind.LAYER:
        menu.addAction(translate("ListMenu", "New alert"), lambda: view.alert_wanted.emit(node.id))
        menu.addAction(translate("ListMenu", "Add a name here"), lambda: view.add_wanted.emit(node.id))
    _add_follow(menu, view, node)
    if listed:
        _add_sorts(menu, view, node.id, translate("ListMenu", "Sort this layer"))
    if node.kind is not NodeKind.LAYER:
        return
    menu.addSeparator()
    renaming = menu.addAction(translate("ListMenu", "Rename layer\u2026"), lambda: rename(view, node))
    if listed:
        renaming.setShortcut(QKeySequence("F2"))
    hide = ListEdit(
        lambda: translate("ListMenu", "Hide layer"),
        partial(editing.hide_layer, layer_id=node.id, hidden=True),
    )
    menu.addAction(translate("ListMenu", "Hide layer"), lambda: view.edit_wanted.emit(hide))
    _add_removal(menu, view, node, translate("ListMenu", "Remove layer"), by_key=listed)


def _add_follow(menu: QMenu, view: WatchlistView, group: Node | None) -> None:
    layer_id = group.id if group is not None and group.kind is NodeKind.LAYER else editing.TOP
    words = translate("ListMenu", "Follow a private company\u2026")
    menu.addAction(words, lambda: view.follow_wanted.emit(layer_id))


def _own_part(menu: QMenu, view: WatchlistView, node: Node, *, by_key: bool) -> None:
    """Offer what can be done with a private entity of the user's own alone."""
    menu.addSeparator()
    words = translate("ListMenu", "Edit name and spellings\u2026")
    changing = menu.addAction(words, lambda: rename(view, node))
    if by_key:
        changing.setShortcut(QKeySequence("F2"))
    if not view.list_model.ships(node.id):
        words = translate("ListMenu", "Delete from Stackwatch")
        menu.addAction(words, lambda: view.entity_removal_wanted.emit(node.id))


def _list_part(menu: QMenu, view: WatchlistView, node: Node | None) -> None:
    menu.addAction(translate("ListMenu", "New layer\u2026"), lambda: _new_layer(view, node))
    if node is None:
        _add_follow(menu, view, None)
    hidden = [layer for layer in view.watchlist.layers if layer.hidden]
    if hidden:
        shown = menu.addMenu(translate("ListMenu", "Show hidden layer"))
        for layer in hidden:
            change = partial(editing.hide_layer, layer_id=layer.id, hidden=False)
            show = ListEdit(lambda: translate("ListMenu", "Show layer"), change)
            name = layer.names.get(current_language())
            shown.addAction(in_menu(name), partial(view.edit_wanted.emit, show))
    folded = len(view.folded())
    if folded < view.list_model.rowCount():
        menu.addAction(translate("ListMenu", "Fold every layer"), partial(view.fold_all, folded=True))
    if folded:
        menu.addAction(translate("ListMenu", "Unfold every layer"), partial(view.fold_all, folded=False))
    _add_sorts(menu, view, EVERY, translate("ListMenu", "Sort every layer"))
    menu.addAction(translate("ListMenu", "Columns"), QKeySequence("Alt+C"), view.choose_columns)
    menu.addSeparator()
    menu.addAction(translate("ListMenu", "Refresh"), QKeySequence("Ctrl+R"), view.refresh_requested.emit)


def _add_move(menu: QMenu, view: WatchlistView, node: Node) -> None:
    places = menu.addMenu(translate("ListMenu", "Move to layer"))
    if node.kind is NodeKind.PRIVATE and node.parent is not None and node.parent.id != PRIVATE_GROUP:
        above = translate("Watchlist", "Private & projects")
        places.addAction(in_menu(above), partial(view.edit_wanted.emit, moving(node, editing.TOP)))
    for layer in view.watchlist.shown.layers:  # in a hidden one the row would be gone without a word
        if node.parent is None or layer.id != node.parent.id:
            name = in_menu(layer.names.get(current_language()))
            places.addAction(name, partial(view.edit_wanted.emit, moving(node, layer.id)))
    places.setEnabled(bool(places.actions()))


def _add_removal(menu: QMenu, view: WatchlistView, node: Node, words: str, *, by_key: bool) -> None:
    edit = removal(node)
    if edit is not None:
        action = menu.addAction(words, partial(view.edit_wanted.emit, edit))
        if by_key:
            action.setShortcut(QKeySequence("Del"))


def _add_sorts(menu: QMenu, view: WatchlistView, layer_id: str, words: str) -> None:
    """Offer an order for one layer alone, or for EVERY, by each column that is chosen.

    As a click on the head of a column does, the one in use turns it round; its arrow says which way it goes.
    """
    orders = menu.addMenu(words)
    now = view.list_model.sorts.of(layer_id)
    chosen = (column for column in view.columns.order if column in view.columns.chosen)
    for column in (Column.SYMBOL, Column.NAME, *chosen):
        used = now if now is not None and now.column is column else None
        wanted = Sort(column, not used.descending) if used else next_sort(column, None)
        way = "" if used is None else " \u2193" if used.descending else " \u2191"
        sort = partial(view.sort, layer_id, wanted)
        add_choice(orders, column_name(column) + way, sort, on=used is not None)
    orders.addSeparator()
    own = translate("ListMenu", "My own order")
    add_choice(orders, own, partial(view.sort, layer_id, None), on=now is None)


def _new_layer(view: WatchlistView, node: Node | None) -> None:
    group = None if node is None else (node.parent or node).id

    def add(name: str) -> None:
        change = partial(_with_layer, name=name, after=group)
        view.edit_wanted.emit(ListEdit(lambda: translate("ListMenu", "New layer"), change))

    _ask_name(view, translate("ListMenu", "New layer"), "", add)


def _with_layer(watchlist: Watchlist, name: str, after: str | None) -> Watchlist:
    return editing.add_layer(watchlist, name, after)[0]


def _rename(view: WatchlistView, node: Node) -> None:
    def rename(name: str) -> None:
        change = partial(editing.rename_layer, layer_id=node.id, name=name, language=current_language())
        view.edit_wanted.emit(ListEdit(lambda: translate("ListMenu", "Rename layer"), change))

    _ask_name(view, translate("ListMenu", "Rename layer"), view.list_model.name(node), rename)


def _ask_name(view: WatchlistView, title: str, text: str, then: Callable[[str], None]) -> None:
    from stackwatch.ui.watchlist.name_dialog import ask_name  # not before the first paint

    ask_name(view, title, text, then)
