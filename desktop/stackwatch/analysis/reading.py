"""Read a title: whom it is about, good or bad for them, its theme, and whether it reports anything."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum, auto

from stackwatch.analysis.hangul import is_hangul
from stackwatch.analysis.linker import Linker
from stackwatch.analysis.word_lists import Span, WordLists, lower
from stackwatch.domain.news import Mention, Reading, Theme

_WENT = (
    "down|up|falls?|fell|slides?|slid|drops?|dropped|sinks?|sank|tumbles?|slips?|slipped|plunges?|slumps?|dips?|"
    "jumps?|rises?|rose|surges?|soars?|climbs?|gains?|rally|rallies"
)
_PRICE_VERB = re.compile(
    rf"(?:['\u2019]s?)?(?: stock| shares?)?(?: (?:is|are))? (?:{_WENT})"
    r"(?:$|[,;:]| (?:after|as|on|amid|following|by|\d))"
    r"|(?:[은는이가도])?,? ?(?:주가 ?)?(?:장중 ?)?(?:\d+(?:\.\d+)?% ?)?"
    r"(?:급락|급등|폭락|폭등|하락|상승|약세|강세)"
)
_REACH = 3  # words between a direction and its object, or a negation and what it denies
_REACH_AFTER = 2  # a Korean negation follows


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


class _List(Enum):
    GOOD = auto()
    BAD = auto()
    NEGATION = auto()
    RISING = auto()
    FALLING = auto()
    BAD_OBJECT = auto()
    PRICE_TALK = auto()
    EVERGREEN = auto()


_Found = Mapping[_List | Theme, Sequence[Span]]


class Reader:
    """Reads titles with one linker and one lexicon."""

    def __init__(self, linker: Linker, lexicon: Lexicon) -> None:
        """Build the tables for ``lexicon``."""
        self._linker = linker
        self._themes = tuple(lexicon.themes)
        lists: dict[_List | Theme, tuple[str, ...]] = dict(lexicon.themes.items())
        lists |= {
            _List.GOOD: lexicon.good,
            _List.BAD: lexicon.bad,
            _List.NEGATION: lexicon.negation,
            _List.RISING: lexicon.rising,
            _List.FALLING: lexicon.falling,
            _List.BAD_OBJECT: lexicon.bad_object,
            _List.PRICE_TALK: lexicon.price_talk,
            _List.EVERGREEN: lexicon.evergreen,
        }
        self._lists = WordLists(lists)

    def read(self, title: str) -> Reading:
        """Return what ``title`` says; without a known entity it still has a theme and a tone."""
        linked = self._linker.link(title)
        found = self._lists.find(lower(title))
        price_talk = _List.PRICE_TALK in found or _tells_price(title, linked.mentions)
        return Reading(
            mentions=linked.mentions,
            primary=linked.primary,
            tone=_tone(title, found),
            theme=Theme.PRICE_TALK if price_talk else self._theme(found),
            event=not price_talk and _List.EVERGREEN not in found and bool(linked.mentions),
        )

    def _theme(self, found: _Found) -> Theme:
        """Return the theme with most matching words; the order of the lexicon breaks ties."""
        best = max(self._themes, key=lambda theme: len(found.get(theme, ())), default=Theme.OTHER)
        return best if best in found else Theme.OTHER


def _tells_price(title: str, mentions: Sequence[Mention]) -> bool:
    """Whether a name is followed at once by what its price did: "Nvidia slides after ..."."""
    return any(_PRICE_VERB.match(title, mention.end) for mention in mentions)


def _tone(title: str, found: _Found) -> int:
    """Return -1, 0 or 1: direction x object, turned round by a negation."""
    score = 0
    spent: list[Span] = []
    for thing in found.get(_List.BAD_OBJECT, ()):
        near = (_before(title, thing[0]), _after(title, thing[1], _REACH))
        for direction, sign in ((_List.FALLING, 1), (_List.RISING, -1)):  # a falling loss is good
            turn = next((span for span in found.get(direction, ()) if _inside(span, near)), None)
            if turn is not None:
                denied = _negated(title, turn, found) or _negated(title, thing, found)
                score += -sign if denied else sign
                spent += [turn, thing]
                break
    for key, sign in ((_List.GOOD, 1), (_List.BAD, -1)):
        for span in found.get(key, ()):
            if not any(span[0] < end and start < span[1] for start, end in spent):
                score += -sign if _negated(title, span, found) else sign
    return (score > 0) - (score < 0)


def _negated(title: str, span: Span, found: _Found) -> bool:
    """Whether a negation stands up to three words before (English), or soon after (Korean)."""
    negations = found.get(_List.NEGATION, ())
    if not negations:
        return False
    if not is_hangul(title[span[1] - 1]):
        before = (_before(title, span[0]), span[0])
        return any(_inside(negation, before) for negation in negations)
    after = (span[1], _after(title, span[1], _REACH_AFTER))
    follows = next((negation for negation in negations if _inside(negation, after)), None)
    said = (*found.get(_List.GOOD, ()), *found.get(_List.BAD, ()))
    return follows is not None and not any(_inside(other, (span[1], follows[0])) for other in said)


def _inside(span: Span, outer: Span) -> bool:
    return outer[0] <= span[0] and span[1] <= outer[1]


def _before(title: str, start: int) -> int:
    """Return where the three words before ``start`` begin."""
    words = title[:start].rsplit(None, _REACH)
    return len(words[0]) if len(words) > _REACH else 0


def _after(title: str, end: int, count: int) -> int:
    """Return where the ``count`` words after ``end`` are over."""
    words = title[end:].split(None, count)
    return len(title) - len(words[-1]) if len(words) > count else len(title)
