"""Answers of the local server, and how a fault spoils them."""

import json
from dataclasses import dataclass

from tests.wire.faults import Fault


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer before faults are applied."""

    body: bytes
    content_type: str = "application/json;charset=utf-8"
    status: int = 200
    headers: tuple[tuple[str, str], ...] = ()


def as_json(payload: object, status: int = 200) -> Reply:
    """Return a payload as an answer."""
    return Reply(json.dumps(payload).encode(), status=status)


def spoil(reply: Reply, fault: Fault) -> Reply:
    """Apply a fault to an answer."""
    body, status = reply.body, reply.status if fault.status == 200 else fault.status
    content_type = reply.content_type
    if fault.body is not None:
        body = fault.body
        content_type = "text/html" if body.lstrip()[:1] == b"<" else content_type
    elif fault.edit is not None:
        body = json.dumps(fault.edit(json.loads(body))).encode()
    elif fault.edit_bytes is not None:
        body = fault.edit_bytes(body)
    return Reply(body, content_type, status, (*reply.headers, *fault.headers))
