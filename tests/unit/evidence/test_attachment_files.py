"""What of a site's files is asked for, before anything is: pictures only where that is wanted and can be read."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from jimo_lint.evidence.attachment_files import collect, taking
from jimo_lint.model import Document, FetchResult, Link, PageClass, PageFacts, ProblemCode, QueuedUrl
from jimo_lint.readers.attachments.pictures import ocr
from jimo_lint.settings.config import Config
from jimo_lint.settings.sections import Attachments, Reading
from jimo_lint.store import Store
from tests.support.town import Silent

SITE = "https://www.qingtan.gov.cn/"
HOSTS = frozenset({"www.qingtan.gov.cn"})
AS_OF = date(2026, 12, 1)
CONFIG = Config(path=Path("jimo-lint.toml"), attachments=Attachments(pictures=True))


def test_without_the_extra_wanted_pictures_are_told_of_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The message says what to install and costs nothing; nobody is told who does not want them."""
    monkeypatch.setattr(ocr, "is_there", lambda: False)
    with Store.open(tmp_path / "store.sqlite3", writing=True) as store:
        store.begin_crawl("site", AS_OF, resume=False)
        shown = tuple(Link(f"{SITE}{number}.png", kind="image") for number in range(3))
        page = Document(SITE, SITE, "site", "公示", links=shown, facts=PageFacts(PageClass.ARTICLE))
        store.record([FetchResult(QueuedUrl(SITE), 200, page)])
        [problem] = collect(CONFIG, store, HOSTS, AS_OF, Silent())
        for other in (Attachments(), Attachments(Reading.NONE, pictures=True)):
            assert collect(replace(CONFIG, attachments=other), store, HOSTS, AS_OF, Silent()) == ()
    assert (problem.code, problem.place, problem.excused) == (
        ProblemCode.PICTURES_WITHOUT_OCR, "jimo-lint.toml", True,
    )  # fmt: skip
    assert "pip install 'jimo-lint[ocr]'" in problem.message


@pytest.mark.parametrize(
    ("url", "wanted"),
    [
        (f"{SITE}a.PNG", True),
        ("https://img.qingtan.gov.cn/a.webp", True),
        (f"{SITE}image?id=3", True),
        (f"{SITE}image.do?id=3", True),
        (f"{SITE}a.svg", False),
        (f"{SITE}a.pdf", False),
        ("https://mmbiz.qpic.cn/a.png", False),
        (f"{SITE}11010519491231002X.png".replace("0105", "****"), False),
    ],
)
def test_pictures_of_the_site_are_wanted_by_how_they_are_shown(tmp_path: Path, url: str, wanted: bool) -> None:
    """Whatever their address looks like, and whatever `kinds` says of attachments; those of other hosts are not."""
    config = replace(CONFIG, attachments=Attachments(kinds=(".pdf",), pictures=True))
    with (
        Store.open(tmp_path / "store.sqlite3", writing=True) as store,
        taking(config, store, HOSTS, AS_OF) as files,
    ):
        assert (files.target(url, "", SITE, pictured=True) is not None) == wanted
