"""robots.txt: in whatever coding it comes its rules are read, and so is the pace that it wants."""

from __future__ import annotations

import codecs

import pytest

from jimo_lint.model import ProblemCode
from jimo_lint.network.robots_txt import LONGEST_PACE, RobotsTxt

TEXT = "# 不许抓取后台\nUser-agent: *  # 所有\nDisallow: /shut/\nDisallow: /内部/\nCrawl-delay: 3\n"
CODED = {
    "UTF-8": TEXT.encode(),
    "UTF-8 with a mark": codecs.BOM_UTF8 + TEXT.encode(),
    "UTF-16": codecs.BOM_UTF16_LE + TEXT.encode("utf-16-le"),
    "UTF-16, the other way": codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"),
    "UTF-16 without a mark": TEXT.replace("# 不许抓取后台\n", "").encode("utf-16-le"),
    "UTF-16 the other way without a mark": TEXT.replace("# 不许抓取后台\n", "").encode("utf-16-be"),
    "GBK": TEXT.encode("gbk"),
    "line ends of Windows": TEXT.replace("\n", "\r\n").encode("gbk"),
    "line ends of old Macs": TEXT.replace("\n", "\r").encode(),
}


@pytest.mark.parametrize("name", CODED)
def test_rules_are_read_in_any_coding(name: str) -> None:
    """What is forbidden is, what is not is not, and the pace is known."""
    rules = RobotsTxt(CODED[name])
    shut = ("https://a.gov.cn/shut/1.html", "https://a.gov.cn/%E5%86%85%E9%83%A8/1.html")
    assert [rules.allowed(url) for url in (*shut, "https://a.gov.cn/open/1.html")] == [False, False, True]
    assert rules.wish == 3


@pytest.mark.parametrize(
    ("lines", "wish"),
    [
        ("User-agent: *\nCrawl-delay: 2.5", 2.5),
        ("User-agent: jimo-lint\nCrawl-delay: 4\n\nUser-agent: *\nCrawl-delay: 9", 4),
        ("User-agent: other\nCrawl-delay: 9", 0),
        ("User-agent: *\nRequest-rate: 1/10", 10),
        ("User-agent: *\nRequest-rate: 30/1m\nCrawl-delay: 1", 2),
        ("User-agent: *\nCrawl-delay: -5", 0),
        ("User-agent: *\nCrawl-delay: inf", 0),
        ("User-agent: *\nCrawl-delay: nan\nDisallow: /x", 0),
        ("User-agent: *\nCrawl-delay: 慢一点", 0),
        ("<html><body>404</body></html>", 0),
        ("", 0),
    ],
)
def test_the_pace_is_that_of_our_group(lines: str, wish: float) -> None:
    """Of several wishes the slower one counts; what is no number is none."""
    assert RobotsTxt(lines.encode()).wish == wish


def test_the_pace_is_bounded_and_said() -> None:
    """What is obeyed is said, what is too long is waited for up to the bound and said with its remedy."""
    asked = RobotsTxt(b"User-agent: *\nCrawl-delay: 3")
    long = RobotsTxt(b"User-agent: *\nCrawl-delay: 120")
    assert (asked.pace, long.pace) == (3, LONGEST_PACE)
    obeyed, bounded = asked.told("a.gov.cn", 0.5), long.told("a.gov.cn", 0.5)
    assert obeyed is not None and (obeyed.code, obeyed.args) == (ProblemCode.PACE, {"wish": "3"})
    assert bounded is not None and bounded.code is ProblemCode.PACE_BOUNDED
    assert bounded.args == {"wish": "120", "used": f"{LONGEST_PACE:g}"}
    assert obeyed.excused and bounded.excused


def test_nothing_is_said_where_the_configured_pace_does() -> None:
    """A delay as long as the one wanted is nothing to tell; a longer one than the bound is what is used."""
    asked = RobotsTxt(b"User-agent: *\nCrawl-delay: 3")
    assert asked.told("a.gov.cn", 3.0) is None
    assert RobotsTxt(b"").told("a.gov.cn", 0.0) is None
    long = RobotsTxt(b"User-agent: *\nCrawl-delay: 60")
    assert long.told("a.gov.cn", 60.0) is None
    bounded = long.told("a.gov.cn", 30.0)
    assert bounded is not None and bounded.args["used"] == "30"
