"""Lists of nobody in odd places of attachments: every leak is found, and nothing that only looks alike."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from jimo_lint.inspection import drafts
from jimo_lint.model import Finding
from jimo_lint.readers.drafts import local
from jimo_lint.settings.config import Config
from tests.support import trial

AS_OF = date(2026, 11, 22)
SEED = 15
# Where a person finds what stands in each place; of a column of a table the rows follow.
FOUND_AT = {
    "隐藏的工作表": "工作表“底稿”C 列，第 2 至",
    "隐藏的列": "工作表“公示”C 列，第 2 至",
    "隐藏的行": "工作表“公示”C 列，第 2 至",
    "工作表的页眉": "工作表“公示”页眉",
    "单元格的批注": "工作表“公示”B2 的批注",
    "旧版工作簿": "工作表“S0”C 列，第 2 至",
    "开放文档表格": "工作表“名单”C 列，第 2 至",
    "GBK 的 CSV": "表格 第 3 列，第 2 至",
    "Word 表格": "表 1 第 3 列，第 2 至",
    "Word 文本框": "文本框 1",
    "Word 页眉": "页眉",
    "Word 页脚": "页脚",
    "Word 脚注": "脚注 1",
    "Word 尾注": "尾注 1",
    "Word 批注": "批注 1",
    "RTF": "第 3 段",
    "开放文档": "表 1 第 3 列，第 2 至",
    "幻灯片备注": "幻灯片 1 备注",
    "PDF 第二页": "第 2 页",
    "压缩包里 PDF 的第二页": "第 2 页",
    "压缩包里的压缩包": "工作表“公示”C 列，第 2 至",
    "邮件的附件": "工作表“底稿”C 列，第 2 至",
    "OFD": "第 1 页",
}
INSIDE = {
    "压缩包里 PDF 的第二页": " › 名单/附件1.pdf",
    "压缩包里的压缩包": " › 内.zip › 底稿.xlsx",
    "邮件的附件": " › 公示名单.xlsx",
}

pytestmark = pytest.mark.slow


def judged(folder: Path) -> list[Finding]:
    """What `check` finds there."""
    report, _ = drafts.check(local.read([folder], as_of=AS_OF), Config(), as_of=AS_OF)
    assert not report.problems
    return list(report.findings)


@pytest.fixture(scope="module")
def leaks(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[Finding]]:
    """By place, the findings in two files each, one of which leaks; those in the other must not be there."""
    folder = tmp_path_factory.mktemp("trial")
    files = trial.written(folder, trial.attachments(trial.PLACES, 2 * len(trial.PLACES), SEED))
    found: dict[str, list[Finding]] = {where: [] for where in trial.PLACES}
    for one in judged(folder):
        path, _, _ = one.url.partition(" › ")
        assert files[path].leaks, f"{files[path].where}：{one.code} {one.locator} {one.matched}"
        found[files[path].where].append(one)
    return found


@pytest.mark.parametrize("where", trial.PLACES)
def test_a_leak_is_found_where_it_stands(where: str, leaks: dict[str, list[Finding]]) -> None:
    """The finding is about ID numbers and names the file inside, if any, and the place of the first number."""
    assert leaks[where] and all(one.code.startswith("P") for one in leaks[where])
    assert leaks[where][0].locator.startswith(FOUND_AT[where])
    assert leaks[where][0].url.endswith(INSIDE.get(where, trial.PLACES[where][0]))
    assert not any(character.isdigit() for character in leaks[where][0].matched[4:-4])


def test_what_only_looks_alike_is_no_leak(tmp_path: Path) -> None:
    """Credit codes, project codes, accounts of organs, phones, lots, certificates, masked numbers: nothing is found."""
    trial.written(tmp_path, trial.clean_ones(trial.PLACES, 3 * len(trial.PLACES), SEED))
    assert judged(tmp_path) == []
