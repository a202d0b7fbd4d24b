"""What an archive leaves unread or says is not in it: no account may be called silent for that."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from jimo_lint.model import Account, Document, Platform, Problem, ProblemCode
from jimo_lint.readers.archives import archive

AS_OF = date(2026, 11, 22)
ACCOUNT = Account("wechat:云溪发布", "云溪发布", Platform.WECHAT)
OLD = "标题,发布时间\n旧闻一则,2026-01-05 10:00\n"
POST = {"title": "云溪区开展春耕", "publish_time": "2026-03-04 10:00:00", "url": "https://a.example/1"}
OTHER = {**POST, "title": "云溪区开展秋收", "url": "https://a.example/2"}


def read(path: Path) -> tuple[list[Document], list[Problem]]:
    values = list(archive.read([ACCOUNT], path, AS_OF))
    return [one for one in values if isinstance(one, Document)], [one for one in values if isinstance(one, Problem)]


def proves(posts: list[Document]) -> bool:
    assert posts
    return all(post.post_facts.proves_silence for post in posts)


def page(shown: str) -> str:
    """An article as SingleFile saves it: without scripts, the time as it was shown."""
    return (
        '<!DOCTYPE html><html><head><meta property="og:title" content="云溪区开展春耕"></head><body>'
        f'<em id="publish_time">{shown}</em><div id="js_content"><p>组织农技人员下田指导。</p></div></body></html>'
    )


@pytest.mark.parametrize(
    ("shown", "dated"),
    [
        ("2026年3月4日 10:00", True),
        ("March 4, 2026 10:00", True),
        ("3小时前", False),
        ("昨天 10:00", False),
        ("3月4日", False),
        ("", False),
    ],
)
def test_an_article_whose_time_nobody_can_read_may_be_the_newest(tmp_path: Path, shown: str, dated: bool) -> None:
    """It is told of, and the account is not called silent for the older posts beside it."""
    (tmp_path / "a.html").write_text(page(shown), encoding="utf-8")
    (tmp_path / "b.csv").write_text(OLD, encoding="utf-8")
    posts, problems = read(tmp_path)
    assert len(posts) == 2
    assert proves(posts) is dated
    assert [problem.args for problem in problems if problem.code is ProblemCode.POSTS_UNDATED] == (
        [] if dated else [{"count": 1, "example": "a.html"}]
    )


def test_a_microblog_whose_time_nobody_can_read_is_told(tmp_path: Path) -> None:
    """A list that was taken over from a page has 今天 10:00."""
    one = {"id": "5001", "bid": "Pabc", "screen_name": "云溪发布", "text": "开展春耕。", "created_at": "今天 10:00"}
    (tmp_path / "a.json").write_text(json.dumps({"weibo": [one]}, ensure_ascii=False), encoding="utf-8")
    posts, problems = read(tmp_path)
    assert not proves(posts)
    assert [problem.code for problem in problems] == [ProblemCode.POSTS_UNDATED]


def test_times_that_a_table_told_of_are_not_told_twice(tmp_path: Path) -> None:
    """The rows are named already."""
    (tmp_path / "a.csv").write_text("标题,发布时间\n新,昨天 10:00\n", encoding="utf-8")
    posts, problems = read(tmp_path)
    assert not proves(posts)
    assert [problem.code for problem in problems] == [ProblemCode.TIMES_UNREAD]


@pytest.mark.parametrize(
    ("answer", "whole"),
    [
        ({"data": {"total": 320, "list": [POST]}}, False),
        ({"data": {"total": 1, "list": [POST]}}, True),
        ({"totalElements": 40, "content": [POST]}, False),
        ({"list": [{**POST, "total": 900}]}, True),
        ({"list": [{**POST, "comments": {"total": 9, "list": [{"text": "好"}]}}]}, True),
        ({"isEnd": False, "items": [POST]}, False),
        ({"isEnd": True, "items": [POST]}, True),
        ({"has_more": "true", "items": [POST]}, False),
        ({"next": "https://a.example/?page=2", "results": [POST]}, False),
        ({"next": None, "results": [POST]}, True),
        ({"pcursor": "1.7E12", "feeds": [POST]}, False),
        ({"pcursor": "no_more", "feeds": [POST]}, True),
    ],
)
def test_an_answer_that_is_one_page_of_more_proves_nothing(tmp_path: Path, answer: object, whole: bool) -> None:
    """Interfaces say it by a count, a flag or the address of the next page."""
    (tmp_path / "a.json").write_text(json.dumps(answer, ensure_ascii=False), encoding="utf-8")
    posts, _ = read(tmp_path)
    assert proves(posts) is whole


def test_pages_of_an_answer_in_several_files_are_counted_together(tmp_path: Path) -> None:
    """Only what no file has is missing."""
    for name, posts in (("a", [POST]), ("b", [OTHER])):
        (tmp_path / f"{name}.json").write_text(json.dumps({"total": 2, "list": posts}), encoding="utf-8")
    found, problems = read(tmp_path)
    assert proves(found)
    assert not problems
    (tmp_path / "b.json").unlink()
    found, problems = read(tmp_path)
    assert not proves(found)
    assert [problem.args for problem in problems] == [{"total": 2, "read": 1}]


def test_an_answer_within_an_answer_within_an_answer_is_read(tmp_path: Path) -> None:
    """As the back end of WeChat lists what was published."""
    article = {
        "title": "云溪区开展春耕",
        "link": "https://mp.weixin.qq.com/s/AbCdEfGhIjKlMn",
        "create_time": 1772589600,
    }
    push = {"publish_info": json.dumps({"appmsgex": [article]})}
    listed = {"publish_page": json.dumps({"total_count": 30, "publish_list": [push]})}
    (tmp_path / "a.json").write_text(json.dumps(listed), encoding="utf-8")
    posts, problems = read(tmp_path)
    assert [(post.title, str(post.published)) for post in posts] == [("云溪区开展春耕", "2026-03-04 10:00:00")]
    assert not proves(posts)
    assert [problem.args for problem in problems] == [{"total": 30, "read": 1}]


_GATE = '<div class="weui-msg"><h2 class="weui-msg__title">环境异常</h2><p>完成验证后即可继续访问</p></div>'


@pytest.mark.parametrize("content", ["", "<!doctype html><title>登录</title><form><input type=password></form>", _GATE])
def test_a_file_that_was_to_hold_a_post_leaves_a_doubt(tmp_path: Path, content: str) -> None:
    """What was not saved right may have been the newest post."""
    (tmp_path / "a.html").write_text(content, encoding="utf-8")
    (tmp_path / "b.csv").write_text(OLD, encoding="utf-8")
    posts, problems = read(tmp_path)
    assert not proves(posts)
    assert problems


def test_a_folder_that_a_link_points_to_is_told_of(tmp_path: Path) -> None:
    """It is not followed, so it may hold the newest posts; a link to a folder above costs nothing."""
    kept, elsewhere = tmp_path / "档案", tmp_path / "别处"
    for folder in (kept, elsewhere):
        folder.mkdir()
        (folder / "a.csv").write_text(OLD, encoding="utf-8")
    (kept / "回上级").symlink_to(tmp_path, target_is_directory=True)
    posts, problems = read(kept)
    assert proves(posts)
    assert not problems
    (kept / "链接").symlink_to(elsewhere, target_is_directory=True)
    posts, problems = read(kept)
    assert not proves(posts)
    assert [problem.code for problem in problems] == [ProblemCode.FOLDER_LINKED]


def test_the_folder_of_a_page_is_known_by_what_other_browsers_call_it_too(tmp_path: Path) -> None:
    """Internet Explorer and WPS put what a page is shown with into 文章.files."""
    (tmp_path / "文章.html").write_text(page("2026年3月4日 10:00"), encoding="utf-8")
    (tmp_path / "文章.files").mkdir()
    (tmp_path / "文章.files" / "frame.html").write_text("<html><body>广告</body></html>", encoding="utf-8")
    posts, problems = read(tmp_path)
    assert proves(posts)
    assert not problems
