"""`[[path]]`: what it may say, and what it says when it is wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from jimo_lint.errors import ConfigError
from jimo_lint.readers.drafts.choice import fits
from jimo_lint.settings import config


def load(folder: Path, text: str) -> config.Config:
    """Write the text as a configuration and read it."""
    path = folder / config.FILE_NAME
    path.write_text(text, encoding="utf-8")
    return config.load(path)


def test_all_that_it_may_say(tmp_path: Path) -> None:
    """One pattern or several; codes in any case; lists beside the file."""
    text = (
        '[[path]]\nmatch = "公示/**"\nas = "公示"\n[[path]]\nmatch = ["a", "!b"]\nselect = ["s", "common-typo"]\n'
        'extend_select = ["p1"]\nignore = ["all"]\nallow = ["某某"]\nlists = ["词.tsv"]\n'
    )
    one, other = load(tmp_path, text).paths
    assert (one.match, one.genre, one.folder) == (("公示/**",), "公示", tmp_path)
    assert (other.match, other.select, other.extend, other.ignore) == (
        ("a", "!b"),
        ("S", "common-typo"),
        ("P1",),
        ("ALL",),
    )
    assert (other.allow, other.lists) == (("某某",), (tmp_path / "词.tsv",))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[[path]]\nselect = ['T']", "match 缺少这一项"),
        ("[[path]]\nmach = 'x'", '而有 "mach"'),
        ("[[path]]\nmatch = 3", "match 应为文字或列表"),
        ("[[path]]\nmatch = [3]", "match 应为文字的列表"),
        ("[[path]]\nmatch = ''", "match 里有空的写法"),
        ("[[path]]\nmatch = []", "match 里有空的写法"),
        ("[[path]]\nmatch = ['a', ' ']", "match 里有空的写法"),
        ("[[path]]\nmatch = '!'", "match 里有空的写法"),
        ("[[path]]\nmatch = '../a'", "只管得到配置文件所在文件夹以内"),
        ("[[path]]\nmatch = '公示\\a'", "以 / 分隔"),
        ("[[path]]\nmatch = 'x'\nselct = []", '未知的键 "selct"，是否为 "select"？'),
        ("[[path]]\nmatch = 'x'\nas = ''", "as 是空的"),
        ("[[path]]\nmatch = 'x'\nallow = ['']", "allow 里有空的一项"),
        ("[path]\nmatch = 'x'", "请用两层方括号，写作 [[path]]"),
    ],
)
def test_a_fault_names_place_and_remedy(tmp_path: Path, text: str, said: str) -> None:
    """One line: the file, which of the tables, the key, and what to write."""
    with pytest.raises(ConfigError) as fault:
        load(tmp_path, text)
    assert said in str(fault.value) and str(fault.value).startswith(f"{tmp_path / config.FILE_NAME}：")


@pytest.mark.parametrize(
    ("patterns", "path", "fitting"),
    [
        (("公示/**",), "公示/2026/名单.docx", True),
        (("公示/**",), "旧/公示/名单.docx", False),
        (("公示/",), "旧/公示/名单.docx", True),
        (("*公示*",), "关于公示的通知.txt", True),
        (("*.md",), "a/b.md", True),
        (("/*.md",), "a/b.md", False),
        (("公示/**", "!公示/说明.txt"), "公示/说明.txt", False),
        (("!a.txt",), "a.txt", False),
        (("//",), "a.txt", False),
        (("***[",), "a.txt", False),
        (("# 不是写法",), "a.txt", False),
    ],
)
def test_patterns_are_those_of_gitignore(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, patterns: tuple[str, ...], path: str, fitting: bool
) -> None:
    """From the folder of the settings, whether the path is written from here or in full, whether the file is there."""
    (tmp_path / "别处").mkdir()
    monkeypatch.chdir(tmp_path / "别处")
    assert fits(Path("..", path), tmp_path, patterns) is fitting
    assert fits(tmp_path / path, tmp_path, patterns) is fitting
    assert not fits(tmp_path.parent / "外面.md", tmp_path, ("*",))
