"""What is the address of a web page: files, feeds and people bring texts that are none."""

from urllib.parse import urlsplit


def is_web_address(text: str) -> bool:
    """Whether a text is a whole address of http or https."""
    if not text.isprintable() or " " in text:
        return False
    try:
        parts = urlsplit(text)
    except ValueError:  # a bracket that is never closed, or a letter of the host that stands for a slash
        return False
    return parts.scheme in ("http", "https") and bool(parts.hostname)
