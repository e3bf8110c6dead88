"""Write a watchlist into a person's TOML file: comments, and layers that did not change, stay as they are."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from stackwatch.domain.errors import BadInputError
from stackwatch.domain.watchlist import Ecosystem, Layer, Watchlist
from stackwatch.storage.lists.watchlist_file import load_watchlist
from stackwatch.storage.toml.toml_blocks import TomlBlock, split
from stackwatch.storage.toml.toml_cutting import text_of
from stackwatch.storage.toml.toml_tables import changed_table, put_values
from stackwatch.storage.whole_file import is_there, write_own

if TYPE_CHECKING:  # only writing needs it
    from tomlkit import TOMLDocument
    from tomlkit.items import Array, Table

_HEAD = """# A watchlist. Stackwatch keeps your comments.

version = 1
"""
_ONE_LINE = 16  # symbols that stand in one line


def save_list(path: Path, watchlist: Watchlist, ecosystem: Ecosystem) -> None:
    """Write a list; raises BadInputError, and leaves the file alone, where what is there cannot be read."""
    known = load_watchlist(path, ecosystem) if is_there(path) else None
    if known == watchlist:
        return

    def check(draft: Path) -> None:
        if load_watchlist(draft, ecosystem) != watchlist:
            raise BadInputError(f"{path}: the list cannot be written there; change it by hand")

    write_own(path, list_text(path, text_of(path, _HEAD), known, watchlist), check)


def list_text(path: Path, text: str, known: Watchlist | None, watchlist: Watchlist) -> str:
    """Return ``text``, which holds the list ``known``, with what differs in ``watchlist`` changed."""
    before = () if known is None else known.layers
    head, blocks, tail = split(path, text, "layer", len(before))
    places = {layer.id: (layer, block) for layer, block in zip(before, blocks, strict=True)}
    parts = [_head(head, watchlist)]
    for layer in watchlist.layers:
        old, block = places.get(layer.id, (None, TomlBlock("\n", "")))
        parts.append(block.lead + (block.body if old == layer else _body(block.body, layer)))
    return "".join(parts) + tail


def whole_text(watchlist: Watchlist) -> str:
    """Return a list as a file of its own."""
    return list_text(Path(watchlist.id), _HEAD, None, watchlist)


def _head(head: str, watchlist: Watchlist) -> str:
    import tomlkit  # only writing needs it

    document = tomlkit.parse(head)
    put_values(document, {"id": watchlist.id, "name": watchlist.names})
    _put_array(document, "private", watchlist.private)
    return tomlkit.dumps(document)


def _body(body: str, layer: Layer) -> str:
    def put(row: "Table") -> None:
        put_values(row, {"id": layer.id, "name": layer.names})
        _put_array(row, "private", layer.private)
        _put_array(row, "symbols", layer.symbols)
        put_values(row, {"benchmark": layer.benchmark, "hidden": layer.hidden or None})

    return changed_table("layer", body, put)


def _put_array(row: "Table | TOMLDocument", key: str, values: Sequence[str]) -> None:
    """Change an array in place where names only left or came to its end: comments inside it stay.

    One that was last in its table goes with its last name: the next one that comes is put there again.
    """
    from tomlkit.items import Array

    array = row.get(key)
    wanted = list(values)
    if not isinstance(array, Array):
        if wanted:
            row[key] = _array(wanted, lines=len(wanted) > _ONE_LINE)
        return
    last = next(reversed(list(row.keys()))) == key
    if array and not wanted and last and "#" not in array.as_string() + array.trivia.comment:
        del row[key]
        return
    now = [str(value) for value in array]
    kept = [value for value in now if value in wanted]
    if kept == wanted[: len(kept)] and len(set(now)) == len(now):
        for gone in [value for value in now if value not in wanted]:
            array.remove(gone)
        for added in wanted[len(kept) :]:
            array.append(added)
        return
    row[key] = _array(wanted, lines="\n" in array.as_string())


def _array(values: Sequence[str], *, lines: bool) -> "Array":
    """Return an array, over several lines or in one."""
    import tomlkit  # only writing needs it

    made = tomlkit.array()
    made.extend(values)
    made.multiline(lines)
    return made
