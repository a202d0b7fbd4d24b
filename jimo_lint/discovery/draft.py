"""Writes what was found as a `jimo-lint.toml`, with the evidence of each column as a comment above it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import groupby
from urllib.parse import urlsplit

from jimo_lint.discovery.survey import Found, Survey
from jimo_lint.language.printing import printable
from jimo_lint.model import Column, ColumnKind, Obstacle, Paging
from jimo_lint.network.address import normalise
from jimo_lint.settings.config import Config
from jimo_lint.settings.toml import quoted

_MOST_NOTES = 50  # lines of a list in comments; what is more nobody reads


def remark(text: str) -> str:
    """A text as one comment line, which nothing in it can end."""
    return f"# {' '.join(printable(text).split())}"


def column_lines(column: Column, address: str) -> Iterator[str]:
    """One `[[column]]` table; what is as by default is left out."""
    yield "[[column]]"
    yield f"name = {quoted(column.name)}"
    yield f"url = {quoted(address)}"
    yield f"kind = {quoted(column.kind.value)}"
    if column.key:
        yield "key = true"
    if column.owner:
        yield f"owner = {quoted(column.owner)}"


def write(survey: Survey, config: Config, as_of: date) -> str:
    """The whole file. config: the one that the site was crawled with; its start address becomes `start`."""
    return "\n".join([*_head(survey, config, as_of), *_columns(survey, config), *_notes(survey), ""])


def _head(survey: Survey, config: Config, as_of: date) -> Iterator[str]:
    yield remark(f"jimo-lint init 于 {as_of} 从 {config.site.start[0]} 读出，共 {len(survey.columns)} 个栏目。")
    yield "# 请逐条核对名称和类别（kind 决定更新时限），删去不归本单位管的，再运行：jimo-lint inspect columns"
    yield "# 先看每个栏目读得对不对：jimo-lint columns test 栏目名称"
    yield ""
    yield "[site]"
    yield f"name = {quoted(survey.name or config.site.hosts[0])}" + ("" if survey.name else "  # 页面上没有写，请改正")
    yield f"start = [{quoted(config.site.start[0])}]"
    yield from _id_code(survey)
    yield 'profile = "national"'
    if survey.organiser:
        yield remark(f"页脚写的主办单位：{survey.organiser}")
    if survey.hosts:
        yield "# 页面里还链接了同一域名下的这些主机，没有读。若也归本单位管，请连同本站主机写进 hosts："
        for host, pages in survey.hosts[:_MOST_NOTES]:
            yield remark(f"  {host}（{pages} 页有链接）")
    crawl = config.crawl
    if crawl.allow_private:
        yield ""
        yield "[crawl]"
        yield "allow_private = true  # 本机或内网的网站"
    yield ""
    yield '# extend = "../base.toml"  # 要沿用上级的一份，写在文件开头；[rules]、[[path]] 见 docs/settings.md'
    yield "# [attachments]"
    yield '# read = "none"  # 附件默认都读（docs/access.md）；不读写 none，放在别的域名的主机写进 hosts'


def _id_code(survey: Survey) -> Iterator[str]:
    if not survey.id_codes:
        yield '# id_code = "…"  # 读过的页面里没有看到网站标识码，请补上'
        return
    yield f"id_code = {quoted(survey.id_codes[0])}" + (
        f"  # 另有页面写作 {'、'.join(survey.id_codes[1:4])}，请核对" if survey.id_codes[1:] else ""
    )


def _columns(survey: Survey, config: Config) -> Iterator[str]:
    """Grouped by the topmost column above, in the order in which the site's menus lead to them."""
    order: dict[str, int] = {}
    written: set[tuple[str, ...]] = set()
    for found in survey.columns:
        order.setdefault(_section(found), len(order))
    for section, columns in groupby(sorted(survey.columns, key=lambda one: order[_section(one)]), key=_section):
        yield ""
        yield remark(f"════ {section} ════")
        for found in columns:
            yield ""
            yield remark("，".join(_evidence(found)))
            path = (found.office, *found.above, found.column.name)
            if path in written:
                yield "# 上面已有同名的；若是手机版（/m/、wap 等）的同一个栏目，请删去一个"
            written.add(path)
            if found.reading.paging is Paging.GKMLPT and "#" not in found.column.url:
                yield "# 这是开普信息公开平台的入口，分类由脚本列出：请在浏览器里点开各分类，"
                yield "# 照地址栏写网址（# 后是分类的编号），一个分类写一个 [[column]]"
            yield from column_lines(found.column, _address(found.column.url, config))
            if found.office:
                yield remark(f"owner = {quoted(found.office)}  # 页面的 SiteName 这样写")
            if found.column.kind in (ColumnKind.NEWS, ColumnKind.NOTICE, ColumnKind.POLICY):
                yield "# key = true  # 若是重点栏目"


def _section(found: Found) -> str:
    return found.office or (found.above[0] if found.above else "一级栏目")


def _evidence(found: Found) -> Iterator[str]:
    reading = found.reading
    if found.above:
        yield f"{' > '.join([*found.above, found.column.name])}"
    if reading.obstacle is Obstacle.SCRIPT:
        yield "列表由脚本生成，没有读到条目"
        return
    if not reading.items:
        yield "没有读到一条信息，可能是空白栏目，请核对"
        return
    if normalise(found.column.url) in found.rows:
        yield "单篇页面" + (f"，{reading.newest}" if reading.newest else "")
        return
    yield f"{'第 1 页 ' if reading.known_pages > 1 or not reading.complete else ''}{reading.items} 条"
    yield f"最近 {reading.newest}" if reading.newest else "没有日期"
    if reading.paging is not Paging.SINGLE:
        yield reading.paging.label + (f"，共 {reading.known_pages} 页" if reading.known_pages > 1 else "")


def _address(url: str, config: Config) -> str:
    """The path alone where the column is on the host of the start address, as `[[column]]` allows."""
    start = urlsplit(config.site.start[0])
    parts = urlsplit(url)
    if parts[:2] == start[:2] and not parts.path.startswith("//"):
        return parts._replace(scheme="", netloc="").geturl() or "/"
    return url


def _notes(survey: Survey) -> Iterator[str]:
    yield from _listed(
        "菜单里有、但没有读到的入口（没有写成栏目，请在浏览器里核对）：",
        [f"{name}  {url}  {why}" for name, url, why in survey.unread],
    )
    yield from _listed("菜单里的单篇页面（没有列表，没有写成栏目）：", [f"{name}  {url}" for name, url in survey.pages])
    yield from _listed(
        "菜单里通到登录、检索、其他语言的入口（没有打开，没有写成栏目）：",
        [f"{name}  {url}" for name, url in survey.services],
    )
    yield from _listed(
        "列表里的筛选（按地区、年份、主题、部门等，没有写成栏目）：",
        [f"{name}  {url}  见 {whole}" for name, url, whole in survey.filters],
    )
    yield from _listed(
        "与上面的栏目是同一个的入口（只写一次）：", [f"{name}  {url}  同 {kept}" for name, url, kept in survey.twins]
    )


def _listed(title: str, lines: Iterable[str]) -> Iterator[str]:
    lines = list(lines)
    if lines:
        yield ""
        yield remark(title)
        yield from (remark(f"  {line}") for line in lines[:_MOST_NOTES])
        if len(lines) > _MOST_NOTES:
            yield remark(f"  ……共 {len(lines)} 个")
