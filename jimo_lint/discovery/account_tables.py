"""Writes a register of accounts as the `[[account]]` tables of a `jimo-lint.toml`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from jimo_lint.discovery.draft import remark
from jimo_lint.discovery.intake import max_age
from jimo_lint.discovery.merge import Additions
from jimo_lint.domains import netloc
from jimo_lint.model import Account, Platform
from jimo_lint.privacy import mask_text, mask_url
from jimo_lint.readers.registers.account_register import Entry, Register
from jimo_lint.settings.config import Config
from jimo_lint.settings.toml import quoted


@dataclass(frozen=True, slots=True)
class Intake:
    """The configuration as text; accounts: how many it holds; bare: how many are run and have no archive yet.

    additions, told: as of `discovery.intake.Intake`.
    """

    text: str
    accounts: int
    bare: int
    additions: Mapping[int, Mapping[str, str]] = field(default_factory=dict)
    told: tuple[str, ...] = ()


def convert(register: Register, source: str, config: Config | None = None) -> Intake:
    """The tables, with what the configuration has no key for as a comment.

    source: what the register is called. config: the one that they are added to; the accounts that it has get what it
    does not say of them.
    """
    present = config.accounts if config else ()
    additions = Additions(config, "account") if config else None
    entries = []
    bare = 0
    for entry in register.entries:
        index = _find(entry, present)
        held = entry.archive if index is None else entry.archive or present[index].archive
        bare += not (held or entry.is_closed)
        if index is None or additions is None:
            entries.append(entry)
        else:
            additions.note(index, _said(entry, present[index]))
    left = len(register.entries) - len(entries)
    lines = [
        remark(f"由 {source} 导入，共 {len(entries)} 个账号{f'，另有 {left} 个已在配置里' if left else ''}。"),
        "# 请给每个账号写上 archive：导出的表格、存网页的文件夹或订阅地址；几个账号可以共用一份台账。",
        "# 登记表里的档案照抄，相对的路径从本文件所在的文件夹算起。写好之后看读得对不对：jimo-lint accounts test",
    ]
    for entry in entries:
        lines += ["", *_lines(entry)]
    text = "\n".join([*lines, ""])
    if additions is None:
        return Intake(text, len(entries), bare)
    told = tuple(additions.told([account.name for account in present]))
    return Intake(text, len(entries), bare, additions.wanted, told)


def _find(entry: Entry, present: Sequence[Account]) -> int | None:
    """The number of the account that is meant; without a platform the one of its name, if there is but one."""
    named = [index for index, one in enumerate(present) if one.name == entry.name]
    same = [index for index in named if present[index].platform is entry.platform]
    if same:
        return same[0]
    unsaid = entry.platform is Platform.OTHER and not entry.written
    return named[0] if unsaid and len(named) == 1 else None


def _said(entry: Entry, account: Account) -> dict[str, str | bool | date | None]:
    """What an entry says of an account, by the keys of the configuration."""
    limit = max_age(entry.cycle)
    if entry.is_closed and not entry.closed:
        limit = "" if account.closed else "never"
    return {
        "owner": entry.owner,
        "archive": entry.archive if _usable(entry.archive) else "",
        "closed": entry.closed,
        "max_age": "" if entry.closed else limit,
    }


def _lines(entry: Entry) -> Iterator[str]:
    known = (("账号ID", entry.number), ("主页", entry.url), ("备案", entry.filing), ("状态", entry.state))
    if told := "；".join(f"{label} {value}" for label, value in known if value):
        yield remark(mask_text(told))
    if entry.platform is Platform.OTHER:
        yield remark(f"登记的平台：{entry.written or '没有写'}，没有对应的 platform，请核对")
    yield "[[account]]"
    yield f"name = {quoted(entry.name)}"
    yield f"platform = {quoted(entry.platform.value)}"
    if entry.owner:
        yield f"owner = {quoted(entry.owner)}"
    if entry.closed:
        yield f"closed = {entry.closed.isoformat()}"
    elif entry.is_closed:
        yield 'max_age = "never"  # 已关停，登记里没有日期；知道日期请改写 closed = 年-月-日'
    elif limit := max_age(entry.cycle):
        yield f"max_age = {quoted(limit)}"
    elif entry.cycle:
        yield remark(f"max_age = …  表里写的是“{mask_text(entry.cycle)}”，换算不出更新时限，按检查标准")
    if entry.archive and _usable(entry.archive):
        yield f"archive = {quoted(entry.archive)}"
        return
    if entry.archive:
        yield remark(f"登记的档案：{mask_text(entry.archive)}，不能照用，请改写成文件、文件夹或订阅地址")
    if not entry.is_closed:
        yield '# archive = "…"'


def _usable(archive: str) -> bool:
    """True for a path, or an address that may be asked for."""
    if mask_url(archive) != archive or mask_text(archive) != archive:
        return False
    return "://" not in archive or (archive.startswith(("http://", "https://")) and bool(netloc(archive)))
