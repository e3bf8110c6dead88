"""Instruments of the user's own, beside those that ship: what a search found and was put into a list."""

from collections.abc import Sequence
from pathlib import Path

from stackwatch.domain.lists.own_names import is_korean, spellings_of
from stackwatch.domain.watchlist import Ecosystem, Instrument
from stackwatch.storage.ecosystem.ecosystem_files import with_own_instruments
from stackwatch.storage.toml.toml_cutting import text_of
from stackwatch.storage.toml.toml_tables import table_text
from stackwatch.storage.whole_file import is_there, write_own

_HEAD = """# Instruments of your own, added by a search or an import. Stackwatch keeps your comments.

version = 1
"""


def add_instruments(path: Path, instruments: Sequence[Instrument], shipped: Ecosystem) -> None:
    """Add instruments to the end of a file; raises BadInputError where what is there cannot be read."""
    known = with_own_instruments(shipped, path) if is_there(path) else shipped
    new = [instrument for instrument in instruments if instrument.symbol not in known.instruments]
    if not new:
        return
    text = text_of(path, _HEAD).rstrip("\n") + "\n"
    spelled = {alias.entity_id: alias.text for alias in spellings_of(new, known)}
    made = text + "".join(_block(instrument, spelled.get(instrument.symbol)) for instrument in new)
    write_own(path, made, lambda draft: with_own_instruments(shipped, draft))


def _block(instrument: Instrument, spelling: str | None) -> str:
    values: dict[str, object] = {
        "symbol": instrument.symbol,
        "name": instrument.names,
        "exchange": instrument.exchange,
        "currency": instrument.currency,
        "timezone": instrument.timezone,
        "calendar": instrument.calendar,
        "benchmark": instrument.benchmark,
    }
    if spelling is not None:
        values["aliases_ko" if is_korean(spelling) else "aliases_en"] = [spelling]
    return "\n" + table_text("instrument", values)
