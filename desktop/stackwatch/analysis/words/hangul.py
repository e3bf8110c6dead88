"""The little Korean grammar that entity matching needs."""

import re

_SYLLABLE = re.compile("[\uac00-\ud7a3]")
_FIRST = 0xAC00
_FINALS = 28
_RIEUL = 8

# Particles by the syllable they may follow: after a final consonant, after a vowel, after either.
_AFTER_CONSONANT = frozenset(
    {
        "은",
        "이",
        "을",
        "과",
        "으로",
        "이나",
        "이라",
        "이란",
        "이며",
        "이고",
        "아",
        "이라는",
        "이라고",
        "이라며",
        "으로부터",
        "으로서",
        "으로써",
        "이다",
        "이라도",
        "이든",
        "이냐",
        "이지만",
    }
)
_AFTER_VOWEL = frozenset(
    {
        "는",
        "가",
        "를",
        "와",
        "로",
        "나",
        "라",
        "란",
        "며",
        "고",
        "야",
        "라는",
        "라고",
        "라며",
        "로부터",
        "로서",
        "로써",
        "다",
        "라도",
        "든",
        "냐",
        "지만",
    }
)
_AFTER_ANY = frozenset(
    {
        "의",
        "에",
        "에서",
        "에게",
        "에게서",
        "도",
        "만",
        "까지",
        "부터",
        "보다",
        "처럼",
        "측",
        "등",
        "및",
        "향",
        "발",
        "표",
        "주",
        "주가",
        "식",
        "급",
        "엔",
        "에선",
        "만이",
        "조차",
        "마저",
        "밖에",
        "한테",
        "께서",
        "든지",
        "대로",
        "만큼",
        "뿐",
        "사",
        "용",
        "산",
        "판",
        "계",
        "측이",
        "주식",
        "서",
        "행",
        "간",
        "제",
        "칩",
        "인가",
        "인데",
        "일까",
        "회장",
        "부회장",
        "사장",
        "대표",
        "노조",
        "임원",
        "직원",
        "출신",
    }
)
# Nouns written together with a name, the longer before those they begin with: 엔비디아쇼크, 시스코시스템즈.
_COMPOUNDS = (
    "공급망",
    "공장",
    "그룹주",
    "그룹",
    "관련주",
    "노사",
    "닷컴",
    "대항마",
    "라이벌",
    "랠리",
    "멤버십",
    "본사",
    "사태",
    "생태계",
    "쇼크",
    "수혜주",
    "시스템스",
    "시스템즈",
    "실적",
    "이사회",
    "임직원",
    "제작소",
    "제재",
    "주주",
    "진영",
    "창업자",
    "창업주",
    "코리아",
    "코퍼레이션",
    "테마주",
    "테크놀로지스",
    "테크놀로지",
    "폰",
    "해킹",
    "협력사",
    "홀딩스",
    "효과",
)
_ENDINGS = ("는", "도", "만", "의", "은")  # a particle may carry one more: 에서는, 와의, 까지도


def is_hangul(character: str) -> bool:
    """Whether a character is a Hangul syllable."""
    return "\uac00" <= character <= "\ud7a3"


def hangul_run(text: str, start: int) -> str:
    """Return the Hangul from ``start`` on."""
    end = start
    while end < len(text) and is_hangul(text[end]):
        end += 1
    return text[start:end]


def has_hangul(text: str) -> bool:
    """Whether a text has Korean letters."""
    return not text.isascii() and _SYLLABLE.search(text) is not None


def final_consonant(syllable: str) -> int:
    """Return the index of a syllable's final consonant, 0 for none."""
    return (ord(syllable) - _FIRST) % _FINALS


def particle_agrees(last: str, tail: str) -> bool:
    """Whether ``tail``, the Hangul that follows a name, is a particle fit for its last character.

    After a Latin letter or digit either form is accepted: how it is read aloud is not known.
    """
    if not tail or _is_particle(last, tail):
        return True
    if tail.endswith(_ENDINGS) and len(tail) > 1 and _is_particle(last, tail[:-1]):
        return True
    if not tail.startswith(_COMPOUNDS):
        return False
    noun = next(noun for noun in _COMPOUNDS if tail.startswith(noun))
    return particle_agrees(noun[-1], tail[len(noun) :])


def _is_particle(last: str, tail: str) -> bool:
    if tail in _AFTER_ANY:
        return True
    if not is_hangul(last):
        return tail in _AFTER_CONSONANT or tail in _AFTER_VOWEL
    final = final_consonant(last)
    if tail.startswith("로") and final == _RIEUL:
        return tail in _AFTER_VOWEL
    return tail in (_AFTER_CONSONANT if final else _AFTER_VOWEL)
