"""Which of the stories that fit a move may be told as its reason, and when the press is told instead."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from stackwatch.analysis.stories.press import Press
from stackwatch.analysis.why.move_window import Window, lead
from stackwatch.domain.move import (
    OPPOSES,
    REPORTED_SCORE,
    SHOWN_SCORE,
    Move,
    StoryMatch,
    given_reason,
)
from stackwatch.domain.news import StoryTheme

_AGREED = 2  # publishers that put a move down to the same kind of news
_REASON_SCORE = 0.15  # from which news of somebody else may be a reason: a timely event over two links is


def agreeing_news(matches: Sequence[StoryMatch]) -> list[StoryMatch]:
    """Return the matches that point the way the share moved and say more than that it did.

    Over a link that takes a title that is good or bad: what it does not say of its own entity, it says still
    less of another. So it does where names only describe another: "Nvidia-backed firm plans campus".
    """
    return [m for m in matches if not m.opposes and not m.price_talk and (m.tone or _is_own(m))]


def _is_own(match: StoryMatch) -> bool:
    return len(match.path) == 1 and not match.story.reading.describes


def reports(matches: Sequence[StoryMatch]) -> list[StoryMatch]:
    """Return the matches that may be told as a reason: a piece without an event reports nothing.

    Faint news of somebody else is no reason, however seldom there is any, nor is a title that leaves open
    what another of the share's own, of the same kind, says points the other way.
    """
    settled = {match.story.reading.theme for match in matches if _opposes_itself(match)}
    return [
        match
        for match in agreeing_news(matches)
        if match.story.reading.event
        and (len(match.path) == 1 or match.score >= _REASON_SCORE)
        and (match.tone or match.story.reading.theme not in settled)
    ]


def _opposes_itself(match: StoryMatch) -> bool:
    """Whether a match is a report of the share's own that points the other way and is worth naming."""
    reading = match.story.reading
    own = match.opposes and len(match.path) == 1 and reading.event and reading.theme is not StoryTheme.OTHER
    return own and match.score >= SHOWN_SCORE * OPPOSES


def speaking(matches: Sequence[StoryMatch]) -> list[StoryMatch]:
    """Return what speaks for a reason: agreeing news, and talk that puts the price down to whom it is about.

    Talk alone, whose only evidence is the price, counts for nothing.
    """
    return with_talk(agreeing_news(matches), matches)


def with_talk(news: Sequence[StoryMatch], matches: Sequence[StoryMatch]) -> list[StoryMatch]:
    """Return ``news`` and the talk among matches that puts the price down to whom it reports about."""
    reported = {match.path[0] for match in news if match.story.reading.event}
    talk = (m for m in matches if not m.opposes and m.price_talk and m.reason_of in reported)
    return [*news, *talk]


def best_report(matches: Sequence[StoryMatch], window: Window) -> StoryMatch | None:
    """Return the report least likely coincidence, before all others one of the news the press agrees on.

    That came after the close before: what was said ahead of results is not what they moved. One that was
    denied is told behind all that were not: it may have been confirmed since.
    """
    agreed = _agreed_reason(matches)
    return min(
        reports(matches),
        key=lambda match: (
            _is_other_news(match, agreed, window.previous_close),
            match.story.denied_by(window.now),
            match.coincidence or 0.0,
            -match.score,
        ),
        default=None,
    )


def is_outdone(
    best: StoryMatch | None, matches: Sequence[StoryMatch], weights: Mapping[str, float], since: datetime
) -> bool:
    """Whether what the press gives as the reason counts for more than the best report.

    Of the share's own news that is where the press agrees on another kind of it; of a report over a link
    where a title that gives the share's own news scores higher than that with its weight.
    """
    if best is None:
        return False
    if len(best.path) == 1:
        return _is_other_news(best, _agreed_reason(matches), since)
    given = given_reason(matches)
    if given is None or given.own_reason is None:
        return False
    return given.score > best.score * weights[best.path[0]]


def late_report(move: Move, window: Window, press: Press) -> StoryMatch | None:
    """Return the newest report mainly about a share since the close before that does not oppose its move."""
    for story in reversed(press.concerning({move.symbol}, window.previous_close, window.now)):
        reading, tone = story.reading, story.reading.tone_for(move.symbol)
        if reading.event and reading.primary == move.symbol and tone * move.move_pct >= 0:
            minutes, known = lead(story.lead.published, window)
            return StoryMatch(
                story=story,
                score=0.0,
                path=(move.symbol,),
                relations=(),
                lead_minutes=minutes,
                lead=known,
                tone=tone,
                opposes=False,
                price_talk=False,
            )
    return None


def _agreed_reason(matches: Sequence[StoryMatch]) -> StoryTheme | None:
    """Return the kind of own news that most publishers, two or more, put a share's move down to."""
    giving: dict[StoryTheme, set[str]] = {}
    for match in matches:
        if match.own_reason is not None and not match.opposes and match.score >= REPORTED_SCORE:
            giving.setdefault(match.own_reason, set()).add(match.story.lead.publisher)
    theme = max(giving, key=lambda theme: len(giving[theme]), default=None)
    return theme if theme is not None and len(giving[theme]) >= _AGREED else None


def _is_other_news(match: StoryMatch, agreed: StoryTheme | None, since: datetime) -> bool:
    """Whether a story is news of the share itself, of another kind than the press agrees on, or older."""
    if agreed is None or len(match.path) > 1:
        return False
    return match.story.reading.theme is not agreed or match.story.lead.published < since
