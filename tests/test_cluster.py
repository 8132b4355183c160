"""Tasks on a real dask cluster of several worker processes, which come to all kinds of harm."""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import dask
import psutil
import pytest
from dask_processes import until
from distributed import LocalCluster
from pool_work import missing, work

from digitize.batch import cluster, guarded, pool
from digitize.batch.cluster import Cluster
from digitize.batch.plan import Fault, FaultKind, Finished, Plan
from digitize.errors import ClusterError, MissingEngineError

pytestmark = pytest.mark.xdist_group("cluster")

DEATHS = 2  # of workers, until a task is given up: each costs a second here


@pytest.fixture(scope="module")
def local() -> Iterator[Any]:
    """A cluster of two worker processes, each started anew by its nanny when it dies."""
    with (
        dask.config.set({"distributed.scheduler.allowed-failures": DEATHS - 1}),
        LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as made,
    ):
        yield made


@pytest.fixture
def there(local: Any) -> Cluster:
    told: list[str] = []
    return Cluster(local.scheduler_address, told.append)


def by_task(finished: Iterable[Finished[str, Any]]) -> dict[str, Finished[str, Any]]:
    """What was finished; every task once."""
    found = list(finished)
    tasks = {one.task: one for one in found}
    assert len(tasks) == len(found)
    return tasks


def ok(finished: Finished[str, Any]) -> bool:
    return finished.fault is None and str(finished.result).endswith(f" {finished.task}")


def pid_of(finished: Finished[str, Any]) -> int:
    return int(str(finished.result).split()[0])


def test_processes_are_kept_for_the_next_task_and_end_with_the_run(there: Cluster) -> None:
    done = by_task(there((f"sleep:0.1{i}" for i in range(10)), work, Plan()))
    assert len(done) == 10
    assert all(ok(one) for one in done.values())
    pids = {pid_of(one) for one in done.values()}
    assert len(pids) == 2
    assert not any(psutil.pid_exists(pid) for pid in pids)


def test_tasks_are_drawn_as_they_are_needed(there: Cluster) -> None:
    drawn = []

    def tasks() -> Iterator[str]:
        for number in range(10**9):
            drawn.append(number)
            yield str(number)

    results = there(tasks(), work, Plan())
    for count in range(1, 20):
        assert ok(next(results))
        assert len(drawn) <= count + 2 * cluster.AHEAD
    del results


def test_harm_stays_in_the_process_that_comes_to_it(there: Cluster, local: Any) -> None:
    before = {nanny.pid for nanny in local.workers.values()}
    names = ["a", "segfault", "b", "hang", "c", "balloon", "raise", "d"]
    plan = Plan(timeout=3.0, memory=300)
    done = by_task(there(names, work, plan))
    assert {name for name, one in done.items() if ok(one)} == {*"abcd"}
    harmed = {name: one.fault for name, one in done.items() if one.fault}
    assert harmed == {one.task: one.fault for one in pool.run(names, work, plan) if one.fault}
    assert {name: fault.kind for name, fault in harmed.items()} == {
        "segfault": FaultKind.CRASHED,
        "hang": FaultKind.TIMEOUT,
        "balloon": FaultKind.MEMORY,
        "raise": FaultKind.ERROR,
    }
    assert {nanny.pid for nanny in local.workers.values()} == before


def test_a_worker_that_is_killed_loses_and_doubles_nothing(there: Cluster, tmp_path: Path) -> None:
    deadly = [f"once:{tmp_path}/{i}:parent" for i in range(2)]
    done = by_task(there([deadly[0], *map(str, range(8)), deadly[1]], work, Plan()))
    assert len(done) == 10
    assert all(ok(one) for one in done.values())
    assert len(list(tmp_path.iterdir())) == 2


def test_a_task_that_kills_every_worker_is_given_up(there: Cluster) -> None:
    done = by_task(there([*"ab", "parent", *"cdefgh"], work, Plan()))
    assert len(done) == 9
    reason = f"{DEATHS} workers were lost while they had it"
    assert done["parent"].fault == Fault(FaultKind.CRASHED, reason)
    harmed = [name for name, one in done.items() if one.fault]
    # Dask blames a task that waited at the worker as well: the end of the run tries it again.
    assert len(harmed) <= cluster.AHEAD
    again = by_task(there([name for name in harmed if name != "parent"], work, Plan(workers=1)))
    assert all(ok(one) for one in again.values())


def test_another_version_on_a_worker_is_told(
    there: Cluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    ours = (("digitize", "99.1"), *guarded.versions()[1:])
    monkeypatch.setattr("digitize.batch.cluster.guarded.versions", lambda: ours)
    with pytest.raises(ClusterError, match=r"the worker tcp://.* has digitize .*, this machine 99"):
        list(there(["a"], work, Plan()))


def test_what_a_worker_lacks_ends_the_run(there: Cluster) -> None:
    with pytest.raises(MissingEngineError, match=r"; install it \(on the worker tcp://"):
        list(there(["a"], work, Plan(warm=missing)))


def test_an_interrupt_ends_what_is_in_flight(there: Cluster, tmp_path: Path) -> None:
    results = there([f"mark:{tmp_path}"] * 5, work, Plan())

    def interrupt() -> None:
        until(lambda: len(list(tmp_path.iterdir())) == 2)
        os.kill(os.getpid(), signal.SIGINT)

    threading.Thread(target=interrupt).start()
    with pytest.raises(KeyboardInterrupt):
        next(results)
    begun = [int(path.name) for path in tmp_path.iterdir()]
    assert len(begun) == 2
    assert not any(psutil.pid_exists(pid) for pid in begun)


def test_nobody_at_the_address(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cluster, "CONNECT", 0.5)
    for address in ("tcp://127.0.0.1:9", "nonsense", "tcp://127.0.0.1"):
        with pytest.raises(ClusterError, match=f"no dask scheduler answers at {address} "):
            list(Cluster(address, print)(["a"], work, Plan()))


def test_without_dask(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(ClusterError, match=r'pip install "digitize\[cluster\]"'):
        list(Cluster("tcp://127.0.0.1:9", print)(["a"], work, Plan()))
