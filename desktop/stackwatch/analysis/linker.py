"""Find the companies a headline is about. Boundaries decide, not the engine that scans.

English, Korean and mixed titles. A Latin edge may not touch a letter or digit; a Hangul edge may not be
preceded by Hangul, and what follows must be nothing or a particle that agrees with the last syllable.
The longest spelling wins, so that a namesake listed as a block swallows the match.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from ahocorasick_rs import AhoCorasick, MatchKind

from stackwatch.analysis.hangul import is_hangul, particle_agrees
from stackwatch.domain.news import Mention
from stackwatch.domain.watchlist import Alias, AliasPolicy

MAX_TITLE = 2_000
_MARKED = re.compile(
    r"\$(?P<cash>[A-Za-z]{1,5}(?:\.[A-Za-z]{1,2})?)(?![A-Za-z0-9_])"
    r"|\((?:(?P<mic>[A-Za-z][A-Za-z .]{1,11})\s?:\s?)?(?P<paren>[A-Z0-9]{1,6}(?:\.[A-Z]{1,2})?)\)"
    r"|(?<![A-Za-z])(?:NASDAQ|Nasdaq|NYSE|KRX|TSE|TYO|TWSE|LSE)\s?:\s?(?P<exchange>[A-Z0-9]{1,6}(?:\.[A-Z]{1,2})?)"
    r"(?![A-Za-z0-9_])"
)
_POSSESSIVE = re.compile(r"^['\u2019]s\b")
_LATIN_WORD = re.compile(r"[A-Za-z0-9_]")


@dataclass(frozen=True, slots=True)
class Linked:
    """The mentions in one title, in order, and the entity it is mainly about.

    ``unknown_tickers`` are marked tickers that no entity owns.
    """

    mentions: tuple[Mention, ...]
    primary: str | None
    unknown_tickers: tuple[str, ...] = ()


class Linker:
    """Links titles to the entities of a fixed table of aliases."""

    def __init__(self, aliases: Sequence[Alias]) -> None:
        self._spelled = [alias for alias in aliases if alias.policy is not AliasPolicy.MARKED]
        self._patterns = [unicodedata.normalize("NFKC", alias.text).lower() for alias in self._spelled]
        self._cased = [_needs_exact_case(alias.text) for alias in self._spelled]
        self._contexts = [tuple(word.casefold() for word in alias.context) for alias in self._spelled]
        self._scanner = AhoCorasick(self._patterns, matchkind=MatchKind.LeftmostLongest)
        self._tickers: dict[str, str] = {}
        for alias in aliases:
            if alias.policy is AliasPolicy.MARKED:
                self._tickers.setdefault(alias.text, alias.entity_id)
                self._tickers.setdefault(alias.entity_id, alias.entity_id)

    def link(self, title: str) -> Linked:
        """Return the entities of ``title`` with offsets into it as given."""
        title = title[:MAX_TITLE]
        text, offsets = _normalise(title)
        lowered = text.lower()
        if len(lowered) != len(text):  # a letter whose lower case is longer, such as İ
            lowered = "".join(c.lower() if len(c.lower()) == 1 else c for c in text)
        found: list[Mention] = []
        for index, start, end in self._scanner.find_matches_as_indexes(lowered):
            alias = self._spelled[index]
            if alias.policy is AliasPolicy.BLOCK or not self._stands(index, text, start, end):
                continue
            if alias.policy is AliasPolicy.CONTEXT and not self._in_context(index, lowered, start, end):
                continue
            first, last = offsets[start], offsets[end - 1] + 1
            found.append(Mention(alias.entity_id, title[first:last], first, last))
        unknown: list[str] = []
        if "$" in text or "(" in text or ":" in text:
            self._add_marked(title, text, offsets, found, unknown)
        found.sort(key=lambda mention: mention.start)
        return Linked(tuple(found), _primary(title, found), tuple(unknown))

    def _stands(self, index: int, text: str, start: int, end: int) -> bool:
        """Whether the edges of a match are clean and its case is that of a name."""
        matched = text[start:end]
        if self._cased[index] and matched != unicodedata.normalize("NFKC", self._spelled[index].text):
            return False
        first, last = matched[0], matched[-1]
        if first.isascii() and first.isalpha() and first.islower() and not self._spelled[index].text[0].islower():
            return False
        before = text[start - 1] if start else ""
        if is_hangul(first):
            if is_hangul(before):
                return False
        elif before and _LATIN_WORD.match(before):
            return False
        after = text[end : end + 1]
        if not after:
            return True
        if is_hangul(after):
            return particle_agrees(last, _hangul_run(text, end))
        return is_hangul(last) or not _LATIN_WORD.match(after)

    def _in_context(self, index: int, lowered: str, start: int, end: int) -> bool:
        """Whether a context word stands outside the match itself."""
        rest = f"{lowered[:start]} \0 {lowered[end:]} "
        return any(word in rest for word in self._contexts[index])

    def _add_marked(
        self, title: str, text: str, offsets: Sequence[int], found: list[Mention], unknown: list[str]
    ) -> None:
        for match in _MARKED.finditer(text):
            kind = match.lastgroup or ""
            ticker = match.group(kind)
            entity = self._tickers.get(ticker.upper())
            first, last = offsets[match.start(kind)], offsets[match.end(kind) - 1] + 1
            if any(mention.start < last and first < mention.end for mention in found):
                continue
            if entity is not None:
                found.append(Mention(entity, title[first:last], first, last))
            elif kind != "paren" or match.group("mic"):
                unknown.append(ticker)


def _needs_exact_case(alias: str) -> bool:
    """Short capitals (AMD, TPU, OCI) count only as written."""
    letters = [c for c in alias if c.isascii() and c.isalpha()]
    return len(alias) <= 5 and bool(letters) and all(c.isupper() for c in letters)  # noqa: PLR2004 - a ticker's length


def _normalise(title: str) -> tuple[str, Sequence[int]]:
    """Return the NFKC form, and for each of its characters the offset it came from."""
    if title.isascii() or unicodedata.is_normalized("NFKC", title):
        return title, range(len(title))
    parts: list[str] = []
    offsets: list[int] = []
    for position, character in enumerate(title):
        part = unicodedata.normalize("NFKC", character)
        parts.append(part)
        offsets.extend([position] * len(part))
    return "".join(parts), offsets


def _hangul_run(text: str, start: int) -> str:
    end = start
    while end < len(text) and is_hangul(text[end]):
        end += 1
    return text[start:end]


def _primary(title: str, mentions: Sequence[Mention]) -> str | None:
    """Return whom the title is mainly about: the first named, or what the first one's 's leads to.

    "OpenAI's Stargate is slow" is about Stargate; "SoftBank and OpenAI's Stargate" too.
    """
    if not mentions:
        return None
    for current, following in zip(mentions, mentions[1:], strict=False):
        between = title[current.end : following.start]
        if _POSSESSIVE.match(between) and len(between) <= 20:  # noqa: PLR2004 - "'s $500bn " and the like
            return following.entity_id
        if len(between) > 8:  # noqa: PLR2004 - " and ", ", ": still the same subject
            break
    return mentions[0].entity_id
