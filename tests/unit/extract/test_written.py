"""Addresses that stand in a text as text: where they end between Chinese words, marks and brackets."""

from __future__ import annotations

import time

import pytest

from jimo_lint.extract.links.written import written_addresses


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("见http://a.example/x.html，", ["http://a.example/x.html"]),
        ("见http://a.example/x.html下载", ["http://a.example/x.html"]),
        ("请登录http://a.example查询", ["http://a.example"]),
        ("请登录http://a.example/查询", ["http://a.example/"]),
        ("http://a.example/ok/说明_(2026).html 与", ["http://a.example/ok/说明_(2026).html"]),
        ("http://a.example/附件.pdf、http://a.example/b?标题=甲&x=1", ["http://a.example/附件.pdf", "http://a.example/b?标题=甲&x=1"]),
        ("（http://a.example/x）", ["http://a.example/x"]),
        ("(http://a.example/x)", ["http://a.example/x"]),
        ("(见http://a.example/x_(1))。", ["http://a.example/x_(1)"]),
        ("http://a.example/x.", ["http://a.example/x"]),
        ("http://a.example/b,政策文件", ["http://a.example/b"]),
        ("http://a.example/b,c.html", ["http://a.example/b,c.html"]),
        ("HTTPS://A.example/x", ["HTTPS://A.example/x"]),
        ("http://[::1]:8080/x", ["http://[::1]:8080/x"]),
        ("写作http://，后面没有", []),
        ("xhttp://a.example/", []),
        ("http：//a.example/", []),
    ],
)  # fmt: skip
def test_where_an_address_ends(text: str, wanted: list[str]) -> None:
    """Chinese ends it but inside a path that goes on; marks of the sentence and brackets of others are not its own."""
    assert [text[start:end] for start, end in written_addresses(text)] == wanted


@pytest.mark.parametrize("piece", ["http://", "http://a/", "http://a/甲", ")", "http://a/" + "(" * 9, "甲_", "/"])
def test_long_texts_take_their_length(piece: str) -> None:
    """Whatever repeats, twice as much takes about twice as long."""
    taken = []
    for length in (20_000, 80_000):
        text = "http://a/" + piece * (length // len(piece))
        begun = time.thread_time()
        list(written_addresses(text))
        taken.append(time.thread_time() - begun)
    assert taken[1] < max(12 * taken[0], 0.2)
