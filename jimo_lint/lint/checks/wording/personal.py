"""Rules about personal data; finding and masking is done before, when a document is read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from jimo_lint import privacy
from jimo_lint.errors import RuleError
from jimo_lint.lint.checks.base import given_table, params
from jimo_lint.model import Block, Cell, Context, Document, Hit, Link, PersonalData, Rule
from jimo_lint.settings.toml import Table, suggestion
from jimo_lint.values import NamedTuple, replace

if TYPE_CHECKING:
    from jimo_lint.privacy.columns import Columns


class PersonalKind(StrEnum):
    """What a rule may ask for: the values of `PersonalData.what`."""

    RESIDENT_ID = privacy.RESIDENT_ID
    BANK_CARD = privacy.BANK_CARD
    MOBILE = privacy.MOBILE
    PASSPORT = privacy.PASSPORT
    SOCIAL_SECURITY = privacy.SOCIAL_SECURITY


_NAMES = {
    privacy.RESIDENT_ID: "身份证号",
    privacy.BANK_CARD: "银行卡号",
    privacy.MOBILE: "手机号",
    privacy.PASSPORT: "护照号",
    privacy.SOCIAL_SECURITY: "社会保障号",
}
_SHEET = "工作表"  # its columns have letters; those of other tables are counted
# So many in a column are a list, though nothing stands over it, and so many in the text of an attached file.
_MANY, _MANY_IN_TEXT = 3, 5


class _List(NamedTuple):
    """What may be one: personal data of a kind in a column, or with column 0 in the text of a file."""

    what: str
    hidden: bool
    table: str = ""
    column: int = 0


class PersonalCheck:
    """Reports what `privacy.mask` found. Params of a rule, one of three: `what` (see `PersonalKind`), in the text;
    `hidden`, a list of these, in parts of a file that are not shown, of which the rules for the text are then silent;
    `addresses`, a list of these, in addresses and names of files.

    A list is one hit: what stands in one column of a table, below a head that says so, or several times; and what the
    text of an attached file is full of, as PDF has no tables.
    """

    def __init__(self, rules: Sequence[Rule], _context: Context) -> None:
        self._codes: dict[str, list[str]] = {}
        self._hidden: dict[str, list[str]] = {}
        self._addressed: dict[str, list[str]] = {}
        for rule in rules:
            table = params(rule)
            for key, codes in (("hidden", self._hidden), ("addresses", self._addressed)):
                for what in _kinds(table, key):
                    codes.setdefault(what, []).append(rule.code)
            if not rule.params.keys() & {"hidden", "addresses"}:
                self._codes.setdefault(table.choice("what", PersonalKind).value, []).append(rule.code)
            table.finish()

    def hits(self, subject: Document) -> Iterator[Hit]:
        """Hits in the order of the text, then those in addresses; nothing in a hit reveals what was masked."""
        yield from self._in_text(subject)
        for one in subject.personal_addresses:
            for code in self._addressed.get(one.what, ()):
                args = {"what": _NAMES[one.what], "address": one.address, "page": subject.title}
                yield Hit(code, args=args, identity=one.address)

    def _in_text(self, subject: Document) -> Iterator[Hit]:
        blocks = [subject.block_at(found.span.start)[0] for found in subject.personal]
        held = [_held(subject, found, block) for found, block in zip(subject.personal, blocks, strict=True)]
        lists = _lists(subject, held, blocks)
        told: set[_List] = set()
        for found, one in zip(subject.personal, held, strict=True):
            if one in told:
                continue
            args, hit = {"what": _NAMES[found.what], "more": ""}, Hit("", found.span)
            if one in lists:
                told.add(one)
                args["more"], place = _told(one, lists[one])
                # Rows come and go; the list is the same.
                identity = "\n".join((subject.id, one.table, str(one.column), "隐藏" * one.hidden))
                hit = replace(hit, identity=identity, locator=place)
            codes = self._codes.get(found.what, [])
            codes = self._hidden.get(found.what, codes) if one.hidden else codes
            for code in codes:
                yield replace(hit, code=code, args=args)

    @staticmethod
    def example(given: Mapping[str, Any]) -> Document:
        """A file with `text`, `links`, the addresses on it, and `file`, its own name, masked as every document is.

        rows: of a sheet, each a list of cells; hidden: nobody is shown that sheet.
        """
        table = given_table(given)
        links = tuple(Link(url, raw=url) for url in table.texts("links", ()))
        file, text, hidden = table.text("file", ""), table.text("text", ""), table.flag("hidden", False)
        rows = table.raw("rows", [], (list,))
        table.finish()
        if not all(isinstance(row, list) and all(isinstance(cell, str) for cell in row) for row in rows):
            raise RuleError("[[example]]", "rows 应是文字列表的列表", '写作 rows = [["姓名", "身份证号"], …]')
        cells = (
            Block("table", cell, spot=Cell("工作表“名单”", number, column, hidden))
            for number, row in enumerate(rows, 1)
            for column, cell in enumerate(row, 1)
        )
        blocks = (*((Block("body", text, "正文"),) if text else ()), *cells)
        return privacy.mask(Document("example", file, "file", "", blocks, links=links))


def _kinds(table: Table, key: str) -> Sequence[str]:
    kinds = table.texts(key, ())
    for what in kinds:
        if what not in _NAMES:
            raise table.fail(key, f"里的 “{what}” 不认识{suggestion(what, _NAMES)}")
    return kinds


def _held(subject: Document, found: PersonalData, block: Block) -> _List:
    hidden = _is_hidden(subject, block)
    if isinstance(block.spot, Cell):
        return _List(found.what, hidden, block.spot.table, block.spot.column)
    return _List(found.what, hidden)


def _lists(subject: Document, held: Sequence[_List], blocks: Sequence[Block]) -> dict[_List, list[Block]]:
    """Those that are lists, with the rows of each; in other text with the places."""
    rows: dict[_List, list[Block]] = {}
    headed: set[_List] = set()
    heads: Columns | None = None
    for one, block in zip(held, blocks, strict=True):
        known = rows.setdefault(one, [])
        if not isinstance(block.spot, Cell):
            known.append(block)
            continue
        heads = _heads(subject) if heads is None else heads
        if not known or known[-1].spot != block.spot:
            known.append(block)
        if one not in headed and heads.holds(block.spot, one.what):
            headed.add(one)
    # A draft is mended place by place; an attached file is taken down, and a list in it is one fault.
    in_text = _MANY_IN_TEXT if subject.source == "attachment" else len(held) + 1
    return {
        one: known for one, known in rows.items() if one in headed or len(known) >= (_MANY if one.column else in_text)
    }


def _heads(subject: Document) -> Columns:
    from jimo_lint.privacy.columns import Columns  # most documents have no cells

    return Columns(subject.blocks)


def _told(one: _List, blocks: Sequence[Block]) -> tuple[str, str]:
    """How many there are, and where: `工作表“名单”C 列，第 3 至 212 行`, `表 1 第 2 列，第 2 行`, `图 1 至 图 9`."""
    count = len(blocks)
    if not one.column:
        ends = dict.fromkeys((blocks[0].locator, blocks[-1].locator))
        return f"，共 {count:,} 处", " 至 ".join(ends)
    column = f"{_letters(one.column)} 列" if one.table.startswith(_SHEET) else f" 第 {one.column} 列"
    rows = [block.spot.row for block in blocks if isinstance(block.spot, Cell)]
    first, last = min(rows), max(rows)
    span = f"{first} 至 {last}" if last > first else str(first)
    return f"，共 {count:,} 行" if count > 1 else "", f"{one.table}{column}，第 {span} 行".lstrip()


def _letters(column: int) -> str:
    """The letters of a column of a sheet, counted from 1."""
    letters = ""
    while column:
        column, letter = divmod(column - 1, 26)
        letters = chr(ord("A") + letter) + letters
    return letters


def _is_hidden(subject: Document, block: Block) -> bool:
    """Whether nobody is shown the block: a cell says so itself, of all else the file (`幻灯片 4`)."""
    if isinstance(block.spot, Cell):
        return block.spot.hidden
    return any(
        mark.place and block.locator.startswith(mark.place) and not block.locator[len(mark.place) :][:1].isdigit()
        for mark in subject.file_facts.marks
        if mark.kind == "hidden" and not mark.detail  # else only some of it is
    )
