"""Good inputs that `fuzz.py` changes: made here, read from tests/cases and, where it is there, from ../shared."""

from __future__ import annotations

import io
import tomllib
import zipfile
from datetime import date
from importlib.util import find_spec
from pathlib import Path

from openpyxl import Workbook

from tests.support import attached, boxes, ofd, officebooks, pdfs
from tests.support.office import documents, flat, libreoffice
from tests.support.oldbooks import label, workbook
from tests.unit.readers.test_old_slides import simple
from tests.unit.readers.test_readers_doc import word
from tests.unit.readers.test_rich_text import rich

ROOT = Path(__file__).resolve().parents[1]
CASES = ROOT / "tests" / "cases"
SHARED = ROOT.parent / "shared"
LARGEST = 50_000  # bytes; what is quadratic shows at that


def files(*patterns: str) -> list[bytes]:
    """What tests/cases has."""
    found = [path for pattern in patterns for path in sorted(CASES.glob(pattern)) if path.is_file()]
    return [path.read_bytes()[:LARGEST] for path in found]


def shared(pattern: str, most: int) -> list[bytes]:
    """Some of what ../shared has, spread over all of it."""
    found = sorted(SHARED.glob(pattern))
    return [path.read_bytes()[:LARGEST] for path in found[:: max(len(found) // most, 1)][:most]]


ARTICLE = """<!DOCTYPE html><html><head><meta charset="utf-8"><title>关于汛前检查的通知_青潭区人民政府</title>
<meta name="PubDate" content="2026-01-05 09:30"><meta name="ArticleTitle" content="关于汛前检查的通知"></head><body>
<div class="nav"><a href="/">首页</a> <a href="/zwgk/">政务公开</a></div>
<div class="crumb">当前位置：首页 &gt; 通知公告</div>
<h1>关于汛前检查的通知</h1><p>发布时间：2026-01-05 来源：区水利局 浏览：<span id="hits"></span></p>
<div class="content"><p>青政办发〔2026〕3号</p><p>各镇（街道）、各有关单位：现将有关事项通知如下。一、总体要求（一）</p>
<table><tr><td rowspan="2">序号</td><td colspan="2">项目</td></tr><tr><td>甲</td><td>2.5万元</td></tr></table>
<p>联系人：某某，电话0532-8000000。附件：<a href="a.docx">方案.docx</a></p>
<p style="text-align:right">2026年1月5日</p>
</div><div class="footer">主办单位：青潭区人民政府办公室 网站标识码3702000000 鲁ICP备00000000号</div>
<script>var cs = String.fromCharCode(104,116); document.write("<a href='http:\\/\\/x.example\\/'>");</script>
</body></html>"""
LIST = """<html><head><title>通知公告</title></head><body><div class="list"><ul>{rows}</ul></div>
<div class="page"><script>createPageHTML(9, 0, "index", "html");</script>
<a href="index_2.html">下一页</a></div></body></html>"""
ROW = """<li><a href="/art/2026/1/{0}/art_1_{0}.html" title="第{0}条通知">第{0}条通知的标题</a>
<span>2026-01-{0:02}</span></li>"""
DRAFT = """---
title: 通知
date: 2026-01-05
---
# 关于**开展**检查的通知

各单位：现将[有关事项](https://example.gov.cn/a.html)通知如下。会议于2026年1月5日召开，XX镇、YY村参加。

1. 一、工作要求
   - 严阵以待，脚踏实地；`代码`
> 引用

| 序号 | 名称 |
|---|---|
| 1 | 甲 |
"""
SETTINGS = """[site]
name = "青潭区人民政府"
start = ["https://www.qingtan.gov.cn/"]
hosts = ["www.qingtan.gov.cn"]
[crawl]
delay = 0.5
max_pages = 100
[rules]
ignore = ["T105"]
allow = ["示例"]
[[column]]
name = "通知公告"
url = "https://www.qingtan.gov.cn/tzgg/"
max_age = "2w"
[[account]]
name = "青潭发布"
platform = "wechat"
closed = 2026-01-05
[[pair]]
wrong = "即默区"
right = "即墨区"
[notify]
robot = "json"
url_env = "ROBOT"
"""
ANSWERS = (
    '{"classify":{"id":21},"total":430,"articles":[{"title":"甲","url":"/a.html","display_publish_time":1767600000}]}',
    """<datastore><nextgroup><![CDATA[<a href='?page=2'></a>]]></nextgroup><recordset><record><![CDATA[<li>
    <a href='/a.html'>甲</a><span>2026-01-05</span></li>]]></record></recordset>
    <totalrecord>9</totalrecord></datastore>""",
    '{"success":true,"data":{"html":"<ul><li><a href=\\"/a.html\\">甲</a><b>2026-01-05</b></li></ul>"}}',
)
WORDS = "错误词\t正确词\t说明\t例外\n即默区\t即墨区\t地名\t\n青谭区\t青潭区\t\t青谭区志\n"
REGISTER = "账号名称,平台,主办单位,状态,关停时间\n青潭发布,微信,区府办,正常,\n青潭教育,微博,教育局,已关停,2025-12-01\n"
CATALOGUE = "一级事项,栏目名称,网址,责任单位,更新时限,重点\n政务公开,通知公告,/tzgg/,区府办,每月,是\n"
LEADERS = "姓名\t职务\t起\t止\n李某某\t青潭区区长\t2025-01-02\t\n"


def xlsx() -> bytes:
    """A workbook with a ledger and a word list."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (
        ("台账",),
        ("标题", "发布时间", "链接", "账号"),
        ("甲地要闻", "2026-01-05", "https://x.example/", "青潭发布"),
    ):
        sheet.append(row)
    sheet.append(["乙地要闻", date(2026, 1, 6), 3.5, True])
    sheet.merge_cells("A1:D1")
    sheet.merge_cells("D3:D4")
    book.create_sheet("二").append(["错误词", "正确词"])
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def xls() -> bytes:
    """The same as Excel 97 wrote it."""
    cells = [label(row, column, text) for row in range(3) for column, text in enumerate(("标题", "发布时间", "链接"))]
    return workbook(cells, [label(0, 0, "错误词"), label(0, 1, "正确词")])


def xml_table() -> bytes:
    """An XML workbook of Excel 2003."""
    space = "urn:schemas-microsoft-com:office:spreadsheet"
    cells = '<ss:Cell ss:MergeDown="1"><ss:Data ss:Type="String">标题</ss:Data></ss:Cell><ss:Cell ss:Index="3"/>'
    rows = f'<ss:Row ss:Index="2">{cells}</ss:Row><ss:Row>{cells}</ss:Row>'
    sheet = f'<ss:Worksheet ss:Name="S"><ss:Table>{rows}</ss:Table></ss:Worksheet>'
    return f'<?xml version="1.0"?><ss:Workbook xmlns:ss="{space}">{sheet}</ss:Workbook>'.encode()


def docx() -> bytes:
    """A document of Word."""
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    paragraphs = "".join(f"<w:p><w:r><w:t>{line}</w:t></w:r></w:p>" for line in DRAFT.splitlines())
    table = "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>甲</w:t><w:tab/></w:r></w:p></w:tc></w:tr></w:tbl>"
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as package:
        package.writestr("[Content_Types].xml", "<Types/>")
        body = f'<w:document xmlns:w="{space}"><w:body>{paragraphs}{table}</w:body></w:document>'
        package.writestr("word/document.xml", body)
    return written.getvalue()


def doc(folder: Path) -> bytes:
    """A document of Word 97. folder: for the file that it is first."""
    return word(
        folder / "seed.doc", "Draft 2026\r", "会议于XX年X月X日召开。\r", box="框", deleted=[(2, 4)]
    ).read_bytes()


_LIST = [["序号", "姓名", "身份证号"], ["1", "李示例", "11010519491231002X"], ["2", "王示范", "1101**********0021"]]


def attachments(folder: Path) -> dict[str, list[bytes]]:
    """What offices attach, by suffix. folder: for what LibreOffice saves, where it is installed."""
    said = ["关于公示名单的通知", *attached.lines(_LIST)]
    listed, word = attached.gbk_csv(_LIST), attached.docx(table=_LIST, box=_LIST, header=_LIST, footnotes=_LIST)
    mail = boxes.outlook({"0037": "公示名单", "1000": "见附件"}, [boxes.attachment("名单.csv", listed)])
    found = {
        ".pdf": [
            attached.pdf(said, said),
            pdfs.pdf(pdfs.Page(texts=pdfs.paragraph(said[1] * 3)), files={"a.csv": listed}),
        ],
        ".xlsx": [attached.xlsx(_LIST, "sheet"), attached.xlsx(_LIST, "comment"), officebooks.planted()],
        ".xls": [attached.xls(_LIST)],
        ".ods": [attached.ods(_LIST)],
        ".csv": [listed, "甲\t乙\n1\t2\n".encode("utf-16")],
        ".docm": [word],
        ".pptx": [attached.pptx(_LIST)],
        ".ppt": [simple(*said)],
        ".odt": [attached.odt(_LIST)],
        ".rtf": [attached.rtf(_LIST), rich("\\trowd 甲\\cell 乙\\cell\\row{\\footnote 注}\\par")],
        ".ofd": [attached.ofd(said), ofd.document([ofd.Page(ofd.paragraph(*said))], attachments={"a.csv": listed})],
        ".zip": [
            attached.zipped({"名单.csv": listed, "a.docx": word}, "gbk"),
            attached.zipped({"a.zip": attached.zipped({})}),
        ],
        ".tar": [boxes.tarred({"a.csv": listed}, "w"), boxes.tarred({"a.csv": listed}, "w:gz")],
        ".rar": [boxes.rar({"a.csv": listed}), boxes.old_rar({b"a.csv": listed})],
        ".eml": [
            attached.letter("名单.csv", listed),
            boxes.mail([("Content-Type: text/html", b"<p>x</p>")], subject="名单"),
        ],
        ".msg": [boxes.msg(mail)],
        ".mht": [_MHT.encode()],
        ".png": [flat.png()],
    }
    if find_spec("libarchive"):
        found[".7z"] = [boxes.seven(folder, {"a.csv": listed})]
    for suffix, body in saved(folder).items():
        found.setdefault(suffix, []).append(body)
    return found


_MHT = f"""MIME-Version: 1.0
Content-Type: multipart/related; boundary="x"

--x
Content-Type: text/html; charset=utf-8
Content-Transfer-Encoding: 8bit

{ARTICLE}
--x--
"""


def saved(folder: Path) -> dict[str, bytes]:
    """Documents of LibreOffice with something in every part, by suffix; none where it is not installed."""
    if not libreoffice.WHOLE:
        return {}
    table = tomllib.loads((CASES / "parts.toml").read_text(encoding="utf-8"))
    groups = {name: group for name, group in table.items() if name != "format"}
    documents.write(folder, groups)
    paths = [folder / f"{name}.{suffix}" for name, group in groups.items() for suffix in group["formats"]]
    return {path.suffix: body for path in paths if len(body := path.read_bytes()) <= LARGEST}
