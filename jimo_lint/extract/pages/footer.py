"""Reads what a government page's footer must show: organiser, record numbers, identification code, badges."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from jimo_lint.extract.markup.layout import FOOTER, Layout, Line
from jimo_lint.model import Link

_PROVINCE = "[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼]"
# The province stands before the word or, in ICP备：鲁00000000号, behind it. Each number is put together anew.
_ICP = re.compile(
    rf"(?:({_PROVINCE})\s{{0,2}})?ICP\s{{0,2}}([备证])案?[序编]?[号字]?\s{{0,2}}[:：]?\s{{0,4}}({_PROVINCE})?第?\s?"
    r"(\d{5,12})\s{0,2}(号?)(?:\s?[-－–—]\s?(\d{1,3}))?",
    re.I,
)
_POLICE = re.compile(
    rf"(?:({_PROVINCE})\s{{0,2}})?公(?:网安|安网|安机关|安联网|安)备案?[证编序]?号?\s{{0,2}}[:：]?\s{{0,8}}第?\s?"
    r"(\d{8,16})\s{0,2}(号?)"
)
_ID_CODE = re.compile(r"标识(?:编?码|号)[为是]?\s{0,3}[:：（(]?\s{0,4}(\d{10}|bm\d{8})(?!\d)", re.I)
_PHONE = re.compile(r"(?:电话|热线|联系方式)[^\d\n]{0,12}(\(?\d{3,4}\)?[-－— ]?\d{7,8}|1\d{10}|12345)")
_HINT = re.compile(r"ICP|公.{0,3}备|标识|主\s{0,4}办|承\s{0,4}办|电话|热线|联系方式|版权|Copyright|©", re.I)
# The record behind the police's badge, which is often an image alone.
_RECORD = re.compile(r"(?:www\.)?beian\.(?:mps\.)?gov\.cn/.{0,60}code=(\d{8,16})")
# What an organ's name ends with. 网站 is none: 政府网站主办单位 is a label.
_ORGAN = re.compile(
    r".*(?:政府|[办室厅局委会部院处署馆所社团队校学司镇乡区县市旗州盟省镇台联协]|人大|中心|街道|(?<!网)站|公司)[)）]?"
)
# What follows a name that has no blank behind it.
_NEXT = re.compile(
    r"[主承协]\s{0,4}办|(?:政府|本)?(?:网站|站)?(?:主管|管理|运维|运行|维护|制作|建设|开发|设计|支持|保障)(?:单位|部门|机构)?\s?[:：]"
    rf"|技术支持|(?:政府)?(?:网站)?标识|党政机关|(?:{_PROVINCE}\s?)?ICP|(?:{_PROVINCE}\s?)?公(?:网安|安网|安机关|安)备"
    r"|备案|版权所有|Copyright|©|(?:联系|办公|咨询|通[讯信]|监督|投诉|举报)?(?:电话|地址|方式|邮箱)|邮编|邮政编码|传真"
    r"|热线\s?[:：\d]|(?:网站|站点)地图|(?:关于|联系)我们|网站声明|E-?mail|http|www\.|\d{6,}",
    re.I,
)
_ENDS = re.compile(r"[\s:：|｜丨;；,，。/•]")
_SEGMENT = re.compile(r"[^\s:：|｜丨;；,，。/•©]+")
_CLOSED = (":", "：", "。")
_OTHER_WORDS = re.compile(r"[主承协]办|主管|维护")
_OWNED = (
    re.compile(r"版权所有\s{0,2}[:：]?[^一-鿿\n]{0,30}"),
    re.compile(r"(?:Copyright|©|\(c\))[^一-鿿\n]{0,40}", re.I),
)
_LONGEST_NAME = 40
_LONGEST = 20_000  # characters of a footer; more is none
_ELSEWHERE = re.compile(
    r"(?:^|[/_.-])(?:foot(?:er)?|bottom|copyright|dibu|yejiao)(?:[/_.\d-]|$)", re.I
)  # in the address of a frame or script
# Addresses and texts, in lower case, that give away the badge of party and state organs and the error reporting.
_BADGES = {
    "party-badge": ("conac.cn", "党政机关", "事业单位标识"),
    "find-errors": ("zfwzzc.www.gov.cn", "kaipuyun.cn", "jiucuo", "zhaocuo", "errorinfo", "网站找错", "找错"),
}
_EXPECTED = {"organiser", "icp", "police", "idcode"}
_WORDS = {"organiser": "主办", "undertaker": "承办"}


def elements(
    layout: Layout, foot: Sequence[Line], after: Sequence[Line], links: Sequence[Link], scripts: str
) -> dict[str, str]:
    """Footer elements by name. foot: the lines of the footer; after: the others below the text.

    `unread` tells that a part of it comes from a frame or script, so what was not found may be there.
    """
    found = _found(layout, foot)
    if not found.keys() >= _EXPECTED:
        rest = [line for line in after if not line.linked and not layout.in_text(line)]
        found = {**_found(layout, rest), **found}
    if owner := found.pop("owner", ""):
        found.setdefault("organiser", owner)
    for link in links:
        if "beian" in link.url and "police" not in found and (record := _RECORD.search(link.url)):
            found["police"] = f"公网安备{record[1]}号"
    found.update(_badges(links, scripts))
    if elsewhere := _elsewhere(layout, empty=not foot):
        found["unread"] = elsewhere
    return found


def _found(layout: Layout, lines: Sequence[Line]) -> dict[str, str]:
    """What stands in these lines: as they are shown, and with a blank wherever a tag stands."""
    plain = "\n".join([line.text for line in lines])[:_LONGEST]
    if not _HINT.search(plain):
        return {}
    return dict(_read(plain, "\n".join([layout.spaced(line) for line in lines])[:_LONGEST]))


@lru_cache(maxsize=256)
def _read(plain: str, spaced: str) -> tuple[tuple[str, str], ...]:
    """Remembered, since a site's footer repeats on all its pages. One text cuts names short, the other digits."""
    found: dict[str, str] = {}
    for name, value in (*_numbers(plain), *_numbers(spaced), *_names(plain, spaced), ("owner", _owner(spaced))):
        if value:
            found.setdefault(name, value)
    return tuple(found.items())


def _numbers(text: str) -> Iterator[tuple[str, str]]:
    icp = sorted(_ICP.finditer(text), key=lambda match: not (match[1] or match[3]))  # with its province first
    if icp:
        before, kind, behind, digits, sign, site = icp[0].groups()
        yield "icp", f"{before or behind or ''}ICP{kind}{digits}{sign}{f'-{site}' if site else ''}"
    if match := _POLICE.search(text):
        yield "police", f"{match[1] or ''}公网安备{match[2]}{match[3]}"
    if match := _ID_CODE.search(text):
        yield "idcode", match[1]
    if match := _PHONE.search(text):
        yield "phone", "".join(match[1].split())


def _names(plain: str, spaced: str) -> Iterator[tuple[str, str]]:
    for name, word in _WORDS.items():
        value = _labelled(plain, word)
        if not _is_organ(value) and (cut := _labelled(spaced, word)):
            value = cut
        if value := value or _before(plain, word) or _before(spaced, word) or _unlabelled(spaced, word):
            yield name, value


def _labelled(text: str, word: str) -> str:
    """The name behind `主办：`, up to a blank or the next label."""
    label = rf"{word[0]}\s{{0,4}}{word[1]}(?:单位|机关|部门|方)?\s{{0,2}}[:：]\s{{0,8}}"
    return next((value for found in re.finditer(label, text) if (value := _value(text, found.end()))), "")


def _unlabelled(text: str, word: str) -> str:
    """The name behind 主办单位 without a colon, as in cells of a table."""
    label = rf"(?:{word}单位\s{{0,8}}|(?<![一-鿿]){word[0]}\s?{word[1]}\s{{1,8}})"
    values = (_value(text, found.end()) for found in re.finditer(label, text))
    return next((value for value in values if _is_organ(value)), "")


def _before(text: str, word: str) -> str:
    """The name before the word: 某某局主办, 某某局 主办, 某某局主办某某中心承办."""
    last, after = "", True  # the word stands after the name: 某某局 主办, and not 主办 某某局
    for segment in _SEGMENT.finditer(text):
        name, found, rest = segment[0].partition(word)
        closed = text[segment.end() : segment.end() + 1]
        # A label has a colon behind it, and a sentence tells of something else: 活动由某某局主办。
        if found and closed not in _CLOSED and (not rest or rest == "单位" or _OTHER_WORDS.search(rest)):
            name = (
                _OTHER_WORDS.split(name)[-1].removeprefix("本网站").removeprefix("本站").removeprefix("由")
                or last * after
            )
            if _is_organ(name) and len(name) <= _LONGEST_NAME and "由" not in name:
                return name
        after = after and not (_OTHER_WORDS.match(segment[0]) and not _is_organ(last))
        last = segment[0]
    return ""


def _owner(text: str) -> str:
    """Whose copyright it is: many a site names its organiser in this way alone."""
    if (found := _before(text, "版权所有")) and len(found) > 3:
        return found
    values = (_value(text, found.end()) for pattern in _OWNED for found in pattern.finditer(text))
    return next((value for value in values if _is_organ(value)), "")


def _value(text: str, start: int) -> str:
    value = _ENDS.split(text[start : start + _LONGEST_NAME], maxsplit=1)[0]
    if following := _NEXT.search(text[start : start + _LONGEST_NAME + 20]):
        value = value[: following.start()]
    return value if len(value) > 1 else ""


def _is_organ(name: str) -> bool:
    return len(name) > 3 and _ORGAN.fullmatch(name) is not None


def _badges(links: Sequence[Link], scripts: str) -> Iterator[tuple[str, str]]:
    urls = "\n".join([link.url for link in links]).lower()
    texts = "\n".join([link.text for link in links]).lower()
    for name, marks in _BADGES.items():
        for mark in marks:
            if mark in urls or mark in texts:
                yield name, next(link.url for link in links if mark in link.url.lower() or mark in link.text.lower())
                break
            if mark in scripts:  # both are often written into the page by scripts that their operators hand out
                yield name, "script"


def _elsewhere(layout: Layout, *, empty: bool) -> str:
    """Where a footer comes from that is no text of this page: frame, script, or "" where none does.

    empty: the page has no footer's text, so a box that is named for it is filled later.
    """
    tree = layout.tree
    for tag, said in (("iframe", "frame"), ("script", "script")):
        if any(_ELSEWHERE.search(tree.attrs[element].get("src") or "") for element in tree.by_tag.get(tag, ())):
            return said
    return "script" if empty and any(layout.roles[element] == FOOTER for element in tree.telling) else ""
