"""A CONNECT proxy that answers for every host itself, over TLS, as Yahoo would."""

import contextlib
import io
import json
import socket
import socketserver
import struct
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Self
from urllib.parse import parse_qs, unquote, urlsplit

from tests.wire import http2
from tests.wire.certificates import Authority
from tests.wire.faults import LONGEST_HANG, Fault
from tests.wire.replies import Reply, as_json, spoil
from tests.wire.stream import Stream
from tests.wire.world import Json, World

CRUMB = "wIrE.cRuMb1"
COOKIE = "d=AQABBLocal&S=AQAAAtest"
STREAM_HOST = "streamer.finance.yahoo.com"
_HOSTS = {
    "query1.finance.yahoo.com": frozenset({"quote", "chart", "search", "crumb", "statements"}),
    "finance.yahoo.com": frozenset({"news"}),
    "fc.yahoo.com": frozenset({"cookie"}),
    STREAM_HOST: frozenset({"stream"}),
}
_FEEDS = frozenset({"feed"})
_DAYS = {"d": 1, "mo": 31, "y": 366}


class YahooServer:
    """The server; ``world`` and the faults may be changed at any time. Use it as a context manager."""

    def __init__(
        self, folder: Path, world: World | None = None, *, port: int = 0, bundle: Path | None = None
    ) -> None:
        self.world = world or World()
        self.authority = Authority(folder, bundle)
        self.stranger = Authority(folder, folder / "stranger.pem", prefix="stranger")
        self.released = threading.Event()
        self._lock = threading.Lock()
        self._counted = threading.Condition(self._lock)
        self._counts: Counter[str] = Counter()
        self._faults: dict[str, tuple[Fault, int | None]] = {}
        self._sockets: set[socket.socket] = set()
        self._streams: dict[Stream, set[str]] = {}
        self._lines: set[http2.Http2] = set()
        self._listener = _Listener(("127.0.0.1", port), _Front)
        self._listener.owner = self
        self._thread = threading.Thread(target=self._listener.serve_forever, args=(0.01,), daemon=True)

    @property
    def port(self) -> int:
        """Where the proxy listens."""
        return int(self._listener.server_address[1])

    @property
    def counts(self) -> dict[str, int]:
        """Requests by endpoint, such as crumb, quote, chart, news, search, statements, stream, feed."""
        with self._lock:
            return dict(self._counts)

    def wait_for(self, endpoint: str, patience: float = 30.0) -> bool:
        """Wait until an endpoint was asked; returns whether it was, within so many seconds."""
        with self._counted:
            return self._counted.wait_for(lambda: self._counts[endpoint] > 0, patience)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self.released.set()
        self._listener.shutdown()
        self._listener.server_close()
        self._thread.join(5)
        self._cut_connections()

    def fail(self, endpoint: str, fault: Fault) -> None:
        """Let an endpoint fail."""
        with self._lock:
            self._faults[endpoint] = (fault, fault.times)
        if fault.connect:
            self._cut_connections()

    def heal(self, endpoint: str | None = None) -> None:
        """Take one fault back, or all, and let go of whoever hangs."""
        with self._lock:
            for name in [endpoint] if endpoint else list(self._faults):
                self._faults.pop(name, None)
            hanging, self.released = self.released, threading.Event()
        hanging.set()

    def connection_fault(self, host: str) -> str:
        """Return what goes wrong before a host answers anything."""
        names = _HOSTS.get(host, _FEEDS)
        with self._lock:
            found = [fault.connect for name, (fault, _) in self._faults.items() if name in names]
        return next(filter(None, found), "")

    def _cut_connections(self) -> None:
        with self._lock:
            open_sockets = tuple(self._sockets)
        for connection in open_sockets:
            with contextlib.suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)

    def reset_counts(self) -> None:
        """Start counting again."""
        with self._lock:
            self._counts.clear()

    def push(self, *symbols: str) -> None:
        """Send the present prices to everybody who subscribed to them."""
        with self._lock:
            streams = [(s, wanted.intersection(symbols)) for s, wanted in self._streams.items()]
        for stream, wanted in streams:
            for symbol in sorted(wanted):
                stream.send(self.world.pricing(symbol))

    def lose_connections(self) -> None:
        """Answer nothing more on any connection that is open, and end none; new ones are served."""
        with self._lock:
            for line in self._lines:
                line.lost = True

    def serve(self, line: http2.Http2) -> None:
        """Serve a connection over HTTP/2, which can be lost, until either side hangs up."""
        with self._lock:
            self._lines.add(line)
        try:
            line.run()
        finally:
            with self._lock:
                self._lines.discard(line)

    def drop_streams(self) -> None:
        """Cut every open stream, as a lost network would."""
        with self._lock:
            streams = tuple(self._streams)
        for stream in streams:
            stream.cut()

    def count(self, endpoint: str) -> Fault | None:
        """Note a request and return what shall go wrong with it."""
        with self._lock:
            self._counts[endpoint] += 1
            self._counted.notify_all()
            fault, left = self._faults.get(endpoint, (None, None))
            if fault is None or left == 0:
                return None
            self._faults[endpoint] = (fault, None if left is None else left - 1)
            return fault

    @contextlib.contextmanager
    def tracking(self, connection: socket.socket) -> Iterator[None]:
        """Know a connection while it is open, so that stopping can end it."""
        with self._lock:
            self._sockets.add(connection)
        try:
            yield
        finally:
            with self._lock:
                self._sockets.discard(connection)

    def subscribe(self, stream: Stream, symbols: set[str] | None) -> None:
        """Set what a stream wants; None forgets it."""
        with self._lock:
            if symbols is None:
                self._streams.pop(stream, None)
            else:
                self._streams.setdefault(stream, set()).update(symbols)


class _Listener(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True
    block_on_close = False
    owner: YahooServer

    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing: clients that hang up are part of the tests."""


class _Front(socketserver.BaseRequestHandler):
    """Reads CONNECT, then speaks TLS as the host asked for."""

    server: _Listener
    request: socket.socket

    def handle(self) -> None:
        self.request.settimeout(LONGEST_HANG)
        self.request.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        head = b""
        while b"\r\n\r\n" not in head and len(head) < 8192:
            chunk = self.request.recv(2048)
            if not chunk:
                return
            head += chunk
        method, _, rest = head.decode("latin-1").partition(" ")
        if method != "CONNECT":
            self.request.sendall(
                b"HTTP/1.1 405 Only CONNECT\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
            )
            return
        host = rest.partition(" ")[0].rpartition(":")[0]
        owner = self.server.owner
        fault = owner.connection_fault(host)
        if fault in ("hang", "refuse", "reset"):
            self._refuse(fault)
            return
        self.request.sendall(b"HTTP/1.1 200 Connection established\r\n\r\n")
        if fault == "garbage":
            self.request.sendall(b"HTTP/1.1 200 OK\r\n\r\n<html>Sign in to the network</html>")
            return
        authority = owner.stranger if fault == "authority" else owner.authority
        context = authority.context("elsewhere.example" if fault == "host" else host)
        with (
            contextlib.suppress(OSError),  # a client that does not trust the authority, or hangs up
            context.wrap_socket(self.request, server_side=True) as tls,
            owner.tracking(tls),
        ):
            if host == STREAM_HOST:
                Stream(tls, owner).run()
            elif http2.speaks(tls):
                owner.serve(http2.Http2(tls, lambda *words: self._answer(tls, host, *words)))
            else:
                _Web(tls, self.client_address, self.server, host)

    def _answer(self, tls: socket.socket, host: str, request: io.BytesIO, answer: http2.Answer) -> bool:
        handler = _WebOverHttp2(tls, self.client_address, self.server, host, request, answer)
        return not handler.close_connection

    def _refuse(self, fault: str) -> None:
        """Answer no CONNECT: wait, say no, or break the connection."""
        if fault == "hang":
            self.server.owner.released.wait(LONGEST_HANG)
        elif fault == "refuse":
            self.request.sendall(b"HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\n\r\n")
        else:
            break_off(self.request)


def break_off(connection: socket.socket) -> None:
    """Let the kernel send a reset instead of a goodbye."""
    with contextlib.suppress(OSError):
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        connection.close()


class _Web(BaseHTTPRequestHandler):
    """Answers the requests of one connection."""

    protocol_version = "HTTP/1.1"
    timeout = LONGEST_HANG
    wbufsize = -1  # head and body in one write: two would wait for each other

    def __init__(self, tls: socket.socket, address: object, server: _Listener, host: str) -> None:
        self.host = host
        self.owner = server.owner
        super().__init__(tls, address, server)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class's name
        """Log nothing."""

    def do_GET(self) -> None:
        self._answer({})

    def do_POST(self) -> None:
        length = int(self.headers.get("Content-Length") or 0)
        body = self.rfile.read(length)
        try:
            self._answer(json.loads(body))
        except ValueError:
            self._answer({})

    def _answer(self, body: Json) -> None:
        parts = urlsplit(self.path)
        query = {name: values[0] for name, values in parse_qs(parts.query).items()}
        endpoint, make = self._route(parts.path)
        fault = self.owner.count(endpoint)
        if fault and fault.hang:
            self.owner.released.wait(LONGEST_HANG)
        if fault and (fault.hang or fault.drop):
            self.close_connection = True
            return
        reply = make(parts.path, query, body)
        if fault:
            reply = spoil(reply, fault)
        self._send(reply, fault or Fault())

    def _route(self, path: str) -> tuple[str, Callable[[str, dict[str, str], Json], Reply]]:
        routes = (
            ("/v1/test/getcrumb", "crumb", self._crumb),
            ("/v7/finance/quote", "quote", self._quote),
            ("/v8/finance/chart/", "chart", self._chart),
            ("/v1/finance/search", "search", self._search),
            ("/xhr/ncp", "news", self._news),
            ("/ws/fundamentals-timeseries/v1/finance/timeseries/", "statements", self._series),
            ("/v10/finance/quoteSummary/", "statements", self._summary),
        )
        if self.host == "fc.yahoo.com":
            return "cookie", self._cookie
        if self.host in ("guce.yahoo.com", "consent.yahoo.com"):
            return "consent", self._consent
        if self.host.endswith("finance.yahoo.com"):
            for prefix, name, make in routes:
                if path.startswith(prefix):
                    return name, make
        return "feed", self._feed

    def _send(self, reply: Reply, fault: Fault) -> None:
        pad = b" " * 1_000_000
        self.send_response(reply.status)
        self.send_header("Content-Type", reply.content_type)
        self.send_header("Content-Length", str(len(reply.body) + len(pad) * fault.pad_mb))
        for name, value in reply.headers:
            self.send_header(name, value)
        self.end_headers()
        part_only = fault.truncate or fault.stall or fault.reset
        with contextlib.suppress(OSError):  # the client may give up in the middle
            if fault.drip:
                self._drip(reply.body, fault.drip)
            self.wfile.write(reply.body[: len(reply.body) // 2] if part_only else reply.body)
            for _ in range(fault.pad_mb):
                self.wfile.write(pad)
            self.wfile.flush()
        if fault.stall:
            self.owner.released.wait(LONGEST_HANG)
        if fault.reset:
            break_off(self.connection)
        if part_only or fault.drip or fault.pad_mb:
            self.close_connection = True

    def _drip(self, body: bytes, seconds: float) -> None:
        """Send a byte now and then until the client gives up."""
        released = self.owner.released
        for byte in body:
            self.wfile.write(bytes((byte,)))
            self.wfile.flush()
            if released.wait(seconds):
                return

    def _set_cookie(self) -> tuple[str, str]:
        expires = f"{datetime.now(UTC) + timedelta(days=365):%a, %d %b %Y %H:%M:%S} GMT"
        value = f"A3={COOKIE}; Expires={expires}; Domain=.yahoo.com; Path=/; Secure; HttpOnly"
        return "Set-Cookie", value

    def _cookie(self, _path: str, _query: dict[str, str], _body: Json) -> Reply:
        # the real one answers 404 too, and sets the cookie all the same
        return Reply(b"", "text/html", 404, (self._set_cookie(),))

    def _consent(self, path: str, _query: dict[str, str], _body: Json) -> Reply:
        if path == "/consent":
            page = (
                b'<html><form method="post"><input type="hidden" name="csrfToken" value="t0ken">'
                b'<input type="hidden" name="sessionId" value="3_cc-session_1"></form></html>'
            )
            return Reply(page, "text/html")
        return Reply(b"<html></html>", "text/html", 200, (self._set_cookie(),))

    def _has_cookie(self) -> bool:
        return f"A3={COOKIE}" in (self.headers.get("Cookie") or "")

    def _crumb(self, _path: str, _query: dict[str, str], _body: Json) -> Reply:
        if self._has_cookie():
            return Reply(CRUMB.encode(), "text/plain;charset=utf-8")
        error = {"code": "Unauthorized", "description": "Invalid Cookie"}
        return as_json({"finance": {"result": None, "error": error}}, 401)

    def _quote(self, _path: str, query: dict[str, str], _body: Json) -> Reply:
        if not self._has_cookie() or query.get("crumb") != CRUMB:
            error = {"code": "Unauthorized", "description": "Invalid Crumb"}
            return as_json({"finance": {"result": None, "error": error}}, 401)
        symbols = query.get("symbols", "").split(",")
        world = self.owner.world
        result = [world.quote(s) for s in symbols if s and s not in world.unknown]
        return as_json({"quoteResponse": {"result": result, "error": None}})

    def _chart(self, path: str, query: dict[str, str], _body: Json) -> Reply:
        symbol = unquote(path.rpartition("/")[2])
        if symbol in self.owner.world.unknown:
            error = {"code": "Not Found", "description": "No data found, symbol may be delisted"}
            return as_json({"chart": {"result": None, "error": error}}, 404)
        world, days = self.owner.world, _days(query.get("range", "1d"))
        asked = query.get("period1")
        start = datetime.fromtimestamp(int(asked), UTC) if asked else world.clock() - timedelta(days=days)
        return as_json(world.chart(symbol, query.get("interval", "1d"), start, days))

    def _news(self, _path: str, _query: dict[str, str], body: Json) -> Reply:
        config = body.get("serviceConfig")
        wanted = config if isinstance(config, dict) else {}
        symbols = wanted.get("s") or [""]
        return as_json(self.owner.world.news(str(symbols[0]), int(wanted.get("snippetCount", 10))))

    def _series(self, path: str, query: dict[str, str], _body: Json) -> Reply:
        symbol = unquote(path.rpartition("/")[2])
        return as_json(self.owner.world.statements(symbol, query.get("type", "").split(",")))

    def _summary(self, path: str, query: dict[str, str], _body: Json) -> Reply:
        if not self._has_cookie() or query.get("crumb") != CRUMB:
            error = {"code": "Unauthorized", "description": "Invalid Crumb"}
            return as_json({"finance": {"result": None, "error": error}}, 401)
        return as_json(self.owner.world.summary(unquote(path.rpartition("/")[2])))

    def _search(self, _path: str, query: dict[str, str], _body: Json) -> Reply:
        return as_json(self.owner.world.search(query.get("q", "")))

    def _feed(self, path: str, _query: dict[str, str], _body: Json) -> Reply:
        body = self.owner.world.feed(f"https://{self.host}{path}")
        tag = f'"{sha256(body).hexdigest()[:16]}"'
        if self.headers.get("If-None-Match") == tag:
            return Reply(b"", "application/rss+xml", 304, (("ETag", tag),))
        return Reply(body, "application/rss+xml;charset=utf-8", 200, (("ETag", tag),))


class _WebOverHttp2(_Web):
    """Answers one request, of which there may be many on a connection."""

    def __init__(
        self,
        tls: socket.socket,
        address: object,
        server: _Listener,
        host: str,
        request: io.BytesIO,
        answer: http2.Answer,
    ) -> None:
        self._given, self._taken = request, answer
        super().__init__(tls, address, server, host)

    def setup(self) -> None:
        self.connection, self.rfile, self.wfile = self.request, self._given, self._taken  # type: ignore[assignment]

    def handle(self) -> None:
        self.handle_one_request()

    def finish(self) -> None:
        """Leave the connection open."""


def _days(span: str) -> int:
    """Return how many days a range such as 5d, 6mo or 1y has."""
    count = span.rstrip("dmoy")
    return int(count) * _DAYS[span.removeprefix(count)]


def environment(server: YahooServer) -> dict[str, str]:
    """Return the environment variables that lead any program to the server."""
    proxy, bundle = f"http://127.0.0.1:{server.port}", str(server.authority.bundle)
    return {
        "HTTPS_PROXY": proxy,
        "https_proxy": proxy,
        "NO_PROXY": "",
        "no_proxy": "",
        "SSL_CERT_FILE": bundle,
        "CURL_CA_BUNDLE": bundle,
        "REQUESTS_CA_BUNDLE": bundle,
    }
