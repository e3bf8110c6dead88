"""HTTP/2, which the real servers speak: requests become those of HTTP/1.1 for one handler, answers frames."""

import io
import socket
from collections.abc import Callable

from h2.config import H2Configuration
from h2.connection import H2Connection
from h2.events import DataReceived, RequestReceived, StreamEnded
from h2.exceptions import ProtocolError

_PROTOCOL = "h2"
_OLDER = "http/1.1"
_OF_ONE_CONNECTION = frozenset({"connection", "keep-alive", "transfer-encoding", "upgrade"})

Handle = Callable[[io.BytesIO, "Answer"], bool]


def offered(host: str) -> list[str]:
    """Return what a host speaks: Yahoo both, whoever serves a feed the older one."""
    return [_PROTOCOL, _OLDER] if host.endswith(".yahoo.com") else [_OLDER]


def speaks(tls: socket.socket) -> bool:
    """Return whether both sides chose HTTP/2."""
    return tls.selected_alpn_protocol() == _PROTOCOL  # type: ignore[attr-defined]


class _Frames(H2Connection):
    """Forgets streams soon: a day of requests on one connection would be a growth of the server's."""

    MAX_CLOSED_STREAMS = 100


class Http2:
    """One connection; ``handle`` is given a request as HTTP/1.1 and returns whether it may go on.

    One that is ``lost`` stays open and says nothing more, as where the client slept or changed its network.
    """

    def __init__(self, tls: socket.socket, handle: Handle) -> None:
        self._tls = tls
        self._handle = handle
        self._frames = _Frames(H2Configuration(client_side=False))
        self._requests: dict[int, tuple[bytes, bytearray]] = {}
        self._whole: list[int] = []
        self.lost = False

    def run(self) -> None:
        """Serve until either side hangs up."""
        self._frames.initiate_connection()
        self._flush()
        while self._hear():
            while self._whole:
                stream = self._whole.pop(0)
                head, body = self._requests.pop(stream)
                answer = Answer(self, stream)
                if not self._handle(io.BytesIO(head + body), answer):
                    return
                answer.end()

    def send_head(self, stream: int, status: str, headers: list[tuple[str, str]]) -> None:
        """Begin an answer."""
        self._frames.send_headers(stream, [(":status", status), *headers])
        self._flush()

    def send(self, stream: int, data: bytes) -> None:
        """Send a part of an answer, as fast as the client takes it."""
        view = memoryview(data)
        while view:
            most = min(
                self._frames.local_flow_control_window(stream),
                self._frames.max_outbound_frame_size,
                len(view),
            )
            if most > 0:
                self._frames.send_data(stream, bytes(view[:most]))
                view = view[most:]
                self._flush()
            elif not self._hear():
                raise ConnectionError

    def end(self, stream: int) -> None:
        """End an answer."""
        self._frames.end_stream(stream)
        self._flush()

    def _hear(self) -> bool:
        """Wait for the client's next words; returns whether it is still there."""
        data = self._tls.recv(65_536)
        if not data or self.lost:
            return bool(data)
        for event in self._frames.receive_data(data):
            match event:
                case RequestReceived():
                    self._requests[event.stream_id] = (_as_head(event), bytearray())
                case DataReceived():
                    self._requests[event.stream_id][1].extend(event.data)
                    self._frames.acknowledge_received_data(event.flow_controlled_length, event.stream_id)
                case StreamEnded():
                    self._whole.append(event.stream_id)
        self._flush()
        return True

    def _flush(self) -> None:
        self._tls.sendall(self._frames.data_to_send())


class Answer(io.RawIOBase):
    """What a handler writes its answer of HTTP/1.1 to."""

    def __init__(self, connection: Http2, stream: int) -> None:
        super().__init__()
        self._connection = connection
        self._stream = stream
        self._head: bytes | None = b""

    def writable(self) -> bool:
        """Return True."""
        return True

    def write(self, data: bytes) -> int:  # type: ignore[override]
        """Take a part of the answer; its head is sent when it is whole."""
        body = bytes(data)
        try:
            if self._head is not None:
                head, found, body = (self._head + body).partition(b"\r\n\r\n")
                self._head = None if found else head
                if found:
                    self._connection.send_head(self._stream, *_of_head(head))
            if self._head is None:
                self._connection.send(self._stream, body)
        except ProtocolError as fault:  # the client broke this stream off
            raise ConnectionError from fault
        return len(data)

    def end(self) -> None:
        """Say that the answer is whole."""
        try:
            self._connection.end(self._stream)
        except ProtocolError:  # the client broke it off
            return


def _as_head(request: RequestReceived) -> bytes:
    fields = {name.decode(): value.decode() for name, value in request.headers}
    lines = [f"{fields[':method']} {fields[':path']} HTTP/1.1", f"host: {fields[':authority']}"]
    cookies = [value.decode() for name, value in request.headers if name == b"cookie"]
    lines += [f"{name}: {value}" for name, value in fields.items() if name[0] != ":" and name != "cookie"]
    lines += [f"cookie: {'; '.join(cookies)}"] if cookies else []
    return ("\r\n".join(lines) + "\r\n\r\n").encode("latin-1")


def _of_head(head: bytes) -> tuple[str, list[tuple[str, str]]]:
    first, *lines = head.decode("latin-1").split("\r\n")
    pairs = [
        (name.strip().lower(), value.strip()) for name, _, value in (line.partition(":") for line in lines)
    ]
    return first.split(" ")[1], [pair for pair in pairs if pair[0] not in _OF_ONE_CONNECTION]
