"""`jimo-lint watch`: a light look at what is new, now or every so often, told to the group as it is found."""

from __future__ import annotations

import re
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import click

from jimo_lint.cli import options, output
from jimo_lint.cli.watching import watcher
from jimo_lint.errors import ConfigError, JimoLintError, NotifyError, StoreError
from jimo_lint.language.printing import printable
from jimo_lint.model import Finding, Report, Severity
from jimo_lint.model.terms import CHINA
from jimo_lint.privacy import mask_text
from jimo_lint.report import Showing
from jimo_lint.report.webhook import send
from jimo_lint.settings.config import Config
from jimo_lint.store import notices, untold

# Robots refuse what is longer; 企业微信 takes 2,048 bytes of a text.
_MESSAGE = 1_900
_LINE = 360
_LEAST = timedelta(minutes=5)


class Span(click.ParamType[timedelta]):
    """Minutes or hours: 30m, 1h."""

    name = "30m|1h"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> timedelta:
        if isinstance(value, timedelta):
            return value
        match = re.fullmatch(r"([1-9]\d{0,3})(m|h|分钟|小时)", value.strip().lower())
        if not match:
            self.fail(f"“{value}”不是时间间隔，应写作 30m（分钟）或 1h（小时）", param, ctx)
        span = timedelta(minutes=int(match[1]) * (60 if match[2] in ("h", "小时") else 1))
        if not _LEAST <= span <= timedelta(days=7):
            self.fail(f"“{value}”不在 5 分钟到 7 天之间：太密会给网站添负担", param, ctx)
        return span


@click.command()
@click.option("--every", type=Span(), help="每隔多久看一轮，如 30m；不写只看一轮（由 cron 定时运行）。")
@click.option("--round", "single", is_flag=True, hidden=True)
@click.option("--notify", is_flag=True, help="错误级以上的新问题、没看到的首页和列表，发到 [notify] 所写的群机器人。")
@output.output_options
@options.rule_options
@options.config_option
@options.quiet_option
def watch(
    every: timedelta | None,
    single: bool,
    notify: bool,
    targets: tuple[output.Target, ...],
    chosen: options.Chosen,
    config_path: Path | None,
) -> int:
    """日常监测：只读首页和各栏目的第一页列表，新出现的、标题或日期变了的网页读来判定，核对其中的新链接和附件。

    读到的存入数据库，下次体检一并算数。一轮至多读 50 个新网页、核对 200 个新链接，其余留到下一轮。通知过的不再通知；
    没看到的首页和列表一天通知一次。要先运行过 jimo-lint inspect columns。

    退出码同 recheck：没有达到 --fail-on 的问题退出 0，有的退出 1，有没看到的退出 2。写了 --every 的
    一直运行，Ctrl-C 结束。
    """
    config = options.load_config(config_path, needed=True)
    options.spare([one.file for one in targets], config.read_files)
    if notify and config.notify is None:
        raise ConfigError(str(config.path), "没有写 [notify]，不知道通知发到哪里", "请写 robot 和 url_env，见 README")
    if every and not single:
        _for_ever(every)
    teller = _Teller(config, on=notify)
    try:
        report = _round(config, chosen, targets)
    except JimoLintError as fault:
        teller.failed(fault)
        raise
    code = output.deliver(report, targets, Showing(), chosen.fail_on)
    waiting = teller.take(report)
    untold.done(config.untold_path)
    teller.send(waiting)
    return code


def _round(config: Config, chosen: options.Chosen, targets: Sequence[output.Target]) -> Report:
    from jimo_lint.inspection import watch as inspection
    from jimo_lint.inspection.judging import Settings

    settings = Settings(options.today(), chosen.select, chosen.ignore, extend=chosen.extend)
    with watcher(silent=output.on_screen(targets) == "line") as progress:
        return inspection.watch(config, settings, progress)


def _for_ever(every: timedelta) -> None:
    """Each round in a process of its own: what Scrapy runs on starts once a process, and a fault costs one round."""
    command = [sys.executable, "-m", "jimo_lint", *sys.argv[1:], "--round"]
    while True:
        begun = time.monotonic()  # clocks are set right, sometimes by years, once a machine is on the net
        code = subprocess.run(command, check=False).returncode
        if code == 130:
            raise click.Abort
        wait = max(every.total_seconds() - (time.monotonic() - begun), _LEAST.total_seconds())
        if not options.is_quiet():
            click.echo(f"下一轮：{datetime.now(CHINA) + timedelta(seconds=wait):%H:%M}（Ctrl-C 结束）", err=True)
        time.sleep(wait)


class _Teller:
    """Tells the group what it was not told yet. on: whether it is to be told anything."""

    def __init__(self, config: Config, *, on: bool) -> None:
        self._config = config
        self._notify = config.notify if on else None

    def take(self, report: Report) -> Mapping[str, str]:
        """Note what the round found; the lines to be told, those of earlier rounds that did not arrive among them."""
        unseen = [problem for problem in report.problems if not problem.excused]
        day = report.run.as_of
        lines = {one.fingerprint: _line(one) for one in report.findings if one.severity >= Severity.ERROR}
        lines |= {f"{day} {one.place}": f"{one.place}：{one.message}" for one in unseen}
        return self._note(lines)

    def failed(self, fault: JimoLintError) -> None:
        """That a round came to no end, once a day."""
        try:
            self.send(self._note({f"{options.today()} {fault.place}": f"没有做完：{fault}"}))
        except (NotifyError, StoreError) as unsent:
            options.complain(unsent)  # what is wrong first is what ends the command

    def _note(self, lines: Mapping[str, str]) -> Mapping[str, str]:
        if self._notify is None:
            return {}
        path = self._config.notices_path
        before = notices.read(path)
        news = {
            mask_text(key): _cut(mask_text(" ".join(printable(line).split())))
            for key, line in lines.items()
            if mask_text(key) not in before.told and mask_text(key) not in before.waiting
        }
        notices.note(path, news)
        return {**before.waiting, **news}

    def send(self, waiting: Mapping[str, str]) -> None:
        """Tell the group. NotifyError where it did not arrive."""
        if self._notify is None:
            return
        title = f"{self._config.site.name}日常监测 {datetime.now(CHINA):%m-%d %H:%M}"
        for keys, text in _messages(title, waiting):
            send(self._notify, text, {"news": len(keys)})
            notices.note(self._config.notices_path, notices.told(keys))


def _line(finding: Finding) -> str:
    return f"{finding.code} {finding.message}（{finding.subject}）{finding.url}"


def _messages(title: str, news: Mapping[str, str]) -> Iterator[tuple[list[str], str]]:
    """Texts that robots take, each with the keys of what it tells."""
    keys: list[str] = []
    text = title
    for key, line in news.items():
        if keys and len(f"{text}\n{line}".encode()) > _MESSAGE:
            yield keys, text
            keys, text = [], title
        keys.append(key)
        text += f"\n{line}"
    if keys:
        yield keys, text


def _cut(line: str) -> str:
    raw = line.encode()
    return line if len(raw) <= _LINE else raw[: _LINE - 3].decode(errors="ignore") + "…"
