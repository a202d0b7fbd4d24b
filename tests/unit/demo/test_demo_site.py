"""The demo portal: deterministic, complete, served on loopback as real portals are."""

from __future__ import annotations

import re
import time
import tomllib
from collections.abc import Iterator
from datetime import date
from http.client import HTTPConnection
from io import BytesIO
from pathlib import Path
from urllib.error import HTTPError
from urllib.parse import urljoin, urlsplit
from urllib.request import HTTPRedirectHandler, build_opener, urlopen

import pytest
from openpyxl import load_workbook
from pypdf import PdfReader

from jimo_lint import demo
from jimo_lint.demo.columns import columns
from jimo_lint.demo.server import Served, serve
from jimo_lint.demo.site import LARGE_PAGE, Site
from jimo_lint.demo.source import data
from jimo_lint.inspection.context import context
from jimo_lint.settings import config

AS_OF = date(2026, 3, 31)
# What links lead to without being there, on purpose.
PLANTED_GAPS = {"/tjxx/", "/fuwu/banshi.html", "/files/mingdan.xlsx", "/zcjd/http/www.yunxi.example/"}


@pytest.fixture(scope="module")
def site() -> Site:
    return Site(AS_OF, "http://outside.example", "http://refused.example")


@pytest.fixture(scope="module")
def served() -> Iterator[Served]:
    with serve(AS_OF) as running:
        yield running


def pages(site: Site) -> dict[str, str]:
    return {
        path: answer.body.decode("gb18030" if "gb2312" in answer.content_type else "utf-8")
        for path, answer in site.answers.items()
        if answer.content_type.startswith("text/html") and answer.status == 200
    }


def test_size(site: Site) -> None:
    """The portal has at least 100 pages and lists of three families that go on to further pages."""
    assert len(pages(site)) >= 100
    paths = site.answers.keys()
    assert {"/zwyw/index_2.html", "/bmdt/index_1.html", "/zjdt/index_2.html"} <= paths
    assert "/bmdt/index_3.html" not in paths  # TRS counts from 0: page 3 is index_2


def test_same_day_same_bytes(site: Site) -> None:
    """Built again for the same day, every page has the same bytes."""
    again = Site(AS_OF, "http://outside.example", "http://refused.example")
    assert {path: one.body for path, one in again.answers.items()} == {
        path: one.body for path, one in site.answers.items()
    }


def test_dates_follow_the_day(site: Site) -> None:
    """Built for a later day, the newest article is as many days old as before."""
    later = Site(date(2027, 2, 28), "http://outside.example", "http://refused.example")
    ages = [
        min((one.as_of - a.published.date()).days for a in one.articles if a.published and a.column.path == "/bmdt/")
        for one in (site, later)
    ]
    assert ages == [19, 19]


def test_pinned_first_row(site: Site) -> None:
    """The first row of 政务要闻 is an old pinned article, and a new one stands below it."""
    dates = re.findall(r"<span>(\d{4}-\d\d-\d\d)</span>", pages(site)["/zwyw/index.html"])
    assert dates[0] < "2025-06" < dates[1] == "2026-03-31"


def test_internal_links_lead_somewhere(site: Site) -> None:
    """Every internal link of every page answers, except those planted as dead."""
    missing = set()
    for path, html in pages(site).items():
        html = re.sub(r"<!--.*?-->", "", html, flags=re.S)
        for href in re.findall(r'(?:href|src)="([^"#]+)"', html):
            target = urlsplit(urljoin(f"http://portal.example{path}", href))
            if target.netloc == "portal.example" and not target.path.startswith("/module/"):
                answer = site.answer(target.path, target.query)
                if answer is None:
                    missing.add(target.path)
    assert missing == PLANTED_GAPS


def test_old_system_needs_gb18030(site: Site) -> None:
    """Pages that say gb2312 hold a character that neither gb2312 nor gbk can write."""
    body = site.answers["/zjdt/village.html"].body
    assert b'charset="gb2312"' in body
    assert "䶮" in body.decode("gb18030")
    with pytest.raises(UnicodeDecodeError):
        body.decode("gbk")


def test_calendar_never_ends(site: Site) -> None:
    """Each year of the calendar links to the next one, however far one goes."""
    answer = site.answer("/rili/", "year=99998")
    assert answer is not None
    assert "/rili/?year=99999" in answer.body.decode()


def test_attachments_are_real(site: Site) -> None:
    """The workbook opens, the PDF has a page, the picture is a PNG."""
    sheet = load_workbook(BytesIO(site.answers["/files/biaoge.xlsx"].body)).worksheets[0]
    assert [cell.value for cell in sheet[2]] == ["1", "农村道路", "12"]
    assert len(PdfReader(BytesIO(site.answers["/files/fangan.pdf"].body)).pages) == 1
    assert site.answers["/images/logo.png"].body.startswith(b"\x89PNG")


def test_served_pages(served: Served) -> None:
    """The server gives pages, robots.txt and 404, and answers HEAD without a body."""
    assert "云溪区人民政府" in urlopen(served.url).read().decode()
    assert b"Disallow: /neibu/" in urlopen(f"{served.url}robots.txt").read()
    with pytest.raises(HTTPError, match="404"):
        urlopen(f"{served.url}tjxx/")
    connection = HTTPConnection(urlsplit(served.url).netloc)
    connection.request("HEAD", "/")
    answer = connection.getresponse()
    assert (answer.status, answer.read()) == (200, b"")
    connection.close()


def test_large_page_has_no_length(served: Served) -> None:
    """The page of 11 MB does not say how long it is, so a crawler must count for itself."""
    with urlopen(f"{served.url}big/nianjian.html") as answer:
        assert answer.headers["Content-Length"] is None
        assert sum(len(chunk) for chunk in iter(lambda: answer.read(1 << 20), b"")) == LARGE_PAGE


class _NoRedirect(HTTPRedirectHandler):
    def redirect_request(self, *args: object, **kwargs: object) -> None:
        return None


def test_second_site(served: Served) -> None:
    """One address leads off the site; the second site refuses, has lost and has removed pages."""
    with pytest.raises(HTTPError) as found:
        build_opener(_NoRedirect).open(f"{served.url}jump/shizhengfu")
    assert found.value.headers["Location"] == f"{served.outside}/gongbao/"
    for path, status in (("/forbidden/", 403), ("/gone/", 410), ("/lost/x", 404)):
        with pytest.raises(HTTPError, match=str(status)):
            urlopen(served.outside + path)


def test_stops_at_once_while_a_page_is_late() -> None:
    """Leaving the block does not wait for the page that answers after a minute."""
    before = time.monotonic()
    with serve(AS_OF) as running:
        connection = HTTPConnection(urlsplit(running.outside).netloc, timeout=5)
        connection.request("GET", "/slow/")
    connection.close()
    assert time.monotonic() - before < 20


def test_workspace(tmp_path: Path) -> None:
    """The configuration loads, names every column and account, and the archives and lists are there."""
    path = demo.write_workspace(tmp_path / "demo", "http://127.0.0.1:8000/", AS_OF)
    loaded = config.load(path)
    assert [column.name for column in loaded.columns] == [column.name for column in columns()]
    assert loaded.columns[0].url == "http://127.0.0.1:8000/zwyw/"
    assert len(loaded.accounts) == 9
    assert all(Path(account.archive).exists() for account in loaded.accounts)
    known = context(loaded, AS_OF)
    assert [(leader.name, leader.until) for leader in known.leaders] == [
        ("李示例", None),
        ("王示范", date(2025, 2, 23)),
    ]
    assert {word.term for word in known.own} == {"松平", "云溪镇", "桃林镇"}
    # Written twice, the archives are the same: nothing of the clock is in them.
    before = {one: one.read_bytes() for one in tmp_path.rglob("*") if one.is_file()}
    demo.write_workspace(tmp_path / "demo", "http://127.0.0.1:8000/", AS_OF)
    assert before == {one: one.read_bytes() for one in tmp_path.rglob("*") if one.is_file()}


def test_exceptions_are_met(site: Site) -> None:
    """Every exception of the demo's own lists stands on some page, so that a rule could stumble over it."""
    words = data("words")
    exceptions = {*words["allow"], *(text for pair in words["pair"] for text in pair["unless_in"])}
    exceptions |= {row["unless_in"] for row in words["term"]} - {""}
    text = "".join(pages(site).values())
    assert {one for one in exceptions if one not in text} == set()


def test_data_files_ship() -> None:
    """All data of the demo lies inside the package and is small."""
    folder = Path(demo.__file__).parent
    files = [one for one in folder.rglob("*") if one.suffix in (".py", ".toml", ".html")]
    assert sum(one.stat().st_size for one in files) < 300_000
    for one in files:
        if one.suffix == ".toml":
            assert tomllib.loads(one.read_text(encoding="utf-8"))
