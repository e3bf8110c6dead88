"""Good or bad for whom: direction x object, negation, what a title sets aside, and who loses by it.

A word of the lists is a signal. Signals of the part of a title that is about an entity are added up; a rising
cost is bad, a falling loss is good, and what stands behind "despite" does not count. How Korean words are
bound to one another is in ``korean_tone``.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from stackwatch.analysis.korean_tone import korean_signals, past_another
from stackwatch.analysis.price_talk import name_went, share_went
from stackwatch.analysis.tone_words import Found, Signal, Words, meet
from stackwatch.analysis.word_lists import Span
from stackwatch.domain.news import Mention

_REACH = 3  # words between a direction and its object, or a negation and what it denies
_HANGUL = re.compile("[가-힣]")
_PART = re.compile(
    r"; |: |\. (?=[A-Z])|[\u2026|]| [\u2014\u2013-] |(?:, | )(?:[Ww]hile|[Bb]ut|[Aa]s|[Aa]mid|[Aa]nd) |, "
)
# A name that only describes another one, or is only compared with it.
_DESCRIBES = re.compile(
    r"['\u2019]?s?[ -](?:backed|owned|rivals?|partners?(?! with\b)|supplier|investor|alum\w*|"
    r"veterans?|like|linked|co-?founder(?!.*\b(?:arrest|charge|indict|accus|convict|fraud|smuggl|quit|leav|"
    r"depart|resign|exit|step)))\b",
    re.IGNORECASE,
)
_BESIDE = re.compile(
    r"\b(?:former |ex-|than |vs\.? |outperform\w* |rival |like |unlike |forget |not |next |by )$",
    re.IGNORECASE,
)
_BESIDE_LETTERS = 16  # that its longest word has
_CLAUSE_WORDS = 3  # that a part of its own has at least
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
    r"[,;:|\u2026]|\b(?:on|amid|over|after|as|despite|due|because|following|from)\b", re.IGNORECASE
)
# Between a name and a threat: behind it somebody else acts, or the name loses instead of taking.
_NO_THREAT = re.compile(
    r"; | (?:[Aa]s|[Aa]fter|[Aa]mid|[Ww]hen|[Ww]hile) |\b(?:loses?|losing|lost|cedes?|ceded) "
)
# Right before a name: somebody else does better than it, or goes against it.
_BEATEN = re.compile(
    r"\w (?P<verb>beat(?:s|ing)?|over(?:takes?|taking|took|taken)|out(?:sells?|selling|sold)|topples?|"
    r"unseats?|surpass(?:es|ed|ing)?|dethron(?:es?|ed|ing)|eclips(?:es|ed)|leapfrogs?|outpac(?:es?|ed|ing)|"
    r"undercuts?|tops|(?:to |could |may )?challeng(?:es?|ing)|to (?:compete with|rival|take on)|rivall?ing|"
    r"tak(?:es|ing) on) (?:the )?$",
    re.IGNORECASE,
)
_BEATEN_LETTERS = 24
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


@dataclass(frozen=True, slots=True)
class Tones:
    """The tone (-1, 0, 1) of each entity of a title, and whether the primary takes from others."""

    of: Mapping[str, int]
    overall: int
    threat: bool = False


def read_tones(
    title: str, lowered: str, mentions: Sequence[Mention], primary: str | None, found: Found
) -> Tones:
    """Return the tones of a title from the words ``found`` in it; ``lowered`` is its lower case."""
    korean = not title.isascii() and _HANGUL.search(title) is not None
    signals = korean_signals(title, found) if korean else _signals(title, lowered, found)
    routine = Words.ROUTINE in found
    threat = _threat(title, mentions, primary, found)
    names = tuple(dict.fromkeys(mention.entity_id for mention in mentions))
    if signals and names:
        if korean:
            begin = past_another(title, mentions, found)
            signals = [signal for signal in signals if signal.sign < 0 or begin <= signal.span[0]]
        elif len(names) == 1 and _describes(title, mentions):
            return Tones({names[0]: 0}, 0)
        else:
            begin = _own_part(title, mentions)
            signals = [signal for signal in signals if begin <= signal.span[0]]
        lowered = " " * begin + lowered[begin:]
    own_moves = {} if korean or not signals else {name: name_went(lowered, mentions, name) for name in names}
    share, others = share_went(lowered, () if korean else mentions)
    if others:
        signals = [signal for signal in signals if not any(meet(signal.span, other) for other in others)]
    overall = own_moves.get(primary or "", 0) or share or _sign(signals, korean=korean, routine=routine)
    if not names:
        return Tones({}, overall)
    parts = _parts(title, mentions) if len(names) > 1 else ()
    about = [_subjects(signal, mentions, parts) for signal in signals] if len(parts) > 1 else []
    together = _sign(signals, korean=korean, routine=routine) if parts else overall
    tones = {}
    for name in names:
        own = (
            [s for s, named in zip(signals, about, strict=True) if not named or name in named]
            if about
            else []
        )
        tone = own_moves.get(name, 0) or (_sign(own, korean=korean, routine=routine) if own else together)
        if threat is not None and overall >= 0:
            start = min(mention.start for mention in mentions if mention.entity_id == name)
            tone = -1 if start > threat else max(tone, 1 if name == primary else tone)
        tones[name] = tone
    tones |= _beaten(title, () if korean else mentions, found)
    return Tones(tones, tones.get(primary or "", overall), threat is not None)


def _sign(signals: Sequence[Signal], *, korean: bool, routine: bool) -> int:
    """Return the balance of signals; of two that cancel out the verb's counts: first, in Korean last.

    Weak ones count where there are no others, and not in a routine notice.
    """
    strong = [signal.sign for signal in signals if not signal.weak]
    if not strong:
        return 0 if routine or not signals else signals[-1].sign
    total = sum(strong) or strong[-1 if korean else 0]
    return (total > 0) - (total < 0)


def _describes(title: str, mentions: Sequence[Mention]) -> bool:
    """Whether the only name just describes another: "Nvidia-backed firm", "ex-Meta chief", "than Arm"."""
    return all(
        _DESCRIBES.match(title, mention.end)
        or _BESIDE.search(title, max(0, mention.start - _BESIDE_LETTERS), mention.start)
        for mention in mentions
    )


def _own_part(title: str, mentions: Sequence[Mention]) -> int:
    """Return where the part begins that names the only name of a title: "Tech stocks rally, Oracle falls"."""
    first = mentions[0].start
    starts = [match.end() for match in _PART.finditer(title, 0, first)]
    starts = [start for start in starts if start <= first and len(title[:start].split()) >= _CLAUSE_WORDS]
    return starts[-1] if starts else 0


def _beaten(title: str, mentions: Sequence[Mention], found: Found) -> dict[str, int]:
    """Return the tone of whom somebody else outdoes: "BYD overtakes Tesla"; 0 where that is denied."""
    beaten = {}
    for mention in mentions:
        verb = _BEATEN.search(title, max(0, mention.start - _BEATEN_LETTERS), mention.start)
        if verb is not None:
            beaten[mention.entity_id] = 0 if _negated(title, verb.span("verb"), found) else -1
    return beaten


def _threat(title: str, mentions: Sequence[Mention], primary: str | None, found: Found) -> int | None:
    """Return where the words stand by which the primary takes from others, None without them."""
    ends = [mention.end for mention in mentions if mention.entity_id == primary]
    threats = found.get(Words.THREAT, ())
    idle = found.get(Words.NEUTRAL, ()) if threats else ()  # "shakes up its leadership"
    for span in threats:
        before = [end for end in ends if end <= span[0]]
        if not before or any(_inside(span, other) and span != other for other in idle):
            continue
        if not _NO_THREAT.search(title, before[-1], span[0]):
            return span[0]
    return None


def _signals(title: str, lowered: str, found: Found) -> list[Signal]:
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
    signals += [(span, 1) for span in found.get(Words.GOOD, ())]
    signals += [
        (span, -1)
        for span in found.get(Words.BAD, ())
        if not spent or not any(meet(span, other) for other in spent)
    ]
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
        Signal(span, -sign if _negated(title, span, found) else sign, weak=span in done)
        for span, sign in sorted(kept)
        if sign
        and not _set_aside(title, span, found)
        and not (sign > 0 and _WANTED.search(lowered, 0, span[0]))
    ]


def _object(title: str, turn: Span, found: Found) -> Span | None:
    """Return the bad thing that rises or falls, None when it is something else."""
    things = found.get(Words.BAD_OBJECT, ())
    if not things:
        return None
    near = (_before(title, turn[0]), _after(title, turn[1], _REACH))
    for thing in things:
        parted = re.search(r"[,;:|]", title[thing[1] : turn[0]]) or _NO_OBJECT.search(
            title[turn[1] : thing[0]]
        )
        if _inside(thing, near) and not parted and not _set_aside(title, thing, found):
            return thing
    return None


def _set_aside(title: str, span: Span, found: Found) -> bool:
    words = found.get(Words.DESPITE)
    if words is None:
        return False
    return any(span[0] >= word[1] and not re.search(r"[,;]", title[word[1] : span[0]]) for word in words)


def _negated(title: str, span: Span, found: Found) -> bool:
    """Whether a negation stands up to three words before."""
    negations = found.get(Words.NEGATION)
    if negations is None:
        return False
    before = (_before(title, span[0]), span[0])
    return any(_inside(negation, before) for negation in negations)


def _parts(title: str, mentions: Sequence[Mention]) -> tuple[Span, ...]:
    """Return the parts of a title, cut where a part would begin that names somebody."""
    cuts = [0]
    for match in _PART.finditer(title):
        light = match.group().strip(" ,").lower() in ("", "and")  # a list of names is no new part
        follows = any(
            0 <= mention.start - match.end() <= (1 if light else len(title)) for mention in mentions
        )
        verb = not light or _has_verb_between(title, cuts[-1], match.start())
        if follows and verb:
            cuts.append(match.end())
    return tuple(zip(cuts, [*cuts[1:], len(title)], strict=True))


def _has_verb_between(title: str, start: int, end: int) -> bool:
    """Whether a part says something of its name: it has at least two words."""
    return len(title[start:end].split()) > 1


def _subjects(signal: Signal, mentions: Sequence[Mention], parts: Sequence[Span]) -> set[str]:
    """Return whom the part names in which a signal stands."""
    start, end = next(part for part in parts if part[0] <= signal.span[0] < part[1])
    return {mention.entity_id for mention in mentions if start <= mention.start < end}


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
