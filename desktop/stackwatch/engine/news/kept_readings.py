"""What stored titles say, kept beside them: past days are then explained without a reader of titles."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import datetime, timedelta

from stackwatch.analysis.titles.title_reader import TitleReader
from stackwatch.domain.news import Headline, Reading
from stackwatch.engine.store_ports import NewsStore

_DAY = timedelta(days=1)


def readings(
    reader: TitleReader, headlines: Sequence[Headline], about: Collection[str] | None
) -> Iterator[tuple[Headline, Reading]]:
    """Yield the headlines that name a known entity (of ``about``) with what their titles say."""
    if headlines:
        for place, reading in reader.read_known([headline.title for headline in headlines], about):
            yield headlines[place], reading


def stored_readings(
    store: NewsStore, reader: TitleReader, since: datetime, until: datetime, about: Collection[str] | None
) -> Iterable[tuple[Headline, Reading]]:
    """Return the headlines stored of a time that name somebody, read now unless all of them were."""
    if reader.edition:
        kept = store.load_readings(reader.edition, since, until, about)
        if kept is not None:
            return kept
    return readings(reader, store.load_headlines(since, until), about)


def read_unread(
    store: NewsStore, reader: TitleReader, since: datetime, until: datetime, at_once: int
) -> Iterator[int]:
    """Read the titles stored of [since, until) that were not, or by other lists, and keep what they say.

    The newest day first. Yields how many were so far, after so many at most and after each day.
    """
    count, first = 0, store.first_headline(since, until) if reader.edition else None
    while first is not None and first < until:
        begins = max(until - _DAY, first)
        while unread := store.unread(reader.edition, begins, until, at_once):
            said = {headline.id: reading for headline, reading in readings(reader, unread, None)}
            store.keep_readings(reader.edition, unread, said)
            count += len(unread)
            yield count
        yield count
        until = begins
