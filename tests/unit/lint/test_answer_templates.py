"""An answer is held against the office's own template (D149): what it leaves out, and which old one it follows."""

from __future__ import annotations

from datetime import date

import pytest

from jimo_lint.lint.engine import Engine
from jimo_lint.lint.ruleset import load_rules
from jimo_lint.lint.standards import load_profile
from jimo_lint.model import Block, Context, Document

OPENING = "青潭区民政局政府信息公开申请答复书\n{number}\n{who}：\n"
OPENING += "本机关于{day}收到你提交的政府信息公开申请，申请公开“{asked}”。"
GIVEN = "根据《中华人民共和国政府信息公开条例》第三十六条第（二）项的规定，现将上述信息提供给你。"
APPEAL = "如不服本答复，可以自收到本答复书之日起60日内向青潭区人民政府申请行政复议，"
APPEAL += "或者自收到本答复书之日起6个月内向青潭区人民法院提起行政诉讼。"
OLD = "如不服本答复，可以自收到本答复书之日起60日内向上一级主管部门或者本级政府申请行政复议，"
OLD += "或者在三个月内依法提起行政诉讼。"
BLANK = {"number": "青民公复〔××××〕×号", "who": "×××", "day": "××××年×月×日", "asked": "××××"}
FILLED = {"number": "青民公复〔2026〕3号", "who": "骆一舟", "day": "2026年3月2日", "asked": "2025年低保标准"}


def _document(url: str, *paragraphs: str, filled: bool = False) -> Document:
    opening = OPENING.format(**(FILLED if filled else BLANK))
    end = "2026年3月20日" if filled else "××××年×月×日"
    text = "\n".join((opening, *paragraphs, "青潭区民政局", end))
    return Document(url, url, "file", "", (Block("body", text),))


CURRENT = _document("范本/2026-03/予以公开.docx", GIVEN, "特此答复，感谢你对民政工作的监督。", APPEAL)
FORMER = _document("范本/2023/予以公开.docx", GIVEN, "请你妥善保管所提供的信息。", OLD)


def _told(answer: Document, *templates: Document) -> list[str]:
    rules = [rule for rule in load_rules() if rule.code == "D149"]
    context = Context(date(2026, 12, 1), load_profile("national"), templates=templates)
    return [finding.message for finding in Engine(rules, context).findings(answer)]


def test_an_answer_as_its_template_has_it_is_right() -> None:
    """What is filled in is no difference, nor is a template of another kind."""
    answer = _document("a.txt", GIVEN, "特此答复，感谢你对民政工作的监督。", APPEAL, filled=True)
    refusing = _document("范本/2026-03/不予公开.docx", "依据条例第十六条，本机关决定不予公开。")
    assert _told(answer, CURRENT, FORMER, refusing) == []
    assert _told(answer, refusing) == []
    assert _told(answer) == []


def test_a_sentence_left_out_is_told_with_its_template() -> None:
    """The template is named with its folder, and what it says there."""
    answer = _document("a.txt", GIVEN, APPEAL, filled=True)
    assert _told(answer, CURRENT) == ["范本 2026-03/予以公开.docx 是“特此答复，感谢你对民政工作的监督”，这里没有这一句"]


def test_a_changed_sentence_is_shown_where_it_differs() -> None:
    """Only what differs is shown, with a few characters on each side."""
    changed = APPEAL.replace("6个月内", "3个月内")
    (told,) = _told(_document("a.txt", GIVEN, "特此答复，感谢你对民政工作的监督。", changed, filled=True), CURRENT)
    assert told == (
        "范本 2026-03/予以公开.docx 是“…到本答复书之日起6个月内向青潭区人…”，"
        "这里写成“…到本答复书之日起3个月内向青潭区人…”"
    )


def test_following_an_old_template_is_told() -> None:
    """Where the answer keeps more of a former template than of the current one, that is said."""
    told = _told(_document("a.txt", GIVEN, "请你妥善保管所提供的信息。", OLD, filled=True), CURRENT, FORMER)
    assert told
    assert all(one.endswith("；全文更像旧范本 2023/予以公开.docx") for one in told)


@pytest.mark.parametrize(
    ("old", "new"), [("v2", "v10"), ("2025-12", "2026-01"), ("2026年3月1日", "2026年3月15日"), ("第1版", "第2版")]
)
def test_the_latest_version_holds(old: str, new: str) -> None:
    """Versions are numbers, in whatever form the office writes them in its folders."""
    templates = (_document(f"范本/{new}/公开.docx", GIVEN, APPEAL), _document(f"范本/{old}/公开.docx", GIVEN, OLD))
    for order in (templates, templates[::-1]):
        assert _told(_document("a.txt", GIVEN, APPEAL, filled=True), *order) == []
        assert _told(_document("a.txt", GIVEN, OLD, filled=True), *order) != []


def test_no_more_than_a_handful_of_differences_is_named() -> None:
    """Who wrote quite another letter need not read each sentence of the template."""
    template = _document(
        "范本/公开.docx", GIVEN, *(f"第{number}条注意事项请你认真阅读并且遵守。" for number in "一二三四五六七八九")
    )
    assert len(_told(_document("a.txt", GIVEN, APPEAL, filled=True), template)) == 5
