"""The parts of a title and whom each one names: what is said in one is seldom the news of another's."""

import re
from collections.abc import Sequence

from stackwatch.analysis.tone.tone_words import Signal
from stackwatch.analysis.words.word_lists import Span
from stackwatch.domain.news import Mention

PART = re.compile(
    r"; |: |\. (?=[A-Z])|[\u2026|]| [\u2014\u2013-] "
    r"|(?:, | )(?:[Ww]hile|[Bb]ut|[Aa]s(?! (?:(?:its|new|interim|co-?) ?)?(?:head|chief|ceo|cfo|coo|"
    r"chair\w*|president|director|board|boss|member)\b)|[Aa]fter|[Aa]mid|[Aa]nd) |, "
)
CLAUSE_WORDS = 3  # that a part of its own has at least
_BETWEEN_NAMES = re.compile(r", and |, | and | & ")
# Behind the last name of a list that ends a part: "into Microsoft and Apple, a sign".
_ENDS_LIST = re.compile(r"(?:['\u2019]s)?(?:$|[,;:|.\u2026\u2014\u2013]| [\u2014\u2013|-] | and )")


def parts_of(title: str, mentions: Sequence[Mention]) -> tuple[Span, ...]:
    """Return the parts of a title, cut where a part would begin that names somebody."""
    cuts = [0]
    for match in PART.finditer(title):
        light = match.group().strip(" ,").lower() in ("", "and")  # a list of names is no new part
        follows = any(
            0 <= mention.start - match.end() <= (1 if light else len(title)) for mention in mentions
        )
        clause = not light or (
            _has_verb_between(title, cuts[-1], match.start())
            and not _only_listed(title, match.end(), mentions)
        )
        if follows and clause:
            cuts.append(match.end())
    return tuple(zip(cuts, [*cuts[1:], len(title)], strict=True))


def _only_listed(title: str, start: int, mentions: Sequence[Mention]) -> bool:
    """Whether a part would begin with the last names of a list, of which nothing more is said."""
    end = start
    for mention in mentions:
        if mention.start >= end and (end == start or _BETWEEN_NAMES.fullmatch(title, end, mention.start)):
            end = mention.end
    return _ENDS_LIST.match(title, end) is not None


def _has_verb_between(title: str, start: int, end: int) -> bool:
    """Whether a part says something of its name: it has at least two words."""
    return len(title[start:end].split()) > 1


def tells_alone(title: str, name: str, mentions: Sequence[Mention], parts: Sequence[Span]) -> bool:
    """Whether a part names nobody else and says something: signals elsewhere are the news of others."""
    for part in parts:
        named = _named_in(part, mentions)
        if name in named:
            return named == {name} and len(title[slice(*part)].split()) >= CLAUSE_WORDS
    return False


def subjects(signal: Signal, mentions: Sequence[Mention], parts: Sequence[Span]) -> set[str]:
    """Return whom the part names in which a signal stands."""
    return _named_in(next(part for part in parts if part[0] <= signal.span[0] < part[1]), mentions)


def _named_in(part: Span, mentions: Sequence[Mention]) -> set[str]:
    start, end = part
    return {mention.entity_id for mention in mentions if start <= mention.start < end}
