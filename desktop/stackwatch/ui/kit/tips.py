"""Tips as plain text, whatever markup a name may hold."""

import html


def as_tip(text: str) -> str:
    """Return a plain text as a tip that Qt shows letter by letter, line by line; an empty one is none."""
    return f"<span>{html.escape(text, quote=False).replace(chr(10), '<br>')}</span>" if text else ""
