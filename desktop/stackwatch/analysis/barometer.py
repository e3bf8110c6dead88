"""The abnormal return of a private entity's linked names, and the tone of its news, over time."""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import date, timedelta

import numpy as np

from stackwatch.analysis.moves.market_model import Closes, judge_all
from stackwatch.analysis.stories.story_book import StoryBook
from stackwatch.analysis.titles.title_reader import TitleReader
from stackwatch.domain.barometer import BasketDay, ToneBar
from stackwatch.domain.market import program_day
from stackwatch.domain.news import Headline, Story

MOST_ASKED = 0.5  # share of the names with a price history that a session must judge
_GONE = 14  # days without a judged session, more than any exchange's holidays, after which a name has left
_WEEK = 7

Pair = tuple[Closes, Closes]
Linked = Callable[[date], Collection[str]]


def basket_days(
    members: Mapping[str, Pair], linked: Linked, first: date, last: date
) -> tuple[tuple[BasketDay, ...], tuple[str, ...], tuple[str, ...]]:
    """Return the sessions in [first, last], the names counted in any of them, and those judged in none.

    ``members`` holds each name's closes and its benchmark's, with 125 sessions before ``first``; ``linked``
    gives the names tied on a day. Equal weight; a session that judges fewer than half of the names then tied
    and traded is left out, so that one exchange's holiday does not stand for all, and what its names did is
    in the next one that counts them; a name that was listed later or has left costs no session.
    """
    abnormal: dict[int, dict[str, float]] = {}
    traded: dict[str, tuple[int, int]] = {}
    for name, (share, market) in members.items():
        judged = judge_all(share, market, joined=True)
        kept = np.isfinite(judged.abnormal)
        if kept.any():
            begin, end = int(judged.days[kept][0]), int(judged.days[kept][-1])
            traded[name] = begin, end if last.toordinal() - end > _GONE else last.toordinal()
        for day, value in zip(judged.days[kept].tolist(), judged.abnormal[kept].tolist(), strict=True):
            if first.toordinal() <= day <= last.toordinal():
                abnormal.setdefault(day, {})[name] = value * 100.0
    known = {name for values in abnormal.values() for name in values}
    days: list[BasketDay] = []
    counted: dict[str, None] = {}
    left_out: dict[str, float] = {}  # per name, since a session last counted it
    total = 0.0
    for ordinal in sorted(abnormal):
        day = date.fromordinal(ordinal)
        tied = {n for n in known.intersection(linked(day)) if traded[n][0] <= ordinal <= traded[n][1]}
        values = {name: value for name, value in abnormal[ordinal].items() if name in tied}
        if not values or len(values) < MOST_ASKED * len(tied):
            left_out |= {name: value + left_out.get(name, 0.0) for name, value in values.items()}
            continue
        mean = sum(value + left_out.pop(name, 0.0) for name, value in values.items()) / len(values)
        total += mean
        days.append(BasketDay(day, mean, total, len(values)))
        counted |= dict.fromkeys(name for name in members if name in tied and name in abnormal[ordinal])
    short = tuple(name for name in members if name not in known)
    return tuple(days), tuple(name for name in members if name in counted), short


def tone_bars(entity_id: str, stories: Iterable[Story], first: date, last: date) -> tuple[ToneBar, ...]:
    """Return the tone of an entity's stories: by day up to 45 days, else by week; price talk left out.

    Weeks begin on Monday, so that they stay what they are as the span goes on; days and weeks without a story
    are left out.
    """
    step = 1 if (last - first).days <= 45 else _WEEK  # noqa: PLR2004 - more bars than a day has pixels
    tones: dict[date, Counter[int]] = {}
    for story in stories:
        day = program_day(story.lead.published)
        if story.reading.event and entity_id in story.entities and first <= day <= last:
            begin = day - timedelta(days=day.weekday() if step == _WEEK else 0)
            tones.setdefault(begin, Counter())[story.reading.tone_for(entity_id)] += 1
    return tuple(
        ToneBar(begin, begin + timedelta(days=step - 1), told[1], told[-1], told[0])
        for begin, told in sorted(tones.items())
    )


def stories_about(entity_id: str, headlines: Sequence[Headline], reader: TitleReader) -> tuple[Story, ...]:
    """Read headlines and fold those that name an entity into stories, oldest first."""
    book = StoryBook()
    for headline in headlines:
        reading = reader.read(headline.title)
        if entity_id in reading.entities:
            book.add(headline, reading)
    return book.stories
