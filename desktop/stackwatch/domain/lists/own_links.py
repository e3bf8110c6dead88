"""A link of the user's own: made of what was typed, held against what is known."""

import calendar
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from enum import Enum

from stackwatch.domain.watchlist import Basis, Ecosystem, Exposure, Relation

LONGEST_WHY, LONGEST_PUBLISHER = 200, 80
_DATE = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")
_BEGUN = re.compile(r"\d{0,4}|\d{4}-[01]?|\d{4}-(0[1-9]|1[0-2])(-([0-3]\d?)?)?")


class LinkField(Enum):
    """What of a link a fault is about."""

    SOURCE = "source"
    TARGET = "target"
    RELATION = "relation"
    WHY = "why"
    DATE = "date"
    END = "end"
    PUBLISHER = "publisher"


class LinkFault(Enum):
    """Why a link cannot be taken."""

    MISSING = "missing"
    UNKNOWN = "unknown name"
    SAME = "both ends the same"
    KNOWN = "known already"
    NO_DATE = "no date"
    FUTURE = "in the future"
    ENDED = "ended before its date"


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkChange:
    """What becomes of a link: without ``before`` it is new, without ``after`` it is withdrawn."""

    before: Exposure | None = None
    after: Exposure | None = None

    @property
    def ends(self) -> frozenset[str]:
        """The names that it ties or tied."""
        return frozenset(
            end for link in (self.before, self.after) if link for end in (link.source, link.target)
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class TypedLink:
    """What a user typed; an end that names nobody known is empty, and so is ``ended`` while a link holds."""

    source: str
    target: str
    relation: Relation
    why: str
    dated: str
    publisher: str
    basis: Basis
    ended: str = ""


def last_day(dated: str) -> date:
    """Return the last day of a year, month or day; raises ValueError for what is none."""
    if _DATE.fullmatch(dated) is None:
        raise ValueError(f"{dated} is no day, month or year")
    year, month, day = (*(int(part) for part in dated.split("-")), 0, 0)[:3]
    month = month if len(dated) > len("2026") else 12
    if not 1 <= month <= 12:  # noqa: PLR2004 - a year's
        raise ValueError(f"{dated} has no such month")
    return date(year, month, day if len(dated) > len("2026-03") else calendar.monthrange(year, month)[1])


def first_day(dated: str) -> date:
    """Return the first day of a year, month or day; raises ValueError for what is none."""
    last_day(dated)
    return date.fromisoformat(dated + "-01-01"[len(dated) - 4 :])


def cannot_be_date(typed: str) -> bool:
    """Whether what is typed is no beginning of a year, month or day."""
    if len(typed) == len("2026-03-10"):
        return not _is_date(typed)
    return _BEGUN.fullmatch(typed) is None


def _is_date(text: str) -> bool:
    try:
        last_day(text)
    except ValueError:
        return False
    return True


def made_link(typed: TypedLink, before: Exposure | None = None) -> Exposure:
    """Return the link that was typed, without faults; of a corrected one stays what is not asked for.

    Why the two are tied stays in both languages where it was not written anew.
    """
    same = before is not None and typed.why in (before.why, before.why_ko)
    made = Exposure(
        source=typed.source,
        target=typed.target,
        relation=typed.relation,
        why=typed.why,
        since=last_day(typed.dated),
        dated=typed.dated,
        publisher=typed.publisher,
        basis=typed.basis,
        until=last_day(typed.ended) if typed.ended else None,
        own=True,
    )
    if before is None:
        return made
    made = replace(made, read_across=before.read_across)
    return replace(made, why=before.why, why_ko=before.why_ko) if same else made


def link_faults(
    typed: TypedLink, ecosystem: Ecosystem, today: date, before: Exposure | None = None
) -> dict[LinkField, LinkFault]:
    """Return what is wrong with a link, by where; ``before`` is the one that is corrected."""
    return dict(_faults(typed, ecosystem, today, before))


def _faults(
    typed: TypedLink, ecosystem: Ecosystem, today: date, before: Exposure | None
) -> Iterator[tuple[LinkField, LinkFault]]:
    for at, end in ((LinkField.SOURCE, typed.source), (LinkField.TARGET, typed.target)):
        if end not in ecosystem.instruments and end not in ecosystem.private:
            yield at, LinkFault.UNKNOWN
    if typed.source and typed.source == typed.target:
        yield LinkField.TARGET, LinkFault.SAME
    tie = typed.source, typed.target, typed.relation
    if before is None and any(link.tie == tie for link in ecosystem.exposures):
        yield LinkField.RELATION, LinkFault.KNOWN
    for at, text in ((LinkField.WHY, typed.why), (LinkField.PUBLISHER, typed.publisher)):
        if not text:
            yield at, LinkFault.MISSING
    yield from _date_faults(typed, today)


def _date_faults(typed: TypedLink, today: date) -> Iterator[tuple[LinkField, LinkFault]]:
    if not _is_date(typed.dated):
        yield LinkField.DATE, LinkFault.NO_DATE
    elif first_day(typed.dated) > today:
        yield LinkField.DATE, LinkFault.FUTURE
    if typed.ended and not _is_date(typed.ended):
        yield LinkField.END, LinkFault.NO_DATE
    elif typed.ended and _is_date(typed.dated) and last_day(typed.ended) < last_day(typed.dated):
        yield LinkField.END, LinkFault.ENDED
