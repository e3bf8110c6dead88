"""The bytes of a feed as UTF-8, where they are not what the feed says they are.

A single byte that fits no letter, such as of one cut in the middle, would else have every title of a feed
guessed as Western text. Korean feeds say EUC-KR and hold the letters of CP949, which are more, or say none.
"""

import re
from codecs import BOM_UTF16_BE, BOM_UTF16_LE

_DECLARED = re.compile(rb"""\A\s*<\?xml[^>]*?\sencoding\s*=\s*["']([\w.:-]+)["']""")
_KOREAN = re.compile(rb"(?:x-)?(?:euc-?kr|ks_?c_?5601(?:-19\d\d)?|(?:windows-|cp|ms)949|uhc)", re.IGNORECASE)
_UNICODE = re.compile(rb"utf-?8|us-ascii", re.IGNORECASE)
_LETTERS = 4  # sound ones for each that is not, below which a text is of another encoding
_HEAD = b'<?xml version="1.0" encoding="utf-8"?>'


def as_utf8(body: bytes) -> bytes:
    """Return a feed as UTF-8 where its bytes tell that it is, or that it is Korean; else as it is."""
    encoding = _encoding(body)
    if encoding is None:
        return body
    text = body.decode(encoding, "replace").encode()
    return _HEAD + text[text.index(b"?>") + 2 :] if _DECLARED.match(text) else text


def _encoding(body: bytes) -> str | None:
    """Return what a feed is to be read as, None where it is for the reader of feeds to say."""
    if body.startswith((BOM_UTF16_LE, BOM_UTF16_BE)) or _is_utf8(body):
        return None
    declared = _DECLARED.match(body)
    if declared is not None and _KOREAN.fullmatch(declared[1]):
        return "cp949"
    if declared is not None and not _UNICODE.fullmatch(declared[1]):
        return None
    if _fits(body, "utf-8"):
        return "utf-8"
    return "cp949" if _fits(body, "euc-kr") else None  # of CP949's further letters half looks like Western


def _is_utf8(body: bytes) -> bool:
    try:
        body.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _fits(body: bytes, encoding: str) -> bool:
    """Whether most of what is no ASCII are letters of an encoding."""
    text = body.decode(encoding, "replace")
    odd = text.count("\ufffd")
    return odd * _LETTERS < sum(not letter.isascii() for letter in text) - odd
