"""Load the spellings by which titles name an entity: plain names, tickers, and those that need care."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path
from types import MappingProxyType

from msgspec import Struct

from stackwatch.domain.errors import BadInputError
from stackwatch.domain.watchlist import Alias, AliasPolicy, is_short
from stackwatch.storage.toml.toml_fields import EntityId, Symbol, Text, refuse_duplicates
from stackwatch.storage.toml.toml_files import place, read_toml

_FINANCE = "@finance"  # stands for all finance words
_LEAD = "@lead"  # stands for all lead words
_ACT = "@act"  # stands for all act words, right behind the name
_SHARED = ("@sport", "@culture", "^@town", "@people^", "^@people")
_SELDOM = ("@act", "@business")
_COMPANY = "@company"
_SIGNS = frozenset((_FINANCE, _LEAD, _ACT))
_Classes = tuple[tuple[str, ...], ...]
_Sorted = tuple[tuple[str, ...], _Classes]  # words, and the classes that signs among them stand for


class AliasRow(Struct, forbid_unknown_fields=True, frozen=True):
    """A spelling as it is written."""

    text: Text
    entity: EntityId
    policy: AliasPolicy = AliasPolicy.ALWAYS
    context: tuple[Text, ...] = ()
    unless: tuple[Text, ...] = ()
    leads: tuple[Text, ...] = ()
    also: tuple[EntityId, ...] = ()

    @property
    def named(self) -> tuple[str, ...]:
        """Whom it names."""
        return (self.entity, *self.also)


class _BlockRow(Struct, forbid_unknown_fields=True, frozen=True):
    text: Text


class AliasesFile(Struct, forbid_unknown_fields=True, frozen=True):
    """What ``aliases.toml`` holds."""

    version: int
    safe_tickers: tuple[Symbol, ...] = ()
    finance_words: tuple[Text, ...] = ()
    lead_words: tuple[Text, ...] = ()
    act_words: tuple[Text, ...] = ()
    classes: dict[str, tuple[Text, ...]] = {}
    coined: tuple[Text, ...] = ()
    shared: tuple[Text, ...] = ()
    seldom: tuple[Text, ...] = ()
    alias: tuple[AliasRow, ...] = ()
    block: tuple[_BlockRow, ...] = ()


def load_aliases(
    path: Path, known: Iterable[str], names: Mapping[str, str], *, tickers: bool = True
) -> tuple[Alias, ...]:
    """Merge plain ``names``, ``tickers`` and the careful spellings of a file; the careful ones win.

    Raises BadInputError for an entity that is not ``known`` and for a spelling given twice.
    """
    ids = frozenset(known)
    file = read_toml(path, AliasesFile)
    table = {text: Alias(text=text, entity_id=owner) for text, owner in names.items()}
    refuse_duplicates(path, "alias", [*(row.text for row in file.alias), *(row.text for row in file.block)])
    for symbol in file.safe_tickers:
        if symbol in ids:
            table.setdefault(symbol, Alias(text=symbol, entity_id=symbol))
    behind = tuple(f"^{word}" for word in file.act_words)
    classes = {f"@{name}": words for name, words in file.classes.items()}
    meant = {**classes, _FINANCE: file.finance_words, _LEAD: file.lead_words, _ACT: behind}
    table |= {alias.text: alias for alias in alias_rows(path, file.alias, ids, meant)}
    _mark_kinds(table, file, meant)
    for block in file.block:
        table[block.text] = Alias(text=block.text, entity_id="", policy=AliasPolicy.BLOCK)
    if not tickers:
        return tuple(table.values())
    symbols = sorted(symbol for symbol in ids if symbol.isupper() or symbol[0].isdigit())
    return (*table.values(), *ticker_aliases(symbols))


def _mark_kinds(table: dict[str, Alias], file: AliasesFile, meant: Mapping[str, tuple[str, ...]]) -> None:
    """Make what a file says of many names at once part of their spellings."""
    for text in table.keys() & set(file.coined):
        table[text] = replace(table[text], coined=True)
    words, namesakes = _unless(_SHARED, meant)
    for text in table.keys() & set(file.shared):
        known = table[text]
        classes = _joined(known.unless_classes, namesakes)
        table[text] = replace(known, unless=(*known.unless, *words), unless_classes=classes)
    words, business = _context((*_SELDOM, _COMPANY), meant)
    for text in table.keys() & set(file.seldom):
        known = table[text]
        careful = replace(known, policy=AliasPolicy.CONTEXT, context=(*known.context, *words))
        table[text] = replace(careful, context_classes=_joined(known.context_classes, business))


def _joined(some: _Classes, others: _Classes) -> _Classes:
    return (*some, *(words for words in others if words not in some))


def ticker_aliases(symbols: Iterable[str]) -> tuple[Alias, ...]:
    """Return how titles may name ``symbols``: by a ticker marked as one, or one with its market (7203.T)."""
    named = tuple(symbols)
    marked = (Alias(text=bare_ticker(x), entity_id=x, policy=AliasPolicy.MARKED) for x in named)
    return (*marked, *(Alias(text=symbol, entity_id=symbol) for symbol in named if "." in symbol))


def alias_rows(
    path: Path,
    rows: Sequence[AliasRow],
    ids: Collection[str],
    meant: Mapping[str, tuple[str, ...]] = MappingProxyType({}),
) -> tuple[Alias, ...]:
    """Return the careful spellings of a file, with what signs among their words are ``meant`` for.

    Raises BadInputError for one of nobody in ``ids``.
    """
    for index, row in enumerate(rows):
        _check(row, path, index, ids)
    return tuple(_alias(row, meant) for row in rows)


def _check(row: AliasRow, path: Path, index: int, ids: Collection[str]) -> None:
    fault = ""
    if unknown := next((each for each in row.named if each not in ids), None):
        fault = f"{unknown} is neither a known symbol nor a private id"
    elif row.policy is AliasPolicy.ALWAYS and is_short(row.text):
        fault = "a single letter needs policy context, with words beside it"
    elif row.policy is AliasPolicy.CONTEXT and not row.context:
        fault = "policy context needs at least one context word"
    elif row.policy is AliasPolicy.BLOCK:
        fault = "policy block is a table of its own; expected [[block]]"
    if fault:
        raise BadInputError(f"{place(path, 'alias', index)}: alias {row.text!r}: {fault}")


def _alias(row: AliasRow, meant: Mapping[str, tuple[str, ...]]) -> Alias:
    context, context_classes = _context(row.context, meant)
    unless, unless_classes = _unless(row.unless, meant)
    leads = (word for word in row.leads if word not in meant and word not in _SIGNS)
    return Alias(
        text=row.text,
        entity_id=row.entity,
        policy=row.policy,
        context=context,
        context_classes=context_classes,
        unless=unless,
        unless_classes=unless_classes,
        leads=(*leads, *(word for sign in row.leads for word in meant.get(sign, ()))),
        also=row.also,
    )


def _context(words: tuple[str, ...], meant: Mapping[str, tuple[str, ...]]) -> _Sorted:
    """Return words and their classes, of which English ones count whole, Korean ones inside others, too."""
    plain = tuple(word for word in words if word not in meant and word not in _SIGNS)
    signs = (sign for sign in words if sign in meant)
    return plain, tuple(meant[sign] if sign in _SIGNS else _inside(meant[sign]) for sign in signs)


def _unless(words: tuple[str, ...], meant: Mapping[str, tuple[str, ...]]) -> _Sorted:
    """Return words and their classes: those of ``@sport`` count anywhere, of ``^@town`` right behind."""
    plain = tuple(word for word in words if word.strip("^") not in meant)
    signs = ((meant.get(sign.strip("^")), sign) for sign in words)
    return plain, tuple(
        _beside(some, sign.startswith("^"), sign.endswith("^")) for some, sign in signs if some is not None
    )


@cache  # so that many names hold the same words
def _inside(words: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(f"={word}" if word.isascii() and word.isalnum() else word for word in words)


@cache
def _beside(words: tuple[str, ...], behind: bool, before: bool) -> tuple[str, ...]:  # noqa: FBT001 - cached
    """Return the words of a class, marked as those of one, and as standing right beside a name."""
    return tuple(each if " " in each else f"{'^' * behind}={each}{'^' * before}" for each in words)


def bare_ticker(symbol: str) -> str:
    """Return a ticker without its market; letters keep theirs: ``$SU`` is Suncor, not Schneider (SU.PA)."""
    return symbol.partition(".")[0] if symbol[0].isdigit() else symbol
