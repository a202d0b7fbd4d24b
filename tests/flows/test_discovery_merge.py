"""`columns import` into a configuration that has the columns already, `accounts import` with archives."""

from __future__ import annotations

from pathlib import Path

import pytest

from jimo_lint.discovery.merge import merged
from jimo_lint.settings.config import load
from tests.support.program import jimo_lint

CONFIG = """# 青潭区的配置
[site]
start = ["https://www.example.gov.cn/"]

# ════ 政务公开 ════
[[column]]
name = "要闻"  # 首页的
url = "/yw/"
kind = "news"
# key = true  # 若是重点栏目

[[column]]
name = "通知公告"
url = "/tzgg/index.html"
owner = "区政府办"
max_age = "2w"
key = false

[[column]]
name = "统计数据"
url = "/tj/"
"""
HEADER = "栏目名称,栏目网址,责任单位,更新周期,是否重点"


def _import(folder: Path, *rows: str, text: str = CONFIG) -> tuple[int, str, str]:
    """Exit code, the configuration behind, and what was said."""
    config = folder / "jimo-lint.toml"
    config.write_text(text, encoding="utf-8")
    (folder / "台账.csv").write_text("\n".join((HEADER, *rows)) + "\n", encoding="utf-8")
    done = jimo_lint("columns", "import", "台账.csv", "-o", config.name, cwd=folder)
    return done.returncode, config.read_text(encoding="utf-8"), done.stderr


@pytest.mark.parametrize(
    "address", ["/yw/", "https://www.example.gov.cn/yw/", "http://www.example.gov.cn/yw/index.html", ""]
)
def test_what_a_column_lacks_is_added(address: str, tmp_path: Path) -> None:
    """By address in whatever form, without one by name; nothing is doubled, comments stay."""
    code, text, said = _import(tmp_path, f"要闻,{address},区融媒体中心,每周更新,是")
    columns = load(tmp_path / "jimo-lint.toml").columns
    assert (code, len(columns)) == (0, 3)
    assert (columns[0].owner, str(columns[0].max_age), columns[0].key) == ("区融媒体中心", "7 天", True)
    assert '“要闻”：补上 owner = "区融媒体中心"、max_age = "1w"、key = true' in said
    assert [line for line in text.splitlines() if line not in CONFIG.splitlines()] == [
        'owner = "区融媒体中心"',
        'max_age = "1w"',
        "key = true",
    ]
    assert columns[1:] == load_text(tmp_path, CONFIG)[1:]


def load_text(folder: Path, text: str) -> tuple[object, ...]:
    """The columns of a configuration."""
    (folder / "other.toml").write_text(text, encoding="utf-8")
    return load(folder / "other.toml").columns


def test_what_is_written_stays(tmp_path: Path) -> None:
    """Another owner, another limit and key = false are the user's word; the same limit in other units is no change."""
    code, text, said = _import(tmp_path, "通知公告,/tzgg/,区委办,14天,重点")
    assert (code, text) == (2, CONFIG)
    assert 'owner 表里是 "区委办"、key 表里是 true，配置里已有别的，没有改' in said and "max_age" not in said
    assert _import(tmp_path, "通知公告,/tzgg/,区委办,每季度,")[1] == CONFIG


def test_old_and_new_at_once(tmp_path: Path) -> None:
    """One column is extended, one added behind, one row without an address tells nothing new."""
    code, _, said = _import(tmp_path, "统计,/tj/,区统计局,,", "公示,/gs/,区政府办,,", "建议提案,,区政府办,,")
    columns = load(tmp_path / "jimo-lint.toml").columns
    assert code == 0
    assert [(one.name, one.owner) for one in columns[2:]] == [("统计数据", "区统计局"), ("公示", "区政府办")]
    assert "转成 1 个栏目，补充 1 个" in said


def test_the_same_name_elsewhere_is_another_column(tmp_path: Path) -> None:
    """Bureaus have columns of one name; with an address of its own a row is one more, and a remark says so."""
    code, text, _ = _import(tmp_path, "要闻,/jyj/yw/,区教育局,,")
    assert code == 0
    assert [one.owner for one in load(tmp_path / "jimo-lint.toml").columns] == ["", "区政府办", "", "区教育局"]
    assert "已有同名的栏目" in text


def test_a_name_that_two_columns_have_is_not_guessed(tmp_path: Path) -> None:
    """Without an address nobody can tell which one is meant."""
    text = CONFIG.replace("统计数据", "要闻")
    assert _import(tmp_path, "要闻,,区融媒体中心,,", text=text)[:2] == (2, text)


def test_columns_written_in_another_way_are_not_touched(tmp_path: Path) -> None:
    """An inline table is told of; the file stays."""
    text = 'column = [{ name = "要闻", url = "https://www.example.gov.cn/yw/" }]\n'
    code, after, said = _import(tmp_path, "要闻,https://www.example.gov.cn/yw/,区融媒体中心,,", text=text)
    assert (code, after) == (2, text)
    assert "没有改动" in said


@pytest.mark.parametrize(
    "text",
    [
        '[[column]]\nname = "a"\nurl = "u"',
        '[[ column ]]  # 一\r\nname = "a"\r\n',
        '[[column]]\n\n# 说明\nname = """\n[[x]]\na"""\n',
        '[["column"]]\nname = "a"\n[rules]\nselect = [\n"S",\n]\n',
    ],
)
def test_keys_go_into_their_table_however_it_is_written(text: str) -> None:
    """Line ends, comments, blank lines and texts of several lines."""
    assert 'owner = "甲"' in merged(text, {0: {"owner": '"甲"'}})


def test_a_header_inside_a_text_is_no_table() -> None:
    """What cannot be told apart is refused, never written to the wrong place."""
    with pytest.raises(ValueError, match="tables"):
        merged('[[column]]\nname = """\n[[column]]\n"""\n', {0: {"owner": '"甲"'}})


def test_archives_of_the_register(tmp_path: Path) -> None:
    """The column 档案 becomes `archive`; what cannot be one is a remark for a person."""
    rows = [
        "账号名称,平台,主办单位,状态,档案位置",
        "青潭发布,微信,区委宣传部,正常,档案/微信",
        "青潭教育,微博,区教育局,正常,https://rss.example.gov.cn/qtjy.xml",
        "青潭警方,抖音,区公安局,正常,ftp://10.0.0.1/a",
        "青潭水务,微信,区水利局,正常,",
    ]
    (tmp_path / "登记.csv").write_text("\n".join(rows), encoding="utf-8")
    done = jimo_lint("accounts", "import", "登记.csv", "-o", "jimo-lint.toml", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    archives = [one.archive for one in load(tmp_path / "jimo-lint.toml").accounts]
    assert archives == [str(tmp_path / "档案" / "微信"), "https://rss.example.gov.cn/qtjy.xml", "", ""]
    assert "ftp://10.0.0.1/a，不能照用" in (tmp_path / "jimo-lint.toml").read_text(encoding="utf-8")
    assert "档案←档案位置（E 列）" in done.stderr and "写上 archive" in done.stderr


def test_columns_of_a_file_that_is_extended_stay(tmp_path: Path) -> None:
    """They come first, and are another file's to change: what is added goes to the right table of this one."""
    base = '[[column]]\nname = "领导之窗"\nurl = "https://www.example.gov.cn/ldzc/"\n'
    (tmp_path / "base.toml").write_text(base, encoding="utf-8")
    text = 'extend = "base.toml"\n' + CONFIG
    code, written, said = _import(tmp_path, "要闻,/yw/,区融媒体中心,,", "领导之窗,/ldzc/,区府办,,", text=text)
    assert code == 0 and "“要闻”：补上 owner" in said and "领导之窗" not in said
    assert [(one.name, one.owner) for one in load(tmp_path / "jimo-lint.toml").columns] == [
        ("领导之窗", ""),
        ("要闻", "区融媒体中心"),
        ("通知公告", "区政府办"),
        ("统计数据", ""),
    ]
    assert (tmp_path / "base.toml").read_text(encoding="utf-8") == base and "区府办" not in written
