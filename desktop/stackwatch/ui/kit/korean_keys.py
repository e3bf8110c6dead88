"""Korean as its keys spell it where the keyboard writes Latin letters: ``gkdlslrtm`` is 하이닉스.

So it is where somebody forgot to switch, and where a search begins outside a field: the input method composes
from the second letter on (``gㅏ이``), or the first stays alone (``ㅎㅏ이``). Keys and syllables are those of
the standard layout (KS X 5002).
"""

import re

from stackwatch.ui.kit.initials import FINALS, FIRST_SYLLABLE, INITIALS, TWO_FINALS

_VOWELS = "ㅏㅐㅑㅒㅓㅔㅕㅖㅗㅘㅙㅚㅛㅜㅝㅞㅟㅠㅡㅢㅣ"
_TWO_VOWELS = {
    "ㅗㅏ": "ㅘ", "ㅗㅐ": "ㅙ", "ㅗㅣ": "ㅚ", "ㅜㅓ": "ㅝ", "ㅜㅔ": "ㅞ", "ㅜㅣ": "ㅟ", "ㅡㅣ": "ㅢ",
}  # fmt: skip
_KEYS, _LETTERS = "rsefaqtdwczxvgkoijpuhynbml", "ㄱㄴㄷㄹㅁㅂㅅㅇㅈㅊㅋㅌㅍㅎㅏㅐㅑㅓㅔㅕㅗㅛㅜㅠㅡㅣ"
_LETTER_OF = (
    str.maketrans(_KEYS.upper(), _LETTERS)  # but for those that the shift key gives another letter
    | str.maketrans(_KEYS, _LETTERS)
    | str.maketrans("REQTWOP", "ㄲㄸㅃㅆㅉㅒㅖ")
)
_JOINED = {two: one for one, two in TWO_FINALS.items()}
_SYLLABLE = re.compile(
    rf"([{INITIALS}])({'|'.join(_TWO_VOWELS)}|[{_VOWELS}])"
    rf"((?:{'|'.join(_JOINED)}|[{FINALS.strip()}])?)(?![{_VOWELS}])"
)
_WHOLE = re.compile("[가-힣]")
_SPELT_APART = re.compile(f"[A-Za-z{_VOWELS}]")


def as_korean(text: str) -> str | None:
    """Return the Korean that the keys of a text spell, None where they spell none.

    Consonants alone stay so: ``ttww`` is ㅅㅅㅈㅈ.
    """
    if not _SPELT_APART.search(text):
        return None
    keys = _WHOLE.sub(_apart, text).translate(_LETTER_OF)
    spelt = _SYLLABLE.sub(_together, keys)
    return None if re.search(f"[{_VOWELS}]", spelt) else spelt


def _apart(found: re.Match[str]) -> str:
    """Return the letters of a syllable."""
    place, final = divmod(ord(found.group()) - FIRST_SYLLABLE, len(FINALS))
    initial, vowel = divmod(place, len(_VOWELS))
    last = FINALS[final].strip()
    return INITIALS[initial] + _VOWELS[vowel] + TWO_FINALS.get(last, last)


def _together(found: re.Match[str]) -> str:
    """Return the syllable of its letters."""
    initial, vowel, last = found.groups()
    place = INITIALS.index(initial) * len(_VOWELS) + _VOWELS.index(_TWO_VOWELS.get(vowel, vowel))
    final = FINALS.index(_JOINED.get(last, last)) if last else 0
    return chr(FIRST_SYLLABLE + place * len(FINALS) + final)
