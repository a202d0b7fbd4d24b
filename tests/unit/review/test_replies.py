"""Drafts of answers: what was looked at and when, and no word that anything was mended where nobody looked."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from jimo_lint.model.tickets import Check, Outcome, Ticket
from jimo_lint.review.complaints import claim
from jimo_lint.review.replies import draft

TODAY = date(2026, 12, 1)
TICKET = Ticket(
    "QT01",
    date(2026, 11, 20),
    url="https://www.qingtan.example/a.html",
    said="我叫***，“共亨”应为“共享”，电话138****8000",
)


def drafted(check: Check, ticket: Ticket = TICKET) -> str:
    return draft(ticket, claim(ticket), check, "青潭区人民政府", TODAY)


def test_a_fault_that_is_still_there() -> None:
    """It is owned, with what was reported, the page, and the day of the look; what will be done is for a person."""
    why = "页面上还有“共亨”（…推进共建共亨。…）"
    assert drafted(Check(Outcome.STILL, why, date(2026, 11, 24))).splitlines() == [
        "尊敬的网友：",
        "　　您好！您于2026年11月20日通过“我为政府网站找错”平台提交的留言（编号：QT01）收悉。现答复如下：",
        "　　您反映：网页https://www.qingtan.example/a.html中“共亨”应为“共享”。",
        "　　经2026年11月24日查看，页面上还有“共亨”。您反映的情况属实。我们将尽快更正，更正情况为：〔请填写〕。",
        "　　感谢您对政府网站工作的关心和支持。",
        "　　　　　　　　　　　　　　　　青潭区人民政府",
        "　　　　　　　　　　　　　　　　2026年12月1日",
    ]


@pytest.mark.parametrize("outcome", [Outcome.UNVERIFIED, Outcome.UNREACHABLE, Outcome.STILL])
def test_nothing_is_called_mended_that_is_not(outcome: Outcome) -> None:
    """Only a page that was looked at and is right is."""
    said = drafted(Check(outcome, "这个页面没有读过", None))
    assert "已经改正" not in said and "〔" in said
    assert "已经改正" in drafted(Check(Outcome.MENDED, "页面上写的是“共享”", TODAY))


def test_of_what_was_not_verified_nothing_is_said() -> None:
    """Neither that it is so nor why this program could not tell."""
    said = drafted(Check(Outcome.UNVERIFIED, "这个页面没有读过", None))
    assert "没有读过" not in said and "属实" not in said
    assert "〔请人工核实后填写核实和处理情况〕" in said


def test_a_report_in_other_words_is_quoted_and_cut() -> None:
    """On one line; without a number or a day where there is none."""
    long = replace(TICKET, number="无编号~ab12cd34", received=None, said="没人\n回复" * 60)
    said = drafted(Check(Outcome.UNVERIFIED, ""), long)
    assert "编号" not in said and "您好！您通过" in said
    assert all(len(line) < 220 for line in said.splitlines()) and "没人 回复" in said and "……" in said
