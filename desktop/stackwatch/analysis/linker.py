"""Find the companies a headline is about. Boundaries decide, not the engine that scans.

English, Korean and mixed titles. A Latin edge may not touch a letter or digit; a Hangul edge may not be
preceded by Hangul, and what follows must be nothing or a particle that agrees with the last syllable.
The longest spelling that stands wins, so that a namesake listed as a block swallows the match.
"""

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise

from ahocorasick_rs import AhoCorasick, MatchKind

from stackwatch.analysis.hangul import is_hangul, particle_agrees
from stackwatch.analysis.word_lists import lower
from stackwatch.domain.news import Mention
from stackwatch.domain.watchlist import Alias, AliasPolicy, Ecosystem

MAX_TITLE = 2_000
_TICKER_LIST = re.compile(r"\((?:[A-Z]{1,5}, ?)+(?:and )?[A-Z]{1,5}\)")  # "(NVDA, MU)"
_EXCHANGES = ("NASDAQ", "Nasdaq", "NYSE", "KRX", "TSE", "TYO", "TWSE", "LSE")
_MARKED = re.compile(
    r"\$(?P<cash>[A-Za-z]{1,5}(?:\.[A-Za-z]{1,2})?)(?![A-Za-z0-9_])"
    r"|\((?:(?P<mic>[A-Za-z][A-Za-z .]{1,11})\s?:\s?)?(?P<paren>[A-Z0-9]{1,6}(?:\.[A-Z]{1,2})?)\)"
    rf"|(?<![A-Za-z])(?:{'|'.join(_EXCHANGES)})\s?:\s?(?P<exchange>[A-Z0-9]{{1,6}}(?:\.[A-Z]{{1,2}})?)"
    r"(?![A-Za-z0-9_])"
)
# "OpenAI's Stargate", "OpenAI's $500bn Stargate", "오픈AI의 스타게이트"
_AMOUNT = r"[$\u20ac\u00a3]?\d[\d.,]*(?:[ -]?(?i:billion|trillion|million|bn|tn|GW|MW))? "
_LEADS_ON = re.compile(rf"(?:['\u2019]s |의 )(?:{_AMOUNT})?(?:[^\s,;:]{{1,16}} )?")
_OWNED = re.compile(r" [^,;:\u2026\u00b7]{0,15}")
# A Korean clause that describes what follows: "메타 제안을 거절한 퓨리오사AI" is about FuriosaAI.
_DESCRIBES = re.compile(
    r"[^,;:\u2026\u00b7\"\u201c\u201d]*\s\S*"
    r"(?:[한된던]|[하되있없받짓맡파쓰내사보]는|만드는|이끄는|키우는|[인품]은|따낸|넘긴)\s"
)
# English: behind a name that describes the next one, before one who left, and a clause before the main one.
_KNOWN_BY = "rival supplier partner challenger competitor investor customer whale veteran"
_TIED_TO = "backed owned linked funded"
ONLY_DESCRIBES = tuple(
    f"{mark}{form} "
    for mark, words in ((" ", _KNOWN_BY), ("-", _TIED_TO))
    for word in words.split()
    for form in (word, word.capitalize())
)
ONCE = ("Former ", "former ", "Ex-", "ex-")
_BEFORE_MAIN = ("As ", "While ", "After ", "Amid ", "Despite ", "Unlike ", "With ", "Following ", "Before ")
# Before a name that only says what another is like: "제2의 테슬라", "한국판 구글".
_FIGURES = (
    "제2의 ",
    "제 2의 ",
    "제3의 ",
    "한국판 ",
    "한국형 ",
    "국산 ",
    "중국판 ",
    "일본판 ",
    "유럽판 ",
    "미국판 ",
)
_FIGURE_ENDS = frozenset(figure[-2] for figure in _FIGURES)  # looked at first: few names follow one of them
_APOSTROPHES = "'\u2019"
_LATIN_WORD = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_")
_WORD_LETTERS = frozenset("abcdefghijklmnopqrstuvwxyz0123456789_")
_SHORT = 3  # letters up to which a context word must stand alone


@dataclass(frozen=True, slots=True)
class Linked:
    """The mentions in one title, in order, and the entity it is mainly about.

    ``unknown_tickers`` are marked tickers that no entity owns.
    """

    mentions: tuple[Mention, ...]
    primary: str | None
    unknown_tickers: tuple[str, ...] = ()


_NOBODY = Linked((), None)


@dataclass(frozen=True, slots=True)
class _Spelling:
    """An alias made ready: its NFKC text, its edges, how its case counts, and its context words."""

    entity_id: str
    text: str
    hangul_first: bool
    hangul_last: bool
    block: bool
    exact_case: bool
    capital: bool
    context: "_AnyOf | None"
    unless: "_AnyOf | None"


class Linker:
    """Links titles to the entities of a fixed table of aliases."""

    @classmethod
    def of(cls, ecosystem: Ecosystem) -> "Linker":
        """Build the linker of an ecosystem's aliases."""
        projects = (entity.id for entity in ecosystem.private.values() if entity.kind == "project")
        return cls(ecosystem.aliases, frozenset(projects))

    def __init__(self, aliases: Sequence[Alias], projects: frozenset[str] = frozenset()) -> None:
        """Build the tables for ``aliases``; ``projects`` are entities that others own together."""
        self._projects = projects
        self._spellings = [_spelling(alias) for alias in aliases if alias.policy is not AliasPolicy.MARKED]
        self._scanner = AhoCorasick(
            [lower(spelling.text) for spelling in self._spellings], matchkind=MatchKind.Standard
        )
        self._tickers: dict[str, str] = {}
        for alias in aliases:
            if alias.policy is AliasPolicy.MARKED:
                self._tickers.setdefault(alias.text, alias.entity_id)
                self._tickers.setdefault(alias.entity_id, alias.entity_id)

    def link(self, title: str, about: Collection[str] | None = None) -> Linked:
        """Return the entities of ``title`` with offsets into it; nobody where none of ``about`` is."""
        title = title[:MAX_TITLE]
        text, starts, ends = _normalise(title)
        lowered = lower(text)
        hits = self._scanner.find_matches_as_indexes(lowered, overlapping=True)
        marked = _may_be_marked(text)
        if not marked and not (hits if about is None else self._any_of(about, hits)):
            return _NOBODY
        found: list[Mention] = []
        taken: list[tuple[int, int]] = []
        reached = 0
        for start, end, spelling in self._standing(hits, text, lowered):
            if start < reached:
                continue
            reached = end
            taken.append((start, end))
            if not spelling.block:
                found.append(_mention(spelling.entity_id, title, starts[start], ends[end - 1]))
        unknown: list[str] = []
        if marked:
            for ticker, start, end, sure in _marked(text):
                if any(begin < end and start < last for begin, last in taken):
                    continue
                entity = self._tickers.get(ticker.upper())
                if entity is not None:
                    taken.append((start, end))
                    found.append(_mention(entity, title, starts[start], ends[end - 1]))
                elif sure:
                    unknown.append(ticker)
            found.sort(key=lambda mention: mention.start)
        return Linked(tuple(found), _primary(title, found, self._projects), tuple(unknown))

    def naming(self, titles: Sequence[str], about: Collection[str] | None) -> list[int]:
        """Return the places of the titles that may name an entity (of ``about``); the others name nobody.

        One pass over all of them: an archive has thousands of titles about something else.
        """
        cut = (title[:MAX_TITLE] for title in titles)
        texts = [title if title.isascii() else _normalise(title)[0] for title in cut]
        begins = list(accumulate((len(text) + 1 for text in texts), initial=0))
        wanted = [about is None or spelling.entity_id in about for spelling in self._spellings]
        hits = self._scanner.find_matches_as_indexes("\n".join(map(lower, texts)), overlapping=True)
        found = {bisect_right(begins, start) - 1 for number, start, _ in hits if wanted[number]}
        found.update(place for place, text in enumerate(texts) if _may_be_marked(text))
        return sorted(found)

    def _any_of(self, about: Collection[str], hits: Sequence[tuple[int, int, int]]) -> bool:
        return any(self._spellings[number].entity_id in about for number, _, _ in hits)

    def _standing(
        self, hits: Sequence[tuple[int, int, int]], text: str, lowered: str
    ) -> list[tuple[int, int, _Spelling]]:
        """Return the hits that count, leftmost first, the longest first among those."""
        matches = []
        for index, start, end in hits:
            spelling = self._spellings[index]
            if not _stands(spelling, text, start, end):
                continue
            if start > 1 and lowered[start - 2] in _FIGURE_ENDS and self._is_figure(spelling, lowered, start):
                continue
            if spelling.unless is not None and spelling.unless.stand_in(lowered):
                continue
            rest = "" if spelling.context is None else f"{lowered[:start]}\0{lowered[end:]}"
            if spelling.context is None or spelling.context.stand_in(rest):
                matches.append((start, end, spelling))
        if len(matches) > 1:
            matches.sort(key=lambda match: (match[0], -match[1]))
        return matches

    def _is_figure(self, spelling: _Spelling, lowered: str, start: int) -> bool:
        """Whether a name says what another is like; a project may have its version elsewhere."""
        return lowered.endswith(_FIGURES, 0, start) and spelling.entity_id not in self._projects


def _spelling(alias: Alias) -> _Spelling:
    text = unicodedata.normalize("NFKC", alias.text)
    return _Spelling(
        entity_id=alias.entity_id,
        text=text,
        hangul_first=is_hangul(text[0]),
        hangul_last=is_hangul(text[-1]),
        block=alias.policy is AliasPolicy.BLOCK,
        exact_case=_needs_exact_case(text),
        capital=not text[0].islower(),
        context=_AnyOf(alias.context) if alias.policy is AliasPolicy.CONTEXT else None,
        unless=_AnyOf(alias.unless) if alias.unless else None,
    )


class _AnyOf:
    """One of some words around a name."""

    def __init__(self, words: Sequence[str]) -> None:
        self._words = tuple(_context_word(word) for word in words)

    def stand_in(self, lowered: str) -> bool:
        """Whether one of the words stands in a lower-case text."""
        for word in self._words:  # noqa: SIM110 - for most names that are common words, and faster
            if word.text in lowered and word.stands_in(lowered):
                return True
        return False


@dataclass(frozen=True, slots=True)
class _ContextWord:
    """A word in lower case; a Latin one ``begins`` a word, a short or capital one stands ``alone``."""

    text: str
    begins: bool
    alone: bool

    def stands_in(self, lowered: str) -> bool:
        """Whether its edges are clean at one of the places where its letters stand."""
        start = lowered.find(self.text)
        while start >= 0 and not self._stands_at(lowered, start):
            start = lowered.find(self.text, start + 1)
        return start >= 0

    def _stands_at(self, lowered: str, start: int) -> bool:
        if not self.begins:
            return True
        if start and lowered[start - 1] in _WORD_LETTERS:
            return False
        return not self.alone or _over(lowered, start + len(self.text))


def _over(lowered: str, end: int) -> bool:
    """Whether a word, or its plural, is over at ``end``."""
    after = lowered[end : end + 2]
    return not after or after[0] not in _WORD_LETTERS or (after[0] == "s" and after[1:] not in _WORD_LETTERS)


def _context_word(word: str) -> _ContextWord:
    word = unicodedata.normalize("NFKC", word.strip())
    begins = word[0].isascii() and word[0].isalnum()
    alone = len(word) <= _SHORT or (word.isascii() and word.isupper())
    return _ContextWord(word.lower(), begins, begins and alone)


def _stands(spelling: _Spelling, text: str, start: int, end: int) -> bool:
    """Whether the edges of a match are clean and its case is that of a name."""
    if start:
        before = text[start - 1]
        if is_hangul(before) if spelling.hangul_first else before in _LATIN_WORD:
            return False
    if end < len(text) and not _ends(spelling, text, end):
        return False
    if spelling.block:
        return True
    if spelling.exact_case and text[start:end] != spelling.text:
        return False
    return not (spelling.capital and text[start].isascii() and text[start].islower())


def _ends(spelling: _Spelling, text: str, end: int) -> bool:
    """Whether what follows a match may follow a name; a Korean namesake may go on in any way."""
    after = text[end]
    if is_hangul(after):
        return spelling.block or particle_agrees(spelling.text[-1], _hangul_run(text, end))
    if after in _APOSTROPHES and text[end + 1 : end + 2].isupper() and text[end + 2 : end + 3].isalpha():
        return spelling.block  # Dell'Oro is somebody else; DELL'S is Dell
    return spelling.hangul_last or after not in _LATIN_WORD


def _may_be_marked(text: str) -> bool:
    """Whether it is worth looking for marked tickers."""
    return "$" in text or "(" in text or (":" in text and any(mark in text for mark in _EXCHANGES))


def _marked(text: str) -> list[tuple[str, int, int, bool]]:
    """Return marked tickers with their span, and whether the mark leaves no doubt that they are tickers."""
    found = []
    for match in _MARKED.finditer(text):
        kind = match.lastgroup or ""
        sure = kind != "paren" or match.group("mic") is not None
        found.append((match.group(kind), match.start(kind), match.end(kind), sure))
    for several in _TICKER_LIST.finditer(text):
        words = re.finditer(r"[A-Z]+", several.group())
        found += [(w.group(), several.start() + w.start(), several.start() + w.end(), False) for w in words]
    return found


def _mention(entity_id: str, title: str, start: int, end: int) -> Mention:
    return Mention(entity_id, title[start:end], start, end)


def _needs_exact_case(alias: str) -> bool:
    """Short capitals (AMD, TPU, OCI) count only as written."""
    letters = [c for c in alias if c.isascii() and c.isalpha()]
    return len(alias) <= 5 and bool(letters) and all(c.isupper() for c in letters)  # noqa: PLR2004 - a ticker's length


def _normalise(title: str) -> tuple[str, Sequence[int], Sequence[int]]:
    """Return the NFKC form, and for each of its characters where what it came from starts and ends."""
    if title.isascii() or unicodedata.is_normalized("NFKC", title):
        return title, range(len(title)), range(1, len(title) + 1)
    parts: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    position = 0
    while position < len(title):
        following = position + 1
        while following < len(title) and _joins(title[following]):
            following += 1
        part = unicodedata.normalize("NFKC", title[position:following])
        parts.append(part)
        starts += [position] * len(part)
        ends += [following] * len(part)
        position = following
    return "".join(parts), starts, ends


def _joins(character: str) -> bool:
    """Whether a character may compose with the one before: an accent, a conjoining Hangul letter."""
    return unicodedata.combining(character) != 0 or "\u1160" <= character <= "\u11ff"


def _hangul_run(text: str, start: int) -> str:
    end = start
    while end < len(text) and is_hangul(text[end]):
        end += 1
    return text[start:end]


def _of_main_clause(title: str, mentions: Sequence[Mention]) -> list[Mention]:
    """Return the names behind the first comma, in a title that begins with a lesser clause."""
    comma = title.find(", ")
    return [mention for mention in mentions if mention.start > comma > mentions[0].start]


def _primary(title: str, mentions: Sequence[Mention], projects: frozenset[str]) -> str | None:
    """Return whom the title is mainly about: the first named, or what the first one's 's leads to.

    "OpenAI's Stargate is slow" is about Stargate; "SoftBank and OpenAI's Stargate" too. Korean leaves the
    possessive out: a project named in the same clause right after its owners is the one it is about. A name
    that only describes the next one gives way to it, and those of a clause before the main one do.
    """
    if len(mentions) <= 1:
        return mentions[0].entity_id if mentions else None
    first = mentions[0]
    if title.startswith(ONLY_DESCRIBES, first.end) or title.endswith(ONCE, 0, first.start):
        return _primary(title, mentions[1:], projects)
    if title.startswith(_BEFORE_MAIN) and (main := _of_main_clause(title, mentions)):
        mentions = main
    for current, following in pairwise(mentions):
        between = title[current.end : following.start]
        if _LEADS_ON.fullmatch(between):
            return following.entity_id
        owned = following.entity_id in projects and is_hangul(following.text[0])
        if (owned and _OWNED.fullmatch(between)) or _DESCRIBES.fullmatch(between):
            return following.entity_id
        if len(between) > 8:  # noqa: PLR2004 - " and ", ", ": still the same subject
            break
    return mentions[0].entity_id
