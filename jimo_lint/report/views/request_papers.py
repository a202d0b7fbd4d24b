"""What lies beside a ledger of requests, as tables: the answers, the published annual report, the telephones shown."""

from __future__ import annotations

from jimo_lint.model.requests import RequestBook
from jimo_lint.report.views.table import Field, Row, Table

_ANSWERS = (
    Field("序号", 5.5, "number"),
    Field("登记号", 15, "strong"),
    Field("承办单位", 15),
    Field("答复日期", 11.5, "date"),
    Field("答复类型", 18, "small"),
    Field("告知书", 34, "small"),
    Field("凭什么对上", 12, "centre"),
    Field("问题", 7, "number", alarm=True),
    Field("主要问题", 46, "small"),
    Field("二次把关人", 10, "entry"),
    Field("意见", 14, "entry"),
)
_PHONES = (
    Field("序号", 5.5, "number"),
    Field("出处", 12, "centre"),
    Field("用途", 12, "centre"),
    Field("电话", 20, "strong"),
    Field("页面", 40),
    Field("网址", 60, "address"),
)


def answers(book: RequestBook) -> Table | None:
    """The answered requests with their files; None where no folder of answers is named."""
    if book.without is None:
        return None
    by_number = {one.request.number or one.request.place: one.request for one in book.results}
    rows: list[Row] = []
    for file in sorted(book.answers, key=lambda one: (not one.number, -one.grave, -one.findings)):
        request = by_number.get(file.number)
        rows.append(
            (
                file.number or "没有对上台账",
                request.owner if request else None,
                request.answered if request else None,
                request.decided if request else None,
                file.path,
                file.by,
                file.findings,
                "\n".join(file.said),
                None,
                None,
            )
        )
    for number in book.without:
        found = by_number[number]
        rows.append((number, found.owner, found.answered, found.decided, "没有找到告知书", *[None] * 5))
    return Table("告知书核对", _ANSWERS, [(number, *row) for number, row in enumerate(rows, 1)], frozen=2)


def comparison(book: RequestBook) -> Table | None:
    """What the published report and the ledger say differently; None where there is no report."""
    found = book.comparison
    if found is None:
        return None
    fields = (
        Field("序号", 6, "number"),
        Field("项目", 60),
        Field("台账", 12, "number"),
        Field("年报", 12, "number"),
        Field("年报多（少）", 12, "number"),
        Field("核对意见", 30, "entry"),
    )
    rows = [
        (number, one.name, one.ledger, one.published, one.published - one.ledger, None)
        for number, one in enumerate(found.differences, 1)
    ]
    notes = [f"年报：{found.title}（{found.url}），{found.ledger.year} 年。"]
    notes += [] if rows else ["读出的各行与台账一致。"]
    notes += [f"年报自身不平：{said}" for said in found.sums]
    notes += [f"没有读出、没有比对：{'、'.join(found.unread)}"] if found.unread else []
    return Table("与年报比对", fields, rows, notes=tuple(notes))


def phones(book: RequestBook) -> Table | None:
    if not book.phones:
        return None
    rows = [
        (number, one.where, one.purpose or "联系", one.written, one.title, one.url)
        for number, one in enumerate(book.phones, 1)
    ]
    return Table("网站上的电话", _PHONES, rows)
