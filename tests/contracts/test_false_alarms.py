"""What looks like a fault to a machine and is none: lines and pages that no default rule reports, and their twins."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest

from jimo_lint import privacy
from jimo_lint.extract.pages.page import read_page
from jimo_lint.lint.engine import Engine
from jimo_lint.lint.ruleset import select
from jimo_lint.model import Block, Context, Document, Severity
from jimo_lint.readers.drafts import markup
from tests.support import shipped

AS_OF = date(2026, 1, 31)
URL = "https://www.example.gov.cn/zwgk/202511/t20251130_1.html"
# T104 and T105 go by statistics and have tests of their own.
ENGINE = Engine(
    [rule for rule in select(shipped.rules(), ()) if rule.code not in ("T104", "T105")],
    Context(AS_OF, shipped.national()),
)


def codes_on(html: str, url: str = URL, as_of: date = AS_OF) -> list[str]:
    """The codes reported on a page of the site, as the inspection would have it."""
    document = read_page(html, url, as_of=as_of).document
    facts = document.page_facts
    document = replace(document, facts=replace(facts, page_class=facts.looks))
    return [finding.code for finding in ENGINE.findings(privacy.mask(document))]


def page(main: str, *, head: str = "") -> str:
    """A page of the site around its main part."""
    return (
        f"<!DOCTYPE html><html><head><meta charset=utf-8><title>部门栏目一览</title>{head}</head><body>"
        f'<div class="article"><h1>部门栏目一览</h1><div class="TRS_Editor">{main}</div></div></body></html>'
    )


def test_lines_that_are_right(shared: Path) -> None:
    """No default rule but the statistical ones reports anything in the handed lines."""
    lines = (shared / "cases/wording/false-alarms.txt").read_text(encoding="utf-8").splitlines()
    assert len(lines) > 20
    for line in lines:
        document = privacy.mask(Document("x", "", "file", "", (Block("body", line),)))
        assert not [f"{one.code} {one.matched}" for one in ENGINE.findings(document)], line


def test_pages_that_are_right(shared: Path) -> None:
    """The handed pages come out without the findings that they are known for."""
    seen = 0
    for told in sorted((shared / "cases/real-pages").glob("*.json")):
        case = json.loads(told.read_text(encoding="utf-8"))
        without = case.get("truth", {}).get("findings_without", ())
        if without:
            seen += 1
            html = told.with_suffix(".html").read_text(encoding="utf-8")
            found = codes_on(html, case["url"], date.fromisoformat(case["as_of"]))
            assert not set(without) & set(found), told.name
    assert seen >= 6


@pytest.mark.parametrize(
    ("main", "found"),
    [
        ('<ul><li>办公室<a href="/1/">公文通知</a><a href="/2/">通知公告</a></li></ul>', False),
        ('<p><a href="/1/">推进落实</a><a href="/2/">落实情况</a><a href="/3/">情况通报</a></p>', False),
        ('<p><a href="/1/"><b>政务公开</b></a><span><a href="/2/">公开指南</a></span></p>', False),
        ('<p>要<a href="/1/">进行</a>进行全面排查。</p>', True),
        ("<p>统筹<b>做好</b><span>做好</span>劳务输出。</p>", True),
        ('<p>统筹<a href="/1/">做好</a><a href="/1/">做好</a>劳务输出。</p>', True),
    ],
)
def test_one_link_after_another_is_a_word_of_its_own(main: str, found: bool) -> None:
    """Texts of adjacent links are not joined; marks inside a word, and two links to one place, are."""
    assert ("T103" in codes_on(page(main))) is found


def test_words_cut_by_links_to_one_place_and_by_marks_stay_whole() -> None:
    """An editor's system cuts a title into links to one address and a word into spans: both are read as one."""
    html = page('<p>中华人民<b>共合</b>国；<a href="/1/">按照中国持</a><a href="/1/">色社会主义</a></p>')
    assert {"S101", "S104"} <= set(codes_on(html))


@pytest.mark.parametrize(
    ("main", "head"),
    [
        ('<div v-for="one in all"><b>{{ one.name }}</b><img :alt="one.name" alt="{{ one.name }}"></div>', ""),
        ("<div v-cloak><p>{{ comment.content }}</p></div>", ""),
        ('<div ng-repeat="one in all"><p>{{one.title}}</p></div>', ""),
        ('<div id="app"><h2>{{ title }}</h2></div>', '<script src="/js/vue.min.js"></script>'),
        ('<div id="app"><h2>{{ title }}</h2></div><script>var a = new Vue({el: "#app"})</script>', ""),
        ("<template><p>{{ title }}</p></template>", ""),
        ('<script type="text/x-handlebars-template"><p>{{ title }}</p>[!--title--]</script>', ""),
    ],
)
def test_templates_that_a_browser_fills_are_no_text(main: str, head: str) -> None:
    """`{{ … }}` on a page that a framework fills in the browser is nothing that an editor forgot."""
    assert "F103" not in codes_on(page(main, head=head))


@pytest.mark.parametrize(
    "main",
    [
        "<p>联系人：{{ one.name }}</p>",
        "<p>{{title}}</p><script>var view = 1</script>",
        '<div v-for="one in all"><p>[!--smalltext--]</p></div>',
        "<p>发布时间：{$vo.addtime}</p>",
        "<p>标题：&lt;%=title%&gt;</p>",
        "<p>标题：<%=title%></p>",
        "<p>来源：[field:source/]，{dede:field.title/}</p>",
    ],
)
def test_tags_of_templates_left_over_are_reported(main: str) -> None:
    """What the server should have filled in stands on the page for everyone to read."""
    assert "F103" in codes_on(page(main))


def test_text_beside_expressions_keeps_its_place(tmp_path: Path) -> None:
    """In a local file the line of a fault beside an expression is still that of the source."""
    html = "<div v-cloak>\n<p>{{ one.name }}工作的关健</p>\n<p>{{ two }}</p>\n</div>"
    found = markup.document(html, "x.html", "x.html", AS_OF)
    start = found.text.index("关健")
    assert found.position(start) == (2, html.splitlines()[1].index("关健") + 1)


def test_what_depends_on_an_unknown_day_is_a_notice_at_most() -> None:
    """A draft without a date may be older than the renaming of an organ or the end of a law; one with a date is not."""
    text = "由市安监局牵头，根据《物权法》办理。"
    document = Document("x", "", "file", "", (Block("body", text),))
    undated = {one.code: one.severity for one in ENGINE.findings(document)}
    dated = {one.code: one.severity for one in ENGINE.findings(replace(document, published=datetime(2024, 5, 6)))}
    assert undated == {"S106": Severity.NOTICE, "S107": Severity.NOTICE}
    assert dated == {"S106": Severity.WARNING, "S107": Severity.WARNING}
