"""Which workers are given orders; the library is only acted."""

from __future__ import annotations

import pytest

from jimo_lint import __version__
from jimo_lint.fleet.cluster import Cluster, SchedulerLostError


class Client:
    """As `distributed.Client`, with workers by their version."""

    status = "running"

    def __init__(self, versions: dict[str, object]) -> None:
        self.versions = versions

    def nthreads(self) -> dict[str, int]:
        if "gone" in self.versions:
            raise OSError
        return dict.fromkeys(self.versions, 1)

    def run(self, function: object, workers: list[str], on_error: str) -> dict[str, object]:
        return {worker: self.versions[worker] for worker in workers}


def cluster(versions: dict[str, object]) -> tuple[Cluster, list[str]]:
    """A cluster of these workers, and what it tells."""
    told: list[str] = []
    made = Cluster("tcp://10.0.0.5:8786", 0, told.append)
    made._client = Client(versions)
    return made, told


def test_workers_of_another_version_are_refused() -> None:
    """Both versions are named, once; one without the program is refused as well."""
    made, told = cluster({"tcp://a": __version__, "tcp://b": "0.0.9", "tcp://c": ModuleNotFoundError("jimo_lint")})
    assert made.free() == made.fit() == ["tcp://a"]
    made._looked = 0.0
    made.free()
    assert len(told) == 2
    assert f"tcp://b 上是 jimo-lint 0.0.9，这里是 {__version__}，不派给它" in told[0]
    assert "tcp://c 上没有装 jimo-lint（ModuleNotFoundError）" in told[1]


def test_a_worker_that_comes_later_is_used() -> None:
    """And one that has gone is not."""
    made, _ = cluster({"tcp://a": __version__})
    assert made.free() == ["tcp://a"]
    made._client.versions = {"tcp://b": __version__}
    made._looked = 0.0
    assert made.free() == ["tcp://b"]


@pytest.mark.parametrize("how", ["gone", "status"])
def test_the_loss_of_the_scheduler_is_told_apart(how: str) -> None:
    """Whether the library says so, or an answer does not come."""
    made, _ = cluster({"gone": ""})
    if how == "status":
        made._client.status = "closed"
    with pytest.raises(SchedulerLostError):
        made.free()
