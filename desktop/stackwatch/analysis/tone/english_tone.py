"""English tone: a rising cost is bad, a falling loss good, and so is a ban that is dropped.

A word that stops or cuts something is bad, and good of a bad thing; "not" turns round what follows it, and
what stands behind "despite" does not count.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from stackwatch.analysis.tone.english_crosses import crossed, harmless_clauses, is_only_described
from stackwatch.analysis.tone.figures import compared_figures
from stackwatch.analysis.tone.tone_words import Found, Signal, Words, inside, meet
from stackwatch.analysis.words.word_lists import Span

_Directed = tuple[list[tuple[Span, int]], list[Span]]

_REACH = 3  # words between a direction and its object, or a negation and what it denies
# Verbs with which "up" and "down" say nothing of a direction, and what follows where they do.
_PHRASAL = re.split(
    r"\s+",
    """set sets tie open opens start sign signs step steps scale ramp ramps build back shut shuts break
    breaking pick team teams make come give keep speed line wind gear gears heats heat slow doubles doubled
    doubling end ends ended""",
)
# With these "up to 5" is a quantity: "to offer up to 1M shares".
_QUANTITIES = re.split(
    r"\s+",
    """offer offers offering of for by worth buy buys sell sells invest invests spend spends pay pays add adds
    cut cuts raise raises raising lay lays layoff borrow borrows issue issues lend with commit commits""",
)
_AFTER_DIRECTION = (
    r"at|on|by|in|over|after|ahead|nearly|about|almost|more|rs|per|amid|this|for|from|sharply|since|again|"
    r"today|despite|slightly|strongly|significantly|year|y-o-y|yoy|compared|versus|"
    r"a (?:tenth|fifth|quarter|third|half)"
)
_NO_OBJECT = re.compile(  # behind it stands a reason
    r"[,;:|\u2026]|\b(?:on|amid|over|after|as|despite|due|because|following|from|into|post|than)\b",
    re.IGNORECASE,
)
_ASIDE_ENDS = re.compile(r"[,;]| (?:with|but|while) ")  # "defies the sceptics with another record quarter"
# Between what ends and the thing: another one is ended, as in "cuts jobs and costs".
_NOT_ENDED = re.compile(
    _NO_OBJECT.pattern
    + r"|\b(?:and|or|to|for|in|at|with|by|against"
    + r"|(?:spark|fuel|rais|stok|trigger|caus|prompt|stir|deepen|bring|add|rekindl|reviv)(?:e?s|ed|ing)?)\b",
    re.IGNORECASE,
)
# From a thing to the end of what ended it: "tariff pause", "lawsuit against Meta dismissed".
_IS_ENDED = re.compile(
    r"(?: (?:at|in) \w+)? (?:is |are |was |were |gets |be |being )?\S+"
    r"| (?:against|over|on) [^,;:|\u2026]*\w(?:ed|wn|out)"
)
# What follows in the same clause is not there yet.
_WANTED = re.compile(
    r" (?:seek(?:s|ing)?|sought|targets(?! (?:over |more than |at least )?\$?\d)|aims?|vows|"
    r"wants|wanted|names new|appoints|weighs|considers|mulls|"
    r"awaits?|awaiting|waiting for|explores|tries|tried|attempts?|attempted|bets on|should(?! have)|"
    r"asks(?! for\b)|asked|urges|urged|press(?:es)? (?:[^\s,;:]+ ){1,3}to|calls (?:on|for)|lobb(?:y|ies)|"
    r"pleads|needs(?= (?:an?|to|more|its|some|the|new|better)\b)|must(?! have)) "
    r"(?!.*(?:[.,;:?!|\u2026]\s|\b(?:but|as|while|after|amid|despite)\b))"
)
# What is smaller than it might have been, and what is worse: "slower than the Street had hoped".
_THAN = (
    r"(?: than (?:[a-z]+ ){0,3}|(?P<joined>-than-))"
    r"(?:expected|feared|hoped|planned|estimated|forecasts?|thought|anticipated|projected|expectations|estimates|consensus)\b"
)
_LESS = re.compile(rf"\b(?:less|smaller|milder|narrower)(?: [a-z-]+){{0,2}}{_THAN}")
_WORSE = re.compile(
    rf"\b(?:slower|weaker|softer|worse|poorer|later){_THAN}"
    r"|\b(?:not|\w+n't) (?:[a-z]+ ){0,2}as [a-z]+ as (?:[a-z']+ ){0,2}"
    r"(?:expected|hoped|planned|promised|forecast|thought|anticipated|projected)\b"
)
# A report that is denied: "says reports of lost business are wrong".
_WRONG = re.compile(
    r"\b(?:(?:[\w.'\u2019-]+ ){1,5}reports?|reports? (?:of|that|on|about) [^,;:]*) (?:is|are) "
    r"(?:total |simply |completely )?"
    r"(?:wrong|false|untrue|not true|inaccurate|incorrect|bogus|fake|bs|nonsense)\b"
    r"|\b(?:shoots? down|shot down|refutes?|rebuts?|debunks?|pushes back (?:on|against)|den(?:ies|ied|y)|"
    r"reject(?:s|ed)?|disputed?s?|dismisses) (?:[\w.'\u2019]+ ){0,2}(?:reports?|rumou?rs?|story)"
    r"(?: (?:of|that|on) [^,;:]*|\b)"
)
# All that is denied, up to another clause; a court denies bids and motions.
_DENIED = re.compile(
    r"\bden(?:ies|ied|y)\b"
    r"(?! (?:[\w.'\u2019]+ ){0,3}(?:bids?|requests?|motions?|appeals?|petitions?|bail|access)\b)"
    r".*?(?=$|[,;:|\u2026] | (?:as|but|while|after|amid) )"
)
_CLAUSE_MARK = re.compile(r"[,;:|\u2026] ")
_CLAUSE_ENDS = re.compile(r"[,;:|\u2026] | (?:as|but|while|after|amid) ")
# Between a thing and the verb that undoes it, and what may follow where that is all that is said.
_IS_UNDONE = re.compile(
    r"(?: [A-Z][\w.&-]*){0,2}(?: (?:for|of|at|in) [^,;:\u2026]{1,24})?"
    r"(?: (?:is|are|was|were|has|have|gets?))? "
)
_SAYS_NO_MORE = re.compile(
    r"$|[,;:.\u2026]| (?:by|in|as|after|for|on|amid|over|at|until|again|soon|today|this|next)\b"
)
# What only names the matter, so that the verb behind it decides: "growth hits a wall".
_MATTERS = re.compile(
    r"(?:growth|rally|recovery|momentum|expansion|boom|gains|lead|comeback|turnaround|revival|rebound|advantage|"
    r"strength)",
    re.IGNORECASE,
)
_IS_OF_MATTER = re.compile(r" (?:story |bid |plan |drive |streak )?(?:is |are |has |have )?")
_NO_MORE = re.compile(
    r"(?:\w+(?:ed|wn)|ends|expires?|lapses?|fades?|slows?|stalls?|falters?|fizzles|collapses?|evaporates?|wanes?)$",
    re.IGNORECASE,
)
# Results on both sides of what was expected say nothing on the whole: "beats by $0.01, misses on revenue".
_MIXED = re.compile(
    r"\b(?:beats?|tops?|exceeds?)\b.*(?:, |; | but | and )(?:[a-z]+ ){0,2}(?:misses|miss|lags?|trails?)\b"
    r"|\b(?:misses|miss|lags?|trails?)\b.*(?:, |; | but | and )(?:[a-z]+ ){0,2}(?:beats?|tops?|exceeds?)\b"
)
# A superlative and no denial: "have never been more bullish".
_NEVER_SO = re.compile(r" been (?:more|this|so|as|better|stronger|higher|bigger|busier)\b", re.IGNORECASE)
_QUOTES = "'\"\u2018\u201c"
_PAYS = re.compile(r"\b[Pp]a(?:y(?:s|ing)?|id) ")  # "to pay $2 billion to end case"
_FAILS = ("fail", "Fail")
_MENDS = re.compile(r"fix|resolv|solv|plug|patch", re.IGNORECASE)  # whatever is bad
_ENDS = ("end", "ends", "ended", "expire", "expires", "expired", "lapses", "lapsed")
_UP_DOWN = re.compile(
    r"\b(?=up|down)"  # first, so that what stands before is looked at there only
    + "".join(rf"(?<!\b{verb} )" for verb in (*_PHRASAL, *_QUANTITIES))
    + rf"(?:(?P<up>up)|down)(?=$|[,;:.]| (?:\d|to \d|(?:{_AFTER_DIRECTION})\b))"
)


def english_signals(title: str, lowered: str, found: Found) -> list[Signal]:
    """Return what counts as good or bad, in the order of the title."""
    turns = [(span, 1) for span in found.get(Words.RISING, ())]
    turns += [(span, -1) for span in found.get(Words.FALLING, ())]
    if " up" in lowered or " down" in lowered or lowered.startswith(("up ", "down ")):
        turns += [(m.span(), 1 if m["up"] else -1) for m in _UP_DOWN.finditer(lowered)]
    idle = found.get(Words.NEUTRAL, ()) if turns else ()
    if idle:  # "growth story" is no growth of what stands before it
        turns = [turn for turn in turns if not any(inside(turn[0], other) for other in idle)]
    figures = [*compared_figures(lowered), *crossed(lowered, found)]
    if not turns and not found and not figures and "-than-" not in lowered:
        return []
    signals, spent = _directed(title, turns, found)
    signals += ((span, sign) for span, sign in figures if not _spent(span, spent))
    signals += [(span, 1) for kind in (Words.GOOD, Words.PRAISE) for span in found.get(kind, ())]
    signals += [(span, -1) for span in found.get(Words.BAD, ()) if not _spent(span, spent)]
    signals += [(span, -1) for span in found.get(Words.AGAINST, ())]
    signals += [(span, 0) for span in found.get(Words.NEUTRAL, ())]
    done = found.get(Words.ACTIVITY, ())
    signals += [(span, 1) for span in done]
    signals += [(span, 1) for span in found.get(Words.DEED, ()) if negated(title, span, found)]
    plain = dict(_longest(signals))
    harmless = harmless_clauses(lowered) if -1 in plain.values() else ()
    kept = [
        Signal(span, turned, weak=span in done or is_only_described(lowered, span))
        for span, sign in plain.items()
        if sign
        and not (sign < 0 and any(inside(span, clause) for clause in harmless))
        and not _set_aside(title, span, found)
        and not ((turned := _turned(title, span, sign, found)) > 0 and _WANTED.search(lowered, 0, span[0]))
    ]
    if " than " in lowered or "-than-" in lowered or " as " in lowered:
        kept = _compared(lowered, kept)
    if "report" in lowered or " rumo" in lowered or " den" in lowered:
        kept = _not_so(lowered, kept, plain)
    if len(kept) > 1 and not sum(signal.sign for signal in kept) and _MIXED.search(lowered):
        return []
    return _undone(title, kept, found) if len(kept) > 1 or (kept and Words.CLEARING in found) else kept


def _not_so(lowered: str, signals: list[Signal], plain: Mapping[Span, int]) -> list[Signal]:
    """Return what is left where a report is denied: of something bad that is good, of something good nothing.

    What stands right behind "denies" was turned round before, so that an order denied is bad.
    """
    wrong, denied = _WRONG.search(lowered), _DENIED.search(lowered)
    told = []
    for signal in signals:
        said = plain.get(signal.span, signal.sign)
        untrue = wrong is not None and inside(signal.span, wrong.span())
        if untrue or (denied is not None and inside(signal.span, denied.span()) and signal.sign == said):
            told.append(replace(signal, sign=max(-said, 0)))
        else:
            told.append(signal)
    return [signal for signal in told if signal.sign]


def in_false_report(lowered: str, span: Span) -> bool:
    """Whether a part of a title in lower case is what a report is said to tell wrongly."""
    wrong = _WRONG.search(lowered)
    return wrong is not None and inside(span, wrong.span())


def _directed(title: str, turns: Sequence[tuple[Span, int]], found: Found) -> _Directed:
    """Return what rises, falls or ends, good or bad by what it is, and the bad things told thereby."""
    signals: list[tuple[Span, int]] = []
    spent: list[Span] = []
    for span, sign in turns:
        thing = _object(title, span, found) or _raised(title, span, found)
        if thing is None:
            signals.append((span, sign))
            continue
        lifted = thing in found.get(Words.BURDEN, ()) and title[span[0] : span[1]].lower().startswith("lift")
        signals.append((span, sign if lifted else -sign))
        spent.append(thing)
    if Words.ENDING not in found and Words.CLEARING not in found:
        return signals, spent
    for kind, alone in ((Words.ENDING, -1), (Words.CLEARING, 0)):
        for span in found.get(kind, ()):
            paid = kind is Words.CLEARING and _PAYS.search(title, 0, span[0]) is not None
            thing = None if paid else _ended(title, span, found)
            if thing is None and kind is Words.CLEARING and (gain := _gain_ended(title, span, found)):
                signals.append(((span[0], gain[1]), -1))
                continue
            signals.append((span, alone if thing is None else 1))
            spent += () if thing is None else (thing,)
    return signals, spent


def _spent(span: Span, spent: Sequence[Span]) -> bool:
    """Whether a bad thing was told with what rose, fell or ended."""
    return any(meet(span, other) for other in spent)


def _longest(signals: Sequence[tuple[Span, int]]) -> list[tuple[Span, int]]:
    """Return the signals that lie in no longer one, in the order of the title."""
    if len(signals) == 1:
        return list(signals)
    kept: list[tuple[Span, int]] = []
    for span, sign in sorted(signals, key=lambda signal: signal[0][0] - signal[0][1]):
        if not kept or not any(meet(span, other) for other, _ in kept):
            kept.append((span, sign))
    return sorted(kept)


def _compared(lowered: str, signals: list[Signal]) -> list[Signal]:
    """Turn round what is less than expected: "sales fall less than feared", "smaller-than-expected loss".

    What is worse than expected is bad whatever it was: "sales grow 66%, slower than hoped".
    """
    worse = _WORSE.search(lowered)
    if worse is not None:
        kept = [s for s in signals if s.sign < 0 and not meet(s.span, worse.span())]
        kept += [s for s in signals if s.sign > 0 and s.span[0] > worse.end()]
        return sorted((*kept, Signal(worse.span(), -1)), key=lambda signal: signal.span)
    less = _LESS.search(lowered)
    if less is None:
        return signals
    signals = [signal for signal in signals if not meet(signal.span, less.span())]
    if less["joined"]:
        near = (less.end(), _after(lowered, less.end(), 2))
        places = tuple(i for i, signal in enumerate(signals) if inside(signal.span, near))
        if not places:
            return [*signals, Signal(less.span(), -1)]
    else:
        clause = max((end.end() for end in _CLAUSE_ENDS.finditer(lowered, 0, less.start())), default=0)
        places = tuple(i for i, s in enumerate(signals) if clause <= s.span[0] and s.span[1] <= less.start())
        if not places and less.group().endswith(("feared", "thought")):
            return [*signals, Signal(less.span(), 1)]
    return [replace(s, sign=-s.sign) if i in places else s for i, s in enumerate(signals)]


def _undone(title: str, signals: Sequence[Signal], found: Found) -> list[Signal]:
    """Drop what the verb behind it says is over, and a refusal that only denies what follows.

    "approval revoked", "tariff relief for Apple ends"; "refuses to halt sales".
    """
    ends = [span for span in found.get(Words.CLEARING, ()) if title[span[0] : span[1]].lower() in _ENDS]
    ends = [span for span in ends if not any(signal.span == span for signal in signals)]
    marks = sorted((*signals, *(Signal(span, -1) for span in ends)), key=lambda mark: mark.span)
    kept: list[Signal] = []
    for mark in marks:
        undone = kept and kept[-1].sign > 0 > mark.sign and _undoes(title, kept[-1].span, mark.span)
        if undone:
            kept.pop()
        if undone or mark.span not in ends:
            kept.append(mark)
    for denial in found.get(Words.NEGATION, ()):
        refuses = not title.startswith(_FAILS, denial[0])
        if refuses and any(s.sign > 0 and _denies(title, denial, s.span) for s in kept):
            kept = [s for s in kept if not inside(s.span, denial)]
    return kept


def _undoes(title: str, thing: Span, verb: Span) -> bool:
    """Whether a verb right behind a thing, with nothing of its own behind it, says that this is no more.

    What only names the matter ("growth hits a wall") counts for nothing before any such verb.
    """
    if _MATTERS.fullmatch(title, *thing) and _IS_OF_MATTER.fullmatch(title, thing[1], verb[0]):
        return True
    return (
        _NO_MORE.search(title, verb[0], verb[1]) is not None
        and _IS_UNDONE.fullmatch(title, thing[1], verb[0]) is not None
        and _SAYS_NO_MORE.match(title, verb[1]) is not None
    )


def _object(title: str, turn: Span, found: Found) -> Span | None:
    """Return the bad thing that rises or falls, None when it is something else."""
    things = _things(found)
    if not things:
        return None
    near = (_before(title, turn[0]), _after(title, turn[1], _REACH))
    for thing in things:
        between = title[min(thing[1], turn[1]) : max(thing[0], turn[0])]
        parted = _NO_OBJECT.search(between)
        if inside(thing, near) and not parted and not _set_aside(title, thing, found):
            return thing
    return None


def _things(found: Found) -> Sequence[Span]:
    """Return the bad things, but for those in a longer word that says nothing: "bull case", "debt sale"."""
    things = (*found.get(Words.BAD_OBJECT, ()), *found.get(Words.BURDEN, ()))
    idle = found.get(Words.NEUTRAL, ()) if things else ()
    return [thing for thing in things if not any(inside(thing, other) for other in idle)] if idle else things


def _raised(title: str, turn: Span, found: Found) -> Span | None:
    """Return whatever is bad right behind "raises": red flags, eyebrows."""
    if not title.startswith(("rais", "Rais"), turn[0]):
        return None
    return next((span for span in found.get(Words.BAD, ()) if span[0] == turn[1] + 1), None)


def _ended(title: str, ending: Span, found: Found) -> Span | None:
    """Return the bad thing that is stopped, put off or cut: behind the word, or as its subject before it."""
    burdens = found.get(Words.BURDEN, ())
    mends = _MENDS.match(title, ending[0]) is not None
    bad, reach = (found.get(Words.BAD, ()), 2 * _REACH) if mends else ((), _REACH)
    for thing in (*_things(found), *bad):
        behind = ending[1] <= thing[0] and thing[1] <= _after(title, ending[1], reach)
        if behind and not _NOT_ENDED.search(title[ending[1] : thing[0]]):
            return thing
        ends = title[ending[0] : ending[1]].lower() in _ENDS
        acts = thing in burdens and not ends and title[ending[1] - 1] == "s"  # "probe delays deal"
        if not acts and thing[1] <= ending[0] and _IS_ENDED.fullmatch(title[thing[1] : ending[1]]):
            return thing
    return None


def _gain_ended(title: str, ending: Span, found: Found) -> Span | None:
    """Return the good thing that ends: "ends its winning streak", "ends exclusive deal"."""
    if title[ending[0] : ending[1]].lower() not in _ENDS:
        return None
    for gain in (*found.get(Words.GOOD, ()), *found.get(Words.ACTIVITY, ())):
        near = ending[1] <= gain[0] and gain[1] <= _after(title, ending[1], _REACH + 1)
        if near and not _NOT_ENDED.search(title[ending[1] : gain[0]]):
            return gain
    return None


def _set_aside(title: str, span: Span, found: Found) -> bool:
    words = found.get(Words.DESPITE)
    if words is None:
        return False
    return any(span[0] >= word[1] and not _ASIDE_ENDS.search(title, word[1], span[0]) for word in words)


def _turned(title: str, span: Span, sign: int, found: Found) -> int:
    """Return the sign of a word behind a negation: who fails to stop something bad has no good news."""
    negations = found.get(Words.NEGATION)
    if negations is None:
        return sign
    denials = [denial for denial in negations if _denies(title, denial, span)]
    if any(title.startswith(_FAILS, denial[0]) for denial in denials):
        return -1
    return -sign if len(denials) % 2 else sign


def negated(title: str, span: Span, found: Found) -> bool:
    """Whether a negation stands before, with at most two words between; two take each other back."""
    denials = found.get(Words.NEGATION)
    if denials is None:
        return False
    return sum(_denies(title, denial, span) for denial in denials) % 2 == 1


def _denies(title: str, denial: Span, span: Span) -> bool:
    between = title[denial[1] : span[0]].rstrip(_QUOTES)
    if _NEVER_SO.match(title, denial[1]):
        return False
    return denial[1] <= span[0] and len(between.split()) < _REACH and not _CLAUSE_MARK.search(between)


def _before(title: str, start: int) -> int:
    """Return where the three words before ``start`` begin."""
    words = title[:start].rsplit(None, _REACH)
    return len(words[0]) if len(words) > _REACH else 0


def _after(title: str, end: int, count: int) -> int:
    """Return where the ``count`` words after ``end`` are over."""
    words = title[end:].split(None, count)
    return len(title) - len(words[-1]) if len(words) > count else len(title)
