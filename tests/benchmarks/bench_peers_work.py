"""Work that other libraries can be asked for, too: a rule, unusual days, names in titles, prices."""

import json
import statistics
import time
from dataclasses import replace

from tests.benchmarks import bench_anomalies, bench_link, bench_refresh, bench_rules
from tests.benchmarks.made import THRESHOLD_PCT
from tests.benchmarks.peers_setting import peer, times
from tests.benchmarks.setting import folder
from tests.wire.server import YahooServer, environment
from tests.wire.world import default_world

from stackwatch.analysis.names.linker import Linker
from stackwatch.app import load_world
from stackwatch.domain.rule import Direction
from stackwatch.storage.locations import user_folders

DESCRIPTION = (
    "a rule over 130 names x 504 days (backtesting.py; vectorbt, also with a portfolio), unusual days in as"
    " many (a loop in pandas, share by share), names in titles (one regular expression), prices of the list"
    " from the local server (yfinance, in a process that has asked before); `_times`: the peer's cost / ours"
)
_ROUNDS = 15


def run() -> dict[str, float]:
    return _rule() | _unusual() | _link() | _refresh()


def _rule() -> dict[str, float]:
    """Compare the days on which the close moved by 4 %; raise unless all found as many."""
    panel = bench_rules.two_years()
    rule = replace(bench_rules.rules()[0], threshold=THRESHOLD_PCT, direction=Direction.EITHER)
    spans = []
    for _ in range(_ROUNDS):
        began = time.perf_counter()
        fires = bench_rules.fires_of(rule, panel)
        spans.append((time.perf_counter() - began) * 1000.0)
    own = statistics.median(spans)
    backtesting, vectorbt = peer("backtesting_rule"), peer("vectorbt_rule")
    found = {float(fires.day.size), backtesting["fires"], vectorbt["fires"]}
    if len(found) > 1:
        raise RuntimeError(f"the same rule fired {sorted(found)} times: not the same work")
    peers = {
        "backtesting": backtesting["ms"],
        "vectorbt": vectorbt["ms"],
        "vectorbt_first": vectorbt["first_ms"],
        "vectorbt_portfolio": vectorbt["portfolio_ms"],
        "vectorbt_portfolio_first": vectorbt["portfolio_first_ms"],
    }
    figures = {f"rule_{name}_ms": value for name, value in ({"own": own} | peers).items()}
    return figures | times(own, {f"rule_{name}": value for name, value in peers.items()})


def _unusual() -> dict[str, float]:
    own, loop = bench_anomalies.run()["judge_ms"], peer("pandas_loop")["ms"]
    return {"unusual_own_ms": own, "unusual_pandas_ms": loop} | times(own, {"unusual_pandas": loop})


def _link() -> dict[str, float]:
    with folder() as data:
        ecosystem = load_world(user_folders(data)).ecosystem
        names = [ecosystem.names_of(each) for each in (*ecosystem.instruments, *ecosystem.private)]
        titles = bench_link.titles_of(names)
        given = {"spellings": bench_link.spellings_of(ecosystem), "titles": titles}
        path = data / "given.json"
        path.write_text(json.dumps(given), "utf-8")
        own = bench_link.per_second(Linker.of(ecosystem).link, titles)
        expression = peer("regex_linker", path)["per_s"]
    slower = times(1.0 / own, {"link_expression": 1.0 / expression})
    return {"link_own_per_s": own, "link_expression_per_s": expression} | slower


def _refresh() -> dict[str, float]:
    """Compare requests and processor time of a refresh."""
    own = bench_refresh.run()
    figures = {"refresh_own_requests": own["quote_requests"], "refresh_own_cpu_ms": own["cpu_ms"]}
    with folder() as data:
        symbols = load_world(user_folders(data)).watchlist.symbols
    for way in ("fast_info", "download"):
        with folder() as keys, YahooServer(keys, default_world()) as server:
            asked = peer("yfinance_quotes", way, *symbols, env=environment(server))
            served = sum(server.counts.values())
        if served != asked["all_requests"] or asked["prices"] != len(symbols):
            raise RuntimeError(
                f"{way}: {asked} of {len(symbols)} symbols, but the server saw {served} requests"
            )
        cost = {f"refresh_{way}_{key}": asked[key] for key in ("requests", "cpu_ms")}
        figures |= cost | times(own["cpu_ms"], {f"refresh_{way}_cpu": asked["cpu_ms"]})
    return figures
