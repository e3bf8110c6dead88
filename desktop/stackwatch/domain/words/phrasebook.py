"""The Korean of finished English sentences, from ``sentences_ko.toml``, looked for where somebody reads it.

What is logged, stored and printed as JSON is English; nobody has to know how a sentence was made to say it.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from stackwatch.domain.watchlist import Language
from stackwatch.domain.words.vocabulary import indices_named

_SLOT = re.compile(r"\{((?:n|word|name|reason)\d?|_)\}")
_SHAPES = {"n": r"\d[\d,]*", "word": r"\S+"}  # of the other kinds anything
_WORD = re.compile("[A-Za-z]+")
_WHOLE_WORD = re.compile(r"(?<![A-Za-z\0])[A-Za-z]+(?![A-Za-z\0])")  # beside no value, which is a zero here
_PLACE, _PART = ": ", "; "  # what stands behind a place, and between parts
_LONGEST, _DEEPEST, _PIECES = 4_000, 8, 8  # letters, reasons in each other, and what "; " divides a part into

Say = Callable[[str], str | None]


@dataclass(frozen=True, slots=True)
class _Phrase:
    """A sentence with values in it."""

    english: str
    korean: str

    @property
    def rank(self) -> tuple[int, str]:
        """What phrases are tried by: first the one with most letters of its own."""
        return -len(_SLOT.sub("", self.english)), self.english

    def put(self, sentence: str, say: Say, without: str) -> str | None:
        """Return the Korean with the values of a sentence, None for another sentence."""
        found = _pattern(self.english, without).fullmatch(sentence)
        if found is None:
            return None
        values = found.groupdict().items()
        return self.korean.format(
            **{slot: (say(value) if slot.startswith("reason") else None) or value for slot, value in values}
        )


@cache
def _pattern(english: str, without: str) -> re.Pattern[str]:
    """Return what finds the values of a sentence; none of them holds what ``without`` matches."""
    anything = f"(?:(?!{without}).)+?" if without else ".+?"
    made, end = "", 0
    for slot in _SLOT.finditer(english):
        value = _SHAPES.get(slot[1].rstrip("23456789"), anything)
        made += re.escape(english[end : slot.start()])
        made += f"(?:{value})" if slot[1] == "_" else f"(?P<{slot[1]}>{value})"
        end = slot.end()
    return re.compile(made + re.escape(english[end:]))


class _Table:
    """A table of the book. A sentence is compared with those only whose rarest word it holds.

    A value that begins one which may stand ``behind_places`` is not taken to begin with them.
    """

    def __init__(self, pairs: Mapping[str, str], *, behind_places: bool = False) -> None:
        self._behind_places = behind_places
        phrases: list[_Phrase] = []
        self._plain: dict[str, str] = {}
        for english, korean in (both for pair in pairs.items() for both in _plurals(*pair)):
            known, used = (set(re.findall(r"\{(.*?)\}", words)) for words in (english, korean))
            if known - {"_"} != used or "{" in _SLOT.sub("", english):
                raise ValueError(f"{english!r} and {korean!r} do not hold the same values")
            if _SLOT.search(english):
                phrases.append(_Phrase(english, korean))
            else:
                self._plain[english] = korean
        own = {phrase: _WHOLE_WORD.findall(_SLOT.sub("\0", phrase.english)) for phrase in phrases}
        uses = Counter(word for words in own.values() for word in words)
        self._holding: dict[str, list[_Phrase]] = {}
        for phrase, words in own.items():
            if not words:
                raise ValueError(f"{phrase.english!r} has no word of its own to be found by")
            self._holding.setdefault(min(words, key=uses.__getitem__), []).append(phrase)

    def find(self, sentence: str, say: Say, *, apart: bool = False) -> str | None:
        """Return a sentence in Korean, None where it is not here.

        ``say`` is asked for the reasons in it; with ``apart`` it is one part, and no value holds several.
        """
        if sentence in self._plain:
            return self._plain[sentence]
        near = (phrase for word in set(_WORD.findall(sentence)) for phrase in self._holding.get(word, ()))
        for phrase in sorted(near, key=lambda phrase: phrase.rank):
            begun = self._behind_places and phrase.english.startswith("{")
            without = "|".join(mark for mark, refused in ((_PART, apart), (_PLACE, begun)) if refused)
            if (told := phrase.put(sentence, say, without)) is not None:
                return told
        return None


def _plurals(english: str, korean: str) -> Iterator[tuple[str, str]]:
    """Give a sentence with and without each ``s`` of a plural."""
    if "{s}" not in english:
        yield english, korean
        return
    for ending in ("", "s"):
        yield from _plurals(english.replace("{s}", ending, 1), korean)


class Phrasebook:
    """English sentences and their Korean; raises ValueError for a pair that can never be said."""

    def __init__(self, tables: Mapping[str, Mapping[str, str]]) -> None:
        self.size = sum(map(len, tables.values()))
        self._words = {**tables["help"], **tables["word"]}
        self._places, self._after = _Table(tables["place"]), _Table(tables["after"])
        self._reasons, self._faults = _Table(tables["reason"]), _Table(tables["fault"], behind_places=True)
        self._commands = _Table(tables["command"])

    def sentence(self, english: str) -> str | None:
        """Return what the program says in Korean, None for what is not in the book."""
        return self._sentence(english, 0, apart=True) or self._sentence(english, 0)

    def line(self, english: str) -> str | None:
        """Return what a command says in Korean: a word, a text of help, or sentences with ``; `` between."""
        return self._words.get(english) or self._line(english, 0)

    def _sentence(self, english: str, depth: int, *, apart: bool = False) -> str | None:
        """Say a reason or a fault, and what follows from it."""
        if depth > _DEEPEST or len(english) > _LONGEST:
            return None

        def say(reason: str) -> str | None:
            return self._sentence(reason, depth + 1)

        said = english.removesuffix(".")
        head, stop, tail = said.rpartition(". ")
        if stop and (follows := self._after.find(tail, say)) is not None:
            told = self._alone(head, say, apart=apart) or (None if apart else head)
            return told and f"{told}. {follows}."
        return self._alone(said, say, apart=apart)

    def _alone(self, english: str, say: Say, *, apart: bool) -> str | None:
        """Say a reason, before which a source may be named, or a fault, behind which its key may stand."""
        source, _, reason = english.partition(_PLACE)
        if (told := self._reasons.find(english, say, apart=apart)) is not None:
            return told
        if " " not in source and (told := self._reasons.find(reason, say, apart=apart)) is not None:
            return f"{source}{_PLACE}{told}"
        fault, at, key = english.partition(" - at ")
        if at and not (apart and _PART in key) and (told := self._fault(fault, say, apart=apart)) is not None:
            return f"{told} ({self._place(f'at {key}', say)})"
        return self._fault(english, say, apart=apart)

    def _fault(self, english: str, say: Say, *, apart: bool) -> str | None:
        """Say what is wrong, and before it where: ``file: line 3: layer gpus: ``."""
        places, fault = "", english
        while (told := self._faults.find(fault, say, apart=apart)) is None:
            place, colon, fault = fault.partition(_PLACE)
            if not colon or (apart and _PART in place):
                return None
            places += self._place(place, say) + _PLACE
        return places + told

    def _place(self, english: str, say: Say) -> str:
        return self._places.find(english, say) or english

    def _line(self, english: str, depth: int) -> str | None:
        """Say each part of a line; as one where that does not say all of it."""
        if depth > _DEEPEST:
            return None

        def say(reason: str) -> str | None:
            return self._line(reason, depth + 1)

        def part(english: str) -> str | None:
            told = self._commands.find(english, say, apart=True)
            return told or _named(self._sentence(english, depth, apart=True))

        parts = tuple(_parts(english.split(_PART), part))
        told, known = _PART.join(words for words, _ in parts), [known for _, known in parts]
        if all(known):
            return told
        whole = self._commands.find(english, say)
        return whole or (told if any(known) else _named(self._sentence(english, depth)))


def _parts(pieces: Sequence[str], say: Say) -> Iterator[tuple[str, bool]]:
    """Give the parts of a line, each of as many pieces as can be said at once, and whether it could."""
    while pieces:
        sizes = range(min(_PIECES, len(pieces)), 0, -1)
        whole = ((size, say(_PART.join(pieces[:size]))) for size in sizes)
        size, told = next((each for each in whole if each[1] is not None), (1, None))
        yield told or pieces[0], told is not None
        pieces = pieces[size:]


def _named(said: str | None) -> str | None:
    return said and indices_named(said, Language.KOREAN)


@cache
def korean() -> Phrasebook:
    """Return the book that ships, read at the first sentence that somebody reads in Korean."""
    import tomllib  # before the first paint nothing is said
    from importlib import resources

    file = resources.files("stackwatch.domain.words") / "sentences_ko.toml"
    return Phrasebook(tomllib.loads(file.read_text("utf-8")))
