"""The kinds of fields that the TOML files share."""

from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Annotated

from msgspec import Meta, Struct

from stackwatch.domain.errors import BadInputError
from stackwatch.domain.watchlist import BilingualName
from stackwatch.storage.toml.toml_files import place

Day = date  # under a name that a field called date does not hide
Text = Annotated[str, Meta(min_length=1, max_length=400)]
Symbol = Annotated[str, Meta(pattern=r"^[A-Z0-9^][A-Z0-9.\-^=]{0,19}$")]
EntityId = Annotated[str, Meta(pattern=r"^[A-Za-z0-9^][A-Za-z0-9_.\-^=]{0,39}$")]
Slug = Annotated[str, Meta(pattern=r"^[a-z0-9][a-z0-9_\-]{0,39}$")]


class NamesRow(Struct, forbid_unknown_fields=True, frozen=True):
    """A name in both languages."""

    en: Text
    ko: Text

    def value(self) -> BilingualName:
        """Return the domain value."""
        return BilingualName(self.en, self.ko)


def refuse_duplicates(path: Path, what: str, values: Iterable[str], table: str = "") -> None:
    """Raise BadInputError when a value comes twice; ``what`` names its kind, ``table`` holds one each."""
    seen: set[str] = set()
    for index, value in enumerate(values):
        if value in seen:
            where = place(path, table, index) if table else str(path)
            raise BadInputError(f"{where}: {what} {value} is given twice; each may be given once")
        seen.add(value)
