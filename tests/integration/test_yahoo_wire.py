"""The local server itself: what others build their tests on."""

import asyncio
import base64
import json
import os
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from curl_cffi import requests
from tests.wire.server import YahooServer
from tests.wire.world import World
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed

STREAM = "wss://streamer.finance.yahoo.com/?version=2"
ROOT = Path(__file__).parents[2]


async def received(stream: ClientConnection) -> tuple[str, float]:
    from yfinance.pricing_pb2 import PricingData  # half a second

    message = json.loads(await stream.recv())
    assert message["type"] == "pricing"
    price = PricingData.FromString(base64.b64decode(message["message"]))
    return price.id, round(price.price, 2)


def test_that_the_stream_sends_prices_to_those_who_subscribed(
    yahoo_server: YahooServer, yahoo_env: dict[str, str]
) -> None:
    assert yahoo_env
    world = yahoo_server.world

    async def listen() -> None:
        async with asyncio.timeout(60), connect(STREAM, open_timeout=60) as stream:
            await stream.send(json.dumps({"subscribe": ["NVDA", "AMD"]}))
            assert [await received(stream) for _ in range(2)] == [
                ("AMD", world.listing("AMD").price),
                ("NVDA", world.listing("NVDA").price),
            ]
            moved = world.move("NVDA", -5.0)
            yahoo_server.push("NVDA", "MSFT")
            assert await received(stream) == ("NVDA", pytest.approx(moved.price, abs=0.01))
            yahoo_server.drop_streams()
            with pytest.raises(ConnectionClosed):
                await stream.recv()

    asyncio.run(listen())
    assert yahoo_server.counts == {"stream": 1}


@pytest.mark.parametrize(("span", "days"), [("5d", 5), ("1mo", 31), ("1y", 366)])
def test_that_daily_bars_go_back_as_far_as_a_range_says(
    yahoo_server: YahooServer, yahoo_env: dict[str, str], span: str, days: int
) -> None:
    assert yahoo_env
    address = f"https://query1.finance.yahoo.com/v8/finance/chart/NVDA?range={span}&interval=1d"
    bars = requests.get(address, impersonate="chrome").json()["chart"]["result"][0]["timestamp"]
    back = yahoo_server.world.clock() - datetime.fromtimestamp(bars[0], UTC)
    assert timedelta(days=days - 5) <= back <= timedelta(days=days)
    assert len(bars) == len(set(bars)) >= days // 2


def test_that_the_world_is_the_same_for_the_same_seed_and_time() -> None:
    now = datetime(2026, 1, 14, 15, tzinfo=UTC)
    one, other = World(lambda: now), World(lambda: now)
    assert one.daily("NVDA") == other.daily("NVDA")
    assert one.quote("NVDA") == other.quote("NVDA")
    assert World(lambda: now, seed=8).daily("NVDA") != one.daily("NVDA")


def test_that_it_runs_by_hand_and_prints_what_to_set(tmp_path: Path) -> None:
    bundle = tmp_path / "ca.pem"
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "tests.wire", "--ca-out", str(bundle)]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, text=True, env=environment, cwd=tmp_path
    ) as process:
        assert process.stdout
        lines = [process.stdout.readline() for _ in range(7)]
        process.terminate()
    names = {line.removeprefix("export ").partition("=")[0] for line in lines}
    assert {"HTTPS_PROXY", "SSL_CERT_FILE", "CURL_CA_BUNDLE", "REQUESTS_CA_BUNDLE"} <= names
    assert bundle.read_bytes().startswith(b"-----BEGIN CERTIFICATE")
