"""Whatever way a number is written and wherever it stands, nothing that an inspection leaves behind holds it."""

from __future__ import annotations

import html as markup
import json
import re
import sqlite3
import unicodedata
import zlib
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from urllib.parse import quote, unquote

import pytest

from tests.support import workbooks
from tests.support.crawling import Reply, html, site
from tests.support.numberforms import CARD, FORMS, ID, NUMBERS, PHONE, groups
from tests.support.program import jimo_lint

AS_OF = "2026-01-31"
_WRITTEN = list(FORMS.values())
# Only in the code of a page: broken by tags, and by the cells of a table.
_CODED = (
    f"身份证号{ID[:6]}<br>{ID[6:]}",
    f"<b>{ID[:6]}</b>{ID[6:]}",
    f"电话：{PHONE[:3]}<span>{PHONE[3:7]}</span>{PHONE[7:]}",
    "".join(f"&#{ord(one)};" for one in ID),
    f"<table><tr><td>身份证号</td>{''.join(f'<td>{one}</td>' for one in ID)}</tr></table>",
    f"<table><tr><td>联系电话</td>{''.join(f'<td>{one}</td>' for one in PHONE)}</tr></table>",
    f"<table><tr><td>银行卡号</td><td>{' '.join(groups(CARD, 4))}</td></tr></table>",
)
# As an address may have them: percent-encoded as UTF-8 and GBK, twice, digit by digit, and as written.
_ADDRESSES = [
    *(f"/f/{quote('张某' + form)}.docx" for form in _WRITTEN),
    *(f"/show?sfz={quote(form)}&n={number}" for number, form in enumerate(_WRITTEN) if ID in form),
    f"/f/{quote('张某'.encode('gbk'))}{ID}.pdf",
    f"/f/{quote(quote('张某'))}{ID}.pdf",
    f"/f/{''.join(f'%{ord(one):02X}' for one in ID)}.pdf",
    f"/f/%E5%BC%A0{ID}.xls",
    f"/q?mobile={PHONE}",
    f"/f/{PHONE}.xls",
    f"/f/{CARD}.xls",
    f"tel:{PHONE}",
    f"mailto:{PHONE}@139.example",
]


def _page(number: int) -> Reply:
    form = _WRITTEN[number]
    shown, name = markup.escape(form), quote("张某" + form)
    body = f"""
        <h1>第 {number} 份公示</h1><p>登记人张某，{shown}，男。</p>
        <table><tr><th>姓名</th><th>号码</th></tr><tr><td>张某</td><td>{shown}</td></tr></table>
        <p><a href="/go/{number}" title="{shown}">转到名单 {number}</a>
        <a href="/a/{number}.html">{shown}</a><a href="/b/{number}.html" title="{shown}"></a></p>
        <p><img src="/i/{number}.png" alt="照片 {shown}" data-id="{shown}"></p>
        <p><a href="javascript:open_file('{shown}')">打开第 {number} 份名单的文件</a></p>
        <div style="display:none"><a href="http://foreign.example/{name}.html">{shown}</a></div>
    """
    return html(body, title=f"公示 {shown}", head=f"<meta name='description' content='公示 {shown}'>")


def _answer(path: str) -> Reply | None:
    if path == "/":
        links = "".join(f'<p><a href="/p/{number}.html">第 {number} 份</a></p>' for number in range(len(_WRITTEN)))
        links += "".join(f'<p><a href="{markup.escape(url)}">名单</a></p>' for url in _ADDRESSES)
        return html(links + "".join(f"<p>又：{form}。</p>" for form in _CODED), title="首页")
    if found := re.fullmatch(r"/p/(\d+)\.html", path):
        return _page(int(found[1]))
    if found := re.fullmatch(r"/go/(\d+)", path):
        return Reply(status=302, headers={"Location": f"/target/{quote('张某' + _WRITTEN[int(found[1])])}.html"})
    if path.startswith(("/target/", "/a/", "/b/", "/f/", "/show", "/q")):
        return html(f"<p>{path.count('/')} 号内容写在这里，各不相同。</p>", title="正常页面")
    return None


@pytest.fixture(scope="module")
def inspected(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SimpleNamespace]:
    """One inspection with its links, and a second one of what was stored."""
    folder = tmp_path_factory.mktemp("personal")
    with site(_answer) as server:
        lines = ["[site]", f'start = ["{server.url}/"]', "[crawl]", "allow_private = true", "delay = 0"]
        lines += ["[links]", "delay = 0", "concurrency = 8"]
        (folder / "jimo-lint.toml").write_text("\n".join(lines), encoding="utf-8")
        outputs = ("-o", "a.xlsx", "-o", "a.json", "-o", "a.html")
        done = jimo_lint("inspect", "columns", "--as-of", AS_OF, *outputs, "-f", "text", cwd=folder)
        assert done.returncode in (0, 1), done.stderr
        asked = set(server.hits)
        again = jimo_lint("inspect", "columns", "--no-collect", "--as-of", AS_OF, "-f", "json", cwd=folder)
        jsonl = jimo_lint("inspect", "columns", "--no-collect", "--as-of", AS_OF, "-f", "jsonl", cwd=folder)
        yield SimpleNamespace(folder=folder, done=done, asked=asked, again=again, jsonl=jsonl)


def _digits(text: str) -> str:
    """All digits of a text, escapes resolved and whatever stands between them left out."""
    for _ in range(3):
        text = unquote(text, encoding="gbk" if "%A3%B" in text else "utf-8", errors="replace")
    text = unicodedata.normalize("NFKC", markup.unescape(text))
    return "".join(one for one in text if one.isdigit() or one in "Xx").upper()


def _held(texts: Iterator[str]) -> list[str]:
    return [text[:300] for text in texts for number in NUMBERS if number in _digits(text)]


DIGEST = 16  # bytes


def _stored(path: Path) -> Iterator[str]:
    connection = sqlite3.connect(path)
    tables = [row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    for table in tables:
        for row in connection.execute(f"SELECT * FROM {table}"):
            for value in row:
                if isinstance(value, bytes) and len(value) <= DIGEST:  # no text fits into what is packed so short
                    yield value.hex()
                elif isinstance(value, bytes) and value.startswith(b"["):  # a line of `line`, which is not packed
                    yield value.decode()
                else:
                    yield zlib.decompress(value).decode("utf-8", "replace") if isinstance(value, bytes) else str(value)
    connection.close()


def _cells(path: Path) -> Iterator[str]:
    for sheet in workbooks.opened(path):
        for row in sheet.iter_rows():
            for cell in row:
                yield f"{cell.value or ''}"
                yield cell.hyperlink.target or "" if cell.hyperlink else ""


def test_the_forms_are_many() -> None:
    """As many as the field has been seen to write, and the look for them finds each of them."""
    assert len(FORMS) + len(_CODED) >= 39
    for form in (*_WRITTEN, *_ADDRESSES, *(re.sub("<[^>]*>", "", one) for one in _CODED)):
        assert any(number in _digits(form) for number in NUMBERS), form


def test_nothing_left_behind_holds_a_number(inspected: SimpleNamespace) -> None:
    """Neither store, workbook, JSON, JSON lines, page, terminal nor log."""
    store = inspected.folder / ".jimo-lint" / "store.sqlite3"
    assert _held(_stored(store)) == []
    assert not [number for number in NUMBERS if number.encode() in store.read_bytes()]
    assert _held(_cells(inspected.folder / "a.xlsx")) == []
    assert _held(iter((inspected.folder / "a.json").read_text(encoding="utf-8").splitlines())) == []
    assert _held(iter((inspected.folder / "a.html").read_text(encoding="utf-8").splitlines())) == []
    for run in (inspected.done, inspected.again, inspected.jsonl):
        assert _held(iter(run.stdout.splitlines())) == []
        assert _held(iter(run.stderr.splitlines())) == []


def test_masked_addresses_are_neither_asked_nor_judged(inspected: SimpleNamespace) -> None:
    """A live file whose address holds a number is no dead link, now and from the store: it has a finding of its own."""
    assert not [path for path in inspected.asked if "*" in path]
    assert not [path for path in inspected.asked if path.startswith(("/f/", "/show", "/q"))]
    for report in (
        json.loads((inspected.folder / "a.json").read_text(encoding="utf-8")),
        json.loads(inspected.again.stdout),
    ):
        codes = [one["code"] for one in report["findings"]]
        assert {"P101", "P102", "P103", "P106", "P107"} <= set(codes)
        masked = [one for one in report["links"] if "****" in one["url"]]
        assert {one["verdict"] for one in masked} == {None}
        assert {one["reason"] for one in masked} == {"personal-address"}
        # What is hidden on the pages is told of, by its masked address; no verdict on one.
        assert not [one for one in report["findings"] if one["kind"] == "link" and "**" in one["message"]]
        assert sum(one["unchecked"] for one in report["link_counts"]) == len(masked) > len(_WRITTEN)
