"""Which files of a folder are read: ignore files as git understands them, what git knows as changed."""

from __future__ import annotations

import subprocess
from datetime import date
from pathlib import Path

import pytest

from jimo_lint.errors import InputError
from jimo_lint.model import Document, Problem, ProblemCode
from jimo_lint.readers.drafts import choice, local

AS_OF = date(2026, 12, 1)
pytestmark = pytest.mark.slow


def git(folder: Path, *arguments: str) -> None:
    """Run git as somebody."""
    who = ["-c", "user.name=甲", "-c", "user.email=jia@qingtan.example", "-c", "init.defaultBranch=main"]
    subprocess.run(["git", *who, *arguments], cwd=folder, check=True, capture_output=True)


def put(folder: Path, *names: str) -> None:
    """Files with a word in each."""
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text("正常。", encoding="utf-8")


def read(*paths: Path, only: frozenset[Path] | None = None) -> tuple[list[str], list[Problem]]:
    """Names of what was read, and what was told."""
    found = list(local.read(paths, as_of=AS_OF, only=only))
    names = [Path(one.url).name for one in found if isinstance(one, Document)]
    return names, [one for one in found if isinstance(one, Problem)]


def test_ignore_files_hold_for_their_folder_and_below(tmp_path: Path) -> None:
    """Later lines win, a deeper file wins over one above, and what was left out is counted by file."""
    put(tmp_path, "甲.txt", "草稿/乙.txt", "草稿/丙.txt", "通知/丁.txt", "通知/旧 稿.txt", "通知/留.txt")
    (tmp_path / ".gitignore").write_text("草稿/\n*旧*.txt\n", encoding="utf-8")
    (tmp_path / "通知" / ".jimolintignore").write_text("# 说明\n*.txt\n!留.txt\n!丁.txt\n", encoding="utf-8")
    names, told = read(tmp_path)
    assert names == ["甲.txt", "丁.txt", "留.txt"]
    assert {one.place: one.args["count"] for one in told} == {".gitignore": 2, ".jimolintignore": 1}
    assert all(one.excused for one in told)


def test_a_file_that_is_named_is_read_all_the_same(tmp_path: Path) -> None:
    """Whoever names it wants it."""
    put(tmp_path, "草稿/乙.txt")
    (tmp_path / ".gitignore").write_text("草稿/", encoding="utf-8")
    assert read(tmp_path / "草稿" / "乙.txt") == (["乙.txt"], [])


@pytest.mark.parametrize("patterns", ["内部/", "内部/\n*.tmp.txt", "/内部/告知书", "内部/**"])
def test_a_folder_that_is_named_is_read_all_the_same(tmp_path: Path, patterns: str) -> None:
    """Though it is left out as a whole, or a folder above it is, as of what is not to be published; what its own ignore
    file says holds."""
    put(tmp_path, "内部/告知书/甲.txt", "内部/告知书/乙.txt")
    (tmp_path / ".gitignore").write_text(patterns, encoding="utf-8")
    (tmp_path / "内部/告知书/.jimolintignore").write_text("乙*", encoding="utf-8")
    git(tmp_path, "init")
    assert read(tmp_path)[0] == []
    names, told = read(tmp_path / "内部/告知书")
    assert (names, [one.place for one in told]) == (["甲.txt"], [".jimolintignore"])


def test_ignore_files_above_count_within_a_work_tree_only(tmp_path: Path) -> None:
    """What lies above the folder is git's where there is a work tree, and somebody else's where there is none."""
    put(tmp_path, "稿/甲.txt", "稿/乙.tmp.txt")
    (tmp_path / ".gitignore").write_text("*.tmp.txt", encoding="utf-8")
    assert read(tmp_path / "稿")[0] == ["乙.tmp.txt", "甲.txt"]
    git(tmp_path, "init")
    assert read(tmp_path / "稿")[0] == ["甲.txt"]


def test_a_broken_ignore_file_leaves_nothing_out(tmp_path: Path) -> None:
    """A folder of that name, bytes that are no text."""
    put(tmp_path, "甲.txt")
    (tmp_path / ".gitignore").mkdir()
    (tmp_path / ".jimolintignore").write_bytes(b"\xff\xfe\x00[")
    assert read(tmp_path)[0] == ["甲.txt"]


def test_only_what_changed_is_read(tmp_path: Path) -> None:
    """New and changed files with Chinese names, below a folder that is no top; not deleted ones."""
    git(tmp_path, "init")
    put(tmp_path, "稿 件/一.txt", "二.txt", "三.txt")
    git(tmp_path, "add", "-A")
    git(tmp_path, "commit", "-m", "一")
    put(tmp_path, "稿 件/“新”.txt")
    (tmp_path / "二.txt").write_text("改了。", encoding="utf-8")
    (tmp_path / "三.txt").unlink()
    for folder in (tmp_path, tmp_path / "稿 件"):
        changed = choice.changed_since("HEAD", folder)
        assert {one.name for one in changed} == {"“新”.txt", "二.txt"}
    assert read(tmp_path, only=changed)[0] == ["二.txt", "“新”.txt"]
    names, told = read(tmp_path / "稿 件" / "一.txt", only=changed)
    assert names == [] and [one.code for one in told] == [ProblemCode.NO_CHANGES]


def test_what_is_not_there_has_not_been_left_as_it_was(tmp_path: Path) -> None:
    """A misspelt file or folder, a link that leads nowhere: told; a link found in a folder is not."""
    put(tmp_path, "甲.txt")
    (tmp_path / "断.txt").symlink_to("没有")
    changed = frozenset({(tmp_path / "甲.txt").resolve()})
    for missing in ("没有这个文件夹", "乙.txt", "断.txt", "甲.txt/乙.txt"):
        for only in (changed, frozenset[Path]()):
            _, told = read(tmp_path / missing, only=only)
            assert [one.code for one in told] == [ProblemCode.UNREADABLE], missing
    assert read(tmp_path, only=changed) == (["甲.txt"], [])


def test_git_knows_nothing_of_other_folders(tmp_path: Path) -> None:
    """A path outside the repository is refused; one inside it, through a link or not, is fine."""
    (tmp_path / "库").mkdir()
    (tmp_path / "库.bak").mkdir()
    git(tmp_path / "库", "init")
    put(tmp_path / "库", "稿/一.txt")
    git(tmp_path / "库", "add", "-A")
    git(tmp_path / "库", "commit", "-m", "一")
    (tmp_path / "近路").symlink_to("库/稿")
    for path in (tmp_path, tmp_path / "库.bak", tmp_path / "库/../别处.txt"):
        with pytest.raises(InputError, match="不在当前的 git 仓库里"):
            choice.changed_since("HEAD", tmp_path / "库", [path])
    inside = [tmp_path / "库", tmp_path / "近路/一.txt", tmp_path / "库/没有.txt"]
    assert choice.changed_since("HEAD", tmp_path / "库", inside) == frozenset()


@pytest.mark.parametrize("revision", ["没有这个", "--output=x", ""])
def test_git_that_cannot_answer_is_told(tmp_path: Path, revision: str) -> None:
    """No repository, no such revision, an option in its place: a fault, and never a check of nothing."""
    with pytest.raises(InputError, match="git"):
        choice.changed_since(revision, tmp_path)
    git(tmp_path, "init")
    with pytest.raises(InputError, match="git"):
        choice.changed_since(revision, tmp_path)
