"""`jimo-lint config`: the settings in force and where each comes from."""

from __future__ import annotations

import os
import re
from dataclasses import fields, is_dataclass
from enum import StrEnum
from pathlib import Path

import click

from jimo_lint.cli import options
from jimo_lint.lint.standards import load_profile
from jimo_lint.privacy import mask_text
from jimo_lint.settings import duties
from jimo_lint.settings.config import Config

# Sections that are shown before, or in their own words; all others field by field.
_SHOWN_APART = ("site", "crawl", "links", "attachments", "plan", "timeliness", "interaction", "notify")
_PASSWORD = re.compile(r"//[^/]*@")


@click.command()
@options.config_option
def config(config_path: Path | None) -> None:
    """显示正在生效的设置，以及每一项来自哪个配置文件，还是默认值。"""
    settings = options.load_config(config_path, needed=False)
    click.echo(f"配置文件：{settings.path or '无（全部用默认值）'}")
    for base in settings.files[1:]:
        click.echo(f"  沿用：{base}")
    click.echo(f"数据存放：{settings.store_path}")
    origins = _Origins(settings)
    _section("site", settings.site, origins)
    _section("crawl", settings.crawl, origins)
    _section("links", settings.links, origins)
    _section("attachments", settings.attachments, origins)
    profile = load_profile(settings.site.profile, settings.folder)
    click.echo(f"[检查标准] {profile.title}")
    for kind, threshold in profile.columns.items():
        limit = threshold.max_age or "无更新时限"
        click.echo(f"  {kind.label}（{kind.value}）：{limit}    {threshold.basis}")
    click.echo(f"  政务新媒体：{profile.account.max_age}    {profile.account.basis}")
    _inspected(settings)
    click.echo("[rules]")
    for key, value in _rules(settings).items():
        click.echo(f"  {key} = {value}    {origins.of(f'rules.{key}')}")
    click.echo("[calendar]")
    for key, days in (("holidays", settings.holidays), ("workdays", settings.workdays)):
        click.echo(f"  {key} = {list(map(str, days))}    {origins.of(f'calendar.{key}')}")
    click.echo(f"[path] {len(settings.paths)} 项，后面的优先    {origins.of('path')}")
    for path in settings.paths:
        said = {"select": path.select, "extend_select": path.extend, "ignore": path.ignore, "allow": path.allow}
        written = [f"{key} = {list(value)}" for key, value in said.items() if value]
        written += [f"lists = {[str(one) for one in path.lists]}"] if path.lists else []
        written += [f"as = {path.genre}"] if path.genre else []
        click.echo(f"  {list(path.match)}：{'  '.join(written) or '没有写要怎样'}    {path.place}")
    _planned(settings)
    for one in fields(settings):
        value = getattr(settings, one.name)
        if is_dataclass(value) and one.name not in _SHOWN_APART:
            _section(one.name, value, origins)
    if settings.notify:
        # The values stay in the environment: an address holds the key of the group.
        secret = settings.notify.secret_env or "无"
        click.echo(
            f"[notify] {settings.notify.robot.value}  地址在环境变量 {settings.notify.url_env}，加签密钥 {secret}"
        )
    click.echo(f"[pair] {len(settings.pairs)} 对    {origins.of('pair')}")
    for pair in settings.pairs:
        click.echo(f"  {pair.term} → {pair.suggestions[0]}")


class _Origins:
    """Where values are from: the file of the settings, one that it extends, as seen from there, or none."""

    def __init__(self, settings: Config) -> None:
        self._written = settings.origins
        self._path = str(settings.path)
        self._folder = settings.folder

    def of(self, key: str) -> str:
        """The files that wrote the value, or that none did."""
        places = self._written.get(key, "").split("、")
        return "、".join(map(self._shown, places))

    def _shown(self, place: str) -> str:
        if place in ("", self._path):
            return "配置文件" if place else "默认"
        return os.path.relpath(place, self._folder)


def _rules(settings: Config) -> dict[str, object]:
    return {
        "select": list(settings.select),
        "extend_select": list(settings.extend),
        "ignore": list(settings.ignore),
        "folders": [str(path) for path in settings.folders],
        "allow": list(settings.allow),
        "lists": [str(path) for path in settings.lists],
        "leaders": str(settings.leaders) if settings.leaders else "无",
    }


def _section(name: str, value: object, origins: _Origins) -> None:
    click.echo(f"[{name}]")
    for one in fields(value):  # type: ignore[arg-type]
        mine = getattr(value, one.name)
        shown = list(mine) if isinstance(mine, tuple) else str(mine) if isinstance(mine, StrEnum | Path) else mine
        if one.name == "proxy":
            shown = _PASSWORD.sub("//***@", mine)
        click.echo(f"  {one.name} = {shown!r}    {origins.of(f'{name}.{one.name}')}")


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
