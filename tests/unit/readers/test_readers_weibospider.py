"""weiboSpider's files, which look like weibo-crawler's; archives whose names nobody knows; pages that are no post."""

from __future__ import annotations

import json
from datetime import date, datetime
from pathlib import Path

import pytest

from jimo_lint.model import Account, Document, Platform, PostState, Problem
from jimo_lint.readers.archives import archive

AS_OF = date(2026, 12, 1)
ACCOUNT = Account("a", "云溪发布", Platform.WEIBO)


def read(path: Path) -> tuple[list[Document], list[Problem]]:
    """Posts and problems of one file."""
    values = list(archive.read([ACCOUNT], path, AS_OF))
    return [one for one in values if isinstance(one, Document)], [one for one in values if isinstance(one, Problem)]


def spider_json(path: Path, *posts: dict[str, object]) -> Path:
    """A file with these posts, as the program writes them."""
    known = {"id": "Mabcde", "article_url": "", "original": True, "retweet_reason": "", "publish_tool": "", "up_num": 1}
    rows = [{**known, "id": f"Mabc{number}", **one} for number, one in enumerate(posts)]
    path.write_text(json.dumps({"user": {"id": "1", "nickname": "云溪发布"}, "weibo": rows}), encoding="utf-8")
    return path


def test_its_json_has_other_names(tmp_path: Path) -> None:
    """Text and time are read; a repost of which only the added words were kept is a repost all the same."""
    path = spider_json(
        tmp_path / "1.json",
        {"content": "抓好安全生产", "publish_time": "2026-11-28 10:00"},
        {"content": "转发提醒", "publish_time": "2026-11-27 10:00", "original": False},
    )
    posts, problems = read(path)
    assert [(one.text, one.published, one.post_facts.form) for one in posts] == [
        ("抓好安全生产", datetime(2026, 11, 28, 10), "post"),
        ("转发提醒", datetime(2026, 11, 27, 10), "repost"),
    ]
    assert not problems


@pytest.mark.parametrize(
    ("written", "label"),
    [
        ("转发提醒\n原始用户: 某某博主\n转发内容: 引来的话\n第二行", "转发自“某某博主”的原文第 1 段"),
        ("转发提醒\n转发内容: 引来的话\n第二行", "转发的原文第 1 段"),
        ("转发提醒\n原始用户：某某博主\n转发内容：引来的话\n第二行", "转发自“某某博主”的原文第 1 段"),
    ],
)
def test_what_a_repost_quotes_is_nobody_elses_word(tmp_path: Path, written: str, label: str) -> None:
    """The quoted words stand apart under their author's name, the labels in neither; in JSON and in the table."""
    by_json = spider_json(tmp_path / "1.json", {"content": written, "publish_time": "2026-11-27 10:00"})
    table = tmp_path / "1.csv"
    table.write_text(
        f'微博id,微博正文,发布时间,发布工具,点赞数\nMabc0,"{written}",2026-11-27 10:00,网页版,3\n', encoding="utf-8-sig"
    )
    for path in (by_json, table):
        ((post,), problems) = read(path)
        assert [(block.kind, block.text) for block in post.blocks] == [
            ("body", "转发提醒"),
            ("quote", "引来的话"),
            ("quote", "第二行"),
        ]
        assert post.blocks[1].locator == label
        assert post.post_facts.form == "repost"
        assert not problems


def test_words_that_only_mention_a_quotation_stay_the_accounts_own(tmp_path: Path) -> None:
    """The label counts at the beginning of a line."""
    path = spider_json(tmp_path / "1.json", {"content": "请核对转发内容: 是否准确", "publish_time": "2026-11-27 10:00"})
    ((post,), _) = read(path)
    assert [(block.kind, block.text) for block in post.blocks] == [("body", "请核对转发内容: 是否准确")]


def test_posts_without_text_and_time_are_not_read(tmp_path: Path) -> None:
    """Names that nobody knows give empty posts: the file is told of and proves nothing."""
    path = tmp_path / "1.json"
    path.write_text('{"weibo": [{"words": "抓好落实", "when": "2026-11-28"}, {"words": "又"}]}', encoding="utf-8")
    posts, problems = read(path)
    (problem,) = [one for one in problems if not one.excused]
    assert "2 条都没有读到文字和时间" in problem.message
    assert not posts[-1].post_facts.proves_silence


def test_a_post_without_text_that_has_a_time_is_read(tmp_path: Path) -> None:
    """A video without a word is an update."""
    path = spider_json(tmp_path / "1.json", {"content": "", "publish_time": "2026-11-28 10:00"})
    posts, problems = read(path)
    assert len(posts) == 1
    assert not problems


GATE = (
    '<!DOCTYPE html><html><body class="zh_CN mmbizwap"><div class="weui-msg"><h2 class="weui-msg__title">{}</h2>'
    '<p class="weui-msg__desc">{}</p></div></body></html>'
)


@pytest.mark.parametrize(
    ("title", "told"),
    [
        ("环境异常", "当前环境异常，完成验证后即可继续访问。"),
        ("访问过于频繁", "请用微信扫描二维码进行访问"),
        ("操作频繁，请稍后再试", ""),
        ("参数错误", ""),
        ("请在微信客户端打开链接", ""),
        ("系统出错", ""),
    ],
)
def test_what_wechat_serves_in_place_of_an_article_is_no_post(tmp_path: Path, title: str, told: str) -> None:
    """The office has to save the article itself; nothing says that the post is gone."""
    (tmp_path / "a.html").write_text(GATE.format(title, told), encoding="utf-8")
    posts, (problem,) = read(tmp_path / "a.html")
    assert not posts
    assert "不是文章" in problem.message
    assert not problem.excused


@pytest.mark.parametrize(
    ("title", "state"),
    [
        ("该内容已被发布者删除", PostState.DELETED),
        ("此内容因违规无法查看", PostState.BLOCKED),
        ("该内容暂时无法查看", PostState.UNAVAILABLE),
    ],
)
def test_a_post_that_is_gone_is_still_told_as_such(tmp_path: Path, title: str, state: PostState) -> None:
    """These pages name what became of the post."""
    (tmp_path / "a.html").write_text(GATE.format(title, ""), encoding="utf-8")
    ((post,), problems) = read(tmp_path / "a.html")
    assert post.state is state
    assert not problems
