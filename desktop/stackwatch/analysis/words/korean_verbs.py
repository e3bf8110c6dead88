"""The forms a Korean verb takes in headlines, made from its dictionary form.

A word of the lists matches as a stem, so that a stem of two syllables stands for the forms that leave it as
it is; the others are those in which its last syllable changes. A stem of one syllable would match too much:
all its forms are made, and count only at the beginning of a word.
"""

from stackwatch.analysis.words.hangul import final_consonant, is_hangul

_FIRST, _FINALS, _VOWELS = 0xAC00, 28, 21
_NIEUN, _RIEUL, _BIEUP, _SIOT, _DOUBLE_SIOT = 4, 8, 17, 19, 20  # as final consonants
_A, _AE, _EO, _E, _YEO, _O, _WA, _OE, _WAE, _U, _WO, _EU, _I = 0, 1, 4, 5, 6, 8, 9, 11, 10, 13, 14, 18, 20
_MERGED = {_I: _YEO, _U: _WO, _O: _WA, _OE: _WAE}  # what a vowel becomes when it meets 어
_SWALLOWS = frozenset({_A, _AE, _EO, _E, _YEO})  # vowels that take 어 in
_BRIGHT = frozenset({_A, _O})  # vowels that are followed by 아, not 어
_ENDINGS = ("고", "자", "며", "지", "는", "게", "던", "나", "기")
_REGULAR_SIOT = frozenset("벗씻웃뺏솟")
_REGULAR_BIEUP = frozenset("잡집뽑접씹좁입업")


def is_verb(word: str) -> bool:
    """Whether a word is a verb's dictionary form: 다 behind a bare stem, unlike in 한다 and 했다."""
    stem = word.removesuffix("다")
    if stem in ("", word) or not is_hangul(stem[-1]):
        return False
    return final_consonant(stem[-1]) not in (_NIEUN, _DOUBLE_SIOT)


def verb_forms(verb: str) -> tuple[str, ...]:
    """Return how the forms of a verb begin (떨어지다: 떨어지, 떨어진, 떨어질, 떨어져, 떨어졌)."""
    stem = verb.removesuffix("다")
    head, last = stem[:-1], stem[-1]
    plain = [stem] if head else [stem + ending for ending in _ENDINGS]
    if last == "하":
        return (*plain, *(head + form for form in "한할해했"))
    changed = _closed(head, last) if final_consonant(last) else _open(head, last)
    return (*plain, *changed)


def _closed(head: str, last: str) -> list[str]:
    """Return the other forms of a stem that ends in a consonant."""
    final = final_consonant(last)
    bare = head + _with_final(last, 0)
    if final == _BIEUP and last not in _REGULAR_BIEUP:
        return [bare + ending for ending in ("운", "울", "워", "웠")]
    base = bare if final == _SIOT and last not in _REGULAR_SIOT else head + last
    bright = _vowel(last) in _BRIGHT
    forms = [base + ("아" if bright else "어"), base + ("았" if bright else "었")]
    if final == _RIEUL:
        return [*forms, head + _with_final(last, _NIEUN)] if head else forms
    return [*forms, base + "은", base + "을"]


def _open(head: str, last: str) -> list[str]:
    """Return the other forms of a stem that ends in a vowel."""
    forms = [head + _with_final(last, _NIEUN), head + _with_final(last, _RIEUL)]
    vowel = _vowel(last)
    bright = bool(head) and is_hangul(head[-1]) and _vowel(head[-1]) in _BRIGHT
    if last == "르" and head:
        before, joined = head[:-1] + _with_final(head[-1], _RIEUL), "라" if bright else "러"
    elif vowel == _EU:
        before, joined = head, _with_vowel(last, _A if bright else _EO)
    elif vowel in _SWALLOWS:
        before, joined = head, last
    elif vowel in _MERGED:
        before, joined = head, _with_vowel(last, _MERGED[vowel])
    else:
        before, joined = head + last, "어"
    return [*forms, before + joined, before + _with_final(joined, _DOUBLE_SIOT)]


def _vowel(syllable: str) -> int:
    return (ord(syllable) - _FIRST) // _FINALS % _VOWELS


def _with_final(syllable: str, final: int) -> str:
    return chr(ord(syllable) - final_consonant(syllable) + final)


def _with_vowel(syllable: str, vowel: int) -> str:
    return chr(ord(syllable) + (vowel - _vowel(syllable)) * _FINALS)
