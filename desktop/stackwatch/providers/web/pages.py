"""Telling a web page from the data that was asked for."""

import json

from stackwatch.domain.errors import ProviderError

_HEAD = 2000
_MARKS = (b"<!doctype html", b"<html", b"<head", b"<body", b"<form")


def is_web_page(body: bytes) -> bool:
    """Whether an answer is HTML, as a network's login page or an error page is."""
    head = body[:_HEAD].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    return head.startswith(_MARKS)


def parsed(source: str, body: bytes) -> object:
    """Read an answer in JSON; raises ProviderError for any other, such as a login page."""
    try:
        answer: object = json.loads(body)
    except (ValueError, RecursionError) as error:
        what = "the answer is not JSON"
        if is_web_page(body):
            what = "a web page answers instead of the provider: a login page (captive portal)?"
        raise ProviderError(f"{source}: {what}") from error
    return answer
