"""The price stream: our own connect loop around yfinance's decoder.

yfinance's loops never reconnect after a drop, spin after a clean close and do not notice silence.
"""

import asyncio
import concurrent.futures
import contextlib
import json
import logging
import random
import socket
import ssl
import threading
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any
from urllib.parse import urlsplit

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import (
    InvalidProxy,
    InvalidProxyStatus,
    InvalidStatus,
    ProxyError,
    WebSocketException,
)

from stackwatch.domain.health import HealthState
from stackwatch.engine.ports import Clock, Tick
from stackwatch.providers.web.answers import OUT_OF_DATE, UNTRUSTED, answered
from stackwatch.providers.web.system_proxy import proxy_to
from stackwatch.providers.yahoo.parse_tick import MAX_MESSAGE, Pricing, parse_tick

_log = logging.getLogger(__name__)

URL = "wss://streamer.finance.yahoo.com/?version=2"
_OPEN_SECONDS = 10.0
_NEXT_ADDRESS = 0.25  # after which another address of a server is tried beside one that does not answer
_RESUBSCRIBE = 15.0
_GATHER = 0.05  # ticks of this span are told together
_EARLY = 0.02  # by which the clock of Windows may wake whoever waits too soon
_CLOSE_SECONDS = 1.0  # for which a server may answer the goodbye
_STOP_SECONDS = 0.5  # for which whoever stops the stream waits for its thread
_TURNS = 2  # of the loop: one finds what came, the next has read it
_FIRST_PAUSE, _LONGEST_PAUSE = 1.0, 60.0

_OTHER_DAYS = (9, 10)  # OpenSSL's X509_V_ERR_CERT_NOT_YET_VALID and ..._HAS_EXPIRED
_FAULTS: tuple[tuple[type[Exception], str], ...] = (
    (TimeoutError, "no answer in time"),
    (ssl.SSLCertVerificationError, UNTRUSTED),
    (ssl.SSLError, "no secure connection"),
    (ConnectionResetError, "no secure connection"),  # as asyncio tells of a handshake that breaks off
    (socket.gaierror, "the server's name was not found"),
    (OSError, "no connection"),
    (InvalidProxyStatus, "the proxy refused"),
    (ProxyError, "no connection"),
    (InvalidProxy, "the proxy refused"),
    (WebSocketException, "the answer broke off"),
    (EOFError, "the answer broke off"),
    (ImportError, "prices cannot be pushed through a SOCKS proxy"),  # of the part that would
)
OnTicks = Callable[[Sequence[Tick]], None]
OnHealth = Callable[[HealthState, str], None]


class _Loop(asyncio.SelectorEventLoop):
    """A loop that looks names up on daemon threads.

    Its own would use an executor, whose threads cannot be left: the program would end when the name server
    does.
    """

    async def getaddrinfo(self, *address: Any, **words: Any) -> list[Any]:
        """Return what a name stands for, or give up when the caller does."""
        found: concurrent.futures.Future[list[Any]] = concurrent.futures.Future()
        found.set_running_or_notify_cancel()

        def look_up() -> None:
            try:
                found.set_result(socket.getaddrinfo(*address, **words))
            except Exception as error:  # noqa: BLE001 - told to whoever asked
                found.set_exception(error)

        threading.Thread(target=look_up, name="name look-up", daemon=True).start()
        return await asyncio.wrap_future(found)

    def call_exception_handler(self, context: dict[str, Any]) -> None:
        """Note what the libraries leave behind of a line that broke off: its fault is told already."""
        _log.debug("stream: %s", context["message"], exc_info=context.get("exception"))


class YahooStream:
    """Implements the engine's QuoteStream port on a daemon thread and an event loop of its own.

    One thread reads and writes: OpenSSL allows no two at a time. ``silence`` returns after how many seconds
    without a price the connection counts as dead, given the market's hours; ``pause`` waits, between attempts
    and while ticks are gathered, and returns True when the stream was stopped meanwhile.
    """

    def __init__(
        self,
        clock: Clock,
        silence: Callable[[], float],
        *,
        pause: Callable[[threading.Event, float], bool] = threading.Event.wait,
        open_seconds: float = _OPEN_SECONDS,
    ) -> None:
        self._clock = clock
        self._silence = silence
        self._pause = pause
        self._open_seconds = open_seconds
        self._stopping = threading.Event()
        self._cancel: Callable[[], object] = lambda: None
        self._symbols: tuple[str, ...] = ()
        self._thread: threading.Thread | None = None
        self._heard = False

    def start(self, symbols: Sequence[str], on_ticks: OnTicks, on_health: OnHealth) -> None:
        """Stream ``symbols`` until stopped; both callbacks run on the stream's thread."""
        self._symbols = tuple(symbols)
        thread = threading.Thread(target=self._run, args=(on_ticks, on_health), name="stream", daemon=True)
        thread.start()
        self._thread = thread

    def follow(self, symbols: Sequence[str]) -> None:
        """Ask for other symbols, the next time that they are asked for."""
        self._symbols = tuple(symbols)

    def stop(self) -> None:
        """End whatever the stream waits for; after it no callback runs, unless one hangs."""
        self._stopping.set()
        with contextlib.suppress(RuntimeError):  # its loop was closed before
            self._cancel()
        if self._thread is not None and self._thread is not threading.current_thread():
            self._thread.join(_STOP_SECONDS)

    def _run(self, on_ticks: OnTicks, on_health: OnHealth) -> None:
        if self._stopping.is_set():
            return
        decode = _decoder()
        attempts = 0
        with asyncio.Runner(loop_factory=_Loop) as runner:
            while not self._stopping.is_set():
                self._heard = False
                fault = "no price for too long"
                try:
                    runner.run(self._stream(decode, on_ticks, on_health))
                # A bug, also of the library or told by cancelling, must not end the stream.
                except (Exception, asyncio.CancelledError) as error:  # noqa: BLE001
                    fault = "" if self._stopping.is_set() else _fault_of(error)
                if self._stopping.is_set():
                    return
                attempts = 0 if self._heard else attempts + 1
                wait = _pause_before(attempts)
                _log.warning("stream: %s; again in %.0f s", fault, wait)
                try:
                    on_health(HealthState.DEGRADED, f"stream: {fault}")
                except Exception:  # noqa: BLE001 - of whoever listens
                    _log.exception("stream: unexpected")
                if self._pause(self._stopping, wait):
                    return

    async def _stream(
        self, decode: Callable[[bytes], Pricing], on_ticks: OnTicks, on_health: OnHealth
    ) -> None:
        """Connect once and listen; ends when the line is silent for too long."""
        task = asyncio.current_task()
        assert task is not None
        self._cancel = partial(task.get_loop().call_soon_threadsafe, task.cancel)
        if self._stopping.is_set():  # before there was something to cancel
            return
        connection = await self._connect()
        try:
            await self._listen(connection, decode, on_ticks, on_health)
            await connection.close()
        finally:
            connection.transport.abort()  # a stream that is stopped waits for no goodbye

    def _connect(self) -> connect:
        from stackwatch.providers.web.certificates import trusting  # curl comes with it

        host = urlsplit(URL).hostname or ""
        return connect(
            URL,
            ssl=trusting(),
            proxy=proxy_to(host),  # the one of every request: the library would rather take one of SOCKS
            happy_eyeballs_delay=_NEXT_ADDRESS,
            open_timeout=self._open_seconds,
            close_timeout=_CLOSE_SECONDS,
            max_size=MAX_MESSAGE,
            ping_interval=None,
        )

    async def _listen(
        self,
        connection: ClientConnection,
        decode: Callable[[bytes], Pricing],
        on_ticks: OnTicks,
        on_health: OnHealth,
    ) -> None:
        """Read until the line is silent for too long; raises what the connection raises."""
        now = asyncio.get_running_loop().time
        last_heard = last_asked = now()
        wanted = await self._subscribe(connection)
        silence = self._silence()
        while True:
            until = min(last_asked + _RESUBSCRIBE, last_heard + silence)
            ticks = await self._gather(connection, decode, wanted, until)
            if ticks:  # noise is no sign of life
                last_heard = now()
                if not self._heard:
                    on_health(HealthState.OK, "streaming")
                self._heard = True
                on_ticks(ticks)
            elif now() - last_heard > (silence := self._silence()):
                return
            if now() - last_asked >= _RESUBSCRIBE:
                last_asked = now()
                wanted = await self._subscribe(connection)

    async def _subscribe(self, connection: ClientConnection) -> frozenset[str]:
        """Ask for the symbols and return them; one that left is sent on and not taken."""
        symbols = self._symbols
        await connection.send(json.dumps({"subscribe": list(symbols)}))
        return frozenset(symbols)

    async def _gather(
        self,
        connection: ClientConnection,
        decode: Callable[[bytes], Pricing],
        wanted: frozenset[str],
        until: float,
    ) -> tuple[Tick, ...]:
        """Wait for a message, then take what comes within a moment; newest tick per symbol."""
        newest: dict[str, Tick] = {}
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout_at(until + _EARLY):
                message = await connection.recv()
            # Not in the loop, which would wake for every message: meanwhile the system keeps what comes.
            self._pause(self._stopping, _GATHER)
            for _ in range(_TURNS):
                await asyncio.sleep(0)
            async with asyncio.timeout(0):
                while True:
                    tick = parse_tick(message, decode, wanted, self._clock.now())
                    if tick is not None and not _is_older(tick, newest.get(tick.symbol)):
                        newest[tick.symbol] = tick
                    message = await connection.recv()
        return tuple(newest.values())


def _fault_of(error: BaseException) -> str:
    """Word what ended a connection; the library's own words may hold addresses of the user's network."""
    if isinstance(error, InvalidStatus):
        return answered(error.response.status_code)
    if isinstance(error, ssl.SSLCertVerificationError) and error.verify_code in _OTHER_DAYS:
        return OUT_OF_DATE
    known = next((words for kind, words in _FAULTS if isinstance(error, kind)), None)
    if known is None:
        _log.error("stream: unexpected", exc_info=error)
    return known or type(error).__name__


def _is_older(tick: Tick, known: Tick | None) -> bool:
    return known is not None and tick.time < known.time


def _pause_before(attempts: int) -> float:
    """Return 1 to 60 seconds, doubling, with jitter so that many programs do not come back at once."""
    longest: float = min(_FIRST_PAUSE * 2.0 ** min(attempts, 10), _LONGEST_PAUSE)
    return max(_FIRST_PAUSE, longest * random.uniform(0.5, 1.0))  # noqa: S311 - not a secret


def _decoder() -> Callable[[bytes], Pricing]:
    """Return yfinance's protobuf decoder; it raises ValueError for bytes that are no message."""
    import yfinance  # noqa: F401 - whole, and before its parts: another thread may be importing it
    from google.protobuf.message import DecodeError  # with yfinance, after the first paint
    from yfinance.pricing_pb2 import PricingData

    def decode(data: bytes) -> Pricing:
        pricing = PricingData()
        try:
            pricing.ParseFromString(data)
        except DecodeError as fault:
            raise ValueError("not a pricing message") from fault
        decoded: Pricing = pricing
        return decoded

    return decode
