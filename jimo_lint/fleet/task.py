"""What a worker does with one order: takes the site's folder, has it inspected in a fresh process, puts it back."""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

from jimo_lint import __version__
from jimo_lint.errors import JimoLintError, cause
from jimo_lint.fleet.lease import Lease, LeasedError
from jimo_lint.fleet.orders import Order, Outcome, State
from jimo_lint.fleet.storage import OWN, ConflictError, Record, Storage, Taken
from jimo_lint.privacy import mask_text
from jimo_lint.settings import config as settings
from jimo_lint.settings.toml import quoted

_REPORT = "report.json.gz"
_SCRATCH = "jimo-lint-fleet-"
_LONGEST_REASON = 300
_VISITS = ".jimo-lint/visits.jsonl"
_PROBE = "jimo-lint/probe/1"


class _Ended(NamedTuple):
    """How the process ended. told: what it said of the end; stopped: why it was ended, "" where it ended itself."""

    code: int
    told: str
    stopped: str
    seconds: float
    cpu: float


class _FruitlessError(Exception):
    """Why an attempt came to nothing. args: the reason in Chinese."""


def lane(inspection: str) -> str:
    """Inspections of one lane have the same files: a probe does not wait for an inspection of hours, nor disturb it."""
    return "probe" if inspection == "probe" else "store"


def inspect_site(order: Order) -> Outcome:
    """Inspect a site. Whatever comes in between is an outcome with its reason, and leaves the folder as it was."""
    if order.version != __version__:
        said = f"这台机器上是 jimo-lint {__version__}，派活的是 {order.version}。请装成同一个版本"
        return _outcome(State.FAILED, said)
    try:
        storage = Storage(order.storage)
        with Lease(storage, order.site.folder, lane(order.inspection), order.run) as lease, _scratch() as scratch:
            return _inspect(order, storage, lease, scratch)
    except _FruitlessError as fault:
        return _outcome(State.FAILED, str(fault))
    except JimoLintError as fault:
        return _outcome(State.FAILED, _reason(str(fault)))
    except LeasedError as fault:
        return _outcome(State.FAILED, f"站点文件夹正由{fault}检查。请等它结束后加 --resume 再运行")
    except ConflictError as fault:
        said = f"检查期间另有人改了 {fault}，没有覆盖他改的，这次的结果也没有存。会重新检查；请不要同时手工运行"
        return _outcome(State.FAILED, said)
    except OSError as fault:
        return _outcome(State.FAILED, _reason(f"读写文件出错（{cause(fault)}）。请检查磁盘空间和共用存储"))


def _inspect(order: Order, storage: Storage, lease: Lease, scratch: Path) -> Outcome:
    folder, mine = order.site.folder, lane(order.inspection)
    last = storage.settle(folder, mine)
    kept = f"{folder}/{OWN}/{mine}/{_REPORT}"
    if last and (last.run, last.inspection) == (order.run, order.inspection) and State(last.said["state"]).finished:
        # Done by an attempt whose end nobody heard of.
        said = last.said
        return _outcome(State(said["state"]), said["reason"], storage.read(kept) or b"", said["findings"])
    taken = _taken(order, storage, scratch)
    report = scratch / "report.json"
    ended = _run(order, scratch / folder, report, lease)
    if ended.stopped == "late":
        limit = _duration(order.time_limit)
        raise _FruitlessError(f"超过时限 {limit}，已经停下。站点若确实大，请在 fleet.toml 里加大 time_limit")
    if ended.stopped:
        raise _FruitlessError("站点文件夹已交给别人检查，这里停下")
    content = _content(order, storage, scratch, report, ended)
    state, reason = _judged(content) if ended.code == 2 else (State.DONE, "")
    if state is State.FAILED and not order.last:
        raise _FruitlessError(reason)
    packed = zlib.compress(content, 6)
    if not lease.check():
        raise _FruitlessError("站点文件夹已交给别人检查，这里的结果没有存")
    storage.write(kept, packed)
    said = {"state": state.value, "reason": reason, "findings": ended.code == 1}
    record = Record(order.run, order.inspection, said)
    storage.give(folder, mine, scratch, taken, record, token=lease.token)
    return _outcome(state, reason, packed, ended.code == 1, ended.seconds, ended.cpu)


def _taken(order: Order, storage: Storage, scratch: Path) -> Taken:
    """Bring the site's folder here, with what its settings refer to; settings where it has none yet."""
    folder = order.site.folder
    for path in order.shared:
        storage.fetch(path, scratch)
    store = ".jimo-lint/store.sqlite3"
    leave = [store, f"{store}-wal", f"{store}-shm"] if order.inspection == "probe" else []
    storage.fetch(f"{folder}/{settings.FILE_NAME}", scratch)
    file = scratch / folder / settings.FILE_NAME
    if file.is_file() and order.inspection != "weekly":
        leave += _archives(file)
    taken = storage.take(folder, scratch, leave=leave)
    if not file.is_file():
        if not order.site.address:
            raise _FruitlessError(
                f"{folder}：没有 {settings.FILE_NAME}，清单里也没有网址。请用 jimo-lint init 网址 写一份"
            )
        file.write_text(first_settings(order), encoding="utf-8")
    return taken


def first_settings(order: Order) -> str:
    """The settings of a site of which only the register knows something."""
    site = order.site
    lines = [f"name = {quoted(site.name)}", f"start = [{quoted(site.address)}]"]
    if site.code:
        lines.append(f"id_code = {quoted(site.code)}")
    return "# 按登记表写成；栏目请用 jimo-lint init 网址 找出后并进来\n[site]\n" + "\n".join(lines) + "\n"


def _archives(file: Path) -> list[str]:
    """Archives of accounts inside the site's folder, which only the weekly inspection reads."""
    folder = file.parent.resolve()
    accounts = settings.load(file).accounts
    inside = [Path(one.archive) for one in accounts if one.archive and "://" not in one.archive]
    return [one.relative_to(folder).as_posix() for one in inside if folder in one.parents]


def _run(order: Order, folder: Path, report: Path, lease: Lease) -> _Ended:
    command = [sys.executable, "-m", "jimo_lint.fleet.child"]
    config = ["--config", str(folder / settings.FILE_NAME)]
    if order.inspection == "probe":
        command += ["probe", *config]
    else:
        command += ["inspect", order.inspection, *config, "--as-of", order.as_of.isoformat(), "-q", "--jobs", "1"]
        command += ["-f", "line", "-o", str(report), *([] if order.links else ["--no-links"])]
    started, before = time.monotonic(), _children_cpu()
    stopped: list[str] = []
    # What it says of its end goes through a pipe: a full disk is one of the ends.
    with subprocess.Popen(
        command,
        cwd=folder,
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        start_new_session=True,
        env={**os.environ, "PYTHONIOENCODING": "utf-8"},
    ) as process:

        def stop(why: str) -> None:
            stopped.append(why)
            _kill(process)

        lease.watch(order.time_limit, stop)
        assert process.stderr
        said = process.stderr.read().decode("utf-8", "replace")
        code = process.wait()
    return _Ended(code, said, stopped[0] if stopped else "", time.monotonic() - started, _children_cpu() - before)


def _kill(process: subprocess.Popen[bytes]) -> None:
    """End it with all that it has started."""
    try:
        os.killpg(process.pid, signal.SIGKILL)
    except AttributeError:  # Windows has no groups
        process.kill()
    except ProcessLookupError:
        pass


def _content(order: Order, storage: Storage, scratch: Path, report: Path, ended: _Ended) -> bytes:
    """The report as JSON. _FruitlessError where there is none: then nothing is put back."""
    if order.inspection == "probe" and ended.code in (0, 1):
        place = f"{order.site.folder}/{_VISITS}"
        before = storage.read(place) or b""
        lines = (scratch / place).read_bytes()[len(before) :].decode("utf-8", "replace").splitlines()
        visits = [json.loads(line) for line in lines if line.strip()]
        return json.dumps({"schema": _PROBE, "visits": visits}, ensure_ascii=False).encode()
    if ended.code in (0, 1, 2) and order.inspection != "probe" and report.is_file():
        return report.read_bytes()
    lines = [line.strip() for line in ended.told.splitlines() if line.strip()]
    why = next((line for line in lines if line.startswith("错误：")), lines[-1] if lines else "没有留下话")
    if ended.code < 0:
        why = f"检查进程被系统结束（信号 {-ended.code}）。多半是内存不够，请减少 worker 个数或换一台机器"
    raise _FruitlessError(_reason(why.removeprefix("错误：").replace(f"{scratch}/", "")))


def _judged(content: bytes) -> tuple[State, str]:
    """How it stands with a report that is not whole, and what was not looked at: how much, and the first of it.

    Where the collection came to no end, as of a site that does not answer, another worker may have more luck.
    """
    report: Mapping[str, Any] = json.loads(content)
    open_ones = [one for one in report.get("problems", ()) if not one.get("excused") and not one.get("waived")]
    state = State.PARTIAL if report.get("run", {}).get("collected", True) else State.FAILED
    if not open_ones:
        return state, "没有查全，见报告"
    first = open_ones[0]
    return state, _reason(f"有 {len(open_ones)} 处没有读到，如 {first.get('place', '')}：{first.get('message', '')}")


def _reason(said: str) -> str:
    plain = mask_text(" ".join(said.split()))
    return plain if len(plain) <= _LONGEST_REASON else f"{plain[:_LONGEST_REASON]}…"


def _duration(seconds: float) -> str:
    for unit, name in ((3600, "小时"), (60, "分钟")):
        if seconds >= unit and seconds % unit == 0:
            return f"{seconds / unit:.0f} {name}"
    return f"{seconds:.0f} 秒"


def _outcome(
    state: State, reason: str, report: bytes = b"", findings: bool = False, seconds: float = 0.0, cpu: float = 0.0
) -> Outcome:
    worker = f"{socket.gethostname()}:{os.getpid()}"
    return Outcome(state, reason, report, findings, seconds, cpu, worker, __version__, time.time())


def _children_cpu() -> float:
    try:
        import resource
    except ImportError:  # Windows does not say
        return 0.0
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


@contextmanager
def _scratch() -> Iterator[Path]:
    """A folder on this machine's own disk, gone at the end; those of workers that were killed go first."""
    base = Path(tempfile.gettempdir())
    for old in base.glob(f"{_SCRATCH}*"):
        pid = old.name.removeprefix(_SCRATCH).partition("-")[0]
        if pid.isdecimal() and not _is_alive(int(pid)):
            shutil.rmtree(old, ignore_errors=True)
    folder = Path(tempfile.mkdtemp(prefix=f"{_SCRATCH}{os.getpid()}-", dir=base)).resolve()
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True
