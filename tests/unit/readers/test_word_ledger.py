"""Ledgers that are kept as a table in a Word document."""

from __future__ import annotations

import zipfile
from datetime import date, datetime
from pathlib import Path

from jimo_lint.model import Account, Document, Platform
from jimo_lint.readers.archives import archive

HERE = Account("wechat:云溪发布", "云溪发布", Platform.WECHAT)
LEDGER = [
    ["序号", "标题", "发布时间", "账号"],
    ["1", "云溪区部署防汛工作", "2026-11-03", "云溪发布"],
    ["2", "城区停水公告", "2026年11月5日", "云溪发布"],
    ["3", "社区工作者招聘启事", "待定", "云溪发布"],
]


def paragraph(text: str) -> str:
    """One of a single run."""
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


def grid(rows: list[list[str]]) -> str:
    """A table."""
    cells = ("".join(f"<w:tc>{paragraph(cell)}</w:tc>" for cell in row) for row in rows)
    return "<w:tbl>" + "".join(f"<w:tr>{row}</w:tr>" for row in cells) + "</w:tbl>"


def read(path: Path, body: str) -> tuple[list[Document], list[str]]:
    """The posts of a document, and what is told."""
    space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    with zipfile.ZipFile(path / "台账.docx", "w") as package:
        package.writestr("word/document.xml", f"<w:document {space}><w:body>{body}</w:body></w:document>")
    values = list(archive.read([HERE], path, date(2026, 12, 2)))
    told = [value.message for value in values if not isinstance(value, Document)]
    return [value for value in values if isinstance(value, Document)], told


def test_each_row_of_a_ledger_is_a_post(tmp_path: Path) -> None:
    """The heading and who signed it are none; a time that cannot be read is told of."""
    posts, told = read(tmp_path, paragraph("云溪发布信息台账") + grid(LEDGER) + paragraph("填表人：办公室"))
    assert [(post.title, post.published) for post in posts] == [
        ("云溪区部署防汛工作", datetime(2026, 11, 3)),
        ("城区停水公告", datetime(2026, 11, 5)),
        ("社区工作者招聘启事", None),
    ]
    assert posts[0].post_facts.proves_silence
    assert posts[0].url.endswith("台账.docx 表 1 第 2 行")
    assert len(told) == 1
    assert "3 行中有 1 行的发布时间读不出（如 第 4 行 “待定”）" in told[0]


def test_what_stands_beside_the_ledger_is_told(tmp_path: Path) -> None:
    """A sentence, and a table of something else."""
    posts, told = read(tmp_path, grid(LEDGER[:3]) + paragraph("以上已核对。") + grid([["合计"], ["2 篇"]]))
    assert len(posts) == 2
    assert any("台账以外的文字 3 段" in one for one in told)


def test_an_article_that_shows_such_a_table_is_one_article(tmp_path: Path) -> None:
    """Most of its text stands beside the table."""
    text = "云溪区政府网站栏目更新情况已经汇总，现将本月各单位报送的信息目录公布如下，请各单位对照检查并及时补充完善。"
    posts, _ = read(tmp_path, paragraph("信息目录公布") + paragraph(text) * 3 + grid(LEDGER[:3]))
    assert [post.title for post in posts] == ["信息目录公布"]


def test_a_ledger_whose_columns_have_shifted_is_not_read(tmp_path: Path) -> None:
    """Nothing is guessed."""
    posts, told = read(tmp_path, grid([LEDGER[0], *([row[0], row[2], row[1], row[3]] for row in LEDGER[1:])]))
    assert not posts
    assert any("列名与内容错位" in one for one in told)


def test_an_empty_day_cell_is_told(tmp_path: Path) -> None:
    """It may be merged with the one above, so the post may be the newest; a total has none."""
    rows = [*LEDGER[:2], ["2", "城区停水公告", "", "云溪发布"], ["", "合计", "", ""]]
    posts, told = read(tmp_path, grid(rows))
    assert [(post.title, post.published) for post in posts] == [
        ("云溪区部署防汛工作", datetime(2026, 11, 3)),
        ("城区停水公告", None),
    ]
    assert not posts[-1].post_facts.proves_silence
    assert any("第 3 行 “（空）”" in one for one in told)
