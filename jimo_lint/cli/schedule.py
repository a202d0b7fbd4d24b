"""`jimo-lint schedule`: prints what cron or systemd needs to run the configured inspections."""

from __future__ import annotations

import shlex
import shutil
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import click

from jimo_lint.cli import options
from jimo_lint.errors import ConfigError
from jimo_lint.inspection import INSPECTIONS
from jimo_lint.model.terms import CHINA
from jimo_lint.settings.config import Config


@dataclass(frozen=True, slots=True)
class _Job:
    """A command with its time. cron: the five fields; calendar: the same for systemd."""

    name: str
    title: str
    arguments: tuple[str, ...]
    cron: str
    calendar: str


# Where the indicator asks for twenty a day.
_PROBE = _Job(
    "probe", "网站可用性，每小时一次（检查指标要求每天不少于 20 次）", ("probe",), "7 * * * *", "*-*-* *:07:00"
)
# What is to be done in the week that begins.
_PLAN = _Job("plan", "年度计划，每周一 8:00", ("plan",), "0 8 * * 1", "Mon *-*-* 08:00:00")
_WITH_LINE = ("inspect", "plan")


@click.command()
@options.config_option
def schedule(config_path: Path | None) -> None:
    """按配置打印各种巡检、可用性探测和年度计划的定时任务，只打印，不安装。

    cron 会把输出的一行摘要作为邮件发给 MAILTO；写了 [notify] 的，摘要同时发到群机器人，没有做完
    （退出码 2、70、130）也会通知缘由。systemd 里只有 0 和 1（查出了问题）算成功。
    """
    config = options.load_config(config_path, needed=True)
    jobs = [*([_PROBE] if config.site.start else []), *_inspections(config)]
    if not jobs or config.path is None:
        needs = "、".join(one.needs for one in INSPECTIONS.values() if one.needs) + " 之一"
        raise ConfigError(str(config.path), "没有写要检查什么", f"请写 {needs}")
    jobs.append(_PLAN)
    program = _program()
    click.echo("# 一、crontab：运行 crontab -e，贴入以下各行；时间可改，各格为 分 时 日 月 星期。")
    if config.notify:
        names = " ".join(name for name in (config.notify.url_env, config.notify.secret_env) if name)
        click.echo(f"# 通知的地址和密钥不写在这里：请在 crontab 顶部或 systemd 的 EnvironmentFile 里给出 {names}。")
    if datetime.now(UTC).astimezone().utcoffset() != CHINA.utcoffset(None):
        click.echo(
            "# 时间是北京时间，而本机用的是别的时区。Debian、Ubuntu 的 cron 不认下一行，请把各行的时间换算成本机的。"
        )
        click.echo("CRON_TZ=Asia/Shanghai")
    for job in jobs:
        click.echo(f"# {job.title}")
        click.echo(f"{job.cron} {_shell(config, job, program)}")
    click.echo("")
    click.echo("# 二、systemd：把各段存为 ~/.config/systemd/user/ 下所注的文件，再运行注明的命令。")
    for job in jobs:
        for said in _units(config, job, program):
            click.echo(said)


def _inspections(config: Config) -> Iterator[_Job]:
    for one in INSPECTIONS.values():
        if one.timetable and one.asked(config):
            title = f"{one.title}，{one.timetable.said}"
            yield _Job(one.code, title, ("inspect", one.code), one.timetable.cron, one.timetable.calendar)


def _program() -> list[str]:
    """How this very program is started, whatever folder cron starts in."""
    if Path(sys.argv[0]).name == "__main__.py":
        return [sys.executable, "-m", "jimo_lint"]
    return [str(Path(shutil.which(sys.argv[0]) or sys.argv[0]).absolute())]


def _command(config: Config, job: _Job, program: list[str]) -> list[str]:
    command = [*program, *job.arguments, "--config", str(config.path and config.path.absolute())]
    if job.arguments[0] in _WITH_LINE:
        command += ["-f", "line", *(["--notify"] if config.notify else [])]
    return command


def _shell(config: Config, job: _Job, program: list[str]) -> str:
    # cron ends a command at the first % that is not escaped.
    return shlex.join(_command(config, job, program)).replace("%", r"\%")


def _units(config: Config, job: _Job, program: list[str]) -> Iterator[str]:
    words = " ".join(_quoted(word) for word in _command(config, job, program))
    name = f"jimo-lint-{job.name}"
    yield f"# ---- {name}.service"
    yield f"[Unit]\nDescription={job.title}\n[Service]\nType=oneshot\nExecStart={words}"
    # 1 means findings, which is no failure of the job; 2 and 70 are.
    yield "SuccessExitStatus=1\n"
    yield f"# ---- {name}.timer    启用：systemctl --user enable --now {name}.timer"
    yield f"[Unit]\nDescription={job.title}\n[Timer]\nOnCalendar={job.calendar} Asia/Shanghai\nPersistent=true"
    yield "[Install]\nWantedBy=timers.target\n"


def _quoted(word: str) -> str:
    """A word of ExecStart: specifiers and variables doubled, quoted (systemd.service, COMMAND LINES)."""
    escaped = word.replace("\\", "\\\\").replace('"', '\\"').replace("%", "%%").replace("$", "$$")
    return f'"{escaped}"'
