"""Flags of splits and dividends."""

from stackwatch.domain.quote import CorporateActions
from stackwatch.domain.words import action_words
from stackwatch.domain.words import format as text
from stackwatch.ui.chart.chart_flags import Flag, FlagKind
from stackwatch.ui.chart.chart_items import BarSeries
from stackwatch.ui.kit.language import current_language


def action_flags(actions: CorporateActions, series: BarSeries, currency: str) -> list[Flag]:
    """Return a flag for every action on a day of the series."""
    language = current_language()
    named = [(FlagKind.SPLIT, s.day, action_words.factor_words(s.factor, language)) for s in actions.splits]
    named += [
        (FlagKind.DIVIDEND, d.day, action_words.dividend_words(d, currency, language))
        for d in actions.dividends
    ]
    return [
        Flag(kind, f"{kind} {day}", place, f"{text.date_text(day, language)}: {words}")
        for kind, day, words in named
        if (place := series.place_of_day(day)) is not None
    ]
