"""Archives of accounts: every format by a sample with traps, and what cannot be read."""

from __future__ import annotations

import gzip
import io
import json
import re
import zipfile
from datetime import date, datetime
from pathlib import Path

import pytest
from openpyxl import Workbook

from jimo_lint.model import Account, Document, Platform, Problem
from jimo_lint.readers.archives import archive
from jimo_lint.readers.source import Source, load

AS_OF = date(2026, 11, 22)
ACCOUNT = Account("other:云溪发布", "云溪发布", Platform.OTHER)
CASES = Path(__file__).parents[2] / "cases" / "archives"


def read(path: Path) -> tuple[list[Document], list[Problem]]:
    values = list(archive.read([ACCOUNT], path, AS_OF))
    return [one for one in values if isinstance(one, Document)], [one for one in values if isinstance(one, Problem)]


def workbook(path: Path, *sheets: list[list[object]]) -> Path:
    book = Workbook()
    book.remove(book.active)
    for number, rows in enumerate(sheets, 1):
        sheet = book.create_sheet(f"表{number}")
        for row in rows:
            sheet.append(row)
    book.save(path)
    return path


def test_a_file_that_no_format_knows_costs_nothing_beside_files_that_were_read(tmp_path: Path) -> None:
    """It is told of and excused, but no silence is proved, since posts may be in it; alone it is a fault."""
    (tmp_path / "说明.caj").write_bytes(b"%CAJ-1.4\n")
    (tmp_path / "thumbs.db").write_bytes(b"\xd0\xcf\x11\xe0")
    _, (problem,) = read(tmp_path)
    assert not problem.excused
    (tmp_path / "台账.csv").write_text("标题,发布时间\n示例事项,2026-11-20\n", encoding="utf-8")
    posts, (problem,) = read(tmp_path)
    assert problem.excused
    assert problem.within(str(tmp_path)).startswith("说明.caj：认不出是什么档案，没有读")
    assert [post.post_facts.proves_silence for post in posts] == [False]


@pytest.mark.parametrize(
    ("file", "name"),
    [
        ("wechat-content-analysis.tsv", "wechat-table"),
        ("douyin-works.csv", "douyin-table"),
        ("weibo-crawler.csv", "weibo-table"),
        ("weibo-crawler-old.csv", "weibo-table"),
        ("weibo-crawler.json", "weibo-json"),
        ("ledger-gbk.csv", "ledger"),
        ("feed.rss.xml", "feed"),
        ("feed.atom.xml", "feed"),
        ("feed.json", "feed"),
    ],
)
def test_the_format_is_known_by_content(tmp_path: Path, file: str, name: str) -> None:
    """A file's name says nothing: under a wrong one it is read alike."""
    copy = tmp_path / "档案.dat"
    copy.write_bytes((CASES / file).read_bytes())
    found, sign = archive.find_format(load(copy))
    assert found is not None
    assert name == found.NAME
    assert sign
    assert [post.title for post in read(copy)[0]] == [post.title for post in read(CASES / file)[0]]


def test_every_format_has_a_name_of_its_own() -> None:
    """Names are written into documents, so they must not collide."""
    assert len({one.NAME for one in archive.FORMATS}) == len(archive.FORMATS)
    assert all(one.TITLE for one in archive.FORMATS)


def test_the_content_table_gives_titles_and_days() -> None:
    """yyyyMMdd is a day; a row that stands twice is one post; an address that is none is none."""
    posts, problems = read(CASES / "wechat-content-analysis.tsv")
    assert [(problem.message, problem.excused) for problem in problems] == [
        ("1 条重复（链接或编号相同），只计一次", True)
    ]
    assert [(post.title, post.published) for post in posts] == [
        ("云溪区“一网通办”上线", datetime(2026, 11, 18)),
        ("寒潮来袭，请注意防寒", datetime(2026, 11, 11)),
        ("无链接的一条", datetime(2026, 11, 5)),
    ]
    assert posts[0].id.endswith("#aaaaaaaaaaaaaaaaaaaaaa")
    assert posts[1].id.endswith("#2650000001_1")
    assert posts[2].url.endswith("第 5 行")


def test_a_douyin_caption_is_read_line_by_line() -> None:
    """A caption with a line break is one post of two blocks."""
    posts, problems = read(CASES / "douyin-works.csv")
    assert not problems
    assert [block.text for block in posts[0].blocks] == ["云溪古镇的清晨 #云溪", "欢迎来做客"]
    assert [post.published for post in posts] == [datetime(2026, 11, 18, 14, 11, 20), datetime(2026, 11, 10, 9)]
    assert posts[1].url.endswith("第 4 行")


@pytest.mark.parametrize("file", ["weibo-crawler.csv", "weibo-crawler.json"])
def test_a_repost_keeps_own_and_quoted_words_apart(file: str) -> None:
    """Blame differs, so the quoted words are blocks of another kind."""
    posts, problems = read(CASES / file)
    assert not problems
    assert [post.id for post in posts] == ["other:云溪发布#Abc0000001", "other:云溪发布#Abc0000002"]
    assert posts[0].published == datetime(2026, 11, 19, 10, 20, 30)
    assert {block.kind for block in posts[0].blocks} == {"body"}
    quoted = [block for block in posts[1].blocks if block.kind == "quote"]
    assert quoted[0].text.startswith("冬季防火，人人有责。")
    assert "某市消防" in quoted[0].locator
    assert posts[1].post_facts.form == "repost"


def test_an_older_weibo_table_is_read() -> None:
    """Older versions of the crawler write fewer columns."""
    posts, problems = read(CASES / "weibo-crawler-old.csv")
    assert [(post.text, post.published) for post in posts] == [("云溪区今日启动防汛演练", datetime(2026, 11, 19))]
    assert not problems


def test_a_ledger_is_read_by_the_names_of_its_columns() -> None:
    """Title rows, notes in the header, GBK, a repeated header, other accounts' rows and blank rows disturb nothing."""
    posts, problems = read(CASES / "ledger-gbk.csv")
    assert [(post.title, post.published) for post in posts] == [
        ("关于“镕基”路施工的通告", datetime(2026, 11, 18, 9, 30)),
        ("停水公告", None),
    ]
    assert posts[0].url == "https://www.yunxi.example/1"
    assert [(problem.message, problem.excused) for problem in problems] == [
        (
            "3 行中有 1 行的发布时间读不出（如 第 7 行 “待定”）。请核对表头与数据是否错列、时间是否写全（要有年份）",
            False,
        ),
        ("档案里还有不属于所配置账号的内容，未检查：云溪交通 1 条", True),
    ]


def test_a_ledger_without_this_account_says_so(tmp_path: Path) -> None:
    """Nothing of this account in a ledger of several is a slip in the name, not silence."""
    file = tmp_path / "台账.csv"
    file.write_text("标题,发布时间,账号\n甲,2026-11-01,云溪交通\n乙,2026-11-02,云溪公安\n", encoding="utf-8")
    posts, problems = read(file)
    assert not posts
    assert "云溪交通" in problems[0].message


def test_a_workbook_is_read_over_all_its_sheets(tmp_path: Path) -> None:
    """Real dates, Excel serials and yyyyMMdd numbers are days; a sheet of notes is passed over."""
    path = workbook(
        tmp_path / "台账.xlsx",
        [["十月"], [], ["标题", "发布时间"], ["甲", datetime(2026, 10, 5, 8, 30)], ["乙", 46300], [None, None]],
        [["填表说明"], ["请如实填写"]],
        [["标题", "发布日期", "正文"], ["丙", 20261101, "第一行\n第二行"], [123456, "2026.11.2", None]],
    )
    posts, problems = read(path)
    assert not problems
    assert [(post.title, post.published) for post in posts] == [
        ("甲", datetime(2026, 10, 5, 8, 30)),
        ("乙", datetime(2026, 10, 5)),
        ("丙", datetime(2026, 11, 1)),
        ("123456", datetime(2026, 11, 2)),
    ]
    assert [block.text for block in posts[2].blocks] == ["丙", "第一行", "第二行"]
    assert posts[2].url.endswith("台账.xlsx 表3 第 2 行")


def test_a_table_with_a_header_and_no_rows_proves_emptiness(tmp_path: Path) -> None:
    """No post and no problem: the account is empty, not unread."""
    assert read(workbook(tmp_path / "空.xlsx", [["标题", "发布时间"]])) == ([], [])


def test_feeds_give_title_text_and_time() -> None:
    """RSS with CDATA, Atom with escaped markup, JSON Feed; a bridge's failure notice is no text."""
    posts, problems = read(CASES / "feed.rss.xml")
    assert not problems
    assert [block.text for block in posts[0].blocks] == ["云溪区召开会议 & 部署工作", "第一段不断开&", "第二段"]
    assert [post.published for post in posts] == [datetime(2026, 11, 18, 9), datetime(2026, 11, 17, 20)]
    assert posts[1].text == "只有标题"
    (atom,) = read(CASES / "feed.atom.xml")[0]
    assert (atom.title, atom.url, atom.published) == (
        "防寒<提示>",
        "https://www.yunxi.example/3",
        datetime(2026, 11, 18, 9),
    )
    assert read(CASES / "feed.json")[0][0].text == "停水公告\n明日停水。"


def test_a_feed_never_proves_silence(tmp_path: Path) -> None:
    """It holds the latest entries only, and the documents say so; an empty one is a problem, not emptiness."""
    assert {post.post_facts.proves_silence for post in read(CASES / "feed.rss.xml")[0]} == {False}
    assert all(post.post_facts.proves_silence for post in read(CASES / "douyin-works.csv")[0])
    empty = tmp_path / "feed.xml"
    empty.write_text("<rss><channel><title>云溪发布</title></channel></rss>", encoding="utf-8")
    posts, problems = read(empty)
    assert not posts
    assert "不能据此认定没有更新" in problems[0].message


def test_a_feed_in_gb2312_is_read() -> None:
    """The parser knows few charsets; the text does not depend on it."""
    body = '<?xml version="1.0" encoding="gb2312"?><rss><item><title>防汛</title></item></rss>'.encode("gb18030")
    (post,) = archive.read_bytes([ACCOUNT], "https://www.yunxi.example/rss", body, AS_OF)
    assert isinstance(post, Document)
    assert post.title == "防汛"


def test_a_time_in_the_future_makes_nothing_fresh(tmp_path: Path) -> None:
    """A wrong year must not hide an idle account: the post stays, undated, and the file is named."""
    file = tmp_path / "a.csv"
    file.write_text("标题,发布时间\n甲,2062-11-01\n乙,2026-11-22 23:59\n", encoding="utf-8")
    posts, problems = read(file)
    assert [(post.title, post.published) for post in posts] == [("甲", None), ("乙", datetime(2026, 11, 22, 23, 59))]
    assert posts[0].post_facts.future_time == datetime(2062, 11, 1)
    assert "2062-11-01" in problems[0].message
    # All was read: the date is for the office to correct, and no reason for cron to call the job undone.
    assert problems[0].excused


@pytest.mark.parametrize(
    ("row", "proves"),
    [
        ("新,12-01,", False),
        ("新,11月5日,", False),
        ("新,待定,", False),
        ("新,昨天 10:00,已发布", False),
        ("新,待定,草稿", True),
        ("新,待定,已删除", True),
        ("新,,", True),
        ("新,2026年11月1日 下午3点,", True),
    ],
)
def test_a_time_that_cannot_be_read_proves_no_silence(tmp_path: Path, row: str, proves: bool) -> None:
    """The post may be the newest one; what never went out, or is gone, is no update anyway."""
    file = tmp_path / "a.csv"
    file.write_text(f"标题,发布时间,状态\n旧,2026-10-01,\n{row}\n", encoding="utf-8")
    posts, _ = read(file)
    assert all(post.post_facts.proves_silence for post in posts) is proves


def test_words_handed_on_in_a_repost_are_their_authors(tmp_path: Path) -> None:
    """`//@name:` begins somebody else's words: they stay, and the place of a finding names who wrote them."""
    file = tmp_path / "a.json"
    text = "好消息！//@甲:转发微博//@某市教育：布署招生"
    file.write_text(
        json.dumps({"user": {}, "weibo": [{"id": 1, "bid": "a", "text": text, "created_at": "2026-11-20"}]}),
        encoding="utf-8",
    )
    (found,) = read(file)[0]
    assert [(block.kind, block.text, block.locator) for block in found.blocks] == [
        ("body", "好消息！", "正文第 1 段"),
        ("quote", "转发微博", "转发自“甲”的话第 1 段"),
        ("quote", "布署招生", "转发自“某市教育”的话第 1 段"),
    ]


def test_the_same_post_in_two_files_is_one(tmp_path: Path) -> None:
    """Two exports that overlap give each post once."""
    row = "甲,2026-11-01,https://mp.weixin.qq.com/s/AbCdEfGhIjKlMnOpQrStUv\n"
    for name in ("1.csv", "2.csv"):
        (tmp_path / name).write_text(f"标题,发布时间,链接\n{row}", encoding="utf-8")
    assert len(read(tmp_path)[0]) == 1


def test_ids_that_lost_digits_in_excel_do_not_merge_posts(tmp_path: Path) -> None:
    """Excel keeps 15 digits, so different posts can show one id."""
    file = tmp_path / "a.csv"
    file.write_text("ID,标题,发布时间\n4.45457E+15,甲,2026-11-01\n4.45457E+15,乙,2026-11-02\n", encoding="utf-8")
    assert [post.title for post in read(file)[0]] == ["甲", "乙"]


def test_personal_data_never_leaves_the_reader(tmp_path: Path) -> None:
    """Title, body and address are masked, and the places are kept for the rules."""
    file = tmp_path / "a.csv"
    file.write_text("标题,发布时间,正文\n咨询电话13812345678,2026-11-01,请联系13912345678\n", encoding="utf-8")
    (post,) = read(file)[0]
    assert "13812345678" not in post.title + post.text
    assert len(post.personal) == 2


def zipped(name: str) -> bytes:
    """A package with one file in it."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archived:
        archived.writestr(name, "x")
    return packed.getvalue()


BROKEN = {
    "空文件.csv": (b"", "文件是空的"),
    "照片.dat": (b"\x89PNG\r\n\x1a\n\x00\x00\x00", "认不出是什么档案"),
    "随笔.txt": ("今天天气不错。".encode(), "认不出是什么档案"),
    "旧.xls": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "不是完好的 .xls 工作簿"),
    "改名.xlsx": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "不是完好的 .xls 工作簿"),
    "加密.xlsx": (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(64) + "EncryptedPackage".encode("utf-16-le"),
        "工作簿已加密",
    ),
    "网页.xlsx": (b"<html><table><tr><td>1</td></tr></table></html>", "是网页，但不是微信文章"),
    "断.xlsx": (b"PK\x03\x04" + bytes(100), "不是完好的工作簿"),
    "断.docx": (b"PK\x03\x04" + bytes(100), "不是完好的 Word 文档，多半没有下载或复制完"),
    "断.wps": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "不是完好的 Word 文档"),
    "断.DOC": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "不是完好的 Word 文档"),
    "断.pptx": (b"PK\x03\x04" + bytes(100), "不是完好的 .pptx 文件"),
    "断.xlsm": (b"PK\x03\x04" + bytes(100), "不是完好的工作簿"),
    "加密.docx": (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(64) + "EncryptedPackage".encode("utf-16-le"),
        "已加密",
    ),
    "改名的包.csv": (zipped("推文.html"), "请解压"),
    "断.json": (b'{"weibo": [{"id": 1, "text": ', "JSON 不完整"),
    "断.xml": (b"<rss><channel><item><title>x", "订阅不完整"),
    "炸弹.xml": (b'<?xml version="1.0"?><rss><!ENTITY a "b"></rss>', "实体定义"),
    "断.gz": (b"\x1f\x8b\x08\x00broken", "gzip 压缩包已损坏"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_what_cannot_be_read_is_a_problem_with_a_remedy(tmp_path: Path, name: str) -> None:
    """One line with place, fault and remedy; never a traceback, and the files beside it are read."""
    body, message = BROKEN[name]
    (tmp_path / name).write_bytes(body)
    (tmp_path / "好.csv").write_text("标题,发布时间\n甲,2026-11-01\n", encoding="utf-8")
    posts, problems = read(tmp_path)
    assert [post.title for post in posts] == ["甲"]
    assert [problem.place for problem in problems] == [str(tmp_path / name)]
    assert message in problems[0].message
    assert "\n" not in problems[0].message
    assert not re.search(r"[A-Z][a-z]+[A-Z]|Error|line \d", problems[0].message)  # no name of a Python exception


@pytest.mark.slow
def test_bombs_are_refused_before_they_unpack(tmp_path: Path) -> None:
    """A workbook or gzip that unpacks to more than it may is not unpacked."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archived:
        archived.writestr("xl/workbook.xml", "<workbook/>")
        with archived.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as part:
            for _ in range(310):
                part.write(bytes(1024 * 1024))
    (tmp_path / "炸弹.xlsx").write_bytes(packed.getvalue())
    (tmp_path / "炸弹.gz").write_bytes(gzip.compress(bytes(60 * 1024 * 1024), 1))
    posts, problems = read(tmp_path)
    assert not posts
    assert sorted(problem.message[:10] for problem in problems) == ["工作簿解压后超过 3"[:10], "解压后超过 50 MB"[:10]]


def test_a_workbook_with_a_broken_sheet_gives_what_stands_before(tmp_path: Path) -> None:
    """Half an archive: the rows before the damage are posts, the damage is a problem."""
    path = workbook(
        tmp_path / "a.xlsx", [["标题", "发布时间"], *([f"第{n}条", f"2026-11-{n:02}"] for n in range(1, 21))]
    )
    damaged = io.BytesIO()
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(damaged, "w") as new:
        for name in old.namelist():
            body = old.read(name)
            new.writestr(name, body[: len(body) * 9 // 10] if name.endswith("sheet1.xml") else body)
    path.write_bytes(damaged.getvalue())
    problems = read(path)[1]
    assert len(problems) == 1
    assert "行起已损坏" in problems[0].message


def test_a_csv_cut_in_a_quoted_cell_is_read_as_far_as_it_goes() -> None:
    """A cut table still gives the rows before the cut."""
    body = '标题,发布时间\n甲,2026-11-01\n乙,2026-11-02\n"丙'.encode()
    values = list(archive.read_bytes([ACCOUNT], "a.csv", body, AS_OF))
    assert [one.title for one in values if isinstance(one, Document)][:2] == ["甲", "乙"]


def test_nothing_there_is_said(tmp_path: Path) -> None:
    """A missing path and a folder without files are problems of the archive."""
    missing, empty = tmp_path / "没有", tmp_path / "空"
    empty.mkdir()
    assert [problem.message for problem in read(missing)[1]] == ["没有这个档案。请检查 archive 的路径"]
    assert read(empty)[1][0].message.startswith("档案为空")


def test_a_fault_of_the_program_costs_one_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An unforeseen error is told of with the file's name, and the rest is read."""
    (tmp_path / "1.json").write_text((CASES / "weibo-crawler.json").read_text(encoding="utf-8"), encoding="utf-8")
    (tmp_path / "2.csv").write_text("标题,发布时间\n甲,2026-11-01\n", encoding="utf-8")

    def fail(source: Source) -> None:
        raise KeyError("x")

    monkeypatch.setattr("jimo_lint.readers.archives.formats.weibo.WeiboJson.read", fail)
    posts, problems = read(tmp_path)
    assert [post.title for post in posts] == ["甲"]
    assert "KeyError" in problems[0].message


def test_real_exports_are_read(shared: Path) -> None:
    """Headers of real exports, with the rows they came with."""
    folder = shared / "data" / "newmedia"
    found = {
        name: [(len(post.title), post.published) for post in read(folder / name)[0]]
        for name in ("douyin-creator-centre.csv", "wechat-content-analysis.tsv")
    }
    assert found == {
        "douyin-creator-centre.csv": [(4, datetime(2026, 7, 18, 14, 11, 20))],
        "wechat-content-analysis.tsv": [(15, datetime(2022, 3, 29)), (21, datetime(2022, 3, 22))],
    }
    weibo, problems = read(folder / "weibo-crawler.json")
    assert not problems
    assert [(post.published, post.post_facts.form) for post in weibo] == [
        (datetime(2019, 12, 28), "post"),
        (datetime(2019, 12, 27), "repost"),
    ]


def test_a_broken_address_costs_neither_post_nor_file(tmp_path: Path) -> None:
    """A post whose link is no address keeps its place in the file as address."""
    file = tmp_path / "台账.csv"
    file.write_text("标题,发布时间,链接\n甲,2026-11-20,http://[::1\n乙,2026-11-21,\n", encoding="utf-8")
    posts = list(archive.read([Account("wechat:x", "x", Platform.WECHAT)], file, date(2026, 11, 22)))
    assert [one.title for one in posts if isinstance(one, Document)] == ["甲", "乙"]
    assert len(posts) == 2


def word(path: Path, text: str) -> Path:
    """A Word document of one paragraph."""
    name = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    path.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(path, "w") as package:
        body = f"<w:body><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:body>"
        package.writestr("word/document.xml", f'<w:document xmlns:w="{name}">{body}</w:document>')
    return path


def test_a_document_that_a_page_was_saved_with_is_an_attachment_and_no_post(tmp_path: Path) -> None:
    """It is read and masked for its account; scripts, styles and notices of the same folder are not."""
    (tmp_path / "台账.csv").write_text("标题,发布时间\n示例事项,2026-11-20\n", encoding="utf-8")
    folder = tmp_path / "示例事项_files"
    named = word(folder / "名单.docx", "张小明 11010519491231002X")
    word(folder / "深处" / "名册.docx", "名册")
    for name in ("page.js", "style.css", "notice.html", "说明.txt", "图.png"):
        (folder / name).write_text("<html><body>张小明 11010519491231002X</body></html>", encoding="utf-8")
    found, problems = read(tmp_path)
    assert problems == []
    posts = [one for one in found if one.source != "attachment"]
    assert [one.title for one in posts] == ["示例事项"]
    assert [one.post_facts.proves_silence for one in posts] == [True]
    attached = {one.url: one for one in found if one.source == "attachment"}
    assert set(attached) == {str(named), str(folder / "深处" / "名册.docx")}
    assert attached[str(named)].account == ACCOUNT.id
    assert attached[str(named)].text == "张小明 11**************2X"
    assert len({one.id for one in found}) == 3


def test_a_damaged_document_beside_posts_is_told_of_and_excused(tmp_path: Path) -> None:
    """The posts were read all the same."""
    (tmp_path / "台账.csv").write_text("标题,发布时间\n示例事项,2026-11-20\n", encoding="utf-8")
    broken = tmp_path / "页面_files" / "名单.docx"
    broken.parent.mkdir()
    broken.write_bytes(b"PK\x03\x04 broken")
    found, (problem,) = read(tmp_path)
    assert problem.excused
    assert problem.place == str(broken)
    assert [one.source for one in found] == ["archive", "attachment"]


def test_a_document_beside_the_posts_of_several_accounts_is_nobodys(tmp_path: Path) -> None:
    """Whose list it is cannot be told, so it is not read, as before."""
    (tmp_path / "台账.csv").write_text("账号,平台,标题,发布时间\n云溪发布,其他,示例事项,2026-11-20\n", encoding="utf-8")
    word(tmp_path / "页面_files" / "名单.docx", "名单")
    other = Account("other:云溪教育", "云溪教育", Platform.OTHER)
    found = [one for one in archive.read([ACCOUNT, other], tmp_path, AS_OF) if isinstance(one, Document)]
    assert [one.source for one in found] == ["archive"]


def test_only_documents_in_a_folder_are_no_archive(tmp_path: Path) -> None:
    """What was saved with pages does not make one."""
    word(tmp_path / "页面_files" / "名单.docx", "名单")
    found, (problem,) = read(tmp_path)
    assert (found, problem.excused) == ([], False)
