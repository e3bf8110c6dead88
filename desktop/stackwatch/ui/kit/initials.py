"""Korean as it is typed: a consonant alone stands for a syllable, and the last syllable may go on."""

import re
import unicodedata
from functools import lru_cache

INITIALS = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ"
_FINALS = " ㄱㄲㄳㄴㄵㄶㄷㄹㄺㄻㄼㄽㄾㄿㅀㅁㅂㅄㅅㅆㅇㅈㅊㅋㅌㅍㅎ"
_TWO_FINALS = {  # what the first of two keys leaves behind when the second begins the next syllable
    "ㄳ": "ㄱㅅ", "ㄵ": "ㄴㅈ", "ㄶ": "ㄴㅎ", "ㄺ": "ㄹㄱ", "ㄻ": "ㄹㅁ", "ㄼ": "ㄹㅂ",
    "ㄽ": "ㄹㅅ", "ㄾ": "ㄹㅌ", "ㄿ": "ㄹㅍ", "ㅀ": "ㄹㅎ", "ㅄ": "ㅂㅅ",
}  # fmt: skip
_LAST_VOWEL_OF = {8: 11, 13: 16, 18: 19}  # ㅗ, ㅜ and ㅡ go on to ㅚ, ㅟ and ㅢ
_HANGUL_FIRST, _HANGUL_LAST = 0xAC00, 0xD7A3
_PER_INITIAL, _PER_VOWEL = 588, 28
_JAMO_FIRST, _BEFORE_FINALS = 0x1100, 0x11A7  # of what the letters fold to, in the same order
_APART = {ord(both): two for both, two in _TWO_FINALS.items()} | {
    _BEFORE_FINALS + _FINALS.index(both): two for both, two in _TWO_FINALS.items()
}

_KEYS = {  # of the usual Korean keyboard, by the first of initials, vowels and finals
    0x1100: "r r s e e f a q q t t d w w c z x v g",
    0x1161: "k o i o j p u p h hk ho hl y n nj np nl b m ml l",
    0x11A8: "r r rt s sw sg e f fr fa fq ft fx fv fg a q qt t t d w c z x v g",
}
_KEYS_OF = {first + place: key for first, keys in _KEYS.items() for place, key in enumerate(keys.split())}


def keys_of(text: str) -> str:
    """Return the Latin letters on the keys that type a text: 삼성 is tkatjd, ㅜㅍㅇㅁ is nvda."""
    return unicodedata.normalize("NFKD", text).translate(_KEYS_OF)


def initial_consonants(text: str) -> str:
    """Return the text with every Korean syllable replaced by its first consonant."""
    return "".join(
        INITIALS[(ord(c) - _HANGUL_FIRST) // _PER_INITIAL] if _HANGUL_FIRST <= ord(c) <= _HANGUL_LAST else c
        for c in text
    )


def has_initials(text: str) -> bool:
    """Whether a consonant stands alone in a text, or two that an input method put together: ㅄ."""
    return any(_initial(letter) is not None for letter in text.translate(_APART))


@lru_cache(maxsize=64)
def begun(text: str) -> re.Pattern[str]:
    """Return what finds names and words that a text, not empty, may become: 삼ㅅ, 삼서, 엔빋, ㅅㅅㅈㅈ.

    With a consonant alone in it, blanks do not count.
    """
    between = ""
    if has_initials(text):
        text, between = text.translate(_APART).replace(" ", ""), " ?"
    return re.compile(between.join([*(_one(letter) for letter in text[:-1]), _last(text[-1])]))


def _initial(letter: str) -> int | None:
    place = INITIALS.find(letter)
    if place < 0:
        place = ord(letter) - _JAMO_FIRST
    return place if 0 <= place < len(INITIALS) else None


def _one(letter: str) -> str:
    """Return what a letter in the middle stands for."""
    initial = _initial(letter)
    return re.escape(letter) if initial is None else _beginning_with(initial)


def _last(letter: str) -> str:
    """Return what the last letter may become."""
    if (initial := _initial(letter)) is not None:
        return _beginning_with(initial)
    if not _HANGUL_FIRST <= ord(letter) <= _HANGUL_LAST:
        return re.escape(letter)
    code, final = ord(letter), (ord(letter) - _HANGUL_FIRST) % _PER_VOWEL
    if not final:
        vowel = (code - _HANGUL_FIRST) % _PER_INITIAL // _PER_VOWEL
        more = _LAST_VOWEL_OF.get(vowel, vowel) - vowel + 1
        return f"[{letter}-{chr(code + more * _PER_VOWEL - 1)}]"
    keys = _TWO_FINALS.get(_FINALS[final], f" {_FINALS[final]}")
    kept = chr(code - final + _FINALS.index(keys[0]))
    return f"(?:{letter}|{kept}{_beginning_with(INITIALS.index(keys[1]))})"


def _beginning_with(initial: int) -> str:
    first = _HANGUL_FIRST + initial * _PER_INITIAL
    return f"[{INITIALS[initial]}{chr(first)}-{chr(first + _PER_INITIAL - 1)}]"
