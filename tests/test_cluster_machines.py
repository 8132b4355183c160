"""Workers that are processes of their own, as on several machines: they come, go and die."""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest
from dask_processes import HERE, Machines, machines, until
from pool_work import work

from digitize.batch import cluster
from digitize.batch.cluster import Cluster
from digitize.batch.plan import Plan
from digitize.errors import ClusterError

pytestmark = pytest.mark.xdist_group("cluster")

CLIENT = """
import sys
from pool_work import work
from digitize.batch.cluster import Cluster
from digitize.batch.plan import Plan
list(Cluster(sys.argv[1], print)([f"mark:{sys.argv[2]}"] * 3, work, Plan()))
"""


@pytest.fixture(scope="module")
def several(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Machines]:
    with machines(tmp_path_factory.mktemp("dask") / "here") as made:
        yield made


def pids(folder: Path) -> list[int]:
    return [int(path.name) for path in folder.iterdir()]


def test_workers_come_late_and_die(several: Machines, tmp_path: Path) -> None:
    told: list[str] = []
    deadly = f"once:{tmp_path / 'mark'}:parent"

    def help_out() -> None:
        until(lambda: bool(told))
        first = several.worker()
        first.wait()  # the deadly task has taken it along
        several.worker()

    helper = threading.Thread(target=help_out)
    helper.start()
    tasks = [deadly, *map(str, range(20))]
    done = list(Cluster(several.address, told.append)(tasks, work, Plan()))
    helper.join()
    assert sorted(one.task for one in done) == sorted(tasks)
    assert all(str(one.result).endswith(f" {one.task}") for one in done)
    assert told == [
        f"waiting for workers; start some with: dask worker {several.address}"
        " --nworkers N --nthreads 1"
    ]


def test_what_a_dead_client_wanted_is_dropped(several: Machines, tmp_path: Path) -> None:
    worker = several.worker()
    client = subprocess.Popen([sys.executable, "-c", CLIENT, several.address, tmp_path], cwd=HERE)
    until(lambda: any(tmp_path.iterdir()))
    client.kill()
    client.wait()
    begun = pids(tmp_path)
    until(lambda: not any(psutil.pid_exists(pid) for pid in begun))
    assert worker.poll() is None
    assert pids(tmp_path) == begun  # nothing more was begun


def test_a_scheduler_that_goes_ends_the_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cluster, "CONNECT", 1.0)
    begun = tmp_path / "begun"
    begun.mkdir()
    with machines(tmp_path / "dask") as some:
        worker = some.worker()

        def shoot() -> None:
            until(lambda: any(begun.iterdir()))
            some.scheduler.kill()

        threading.Thread(target=shoot).start()
        flow = Cluster(some.address, print)([f"mark:{begun}"], work, Plan())
        with pytest.raises(ClusterError, match=r"the scheduler at tcp://.* is gone; start it and"):
            next(flow)
        worker.kill()  # and with it what it was at
        until(lambda: not any(psutil.pid_exists(pid) for pid in pids(begun)))
