"""Reads what a government page's footer must show: organiser, record numbers, identification code, badges."""

from __future__ import annotations

import re
from collections.abc import Sequence

from jimo_lint.model import Link

_ELEMENTS = (
    ("footer:icp", re.compile(r"([\u4e00-\u9fff]\s?ICP\s?[备证]\s?\d{6,10}\s?号?(?:\s?[-－–]\s?\d{1,3})?)", re.I)),
    ("footer:police", re.compile(r"([\u4e00-\u9fff]?\s?公网安备\s{0,4}\d{8,16}\s?号?)")),
    ("footer:idcode", re.compile(r"标识码\s?[:：]?\s{0,3}(\d{10}|bm\d{8})(?!\d)", re.I)),
    ("footer:organiser", re.compile(r"主\s?办(?:单位)?\s?[:：]\s{0,3}([^\s:：|｜]{2,40})")),
    ("footer:undertaker", re.compile(r"承\s?办(?:单位)?\s?[:：]\s{0,3}([^\s:：|｜]{2,40})")),
    ("footer:phone", re.compile(r"(?:电话|热线|联系方式)[^\d\n]{0,12}(\(?\d{3,4}\)?[-－— ]?\d{7,8}|1\d{10}|12345)")),
)
_HINT = re.compile(r"ICP|公网安备|标识码|主\s?办|承\s?办|电话|热线|联系方式", re.I)
# Addresses and texts, in lower case, that give away the badge of party and state organs and the error reporting.
_BADGES = {
    "footer:party-badge": ("conac.cn", "党政机关", "事业单位标识"),
    "footer:find-errors": ("zfwzzc.www.gov.cn", "kaipuyun.cn", "jiucuo", "zhaocuo", "errorinfo", "网站找错", "找错"),
}


def elements(text: str, links: Sequence[Link], scripts: str) -> dict[str, str]:
    """Footer elements found in `text` (the footer, or the page where none is marked), by name `footer:…`."""
    found: dict[str, str] = {}
    if _HINT.search(text):
        for name, pattern in _ELEMENTS:
            if match := pattern.search(text):
                found[name] = "".join(match[1].split()) if name != "footer:organiser" else match[1]
    shown = "\n".join([f"{link.url} {link.text}" for link in links]).lower()
    for name, marks in _BADGES.items():
        for mark in marks:
            if mark in shown:
                found[name] = next(link.url for link in links if mark in f"{link.url} {link.text}".lower())
                break
            if mark in scripts:  # both are often written into the page by scripts that their operators hand out
                found[name] = "script"
    return found
