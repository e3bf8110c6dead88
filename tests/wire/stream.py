"""The websocket that prices are pushed through."""

import contextlib
import json
import socket
import threading
from http import HTTPStatus
from typing import Protocol

from tests.wire.faults import LONGEST_HANG, Fault
from tests.wire.world import World
from websockets.exceptions import InvalidState
from websockets.frames import Frame, Opcode
from websockets.http11 import Request, Response
from websockets.server import ServerProtocol

CLOSE = "close, please"


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
        self._fault: Fault | None = None
        self._told: set[str] = set()

    def run(self) -> None:
        """Serve until either side hangs up."""
        fault = self._owner.count("stream")
        if fault and fault.hang:
            self._owner.released.wait(LONGEST_HANG)
        if fault and fault.body is not None:
            self._tls.sendall(fault.body)
        if fault and (fault.hang or fault.drop or fault.body is not None):
            return
        self._fault = fault
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
            self._protocol.send_response(self._answer(event))
        elif isinstance(event, Frame) and event.opcode is Opcode.TEXT:
            wanted = {str(s) for s in json.loads(bytes(event.data)).get("subscribe", [])}
            self._owner.subscribe(self, wanted)
            if self._fault is None:
                self._tell(wanted)
            else:
                self._misbehave(self._fault, wanted)

    def _answer(self, request: Request) -> Response:
        if self._fault is not None and self._fault.status != HTTPStatus.OK:
            return self._protocol.reject(HTTPStatus(self._fault.status), "no")
        return self._protocol.accept(request)

    def _tell(self, wanted: set[str]) -> None:
        """Say the price of every symbol that was not asked for before: a heartbeat asks once more."""
        fresh, self._told = wanted - self._told, self._told | wanted
        for symbol in sorted(fresh):
            self._protocol.send_text(self._owner.world.pricing(symbol).encode())

    def _misbehave(self, fault: Fault, wanted: set[str]) -> None:
        """Say what the fault has to say, then the truth or nothing."""
        for text in fault.messages:
            if text == CLOSE:
                self._protocol.send_close(1000)
                return
            if isinstance(text, bytes):
                self._protocol.send_binary(text)
            else:
                self._protocol.send_text(text.encode())
            self._flush()
            if fault.drip:
                self._owner.released.wait(fault.drip)
        if fault.truncate:
            self._protocol.send_text(b'{"type": "pri', fin=False)
        elif fault.then_true:
            self._tell(wanted)

    def _flush(self) -> None:
        with self._lock:
            for data in self._protocol.data_to_send():
                if data:
                    self._tls.sendall(data)
