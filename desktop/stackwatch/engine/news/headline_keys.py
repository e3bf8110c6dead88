"""What makes two headlines the same report: its id, its address, or its publisher with its title."""

import re
from dataclasses import replace
from hashlib import sha256

from stackwatch.domain.news import Headline, StoryCopy

_BEHIND_PATH = re.compile("[?#;]")
# Where a reader came from, which differs from feed to feed. Any other part of a query may be all that tells
# articles apart: of many papers the address is articleView.html?idxno=1234.
_ORIGIN = re.compile(
    r"(?:utm|at_|mc_|guce_)\w*|(?:[dgf]b?clid|msclkid|igshid|guccounter|ncid|ocid|cmpid|ftag|siteid|smid|sref)"
    r"|[._]*(?:tsrc|src|source|ref|ref_src|referrer|from|via|mod|rss|feed|input|partner|share)",
    re.IGNORECASE,
)


_EDITED = "edited:"


def keys_of(headline: Headline) -> set[str]:
    """Return what a headline is known by when it comes again; that of an edited one is another's address."""
    if headline.id.startswith(_EDITED):
        return {headline.id, title_key(headline)}
    return {headline.id, *told_by(headline)}


def as_edited(headline: Headline) -> Headline:
    """Return a headline whose title is another than it was at its address as a report of its own."""
    told = f"{_article(headline.url) or headline.id}|{headline.title.casefold()}"
    return replace(headline, id=_EDITED + sha256(told.encode()).hexdigest()[:24])


def told_by(report: Headline | StoryCopy) -> set[str]:
    """Return what a report is known by whatever its id: its address, and its publisher with its title."""
    keys = {title_key(report)}
    address = _article(report.url)
    if address is not None:
        keys.add(address)
    return keys


def title_key(report: Headline | StoryCopy) -> str:
    """Return a report's publisher with its title.

    A title comes again on another day for something new: another fall, a contract with the same buyer.
    """
    day = report.published.date().isoformat()
    return f"{report.publisher.casefold()}|{report.title.casefold()}|{day}"


def _article(url: str) -> str | None:
    """Return an address by which an article is known; None for a bare home page, which names none."""
    place = url.partition("://")[2]
    path = _BEHIND_PATH.split(place, maxsplit=1)[0].removeprefix("www.").rstrip("/")
    parts = place.partition("#")[0].partition("?")[2].split("&")
    asked = sorted(part for part in parts if part and not _ORIGIN.fullmatch(part.partition("=")[0]))
    if asked:
        return f"{path}?{'&'.join(asked)}"
    return path if "/" in path else None
