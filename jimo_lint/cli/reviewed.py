"""How decisions are told: what an import took and what not, what is in force, and all of them as a table."""

from __future__ import annotations

import csv
import io
import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from pathlib import Path

from jimo_lint.inspection import INSPECTIONS
from jimo_lint.language.printing import encodable
from jimo_lint.model import Conflict, Decision, Finding, Opinion, Scope, Severity
from jimo_lint.model.review import finding_id
from jimo_lint.model.terms import CHINA
from jimo_lint.report import phrases
from jimo_lint.report.machine.json import plain
from jimo_lint.report.views import review
from jimo_lint.report.views.table import Field, Table, Value
from jimo_lint.review.intake import Intake, came_from
from jimo_lint.review.known import About, shown
from jimo_lint.review.marks import Mark, Marked
from jimo_lint.review.standing import Standing, standings
from jimo_lint.store import Store
from jimo_lint.store.decisions import decisions

_FIELDS = (
    Field("编号", 6, "number"),
    review.NUMBER,
    Field("检查", 12, "centre"),
    Field("代码", 7, "centre"),
    Field("问题类型", 14, "centre"),
    Field("错敏词", 12, "wrong"),
    Field("标题", 24),
    Field("网址", 30, "address"),
    Field("责任单位", 14, "centre"),
    Field("范围", 14, "centre"),
    review.OPINION,
    *review.DETAILS,
    Field("生效", 8, "centre"),
    Field("来源", 24, "small"),
    Field("录入时间", 16, "moment"),
)


def intake_lines(files: Sequence[Marked], taken: Intake, *, dry_run: bool) -> Iterator[str]:
    """The report on an import: a summary, then each kind of row with file, sheet and row."""
    written = sum(len(file.marks) for file in files)
    yield f"读了 {len(files)} 个文件，{sum(file.rows for file in files):,} 行，其中 {written:,} 行有人填写"
    counted = Counter(decision.opinion for decision, _ in taken.taken)
    parts = "，".join(f"{one.label} {counted[one]:,}" for one in Opinion if counted[one])
    verb = "试导入，没有写入；会录入" if dry_run else "录入"
    yield f"{verb} {len(taken.taken):,} 条意见{f'：{parts}' if parts else ''}；已有的 {taken.kept:,} 条没有变动"
    said = ((mark, f"{one.opinion.label}（{one.reviewer}）") for one, mark in taken.taken)
    yield from _rows(said)
    for heading, refused in (
        ("没有录入，认不出是哪个问题", taken.unknown),
        ("没有录入，没有问题编号，可能是", taken.offered),
        ("没有录入，看不懂或没写全", taken.unclear),
        ("没有录入，同一份文件里说法不一", taken.clashing),
    ):
        if refused:
            yield f"{heading}（{len(refused):,} 条）："
            yield from _rows((one.mark, one.reason) for one in refused)
    if taken.disputed:
        yield f"意见不一，都录入了，都不生效，请商定后由一方改填（{len(taken.disputed):,} 个问题）："
        yield from (
            f"  {'，'.join(shown(one.about))}：{'；'.join(map(_signed, one.conflict.decisions))}"
            for one in taken.disputed
        )
    if taken.taken and not dry_run:
        yield "下次检查起生效；review list 查看，方括号里的编号用来撤销（review undo）"
    if notes := [*taken.notes, *(line for file in files for line in file.passed)]:
        yield "提示："
        yield from (f"  {line}" for line in notes)


def _rows(said: Iterable[tuple[Mark, str]]) -> Iterator[str]:
    """Rows of one sheet of which the same is said, together."""
    rows: defaultdict[tuple[str, str], dict[int, None]] = defaultdict(dict)
    for mark, what in said:
        rows[f"{mark.file} {mark.sheet}".strip(), what][mark.row] = None
    for (where, what), numbers in rows.items():
        yield f"  {where} 第 {'、'.join(map(str, numbers))} 行：{what}"


def silenced_lines(silenced: Sequence[About]) -> Iterator[str]:
    """What a wide 误报 would silence."""
    if not silenced:
        yield "上次检查里没有这样的问题；录入后从下次检查起不再报"
        return
    vetoes = sum(about.finding.severity is Severity.VETO for about in silenced)
    grave = f"，其中否决级 {vetoes} 个，请慎重" if vetoes else ""
    yield f"上次检查里有 {len(silenced):,} 个问题会因此不再报{grave}："
    yield from (f"  {'，'.join(shown(about))} {about.finding.url}" for about in silenced)


def chosen(store: Store, as_of: date, source: str, reviewer: str) -> list[Standing]:
    """What was decided, where something of it is in force; of a file's or a person's decisions only."""
    return [
        one
        for one in standings(store, decisions(store), as_of)
        if one.in_force
        and (not source or any(came_from(each, Path(source).name) for each in one.given))
        and (not reviewer or any(each.reviewer == reviewer for each in one.given))
    ]


def standing_lines(found: Sequence[Standing]) -> Iterator[str]:
    """What is in force, then what is disputed, then what reaches further than one finding."""
    single = [one for one in found if one.given[0].scope is Scope.FINDING]
    in_force = [(one, one.in_force) for one in single if isinstance(one.in_force, Decision)]
    disputed = [(one, one.in_force) for one in single if isinstance(one.in_force, Conflict)]
    yield f"生效的意见 {len(in_force):,} 条"
    yield from (f"  {said(decision)}  {_about(one)}" for one, decision in in_force)
    if disputed:
        yield f"意见不一、都不生效的 {len(disputed):,} 个问题"
    for one, conflict in disputed:
        yield f"  {_about(one)}"
        yield from (f"    {said(each)}" for each in conflict.decisions)
    if wide := [one for one in found if one.given[0].scope is not Scope.FINDING]:
        yield f"管得更宽的误报 {len(wide):,} 条"
        for one in wide:
            yield from (f"  {said(each)}" for each in one.given if each == one.in_force)


def said(one: Decision) -> str:
    """A decision in one line, with the number by which it is undone."""
    whole = f"[{one.id}] {one.opinion.label}"
    if one.scope is not Scope.FINDING:
        titled = INSPECTIONS[one.inspection].title if one.inspection in INSPECTIONS else one.inspection
        whole += f"（{titled}，{one.scope.label}：{one.code} {one.word or one.column}）"
    due = f"，期限 {one.due}" if one.due else ""
    rest = "；".join(part for part in (one.reason, one.progress) if part)
    return f"{whole} {one.reviewer or '（没有署名）'} {one.day}{due}{f'，{rest}' if rest else ''}（{one.source}）"


def _signed(one: Decision) -> str:
    return f"{one.reviewer or '（没有署名）'} {one.day} {one.opinion.label}（{one.source}）"


def _about(one: Standing) -> str:
    number = finding_id(one.run, one.given[0].fingerprint)
    if one.finding is None:
        return f"{number}（数据库里没有这个问题）"
    word = f"“{one.finding.matched[:40]}”" if one.finding.matched else ""
    return f"{one.finding.code} {one.finding.title}{word} {one.finding.subject[:60]} {number}"


def as_json(found: Sequence[Standing]) -> str:
    """The same for programs: what is decided of each finding, and all that was given."""
    written = [
        {
            "state": "conflict" if isinstance(one.in_force, Conflict) else "in-force",
            "number": finding_id(one.run, one.given[0].fingerprint) if one.given[0].fingerprint else "",
            "finding": _finding(one.finding),
            "decision": plain(one.in_force) if isinstance(one.in_force, Decision) else None,
            "given": [plain(each) for each in one.given],
        }
        for one in found
    ]
    return encodable(json.dumps({"decisions": written}, ensure_ascii=False, indent=2)) + "\n"


def _finding(finding: Finding | None) -> dict[str, str] | None:
    keys = ("code", "title", "matched", "subject", "url", "column_name", "account_name", "owner")
    return {key: getattr(finding, key) for key in keys} if finding else None


def table(store: Store, as_of: date) -> Table:
    """Every decision that was ever given, a row each, oldest first."""
    rows = [(each.id, _row(each, one)) for one in standings(store, decisions(store), as_of) for each in one.given]
    return Table("审核意见", _FIELDS, [row for _, row in sorted(rows, key=lambda row: row[0])])


def _row(each: Decision, one: Standing) -> tuple[Value, ...]:
    finding = one.finding
    standing = "意见不一" if isinstance(one.in_force, Conflict) and each in one.in_force.decisions else ""
    standing = "生效" if each == one.in_force else "已撤销" if each.undone else standing
    return (
        each.id,
        finding_id(each.run, each.fingerprint) if each.fingerprint else None,
        INSPECTIONS[each.inspection].title if each.inspection in INSPECTIONS else each.inspection,
        finding.code if finding else each.code,
        finding.title if finding else None,
        finding.matched if finding else each.word,
        finding.subject if finding else each.column,
        finding.url if finding else None,
        finding.owner if finding else None,
        each.scope.label,
        each.opinion.label,
        each.reason or None,
        each.reviewer or None,
        each.day,
        each.due,
        each.progress or None,
        standing or None,
        each.source,
        phrases.china_time(each.stored) if each.stored else None,
    )


def as_csv(decided: Table) -> str:
    """The table as text with separators, as Excel opens it; nothing in it acts as a formula."""
    written = io.StringIO()
    writer = csv.writer(written, lineterminator="\n")
    writer.writerow([field.title for field in decided.fields])
    writer.writerows([_cell(value) for value in row] for row in decided.rows)
    return "\ufeff" + encodable(written.getvalue())


def _cell(value: Value) -> str:
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d %H:%M}"
    text = "" if value is None else str(value)
    return f"'{text}" if text.lstrip().startswith(phrases.FORMULA_STARTS) else text


def write_workbook(decided: Table, path: Path) -> Path:
    """The table as a workbook; where it is, since what a person has been at is not replaced."""
    from jimo_lint.report.xlsx.book import writing

    with writing(path, "", "审核意见", datetime.now(CHINA).replace(tzinfo=None)) as book:
        book.table(decided)
    return book.path
