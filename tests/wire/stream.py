"""The websocket that prices are pushed through."""

import contextlib
import json
import socket
import threading
from typing import Protocol

from tests.wire.faults import LONGEST_HANG, Fault
from tests.wire.world import World
from websockets.exceptions import InvalidState
from websockets.frames import Frame, Opcode
from websockets.http11 import Request
from websockets.server import ServerProtocol


class Hub(Protocol):
    """The server, as a stream sees it."""

    world: World
    released: threading.Event

    def count(self, endpoint: str) -> Fault | None: ...

    def subscribe(self, stream: "Stream", symbols: set[str] | None) -> None: ...


class Stream:
    """One websocket: symbols come in, prices go out."""

    def __init__(self, tls: socket.socket, owner: Hub) -> None:
        self._tls = tls
        self._owner = owner
        self._lock = threading.Lock()
        self._protocol = ServerProtocol()

    def run(self) -> None:
        """Serve until either side hangs up."""
        fault = self._owner.count("stream")
        if fault and fault.hang:
            self._owner.released.wait(LONGEST_HANG)
        if fault:
            return
        try:
            while chunk := self._tls.recv(4096):
                self._protocol.receive_data(chunk)
                for event in self._protocol.events_received():
                    self._react(event)
                self._flush()
        finally:
            self._owner.subscribe(self, None)

    def send(self, text: str) -> None:
        """Send one message."""
        with contextlib.suppress(OSError, InvalidState):
            self._protocol.send_text(text.encode())
            self._flush()

    def cut(self) -> None:
        """Hang up without a word."""
        with contextlib.suppress(OSError):
            self._tls.shutdown(socket.SHUT_RDWR)

    def _react(self, event: object) -> None:
        if isinstance(event, Request):
            self._protocol.send_response(self._protocol.accept(event))
        elif isinstance(event, Frame) and event.opcode is Opcode.TEXT:
            wanted = {str(s) for s in json.loads(bytes(event.data)).get("subscribe", [])}
            self._owner.subscribe(self, wanted)
            for symbol in sorted(wanted):
                self._protocol.send_text(self._owner.world.pricing(symbol).encode())

    def _flush(self) -> None:
        with self._lock:
            for data in self._protocol.data_to_send():
                if data:
                    self._tls.sendall(data)
