"""Reads the archives of accounts once, without store or rules, and counts what each of them yields."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path

from jimo_lint.evidence.account_readings import unarchived
from jimo_lint.model import Account, Document, PostState, Problem, ProblemCode
from jimo_lint.readers.archives import archive

_SHOWN = 3
_CLASSES = {
    "article": "文章",
    "repost": "转载或转发",
    "picture": "图片内容",
    "text": "文字内容",
    "video": "视频",
    "audio": "音频",
    "post": "微博",
    "draft": "草稿（不算更新）",
    "material": "素材（不算更新）",
    "title-only": "只有标题",
    "address-only": "只有网址",
}
_STATES = {PostState.DELETED: "已删除", PostState.BLOCKED: "因违规被屏蔽", PostState.UNAVAILABLE: "无法查看"}


@dataclass(slots=True)
class Contents:
    """What one account's archive yields. classes: Chinese names with counts; called: what the archive calls it.

    files: of the whole archive, which other accounts may share. proves_silence: nothing of it can be left out.
    """

    account: Account
    files: list[archive.Opened] = field(default_factory=list)
    posts: int = 0
    characters: int = 0
    classes: Counter[str] = field(default_factory=Counter)
    called: Counter[str] = field(default_factory=Counter)
    newest: datetime | None = None
    oldest: datetime | None = None
    undated: int = 0
    proves_silence: bool = True
    first: list[Document] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def add(self, post: Document) -> None:
        """Count one post."""
        self.posts += 1
        self.characters += len(post.text)
        self.classes[_STATES.get(post.state) or _class(post)] += 1
        if name := post.post_facts.account_name.strip():
            self.called[name] += 1
        self.proves_silence = self.proves_silence and post.post_facts.proves_silence
        if post.published:
            self.newest = max(self.newest or post.published, post.published)
            self.oldest = min(self.oldest or post.published, post.published)
        else:
            self.undated += post.state is PostState.OK
        if len(self.first) < _SHOWN:
            self.first.append(post)


def read(accounts: Sequence[Account], as_of: date) -> Iterator[Contents]:
    """The contents of each account, archive by archive; feeds by address are not fetched."""
    sharing: dict[str, list[Contents]] = {}
    for account in accounts:
        sharing.setdefault(account.archive, []).append(Contents(account))
    for place, contents in sharing.items():
        if not place or "://" in place:
            for one in contents:
                feed = Problem(ProblemCode.FEED_NOT_FETCHED, place, accounts=(one.account.id,))
                one.problems.append(feed if place else unarchived(one.account, as_of))
                one.proves_silence = False
        else:
            _fill(contents, Path(place), as_of)
        yield from contents


def _fill(contents: Sequence[Contents], path: Path, as_of: date) -> None:
    by_account = {one.account.id: one for one in contents}
    opened: list[archive.Opened] = []
    for value in archive.read([one.account for one in contents], path, as_of, opened):
        if isinstance(value, Document) and value.source == "attachment":
            continue
        if isinstance(value, Document):
            by_account[value.account or ""].add(value)
            continue
        for account in value.accounts:
            by_account[account].problems.append(value)
    for one in contents:
        one.files = opened
        read = [file for file in opened if file.format]
        one.proves_silence = (
            one.proves_silence and bool(read) and all(file.format.PROVES_SILENCE for file in read if file.format)
        )


def _class(post: Document) -> str:
    written = post.post_facts.form
    if written in _CLASSES:
        return _CLASSES[written]
    kinds = {block.kind for block in post.blocks}
    return "有正文" if "body" in kinds else "只有标题" if "title" in kinds else "没有文字"
