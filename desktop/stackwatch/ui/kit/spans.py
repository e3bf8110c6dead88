"""How the spans of charts are called."""

from PySide6.QtCore import QCoreApplication

from stackwatch.domain.quote import ChartRange


def span_name(span: ChartRange) -> str:
    """Return a span as its button and the heading of a picture say it."""
    translate = QCoreApplication.translate
    return {
        ChartRange.DAY_1: translate("Spans", "1D"),
        ChartRange.DAY_5: translate("Spans", "5D"),
        ChartRange.MONTH_1: translate("Spans", "1M"),
        ChartRange.MONTH_6: translate("Spans", "6M"),
        ChartRange.YEAR_1: translate("Spans", "1Y"),
        ChartRange.YEAR_5: translate("Spans", "5Y"),
    }[span]
