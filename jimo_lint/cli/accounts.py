"""`jimo-lint accounts`: takes accounts over from a register, and shows what each archive yields."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from jimo_lint.cli import options
from jimo_lint.cli.watching import hush_logs
from jimo_lint.errors import ConfigError
from jimo_lint.language.printing import printable
from jimo_lint.model import Account
from jimo_lint.settings.toml import suggestion

if TYPE_CHECKING:
    from jimo_lint.discovery.archive_trial import Contents
    from jimo_lint.readers.archives.archive import Opened

_TITLE_WIDTH = 40


@click.group()
def accounts() -> None:
    """导入账号登记表，或试读各账号的档案。"""


@accounts.command("import", short_help="由账号登记表写出 [[account]] 配置")
@click.argument("source", type=click.Path(path_type=Path), metavar="登记表")
@options.tables_option
def import_(source: Path, output: Path | None) -> int:
    """由全国政务新媒体信息报送的登记表（xlsx、xls、csv）写出 [[account]] 配置。

    按列名认：账号名称、平台、主办或责任单位、账号ID、主页、状态、关停日期、更新时限、备案、档案。怎样对应的，写在标准错误里。
    已关停的账号写成不判更新。配置里已有的账号（平台和名称相同，没有写平台的看名称）不重复写，只补上那里没有的责任单位、
    档案、更新时限和关停日期，已写的不改。有一行读不出退出 2。
    """
    from jimo_lint.discovery.account_tables import convert
    from jimo_lint.privacy import mask_text
    from jimo_lint.readers.registers import account_register

    existing = options.existing_config(output)
    read = account_register.read(source)
    for line in read.understood:
        click.echo(printable(line), err=True)
    options.tell(read.problems)
    made = convert(read, source.name, existing)
    changed = bool(made.accounts or made.additions or not existing)
    if not output:
        click.echo(made.text, nl=False)
    elif changed:
        options.add_tables(output, made.text if made.accounts or not existing else "", made.additions, "account")
    for line in made.told:
        click.echo(mask_text(printable(line)), err=True)
    closed = sum(entry.is_closed for entry in read.entries)
    told = f"读出 {len(read.entries)} 个账号" + (f"，其中已关停 {closed} 个" if closed else "")
    if existing:
        told += f"：新增 {made.accounts} 个，补充 {len(made.additions)} 个"
    todo = "写上 archive" if made.bare else "试读档案"
    click.echo(f"{told}。{f'已写入 {output}。' if output and changed else ''}请核对平台，{todo}", err=True)
    return 2 if any(not problem.excused for problem in read.problems) else 0


@accounts.command(short_help="试读档案：认出什么格式、读出多少条")
@click.argument("names", nargs=-1, metavar="[账号名称…]")
@options.config_option
@options.as_of_option
def test(names: Sequence[str], config_path: Path | None, as_of: date) -> int:
    """试读各账号的档案，不入库、不联网、不判定。

    说明每份档案认作什么格式和凭什么认出、各列怎样对应、读出和没读出什么、最新和最早的时间、能不能证明没有更新。
    都读得出退出 0，有没读出的退出 2。
    """
    from jimo_lint.discovery import archive_trial
    from jimo_lint.privacy import mask_text

    hush_logs()
    config = options.load_config(config_path, needed=True)
    asked = _asked(config.accounts, names, str(config.path))
    # Those who share an archive are read with it, or their posts would look like somebody else's.
    places = {account.archive for account in asked}
    reading = [account for account in config.accounts if account.archive in places]
    shown = [one for one in archive_trial.read(reading, as_of) if one.account in asked]
    for one in shown:
        for line in _lines(one, config.folder):
            click.echo(mask_text(printable(line)))  # names of files and cells that could not be read stand in it
        click.echo()
    unread = sum(any(not problem.excused for problem in one.problems) for one in shown)
    click.echo(f"试读 {len(shown)} 个账号，共 {sum(one.posts for one in shown)} 条；{unread} 个账号有没读出的")
    return 2 if unread else 0


def _asked(known: Sequence[Account], names: Sequence[str], place: str) -> list[Account]:
    for name in names:
        if name not in {account.name for account in known}:
            near = suggestion(name, [account.name for account in known])
            raise ConfigError(place, f"没有账号“{name}”{near}", "请用 jimo-lint config 看有哪些账号")
    return [account for account in known if not names or account.name in names]


def _lines(one: Contents, folder: Path) -> Iterator[str]:
    place = one.account.archive
    if place and "://" not in place and Path(place).is_relative_to(folder):
        place = str(Path(place).relative_to(folder))
    yield f"{one.account.name}（{one.account.platform.label}）  {place or '没有 archive'}"
    yield from _formats(one.files)
    if one.posts:
        classes = "、".join(f"{name} {count}" for name, count in one.classes.most_common())
        yield f"  读出：{one.posts} 条，{one.characters:,} 字（{classes}）"
        undated = f"；{one.undated} 条没有时间" if one.undated else ""
        span = f"最新 {one.newest:%Y-%m-%d %H:%M}，最早 {one.oldest:%Y-%m-%d %H:%M}" if one.newest else "都没有时间"
        yield f"  时间：{span}{undated if one.newest else ''}"
    elif one.files:
        yield "  读出：0 条"
    if one.files:
        yield f"  证明没有更新：{'能，按期限判定' if one.proves_silence else '不能，只在读到新内容时算更新'}"
    others = [name for name in one.called if name != one.account.name]
    if others:
        yield f"  档案里的名称：{'、'.join(others[:3])}"
    for post in one.first:
        when = f"{post.published:%Y-%m-%d %H:%M}" if post.published else "没有时间        "
        title = post.title if len(post.title) <= _TITLE_WIDTH else f"{post.title[:_TITLE_WIDTH]}…"
        yield f"    {when}  {title}  {len(post.text)} 字"
    for problem in one.problems:
        word = "提示" if problem.excused else "未完成"
        yield f"  {word}：{problem.within(one.account.archive)}"


def _formats(files: Sequence[Opened]) -> Iterator[str]:
    """One line a format; the columns of each table, since each may have others."""
    groups: dict[tuple[str, str], list[Opened]] = {}
    for file in files:
        if file.format:
            groups.setdefault((file.format.TITLE, file.sign), []).append(file)
    for (title, sign), group in groups.items():
        posts = sum(file.posts for file in group)
        yield f"  格式：{title}，{len(group)} 个文件 {posts} 条。凭据：{sign}"
