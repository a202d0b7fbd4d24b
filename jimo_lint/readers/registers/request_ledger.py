"""Reads an office's ledger of requests for government information (依申请公开台账): a request a row.

Of the applicant the kind and a masked name stay; telephone, address and what was asked for are not even looked at.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import islice
from pathlib import Path

from jimo_lint.errors import InputError
from jimo_lint.extract.dates import machine_times
from jimo_lint.model import Problem, unreadable
from jimo_lint.model.requests import Dispute, Request, Unread
from jimo_lint.privacy import mask_text
from jimo_lint.readers.archives.formats.rows import lost_digits
from jimo_lint.readers.registers import request_words
from jimo_lint.readers.registers.request_columns import ALIASES, ALL, LABELS, fits, unused_steps, with_receipt
from jimo_lint.readers.registers.request_days import Told, first_after, told, waited_for, without_days, year_named
from jimo_lint.readers.source import Source, load
from jimo_lint.readers.tables import table, turned
from jimo_lint.readers.tables.ditto import is_ditto
from jimo_lint.readers.tables.feet import is_foot
from jimo_lint.readers.tables.headers import HEADER_ROWS, Cells, Header, mapping
from jimo_lint.readers.tables.sheet import UNCALCULATED
from jimo_lint.readers.tables.sheets import sheets
from jimo_lint.runtime import timelimit

_DAYS = (
    "received", "accepted", "correction_asked", "corrected", "extended", "extended_to", "third_asked",
    "third_replied", "answered",
)  # fmt: skip
# Cells that say in one what two columns may hold, and where the second day then belongs.
_SECOND = {"correction_asked": "corrected", "third_asked": "third_replied"}

_WORKING_DAYS = re.compile(r"(\d{1,3})\s{0,2}(?:个)?\s{0,2}(?:工作日|日|天)")
_LONGEST = 40
_FEWEST_CELLS = 3

# Sheets that explain the columns, which they list one below the other.
_NO_LEDGER = re.compile(r"说明|示例|样[表例]|模板|填写|字典")
_NO_NUMBER = re.compile(r"\D*|共?\d+件")
# What each sheet, or each unit, may count from one; a registered number names its year or its kind.
_SERIAL = re.compile(r"第?0*\d{1,3}号?")
# Of each request its own, never that of the one above.
_OF_ITS_OWN = frozenset(("number", "answer", "serial"))
_TITLE = re.compile(r"台账|登记|依申请|信息公开|申请")
_UNIT = re.compile(r"(?:填报|报送|承办|责任|申报)?(?:单位|部门)(?:名称)?\s*[:：]\s*(\S{2,20})")
_UNIT_NAME = re.compile(
    r"[\u3400-\u9fff]{1,18}(?:局|委|办|办公室|委员会|街道|镇|乡|中心|政府|[大支中]队|公司|学校|医院|厅)"
)

# What 公开方式 says of information, which is no decision about a request.
_KIND_OF_PUBLISHING = re.compile(r"主动(?:公开)?|依申请(?:公开)?")
_NO_DISPUTE = re.compile(r"(?:否|无|没有|未.{0,6}|不.{0,6}|/|-+|—+|×|0)")
# What a column of states says of a request that has its answer.
_CLOSED = re.compile(r"(?<![未没待应])(?:已|按期|按时|逾期|超期)?(?:办结|答复|回复|办复|办理完毕|结案|归档)|^[是√]$")
# 复议维持后起诉 tells of two.
_PARTS = re.compile(r"[；;，,。\n]|(?<=[持正回销结])后(?=[^，]*诉)")
_SUIT = re.compile(r"诉讼|起诉|一审|二审|法院|判决|裁定")
_HAN_NAME = re.compile(r"[\u3400-\u9fff·]{2,4}")


@dataclass(slots=True)
class RequestLedger:
    """requests: in the ledger's order; understood: how the columns of each sheet were."""

    requests: list[Request] = field(default_factory=list)
    understood: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def read(path: Path, as_of: date) -> RequestLedger:
    """The requests of a ledger. as_of: for days without a year. InputError: unreadable, or no such table in it."""
    with timelimit.limited(str(path), times=5):  # a city's of ten years; 100,000 rows take some 20 s
        return read_source(load(path), as_of)


def read_source(source: Source, as_of: date) -> RequestLedger:
    """As `read`, of a file that is open or in memory."""
    ledger = RequestLedger()
    place = Path(source.place).name
    read_sheets: set[str] = set()
    former: dict[str, Request] = {}  # by number, of the sheets before
    counted: list[tuple[str, list[Request]]] = []
    for one in turned.tables(source, ALL):
        header, remark = with_receipt(one.header)
        if not fits(header) or (one.layout and _NO_LEDGER.search(one.sheet)):
            continue
        one = replace(one, header=header)
        read_sheets.add(one.sheet)
        where = f"{place} {one.sheet}".strip()
        if "answered" not in header.columns:
            ledger.problems.append(unreadable(_without_answers(header, where)))
            continue
        if steps := unused_steps(header):
            fault = f"没有认出{'、'.join(f'“{name}”' for name in steps)}，没有据此推算期限"
            remedy = "请改成 docs/requests.md 里的列名，如“延期告知日期”“延期至”“收到补正日期”；与期限无关的不必改"
            ledger.problems.append(replace(unreadable(InputError(where, fault, remedy)), waived=True))
        requests, problems, bare = _rows(one, place, as_of)
        # A sheet of the whole year repeats those of the months.
        fresh = [row for row in requests if not (row.number and _same(row, former.get(row.number)))]
        again = len(requests) - len(fresh)
        said = f"；有 {bare} 行只有登记号，别的都空着，没有读" if bare else ""
        said += f"；有 {again} 行与前面的工作表完全相同，只算一次" if again else ""
        ledger.understood.append(f"{place} {_understood(one)}{remark}{said}")
        counted.append((one.sheet, fresh))
        ledger.problems += problems
        former = {row.number: row for row in fresh} | former
    ledger.requests += _told_apart(counted)
    if not ledger.understood and (told := [one for one in ledger.problems if not one.excused]):
        raise InputError(source.place, str(told[0].args["fault"]), str(told[0].args["remedy"]))
    if not ledger.understood:
        raise InputError(
            source.place,
            f"前 {HEADER_ROWS} 行里没有认出列名" if source.start else "文件是空的",
            "请让表头含“登记号”“收到日期”“答复日期”“答复类型”“承办单位”等列，见 docs/requests.md",
        )
    ledger.problems += _hidden(source, place)
    for name, head in table.heads(source):
        if name not in read_sheets and any(_like_request(cells) for _, cells in head):
            fault = f"前 {HEADER_ROWS} 行里没有认出列名，这张工作表没有读"
            remedy = "请照别的工作表补上表头；不是台账的，请移到另一个工作簿"
            ledger.problems.append(unreadable(InputError(f"{place} {name}".strip(), fault, remedy)))
    return ledger


def _without_answers(header: Header, where: str) -> InputError:
    """What is said of a sheet in which nobody can see what was answered."""
    others = f"（没有认出的列：{'、'.join(header.unused[:8])}）" if header.unused else ""
    fault = f"没有认出“答复日期”一列{others}，不知道哪些已经答复，这张工作表没有读"
    return InputError(where, fault, "请把写答复日期的一列改名为“答复日期”；都还没有答复的，也请加上这一列，空着")


def _hidden(source: Source, place: str) -> Iterator[Problem]:
    """The hidden sheets in which requests may stand: what nobody sees was hardly meant, and is not read."""
    for sheet in sheets(source, hidden=True):
        head = list(islice(sheet.rows, HEADER_ROWS)) if sheet.hidden else []
        if any(_like_request(cells) for _, cells in head):
            fault, remedy = "工作表是隐藏的，没有读", "里面有申请的请取消隐藏，没有用的请删去"
            yield unreadable(InputError(f"{place} {sheet.name}".strip(), fault, remedy))


def _understood(one: table.Table) -> str:
    """How the columns of a sheet were, in words."""
    sheet = f"工作表“{one.sheet}”" if one.sheet else ""
    used = {name: index for name, index in one.header.columns.items() if name in ALIASES}
    if not one.layout:
        return f"{sheet}第 {one.header.row} 行是列名：{mapping(replace(one.header, columns=used), LABELS)}"
    names = "，".join(f"{LABELS[field]}←{' '.join(one.header.written[field].split())}" for field in used)
    said = "列名竖着写、一列一件" if one.layout == "columns" else "列名和内容左右成对、一件接一件"
    return f"{sheet}{said}：{names}"


def _rows(one: table.Table, place: str, as_of: date) -> tuple[list[Request], list[Problem], int]:
    """The requests of a sheet, what of it could not be read, and how many rows have a number alone.

    place: name of the file.
    """
    requests: list[Request] = []
    problems: list[Problem] = []
    titles = [" ".join(table.text(cell).split()) for cells in one.above for cell in cells]
    years = _years(one.sheet, titles, place)
    unit = _unit(one.sheet, titles)
    bare, lost, example = 0, 0, ""
    above: dict[str, object] = {}
    for where, record in _until_broken(one, problems, f"{place} {one.sheet}".strip()):
        for name, value in record.items():
            if name not in _OF_ITS_OWN and is_ditto(value):
                record[name] = above.get(name, value)
        above = record
        row = _Row(record, one.header.written, as_of, one.from_1904, years, unit)
        request = row.request(f"{place} {where.removeprefix(one.place).strip()}", "accepted" in one.header.columns)
        if request is None:
            continue
        if row.is_bare():
            bare += 1
            continue
        if lost_digits(row.text("number")):
            lost, example = lost + 1, example or row.text("number")[:30]
        requests.append(request)
    problems += [replace(problem, place=f"{place} {one.sheet}".strip()) for problem in one.problems()]
    if lost:
        fault = f"{lost} 行的登记号在 Excel 里丢了位数（如 {mask_text(example)}），分不清是不是同一件"
        remedy = "请把登记号一列设为文本后重新填写"
        problems.append(unreadable(InputError(f"{place} {one.sheet}".strip(), fault, remedy)))
    return requests, problems, bare


def _until_broken(one: table.Table, problems: list[Problem], place: str) -> Iterator[tuple[str, dict[str, object]]]:
    """The rows up to where the sheet cannot be read any more, which is told."""
    try:
        yield from one.records()
    except InputError as fault:
        problems.append(replace(unreadable(fault), place=place))


def _years(sheet: str, titles: Sequence[str], file: str) -> int | None:
    """The year of the days that have none, by the sheet's name, its titles or the file's name; None where none says."""
    of_ledger = [title for title in titles if _TITLE.search(title)]
    return next((year for texts in ([sheet], of_ledger, titles, [file]) if (year := year_named(texts))), None)


def _unit(sheet: str, titles: Sequence[str]) -> str:
    """Whose sheet it is, where a line above the table or the sheet's name says so."""
    told = next((found[1] for title in titles if (found := _UNIT.search(title))), "")
    return told or (sheet.strip() if _UNIT_NAME.fullmatch(sheet.strip()) else "")


def _told_apart(counted: Sequence[tuple[str, Sequence[Request]]]) -> Iterator[Request]:
    """The requests of all sheets; numbers that each sheet, or each unit, counts from one bear its name as well."""
    sheets: defaultdict[str, set[str]] = defaultdict(set)
    owners: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    for sheet, requests in counted:
        for one in requests:
            if _SERIAL.fullmatch(one.number):
                sheets[one.number].add(sheet)
                owners[sheet, one.number].add(one.owner)
    by_sheet = any(len(names) > 1 for names in sheets.values())
    by_owner = {sheet for (sheet, _), names in owners.items() if len(names) > 1}
    for sheet, requests in counted:
        for one in requests:
            names = (sheet if by_sheet else "", one.owner if sheet in by_owner else "")
            if _SERIAL.fullmatch(one.number) and any(names):
                yield replace(one, number=f"{one.number}（{'、'.join(dict.fromkeys(filter(None, names)))}）")
            else:
                yield one


def _same(request: Request, other: Request | None) -> bool:
    return other is not None and replace(request, place="") == replace(other, place="")


def _like_request(cells: Cells) -> bool:
    """Whether a row of a sheet without names of columns may be a request: a day among at least three cells."""
    written = [cell for cell in cells if table.text(cell)]
    return len(written) >= _FEWEST_CELLS and any(
        machine_times.parse(cell) or any(machine_times.both_ways(cell)) for cell in written
    )


class _Row:
    """The cells of a row by field."""

    def __init__(
        self,
        record: Mapping[str, object],
        written: Mapping[str, str],
        as_of: date,
        from_1904: bool,
        year: int | None,
        unit: str,
    ) -> None:
        self._record = record
        self._written = written
        self._as_of = as_of
        self._from_1904 = from_1904
        self._year = year
        self._unit = unit

    def text(self, name: str) -> str:
        """A cell as text on one line; "" where there is none."""
        return " ".join(table.text(self._record.get(name)).split())

    def is_bare(self) -> bool:
        """Whether it has a number and nothing else: numbers are given out beforehand."""
        return all(name in ("number", "serial") or not self.text(name) for name in self._record) and not any(
            map(table.is_unknown, self._record.values())
        )

    def request(self, place: str, with_acceptance: bool) -> Request | None:
        """The row as a request; None where it has nothing of one: sums, signatures, notes."""
        cells = self._days()
        number = mask_text("".join(self.text("number").split()).strip("'’"))
        if is_foot(self.text("serial")):
            return None
        if not any(one.days for one in cells.values()) and (_NO_NUMBER.fullmatch(number) or is_foot(number)):
            return None
        if not number and any("合计" in text or is_foot(text) for text in map(self.text, self._record)):
            return None
        days: dict[str, date | None] = {name: one.days[0] if one.days else None for name, one in cells.items()}
        for name, second in _SECOND.items():
            if len(cells[name].days) > 1 and not days[second]:
                days[second] = cells[name].days[-1]
        days["extended_to"] = days["extended_to"] or cells["extended"].limit
        unread = tuple(self._unread(name) for name, one in cells.items() if one.unread)
        decided = self._shown("decision")
        applicant, decision = (
            request_words.applicant(self.text("applicant")),
            request_words.decision(self.text("decision")),
        )
        if kind := self.text("type"):  # 类型 alone may be of either
            other = request_words.applicant(kind, told_apart=True)
            applicant = applicant or other
            if other is None and not decided and not _KIND_OF_PUBLISHING.fullmatch(kind):
                decision, decided = request_words.decision(kind), self._shown("type")
        return Request(
            number=number,
            place=place,
            received=days["received"],
            accepted=days["accepted"],
            with_acceptance=with_acceptance and not cells["accepted"].done,
            correction_asked=days["correction_asked"],
            corrected=days["corrected"],
            extended=days["extended"],
            extension=self._extension(),
            extended_to=days["extended_to"],
            said_answered=not cells["answered"].denied
            and bool((decision and not decision.closes) or self.text("answer") or _CLOSED.search(self.text("state"))),
            said_extended=bool(cells["extended"].done or days["extended"] or days["extended_to"] or self._extension()),
            third_asked=days["third_asked"],
            third_replied=days["third_replied"],
            answered=days["answered"],
            answer=mask_text(self.text("answer"))[:_LONGEST],
            decision=decision,
            decided=decided,
            applicant=applicant,
            way=self._shown("way"),
            owner=self._shown("owner") or self._unit,
            who=masked_name(self.text("who")),
            disputes=tuple(self._disputes()),
            unread=unread,
        )

    def _shown(self, name: str) -> str:
        """A cell masked and without the applicant's name, for people."""
        text, who = self.text(name), "".join(self.text("who").split())
        return mask_text(text.replace(who, masked_name(who) or "申请人") if len(who) > 1 else text)[:_LONGEST]

    def _unread(self, name: str) -> Unread:
        value = self._record.get(name)
        said = "公式，没有存结果" if value is UNCALCULATED else str(value).strip() if table.is_unknown(value) else ""
        return Unread(" ".join(self._written[name].split()), said or self._shown(name), name)

    def _days(self) -> dict[str, Told]:
        """What each column for a day says. A day without a year is that of the table, the number or the last such day;
        what follows the receipt is the first such day after it."""
        year = self._year or year_named([self.text("number")])
        latest = date(year, 12, 31) if year else self._as_of
        found: dict[str, Told] = {}
        for name in _DAYS:
            found[name] = told(name, self._record.get(name), latest, from_1904=self._from_1904)
            if name == "received" and found[name].days:
                latest = first_after(found[name].days[0])
        # Where the limit stands still without a day on which it began to, nothing is reckoned.
        if not all(found[name].days for name in waited_for(found["answered"].waits)):
            found["answered"] = Told(unread=True)
        return found

    def _extension(self) -> int | None:
        """Working days, in a column of their own or as 延长15个工作日 beside the day on which it was told."""
        alone = self.text("extension")
        if alone.isdecimal():
            return int(alone)
        # Days of a date are no number of days.
        for text in (alone, self.text("extended")):
            if text and (found := _WORKING_DAYS.search(without_days(text))):
                return int(found[1])
        return None

    def _disputes(self) -> Iterable[Dispute]:
        """What the cells tell of reconsiderations and suits; what follows one without such a word is of it."""
        told: list[tuple[bool, str]] = []
        for name in ("review", "suit", "dispute"):
            fresh = True
            for part in _PARTS.split(table.text(self._record.get(name))):
                if not part.strip() or _NO_DISPUTE.fullmatch(part.strip()):
                    continue
                sued = name == "suit" or (name == "dispute" and bool(_SUIT.search(part)))
                if fresh or (name == "dispute" and (sued or "复议" in part)):
                    told.append((sued, part))
                else:
                    told[-1] = (told[-1][0], f"{told[-1][1]} {part}")
                fresh = False
        reviewed = any(not sued for sued, _ in told)
        for sued, text in told:
            after = "复议后" in text or (reviewed and not re.search(r"未经复议|直接", text))
            yield Dispute(("after" if after else "direct") if sued else "review", request_words.outcome(text))


def masked_name(name: str) -> str:
    """A person's name as it may be shown: 张某某; "" for what is no name of a person."""
    bare = "".join(name.split())
    if not _HAN_NAME.fullmatch(bare) or re.search(r"公司|企业|协会|中心|律所|大学", bare):
        return ""
    return f"{bare[0]}{'某' * min(len(bare) - 1, 2)}"
