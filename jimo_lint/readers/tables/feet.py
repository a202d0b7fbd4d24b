"""Tells what stands below the rows of a table: totals, notes, who filled it in."""

from __future__ import annotations

import re

_TOTAL = re.compile(
    r"(?:本[页周月季年])?(?:合\s*计|总\s*计|小\s*计|共\s*计|累\s*计|总数|平均值?|均值)(?:数|\(.*\)|（.*）)?[:：]?.{0,6}"
)
_NOTE = re.compile(
    r"(?:注|备注|说明|数据(?:来源|截[至止]|说明)|填[报表制写](?:人|单位|部门|时间|日期)|制表(?:人|单位|时间|日期)?"
    r"|审[核批签](?:人|领导|时间|日期)?|复核人?|报送(?:人|单位|时间|日期)|经办人|统计(?:人|单位|时间|日期|周期)|导出(?:人|时间|日期)"
    r"|(?:单位|部门|分管|主要)?(?:负责人|领导)(?:签[字名])?|联系(?:人|电话|方式)|单位[(（]盖?章[)）]|签[字名])\s*[:：]"
)


def is_foot(cell: str) -> bool:
    """Whether a cell begins a row that is no record of the table."""
    return bool(_TOTAL.fullmatch(cell) or _NOTE.match(cell))
