"""What somebody typed or pasted, as a keyboard without an input method writes it."""

import math
import re

from stackwatch.domain.words.format import MINUS

_WIDE = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20}
_BREAKS = dict.fromkeys(map(ord, "\n\r\t\v\f\x85\u2028\u2029"), 0x20)
_SIGNS = {ord(MINUS): "-"} | dict.fromkeys(map(ord, "\u00a0\u2009\u202f'\u2019"), " ")
_KEYS = (
    dict.fromkeys(map(ord, "\u2018\u2019\u02bc"), "'")
    | dict.fromkeys(map(ord, "\u201c\u201d"), '"')
    | dict.fromkeys(map(ord, f"\u2010\u2011\u2013\u2014{MINUS}"), "-")
)
_AROUND = " $€£¥₩원%"  # what is pasted with a price
_BEGUN = re.compile(r"([+-]?)([0-9., ]*)")
_WHOLE = re.compile(r"[0-9]*|[0-9]{1,3}([., ])[0-9]{3}(?:\1[0-9]{3})*")
_THOUSANDS = re.compile(r"[1-9][0-9]{0,2},[0-9]{3}")


def narrow(text: str) -> str:
    """Return a text with letters, digits and signs of full width as usual ones, as long as before."""
    return text.translate(_WIDE)


def keyed(text: str) -> str:
    """Return a text with the quotes, hyphens and dashes that keys give, as long as before."""
    return text if text.isascii() else text.translate(_KEYS)


def one_line(text: str) -> str:
    """Return a text with a blank for each character that ends a line, as long as before."""
    return text.translate(_BREAKS)


def number(text: str) -> float | None:
    """Return the number that a text is: 1,234.5 or 1.234,5 or 3,5; None for what is none.

    1,234 is more than a thousand: so the program itself writes it.
    """
    found = _BEGUN.fullmatch(_bare(text))
    if found is None or not any(map(str.isdigit, found[2])):
        return None
    whole, rest = found[2], ""
    mark = next((sign for sign in reversed(whole) if sign in ".,"), "")
    if mark and whole.count(mark) == 1 and not _THOUSANDS.fullmatch(whole):
        whole, _, rest = whole.rpartition(mark)
    if not (_WHOLE.fullmatch(whole) and (rest.isdigit() or not rest)):
        return None
    digits = "".join(filter(str.isdigit, whole))
    made = float(f"{found[1]}{digits or 0}.{rest or 0}")
    return made if math.isfinite(made) else None


def begins_number(text: str) -> bool:
    """Whether a text may become a number when more is typed."""
    return _BEGUN.fullmatch(_bare(text)) is not None


def _bare(text: str) -> str:
    return narrow(text).translate(_SIGNS).strip(_AROUND)
