"""The program's chart alone with 1,260 candles, as a process: until they are painted."""

from PySide6.QtWidgets import QApplication
from tests.benchmarks.bench_chart import bars_of, own_chart
from tests.benchmarks.probe import end_when_painted

from stackwatch.ui.chart.chart_canvas import ChartCanvas

app = QApplication([])
end_when_painted(ChartCanvas, "paint")
chart = own_chart(bars_of(1_260, minutes=False))
chart.resize(1440, 900)
chart.show()
app.exec()
