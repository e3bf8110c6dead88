"""Tips as plain text."""

import html


def as_plain(text: str) -> str:
    """Return a tip that Qt shows letter by letter, whatever markup a name may hold."""
    if "<" not in text:
        return text
    return f"<qt>{html.escape(text).replace(chr(10), '<br>')}</qt>"
