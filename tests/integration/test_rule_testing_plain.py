"""``rules test`` agrees fire by fire with each kind worked out in plain loops over the stored bars."""

import json
import math
import statistics
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from stackwatch.app import Options, load_world
from stackwatch.commands import rules
from stackwatch.commands.usage import build_parser
from stackwatch.domain.quote import DailyBar
from stackwatch.engine.ports import History
from stackwatch.storage.locations import user_folders
from stackwatch.storage.sqlite.store import SqliteStore

LAST = date(2026, 3, 6)
FROM = LAST - timedelta(days=365)
LAYER = "accelerators"
Fires = set[tuple[str, str]]
Bars = dict[str, list[DailyBar]]


@pytest.fixture(scope="module")
def bars() -> Bars:
    """Return two years of bars of a layer and its benchmark, with wild days, gaps and missing days."""
    world = load_world(user_folders(Path("nowhere")))
    (layer,) = [layer for layer in world.watchlist.layers if layer.id == LAYER]
    days = [LAST - timedelta(days=n) for n in range(760, -1, -1)]
    days = [day for day in days if day.weekday() < 5]
    draw = np.random.default_rng(5)
    market, common = draw.normal(0.0, 0.01, len(days)), draw.standard_t(3, len(days)) * 0.008
    made: Bars = {}
    for symbol in (*layer.symbols, "QQQ"):
        own = common + draw.standard_t(4, len(days)) * 0.01 if symbol != "QQQ" else np.zeros(len(days))
        close, rows = 100.0, []
        for place, day in enumerate(days):
            before, close = close, close * (1.0 + market[place] + own[place])
            opened = before + (close - before) * draw.uniform(-0.2, 0.8)
            high, low = max(opened, close) * draw.uniform(1, 1.02), min(opened, close) * draw.uniform(0.98, 1)
            volume = int(1_000_000 * math.exp(draw.normal(0.0, 0.4)))
            if symbol == "QQQ" or draw.uniform() > 0.01:  # now and then a day is missing
                rows.append(DailyBar(day, float(opened), float(high), float(low), float(close), volume))
            else:
                close = before
        made[symbol] = rows
    return made


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory, bars: Bars) -> Path:
    folder = tmp_path_factory.mktemp("plain")
    store = SqliteStore(user_folders(folder).store, datetime(2026, 3, 7, tzinfo=UTC))
    for symbol, rows in bars.items():
        store.bars.keep_history(symbol, History(tuple(rows)), rows[0].day)
    store.close()
    return folder


def sigma_move(bars: Bars) -> Fires:
    found: Fires = set()
    for symbol, rows in bars.items():
        returns = [b.close / a.close - 1.0 for a, b in pairwise(rows)]
        mean = sum(returns[:60]) / 60
        variance = max(sum((r - mean) ** 2 for r in returns[:60]) / 60, 0.002**2)
        for place in range(60, len(returns)):
            bar = rows[place + 1]
            if abs(math.log(bar.close / rows[place].close)) / math.sqrt(variance) >= 2.5:
                found.add((symbol, bar.day.isoformat()))
            variance = 0.94 * variance + 0.06 * min(returns[place] ** 2, 16.0 * variance)
            variance = max(variance, 0.002**2)
    return found


def volume_spike(bars: Bars) -> Fires:
    found: Fires = set()
    for symbol, rows in bars.items():
        for place in range(20, len(rows)):
            usual = statistics.median(bar.volume for bar in rows[place - 20 : place])
            if rows[place].volume / usual >= 2.0:
                found.add((symbol, rows[place].day.isoformat()))
    return found


def gap(bars: Bars) -> Fires:
    return {
        (symbol, bar.day.isoformat())
        for symbol, rows in bars.items()
        for before, bar in pairwise(rows)
        if (bar.open / before.close - 1.0) * 100.0 <= -1.0
    }


def year_extreme(bars: Bars) -> Fires:
    """New 52-week highs: after one, the close must be below the old high again before the next counts."""
    found: Fires = set()
    for symbol, rows in bars.items():
        beyond: bool | None = None  # nothing is known before the first look
        for place in range(250, len(rows)):
            if rows[place].day < FROM - timedelta(days=4):
                continue
            highest = max(bar.high for bar in rows[max(place - 252, 0) : place])
            above = rows[place].close / highest - 1.0 >= 0.0
            if above and beyond is False and rows[place].day >= FROM:
                found.add((symbol, rows[place].day.isoformat()))
            beyond = above
    return found


def residual_sar(x: list[float], y: list[float], place: int) -> float | None:
    """Return the prediction error at ``place`` in standard errors; least squares on the 120 days before."""
    if place < 125:
        return None
    xs, ys = x[place - 125 : place - 5], y[place - 125 : place - 5]
    n, mx, my = len(xs), sum(xs) / len(xs), sum(ys) / len(ys)
    sxx = sum((v - mx) ** 2 for v in xs)
    slope = sum((v - mx) * (w - my) for v, w in zip(xs, ys, strict=True)) / sxx
    level = my - slope * mx
    sd = math.sqrt(sum((w - level - slope * v) ** 2 for v, w in zip(xs, ys, strict=True)) / (n - 2))
    spread = math.sqrt(1.0 + 1.0 / n + (x[place] - mx) ** 2 / sxx)
    return (y[place] - level - slope * x[place]) / (sd * spread)


def own_sars(bars: Bars, symbol: str) -> dict[date, float]:
    """Return a share's SAR by day, on the days on which share and benchmark traded."""
    market = {bar.day: bar.close for bar in bars["QQQ"]}
    rows = [(bar.day, bar.close, market[bar.day]) for bar in bars[symbol]]
    y = [b[1] / a[1] - 1.0 for a, b in pairwise(rows)]
    x = [b[2] / a[2] - 1.0 for a, b in pairwise(rows)]
    sars = ((rows[place + 1][0], residual_sar(x, y, place)) for place in range(len(y)))
    return {day: sar for day, sar in sars if sar is not None}


def layer_move(bars: Bars) -> Fires:
    names = [symbol for symbol in bars if symbol != "QQQ"]
    sars = {symbol: own_sars(bars, symbol) for symbol in names}
    market = [bar.close for bar in bars["QQQ"]]
    days = [bar.day for bar in bars["QQQ"]]
    moves = {symbol: {b.day: b.close / a.close - 1.0 for a, b in pairwise(bars[symbol])} for symbol in names}
    x, y, kept = [], [], []
    before = market[0]
    for place in range(1, len(days)):
        known = [moves[s][days[place]] for s in names if days[place] in moves[s]]
        if len(known) >= 0.6 * len(names):
            x.append(market[place] / before - 1.0)
            y.append(sum(known) / len(known))
            kept.append(days[place])
            before = market[place]
    found: Fires = set()
    for place, day in enumerate(kept):
        sar = residual_sar(x, y, place)
        if sar is None or abs(sar) < 2.0:
            continue
        judged = [sars[s][day] for s in names if day in sars[s]]
        with_it = sum(value * math.copysign(1.0, sar) >= 1.0 for value in judged)
        if len(judged) >= max(3, 0.6 * len(names)) and with_it >= 0.6 * len(judged):
            found.add((LAYER, day.isoformat()))
    return found


EVERYBODY = 'subject_kind = "watchlist"\nsubject = "*"\n'
KINDS = {
    "sigma-move": (EVERYBODY + "threshold = 2.5\n", sigma_move),
    "volume-spike": (EVERYBODY + "threshold = 2\n", volume_spike),
    "gap": (EVERYBODY + 'threshold = 1\ndirection = "down"\n', gap),
    "year-extreme": (EVERYBODY + 'direction = "up"\nhysteresis = 0\ncooldown_minutes = 0\n', year_extreme),
    "layer-move": (f'subject_kind = "layer"\nsubject = "{LAYER}"\nthreshold = 2\n', layer_move),
}


@pytest.mark.parametrize("kind", KINDS)
def test_that_a_kind_agrees_fire_by_fire_with_plain_loops(
    data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], bars: Bars, kind: str
) -> None:
    text, plainly = KINDS[kind]
    path = tmp_path / "one.toml"
    head = f'version = 1\n[[rule]]\nid = "mine"\nname = {{ en = "Mine", ko = "내 것" }}\nkind = "{kind}"\n'
    path.write_text(head + text, encoding="utf-8")
    given = build_parser().parse_args(["rules", "test", str(path), "--json", "--from", FROM.isoformat()])
    assert rules.run(Options(folders=user_folders(data), json=True), given) == 0
    answer = json.loads(capsys.readouterr().out)
    found = {(fire["symbol"], fire["time"][:10]) for fire in answer["fires"]}
    listed = {symbol for symbol in bars if symbol != "QQQ"} | {LAYER}
    expected = {(s, day) for s, day in plainly(bars) if s in listed and day >= FROM.isoformat()}
    assert {fire for fire in found if fire[0] in listed} == expected
    assert len(expected) >= 5
