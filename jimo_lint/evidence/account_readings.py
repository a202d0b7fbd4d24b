"""What the archives hold, read as accounts: the subjects that account rules judge."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from jimo_lint.language.text import han_count
from jimo_lint.model import Account, AccountReading, Document, PostState, Problem, ProblemCode
from jimo_lint.model.terms import CHINA, WEEKS_SHOWN

# 关停、注销、迁移 of the account itself, not of the boilers or mines that it writes about.
_FAREWELL = re.compile(
    r"(?:关停|停更|停用|停止(?:更新|运营|运行|使用|服务)|注销|迁移|整合|归并).{0,24}(?:账号|帐号|公众号|订阅号|服务号|微博|微信|抖音|快手|头条号|视频号"
    r"|新媒体|客户端|APP)|(?:账号|帐号|公众号|订阅号|服务号|官方微博|官微|抖音号|头条号|视频号|新媒体|客户端|APP).{0,16}"
    r"(?:关停|停更|停用|停止(?:更新|运营|运行|使用)|注销|迁移)",
    re.IGNORECASE,
)
# What lies in the back end and may never go out is judged for its wording, and is no update.
_NOT_OUT = ("draft", "material")
# Fewer Chinese characters than this beside pictures, and what the post says stands in the pictures.
_CAPTION_HAN = 20
# Blocks that say what a post is about and are not the post.
_ABOUT = frozenset({"title", "meta"})
# Files of a folder whose dates are looked at: the newest says when the archive was made.
_MOST_FILES = 20_000


@dataclass(slots=True)
class AccountTally:
    """Counts an account's posts as they stream by; a deleted or blocked post is no update."""

    account: Account
    as_of: date
    collected: bool = True
    _days: Counter[date] = field(default_factory=Counter)
    _states: Counter[PostState] = field(default_factory=Counter)
    _names: Counter[str] = field(default_factory=Counter)
    _undated: int = 0
    _pictures: int = 0
    _untold: int = 0
    _farewell: date | None = None
    _proves_silence: bool = True

    def add(self, document: Document) -> None:
        """Count one post; what lies attached beside them is none."""
        if document.source == "attachment":
            return
        facts = document.post_facts
        self._proves_silence = self._proves_silence and facts.proves_silence
        if facts.form in _NOT_OUT:
            return
        self._states[document.state] += 1
        if document.state is not PostState.OK:
            return
        if name := facts.account_name.strip():
            self._names[name] += 1
        told = _told(document)
        self._pictures += told < _CAPTION_HAN and facts.pictures > facts.pictures_read
        self._untold += not told and not facts.pictures
        day = document.published.date() if document.published else None
        if day is None:
            self._undated += 1
        elif day <= self.as_of + timedelta(days=1):
            self._days[day] += 1
            if _FAREWELL.search(document.title):
                self._farewell = max(self._farewell or day, day)

    def reading(self, problems: Iterable[Problem], siblings: Iterable[Account]) -> AccountReading:
        """The reading; an archive that could not be read says why instead of looking empty."""
        posts = self._states[PostState.OK]
        # An excused problem cost nothing of this account: it is no reason why nothing was read.
        archive = self.account.archive
        fault = next((problem.within(archive) for problem in problems if not problem.excused), "")
        reason = fault if not posts else ""
        if not self.account.archive:
            # Who must not update (closed on an unknown day, say) needs no archive.
            reason = "" if self.account.exempt else "配置里没有写 archive"
        elif not self.collected:
            reason = "还没有读取这个账号的档案，请不加 --no-collect 运行一次"
        first = self.as_of - timedelta(days=7 * WEEKS_SHOWN - 1)
        newest = max(self._days, default=None)
        return AccountReading(
            account=self.account,
            newest=newest,
            oldest=min(self._days, default=None),
            posts=posts,
            week_posts=sum(self._days[self.as_of - timedelta(days=back)] for back in range(7)),
            days={day: self._days[day] for day in sorted(self._days) if first <= day <= self.as_of},
            deleted=self._states[PostState.DELETED],
            blocked=self._states[PostState.BLOCKED],
            unavailable=self._states[PostState.UNAVAILABLE],
            undated=self._undated,
            pictures=self._pictures,
            untold=self._untold,
            farewell=self._farewell,
            called=max(self._names, key=self._names.__getitem__, default=""),
            siblings=tuple(siblings),
            saved=_saved(self.account.archive, newest),
            proves_silence=self._proves_silence,
            reason=reason,
        )


def unarchived(account: Account, as_of: date) -> Problem:
    """That nothing of an account without an archive was read. Who is closed or has no duty to update needs none."""
    waived = account.exempt or account.is_closed(as_of)
    return Problem(ProblemCode.ARCHIVE_UNSET, account.name, waived=waived, accounts=(account.id,))


def _told(document: Document) -> int:
    """Chinese characters besides the title: what there was to inspect. Where they are more than a caption, by how much
    does not matter, and they are not counted to the end."""
    told = 0
    for block in document.blocks:
        if block.kind not in _ABOUT:
            told += han_count(block.text)
            if told >= _CAPTION_HAN:
                break
    return told


def _saved(archive: str, newest: date | None) -> date | None:
    """The day on which the newest file of an archive was written; None for feeds and where the date cannot be right."""
    if not archive or "://" in archive:
        return None
    path = Path(archive)
    try:
        files = [path]
        if path.is_dir():
            files = [file for _, file in zip(range(_MOST_FILES), path.rglob("*"), strict=False) if file.is_file()]
        written = max((file.stat().st_mtime for file in files), default=None)
    except OSError:
        return None
    if written is None:
        return None
    day = datetime.fromtimestamp(written, UTC).astimezone(CHINA).date()
    return None if newest and newest > day else day
