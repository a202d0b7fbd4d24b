"""The sheets that both workbooks have: 问题明细, 链接, 未读与未检, 说明."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from jimo_lint.model import Account, Column, Finding, LinkCount, LinkGroup, LinkSummary, Report, Verdict
from jimo_lint.model.reasons import link_reason
from jimo_lint.report import phrases
from jimo_lint.report.cells import Linked, Marked, Value
from jimo_lint.report.workbook import Book, Field

REVIEW = ("已整改", "整改中", "误报", "无需整改")

_FINDING_FIELDS = (
    Field("序号", 5.5, "number"),
    Field("级别", 6, "centre"),
    Field("问题类型", 11.5, "centre"),
    Field("错敏词", 12.5, "wrong"),
    Field("推荐修改", 10.5, "centre"),
    Field("所在上下文", 32),
    Field("说明", 21),
    Field("{whom}", 12, "centre"),
    Field("责任单位", 12, "centre"),
    Field("标题", 19),
    Field("网址", 20, "small"),
    Field("发布时间", 11.5, "date"),
    Field("出现处数", 9, "number"),
    Field("建议整改时限", 12.5, "centre"),
    Field("复核结果", 9, "centre"),
    # The columns from here on are for filtering on screen and are not printed.
    Field("代码", 7, "centre"),
    Field("依据", 34, "small"),
    Field("所在位置", 16, "small"),
    Field("其他出现网址", 40, "small"),
)
_PRINTED = 15
_LINKS_PRINTED = 13

_LINK_FIELDS = (
    Field("序号", 5.5, "number"),
    Field("结论", 9, "centre"),
    Field("原因", 24),
    Field("自何时起", 11.5, "date"),
    Field("类型", 7, "centre"),
    Field("链接文字", 20),
    Field("链接地址", 34, "small"),
    Field("站内外", 7, "centre"),
    Field("出现页数", 8, "number"),
    Field("所在页面（示例）", 30, "small"),
    Field("所属{whom}", 13, "centre"),
    Field("责任单位", 13, "centre"),
    Field("复核结果", 10, "centre"),
    # The columns from here on are not printed.
    Field("建议改为", 34, "small"),
    Field("状态码", 8, "number"),
    Field("检查时间", 16, "moment"),
)

_EVIDENCE = (
    "依据后的证据标记：核 = 两个以上独立来源核到；核1 = 一个来源核到；产品 = 监管产品公开代码中的字段或阈值；"
    "推、忆 = 未核到原文（写明“待对照原件”），这类依据只作提示，不用于单项否决。"
)


def findings_sheet(book: Book, report: Report, whom: str) -> None:
    """问题明细: one row a distinct problem. whom: the title of the column that names account or column."""
    fields = _titled(_FINDING_FIELDS, whom)
    sheet = book.sheet("问题明细", [field.width for field in fields], freeze="D2")
    rows = sheet.table(fields, (_finding(number, found, report) for number, found in enumerate(report.findings, 1)))
    if not report.findings:
        sheet.band("没有发现问题。", "note")
    sheet.tint(2, rows, ("否决", "错误", "警告", "提示"))
    sheet.choices(15, rows, REVIEW)
    sheet.repeat(1)
    sheet.print_only(_PRINTED)


def _finding(number: int, finding: Finding, report: Report) -> Sequence[Value]:
    end = finding.excerpt_start + len(finding.matched)
    concerned = finding.account_name or finding.column_name
    title = "" if finding.kind == "document" and finding.subject == finding.url else finding.subject
    return (
        number,
        finding.severity.label,
        finding.title,
        finding.matched.replace("\n", ""),  # a word over two lines
        "、".join(finding.suggestions),
        Marked(finding.excerpt, finding.excerpt_start, end) if finding.matched else finding.excerpt,
        finding.message,
        concerned,
        finding.owner,
        title,
        Linked(finding.url, finding.url),
        finding.published,
        finding.pages,
        phrases.deadline(finding, report),
        None,
        finding.code,
        finding.basis,
        finding.locator,
        "\n".join(sample for sample in finding.samples if sample != finding.url),
    )


def links_sheet(book: Book, report: Report, whom: str, name: str = "链接") -> None:
    """链接 or 失效链接: one row a target; own, other sites' and attachments apart; working ones are only counted."""
    owners: dict[str, Column | Account] = {result.reading.column.id: result.reading.column for result in report.columns}
    owners.update({result.reading.account.id: result.reading.account for result in report.accounts})
    shown = sorted((link for link in report.links if not link.sound), key=_link_order)
    fields = _titled(_LINK_FIELDS, whom)
    sheet = book.sheet(name, [field.width for field in fields], freeze="A2")
    rows = sheet.table(fields, (_link(number, link, owners) for number, link in enumerate(shown, 1)))
    sheet.tint(2, rows, ("失效", "待确认", "正常", "未检查"))
    sheet.choices(_LINKS_PRINTED, rows, REVIEW)
    for count in report.link_counts:
        sheet.band(_counted(count), "note")
    sheet.band(
        "没有毛病的链接未列出。“待确认”是对方拒绝程序访问、超时等不能断定的情况，不算失效，请人工打开核实；"
        "“正常”的行能打开，但地址已迁移或证书有毛病。",
        "note",
    )
    sheet.repeat(1)
    sheet.print_only(_LINKS_PRINTED)


def _titled(fields: Sequence[Field], whom: str) -> list[Field]:
    return [Field(field.title.format(whom=whom), field.width, field.style) for field in fields]


def _verdict(link: LinkSummary) -> str:
    return phrases.VERDICTS[link.result.verdict] if link.result else "未检查"


def _link_order(link: LinkSummary) -> tuple[int, int, int, str]:
    verdict = (Verdict.DEAD, Verdict.INCONCLUSIVE, Verdict.ALIVE).index(link.result.verdict) if link.result else 3
    return verdict, list(LinkGroup).index(LinkGroup.of(link)), -link.pages, link.url


def _counted(count: LinkCount) -> str:
    share = f"，错链率 {count.dead_share:.2%}" if count.dead_share is not None else ""
    unchecked = f"，未检查 {count.unchecked:,}" if count.unchecked else ""
    return (
        f"{count.group.label}链接：正常 {count.alive:,}，失效 {count.dead:,}，"
        f"待确认 {count.inconclusive:,}{unchecked}{share}"
    )


def _link(number: int, link: LinkSummary, owners: Mapping[str, Column | Account]) -> Sequence[Value]:
    result = link.result
    owner = owners.get(link.account or "") or owners.get(link.column or "")
    sample = link.samples[0] if link.samples else ""
    return (
        number,
        _verdict(link),
        "地址已永久迁移"
        if link.suggestion and _verdict(link) == "正常"
        else link_reason(result.reason if result else link.barred),
        phrases.china_time(result.failing_since) if result and result.failing_since else None,
        phrases.LINK_KINDS.get(link.kind, link.kind),
        link.text,
        Linked(link.url, link.url),
        "站外" if link.external else "站内",
        link.pages,
        Linked(sample, sample),
        owner.name if owner else None,
        owner.owner if owner else None,
        None,
        Linked(link.suggestion, link.suggestion),
        result.status if result and result.status else None,
        phrases.china_time(result.checked) if result and result.checked else None,
    )


def problems_sheet(book: Book, report: Report) -> None:
    """未读与未检: pages not fetched and files not read, so that silence is not taken for health. Only if any."""
    if not report.problems:
        return
    fields = (Field("序号", 6, "number"), Field("位置", 70), Field("情况", 70))
    sheet = book.sheet("未读与未检", [field.width for field in fields], freeze="A2")
    sheet.table(fields, ((number, problem.place, problem.message) for number, problem in enumerate(report.problems, 1)))
    sheet.band("以上内容没有读到，未参加检查；请核实后重查。", "note")
    sheet.repeat(1)


def notes_sheet(book: Book, report: Report, reading: Sequence[str]) -> None:
    """说明: what was run, how to read the workbook, limits with their clauses, and the rules in force."""
    widths = (9, 22, 10, 52, 42, 36)
    sheet = book.sheet("说明", widths)
    sheet.band("说明", "title", 30)
    sheet.gap()
    sheet.band("一、本次检查", "section", 22)
    for label, value in _facts(report):
        sheet.spread([label, value], ["label", "text"], [(1, 2), (3, 6)])
    sheet.gap()
    sheet.band("二、怎样看", "section", 22)
    for number, line in enumerate(reading, 1):
        sheet.band(f"{number}. {line}", "note")
    sheet.gap()
    sheet.band("三、时限与否决数", "section", 22)
    spans = [(1, 2), (3, 3), (4, 6)]
    sheet.spread(["对象", "时限", "依据"], "head", spans, 22)
    for row in _thresholds(report):
        sheet.spread(row, ["text", "centre", "text"], spans)
    sheet.gap()
    sheet.band("四、使用的规则", "section", 22)
    fields = ("代码", "规则", "级别", "查什么、为什么", "依据（证据标记）", "已知误报")
    sheet.add(fields, "head", 22)
    first = sheet.row + 1
    for rule in report.rules:
        basis = "\n".join(f"{basis}〔{basis.evidence}〕" for basis in rule.basis)
        sheet.add(
            [rule.code, rule.title, rule.severity.label, rule.why, basis, rule.false_alarms],
            ["centre", "strong", "centre", "small", "small", "small"],
        )
    sheet.tint(3, range(first, sheet.row + 1), ("否决", "错误", "警告", "提示"))
    sheet.band(_EVIDENCE, "note")


def _facts(report: Report) -> Iterator[tuple[str, str]]:
    run = report.run
    yield "检查对象", run.site
    yield "检查种类", run.title
    yield "检查日期", f"{phrases.chinese_date(run.as_of)}，{phrases.week(run.as_of)}"
    yield "检查标准", run.profile
    started, finished = phrases.china_time(run.started), phrases.china_time(run.finished)
    yield "起止时间", f"{started:%Y-%m-%d %H:%M} 至 {finished:%Y-%m-%d %H:%M}（北京时间）"
    yield "检查数量", f"{run.documents:,} 篇（页），{run.characters:,} 字"
    yield "采集情况", "已完成" if run.complete else "未完成，结果不全"
    yield "程序版本", f"jimo-lint {run.version}"


def _thresholds(report: Report) -> Iterator[tuple[str, str, str]]:
    """Distinct limits that were applied, then the counts of 单项否决."""
    kinds = {
        (f"{result.reading.column.kind.label}栏目", phrases.limit(result.limit), result.basis)
        for result in report.columns
        if result.limit
    }
    accounts = {
        ("政务新媒体账号", phrases.limit(result.limit), result.basis) for result in report.accounts if result.limit
    }
    yield from sorted(accounts)
    yield from sorted(kinds)
    for result in report.vetoes:
        yield f"单项否决：{result.indicator.point}", result.indicator.bar, str(result.indicator.basis)
