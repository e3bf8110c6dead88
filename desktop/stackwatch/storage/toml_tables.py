"""Values as a TOML table of a person's file, new or changed in its text."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # only writing needs it
    from tomlkit.items import Table


def table_text(kind: str, values: Mapping[str, object]) -> str:
    """Return values as a ``[[kind]]`` table."""
    import tomlkit  # noqa: PLC0415 - only writing needs it

    row = tomlkit.table()
    _fill(row, values)
    rows = tomlkit.aot()
    rows.append(row)
    document = tomlkit.document()
    document.add(kind, rows)
    return tomlkit.dumps(document)


def changed_table(kind: str, body: str, wanted: Mapping[str, object]) -> str:
    """Return a ``[[kind]]`` table with what differs changed; comments inside it stay."""
    import tomlkit  # noqa: PLC0415 - only writing needs it

    document = tomlkit.parse(body)
    table: Table = document[kind][0]
    now = {key: table[key].unwrap() if hasattr(table[key], "unwrap") else table[key] for key in table}
    _fill(table, {key: value for key, value in wanted.items() if now.get(key) != value})
    return tomlkit.dumps(document)


def _fill(row: "Table", values: Mapping[str, object]) -> None:
    import tomlkit  # noqa: PLC0415 - only writing needs it

    for key, value in values.items():
        if isinstance(value, dict):
            inline = tomlkit.inline_table()
            inline.update(value)
            row[key] = inline
        else:
            row[key] = value
