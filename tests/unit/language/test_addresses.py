"""Words of an address are never changed; words beside one are."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from jimo_lint.inspection import drafts, mending
from jimo_lint.language.addresses import in_address
from jimo_lint.readers.drafts import local
from jimo_lint.settings.config import Config

AS_OF = date(2026, 12, 1)

ADDRESSES = [
    "见 http://a.example.cn/关健/x.html 。",
    "http://a.example.cn/?q=关健",
    "见https://a.example.cn/（关健）.html",
    "HTTP://a.example.cn/关健",
    "ftp://a.example.cn/一/关健",
    "www.a.example.cn/关健.html",
    "a.example.gov.cn/关健.html",
    "关健@a.example.cn",
    "邮箱jia@关健.example.cn",
    "关健.科@a.example.cn",
]
WORDS = [
    "抓好关健环节，邮箱 jia@a.example.cn。",
    "抓好关健环节（详见http://a.example.cn/x.html）",
    "（详见http://a.example.cn/x.html）关健环节",
    "抓好关健环节http://a.example.cn/",
    "http://a.example.cn/x.html 关健环节",
    "http://a.example.cn/x.html。关健环节",
    "附件/关健环节.docx",
    "比例 1:2.5 关健",
    "@青潭发布 关健环节",
]


@pytest.mark.parametrize(("lines", "inside"), [(ADDRESSES, True), (WORDS, False)])
def test_an_address_is_told_from_words(lines: list[str], inside: bool) -> None:
    """Web and mail, with Chinese, brackets and without a scheme; beside, before and behind one."""
    assert {line for line in lines if in_address(line, line.index("关健"), line.index("关健") + 2)} == (
        set(lines) if inside else set()
    )
    assert not in_address("http://a.example.cn/x ，好", 21, 22)


@pytest.mark.parametrize("suffix", [".txt", ".md", ".html"])
def test_a_mend_leaves_addresses(suffix: str, tmp_path: Path) -> None:
    """In each format that is mended, and what is offered to editors."""
    path = tmp_path / f"稿{suffix}"
    lines = ADDRESSES + WORDS
    markup = suffix == ".html"
    path.write_text("\n\n".join(f"<p>{line}</p>" if markup else line for line in lines), encoding="utf-8")
    report, _ = drafts.check(local.read([path], as_of=AS_OF), Config(select=("T101",)), as_of=AS_OF)
    (done,) = mending.mended(report)
    assert [line for line in ADDRESSES if line not in done.after] == []
    assert done.after.count("关键") == len(WORDS)
    if suffix == ".txt":
        assert sum(bool(one.edits) for one in report.findings) == len(WORDS)


def test_a_long_line_takes_no_time() -> None:
    """Whatever stands in it."""
    for piece in ("a.", "a@", "（", "http://", "a-", "关"):
        assert not in_address(piece * 50_000 + " 关健", len(piece) * 50_000 + 1, len(piece) * 50_000 + 3)
        in_address(piece * 50_000 + "关健" + piece * 50_000, len(piece) * 50_000, len(piece) * 50_000 + 2)
