"""Whom a word of the command line means: a symbol, or a name in either language."""

import re
from difflib import get_close_matches

from stackwatch.domain.errors import BadInputError
from stackwatch.domain.lists.own_private import folded
from stackwatch.domain.venues import boards_of_number, from_tradingview
from stackwatch.domain.watchlist import Ecosystem, Language

_MOST_NAMED = 5
_SYMBOL = re.compile(r"[A-Z0-9^][A-Z0-9.\-^=&]{0,19}")  # of any exchange that Yahoo knows
_NEAR = 0.75  # shares of the letters that agree


def listed_symbol(word: str, ecosystem: Ecosystem) -> str:
    """Return the symbol that a word means; raises BadInputError that says what comes near."""
    symbol = symbol_meant(word, ecosystem)
    if symbol is not None:
        return symbol
    hint, word = _hint(word, ecosystem), word.strip() or repr(word)
    raise BadInputError(
        f"{word} is not a listed instrument of this program; expected a symbol such as NVDA, or a name{hint}"
    )


def quoted_symbol(word: str, ecosystem: Ecosystem) -> str:
    """Return whose quote a word asks for, also of a symbol that only the source may know.

    Raises BadInputError for a word that is neither a name nor could be a symbol.
    """
    symbol = symbol_meant(word, ecosystem) or _as_yahoo(word, ecosystem).strip().upper()
    if not _SYMBOL.fullmatch(symbol):
        hint = _hint(word, ecosystem)
        raise BadInputError(f"{word!r} is not a symbol; expected one such as NVDA or 005930.KS{hint}")
    return symbol


def symbol_meant(word: str, ecosystem: Ecosystem) -> str | None:
    """Return the symbol that a word means, None for an unknown one.

    Raises BadInputError where it means several, or what is not listed.
    """
    meant = _entities_meant(_as_yahoo(word, ecosystem), ecosystem)
    symbols = [entity_id for entity_id in meant if entity_id in ecosystem.instruments]
    if symbols and set(symbols[:-1]).issubset(boards_of_number(symbols[-1])):
        return symbols[-1]  # the board on which it was found last
    if len(symbols) > 1:
        raise BadInputError(f"{word} means {', '.join(symbols)}; expected one of these symbols")
    if meant and not symbols:
        raise BadInputError(_unlisted(meant[0], ecosystem))
    return None


def _as_yahoo(word: str, ecosystem: Ecosystem) -> str:
    """Return a symbol (``$NVDA``, ``KRX:005930``, ``700.HK``) as Yahoo writes it, another word as it is."""
    if ":" in word or "." in word:
        return from_tradingview(word, ecosystem.instruments) or word
    return word.strip().removeprefix("$") or word


def _entities_meant(word: str, ecosystem: Ecosystem) -> tuple[str, ...]:
    """Return the ids of what a word names: a symbol or an id alone, else all that are spelled so."""
    for entity_id in (word.upper(), word.lower()):
        if entity_id in ecosystem.instruments or entity_id in ecosystem.private:
            return (entity_id,)
    return tuple(_spellings(ecosystem).get(folded(word), ()))


def _spellings(ecosystem: Ecosystem) -> dict[str, list[str]]:
    """Return who is called what: names in both languages, and what titles call them."""
    spelled: dict[str, list[str]] = {}
    ids = (*ecosystem.instruments, *ecosystem.private)
    names = [(text, each) for each in ids for text in (ecosystem.names_of(each).get(x) for x in Language)]
    titled = [(alias.text, each) for alias in ecosystem.aliases for each in alias.named]
    for text, entity_id in (*names, *titled):
        same = spelled.setdefault(folded(text), [])
        if entity_id not in same:
            same.append(entity_id)
    return spelled


def _hint(word: str, ecosystem: Ecosystem) -> str:
    """Return what to add about a name that is spelled nearly so."""
    spelled = _spellings(ecosystem)
    near = get_close_matches(folded(word), spelled, n=1, cutoff=_NEAR)
    return f"; did you mean {', '.join(spelled[near[0]])}?" if near else ""


def _unlisted(entity_id: str, ecosystem: Ecosystem) -> str:
    """Say that a private company has no price, and whose prices its news may move."""
    name = ecosystem.names_of(entity_id).get(Language.ENGLISH)
    ends = [(edge.source, edge.target) for edge in ecosystem.exposures if edge.until is None]
    tied = [b if a == entity_id else a for a, b in ends if entity_id in (a, b)]
    symbols = [each for each in dict.fromkeys(tied) if each in ecosystem.instruments][:_MOST_NAMED]
    instead = f"; tied to it are {', '.join(symbols)}" if symbols else ""
    return f"{name} is not listed, so that it has no price of its own{instead}"
