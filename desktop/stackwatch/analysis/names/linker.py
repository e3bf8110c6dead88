"""Find the companies a headline is about. Boundaries decide, not the engine that scans.

English, Korean and mixed titles. A Latin edge may not touch a letter or digit; a Hangul edge may not be
preceded by Hangul, and what follows must be nothing or a particle that agrees with the last syllable.
The longest spelling that stands wins, so that a namesake listed as a block swallows the match.
"""

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate

from ahocorasick_rs import AhoCorasick, MatchKind

from stackwatch.analysis.names.care import Care, Lexicon, Title, care_of, lexicon_of
from stackwatch.analysis.names.main_name import main_name
from stackwatch.analysis.names.marked_tickers import MarkedTicker, marked_tickers, may_be_marked
from stackwatch.analysis.names.namesakes import is_a_place, is_abbreviation, is_of_somebody_else
from stackwatch.analysis.words.hangul import hangul_run, is_hangul, particle_agrees
from stackwatch.analysis.words.word_lists import lower
from stackwatch.domain.news import Mention
from stackwatch.domain.venues import is_elsewhere
from stackwatch.domain.watchlist import Alias, AliasPolicy, Ecosystem

MAX_TITLE = 2_000
# Around a name that only says what another is like: "제2의 테슬라", "드론계의 애플", "the Nvidia of China".
_COUNTRY = "한국|국내|중국|일본|유럽|미국|아시아|대만|인도"
_FIGURE = re.compile(
    rf"(?:제 ?[2-9]의 |(?:{_COUNTRY})[판형] |국산 |[업드론게임차폰]계의 |포스트 |넥스트 |(?:^|[^a-z0-9])k-?|"
    rf"(?P<own>(?:{_COUNTRY})의 ))$"
)
# Behind "한국의 NAME", which is figurative only so.
_LIKENED = re.compile(r"(?:[을를로이가]|라)? ?(?:꿈꾸|불리|노리|되겠|될|자처|표방|나올|나오|키우|키운)")
_FIGURE_ENDS = frozenset("의판형산트e")  # looked at first: few names follow one of them and a space
_FIGURE_LETTERS = 8  # that its longest word before a name has
_APOSTROPHES = "'\u2019"
_LATIN_WORD = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_")
_Hits = Sequence[tuple[int, int, int]]  # of a spelling's number, its start and its end
# For each character of a normalised title, where what it came from starts and ends.
_Origin = tuple[Sequence[int], Sequence[int]]
_TURNED = "탈반친비"  # away from, against, for, without
_LONG = 3  # syllables from which a name is no part of another word
# What is not seen, or is a sign behind a name: a soft hyphen, joiners of no width, the marks of a trade name.
_PLAIN = re.compile("[ -~\uac00-\ud7a3]+")
_UNSEEN = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff\u2120\u2122]")


@dataclass(frozen=True, slots=True)
class LinkedTitle:
    """The mentions in one title, in order, and the entity it is mainly about.

    ``unknown_tickers`` are marked tickers that no entity owns.
    """

    mentions: tuple[Mention, ...]
    primary: str | None
    unknown_tickers: tuple[str, ...] = ()


_NOBODY = LinkedTitle((), None)


@dataclass(frozen=True, slots=True)
class _Spelling:
    """An alias made ready: its NFKC text, its edges, how its case counts, and its context words."""

    owners: tuple[str, ...]  # mostly one; of a namesake nobody
    text: str
    hangul_first: bool
    hangul_last: bool
    block: bool
    exact_case: bool
    capitals: tuple[int, ...]
    coined: bool
    surname: bool
    ticker: bool
    care: Care | None


_Match = tuple[int, int, _Spelling]  # where a spelling starts and ends in a title


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
        spelled = _with_closed_up([alias for alias in aliases if alias.policy is not AliasPolicy.MARKED])
        capitals = {alias.text.lower() for alias in spelled if not alias.text.islower()}
        self._words = lexicon_of(spelled)
        self._spellings = [_spelling(alias, self._words, small=alias.text in capitals) for alias in spelled]
        self._scanner = AhoCorasick(
            [lower(spelling.text) for spelling in self._spellings], matchkind=MatchKind.Standard
        )
        self._tickers: dict[str, str] = {}
        for alias in aliases:
            if alias.policy is AliasPolicy.MARKED:
                self._tickers.setdefault(alias.text, alias.entity_id)
                self._tickers.setdefault(alias.entity_id, alias.entity_id)

    def link(self, title: str, about: Collection[str] | None = None) -> LinkedTitle:
        """Return the entities of ``title`` with offsets into it; nobody where none of ``about`` is."""
        title = title[:MAX_TITLE]
        text, origin = _normalise(title)
        lowered = lower(text)
        hits = self._scanner.find_matches_as_indexes(lowered, overlapping=True)
        marks = marked_tickers(text)
        if not marks and not (hits if about is None else self._any_of(about, hits)):
            return _NOBODY
        if marks:
            return self._marked(marks, hits, Title(text, lowered, self._words), title, origin)
        places = self._standing(hits, text, lowered)
        found = [_mention(owner, title, origin, start, end) for start, end, s in places for owner in s.owners]
        return LinkedTitle(tuple(found), main_name(title, found, self._projects)) if found else _NOBODY

    def _marked(
        self, marks: Sequence[MarkedTicker], hits: _Hits, written: Title, title: str, origin: _Origin | None
    ) -> LinkedTitle:
        """Return what a title with marked tickers names."""
        marks = [mark for mark in marks if mark.sure or not self._is_no_ticker(mark, hits, written)]
        owned = [(mark, self._tickers.get(mark.ticker.upper())) for mark in marks]
        elsewhere = {
            m.start for m, owner in owned if owner and m.exchange and is_elsewhere(owner, m.exchange)
        }
        places = self._standing(hits, written.text, written.lowered, elsewhere)
        taken = [(start, end) for start, end, _ in places]
        found = [_mention(owner, title, origin, start, end) for start, end, s in places for owner in s.owners]
        unknown: list[str] = []
        named = {mention.entity_id for mention in found}
        for mark, owner in owned:
            if any(begin < mark.end and mark.start < last for begin, last in taken):
                continue
            if owner is not None and (mark.start not in elsewhere or owner in named):
                taken.append((mark.start, mark.end))
                found.append(_mention(owner, title, origin, mark.start, mark.end))
            elif mark.sure:
                unknown.append(mark.ticker)
        found.sort(key=lambda mention: mention.start)
        return LinkedTitle(tuple(found), main_name(title, found, self._projects), tuple(unknown))

    def naming(self, titles: Sequence[str], about: Collection[str] | None) -> list[int]:
        """Return the places of the titles that may name an entity (of ``about``); the others name nobody.

        One pass over all of them: an archive has thousands of titles about something else.
        """
        cut = (title[:MAX_TITLE] for title in titles)
        texts = [title if title.isascii() else _normalise(title)[0] for title in cut]
        begins = list(accumulate((len(text) + 1 for text in texts), initial=0))
        wanted = [about is None or _is_of_one(spelling, about) for spelling in self._spellings]
        hits = self._scanner.find_matches_as_indexes("\n".join(map(lower, texts)), overlapping=True)
        found = {bisect_right(begins, start) - 1 for number, start, _ in hits if wanted[number]}
        found.update(place for place, text in enumerate(texts) if may_be_marked(text))
        return sorted(found)

    def _is_no_ticker(self, mark: MarkedTicker, hits: _Hits, title: Title) -> bool:
        """Whether a word in brackets is short for those before it, or a namesake: "Lalayan (ARM)"."""
        start, end = mark.start, mark.end
        if is_abbreviation(title.text, start, end):
            return True
        same = (self._spellings[number].care for number, *place in hits if place == [start, end])
        return any(care is not None and care.is_namesake(title, start, end) for care in same)

    def _any_of(self, about: Collection[str], hits: _Hits) -> bool:
        return any(_is_of_one(self._spellings[number], about) for number, _, _ in hits)

    def _standing(
        self, hits: _Hits, text: str, lowered: str, elsewhere: Collection[int] = ()
    ) -> Sequence[_Match]:
        """Return the hits that count, the leftmost and longest; none that start ``elsewhere``."""
        title: Title | None = None  # made for the first name that needs care: most titles have none
        matches: list[_Match] = []
        unsure: list[_Match] = []  # that count beside another company
        reached = 0
        for index, start, end in sorted(hits, key=_leftmost_longest) if len(hits) > 1 else hits:
            spelling = self._spellings[index]
            if start < reached or start in elsewhere or not _stands(spelling, text, start, end):
                continue
            likened = start and (lowered[start - 2] in _FIGURE_ENDS or lowered[start - 1] in "k-")
            if likened and self._is_figure(spelling, lowered, start, end):
                continue
            care = spelling.care
            if care is not None:
                title = title or Title(text, lowered, self._words)
                if care.is_namesake(title, start, end):
                    continue
                if not care.has_context(title, start, end):
                    if care.company:
                        unsure.append((start, end, spelling))
                    continue
            matches.append((start, end, spelling))
            reached = end
        return _with_company(matches, unsure) if unsure else matches

    def _is_figure(self, spelling: _Spelling, lowered: str, start: int, end: int) -> bool:
        """Whether a name says what another is like; a project may have its version elsewhere."""
        if lowered.startswith(" of ", end) and lowered.endswith("the ", 0, start):
            return True
        found = _FIGURE.search(lowered, max(0, start - _FIGURE_LETTERS), start)
        if found is None or not self._projects.isdisjoint(spelling.owners):
            return False
        return found["own"] is None or _LIKENED.match(lowered, end) is not None


def _is_of_one(spelling: _Spelling, about: Collection[str]) -> bool:
    return any(owner in about for owner in spelling.owners)


def _leftmost_longest(hit: tuple[int, int, int]) -> tuple[int, int]:
    return hit[1], -hit[2]


def _with_company(sure: Sequence[_Match], unsure: Sequence[_Match]) -> list[_Match]:
    """Add those that count beside another company to those that count anyway."""
    named = {owner for *_, spelling in sure for owner in spelling.owners}
    matches = list(sure)
    for start, end, spelling in unsure:
        if named.difference(spelling.owners) and not any(
            start < last and begin < end for begin, last, _ in matches
        ):
            matches.append((start, end, spelling))
    return sorted(matches, key=lambda match: match[0])


def _with_closed_up(aliases: Sequence[Alias]) -> list[Alias]:
    """Add what Korean writes without its spaces, too: 코어 사이언티픽, 코어사이언티픽."""
    texts = {alias.text for alias in aliases}
    spaced = (alias for alias in aliases if " " in alias.text and any(map(is_hangul, alias.text)))
    closed = (replace(alias, text=alias.text.replace(" ", "")) for alias in spaced)
    return [*aliases, *(alias for alias in closed if alias.text not in texts)]


def _spelling(alias: Alias, words: Lexicon, *, small: bool) -> _Spelling:
    """Make an alias ready; a ``small`` one is another's name in small letters, and counts only so."""
    text = unicodedata.normalize("NFKC", alias.text)
    care = care_of(alias, words)
    return _Spelling(
        owners=alias.named,
        text=text,
        hangul_first=is_hangul(text[0]),
        hangul_last=is_hangul(text[-1]),
        block=alias.policy is AliasPolicy.BLOCK,
        exact_case=small or (not alias.coined and _needs_exact_case(text)),
        capitals=() if alias.coined else _word_capitals(text),
        coined=alias.coined,
        surname=care is not None and " " not in text and (is_hangul(text[-1]) or text[-1].islower()),
        ticker=text == alias.entity_id,
        care=care,
    )


def _stands(spelling: _Spelling, text: str, start: int, end: int) -> bool:
    """Whether the edges of a match are clean, and it is written as a name."""
    if start:
        before = text[start - 1]
        if spelling.hangul_first:
            if is_hangul(before) and not _is_turned(spelling, text, start):
                return False
        elif before in _LATIN_WORD:
            return False
    if end < len(text) and text[end] != " " and not _ends(spelling, text, end):
        return False
    if spelling.block:
        return True
    if text[start:end] != spelling.text and not _is_cased(spelling, text, start):
        return False
    if spelling.ticker and is_abbreviation(text, start, end):
        return False
    if spelling.care is not None and is_a_place(text, end):
        return False
    return not (spelling.surname and is_of_somebody_else(text, start))


def _is_cased(spelling: _Spelling, text: str, start: int) -> bool:
    """Whether a match that is written otherwise is a name, too: "NVIDIA", not "western digital"."""
    return not (spelling.exact_case or any(text[start + place].islower() for place in spelling.capitals))


def _ends(spelling: _Spelling, text: str, end: int) -> bool:
    """Whether what follows a match may follow a name; a Korean namesake may go on in any way."""
    after = text[end]
    if is_hangul(after):
        return spelling.block or particle_agrees(spelling.text[-1], hangul_run(text, end))
    if after in _APOSTROPHES and text[end + 1 : end + 2].isupper() and text[end + 2 : end + 3].isalpha():
        return spelling.block  # Dell'Oro is somebody else; DELL'S is Dell
    if after == "-" and spelling.exact_case and text[end + 1 : end + 2].isdigit():
        return False  # "the APH-1B isoform"
    if spelling.hangul_last or after not in _LATIN_WORD:
        return True
    if not spelling.coined:
        return False
    if after in "sS":  # "two Googles", but "the Nvidias of tomorrow" are others
        return text[end + 1 : end + 2] not in _LATIN_WORD and not text.startswith(" of ", end + 1)
    return after.isdigit()  # "Galaxy S26"


def _is_turned(spelling: _Spelling, text: str, start: int) -> bool:
    """Whether one syllable before a long name says where others stand to it: 탈엔비디아, 반테슬라."""
    alone = start == 1 or not is_hangul(text[start - 2])
    return alone and text[start - 1] in _TURNED and len(spelling.text) >= _LONG


def _mention(entity_id: str, title: str, origin: _Origin | None, start: int, end: int) -> Mention:
    if origin is not None:
        start, end = origin[0][start], origin[1][end - 1]
    return Mention(entity_id, title[start:end], start, end)


def _word_capitals(alias: str) -> tuple[int, ...]:
    """Return where words begin with a capital: "Western digital divide" names nobody."""
    starts = (0, *(place + 1 for place, c in enumerate(alias) if c == " "))
    return tuple(place for place in starts if alias[place].isascii() and alias[place].isupper())


def _needs_exact_case(alias: str) -> bool:
    """Short capitals (AMD, TPU, OCI) count only as written."""
    letters = [c for c in alias if c.isascii() and c.isalpha()]
    return len(alias) <= 5 and bool(letters) and all(c.isupper() for c in letters)  # noqa: PLR2004 - a ticker's length


def _normalise(title: str) -> tuple[str, _Origin | None]:
    """Return the NFKC form, and where each of its characters came from; None where nothing changed.

    What is not seen is left out: a soft hyphen inside a name, a trade mark behind it.
    """
    if title.isascii():
        return title, None
    unseen = not title.isprintable() or "\u2122" in title or "\u2120" in title
    if not unseen and unicodedata.is_normalized("NFKC", title):
        return title, None
    parts: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    position = 0
    while position < len(title):
        following = _end_of_plain(title, position)
        if following > position:
            parts.append(title[position:following])
            starts += range(position, following)
            ends += range(position + 1, following + 1)
            position = following
            continue
        following = position + 1
        while following < len(title) and _joins(title[following]):
            following += 1
        part = unicodedata.normalize("NFKC", _UNSEEN.sub("", title[position:following]))
        parts.append(part)
        starts += [position] * len(part)
        ends += [following] * len(part)
        position = following
    return "".join(parts), (starts, ends)


def _end_of_plain(title: str, start: int) -> int:
    """Return where the letters end that stay as they are: of ASCII and whole syllables."""
    plain = _PLAIN.match(title, start)
    if plain is None:
        return start
    end = plain.end()
    return end - 1 if end < len(title) and _joins(title[end]) else end


def _joins(character: str) -> bool:
    """Whether a character may compose with the one before: an accent, a conjoining Hangul letter."""
    return unicodedata.combining(character) != 0 or "\u1160" <= character <= "\u11ff"
