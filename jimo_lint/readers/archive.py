"""Reads an account's archive: finds the format of each file by its content and yields its posts, masked."""

from __future__ import annotations

import logging
import os
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

from jimo_lint import privacy
from jimo_lint.errors import InputError, cause
from jimo_lint.model import Account, Document, Problem
from jimo_lint.readers import douyin, feed, ledger, wechat_page, wechat_table, weibo
from jimo_lint.readers.source import MAX_BYTES, Format, Source, gunzip, is_folder, load

_logger = logging.getLogger(__name__)

# In the order of asking: a format that knows its own marks before one that only knows column names.
FORMATS: tuple[type[Format], ...] = (
    wechat_page.WechatPage,
    feed.Feed,
    weibo.WeiboJson,
    weibo.WeiboTable,
    wechat_table.WechatTable,
    douyin.DouyinTable,
    ledger.Ledger,
)

# What lies beside a saved page and is no post.
_ASSETS = re.compile(r"\.(?:avif|bmp|css|eot|gif|ico|jpe?g|js|m4a|map|mp[34]|png|svg|ttf|webp|woff2?)", re.I)
_ASSET_FOLDERS = ("_files", "assets")
_PAGE = re.compile(rb"(?:\xef\xbb\xbf)?\s*<(?:!doctype|html|head|body|table|meta)\b", re.I)
# Left behind by office programs and systems.
_NOISE = ("~$", ".~lock", "Thumbs.db", "desktop.ini")


def read(account: Account, path: Path, as_of: date) -> Iterator[Document | Problem]:
    """The posts of a file or folder, each once, masked; what cannot be read is a Problem and the rest goes on.

    A post dated after `as_of` loses its date (nothing may look fresh by a wrong year) and is told of. Posts of a
    format that may leave some out carry the meta `proves-silence` = `no`. A folder without any file is a
    Problem; a table with a header and no rows yields nothing: it proves emptiness.
    """
    if not os.path.lexists(path):
        yield Problem(str(path), "没有这个档案。请检查 archive 的路径")
        return
    seen: set[str] = set()
    files = 0
    for file in _files(path):
        files += 1
        if isinstance(file, Problem):
            yield file
            continue
        try:
            source = load(file)
        except InputError as fault:
            yield _problem(fault)
            continue
        yield from _posts(account, source, as_of, seen)
    if not files:
        yield Problem(str(path), "档案为空，没有可读的文件。请把导出的表格或保存的网页放进来")


def read_bytes(account: Account, place: str, body: bytes, as_of: date) -> Iterator[Document | Problem]:
    """The posts of an answer fetched from the address `place`; as `read`."""
    try:
        if len(body) > MAX_BYTES:
            raise InputError(place, "超过 50 MB，未读", "请换成较小的订阅")
        source = Source(place, gunzip(body, place))
    except InputError as fault:
        yield _problem(fault)
        return
    yield from _posts(account, source, as_of, set())


def find_format(source: Source) -> type[Format] | None:
    """The format that recognises the content; None where none does."""
    return next((one for one in FORMATS if one.recognises(source)), None)


def _posts(account: Account, source: Source, as_of: date, seen: set[str]) -> Iterator[Document | Problem]:
    if not source.body.strip():
        yield Problem(source.place, "文件是空的。请重新导出")
        return
    future: list[str] = []
    empty = True
    try:
        found = find_format(source)
        if found is None:
            known = "、".join(one.TITLE for one in FORMATS)
            what = "是网页，但不是微信文章" if _PAGE.match(source.head) else "认不出是什么档案"
            yield Problem(source.place, f"{what}。能读的有：{known}；其他表格请另存为 .xlsx 或 .csv")
            return
        for value in found.read(source, account):
            empty = False
            if isinstance(value, Problem):
                yield value
                continue
            if value.id in seen:
                continue
            seen.add(value.id)
            if value.published and value.published.date() > as_of:
                future.append(f"{value.published:%Y-%m-%d}")
                meta = {**value.meta, "future-time": f"{value.published:%Y-%m-%d %H:%M}"}
                value = replace(value, published=None, published_from="", meta=meta)
            if not found.PROVES_SILENCE:
                value = replace(value, meta={**value.meta, "proves-silence": "no"})
            yield privacy.mask(value)
        if empty and not found.PROVES_SILENCE:
            yield Problem(source.place, f"里面没有一条内容；{found.TITLE}不保证齐全，不能据此认定没有更新")
    except InputError as fault:
        yield _problem(fault)
    except Exception as fault:  # one odd file must not cost the other accounts
        _logger.exception("reading %s", source.place)
        yield Problem(source.place, f"程序没能读懂这个文件（{type(fault).__name__}）。请把它交给开发者")
    if future:
        yield Problem(
            source.place,
            f"{len(future)} 条的发布时间晚于检查日期 {as_of:%Y-%m-%d}（如 {future[0]}），不作为更新时间。请核对年份",
        )


def _files(path: Path) -> Iterator[Path | Problem]:
    if not is_folder(path):
        yield path
        return
    try:
        children = sorted(path.iterdir(), key=lambda one: one.name)
    except OSError as fault:
        yield Problem(str(path), f"文件夹读不出（{cause(fault)}）。请检查权限")
        return
    for child in children:
        if child.name.startswith((".", *_NOISE)):
            continue
        if is_folder(child):
            if not child.name.endswith(_ASSET_FOLDERS) and not child.is_symlink():
                yield from _files(child)
        elif not _ASSETS.fullmatch(child.suffix):
            yield child


def _problem(fault: InputError) -> Problem:
    return Problem(fault.place, f"{fault.fault}。{fault.remedy}" if fault.remedy else fault.fault)
