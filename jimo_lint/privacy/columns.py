"""What the columns of a table hold, as their heads say: 身份证号 stands over IDs, 项目编号 over what only looks so."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence

from jimo_lint.model import Block, Cell, Document, Region
from jimo_lint.privacy.finding import find, is_checked
from jimo_lint.privacy.kinds import BANK_CARD, MOBILE, PASSPORT, RESIDENT_ID, SOCIAL_SECURITY, UNSURE, Found
from jimo_lint.privacy.view import view

# A head is short, and holds no number itself.
_LONGEST_HEAD = 24
_NUMBER = re.compile(r"[0-9*]{6}")
# How far to the left the head of a column may begin that is as wide as several.
_WIDEST = 3

_TELLING = {
    RESIDENT_ID: re.compile(r"身份证|公民身份|证件号"),
    BANK_CARD: re.compile(r"银行卡|(?<!社保)(?<!医保)(?<!保障)卡号|卡折号|一卡通"),
    MOBILE: re.compile(r"手机|移动电话|电话|联系方式"),
    PASSPORT: re.compile(r"护照"),
    SOCIAL_SECURITY: re.compile(r"(?<!单位)(?:社会保障|社会保险|社保|医保).{0,2}[号码]|个人编号"),
}
# What only looks like one, by the words that prose has in front of such numbers; amounts are no telephones.
_NO_ID = re.compile(
    r"(?:许可证|项目|合同|订单|单|流水|施工|备案|案件|案卷|立案|登记|受理|投诉|档案|注册|统一|信用|采购|招标|发票|设备"
    r"|监管|图斑|宗地|单元|准考证)(?:社会)?(?:信用)?(?:编号|编码|代码|号码?)"
)
_NO_NUMBER = re.compile(
    r"编[号码]|单号|代码|注册号|准考证|户号|表号|流水|序列|条码|群号|QQ|qq|许可证|合同|批号|文号|元[)）]?$|金额|资金|投资|面积|数量|合计"
)
# Each of these has one of these characters; most of the cells of a sheet have none.
_LIKELY = re.compile("[份证号码卡通机话式照编水列同元金资积量计Qq]")
_ANY = re.compile("|".join(one.pattern for one in (*_TELLING.values(), _NO_ID, _NO_NUMBER)))

# What prose has in front of such a number, by what a head says; the rest needs no word.
_SAID = {
    RESIDENT_ID: "身份证号：",
    PASSPORT: "护照号：",
    SOCIAL_SECURITY: "社保卡号：",
    BANK_CARD: "银行卡号：",
}
_LONGEST_VALUE = 60  # what is longer is a sentence, which has its own words
_VALUE = re.compile("[0-9０-９]{6}")
# As long as an ID. So many in a column tell whether it is one of IDs.
_LONG = re.compile(r"[0-9]{17}[0-9Xx]")
_ENOUGH = 4


class Columns:
    """The heads of the tables among some blocks."""

    def __init__(self, blocks: Iterable[Block]) -> None:
        # Of each column, its heads with their rows; of each row that has a head, the columns that are filled.
        self._heads: defaultdict[tuple[str, int], list[tuple[int, str]]] = defaultdict(list)
        self._filled: dict[tuple[str, int], list[int]] = {}
        cells = [(block.spot, block.text) for block in blocks if isinstance(block.spot, Cell)]
        for cell, text in cells:
            if len(text) > 2 * _LONGEST_HEAD or not _LIKELY.search(text):
                continue
            text = "".join(text.split())
            if len(text) <= _LONGEST_HEAD and _ANY.search(text) and not _NUMBER.search(text):
                self._heads[cell.table, cell.column].append((cell.row, text))
                self._filled[cell.table, cell.row] = []
        for cell, _ in cells if self._filled else ():
            if (row := self._filled.get((cell.table, cell.row))) is not None:
                row.append(cell.column)
        for heads in self._heads.values():
            heads.sort()
        for columns in self._filled.values():
            columns.sort()

    def __bool__(self) -> bool:
        return bool(self._heads)

    def head(self, cell: Cell) -> str:
        """What stands over a cell and says what it holds, in its column or over several; "" where nothing does."""
        for column in range(cell.column, max(cell.column - _WIDEST, 0), -1):
            heads = self._heads.get((cell.table, column), ())
            above = bisect_left(heads, (cell.row, "")) - 1
            if above >= 0:
                row, text = heads[above]
                columns = self._filled[cell.table, row]
                if columns[bisect_left(columns, cell.column + 1) - 1] == column:
                    return text
        return ""

    def holds(self, cell: Cell, what: str) -> bool:
        """Whether the head says that such personal data stand there."""
        return bool(_TELLING[what].search(self.head(cell)))


def settle(document: Document, found: Sequence[Found]) -> tuple[list[Found], list[Found]]:
    """What stands in the text of a document, by where it stands, in order; and of these what was not in `found`.

    Below a head that says so a number with a slip is one, and what has no check digit; below another no number is. What
    OCR read may have a digit wrong, so that an ID there needs its check digit, whatever stands in front of it.
    """
    columns = Columns(document.blocks)
    chance = _by_chance(document, found, columns)
    settled: list[Found] = []
    known: set[int] = set()  # where the blocks begin in which something was found
    for what, start, end in found:
        block, inside = document.block_at(start)
        known.add(start - inside)
        if what == RESIDENT_ID and _unlikely(block.spot, document.text[start:end], chance):
            what = UNSURE
        elif columns and isinstance(block.spot, Cell):
            what = _by_head(what, columns.head(block.spot), document.text[start:end])
        settled.append((what, start, end))
    fresh = list(_headed(document.blocks, columns, known)) if columns else []
    return sorted((*settled, *fresh), key=lambda one: one[1]) if fresh else settled, fresh


def _unlikely(spot: Cell | Region | None, written: str, chance: Collection[tuple[str, int]]) -> bool:
    """Whether what looks like an ID is none: without its check digit in a picture, or among numbers that count up."""
    if isinstance(spot, Region):
        return not _checked(written)
    return isinstance(spot, Cell) and (spot.table, spot.column) in chance


def _by_chance(document: Document, found: Sequence[Found], columns: Columns) -> set[tuple[str, int]]:
    """The columns of long numbers of which a few pass for IDs: one in a dozen of those that count upwards does.

    Not those whose head says what they hold, nor those with too few numbers to tell.
    """
    passing: Counter[tuple[str, int]] = Counter()
    for what, start, _ in found:
        cell = document.block_at(start)[0].spot
        if what == RESIDENT_ID and isinstance(cell, Cell) and not columns.holds(cell, RESIDENT_ID):
            passing[cell.table, cell.column] += 1
    if not passing:
        return set()
    alike: Counter[tuple[str, int]] = Counter()
    for block in document.blocks:
        cell = block.spot
        if isinstance(cell, Cell) and (cell.table, cell.column) in passing and _LONG.fullmatch(block.text.strip()):
            alike[cell.table, cell.column] += 1
    return {column for column, number in alike.items() if number >= _ENOUGH and 2 * passing[column] < number}


def _headed(blocks: Iterable[Block], columns: Columns, known: set[int]) -> Iterator[Found]:
    """What only the head of its column makes personal."""
    start = 0
    for block in blocks:
        begin, start = start, start + len(block.text) + 1
        if not isinstance(block.spot, Cell) or begin in known or len(block.text) > _LONGEST_VALUE:
            continue
        if not _VALUE.search(block.text):
            continue
        head = columns.head(block.spot)
        for kind, words in _SAID.items() if head else ():
            if _TELLING[kind].search(head):
                shown, personal = find(view(words + block.text))
                for what, low, high in personal:
                    first, last = shown.span(low, high)
                    if what == kind and first >= len(words):
                        yield what, begin + first - len(words), begin + last - len(words)


def _by_head(what: str, head: str, written: str) -> str:
    if not head:
        return what
    told = {kind for kind, words in _TELLING.items() if words.search(head)}
    if what == UNSURE:
        if RESIDENT_ID in told and len(_digits(written)) in (15, 18):
            return RESIDENT_ID
        return SOCIAL_SECURITY if SOCIAL_SECURITY in told else what
    if what in told:
        return what
    if (what == RESIDENT_ID and _NO_ID.search(head)) or (what in (MOBILE, BANK_CARD) and _NO_NUMBER.search(head)):
        return UNSURE
    return what


def _checked(written: str) -> bool:
    return is_checked(_digits(written))


def _digits(written: str) -> str:
    return "".join(filter(str.isalnum, view(written).alike().text)).upper()
