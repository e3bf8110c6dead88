"""How names are found by what is typed: symbol, name in either language, consonants, what titles call it."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum

from stackwatch.domain.lists.own_private import folded
from stackwatch.domain.watchlist import Ecosystem
from stackwatch.domain.words.typed import keyed
from stackwatch.ui.kit.initials import begun, has_initials, keys_of
from stackwatch.ui.spellings import Spellings

_MOST_NEAR = 4
_KOREAN = re.compile("[가-힣]+")  # what follows SK, LG or HD in one word
_LEAST_LETTERS = 3  # of what a company does
_LEAST_KEYS = {True: 4, False: 2}  # of Latin letters that are Korean, and of Korean ones that are Latin


class Rank(IntEnum):
    """How well a name fits, the best first."""

    WHOLE = 0
    START = 1
    WORD = 2
    PART = 3
    CALLED = 4  # what titles call just so
    BEGUN = 5  # once the last syllable is whole
    SPELT = 6  # what titles call by something that begins so
    DOES = 7  # what its company does
    MISS = 8


@dataclass(frozen=True, slots=True)
class Named:
    """What something is found by, folded: its symbol or id with its names, the Korean last, what it does."""

    id: str
    keys: tuple[str, ...]
    does: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Hit:
    """One that was found, and the spelling by which it was, if that is no name of it."""

    id: str
    rank: Rank
    spelling: str = ""


def named(entity_id: str, ecosystem: Ecosystem) -> Named:
    """Return what an entity is found by."""
    names, business = ecosystem.names_of(entity_id), ecosystem.business_of(entity_id)
    keys = (fold(entity_id), fold(names.en), fold(names.ko))
    does = () if business is None else (fold(business.en).replace("-", " "), fold(business.ko))
    return Named(entity_id, keys, does)


def ranked(names: Iterable[Named], wanted: str, spellings: Spellings) -> list[Hit]:
    """Return those that a folded text fits, the best first."""
    hits = (_hit(name, wanted, spellings) for name in names)
    return sorted((hit for hit in hits if hit.rank is not Rank.MISS), key=lambda hit: hit.rank)


def _hit(name: Named, wanted: str, spellings: Spellings) -> Hit:
    rank = _rank(name, wanted)
    if rank >= Rank.BEGUN and (spelt := spellings.beginning(name.id, wanted)) is not None:
        called = Rank.CALLED if folded(spelt) == folded(wanted) else Rank.SPELT
        if called < rank:
            return Hit(name.id, called, spelt)
    return Hit(name.id, Rank.DOES if rank is Rank.MISS and _does(name, wanted) else rank)


def misspelt_names(names: Iterable[Named], wanted: str) -> list[str]:
    """Return what has a name, or a word in one, that was misspelt, the likeliest first."""
    from stackwatch.analysis.words.spelling import letters, misspelt  # only where nothing else is found

    typed, near = letters(wanted), []
    for name in names:
        called = name.keys[1:]
        parts = {letters(part) for key in called for part in _parts(key)}
        wrong = [far for part in parts if (far := misspelt(typed, part)) is not None]
        if wrong:
            near.append((min(wrong), name.id))
    near.sort(key=lambda pair: pair[0])
    return [entity_id for _, entity_id in near[:_MOST_NEAR]]


def typed_otherwise(names: Iterable[Named], wanted: str) -> list[str]:
    """Return what is called by what the same keys type in the other script: tkatjd is 삼성, ㅜㅍㅇㅁ is nvda.

    Those that are called just so come first.
    """
    typed, found = keys_of(wanted), []
    if len(wanted) < _LEAST_KEYS[wanted.isascii()]:
        return []
    for name in names:
        if any(keys_of(part).startswith(typed) for key in name.keys for part in _parts(key)):
            words = (word for key in name.keys for word in (key, *key.split()))
            found.append((typed not in map(keys_of, words), name.id))
    found.sort(key=lambda pair: pair[0])
    return [each for _, each in found[:_MOST_NEAR]]


def find_names(names: Iterable[Named], text: str, spellings: Spellings) -> list[Hit]:
    """Return those that a text fits; where none does, those that it names, or whose name it nearly is.

    That is typed on the other keyboard, or spelt nearly so.
    """
    by_id = {name.id: name for name in names}
    wanted = fold(text)
    if hits := ranked(by_id.values(), wanted, spellings):
        return hits
    inside = spellings.named_in(text, {name.id: name.keys for name in by_id.values()})
    near = inside or typed_otherwise(by_id.values(), wanted) or misspelt_names(by_id.values(), wanted)
    return [Hit(each, Rank.MISS) for each in near]


def _parts(name: str) -> tuple[str, ...]:
    """Return a folded name, its words, and what is Korean in one word with SK, LG or HD."""
    return name, *name.split(), *_KOREAN.findall(name)


def fold(text: str) -> str:
    """Return a text as it is compared; a data centre is spelt the American way, too."""
    # NFKC would turn the compatibility letters that keyboards send into conjoining ones.
    return keyed(unicodedata.normalize("NFC", text).casefold()).strip().replace("centre", "center")


def _does(name: Named, wanted: str) -> bool:
    """Whether a word of what a company does begins so; Korean runs words together."""
    if not wanted.isascii():
        return len(wanted) > 1 and any(wanted in does for does in name.does)
    return len(wanted) >= _LEAST_LETTERS and any(f" {wanted}" in f" {does}" for does in name.does)


def _rank(name: Named, wanted: str) -> Rank:
    if wanted in name.keys:
        return Rank.WHOLE
    if any(key.startswith(wanted) for key in name.keys):
        return Rank.START
    if any(f" {wanted}" in key for key in name.keys):
        return Rank.WORD
    if any(wanted in key for key in name.keys):
        return Rank.PART
    where = None if wanted.isascii() else begun(wanted).search(name.keys[-1])
    if where is None:
        return Rank.MISS
    if not has_initials(wanted):
        return Rank.BEGUN
    return Rank.WORD if where.start() else Rank.START
