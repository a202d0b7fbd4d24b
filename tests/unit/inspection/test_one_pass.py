"""What `--fix` puts right is right: a second run finds nothing more to change."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from jimo_lint.inspection import drafts, mending
from jimo_lint.model import Report
from jimo_lint.readers.drafts import local
from jimo_lint.settings.config import Config
from tests.support import shipped

AS_OF = date(2026, 12, 1)
SIBLINGS = [
    "国发（2024）第05号",
    "鲁政办发[2019]第3号",
    "青政通【2024】008号",
    "青教函（2024）第 12号",
    "青委（2024）03号",
]


def check(folder: Path, *codes: str) -> Report:
    """The drafts of a folder."""
    return drafts.check(local.read([folder], as_of=AS_OF), Config(select=codes), as_of=AS_OF)[0]


def test_one_pass_is_enough(tmp_path: Path) -> None:
    """For the examples of all rules whose findings are changed without a look."""
    texts = [str(one.given["text"]) for rule in shipped.rules() for one in rule.examples if rule.fixable and one.hit]
    for number, text in enumerate([*dict.fromkeys(texts), *SIBLINGS]):
        (tmp_path / f"{number:03}.txt").write_text(f"{text}\n", encoding="utf-8")
    mended = [one for one in mending.mended(check(tmp_path)) if one.done]
    assert len(mended) > len(texts) / 2
    for done in mended:
        done.path.write_bytes(done.content)
    left = [one for one in mending.mended(check(tmp_path)) if one.done]
    assert [(one.before, one.after) for one in left] == []


@pytest.mark.parametrize(
    "text",
    [
        "国发（2024）5号",
        "（2016）最高法民再第98号",
        "检测报告编号：青农检（2024）第005号",
        "甲国用（2011）第031号",
        "全区卫生院（2024）第3号公告栏",
    ],
)
def test_numbers_of_other_papers_have_their_own_form(text: str, tmp_path: Path) -> None:
    """No padding in the first; courts, laboratories, certificates and what is no organ pad as they like."""
    (tmp_path / "稿.txt").write_text(text, encoding="utf-8")
    assert not check(tmp_path, "F102").findings
