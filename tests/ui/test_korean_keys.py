import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stackwatch.ui.kit.korean_keys import as_korean

# What each letter of a syllable, taken apart by Unicode, is typed with on the standard layout.
_INITIALS = "r R s e E f a q Q t T d w W c z x v g"
_VOWELS = "k o i O j p u P h hk ho hl y n nj np nl b m ml l"
_FINALS = "r R rt s sw sg e f fr fa fq ft fx fv fg a q qt t T d w c z x v g"
_FIRST = {0x1100: _INITIALS, 0x1161: _VOWELS, 0x11A8: _FINALS}
_KEYS = {code: keys for first, typed in _FIRST.items() for code, keys in enumerate(typed.split(), first)}
_SYLLABLES = st.characters(min_codepoint=0xAC00, max_codepoint=0xD7A3)


@given(st.text(_SYLLABLES, min_size=1, max_size=12))
def test_that_every_korean_text_is_what_its_keys_spell(text: str) -> None:
    assert as_korean(unicodedata.normalize("NFD", text).translate(_KEYS)) == text


@given(st.text(_SYLLABLES, min_size=1, max_size=8), st.integers(1, 3))
def test_that_keys_before_the_first_composed_letter_join_it(text: str, apart: int) -> None:
    keys = unicodedata.normalize("NFD", text[0]).translate(_KEYS)
    rest = text[1:]
    assert as_korean(keys + rest) == text
    assert as_korean(text) is None  # all of it is composed already
    assert as_korean(text * apart) is None


@pytest.mark.parametrize("text", ["nvidia", "SKHY", "삼성전자", "ㅅㅅㅈㅈ", "005930", "", "ㅏㅏ", "oo"])
def test_that_what_spells_no_korean_is_left_alone(text: str) -> None:
    assert as_korean(text) is None


def test_that_consonants_alone_stay_consonants() -> None:
    assert as_korean("ttww") == "ㅅㅅㅈㅈ"
    assert as_korean("QnSKS") == "뿌난"  # of the shift key only letters that have another with it
