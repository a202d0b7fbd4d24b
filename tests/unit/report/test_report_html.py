"""The page of a report: what was read is no markup, every figure leads to its rows, what was not looked at is told."""

from __future__ import annotations

import time
from base64 import b64encode
from collections.abc import Callable, Iterator, Mapping
from dataclasses import fields, is_dataclass, replace
from enum import Enum
from hashlib import sha256
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from lxml import html

from jimo_lint.inspection import INSPECTIONS
from jimo_lint.language.printing import printable
from jimo_lint.model import (
    Finding,
    IndicatorStatus,
    LinkResult,
    LinkSummary,
    Problem,
    Report,
    Severity,
    Unopened,
    Verdict,
)
from jimo_lint.report import Showing, render
from jimo_lint.report.html.grids import SHOWN, grid
from jimo_lint.report.views.table import Block, Field, Linked, Marked, Table
from tests.support import report_samples as samples
from tests.unit.report.test_report_since import compared

HOSTILE = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "' onmouseover='alert(1)",
    "</title></style></script><h1>坏</h1>",
    '<!-- " onclick=alert(1) -->',
    "{{ 7*7 }}{% raw %}",
    "&lt;b&gt;&amp;#60;",
    "javascript:alert(1)",
    "data:text/html,<b>坏</b>",
    "响\x07铃\x1b[31m\u202e半\ud800个\x00",
    "]]><b>坏",
)
REPORTS: Mapping[str, Callable[[], Report]] = {
    **samples.REPORTS,
    "partial": samples.partial,
    "compared": compared,
}
# What is a code to the program, and not text that was read.
_CODES = frozenset({"inspection", "code", "kind", "suffix", "key", "fingerprint"})


def page(report: Report, showing: Showing | None = None) -> html.HtmlElement:
    """The page, parsed."""
    return html.document_fromstring(render("html", report, showing))


def words(element: html.HtmlElement) -> str:
    """The text of a part, without blanks at line ends."""
    return " ".join(element.text_content().split())


def main(report: Report) -> str:
    """What the page says, without its style and script."""
    (found,) = page(report).xpath("//main")
    return words(found)


def filled(value: Any, text: str) -> Any:
    """The value with `text` in the place of all text in it."""
    if isinstance(value, str):
        return value if isinstance(value, Enum) else text
    if isinstance(value, tuple):
        parts = [filled(one, text) for one in value]
        return type(value)(*parts) if hasattr(value, "_fields") else tuple(parts)
    if isinstance(value, Problem):
        return replace(value, place=text, args={name: filled(one, text) for name, one in value.args.items()})
    if is_dataclass(value) and not isinstance(value, type):
        changes = {
            one.name: filled(getattr(value, one.name), text)
            for one in fields(value)
            if one.init and one.name not in _CODES and not isinstance(getattr(value, one.name), Mapping)
        }
        made = replace(value, **changes)
        return replace(made, excerpt=text * 3, excerpt_start=len(text)) if isinstance(made, Finding) else made
    return value


def structure(root: html.HtmlElement) -> list[tuple[object, ...]]:
    """Every element with the names of its attributes, in order."""
    return [(one.tag, *sorted(one.attrib)) for one in root.iter()]


@pytest.mark.parametrize("name", REPORTS)
@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_text_in_every_field_stays_text(name: str, text: str) -> None:
    """The page has the elements and attributes that it has with a harmless word, and shows the text as it stands."""
    report = REPORTS[name]()
    made = page(filled(report, text))
    assert structure(made) == structure(page(filled(report, "甲")))
    assert words(made.find("body")).count(" ".join(printable(text).split())) > 20
    for script in made.iter("script", "style"):
        assert not text.startswith("<") or text not in (script.text or "")


def test_the_measure_of_structure_tells_markup() -> None:
    """Were the text not escaped, the comparison would see it."""
    written = render("html", filled(samples.check(), "甲"))
    broken = html.document_fromstring(written.replace("<dd>甲", "<dd><b>坏</b>", 1))
    assert structure(broken) != structure(html.document_fromstring(written))


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "JaVaScRiPt://www.yunxi.example/%0aalert(1)",
        "data:text/html,<b>",
        "file:///etc/passwd",
        "vbscript:x",
        "//evil.example/",
        'http://a" onclick="alert(1)',
        "稿件/一.txt",
        " \tjavascript:alert(1)",
        "http://[bad",
    ],
)
def test_only_web_addresses_can_be_clicked(url: str) -> None:
    """Anything else stands there as text."""
    link = samples.links()[1]
    linked = replace(link, url=url, samples=(url,), suggestion=url, holder="页")
    found = samples.word_finding(url=url, samples=(url, f"{url}2"))
    made = page(replace(samples.columns(), findings=(found,), links=(linked,), columns=()))
    assert all(one.startswith("#") for one in made.xpath("//a/@href"))
    assert printable(url).strip() in words(made)


def test_web_addresses_are_links_that_tell_nothing() -> None:
    """The address is shown as it is, and the page that it leads to learns nothing of this one."""
    url = "https://www.yunxi.example/a/?b=1&c=《文》"
    made = page(replace(samples.check(), findings=(samples.word_finding(url=url),)))
    (one,) = made.xpath("//ol[@class='found']//a[contains(@href, '?b=1')]")
    assert one.text == url and one.get("href") == "https://www.yunxi.example/a/?b=1&c=%E3%80%8A%E6%96%87%E3%80%8B"
    for outside in made.xpath("//a[not(starts-with(@href, '#'))]"):
        assert outside.get("rel") == "noopener noreferrer"


@pytest.mark.parametrize("name", REPORTS)
def test_nothing_is_loaded_and_nothing_else_may_run(name: str) -> None:
    """One file: no source, no imported style, and a policy that allows its own style and script by their hashes."""
    written = render("html", REPORTS[name]())
    made = html.document_fromstring(written)
    assert not made.xpath("//@src | //link | //base | //iframe | //object | //@style | //@*[starts-with(name(), 'on')]")
    (style,), (script,) = made.xpath("//style"), made.xpath("//script")
    assert "url(" not in style.text and "@import" not in style.text
    (policy,) = made.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    digests = [b64encode(sha256(one.text.encode()).digest()).decode() for one in (style, script)]
    assert policy == (
        f"default-src 'none'; style-src 'sha256-{digests[0]}'; script-src 'sha256-{digests[1]}'; "
        "base-uri 'none'; form-action 'none'"
    )
    assert written.startswith("<!DOCTYPE html>\n")


def rows(element: html.HtmlElement) -> int:
    """How many things stand in a part of the page, those that it says it leaves out as well."""
    left = sum(int(words(one).split()[1].replace(",", "")) for one in element.xpath(".//tr[@class='left']"))
    return left + len(element.xpath(".//tbody/tr[not(@class)] | self::tbody/tr[not(@class)]"))


def figures(made: html.HtmlElement) -> Iterator[tuple[str, int, html.HtmlElement]]:
    """The figures of the head that lead somewhere: label, number, where."""
    for one in made.xpath("//ul[@class='figures']/li[.//a]"):
        (lead,) = one.xpath(".//a")
        (target,) = made.xpath(f"//*[@id='{lead.get('href')[1:]}']")
        yield words(one.xpath("span[@class='label']")[0]), int(words(lead).replace(",", "")), target


def column(table: html.HtmlElement, title: str) -> int:
    """The sum of a column of a table."""
    heads = [words(one) for one in table.xpath(".//thead//th")]
    cells = [row[heads.index(title)] for row in table.xpath(".//tbody/tr[not(@class)]")]
    return sum(int(words(one).replace(",", "")) for one in cells if words(one).replace(",", "").isdigit())


def consistent(name: str) -> Report:
    """The sample, of whose two dead links its accounts know one."""
    report = REPORTS[name]()
    if name not in ("weekly", "partial"):
        return report
    dead, *others = sorted(report.links, key=lambda link: not (link.result and link.result.verdict is Verdict.DEAD))
    return replace(report, links=(dead, *others[1:]))


@pytest.mark.parametrize("name", [name for name in REPORTS if name != "check"])
def test_every_figure_counts_the_rows_that_it_leads_to(name: str) -> None:
    """By number; of the two kinds of sums, the column of the table that adds up to it."""
    made = page(consistent(name))
    told = list(figures(made))
    assert len(told) > 3
    for label, number, target in told:
        if label == "问题" or target.get("id").startswith(("grade-", "state-", "late")):
            table = target if target.tag == "section" else None
            counted = (
                column(table, "个数")
                if table is not None
                else sum(int(words(one)) for one in target.xpath("tr[not(@class)]/td[@class='number']"))
            )
        elif label == "错敏词":
            counted = column(target, label)
        elif label == "超期或无内容":
            bodies = target.xpath("self::* | following-sibling::tbody")
            counted = sum(rows(one) for one in bodies if words(one[0]).startswith(("超期未更新", "账号无内容")))
        elif label == "须整改的单位":
            counted = rows(target) - sum("（未填责任单位）" in words(one) for one in target.xpath(".//tbody/tr"))
        else:
            counted = rows(target)
        assert counted == number, label


def test_what_changed_since_the_last_run_stands_in_the_head() -> None:
    """Its own figures, a part with what is gone, and the state beside each finding; what was not checked is told."""
    report = compared()
    made = page(report)
    told = {label: number for label, number, _ in figures(made)}
    assert (told["新增"], told["仍在"], told["超期"], told["已改"], told["未复查"]) == (
        1,
        len(report.findings) - 1,
        1,
        1,
        1,
    )
    assert "与上次（1月10日）相比" in [words(one) for one in made.xpath("//section[@class='board']/h3")]
    gone = words(made.get_element_by_id("since"))
    assert "改好的稿件" in gone and "没读到的稿件" in gone and "页面这次没有读到" in gone
    assert "以前的问题未复查 1" in words(made.get_element_by_id("missed"))
    listed = [words(one) for one in made.xpath("//ol[@class='found']/li")]
    assert sum("新增" in one for one in listed) == 1 and sum("超期 3 个工作日" in one for one in listed) == 1
    assert all("首次发现 2026-01-10" in one for one in listed)


def test_a_recheck_tells_of_every_place() -> None:
    """By what became of it; where none was seen, nothing is said to be mended."""
    report = samples.rechecked()
    made = page(report)
    table = words(made.get_element_by_id("results"))
    assert all(one.name in table and one.outcome.label in table for one in report.looked)
    told = {label: number for label, number, _ in figures(made)}
    assert {one.outcome.label for one in report.looked} <= set(told)
    unseen = replace(report, findings=(), looked=report.looked[-1:])
    assert "什么也没有检查" in main(unseen) and "没有发现" not in main(unseen)


def test_a_first_run_has_nothing_to_compare_with() -> None:
    """It says so, and every finding would else be called new."""
    made = page(compared(before=None))
    assert "首次检查，没有上次可比" in words(made.get_element_by_id("summary"))
    assert not made.xpath("//section[@id='since']") and "首次发现" not in words(made.get_element_by_id("rectification"))
    assert not [one for one in made.xpath("//section[@class='board']/h3") if "上次" in words(one)]


def test_every_lead_within_the_page_leads_somewhere() -> None:
    """Of figures, contents, kinds and units; and no name stands twice."""
    for name in REPORTS:
        made = page(REPORTS[name]())
        names = made.xpath("//@id")
        assert len(names) == len(set(names))
        leads = [one[1:] for one in made.xpath("//a/@href") if one.startswith("#")]
        assert leads and set(leads) <= set(names)


def many(groups: int, count: int = 10_000) -> Report:
    """So many findings in so many columns."""
    base = samples.columns()
    findings = tuple(
        samples.word_finding(
            url=f"https://www.yunxi.example/a/{number}.html",
            account_name="",
            column_name=f"栏目{number % groups}",
            owner=f"单位{number % groups % 40}",
            severity=Severity.ERROR if number % 3 else Severity.WARNING,
        )
        for number in range(count)
    )
    return replace(base, findings=findings)


@pytest.mark.slow
@pytest.mark.parametrize("groups", [1, 40, 1_000, 10_000])
def test_what_is_left_out_is_counted(groups: int) -> None:
    """Ten thousand findings stay one page of a few MB; each group and unit says how many it does not show."""
    report = many(groups)
    render("html", samples.columns())  # loads what is loaded once
    started = time.thread_time()
    written = render("html", report)
    assert time.thread_time() - started < 4  # 0.8 s where it is measured
    assert len(written.encode()) < 4_000_000
    made = html.document_fromstring(written)
    total = shown = 0
    for unit in made.xpath("//details"):
        listed = 0
        for group in unit.xpath("article"):
            here = len(group.xpath(".//ol/li"))
            left = [int(words(one).split()[1].replace(",", "")) for one in group.xpath("p[@class='left']")]
            assert here and f"{here + sum(left):,} 个" in words(group.xpath("h4")[0])
            shown, listed = shown + here, listed + here + sum(left)
        for beyond in unit.xpath("p[@class='left']"):
            listed += int(words(beyond).split("（")[1].split()[0].replace(",", ""))
        total += listed
        (row,) = made.xpath(f"//section[@id='units']//tr[.//a[@href='#{unit.get('id')}']]")
        assert words(row[1]) == f"{listed:,}"
    assert total == 10_000 and shown <= 1_500
    (notice,) = made.xpath("//section[@id='rectification']/p[@class='alarm']")
    assert f"10,000 个问题中的 {shown:,} 个" in words(notice) and "-f csv、-f json" in words(notice)


def test_few_findings_are_all_there() -> None:
    """And nothing is said to be left out."""
    made = page(many(7, 300))
    assert len(made.xpath("//ol[@class='found']/li")) == 300
    assert not made.xpath("//*[contains(@class, 'left')]") and "没有列在本页" not in words(made)


def test_the_workbook_with_all_of_it_is_named() -> None:
    """Where one was written."""
    made = page(many(1), Showing(workbook=Path("reports/栏目体检-2026-11-22.xlsx")))
    assert "全部见工作簿 栏目体检-2026-11-22.xlsx" in words(made)


def test_long_tables_say_what_they_leave_out() -> None:
    """So many rows of each group, and the number of the others."""
    link = samples.links()[1]
    links = tuple(replace(link, url=f"https://sw.example.org/{number}") for number in range(SHOWN + 5))
    (body,) = page(replace(samples.asked(), links=links)).xpath("//tbody[@id='links-1']")
    assert words(body[0]) == f"失效 {SHOWN + 5}" and len(body) == SHOWN + 2
    assert words(body[-1]).startswith("还有 5 行没有列在本页")


def nothing(inspection: str, **changes: object) -> Report:
    """A report of a run that looked at nothing."""
    return Report(replace(samples.run(inspection), documents=0, characters=0), **changes)  # type: ignore[arg-type]


@pytest.mark.parametrize("inspection", INSPECTIONS)
def test_nothing_is_never_called_sound_where_nobody_looked(inspection: str) -> None:
    """Neither with an empty report, nor with one of what could not be read."""
    sample = samples.REPORTS[inspection]()
    for report in (
        nothing(inspection),
        nothing(inspection, problems=sample.problems),
        nothing(inspection, links=tuple(replace(link, result=None) for link in sample.links)),
    ):
        said = main(report)
        assert "什么也没有检查" in said
        assert "没有发现" not in said and "发现问题 0" not in said and "要查的都查了" not in said
        assert words(page(report).xpath("//ul[@class='figures']/li")[0]) == "问题 未检"


def test_a_list_without_links_was_read_and_nothing_checked() -> None:
    """What a check of links is about are the links, not the files that they stand in."""
    said = main(Report(replace(samples.run("links"), documents=1)))
    assert "什么也没有检查" in said and "没有发现" not in said


@pytest.mark.parametrize("inspection", INSPECTIONS)
def test_a_clean_report_says_so(inspection: str) -> None:
    """Where everything was looked at, and nothing was found."""
    sample = samples.REPORTS[inspection]()
    asked = tuple(link for link in sample.links if link.sound)
    said = main(Report(sample.run, links=asked if inspection == "links" else ()))
    assert said.startswith("结论 没有发现问题。") and "要查的都查了" in said


@pytest.mark.parametrize(
    "changes",
    [
        {"run": samples.run("columns", complete=False)},
        {"problems": samples.columns().problems},
        {"links_asked": False},
        {"off": samples.columns().rules[:1]},
        {"unopened": (Unopened("attachment", ".pdf", 3),)},
        {"links": (LinkSummary("http://10.0.0.8/", "page", "内网", 1, (), True, barred="private-address"),)},
        {"links": tuple(one for one in samples.links() if one.result and one.result.verdict is Verdict.INCONCLUSIVE)},
        {"columns": samples.columns().columns[-1:]},
    ],
)
def test_what_was_not_looked_at_stands_beside_the_result(changes: dict[str, object]) -> None:
    """In the sentence that comes first, and in a part of its own; nothing found is then no health."""
    report = replace(Report(samples.run("columns")), **changes)  # type: ignore[arg-type]
    made = page(report)
    (verdict,) = made.xpath("//p[starts-with(@class, 'verdict')]")
    assert words(verdict) == "查到的部分没有发现问题。没有查到的不等于没有问题，请补查。"
    (missed,) = made.xpath("//section[@id='missed']")
    assert missed.get("class") == "missed" and "要查的都查了" not in words(missed)


def test_all_that_was_not_looked_at_is_named() -> None:
    """Rules that were off, links, accounts, attachments; open indicators lead to their rows."""
    said = words(page(samples.partial()).xpath("//section[@id='missed']")[0])
    for part in ("L101 失效链接", "没有核对链接", "云溪市场监管 存档读不出", "附件（.pdf） 3 个", "图片 40 张"):
        assert part in said
    report = samples.columns()
    (missed,) = page(report).xpath("//section[@id='missed']")
    waiting = sum(one.standing is IndicatorStatus.OPEN for one in report.indicators)
    assert waiting and f"指标待人工核查 {waiting}" in words(missed) and "栏目未能判定 1" in words(missed)


def test_what_was_looked_at_is_said_as_everywhere() -> None:
    """Of a check of links it is links that were looked at, in the head as in the explanation."""
    said = words(page(samples.asked()).find("body"))
    assert said.count("检查数量 5 个链接：失效 2，待确认 1，正常 1，未检查 1，错链率 50.00%") == 2


def test_the_first_sentence_says_who_has_to_do_what() -> None:
    """The gravest first, with their units by name; findings without a unit are counted apart."""
    grave, plain = samples.weekly().findings[0], samples.word_finding()
    nobody = samples.word_finding(owner="")

    def verdict(*findings: Finding) -> str:
        made = page(Report(samples.run("columns"), findings=findings))
        return words(made.xpath("//p[starts-with(@class, 'verdict')]")[0])

    notice = samples.word_finding(severity=Severity.NOTICE)
    assert verdict(plain) == "请区融媒体中心限期整改错误和警告 1 个。"
    assert verdict(notice, plain, grave) == (
        "请区应急管理局立即核实处理否决级问题 1 个；请区融媒体中心限期整改错误和警告 1 个；"
        "请区融媒体中心核实提示 1 个。"
    )
    assert verdict(nobody) == "请限期整改错误和警告 1 个。"
    assert verdict(plain, nobody) == ("请区融媒体中心限期整改错误和警告 2 个；其中 1 个没有填责任单位，请先落实。")
    several = [samples.word_finding(owner=f"{one}局") for one in "甲乙丙丁戊"]
    assert verdict(*several) == "请丁局、丙局、乙局等 5 个单位限期整改错误和警告 5 个。"
    assert verdict(grave, *several).endswith("立即核实处理否决级问题 1 个；请 5 个单位限期整改错误和警告 5 个。")


def test_a_finding_is_shown_with_what_is_needed_to_mend_it() -> None:
    """Its word marked where it stands, advice, remedy, basis, deadline, address, day, number of pages."""
    finding = samples.word_finding(pages=3, samples=("https://a.example/1", "https://a.example/2"), message="写错了")
    made = page(replace(samples.weekly(), findings=(finding,)))
    (group,) = made.xpath("//article")
    assert [one.text for one in group.iter("mark")] == ["布署"]
    assert words(group.xpath(".//blockquote")[0]) == finding.excerpt
    said = words(group)
    for part in (
        *("错误 常见错别字 T101", "云溪发布", "1 个", "3 个工作日（11月25日前）", "按提示改正后重新发布。"),
        *(finding.basis, "写错了", "建议：部署", finding.subject, "2026-11-18", "正文第 2 段", "共 3 处"),
        *(finding.url, "https://a.example/1"),
    ):
        assert part in said, part
    plain = replace(finding, message="“布署”应为“部署”")
    assert "建议：" not in main(replace(samples.weekly(), findings=(plain,)))


def test_a_draft_is_told_by_line() -> None:
    """Of a page nobody counts lines."""
    assert "正文第 2 段，第 1 行第 22 字" in main(samples.check())
    lined = samples.word_finding(locator="第 1 行", account_name="", owner="")
    assert main(replace(samples.check(), findings=(lined,))).count("第 1 行") == 1
    assert "行第" not in main(samples.columns())


def test_findings_without_any_unit_are_not_sorted_by_units() -> None:
    """A check of drafts knows none."""
    made = page(samples.check())
    assert not made.xpath("//section[@id='units']") and "未填责任单位" not in words(made)
    assert page(samples.columns()).xpath("//section[@id='units']")


def test_a_group_of_several_severities_counts_each() -> None:
    """And each of its findings says its own."""
    findings = (samples.word_finding(), samples.word_finding("瞎子", severity=Severity.NOTICE))
    made = page(replace(samples.weekly(), findings=findings))
    (group,) = made.xpath("//article")
    assert [words(one) for one in group.xpath("p[@class='mixed']")] == ["错误 1 提示 1"]
    assert [one.get("data-grade") for one in group.xpath(".//li")] == ["错误", "提示"]
    assert {one.get("id") for one in made.xpath("//section[@id='kinds']//tbody")} == {"grade-error", "grade-notice"}


@pytest.mark.parametrize("name", REPORTS)
def test_the_page_can_be_found_one_s_way_in_without_seeing_it(name: str) -> None:
    """Language, one main part, headings in order without a gap, heads of columns and rows, named tables."""
    made = page(REPORTS[name]())
    assert made.get("lang") == "zh-CN" and len(made.xpath("//main")) == 1 and len(made.xpath("//h1")) == 1
    levels = [int(one.tag[1]) for one in made.xpath("//h1 | //h2 | //h3 | //h4")]
    assert levels[0] == 1 and all(later <= earlier + 1 for earlier, later in pairwise(levels))
    for table in made.xpath("//table"):
        assert words(table.find("caption"))
        assert all(one.get("scope") in ("col", "row", "rowgroup") for one in table.iter("th"))
    for region in made.xpath("//*[@role='region']"):
        assert region.get("tabindex") == "0" and made.get_element_by_id(region.get("aria-labelledby")) is not None
    assert all(words(one) for one in made.xpath("//a"))


def test_a_table_shows_what_its_rows_say() -> None:
    """Columns without a word are left out, as are numbers of rows; days have their unit, addresses become leads."""
    table = Table(
        "表",
        (
            *(Field("序号", 5), Field("名称", 9, "strong"), Field("时限", 9, "days"), Field("结论", 9, tint=("正常",))),
            *(Field("复核", 9), Field("文", 9), Field("打开", 9, printed=False)),
        ),
        [
            (1, "甲", 14, "失效", None, Marked("前错后", 1, 2), Linked("https://a.example/", "打开")),
            (2, "乙", None, "正常", None, Marked("短", 1, 9), Linked("javascript:x", "打开")),
            (3, "丙", None, "失效", None, "", Linked("https://a.example/3")),
        ],
    )
    made = grid("t", table, by="结论", order=("正常",))
    assert [(one.word, one.count, one.id) for one in made.groups] == [("正常", 1, "t-1"), ("失效", 2, "t-2")]
    assert [one.title for one in made.heads] == ["名称", "时限", "文", "打开"]
    assert [one.row for one in made.heads] == [True, False, False, False]
    assert [tuple(one[:3]) for one in made.groups[1].rows[0]] == [
        ("甲", "", ""), ("14 天", "", ""), ("前", "错", "后"), ("打开", "", ""),
    ]  # fmt: skip
    assert made.groups[0].rows[0][2:] == (("短", "", "", "", ""), ("", "", "", "", ""))
    assert [row[-1].href for row in made.groups[1].rows] == ["https://a.example/", "https://a.example/3"]
    led = grid("t", replace(table, rows=list(table.rows)), leading={"名称": "打开"})
    assert [row[0].href for row in led.groups[0].rows] == ["https://a.example/", "", "https://a.example/3"]
    assert grid("b", Block("段", (Field("值", 1),), ())).groups == ()


def test_a_link_s_address_is_shown_where_its_page_has_no_title() -> None:
    """So that the lead to the page that holds it has words."""
    bare, titled = replace(samples.links()[1], holder=""), replace(samples.links()[2], holder="一则通知")
    made = page(replace(samples.asked(), links=(bare, titled)))
    shown = [words(one) for one in made.xpath("//tbody[@id='links-1']//a")]
    assert bare.samples[0] in shown and "一则通知" in shown


def test_links_with_a_moved_address_are_not_counted_as_faults() -> None:
    """They are in the table under 正常, and no figure counts them, since the sound ones are not listed."""
    moved = replace(samples.links()[0], suggestion="https://www.yunxi.example/new/")
    assert isinstance(moved.result, LinkResult)
    made = page(replace(samples.asked(), links=(moved, samples.links()[1])))
    assert {label for label, _, _ in figures(made)} >= {"失效"} and "正常" not in {one[0] for one in figures(made)}
    assert [words(one[0]) for one in made.xpath("//section[@id='links']//tbody")] == ["失效 1", "正常 1"]


def test_requests_stand_below_how_they_stand() -> None:
    """Gravest first, every figure leads to its group, and the answers that the sentences name are on the page."""
    made = page(samples.requests())
    groups = [one.text_content().split()[0] for one in made.xpath("//section[@id='results']//tr[@class='group']")]
    assert groups == ["逾期未答复", "未能判定", "在办"]
    assert made.xpath("//section[@id='beside-1']/h2")[0].text_content() == "告知书核对"
