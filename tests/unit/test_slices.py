"""Long work of the core is done in slices, between what else waits."""

from collections import deque
from collections.abc import Callable, Iterator
from typing import cast

import pytest

from stackwatch.domain.errors import StoreError
from stackwatch.engine.engine import Engine
from stackwatch.engine.services.sliced_work import SlicedWork


class Core:
    """A queue of tasks, and an engine's store writer that is told of faults."""

    def __init__(self) -> None:
        self.waiting: deque[Callable[[Engine], None]] = deque()
        self.faults: list[StoreError] = []
        self.writer = self
        self.slices = SlicedWork(self.waiting.append)

    def failed(self, fault: StoreError) -> None:
        self.faults.append(fault)

    def begin(self, work: Iterator[None]) -> None:
        self.slices.begin(cast("Engine", self), work)

    def run(self) -> None:
        while self.waiting:
            self.waiting.popleft()(cast("Engine", self))


@pytest.fixture
def core() -> Core:
    return Core()


def counted(name: str, done: list[str]) -> Iterator[None]:
    for number in (1, 2, 3):
        done.append(f"{name}{number}")
        yield


def test_that_each_slice_waits_behind_what_was_there_before_it(core: Core) -> None:
    done: list[str] = []
    core.begin(counted("a", done))
    core.waiting.append(lambda _engine: done.append("between"))
    core.run()
    assert done == ["a1", "a2", "between", "a3"]
    assert not core.slices.running


def test_that_another_work_takes_the_place_of_the_one_under_way(core: Core) -> None:
    done: list[str] = []
    core.begin(counted("a", done))
    core.begin(counted("b", done))
    core.run()
    assert done == ["a1", "b1", "b2", "b3"]


def test_that_a_store_that_fails_is_told_and_the_next_work_goes_on(core: Core) -> None:
    def broken() -> Iterator[None]:
        yield
        raise StoreError("full")

    core.begin(broken())
    core.run()
    assert [str(fault) for fault in core.faults] == ["full"]
    done: list[str] = []
    core.begin(counted("a", done))
    core.run()
    assert done == ["a1", "a2", "a3"]
