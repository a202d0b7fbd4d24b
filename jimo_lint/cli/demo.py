"""`jimo-lint demo`: all inspections on the built-in site, compared with what was planted there."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any

import click

from jimo_lint import demo as sample
from jimo_lint.cli import options
from jimo_lint.errors import CrawlError, ReportError, cause
from jimo_lint.model import Severity

_TITLES = {"weekly": "周检", "columns": "栏目体检", "requests": "周调度"}


@click.command()
@click.option(
    "--folder",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="文件夹",
    default=Path("jimo-lint-demo"),
    show_default=True,
    help="示例配置、档案和报告放在哪里。",
)
@click.option("--check", "strict", is_flag=True, help="结果与内置真值表有任何出入就以 1 退出。")
@options.as_of_option
def demo(folder: Path, strict: bool, as_of: date) -> int:
    """在本机回环地址上开一个虚构的区政府网站和九个账号的档案，完整跑一遍周检、栏目体检和周调度。

    不访问外网。示例里埋了各类问题和容易误报的内容，跑完与真值表逐条核对。
    """
    with sample.serve(as_of, sample.former_port(folder)) as server:
        try:
            config = sample.write_workspace(folder, server.url, as_of)
        except OSError as fault:
            raise ReportError(str(folder), f"写不进去（{cause(fault)}）", "请用 --folder 换一个文件夹") from None
        click.echo(f"示例站点：{server.url}（虚构的示例市云溪区人民政府）\n示例配置：{config}\n")
        # The site first: the weekly inspection compares the accounts with what was crawled of it.
        found = {name: _inspect(name, config, as_of) for name in reversed(_TITLES)}
        differences = sample.compare(found["weekly"], found["columns"], server.url, as_of)
        differences += sample.compare_requests(found["requests"], json.dumps(found["requests"], ensure_ascii=False))
        differences += sample.compare_calls(_calls(config, as_of))
    _summarise(found, differences, folder)
    return 1 if strict and differences else 0


def _inspect(name: str, config: Path, day: date) -> dict[str, Any]:
    """Run one inspection as a user would, in a process of its own: a process can crawl only once."""
    title = _TITLES[name]
    reports = config.parent / "reports"
    book, data, page = (reports / f"{title}-{day.isoformat()}{suffix}" for suffix in (".xlsx", ".json", ".html"))
    click.echo(f"$ jimo-lint inspect {name} --config {config} --as-of {day}")
    command = [sys.executable, "-m", "jimo_lint", "inspect", name, "--config", str(config), "--as-of", day.isoformat()]
    done = subprocess.run([*command, "-o", str(book), "-o", str(data), "-o", str(page)], check=False)
    click.echo("")
    # The sample holds pages that cannot be read on purpose, so 2 is as much a success here as 1.
    if done.returncode not in (0, 1, 2) or not data.is_file():
        raise CrawlError(f"inspect {name}", f"以 {done.returncode} 退出，没有写出结果", "请看上面的信息")
    result: dict[str, Any] = json.loads(data.read_text(encoding="utf-8"))
    return result


def _calls(config: Path, day: date) -> str:
    """Read the filled form of mock calls as a user would; what the command says."""
    form = config.parent / sample.calls_form()
    click.echo(f"$ jimo-lint mystery import {form} --config {config} --as-of {day}")
    asked = ["mystery", "import", str(form), "--config", str(config), "--as-of", day.isoformat()]
    done = subprocess.run([sys.executable, "-m", "jimo_lint", *asked], check=False, capture_output=True, text=True)
    click.echo(done.stdout)
    return done.stdout + done.stderr


def _summarise(found: dict[str, dict[str, Any]], differences: list[str], folder: Path) -> None:
    for name, title in _TITLES.items():
        counts = found[name]["counts"]
        parts = [f"{level.label} {counts.get(level.name.lower(), 0)}" for level in reversed(Severity)]
        click.echo(f"{title}：{'，'.join(parts)}")
    click.echo(
        f"工作簿和网页报告在 {folder / 'reports'}；填了审核意见，在 {folder} 里运行 jimo-lint review import 导入"
    )
    if differences:
        # What a reviewer of the sample dismissed is no miss.
        silent = sum(one["count"] for report in found.values() for one in report["since"]["silenced"])
        why = f"（有 {silent} 个按审核意见不再报，漏报多半是它们）" if silent else ""
        click.echo(f"\n与真值表有 {len(differences)} 处出入{why}：")
        for line in differences:
            click.echo(f"  {line}")
    else:
        click.echo("\n与真值表逐条核对：完全一致")
