"""Values as a TOML table of a person's file, new or changed in its text; comments inside it stay."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING

from stackwatch.domain.watchlist import BilingualName

if TYPE_CHECKING:  # only writing needs it
    from tomlkit import TOMLDocument
    from tomlkit.items import Table

Values = Mapping[str, object]
_NONE: Values = MappingProxyType({})


def table_text(kind: str, values: Values) -> str:
    """Return values as a ``[[kind]]`` table."""
    return changed_table(kind, "", lambda row: put_values(row, values))


def changed_table(kind: str, body: str, change: Callable[["Table"], None]) -> str:
    """Return a ``[[kind]]`` table, a new one where there is no ``body``, with a change made in it."""
    import tomlkit  # only writing needs it

    document = tomlkit.parse(body)
    if kind not in document:
        rows = tomlkit.aot()
        rows.append(tomlkit.table())
        document.add(kind, rows)
    change(document[kind][0])
    return tomlkit.dumps(document)


def put_values(row: "Table | TOMLDocument", values: Values, usual: Values = _NONE) -> None:
    """Change what differs: None goes, and what is ``usual`` and was never written stays out."""
    import tomlkit  # only writing needs it

    for key, value in values.items():
        wanted = _plain(value)
        if wanted is None:
            row.pop(key, None)
        elif _plain(row[key] if key in row else usual.get(key)) != wanted:
            if isinstance(wanted, dict):
                row[key] = tomlkit.inline_table()
                row[key].update(wanted)
            else:
                row[key] = wanted


def _plain(value: object) -> object:
    """Return a value as TOML knows it, without its place in a text; tomlkit has booleans plain already."""
    if isinstance(value, BilingualName):
        return {"en": value.en, "ko": value.ko}
    if isinstance(value, tuple):
        return list(value)
    return value.unwrap() if hasattr(value, "unwrap") else value
