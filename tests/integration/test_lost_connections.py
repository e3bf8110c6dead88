"""Connections that say nothing more, as after sleep or in another network; over HTTP/2, as the real ones."""

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.wire.server import YahooServer

from stackwatch.domain.errors import ProviderError
from stackwatch.providers.web.limits import Limits, TokenBucket
from stackwatch.providers.web.request_log import RequestLog
from stackwatch.providers.web.transport import GuardedTransport
from stackwatch.providers.yahoo.session import QUERY, GuardedSession

LIMITS = Limits(connect_seconds=0.3, total_seconds=0.6)  # a busy machine takes a tenth of that
ADDRESS = "https://finance.yahoo.com/rss"


class Wall:
    """A wall clock that goes on while the machine sleeps."""

    def __init__(self) -> None:
        self.slept = 0.0

    def __call__(self) -> float:
        return time.time() + self.slept


@pytest.fixture
def wall() -> Wall:
    return Wall()


@pytest.fixture
def transport(yahoo_env: dict[str, str], wall: Wall) -> Iterator[GuardedTransport]:
    assert yahoo_env
    with GuardedTransport(LIMITS, TokenBucket(), RequestLog(), wall=wall) as made:
        yield made


def test_that_the_server_speaks_http_2_as_the_real_ones(transport: GuardedTransport) -> None:
    assert transport.request("GET", ADDRESS).http_version == 3  # curl's number for it


def test_that_one_request_waits_in_vain_on_a_lost_connection_and_the_next_opens_another(
    yahoo_server: YahooServer, transport: GuardedTransport
) -> None:
    assert transport.request("GET", ADDRESS).ok
    yahoo_server.lose_connections()
    with pytest.raises(ProviderError, match="no answer within") as fault:
        transport.request("GET", ADDRESS)
    assert fault.value.offline
    assert transport.request("GET", ADDRESS).ok
    assert transport.request("GET", ADDRESS).ok


def test_that_after_sleep_no_request_waits_on_what_was_open_before(
    yahoo_server: YahooServer, transport: GuardedTransport, wall: Wall
) -> None:
    assert transport.request("GET", ADDRESS).ok
    yahoo_server.lose_connections()
    wall.slept += 3_600
    assert transport.request("GET", ADDRESS).ok


def test_that_quotes_come_again_after_a_lost_connection(
    yahoo_server: YahooServer, yahoo_env: dict[str, str], tmp_path: Path
) -> None:
    assert yahoo_env
    session = GuardedSession(tmp_path, limits=LIMITS)
    words = ("quote", f"{QUERY}/v7/finance/quote", {"symbols": "NVDA"})
    assert session.get_json(*words)
    yahoo_server.lose_connections()
    with pytest.raises(ProviderError):
        session.get_json(*words)
    assert session.get_json(*words)
    session.close()
