"""The price stream against a local server: what it survives, and what never becomes a tick."""

import asyncio
import base64
import contextlib
import json
import logging
import os
import queue
import selectors
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Coroutine, Iterator
from datetime import UTC, datetime, timedelta
from math import inf
from pathlib import Path
from types import SimpleNamespace
from typing import TypeVar

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.support.fakes import FakeClock
from tests.support.rig import TUESDAY, build_rig
from tests.wire.server import Fault, YahooServer, environment
from tests.wire.world import default_world

from stackwatch.domain.health import HealthState
from stackwatch.domain.quote import QuoteState, Session
from stackwatch.engine.ports import Tick
from stackwatch.providers.yahoo.parse_tick import Pricing, parse_tick
from stackwatch.providers.yahoo.stream import YahooStream, _pause_before
from stackwatch.system.clock import SystemClock

NOW = datetime(2026, 3, 10, 15, 0, tzinfo=UTC)
T = TypeVar("T")


def stamp(**ahead: float) -> int:
    """Return a time in the stream's milliseconds."""
    return int((NOW + timedelta(**ahead)).timestamp() * 1000)


def message(**fields: object) -> tuple[str, Pricing]:
    """Return an envelope and what its payload decodes to."""
    values: dict[str, object] = {"id": "NVDA", "price": 181.25, "time": stamp(), "day_volume": 10}
    values |= {"market_hours": 1, "price_hint": 2, "change": 0.0, "change_percent": 0.0}
    values |= {"previous_close": 0.0} | fields
    text = json.dumps({"type": "pricing", "message": base64.b64encode(b"payload").decode()})
    return text, SimpleNamespace(**values)  # type: ignore[return-value]


def test_that_a_sound_message_becomes_a_tick_rounded_to_its_decimals() -> None:
    text, pricing = message(price=181.25999450683594)
    tick = parse_tick(text, lambda data: pricing, {"NVDA"}, NOW)
    assert tick == Tick("NVDA", 181.26, NOW, Session.REGULAR, 10)


def test_that_a_price_below_its_decimals_keeps_three_digits() -> None:
    text, pricing = message(price=0.00003120000110357069, price_hint=10)
    tick = parse_tick(text, lambda data: pricing, {"NVDA"}, NOW)
    assert tick is not None
    assert tick.price == 0.0000312


@pytest.mark.parametrize(
    "fields",
    [
        {"id": "AMD"},
        {"id": ""},
        {"price": 0.0},
        {"price": -1.0},
        {"price": float("nan")},
        {"price": float("inf")},
        {"price": 0.0000001, "price_hint": 4},
        {"time": 0},
        {"time": stamp(minutes=5)},
        {"time": 2**62},
        {"time": stamp(days=-30)},
        {"market_hours": 9},
        {"price": 18_125.0, "change": 1.25, "change_percent": 0.694},
        {"price": 198.0, "previous_close": 181.25},
        {"price": 181.25, "change": float("nan"), "change_percent": 0.694},
    ],
)
def test_that_a_wrong_field_makes_no_tick(fields: dict[str, object]) -> None:
    text, pricing = message(**fields)
    assert parse_tick(text, lambda data: pricing, {"NVDA"}, NOW) is None


@given(st.one_of(st.text(), st.binary(), st.dictionaries(st.text(), st.text()).map(json.dumps)))
def test_that_no_message_whatever_makes_the_parser_fail(text: str | bytes) -> None:
    def decode(data: bytes) -> Pricing:
        raise ValueError(data)

    assert parse_tick(text, decode, {"NVDA"}, NOW) is None


class Listener:
    """Collects what a stream tells."""

    def __init__(self) -> None:
        self.ticks: queue.SimpleQueue[Tick] = queue.SimpleQueue()
        self.health: queue.SimpleQueue[HealthState] = queue.SimpleQueue()

    def on_ticks(self, ticks: object) -> None:
        for tick in ticks:  # type: ignore[attr-defined]
            self.ticks.put(tick)

    def on_health(self, state: HealthState, detail: str) -> None:
        del detail
        self.health.put(state)


@pytest.fixture
def server(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[YahooServer]:
    with YahooServer(tmp_path, default_world()) as running:
        for name, value in environment(running).items():
            monkeypatch.setitem(os.environ, name, value)
        yield running


@pytest.fixture
def stream() -> Iterator[YahooStream]:
    made = YahooStream(SystemClock(), lambda: 60.0, pause=lambda stop, seconds: stop.wait(min(seconds, 0.05)))
    yield made
    made.stop()
    assert made._thread is not None
    made._thread.join(timeout=5)
    assert not made._thread.is_alive()


def until(told: "queue.SimpleQueue[HealthState]", state: HealthState) -> None:
    """Wait for a state; a busy machine may need more than one attempt to come to it."""
    while told.get(timeout=180) is not state:
        pass


def test_that_prices_are_pushed_and_come_again_after_a_drop(server: YahooServer, stream: YahooStream) -> None:
    listener = Listener()
    stream.start(("NVDA", "QQQ"), listener.on_ticks, listener.on_health)
    first = {listener.ticks.get(timeout=180).symbol for _ in range(2)}
    assert first == {"NVDA", "QQQ"}
    until(listener.health, HealthState.OK)
    server.drop_streams()
    until(listener.health, HealthState.DEGRADED)
    again = {listener.ticks.get(timeout=180).symbol for _ in range(2)}
    assert again == {"NVDA", "QQQ"}
    until(listener.health, HealthState.OK)
    assert server.counts["stream"] >= 2


@pytest.mark.usefixtures("server")
def test_that_the_line_is_as_secure_as_the_system_can_make_it() -> None:
    async def version() -> str:
        async with YahooStream(SystemClock(), lambda: 60.0)._connect() as connection:
            return str(connection.transport.get_extra_info("ssl_object").version())

    assert asyncio.run(version()) == "TLSv1.3"


def test_that_a_silent_line_is_given_up_and_opened_again(server: YahooServer) -> None:
    opened: queue.SimpleQueue[str] = queue.SimpleQueue()
    stream = YahooStream(SystemClock(), lambda: 0.3, pause=lambda stop, wait: stop.wait(0.01))
    stream.start(("NVDA",), lambda ticks: None, lambda state, detail: opened.put(detail))
    details: list[str] = []
    while details.count("stream: no price for too long") < 2 or "streaming" not in details:
        details.append(opened.get(timeout=180))
    stream.stop()
    assert server.counts["stream"] >= 2


def test_that_stopping_does_not_wait_for_the_next_attempt(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(os.environ, "HTTPS_PROXY", "http://127.0.0.1:9")
    monkeypatch.setitem(os.environ, "https_proxy", "http://127.0.0.1:9")
    paused = threading.Event()

    def pause(stop: threading.Event, seconds: float) -> bool:
        paused.set()
        return stop.wait(seconds * 1_000)

    stream = YahooStream(SystemClock(), lambda: 60.0, pause=pause)
    stream.start(("NVDA",), lambda ticks: None, lambda state, detail: None)
    assert paused.wait(timeout=180)
    assert ended(stream)


def test_that_what_a_callback_raises_does_not_end_the_stream(server: YahooServer) -> None:
    told: queue.SimpleQueue[HealthState] = queue.SimpleQueue()

    def on_health(state: HealthState, detail: str) -> None:
        told.put(state)
        raise RuntimeError(detail)

    stream = YahooStream(SystemClock(), lambda: 60.0, pause=lambda stop, wait: stop.wait(0.01))
    stream.start(("NVDA",), lambda ticks: None, on_health)
    for _ in range(2):
        until(told, HealthState.OK)
        until(told, HealthState.DEGRADED)
    stream.stop()
    assert server.counts["stream"] >= 2


def ended(stream: YahooStream) -> bool:
    """Stop a stream; returns whether its thread came to its end."""
    stream.stop()
    assert stream._thread is not None
    stream._thread.join(timeout=180)  # on a busy machine; the thread itself waits for nothing
    return not stream._thread.is_alive()


@pytest.mark.parametrize(
    "answer", [b"", b"HTTP/1.1 200 Connection established\r\n\r\n"], ids=["proxy", "TLS"]
)
def test_that_stopping_hangs_up_on_a_server_that_never_answers(
    answer: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    stream = YahooStream(SystemClock(), lambda: 60.0, open_seconds=600.0)
    with socket.create_server(("127.0.0.1", 0)) as proxy:
        proxy.settimeout(60)
        for name in ("HTTPS_PROXY", "https_proxy"):
            monkeypatch.setitem(os.environ, name, f"http://127.0.0.1:{proxy.getsockname()[1]}")
        stream.start(("NVDA",), lambda ticks: None, lambda state, detail: None)
        with proxy.accept()[0] as line:
            line.settimeout(60)
            assert line.recv(4096).startswith(b"CONNECT")
            if answer:
                line.sendall(answer)
                assert line.recv(4096)  # the first words of TLS
            assert ended(stream)
            with contextlib.suppress(ConnectionResetError):
                assert line.recv(4096) == b""


def test_that_stopping_does_not_wait_for_a_handshake(
    server: YahooServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked, count = threading.Event(), server.count

    def counted(endpoint: str) -> Fault | None:
        asked.set()
        return count(endpoint)

    monkeypatch.setattr(server, "count", counted)
    server.fail("stream", Fault(hang=True))
    stream = YahooStream(SystemClock(), lambda: 60.0, open_seconds=600.0)
    stream.start(("NVDA",), lambda ticks: None, lambda state, detail: None)
    assert asked.wait(60)
    assert ended(stream)


@pytest.mark.parametrize("at_last", ["", "answer.set()\nlook_up.join()\n"], ids=["never", "late"])
def test_that_the_program_ends_while_the_name_server_does_not_answer(at_last: str) -> None:
    code = (
        "import os, socket, threading\n"
        "from stackwatch.providers.yahoo.stream import YahooStream\n"
        "from stackwatch.system.clock import SystemClock\n"
        "asked, answer = threading.Event(), threading.Event()\n"
        "def hang(*words, **more):\n"
        "    global look_up\n"
        "    look_up = threading.current_thread()\n"
        "    asked.set()\n"
        "    answer.wait()\n"
        "    return []\n"
        "socket.getaddrinfo = hang\n"
        "os.environ['HTTPS_PROXY'] = os.environ['https_proxy'] = 'http://proxy.example:8080'\n"
        "stream = YahooStream(SystemClock(), lambda: 60.0)\n"
        "stream.start(('NVDA',), print, print)\n"
        "asked.wait()\n"
        f"stream.stop()\n{at_last}"
    )
    result = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=False, timeout=180
    )
    assert (result.returncode, result.stdout, result.stderr) == (0, "", "")


def first_fault() -> str:
    """Return what a new stream says first."""
    told: queue.SimpleQueue[str] = queue.SimpleQueue()
    stream = YahooStream(SystemClock(), lambda: 60.0)
    stream.start(("NVDA",), lambda ticks: None, lambda state, detail: told.put(detail))
    try:
        return told.get(timeout=180)
    finally:
        stream.stop()


@pytest.mark.parametrize(
    ("fault", "words"),
    [
        (Fault(status=429), "stream: answered 429 Too Many Requests"),
        (Fault(connect="refuse"), "stream: the proxy refused"),
        (Fault(connect="reset"), "stream: no connection"),
        (
            Fault(connect="authority"),
            "stream: a certificate that is not trusted, of a proxy in between?",
        ),
        (Fault(connect="garbage"), "stream: no secure connection"),
    ],
    ids=["429", "proxy", "reset", "authority", "portal"],
)
def test_that_a_stream_says_why_it_has_no_prices_and_no_library_does(
    server: YahooServer, fault: Fault, words: str, caplog: pytest.LogCaptureFixture
) -> None:
    server.fail("stream", fault)
    assert first_fault() == words
    assert [record.name for record in caplog.records if record.levelno >= logging.ERROR] == []


@pytest.mark.parametrize("days", [-60, 60])
def test_that_a_stream_asks_about_a_clock_that_is_wrong_by_months(server: YahooServer, days: int) -> None:
    server.authority.shift(timedelta(days=days))
    words = "a certificate that is not valid today: is the clock of this computer right?"
    assert first_fault() == f"stream: {words}"


def test_that_a_server_is_reached_though_its_first_address_leads_nowhere(
    server: YahooServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    look_up = socket.getaddrinfo
    with contextlib.ExitStack() as opened:
        nowhere = opened.enter_context(socket.create_server(("127.0.0.1", 0), backlog=0))
        for _ in range(2):  # its queue is full: whoever comes later is left waiting
            waiting = opened.enter_context(socket.socket())
            waiting.setblocking(False)
            waiting.connect_ex(nowhere.getsockname())

        def two_addresses(host: str, port: int, *more: object, **words: object) -> list[object]:
            if host != "proxy.example":
                return [*look_up(host, port, *more, **words)]  # type: ignore[arg-type]
            ports = (nowhere.getsockname()[1], server.port)
            return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", port)) for port in ports]

        monkeypatch.setattr(socket, "getaddrinfo", two_addresses)
        for name in ("HTTPS_PROXY", "https_proxy"):
            monkeypatch.setenv(name, "http://proxy.example:8080")
        assert first_fault() == "streaming"


def test_that_a_proxy_without_a_scheme_leads_to_the_stream_as_it_does_to_quotes(
    server: YahooServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("HTTPS_PROXY", "https_proxy"):
        monkeypatch.setenv(name, f"127.0.0.1:{server.port}")
    assert first_fault() == "streaming"


@pytest.mark.parametrize("name", ["ALL_PROXY", "HTTPS_PROXY"])
def test_that_a_socks_proxy_is_named(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for each in ("HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy", "NO_PROXY", "no_proxy"):
        monkeypatch.delenv(each, raising=False)
    monkeypatch.setenv(name, "socks5://127.0.0.1:9")
    assert first_fault() == "stream: prices cannot be pushed through a SOCKS proxy"


def test_that_a_proxy_that_speaks_http_is_taken_before_one_of_socks(
    server: YahooServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOCKS_PROXY", "socks5://127.0.0.1:9")
    assert server.port
    assert first_fault() == "streaming"


def test_that_a_tick_moves_the_quote_and_an_old_one_does_not(tmp_path: Path) -> None:
    rig = build_rig(tmp_path)
    rig.market.set("NVDA", 100.0)
    rig.refresh()
    rig.clock.advance(seconds=10)
    later = rig.clock.now()
    rig.engine.take_ticks([Tick("NVDA", 98.5, later, Session.REGULAR, 5_000)])
    rig.engine.take_ticks([Tick("NVDA", 97.0, later - timedelta(seconds=5), Session.REGULAR)])
    quote = rig.engine.market.quotes["NVDA"]
    assert (quote.price, quote.volume, quote.state) == (98.5, 5_000, QuoteState.LIVE)
    assert quote.day_low == 98.5
    rig.engine.take_ticks([Tick("NVDA", 99.5, later + timedelta(seconds=1), Session.REGULAR)])
    quote = rig.engine.market.quotes["NVDA"]
    assert (quote.day_low, quote.day_high) == (98.5, 99.5)


def test_that_a_single_wild_tick_is_not_believed_and_a_second_one_is(tmp_path: Path) -> None:
    rig = build_rig(tmp_path)
    rig.market.set("NVDA", 100.0)
    rig.refresh()
    wild = [Tick("NVDA", 80.0, TUESDAY + timedelta(seconds=n), Session.REGULAR) for n in (1, 2)]
    rig.engine.take_ticks(wild[:1])
    assert rig.engine.market.quotes["NVDA"].price == 100.0
    rig.engine.take_ticks([Tick("NVDA", 100.1, TUESDAY + timedelta(seconds=1), Session.REGULAR)])
    rig.engine.take_ticks(wild[1:])
    assert rig.engine.market.quotes["NVDA"].price == 100.1
    rig.engine.take_ticks([Tick("NVDA", 80.2, TUESDAY + timedelta(seconds=3), Session.REGULAR)])
    assert rig.engine.market.quotes["NVDA"].price == 80.2


def test_that_an_extended_tick_keeps_the_regular_price_beside_it(tmp_path: Path) -> None:
    rig = build_rig(tmp_path)
    rig.market.set("NVDA", 100.0)
    rig.refresh()
    rig.engine.take_ticks([Tick("NVDA", 99.0, TUESDAY + timedelta(seconds=1), Session.POST)])
    quote = rig.engine.market.quotes["NVDA"]
    assert (quote.price, quote.extended_price, quote.session) == (100.0, 99.0, Session.POST)


def test_that_a_price_after_the_close_is_held_against_the_one_before_it_and_not_against_the_close(
    tmp_path: Path,
) -> None:
    rig = build_rig(tmp_path)
    rig.market.set("NVDA", 100.0)
    rig.refresh()
    for n, price in enumerate((80.0, 80.2, 77.0), 1):  # results: the second one agrees, and on it goes
        rig.engine.take_ticks([Tick("NVDA", price, TUESDAY + timedelta(seconds=n), Session.POST)])
    assert rig.engine.market.quotes["NVDA"].extended_price == 77.0


def test_that_a_tick_for_a_share_without_a_quote_is_left_out(tmp_path: Path) -> None:
    rig = build_rig(tmp_path)
    rig.engine.take_ticks([Tick("NVDA", 99.0, TUESDAY, Session.REGULAR)])
    assert rig.engine.market.quotes == {}


def test_that_a_share_is_not_measured_from_the_close_before_the_last_one(tmp_path: Path) -> None:
    rig = build_rig(tmp_path, ())
    closed = TUESDAY - timedelta(hours=18)  # Monday, 17:00 in New York
    rig.market.set("NVDA", 90.0, 100.0, as_of=closed)
    rig.refresh()
    rig.engine.take_ticks([Tick("NVDA", 90.5, TUESDAY, Session.REGULAR)])  # no poll has told of Tuesday yet
    move = rig.engine.market.moves["NVDA"]
    assert (move.session_date, round(move.move_pct, 2)) == (closed.date(), -10.0)
    rig.market.set("NVDA", 90.4, 90.0)
    rig.refresh()
    rig.clock.advance(seconds=1)
    rig.engine.take_ticks([Tick("NVDA", 90.9, rig.clock.now(), Session.REGULAR)])
    move = rig.engine.market.moves["NVDA"]
    assert (move.session_date, round(move.move_pct, 2)) == (TUESDAY.date(), 1.0)


def test_that_a_corrected_close_is_believed_also_while_prices_are_pushed(tmp_path: Path) -> None:
    rig = build_rig(tmp_path, ())
    rig.market.set("NVDA", 100.0, 98.0)
    rig.refresh()
    for _ in range(4):
        rig.clock.advance(minutes=1)
        rig.engine.take_ticks([Tick("NVDA", 100.1, rig.clock.now(), Session.REGULAR)])
        rig.market.set("NVDA", 100.1, 99.0)
        rig.refresh()
    assert rig.engine.market.quotes["NVDA"].previous_close == 99.0


def test_that_another_close_is_not_believed_where_answers_go_back_to_the_known_one(tmp_path: Path) -> None:
    rig = build_rig(tmp_path, ())
    for previous in (98.0, 99.0, 99.0, 99.0, 98.0, 99.0):
        rig.clock.advance(minutes=1)
        rig.market.set("NVDA", 100.0, previous)
        rig.refresh()
    assert rig.engine.market.quotes["NVDA"].previous_close == 98.0


def test_that_an_old_price_of_extended_hours_takes_no_newer_ones_place(tmp_path: Path) -> None:
    rig = build_rig(tmp_path, ())
    rig.market.set("NVDA", 100.0)
    rig.refresh()
    rig.engine.take_ticks([Tick("NVDA", 99.0, TUESDAY - timedelta(hours=2), Session.PRE)])
    assert rig.engine.market.quotes["NVDA"].session is Session.REGULAR
    late = [
        Tick("NVDA", price, TUESDAY + timedelta(seconds=n), Session.POST)
        for price, n in ((99.5, 9), (99.1, 4))
    ]
    for tick in late:
        rig.engine.take_ticks([tick])
    assert rig.engine.market.quotes["NVDA"].extended_price == 99.5


def test_that_an_answer_that_is_late_takes_back_no_price_of_extended_hours(tmp_path: Path) -> None:
    rig = build_rig(tmp_path, (), now=TUESDAY + timedelta(hours=6))  # an hour after the close
    close, now = rig.clock.now() - timedelta(hours=1), rig.clock.now()
    after = {"as_of": close, "session": Session.POST}
    rig.market.set("NVDA", 100.0, **after, extended_price=99.9, extended_as_of=now - timedelta(seconds=30))
    rig.refresh()
    rig.engine.take_ticks([Tick("NVDA", 99.5, now - timedelta(seconds=4.4), Session.POST)])
    for seconds, price, known in ((9, 99.7, 99.5), (5, 99.6, 99.6), (3, 99.4, 99.4)):
        made = now - timedelta(seconds=seconds)
        rig.market.set("NVDA", 100.0, **after, extended_price=price, extended_as_of=made)
        rig.refresh()
        assert rig.engine.market.quotes["NVDA"].extended_price == known


def test_that_the_pause_between_attempts_stays_within_a_minute_for_ever() -> None:
    assert all(1.0 <= _pause_before(attempts) <= 60.0 for attempts in (0, 1, 5, 2_000))


def test_that_a_message_nested_without_end_is_no_price() -> None:
    assert parse_tick("[" * 60_000, lambda data: message()[1], {"NVDA"}, NOW) is None


class FakeTime(selectors.SelectSelector):
    """Time that passes at once when a loop waits for it."""

    def __init__(self) -> None:
        super().__init__()
        self.now = 0.0
        self.waits = 0

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        self.now += timeout or 0.0
        self.waits += bool(timeout)
        return super().select(0.0)


class FakeLine:
    """A connection on a time of its own: it says something every so many seconds, or nothing (None)."""

    def __init__(self, seconds: float, say: str | bytes | None) -> None:
        self.time = FakeTime()
        self.sent: list[str] = []
        self._seconds = inf if say is None else seconds
        self._due = self._seconds
        self._say = say or ""

    def run(self, doing: Coroutine[object, object, T]) -> T:
        loop = asyncio.SelectorEventLoop(self.time)
        loop.time = lambda: self.time.now  # type: ignore[method-assign]
        with asyncio.Runner(loop_factory=lambda: loop) as runner:
            return runner.run(doing)

    async def send(self, text: str) -> None:
        self.sent.append(text)

    async def recv(self) -> str | bytes:
        if self._due > self.time.now:
            await asyncio.sleep(self._due - self.time.now)
        self._due += self._seconds
        return self._say


def stream_on(line: FakeLine, silence: Callable[[], float] = lambda: 60.0) -> YahooStream:
    def pause(stop: threading.Event, seconds: float) -> bool:
        line.time.now += seconds
        return stop.is_set()

    stream = YahooStream(FakeClock(NOW), silence, pause=pause)
    stream.follow(("NVDA",))
    return stream


def listen(line: FakeLine, stream: YahooStream) -> list[HealthState]:
    """Listen to a line until it is given up and return what was told of it."""
    told: list[HealthState] = []
    line.run(
        stream._listen(
            line,  # type: ignore[arg-type]
            lambda data: message()[1],
            lambda ticks: None,
            lambda state, detail: told.append(state),
        )
    )
    return told


def gathered(line: FakeLine, decode: Callable[[bytes], Pricing]) -> tuple[Tick, ...]:
    """Return what is told together of a line."""
    return line.run(stream_on(line)._gather(line, decode, frozenset({"NVDA"}), inf))  # type: ignore[arg-type]


def test_that_prices_are_told_at_once_where_messages_never_cease() -> None:
    text, pricing = message()
    line = FakeLine(0.002, text)
    assert [tick.symbol for tick in gathered(line, lambda data: pricing)] == ["NVDA"]
    assert line.time.now < 0.1


@pytest.mark.parametrize(
    "say", [None, "noise", b"\x00", '{"type": "pricing"}'], ids=["silence", "", "bytes", "empty"]
)
def test_that_a_line_without_prices_is_asked_again_every_15_seconds_and_then_given_up(
    say: str | bytes | None,
) -> None:
    line = FakeLine(0.5, say)
    assert listen(line, stream_on(line)) == []
    assert 60.0 < line.time.now < 63.0
    assert set(line.sent) == {json.dumps({"subscribe": ["NVDA"]})}
    assert 4 <= len(line.sent) <= 5


def test_that_a_silent_line_wakes_nobody_between_two_requests() -> None:
    line = FakeLine(0.0, None)
    listen(line, stream_on(line))
    assert line.time.waits <= len(line.sent) + 1


def test_that_a_line_that_may_be_silent_while_markets_are_closed_is_given_up_once_one_opens() -> None:
    line = FakeLine(0.0, None)
    opening = 1_000.0
    listen(line, stream_on(line, lambda: inf if line.time.now < opening else 60.0))
    assert opening < line.time.now < opening + 16.0


def test_that_of_two_prices_in_one_breath_the_newer_counts() -> None:
    text, newer = message(price=182.0, time=stamp(seconds=-1))
    answers = [newer, message(price=181.0, time=stamp(seconds=-5))[1]]
    (tick,) = gathered(FakeLine(0.02, text), lambda data: answers.pop(0) if answers else newer)
    assert tick.price == 182.0
    assert not answers


def test_that_attempts_come_ever_later_and_never_all_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HTTPS_PROXY", "https_proxy"):
        monkeypatch.setitem(os.environ, name, "http://127.0.0.1:9")
    waits: queue.SimpleQueue[float] = queue.SimpleQueue()

    def pause(stop: threading.Event, seconds: float) -> bool:
        waits.put(seconds)
        return stop.is_set() or waits.qsize() >= 9

    stream = YahooStream(SystemClock(), lambda: 60.0, pause=pause)
    stream.start(("NVDA",), lambda ticks: None, lambda state, detail: None)
    assert stream._thread is not None
    stream._thread.join(timeout=180)
    seen = [waits.get() for _ in range(waits.qsize())]
    for number, seconds in enumerate(seen, 1):
        longest = min(2.0**number, 60.0)
        assert max(1.0, longest / 2) <= seconds <= longest


def test_that_the_stream_and_the_first_request_can_load_yfinance_at_once() -> None:
    """One thread begins to import the package, and meanwhile another wants a part of it."""
    code = (
        "import sys, threading\n"
        "from importlib.machinery import PathFinder, SourceFileLoader\n"
        "from stackwatch.providers.yahoo.stream import _decoder\n"
        "second = threading.Thread(target=_decoder)\n"
        "def waits():\n"
        "    frame = sys._current_frames()[second.ident]\n"
        "    lock = frame.f_locals.get('self')\n"
        "    return frame.f_code.co_name == 'acquire' and lock.name == 'yfinance'\n"
        "class Meanwhile(SourceFileLoader):\n"
        "    def create_module(self, spec):\n"
        "        second.start()\n"
        "        while not waits(): pass\n"
        "class Finder:\n"
        "    def find_spec(self, name, path=None, target=None):\n"
        "        if name != 'yfinance': return None\n"
        "        spec = PathFinder.find_spec(name)\n"
        "        spec.loader = Meanwhile(name, spec.origin)\n"
        "        return spec\n"
        "sys.meta_path.insert(0, Finder())\n"
        "import yfinance\n"
        "second.join()\n"
    )
    result = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=False, timeout=180
    )
    assert (result.returncode, result.stderr) == (0, "")
