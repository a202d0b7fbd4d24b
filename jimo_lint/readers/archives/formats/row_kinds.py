"""Tells rows of a table that are no posts (totals, notes, signatures), and whether a post is still to be seen."""

from __future__ import annotations

import re
from collections.abc import Mapping

from jimo_lint.model import PostState
from jimo_lint.readers.tables import feet

_DIGITS = re.compile(r"[\d.,]+%?")

# A cell or a text that is nothing but the platform's notice, or the office's own word, that the post is gone.
_WHAT = r"(?:该|此|本|原|這)?(?:条|篇|个)?(?:内容|文章|推文|图文|视频|作品|微博|笔记|稿件|信息)?"
_BY = r"(?:发布者|发布人|作者|原作者|用户|平台|博主|管理员|本单位|我单位|运营者)?"
_DELETED_NOTICE = re.compile(
    rf"(?:抱歉[,，])?{_WHAT}\s*(?:已被?|被){_BY}\s*(?:自行|主动|手动)?(?:删除|撤回|撤下)了?[。.!！]?(?:查看帮助.*)?"
    rf"|(?:the )?(?:content|post) has been deleted by the author\.?|(?:自行|主动|手动)?(?:删除|撤回|撤下)",
    re.I,
)
_BLOCKED_NOTICE = re.compile(
    rf"{_WHAT}\s*(?:因[^。]{{0,20}})?(?:已?被?{_BY}(?:屏蔽|下架|封禁)|(?:暂时?)?(?:无法|不能|不可)查看)[。.!！]?"
)
_LONGEST_NOTICE = 40
_YES = frozenset({"是", "1", "true", "yes", "y", "√", "✓", "✔", "已删除", "已删", "删除"})

_DELETED = re.compile(r"(?<![未无])(?:删除|撤回)")
_BLOCKED = re.compile(r"(?<![未无])(?:违规|屏蔽|下架|封禁)|(?:[不未]|没有)通过")
_UNSEEN = re.compile(
    r"私密|仅自己|审核中|[未待](?:发布|发送|推送|群发|审核?)|草稿|定时|(?:发布|发表|发送|推送|群发)失败"
)


def is_post(cell: Mapping[str, str], *, dated: bool) -> bool:
    """Whether a row is a post, by its cells as text; what has a time that can be read always is one.

    What stands below the posts of a table, or between them, is none: totals, notes, who filled it in, headings that
    span the columns.
    """
    if dated:
        return True
    title, written = cell.get("title", ""), cell.get("time", "")
    rest = any(cell.get(field) and cell[field] not in (title, written) for field in ("body", "digest", "url", "id"))
    if rest:
        return True
    if not title:
        return not written
    if title == written:
        return False
    if written and not (feet.is_foot(written) or _DIGITS.fullmatch(written)):
        return True
    # 11.8 beside a number may be a day without its year.
    return not (feet.is_foot(title) or (not written and _DIGITS.fullmatch(title)))


def state(cell: Mapping[str, str]) -> PostState:
    """Whether a post is still there, by its state, by a remark, or by what stands in place of its text."""
    written = cell.get("state", "")
    if _DELETED.search(written) or cell.get("gone", "").casefold() in _YES:
        return PostState.DELETED
    if _BLOCKED.search(written):
        return PostState.BLOCKED
    for field in ("remark", "body", "title"):
        said = " ".join(cell.get(field, "").split())
        if 0 < len(said) <= _LONGEST_NOTICE:
            if _DELETED_NOTICE.fullmatch(said):
                return PostState.DELETED
            if _BLOCKED_NOTICE.fullmatch(said):
                return PostState.BLOCKED
    return PostState.OK


def is_unseen(written: str) -> bool:
    """Whether a post of this state has not gone out, or only its author sees it."""
    return bool(_UNSEEN.search(written))
