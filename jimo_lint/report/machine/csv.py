"""Writes findings as one flat table for Excel, WPS and databases: CSV, what was not looked at in rows behind them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime

import pandas as pd

from jimo_lint.language.printing import printable
from jimo_lint.model import Report, UpdateStatus
from jimo_lint.model.reasons import link_reason
from jimo_lint.report import Showing
from jimo_lint.report.phrases import FORMULA_STARTS
from jimo_lint.report.views.findings import findings
from jimo_lint.report.views.pace import unchecked
from jimo_lint.report.views.scope import scope
from jimo_lint.report.views.table import Linked, Marked, Pictured, Value
from jimo_lint.report.views.unread import unread

UNSEEN = "未检"
_NUMBER, _LINE, _COLUMN, _WHOM = "序号", "行", "列", "账号或栏目"
# Those of 问题明细 that a person does not fill in, the same for every inspection, so that tables can be put together.
TITLES = (
    *(_NUMBER, "级别", "问题类型", "错敏词", "推荐修改", "所在上下文", "说明", "平台", _WHOM, "责任单位", "标题"),
    *(
        "网址",
        "发布时间",
        "出现处数",
        "建议整改时限",
        "代码",
        "依据",
        "所在位置",
        _LINE,
        _COLUMN,
        "其他出现网址",
        "附件所在页面",
    ),
    *("问题编号", "状态", "首次发现", "已有天数", "超期（工作日）"),
)
# Without it Excel reads UTF-8 as GBK.
_MARK = "\ufeff"


def render(report: Report, _: Showing) -> str:
    """A head, one row a finding, one row for each thing that was not looked at."""
    table = pd.concat([_found(report), _missed(report)]).reindex(columns=list(TITLES))
    table[_NUMBER] = range(1, len(table) + 1)
    return _MARK + table.to_csv(index=False, lineterminator="\n")


def _found(report: Report) -> pd.DataFrame:
    seen = findings(report, _WHOM)
    rows = [[_cell(value) for value in row] for row in seen.rows]
    table = pd.DataFrame(rows, columns=[field.title for field in seen.fields], dtype=object)
    places = [finding.position for finding in report.findings]
    table[_LINE] = pd.Series([place and place.line for place in places], dtype=object)
    table[_COLUMN] = pd.Series([place and place.column for place in places], dtype=object)
    return table


def _missed(report: Report) -> pd.DataFrame:
    """Not looked at is never fine: who counts the rows of a table must not take silence for health."""
    rows = [{key: _cell(value) for key, value in row.items()} for row in _unseen(report)]
    return pd.DataFrame(rows, columns=list(TITLES), dtype=object).assign(级别=UNSEEN, 问题类型="未读与未检")


def _unseen(report: Report) -> Iterator[Mapping[str, Value]]:
    if not report.run.complete:
        yield {"说明": "采集没有完成，结果不全"}
    for line in scope(report):
        yield {"说明": line.text}
    for result in report.columns:
        if result.status is UpdateStatus.UNKNOWN:
            column, said = result.reading.column, f"未能判定：{result.reason}"
            yield {_WHOM: column.name, "责任单位": column.owner, "网址": column.url, "说明": said}
    for link in report.links if report.links_asked else ():  # where none was asked, the scope says so
        if link.result is None:
            page = link.samples[0] if link.samples else ""
            why = f"链接没有检查：{link_reason(link.barred)}" if link.barred else "链接没有检查"
            yield {"网址": page, "出现处数": link.pages, "标题": link.holder, "所在上下文": link.url, "说明": why}
    if report.accounts:
        for _, owner, platform, account, missing, _ in unchecked(report, report.accounts).rows:
            yield {_WHOM: account, "平台": platform, "责任单位": owner, "说明": missing}
    elif (table := unread(report)) is not None:
        for _, place, count, reason in table.rows:
            yield {"网址": place, "出现处数": count, "说明": reason}


def _cell(value: Value) -> str | float | None:
    """What stands in the file: days as ISO has them, addresses and marked text as text."""
    match value:
        case datetime():
            return value.date().isoformat()
        case date():
            return value.isoformat()
        case Marked():
            return _inert(value.text)
        case Pictured():
            return value.text
        case Linked():
            return _inert(value.text or value.url)
        case str():
            return _inert(value)
    return value


def _inert(text: str) -> str:
    """The text so that it never acts, neither as a formula nor on a screen; its line breaks are kept."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    shown = "\n".join(map(printable, lines))
    return f"'{shown}" if shown.lstrip().startswith(FORMULA_STARTS) else shown
