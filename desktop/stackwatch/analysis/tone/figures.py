"""Figures held against one another: "EPS $1.43 vs. $1.40", "revenue of $46.7B; consensus $46.2B"."""

import re
from collections.abc import Iterator, Sequence

from stackwatch.analysis.words.word_lists import Span

_SCALE = {
    "k": 1e3, "thousand": 1e3, "mln": 1e6, "million": 1e6, "m": 1e6, "bln": 1e9, "billion": 1e9, "bn": 1e9,
    "b": 1e9, "trln": 1e12, "trillion": 1e12, "tn": 1e12, "cents": 0.01, "cent": 0.01, "c": 0.01,
}  # fmt: skip
_UNIT = r"%|(?:cents?|thousand|mln|million|bln|billion|bn|trln|trillion|tn|[kmbc])\b"
_AMOUNT = (
    r"(?P<minus{0}>-|\u2212)?(?:c|us|hk|nt)?(?P<money{0}>[$\u20ac\u00a3\u00a5\u20a9])?(?P<minus_in{0}>-)?"
    rf"(?P<number{{0}}>\d[\d,]*(?:\.\d+)?) ?(?P<unit{{0}}>{_UNIT})?"
)
_GOOD_IF_MORE = (
    r"eps|earnings|revenues?|rev|sales|profit|income|ebitda?|dividend|deliveries|shipments|orders|bookings|"
    r"subscribers|users|margin|output|cash flow"
)
_EXPECTED = r"(?:factset |lseg )?(?:consensus|est\.?|estimates?|expected)(?: of| was)? "
_AGAINST = re.compile(
    rf"\b(?P<what>{_GOOD_IF_MORE}|loss)\b\.?(?: per share)?(?: of| was| came in at| at|:)? "
    r"(?P<loss>loss of )?" + _AMOUNT.format("") + r"(?: (?:a|per) share)?"
    rf"(?: vs\.? | versus |[,;] (?:vs\.? |against )?{_EXPECTED}"
    r"| (?:compared (?:with|to)|against) (?:an? )?(?:expected |estimated |consensus )?)"
    r"(?P<other_loss>loss of )?" + _AMOUNT.format("_other")
)


def compared_figures(lowered: str) -> Sequence[tuple[Span, int]]:
    """Return where a title in lower case holds a result against another, and if it is better (1) or worse.

    Equal ones, and those in different units, say nothing.
    """
    if " vs" in lowered or " est" in lowered or "consensus" in lowered or "versus" in lowered:
        return list(_compared(lowered))
    if "expected" in lowered or "compared" in lowered or "against" in lowered:
        return list(_compared(lowered))
    return ()


def _compared(lowered: str) -> Iterator[tuple[Span, int]]:
    for found in _AGAINST.finditer(lowered):
        first, other = _amount(found, ""), _amount(found, "_other")
        if (found["unit"] == "%") != (found["unit_other"] == "%"):
            continue
        if found["loss"] is not None or found["what"] == "loss":
            first = -abs(first)
        if found["other_loss"] is not None or found["what"] == "loss":
            other = -abs(other)
        if first != other:
            yield found.span(), 1 if first > other else -1


def _amount(found: re.Match[str], which: str) -> float:
    """Return an amount with its unit; one without borrows the other's, but a sum of money no cents."""
    unit, borrowed = found["unit" + which], found["unit_other" if not which else "unit"]
    if unit is None and not (found["money" + which] and _SCALE.get(borrowed or "", 1.0) < 1):
        unit = borrowed
    value = float(found["number" + which].replace(",", "")) * _SCALE.get(unit or "", 1.0)
    return -value if found["minus" + which] or found["minus_in" + which] else value
