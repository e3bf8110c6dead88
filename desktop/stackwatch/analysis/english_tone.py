"""English tone: a rising cost is bad, a falling loss good, and so is a ban that is dropped.

A word that stops or cuts something is bad, and good of a bad thing; "not" turns round what follows it, and
what stands behind "despite" does not count.
"""

import re

from stackwatch.analysis.tone_words import Found, Signal, Words, meet
from stackwatch.analysis.word_lists import Span

_REACH = 3  # words between a direction and its object, or a negation and what it denies
# Verbs with which "up" and "down" say nothing of a direction, and what follows where they do.
_PHRASAL = re.split(
    r"\s+",
    """set sets tie open opens start sign signs step steps scale ramp ramps build back shut shuts break
    breaking pick team teams make come give keep speed line wind gear gears heats heat slow doubles doubling
    end ends ended""",
)
_AFTER_DIRECTION = (
    r"at|on|by|in|over|after|ahead|nearly|about|almost|more|rs|per|amid|this|for|from|sharply|since|again|"
    r"today|despite|slightly|strongly|significantly|year|y-o-y|yoy|compared|versus"
)
_NO_OBJECT = re.compile(  # behind it stands a reason
    r"[,;:|\u2026]|\b(?:on|amid|over|after|as|despite|due|because|following|from|post)\b", re.IGNORECASE
)
# Between what ends and the thing: another one is ended, as in "cuts jobs and costs".
_NOT_ENDED = re.compile(_NO_OBJECT.pattern + r"|\b(?:and|or|to|for|in|at|with|by|against)\b", re.IGNORECASE)
# From a thing to the end of what ended it: "tariff pause", "lawsuit against Meta dismissed".
_IS_ENDED = re.compile(
    r" (?:is |are |was |were |gets |be |being )?\S+"
    r"| (?:against|over|on) [^,;:|\u2026]*\w(?:ed|wn|out)"
)
# What follows in the same clause is not there yet.
_WANTED = re.compile(
    r" (?:seek(?:s|ing)?|targets|aims?|vows|wants|names new|appoints|weighs|considers|mulls|"
    r"explores|tries|bets on) "
    r"(?!.*(?:[.,;:?!|\u2026]\s|\b(?:but|as|while|after|amid|despite)\b))"
)
_UP_DOWN = re.compile(
    r"\b(?=up|down)"  # first, so that what stands before is looked at there only
    + "".join(rf"(?<!\b{verb} )" for verb in _PHRASAL)
    + rf"(?:(?P<up>up)|down)(?=$|[,;:.]| (?:\d|to \d|(?:{_AFTER_DIRECTION})\b))"
)


def english_signals(title: str, lowered: str, found: Found) -> list[Signal]:
    """Return what counts as good or bad, in the order of the title."""
    turns = [(span, 1) for span in found.get(Words.RISING, ())]
    turns += [(span, -1) for span in found.get(Words.FALLING, ())]
    if " up" in lowered or " down" in lowered or lowered.startswith(("up ", "down ")):
        turns += [(m.span(), 1 if m["up"] else -1) for m in _UP_DOWN.finditer(lowered)]
    if not turns and not found:
        return []
    signals = []
    spent: list[Span] = []
    for span, sign in turns:
        thing = _object(title, span, found)
        if thing is not None:
            spent.append(thing)
        signals.append((span, -sign if thing is not None else sign))
    for span in found.get(Words.ENDING, ()):
        thing = _ended(title, span, found)
        if thing is not None:
            spent.append(thing)
        signals.append((span, -1 if thing is None else 1))
    signals += [(span, 1) for span in found.get(Words.GOOD, ())]
    signals += [
        (span, -1)
        for span in found.get(Words.BAD, ())
        if not spent or not any(meet(span, other) for other in spent)
    ]
    signals += [(span, -1) for span in found.get(Words.AGAINST, ())]
    signals += [(span, 0) for span in found.get(Words.NEUTRAL, ())]
    done = found.get(Words.ACTIVITY, ())
    signals += [(span, 1) for span in done]
    kept: list[tuple[Span, int]] = []
    if len(signals) > 1:
        signals.sort(key=lambda signal: signal[0][0] - signal[0][1])  # the longest words first
    for span, sign in signals:
        if not kept or not any(meet(span, other) for other, _ in kept):
            kept.append((span, sign))
    return [
        Signal(span, -sign if negated(title, span, found) else sign, weak=span in done)
        for span, sign in sorted(kept)
        if sign
        and not _set_aside(title, span, found)
        and not (sign > 0 and _WANTED.search(lowered, 0, span[0]))
    ]


def _object(title: str, turn: Span, found: Found) -> Span | None:
    """Return the bad thing that rises or falls, None when it is something else."""
    things = (*found.get(Words.BAD_OBJECT, ()), *found.get(Words.BURDEN, ()))
    if not things:
        return None
    near = (_before(title, turn[0]), _after(title, turn[1], _REACH))
    for thing in things:
        between = title[min(thing[1], turn[1]) : max(thing[0], turn[0])]
        parted = _NO_OBJECT.search(between)
        if inside(thing, near) and not parted and not _set_aside(title, thing, found):
            return thing
    return None


def _ended(title: str, ending: Span, found: Found) -> Span | None:
    """Return the bad thing that is stopped, put off or cut: behind the word, or as its subject before it."""
    burdens = found.get(Words.BURDEN, ())
    for thing in (*found.get(Words.BAD_OBJECT, ()), *burdens):
        behind = ending[1] <= thing[0] and thing[1] <= _after(title, ending[1], _REACH)
        if behind and not _NOT_ENDED.search(title[ending[1] : thing[0]]):
            return thing
        acts = thing in burdens and title[ending[1] - 1] == "s"  # "probe delays deal"
        if not acts and thing[1] <= ending[0] and _IS_ENDED.fullmatch(title[thing[1] : ending[1]]):
            return thing
    return None


def _set_aside(title: str, span: Span, found: Found) -> bool:
    words = found.get(Words.DESPITE)
    if words is None:
        return False
    return any(span[0] >= word[1] and not re.search(r"[,;]", title[word[1] : span[0]]) for word in words)


def negated(title: str, span: Span, found: Found) -> bool:
    """Whether a negation stands up to three words before."""
    negations = found.get(Words.NEGATION)
    if negations is None:
        return False
    before = (_before(title, span[0]), span[0])
    return any(inside(negation, before) for negation in negations)


def inside(span: Span, outer: Span) -> bool:
    """Whether a span lies in another one."""
    return outer[0] <= span[0] and span[1] <= outer[1]


def _before(title: str, start: int) -> int:
    """Return where the three words before ``start`` begin."""
    words = title[:start].rsplit(None, _REACH)
    return len(words[0]) if len(words) > _REACH else 0


def _after(title: str, end: int, count: int) -> int:
    """Return where the ``count`` words after ``end`` are over."""
    words = title[end:].split(None, count)
    return len(title) - len(words[-1]) if len(words) > count else len(title)
