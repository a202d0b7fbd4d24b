"""Findings in files inside files, from run to run: what is mended, gone, or was not looked at."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from jimo_lint import privacy
from jimo_lint.model import Block, Document, FileFacts, Mark, Problem, ProblemCode
from jimo_lint.store import Store, attachments
from jimo_lint.store.attachments import STANDS, Attachment
from tests.support.town import Town, reasons, states

ID = "11010519491231002X"
URL = "http://www.qingtan.example/list.zip"
MEMBER = f"{URL} › 名单.xlsx"


def read(url: str, text: str, *marks: Mark) -> Document:
    """What a reader gave of a file."""
    blocks = (Block("body", text, "工作表“名单”B7"),) if text else ()
    return privacy.mask(Document(url, url, "attachment", "名单", blocks, facts=FileFacts("x", ".x", marks=marks)))


ZIP = read(URL, "")


@dataclass
class Archives(Town):
    """With an archive beside the pages. found: what was read of it; outcome: of asking for it."""

    found: list[Document | Problem] | None = field(default_factory=list)
    outcome: str = STANDS

    def _crawl(self, config: Any, store: Store, **given: Any) -> Any:
        done = super()._crawl(config, store, **given)
        row = Attachment(URL, f"{self.base}/", attachments.now(), self.outcome, sha256="a", fetched=attachments.now())
        attachments.put(store, row, self.found)
        return done

    def state(self, day: str, found: list[Document | Problem] | None, outcome: str = STANDS) -> tuple[str, str]:
        """How the ID number stands, and why nothing is known."""
        self.found, self.outcome = found, outcome
        report = self.judge(day)
        [state] = states(report, "P101").values()
        return state, "".join(reasons(report).values())


@pytest.fixture
def town(tmp_path: Path) -> Archives:
    made = Archives(tmp_path, pages={"/a.html": "会议今天召开，请各单位准时参加。"})
    made.configure()
    leak = [ZIP, read(MEMBER, f"公示名单 张小明 {ID} 青潭镇")]
    assert made.state("2026-01-05", leak) == ("first", "")
    assert made.state("2026-01-06", leak) == ("still", "")
    return made


def test_a_member_that_is_clean_or_no_longer_there_is_mended(town: Archives) -> None:
    """Where all of the archive was read again."""
    clean = [ZIP, read(MEMBER, "公示名单 张小明 1101********002X 青潭镇")]
    assert town.state("2026-01-07", clean) == ("mended", "")


def test_a_member_that_was_taken_out_is_mended(town: Archives) -> None:
    """The rest of the archive was read, and it is not among it."""
    assert town.state("2026-01-07", [ZIP, read(f"{URL} › 说明.docx", "说明")]) == ("mended", "")


def test_a_member_goes_with_its_archive(town: Archives) -> None:
    """The archive is not there any more."""
    assert town.state("2026-01-07", None, "http-404") == ("offline", "")


@pytest.mark.parametrize(
    ("found", "outcome"),
    [
        (None, "http-500"),
        (None, "oversized"),
        (
            [read(URL, "", Mark("damaged")), Problem(ProblemCode.UNREADABLE, URL, {"fault": "", "remedy": ""}, True)],
            STANDS,
        ),
        ([ZIP, read(MEMBER, "", Mark("locked"))], STANDS),
        ([ZIP, Problem(ProblemCode.NESTED_TOO_DEEP, MEMBER, {"most": 3})], STANDS),
        ([ZIP, Problem(ProblemCode.UNREADABLE, URL, {"fault": "里面的文件超过 2,000 个", "remedy": ""})], STANDS),
    ],
)
def test_what_was_not_read_is_not_mended(town: Archives, found: list[Document | Problem] | None, outcome: str) -> None:
    """The archive or the member could not be had, or not opened, or not all of it."""
    assert town.state("2026-01-07", found, outcome) == ("unchecked", "页面这次没有读到")
    leak = [ZIP, read(MEMBER, f"公示名单 张小明 {ID} 青潭镇")]
    assert town.state("2026-01-08", leak) == ("still", "")
