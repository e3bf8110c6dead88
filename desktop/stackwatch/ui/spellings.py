"""What else names are called in titles: products, people, former and short names."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from stackwatch.domain.lists.own_private import folded, is_common, known_spellings
from stackwatch.domain.watchlist import AliasPolicy, Ecosystem
from stackwatch.ui.kit.initials import begun, has_initials

_WORD = re.compile(r"[^\W_](?:[\w.&+-]*[^\W_])?")
_LEAST_LETTERS, _LEAST_SYLLABLES = 3, 2
_LEAST_INSIDE = 4  # letters of a later word


class Spellings:
    """The spellings of an ecosystem as it is now, besides symbols and names."""

    def __init__(self, ecosystem: Ecosystem) -> None:
        self._of: dict[str, dict[str, str]] = defaultdict(dict)  # of an entity, folded, as they are written
        for alias in known_spellings(ecosystem):
            if alias.policy not in (AliasPolicy.MARKED, AliasPolicy.BLOCK):  # what is blocked is nobody's
                for entity_id in alias.named:
                    self._of[entity_id].setdefault(folded(alias.text), alias.text)

    def of(self, entity_id: str) -> tuple[str, ...]:
        """Return the spellings of an entity as they are written."""
        return tuple(self._of.get(entity_id, {}).values())

    def beginning(self, entity_id: str, wanted: str) -> str | None:
        """Return the shortest spelling of an entity that begins with a folded text, as it is written.

        Where none does, one in which a later word begins so, but for everyday words: people are called by
        their last names.
        """
        if len(wanted) < (_LEAST_LETTERS if wanted.isascii() else _LEAST_SYLLABLES):
            return None
        if has_initials(wanted[0]):  # too many names of people and products begin so
            return None
        fits, spellings = begun(wanted).match, self._of.get(entity_id, {})
        begin = [written for text, written in spellings.items() if fits(text)]
        if not begin and len(wanted) >= _LEAST_INSIDE and not is_common(wanted):
            begin = [written for text, written in spellings.items() if f" {wanted}" in text]
        return min(begin, key=len, default=None)

    def named_in(self, text: str, keys: Mapping[str, Iterable[str]]) -> list[str]:
        """Return whom a text names, in its order; ``keys`` are symbols and names of entities, folded.

        Everyday words count only where nobody else is named, as a symbol in capitals or alone only, and a
        name inside a longer one does not.
        """
        words = [word.removesuffix("'s").removesuffix("\u2019s") for word in _WORD.findall(text)]
        written = _symbols_written(words)
        line = f" {' '.join(map(folded, words))} "
        found: dict[str, tuple[int, str]] = {}
        for entity_id, called in keys.items():
            symbol, *names = called
            spellings = {*names, *self._of.get(entity_id, ())}
            if _is_meant(symbol, written):
                spellings.add(symbol)
            places = [(len(each), line.find(_bounded(each)), each) for each in spellings if each]
            places = [place for place in places if place[1] >= 0 and _says_enough(place[2], written)]
            if places:
                _, place, spelling = max(places)
                found[entity_id] = place, spelling
        certain = {e: hit for e, hit in found.items() if _is_meant(hit[1], written)} or found
        longest = {spelling for _, spelling in certain.values()}
        outer = {e: hit for e, hit in certain.items() if not any(_inside(hit[1], each) for each in longest)}
        return sorted(outer, key=lambda entity_id: outer[entity_id][0])


def _symbols_written(words: Sequence[str]) -> set[str]:
    """Return what may be a symbol that is short or an everyday word: what is in capitals, or alone.

    In a sentence that is all in capitals they say nothing.
    """
    shouted = all(map(str.isupper, words)) and sum(is_common(folded(word)) for word in words) > 1
    return {word.upper() for word in words if len(words) == 1 or (word.isupper() and not shouted)}


def _bounded(spelling: str) -> str:
    """Return a spelling as it stands in a line of words: Korean has its particles right behind it."""
    return f" {spelling} " if spelling.isascii() else f" {spelling}"


def _is_meant(spelling: str, written: set[str]) -> bool:
    return not is_common(spelling) or spelling.upper() in written


def _says_enough(spelling: str, written: set[str]) -> bool:
    least = _LEAST_LETTERS if spelling.isascii() else _LEAST_SYLLABLES
    return len(spelling) >= least or spelling.upper() in written


def _inside(spelling: str, other: str) -> bool:
    return spelling != other and f" {spelling} " in f" {other} "
