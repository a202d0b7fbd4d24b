"""For each format of archive a written sample with traps: what it gives, and what is said of the rest."""

from __future__ import annotations

import sqlite3
import zipfile
from datetime import date, datetime
from pathlib import Path

import pytest
from openpyxl import Workbook
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from jimo_lint.model import Account, Document, Platform, PostState, Problem
from jimo_lint.readers.archives import archive

AS_OF = date(2026, 11, 22)
ACCOUNT = Account("wechat:云溪发布", "云溪发布", Platform.WECHAT)
CASES = Path(__file__).parents[2] / "cases" / "archives"


def read(path: Path, *accounts: Account) -> tuple[list[Document], list[Problem], list[archive.Opened]]:
    """Posts, problems and what the files were taken for."""
    opened: list[archive.Opened] = []
    values = list(archive.read(accounts or [ACCOUNT], path, AS_OF, opened))
    posts = [one for one in values if isinstance(one, Document)]
    return posts, [one for one in values if isinstance(one, Problem)], opened


def formats(opened: list[archive.Opened]) -> list[str]:
    return [one.format.NAME if one.format else "" for one in opened]


def body(post: Document) -> list[str]:
    return [block.text for block in post.blocks if block.kind == "body"]


def test_published_posts_of_the_interface() -> None:
    """Each article of a message is a post; a deleted one is told, and so are the pages that were not fetched."""
    posts, problems, opened = read(CASES / "wechat-freepublish.json")
    assert formats(opened) == ["wechat-api"]
    assert [(post.title, post.published, post.state) for post in posts] == [
        ('云溪区召开"双百"会议 & 部署工作', datetime(2026, 11, 19, 22, 53, 20), PostState.OK),
        ("第二条", datetime(2026, 11, 19, 22, 53, 20), PostState.DELETED),
        ("没有标题的一条，正文里有𠮷野家和😀", datetime(2026, 11, 20, 22, 53, 20), PostState.OK),
    ]
    assert body(posts[0]) == ["第一段没有断开", "详见全文"]
    assert [link.url for link in posts[0].links] == ["https://www.yunxi.example/a.html"]
    assert {post.post_facts.proves_silence for post in posts} == {False}
    assert [(problem.excused, problem.message[:20]) for problem in problems] == [
        (True, "接口说共有 9 条，文件里只有 3 条。"[:20])
    ]


@pytest.mark.parametrize(("file", "kind"), [("wechat-draft.json", "draft"), ("wechat-material.json", "material")])
def test_what_may_never_go_out_is_read_for_its_words_alone(file: str, kind: str) -> None:
    """A draft, or material, has no time that could make an account look fresh."""
    ((post,), problems, _) = read(CASES / file)
    assert (post.post_facts.form, post.published, post.post_facts.saved) == (
        kind,
        None,
        datetime(2026, 11, 19, 22, 53, 20),
    )
    assert body(post)
    assert not problems


def test_an_error_of_the_interface_is_told(tmp_path: Path) -> None:
    """An answer that holds an error code is no empty account."""
    (tmp_path / "a.json").write_text('{"errcode":40001,"errmsg":"invalid credential"}', encoding="utf-8")
    posts, problems, _ = read(tmp_path)
    assert not posts
    assert "40001" in problems[0].message


def test_the_list_of_an_exporter() -> None:
    """Posts of the account alone, each once; a deleted one and a picture post are told apart."""
    posts, problems, opened = read(CASES / "exporter.json")
    assert formats(opened) == ["exporter-json"]
    assert [(post.title, post.state, post.post_facts.form) for post in posts] == [
        ("云溪区召开会议", PostState.OK, "article"),
        ("一张图读懂", PostState.DELETED, "picture"),
    ]
    assert posts[0].id == "wechat:云溪发布#2650000001_1"
    assert "防寒" in posts[0].text
    assert [problem.message for problem in problems] == [
        "档案里还有不属于所配置账号的内容，未检查：云溪交通 1 条",
        "1 条重复（链接或编号相同），只计一次",
    ]


def test_the_workbook_of_an_exporter(tmp_path: Path) -> None:
    """It is known from a ledger by 创建时间 and 是否原创; hostile cells stay text."""
    book = Workbook()
    sheet = book.active
    names = "公众号 ID 链接 标题 封面 摘要 创建时间 发布时间 阅读 点赞 分享 喜欢 留言 作者 是否原创 文章类型 所属合集"
    sheet.append([*names.split(), "文章内容"])
    address = "https://mp.weixin.qq.com/s/AbCdEfGhIjKlMnOpQrStUv"
    row = ["云溪发布", "2650000001_1", address, "x", "", "@SUM(1)", "2026-11-19 08:00:00", "2026-11-20 08:00:00"]
    sheet.append([*row, 1, 2, 3, 4, 5, "小云", "原创", "普通图文", "#冬季", "第一段\n第二段"])
    sheet["D2"].value = "=cmd|'/c calc'!A0"
    sheet["D2"].data_type = "s"
    book.save(tmp_path / "微信公众号文章.xlsx")
    ((post,), problems, opened) = read(tmp_path)
    assert formats(opened) == ["exporter-table"]
    assert (post.title, post.published) == ("=cmd|'/c calc'!A0", datetime(2026, 11, 20, 8))
    assert body(post) == ["第一段", "第二段"]
    assert not problems


def test_pages_of_an_exporter() -> None:
    """A folder with index.html a post: scripts are gone, the time is filled in, comments are not the office's words."""
    posts, problems, opened = read(CASES / "exporter-html")
    assert formats(opened) == ["wechat-page", "wechat-page"]
    assert [(post.title, post.published, post.post_facts.form) for post in posts] == [
        ("防寒提示", datetime(2026, 11, 20, 8, 5), "article"),
        ("第一行", datetime(2026, 11, 21, 9), "text"),
    ]
    assert [body(post) for post in posts] == [["寒潮来袭，请注意防寒。"], ["第一行", "第二行"]]
    assert not problems


def test_articles_in_text_and_markdown() -> None:
    """Title and day come from the file's name or its head; what stands for a picture is no text."""
    ((post,), problems, opened) = read(CASES / "2026-11-19-停水公告.txt")
    assert formats(opened) == ["article-file"]
    assert (post.title, post.published) == ("停水公告", datetime(2026, 11, 19))
    assert post.text.count("停水公告") == 1
    assert "138****5678" in post.text
    ((post,), _, _) = read(CASES / "exporter.md")
    assert (post.title, post.published) == ("清理河道垃圾", datetime(2026, 11, 18, 8, 5))
    assert post.post_facts.account_name == "云溪发布"
    assert body(post)[1:] == ["区水务局组织人员清理河道垃圾，共清运三车。", "下一步，将加强巡查，巩固成果。"]
    assert not post.post_facts.proves_silence
    assert not problems


def word(path: Path, parts: dict[str, str]) -> Path:
    with zipfile.ZipFile(path, "w") as package:
        for name, text in parts.items():
            package.writestr(name, text)
    return path


def test_word_documents(tmp_path: Path) -> None:
    """Runs of a paragraph are joined without a blank, deleted words stay out; a page put in whole is read as a page."""
    space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    written = (
        "<w:p><w:r><w:t>防寒提示</w:t></w:r></w:p><w:p><w:r><w:t>寒潮</w:t></w:r><w:del><w:r><w:delText>没</w:delText>"
        "</w:r></w:del><w:r><w:t>来袭。</w:t></w:r></w:p>"
    )
    document = f"<w:document {space}><w:body>{written}</w:body></w:document>"
    word(tmp_path / "2026-11-20 a.docx", {"word/document.xml": document})
    page = (CASES / "exporter-html" / "2026-11-20-防寒提示" / "index.html").read_text(encoding="utf-8")
    head = "MIME-Version: 1.0\nContent-Type: multipart/related; boundary=x\n\n"
    part = f"--x\nContent-Type: text/html; charset=utf-8\nContent-Transfer-Encoding: 8bit\n\n{page}\n--x--\n"
    word(tmp_path / "b.docx", {"word/document.xml": document, "word/afchunk.mht": head + part})
    posts, problems, opened = read(tmp_path)
    assert formats(opened) == ["word", "word"]
    assert [(post.title, post.published, body(post)) for post in posts] == [
        ("防寒提示", datetime(2026, 11, 20), ["寒潮来袭。"]),
        ("防寒提示", datetime(2026, 11, 20, 8, 5), ["寒潮来袭，请注意防寒。"]),
    ]
    assert not problems


def test_a_page_saved_in_one_file(tmp_path: Path) -> None:
    """Browsers save .mhtml; its page is read like any saved page."""
    page = (CASES / "exporter-html" / "2026-11-20-防寒提示" / "index.html").read_text(encoding="utf-8")
    head = "From: <Saved by Blink>\nMIME-Version: 1.0\nContent-Type: multipart/related;\n\tboundary=x\n\n"
    part = f"--x\nContent-Type: text/html\nContent-Transfer-Encoding: 8bit\n\n{page}\n--x--\n"
    (tmp_path / "a.mhtml").write_text(head + part, encoding="utf-8")
    ((post,), problems, opened) = read(tmp_path)
    assert formats(opened) == ["wechat-page"]
    assert post.title == "防寒提示"
    assert not problems


def wewe(path: Path) -> sqlite3.Connection:
    database = sqlite3.connect(path)
    database.executescript("""
        CREATE TABLE feeds (id TEXT, mp_name TEXT, mp_cover TEXT, status INT, sync_time INT, update_time INT);
        CREATE TABLE articles (id TEXT, mp_id TEXT, title TEXT, pic_url TEXT, publish_time INT, content TEXT);
        INSERT INTO feeds VALUES ('MP_1', '云溪发布', '', 1, 0, 0), ('MP_2', '云溪交通', '', 1, 0, 0);
        INSERT INTO articles
            VALUES ('AbCdEfGhIjKlMnOpQrStUv', 'MP_1', '防寒提示', '', 1795100000, '获取全文失败，请重试~');
        INSERT INTO articles VALUES ('BbCdEfGhIjKlMnOpQrStUv', 'MP_2', '别家的', '', 1795100000, '');
    """)
    return database


def test_the_database_of_wewe_rss(tmp_path: Path) -> None:
    """Posts of the account alone; a notice of failure is no text; nothing is written to the file or beside it."""
    wewe(tmp_path / "wewe-rss.db").close()
    before = (tmp_path / "wewe-rss.db").read_bytes()
    ((post,), problems, opened) = read(tmp_path)
    assert formats(opened) == ["wewe-rss"]
    assert (post.title, post.url) == ("防寒提示", "https://mp.weixin.qq.com/s/AbCdEfGhIjKlMnOpQrStUv")
    assert (post.text, post.published) == ("防寒提示", datetime(2026, 11, 19, 22, 53, 20))
    assert [problem.message for problem in problems] == ["档案里还有不属于所配置账号的内容，未检查：云溪交通 1 条"]
    assert (tmp_path / "wewe-rss.db").read_bytes() == before
    assert [path.name for path in tmp_path.iterdir()] == ["wewe-rss.db"]


def test_what_a_running_program_wrote_last_is_read(tmp_path: Path) -> None:
    """The newest posts may stand only in the log beside the database, which stays untouched."""
    wewe(tmp_path / "a.db").close()
    database = sqlite3.connect(tmp_path / "a.db")
    database.execute("PRAGMA journal_mode = WAL")
    database.execute("INSERT INTO articles VALUES ('CbCdEfGhIjKlMnOpQrStUv', 'MP_1', '刚写的', '', 1795186400, '')")
    database.commit()
    log = (tmp_path / "a.db-wal").read_bytes()
    assert log
    assert [post.title for post in read(tmp_path / "a.db")[0]] == ["防寒提示", "刚写的"]
    assert (tmp_path / "a.db-wal").read_bytes() == log
    database.close()


def test_half_a_database_says_so(tmp_path: Path) -> None:
    """A file cut in the middle is one problem, whatever could be read of it."""
    database = wewe(tmp_path / "a.db")
    database.executemany(
        "INSERT INTO articles VALUES (?, 'MP_1', ?, '', 1795100000, '')", [(f"{n:022}", "题" * 500) for n in range(200)]
    )
    database.commit()
    database.close()
    whole = (tmp_path / "a.db").read_bytes()
    (tmp_path / "a.db").write_bytes(whole[: len(whole) // 2])
    posts, problems, _ = read(tmp_path)
    assert len(posts) < 200
    assert "数据库不完整" in problems[-1].message or "认不出" in problems[-1].message


def test_the_database_of_weibo_crawler(tmp_path: Path) -> None:
    """Quoted posts stand in the same table: they are no posts of the account, and their words stay apart."""
    database = sqlite3.connect(tmp_path / "weibodata.db")
    database.executescript("""
        CREATE TABLE user (id TEXT, nick_name TEXT);
        CREATE TABLE weibo (id TEXT, bid TEXT, user_id TEXT, screen_name TEXT, text TEXT, article_url TEXT,
            created_at TEXT, retweet_id TEXT);
        INSERT INTO user VALUES ('100', '云溪发布');
        INSERT INTO weibo VALUES ('1', 'Aaa', '100', '云溪发布', '转发：注意防火', '', '2026-11-20', '9');
        INSERT INTO weibo VALUES ('2', 'Bbb', '100', '云溪发布', '第一行<br />第二行', '', '2026-11-19', '');
        INSERT INTO weibo VALUES ('9', 'Zzz', '900', '某市消防', '冬季布署防火', '', '2026-11-18', '');
    """)
    database.close()
    posts, problems, opened = read(tmp_path)
    assert formats(opened) == ["weibo-sqlite"]
    assert [[(block.kind, block.text) for block in post.blocks] for post in posts] == [
        [("body", "转发：注意防火"), ("quote", "冬季布署防火")],
        [("body", "第一行"), ("body", "第二行")],
    ]
    assert "某市消防" in posts[0].blocks[1].locator
    assert posts[0].url == "https://weibo.com/100/Aaa"
    assert not problems


def test_an_old_workbook_is_read() -> None:
    """Title row, header of two rows, merged days and accounts, rare characters; a hidden sheet is passed over."""
    posts, problems, opened = read(CASES / "ledger-old.xls")
    assert formats(opened) == ["ledger"]
    assert (
        "第 3 行是列名：标题←推文标题（B 列），发布时间←发布日期（C 列），链接←链接（D 列），账号←账号（E 列）"
        in opened[0].sign
    )
    assert [(post.title, post.published) for post in posts] == [
        ("防寒提示", datetime(2026, 11, 5)),
        ("停水公告", datetime(2026, 11, 5)),
    ]
    assert any("云溪交通 1 条" in problem.message and problem.excused for problem in problems)
    ((post,), _, _) = read(CASES / "ledger-old.xls", Account("wechat:云溪交通", "云溪交通", Platform.WECHAT))
    assert (post.title, post.published) == ("关于𠮷祥路施工的通告😀", datetime(2026, 11, 6))


def test_an_old_workbook_named_xlsx_and_a_new_one_named_xls(tmp_path: Path) -> None:
    """What a file is called does not matter."""
    (tmp_path / "a.xlsx").write_bytes((CASES / "ledger-old.xls").read_bytes())
    book = Workbook()
    book.active.append(["标题", "发布时间"])
    book.active.append(["新式", "2026-11-20"])
    book.save(tmp_path / "b.xls")
    assert [post.title for post in read(tmp_path)[0]] == ["防寒提示", "停水公告", "新式"]


def test_a_page_called_xls_is_read_as_a_table() -> None:
    """Cells that span rows and columns; a hostile formula is a title like any other; the mapping is shown."""
    posts, problems, opened = read(CASES / "ledger-web.xls")
    assert formats(opened) == ["ledger"]
    assert [(post.title, post.published) for post in posts] == [
        ("冬季用电", datetime(2026, 11, 18)),
        ("=cmd|'/c calc'!A0", datetime(2026, 11, 18)),
    ]
    assert [(problem.excused, "标题←推文题目（B 列）" in problem.message) for problem in problems] == [(True, True)]


def test_days_of_a_workbook_that_counts_from_1904(tmp_path: Path) -> None:
    """The same number is another day there, whether the cell is formatted as a date or not."""
    book = Workbook()
    book.epoch = CALENDAR_MAC_1904
    book.active.append(["标题", "发布时间"])
    book.active.append(["有格式", datetime(2026, 11, 5)])
    book.active.append(["没有格式", 44868])
    book.save(tmp_path / "a.xlsx")
    assert [post.published for post in read(tmp_path)[0]] == [datetime(2026, 11, 5), datetime(2026, 11, 4)]


def test_notes_of_xiaohongshu() -> None:
    """Below a row about the export; times are written in Chinese throughout."""
    posts, problems, opened = read(CASES / "xiaohongshu-notes.csv")
    assert formats(opened) == ["xiaohongshu-table"]
    assert [(post.title, post.published) for post in posts] == [
        ("云溪古镇的雪😀", datetime(2026, 11, 18, 14, 11, 20)),
        ("𠮷祥村的早晨", datetime(2026, 11, 10, 9)),
    ]
    assert not problems


def test_works_that_are_not_public_are_no_update(tmp_path: Path) -> None:
    """审核状态 tells what the public cannot see."""
    rows = ("甲,2026-11-01 09:00,视频,公开", "乙,2026-11-20 09:00,视频,私密", "丙,2026-11-21 09:00,视频,审核不通过")
    (tmp_path / "a.csv").write_text("\n".join(["作品名称,发布时间,体裁,审核状态", *rows]), encoding="utf-8")
    posts, _, _ = read(tmp_path)
    assert [(post.state, post.post_facts.form) for post in posts] == [
        (PostState.OK, "视频"),
        (PostState.OK, "draft"),
        (PostState.BLOCKED, "视频"),
    ]


def test_a_list_of_links_is_known_by_address_alone(tmp_path: Path) -> None:
    """Each address once, with the title beside it; what was not read is said."""
    posts, problems, opened = read(CASES / "links.txt")
    assert formats(opened) == ["link-list"]
    assert [(post.id.partition("#")[2], [block.text for block in post.blocks]) for post in posts] == [
        ("AbCdEfGhIjKlMnOpQrStUv", ["防寒提示"]),
        ("2650000001_2", []),
        ("https://www.yunxi.example/2.html", ["停水公告"]),
    ]
    assert {post.post_facts.form for post in posts} == {"address-only"}
    assert [problem.excused for problem in problems] == [True, True]
    assert "没有上网读取" in problems[0].message
    book = Workbook()
    for row in (["标题", "链接"], ["甲", "https://www.yunxi.example/1"], ["乙", "https://www.yunxi.example/2"]):
        book.active.append(row)
    book.save(tmp_path / "a.xlsx")
    assert [(post.title, post.published) for post in read(tmp_path)[0]] == [("甲", None), ("乙", None)]


def test_a_feed_that_breaks_off_gives_what_came_before() -> None:
    """The entries before the damage are posts, and the bridge's failure notice is no text."""
    ((post,), problems, _) = read(CASES / "feed-wewe.rss.xml")
    assert (post.title, post.text, post.published) == ("云溪发布的一篇", "云溪发布的一篇", datetime(2026, 11, 18, 9))
    assert "订阅不完整" in problems[0].message


def test_half_a_list_gives_what_came_before(tmp_path: Path) -> None:
    """A JSON file cut in the middle, even within a character, gives the posts before the cut, and says so."""
    whole = (CASES / "exporter.json").read_bytes()
    cut = whole.index("一张图".encode()) + 1
    (tmp_path / "a.json").write_bytes(whole[:cut])
    ((post,), problems, _) = read(tmp_path)
    assert post.title == "云溪区召开会议"
    assert problems[0].message == "JSON 不完整或已损坏，只读出前 1 条。请重新导出"
    posts, problems, _ = read(CASES / "exporter.json")
    assert len(posts) == 2
    assert not any("损坏" in problem.message for problem in problems)


def test_a_shifted_header_is_not_guessed_at() -> None:
    """Values that do not fit the names in most rows: the table is left out, and the columns are named."""
    posts, problems, _ = read(CASES / "ledger-shifted.csv")
    assert not posts
    assert "“发布时间”一列前 3 个值里有 3 个不是时间" in problems[0].message
    assert not problems[0].excused


def test_a_few_odd_values_are_no_shifted_header(tmp_path: Path) -> None:
    """Days without a year, 待定 and a title that is a number do not make a table useless."""
    rows = [
        "标题,发布时间,链接",
        "甲,11月5日,无",
        "乙,待定,-",
        "2026,11.8,",
        "丁,2026-11-09,https://www.yunxi.example/1",
    ]
    (tmp_path / "a.csv").write_text("\n".join(rows), encoding="utf-8")
    posts, problems, _ = read(tmp_path)
    assert [post.title for post in posts] == ["甲", "乙", "2026", "丁"]
    assert "要有年份" in problems[0].message


def test_numbers_that_lost_digits_make_no_address() -> None:
    """Excel keeps 15 digits: the posts stay two, without an address, and that is said."""
    posts, problems, opened = read(CASES / "weibo-crawler-lost.csv")
    assert formats(opened) == ["weibo-table"]
    assert [post.url.partition("lost.csv")[2] for post in posts] == [" 第 2 行", " 第 3 行"]
    assert "丢了位数（如 4.45457E+15）" in problems[0].message


def test_nul_bytes_and_a_cut_character_cost_nothing(tmp_path: Path) -> None:
    """Stray NULs are left out; a table cut within a character is still UTF-8."""
    text = "标题,发布时间\n防\0寒𠮷😀,2026-11-20\n停水,2026-11-19\n关于雪"
    (tmp_path / "a.csv").write_bytes(text.encode() + b"\xe5\x85")
    posts, problems, _ = read(tmp_path)
    assert [post.title for post in posts][:2] == ["防寒𠮷😀", "停水"]
    assert all("程序" not in problem.message for problem in problems)


@pytest.mark.slow
def test_a_large_table_is_read_as_a_stream(tmp_path: Path) -> None:
    """A table over the size that is read in one piece is read all the same; the same file as JSON is refused."""
    line = f"第{{}}条,2026-11-01,{'正文' * 5000}\n"
    with (tmp_path / "a.csv").open("w", encoding="utf-8") as file:
        file.write("标题,发布时间,正文\n")
        file.writelines(line.format(number) for number in range(1800))
    assert (tmp_path / "a.csv").stat().st_size > 50 * 1024 * 1024
    assert sum(1 for _ in archive.read([ACCOUNT], tmp_path, AS_OF)) == 1800
    (tmp_path / "a.csv").rename(tmp_path / "b.json")
    with (tmp_path / "b.json").open("r+b") as file:
        file.write(b'[{"appmsgid": 1,')
    assert "超过 50 MB" in read(tmp_path)[1][0].message


def test_a_page_of_three_megabytes_is_read(tmp_path: Path) -> None:
    """Saved pages carry megabytes of script."""
    page = (CASES / "exporter-html" / "2026-11-20-防寒提示" / "index.html").read_text(encoding="utf-8")
    script = f"<script>var x = '{'a1_' * 1_100_000}';</script>"
    (tmp_path / "a.html").write_text(page.replace("</head>", f"{script}</head>"), encoding="utf-8")
    ((post,), _, _) = read(tmp_path)
    assert body(post) == ["寒潮来袭，请注意防寒。"]


def test_an_archive_that_was_not_read_to_its_end_proves_nothing(tmp_path: Path) -> None:
    """What is missing may be the newest post: the last post that was read says so, whichever file it stands in."""
    (tmp_path / "a.csv").write_text("标题,发布时间\n甲,2026-01-01\n乙,2026-01-02\n", encoding="utf-8")
    assert [post.post_facts.proves_silence for post in read(tmp_path)[0]] == [True, True]
    (tmp_path / "b.xlsx").write_bytes(b"PK\x03\x04" + bytes(100))
    posts, problems, _ = read(tmp_path)
    assert [(post.title, post.post_facts.proves_silence) for post in posts] == [("甲", True), ("乙", False)]
    assert "没有下载或复制完" in problems[0].message


def test_posts_set_aside_under_other_names_leave_a_doubt(tmp_path: Path) -> None:
    """Where no post has the account's own name, those under others may be its: nothing is proven."""
    (tmp_path / "a.csv").write_text(
        "标题,发布时间,账号\n甲,2026-01-01,\n乙,2026-11-20,云溪区发布\n丙,2026-11-20,云溪发布厅\n", encoding="utf-8"
    )
    ((post,), problems, _) = read(tmp_path)
    assert (post.title, post.post_facts.proves_silence) == ("甲", False)
    assert "云溪区发布 1 条、云溪发布厅 1 条" in problems[0].message


def test_an_xml_workbook_is_read(tmp_path: Path) -> None:
    """Cells that are left out, cells merged downwards, times as Excel 2003 writes them, gb2312."""
    text = """<?xml version="1.0" encoding="gb2312"?>
<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">
<Worksheet ss:Name="台账"><Table>
<Row><Cell ss:MergeAcross="2"><Data ss:Type="String">云溪区台账</Data></Cell></Row>
<Row ss:Index="3"><Cell><Data ss:Type="String">标题</Data></Cell>
<Cell ss:Index="3"><Data ss:Type="String">发布时间</Data></Cell></Row>
<Row><Cell><Data ss:Type="String">防寒<B>提示</B></Data></Cell>
<Cell ss:Index="3" ss:MergeDown="1"><Data ss:Type="DateTime">2026-11-18T09:30:00.000</Data></Cell></Row>
<Row><Cell><Data ss:Type="String">停水</Data></Cell></Row>
</Table></Worksheet></Workbook>"""
    (tmp_path / "a.xls").write_bytes(text.encode("gb18030"))
    posts, problems, opened = read(tmp_path)
    assert formats(opened) == ["ledger"]
    assert [(post.title, post.published) for post in posts] == [
        ("防寒提示", datetime(2026, 11, 18, 9, 30)),
        ("停水", datetime(2026, 11, 18, 9, 30)),
    ]
    assert posts[1].url.endswith("a.xls 台账 第 5 行")
    assert not problems
    (tmp_path / "a.xls").write_bytes(text.encode("gb18030")[:500])
    assert "行起不完整或已损坏" in read(tmp_path)[1][0].message


def test_day_and_time_of_day_in_columns_of_their_own(tmp_path: Path) -> None:
    """They are put together; a time without a day is none."""
    rows = ["发布内容,发布日期,发布时间", "甲,2026.11.18,09:30", "乙,2026-11-19,", "丙,,10:00", "丁,2026-11-20,25:00"]
    (tmp_path / "a.csv").write_text("\n".join(rows), encoding="utf-8")
    posts, problems, _ = read(tmp_path)
    assert [post.published for post in posts] == [
        datetime(2026, 11, 18, 9, 30),
        datetime(2026, 11, 19),
        None,
        datetime(2026, 11, 20),
    ]
    assert "4 行中有 1 行的发布时间读不出（如 第 4 行 “10:00”）" in problems[0].message
