"""A share whose exchange shuts before its benchmark's opens is held against the session that had closed."""

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

import numpy as np
import pytest
from tests.integration.conftest import Run
from tests.support.rig import TUESDAY, build_rig, history

from stackwatch.analysis.moves.market_model import Closes, judge_all, portfolio_fit, seen_by
from stackwatch.domain.move import Move
from stackwatch.domain.quote import DailyBar, QuoteState, Session
from stackwatch.domain.venues import own_instrument, shuts_first
from stackwatch.domain.watchlist import Instrument, Language
from stackwatch.domain.words.wording import market_name
from stackwatch.engine.prices.earlier_market import against_session_before

DAY = date(2026, 3, 10)  # a Tuesday
SEOUL = """version = 1
[[instrument]]
symbol = "000660.KS"
name = { en = "SK hynix", ko = "SK하이닉스" }
exchange = "KRX"
currency = "KRW"
timezone = "Asia/Seoul"
calendar = "XKRX"
benchmark = "QQQ"
layer = "memory"
"""

TORONTO = """version = 1
[[instrument]]
symbol = "SHOP.TO"
name = { en = "Shopify", ko = "쇼피파이" }
exchange = "TSX"
currency = "CAD"
timezone = "America/Toronto"
calendar = "XTSE"
benchmark = "QQQ"
"""


def archive(days: int = 170) -> tuple[list[date], np.ndarray, np.ndarray]:
    """Seoul follows the session that New York had closed; New York's of the same day says nothing."""
    span = [DAY - timedelta(days=n) for n in range(days * 2)]
    dates = sorted(day for day in span if day.weekday() < 5)[-days:]
    rng = np.random.default_rng(4)
    market = rng.normal(0.0, 0.01, days)
    share = 1.5 * np.concatenate(([0.0], market[:-1])) + rng.normal(0.0, 0.01, days)
    share[-1] = -0.08
    return dates, 100.0 * np.cumprod(1.0 + share), 500.0 * np.cumprod(1.0 + market)


def table(path: Path) -> Path:
    dates, share, market = archive()
    rows = [f"{day},{a!r},{b!r}" for day, a, b in zip(dates, share.tolist(), market.tolist(), strict=True)]
    path.write_text("\n".join(["Date,000660.KS,QQQ", *rows]), encoding="utf-8")
    return path


def judged(place: int) -> tuple[float, float]:
    """Work out beta and SAR of a session by least squares over the 120 returns i-125 ... i-6."""
    _, share, market = archive()
    y, x = np.diff(share) / share[:-1], np.diff(market) / market[:-1]
    y, x = y[1:], x[:-1]  # the session before
    ys, xs = y[place - 125 : place - 5], x[place - 125 : place - 5]
    slope, level = np.polyfit(xs, ys, 1)
    sd = np.sqrt(((ys - level - slope * xs) ** 2).sum() / 118)
    spread = 1 + 1 / 120 + (x[place] - xs.mean()) ** 2 / ((xs - xs.mean()) ** 2).sum()
    return slope, (y[place] - level - slope * x[place]) / (sd * np.sqrt(spread))


@pytest.fixture
def filled(run: Run, tmp_path: Path) -> Run:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "instruments.toml").write_text(SEOUL, encoding="utf-8")
    code, _, err = run("import", "prices", str(table(tmp_path / "p.csv")))
    assert code == 0, err
    return run


def test_that_seoul_is_held_against_what_new_york_had_closed_at_and_says_which(filled: Run) -> None:
    explained = json.loads(filled("explain", "000660.KS", "--on", f"{DAY}", "--json")[1])
    beta, sar = judged(-1)
    assert explained["benchmark_session"] == "2026-03-09"
    _, _, market = archive()
    assert explained["benchmark_move_pct"] == pytest.approx((market[-2] / market[-3] - 1.0) * 100.0)
    assert (explained["beta"], explained["sar"]) == (pytest.approx(beta), pytest.approx(sar))
    for language, said in (("en", "QQQ (2026-03-09) "), ("ko", "QQQ (2026-03-09) ")):
        assert said in filled("--lang", language, "explain", "000660.KS", "--on", f"{DAY}")[1]


def test_that_the_preview_judges_as_the_explanation_does(filled: Run, tmp_path: Path) -> None:
    (rule := tmp_path / "rule.toml").write_text(
        'version = 1\n[[rule]]\nid = "r"\nname = { en = "r", ko = "r" }\nkind = "abnormal-move"\n'
        'subject_kind = "symbol"\nsubject = "000660.KS"\nthreshold = 2.0\n'
    )
    tested = json.loads(filled("rules", "test", str(rule), "--from", "2026-03-03", "--json")[1])
    assert [fire["value"] for fire in tested["fires"]][-1] == pytest.approx(judged(-1)[1], abs=1e-4)


def test_that_while_seoul_trades_new_yorks_last_price_is_its_session_before(tmp_path: Path) -> None:
    (tmp_path / "instruments.toml").write_text(SEOUL, encoding="utf-8")
    rig = build_rig(tmp_path, (), datetime.fromisoformat("2026-03-10T02:00:00+00:00"))
    dates, share, market = archive()

    def bars(values: np.ndarray, until: int) -> tuple[DailyBar, ...]:
        rows = zip(dates[:until], values[:until].tolist(), strict=True)
        return tuple(DailyBar(day, c, c, c, c, 1) for day, c in rows)

    rig.engine.take_histories({"000660.KS": bars(share, -1), "QQQ": bars(market, -2)})
    closed = {"session": Session.CLOSED, "state": QuoteState.CLOSED}
    evening = datetime.fromisoformat("2026-03-09T20:00:00+00:00")
    rig.market.set("QQQ", float(market[-2]), float(market[-3]), as_of=evening, **closed)
    rig.market.set("000660.KS", float(share[-1]), float(share[-2]), currency="KRW")
    rig.refresh()
    move = rig.engine.market.moves["000660.KS"]
    assert move.benchmark_date == date(2026, 3, 9)
    assert (move.beta, move.sar) == (pytest.approx(judged(-1)[0]), pytest.approx(judged(-1)[1]))


def at(days: Mapping[int, float]) -> Closes:
    return Closes(np.array([*days], dtype=np.int64), np.array([*days.values()]))


def test_that_a_holiday_over_there_adds_nothing_and_one_over_here_leaves_nothing_out() -> None:
    market = at({1: 100.0, 2: 110.0, 4: 121.0, 5: 130.0})  # shut on day 3
    share = at({2: 1.0, 3: 1.0, 4: 1.0, 6: 1.0, 7: 1.0})  # shut on day 5
    seen = seen_by(share, market)
    assert seen.days.tolist() == [2, 3, 4, 6, 7]
    assert seen.values.tolist() == [100.0, 110.0, 110.0, 130.0, 130.0]


def test_that_a_market_nobody_heard_of_for_a_week_is_no_market() -> None:
    dates, share, market = archive()
    days = np.array([day.toordinal() for day in dates], dtype=np.int64)
    plain = Move(symbol="X", session_date=DAY, move_pct=-8.0, benchmark="QQQ")
    own = Closes(days[:-1], share[:-1])
    old = Closes(days[:-8], market[:-8])
    assert against_session_before(plain, own, old, None).reason == "benchmark QQQ has another trading day"
    assert against_session_before(plain, own, None, None).reason == "no price of its benchmark QQQ"
    assert against_session_before(plain, own, old, (dates[-2], float(market[-2]))).sar is not None


@pytest.mark.parametrize(
    ("symbol", "benchmark", "first"),
    [
        ("0700.HK", "QQQ", True), ("005930.KS", "^KS11", False), ("005930.KS", "^STOXX50E", True),
        ("RY.TO", "QQQ", False), ("SAP.DE", "QQQ", False), ("NVDA", "^KS11", False),
    ],
)  # fmt: skip
def test_that_an_exchange_shuts_first_where_its_day_is_over_before_the_others_begins(
    tmp_path: Path, symbol: str, benchmark: str, *, first: bool
) -> None:
    rig = build_rig(tmp_path, ())
    listed: dict[str, Instrument] = dict(rig.engine.parts.ecosystem.instruments)
    made = own_instrument(symbol, symbol)
    assert made is not None
    fields = {name: getattr(made, name) for name in ("names", "exchange", "currency", "timezone", "calendar")}
    listed[symbol] = Instrument(symbol=symbol, benchmark=benchmark, **fields)
    assert shuts_first(listed, symbol) is first


@pytest.mark.parametrize(
    ("language", "said"), [(Language.ENGLISH, "QQQ of 9 Mar 2026"), (Language.KOREAN, "QQQ 2026-03-09(월)")]
)
def test_that_a_benchmark_is_named_with_its_session_where_that_is_another_days(
    tmp_path: Path, language: Language, said: str
) -> None:
    ecosystem = build_rig(tmp_path, ()).engine.parts.ecosystem
    move = Move(symbol="X", session_date=DAY, move_pct=-8.0, benchmark="QQQ", benchmark_date=date(2026, 3, 9))
    assert market_name(move, ecosystem, language) == said
    assert market_name(replace(move, benchmark_date=None), ecosystem, language) == "QQQ"


@pytest.mark.parametrize(
    ("language", "said", "dated"),
    [
        (Language.ENGLISH, "QQQ over 3 sessions", "QQQ over 3 sessions to 9 Mar 2026"),
        (Language.KOREAN, "QQQ 3거래일", "QQQ 2026-03-09(월)까지 3거래일"),
    ],
)
def test_that_a_benchmark_is_named_with_how_many_sessions_its_move_spans(
    tmp_path: Path, language: Language, said: str, dated: str
) -> None:
    ecosystem = build_rig(tmp_path, ()).engine.parts.ecosystem
    move = Move(symbol="X", session_date=DAY, move_pct=-8.0, benchmark="QQQ", benchmark_sessions=3)
    assert market_name(move, ecosystem, language) == said
    assert market_name(replace(move, benchmark_date=date(2026, 3, 9)), ecosystem, language) == dated


def test_that_after_a_holiday_of_its_exchange_alone_both_moves_span_the_same_days(
    run: Run, tmp_path: Path
) -> None:
    dates, share, market = archive()
    rows = [f"{day},{a!r},{b!r}" for day, a, b in zip(dates, share.tolist(), market.tolist(), strict=True)]
    day, _, close = rows[-2].split(",")
    rows[-2] = f"{day},,{close}"  # Toronto rests, New York trades
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "instruments.toml").write_text(TORONTO, encoding="utf-8")
    (table := tmp_path / "p.csv").write_text("\n".join(["Date,SHOP.TO,QQQ", *rows]), encoding="utf-8")
    assert run("import", "prices", str(table))[0] == 0
    explained = json.loads(run("explain", "SHOP.TO", "--on", f"{DAY}", "--json")[1])
    assert explained["move_pct"] == pytest.approx((share[-1] / share[-3] - 1.0) * 100.0)
    assert explained["benchmark_move_pct"] == pytest.approx((market[-1] / market[-3] - 1.0) * 100.0)
    assert "QQQ over 2 sessions " in run("explain", "SHOP.TO", "--on", f"{DAY}")[1]
    ordinals = np.array([day.toordinal() for day in dates])
    rested = np.arange(len(dates)) != len(dates) - 2
    judged = judge_all(Closes(ordinals[rested], share[rested]), Closes(ordinals, market))
    assert explained["sar"] == pytest.approx(judged.sar[-1], abs=1e-9)


def test_that_a_layer_is_held_against_the_market_of_the_day_though_one_member_did_not_trade_before(
    tmp_path: Path,
) -> None:
    rig = build_rig(tmp_path, ())
    names = ("NVDA", "AMD", "ARM", "INTC")
    bars = {name: history(TUESDAY, seed=seed) for seed, name in enumerate((*names, "QQQ"), 1)}
    bars["NVDA"] = bars["NVDA"][:-1]  # the first of the layer was suspended
    rig.engine.take_histories(bars)
    for name in names:
        rig.market.set(name, bars[name][-1].close * 0.97, bars[name][-1].close)
    rig.market.set("QQQ", 99.0, bars["QQQ"][-1].close)
    rig.refresh()
    moves = rig.engine.market.moves
    assert moves["AMD"].benchmark_move_pct == pytest.approx(-1.0)
    assert moves["NVDA"].benchmark_move_pct == pytest.approx((99.0 / bars["QQQ"][-2].close - 1.0) * 100.0)
    assert (moves["NVDA"].benchmark_sessions, moves["AMD"].benchmark_sessions) == (2, 1)
    day = moves["AMD"].session_date
    fitted = portfolio_fit({s: Closes.of(bars[s]) for s in names}, Closes.of(bars["QQQ"]), day)
    assert fitted is not None
    (layer,) = [each for each in rig.engine.rollups.compute(day) if each.id == "accelerators"]
    assert layer.sar == pytest.approx(fitted.sar(-0.03, -0.01))


def test_that_a_close_in_seoul_is_not_averaged_with_a_morning_in_new_york_that_has_its_benchmark(
    tmp_path: Path,
) -> None:
    """A layer held against QQQ made one mean of both, and fitted it to the index of either day."""
    (tmp_path / "instruments.toml").write_text(SEOUL, encoding="utf-8")
    rig = build_rig(tmp_path, ())
    names = ("MU", "SNDK", "WDC", "000660.KS")
    bars = {name: history(TUESDAY, seed=seed) for seed, name in enumerate((*names, "QQQ"), 1)}
    rig.engine.take_histories(bars)
    closed = {"as_of": TUESDAY - timedelta(hours=8), "session": Session.CLOSED, "state": QuoteState.CLOSED}
    for name in names:
        rest = closed | {"currency": "KRW"} if name == "000660.KS" else {}
        close = bars[name][-1].close
        rig.market.set(name, close * (1.09 if rest else 0.97), close, **rest)
    rig.market.set("QQQ", 99.0, bars["QQQ"][-1].close)
    rig.refresh()
    seoul = rig.engine.market.moves["000660.KS"]
    assert (seoul.benchmark, seoul.sar is None) == ("QQQ", False)
    memory = rig.engine.rollups.current["memory"]
    assert (memory.move_pct, memory.averaged, memory.counted) == (pytest.approx(-3.0), 3, 4)
    fitted = portfolio_fit({s: Closes.of(bars[s]) for s in names[:3]}, Closes.of(bars["QQQ"]), DAY)
    assert fitted is not None
    assert memory.sar == pytest.approx(fitted.sar(-0.03, -0.01))


def test_that_a_layer_that_shuts_before_its_benchmark_opens_is_judged_by_more_days_than_its_newest_name_has(
    tmp_path: Path,
) -> None:
    names = ("000660.KS", "005930.KS", "402340.KS")
    listed = "".join(SEOUL.replace("000660.KS", name).removeprefix("version = 1\n") for name in names)
    (tmp_path / "instruments.toml").write_text(f"version = 1\n{listed}", encoding="utf-8")
    rig = build_rig(tmp_path, ())
    bars = {name: history(TUESDAY, seed=seed) for seed, name in enumerate((*names, "QQQ"), 1)}
    bars[names[0]] = bars[names[0]][-70:]  # the first of the layer came to its exchange this winter
    rig.engine.take_histories(bars)
    for name in names:
        close = bars[name][-1].close
        rig.market.set(name, close * 0.97, close, currency="KRW")
    rig.market.set("QQQ", 99.0, bars["QQQ"][-1].close)
    rig.refresh()
    closes = {name: Closes.of(bars[name]) for name in names}
    market = seen_by(closes[names[1]], Closes.of(bars["QQQ"]))
    fitted = portfolio_fit(closes, market, DAY)
    assert fitted is not None
    (seen,) = {rig.engine.market.moves[name].benchmark_move_pct for name in names}
    assert seen is not None
    assert rig.engine.rollups.current["memory"].sar == pytest.approx(fitted.sar(-0.03, seen / 100.0))


def test_that_after_a_holiday_of_the_benchmark_alone_all_judge_the_move_since_the_session_before(
    run: Run, tmp_path: Path
) -> None:
    dates, share, market = archive()
    rested = [*range(30, len(dates) - 5, 20), len(dates) - 2]  # New York, the last as Toronto fell by 8 %
    share[-1] = share[-2] * 1.01
    share[-2:] *= 0.92
    rows = [
        f"{day},{a!r},{'' if place in rested else repr(b)}"
        for place, (day, a, b) in enumerate(zip(dates, share.tolist(), market.tolist(), strict=True))
    ]
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "instruments.toml").write_text(TORONTO, encoding="utf-8")
    (table := tmp_path / "p.csv").write_text("\n".join(["Date,SHOP.TO,QQQ", *rows]), encoding="utf-8")
    assert run("import", "prices", str(table))[0] == 0
    explained = json.loads(run("explain", "SHOP.TO", "--on", f"{DAY}", "--json")[1])
    assert explained["move_pct"] == pytest.approx((share[-1] / share[-2] - 1.0) * 100.0)
    assert explained["benchmark_move_pct"] == pytest.approx((market[-1] / market[-3] - 1.0) * 100.0)
    assert abs(explained["sar"]) < 2.0  # the fall was the holiday's
    (rule := tmp_path / "rule.toml").write_text(
        'version = 1\n[[rule]]\nid = "r"\nname = { en = "r", ko = "r" }\nkind = "abnormal-move"\n'
        'subject_kind = "symbol"\nsubject = "SHOP.TO"\nthreshold = 0.01\n'
    )
    tested = json.loads(run("rules", "test", str(rule), "--from", "2026-03-03", "--json")[1])
    assert tested["fires"][-1]["time"].startswith(f"{DAY}")
    assert tested["fires"][-1]["value"] == pytest.approx(explained["sar"], abs=1e-4)
