"""mplfinance with 1,260 candles: until their picture is painted."""

import io

import mplfinance
import pandas as pd
from tests.benchmarks.made import candles
from tests.benchmarks.probe import report, since_start

bars = candles(1_260)
days = pd.date_range("2021-01-01", periods=len(bars))
table = pd.DataFrame(bars, columns=["Open", "High", "Low", "Close", "Volume"], index=days)
most = len(bars) + 1  # else it warns
mplfinance.plot(table, type="candle", figsize=(14.4, 9), warn_too_much_data=most, savefig=io.BytesIO())
report({"seconds": since_start()})
