"""Turns the rows of a table into posts, for every table format whose posts are one row each."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from itertools import chain, islice
from typing import ClassVar

from jimo_lint.errors import InputError
from jimo_lint.extract.dates import machine_times
from jimo_lint.model import Block, Document, PostFacts, Problem, ProblemCode
from jimo_lint.readers.archives.formats import day_order, post, row_kinds
from jimo_lint.readers.source import Source
from jimo_lint.readers.tables import fitness, table
from jimo_lint.readers.tables.headers import Aliases, find_header
from jimo_lint.readers.tables.separated import MAX_CELL

# What messages call the fields.
LABELS = {
    "title": "标题",
    "time": "发布时间",
    "day": "日期",
    "year": "年",
    "month": "月",
    "url": "链接",
    "id": "编号",
    "body": "正文",
    "digest": "摘要",
    "account": "账号",
    "platform": "平台",
    "author": "作者",
    "class": "类型",
    "readers": "阅读数",
    "plays": "播放量",
    "state": "状态",
    "created": "创建时间",
    "gone": "是否删除",
    "remark": "备注",
}
# The columns of the articles of one push, as WeChat allows eight of them.
PUSHED = {f"push{number}": name for number, name in enumerate("头次三四五六七八", 1)}
LABELS |= {field: f"{name}条" for field, name in PUSHED.items()}
_MARKS = frozenset("是否有无√✓✔×")  # say whether there is one
# Of a row and not of a post: every file begins again with 1. What platforms number has more digits.
_ROW_NUMBER = re.compile(r"\d{1,5}")
# The day where year and month stand in columns of their own.
_DAY_ALONE = re.compile(r"(\d{1,2})[日号]?")
_POWER = re.compile(r"\d(?:\.\d+)?E\+\d+", re.I)


class RowTable:
    """A format that is a table whose posts are one row each; says all that differs from the others of its sort.

    COLUMNS: fields of `LABELS` with the names they have here. REQUIRED: those that must be there. TITLED: what the
    title is called. NAME, TITLE, PROVES_SILENCE: as in `source.Format`.
    """

    NAME: str
    TITLE: str
    PROVES_SILENCE: bool = True
    COLUMNS: ClassVar[Aliases]
    REQUIRED: ClassVar[tuple[str, ...]] = ("title", "time")
    TITLED: ClassVar[str] = "标题"

    @classmethod
    def sign(cls, source: Source) -> str:
        """How its columns were understood."""
        return sign(source, cls.COLUMNS, cls.REQUIRED)

    @classmethod
    def read(cls, source: Source) -> Iterator[Document | Problem]:
        """One document a row."""
        return posts(source, cls.NAME, cls.COLUMNS, cls.REQUIRED, cls.TITLED)


def sign(source: Source, aliases: Aliases, required: Iterable[str]) -> str:
    """How the columns were understood; "" where the required ones are not there."""
    return table.sign(source, aliases, required, LABELS)


def posts(
    source: Source, format_name: str, aliases: Aliases, required: Iterable[str], title_name: str
) -> Iterator[Document | Problem]:
    """A document a row, from the fields of `LABELS`.

    Rows whose time cannot be read stay in, undated, and one Problem tells of them. A sheet whose values do not fit
    its header in most rows is left out: nothing is guessed, and InputError tells of it after the other sheets; so it
    does where a sheet whose columns are not known looks like posts, as the newest ones may stand there.
    """
    shifted = _unknown_sheets(source, aliases, set(required))
    for one in table.tables(source, aliases, required):
        place = f"{source.place} {one.sheet}".strip()
        records = _pushed(one.records())
        sample = list(islice(records, fitness.SAMPLE))
        if fault := fitness.misfits(one.header, [record for _, record in sample]):
            shifted = InputError(place, f"列名与内容错位：{fault}", "这张表未采用，请核对列名后重来")
            continue
        rows = chain(sample, records)
        yield from documents(place, rows, format_name, title_name, as_of=source.as_of, sheet=one.sheet)
        yield from one.problems()
    if shifted:
        raise shifted


def _pushed(records: Iterable[tuple[str, dict[str, object]]]) -> Iterator[tuple[str, dict[str, object]]]:
    """A record for each article of a push whose titles stand in columns of one row: 头条, 次条, 三条.

    What else the row says of one article is the first one's.
    """
    for where, record in records:
        titles = {field: record.pop(field, None) for field in PUSHED}
        urls = {field: record.pop(f"{field}-url", None) for field in PUSHED}
        further = {
            field: title
            for field, title in titles.items()
            if (written := table.text(title)) and written not in _MARKS and not fitness.no_title(title)
        }
        if not further or any(table.text(record.get(field)) for field in ("title", "body", "url")):
            yield where, record
        for field, title in further.items():
            rest = {name: value for name, value in record.items() if name not in ("id", "url", "body", "digest")}
            yield f"{where} {LABELS[field]}", {**rest, "title": title, "url": urls[field]}


def _unknown_sheets(source: Source, aliases: Aliases, required: set[str]) -> InputError | None:
    unknown = [
        sheet
        for sheet, head in table.heads(source)
        if not ((header := find_header(head, aliases)) and required <= header.columns.keys())
        and fitness.holds_posts(cells for _, cells in head)
    ]
    if not unknown:
        return None
    names = "、".join(f"“{sheet}”" for sheet in unknown)
    return InputError(
        source.place, f"工作表{names}里有日期和文字，却没有认出列名，未读", "请在那里写明“标题”“发布时间”等列名"
    )


def documents(
    place: str,
    records: Iterable[tuple[str, Mapping[str, object]]],
    format_name: str,
    title_name: str,
    *,
    as_of: date,
    sheet: str = "",
    whole: bool = True,
) -> Iterator[Document | Problem]:
    """A document a record, each with its place; what could not be read of the times and cells is told of `place`.

    as_of: nothing was published later. whole: the file holds all that was published, as far as it says itself.
    """
    rows = unread = lost = cut = 0
    example = lost_example = cut_example = ""
    for where, record, published, is_open in _dated(records, as_of):
        cell = {name: table.text(value) for name, value in record.items()}
        if not row_kinds.is_post(cell, dated=published is not None or is_open):
            continue
        rows += 1
        row = where.removeprefix(place.removesuffix(sheet).strip()).strip()
        if any(isinstance(value, str) and len(value) > MAX_CELL for value in record.values()):
            cut += 1
            cut_example = cut_example or row
        written = cell.get("time", "")
        if published is None:
            written = f"{cell.get('day', '')} {written}".strip()
        if written and published is None:
            unread += 1
            example = example or f"{row} “{written[:20]}”{'，分不出哪个是月、哪个是日' if is_open else ''}"
        if lost_digits(cell.get("id", "")):
            lost += 1
            lost_example = lost_example or cell["id"]
            del cell["id"]
        elif _ROW_NUMBER.fullmatch(cell.get("id", "")):
            del cell["id"]
        # A title on several lines is a caption: each line is a block, the first names the post.
        lines = [line.strip() for line in cell.get("title", "").splitlines() if line.strip()]
        blocks = [Block("title", line, f"{row} {title_name}") for line in lines]
        blocks += post.paragraphs(cell.get("body", ""))
        if cell.get("digest"):
            blocks.append(Block("meta", " ".join(cell["digest"].split()), "摘要"))
        yield post.Entry(
            title=lines[0] if lines else post.shortened(blocks[0].text if blocks else ""),
            blocks=blocks,
            key=cell.get("id", ""),
            url=cell.get("url", ""),
            written=written,
            published=published,
            state=row_kinds.state(cell),
            facts=PostFacts(
                form="draft" if row_kinds.is_unseen(cell.get("state", "")) else cell.get("class", ""),
                account_name=cell.get("account", ""),
                platform=cell.get("platform", ""),
                sheet=sheet,
                author=cell.get("author", ""),
                proves_silence=whole,
            ),
        ).document(where, format_name)
    if unread:
        yield Problem(ProblemCode.TIMES_UNREAD, place, {"rows": rows, "count": unread, "example": example})
    if cut:
        yield Problem(ProblemCode.CELLS_CUT, place, {"count": cut, "most": MAX_CELL, "example": cut_example})
    if lost:
        yield Problem(ProblemCode.DIGITS_LOST, place, {"count": lost, "example": lost_example})


def _dated(
    records: Iterable[tuple[str, Mapping[str, object]]], as_of: date
) -> Iterator[tuple[str, Mapping[str, object], datetime | None, bool]]:
    """The records with their moments, and whether month and day could not be told apart.

    Those with 12/01/2026 come last: how it is meant, the whole column tells.
    """
    held: list[tuple[str, Mapping[str, object], day_order.Ways]] = []
    fault: InputError | None = None
    try:
        for where, record in records:
            record = _whole_day(record)
            clock = record.get("time")
            ways = machine_times.both_ways(clock)
            if not any(ways):
                one, other = machine_times.both_ways(record.get("day"))
                ways = machine_times.at(one, clock), machine_times.at(other, clock)
            if any(ways):
                held.append((where, record, ways))
                continue
            day = machine_times.parse(record.get("day"))
            yield where, record, machine_times.parse(clock) or machine_times.at(day, clock), False
    except InputError as broken:  # what stood before the break is read all the same
        fault = broken
    settled = day_order.settle([ways for *_, ways in held], as_of)
    for (where, record, _), moment in zip(held, settled, strict=True):
        yield where, record, moment, moment is None
    if fault:
        raise fault


def _whole_day(record: Mapping[str, object]) -> Mapping[str, object]:
    """With year, month and day from columns of their own as one day; a cell that says more stays as it is."""
    if not {"year", "month"} <= record.keys():
        return record
    year, month = (table.text(record.get(name)).rstrip("年月份") for name in ("year", "month"))
    before = (f"{year}年" if year else "") + (f"{month}月" if month else "")
    days = {
        name: f"{before}{found[1]}日"
        for name in ("time", "day")
        if (found := _DAY_ALONE.fullmatch(table.text(record.get(name))))
    }
    return {**record, **days}


def lost_digits(identity: str) -> bool:
    """Whether Excel, which keeps 15 digits, has spoilt a number: the ids of two posts would be equal."""
    return bool(_POWER.search(identity)) or (identity.isdigit() and len(identity) > 15 and identity.endswith("0000"))
