"""The sections of `jimo-lint.toml` that say how a site is asked and who is told: their values, and how each is read."""

from __future__ import annotations

import re
from enum import StrEnum
from pathlib import Path
from urllib.parse import urlsplit

from jimo_lint.domains import encoded
from jimo_lint.privacy import mask_url
from jimo_lint.settings import toml
from jimo_lint.values import dataclass

_NO_HOST = r"[\s\x00-\x1f\x7f\\<>\"{}|^`]"
_VARIABLE = r"(?a)[A-Za-z_][A-Za-z0-9_]{0,99}"
# The one platform whose columns differ by what stands behind # alone.
_CATALOGUE = r"/gkmlpt/m?index/?$"
_SUFFIX = r"(?a)\.[a-z0-9]{1,8}"
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

    recheck: days for which a link that was there is taken to be there still; 0 to ask each time. confirm: independent
    runs that must fail before a link is dead without its server having said so. proxy: address
    of an HTTP proxy, "" for that of the environment. ca_bundle: file of further certificate authorities.
    """

    delay: float = 0.5
    concurrency: int = 2
    confirm: int = 3
    recheck: int = 0
    proxy: str = ""
    ca_bundle: Path | None = None


class Reading(StrEnum):
    """Which attachments of a site's pages are read."""

    CHANGED = "changed"
    ALL = "all"
    NONE = "none"

    @property
    def label(self) -> str:
        """As messages say it."""
        return {"changed": "只读新的和改过的", "all": "每次都重新读", "none": "不读"}[self.value]


@dataclass(frozen=True, slots=True)
class Attachments:
    """What of a site's attachments is read. max_size: megabytes of a file, no more than readers take of one at once.

    kinds: suffixes with their dot, none for all that can be read. hosts: where the site's files lie outside of its own
    domain, as of `Site`. pictures: whether those that articles show are read, too.
    """

    read: Reading = Reading.CHANGED
    max_size: float = 50.0
    kinds: tuple[str, ...] = ()
    hosts: tuple[str, ...] = ()
    pictures: bool = False


@dataclass(frozen=True, slots=True)
class Requests:
    """Requests for government information (依申请公开). All absolute, None where not named. ledger: the file; answers:
    the folder of answers; templates: that of the office's own templates of answers, with their versions; report: the
    published annual report; where none is named the site's page is looked for.
    """

    ledger: Path | None = None
    answers: Path | None = None
    templates: Path | None = None
    report: Path | None = None


def read_site(table: toml.Table, file: str) -> Site:
    """`[site]` of the settings in `file`, or in one that it extends. ConfigError."""
    start = tuple(address(table, "start", url) for url in table.texts("start", ()))
    hosts = table.texts("hosts", tuple(dict.fromkeys(urlsplit(url).netloc.lower() for url in start)))
    id_code = table.text("id_code", "")
    if id_code and not ID_CODE.fullmatch(id_code):
        raise table.fail("id_code", f"= “{id_code}” 不是网站标识码", "应为 10 位数字，或 bm 加 8 位数字")
    site = Site(
        table.text("name", ""),
        start,
        _hosts(table, hosts),
        id_code,
        _profile(table, file),
    )
    table.finish()
    return site


def _profile(table: toml.Table, file: str) -> str:
    """A name, or a path, which starts from the folder of `file` unless it is absolute."""
    written = table.text("profile", "national")
    inherited = written.endswith(".toml") and table.origin("profile") != file
    return str(table.folder("profile") / written) if inherited else written


def read_crawl(table: toml.Table) -> Crawl:
    """`[crawl]`. ConfigError."""
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


def read_links(table: toml.Table, crawl: Crawl) -> Links:
    """`[links]`, whose pace is that of the crawl where it names none. ConfigError."""
    links = Links(
        delay=table.number("delay", crawl.delay, low=0, high=60),
        concurrency=table.integer("concurrency", crawl.concurrency, low=1, high=16),
        confirm=table.integer("confirm", Links().confirm, low=1, high=10),
        recheck=table.integer("recheck", Links().recheck, low=0, high=365),
        proxy=_proxy(table),
        ca_bundle=table.path("ca_bundle"),
    )
    if links.ca_bundle and not links.ca_bundle.is_file():
        raise table.fail("ca_bundle", f"= “{table.text('ca_bundle').strip()}” 没有这个文件", "请写 PEM 证书文件的路径")
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


def read_attachments(table: toml.Table) -> Attachments:
    """`[attachments]`. ConfigError."""
    default = Attachments()
    attachments = Attachments(
        read=table.choice("read", Reading, default.read.value),
        max_size=table.number("max_size", default.max_size, low=0.1, high=500),
        kinds=tuple(dict.fromkeys(_kind(table, kind) for kind in table.texts("kinds", ()))),
        hosts=_hosts(table, table.texts("hosts", ())),
        pictures=table.flag("pictures", default.pictures),
    )
    table.finish()
    return attachments


def read_requests(table: toml.Table) -> Requests:
    """`[requests]`. ConfigError."""
    requests = Requests(
        ledger=table.path("ledger"),
        answers=table.path("answers"),
        templates=table.path("templates"),
        report=table.path("report"),
    )
    table.finish()
    return requests


def _kind(table: toml.Table, written: str) -> str:
    kind = f".{written.strip().lower().removeprefix('.')}"
    if not re.fullmatch(_SUFFIX, kind):
        raise table.fail("kinds", f"里的“{written}”不是文件后缀", '请只写后缀，如 kinds = [".pdf", ".xlsx"]')
    return kind


def _hosts(table: toml.Table, hosts: tuple[str, ...]) -> tuple[str, ...]:
    for host in hosts:
        if "/" in host or not host.strip():
            raise table.fail("hosts", f"里的“{host}”不是主机名", '请只写主机名，如 "www.example.gov.cn"')
    return tuple(encoded(host.strip().lower()) for host in hosts)


def read_notify(table: toml.Table) -> Notify:
    """`[notify]`. ConfigError."""
    default = Notify()
    names = {key: _variable(table, key, getattr(default, key)) for key in ("url_env", "secret_env")}
    notify = Notify(robot=table.choice("robot", Robot), **names)
    table.finish()
    return notify


def _variable(table: toml.Table, key: str, default: str) -> str:
    name = table.text(key, default)
    if name and not re.fullmatch(_VARIABLE, name):
        raise table.fail(
            key, "不是环境变量的名称", f'请把地址和密钥放进环境变量，这里只写名称，如 {key} = "JIMO_LINT_WEBHOOK"'
        )
    return name


def address(table: toml.Table, key: str, url: str) -> str:
    """An address as it is sent. ConfigError where it is none, or holds personal data."""
    try:
        parts = urlsplit(url)
        usable = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:  # brackets without an end, a port beyond 65535
        usable = False
    if not usable or re.search(_NO_HOST, parts.netloc):
        raise table.fail(key, f"= “{url}” 不是网址", "请以 http:// 或 https:// 开头，写完整的主机名和路径")
    if mask_url(url) != url:
        # Asked for, it would stand in the store, in logs and in every report.
        raise table.fail(
            key,
            f"= “{mask_url(url)}” 里有身份证号、手机号等个人信息，不能采集",
            "请改用不含个人信息的地址，并整改这个地址",
        )
    fragment = parts.fragment if re.search(_CATALOGUE, parts.path) and parts.fragment.isdecimal() else ""
    return parts._replace(netloc=encoded(parts.netloc.lower()), path=parts.path or "/", fragment=fragment).geturl()
