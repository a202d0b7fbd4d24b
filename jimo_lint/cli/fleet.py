"""`jimo-lint fleet run` and `fleet status`: an inspection of many sites, and how far it is."""

from __future__ import annotations

import json
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING

import click

from jimo_lint import __version__
from jimo_lint.cli import fleet_report, options
from jimo_lint.cli.fleet_options import fleet_option
from jimo_lint.cli.watching import hush_logs
from jimo_lint.errors import ConfigError, StoreError
from jimo_lint.fleet import journal as journals
from jimo_lint.fleet.journal import Journal, RunState, Standing
from jimo_lint.fleet.orders import State
from jimo_lint.fleet.sites import Fleet, Unfit, read
from jimo_lint.inspection import INSPECTIONS
from jimo_lint.language.printing import printable
from jimo_lint.model.terms import CHINA
from jimo_lint.runtime.processes import cores

if TYPE_CHECKING:
    from jimo_lint.cli.fleet_progress import Board
    from jimo_lint.fleet.running import Run

_INSPECTIONS = [*(one.code for one in INSPECTIONS.values() if one.module), "probe"]
# What is not done, at most so many on the screen; all are in the journal.
_NAMED = 20


@click.group()
def fleet() -> None:
    """机群：一个市、一个省的许多站点一起检查。站点写在 fleet.toml，见 docs/fleet.md。"""


fleet.add_command(fleet_report.load)
fleet.add_command(fleet_report.report)


@fleet.command()
@click.argument("inspection", type=click.Choice(_INSPECTIONS))
@fleet_option
@options.as_of_option
@click.option("--scheduler", default="", metavar="地址", help="Dask 调度进程的地址，如 tcp://10.0.0.5:8786。")
@click.option(
    "--workers",
    type=click.IntRange(1, 256),
    metavar="个数",
    help="不用 --scheduler 时，在本机起几个进程（默认、也最多处理器有几个核就几个）。",
)
@click.option("--links/--no-links", default=True, help="是否核对链接、读附件（默认都做）。")
@click.option("--resume", is_flag=True, help="接着上一次没做完的做：已有结果的站点不重做，其余的再试。")
@options.quiet_option
def run(
    inspection: str,
    path: Path,
    as_of: date,
    scheduler: str,
    workers: int | None,
    links: bool,
    resume: bool,
) -> int:
    """对清单里的每个站点做一次巡检：weekly 周检，columns 栏目体检，probe 访问一次首页。

    每个站点在一个新的进程里检查，结果写到 results 文件夹；做不成的换一个 worker 再试，至多两次。

    退出码：0 都查了，没有错误；1 都查了，有错误（probe：有打不开的）；2 有站点没有查成或没有查全；130 中断了，可加
    --resume 接着做。
    """
    hush_logs()
    if scheduler and workers:
        both = "--scheduler 与 --workers 只能写一个：用 --scheduler 时 worker 由 dask worker 启动"
        raise click.UsageError(both, click.get_current_context())
    known = read(path)
    for line in () if options.is_quiet() else known.understood:
        _say(line)
    _need_libraries()
    from jimo_lint.cli.fleet_progress import board
    from jimo_lint.fleet.cluster import Cluster

    folder = _last(known, inspection) if resume else _new(known, inspection)
    journal = Journal(folder)
    try:
        with _ended_by_signal(), board(len(known.sites), silent=options.is_quiet()) as shown:
            going = _prepare(known, inspection, as_of, journal, shown, links=links, resume=resume)
            with Cluster(scheduler, min(workers or cores(), cores()), shown.say) as cluster:
                going.go(cluster)
    except KeyboardInterrupt:
        raise click.Abort(f"；已查完的站点都在 {folder}，可加 --resume 接着做") from None
    finally:
        journal.close()
    state = journals.read(folder)
    _show(state, folder)
    return _code(state)


def _prepare(
    known: Fleet, inspection: str, as_of: date, journal: Journal, shown: Board, *, links: bool, resume: bool
) -> Run:
    """The run, with what is known of its sites put down."""
    from jimo_lint.fleet.lease import BEAT
    from jimo_lint.fleet.running import Asked, Run, now, release
    from jimo_lint.fleet.storage import Storage
    from jimo_lint.fleet.survey import survey

    done: set[str] = set()
    if resume:
        before = journals.read(journal.folder)
        as_of = before.as_of
        done = {key for key, one in before.sites.items() if one.state.finished}
        journal.note("resumed", version=__version__)
    else:
        journal.begin(inspection, as_of, __version__, [*known.sites, *(one.site for one in known.unfit)])
    if not options.is_quiet():
        shown.say(f"看一遍 {len(known.sites)} 个站点的配置……")
    surveyed = survey(known, inspection)
    for unfit in (*known.unfit, *surveyed.unfit):
        moment = now()
        standing = Standing(unfit.site, _state(unfit), unfit.reason, started=moment, ended=moment, version=__version__)
        if unfit.site.key not in done:
            journal.ended(standing, inspection)
            shown.step(standing)
    for site in known.sites:
        if site.key in done:
            shown.step(before.sites[site.key])
    waiting = {key: those for key, those in surveyed.addresses.items() if key not in done}
    if resume and release(Storage(known.storage), known.sites, inspection, journal.folder.name):
        time.sleep(2 * BEAT)  # until those who were left behind have noticed
    return Run(known, Asked(inspection, as_of, links), journal, waiting, shown.say, shown.step)


def _state(unfit: Unfit) -> State:
    return State.CLOSED if unfit.closed else State.FAILED


@fleet.command()
@fleet_option
@click.option("--run", "name", metavar="名称", help="哪一次（默认最近一次），是 results 里文件夹的名称。")
@click.option(
    "-f",
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    help="text 给人看，json 一个 JSON 对象。默认 text。",
)
def status(path: Path, name: str | None, form: str) -> int:
    """看一次机群巡检做到哪里：完成几个、每小时几个、还要多久、哪些没有做成和缘由。随时可看，不影响正在做的。

    退出码：0 做完了，或正在做；2 有站点没有查成、没有查全，或中断了还没有接着做。
    """
    known = read(path)
    names = journals.runs(known.results)
    if not names:
        raise StoreError(str(known.results), "还没有运行过", "请先运行 jimo-lint fleet run")
    if name is not None and name not in names:
        raise StoreError(str(known.results), f"没有“{name}”这一次", f"最近的有 {'、'.join(names[-5:])}")
    folder = known.results / (name or names[-1])
    state = journals.read(folder)
    if form == "json":
        click.echo(json.dumps(_as_json(state), ensure_ascii=False, indent=2))
    else:
        _show(state, folder)
    return 2 if state.count(State.FAILED, State.PARTIAL) or state.interrupted else 0


def _new(known: Fleet, inspection: str) -> Path:
    """A folder of its own for the results of this run."""
    moment = datetime.now(CHINA).strftime("%Y%m%d-%H%M")
    name = f"{moment}-{inspection}"
    number = 1
    while (known.results / name).exists():
        number += 1
        name = f"{moment}-{inspection}-{number}"
    return known.results / name


def _last(known: Fleet, inspection: str) -> Path:
    names = journals.runs(known.results, inspection)
    if not names:
        raise StoreError(str(known.results), f"没有可以接着做的 {inspection}", "请先不加 --resume 运行一次")
    folder = known.results / names[-1]
    before = journals.read(folder)
    listed = {site.key for site in known.sites} | {one.site.key for one in known.unfit}
    if new := sorted(listed - before.sites.keys()):
        raise ConfigError(
            str(known.path),
            f"里有 {len(new)} 个站点是那次以后添的（{'、'.join(new[:3])}{'……' if len(new) > 3 else ''}）",
            "请不加 --resume 重新运行",
        )
    return folder


def _need_libraries() -> None:
    from importlib.util import find_spec

    missing = [one for one in ("dask", "distributed", "fsspec") if find_spec(one) is None]
    if missing:
        raise ConfigError("jimo-lint fleet", f"没有装 {'、'.join(missing)}", "请运行 pip install 'jimo-lint[fleet]'")


@contextmanager
def _ended_by_signal() -> Iterator[None]:
    """Have a service manager's SIGTERM end a run as Ctrl-C does."""

    def stop(_number: int, _frame: FrameType | None) -> None:
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGTERM, stop)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def _code(state: RunState) -> int:
    if state.count(State.FAILED, State.PARTIAL, State.WAITING, State.RUNNING):
        return 2
    return int(any(one.findings for one in state.sites.values()))


def _show(state: RunState, folder: Path) -> None:
    """The standing of a run on the screen."""
    counted = [(one, state.count(one)) for one in State]
    said = "，".join(f"{one.label} {number:,}" for one, number in counted if number)
    title = INSPECTIONS[state.inspection].title if state.inspection in INSPECTIONS else "访问首页"
    click.echo(printable(f"{title}（{state.name}，检查日 {state.as_of}）：{len(state.sites):,} 个站点：{said}"))
    if state.ended:
        click.echo(f"已做完，用时 {span(state.active)}，每小时 {state.rate:,.1f} 个")
    elif state.interrupted:
        click.echo(f"没有做完就停了（{state.remembered:%m-%d %H:%M}）。请加 --resume 接着做")
    else:
        left = "" if state.left is None else f"，照此还要 {span(state.left)}"
        click.echo(f"正在做，已用 {span(state.active)}，每小时 {state.rate:,.1f} 个{left}")
    undone = [one for one in state.sites.values() if one.state in (State.FAILED, State.PARTIAL, State.CLOSED)]
    undone.sort(key=lambda one: one.state is not State.FAILED)
    for one in undone[:_NAMED]:
        tried = f"（试了 {one.attempts} 次）" if one.state is State.FAILED and one.attempts else ""
        click.echo(printable(f"  {one.state.label}{tried}：{one.site.name}（{one.site.key}）：{one.reason}"))
    if len(undone) > _NAMED:
        click.echo(f"  另有 {len(undone) - _NAMED:,} 个，全部见 {folder / journals.FILE_NAME}")
    click.echo(printable(f"结果：{folder}"))


def _as_json(state: RunState) -> dict[str, object]:
    rows = [
        {
            "site": one.site.key,
            "name": one.site.name,
            "city": one.site.city,
            "state": one.state.value,
            "reason": one.reason,
            "attempts": one.attempts,
            "started": one.started.isoformat() if one.started else None,
            "ended": one.ended.isoformat() if one.ended else None,
            "cpu_s": one.cpu,
            "worker": one.worker,
        }
        for one in state.sites.values()
    ]
    return {
        "schema": "jimo-lint/fleet-status/1",
        "run": state.name,
        "inspection": state.inspection,
        "as_of": state.as_of.isoformat(),
        "ended": state.ended,
        "interrupted": state.interrupted,
        "counts": {one.value: state.count(one) for one in State},
        "rate_per_hour": round(state.rate, 2),
        "seconds_left": None if state.left is None else round(state.left),
        "sites": rows,
    }


def span(seconds: float) -> str:
    """A time as people say it."""
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    if hours:
        return f"{hours} 小时 {minutes} 分"
    return f"{minutes} 分 {rest} 秒" if minutes else f"{rest} 秒"


def _say(line: str) -> None:
    click.echo(printable(line), err=True)
