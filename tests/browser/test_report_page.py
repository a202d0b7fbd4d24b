"""The page of a report in Chromium: it loads nothing, can be used by keyboard and on a phone, and prints as meant."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page
from pypdf import PdfReader

from jimo_lint.model import Report, Severity
from jimo_lint.model.radicals import unify
from jimo_lint.report import render
from tests.support import report_samples as samples
from tests.unit.report.test_report_html import HOSTILE, filled, many
from tests.unit.report.test_report_since import compared

pytestmark = pytest.mark.browser

WIDE, PHONE = (1280, 900), (390, 844)
_LONG = "https://www.yunxi.example/" + "zfxxgkml" * 60


# In which part the focus is, and how it is shown.
_WHERE = """(() => {
  const part = document.activeElement.closest(".skip, .figures, nav, .scroll, form, summary, .found, main, body");
  return [part.className || part.localName, getComputedStyle(document.activeElement).outlineStyle];
})()"""


def _hostile() -> Report:
    return filled(samples.columns(), "".join(HOSTILE))  # type: ignore[no-any-return]


def _long() -> Report:
    return filled(samples.columns(), _LONG)  # type: ignore[no-any-return]


REPORTS: Mapping[str, Callable[[], Report]] = {
    **samples.REPORTS,
    "partial": samples.partial,
    "compared": compared,
    "many": lambda: many(2, 300),
    "hostile": _hostile,
    "long": _long,
}


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Path]:
    """A file of every report."""
    folder = tmp_path_factory.mktemp("pages")
    for name, made in REPORTS.items():
        (folder / f"{name}.html").write_text(render("html", made()), encoding="utf-8")
    return {name: folder / f"{name}.html" for name in REPORTS}


@contextmanager
def opened(browser: Browser, path: Path, size: tuple[int, int] = WIDE, **context: bool) -> Iterator[Page]:
    """The file in a window of its own; whatever the browser complains of or asks for fails the test."""
    with browser.new_context(viewport={"width": size[0], "height": size[1]}, **context) as window:  # type: ignore[arg-type]
        page = window.new_page()
        faults: list[str] = []
        page.on("console", lambda message: faults.append(message.text))
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on("dialog", lambda dialog: faults.append(dialog.message))
        page.on("request", lambda request: faults.append(request.url) if request.url != path.as_uri() else None)
        page.goto(path.as_uri())
        yield page
        assert faults == []


@pytest.mark.parametrize("name", REPORTS)
def test_the_page_loads_nothing_and_fits(name: str, chromium: Browser, written: Mapping[str, Path]) -> None:
    """No request, no message, no scrolling sideways, whatever stands in it."""
    for size in (WIDE, PHONE):
        with opened(chromium, written[name], size) as page:
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize("size", [WIDE, PHONE], ids=["1280", "390"])
@pytest.mark.parametrize("name", [*samples.REPORTS, "compared"])
def test_the_page_has_no_serious_fault(
    name: str, size: tuple[int, int], chromium: Browser, written: Mapping[str, Path], axe: str
) -> None:
    """Nothing that axe-core calls serious or critical."""
    with opened(chromium, written[name], size) as page:
        page.evaluate(axe)
        told = page.evaluate("axe.run({resultTypes: ['violations']})")
        assert told["passes"], "axe-core looked at nothing"
        grave = [one for one in told["violations"] if one["impact"] in ("serious", "critical")]
        assert [(one["id"], [node["html"][:200] for node in one["nodes"][:3]]) for one in grave] == []


def test_axe_tells_a_serious_fault(chromium: Browser, axe: str, tmp_path: Path) -> None:
    """On a page that has one, so that its silence says something."""
    bad = tmp_path / "坏.html"
    bad.write_text("<!DOCTYPE html><title>坏</title><p style='color:#ccc'>看不清</p><input>", encoding="utf-8")
    with opened(chromium, bad) as page:
        page.evaluate(axe)
        found = {one["id"] for one in page.evaluate("axe.run()")["violations"]}
    assert {"color-contrast", "label", "html-has-lang"} <= found


def test_hostile_text_does_nothing(chromium: Browser, written: Mapping[str, Path]) -> None:
    """The browser reads no element from it, and shows it."""
    with opened(chromium, written["hostile"]) as page:
        assert page.locator("script").count() == 1 and page.locator("img, iframe, object, h1").count() == 1
        assert "<script>alert(1)</script>" in page.locator("h1").inner_text()


def test_all_is_there_without_script(chromium: Browser, written: Mapping[str, Path]) -> None:
    """Nothing is folded or hidden but the means to look for something."""
    with opened(chromium, written["weekly"], java_script_enabled=False) as page:
        findings = page.locator(".found > li")
        assert findings.count() == len(samples.weekly().findings)
        assert all(findings.nth(place).is_visible() for place in range(findings.count()))
        assert not page.locator("#filter").is_visible()


def test_findings_are_sifted_by_severity_and_words(chromium: Browser, written: Mapping[str, Path]) -> None:
    """What is shown is counted; a figure leads to its rows all the same."""
    findings = samples.weekly().findings
    with opened(chromium, written["weekly"]) as page:
        shown = page.locator(".found > li:visible")
        grade = page.get_by_role("combobox", name="级别")
        grade.select_option("否决")
        vetoes = [one for one in findings if one.severity is Severity.VETO]
        assert shown.count() == len(vetoes)
        assert page.get_by_role("status").inner_text() == f"筛选出 {len(vetoes)} 个（本页列出 {len(findings)} 个）"
        grade.select_option("")
        page.get_by_role("searchbox", name="文字").fill("座无虚席席")
        assert shown.count() == 1 and page.locator("article:visible").count() == 1
        page.get_by_role("searchbox", name="文字").fill("A101")  # the code stands in the head of the group
        assert shown.count() == 1 and "云溪应急" in shown.inner_text()
        page.locator("#kinds a[href^='#task-']").last.click()
        assert shown.count() == len(findings) and page.get_by_role("status").inner_text() == ""


def test_units_are_folded_and_a_lead_unfolds_them(chromium: Browser, written: Mapping[str, Path]) -> None:
    """All at once, by a button that says what it does."""
    with opened(chromium, written["columns"]) as page:
        shown = page.locator(".found > li:visible")
        page.get_by_role("button", name="全部收起").click()
        assert shown.count() == 0
        page.locator("#units tbody a").first.click()
        assert shown.count() > 0
        page.get_by_role("button", name="全部收起").or_(page.get_by_role("button", name="全部展开")).click()


def test_a_table_is_sorted_within_its_groups(chromium: Browser, written: Mapping[str, Path]) -> None:
    """By numbers as numbers, up and then down; every row stays under its head."""
    with opened(chromium, written["columns"]) as page:
        heads = page.locator("#results tr.group").all_inner_texts()
        (group,) = (place for place, head in enumerate(heads) if head.startswith("正常"))
        place = page.locator("#results thead th").all_inner_texts().index("条数")
        cells = page.locator("#results tbody").nth(group).locator(f"tr:not(.group) > :nth-child({place + 1})")
        button = page.locator("#results thead button").nth(place)
        before = cells.all_inner_texts()
        button.click()
        up = [int(one) for one in cells.all_inner_texts()]
        assert sorted(map(int, before)) == up != [int(one) for one in sorted(before)]
        assert page.locator("#results th[aria-sort=ascending]").all_inner_texts() == ["条数"]
        button.click()
        assert [int(one) for one in cells.all_inner_texts()] == up[::-1]
        assert page.locator("#results tr.group").all_inner_texts() == heads


def test_everything_can_be_reached_by_keyboard_and_is_seen_there(
    chromium: Browser, written: Mapping[str, Path]
) -> None:
    """Tab goes through the lead to the main part, figures, tables, heads and findings; each shows where one is."""
    with opened(chromium, written["weekly"]) as page:
        seen = set()
        for _ in range(400):
            page.keyboard.press("Tab")
            kind, outline = page.evaluate(_WHERE)
            if kind == "body":
                break
            assert outline != "none", kind
            seen.add(kind)
        assert {"skip", "figures", "nav", "scroll", "form", "summary", "found"} <= seen


def test_the_page_prints_on_a4_with_heads_and_numbers(chromium: Browser, written: Mapping[str, Path]) -> None:
    """Heads of tables stand on every page that they go on to, folded units are printed, the means to sift are not."""
    with opened(chromium, written["columns"]) as page:
        page.get_by_role("button", name="全部收起").click()
        printed = PdfReader(BytesIO(page.pdf(prefer_css_page_size=True)))
    texts = ["".join(unify(one.extract_text() or "").split()) for one in printed.pages]
    width, height = (round(float(one) / 72 * 25.4) for one in printed.pages[0].mediabox[2:])
    assert (width, height) == (210, 297)
    assert all(f"第{number}页，共{len(texts)}页" in text for number, text in enumerate(texts, 1))
    whole = "".join(texts)
    assert "“布署”应为“部署”" in whole and "全部收起" not in whole and "跳到正文" not in whole
    # The sample's table of open indicators runs over several pages.
    assert sum("要核查什么" in text for text in texts) > 1
    assert "云溪区人民政府网站栏目体检报告" in texts[0] and "没有查到的不等于没有问题" in texts[0]
