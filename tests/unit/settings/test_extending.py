"""`extend`: settings over those of another file, each value from where it was written."""

from __future__ import annotations

from pathlib import Path

import pytest

from jimo_lint.errors import ConfigError
from jimo_lint.settings import config


def write(path: Path, text: str) -> Path:
    """The file, with folders above it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def test_values_replace_and_tables_add(tmp_path: Path) -> None:
    """Values and lists of one's own stand in place of those of the base, extend_select and [[pair]] beside them."""
    write(
        tmp_path / "区/base.toml",
        'site.name = "青潭区"\nsite.id_code = "3702150001"\n[rules]\nselect = ["S"]\nignore = ["F104"]\n'
        'extend_select = ["T108"]\n[[pair]]\nwrong = "青潭县"\nright = "青潭区"\n',
    )
    own = write(
        tmp_path / "街道/jimo-lint.toml",
        'extend = "../区/base.toml"\nsite.name = "某街道"\n[rules]\nselect = ["P"]\nextend_select = ["t105"]\n'
        '[[pair]]\nwrong = "青谭"\nright = "青潭"\n',
    )
    read = config.load(own)
    assert (read.site.name, read.site.id_code) == ("某街道", "3702150001")
    assert (read.select, read.ignore, read.extend) == (("P",), ("F104",), ("T108", "T105"))
    assert [pair.term for pair in read.pairs] == ["青潭县", "青谭"]
    assert [path.name for path in read.files] == ["jimo-lint.toml", "base.toml"]


def test_paths_start_from_the_file_that_has_them(tmp_path: Path) -> None:
    """Lists, rules, leaders, archives and patterns of the base lie where the base lies, at any depth of the chain."""
    write(
        tmp_path / "省/all.toml",
        '[rules]\nlists = ["词.tsv"]\nleaders = "名单.tsv"\n[[path]]\nmatch = "a"\n[site]\nprofile = "p.toml"\n'
        '[[account]]\nname = "青潭发布"\nplatform = "wechat"\narchive = "档案"\n',
    )
    write(tmp_path / "市/base.toml", 'extend = "../省/all.toml"\n[rules]\nfolders = ["规则"]\n[[path]]\nmatch = "b"\n')
    own = write(tmp_path / "区/jimo-lint.toml", 'extend = "../市/base.toml"\n[[path]]\nmatch = "c"\n')
    read = config.load(own)
    assert read.lists == (tmp_path / "省/词.tsv",)
    assert read.leaders == tmp_path / "省/名单.tsv"
    assert read.folders == (tmp_path / "市/规则",)
    assert Path(read.site.profile) == tmp_path / "省/p.toml"
    assert read.accounts[0].archive == str(tmp_path / "省/档案")
    assert [(path.match, path.folder.name) for path in read.paths] == [(("a",), "省"), (("b",), "市"), (("c",), "区")]
    assert read.store_path.parts[-3:] == ("区", ".jimo-lint", "store.sqlite3")


def test_each_value_knows_its_file(tmp_path: Path) -> None:
    """What `jimo-lint config` shows: the file of a value, both of a list that adds, none of a default."""
    base = write(tmp_path / "base.toml", '[rules]\nselect = ["S"]\nextend_select = ["T108"]\n[crawl]\ndelay = 3\n')
    own = write(
        tmp_path / "jimo-lint.toml", 'extend = "base.toml"\n[rules]\nextend_select = ["T105"]\n[crawl]\nmax_depth = 3\n'
    )
    assert config.load(own).origins == {
        "rules.select": str(base),
        "rules.extend_select": f"{base}、{own}",
        "crawl.delay": str(base),
        "crawl.max_depth": str(own),
    }


@pytest.mark.parametrize(
    ("own", "base", "place", "said"),
    [
        ('extend = "没有.toml"', "", "jimo-lint.toml", "没有这个文件"),
        ('extend = " "', "", "jimo-lint.toml", "extend 是空的"),
        ('extend = ["base.toml"]', "", "jimo-lint.toml", "extend 应为文字"),
        ('extnd = "base.toml"', "", "jimo-lint.toml", '未知的键 "extnd"'),
        ('extend = "base.toml"', "[rules]\nslect = []", "base.toml", '[rules] 未知的键 "slect"，是否为 "select"？'),
        (
            'extend = "base.toml"\n[rules]\nignore = []',
            "[rules]\nslect = []",
            "base.toml",
            '[rules] 未知的键 "slect"',
        ),
        ('extend = "base.toml"\n[crawl]\ndelay = 1', "[crawl]\nmax_depth = 0", "base.toml", "max_depth = 0 超出范围"),
        ('extend = "base.toml"\n[[path]]\nmatch = "x"', "[[path]]\n", "base.toml", "第 1 个 [[path]] match 缺少"),
        ('extend = "base.toml"\n[[path]]\n', '[[path]]\nmatch = "x"', "jimo-lint.toml", "第 1 个 [[path]] match 缺少"),
        ('extend = "base.toml"', "x = ", "base.toml", "第 1 行读不通"),
        ('extend = "base.toml"\nsite = 3', "[site]\nname = 'a'", "jimo-lint.toml", "site 应为表"),
        ('extend = "base.toml"\n[plan.x]\ntimes = 1', "", "jimo-lint.toml", "x 不认识"),
        ('extend = "base.toml"\n[plan.weekly]\ntimes = 9', "[plan.x]\ntimes = 1", "base.toml", "x 不认识"),
    ],
)
def test_faults_name_the_file_that_has_them(tmp_path: Path, own: str, base: str, place: str, said: str) -> None:
    """Of two files that are read as one, a message names the one that has to be mended."""
    path = write(tmp_path / "jimo-lint.toml", own)
    write(tmp_path / "base.toml", base)
    with pytest.raises(ConfigError) as fault:
        config.load(path)
    assert fault.value.place == str(tmp_path / place)
    assert said in str(fault.value)


def test_a_circle_is_named(tmp_path: Path) -> None:
    """Which files lead round, also where a link hides that it is one."""
    own = write(tmp_path / "jimo-lint.toml", 'extend = "b.toml"')
    write(tmp_path / "b.toml", 'extend = "sub/../c.toml"')
    (tmp_path / "c.toml").symlink_to(own)
    with pytest.raises(ConfigError, match=r"jimo-lint\.toml → .*b\.toml → .*c\.toml") as fault:
        config.load(own)
    assert "请删去其中一个 extend" in str(fault.value)
