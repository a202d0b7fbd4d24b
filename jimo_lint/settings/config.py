"""Reads `jimo-lint.toml`: the nearest one wins, unknown keys are errors with a suggestion."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable, Mapping
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin

from jimo_lint.model import ColumnKind, Platform, TermEntry
from jimo_lint.privacy import mask_text
from jimo_lint.settings import sections, toml
from jimo_lint.settings.paths import PathRules, files_of, listed, read_paths
from jimo_lint.settings.sections import Attachments, Crawl, Links, Notify, Requests, Site, address
from jimo_lint.values import dataclass, field, replace

if TYPE_CHECKING:
    from jimo_lint.model import Account, Column
    from jimo_lint.settings.duties import Planned
    from jimo_lint.settings.publishing import Interaction, Timeliness

FILE_NAME = "jimo-lint.toml"
# A term of one character would be reported everywhere.
SHORTEST_TERM = 2


@dataclass(frozen=True, slots=True)
class Config:
    """All settings of one `jimo-lint.toml`. path: the file, None where there is none; files: with what it extends.

    folder: what its paths start from. origins: of what was written, as `rules.select`, the file. select, extend,
    ignore: rules, as `ruleset.select` takes them. folders: of the office's own rules. paths: what holds for some files
    only. allow: texts in which nothing is reported about wording. lists: files with
    the user's own terms, leaders: the dated list of leaders; both absolute. pairs: the `[[pair]]` tables, with their
    number as `line`. notify: None where nobody is told. holidays, workdays: the office's own. plan, requests: as
    `[plan]` and `[requests]` have it. timeliness, interaction: None where nothing is written. catalogue: the list of
    what the office has to disclose.
    """

    path: Path | None = None
    folder: Path = field(default_factory=Path.cwd)
    site: Site = field(default_factory=Site)
    crawl: Crawl = field(default_factory=Crawl)
    links: Links = field(default_factory=Links)
    attachments: Attachments = field(default_factory=Attachments)
    columns: tuple[Column, ...] = ()
    accounts: tuple[Account, ...] = ()
    select: tuple[str, ...] = ()
    extend: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    folders: tuple[Path, ...] = ()
    paths: tuple[PathRules, ...] = ()
    allow: tuple[str, ...] = ()
    lists: tuple[Path, ...] = ()
    leaders: Path | None = None
    pairs: tuple[TermEntry, ...] = ()
    notify: Notify | None = None
    holidays: tuple[date, ...] = ()
    workdays: tuple[date, ...] = ()
    plan: Planned | None = None
    timeliness: Timeliness | None = None
    interaction: Interaction | None = None
    catalogue: Path | None = None
    requests: Requests | None = None
    files: tuple[Path, ...] = ()
    origins: Mapping[str, str] = field(default_factory=dict)

    @property
    def store_path(self) -> Path:
        """Where pages, links and runs are kept."""
        return self.folder / ".jimo-lint" / "store.sqlite3"

    @property
    def own_files(self) -> frozenset[Path]:
        """The files and folders that settings are kept in: no drafts, wherever they lie."""
        lists = (*self.lists, *(one for path in self.paths for one in path.lists))
        forward = self.timeliness.forward if self.timeliness else None
        own = [path for path in (self.leaders, self.catalogue, forward) if path]
        own += [path for path in (self.requests.ledger, self.requests.templates) if path] if self.requests else []
        named = (*self.files, *lists, *self.folders, *own)
        return frozenset(one.resolve() for one in named)

    @property
    def read_files(self) -> frozenset[Path]:
        """The files and folders that a run may read: nothing that it writes takes their place."""
        read = [self.links.ca_bundle, *(Path(one.archive) for one in self.accounts if "://" not in one.archive)]
        read += [self.requests.answers, self.requests.report] if self.requests else []
        # Path("") is the folder one works in: an account without an archive.
        named = (one for one in read if one and one != Path())
        return self.own_files | frozenset(one.resolve() for one in (*named, self.store_path.parent))

    @property
    def visits_path(self) -> Path:
        """Where the timed visits of `jimo-lint probe` are kept."""
        return self.folder / ".jimo-lint" / "visits.jsonl"

    @property
    def notices_path(self) -> Path:
        """Where it is kept what `jimo-lint watch` has told the group robot."""
        return self.folder / ".jimo-lint" / "notices.jsonl"

    @property
    def untold_path(self) -> Path:
        """Where `jimo-lint watch` keeps what a round has stored and not told yet."""
        return self.folder / ".jimo-lint" / "untold.json"


def _plan(table: toml.Table) -> Planned:
    from jimo_lint.settings import duties  # of no use to a check

    return duties.read(table)


def _publishing(table: toml.Table, accounts: Iterable[Account]) -> dict[str, Any]:
    """`[timeliness]`, `[interaction]` and `[catalogue]`, as far as they are written."""
    written = {key: table.table(key) for key in ("timeliness", "interaction", "catalogue")}
    read: dict[str, Any] = {}
    if any(one.data() for one in written.values()):
        from jimo_lint.settings import publishing  # of no use to a check

        if written["timeliness"].data():
            read["timeliness"] = publishing.read_timeliness(written["timeliness"], [one.name for one in accounts])
        if written["interaction"].data():
            read["interaction"] = publishing.read_interaction(written["interaction"])
        if written["catalogue"].data():
            read["catalogue"] = publishing.read_catalogue(written["catalogue"])
    return read


def find(start: Path) -> Path | None:
    """The nearest `jimo-lint.toml` in `start` or a folder above it, also one that is no file: to read it tells so.

    A folder or a broken link of this name is meant as settings; without them another check would be done.
    """
    places = (folder / FILE_NAME for folder in (start, *start.parents))
    return next((place for place in places if os.path.lexists(place)), None)


def load(path: Path | None) -> Config:
    """Read a configuration; None gives the defaults. ConfigError names file, key and remedy."""
    if path is None:
        return Config()
    from jimo_lint.settings import extending  # of no use where there is no file

    table, files = extending.load(path)
    site = sections.read_site(table.table("site"), str(path))
    crawl = sections.read_crawl(table.table("crawl"))
    notify, plan, requests = table.table("notify"), table.table("plan"), table.table("requests")
    accounts = tuple(_account(row) for row in table.tables("account"))
    config = Config(
        path=path,
        folder=path.resolve().parent,
        site=site,
        crawl=crawl,
        links=sections.read_links(table.table("links"), crawl),
        attachments=sections.read_attachments(table.table("attachments")),
        columns=_told_apart(_column(row, site) for row in table.tables("column")),
        accounts=accounts,
        pairs=tuple(_pair(row, number) for number, row in enumerate(table.tables("pair"), 1)),
        notify=sections.read_notify(notify) if "notify" in table else None,
        plan=_plan(plan) if "plan" in table else None,
        requests=sections.read_requests(requests) if "requests" in table else None,
        paths=read_paths(table.tables("path")),
        files=files,
        origins=table.origins(),
        **_publishing(table, accounts),
        **_calendar(table.table("calendar")),
        **_rules(table.table("rules")),
    )
    table.finish()
    _distinct(config, table)
    return config


def _column(table: toml.Table, site: Site) -> Column:
    from jimo_lint.model import Column  # of no use to a check of drafts, nor are accounts

    name = _name(table)
    written = table.text("url")
    if "://" not in written:
        if not site.start:
            raise table.fail("url", f"= “{written}” 不完整", "请写完整网址，或在 [site] 里写 start")
        with suppress(ValueError):  # what cannot be joined is no address either
            written = urljoin(site.start[0], written)
    url = address(table, "url", written)
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


def _account(table: toml.Table) -> Account:
    from jimo_lint.model import Account

    name = _name(table)
    platform = table.choice("platform", Platform)
    archive = _archive(table)
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


def _archive(table: toml.Table) -> str:
    written = table.text("archive", "")
    if "://" in written:
        return address(table, "archive", written)
    return written and str(table.joined("archive", written, "请写文件、文件夹或订阅地址"))


def _rules(table: toml.Table) -> dict[str, Any]:
    rules = {
        "select": table.rules("select"),
        "extend": table.rules("extend_select"),
        "ignore": table.rules("ignore"),
        "allow": listed(table, "allow"),
        "lists": files_of(table, "lists"),
        "folders": files_of(table, "folders"),
        "leaders": table.path("leaders"),
    }
    table.finish()
    return rules


def _calendar(table: toml.Table) -> dict[str, Any]:
    days = {"holidays": table.days("holidays"), "workdays": table.days("workdays")}
    if both := {*days["holidays"]} & {*days["workdays"]}:
        raise table.fail("workdays", f"里的 {min(both)} 也在 holidays 里", "请删去其中一个")
    table.finish()
    return days


def _pair(table: toml.Table, number: int) -> TermEntry:
    wrong = table.text("wrong").strip()
    rights = tuple(filter(None, map(str.strip, table.text("right").replace("｜", "|").split("|"))))  # as in lists
    unless_in = table.texts("unless_in", ())
    table.finish()
    if len(wrong) < SHORTEST_TERM:
        raise table.fail("wrong", f"= “{wrong}” 太短", f"至少写 {SHORTEST_TERM} 个字，否则处处会报")
    if not rights:
        raise table.fail("right", "是空的", "请写正确的说法；没有固定改法的词请写进 [rules] lists 所列的词表")
    if wrong in rights:
        raise table.fail("right", f"与 wrong 相同（{wrong}）", "请改正其中之一")
    for context in unless_in:
        if wrong not in context or wrong == context:
            raise table.fail("unless_in", f"里的“{context}”应比 wrong 长并含有“{wrong}”", "请写出整个正确的词语")
    # What it proposes itself is right, as in lists: it would be put right again and again.
    return TermEntry(wrong, rights, unless_in=(*unless_in, *(one for one in rights if wrong in one)), line=number)


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
