"""The real county portal: which of its links the saved copy lost, as the link checker finds them."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest

from jimo_lint.extract.markup.charset import decode
from jimo_lint.extract.pages.page import read_page
from jimo_lint.linkcheck import Target, check_links
from jimo_lint.model import LinkResult, Verdict
from jimo_lint.settings.sections import Crawl, Links
from tests.support.loopback import served

# The pages were saved with relative links to what was saved, and absolute ones to what was not.
HOSTS = ("www.zhecheng.gov.cn", "zhecheng.gov.cn")


@pytest.fixture(scope="module")
def portal(shared: Path) -> Path:
    """The folder of the saved pages."""
    return shared / "data/sites/zhecheng.gov.cn"


@pytest.fixture(scope="module")
def asked(portal: Path) -> dict[str, LinkResult]:
    """Every internal link of the 605 pages by its path, asked of the portal served on loopback."""
    targets: dict[str, Target] = {}
    found: dict[str, LinkResult] = {}
    with served(portal) as base:
        for file in portal.rglob("*.html"):
            url = f"{base}/{file.relative_to(portal)}"
            page = read_page(decode(file.read_bytes()), url, as_of=date(2018, 7, 27))
            for link in page.document.links:
                parts = urlsplit(link.url)
                if parts.scheme in ("http", "https") and (parts.netloc in HOSTS or link.url.startswith(base)):
                    here = base + parts._replace(scheme="", netloc="").geturl()
                    targets.setdefault(here, Target(here, link.kind, link.text))
        check_links(
            list(targets.values()),
            crawl=Crawl(allow_private=True),
            links=Links(delay=0, concurrency=8),
            known={},
            done=lambda result: found.__setitem__(result.url.removeprefix(base), result),
            pause=0.01,
        )
    assert len(found) == len(targets)
    return found


def place(portal: Path, path: str) -> Path:
    """Where the copy would hold what an address asks for."""
    return portal / unquote(urlsplit(path).path).lstrip("/")


def saved(portal: Path, path: str) -> bool:
    """Whether the copy holds what an address asks for."""
    return place(portal, path).is_file() or (place(portal, path) / "index.html").is_file()


def test_every_internal_link_is_classed(asked: dict[str, LinkResult], portal: Path) -> None:
    """Each of the thousands of internal links is alive or dead; a folder without its page shows its files."""
    assert len(asked) > 3_500
    open_ = [path for path, result in asked.items() if result.verdict is Verdict.INCONCLUSIVE]
    assert not open_, [(path, asked[path].reason) for path in open_[:5]]


def test_what_the_copy_lost_is_dead(asked: dict[str, LinkResult], portal: Path) -> None:
    """What was not saved is dead by a 404 that was asked twice; only folders that exist answer with a list."""
    lost = {path for path in asked if not saved(portal, path) and not place(portal, path).is_dir()}
    assert len(lost) > 1_046
    wrong = {
        path: asked[path] for path in lost if (asked[path].verdict, asked[path].reason) != (Verdict.DEAD, "http-404")
    }
    assert not wrong


def test_no_existing_page_is_dead(asked: dict[str, LinkResult], portal: Path) -> None:
    """Every link to a page of the copy is alive, but for the one page that is itself a saved 404 of 2018."""
    there = {path for path in asked if saved(portal, path)}
    assert len(there) > 500
    dead = {path for path in there if asked[path].verdict is not Verdict.ALIVE}
    assert [asked[path].reason for path in dead] == ["soft-404"]
    [error] = dead
    assert b"<title>404 Not Found</title>" in place(portal, error).read_bytes()
