"""Read a title: whom it is about, whether it is good or bad for them, its theme, and whether it reports anything."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from stackwatch.analysis.hangul import is_hangul
from stackwatch.analysis.linker import Linker
from stackwatch.domain.news import Reading, Theme

_OBJECT_REACH = 3  # words between a direction and its object


@dataclass(frozen=True, slots=True, kw_only=True)
class Lexicon:
    """Word lists in English and Korean; a word ending in ``*`` is a stem, a Korean word always is."""

    good: tuple[str, ...]
    bad: tuple[str, ...]
    negation: tuple[str, ...]
    rising: tuple[str, ...]
    falling: tuple[str, ...]
    bad_object: tuple[str, ...]
    themes: Mapping[Theme, tuple[str, ...]]
    price_talk: tuple[str, ...]
    evergreen: tuple[str, ...]


class Reader:
    """Reads titles with one linker and one lexicon."""

    def __init__(self, linker: Linker, lexicon: Lexicon) -> None:
        self._linker = linker
        self._good = _pattern(lexicon.good)
        self._bad = _pattern(lexicon.bad)
        self._negation = _pattern(lexicon.negation)
        self._bad_object = _pattern(lexicon.bad_object)
        self._turning = (
            (_pattern(lexicon.falling), 1),  # a falling loss is good
            (_pattern(lexicon.rising), -1),  # a rising cost is bad
        )
        self._themes = tuple((theme, _pattern(words)) for theme, words in lexicon.themes.items())
        self._price_talk = _pattern(lexicon.price_talk)
        self._evergreen = _pattern(lexicon.evergreen)

    def read(self, title: str) -> Reading:
        """Return what ``title`` says; without a known entity it still has a theme and a tone."""
        linked = self._linker.link(title)
        price_talk = self._price_talk.search(title) is not None
        theme = Theme.PRICE_TALK if price_talk else self.theme(title)
        return Reading(
            mentions=linked.mentions,
            primary=linked.primary,
            tone=self.tone(title),
            theme=theme,
            event=not price_talk and self._evergreen.search(title) is None and bool(linked.mentions),
        )

    def tone(self, title: str) -> int:
        """Return -1, 0 or 1: direction x object, turned round by a negation."""
        score = 0
        spent: list[tuple[int, int]] = []
        for thing in self._bad_object.finditer(title):
            near = _neighbourhood(title, thing.start(), thing.end())
            for direction, sign in self._turning:
                turn = direction.search(title, *near)
                if turn is not None:
                    score += sign
                    spent += [turn.span(), thing.span()]
                    break
        for pattern, sign in ((self._good, 1), (self._bad, -1)):
            for match in pattern.finditer(title):
                if any(match.start() < end and start < match.end() for start, end in spent):
                    continue
                score += -sign if self._negated(title, match.start(), match.end()) else sign
        return (score > 0) - (score < 0)

    def theme(self, title: str) -> Theme:
        """Return the theme with most matching words; the order of the lexicon breaks ties."""
        counts = [(len(pattern.findall(title)), theme) for theme, pattern in self._themes]
        best = max((count for count, _ in counts), default=0)
        return next((theme for count, theme in counts if count == best), Theme.OTHER) if best else Theme.OTHER

    def _negated(self, title: str, start: int, end: int) -> bool:
        """A negation up to three words before (English), or right after (Korean: 우려 부인)."""
        before = " ".join(title[:start].split()[-_OBJECT_REACH:])
        if self._negation.search(before):
            return True
        return is_hangul(title[end - 1]) and self._negation.search(" ".join(title[end:].split()[:2])) is not None


def _pattern(words: Iterable[str]) -> re.Pattern[str]:
    """Compile a word list; ``*`` inside or after a word stands for the rest of that word."""
    parts = []
    for word in words:
        body = re.escape(word).replace(r"\*", r"[\w'\u2019-]*")
        korean = any(is_hangul(c) for c in word)
        parts.append(body if korean else rf"(?<![\w]){body}(?![\w])")
    return re.compile("|".join(sorted(parts, key=len, reverse=True)) or r"(?!)", re.IGNORECASE)


def _neighbourhood(title: str, start: int, end: int) -> tuple[int, int]:
    """Return the span reaching three words to either side."""
    left = title[:start].split(" ")
    right = title[end:].split(" ")
    reach_left = sum(len(word) + 1 for word in left[-_OBJECT_REACH - 1 :])
    reach_right = sum(len(word) + 1 for word in right[: _OBJECT_REACH + 1])
    return max(start - reach_left, 0), min(end + reach_right, len(title))
