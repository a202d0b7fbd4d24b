"""Saved WeChat pages of every class."""

from __future__ import annotations

import csv
import gzip
import re
from datetime import date, datetime
from hashlib import sha1
from pathlib import Path

import pytest

from jimo_lint.model import Account, Document, Platform, PostState, Problem
from jimo_lint.readers.archives import archive

AS_OF = date(2026, 11, 22)
ACCOUNT = Account("wechat:云溪发布", "云溪发布", Platform.WECHAT)
_BLANKS = re.compile(r"[\s\u200b-\u200d\ufeff\u2060]+")
REAL = Path(__file__).parents[2] / "cases" / "archives" / "real-wechat-pages.tsv"

# The newest layout in short: everything that a page says of itself stands in a script.
DATA = """<script>window.cgiDataNew = {{
  user_name: JsDecode('gh_1'), nick_name: JsDecode('云溪发布'),
  title: JsDecode('{title}'), desc: JsDecode(''),
  content_noencode: JsDecode('{content}'),
  create_time: JsDecode('2026-11-20 08:05'), link: JsDecode('https://mp.weixin.qq.com/s/AbCdEfGhIjKlMnOpQrStUv'),
  author: JsDecode('小云'), ori_create_time: '1795133131' * 1, item_show_type: '{kind}' * 1,
  text_page_info: {{ is_user_title: '0' * 1 }},
}};</script>"""
ARTICLE = """<html><head><meta property="og:title" content="云溪区召开&amp;quot;双百&amp;quot;会议">
<meta property="og:url" content="https://mp.weixin.qq.com/s?__biz=MzA&amp;amp;mid=2650000001&amp;amp;idx=2&amp;amp;sn=1">
<meta property="og:description" content="摘要里也可能有错"></head><body>
<h1 id="activity-name"> 云溪区召开会议 </h1><a id="js_name"> 云溪发布
</a><em id="publish_time"></em><div id="js_content" style="visibility: hidden; opacity: 0;">
<section>第一段<span>没有</span><strong>断</strong>开<section>第二段<br>第三段</section>第四段</section>
<p><img data-src="https://x/1" alt="云溪湖全景"><img alt="图片"></p><script>var x = 1;</script>
<p>详见<a href="https://www.yunxi.example/a.html"> 全文 </a>。手机号 13812345678</p></div>
<script>var ct = "1795133131"; var item_show_type = "0"; var createTime = '2026-11-20 08:05';</script>{repost}</body>"""
GONE = '<html><body><div class="weui-msg"><div class="weui-msg__title warn">{}</div></div></body></html>'


def read(folder: Path, name: str, html: str) -> list[Document | Problem]:
    (folder / name).write_text(html, encoding="utf-8")
    return list(archive.read([ACCOUNT], folder / name, AS_OF))


def only(values: list[Document | Problem]) -> Document:
    assert len(values) == 1, values
    assert isinstance(values[0], Document)
    return values[0]


def test_an_article_gives_title_time_paragraphs_and_links(tmp_path: Path) -> None:
    """Paragraphs end where a reader sees them end; the hidden style of the body hides nothing."""
    post = only(read(tmp_path, "a.html", ARTICLE.format(repost="")))
    assert post.title == '云溪区召开"双百"会议'
    assert post.published == datetime(2026, 11, 20, 8, 5, 31)
    assert [block.text for block in post.blocks if block.kind == "body"] == [
        "第一段没有断开",
        "第二段",
        "第三段",
        "第四段",
        "详见 全文 。手机号 138****5678",
    ]
    assert [(block.kind, block.text) for block in post.blocks if block.kind in ("alt", "meta")] == [
        ("meta", "摘要里也可能有错"),
        ("alt", "云溪湖全景"),
    ]
    assert [link.url for link in post.links] == ["https://www.yunxi.example/a.html"]
    assert post.id == "wechat:云溪发布#2650000001_2"
    assert post.post_facts.account_name == "云溪发布"
    assert post.post_facts.form == "article"
    assert [one.what for one in post.personal] == ["mobile"]


def test_a_repost_names_where_it_comes_from(tmp_path: Path) -> None:
    """A reposted article is told from the office's own."""
    post = only(read(tmp_path, "a.html", ARTICLE.format(repost="<span>以下文章来源于邻区发布</span>")))
    assert (post.post_facts.form, post.post_facts.origin) == ("repost", "邻区发布")


@pytest.mark.parametrize(("kind", "name"), [("8", "picture"), ("10", "text")])
def test_a_body_that_stands_only_in_the_script_is_read(tmp_path: Path, kind: str, name: str) -> None:
    """Picture and text posts have no text in the page itself."""
    content = r"第一行\x0a\x0a第二行 \x26 \x3ca href=\x22x\x22\x3e#话题\x3c/a\x3e"
    post = only(read(tmp_path, "a.html", "<html>" + DATA.format(title="一张图读懂", content=content, kind=kind)))
    assert [block.text for block in post.blocks if block.kind == "body"] == ["第一行", "第二行 & #话题"]
    assert post.post_facts.form == name
    assert post.published == datetime(2026, 11, 20, 8, 5, 31)
    # WeChat takes the beginning of a text post as its title: it is not to be checked twice.
    assert [block.text for block in post.blocks if block.kind == "title"] == (["一张图读懂"] if kind == "8" else [])


def test_pictures_are_counted(tmp_path: Path) -> None:
    """What they say nobody has read: the number tells that there is something."""
    assert only(read(tmp_path, "a.html", ARTICLE.format(repost=""))).post_facts.pictures == 1
    listed = "picture_page_info_list = [" + "{ width: '1' * 1, height: '2' * 1, cdn_url: 'https://x/1', }," * 3 + "];"
    page = DATA.format(title="一张图读懂", content="", kind="8").replace("};</script>", f"}};{listed}</script>")
    assert only(read(tmp_path, "b.html", f"<html>{page}")).post_facts.pictures == 3


def test_the_text_of_an_older_page_is_read(tmp_path: Path) -> None:
    """There it stands in a variable of the page."""
    script = r"var item_show_type = '10'; var ct = '1795133131';"
    script += r"var TextContentNoEncode = window.a_value_which_never_exists || '第一行\x0a第二行';"
    page = f'<html><body><p id="js_text_desc"></p><script>{script}</script></body></html>'
    post = only(read(tmp_path, "a.html", page))
    assert [block.text for block in post.blocks] == ["第一行", "第二行"]
    assert (post.post_facts.form, post.published) == ("text", datetime(2026, 11, 20, 8, 5, 31))


@pytest.mark.parametrize(
    ("notice", "state"),
    [
        ("该内容已被发布者删除", PostState.DELETED),
        ("The content has been deleted by the author.", PostState.DELETED),
        ("此内容因违规无法查看", PostState.BLOCKED),
        ("此内容被投诉且经审核涉嫌侵权，无法查看。", PostState.BLOCKED),
        ("该公众号已迁移", PostState.UNAVAILABLE),
    ],
)
def test_a_post_that_is_gone_is_told_from_an_empty_one(tmp_path: Path, notice: str, state: PostState) -> None:
    """Such pages come with HTTP 200; each file is a post of its own, though the pages are equal."""
    (tmp_path / "1.html").write_text(GONE.format(notice), encoding="utf-8")
    (tmp_path / "2.html").write_text(GONE.format(notice), encoding="utf-8")
    posts = list(archive.read([ACCOUNT], tmp_path, AS_OF))
    assert [post.state for post in posts if isinstance(post, Document)] == [state, state]
    assert {post.text for post in posts if isinstance(post, Document)} == {""}


def test_what_lies_beside_a_saved_page_is_passed_over(tmp_path: Path) -> None:
    """Pictures, styles and hidden files of a saved page are neither posts nor problems."""
    (tmp_path / "a_files").mkdir()
    (tmp_path / "a_files" / "b.html").write_text("<p>frame</p>", encoding="utf-8")
    for name in ("cover.jpg", "style.css", ".DS_Store", "~$台账.xlsx"):
        (tmp_path / name).write_bytes(b"\x00")
    assert only(read(tmp_path, "a.html", ARTICLE.format(repost=""))).title
    assert len(list(archive.read([ACCOUNT], tmp_path, AS_OF))) == 1


def test_a_page_packed_with_gzip_is_read(tmp_path: Path) -> None:
    """A saved page may lie there packed."""
    (tmp_path / "a.html.gz").write_bytes(gzip.compress(ARTICLE.format(repost="").encode()))
    assert only(list(archive.read([ACCOUNT], tmp_path, AS_OF))).post_facts.form == "article"


def test_real_pages_give_what_a_person_reads_in_them(shared: Path) -> None:
    """Class, time, title, account, author and body of every real sample."""
    folder = shared / "data" / "newmedia" / "wechat-pages"
    with REAL.open(encoding="utf-8") as file:
        next(file)
        expected = list(csv.DictReader(file, delimiter="\t"))
    assert {row["file"] for row in expected} == {str(path.relative_to(folder)) for path in folder.rglob("*.gz")}
    for row in expected:
        values = list(archive.read([ACCOUNT], folder / row["file"], AS_OF))
        assert all(value.excused for value in values if isinstance(value, Problem))
        if row["class"] == "not-a-post":
            assert ["资料页" in value.message for value in values if isinstance(value, Problem)] == [True]
            continue
        (post,) = (value for value in values if isinstance(value, Document))
        body = [block.text for block in post.blocks if block.kind == "body"]
        letters = _BLANKS.sub("", "".join(body))
        title = post.title if post.state is PostState.OK else ""
        found = {
            "file": row["file"],
            "class": post.post_facts.form,
            "published": str(post.published) if post.published else "-",
            "title": _digest(title),
            "account": _digest(post.post_facts.account_name),
            "author": _digest(post.post_facts.author),
            "start": _digest(body[0][:20] if body else ""),
            "paragraphs": str(len(body)),
            "characters": str(sum(map(len, body))),
            "begins": letters[:12] or "-",
            "ends": letters[-12:] or "-",
            "letters": str(len(letters)),
            # The second text post has no title of its own: it is called as it begins.
            "titled": "-" if row["titled"] == "-" else title[:12],
        }
        assert found == row


def _digest(text: str) -> str:
    return sha1(text.encode()).hexdigest()[:12] if text else "-"
