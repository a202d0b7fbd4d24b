"""Which sites a fleet has: fleet.toml, a folder of folders, a register."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from jimo_lint.errors import ConfigError, InputError
from jimo_lint.fleet.sites import FleetSite, read


def written(folder: Path, text: str) -> Path:
    """A fleet.toml."""
    path = folder / "fleet.toml"
    path.write_text(text, encoding="utf-8")
    return path


def register(path: Path, *rows: tuple[object, ...], merged: str = "") -> Path:
    """A workbook."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in rows:
        sheet.append(row)
    if merged:
        sheet.merge_cells(merged)
    book.save(path)
    return path


ONE = '[[site]]\ncode = "4401000001"\nname = "青潭区政府"\ncity = "青潭市"\nunit = "青潭区政府办"\nfolder = "qingtan"\n'


def test_the_file_says_all_of_a_site(tmp_path: Path) -> None:
    """A site is called by its 标识码; paths start from the file; what is not written is as documented."""
    fleet = read(written(tmp_path, f'[fleet]\nname = "青潭市"\n{ONE}[[site]]\nfolder = "a/白石县"\n'))
    assert fleet.sites == (
        FleetSite("4401000001", "4401000001", "青潭区政府", "青潭市", "青潭区政府办", "", "qingtan"),
        FleetSite("a-白石县", "", "白石县", "", "", "", "a/白石县"),
    )
    assert (fleet.name, fleet.storage, fleet.results) == ("青潭市", str(tmp_path), tmp_path / "results")
    assert (fleet.time_limit, fleet.per_address, fleet.unfit) == (6 * 3600, 1, ())


@pytest.mark.parametrize(
    ("written_limit", "seconds"), [("90 分钟", 5400), ("30m", 1800), ("45秒", 45), ("72 小时", 72 * 3600)]
)
def test_a_time_limit_is_written_with_its_unit(tmp_path: Path, written_limit: str, seconds: int) -> None:
    """Hours, minutes and seconds, in Chinese or by a letter."""
    assert read(written(tmp_path, f'[fleet]\ntime_limit = "{written_limit}"\n{ONE}')).time_limit == seconds


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (f'[fleet]\ntime_limit = "90"\n{ONE}', "time_limit = “90” 不是能用的时限"),
        (f'[fleet]\ntime_limit = "100 小时"\n{ONE}', "最长 72 小时"),
        (f"[fleet]\nper_adress = 2\n{ONE}", 'per_adress"，是否为 "per_address"'),
        (f'{ONE}[[site]]\ncode = "12"\nfolder = "x"\n', "第 2 个 [[site]] code = “12” 不是网站标识码"),
        ('[[site]]\nfolder = "../x"\n', "第 1 个 [[site]] folder = “../x” 不在 storage 里面"),
        ('[[site]]\nfolder = "/etc"\n', "不在 storage 里面"),
        ('[[site]]\nfolder = "C:\\\\x"\n', "不在 storage 里面"),
        (f'[fleet]\nshared = ["../base.toml"]\n{ONE}', "[fleet] shared = “../base.toml” 不在 storage 里面"),
        ("[fleet]\n", "里没有站点"),
        (f'[fleet]\nresults = "a\\u0000b"\n{ONE}', "[fleet] results = “a"),
        (f'[fleet]\nshared = ["a\\u0000b"]\n{ONE}', "不是能用的路径"),
        ('[[site]]\nfolder = "a\\u0000b"\n', "第 1 个 [[site]] folder = “a"),
    ],
)
def test_what_cannot_be_meant_is_told_with_its_place(tmp_path: Path, text: str, said: str) -> None:
    """The message names table, key and remedy."""
    with pytest.raises(ConfigError) as fault:
        read(written(tmp_path, text))
    assert said in str(fault.value)


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    """So is what may stand in its place."""
    with pytest.raises(ConfigError, match=r"没有这个文件.*--fleet"):
        read(tmp_path / "fleet.toml")


def test_a_storage_elsewhere_is_an_address(tmp_path: Path) -> None:
    """An address of fsspec stays as it is; a folder starts from the file."""
    assert read(written(tmp_path, f'[fleet]\nstorage = "sftp://nas/sites"\n{ONE}')).storage == "sftp://nas/sites"
    assert read(written(tmp_path, f'[fleet]\nstorage = "sites"\n{ONE}')).storage == str(tmp_path / "sites")


@pytest.mark.parametrize(
    ("kind", "second"),
    [
        ("标识码", 'code = "4401000001"\nfolder = "b"'),
        ("文件夹", 'code = "4401000002"\nfolder = "qingtan"'),
        ("网址", 'code = "4401000003"\nfolder = "c"\naddress = "https://WWW.qingtan.example"'),
    ],
)
def test_a_site_that_is_listed_twice_is_told_and_costs_no_other(tmp_path: Path, kind: str, second: str) -> None:
    """One 标识码, one folder, one address: the second is not inspected, and both places are named."""
    first = f'{ONE}address = "http://www.qingtan.example/"\n'
    fleet = read(written(tmp_path, f'{first}[[site]]\nname = "又一个"\n{second}\n[[site]]\nfolder = "other"\n'))
    assert [site.folder for site in fleet.sites] == ["qingtan", "other"]
    [unfit] = fleet.unfit
    assert f"第 2 个 [[site]]：{kind}“" in unfit.reason and "第 1 个 [[site]]的“青潭区政府”相同" in unfit.reason
    assert len({site.key for site in (*fleet.sites, unfit.site)}) == 3


def test_two_folders_of_one_name_are_two_sites(tmp_path: Path) -> None:
    """Without 标识码 the path tells them apart."""
    fleet = read(written(tmp_path, '[[site]]\nfolder = "a/x"\n[[site]]\nfolder = "b/x"\n[[site]]\nfolder = "a-x"\n'))
    assert [site.key for site in fleet.sites] == ["a-x", "b-x", "a-x-2"]


def test_a_folder_of_site_folders_is_a_fleet(tmp_path: Path) -> None:
    """Folders with settings are sites, called as those say; a broken one is a site all the same."""
    for name, text in (
        ("qingtan", '[site]\nname = "青潭区政府"\nid_code = "4401000001"\nstart = ["http://www.qingtan.example/"]\n'),
        ("broken", "[site\n"),
    ):
        (tmp_path / name).mkdir()
        (tmp_path / name / "jimo-lint.toml").write_text(text, encoding="utf-8")
    (tmp_path / "results").mkdir()
    fleet = read(tmp_path)
    assert [(site.key, site.name, site.address) for site in fleet.sites] == [
        ("broken", "broken", ""),
        ("4401000001", "青潭区政府", "http://www.qingtan.example/"),
    ]
    with pytest.raises(ConfigError, match=r"下一级的文件夹里都没有"):
        read(tmp_path / "results")


def test_a_register_is_read_below_merged_heads(tmp_path: Path) -> None:
    """Titles above, a head of two rows, codes as numbers, addresses without their scheme; closed sites are named."""
    path = register(
        tmp_path / "登记表.xlsx",
        ("青潭市政府网站登记表（2026 年）",),
        ("序号", "网站基本情况", None, None, "主办单位", "所属地区", "运行状态"),
        (None, "网站名称", "网站标识码", "首页网址", None, None, None),
        (1, "青潭区政府", 4401000001, "www.qingtan.example.gov.cn", "青潭区政府办", "青潭市", "正常运行"),
        (2, "白石县政府", "4401000002", "https://baishi.example/", "白石县政府办", "青潭市", "正常"),
        (3, "旧港区政府", "4401000003", "http://jiugang.example/", "旧港区政府办", "青潭市", "已关停"),
        (4, "无码站", "", "http://wuma.example:81/", "某单位", "青潭市", ""),
        ("合计", None, None, None, None, None, None),
        merged="B2:D2",
    )
    fleet = read(path)
    assert fleet.sites == (
        FleetSite(
            *("4401000001", "4401000001", "青潭区政府", "青潭市", "青潭区政府办"),
            *("http://www.qingtan.example.gov.cn", "4401000001"),
        ),
        FleetSite(
            *("4401000002", "4401000002", "白石县政府", "青潭市", "白石县政府办"),
            *("https://baishi.example/", "4401000002"),
        ),
        FleetSite("wuma.example-81", "", "无码站", "青潭市", "某单位", "http://wuma.example:81/", "wuma.example:81"),
    )
    [closed] = fleet.unfit
    assert closed.closed and closed.site.name == "旧港区政府" and "第 6 行：登记为已关停" in closed.reason
    assert "标识码←网站标识码（C 列）" in fleet.understood[0]


def test_a_file_may_take_its_sites_from_a_register(tmp_path: Path) -> None:
    """So that storage and limits can be said beside it."""
    register(tmp_path / "表.xlsx", ("网站名称", "标识码"), ("青潭区政府", "4401000001"))
    fleet = read(written(tmp_path, '[fleet]\nregister = "表.xlsx"\nstorage = "s3://sites"\nper_address = 3\n'))
    assert [site.key for site in fleet.sites] == ["4401000001"] and fleet.per_address == 3


def test_a_register_without_known_columns_is_refused(tmp_path: Path) -> None:
    """What the head should say is told."""
    with pytest.raises(InputError, match=r"没有认出列名.*网站名称"):
        read(register(tmp_path / "表.xlsx", ("甲", "乙"), ("x", "y")))
