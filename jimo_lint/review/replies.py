"""Drafts answers to error reports by the public: what was looked at and when, and nothing that nobody looked at."""

from __future__ import annotations

import re
from datetime import date

from jimo_lint.model.tickets import Check, Claim, Outcome, Ticket

_LONGEST = 120
_AROUND = re.compile("（…[^（）\n]{0,200}…）")  # of the words on the page: what stands around them
_FOUND = {
    Outcome.STILL: "您反映的情况属实。我们将尽快更正，更正情况为：〔请填写〕。",
    Outcome.MENDED: "您反映的问题已经改正。",
    Outcome.UNREACHABLE: "〔请核实页面打不开的原因后填写处理情况〕",
    Outcome.UNVERIFIED: "〔请人工核实后填写核实和处理情况〕",
}


def draft(ticket: Ticket, claim: Claim, check: Check, site: str, as_of: date) -> str:
    """The draft; in 〔〕 stands what a person has to fill in. Of a report that was not verified it says nothing."""
    received = f"您于{_day(ticket.received)}" if ticket.received else "您"
    number = f"（编号：{ticket.number}）" if ticket.number and "~" not in ticket.number else ""
    lines = [
        "尊敬的网友：",
        f"　　您好！{received}通过“我为政府网站找错”平台提交的留言{number}收悉。现答复如下：",
        f"　　您反映：{_reported(ticket, claim)}。",
        f"　　{_looked(check)}{_FOUND[check.outcome]}",
        "　　感谢您对政府网站工作的关心和支持。",
        f"　　　　　　　　　　　　　　　　{site or '〔单位名称〕'}",
        f"　　　　　　　　　　　　　　　　{_day(as_of)}",
    ]
    return "\n".join(lines)


def _looked(check: Check) -> str:
    """What was looked at, on which day; only where that is the answer."""
    if check.outcome is Outcome.UNVERIFIED:
        return ""
    when = f"经{_day(check.day)}查看" if check.day else "经查看"
    return f"{when}，{_AROUND.sub('', check.why)}。"


def _reported(ticket: Ticket, claim: Claim) -> str:
    """What was reported: the faults where they are known, else the words of the report, cut."""
    if claim.faults:
        told = "，".join(
            f"“{one.wrong[0]}”应为“{one.right}”" if one.right else f"“{one.wrong[0]}”有误" for one in claim.faults
        )
        return f"网页{ticket.url}中{told}"
    plain = re.sub(r"\s+", " ", ticket.said).strip(" 。")
    cut = plain if len(plain) <= _LONGEST else f"{plain[:_LONGEST]}……"
    where = f"（{ticket.url}）" if ticket.url and ticket.url not in plain else ""
    return f"{cut or '〔请填写〕'}{where}"


def _day(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
