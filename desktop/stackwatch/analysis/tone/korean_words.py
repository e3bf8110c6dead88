"""The words of a Korean title that its tone is read from: of the lists, and figures that say as much."""

import re
from collections.abc import Iterator

from stackwatch.analysis.tone.tone_words import Found, Words
from stackwatch.analysis.words.word_lists import Span

_KINDS = (
    Words.GOOD,
    Words.AIM,
    Words.BAD,
    Words.ACTIVITY,
    Words.RISING,
    Words.FALLING,
    Words.BAD_OBJECT,
    Words.NEGATION,
    Words.NEUTRAL,
)
# "삼전 사고 하이닉스 팔고", "삼전 '사자'…네이버 '팔자'": bought, and no accident; sold is another.
_TRADES = re.compile(
    r"(?:(?<=사자)|(?<=러브콜)).{1,24}(?:팔자|매도)|"
    r"사고['\"\u2019\u201d]?(?:,| |\u2026).{0,20}팔(?:고|았|아|자|다)|"
    r"팔고['\"\u2019\u201d]?(?:,| |\u2026).{0,20}사고"
)
_USERS = re.compile(r"(?:[이사]용자|가입자|구독자|회원|다운로드)(?: ?수)?(?:가|는)? ?\d[\d.,]*[만억]")
# "11만→13만원", "점유율 95%→0%", "3위→1위": which way by the figures; of ranks the lower one is better.
_FROM_TO = re.compile(
    r"(?P<from>\d[\d,.]*)(?P<scale>만|억|조)?(?:원|달러|弗|%|위)? ?\u2192 ?\$?"
    r"(?P<to>\d[\d,.]*)(?P<unit>만|억|조|원|달러|弗|%|위)"
)


def korean_words(title: str, found: Found) -> list[tuple[Words, Span]]:
    """Return the words in order; where they overlap the longest counts."""
    words = [(kind, span) for kind in _KINDS for span in found.get(kind, ())]
    if "→" in title:
        words += _steps(title)
    words += [(Words.ACTIVITY, match.span()) for match in _USERS.finditer(title)]
    words += [(Words.NEUTRAL, match.span()) for match in _TRADES.finditer(title)]
    words.sort(key=lambda word: word[1][0] - word[1][1])
    kept: list[tuple[Words, Span]] = []
    for kind, span in words:
        if all(span[1] <= other[0] or other[1] <= span[0] for _, other in kept):
            kept.append((kind, span))
    return sorted(kept, key=lambda word: word[1])


def _steps(title: str) -> Iterator[tuple[Words, Span]]:
    """Yield the figures that are said to have become others, as a rise or a fall."""
    for step in _FROM_TO.finditer(title):
        before, after = (float(step[which].strip(".,").replace(",", "")) for which in ("from", "to"))
        if before == after or (step["scale"] and step["scale"] != step["unit"]):
            continue
        rises = (before < after) != (step["unit"] == "위")
        yield Words.RISING if rises else Words.FALLING, step.span()
