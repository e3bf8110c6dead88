"""The stream's faults: what a server may say, and what the real stream and engine make of it."""

import base64
import json
import queue
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import timedelta

from tests.evaluation.faults_bench import Bench
from tests.evaluation.faults_catalogue import NOBODY, NOWHERE
from tests.wire.faults import Fault
from tests.wire.stream import CLOSE

from stackwatch.domain.health import HealthState
from stackwatch.engine.ports import Tick
from stackwatch.providers.yahoo.stream import YahooStream

SYMBOLS = ("NVDA", "AMD", "QQQ")
FLOOD = 50_000
_PATIENCE = 20.0


@dataclass(frozen=True, slots=True, kw_only=True)
class StreamCase:
    """One fault; ``breaks`` says that the line must be given up because of it."""

    name: str
    fault: Callable[[Bench], Fault]
    breaks: bool = True
    proxy: str = ""


@dataclass
class Ear:
    """Hands what the stream tells to the bench's own thread."""

    told: "queue.SimpleQueue[tuple[Tick, ...] | tuple[HealthState, str]]" = field(
        default_factory=queue.SimpleQueue
    )

    def on_ticks(self, ticks: Sequence[Tick]) -> None:
        self.told.put(tuple(ticks))

    def on_health(self, state: HealthState, detail: str) -> None:
        self.told.put((state, detail))


def pricing(bench: Bench, **fields: object) -> str:
    """Return a price of NVDA as the stream writes it, with some fields wrong."""
    from yfinance.pricing_pb2 import PricingData  # half a second

    envelope = json.loads(bench.server.world.pricing("NVDA"))
    message = PricingData.FromString(base64.b64decode(envelope["message"]))
    for name, value in fields.items():
        setattr(message, name, value)
    body = base64.b64encode(message.SerializeToString()).decode()
    return json.dumps({"type": "pricing", "message": body})


def _says(*messages: str | bytes) -> Callable[[Bench], Fault]:
    return lambda bench: Fault(messages=messages, then_true=True)


def _prices(**fields: object) -> Callable[[Bench], Fault]:
    """Send wrong prices twice, because one wild price alone is never believed, then true ones."""
    return lambda bench: Fault(messages=(pricing(bench, **fields),) * 2, then_true=True, drip=0.15)


def _scaled(by: float) -> Callable[[Bench], Fault]:
    def make(bench: Bench) -> Fault:
        wrong = pricing(bench, price=bench.server.world.listing("NVDA").price * by)
        return Fault(messages=(wrong, wrong), then_true=True, drip=0.15)

    return make


def _stamped(**ahead: float) -> Callable[[Bench], Fault]:
    def make(bench: Bench) -> Fault:
        stamp = int((bench.clock.now() + timedelta(**ahead)).timestamp() * 1000)
        wrong = pricing(bench, time=stamp, price=bench.server.world.listing("NVDA").price * 1.01)
        return Fault(messages=(wrong, wrong), then_true=True, drip=0.15)

    return make


def _flood(bench: Bench) -> Fault:
    return Fault(messages=(pricing(bench),) * FLOOD, then_true=True)


def _always(**values: object) -> Callable[[Bench], Fault]:
    return lambda bench: Fault(**values)  # type: ignore[arg-type]


def _envelope(body: str) -> str:
    return json.dumps({"type": "pricing", "message": body})


_LINES = (
    StreamCase(name="hang-up before the handshake", fault=_always(drop=True)),
    StreamCase(name="handshake never answered", fault=_always(hang=True)),
    StreamCase(name="handshake refused, 403", fault=_always(status=403)),
    StreamCase(name="handshake refused, 429", fault=_always(status=429)),
    StreamCase(name="handshake refused, 503", fault=_always(status=503)),
    StreamCase(name="HTML instead of a handshake", fault=_always(body=b"HTTP/1.1 200 OK\r\n\r\n<html>")),
    StreamCase(name="noise instead of a handshake", fault=_always(body=bytes(range(256)) * 10)),
    StreamCase(name="clean close at once", fault=_always(messages=(CLOSE,))),
    StreamCase(name="a price, then a clean close", fault=lambda b: Fault(messages=(pricing(b), CLOSE))),
    StreamCase(name="stall: silence after the handshake", fault=_always()),
    StreamCase(name="a fragment that never ends", fault=_always(truncate=True)),
    StreamCase(name="a message of 1 MB", fault=_says("x" * 1_000_000)),
    StreamCase(name="connection hangs", fault=_always(connect="hang")),
    StreamCase(name="connection reset", fault=_always(connect="reset")),
    StreamCase(name="proxy refuses", fault=_always(connect="refuse")),
    StreamCase(name="plain text instead of TLS", fault=_always(connect="garbage")),
    StreamCase(name="TLS: unknown authority", fault=_always(connect="authority")),
    StreamCase(name="TLS: another host's certificate", fault=_always(connect="host")),
    StreamCase(name="name not found", fault=_always(), proxy=NOWHERE),
    StreamCase(name="connection refused", fault=_always(), proxy=NOBODY),
)
_WORDS = tuple(
    StreamCase(name=name, fault=fault, breaks=False)
    for name, fault in (
        ("garbage text", _says("garbage", "", "\x00\x01", "{", "[]", "null", "7")),
        ("binary noise", _says(bytes(range(256)), b"\xff\xfe")),
        ("deep nesting", _says("[" * 50_000)),
        ("garbage base64", _says(_envelope("%%%"), _envelope("AAA"), _envelope("é"))),
        ("base64 of noise", _says(_envelope(base64.b64encode(bytes(range(256))).decode()))),
        ("message of wrong types", _says('{"type":"pricing","message":7}', '{"type":[]}', "{}")),
        ("wrong symbol", _prices(id="ZZZZ")),
        ("no symbol", _prices(id="")),
        ("NaN", _prices(price=float("nan"))),
        ("Infinity", _prices(price=float("inf"))),
        ("zero", _prices(price=0.0)),
        ("negative", _prices(price=-5.0)),
        ("1e30", _prices(price=1e30)),
        ("tiny", _prices(price=1e-30)),
        ("price a hundredfold", _scaled(100.0)),
        ("price a hundredth", _scaled(0.01)),
        ("price up by 9 %, nothing else", _scaled(1.09)),
        ("another currency", _prices(currency="EUR")),
        ("time from the future", _stamped(hours=1)),
        ("time an hour ago", _stamped(hours=-1)),
        ("time a month ago", _stamped(days=-30)),
        ("time zero", _prices(time=0)),
        ("time at the end of days", _prices(time=2**62)),
        ("unknown market hours", _prices(market_hours=4)),
        ("volume negative", _prices(day_volume=-5)),
        ("price hint 99", _prices(price_hint=99)),
        ("flood of 50,000 messages", _flood),
    )
)
CASES = (*_LINES, *_WORDS)


def strike(bench: Bench, case: StreamCase) -> tuple[str, str, tuple[str, ...], float]:
    """Stream under a fault, heal it, and return name, end, what is wrong, and seconds."""
    started = time.monotonic()
    bench.begin_anew()
    bench.next_minute()
    bad = [] if bench.call("quote") == "ok" else ["no quotes to begin with"]
    bench.clock.advance(seconds=20)
    bench.truth.record()
    since = len(bench.events)
    bench.server.fail("stream", case.fault(bench))
    ear = Ear()
    stream = YahooStream(bench.clock, lambda: 0.5, pause=lambda stop, _: stop.wait(0.1), open_seconds=0.4)
    with bench.led_to(case.proxy):
        stream.start(SYMBOLS, ear.on_ticks, ear.on_health)
        ends = HealthState.DEGRADED if case.breaks else HealthState.OK
        end = _listen_until(bench, ear, lambda state: state is ends)
    bad += [] if end.startswith(ends) else [f"ended {end!r}, not {ends.value}"]
    bad += bench.untruths(since)[:3]
    bench.server.heal()
    bad += _recovered(bench, ear)
    stream.stop()
    thread = stream._thread
    if thread is not None:
        thread.join(2.0)
        bad += ["the thread did not end"] if thread.is_alive() else []
    return case.name, end, tuple(bad), time.monotonic() - started


def _recovered(bench: Bench, ear: Ear) -> list[str]:
    """Wait for the true prices of the next moment."""
    bench.clock.advance(seconds=20)
    bench.truth.record()
    since = len(bench.events)
    bench.server.drop_streams()
    deadline = time.monotonic() + _PATIENCE
    while not all(bench.truth.right_now(bench.engine.market.quotes.get(s), s) for s in SYMBOLS):
        if time.monotonic() > deadline:
            return ["after the fault: prices are not up to date"]
        _take(bench, ear, 0.5)
    return [f"after the fault: {words}" for words in bench.untruths(since)[:3]]


def _listen_until(bench: Bench, ear: Ear, enough: Callable[[HealthState], bool]) -> str:
    """Feed the engine until a state is told; returns it, and its detail."""
    deadline = time.monotonic() + _PATIENCE
    while time.monotonic() < deadline:
        health = _take(bench, ear, 0.5)
        if health is not None and enough(health[0]):
            _take(bench, ear, 0.1)
            return f"{health[0].value}: {health[1]}"
    return "nothing was told"


def _take(bench: Bench, ear: Ear, seconds: float) -> tuple[HealthState, str] | None:
    """Give the engine what was told next; returns a health state when it was one."""
    try:
        told = ear.told.get(timeout=seconds)
    except queue.Empty:
        return None
    if len(told) == 2 and isinstance(told[0], HealthState):
        return told
    bench.engine.take_ticks(told)
    return None


def matrix(bench: Bench) -> Iterator[tuple[str, str, tuple[str, ...], float]]:
    """Yield every cell of the stream's faults."""
    for case in CASES:
        yield strike(bench, case)
