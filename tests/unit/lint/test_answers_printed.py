"""Answers that a system printed or a mail program sent say what the letters in them say."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import cache

import pytest

from jimo_lint.evidence.answers import read_answer
from jimo_lint.evidence.answers.printed import as_letter
from jimo_lint.lint.engine import Engine
from jimo_lint.lint.ruleset import load_rules
from jimo_lint.lint.standards import load_profile
from jimo_lint.model import Context
from jimo_lint.readers.drafts.plain import document
from tests.support.disclosure.unseen2 import FRESH


@cache
def _engine() -> Engine:
    rules = [rule for rule in load_rules() if rule.kind == "answer"]
    return Engine(rules, Context(date(2026, 12, 1), load_profile("national")))


def _codes(text: str) -> set[str]:
    return {finding.code for finding in _engine().findings(document(text, "answer"))}


def _mail(text: str, name: str) -> str:
    subject = text.split("\n", 1)[0]
    return (
        f"发件人：政务公开 <gk@office.example>\n收件人：{name} <me@mail.example>\n发送时间：2026年11月20日 15:20\n"
        f"主题：回复：{subject}\n\n{text}\n\n------------------ 原始邮件 ------------------\n发件人: {name}\n"
        "发送时间: 2023年1月2日(星期一) 晚上9:15\n主题: 政府信息公开申请\n\n您好，附件是我的申请表，请查收。\n"
    )


def _foreign_mail(text: str, name: str) -> str:
    return (
        f"From: gk@office.example\nTo: {name}\nDate: 2026-11-20 15:20\nSubject: 政府信息公开申请答复\n\n{text}\n\n"
        f"> 2023-01-02 21:15，{name} 写道：\n> 申请表见附件。\n"
    )


def _printed(text: str, name: str) -> str:
    rule = "-" * 40
    return (
        "政府信息依申请公开管理系统\n流水号：2026000312          办理状态：已办结\n"
        f"申请人：{name}          联系电话：***\n打印时间：2026-11-20 10:00:12          打印人：管理员\n"
        f"{rule}\n{text}\n{rule}\n第1页 共1页\n本页由系统自动生成\n"
        "经办人：王芳          审核人：赵立\n"
    )


def _fields(text: str, name: str) -> str:
    return f"【申请人】{name}\n【办理状态】已办结\n【答复正文】\n{text}\n【打印时间】2026-11-20 10:00\n【操作员】王芳\n"


@pytest.mark.slow
@pytest.mark.parametrize("around", [_mail, _foreign_mail, _printed, _fields])
def test_what_stands_around_a_letter_hardly_changes_what_is_said_of_it(around: Callable[[str, str], str]) -> None:
    """Of all letters, right and wrong."""
    named = [
        (one, name) for batch in FRESH for one in batch if (name := read_answer(document(one.text, "answer")).applicant)
    ]
    changed = [one.text for one, name in named if _codes(around(one.text, name)) != one.expected]
    assert len(changed) <= len(named) // 100, changed[:3]


FIELDS = {
    "登记编号": "2026-0031",
    "申请人": "李红",
    "申请日期": "2026年3月2日",
    "受理日期": "2026年3月2日",
    "信息名称": "2025年养老机构补贴名单",
    "获取方式": "电子邮件",
    "答复文号": "青民公复〔2026〕3号",
    "答复意见": "根据《中华人民共和国政府信息公开条例》第三十六条第（二）项，予以公开，名单已发送至你的邮箱。",
    "救济告知": "如不服，可以自收到之日起60日内向青潭区人民政府申请行政复议，或者6个月内向青潭区人民法院提起行政诉讼。",
    "答复机关": "青潭区民政局",
    "办结日期": "2026年3月20日",
}
# What is reported where a field is not there.
WITHOUT = {
    "申请人": "D102",
    "信息名称": "D104",
    "答复文号": "D101",
    "答复机关": "D110",
    "办结日期": "D111",
}


def _boxed(fields: dict[str, str]) -> str:
    return "\n".join(("┌────┬────┐", *(f"│{name}│{value}│" for name, value in fields.items()), "└────┴────┘"))


def _bracketed(fields: dict[str, str]) -> str:
    return "\n".join(f"【{name}】{value}" for name, value in fields.items())


def _beside(fields: dict[str, str]) -> str:
    rows = [f"{name}: {value}" for name, value in fields.items()]
    return "\n".join("      ".join(rows[place : place + 2]) for place in range(0, len(rows), 2))


@pytest.mark.parametrize("form", [_boxed, _bracketed, _beside])
def test_fields_of_a_system_are_read_as_the_parts_of_a_letter(form: Callable[[dict[str, str]], str]) -> None:
    """One below the other, in a table, two on a line."""
    assert _codes(form(FIELDS)) == set()


@pytest.mark.parametrize("form", [_boxed, _bracketed, _beside])
@pytest.mark.parametrize("name", WITHOUT)
def test_a_field_that_is_not_there_is_missed(form: Callable[[dict[str, str]], str], name: str) -> None:
    """No other field passes for it."""
    assert WITHOUT[name] in _codes(form({key: value for key, value in FIELDS.items() if key != name}))


@pytest.mark.parametrize(
    "text",
    ["打印时间：2026-11-20 10:00\n", "办结时间: 2026-03-20 16:00:12      状态: 已办结\n", "│申请人│李红│办结│是│\n"],
)
def test_a_letter_keeps_its_length(text: str) -> None:
    """So that places found in it are places of the document."""
    assert len(as_letter(text)) == len(text)
