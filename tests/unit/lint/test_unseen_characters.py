"""What does not show at all hides no wrong word, in whatever kind of file."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from jimo_lint.inspection import drafts, mending
from jimo_lint.model import Report
from jimo_lint.readers.drafts import local
from jimo_lint.settings.config import Config

AS_OF = date(2026, 12, 1)
UNSEEN = ["\u200b", "\u00ad", "\ufeff", "\u2060", "\u200d", "\ufe0f", "\u202c", "\u200b\u200b\u200e\u200b\u200b"]


def check(path: Path, text: str, *codes: str) -> Report:
    """A draft with this text."""
    path.write_text(text, encoding="utf-8")
    settings = Config(select=codes or ("T101", "S101"))
    return drafts.check(local.read([path], as_of=AS_OF), settings, as_of=AS_OF)[0]


@pytest.mark.parametrize("name", ["稿.txt", "稿.md", "稿.csv"])
def test_a_wrong_word_is_found(name: str, tmp_path: Path) -> None:
    """Short ones as well, more of them than blanks may stand in a word; beside one that shows."""
    for unseen in UNSEEN:
        found = check(tmp_path / name, f"会议强调要抓好关{unseen}健环节，中国人{unseen}民共和国。\n").findings
        assert [one.code for one in found] == ["T101", "S101"], repr(unseen)
        assert found[0].matched == f"关{unseen}健" and found[0].suggestions == ("关键",)


def test_it_is_put_right(tmp_path: Path) -> None:
    """And what did not show is gone with it."""
    report = check(tmp_path / "稿.txt", "抓好关\u200b健环节。\n")
    (done,) = mending.mended(report)
    assert done.after == "抓好关键环节。\n"


@pytest.mark.parametrize(
    "text",
    [
        "有关\u200b健康的知识。",
        "机关\u200b健身活动。",
        "\u200b抓好关键环节。",
        "抓好\u200b关键\u200b环节。",
        "\U0001f468\u200d\U0001f469 中华\u200b人民共和国。",
        "相关 健身活动。",
        "有关\n健身活动。",
    ],
)
def test_right_words_stay_right(text: str, tmp_path: Path) -> None:
    """Two words that meet there; a blank or a line break between them shows."""
    assert not check(tmp_path / "稿.txt", text).findings
