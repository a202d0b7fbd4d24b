"""Writes a register of accounts as the `[[account]]` tables of a `jimo-lint.toml`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from jimo_lint.discovery.draft import remark
from jimo_lint.domains import netloc
from jimo_lint.model import Account, Platform
from jimo_lint.privacy import mask_text, mask_url
from jimo_lint.readers.registers.account_register import Entry, Register
from jimo_lint.settings.toml import quoted


def write(register: Register, source: str, existing: Sequence[Account] = ()) -> str:
    """The tables, with what the configuration has no key for as a comment.

    source: what the register is called. existing: of the configuration that they are added to; they are left out.
    """
    known = {(account.platform, account.name) for account in existing}
    entries = [entry for entry in register.entries if (entry.platform, entry.name) not in known]
    left = len(register.entries) - len(entries)
    lines = [
        remark(f"由 {source} 导入，共 {len(entries)} 个账号{f'，另有 {left} 个已在配置里' if left else ''}。"),
        "# 请给每个账号写上 archive：导出的表格、存网页的文件夹或订阅地址；几个账号可以共用一份台账。",
        "# 登记表里的档案照抄，相对的路径从本文件所在的文件夹算起。写好之后看读得对不对：jimo-lint accounts test",
    ]
    for entry in entries:
        lines += ["", *_lines(entry)]
    return "\n".join([*lines, ""])


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
