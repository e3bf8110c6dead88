"""Telling a web page from the data that was asked for."""

from stackwatch.domain.errors import ProviderError

_HEAD = 2000
_MARKS = (b"<!doctype html", b"<html", b"<head", b"<body", b"<form")


def is_web_page(body: bytes) -> bool:
    """Whether an answer is HTML, as a network's login page or an error page is."""
    head = body[:_HEAD].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    return head.startswith(_MARKS)


def not_data(source: str, body: bytes) -> ProviderError:
    """Word an answer that is no JSON; a web page may be the login of a hotel's or a train's network."""
    if is_web_page(body):
        return ProviderError(
            f"{source}: a web page answers instead of the provider: a login page (captive portal)?"
        )
    return ProviderError(f"{source}: the answer is not JSON")
