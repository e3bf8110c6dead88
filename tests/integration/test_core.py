"""The core thread and the fetch pool: order, faults, and an end in time."""

import queue
import threading

from stackwatch.engine.core import CoreThread, FetchPool, InlineCore, InlinePool


def test_that_tasks_run_in_the_order_they_were_posted_on_one_thread() -> None:
    seen: list[tuple[int, str]] = []
    core = CoreThread(lambda error: None)
    for number in range(100):
        core.post(lambda n=number: seen.append((n, threading.current_thread().name)))  # type: ignore[misc]
    core.start()
    assert core.stop(lambda: None, timeout=5)
    assert [n for n, _ in seen] == list(range(100))
    assert {name for _, name in seen} == {"core"}


def test_that_a_task_that_fails_is_reported_and_the_next_one_still_runs() -> None:
    crashes: queue.SimpleQueue[Exception] = queue.SimpleQueue()
    done: list[str] = []
    core = CoreThread(crashes.put)
    nothing: dict[str, None] = {}
    core.post(lambda: nothing["missing"])
    core.post(lambda: done.append("after"))
    core.start()
    assert core.stop(lambda: done.append("last"), timeout=5)
    assert isinstance(crashes.get_nowait(), KeyError)
    assert done == ["after", "last"]


def test_that_results_and_faults_of_the_pool_come_back_on_the_core() -> None:
    answers: queue.SimpleQueue[tuple[str, object]] = queue.SimpleQueue()
    core = CoreThread(lambda error: None)
    core.start()
    pool = FetchPool(core, workers=2)

    def fail() -> int:
        raise ValueError("no")

    pool.submit(
        lambda: 42, lambda value: answers.put((threading.current_thread().name, value)), lambda e: None
    )
    assert answers.get(timeout=5) == ("core", 42)
    pool.submit(fail, lambda value: None, lambda e: answers.put((threading.current_thread().name, str(e))))
    assert answers.get(timeout=5) == ("core", "no")
    pool.close()
    assert core.stop(lambda: None, timeout=5)


def test_that_a_hanging_request_does_not_hold_up_the_end() -> None:
    release = threading.Event()
    started = threading.Event()
    late: list[object] = []
    core = CoreThread(lambda error: None)
    core.start()
    pool = FetchPool(core, workers=1)

    def hang() -> None:
        started.set()
        release.wait(timeout=30)

    pool.submit(hang, late.append, late.append)
    assert started.wait(timeout=5)
    pool.close()
    assert core.stop(lambda: None, timeout=2)
    release.set()
    assert late == []


def test_that_background_calls_that_hang_hold_up_nothing_that_is_waited_for() -> None:
    release = threading.Event()
    answers: queue.SimpleQueue[str] = queue.SimpleQueue()
    core = CoreThread(lambda error: None)
    core.start()
    pool = FetchPool(core, workers=1, background=1)

    def hang() -> str:
        release.wait(timeout=30)
        return "history"

    for _ in range(3):
        pool.submit(hang, answers.put, lambda e: None, background=True)
    pool.submit(lambda: "chart", answers.put, lambda e: None)
    assert answers.get(timeout=5) == "chart"
    release.set()
    assert [answers.get(timeout=5) for _ in range(3)] == ["history"] * 3
    pool.close()
    assert core.stop(lambda: None, timeout=5)


def test_that_the_inline_core_runs_nested_posts_after_the_one_that_posted_them() -> None:
    order: list[str] = []
    core = InlineCore()

    def outer() -> None:
        core.post(lambda: order.append("inner"))
        order.append("outer")

    core.post(outer)
    assert order == ["outer", "inner"]
    InlinePool(core).submit(lambda: 7, lambda value: order.append(str(value)), lambda e: None)
    assert order[-1] == "7"
