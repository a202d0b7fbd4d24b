"""Turns an office's list of columns into configuration; what cannot be read for certain becomes a remark."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from urllib.parse import urljoin, urlsplit

from jimo_lint.discovery import kinds
from jimo_lint.discovery.draft import column_lines, remark
from jimo_lint.discovery.merge import Additions
from jimo_lint.extract.lists.main_list import plain_address
from jimo_lint.model import Column
from jimo_lint.network.address import normalise
from jimo_lint.privacy import mask_text, mask_url
from jimo_lint.readers.registers.column_catalogue import Catalogue, Entry
from jimo_lint.settings.config import Config
from jimo_lint.settings.toml import quoted

_NUMBERS = {"一": 1, "两": 2, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9, "十": 10, "半": 0}
_UNITS = {"天": "d", "日": "d", "周": "w", "星期": "w", "个星期": "w", "个月": "mo", "月": "mo", "年": "y"}
_CYCLE = re.compile(
    r"(?:至少|不少于|不得少于|原则上|一般)?(?P<each>每)?(?:不超过|不得超过|不得少于)?"
    r"(?P<number>\d{1,3}|[一两二三四五六七八九十半])?(?P<unit>天|日|个星期|星期|周|个月|月|个季度|季度|季|年)"
    r"(?:度)?(?:之?内|以内)?(?:至少|不少于)?(?:更新)?(?:[一1]次)?(?:以上)?(?:更新)?"
)
_NEVER = frozenset(("无更新要求", "不要求更新", "无需更新", "不更新", "不判更新", "无时限", "无更新时限", "never"))
_YES = frozenset(("是", "√", "✓", "✔", "☑", "■", "★", "重点", "重点栏目", "y", "yes", "true", "1"))
_NO = frozenset(("", "否", "×", "✗", "☐", "□", "非重点", "一般", "n", "no", "false", "0"))


@dataclass(frozen=True, slots=True)
class Intake:
    """The configuration as text; columns: how many it holds; unplaced: entries without an address that can be used.

    additions: what the list knows of columns that are there and does not stand there, by their number: keys with
    values as TOML writes them. told: one line for each such column, with what was added and what was left as it was.
    """

    text: str
    columns: int
    unplaced: int
    additions: Mapping[int, Mapping[str, str]] = field(default_factory=dict)
    told: tuple[str, ...] = ()


def convert(catalogue: Catalogue, title: str, config: Config | None = None) -> Intake:
    """Entries as `[[column]]` tables in their order, then those without an address as remarks.

    title: the table's name. config: the configuration that they are added to; paths are below its start address, and
    columns that it has, by address or else by name, get what it does not say of them. Without one, paths stay as
    they are.
    """
    present = Present(config) if config else None
    start = config.site.start[0] if config and config.site.start else ""
    known = {normalise(column.url): column.name for column in config.columns} if config else {}
    blocks: list[str] = []
    left: list[str] = []
    for entry in catalogue.entries:
        url, why = _usable(entry.url, start, known, added=config is not None)
        if present and present.take(entry, url):
            why = f"与“{present.last}”{'网址相同' if url else '同名'}，只补上那里没有的"
        if not why and mask_text(entry.name) != entry.name:
            why = "名称里有身份证号、手机号等个人信息"
        if why:
            owner = f"（{entry.owner}）" if entry.owner else ""
            left.append(mask_text(f"{entry.place}：{_path(entry)}{owner}：{why}"))
            continue
        lines = list(_block(entry))
        if entry.name in known.values():
            lines.insert(1, remark("已有同名的栏目，网址不同；若是同一个，请删去一个"))
        known[url] = entry.name
        blocks.append("\n".join(lines))
    lines = [remark(f"以下 {len(blocks)} 个栏目由 jimo-lint columns import 从 {title} 转来，请核对。"), ""]
    lines += ["\n\n".join(blocks), ""] if blocks else []
    lines += [remark(f"以下 {len(left)} 行没有写成栏目："), *(remark(f"  {line}") for line in left)] if left else []
    done = (present.additions.wanted, tuple(present.told())) if present else ({}, ())
    return Intake("\n".join([*lines, ""]), len(blocks), len(left), *done)


class Present:
    """The columns of a configuration, and what a list adds to them. last: the name of the one last taken."""

    def __init__(self, config: Config) -> None:
        self.additions = Additions(config, "column")
        self.last = ""
        self._columns = config.columns

    def take(self, entry: Entry, url: str) -> bool:
        """Note what an entry says of a column that is there; false where none is. url: "" where it has none."""
        index = self._find(entry, url)
        if index is None:
            return False
        self.last = self._columns[index].name
        limit = max_age(entry.cycle) or max_age(entry.promptness, strict=True)
        key = entry.key.casefold() in _YES
        self.additions.note(index, {"owner": entry.owner, "max_age": limit, "key": key})
        return True

    def _find(self, entry: Entry, url: str) -> int | None:
        if url:
            plain = plain_address(url)
            same = [index for index, one in enumerate(self._columns) if plain_address(normalise(one.url)) == plain]
        else:
            same = [index for index, one in enumerate(self._columns) if one.name == entry.name]
            if len(same) > 1 or entry.url:
                return None  # which of them is meant nobody can tell
        return same[0] if same else None

    def told(self) -> Iterator[str]:
        """One line for each column of which the list knows something."""
        return self.additions.told([column.name for column in self._columns])


def _usable(written: str, start: str, known: dict[str, str], *, added: bool) -> tuple[str, str]:
    """The canonical address, and why it cannot be used ("" where it can)."""
    if not written:
        return "", "没有网址"
    if written.startswith("/") and added and not start:
        return "", f"网址 {written} 只有路径，而配置里没有写 start"
    try:
        url = normalise(urljoin(start or "http://path.invalid/", written))
        usable = bool(urlsplit(url).hostname) and urlsplit(url).port != 0
    except ValueError:
        usable = False
    if not usable:
        return "", f"“{written}”不是网址"
    if mask_url(url) != url:
        return "", "网址里有身份证号、手机号等个人信息"
    if url in known:
        return url, f"与“{known[url]}”网址相同"
    return url, ""


def _path(entry: Entry) -> str:
    return " > ".join((*entry.above, entry.name))


def _block(entry: Entry) -> Iterator[str]:
    kind = kinds.named(entry.kind) if entry.kind else None
    limit = max_age(entry.cycle) or max_age(entry.promptness, strict=True)
    key = entry.key.casefold()
    yield remark(f"{entry.place}：{_path(entry)}")
    if entry.kind and kind is None:
        yield remark(f"类别“{entry.kind}”不认识，按名称猜")
    column = Column("", entry.name, entry.url, kind or kinds.guess(entry.name, entry.above), key in _YES, entry.owner)
    yield from column_lines(column, entry.url)
    if limit:
        yield f"max_age = {quoted(limit)}"
    elif entry.cycle or entry.promptness:
        yield remark(f"max_age = …  表里写的是“{entry.cycle or entry.promptness}”，换算不出更新时限，按检查标准")
    if key not in _YES | _NO:
        yield remark(f"重点一列写的是“{entry.key}”，看不出是否重点")


def max_age(text: str, *, strict: bool = False) -> str:
    """A time limit as the configuration writes it, "" where the text is no plain one.

    `每月`, `两周内`, `每季度至少更新1次` are; `20个工作日内`, `及时`, `长期公开` are not: how soon a document is
    published says nothing of how often there is one. strict: for 公开时限, where only `每…` speaks of a rhythm.
    """
    plain = "".join(text.split()).rstrip("。；;，,")
    if plain in _NEVER:
        return "never"
    found = _CYCLE.fullmatch(plain)
    if not found or (strict and not found["each"]):
        return ""
    written, unit = found["number"], found["unit"]
    if written is None and not found["each"] and unit not in ("季度", "年"):
        return ""  # 月 alone may be anything
    if written == "半":
        return "6mo" if unit == "年" else ""
    number = int(written) if written and written.isdigit() else _NUMBERS.get(written or "一", 1)
    if not number:
        return ""
    if "季" in unit:
        return f"{3 * number}mo"
    return f"{number}{_UNITS[unit]}"
