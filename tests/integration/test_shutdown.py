"""The program ends within two seconds, whatever its requests wait for."""

from pathlib import Path

import pytest
from tests.evaluation.shutdown import LIMIT, WAYS, seconds_to_end
from tests.wire.server import YahooServer


@pytest.mark.parametrize("words", ["every request hangs", "every answer drips"])
def test_that_the_program_ends_in_time_while_requests_hang(
    yahoo_server: YahooServer, tmp_path: Path, words: str
) -> None:
    assert seconds_to_end(tmp_path, yahoo_server, WAYS[words]) < LIMIT
