"""The initial consonants of Korean names, by which they are looked for."""

INITIALS = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ"
_HANGUL_FIRST, _HANGUL_LAST = 0xAC00, 0xD7A3
_PER_INITIAL = 588


def initial_consonants(text: str) -> str:
    """Return the text with every Korean syllable replaced by its first consonant."""
    return "".join(
        INITIALS[(ord(c) - _HANGUL_FIRST) // _PER_INITIAL] if _HANGUL_FIRST <= ord(c) <= _HANGUL_LAST else c
        for c in text
    )
