"""Every fault of the matrix: what it is called, whom it strikes and how a call may end under it."""

import gzip
import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from tests.wire.faults import Fault

CALLS = ("quote", "chart", "news", "search", "feed")
_JSON = CALLS[:4]
_FAILED, _OFFLINE, _LIMITED = frozenset({"failed"}), frozenset({"offline"}), frozenset({"rate-limited"})
_OK = frozenset({"ok", "degraded"})
_BROKEN = _FAILED | _OFFLINE
NOWHERE = "http://" + "x" * 70 + ".invalid:9"  # a label too long for any resolver: nothing is asked
NOBODY = "http://127.0.0.1:9"

Raw = dict[str, Any]
"""Parsed JSON of an answer, edited in place."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One fault: ``ends`` is how a call may end, ``at`` the endpoint struck when it is not the call's own.

    ``proxy`` leads the program elsewhere, ``login`` makes it fetch a new cookie and crumb first.
    """

    name: str
    fault: Fault = field(default_factory=Fault)
    calls: tuple[str, ...] = CALLS
    ends: frozenset[str] = _FAILED
    at: str = ""
    proxy: str = ""
    login: bool = False


def _statuses() -> tuple[Case, ...]:
    plain = (400, 401, 403, 404, 410, 418, 500, 502, 503, 504)
    loop = Fault(status=302, body=b"", headers=(("Location", "?again"),))
    return (
        *(Case(name=f"status {status}", fault=Fault(status=status, body=b"{}")) for status in plain),
        Case(name="status 429", fault=Fault(status=429, body=b"Too Many Requests"), ends=_LIMITED),
        Case(name="status 204", fault=Fault(status=204, body=b"")),
        Case(name="status 200 with the page of a 404", fault=Fault(body=b"<!doctype html><h1>404</h1>")),
        Case(name="redirect for ever", fault=loop, ends=_BROKEN),
    )


def _bodies() -> tuple[Case, ...]:
    nan = b'{"quoteResponse":NaN,"chart":Infinity,"data":NaN,"quotes":-Infinity}'
    cut_gzip = gzip.compress(b'{"a": "' + b"x" * 5000)[:40]
    packer = zlib.compressobj(9, wbits=zlib.MAX_WBITS | 16)  # gzip
    bomb = b"".join((*(packer.compress(b" " * 1_000_000) for _ in range(50)), packer.flush()))
    packed = (("Content-Encoding", "gzip"),)
    bodies = {
        "HTML instead of data": b"<html><body>Will be right back</body></html>",
        "captive portal": b"<html><form action='/login'>Accept the terms</form></html>",
        "empty body": b"",
        "blanks only": b" \r\n\t ",
        "null": b"null",
        "a number": b"3.14",
        "a string": b'"NVDA"',
        "list instead of object": b'[{"symbol": "NVDA", "regularMarketPrice": 1.0}]',
        "empty object": b"{}",
        "error object": b'{"finance":{"result":null,"error":{"code":"Internal","description":"x"}}}',
        "NaN and Infinity for objects": nan,
        "deep nesting": b"[" * 200_000,
        "an unclosed object": b'{"quoteResponse":{"result":[{"symbol":"NVDA","regularMarketPrice":1',
        "binary noise": bytes(range(256)) * 40,
        "a huge number": b'{"quotes":' + b"9" * 5000 + b"}",
    }
    return (
        *(Case(name=name, fault=Fault(body=body)) for name, body in bodies.items()),
        Case(name="invalid UTF-8", fault=Fault(edit_bytes=lambda b: b.replace(b'"', b'"\xff\xfe'))),
        Case(name="UTF-16", fault=Fault(edit_bytes=_utf16), ends=_FAILED | _OK),
        Case(name="garbage before", fault=Fault(edit_bytes=lambda b: b")]}',\n" + b), calls=_JSON),
        Case(name="garbage after", fault=Fault(edit_bytes=lambda b: b + b"<script>"), calls=_JSON),
        Case(name="truncated body", fault=Fault(truncate=True), ends=_BROKEN),
        Case(name="corrupt gzip", fault=Fault(body=b"\x1f\x8b\x08garbage", headers=packed), ends=_BROKEN),
        Case(name="not gzip at all", fault=Fault(body=b"plain", headers=packed), ends=_BROKEN),
        Case(name="truncated gzip", fault=Fault(body=cut_gzip, headers=packed), ends=_BROKEN),
        Case(name="50 MB from 50 kB of gzip", fault=Fault(body=bomb, headers=packed)),
        Case(name="50 MB", fault=Fault(pad_mb=50), ends=_BROKEN),
    )


def _utf16(body: bytes) -> bytes:
    return body.decode("utf-8").encode("utf-16")


def _connections() -> tuple[Case, ...]:
    return (
        Case(name="slow drip", fault=Fault(drip=0.02), ends=_BROKEN),
        Case(name="hang at connect", fault=Fault(connect="hang"), ends=_OFFLINE),
        Case(name="hang before the headers", fault=Fault(hang=True), ends=_OFFLINE),
        Case(name="hang in the body", fault=Fault(stall=True), ends=_BROKEN),
        Case(name="hang-up without an answer", fault=Fault(drop=True), ends=_OFFLINE),
        Case(name="reset at connect", fault=Fault(connect="reset"), ends=_OFFLINE),
        Case(name="reset in the body", fault=Fault(reset=True), ends=_BROKEN),
        Case(name="proxy refuses", fault=Fault(connect="refuse"), ends=_OFFLINE),
        Case(name="plain text instead of TLS", fault=Fault(connect="garbage"), ends=_OFFLINE),
        Case(name="TLS: unknown authority", fault=Fault(connect="authority"), ends=_OFFLINE),
        Case(name="TLS: another host's certificate", fault=Fault(connect="host"), ends=_OFFLINE),
        Case(name="name not found", proxy=NOWHERE, ends=_OFFLINE),
        Case(name="connection refused", proxy=NOBODY, ends=_OFFLINE),
    )


def _logins() -> tuple[Case, ...]:
    page = b"<html>Sign in</html>"
    calls = ("quote", "chart")

    def case(name: str, at: str, fault: Fault, ends: frozenset[str] = _BROKEN) -> Case:
        return Case(name=name, at=at, fault=fault, login=True, calls=calls, ends=ends)

    some = _BROKEN | _OK  # a chart needs no crumb
    return (
        case("crumb as HTML", "crumb", Fault(body=page), some),
        case("crumb empty", "crumb", Fault(body=b""), some),
        case("crumb 401", "crumb", Fault(status=401, body=b"{}"), some),
        case("crumb 429", "crumb", Fault(status=429, body=b"Too Many Requests"), _LIMITED),
        case("crumb hangs", "crumb", Fault(hang=True)),
        case("crumb of 5 MB", "crumb", Fault(pad_mb=5)),
        case("cookie host hangs", "cookie", Fault(hang=True), _BROKEN | _OK),
        case("cookie host unreachable", "cookie", Fault(connect="reset"), _BROKEN | _OK),
        case("login refused once", "quote", Fault(status=401, body=b"{}", times=1), _OK),
    )


def _rows(change: Callable[[Raw], None], symbols: frozenset[str] | None = None) -> Fault:
    """Change quote objects: those of ``symbols``, or all."""

    def edit(payload: Raw) -> Raw:
        for row in payload["quoteResponse"]["result"]:
            if symbols is None or row["symbol"] in symbols:
                change(row)
        return payload

    return Fault(edit=edit)


_SOME = frozenset({"NVDA", "AMD"})


def _fields(values: Mapping[str, object]) -> Callable[[Raw], None]:
    return lambda row: row.update(values)


def _scaled(*names: str, by: float) -> Callable[[Raw], None]:
    return lambda row: row.update({name: row[name] * by for name in names})


def _quote_values() -> tuple[Case, ...]:
    price, previous, when = "regularMarketPrice", "regularMarketPreviousClose", "regularMarketTime"
    values: dict[str, object] = {
        "null": None, "NaN": float("nan"), "Infinity": float("inf"), "zero": 0, "negative": -5.0,
        "text": "171.2", "a boolean": True, "a list": [1], "1e300": 1e300, "1e9": 1e9,
        "tiny": 1e-9, "an object": {"raw": 171.2, "fmt": "171.20"},
    }  # fmt: skip
    times: dict[str, object] = {
        "null": None, "text": "yesterday", "1e300": 1e300, "zero": 0, "milliseconds": 1_773_154_800_000,
    }  # fmt: skip
    strange: dict[str, Mapping[str, object]] = {
        "another currency": {"currency": "EUR"},
        "pence for pounds": {"currency": "GBp"},
        "unknown market state": {"marketState": "PARTY"},
        "another symbol's data": {"symbol": "ZZZZ"},
        "symbol in lower case": {"symbol": "nvda"},
        "symbol null": {"symbol": None},
    }
    harmless: dict[str, Mapping[str, object]] = {
        "currency null": {"currency": None},
        "delay of a year": {"exchangeDataDelayedBy": 525_600},
        "volume negative": {"regularMarketVolume": -3},
        "volume as text": {"regularMarketVolume": "many"},
        "day range ten times higher": {"regularMarketDayHigh": 1e6, "regularMarketDayLow": 9e5},
        "year range upside down": {"fiftyTwoWeekHigh": 1e-3, "fiftyTwoWeekLow": 1e9},
        "opening price 1e300": {"regularMarketOpen": 1e300},
        "extended price 1e9": {"postMarketPrice": 1e9, "postMarketTime": 1_773_154_800},
        "price hint 99": {"priceHint": 99},
        "name of 1 MB": {"longName": "N" * 1_000_000},
    }
    return tuple(
        Case(name=name, fault=_rows(change, None if everywhere else _SOME), calls=("quote",), ends=ends)
        for name, change, everywhere, ends in (
            *((f"price {n}", _fields({price: v}), False, _OK) for n, v in values.items()),
            *((f"previous close {n}", _fields({previous: v}), False, _OK) for n, v in values.items()),
            *((f"every price {n}", _fields({price: v}), True, _FAILED) for n, v in values.items()),
            *((f"time {n}", _fields({when: v}), False, _OK) for n, v in times.items()),
            *((n, _fields(v), False, _OK) for n, v in (strange | harmless).items()),
            ("price missing", lambda row: row.pop(price), False, _OK),
            ("previous close missing", lambda row: row.pop(previous), False, _OK),
            ("every key missing", lambda row: row.clear(), True, _FAILED),
            ("from the future, 1 h", lambda row: row.update({when: row[when] + 3600}), False, _OK),
            ("price a hundredfold", _scaled(price, by=100), False, _OK),
            ("previous close a hundredfold", _scaled(previous, by=100), False, _OK),
            ("price and range a hundredth", _scaled(*_PRICES, by=0.01), False, _OK),
            ("price up by 30 %, nothing else", _scaled(price, by=1.3), False, _OK),
            ("split 2:1 not adjusted, a quiet day", _split(0.5), False, _OK),
            ("split 2:1 not adjusted, down 2 %", _split(0.49), False, _OK),
            ("split 1:10 not adjusted, up 2 %", _split(10.2), False, _OK),
        )
    )


_PRICES = ("regularMarketPrice", "regularMarketDayHigh", "regularMarketDayLow", "regularMarketOpen")


def _split(by: float) -> Callable[[Raw], None]:
    """Return what a provider says that adjusted its prices but not its previous close."""

    def change(row: Raw) -> None:
        row.update(dict.fromkeys(_PRICES, row["regularMarketPreviousClose"] * by))
        moved = row["regularMarketPrice"] - row["regularMarketPreviousClose"]
        row["regularMarketChange"] = moved
        row["regularMarketChangePercent"] = moved / row["regularMarketPreviousClose"] * 100

    return change


def _whole(change: Callable[[list[Raw]], object]) -> Fault:
    """Change the list of quote objects; ``change`` returns a new one or edits it."""

    def edit(payload: Raw) -> Raw:
        rows = payload["quoteResponse"]["result"]
        changed = change(rows)
        payload["quoteResponse"]["result"] = rows if changed is None else changed
        return payload

    return Fault(edit=edit)


def _swapped(rows: list[Raw]) -> None:
    first, second = rows[0]["symbol"], rows[1]["symbol"]
    rows[0]["symbol"], rows[1]["symbol"] = second, first


def _doubled(rows: list[Raw]) -> list[Raw]:
    wrong = [row | {"regularMarketPrice": row["regularMarketPrice"] * 1.02} for row in rows[:3]]
    return [*wrong, *rows]


def _strangers(rows: list[Raw]) -> list[Raw]:
    return [{**rows[0], "symbol": "ZZZZ"}, None, 7, "NVDA", [], *rows]  # type: ignore[list-item]


def _quote_lists() -> tuple[Case, ...]:
    def case(name: str, change: Callable[[list[Raw]], object], ends: frozenset[str]) -> Case:
        return Case(name=name, fault=_whole(change), calls=("quote",), ends=ends)

    return (
        case("empty result array", lambda rows: [], _FAILED),
        case("result null", lambda rows: {}, _FAILED),
        case("half of the symbols missing", lambda rows: rows[::2], _OK),
        case("unsorted", lambda rows: rows[::-1], _OK),
        case("every row twice", lambda rows: rows + rows, _OK),
        case("a row twice, the first one wrong", _doubled, _OK),
        case("two symbols' numbers swapped", _swapped, _OK),
        case("unknown symbols and no objects between", _strangers, _OK),
        case("every row the same share", lambda rows: [rows[0]] * len(rows), _OK | _FAILED),
    )


CASES: tuple[Case, ...] = (
    *_statuses(),
    *_bodies(),
    *_connections(),
    *_logins(),
    *_quote_values(),
    *_quote_lists(),
)
