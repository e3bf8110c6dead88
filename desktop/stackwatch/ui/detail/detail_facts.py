"""What the chart of the detail side says besides prices: flags of what happened, and the volume in words."""

from PySide6.QtCore import QCoreApplication

from stackwatch.domain import alert_words
from stackwatch.domain import format as text
from stackwatch.domain.news import Theme
from stackwatch.domain.quote import ChartRange, Quote, QuoteState, Session
from stackwatch.domain.watchlist import Language
from stackwatch.ui.chart.chart_flags import Flag, FlagKind
from stackwatch.ui.chart.chart_items import Series
from stackwatch.ui.snapshot import Snapshot

_USUAL_DAYS = 20


def flags_of(entity_id: str, series: Series, snapshot: Snapshot, language: Language) -> list[Flag]:
    """Return the flags of an entity's reports and alerts that lie among the bars shown."""
    flags = []
    for story in snapshot.stories_of(entity_id):
        place = series.place_of(story.lead.published)
        if place is not None and story.reading.theme is not Theme.PRICE_TALK:
            flags.append(Flag(FlagKind.STORY, story.id, place, text.plain(story.lead.title)))
    for alert in snapshot.alerts_of(entity_id):
        place = series.place_of(alert.fired_at)
        if place is not None:
            words = alert_words.alert_sentence(alert, snapshot.ecosystem, language)
            flags.append(Flag(FlagKind.ALERT, alert.id, place, words))
    return flags


def volume_words(quote: Quote | None, series: Series | None, language: Language) -> str:
    """Write the session's volume and, when it is over, how that compares with the last 20."""
    if quote is None or not quote.volume:
        return ""
    shown = text.volume(quote.volume, language)
    words = QCoreApplication.translate("DetailPanel", "Volume {0}").format(shown)
    over = quote.state is QuoteState.CLOSED or quote.session in (Session.POST, Session.CLOSED)
    if series is None or series.chart_range.intraday or series.chart_range is ChartRange.YEAR_5 or not over:
        return words
    before = [bar.volume for bar in series.bars[-_USUAL_DAYS - 1 : -1]]
    if len(before) < _USUAL_DAYS or sum(before) <= 0:
        return words
    return f"{words} \u00b7 {text.multiple(quote.volume * len(before) / sum(before), language)}"
