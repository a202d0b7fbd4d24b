"""Reads `jimo-lint.toml`: the nearest one wins, unknown keys are errors with a suggestion."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin, urlsplit

from jimo_lint.domains import encoded
from jimo_lint.errors import ConfigError, cause
from jimo_lint.model import Account, Column, ColumnKind, Platform, TermEntry
from jimo_lint.privacy import mask_text, mask_url
from jimo_lint.settings import toml

if TYPE_CHECKING:
    from jimo_lint.settings.duties import Planned

FILE_NAME = "jimo-lint.toml"
# A term of one character would be reported everywhere.
SHORTEST_TERM = 2

_NO_HOST = re.compile(r"[\s\x00-\x1f\x7f\\<>\"{}|^`]")
_VARIABLE = re.compile(r"[A-Za-z_][A-Za-z0-9_]{0,99}", re.ASCII)
# The one platform whose columns differ by what stands behind # alone.
_CATALOGUE = re.compile(r"/gkmlpt/m?index/?$")
# 10 digits (6 of the division, 4 of the site), or bm and 8 digits for ministries: 47号 and monitoring products.
ID_CODE = re.compile(r"\d{10}|bm\d{8}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Site:
    """The site to inspect. start: absolute URLs; hosts: lower case, without port unless written with one."""

    name: str = ""
    start: tuple[str, ...] = ()
    hosts: tuple[str, ...] = ()
    id_code: str = ""
    profile: str = "national"


@dataclass(frozen=True, slots=True)
class Crawl:
    """Politeness and bounds. delay: seconds between requests to a host; timeout: seconds."""

    delay: float = 0.5
    concurrency: int = 2
    max_pages: int = 20000
    max_depth: int = 12
    timeout: float = 15.0
    obey_robots: bool = True
    allow_private: bool = False


class Robot(StrEnum):
    """Who takes the summary: a group robot of one of three programs, or any address that takes JSON."""

    WECOM = "wecom"
    DINGTALK = "dingtalk"
    FEISHU = "feishu"
    JSON = "json"


@dataclass(frozen=True, slots=True)
class Notify:
    """Where `--notify` sends the summary. url_env, secret_env: names of environment variables; "" for no secret."""

    robot: Robot = Robot.JSON
    url_env: str = "JIMO_LINT_WEBHOOK"
    secret_env: str = ""


@dataclass(frozen=True, slots=True)
class Links:
    """How links are asked. delay, concurrency: as in `Crawl`, whose values they take where they are not written.

    confirm: independent runs that must fail before a link is dead without its server having said so. proxy: address
    of an HTTP proxy, "" for that of the environment. ca_bundle: file of further certificate authorities.
    """

    delay: float = 0.5
    concurrency: int = 2
    confirm: int = 3
    proxy: str = ""
    ca_bundle: Path | None = None


@dataclass(frozen=True, slots=True)
class Config:
    """All settings of one `jimo-lint.toml`. path: the file, None where there is none.

    folder: what its paths start from. allow: texts in which nothing is reported about wording. lists: files with
    the user's own terms, leaders: the dated list of leaders; both absolute. pairs: the `[[pair]]` tables, with their
    number as `line`. notify: None where nobody is told. holidays, workdays: the office's own. plan: as `[plan]` has it.
    """

    path: Path | None = None
    folder: Path = field(default_factory=Path.cwd)
    site: Site = field(default_factory=Site)
    crawl: Crawl = field(default_factory=Crawl)
    links: Links = field(default_factory=Links)
    columns: tuple[Column, ...] = ()
    accounts: tuple[Account, ...] = ()
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    allow: tuple[str, ...] = ()
    lists: tuple[Path, ...] = ()
    leaders: Path | None = None
    pairs: tuple[TermEntry, ...] = ()
    notify: Notify | None = None
    holidays: tuple[date, ...] = ()
    workdays: tuple[date, ...] = ()
    plan: Planned | None = None

    @property
    def store_path(self) -> Path:
        """Where pages, links and runs are kept."""
        return self.folder / ".jimo-lint" / "store.sqlite3"

    @property
    def visits_path(self) -> Path:
        """Where the timed visits of `jimo-lint probe` are kept."""
        return self.folder / ".jimo-lint" / "visits.jsonl"


def _plan(table: toml.Table) -> Planned:
    from jimo_lint.settings import duties  # of no use to a check

    return duties.read(table)


def find(start: Path) -> Path | None:
    """The nearest `jimo-lint.toml` in `start` or a folder above it."""
    places = (folder / FILE_NAME for folder in (start, *start.parents))
    return next((place for place in places if place.is_file()), None)


def load(path: Path | None) -> Config:
    """Read a configuration; None gives the defaults. ConfigError names file, key and remedy."""
    if path is None:
        return Config()
    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise ConfigError(str(path), "没有这个文件", "请检查 --config 的路径") from None
    except UnicodeDecodeError:
        raise ConfigError(str(path), "不是 UTF-8 编码", "请用 UTF-8 另存") from None
    except OSError as fault:
        raise ConfigError(str(path), f"读不出（{cause(fault)}）", "请检查文件权限") from None
    table = toml.parse(text, str(path), ConfigError)
    site = _site(table.table("site"))
    crawl = _crawl(table.table("crawl"))
    notify, plan = table.table("notify"), table.table("plan")
    config = Config(
        path=path,
        folder=path.resolve().parent,
        site=site,
        crawl=crawl,
        links=_links(table.table("links"), crawl, path.resolve().parent),
        columns=_told_apart(_column(row, site) for row in table.tables("column")),
        accounts=tuple(_account(row, path.resolve().parent) for row in table.tables("account")),
        pairs=tuple(_pair(row, number) for number, row in enumerate(table.tables("pair"), 1)),
        notify=_notify(notify) if "notify" in table else None,
        plan=_plan(plan) if "plan" in table else None,
        **_calendar(table.table("calendar")),
        **_rules(table.table("rules"), path.resolve().parent),
    )
    table.finish()
    _distinct(config, table)
    return config


def _site(table: toml.Table) -> Site:
    start = tuple(_address(table, "start", url) for url in table.texts("start", ()))
    hosts = table.texts("hosts", tuple(dict.fromkeys(urlsplit(url).netloc.lower() for url in start)))
    for host in hosts:
        if "/" in host:
            raise table.fail("hosts", f"里的“{host}”不是主机名", '请只写主机名，如 "www.example.gov.cn"')
    id_code = table.text("id_code", "")
    if id_code and not ID_CODE.fullmatch(id_code):
        raise table.fail("id_code", f"= “{id_code}” 不是网站标识码", "应为 10 位数字，或 bm 加 8 位数字")
    site = Site(
        table.text("name", ""),
        start,
        tuple(encoded(host.lower()) for host in hosts),
        id_code,
        table.text("profile", "national"),
    )
    table.finish()
    return site


def _crawl(table: toml.Table) -> Crawl:
    default = Crawl()
    crawl = Crawl(
        delay=table.number("delay", default.delay, low=0, high=60),
        concurrency=table.integer("concurrency", default.concurrency, low=1, high=16),
        max_pages=table.integer("max_pages", default.max_pages, low=1, high=2_000_000),
        max_depth=table.integer("max_depth", default.max_depth, low=1, high=100),
        timeout=table.number("timeout", default.timeout, low=1, high=300),
        obey_robots=table.flag("obey_robots", default.obey_robots),
        allow_private=table.flag("allow_private", default.allow_private),
    )
    table.finish()
    return crawl


def _links(table: toml.Table, crawl: Crawl, folder: Path) -> Links:
    bundle = table.text("ca_bundle", "").strip()
    links = Links(
        delay=table.number("delay", crawl.delay, low=0, high=60),
        concurrency=table.integer("concurrency", crawl.concurrency, low=1, high=16),
        confirm=table.integer("confirm", Links().confirm, low=1, high=10),
        proxy=_proxy(table),
        ca_bundle=(folder / bundle).resolve() if bundle else None,
    )
    if links.ca_bundle and not links.ca_bundle.is_file():
        raise table.fail("ca_bundle", f"= “{bundle}” 没有这个文件", "请写 PEM 证书文件的路径")
    table.finish()
    return links


def _proxy(table: toml.Table) -> str:
    written = table.text("proxy", "").strip()
    try:
        parts = urlsplit(written)
        usable = parts.scheme == "http" and bool(parts.hostname) and parts.port != 0
    except ValueError:
        usable = False
    if written and not usable:
        # The address may hold a password, so it is not repeated here.
        raise table.fail("proxy", "不是 http:// 开头的代理地址", "请写如 http://代理主机:8080 的 HTTP 代理")
    return written


def _column(table: toml.Table, site: Site) -> Column:
    name = _name(table)
    written = table.text("url")
    if "://" not in written:
        if not site.start:
            raise table.fail("url", f"= “{written}” 不完整", "请写完整网址，或在 [site] 里写 start")
        with suppress(ValueError):  # what cannot be joined is no address either
            written = urljoin(site.start[0], written)
    url = _address(table, "url", written)
    max_age, never = table.max_age("max_age")
    column = Column(
        id=url,
        name=name,
        url=url,
        kind=table.choice("kind", ColumnKind, "other"),
        key=table.flag("key", False),
        owner=table.text("owner", ""),
        max_age=max_age,
        exempt=never,
    )
    table.finish()
    return column


def _name(table: toml.Table) -> str:
    """What reports call a column or an account."""
    name = table.filled("name")
    if mask_text(name) != name:
        raise table.fail("name", f"= “{mask_text(name)}” 里有身份证号、手机号等个人信息", "请改用不含个人信息的名称")
    return name


def _told_apart(columns: Iterable[Column]) -> tuple[Column, ...]:
    """Columns with ids of their own; one whose address another has is judged like that one, and reported."""
    met: Counter[str] = Counter()
    apart = []
    for column in columns:
        met[column.url] += 1
        number = met[column.url]
        apart.append(replace(column, id=f"{column.url}#{number}") if number > 1 else column)
    return tuple(apart)


def _account(table: toml.Table, folder: Path) -> Account:
    name = _name(table)
    platform = table.choice("platform", Platform)
    archive = _archive(table, folder)
    max_age, never = table.max_age("max_age")
    account = Account(
        id=f"{platform.value}:{name}",
        name=name,
        platform=platform,
        owner=table.text("owner", ""),
        archive=archive,
        max_age=max_age,
        exempt=never,
        closed=table.day("closed"),
    )
    table.finish()
    return account


def _archive(table: toml.Table, folder: Path) -> str:
    written = table.text("archive", "")
    if "://" in written:
        return _address(table, "archive", written)
    try:
        return written and str((folder / written).resolve())
    except (OSError, RuntimeError, ValueError):  # a circle of links, a NUL
        raise table.fail("archive", f"= “{written}” 不是能用的路径", "请写文件、文件夹或订阅地址") from None


def _rules(table: toml.Table, folder: Path) -> dict[str, Any]:
    allow, lists, leaders = table.texts("allow", ()), table.texts("lists", ()), table.text("leaders", "")
    for key, texts in (("allow", allow), ("lists", lists)):
        if not all(text.strip() for text in texts):
            raise table.fail(key, "里有空的一项", "请删去这一项")
    rules = {
        "select": table.texts("select", ()),
        "ignore": table.texts("ignore", ()),
        "allow": allow,
        "lists": tuple((folder / name).resolve() for name in lists),
        "leaders": (folder / leaders).resolve() if leaders.strip() else None,
    }
    table.finish()
    return rules


def _notify(table: toml.Table) -> Notify:
    default = Notify()
    names = {key: _variable(table, key, getattr(default, key)) for key in ("url_env", "secret_env")}
    notify = Notify(robot=table.choice("robot", Robot), **names)
    table.finish()
    return notify


def _calendar(table: toml.Table) -> dict[str, Any]:
    days = {"holidays": table.days("holidays"), "workdays": table.days("workdays")}
    if both := {*days["holidays"]} & {*days["workdays"]}:
        raise table.fail("workdays", f"里的 {min(both)} 也在 holidays 里", "请删去其中一个")
    table.finish()
    return days


def _variable(table: toml.Table, key: str, default: str) -> str:
    name = table.text(key, default)
    if name and not _VARIABLE.fullmatch(name):
        raise table.fail(
            key, "不是环境变量的名称", f'请把地址和密钥放进环境变量，这里只写名称，如 {key} = "JIMO_LINT_WEBHOOK"'
        )
    return name


def _pair(table: toml.Table, number: int) -> TermEntry:
    wrong, right = table.text("wrong").strip(), table.text("right").strip()
    unless_in = table.texts("unless_in", ())
    table.finish()
    if len(wrong) < SHORTEST_TERM:
        raise table.fail("wrong", f"= “{wrong}” 太短", f"至少写 {SHORTEST_TERM} 个字，否则处处会报")
    if not right:
        raise table.fail("right", "是空的", "请写正确的说法；没有固定改法的词请写进 [rules] lists 所列的词表")
    if wrong == right:
        raise table.fail("right", f"与 wrong 相同（{wrong}）", "请改正其中之一")
    for context in unless_in:
        if wrong not in context or wrong == context:
            raise table.fail("unless_in", f"里的“{context}”应比 wrong 长并含有“{wrong}”", "请写出整个正确的词语")
    return TermEntry(wrong, (right,), unless_in=unless_in, line=number)


def _address(table: toml.Table, key: str, url: str) -> str:
    try:
        parts = urlsplit(url)
        usable = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:  # brackets without an end, a port beyond 65535
        usable = False
    if not usable or _NO_HOST.search(parts.netloc):
        raise table.fail(key, f"= “{url}” 不是网址", "请以 http:// 或 https:// 开头，写完整的主机名和路径")
    if mask_url(url) != url:
        # Asked for, it would stand in the store, in logs and in every report.
        raise table.fail(
            key,
            f"= “{mask_url(url)}” 里有身份证号、手机号等个人信息，不能采集",
            "请改用不含个人信息的地址，并整改这个地址",
        )
    fragment = parts.fragment if _CATALOGUE.search(parts.path) and parts.fragment.isdecimal() else ""
    return parts._replace(netloc=encoded(parts.netloc.lower()), path=parts.path or "/", fragment=fragment).geturl()


def _distinct(config: Config, table: toml.Table) -> None:
    pairs: set[str] = set()
    for pair in config.pairs:
        if pair.term in pairs:
            raise table.fail("pair", f"“{pair.term}”写了两次", "请删去一个")
        pairs.add(pair.term)
    seen: set[str] = set()
    for account in config.accounts:
        if account.id in seen:
            raise table.fail("account", f"“{account.name}”（{account.platform.label}）写了两次", "请删去一个")
        seen.add(account.id)
