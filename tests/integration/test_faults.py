"""Every fault of the matrix once on the call for quotes, those of charts, and some of the stream.

The whole matrix is ``python -m tests.evaluation.faults``.
"""

import threading
from collections.abc import Iterator

import pytest
from tests.evaluation import faults_other, faults_stream
from tests.evaluation.faults import CASES, benches, strike
from tests.evaluation.faults_bench import Bench
from tests.evaluation.faults_catalogue import Case
from tests.evaluation.faults_stream import StreamCase

_LINES = {
    "hang-up before the handshake",
    "handshake never answered",
    "clean close at once",
    "deep nesting",
    "NaN",
    "time from the future",
    "price up by 9 %, nothing else",
    "flood of 50,000 messages",
}


@pytest.fixture(scope="module")
def bench() -> Iterator[Bench]:
    with benches() as made:
        yield made


@pytest.mark.parametrize("case", [pytest.param(c, id=c.name) for c in CASES if "quote" in c.calls])
def test_that_no_fault_puts_a_wrong_price_anywhere_and_the_next_refresh_is_right(
    bench: Bench, case: Case
) -> None:
    known = "ok" not in case.ends and not case.login  # what is known must survive a failure
    assert strike(bench, case, "quote", known=known).bad == ()


@pytest.mark.parametrize(
    "case", [pytest.param(c, id=c.name) for c in faults_other.CASES if "chart" in c.calls]
)
def test_that_no_fault_puts_a_wrong_bar_anywhere(bench: Bench, case: Case) -> None:
    assert strike(bench, case, "chart", known=False).bad == ()


@pytest.mark.parametrize(
    "case", [pytest.param(c, id=c.name) for c in faults_stream.CASES if c.name in _LINES]
)
def test_that_the_stream_survives_and_pushes_no_wrong_price(bench: Bench, case: StreamCase) -> None:
    assert faults_stream.strike(bench, case)[2] == ()


def test_that_a_broken_line_leaves_no_thread_behind(bench: Bench) -> None:
    before = set(threading.enumerate())
    hanging = next(c for c in faults_stream.CASES if c.name == "handshake never answered")
    faults_stream.strike(bench, hanging)
    left = [t for t in set(threading.enumerate()) - before if "recv_events" in t.name]
    assert left == []
