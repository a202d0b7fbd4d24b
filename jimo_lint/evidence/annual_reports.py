"""Recognises by its title what calls itself one of the annual reports that every site owes."""

from __future__ import annotations

import re
from functools import cache

INFORMATION = r"信息(?:公开)?.{0,8}(?:年度|年报|年.{0,4}报告)|年度.{0,6}信息公开.{0,4}报告"
WEBSITE = r"网站.{0,8}(?:年度.{0,4}报表|年报|年度报告)"


def calls_itself_report(title: str) -> bool:
    """True for a title that may be one of the reports, not a 通知 about them: the site's tally keeps these only."""
    return (
        "报" in title and "通知" not in title and ("网站" in title or "信息" in title) and bool(_report().search(title))
    )


@cache
def _report() -> re.Pattern[str]:
    return re.compile(f"{INFORMATION}|{WEBSITE}")
