"""What the chart of the detail side says besides prices: flags of what happened, and the volume in words."""

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from stackwatch.domain.news import StoryTheme
from stackwatch.domain.quote import NOT_JUDGED, Quote, QuoteState, VolumeSoFar
from stackwatch.domain.words import alert_words
from stackwatch.domain.words import format as text
from stackwatch.ui.chart.chart_flags import Flag, FlagKind
from stackwatch.ui.chart.chart_items import BarSeries
from stackwatch.ui.kit.language import current_language
from stackwatch.ui.snapshot import Snapshot


@dataclass(frozen=True, slots=True)
class Figures:
    """A session's percent and SAR; no SAR, and no colour, where ``current`` is false."""

    percent: float | None
    sar: float | None
    current: bool


def figures_of(entity_id: str, snapshot: Snapshot) -> Figures:
    """Return what a share, or the average of a private entity, did, as far as the list judges it."""
    quote, move = snapshot.quotes.get(entity_id), snapshot.moves.get(entity_id)
    rollup = snapshot.rollups.get(entity_id)
    if move is None:
        current = rollup is not None and not rollup.stale
        return Figures(rollup.move_pct, rollup.sar if current else None, current) if rollup else _UNKNOWN
    if quote is None or quote.state not in NOT_JUDGED:
        return Figures(move.move_pct, move.sar, current=True)
    return _UNKNOWN if quote.state is QuoteState.WITHHELD else Figures(move.move_pct, None, current=False)


_UNKNOWN = Figures(None, None, current=False)


def flags_of(entity_id: str, series: BarSeries, snapshot: Snapshot) -> list[Flag]:
    """Return the flags of an entity's reports and alerts that lie among the bars shown."""
    flags = []
    for story in snapshot.stories_of(entity_id):
        place = series.place_of(story.lead.published)
        if place is not None and story.reading.theme is not StoryTheme.PRICE_TALK:
            flags.append(Flag(FlagKind.STORY, story.id, place, text.plain(story.lead.title)))
    for alert in snapshot.alerts_of(entity_id):
        place = series.place_of(alert.fired_at)
        if place is not None:
            words = alert_words.alert_sentence(alert, snapshot.ecosystem, current_language())
            flags.append(Flag(FlagKind.ALERT, alert.id, place, words))
    return flags


def volume_words(quote: Quote | None, so_far: VolumeSoFar | None) -> str:
    """Write the session's volume and how that compares with what is usual by its time."""
    if quote is None or not quote.volume:
        return ""
    shown = text.volume(quote.volume, current_language())
    words = QCoreApplication.translate("DetailPanel", "Volume {0}").format(shown)
    if so_far is None or so_far.times is None:
        return words
    times = text.multiple(so_far.times, current_language())
    if not quote.over:
        times = QCoreApplication.translate("DetailPanel", "{0} by now").format(times)
    return f"{words} \u00b7 {times}"
