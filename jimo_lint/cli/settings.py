"""`jimo-lint config`: the settings in force and where each comes from."""

from __future__ import annotations

import re
from dataclasses import fields
from pathlib import Path

import click

from jimo_lint.cli import options
from jimo_lint.lint.standards import load_profile
from jimo_lint.privacy import mask_text
from jimo_lint.settings import duties
from jimo_lint.settings.config import Config
from jimo_lint.settings.sections import Attachments, Crawl, Links, Site

_PASSWORD = re.compile(r"//[^/]*@")


@click.command()
@options.config_option
def config(config_path: Path | None) -> None:
    """显示正在生效的设置，以及每一项来自配置文件还是默认值。"""
    settings = options.load_config(config_path, needed=False)
    click.echo(f"配置文件：{settings.path or '无（全部用默认值）'}")
    click.echo(f"数据存放：{settings.store_path}")
    _section("site", settings.site, Site())
    _section("crawl", settings.crawl, Crawl())
    _section("links", settings.links, Links(settings.crawl.delay, settings.crawl.concurrency))
    _section("attachments", settings.attachments, Attachments())
    profile = load_profile(settings.site.profile, settings.folder)
    click.echo(f"[检查标准] {profile.title}")
    for kind, threshold in profile.columns.items():
        limit = threshold.max_age or "无更新时限"
        click.echo(f"  {kind.label}（{kind.value}）：{limit}    {threshold.basis}")
    click.echo(f"  政务新媒体：{profile.account.max_age}    {profile.account.basis}")
    _inspected(settings)
    click.echo(f"[rules] select = {list(settings.select)}  ignore = {list(settings.ignore)}")
    click.echo(f"  allow = {list(settings.allow)}")
    click.echo(f"  lists = {[str(path) for path in settings.lists]}")
    click.echo(f"  leaders = {str(settings.leaders) if settings.leaders else '无'}")
    click.echo(f"[calendar] holidays = {list(map(str, settings.holidays))}")
    click.echo(f"  workdays = {list(map(str, settings.workdays))}")
    _planned(settings)
    if settings.notify:
        # The values stay in the environment: an address holds the key of the group.
        secret = settings.notify.secret_env or "无"
        click.echo(
            f"[notify] {settings.notify.robot.value}  地址在环境变量 {settings.notify.url_env}，加签密钥 {secret}"
        )
    click.echo(f"[pair] {len(settings.pairs)} 对")
    for pair in settings.pairs:
        click.echo(f"  {pair.term} → {pair.suggestions[0]}")


def _section(name: str, value: object, default: object) -> None:
    click.echo(f"[{name}]")
    for one in fields(value):  # type: ignore[arg-type]
        mine, theirs = getattr(value, one.name), getattr(default, one.name)
        shown = list(mine) if isinstance(mine, tuple) else mine
        if one.name == "proxy":
            shown = _PASSWORD.sub("//***@", mine)
        click.echo(f"  {one.name} = {shown!r}    {'默认' if mine == theirs else '配置文件'}")


def _inspected(settings: Config) -> None:
    click.echo(f"[column] {len(settings.columns)} 个栏目")
    for column in settings.columns:
        limit = "不判更新" if column.exempt else column.max_age or "按检查标准"
        click.echo(f"  {column.name}（{column.kind.label}）{column.url}    时限：{limit}")
    click.echo(f"[account] {len(settings.accounts)} 个账号")
    for account in settings.accounts:
        limit = "不判更新" if account.exempt else account.max_age or "按检查标准"
        click.echo(
            f"  {account.name}（{account.platform.label}）{mask_text(account.archive) or '没有档案'}    时限：{limit}"
        )


def _planned(settings: Config) -> None:
    planned = duties.in_force(settings.plan)
    click.echo(f"[plan] {len(planned.duties)} 项职责")
    for duty in planned.duties:
        often = "每周一次" if duty.weekly else f"一年 {duty.times} 次" if duty.times else "没有这一项"
        by = f"，{duty.by[0]} 月 {duty.by[1]} 日前" if duty.by and duty.times else ""
        click.echo(f"  {duty.name}（{duty.key}）：{often}{by}    {duty.basis}")
    click.echo(f"  人工登记 {sum(len(record.days) for record in planned.records)} 次")
