"""What somebody typed or pasted, as a keyboard without an input method writes it."""

_WIDE = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20}
_BREAKS = dict.fromkeys(map(ord, "\n\r\t\v\f\x85\u2028\u2029"), 0x20)


def narrow(text: str) -> str:
    """Return a text with letters, digits and signs of full width as usual ones, as long as before."""
    return text.translate(_WIDE)


def one_line(text: str) -> str:
    """Return a text with a blank for each character that ends a line, as long as before."""
    return text.translate(_BREAKS)
