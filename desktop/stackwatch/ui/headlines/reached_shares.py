"""Whom a story touches: the shares it names, and those tied to what it names by links known by then."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from stackwatch.analysis.why.exposure_graph import ExposureGraph
from stackwatch.domain.news import Story
from stackwatch.domain.watchlist import Ecosystem
from stackwatch.domain.words import format as write
from stackwatch.domain.words import wording
from stackwatch.ui.kit.language import current_language
from stackwatch.ui.watchlist.watchlist_cells import shown_change
from stackwatch.ui.watchlist.watchlist_model import WatchlistModel
from stackwatch.ui.watchlist.watchlist_sort import judged

MOST = 14


@dataclass(frozen=True, slots=True)
class ReachedShare:
    """A share a story reaches: from ``source`` by a link of a kind, or by being named (no source)."""

    symbol: str
    source: str = ""
    relation: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReachedRow:
    """A share a story reaches, as shown; every text is plain."""

    key: str
    name: str
    path: str
    move: float | None
    move_text: str
    abnormal_text: str
    sar: float | None
    sar_text: str
    accessible_text: str


def touched_by(story: Story, ecosystem: Ecosystem, day: date) -> tuple[ReachedShare, ...]:
    """Return the shares a story names, then those tied to the private names in it by links of ``day``.

    Of several links between two names the newest known counts, as in the reason of a move; of several names
    whom the story is about.
    """
    found = {e: ReachedShare(e) for e in story.entities if e in ecosystem.instruments}
    private = {e for e in story.entities if e in ecosystem.private}
    graph = ExposureGraph([e for e in ecosystem.exposures if not private.isdisjoint((e.source, e.target))])
    ways = [
        (source != story.reading.primary, link.since, source, target, link.relation.value)
        for begins in {e.source for e in ecosystem.exposures}
        for link in graph.linked(begins, day)
        for source, target in ((link.source, link.target), (link.target, link.source))
        if source in private and target in ecosystem.instruments
    ]
    for _, _, source, target, relation in sorted(ways):
        found.setdefault(target, ReachedShare(target, source, relation))
    return tuple(found.values())


def touched_rows(
    touched: Sequence[ReachedShare], ecosystem: Ecosystem, model: WatchlistModel, held: Sequence[str]
) -> tuple[ReachedRow, ...]:
    """Word the shares with their moves as the list has them; the largest abnormal moves first.

    Those that are ``held`` stay before the others, as they stand.
    """
    rows = [_row(each, ecosystem, model) for each in touched]
    rows.sort(key=lambda row: -abs(row.sar) if row.sar is not None else 0.0)
    places = {symbol: place for place, symbol in enumerate(held)}
    rows.sort(key=lambda row: places.get(row.key, len(places)))
    return tuple(rows[:MOST])


def _row(each: ReachedShare, ecosystem: Ecosystem, model: WatchlistModel) -> ReachedRow:
    language = current_language()
    node = model.watched(each.symbol)
    quote = None if node is None else node.quote
    move = None if node is None or quote is None else judged(quote, node)
    change = None if quote is None else shown_change(quote)
    name = wording.short_name(each.symbol, ecosystem, language)
    named = language.say("named", "제목에 나옴")
    path = named
    if each.source:
        relation = wording.relation_word(each.relation, language)
        path = f"{wording.short_name(each.source, ecosystem, language)} \u2192 {relation}"
    sar = None if move is None else move.sar
    if node is None:
        return _without_row(each.symbol, name, path)
    return ReachedRow(
        key=each.symbol,
        name=name,
        path=path,
        move=change,
        move_text=write.percent(change),
        abnormal_text=write.percent(None if move is None else move.abnormal_pct),
        sar=sar,
        sar_text=write.sar(sar),
        accessible_text=f"{name}, {path}, {write.percent(change)}, SAR {write.sar(sar)}",
    )


def _without_row(symbol: str, name: str, path: str) -> ReachedRow:
    """Say of a share that the list does not hold it: what is known of its price may be of another day."""
    told = current_language().say("not in the list", "목록에 없음")
    return ReachedRow(
        key=symbol,
        name=name,
        path=path,
        move=None,
        move_text="",
        abnormal_text="",
        sar=None,
        sar_text=told,
        accessible_text=f"{name}, {path}, {told}",
    )
