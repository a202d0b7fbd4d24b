"""Makes the tables on requests of the annual report from a ledger, reads them from a published one, compares the two.

The form is that of 国办公开办函〔2021〕30号: 收到和处理政府信息公开申请情况, and 行政复议、行政诉讼情况.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

from jimo_lint.model.requests import (
    Applicant,
    Counts,
    Decision,
    Difference,
    Request,
    YearComparison,
    YearTable,
)

NEW, CARRIED, TOTAL, LEFT = "new", "carried", "total", "left"
NAMES: Mapping[str, str] = {
    NEW: "一、本年新收政府信息公开申请数量",
    CARRIED: "二、上年结转政府信息公开申请数量",
    **{one.value: one.label for one in Decision},
    TOTAL: "（七）总计",
    LEFT: "四、结转下年度继续办理",
}
COLUMNS = (*(one.label for one in Applicant), "总计")
WAYS = {"review": "行政复议", "direct": "未经复议直接起诉", "after": "复议后起诉"}
OUTCOMES = {"upheld": "结果维持", "corrected": "结果纠正", "other": "其他结果", "pending": "尚未审结", "total": "总计"}

# How the rows of a published table are known, in their order: words that no row before them has.
_ROWS: Sequence[tuple[str, str]] = (
    (NEW, r"本年新收"),
    (CARRIED, r"上年结转"),
    ("granted", r"(?<!不)予以公开"),
    ("partial", r"部分公开"),
    ("secret", r"国家秘密"),
    ("forbidden", r"法律行政法规禁止"),
    ("stability", r"三安全一稳定"),
    ("third-party", r"第三方合法权益"),
    ("internal", r"内部事务"),
    ("process", r"过程性信息"),
    ("case-file", r"行政执法案卷"),
    ("look-up", r"行政查询"),
    ("not-held", r"不掌握相关"),
    ("not-made", r"另行制作"),
    ("unclear", r"补正后"),
    ("complaint", r"信访举报"),
    ("repeated", r"重复申请"),
    ("published", r"公开出版物"),
    ("excessive", r"大量反复"),
    ("confirmation", r"重新出具"),
    ("uncorrected", r"逾期不补正"),
    ("unpaid", r"逾期未按收费|缴纳费用"),
    ("other", r"其[他它]"),
    (TOTAL, r"总计"),
    (LEFT, r"结转下年"),
)
# Words of labels behind the one by which a row is known; no number of theirs is one of the table.
_NUMBER = re.compile(r"(?<![\d.．、（(])\d{1,6}(?![\d.．、）)])")
_MARKS = re.compile(r"\d{1,2}\s*[.．、]\s*|[（(][一二三四五六七八九十\d]+[)）]")
_OF_YEAR = re.compile(r"(20\d\d)\s*年(?:度)?[^。\d]{0,30}(?:年度报告|年报)")
_YEAR = re.compile(r"(20\d\d)\s*年")


def table(requests: Iterable[Request], year: int, as_of: date) -> YearTable:
    """The tables of a year from the requests of a ledger; of the year that is going on, up to the day.

    What cannot be placed is named: a request without a kind of applicant counts among 其他 of nobody.
    """
    first, last = date(year, 1, 1), min(date(year, 12, 31), as_of)
    counted: Counter[tuple[str, str]] = Counter()
    unplaced: list[tuple[str, str]] = []
    disputes: Counter[str] = Counter()
    for request in requests:
        received, answered = request.received, request.answered
        if received is None or received > last or (answered and answered < max(first, received)):
            continue
        name = request.number or request.place
        if answered and answered <= last:
            disputes.update(f"{one.way}-{one.outcome}" for one in request.disputes)
        if request.applicant is None:
            unplaced.append((name, "没有申请人类型，或认不出"))
            continue
        kind = request.applicant.value
        counted[NEW if received >= first else CARRIED, kind] += 1
        if not answered or answered > last:
            counted[LEFT, kind] += 1
        elif request.decision is None:
            said = f"“{request.decided}”" if request.decided else "空着"
            unplaced.append((name, f"答复类型{said}，归不到表里的哪一行"))
        else:
            counted[request.decision.value, kind] += 1
            counted[TOTAL, kind] += 1
    rows = {key: _summed([counted[key, one.value] for one in Applicant]) for key in NAMES}
    return YearTable(year, rows, _with_totals(disputes), tuple(unplaced))


def years(requests: Sequence[Request], as_of: date) -> tuple[YearTable, ...]:
    """The tables of every year in which something was received."""
    found = sorted({one.received.year for one in requests if one.received and one.received <= as_of})
    return tuple(table(requests, year, as_of) for year in found)


def _summed(counts: Sequence[int]) -> Counts:
    return (*counts, sum(counts))


def _with_totals(counted: Mapping[str, int]) -> Mapping[str, int]:
    found: dict[str, int] = {}
    for way in WAYS:
        of_way = {one: counted.get(f"{way}-{one}", 0) for one in OUTCOMES if one != "total"}
        found |= {f"{way}-{one}": number for one, number in of_way.items()}
        found[f"{way}-total"] = sum(of_way.values())
    return found


def published(text: str) -> tuple[YearTable, tuple[str, ...]] | None:
    """The tables in the text of a published report, and the names of rows that could not be read; None where there is
    no such table. What it comes from does not matter: the cells of a table stand in its text in their order."""
    year = year_of(text)
    starts = [found.start() for found in re.finditer("本年新收", text)]
    if not starts or not year:
        return None
    # What a report tells in sentences, before its tables or behind them, is no row.
    rows, disputes, unread = min((_tables(text[start:]) for start in reversed(starts)), key=lambda one: len(one[2]))
    return YearTable(year, rows, disputes), tuple(unread)


def _tables(body: str) -> tuple[Mapping[str, Counts], Mapping[str, int], Sequence[str]]:
    """Both tables from where the first begins, and what of them could not be read."""
    rows: dict[str, Counts] = {}
    marks = list(_places(body))
    found = {key for key, _, _ in marks}
    unread = [NAMES[key] for key, _ in _ROWS if key not in found]
    for number, (key, _, end) in enumerate(marks):
        stop = marks[number + 1][1] if number + 1 < len(marks) else end + 400
        cells = _cells(body[end:stop])[: len(COLUMNS)]
        if len(cells) == len(COLUMNS):
            rows[key] = tuple(cells)
        else:
            unread.append(NAMES[key])
    disputes = _disputes(body[marks[-1][2] :])
    if not disputes:
        unread.append("政府信息公开行政复议、行政诉讼情况")
    return rows, disputes, unread


def year_of(text: str) -> int | None:
    """The year that a report is about: the first that its text names."""
    found = _OF_YEAR.search(text) or _YEAR.search(text)
    return int(found[1]) if found else None


def _places(text: str) -> Iterator[tuple[str, int, int]]:
    """The rows in their order: key, start and end of the words that they are known by."""
    at = 0
    for key, pattern in _ROWS:
        if found := re.compile(pattern).search(text, at):
            yield key, found.start(), found.end()
            at = found.end()


def _cells(text: str) -> list[int]:
    """The numbers of a row, without those that count its labels."""
    return [int(one) for one in _NUMBER.findall(_MARKS.sub(" ", text))]


def _disputes(text: str) -> Mapping[str, int]:
    """The fifteen numbers below the heads of the second table; none where there are not fifteen."""
    heads = list(re.finditer(r"总\s*计", text))
    start = re.search(r"行政复议", text)
    if not start or not heads:
        return {}
    # Each of the three groups of columns has one.
    last = [one for one in heads if one.start() > start.start()][: len(WAYS)][-1:]
    cells = _cells(text[last[0].end() :])[: len(WAYS) * len(OUTCOMES)] if last else []
    keys = [f"{way}-{outcome}" for way in WAYS for outcome in OUTCOMES]
    return dict(zip(keys, cells, strict=True)) if len(cells) == len(keys) else {}


def compare(ledger: YearTable, other: YearTable, unread: tuple[str, ...], title: str, url: str) -> YearComparison:
    """What the two say differently, and what of the published one does not add up; only of rows that could be read."""
    differences = [
        Difference(f"{NAMES[key]} · {column}", mine, theirs)
        for key in NAMES
        if key in other.rows
        for column, mine, theirs in zip(COLUMNS, ledger.rows[key], other.rows[key], strict=True)
        if mine != theirs
    ]
    differences += [
        Difference(f"{WAYS[way]} · {name}", ledger.disputes[f"{way}-{key}"], other.disputes[f"{way}-{key}"])
        for way in WAYS
        for key, name in OUTCOMES.items()
        if other.disputes and ledger.disputes[f"{way}-{key}"] != other.disputes[f"{way}-{key}"]
    ]
    return YearComparison(ledger, other, title, url, unread, tuple(differences), tuple(_sums(other)))


def _sums(published: YearTable) -> Iterator[str]:
    rows = published.rows
    for key, counts in rows.items():
        if sum(counts[:-1]) != counts[-1]:
            yield f"“{NAMES[key]}”各列之和 {sum(counts[:-1])}，总计写 {counts[-1]}"
    decided = [one.value for one in Decision]
    for index, column in enumerate(COLUMNS):
        if TOTAL in rows and all(key in rows for key in decided):
            added = sum(rows[key][index] for key in decided)
            if added != rows[TOTAL][index]:
                yield f"“{column}”一列办理结果之和 {added}，（七）总计写 {rows[TOTAL][index]}"
        if all(key in rows for key in (NEW, CARRIED, TOTAL, LEFT)):
            taken, given = (rows[one][index] + rows[other][index] for one, other in ((NEW, CARRIED), (TOTAL, LEFT)))
            if taken != given:
                yield f"“{column}”一列新收加结转为 {taken}，办结加结转下年为 {given}"
    for way, name in WAYS.items():
        counts = tuple(published.disputes.get(f"{way}-{one}", 0) for one in OUTCOMES)
        if sum(counts[:-1]) != counts[-1]:
            yield f"{name}各项之和 {sum(counts[:-1])}，总计写 {counts[-1]}"
