"""`jimo-lint columns import`: catalogues and ledgers as offices keep them become configuration, without guesses."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from openpyxl import Workbook

from jimo_lint.discovery.intake import max_age
from jimo_lint.readers.registers import column_catalogue
from jimo_lint.settings.config import load
from tests.support.program import jimo_lint

HOSTILE = '=HYPERLINK("http://x")"]\n[site]\nname = "\x1b坏'


def standard(path: Path) -> Path:
    """A 基层政务公开标准目录: title rows, a header of two rows, merged cells below it."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["云溪县社会救助领域基层政务公开标准目录"])
    sheet.append(["填报单位：县民政局"])
    sheet.append(
        ["序号", "公开事项", None, "公开内容（要素）", "公开时限", "公开主体", "公开渠道和载体", "公开方式", None]
    )
    sheet.append([None, "一级事项", "二级事项", None, None, None, None, "主动", "依申请"])
    long = "■政府网站 http://www.example.gov.cn/shjz/zcfg/ □政府公报"
    sheet.append([1, "综合业务", "政策法规文件", "法律法规", "信息形成之日起20个工作日内", "县民政局", long, "√", None])
    sheet.append([2, None, "监督检查", "电话", "每季度更新", None, "http://www.example.gov.cn/shjz/jdjc/", "√", None])
    sheet.append([3, "最低生活保障", "办事指南", "条件", "长期公开", "县民政局", "■政府网站 ■公开栏", "√", None])
    sheet.merge_cells("A1:I1")
    for merged in ("B3:C3", "H3:I3", "A3:A4", "D3:D4", "E3:E4", "F3:F4", "G3:G4", "B5:B6", "F5:F6"):
        sheet.merge_cells(merged)
    book.save(path)
    return path


def ledger(path: Path, rows: list[list[object]]) -> Path:
    """A column ledger in GB 18030, as WPS writes csv."""
    header = ["序号", "栏目名称", "栏目网址", "责任单位", "更新周期", "栏目类别", "是否重点"]
    lines = [",".join(f'"{str(cell).replace(chr(34), chr(34) * 2)}"' for cell in row) for row in [header, *rows]]
    path.write_bytes("\r\n".join(lines).encode("gb18030"))
    return path


def test_a_standard_catalogue_is_read(tmp_path: Path) -> None:
    """Both header rows and merged cells are understood; promptness is no rhythm; a row without address is a remark."""
    done = jimo_lint("columns", "import", standard(tmp_path / "目录.xlsx"), cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    columns = tomllib.loads(done.stdout)["column"]
    assert [(one["name"], one["url"], one.get("owner"), one.get("max_age")) for one in columns] == [
        ("政策法规文件", "http://www.example.gov.cn/shjz/zcfg/", "县民政局", None),
        ("监督检查", "http://www.example.gov.cn/shjz/jdjc/", "县民政局", "3mo"),
    ]
    assert columns[0]["kind"] == "policy"
    remarks = [line for line in done.stdout.splitlines() if line.startswith("#")]
    assert any("20个工作日内" in line for line in remarks)
    assert any("最低生活保障 > 办事指南" in line and "没有网址" in line for line in remarks)
    assert any("综合业务 > 政策法规文件" in line for line in remarks)
    assert "二级←二级事项（C 列），网址←公开渠道和载体（G 列）" in done.stderr


def test_a_ledger_in_gbk_is_added_to_a_configuration(tmp_path: Path) -> None:
    """What stands in the file stays; known addresses are not added twice; the whole can be used."""
    config = tmp_path / "jimo-lint.toml"
    config.write_text(
        '# 我的配置\n[site]\nstart = ["https://www.example.gov.cn/"]\n[[column]]\nname = "要闻"\nurl = "/yw/"\n',
        encoding="utf-8",
    )
    source = ledger(
        tmp_path / "台账.csv",
        [
            [1, "通知公告", "https://www.example.gov.cn/tzgg/", "县政府办", "两周", "", "是"],
            [2, "政务要闻", "/yw/", "县融媒体中心", "每天", "", ""],
            [3, "领导之窗", "/ld/", "县政府办", "及时更新", "领导信息", "否"],
            [4, "统计", "www.example.gov.cn/tj/", "县统计局", "每半年更新一次", "数据发布", "也许"],
        ],
    )
    done = jimo_lint("columns", "import", source, "-o", config, cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    text = config.read_text(encoding="utf-8")
    assert text.startswith("# 我的配置\n[site]")
    columns = {column.name: column for column in load(config).columns}
    assert set(columns) == {"要闻", "通知公告", "领导之窗", "统计"}
    assert (columns["通知公告"].key, str(columns["通知公告"].max_age)) == (True, "14 天")
    assert (columns["领导之窗"].kind.value, columns["领导之窗"].max_age) == ("leaders", None)
    assert columns["统计"].url == "http://www.example.gov.cn/tj/"
    assert str(columns["统计"].max_age) == "6 个月"
    assert "与“要闻”网址相同" in text and "“数据发布”不认识" in text and "“也许”" in text
    again = jimo_lint("columns", "import", source, "-o", config, cwd=tmp_path)
    assert again.returncode == 2
    assert config.read_text(encoding="utf-8") == text


def test_a_new_file_is_written(tmp_path: Path) -> None:
    """-o names a file that is not there yet: it is made; paths have nothing to stand on and become remarks."""
    source = ledger(
        tmp_path / "a.csv",
        [[1, "公告", "http://www.example.gov.cn/gg/", "", "", "", ""], [2, "要闻", "/yw/", "", "", "", ""]],
    )
    done = jimo_lint("columns", "import", source, "-o", tmp_path / "new.toml", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert [column.name for column in load(tmp_path / "new.toml").columns] == ["公告"]
    assert "start" in (tmp_path / "new.toml").read_text(encoding="utf-8")


def test_hostile_cells_stay_text(tmp_path: Path) -> None:
    """Quotes, brackets, control characters and formulas in cells end neither string nor comment."""
    source = ledger(
        tmp_path / "a.csv",
        [
            [1, HOSTILE, "http://www.example.gov.cn/a/", HOSTILE, HOSTILE, HOSTILE, HOSTILE],
            [2, HOSTILE, "http://[bad", HOSTILE, "", "", ""],
            [3, "名", 'http://www.example.gov.cn/"]', "", "", "", ""],
        ],
    )
    done = jimo_lint("columns", "import", source, cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    table = tomllib.loads(done.stdout)
    assert set(table) == {"column"}
    assert "\x1b" not in done.stdout + done.stderr


@pytest.mark.parametrize(
    ("content", "word"),
    [(b"a,b\n1,2\n", "没有认出列名"), (b"", "没有认出列名"), ("姓名,电话\n甲,1\n".encode(), "栏目名称")],
)
def test_what_is_no_list_of_columns_is_refused(content: bytes, word: str, tmp_path: Path) -> None:
    """A table without names of columns is one line that says what is missing, and 2."""
    (tmp_path / "a.csv").write_bytes(content)
    done = jimo_lint("columns", "import", tmp_path / "a.csv", cwd=tmp_path)
    assert done.returncode == 2
    assert word in done.stderr and not done.stdout


def test_a_list_without_addresses_ends_with_two(tmp_path: Path) -> None:
    """Nothing can be configured from it, but every row is shown as a remark."""
    source = ledger(tmp_path / "a.csv", [[1, "公告", "", "办公室", "", "", ""], [2, "要闻", "无", "", "", "", ""]])
    done = jimo_lint("columns", "import", source, cwd=tmp_path)
    assert done.returncode == 2
    assert "公告（办公室）：没有网址" in done.stdout and "要闻" in done.stdout


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    """No such file: one line and 2."""
    done = jimo_lint("columns", "import", "没有.xlsx", cwd=tmp_path)
    assert done.returncode == 2
    assert "没有这个文件" in done.stderr


@pytest.mark.parametrize(
    ("text", "limit"),
    [
        ("每周更新", "1w"),
        ("两周", "2w"),
        ("14天内", "14d"),
        ("7日", "7d"),
        ("每月至少更新1次", "1mo"),
        ("6个月", "6mo"),
        ("每季度更新一次", "3mo"),
        ("半年", "6mo"),
        ("每半年", "6mo"),
        ("一年", "1y"),
        ("每年度更新", "1y"),
        ("不更新", "never"),
        ("及时", ""),
        ("及时更新", ""),
        ("实时", ""),
        ("长期公开", ""),
        ("不定期", ""),
        ("20个工作日内", ""),
        ("5个工作日", ""),
        ("信息形成或者变更之日起20个工作日内", ""),
        ("每年1月31日前", ""),
        ("月", ""),
        ("", ""),
    ],
)
def test_only_plain_limits_are_limits(text: str, limit: str) -> None:
    """A rhythm in plain words is a limit; promptness, working days and vague words are none."""
    assert max_age(text) == limit


@pytest.mark.parametrize(("text", "limit"), [("每季度", "3mo"), ("7日内", ""), ("20日内", ""), ("每月更新", "1mo")])
def test_promptness_is_no_rhythm(text: str, limit: str) -> None:
    """Under 公开时限 only a rhythm (每…) says how often; so many days say how soon."""
    assert max_age(text, strict=True) == limit


def test_levels_lead_to_the_name(tmp_path: Path) -> None:
    """The deepest level that a row has is the column, those above are its place."""
    (tmp_path / "a.csv").write_text(
        "一级栏目,二级栏目,三级栏目,网址\n政务公开,政策,规章,http://a.cn/1/\n政务公开,规划,,http://a.cn/2/\n",
        encoding="utf-8",
    )
    entries = column_catalogue.read(tmp_path / "a.csv").entries
    assert [(one.above, one.name) for one in entries] == [(("政务公开", "政策"), "规章"), (("政务公开",), "规划")]


def test_rows_with_personal_data_are_left_out(tmp_path: Path) -> None:
    """The configuration would refuse them; the remark does not repeat the number."""
    number = "370102199003074519"  # invented, with a right check digit
    table = tmp_path / "台账.csv"
    table.write_text(f"栏目名称,栏目网址\n甲,http://a.cn/{number}/\n乙{number},http://a.cn/x/\n", encoding="utf-8")
    done = jimo_lint("columns", "import", table.name, cwd=tmp_path)
    assert "第 2 行：甲：网址里有身份证号" in done.stdout
    assert "第 3 行：乙37**************19：名称里有身份证号" in done.stdout
    assert number not in done.stdout + done.stderr and "[[column]]" not in done.stdout
