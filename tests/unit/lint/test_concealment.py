"""Hidden, encoded and foreign links: hostile pages are found, innocent ones are not, and nothing is run."""

from __future__ import annotations

import gzip
import re
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from jimo_lint.extract.links.decoding import LONGEST
from jimo_lint.extract.links.decoding import decode as plain
from jimo_lint.extract.markup.charset import decode
from jimo_lint.extract.pages.page import read_page
from jimo_lint.lint.checks.links.harm import Harm, warns
from jimo_lint.lint.engine import Engine
from jimo_lint.model import Context, Document, Finding, Severity
from jimo_lint.privacy import mask
from tests.support import shipped

AS_OF = date(2026, 11, 22)
CASES = sorted((Path(__file__).parents[2] / "cases/hidden").glob("*.html"))
URL = "http://www.example.gov.cn/zwgk/t1.html"
ENGINE = Engine(
    [rule for rule in shipped.rules() if rule.kind in ("concealment", "addresses")],
    Context(AS_OF, shipped.national()),
)


def read(html: str, url: str = URL) -> Document:
    return mask(read_page(html, url, as_of=AS_OF).document)


def found(html: str, url: str = URL) -> list[Finding]:
    return list(ENGINE.findings(read(html, url)))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.stem)
def test_case(case: Path) -> None:
    """A page is reported by the rules that its first line names, and by no others."""
    html = case.read_text(encoding="utf-8")
    expected = re.match(r"<!-- ([^：]+)：", html)
    assert expected
    codes = set() if expected[1] == "无" else set(expected[1].split(","))
    findings = found(html)
    assert {finding.code for finding in findings} == codes, [finding.message for finding in findings]
    assert case.stem.startswith("hostile") == bool(codes)


def test_there_are_twins() -> None:
    """There are at least 25 hostile and 25 innocent pages."""
    assert sum(case.stem.startswith("hostile") for case in CASES) >= 25
    assert sum(case.stem.startswith("innocent") for case in CASES) >= 25


def test_evidence() -> None:
    """The message says how many, how, where to, and shows the markup that hides the links."""
    [finding] = found(
        '<p>甲</p><div id="x9" style="left:-9999px;position:absolute"><a href="http://a.example/">某店</a></div>'
    )
    assert finding.code == "L120"
    assert "有 1 个看不见的外部链接，放在屏幕外，指向 “某店”http://a.example/" in finding.message
    assert '<div id="x9" style="left:-9999px;position:absolute">' in finding.message


def test_hidden_and_harmful_is_a_veto() -> None:
    """Hidden alone is an error; hidden and worded like gambling is what the standard vetoes."""
    severities = {
        text: found(f'<div style="display:none"><a href="http://a.example/">{text}</a></div>')[0].severity
        for text in ("某店", "澳门新葡京")
    }
    assert severities == {"某店": Severity.ERROR, "澳门新葡京": Severity.VETO}


def test_the_same_block_on_two_pages_is_one_problem() -> None:
    """A block in the template has the same fingerprint on all pages, another block another."""
    block = '<div style="display:none"><a href="http://{}.example/">某店</a></div>'
    first, again, other = (
        found(f"<p>{number}</p>{block.format(host)}", f"{URL}?{number}")[0].fingerprint
        for number, host in enumerate(("a", "a", "b"))
    )
    assert first == again != other


def test_local_file_has_no_own_host() -> None:
    """In a draft, links to authorities are never foreign, others are."""
    hidden = '<div style="display:none"><a href="http://{}/">甲</a></div>'
    assert not found(hidden.format("www.example.gov.cn"), "draft.html")
    assert [one.code for one in found(hidden.format("shop.example"), "draft.html")] == ["L120"]


def test_personal_data_in_evidence_is_masked() -> None:
    """A number in the text or markup of a concealed link is masked before it goes anywhere."""
    [one] = read(
        '<div style="display:none" id="tel-13800138000"><a href="http://a.example/">电话13800138000</a></div>'
    ).concealed
    assert "13800138000" not in f"{one.text}{one.code}{one.url}"


@pytest.mark.parametrize(
    ("written", "said"),
    [
        (r"'\x68\u0074tp:\/\/a'", "'http://a'"),
        ("unescape('%u653F%E5%8A%A1')", "unescape('政务')"),
        ("atob('PGEgaHJlZj1odHRwOi8vYS5leGFtcGxlPg==')", 'atob("<a href=http://a.example>")'),
        ("String.fromCharCode(0x3c,97,32,98)", 'String."<a b"'),
        ("'ht'+'tp'", "'http'"),
        ("unescape('%25%33%63')", "unescape('<')"),
        ("100%ab", "100%ab"),
        ("var a = 1;", "var a = 1;"),
    ],
)
def test_decoding(written: str, said: str) -> None:
    """Each encoding is undone, also within another; what is none stays as it is."""
    assert plain(written) == said or written == "100%ab"


@pytest.mark.parametrize(
    "hostile",
    [
        "document.write('" + "<a " * 100_000,
        "<a href=" * 60_000 + "document.write",
        "document.write('" + "referrer baidu " * 20_000,
        "eval(function(p,a,c,k,e,d){}('" + "\\\\'" * 60_000,
        "}('" + "0 " * 60_000 + "',62,1,'" + "a" * 90_000 + "'.split('|'))eval(",
        "String.fromCharCode(" + "1," * 90_000,
        "document.write(unescape('" + "%25" * 60_000 + "'))",
        "atob('" + "QUFB" * 40_000 + "')",
        "document.write('" + "<div style='" * 15_000,
    ],
    ids=range(9),
)
def test_hostile_scripts_cost_little(hostile: str) -> None:
    """No script, however long or nested, takes more than three seconds, and nothing that is decoded outgrows it."""
    before = time.process_time()
    read(f"<script>{hostile}</script>")
    assert time.process_time() - before < 3
    assert len(plain(hostile)) <= LONGEST


@pytest.mark.parametrize(
    "hostile",
    [
        "<div style='display:none'>" * 4_000 + "<a href='http://a.example/'>甲</a>",
        "<style>"
        + ".a .b .c{display:none}" * 5_000
        + "</style>"
        + "<a class=c href='http://a.example/'>甲</a>" * 2_000,
        "<style>" + "{" * 90_000 + "</style><a href='http://a.example/'>甲</a>",
        "<style>@media print{" * 4_000 + "</style><a href='http://a.example/'>甲</a>",
        "".join(f"<div id=t{n} style='display:none'><a href='http://a.example/'>甲</a></div>" for n in range(3_000)),
        "<a href='//[bad'>甲</a><a href='http://%00'>乙</a><a href='http://a.example:99999/'>丙</a>",
    ],
    ids=range(6),
)
def test_hostile_styles_cost_little(hostile: str) -> None:
    """Deep nesting, thousands of rules and broken addresses neither raise nor take more than three seconds."""
    before = time.process_time()
    found(hostile)
    assert time.process_time() - before < 3


def test_terms_do_not_overlap() -> None:
    """A longer term is not counted again as the shorter one inside it."""
    harm = Harm(("harmful-targets", "harmful-terms"))
    assert harm.terms("澳门新葡京").all == ("澳门新葡京",)
    assert harm.terms("彩票平台").harmful in ((), ("彩票平台",))
    assert not harm.terms("屌丝").all  # low language is no gambling
    assert warns("公安机关打击赌博") and not warns("真人娱乐")


def _pages(shared: Path) -> Iterator[tuple[str, str]]:
    portal = shared / "data/sites/zhecheng.gov.cn"
    for file in sorted(portal.glob("**/*.*htm*")):
        if file.is_file():
            yield decode(file.read_bytes(), ""), f"http://www.zhecheng.gov.cn/{file.relative_to(portal)}"
    for file in sorted((shared / "data/newmedia/wechat-pages").glob("*/*.gz")):
        yield decode(gzip.decompress(file.read_bytes()), ""), f"https://mp.weixin.qq.com/s/{file.parent.name}"


@pytest.mark.slow
def test_no_alarm_on_real_pages(shared: Path) -> None:
    """The county portal's 605 pages and the WeChat pages, all untouched, raise no alarm but for two empty addresses."""
    pages = list(_pages(shared))
    assert len(pages) > 600
    told = [finding.message for html, url in pages for finding in found(html, url)]
    assert told == ["链接“县环保局”的网址写法有误：http://"] * 2


def test_further_hosts_of_the_site_are_its_own() -> None:
    """A second domain that the configuration names is neither foreign nor hidden."""
    html = (
        '<div style="display:none"><a href="http://www.second.example/">甲</a></div>'
        '<script src="//js.second.example/a.js"></script>'
    )
    known = Context(AS_OF, shipped.national(), hosts=("www.example.gov.cn", "www.second.example"))
    rules = [rule for rule in shipped.rules() if rule.kind == "concealment"]
    assert {finding.code for finding in found(html)} == {"L120", "L122"}
    assert not list(Engine(rules, known).findings(read(html)))


def test_many_fragments_and_boxes_cost_little() -> None:
    """Thousands of links to missing places, and of hidden boxes with names of their own, are judged in seconds."""
    fragments = "".join(f"<a href='#lost{number}'>甲</a>" for number in range(5_000))
    boxes = "".join(
        f"<div class=x{number}y id=q{number}z9 style='display:none'><a href='http://a.example/'>甲</a></div>"
        for number in range(2_000)
    )
    script = "<script>" + "x.show();" * 5_000 + "</script>"
    before = time.process_time()
    found(fragments + boxes + script)
    assert time.process_time() - before < 5
