"""What all tests share: the guard against the internet, the shared material, a fixed day."""

import gc
import os
import signal
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, settings

ROOT = Path(__file__).resolve().parents[1]
_GUARD = str(ROOT / "tests" / "support" / "guard")

# Before anything else is imported, so that the guard stands in this process, in xdist's workers and, through
# PYTHONPATH, in every sub-process that a test starts.
os.environ["JIMO_LINT_TESTS"] = "1"
os.environ["PYTHONPATH"] = os.pathsep.join(filter(None, (_GUARD, os.environ.get("PYTHONPATH", ""))))
if Path(getattr(sys.modules.get("sitecustomize"), "__file__", None) or "/").parent != Path(_GUARD):
    sys.modules.pop("sitecustomize", None)  # an installation may bring one of its own; in a worker it is ours already
    sys.path.insert(0, _GUARD)
# The suite starts hundreds of processes: without byte code each of them compiles the program anew.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
sys.dont_write_bytecode = False
import sitecustomize as guard  # noqa: E402

if TYPE_CHECKING:
    from tests.support.linkhosts import Servers

# A process that a shell started in the background ignores Ctrl-C, and so would every sub-process of a test.
signal.signal(signal.SIGINT, signal.default_int_handler)

# A busy machine is slow; how long an example takes is no property under test.
settings.register_profile("steady", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("steady")


def pytest_collection_finish() -> None:
    """Ten thousand tests and what they import live to the end: looking through them for garbage is a fifth of the time.

    What a test leaves is still looked through, as seldom as the program itself has it (`__main__.py`).
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 20, 20)


@pytest.fixture(autouse=True)
def _no_internet() -> Iterator[None]:
    """Fail the test that tried to leave this machine, whatever became of the error it got."""
    guard.refused.clear()
    yield
    tried = list(dict.fromkeys(guard.refused))
    guard.refused.clear()
    assert not tried, f"the test tried to leave this machine: {', '.join(tried)}"


@pytest.fixture
def refused_by_guard() -> list[str]:
    """What the guard refused so far in this test; a test that means to be refused clears it."""
    return guard.refused


@pytest.fixture(scope="session")
def shared() -> Path:
    """The material beside the checkout that is not part of it; tests that need it run where it is there."""
    folder = ROOT.parent / "shared"
    if not (folder / "data").is_dir():
        pytest.skip("../shared is not there")
    return folder


@pytest.fixture
def as_of() -> date:
    """The day that tests call today."""
    return date(2026, 1, 31)


@pytest.fixture
def servers() -> "Iterator[Servers]":
    """Loopback hosts of a link check; they live as long as one test."""
    from tests.support.linkhosts import Servers  # aiohttp and cryptography are of no use to most tests

    servers = Servers()
    yield servers
    servers.stop()
