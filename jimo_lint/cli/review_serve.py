"""`jimo-lint review serve`: reviewing in a browser."""

from __future__ import annotations

import os
import webbrowser
from pathlib import Path

import click

from jimo_lint.cli import options
from jimo_lint.cli.watching import hush_logs
from jimo_lint.errors import ConfigError
from jimo_lint.inspection import INSPECTIONS
from jimo_lint.inspection.context import context
from jimo_lint.report.machine import json
from jimo_lint.report.phrases import together
from jimo_lint.report.views.unread import unopened
from jimo_lint.store import Store, runs

# Places that were not read, of which the overview has each.
_FEW = 8
# What the extra `web` brings.
_EXTRA = ("anyio", "jinja2", "markupsafe", "starlette", "uvicorn")


@click.command(short_help="在浏览器里审核：筛选、看原文、按键记意见，几个人同时用")
@options.config_option
@click.option("--host", default="127.0.0.1", help="在哪个地址监听（默认只有本机能打开；其他地址须设口令）。")
@click.option("--port", default=8765, type=click.IntRange(0, 65535), help="端口（默认 8765；0 由系统选一个空的）。")
@click.option("--open", "opening", is_flag=True, help="随即用本机的浏览器打开。")
def serve(config_path: Path | None, host: str, port: int, opening: bool) -> int:
    """在浏览器里审核各项检查最近一次查出的问题，另有给领导看的总览。

    打印出的网址只能登录一次，用过之后打印下一个；几个人同时审核时各用各的。环境变量 JIMO_LINT_REVIEW_PASSWORD
    给出口令的，改用口令登录；--host 写本机以外的地址时必须给。巡检正在进行时也可以审核。按 Ctrl-C 结束。
    """
    try:
        from jimo_lint.web.server import PASSWORD, Server
    except ModuleNotFoundError as missing:
        if (missing.name or "").partition(".")[0] not in _EXTRA:
            raise
        raise ConfigError("review serve", f"没有安装 {missing.name}", "请运行 pip install 'jimo-lint[web]'") from None
    from jimo_lint.web.board import Office

    config = options.load_config(config_path, needed=True)
    Store.open(config.store_path, writing=False).close()  # says what is wrong before anything is opened
    hush_logs()
    office = Office(
        site=config.site.name,
        folder=config.folder,
        titles={one.code: one.title for one in INSPECTIONS.values() if one.module},
        deadlines=context(config, options.today()).profile.deadlines,
        today=options.today,
        missed=_missed,
    )
    first = True

    def told(address: str) -> None:
        nonlocal first
        click.echo(f"请在浏览器里打开：{address}" if first else f"下一位用：{address}")
        if first and opening:
            webbrowser.open(address)
        first = False

    Server(config.store_path, office, host=host, port=port, password=os.environ.get(PASSWORD, ""), told=told).run()
    click.echo("已停止。")
    return 0


def _missed(store: Store, number: int) -> tuple[str, ...]:
    """What the report of a run says was not looked at."""
    text = runs.kept_report(store, number)
    if text is None:
        return ("没有留下这次检查的报告，不知道哪些页面没有读到",)
    report = json.loads(text, f"{store.path} 第 {number} 次检查")
    told = [f"{one.place}：{one.message}" for one in together(report.problems) if not one.excused]
    more = (f"等，共 {len(told)} 处；全部见报告的“未读与未检”",) if len(told) > _FEW else ()
    files = unopened(report)
    return (*told[:_FEW], *more, *((files,) if files else ()))
