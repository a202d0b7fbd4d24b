"""Finds annual reports that are due and stand nowhere on the site."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import cache

from jimo_lint.evidence.annual_reports import INFORMATION, WEBSITE
from jimo_lint.lint.checks.base import Detail
from jimo_lint.model import SiteReading
from jimo_lint.settings.toml import Table

# Whose report it is: a department's own (…局2025年…), or that of the government that the portal is of.
_DEPARTMENT = r"局|委|办|镇|乡|街道|中心|院|所|处|队|学校|公司|集聚区|开发区|银行|总社|联社"
_HAN_DIGITS = str.maketrans("〇○零一二三四五六七八九", "000123456789")


@dataclass(frozen=True, slots=True)
class Due:
    """A report and its days. pattern: what titles say; day: (month, day) by which departments owe it, government:
    the same for a portal's own, None where the two do not differ."""

    name: str
    pattern: str
    day: tuple[int, int]
    government: tuple[int, int] | None


def read(table: Table) -> Due:
    """The keys report (information or website), due and due_government (`01-31`) of a rule's params."""
    which = {"information": ("政府信息公开工作年度报告", INFORMATION), "website": ("政府网站工作年度报表", WEBSITE)}
    name = table.text("report")
    if name not in which:
        raise table.fail("report", f"= “{name}” 不认识", f"可用：{'、'.join(which)}")
    government = table.text("due_government", "")
    return Due(*which[name], _day(table, "due"), _day(table, "due_government") if government else None)


def _day(table: Table, key: str) -> tuple[int, int]:
    month, _, day = table.text(key).partition("-")
    try:
        moment = date(2000, int(month), int(day))
    except ValueError:
        raise table.fail(key, f"= “{table.text(key)}” 不是月和日", f'请写作 {key} = "01-31"') from None
    return moment.month, moment.day


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)


def missing(site: SiteReading, due: Due, as_of: date) -> Detail | None:
    """The report of last year where its day has passed and nothing on the whole site bears its title.

    A portal (the name ends in 人民政府 or 政府网) owes its own later than its departments owe theirs: until then
    any report of last year is enough. Silent where the crawl is not complete.
    """
    if not site.complete:
        return None
    year = as_of.year - 1
    titles = [title for title, published in site.reports if is_of(title, published, year, due.pattern)]
    portal = due.government is not None and is_portal(site.name)
    if portal and due.government and as_of > date(as_of.year, *due.government):
        if any(of_government(title, site.name) for title in titles):
            return None
        day, whose = due.government, site.name
    elif as_of > date(as_of.year, *due.day) and not titles:
        day, whose = due.day, "各部门、镇街" if portal else "本单位"
    else:
        return None
    return Detail({"report": f"{year} 年{due.name}", "due": f"{day[0]} 月 {day[1]} 日", "whose": whose})


def is_portal(name: str) -> bool:
    """Whether a site of that name is a government's own, which owes a report of its own."""
    return "政府" in name and not _compiled("[镇乡街]").search(name[2:])


def of_government(title: str, name: str) -> bool:
    """Whether an information report is that of the government that the portal of this name is of."""
    place = name.partition("人民政府")[0]
    return not _compiled(_DEPARTMENT).search(title.replace(place, "").partition("信息")[0])


def is_of(title: str, published: date | None, year: int, pattern: str) -> bool:
    """A title with the year in it, or without any year and published when the report of that year was due."""
    if not _compiled(pattern).search(title):
        return False
    years = [int(found) for found in re.findall(r"(?:19|20)\d\d", title.translate(_HAN_DIGITS))]
    if years:
        return year in years
    return published is not None and published.year == year + 1
