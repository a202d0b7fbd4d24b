"""`jimo-lint probe`: one timed visit, for cron."""

from __future__ import annotations

from pathlib import Path

import click

from jimo_lint.cli import options
from jimo_lint.cli.watching import hush_logs
from jimo_lint.inspection import probing
from jimo_lint.language.printing import printable
from jimo_lint.lint.availability import opened
from jimo_lint.model import Probe
from jimo_lint.model.reasons import link_reason
from jimo_lint.report.phrases import china_time

# Of the clause; the inspection judges by what its standard says.
_SECONDS = 15


@click.command()
@options.config_option
def probe(config_path: Path | None) -> int:
    """访问 [site] start 各网址一次，记下能否打开、用了几秒，供栏目体检判定“站点无法访问”。

    检查标准要求监测一周、每天间隔访问 20 次以上，所以要定时运行：jimo-lint schedule 会打印每小时一次的任务。
    可与巡检同时运行。退出码：0 打开了；1 没有打开；2 没有访问成（配置有误，或本机网络不通，不计入）。
    """
    hush_logs()
    probes = probing.probe(options.load_config(config_path, needed=True))
    for probe in probes:
        click.echo(printable(_line(probe)))
    verdicts = [opened(probe, _SECONDS) for probe in probes]
    if False in verdicts:
        return 1
    return 2 if None in verdicts else 0


def _line(probe: Probe) -> str:
    verdict = opened(probe, _SECONDS)
    said = {True: "打开", False: "没有打开", None: "不计入"}[verdict]
    if probe.offline:
        why = "，本机网络不通"
    elif probe.reason != "ok":
        why = f"，{link_reason(probe.reason)}"
    else:
        why = "" if verdict else f"，超过 {_SECONDS} 秒"
    return f"{china_time(probe.at):%Y-%m-%d %H:%M:%S} {probe.url} {said}，{probe.seconds:.1f} 秒{why}"
