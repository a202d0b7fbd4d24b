"""Rules about attached files judge what readers marked, once, and only what is published."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from jimo_lint.errors import RuleError
from jimo_lint.lint.checks.pages.files import FilesCheck
from jimo_lint.lint.engine import Engine
from jimo_lint.lint.triage import triage
from jimo_lint.model import Basis, Context, Document, FileFacts, Finding, Mark, Rule, Severity
from jimo_lint.model.facts import MARKS
from tests.support import shipped

CONTEXT = Context(date(2026, 11, 30), shipped.national())
RULES = tuple(rule for rule in shipped.rules() if rule.kind == "files")
PAGE = "https://www.qingtan.gov.cn/tzgg/t1.html"
URL = "https://www.qingtan.gov.cn/files/名单.xlsx"


def attachment(*marks: Mark, source: str = "attachment", form: str = "workbook", suffix: str = ".xlsx") -> Document:
    """An attached file without text."""
    return Document(URL, URL, source, "名单.xlsx", facts=FileFacts(form, suffix, PAGE, marks=marks))


def found(document: Document) -> list[Finding]:
    """What the rules say of it."""
    return list(Engine(RULES, CONTEXT).findings(document))


def test_every_mark_that_can_be_judged_is_judged_by_one_rule() -> None:
    """What the reader gave up on for its own bounds is a Problem; hidden parts matter where they hold personal data,
    and remarks for the program itself are no fault.
    """
    judged = [mark for rule in RULES for mark in rule.params["marks"]]
    assert sorted(judged) == sorted(set(MARKS) - {"oversized", "overlong", "unknown", "hidden", "remark"})


@pytest.mark.parametrize("kind", sorted(MARKS))
def test_drafts_are_not_judged(kind: str) -> None:
    """People still work on a draft; what cannot be read there is a Problem of the check."""
    assert not found(attachment(Mark(kind, "", "3 处"), source="file"))


def test_a_finding_names_the_file_its_place_and_the_page() -> None:
    """One finding for several marks of a kind."""
    (one,) = found(attachment(Mark("comments", "工作表“名单”", "2 处"), Mark("comments", "工作表“底稿”", "1 处")))
    assert (one.code, one.url, one.offered_by, one.subject) == ("W108", URL, PAGE, "名单.xlsx")
    assert one.locator == "工作表“名单”、工作表“底稿”"
    assert one.message == "附件留有批注（2 处、1 处）：名单.xlsx"


def test_numbers_of_changes_do_not_make_another_problem() -> None:
    """A file in which somebody made a further change has the same problem."""
    prints = {found(attachment(Mark("tracked", "", f"{count} 处")))[0].fingerprint for count in (1, 2, 3)}
    assert len(prints) == 1


@pytest.mark.parametrize(
    ("suffix", "form", "hit"),
    [
        (".pdf", "word", True),
        (".docx", "pdf", True),
        (".zip", "rar", True),
        (".xls", "html", False),
        (".doc", "html", False),
        (".doc", "rtf", False),
        (".aspx", "pdf", False),
        (".do", "word", False),
        ("", "pdf", False),
    ],
)
def test_names_that_mislead(suffix: str, form: str, hit: bool) -> None:
    """An interface for downloads is no name, and old programs wrote tables as pages, which open all the same."""
    document = attachment(Mark("misnamed", "", "别的格式"), suffix=suffix, form=form)
    assert [one.code for one in found(document)] == ["W106"] * hit


def test_a_file_that_was_read_is_told_of_once() -> None:
    """L107 stays for what only the check of links saw."""
    (read,) = found(attachment(Mark("misnamed", "", "网页"), form="html"))
    link = replace(read, code="L107", kind="link", subject=URL, url=PAGE, fingerprint="1")
    other = replace(link, subject=f"{URL}.pdf", fingerprint="2")
    assert [(one.code, one.subject) for one in triage([link, read, other])] == [
        ("L107", f"{URL}.pdf"),
        ("W106", "名单.xlsx"),
    ]


@pytest.mark.parametrize("params", [{}, {"marks": ["lost"]}, {"marks": ["macro"], "wat": 1}])
def test_bad_params(params: dict[str, object]) -> None:
    """An unknown mark or key is one line that names the file."""
    basis = (Basis("测试"),)
    rule = Rule("W199", "test", "测试", "files", Severity.NOTICE, "", "", basis, (), params, "0.1.0")
    with pytest.raises(RuleError, match=r"rules/W199-test\.toml"):
        FilesCheck([rule], CONTEXT)
