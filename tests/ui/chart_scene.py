"""A chart with bars, and what is laid over it, for its tests."""

from datetime import UTC, datetime

from PySide6.QtGui import QColor, QImage
from pytestqt.qtbot import QtBot
from tests.ui import detail_scene as scene

from stackwatch.domain.comparison import Against, ComparedLine, Comparison
from stackwatch.domain.quote import ChartRange, DailyBar
from stackwatch.ui.chart.chart import Chart
from stackwatch.ui.chart.chart_items import BarSeries
from stackwatch.ui.chart.chart_plot import PricePlot

NEW_YORK = "America/New_York"


def show(
    qtbot: QtBot, chart: Chart, span: ChartRange = ChartRange.MONTH_6, *, made_up: bool = False
) -> BarSeries:
    bars = scene.minute_bars() if span is ChartRange.DAY_1 else scene.daily_bars()
    series = BarSeries.of(bars, span, NEW_YORK)
    chart.show_last(167.03, "167.03")
    chart.show_bars(series, reconstructed=made_up)
    qtbot.waitUntil(lambda: chart.plot is not None)
    return series


def plotted(
    qtbot: QtBot, chart: Chart, span: ChartRange = ChartRange.MONTH_6, *, made_up: bool = False
) -> tuple[BarSeries, PricePlot]:
    """Show bars, and return the plot that was made for them, too."""
    series = show(qtbot, chart, span, made_up=made_up)
    assert chart.plot is not None
    return series, chart.plot


def ink_share(image: QImage, colour: QColor) -> int:
    found = 0
    for y in range(image.height()):
        for x in range(image.width()):
            found += image.pixelColor(x, y) == colour
    return found


def compared(series: BarSeries, *ids: str, adjusted: bool = False) -> Comparison:
    times = tuple(
        datetime(bar.day.year, bar.day.month, bar.day.day, tzinfo=UTC)
        for bar in series.bars
        if isinstance(bar, DailyBar)
    )
    values = tuple(0.1 * place for place in range(len(times)))
    against = Against(adjusted=True) if adjusted else Against(ids[1:])
    return Comparison(
        symbol=ids[0],
        span=series.chart_range,
        against=against,
        lines=tuple(ComparedLine(key, times, values) for key in ids),
        usual=values if adjusted else (),
    )
