"""The pool by itself, on made-up work: each fault harms its own task only."""

from __future__ import annotations

import os
import signal
import threading
import time
from collections.abc import Callable, Iterator, Sequence

import psutil
import pytest
from pool_work import broken, deadly, grown, missing, work

from digitize.batch import pool, serial
from digitize.batch.interrupts import Interrupts, sigterm_as_ctrl_c
from digitize.batch.plan import FaultKind, Finished, Plan
from digitize.errors import MissingEngineError, WorkerError

Done = dict[str, Finished[str, str]]


def children() -> list[psutil.Process]:
    """Processes that this one has started and that run; Python's own tracker is none of them."""
    return [
        child
        for child in psutil.Process().children(recursive=True)
        if child.status() != psutil.STATUS_ZOMBIE
        and "resource_tracker" not in " ".join(child.cmdline())
    ]


@pytest.fixture(autouse=True)
def _no_orphans() -> Iterator[None]:
    yield
    assert children() == []


def done(tasks: Sequence[str], plan: Plan, do: Callable[[str], str] = work) -> Done:
    found = list(pool.run(tasks, do, plan))
    assert sorted(one.task for one in found) == sorted(tasks)  # each once
    return {one.task: one for one in found}


def worker_of(one: Finished[str, str]) -> int:
    assert one.fault is None
    assert one.result is not None
    return int(one.result.split()[0])


def faults(found: Done) -> dict[str, tuple[FaultKind, str]]:
    return {name: (one.fault.kind, one.fault.reason) for name, one in found.items() if one.fault}


def test_two_workers_share_the_work() -> None:
    found = done([f"sleep:0.0{i}" for i in range(10)], Plan(2))
    assert faults(found) == {}
    workers = {worker_of(one) for one in found.values()}
    assert len(workers) == 2
    assert os.getpid() not in workers


def test_one_worker_keeps_the_order() -> None:
    found = list(pool.run(["b", "a", "c"], work, Plan(1)))
    assert [one.task for one in found] == ["b", "a", "c"]
    assert len({worker_of(one) for one in found}) == 1


def test_no_more_workers_than_tasks_and_none_without() -> None:
    assert list(pool.run([], work, Plan(4))) == []
    assert len(done(["a"], Plan(4))) == 1


def test_tasks_are_drawn_as_they_are_needed() -> None:
    drawn: list[int] = []

    def tasks() -> Iterator[str]:
        for i in range(1000):
            drawn.append(i)
            yield f"a{i}"

    found = pool.run(tasks(), work, Plan(2))
    next(found)
    assert len(drawn) <= 8
    assert isinstance(found, Iterator)
    del found


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_crash_harms_its_own_task_only(jobs: int) -> None:
    tasks = ["a", "segfault", "b", "exit:9", "c", "exit:0", "killed", "d"]
    found = done(tasks, Plan(jobs))
    assert faults(found) == {
        "segfault": (FaultKind.CRASHED, "its process died of SIGSEGV (segmentation fault)"),
        "exit:9": (FaultKind.CRASHED, "its process ended with code 9"),
        "exit:0": (FaultKind.CRASHED, "its process ended with code 0"),
        "killed": (
            FaultKind.MEMORY,
            "its process was killed, most likely for want of memory",
        ),
    }


@pytest.mark.parametrize("task", ["hang", "native", "child"])
def test_a_task_that_hangs_is_ended(task: str) -> None:
    start = time.monotonic()
    found = done(["a", task, "sleep:0.1", "b"], Plan(2, timeout=1.5))
    assert faults(found) == {task: (FaultKind.TIMEOUT, "it took more than 1.5 s")}
    assert time.monotonic() - start < 60


def test_the_time_of_one_task_is_not_counted_for_the_next() -> None:
    found = done([f"sleep:0.{i}" for i in range(5, 9)], Plan(1, timeout=1.4))
    assert faults(found) == {}


@pytest.mark.parametrize("task", ["balloon", "leap"])
def test_a_task_that_eats_memory_is_ended(task: str) -> None:
    found = done(["a", task, "b"], Plan(2, memory=300))
    ((name, (kind, reason)),) = faults(found).items()
    assert (name, kind) == (task, FaultKind.MEMORY)
    assert reason in ("it needed more than 300 MB of memory", "there was not enough memory")


def test_what_raises_and_what_cannot_be_sent() -> None:
    found = faults(done(["a", "raise", "unsendable", "b"], Plan(2)))
    assert found["raise"] == (FaultKind.ERROR, "ValueError: two lines")
    assert found["unsendable"][0] is FaultKind.ERROR
    assert found["unsendable"][1].startswith("its result cannot be sent: ")


def test_large_results_do_not_block() -> None:
    found = done([f"big:{(5 << 20) + i}" for i in range(6)], Plan(2))
    assert all(one.result is not None and len(one.result) >= 5 << 20 for one in found.values())


def test_a_worker_is_replaced_after_its_tasks() -> None:
    found = list(pool.run([f"a{i}" for i in range(7)], work, Plan(1, tasks_per_worker=3)))
    workers = [worker_of(one) for one in found]
    assert [workers.count(pid) for pid in dict.fromkeys(workers)] == [3, 3, 1]


def test_a_worker_that_leaks_is_replaced() -> None:
    tasks = ["a", "b", "c", "leak", *"defg"]
    workers = [worker_of(one) for one in pool.run(tasks, grown, Plan(1))]
    assert len(set(workers[:4])) == 1
    assert len(set(workers)) == 2  # the one task that was there already was done before it went
    assert workers[5:] == [workers[-1]] * 3


@pytest.mark.parametrize(
    ("warm", "kind", "reason"),
    [
        (missing, MissingEngineError, "the engine is not installed; install it"),
        (broken, MissingEngineError, "no page can be read: ImportError: libGL.so.1: cannot open"),
        (deadly, WorkerError, "stays alive: its process died of SIGSEGV"),
    ],
)
def test_workers_that_cannot_start_end_the_run(
    warm: Callable[[], None], kind: type[Exception], reason: str
) -> None:
    with pytest.raises(kind, match=reason):
        list(pool.run(["a", "b", "c"], work, Plan(2, warm=warm)))


def test_a_consumer_that_stops_leaves_no_worker_behind() -> None:
    found = pool.run([f"sleep:0.{i}" for i in range(1, 9)], work, Plan(2))
    worker = worker_of(next(iter(found)))
    del found
    assert not psutil.pid_exists(worker) or psutil.Process(worker).status() == psutil.STATUS_ZOMBIE


def later(seconds: float, *numbers: int) -> None:
    """Send this process signals, one after the other."""

    def send() -> None:
        for number in numbers:
            time.sleep(seconds)
            os.kill(os.getpid(), number)

    threading.Thread(target=send, daemon=True).start()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_ends_the_run_in_order(number: int) -> None:
    found = pool.run(["a", "hang", "native", "b"], work, Plan(2))
    with sigterm_as_ctrl_c():
        assert next(found).task == "a"
        later(0.3, number)
        with pytest.raises(KeyboardInterrupt):
            next(found)
    assert signal.getsignal(signal.SIGTERM) is signal.SIG_DFL


def test_a_second_signal_ends_it_at_once() -> None:
    found = pool.run(["a", "native"], work, Plan(1))
    next(found)
    start = time.monotonic()
    later(0.2, signal.SIGINT, signal.SIGINT)
    with pytest.raises(KeyboardInterrupt):
        next(found)
    assert time.monotonic() - start < 1.5  # while the first waits 2 s for what cannot be stopped


def test_ignored_signals_stay_ignored() -> None:
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        with Interrupts() as interrupts:
            os.kill(os.getpid(), signal.SIGINT)
            assert not interrupts.pending
            assert signal.getsignal(signal.SIGINT) is signal.SIG_IGN
    finally:
        signal.signal(signal.SIGINT, before)


def test_a_pool_in_a_thread() -> None:
    found: list[Finished[str, str]] = []
    thread = threading.Thread(target=lambda: found.extend(pool.run(["a", "b"], work, Plan(2))))
    thread.start()
    thread.join(60)
    assert sorted(one.task for one in found) == ["a", "b"]


def test_the_same_in_this_process() -> None:
    found = list(serial.run(["a", "raise", "b"], work, Plan()))
    assert [one.task for one in found] == ["a", "raise", "b"]
    assert found[0].result == f"{os.getpid()} a"
    assert found[1].fault is not None
    assert found[1].fault.reason == "ValueError: two lines"
    for warm in (missing, broken):
        with pytest.raises(MissingEngineError):
            next(serial.run(["a"], work, Plan(warm=warm)))
