"""JSON Lines of which one line is broken."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from jimo_lint.model import Account, Document, Platform
from jimo_lint.readers.archives import archive

HERE = Account("wechat:云溪发布", "云溪发布", Platform.WECHAT)
LINES = [
    json.dumps({"title": title, "publish_time": f"2026-11-0{day} 09:00"}, ensure_ascii=False)
    for day, title in enumerate(("防汛部署", "停水公告", "招聘启事", "雨夜值守"), 1)
]


def read(path: Path, text: str) -> tuple[list[Document], list[str]]:
    """The posts, and what is told."""
    (path / "a.json").write_text(text, encoding="utf-8")
    values = list(archive.read([HERE], path, date(2026, 12, 2)))
    told = [value.message for value in values if not isinstance(value, Document)]
    return [value for value in values if isinstance(value, Document)], told


@pytest.mark.parametrize(
    "broken", ['{"title": "断', LINES[1][:-1], "error: timeout", '{"title": "两\n行", "publish_time": "2026-11-02"}']
)
def test_the_lines_behind_a_broken_one_are_read(tmp_path: Path, broken: str) -> None:
    """The broken one is told by its line, and nothing proves that an account was silent."""
    posts, told = read(tmp_path, "\n".join([LINES[0], broken, LINES[2], LINES[3]]))
    assert [post.title for post in posts] == ["防汛部署", "招聘启事", "雨夜值守"]
    assert told == ["第 2 行起的 JSON 不完整或已损坏，未读；其余照读。请改正或重新导出"]
    assert not posts[-1].post_facts.proves_silence


def test_a_list_with_one_object_a_line_is_read_behind_a_broken_one(tmp_path: Path) -> None:
    """The first line is the bracket; the last one is cut."""
    posts, told = read(tmp_path, "[\n" + ",\n".join([LINES[0], LINES[1][:20], LINES[2], LINES[3][:20]]))
    assert [post.title for post in posts] == ["防汛部署", "招聘启事"]
    assert told == ["第 3、5 行起的 JSON 不完整或已损坏，未读；其余照读。请改正或重新导出"]


def test_objects_within_a_broken_one_are_no_lines(tmp_path: Path) -> None:
    """What others said stands in a post, on indented lines: behind the break it is not taken for posts."""
    post = {"title": "防汛部署", "publish_time": "2026-11-01", "comments": [json.loads(LINES[1])]}
    text = json.dumps([json.loads(LINES[0]), post], ensure_ascii=False, indent=1)
    posts, told = read(tmp_path, text.replace('"comments"', "comments"))
    assert [post.title for post in posts] == ["防汛部署"]
    assert told == ["JSON 不完整或已损坏，只读出前 1 条。请重新导出"]
