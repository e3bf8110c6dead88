"""The day of a report in words, as exactly as it is known."""

from datetime import date

from stackwatch.domain.watchlist import Language
from stackwatch.domain.words.format import date_text
from stackwatch.ui.kit.language import current_language


def report_day(dated: str) -> str:
    """Write ``2025-01-21`` as ``21 Jan 2025`` and ``2025-05`` as ``May 2025``; Korean keeps them."""
    if current_language() is Language.KOREAN or "-" not in dated:
        return dated
    year, month, *day = map(int, dated.split("-"))
    words = date_text(date(year, month, day[0] if day else 1), current_language())
    return words if day else words.partition(" ")[2]
