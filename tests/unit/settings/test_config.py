"""Reading `jimo-lint.toml`: what it says, and what it says when it is wrong."""

from pathlib import Path

import pytest

from jimo_lint.errors import ConfigError
from jimo_lint.model import ColumnKind, MaxAge, Platform
from jimo_lint.settings import config, sections

FULL = """
[site]
name = "示例区人民政府"
start = ["https://WWW.example.gov.cn"]
id_code = "3702150001"
[crawl]
delay = 1
[[column]]
name = "通知公告"
url = "/tzgg/"
kind = "notice"
key = true
max_age = "6mo"
[[column]]
name = "领导之窗"
url = "https://www.example.gov.cn/ldzc/"
max_age = "never"
[[account]]
name = "示例发布"
platform = "wechat"
archive = "archives/wechat"
[rules]
ignore = ["F104"]
"""


def load(folder: Path, text: str) -> config.Config:
    """Write the text as a configuration and read it."""
    path = folder / config.FILE_NAME
    path.write_text(text, encoding="utf-8")
    return config.load(path)


def test_a_full_configuration_is_read(tmp_path: Path) -> None:
    """Hosts default to those of start, paths become addresses, archives become paths beside the file."""
    read = load(tmp_path, FULL)
    assert read.site.hosts == ("www.example.gov.cn",)
    notice, leaders = read.columns
    assert (notice.url, notice.kind, notice.key) == (
        "https://www.example.gov.cn/tzgg/",
        ColumnKind.NOTICE,
        True,
    )
    assert notice.max_age == MaxAge(months=6)
    assert leaders.exempt
    assert leaders.max_age is None
    assert read.accounts[0].platform is Platform.WECHAT
    assert read.accounts[0].archive == str(tmp_path / "archives/wechat")
    assert read.crawl.delay == 1
    assert read.ignore == ("F104",)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[site]\nnmae = 'x'", '[site] 未知的键 "nmae"，是否为 "name"？'),
        ("[sight]\nname = 'x'", '未知的键 "sight"，是否为 "site"？'),
        ("[crawl]\ndelay = '快'", "[crawl] delay 应为整数或数字"),
        ("[crawl]\ndelay = true", "delay 应为整数或数字"),
        ("[crawl]\ndelay = -1", "delay = -1 超出范围"),
        ("[crawl]\nmax_pages = 1.5", "max_pages 应为整数"),
        ("[site]\nstart = ['www.example.gov.cn']", "不是网址"),
        ("[site]\nstart = 'https://a.gov.cn/'", "应为列表"),
        ("[site]\nid_code = '123'", "不是网站标识码"),
        ("[[column]]\nname = 'x'\nurl = '/x/'", "不完整"),
        ("[[column]]\nname = 'x'", "缺少这一项"),
        ("[[column]]\nname = 'x'\nurl = 'http://a.cn/'\nkind = 'notic'", '是否为 "notice"？'),
        ("[[column]]\nname = 'x'\nurl = 'http://a.cn/'\nmax_age = '6m'", "不是时限"),
        ("[[account]]\nname = 'x'\nplatform = 'wechat'\n" * 2, "写了两次"),
        ("[attachments]\nread = 'change'", '[attachments] read = “change” 不认识，是否为 "changed"？'),
        ("[attachments]\nread = 'change'", "可用：changed（只读新的和改过的）、all（每次都重新读）、none（不读）"),
        ("[attachments]\nread = true", "[attachments] read 应为文字"),
        ("[attachments]\nmax_size = '50MB'", "[attachments] max_size 应为整数或数字"),
        ("[attachments]\nmax_size = 0", "[attachments] max_size = 0 超出范围"),
        ("[attachments]\nmax_size = 501", "请写 0.1 到 500 之间的数"),
        ("[attachments]\nkinds = ['pdf 文件']", "[attachments] kinds 里的“pdf 文件”不是文件后缀"),
        ("[attachments]\nkinds = ['']", "kinds 里的“”不是文件后缀"),
        ("[attachments]\nkinds = 'pdf'", "[attachments] kinds 应为列表"),
        ("[attachments]\nhosts = ['https://files.example.gov.cn/']", "[attachments] hosts 里的“https://files"),
        ("[attachments]\nhosts = ['']", "hosts 里的“”不是主机名"),
        ("[attachments]\npictures = 'yes'", "[attachments] pictures 应为true 或 false"),
        ("[attachments]\npicture = true", '[attachments] 未知的键 "picture"，是否为 "pictures"？'),
        ("[attachments]\nmaxsize = 1", '[attachments] 未知的键 "maxsize"，是否为 "max_size"？'),
        ("[notfy]\n", '未知的键 "notfy"，是否为 "notify"？'),
        ("[site\n", "第 1 行读不通：[site。少了收尾的括号"),
        ("[site]\nname = “某区”\n", "第 2 行读不通：name = “某区”。““”是全角的"),
        ("[site]\r\nname = '某区'，\r\n", "第 2 行读不通：name = '某区'，。“，”是全角的"),
        ("[site]\n\u3000name = '某区'", "全角空格请删去"),
        ("[site]\nname = 某区", "第 2 行读不通：name = 某区。值读不懂"),
        ("[site]\nname = 'a'\nname = 'b'\n\n", "第 3 行读不通：name = 'b'。这一项写了两次"),
        ("[site]\n[crawl]\n[site]", "第 3 行读不通：[site]。这一项写了两次"),
        ("[site]\nname = \"某区\nid_code = '1'", '第 2 行读不通：name = "某区。少了收尾的引号'),
        ('[[account]]\narchive = "D:\\档案"', "路径里的 \\ 请写成 /"),
        ("[site]\nstart = ['a'\n", "少了收尾的括号"),
        ("[site]\nname '某区'", "少了等号"),
        ("x = " + "[" * 100_000, "括号套得太深"),
        ("x = " + "1" * 20_000, "位数太多"),
        ("[site]\nstart = ['http://[::1']", "不是网址"),
        ("[site]\nstart = ['http://a.cn:99999/']", "不是网址"),
        ("[site]\nstart = ['http://a b.cn/']", "不是网址"),
        ("[site]\nid_code = '１２３４５６７８９０'", "不是网站标识码"),
        ("[site]\nstart = ['http://a.cn/']\n[[column]]\nname = 'x'\nurl = '//[/'", "不是网址"),
        ("[[column]]\nname = ' '\nurl = 'http://a.cn/'", "name 是空的"),
        ("[[column]]\nname = 'x'\nurl = 'http://a.cn/'\nmax_age = '9999y'", "不超过一百年"),
        ("[[account]]\nname = 'x'\nplatform = 'wechat'\narchive = \"a\\u0000b\"", "不是能用的路径"),
        ('extend = "a\\u0000b"', "extend = “a\x00b” 不是能用的路径"),
        ('[catalogue]\nfile = "a\\u0000b"', "[catalogue] file = “a\x00b” 不是能用的路径"),
        ('[timeliness]\nforward = "a\\u0000b"', "[timeliness] forward = “a\x00b” 不是能用的路径"),
        ('[requests]\nledger = "a\\u0000b"', "[requests] ledger = “a\x00b” 不是能用的路径"),
        ('[links]\nca_bundle = "a\\u0000b"', "[links] ca_bundle = “a\x00b” 不是能用的路径"),
        ('[rules]\nleaders = "a\\u0000b"', "[rules] leaders = “a\x00b” 不是能用的路径"),
        ('[rules]\nlists = ["a\\u0000b"]', "[rules] lists = “a\x00b” 不是能用的路径"),
        ('[rules]\nfolders = ["a\\u0000b"]', "[rules] folders = “a\x00b” 不是能用的路径"),
        ("[[account]]\nname = 'x'\nplatform = 'wechat'\narchive = 'ftp://a.cn/x'", "不是网址"),
    ],
)
def test_a_fault_names_place_and_remedy(tmp_path: Path, text: str, message: str) -> None:
    """Each fault is one line that names the file, the key and what to write."""
    with pytest.raises(ConfigError) as caught:
        load(tmp_path, text)
    line = str(caught.value)
    assert line.startswith(str(tmp_path / config.FILE_NAME))
    assert message in line
    assert "\n" not in line


def test_attachments_are_read_where_they_changed_unless_something_else_is_written(tmp_path: Path) -> None:
    """Suffixes are written with or without their dot; file hosts in any case."""
    assert load(tmp_path, "").attachments == sections.Attachments(sections.Reading.CHANGED, 50, (), ())
    written = "[attachments]\nread = 'all'\nmax_size = 0.5\nkinds = ['PDF', '.xlsx', 'pdf']\nhosts = ['F.例子.政务.cn']"
    assert load(tmp_path, written).attachments == sections.Attachments(
        sections.Reading.ALL, 0.5, (".pdf", ".xlsx"), ("f.xn--fsqu00a.xn--zfr164b.cn",)
    )


def test_a_chinese_domain_is_kept_as_it_is_sent(tmp_path: Path) -> None:
    """Links of its pages come in punycode, and must be known for the site's own."""
    site = load(tmp_path, "[site]\nstart = ['http://例子.政务.cn/']").site
    assert (site.start, site.hosts) == (("http://xn--fsqu00a.xn--zfr164b.cn/",), ("xn--fsqu00a.xn--zfr164b.cn",))
    assert load(tmp_path, "[site]\nhosts = ['例子.政务.cn', 'A.gov.cn']").site.hosts == (*site.hosts, "a.gov.cn")


def test_the_nearest_configuration_wins(tmp_path: Path) -> None:
    """The file in the folder itself beats the one above it."""
    inner = tmp_path / "a" / "b"
    inner.mkdir(parents=True)
    (tmp_path / config.FILE_NAME).touch()
    assert config.find(inner) == tmp_path / config.FILE_NAME
    (inner / config.FILE_NAME).touch()
    assert config.find(inner) == inner / config.FILE_NAME


@pytest.mark.parametrize(
    ("made", "said"), [("folder", "是文件夹"), ("broken", "所指的文件不在"), ("circle", "没有尽头")]
)
def test_settings_that_are_no_file_are_not_passed_over(tmp_path: Path, made: str, said: str) -> None:
    """A folder or a link to nowhere of that name is told, and the settings above it are not taken instead."""
    inner = tmp_path / "a"
    inner.mkdir()
    (tmp_path / config.FILE_NAME).touch()
    place = inner / config.FILE_NAME
    if made == "folder":
        place.mkdir()
    else:
        place.symlink_to("nowhere" if made == "broken" else config.FILE_NAME)
    with pytest.raises(ConfigError, match=said) as refused:
        config.load(config.find(inner))
    assert refused.value.place == str(place)
    assert "权限" not in refused.value.remedy


def test_no_configuration_gives_the_defaults() -> None:
    """Without a file the program is polite and stays off private addresses."""
    crawl = config.load(None).crawl
    assert crawl.obey_robots
    assert not crawl.allow_private
    assert crawl.delay == 0.5


def test_a_file_of_another_encoding_is_a_clear_error(tmp_path: Path) -> None:
    """A configuration saved as GBK is refused with the remedy."""
    path = tmp_path / config.FILE_NAME
    path.write_bytes('[site]\nname = "示例"\n'.encode("gbk"))
    with pytest.raises(ConfigError, match="UTF-8"):
        config.load(path)


def test_two_columns_with_one_address_are_kept_apart(tmp_path: Path) -> None:
    """The same address twice gives two columns with ids of their own, which the inspection reports."""
    text = "[[column]]\nname = 'x'\nurl = 'http://a.cn'\n[[column]]\nname = 'y'\nurl = 'http://A.cn/#1'"
    first, second = load(tmp_path, text).columns
    assert (first.url, second.url) == ("http://a.cn/", "http://a.cn/")
    assert (first.id, second.id) == ("http://a.cn/", "http://a.cn/#2")


def test_what_stands_behind_the_hash_tells_columns_of_a_catalogue_apart(tmp_path: Path) -> None:
    """On 开普's platform, and there alone, columns differ by what stands behind #."""
    text = (
        "[[column]]\nname = 'x'\nurl = 'http://a.cn/gkmlpt/index#21'\n[[column]]\nname = 'y'\nurl = 'http://a.cn/b#21'"
    )
    assert [column.url for column in load(tmp_path, text).columns] == [
        "http://a.cn/gkmlpt/index#21",
        "http://a.cn/b",
    ]


ID = "370102199003074519"  # invented, with a right check digit


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        (
            f"[[column]]\nname = 'x'\nurl = 'http://a.cn/{ID}/'",
            "[[column]] url = “http://a.cn/37**************19/” 里有",
        ),
        (
            f"[site]\nstart = ['http://a.cn/', 'http://a.cn/?sfz={ID}']",
            "start = “http://a.cn/?sfz=37**************19” 里有",
        ),
        (
            f"[site]\nstart = ['http://a.cn/']\n[[column]]\nname = 'x'\nurl = '/%E5%BC%A0{ID}'",
            "%A037**************19” 里有",
        ),
        ("[[column]]\nname = 'x'\nurl = 'http://a.cn/?mobile=13800138000'", "mobile=138****8000” 里有"),
        (f"[[account]]\nname = 'x'\nplatform = 'wechat'\narchive = 'http://a.cn/{ID}.xml'", "19.xml” 里有"),
    ],
)
def test_an_address_with_personal_data_is_refused(tmp_path: Path, text: str, shown: str) -> None:
    """It would stand in the store and in every report; what says so does not repeat it."""
    with pytest.raises(ConfigError) as caught:
        load(tmp_path, text)
    assert shown in str(caught.value)
    assert "请改用不含个人信息的地址" in str(caught.value)
    assert ID not in str(caught.value) and "13800138000" not in str(caught.value)


def test_a_name_with_personal_data_is_refused(tmp_path: Path) -> None:
    """It would be printed in every report."""
    with pytest.raises(ConfigError) as caught:
        load(tmp_path, f"[[account]]\nname = '青潭{ID}'\nplatform = 'wechat'")
    assert "[[account]] name = “青潭37**************19” 里有" in str(caught.value)


@pytest.mark.parametrize(
    "path", ["art/2026/1/5/art_370102_13800138000.html", "91370100MA3C000000/", "20260105123456789012/"]
)
def test_addresses_with_other_numbers_are_taken(tmp_path: Path, path: str) -> None:
    """Numbers of articles, of organisations and of moments are no personal data."""
    read = load(tmp_path, f"[[column]]\nname = 'x'\nurl = 'http://a.cn/{path}'")
    assert read.columns[0].url == f"http://a.cn/{path}"
