"""How long a cold `check` of a draft of 5,000 characters takes, beside bare Python and its peers, in one run.

    python benchmarks/startup.py [--rounds N]

Of each command the least CPU seconds and the least seconds on the clock of N cold starts, taken in turn, so that a busy
machine slows all of them. Peers where they are installed: ruff on a Python file of as many characters, autocorrect
(autocorrect-py). Leaves with 1 where a bar is missed. The bars are of a machine
whose bare Python takes 0.010 CPU seconds; on another they grow with it.
"""

from __future__ import annotations

import argparse
import os
import resource
import subprocess
import sys
import tempfile
import time
from importlib.util import find_spec
from pathlib import Path
from shutil import which
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from tests.support.longdrafts import drafts  # noqa: E402

_BARE = "bare Python"
_USUAL = 0.010  # CPU seconds of bare Python where the bars were set
_WALL = 8.0  # times bare Python on the clock
_MIB = 1024


class Bar(NamedTuple):
    """CPU seconds where bare Python takes 0.010; MiB, 0 for any; and whether the clock is looked at too."""

    seconds: float
    memory: int = 0
    clock: bool = False


class Spent(NamedTuple):
    """Of one start: CPU seconds, seconds on the clock, MiB."""

    cpu: float
    wall: float
    memory: float


_BARS = {
    "check": Bar(0.20, clock=True),
    "check --select S,P,F": Bar(0.12),
    "first use ever": Bar(1.5, 250),
}


def ours(*options: str) -> list[str]:
    """The command line of a check."""
    return [sys.executable, "-m", "jimo_lint", "check", "--isolated", *options]


def commands(folder: Path) -> dict[str, list[str]]:
    """What is measured, by name."""
    draft, module = folder / "draft.txt", folder / "module.py"
    text = drafts()["news"]
    draft.write_text(text, encoding="utf-8")
    line = 'TITLE = "requirements of the office"  # as written\n'
    module.write_text(line * (len(text) // len(line)), encoding="utf-8")
    found = {_BARE: [sys.executable, "-c", "pass"]}
    found["check"] = ours(str(draft))
    found["check --select S,P,F"] = ours("--select", "S,P,F", str(draft))
    found["first use ever"] = ours(str(draft))
    ruff = which("ruff", path=os.pathsep.join((str(Path(sys.executable).parent), os.environ.get("PATH", ""))))
    if ruff:
        found["ruff check"] = [ruff, "check", "--isolated", "--no-cache", str(module)]
    if find_spec("autocorrect_py"):
        script = "import sys, autocorrect_py as a; a.lint_for(open(sys.argv[1], encoding='utf-8').read(), 'text')"
        found["autocorrect"] = [sys.executable, "-c", script, str(draft)]
    return found


def started(name: str, command: list[str], cache: Path) -> Spent:
    """One cold start in a process of its own; at a first use with nothing kept."""
    places = {"XDG_CACHE_HOME": str(cache)}
    with tempfile.TemporaryDirectory() as empty:
        if name.startswith("first use"):
            places = {"XDG_CACHE_HOME": empty, "TMPDIR": empty}
        environment = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
        began = time.perf_counter()
        child = subprocess.Popen(
            command, cwd=ROOT, env={**environment, **places}, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        _, status, used = os.wait4(child.pid, 0)
        wall = time.perf_counter() - began
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode not in (0, 1):
        raise SystemExit(f"{name}: exit code {child.returncode}")
    return Spent(used.ru_utime + used.ru_stime, wall, used.ru_maxrss / _MIB)


def main() -> int:
    """Measure and judge."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=7)
    rounds = parser.parse_args().rounds
    spent: dict[str, list[Spent]] = {}
    with tempfile.TemporaryDirectory() as folder:
        listed = commands(Path(folder))
        for number in range(rounds + 1):
            for name, command in listed.items():
                once = started(name, command, Path(folder) / "cache")
                if number:  # the first fills the cache and writes byte code
                    spent.setdefault(name, []).append(once)
    best = {name: Spent(*map(min, zip(*each, strict=True))) for name, each in spent.items()}
    bare = best[_BARE]
    missed = []
    for name, one in best.items():
        bar = _BARS.get(name)
        line = f"{name:38} {one.cpu:6.3f} CPU s ({one.cpu / bare.cpu:5.1f} x)  {one.wall:6.3f} s"
        line += f" ({one.wall / bare.wall:5.1f} x)  {one.memory:5.0f} MiB"
        if bar:
            most = bar.seconds * max(bare.cpu / _USUAL, 1)
            fits = one.cpu <= most and (not bar.memory or one.memory <= bar.memory)
            fits = fits and (not bar.clock or one.wall <= _WALL * bare.wall)
            line += f"  bar {most:.3f} CPU s" + (f", {bar.memory} MiB" if bar.memory else "")
            line += f", {_WALL:.0f} x" * bar.clock + ("" if fits else "  MISSED")
            missed += [] if fits else [name]
        print(line)
    for name in ("ruff check", "autocorrect", "check"):
        if name not in best:
            print(f"{name}: not installed here")
    return int(bool(missed))


if __name__ == "__main__":
    # What a child takes of memory begins with that of its parent, which is small here.
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / _MIB < 100
    sys.exit(main())
