"""Whether a title denies or corrects a report, and who does."""

import re
from collections.abc import Sequence

from stackwatch.analysis.words.word_lists import Span
from stackwatch.domain.news import Life, Mention

_SAID_BY = re.compile(r" by (?:the )?")
_SAYS = re.compile(r" (?:says|said)\s*$", re.IGNORECASE)
_FEW = r"(?:[\w.'\u2019&-]+ ){0,4}"
_TAKEN_BACK = re.compile(  # a denial that stands no longer, or that is only what came before
    r"\b(?:confirm|admit|acknowledg|conced)\w+ .*\b(?:after|despite|following) .*\bden(?:ial|ie|y)"
    r"|\b(?:retract|withdraw|revers|walk)\w*(?: back| its| an?| the| earlier| initial| previous)* denial"
    rf"|\b(?:after|despite|following|amid) {_FEW}den(?:ials?|ying)\b"
    rf"|\b(?:disput|reject|rebut|refut|challeng|contradict)\w* {_FEW}denial"
    rf"|\bstands? by {_FEW}(?:report|story|reporting)\b"
    r"|부인\w*(?:다가|더니|던) |부인 ?(?:입장 ?)?(?:번복|철회|(?:재)?반박)"
    r"|부인에도?(?=[\s,\u2026.])(?! 나[서선섰])",
    re.IGNORECASE,
)


def life_told(
    title: str, mentions: Sequence[Mention], denied: Sequence[Span], corrected: Sequence[Span]
) -> tuple[Life, str | None]:
    """Return whether a title denies or corrects a report, by the words for both, and the entity that does.

    One that takes a denial back ("confirms ... after denial", 부인 번복) reports.
    """
    if denied and _TAKEN_BACK.search(title):
        return Life.REPORTED, None
    for life, words in ((Life.DENIED, denied), (Life.CORRECTED, corrected)):
        if words:
            return life, _speaker(title, mentions, words[0])
    return Life.REPORTED, None


def _speaker(title: str, mentions: Sequence[Mention], word: Span) -> str | None:
    """Return who denies or corrects: whom "by" names, who "says" so at the end, else who stands before."""
    after = next((m for m in mentions if m.start >= word[1]), None)
    if after is not None and _SAID_BY.fullmatch(title, word[1], after.start):
        return after.entity_id
    if after is not None and _SAYS.match(title, after.end):
        return after.entity_id
    return next((m.entity_id for m in mentions if m.end <= word[0]), None)
