"""How titles write the name of a share of the user's own, which a provider gives as the register does."""

import re
from collections.abc import Iterable

from stackwatch.domain.lists.own_private import folded, is_common, known_spellings
from stackwatch.domain.watchlist import Alias, AliasPolicy, Ecosystem, Instrument, is_short

_FORMS = frozenset(
    (
        *("inc", "incorporated", "corp", "corporation", "co", "company", "ltd", "limited", "llc", "lp"),
        *("plc", "nv", "sa", "se", "ag", "kgaa", "asa", "ab", "oyj", "spa"),
    )
)

_KOREAN_FORM = re.compile(r"\(주\)|\u321c|주식회사")
_LEAST_SYLLABLES = 3
NAMESAKE = ""  # whom a spelling names that is nobody's


def spellings_of(instruments: Iterable[Instrument], known: Ecosystem) -> list[Alias]:
    """Return the spellings by which titles name shares, none that begins as somebody else's does.

    That may be the same company's share elsewhere, whose the title is already. Of one number on two boards of
    an exchange the later one has it: there the other was found to be listed. Who was known as a namesake is
    none any more.
    """
    from stackwatch.domain.venues import boards_of_number  # not before the first paint

    names = (alias for alias in known_spellings(known) if alias.policy is not AliasPolicy.MARKED)
    owners = {folded(alias.text): alias.entity_id for alias in names}
    found: dict[str, Alias] = {}
    for instrument in instruments:
        text = _spelling(instrument.names.en)
        words = folded(text).split()
        begins = (" ".join(words[: place + 1]) for place in range(len(words)))
        others = {owners[begin] for begin in begins if begin in owners}
        allowed = {*boards_of_number(instrument.symbol)}
        if owners.get(folded(text)) == NAMESAKE:
            allowed.add(NAMESAKE)
        if words and others <= allowed:
            owners[folded(text)] = instrument.symbol
            found[folded(text)] = Alias(text=text, entity_id=instrument.symbol)
    return list(found.values())


def _spelling(name_in_full: str) -> str:
    """Return a name without the form that the law gives it, empty where that may mean something else.

    A single word may (Southern, Visa): it counts with the form behind it alone. In Hangul three syllables are
    a name, unless they are a word.
    """
    if is_korean(name_in_full):
        korean = _KOREAN_FORM.sub("", name_in_full).strip()
        return "" if len(korean) < _LEAST_SYLLABLES or is_common(korean) else korean
    words = name_in_full.replace(",", " ").split()
    form = next((place for place, word in enumerate(words) if place and _is_form(word)), len(words))
    name = words[1:form] if words[:1] == ["The"] else words[:form]
    if len(name) <= 1 or all(map(is_common, name)):
        name = words[: form + 1] if form < len(words) else []
    text = " ".join(name).rstrip(".")
    return "" if is_short(text) else text  # which no file takes


def is_korean(name: str) -> bool:
    """Whether a name is written in Hangul, if only in part."""
    return any("가" <= letter <= "힣" for letter in name)


def _is_form(word: str) -> bool:
    return word.replace(".", "").replace("/", "").casefold() in _FORMS
