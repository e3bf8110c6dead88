"""The price stream: our own connect loop around yfinance's decoder.

yfinance's loops never reconnect after a drop, spin after a clean close and do not notice silence.
"""

import contextlib
import json
import logging
import random
import socket
import ssl
import threading
import time
from collections.abc import Callable, Sequence
from urllib.parse import urlsplit

from websockets.exceptions import (
    InvalidProxy,
    InvalidProxyStatus,
    InvalidStatus,
    ProxyError,
    WebSocketException,
)
from websockets.sync.client import ClientConnection, connect

from stackwatch.domain.health import HealthState
from stackwatch.engine.ports import Clock, Tick
from stackwatch.providers.web.answers import answered
from stackwatch.providers.web.system_proxy import proxy_to
from stackwatch.providers.yahoo.parse_tick import MAX_MESSAGE, Pricing, parse_tick

_log = logging.getLogger(__name__)

URL = "wss://streamer.finance.yahoo.com/?version=2"
_OPEN_SECONDS = 10.0
_LISTEN_SECONDS = 1.0  # how long a silence is noticed late
_RESUBSCRIBE = 15.0
_GATHER = 0.05  # ticks of this span are told together
_MOST_AT_ONCE = 1_000
_FIRST_PAUSE, _LONGEST_PAUSE = 1.0, 60.0

_FAULTS: tuple[tuple[type[Exception], str], ...] = (
    (TimeoutError, "no answer in time"),
    (ssl.SSLCertVerificationError, "a certificate that is not trusted, of a proxy in between?"),
    (ssl.SSLError, "no secure connection"),
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


class _Connection(ClientConnection):
    """A connection whose reading thread ends when it is closed.

    The library's reader may wait inside TLS for ever, with whoever closes the connection waiting for it.
    """

    def close_socket(self) -> None:
        """Wake the reader, then close."""
        with contextlib.suppress(OSError):  # closed before, or never connected
            self.socket.shutdown(socket.SHUT_RDWR)
        super().close_socket()


class YahooStream:
    """Implements the engine's QuoteStream port on a daemon thread of its own.

    ``silence`` returns after how many seconds without a price the connection counts as dead, given the
    market's hours; ``pause`` waits between attempts and returns True when the stream was stopped meanwhile.
    """

    def __init__(
        self,
        clock: Clock,
        silence: Callable[[], float],
        *,
        pause: Callable[[threading.Event, float], bool] = threading.Event.wait,
        monotonic: Callable[[], float] = time.monotonic,
        open_seconds: float = _OPEN_SECONDS,
        listen_seconds: float = _LISTEN_SECONDS,
    ) -> None:
        self._clock = clock
        self._silence = silence
        self._pause = pause
        self._monotonic = monotonic
        self._open_seconds = open_seconds
        self._listen_seconds = listen_seconds
        self._stopping = threading.Event()
        self._connection: ClientConnection | None = None
        self._symbols: tuple[str, ...] = ()
        self._thread: threading.Thread | None = None
        self._heard = False

    def start(self, symbols: Sequence[str], on_ticks: OnTicks, on_health: OnHealth) -> None:
        """Stream ``symbols`` until stopped; both callbacks run on the stream's thread."""
        self._symbols = tuple(symbols)
        self._thread = threading.Thread(
            target=self._run, args=(on_ticks, on_health), name="stream", daemon=True
        )
        self._thread.start()

    def follow(self, symbols: Sequence[str]) -> None:
        """Ask for other symbols, the next time that they are asked for."""
        self._symbols = tuple(symbols)

    def stop(self) -> None:
        """End without waiting for a handshake that hangs."""
        self._stopping.set()
        connection = self._connection
        if connection is not None:
            connection.close_socket()

    def _run(self, on_ticks: OnTicks, on_health: OnHealth) -> None:
        decode = _decoder()
        attempts = 0
        while not self._stopping.is_set():
            self._heard = False
            try:
                with self._connect() as self._connection:
                    self._listen(self._connection, decode, on_ticks, on_health)
                fault = "no price for too long"
            except Exception as error:  # noqa: BLE001 - a bug, also of the library, must not end the stream
                fault = _fault_of(error)
            finally:
                self._connection = None
            if self._stopping.is_set():
                return
            attempts = 0 if self._heard else attempts + 1
            wait = _pause_before(attempts)
            _log.warning("stream: %s; again in %.0f s", fault, wait)
            on_health(HealthState.DEGRADED, f"stream: {fault}")
            if self._pause(self._stopping, wait):
                return

    def _connect(self) -> ClientConnection:
        from stackwatch.providers.web.certificates import trusting  # curl comes with it

        host = urlsplit(URL).hostname or ""
        context = trusting()
        # TLS 1.3 goes on behind its handshake, with tickets. The library's reader takes them while this
        # thread writes its first request; OpenSSL allows one of the two, and now and then waits for ever.
        context.maximum_version = ssl.TLSVersion.TLSv1_2
        return connect(
            URL,
            ssl=context,
            proxy=proxy_to(host),  # the one of every request: the library would rather take one of SOCKS
            open_timeout=self._open_seconds,
            close_timeout=1.0,
            max_size=MAX_MESSAGE,
            ping_interval=None,
            create_connection=_Connection,
        )

    def _listen(
        self,
        connection: ClientConnection,
        decode: Callable[[bytes], Pricing],
        on_ticks: OnTicks,
        on_health: OnHealth,
    ) -> None:
        """Read until the line is silent for too long; raises what the connection raises."""
        wanted = self._subscribe(connection)
        last_heard = last_asked = self._monotonic()
        while not self._stopping.is_set():
            ticks = self._gather(connection, decode, wanted)
            now = self._monotonic()
            if ticks:  # noise is no sign of life
                last_heard = now
                if not self._heard:
                    on_health(HealthState.OK, "streaming")
                self._heard = True
                on_ticks(ticks)
            if now - last_asked >= _RESUBSCRIBE:
                wanted = self._subscribe(connection)
                last_asked = now
            if now - last_heard > self._silence():
                return

    def _subscribe(self, connection: ClientConnection) -> frozenset[str]:
        """Ask for the symbols and return them; one that left is sent on and not taken."""
        symbols = self._symbols
        connection.send(json.dumps({"subscribe": list(symbols)}))
        return frozenset(symbols)

    def _gather(
        self, connection: ClientConnection, decode: Callable[[bytes], Pricing], wanted: frozenset[str]
    ) -> tuple[Tick, ...]:
        """Wait a while for a message, then take what comes within a moment; newest tick per symbol."""
        newest: dict[str, Tick] = {}
        timeout, until = self._listen_seconds, None
        for _ in range(_MOST_AT_ONCE):
            try:
                message = connection.recv(timeout=timeout)
            except TimeoutError:
                break
            now = self._monotonic()
            until = until or now + _GATHER  # also where messages never cease
            tick = parse_tick(message, decode, wanted, self._clock.now())
            if tick is not None and not _is_older(tick, newest.get(tick.symbol)):
                newest[tick.symbol] = tick
            timeout = until - now
            if timeout <= 0:
                break
        return tuple(newest.values())


def _fault_of(error: Exception) -> str:
    """Word what ended a connection; the library's own words may hold addresses of the user's network."""
    if isinstance(error, InvalidStatus):
        return answered(error.response.status_code)
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
