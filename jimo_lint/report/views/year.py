"""The year of a ledger: how many problems were found, mended and are open, by month, of each unit and kind.

Every number is the count of the rows of 明细 that its filter leaves; pandas counts them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

import pandas as pd

from jimo_lint.report.views.table import Block, Field, Row

# The fields of 明细 that are counted by, and what stands in the last of them.
UNIT, KIND, MONTH, RESULT = "责任单位", "类别", "月份", "结果"
MENDED, OPEN, SILENCED = "已办结", "未办结", "误报"
EARLIER = "以前年度"
MONTHS = (EARLIER, *(f"{number}月" for number in range(1, 13)))
FOUND = "发现"
TOTAL = "合计"


class Counted(NamedTuple):
    """What is counted of a row of 明细."""

    unit: str
    kind: str
    month: str
    result: str


def blocks(rows: Iterable[Counted], months: int) -> tuple[Block, ...]:
    """All, by kind and by unit. months: of the year that have begun; of the others nothing is said."""
    frame = pd.DataFrame(list(rows), columns=[UNIT, KIND, MONTH, RESULT], dtype=object)
    frame = frame[frame[RESULT] != SILENCED]
    return (
        _block("一、全部", "全部", frame, pd.Series("全部", index=frame.index, name="全部"), months),
        _block("二、问题类别", KIND, frame, frame[KIND], months),
        _block("三、责任单位", UNIT, frame, frame[UNIT], months),
    )


def _block(title: str, what: str, frame: pd.DataFrame, names: pd.Series[str], months: int) -> Block:
    fields = (
        Field(what, 1, "strong"),
        Field(RESULT, 1, "centre"),
        *(Field(month, 1, "count") for month in (*MONTHS, TOTAL)),
    )
    return Block(title, fields, tuple(_rows(frame, names, months)))


def _rows(frame: pd.DataFrame, names: pd.Series[str], months: int) -> Iterable[Row]:
    """Three a name: found, mended, open; those with most that is open come first."""
    if frame.empty:
        return
    counted = pd.crosstab([names, frame[RESULT]], frame[MONTH])
    results = pd.MultiIndex.from_product([counted.index.unique(0), [MENDED, OPEN]])
    counted = counted.reindex(index=results, columns=list(MONTHS), fill_value=0)
    found = counted.groupby(level=0).sum()
    still = {name: counted.loc[(name, OPEN)].sum() for name in found.index}
    order = sorted(found.index, key=lambda name: (-still[name], -found.loc[name].sum(), name))
    for name in order:
        yield _row(name, FOUND, found.loc[name].tolist(), months)
        for result in (MENDED, OPEN):
            yield _row(name, result, counted.loc[(name, result)].tolist(), months)


def _row(name: str, result: str, counts: Sequence[int], months: int) -> Row:
    shown = [int(count) if number <= months else None for number, count in enumerate(counts)]
    return name, result, *shown, sum(int(count) for count in counts)
