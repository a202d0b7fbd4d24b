"""Which archives are as they were, so that they need not be read again."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from jimo_lint.model import Account, Platform
from jimo_lint.readers.archives.digests import archive_digests

BASE = Account("wechat:青潭发布", "青潭发布", Platform.WECHAT)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    place = tmp_path / "archives"
    (place / "2026").mkdir(parents=True)
    (place / "2026/posts.csv").write_text("标题,发布时间,正文\n甲,2026-01-05,乙\n", encoding="utf-8")
    (place / "one.json").write_text("[]", encoding="utf-8")
    return place


def digest(place: Path | str, *others: Account) -> str | None:
    account = replace(BASE, archive=str(place))
    return archive_digests([account, *others]).get(account.id)


def test_it_is_the_same_as_long_as_nothing_changes(folder: Path) -> None:
    """Neither a later look nor a new time of a file makes an archive another one."""
    before = digest(folder)
    os.utime(folder / "one.json", (1, 1))
    assert before
    assert digest(folder) == before


@pytest.mark.parametrize(
    "change",
    [
        lambda folder: (folder / "one.json").write_text("{}", encoding="utf-8"),  # of the same length
        lambda folder: (folder / "2026/more.csv").write_text("", encoding="utf-8"),
        lambda folder: (folder / "one.json").unlink(),
        lambda folder: (folder / "one.json").rename(folder / "two.json"),
    ],
    ids=["content", "added", "removed", "renamed"],
)
def test_any_change_shows(change: Callable[[Path], object], folder: Path) -> None:
    """Of what stands in a file, which files there are, and what they are called."""
    before = digest(folder)
    change(folder)
    assert digest(folder) != before


def test_a_database_counts_with_what_its_program_has_not_written_into_it_yet(tmp_path: Path) -> None:
    """SQLite keeps the newest posts beside the file while a crawler has it open."""
    place = tmp_path / "weibo.db"
    place.write_bytes(b"SQLite format 3\0")
    before = digest(place)
    place.with_name("weibo.db-wal").write_bytes(b"new posts")
    assert before
    assert digest(place) != before


def test_who_shares_an_archive_counts(folder: Path) -> None:
    """A post may be given to another account where one more shares the archive, or has another name."""
    other = Account("wechat:青潭教育", "青潭教育", Platform.WECHAT, archive=str(folder))
    assert digest(folder, other) != digest(folder)
    assert digest(folder, replace(other, name="青潭城管")) != digest(folder, other)


def test_what_cannot_be_told_has_none(folder: Path, tmp_path: Path) -> None:
    """An address, what is not there, a pipe, and a page alone, beside which its pictures may come to lie."""
    page = tmp_path / "post.html"
    page.write_text("<p>正文</p>", encoding="utf-8")
    os.mkfifo(folder / "pipe")
    for place in ("https://www.qingtan.gov.cn/rss", str(tmp_path / "nowhere"), str(page), str(folder), ""):
        assert digest(place) is None, place
