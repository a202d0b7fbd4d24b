"""`jimo-lint accounts`: taking accounts over from a register, and showing what each archive yields."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from openpyxl import Workbook

from jimo_lint.cli.accounts import accounts
from jimo_lint.discovery import archive_trial
from jimo_lint.errors import ConfigError, InputError
from jimo_lint.model import Account, Platform
from jimo_lint.settings import config
from tests.support.program import jimo_lint

CASES = Path(__file__).parents[1] / "cases" / "archives"
AS_OF = "2026-11-22"


def run(*arguments: object) -> Result:
    return CliRunner().invoke(accounts, [str(one) for one in arguments], standalone_mode=False)


def register(path: Path) -> Path:
    """Title row, header of two rows with merged cells, several platforms in a cell, closed, doubled and empty rows."""
    book = Workbook()
    sheet = book.active
    sheet.append(["云溪区政务新媒体登记表"])
    sheet.append(["序号", "账号名称", "平台类型", "主办单位", None, "账号ID", "主页", "状态", "关停时间"])
    sheet.append([None, None, None, "主管", "责任单位"])
    for merged in ("A1:I1", "D2:E2", *(f"{column}2:{column}3" for column in "ABCFGHI")):
        sheet.merge_cells(merged)
    sheet.append([1, "云溪发布", "微信公众号", "甲", "区融媒体中心", "yunxi", None, "正常", None])
    sheet.append([2, '云溪"公安"\n', "抖音、快手", "乙", "区公安局", None, None, "已关停", datetime(2026, 3, 1)])
    sheet.append([3, "云溪号", "人民号", "丙", "区政府办", None, None, "已注销", None])
    sheet.append([4, "云溪发布", "微信", "丁", "丁", None, None, "正常", None])
    book.save(path)
    return path


def test_a_register_becomes_configuration(tmp_path: Path) -> None:
    """What is written is read back as it stands: platforms, units, closed accounts; how it was read is on stderr."""
    written = tmp_path / "jimo-lint.toml"
    result = run("import", register(tmp_path / "登记.xlsx"), "-o", written)
    assert result.return_value == 0
    read = config.load(written).accounts
    assert [(one.name, one.platform, one.owner, one.closed, one.exempt) for one in read] == [
        ("云溪发布", Platform.WECHAT, "区融媒体中心", None, False),
        ('云溪"公安"', Platform.DOUYIN, "区公安局", date(2026, 3, 1), False),
        ('云溪"公安"', Platform.KUAISHOU, "区公安局", date(2026, 3, 1), False),
        ("云溪号", Platform.OTHER, "区政府办", None, True),
    ]
    assert "# 登记的平台：人民号" in written.read_text(encoding="utf-8")
    assert "第 3 行是列名：账号名称←账号名称（B 列），平台←平台类型（C 列），责任单位←责任单位（E 列）" in result.stderr
    assert "“云溪发布”（微信）登记了两次" in result.stderr
    assert "读出 4 个账号，其中已关停 3 个" in result.stderr


def test_the_lower_row_of_a_merged_head_is_no_account(tmp_path: Path) -> None:
    """Where the name's cell spans both rows of the head, its second row is not an account called 新媒体名称."""
    book = Workbook()
    sheet = book.active
    sheet.append(["序号", "政务新媒体名称", "新媒体类型", "主办单位", None])
    sheet.append([None, None, None, "单位名称", "行政级别"])
    sheet.append([1, "云溪发布", "微信公众号", "区委宣传部", "县处级"])
    for merged in ("A1:A2", "B1:B2", "C1:C2", "D1:E1"):
        sheet.merge_cells(merged)
    book.save(tmp_path / "登记.xlsx")
    result = run("import", tmp_path / "登记.xlsx")
    assert "读出 1 个账号" in result.stderr
    assert 'name = "云溪发布"' in result.stdout


def test_configuration_goes_to_the_screen_and_overwrites_nothing(tmp_path: Path) -> None:
    """Without -o it is printed; a file that is there gets the new accounts behind it, or stays as it is."""
    source = register(tmp_path / "登记.xlsx")
    assert run("import", source).stdout.count("[[account]]") == 4
    (tmp_path / "坏.toml").write_text("x", encoding="utf-8")
    assert isinstance(run("import", source, "-o", tmp_path / "坏.toml").exception, ConfigError)
    assert (tmp_path / "坏.toml").read_text(encoding="utf-8") == "x"
    mine = tmp_path / "jimo-lint.toml"
    mine.write_text('# 我的\n[[account]]\nname = "云溪发布"\nplatform = "wechat"\n', encoding="utf-8")
    assert run("import", source, "-o", mine).return_value == 0
    assert mine.read_text(encoding="utf-8").startswith("# 我的\n")
    assert len(config.load(mine).accounts) == 4
    assert "共 3 个账号，另有 1 个已在配置里" in mine.read_text(encoding="utf-8")


MINE = """# 我的
[[account]]
name = "青潭发布"  # 主号
platform = "wechat"
archive = "档案/微信"

[[account]]
name = "青潭发布"
platform = "weibo"
owner = "区委宣传部"
max_age = "2w"

[[account]]
name = "青潭教育"
platform = "douyin"
"""
HEAD = "账号名称,平台,责任单位,更新时限,状态,关停时间,档案\n"


def merged(folder: Path, *rows: str, text: str = MINE) -> tuple[int, str, str]:
    """Exit code, the configuration behind, and what was said."""
    (folder / "登记.csv").write_text(HEAD + "\n".join(rows) + "\n", encoding="utf-8")
    mine = folder / "jimo-lint.toml"
    mine.write_text(text, encoding="utf-8")
    result = run("import", folder / "登记.csv", "-o", mine)
    if result.exception:
        raise result.exception
    return result.return_value, mine.read_text(encoding="utf-8"), result.stderr


def test_what_an_account_lacks_is_added(tmp_path: Path) -> None:
    """By name and platform; what is written stays and is told of; the same register twice changes nothing."""
    rows = (
        "青潭发布,微信,区融媒体中心,每周,正常,,别处/微信",
        "青潭发布,微博,区融媒体中心,两周内,正常,,档案/微博.csv",
        "青潭教育,抖音,区教育局,,已关停,2026-05-01,",
        "青潭水务,微信,区水利局,每月,正常,,",
    )
    code, text, said = merged(tmp_path, *rows)
    assert code == 0
    assert '“青潭发布”：补上 owner = "区融媒体中心"、max_age = "1w"；archive 表里是 "别处/微信"，配置里已有别的' in said
    assert '“青潭发布”：补上 archive = "档案/微博.csv"；owner 表里是 "区融媒体中心"，配置里已有别的' in said
    assert '“青潭教育”：补上 owner = "区教育局"、closed = 2026-05-01' in said
    assert "新增 1 个，补充 3 个" in said and "写上 archive" in said
    read = config.load(tmp_path / "jimo-lint.toml").accounts
    assert [(one.name, one.platform, one.owner, str(one.max_age or ""), one.closed) for one in read] == [
        ("青潭发布", Platform.WECHAT, "区融媒体中心", "7 天", None),
        ("青潭发布", Platform.WEIBO, "区委宣传部", "14 天", None),
        ("青潭教育", Platform.DOUYIN, "区教育局", "", date(2026, 5, 1)),
        ("青潭水务", Platform.WECHAT, "区水利局", "1 个月", None),
    ]
    assert text.startswith('# 我的\n[[account]]\nname = "青潭发布"  # 主号\n')
    again = run("import", tmp_path / "登记.csv", "-o", tmp_path / "jimo-lint.toml")
    assert again.return_value == 0 and "新增 0 个，补充 0 个" in again.stderr and "已写入" not in again.stderr
    assert (tmp_path / "jimo-lint.toml").read_text(encoding="utf-8") == text


def test_an_account_whose_platform_is_not_said_is_the_one_of_its_name(tmp_path: Path) -> None:
    """Where two have the name nobody can tell, and a platform that we do not know is another account."""
    code, text, _ = merged(tmp_path, "青潭教育,,区教育局,,,,")
    assert (code, text.count("[[account]]"), text.count('owner = "区教育局"')) == (0, 3, 1)
    assert merged(tmp_path, "青潭发布,,区委办,,,,")[1].count("[[account]]") == 4
    assert merged(tmp_path, "青潭教育,人民号,区教育局,,,,")[1].count("[[account]]") == 4


def test_a_closed_account_without_a_day_has_no_duty(tmp_path: Path) -> None:
    """Unless its day is known already; an archive that cannot be used is not added."""
    _, text, _ = merged(tmp_path, "青潭教育,抖音,,每周,已注销,,ftp://10.0.0.1/a")
    assert text == MINE + 'max_age = "never"\n'
    closed = MINE + "closed = 2026-05-01\n"
    assert merged(tmp_path, "青潭教育,抖音,,,已注销,,", text=closed)[1] == closed


@pytest.mark.parametrize(
    ("state", "exempt"),
    [
        ("已注销", True),
        ("关停", True),
        ("拟注销", False),
        ("注销中", False),
        ("申请关停", False),
        ("已暂停更新", False),
    ],
)
def test_what_is_only_to_be_closed_is_still_to_be_kept_up(tmp_path: Path, state: str, exempt: bool) -> None:
    """An account that is on its way out, or pauses, is not let off; totals and signatures are no accounts."""
    written = tmp_path / "jimo-lint.toml"
    book = Workbook()
    for row in (
        ("序号", "账号名称", "平台", "主办单位", "状态"),
        (1, "云溪水利", "微信", "区水利局", state),
        ("合计", 1),
        ("填报人：罗小满", None, "联系电话：无"),
    ):
        book.active.append(row)
    book.save(tmp_path / "登记.xlsx")
    assert run("import", tmp_path / "登记.xlsx", "-o", written).return_value == 0
    assert [(one.name, one.exempt) for one in config.load(written).accounts] == [("云溪水利", exempt)]


def test_accounts_written_in_another_way_are_not_touched(tmp_path: Path) -> None:
    """An inline table is told of; the file stays."""
    text = 'account = [{ name = "青潭发布", platform = "wechat" }]\n'
    with pytest.raises(ConfigError, match="账号不是逐个写成"):
        merged(tmp_path, "青潭发布,微信,区委宣传部,,,,", text=text)
    assert (tmp_path / "jimo-lint.toml").read_text(encoding="utf-8") == text


def test_a_table_that_is_no_register_is_refused(tmp_path: Path) -> None:
    """One line with the names that are looked for."""
    (tmp_path / "a.csv").write_text("姓名,职务\n甲,乙\n", encoding="utf-8")
    fault = run("import", tmp_path / "a.csv").exception
    assert isinstance(fault, InputError)
    assert "没有认出列名" in str(fault)


def settings(folder: Path, *written: tuple[str, str, str]) -> Path:
    path = folder / "jimo-lint.toml"
    path.write_text(
        "".join(
            f'[[account]]\nname = "{name}"\nplatform = "{platform}"\narchive = "{archive}"\n'
            for name, platform, archive in written
        ),
        encoding="utf-8",
    )
    return path


def test_each_archive_is_explained(tmp_path: Path) -> None:
    """Format and what told it, columns, posts by class, times, proof of silence, first posts, what was not read."""
    path = settings(
        tmp_path,
        ("云溪发布", "wechat", str(CASES / "ledger-platforms.csv")),
        ("云溪发布", "weibo", str(CASES / "ledger-platforms.csv")),
        ("云溪接口", "wechat", str(CASES / "wechat-freepublish.json")),
        ("云溪订阅", "other", "https://www.yunxi.example/rss"),
    )
    result = run("test", "--config", path, "--as-of", AS_OF)
    assert result.return_value == 0
    blocks = result.stdout.split("\n\n")
    assert "标题←标题（C 列），发布时间←发布时间（D 列）" in blocks[0]
    assert "读出：2 条" in blocks[0]
    assert "最新 2026-11-20 09:00，最早 2026-11-18 00:00" in blocks[0]
    assert "证明没有更新：能" in blocks[0]
    assert "微博上的一条" in blocks[1]
    assert "文章 2、已删除 1" in blocks[2]
    assert "证明没有更新：不能" in blocks[2]
    assert "要在周检时才联网读取" in blocks[3]


def test_what_cannot_be_read_ends_with_two(tmp_path: Path) -> None:
    """A missing archive is an error; the accounts beside it are shown all the same; others are not asked for."""
    path = settings(tmp_path, ("甲", "other", "没有.csv"), ("乙", "other", str(CASES / "douyin-works.csv")))
    result = run("test", "--config", path, "--as-of", AS_OF)
    assert result.return_value == 2
    assert "没有这个档案" in result.stdout
    assert "抖音创作者中心“作品列表”表，1 个文件 2 条" in result.stdout
    assert run("test", "乙", "--config", path, "--as-of", AS_OF).return_value == 0
    fault = run("test", "乙乙", "--config", path).exception
    assert isinstance(fault, ConfigError)
    assert "没有账号“乙乙”" in str(fault)


@pytest.mark.parametrize("path", sorted(one for one in CASES.iterdir() if one.suffix not in (".md", "")), ids=str)
def test_every_sample_is_explained(path: Path) -> None:
    """Of each file it is known what it was taken for and by what, or that it was not."""
    account = Account("wechat:云溪发布", "云溪发布", Platform.WECHAT, archive=str(path))
    (contents,) = archive_trial.read([account], date(2026, 11, 22))
    (file,) = contents.files
    assert (file.format is not None and bool(file.sign)) or path.name == "real-wechat-pages.tsv"
    assert contents.posts == sum(contents.classes.values())
    assert contents.posts or contents.problems


def test_names_and_cells_with_numbers_are_masked(tmp_path: Path) -> None:
    """Of the folder, of files that cannot be read, and of a cell that is quoted, neither here nor in `config`."""
    number = "370102199003074519"  # invented, with a right check digit
    folder = tmp_path / f"张三{number}"
    folder.mkdir()
    (folder / f"微信{number}.csv").write_text(f"标题,发布时间,正文\n公示,日期{number},正文\n", encoding="utf-8")
    (folder / f"其他{number}.json").write_text('{"bad', encoding="utf-8")
    (tmp_path / "jimo-lint.toml").write_text(
        f'[[account]]\nname = "青潭发布"\nplatform = "wechat"\narchive = "张三{number}"\n', encoding="utf-8"
    )
    for arguments, least in ((("accounts", "test"), 3), (("config",), 1)):
        done = jimo_lint(*arguments, cwd=tmp_path)
        assert number not in done.stdout + done.stderr
        assert done.stdout.count("37**************19") >= least
