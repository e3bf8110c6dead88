"""Pushed prices on their way to the core."""

import math
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta

import pytest

from stackwatch.domain.quote import Session
from stackwatch.engine.ports import Tick
from stackwatch.engine.prices.tick_inbox import TickInbox

NOW = datetime(2026, 3, 10, 15, tzinfo=UTC)


def tick(symbol: str, price: float, seconds: float = 0.0) -> Tick:
    return Tick(symbol, price, NOW + timedelta(seconds=seconds), Session.REGULAR, 100)


class Core:
    """A core that runs what was posted when it is told to, and takes ``cost`` seconds for ticks."""

    def __init__(self, cost: float = 0.0, level: float = math.inf) -> None:
        self.cost, self.time = cost, 100.0
        self.posted: list[Callable[[], None]] = []
        self.delayed: list[tuple[float, Callable[[], None]]] = []
        self.taken: list[Sequence[Tick]] = []
        self.inbox = TickInbox(
            self.posted.append,
            self.take,
            matters=lambda _symbol, price: price >= level,
            monotonic=lambda: self.time,
            worked=lambda: self.time,
            later=lambda seconds, task: self.delayed.append((seconds, task)),
        )

    def take(self, ticks: Sequence[Tick]) -> None:
        self.taken.append(ticks)
        self.time += self.cost

    def work(self) -> None:
        while self.posted:
            self.posted.pop(0)()


def test_that_prices_that_wait_are_one_task_and_the_newest_of_a_symbol_counts() -> None:
    core = Core()
    core.inbox.put([tick("NVDA", 100.0), tick("AMD", 50.0)])
    core.inbox.put([tick("NVDA", 101.0, 1.0)])
    assert len(core.posted) == 1
    core.work()
    assert [[(t.symbol, t.price) for t in ticks] for ticks in core.taken] == [
        [("NVDA", 101.0), ("AMD", 50.0)]
    ]
    core.inbox.put([])
    assert core.posted == []


def test_that_regular_and_extended_prices_of_a_symbol_both_count() -> None:
    core = Core()
    late = Tick("NVDA", 99.0, NOW, Session.POST, None)
    core.inbox.put([tick("NVDA", 100.0), late])
    core.work()
    assert len(core.taken[0]) == 2


def test_that_a_core_that_took_long_rests_to_a_twelfth_of_the_time_and_keeps_the_newest() -> None:
    core = Core(cost=0.02)
    core.inbox.put([tick("NVDA", 100.0)])
    core.work()
    core.inbox.put([tick("NVDA", 101.0)])
    core.inbox.put([tick("AMD", 50.0)])
    ((seconds, task),) = core.delayed
    assert round(seconds, 6) == 0.13  # 0.02 of 0.25 s, less the 0.1 s that it had rested before
    core.time += seconds
    task()
    core.work()
    assert [t.price for t in core.taken[-1]] == [101.0, 50.0]
    core.time += 1.0
    core.inbox.put([tick("NVDA", 102.0)])
    assert len(core.posted) == 1


def test_that_a_price_soon_after_a_short_task_is_taken_at_once() -> None:
    core = Core(cost=0.004)
    for _ in range(2):
        core.inbox.put([tick("NVDA", 100.0)])
        assert len(core.posted) == 1
        core.work()
    assert core.delayed == []


def test_that_prices_without_end_have_a_twelfth_of_the_time() -> None:
    core = Core(cost=0.004)
    began = core.time
    for _ in range(200):
        core.inbox.put([tick("NVDA", 100.0)])
        for seconds, task in core.delayed:
            core.time += seconds
            task()
        core.delayed.clear()
        core.work()
    assert 0.08 < 200 * core.cost / (core.time - began) < 0.09


def test_that_prices_that_come_while_the_core_works_wait_until_it_has_rested() -> None:
    core = Core(cost=0.02)
    take = core.take

    def interrupted(ticks: Sequence[Tick]) -> None:
        take(ticks)
        core.inbox.put([tick("AMD", 50.0)])

    core.inbox._take = interrupted
    core.inbox.put([tick("NVDA", 100.0)])
    core.work()
    assert len(core.taken) == 1
    ((seconds, _),) = core.delayed
    assert round(seconds, 6) == 0.13


def test_that_a_task_that_fails_does_not_stop_the_next_one() -> None:
    core = Core()

    def broken(ticks: Sequence[Tick]) -> None:
        raise ValueError(ticks)

    take, core.inbox._take = core.inbox._take, broken
    core.inbox.put([tick("NVDA", 100.0)])
    with pytest.raises(ValueError, match="NVDA"):
        core.work()
    core.inbox._take = take
    core.inbox.put([tick("NVDA", 101.0)])
    core.work()
    assert len(core.taken) == 1


def prices(core: Core) -> list[list[float]]:
    return [[tick.price for tick in ticks] for ticks in core.taken]


def test_that_a_price_that_a_rule_waits_for_is_taken_at_once_and_alone() -> None:
    core = Core(cost=0.02, level=104.0)
    core.inbox.put([tick("NVDA", 100.0), tick("AMD", 50.0)])
    core.work()
    core.inbox.put([tick("NVDA", 103.0), tick("AMD", 51.0)])
    assert (len(core.delayed), core.posted) == (1, [])  # the core rests
    core.inbox.put([tick("NVDA", 105.0)])
    core.work()
    assert prices(core)[1:] == [[105.0]]
    core.delayed[0][1]()
    core.work()
    assert prices(core)[2:] == [[51.0]]  # and no older one comes after it


def test_that_a_price_that_comes_back_before_it_was_looked_at_is_not_lost() -> None:
    core = Core(level=104.0)
    core.inbox.put([tick("NVDA", 105.0), tick("AMD", 106.0), tick("NVDA", 107.0), tick("NVDA", 100.0)])
    assert len(core.posted) == 2
    core.work()
    assert prices(core) == [[105.0, 106.0], [107.0], [100.0]]


def test_that_a_crash_lets_the_core_breathe_and_is_seen_in_full() -> None:
    core = Core(level=104.0)
    for price in (105.0, 106.0, 107.0):
        core.inbox.put([tick("NVDA", price)])
        core.work()
    ((seconds, task),) = core.delayed
    assert (seconds, prices(core)) == (pytest.approx(0.01), [[105.0]])
    task()
    core.work()
    assert prices(core) == [[105.0], [106.0], [107.0]]


def test_that_prices_outside_the_regular_session_wait_for_their_turn() -> None:
    core = Core(cost=0.02, level=104.0)
    core.inbox.put([tick("NVDA", 100.0)])
    core.work()
    core.inbox.put([Tick("NVDA", 105.0, NOW, Session.POST, None)])
    assert core.posted == []


@pytest.mark.parametrize(("cost", "rest"), [(0.035, 0.3025), (0.04, 0.36), (0.06, 0.34), (0.2, 0.2)])
def test_that_no_core_rests_longer_than_half_a_second_after_it_began(cost: float, rest: float) -> None:
    core = Core(cost=cost)
    core.inbox.put([tick("NVDA", 100.0)])
    core.work()
    core.inbox.put([tick("NVDA", 101.0)])
    ((seconds, _),) = core.delayed
    assert seconds == pytest.approx(rest)  # the 0.1 s that it had rested before are taken off
    assert cost + seconds <= 0.4 + 1e-9


def test_that_a_core_that_was_busy_for_longer_than_that_takes_the_next_price_at_once() -> None:
    core = Core(cost=0.45)
    core.inbox.put([tick("NVDA", 100.0)])
    core.work()
    core.inbox.put([tick("NVDA", 101.0)])
    assert core.delayed == []
    assert len(core.posted) == 1
