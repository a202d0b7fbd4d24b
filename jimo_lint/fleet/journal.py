"""Keeps what happened in a run of the fleet, one JSON line an event, and says from it how far the run is."""

from __future__ import annotations

import json
import os
import zlib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, NamedTuple

from filelock import FileLock, Timeout

from jimo_lint.errors import ReportError, StoreError, cause
from jimo_lint.fleet.orders import Outcome, State
from jimo_lint.fleet.sites import FleetSite
from jimo_lint.model.terms import CHINA
from jimo_lint.values import dataclass

FILE_NAME = "fleet.jsonl"
SCHEMA = "jimo-lint/fleet/1"
_LOCK = "fleet.lock"


class Standing(NamedTuple):
    """How it stands with a site. started, ended: by the clock of the machine that gives the orders."""

    site: FleetSite
    state: State = State.WAITING
    reason: str = ""
    attempts: int = 0
    started: datetime | None = None
    ended: datetime | None = None
    cpu: float = 0.0
    worker: str = ""
    version: str = ""
    findings: bool = False


@dataclass(frozen=True, slots=True)
class RunState:
    """A run as its journal has it. name: of its folder; active: of the time that it ran, pauses left out, in seconds;
    remembered: when the last event was; ended: whether it came to its end; interrupted: whether it was cut short and
    is not gone on with."""

    name: str
    inspection: str
    as_of: date
    version: str
    sites: Mapping[str, Standing]
    started: datetime
    remembered: datetime
    active: float
    ended: bool
    interrupted: bool

    def count(self, *states: State) -> int:
        """How many sites are in one of the states."""
        return sum(standing.state in states for standing in self.sites.values())

    @property
    def rate(self) -> float:
        """Sites an hour that came to an end while the run was under way; 0 where none has."""
        ended = sum(one.ended is not None and one.state is not State.CLOSED for one in self.sites.values())
        return ended * 3600 / self.active if self.active else 0.0

    @property
    def left(self) -> float | None:
        """Seconds that the rest takes at that rate; None where there is no rate yet."""
        rest = self.count(State.WAITING, State.RUNNING)
        if not rest:
            return 0.0
        return rest * 3600 / self.rate if self.rate else None


class Journal:
    """The journal and the reports of one run, in its folder, which is made where it is not there.

    ReportError where one cannot be written: the run cannot go on then, and loses nothing. StoreError where another
    process is at this run.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._path = folder / FILE_NAME
        with _writing(self._path):
            folder.mkdir(parents=True, exist_ok=True)
            self._lock = FileLock(folder / _LOCK)
            try:
                self._lock.acquire(blocking=False)
            except Timeout:
                raise StoreError(
                    str(folder), "另一个进程正在做这一次", "请等它结束；进度用 jimo-lint fleet status 看"
                ) from None
            self._file = self._path.open("ab")
            if self._file.tell() and not _ends_a_line(self._path):
                self._file.write(b"\n")

    def close(self) -> None:
        """Leave the file."""
        self._file.close()
        self._lock.release()

    def note(self, event: str, **told: Any) -> None:
        """Put down an event, now."""
        line = json.dumps({"at": _now().isoformat(timespec="milliseconds"), "event": event, **told}, ensure_ascii=False)
        with _writing(self._path):
            self._file.write(f"{line}\n".encode("utf-8", "replace"))
            self._file.flush()

    def begin(self, inspection: str, as_of: date, version: str, sites: Iterable[FleetSite]) -> None:
        """Put down what the run is about."""
        listed = [_site(one) for one in sites]
        self.note("run", schema=SCHEMA, inspection=inspection, as_of=as_of.isoformat(), version=version, sites=listed)

    def started(self, site: FleetSite, attempt: int, worker: str) -> None:
        """A worker has begun with a site."""
        self.note("started", site=site.key, attempts=attempt, worker=worker)

    def ended(self, standing: Standing, inspection: str) -> None:
        """A site is done with: all that is known of it."""
        self.note(
            "ended",
            site=standing.site.key,
            **{key: value for key, value in _site(standing.site).items() if key != "key"},
            inspection=inspection,
            state=standing.state.value,
            reason=standing.reason,
            attempts=standing.attempts,
            started=_written(standing.started),
            ended=_written(standing.ended),
            cpu_s=round(standing.cpu, 3),
            worker=standing.worker,
            version=standing.version,
            findings=standing.findings,
        )
        with _writing(self._path):
            os.fsync(self._file.fileno())

    def keep(self, site: FleetSite, inspection: str, outcome: Outcome) -> None:
        """Write the report of a site, whole or not at all."""
        path = self.folder / site.key / f"{inspection}.json"
        draft = path.with_name(f".{path.name}.new")
        with _writing(path):
            path.parent.mkdir(exist_ok=True)
            with draft.open("wb") as file:
                file.write(zlib.decompress(outcome.report))
                file.flush()
                os.fsync(file.fileno())
            draft.replace(path)


def _is_under_way(folder: Path) -> bool:
    """Whether a process is at the run. Where that cannot be told, it is taken to be so."""
    try:
        with FileLock(folder / _LOCK, blocking=False):
            return False
    except (Timeout, OSError):
        return True


def _ends_a_line(path: Path) -> bool:
    with path.open("rb") as file:
        file.seek(-1, os.SEEK_END)
        return file.read() == b"\n"


@contextmanager
def _writing(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as fault:
        remedy = "请腾出空间或检查权限，再加 --resume 接着做；做完的都在各站点的文件夹里，不会重做"
        raise ReportError(str(path), f"写不进去（{cause(fault)}）", remedy) from None


def runs(results: Path, inspection: str = "") -> list[str]:
    """Names of the runs, the last one last."""
    try:
        found = sorted(one.name for one in results.iterdir() if (one / FILE_NAME).is_file())
    except OSError:
        return []
    return [name for name in found if not inspection or name.rstrip("-0123456789").endswith(f"-{inspection}")]


def read(folder: Path) -> RunState:
    """The run of a folder. StoreError where there is no journal, or none that says what the run is about."""
    path = folder / FILE_NAME
    run: Mapping[str, Any] = {}
    sites: dict[str, Standing] = {}
    moments: list[datetime] = []
    active, event = 0.0, ""
    for row in _rows(path):
        moment = datetime.fromisoformat(row["at"])
        event = row["event"]
        if event == "run":
            run = row
            sites = {one["key"]: Standing(_of_row(one)) for one in row["sites"]}
        elif moments and event != "resumed":
            active += (moment - moments[-1]).total_seconds()
        moments.append(moment)
        if row.get("site") in sites:
            sites[row["site"]] = _next(sites[row["site"]], row)
        elif event in ("resumed", "interrupted"):
            sites = {key: one if one.ended else one._replace(state=State.WAITING) for key, one in sites.items()}
    if not run:
        raise StoreError(str(path), "没有机群的记录，或记录残缺", "请用 --run 指定另一次，或重新运行")
    return RunState(
        folder.name,
        run["inspection"],
        date.fromisoformat(run["as_of"]),
        run["version"],
        sites,
        moments[0],
        moments[-1],
        active,
        event == "finished",
        event != "finished" and not _is_under_way(folder),
    )


def _rows(path: Path) -> Iterator[Mapping[str, Any]]:
    """The events; a line torn by a full disk or a kill costs that event only."""
    try:
        with path.open("rb") as file:
            for line in file:
                try:
                    row = json.loads(line)
                    datetime.fromisoformat(row["at"])
                except (ValueError, KeyError, TypeError):
                    continue
                if "event" in row:
                    yield row
    except FileNotFoundError:
        return
    except OSError as fault:
        raise StoreError(str(path), f"读不出（{cause(fault)}）", "请检查文件权限") from None


def _next(before: Standing, row: Mapping[str, Any]) -> Standing:
    if row["event"] == "started":
        return Standing(
            before.site,
            State.RUNNING,
            attempts=row["attempts"],
            started=datetime.fromisoformat(row["at"]),
            worker=row["worker"],
        )
    if row["event"] != "ended":
        return before._replace(state=State.WAITING, reason=row.get("reason", ""))
    return Standing(
        before.site,
        State(row["state"]),
        row["reason"],
        row["attempts"],
        _read(row["started"]),
        _read(row["ended"]),
        row["cpu_s"],
        row["worker"],
        row["version"],
        row["findings"],
    )


def _site(site: FleetSite) -> dict[str, str]:
    names = ("key", "code", "name", "city", "unit", "address", "folder")
    return {name: getattr(site, name) for name in names}


def _of_row(row: Mapping[str, str]) -> FleetSite:
    return FleetSite(**row)


def _now() -> datetime:
    return datetime.now(UTC).astimezone(CHINA)


def _written(moment: datetime | None) -> str | None:
    return moment.isoformat(timespec="milliseconds") if moment else None


def _read(written: str | None) -> datetime | None:
    return datetime.fromisoformat(written) if written else None
