"""Lists of other programs: TradingView's text, Yahoo's CSV, and our own TOML, in and out.

Every line that cannot be used is named with its number and why; the rest is kept.
"""

import csv
import io
import re
import unicodedata
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from stackwatch.domain.errors import BadInputError
from stackwatch.domain.list_events import ListRead
from stackwatch.domain.lists import list_editing as editing
from stackwatch.domain.lists.own_private import named_so, spelling_faults
from stackwatch.domain.venues import from_tradingview, own_instrument, to_tradingview
from stackwatch.domain.watchlist import BilingualName, Ecosystem, Instrument, Layer, OwnEntity, Watchlist
from stackwatch.domain.words.format import plain
from stackwatch.storage.cells import cell
from stackwatch.storage.ecosystem.own_private import alias_block, entity_block, is_plain
from stackwatch.storage.lists.list_tables import BrokenRow, TableHead, find_head, table_rows
from stackwatch.storage.lists.list_writing import whole_text
from stackwatch.storage.lists.watchlist_file import exported_rows
from stackwatch.storage.text_lines import open_file, refuse_no_text
from stackwatch.storage.toml.toml_fields import refuse_duplicates
from stackwatch.storage.whole_file import write_whole

YAHOO_HEADER = (
    *("Symbol", "Current Price", "Date", "Time", "Change", "Open", "High", "Low", "Volume", "Trade Date"),
    *("Purchase Price", "Quantity", "Commission", "High Limit", "Low Limit", "Comment"),
)
_MAX_BYTES = 2_000_000
_MAX_NAMES = 2_000
_NAME = 80
_SECTION = "###"
_QUOTED = re.compile(r"\"([^\"]*)\"|'([^']*)'")
_EXCHANGES = {"NASDAQ": "Nasdaq", "NYSE": "NYSE", "AMEX": "NYSE Arca"}


def read_list(path: Path, ecosystem: Ecosystem, taken: Collection[str]) -> ListRead:
    """Read a list of any of the three kinds; its id is none of ``taken``.

    Raises BadInputError where the file is none of them, or holds no name that can be used.
    """
    text = _text(path)
    reading = _Reading(ecosystem)
    if path.suffix.lower() == ".toml":
        reading.toml(path, text)
    elif (head := find_head(text)) is not None:
        reading.table(text, head)
    else:
        reading.tradingview(text)
    made = reading.watchlist(_composed(path.stem), taken)
    if not made.symbols and not made.entities:
        why = f"; line {reading.bad[0][0]}: {reading.bad[0][1]}" if reading.bad else ""
        raise BadInputError(f"{path}: holds no name that can be used{why}")
    return ListRead(made, tuple(reading.added.values()), tuple(reading.bad), tuple(reading.own.values()))


def write_list(path: Path, watchlist: Watchlist, ecosystem: Ecosystem) -> int:
    """Write a list as .txt (TradingView), .csv (Yahoo) or .toml, by the name; raises BadInputError.

    Returns how many private names are left out: only .toml holds them.
    """
    kind = path.suffix.lower()
    match kind:
        case ".txt":
            text = _tradingview(watchlist, ecosystem)
        case ".csv":
            text = _yahoo(watchlist)
        case ".toml":
            text = whole_text(watchlist) + _own_tables(watchlist, ecosystem)
        case _:
            raise BadInputError(f"{path}: expected a name that ends in .txt, .csv or .toml")
    write_whole(path, text)
    return 0 if kind == ".toml" else len(watchlist.entities)


def _text(path: Path) -> str:
    try:
        with open_file(path) as file:
            raw = file.read(_MAX_BYTES + 1)
    except OSError as fault:
        raise BadInputError(f"{path}: cannot be read ({fault.strerror})") from fault
    if len(raw) > _MAX_BYTES:
        raise BadInputError(f"{path}: larger than {_MAX_BYTES:,} bytes; expected a list of names")
    refuse_no_text(path, raw[:4])
    for encoding in ("utf-8-sig", "cp949"):
        try:
            return _composed(raw.decode(encoding))
        except UnicodeDecodeError:
            continue
    raise BadInputError(f"{path}: neither UTF-8 nor CP949 text")


def _composed(text: str) -> str:
    """Return a text whose Hangul is put together: macOS writes it in its parts, by which nothing finds it."""
    return unicodedata.normalize("NFC", text)


class _Reading:
    """Collects the names of a file by section."""

    def __init__(self, ecosystem: Ecosystem) -> None:
        self._known = ecosystem.instruments
        self._private = ecosystem.private
        self.added: dict[str, Instrument] = {}
        self.bad: list[tuple[int, str]] = []
        self._seen: set[str] = set()
        self._names: dict[str, str] = {}  # symbols by what they are called
        self._sections: dict[str, list[str]] = {}
        self._base: Watchlist | None = None
        self._ecosystem = ecosystem
        self.own: dict[str, OwnEntity] = {}
        self._called: dict[str, str] = {}  # by its id in the file, the one it has here

    def tradingview(self, text: str) -> None:
        """Read ``EXCHANGE:TICKER``, between commas or line ends, with ``###Section``."""
        section = ""
        for line, token in _tokens(text):
            if token.startswith(_SECTION):
                section = plain(token[len(_SECTION) :], _NAME)
                self._sections.setdefault(section, [])
                continue
            symbol = from_tradingview(token, self._known)
            exchange = token.rpartition(":")[0].strip().upper()
            if symbol is None:
                self._leave_out(line, _no_symbol(token))
            else:
                self._take(line, section, symbol, symbol, _EXCHANGES.get(exchange, ""))

    def table(self, text: str, head: TableHead) -> None:
        """Read the table of a portfolio: its symbols, else names, and as sections its comments."""
        for row in table_rows(text, head):
            if isinstance(row, BrokenRow):
                self._leave_out(row.line, row.reason)
                continue
            symbol = from_tradingview(row.symbol, self._known) if row.symbol else None
            symbol = symbol or self._called_so(row.symbol) or self._called_so(row.name)
            if symbol is None:
                self._leave_out(row.line, _no_symbol(row.symbol or row.name))
            else:
                name = plain(row.name, _NAME) or symbol
                self._take(row.line, plain(row.section, _NAME), symbol, name, "")

    def _called_so(self, name: str) -> str | None:
        """Return the known symbol that has a name, or is written as one."""
        if not self._names:
            for symbol, instrument in self._known.items():
                for each in (symbol, instrument.names.en, instrument.names.ko):
                    self._names.setdefault(each.casefold(), symbol)
        return self._names.get(name.casefold())

    def toml(self, path: Path, text: str) -> None:
        """Read a list of our own; names that nobody knows are left out, with the line they stand in."""
        raw, brought = exported_rows(path)
        refuse_duplicates(path, "layer id", (layer.id for layer in raw.layers))
        lines = _lines_of_words(text)
        self._bring(brought, raw, lines)

        def line_of(name: str) -> int:
            return lines.get(name, 0)

        layers = []
        top = self._entities(raw.private, line_of)
        for layer in raw.layers:
            kept = tuple(s for s in layer.symbols if self._usable(line_of(s), s, s, ""))
            benchmark = layer.benchmark if layer.benchmark in self._known else None
            if benchmark != layer.benchmark:
                self._leave_out(line_of(layer.benchmark or ""), f"benchmark {layer.benchmark} is not known")
            private = self._entities(layer.private, line_of)
            layers.append(replace(layer, symbols=kept, private=private, benchmark=benchmark))
        self._base = replace(raw, layers=tuple(layers), private=top)

    def watchlist(self, stem: str, taken: Collection[str]) -> Watchlist:
        """Return what was read as a list with an id of its own."""
        name = plain(stem, _NAME) or "list"
        if self._base is not None:
            new = (
                self._base.id if self._base.id not in taken else editing.free_id(self._base.id, taken, "list")
            )
            return replace(self._base, id=new)
        ids: set[str] = set()
        layers = []
        homes = self._usual_layers()
        usual = {_as_section(name): names for names in homes for name in (names.en, names.ko)}
        usual[""] = editing.UNNAMED
        for section, symbols in self._sections.items():
            if not section and not symbols:
                continue
            names = usual.get(_as_section(section), BilingualName(section, section))
            home = homes.get(names)
            layer_id = editing.free_layer_id(names.en, ids) if home is None or home in ids else home
            ids.add(layer_id)
            layers.append(Layer(id=layer_id, names=names, symbols=tuple(symbols)))
        list_id = editing.free_id(name, taken, "list")
        return Watchlist(id=list_id, names=BilingualName(name, name), layers=tuple(layers), private=())

    def _usual_layers(self) -> dict[BilingualName, str | None]:
        """Return the ids of layers by their names, those where known names belong and the two of no kind.

        Other files hold a layer's name in one language only; its id is what rules are about.
        """
        homes: dict[BilingualName, str | None] = dict.fromkeys((editing.UNNAMED, editing.OTHER))
        for layer_id in {instrument.layer for instrument in self._known.values()}:
            if layer_id in self._ecosystem.layers:
                homes[self._ecosystem.layers[layer_id]] = layer_id
        return homes

    def _entities(self, ids: Collection[str], line_of: Callable[[str], int]) -> tuple[str, ...]:
        kept = []
        for written in ids:
            entity_id = self._called.get(written, written)
            if entity_id not in self._private and entity_id not in self.own:
                self._leave_out(line_of(entity_id), f"{entity_id} is no known private company")
            elif entity_id in self._seen:
                self._leave_out(line_of(entity_id), f"{entity_id} stands in the list twice")
            else:
                self._seen.add(entity_id)
                kept.append(entity_id)
        return tuple(kept)

    def _bring(self, brought: Sequence[OwnEntity], raw: Watchlist, lines: Mapping[str, int]) -> None:
        """Take over private entities that the file tells about, those that are in its list and not known."""
        for own in brought:
            entity = own.entity
            if own.id not in raw.entities:
                continue
            names = (named_so(name, self._ecosystem) for name in (entity.names.en, entity.names.ko))
            known = next((name for name in names if name in self._private), None)
            if known is not None:
                self._called[own.id] = known
                continue
            taken = {*self._private, *self.own, *(layer.id for layer in raw.layers), raw.id}
            entity_id = own.id if own.id not in taken else editing.free_id(own.id, taken, entity.kind)
            self._called[own.id] = entity_id
            spelled = [
                replace(each, entity_id=entity_id, also=self._known_of(each.also)) for each in own.spellings
            ]
            made = replace(own, entity=replace(entity, id=entity_id), spellings=tuple(spelled))
            taken_texts = {fault.text for fault in spelling_faults(made, self._ecosystem) if fault.owner}
            for text in sorted(taken_texts):
                self._leave_out(lines.get(text, 0), f"spelling {plain(text, 40)} is taken")
            kept = tuple(alias for alias in spelled if alias.text not in taken_texts)
            self.own[entity_id] = replace(made, spellings=kept)

    def _known_of(self, entity_ids: Sequence[str]) -> tuple[str, ...]:
        """Return those that are known here, too."""
        known = {*self._ecosystem.instruments, *self._ecosystem.private}
        return tuple(each for each in entity_ids if each in known)

    def _take(self, line: int, section: str, symbol: str, name: str, exchange: str) -> None:
        if self._usable(line, symbol, name, exchange):
            self._sections.setdefault(section, []).append(symbol)

    def _usable(self, line: int, symbol: str, name: str, exchange: str) -> bool:
        """Whether a symbol can be watched; one that is not known becomes an instrument of the user's own."""
        shown = plain(symbol, 40)
        if symbol in self._seen:
            self._leave_out(line, f"{shown} stands in the list twice")
        elif len(self._seen) >= _MAX_NAMES:
            self._leave_out(line, f"at most {_MAX_NAMES:,} names are read")
        elif symbol in self._known:
            self._seen.add(symbol)
            return True
        else:
            made = own_instrument(symbol, name, exchange)
            if made is not None:
                self._seen.add(symbol)
                self.added[symbol] = made
                return True
            self._leave_out(line, _no_symbol(symbol))
        return False

    def _leave_out(self, line: int, reason: str) -> None:
        self.bad.append((line, reason))


def _own_tables(watchlist: Watchlist, ecosystem: Ecosystem) -> str:
    """Tell about the private entities of the user's own: where the list is read they are not known."""
    told = [ecosystem.own[entity_id] for entity_id in watchlist.entities if entity_id in ecosystem.own]
    careful = [alias for own in told for alias in own.spellings if not is_plain(alias)]
    blocks = (*(entity_block(own) for own in told), *(alias_block(alias) for alias in careful))
    return "".join(f"\n{block}" for block in blocks)


def _lines_of_words(text: str) -> dict[str, int]:
    """Return in which line each quoted word of a TOML text stands first."""
    found: dict[str, int] = {}
    for number, line in enumerate(text.splitlines(), 1):
        for double, single in _QUOTED.findall(line):
            found.setdefault(double or single, number)
    return found


def _no_symbol(told: str) -> str:
    """Say that a cell names nothing; one that ends behind the exchange is named by that."""
    shown = plain(told.rstrip(": "), 40)
    return f"{shown} is no symbol of an exchange that the program knows" if shown else "an empty cell"


def _tokens(text: str) -> Iterator[tuple[int, str]]:
    for number, line in enumerate(text.splitlines(), 1):
        for token in line.split(","):
            if token.strip():
                yield number, token.strip()


def _as_section(name: str) -> str:
    """Return a layer's name as a section has it, which a comma would end."""
    return plain(name.replace(",", " /"), _NAME)


def _tradingview(watchlist: Watchlist, ecosystem: Ecosystem) -> str:
    lines = []
    for layer in watchlist.layers:
        lines.append(f"{_SECTION}{_as_section(layer.names.en)}")
        lines += [to_tradingview(s, ecosystem.instruments[s].exchange) for s in layer.symbols]
    return "\n".join(lines) + "\n"


def _yahoo(watchlist: Watchlist) -> str:
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(YAHOO_HEADER)
    blank = [""] * (len(YAHOO_HEADER) - 2)
    for layer in watchlist.layers:
        for symbol in layer.symbols:
            writer.writerow([cell(symbol), *blank, cell(layer.names.en)])
    return out.getvalue()
