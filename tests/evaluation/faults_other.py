"""The faults that strike one call only: charts, headlines, search results and feeds."""

from collections.abc import Callable, Sequence

from tests.evaluation.faults_catalogue import Case, Raw
from tests.wire.faults import Fault

_FAILED, _OK = frozenset({"failed"}), frozenset({"ok"})
_EITHER = _FAILED | _OK
_NAN = float("nan")


def _chart(change: Callable[[Raw], object]) -> Fault:
    """Change the first result of a chart; one that has no bars is left alone."""

    def edit(payload: Raw) -> Raw:
        result = payload["chart"]["result"][0]
        if "timestamp" in result:
            change(result)
        return payload

    return Fault(edit=edit)


def _meta(**values: object) -> Fault:
    return _chart(lambda result: result["meta"].update(values))


def _every(name: str, step: int, value: object) -> Fault:
    """Set every so-manieth value of a column."""

    def change(result: Raw) -> None:
        column = result["indicators"]["quote"][0][name]
        for at in range(0, len(column), step):
            column[at] = value

    return _chart(change)


def _scale(names: tuple[str, ...], at: slice, by: float) -> Fault:
    def change(result: Raw) -> None:
        for name in names:
            column = result["indicators"]["quote"][0][name]
            column[at] = [value * by for value in column[at]]

    return _chart(change)


def _order(change: Callable[[list[object]], list[object]]) -> Fault:
    """Rearrange times and columns together."""

    def edit(result: Raw) -> None:
        result["timestamp"] = change(result["timestamp"])
        table = result["indicators"]["quote"][0]
        for name in table:
            table[name] = change(table[name])

    return _chart(edit)


def _times(change: Callable[[list[int]], Sequence[object]]) -> Fault:
    return _chart(lambda result: result.update(timestamp=change(result["timestamp"])))


_OHLC = ("open", "high", "low", "close")
_CHARTS: tuple[tuple[str, Fault, frozenset[str]], ...] = (
    ("another symbol's chart", _meta(symbol="AMD"), _FAILED),
    ("chart in another currency", _meta(currency="EUR"), _FAILED),
    ("monthly bars for daily ones", _meta(dataGranularity="1mo"), _FAILED),
    ("zone unknown", _meta(exchangeTimezoneName="Mars/Olympus"), _EITHER),
    ("zone a path", _meta(exchangeTimezoneName="../../etc/passwd"), _EITHER),
    ("every 9th close null", _every("close", 9, None), _OK),
    ("every close null", _every("close", 1, None), _FAILED),
    ("every 9th open NaN", _every("open", 9, _NAN), _OK),
    ("every high NaN", _every("high", 1, _NAN), _FAILED),
    ("every 9th low zero", _every("low", 9, 0), _OK),
    ("every 9th close negative", _every("close", 9, -1.0), _OK),
    ("every 9th close Infinity", _every("close", 9, float("inf")), _OK),
    ("every 9th close text", _every("close", 9, "12"), _OK),
    ("every 9th close a boolean", _every("close", 9, True), _OK),
    ("every 9th close 1e300", _every("close", 9, 1e300), _OK),
    ("every 9th close a tenth", _scale(("close",), slice(0, None, 9), 0.1), _OK),
    ("one bar a hundredfold", _scale(_OHLC, slice(50, 51), 100.0), _EITHER),
    ("older half a hundredfold", _scale(_OHLC, slice(0, 100), 100.0), _EITHER),
    ("bars unsorted", _order(lambda column: column[::-1]), _FAILED),
    ("bars shuffled", _order(lambda column: column[1::2] + column[::2]), _FAILED),
    ("bars twice", _order(lambda column: [v for value in column for v in (value, value)]), _EITHER),
    ("only the last three bars", _order(lambda column: column[-3:]), _FAILED),
    ("times a year ahead", _times(lambda column: [t + 365 * 86_400 for t in column]), _EITHER),
    ("times as text", _times(lambda column: [str(t) for t in column]), _FAILED),
    ("times in milliseconds", _times(lambda column: [t * 1000 for t in column]), _FAILED),
    ("times missing", _times(lambda column: column[:-2]), _FAILED),
    ("a column missing", _chart(lambda r: r["indicators"]["quote"][0].pop("high")), _FAILED),
    ("columns of different length", _chart(lambda r: r["indicators"]["quote"][0]["low"].pop()), _FAILED),
    ("no indicators", _chart(lambda r: r.pop("indicators")), _FAILED),
    ("chart without results", Fault(body=b'{"chart":{"result":[],"error":null}}'), _FAILED),
)


def _article(**values: object) -> Fault:
    """Change every article."""

    def edit(payload: Raw) -> Raw:
        for row in payload["data"]["tickerStream"]["stream"]:
            row["content"].update(values)
        return payload

    return Fault(edit=edit)


def _stream(rows: object) -> Fault:
    return Fault(edit=lambda payload: {"data": {"tickerStream": {"stream": rows}}})


_SCRIPT = {"url": "javascript:alert(1)"}
_NEWS: tuple[tuple[str, Fault, frozenset[str]], ...] = (
    ("title null", _article(title=None), _EITHER),
    ("title a number", _article(title=12345), _EITHER),
    ("id missing", _article(id=None), _EITHER),
    ("time from the future", _article(pubDate="2031-01-01T00:00:00Z"), _EITHER),
    ("time without a zone", _article(pubDate="2026-03-10T12:00:00"), _EITHER),
    ("time nonsense", _article(pubDate="soon"), _EITHER),
    ("address is a script", _article(canonicalUrl=_SCRIPT, clickThroughUrl=_SCRIPT), _EITHER),
    ("articles null", _stream(None), _FAILED),
    ("articles an object", _stream({}), _FAILED),
    ("articles of wrong types", _stream([None, 7, "x", [], {"content": 3}]), _EITHER),
)  # fmt: skip


def _hits(rows: object) -> Fault:
    return Fault(edit=lambda payload: {"quotes": rows})


_SEARCH: tuple[tuple[str, Fault, frozenset[str]], ...] = (
    ("hits null", _hits(None), _FAILED),
    ("hits of wrong types", _hits([None, 1, "NVDA", [], {"symbol": 5, "quoteType": "EQUITY"}]), _EITHER),
    ("hits without a symbol", _hits([{"quoteType": "EQUITY", "longname": "x"}]), _EITHER),
    ("hits of an unknown kind", _hits([{"symbol": "BTC-USD", "quoteType": "CRYPTOCURRENCY"}]), _EITHER),
)


def _feed(find: bytes, put: bytes) -> Fault:
    return Fault(edit_bytes=lambda body: body.replace(find, put))


_BOMB = (
    b'<?xml version="1.0"?><!DOCTYPE r [<!ENTITY a "aaaaaaaaaa">'
    + b"".join(
        b'<!ENTITY %c "&%c;&%c;&%c;&%c;&%c;&%c;">' % (c, *(c - 1,) * 6) for c in range(ord("b"), ord("n"))
    )
    + b']><rss version="2.0"><channel><item><title>&m;</title><link>https://a.example/</link></item>'
    b"</channel></rss>"
)
_FILE = (
    b'<?xml version="1.0"?><!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/hostname">]>'
    b'<rss version="2.0"><channel><item><title>A &x; B</title><link>https://a.example/</link></item>'
    b"</channel></rss>"
)
_FEEDS: tuple[tuple[str, Fault, frozenset[str]], ...] = (
    ("entity bomb", Fault(body=_BOMB), _EITHER),
    ("external entity", Fault(body=_FILE), _EITHER),
    ("items without titles", _feed(b"title>", b"titel>"), _EITHER),
    ("items without links", _feed(b"link>", b"lynk>"), _EITHER),
    ("address is a script", _feed(b"https://", b"javascript://"), _EITHER),
    ("dates of 1970", _feed(b"GMT</pubDate>", b"1970</pubDate>"), _EITHER),
    ("not modified, unasked", Fault(status=304, body=b""), _EITHER),
)

_GROUPS = (("chart", _CHARTS), ("news", _NEWS), ("search", _SEARCH), ("feed", _FEEDS))
CASES: tuple[Case, ...] = tuple(
    Case(name=f"{name}", fault=fault, calls=(call,), ends=ends)
    for call, group in _GROUPS
    for name, fault, ends in group
)
