"""Users' own lists: what is read from them, and what is said of their faults."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

import pytest
from openpyxl import Workbook

from jimo_lint.errors import ConfigError, InputError, RuleError
from jimo_lint.inspection import drafts
from jimo_lint.inspection.context import context, own_words
from jimo_lint.lint.engine import Engine
from jimo_lint.lint.ruleset import select
from jimo_lint.model import Block, Document, Finding
from jimo_lint.readers.registers import term_list
from jimo_lint.settings import config
from tests.support import shipped

DAY = date(2026, 1, 31)
Write = Callable[..., Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Writes a list of rows, cells parted by blanks, into a file."""

    def put(*rows: str, name: str = "词表.tsv", encoding: str = "utf-8", separator: str = "\t") -> Path:
        path = tmp_path / name
        path.write_bytes("".join(row.replace(" ", separator) + "\r\n" for row in rows).encode(encoding))
        return path

    return put


def workbook(path: Path, *sheets: tuple[str, list[list[object]]]) -> Path:
    """Writes a workbook with these sheets."""
    book = Workbook()
    book.remove(book.active)  # type: ignore[arg-type]
    for title, rows in sheets:
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    book.save(path)
    return path


def pairs(found: term_list.Terms) -> list[tuple[str, tuple[str, ...]]]:
    """Term and suggestions of each usable row."""
    return [(word.term, word.suggestions) for word in found.words]


def said(found: term_list.Terms, *, grave: bool) -> str:
    """All faults of a degree."""
    return "\n".join(f"{one.where}：{one.text}。{one.remedy}" for one in found.faults if one.grave is grave)


@pytest.mark.parametrize(
    ("encoding", "separator", "name"),
    [
        ("utf-8", "\t", "a.tsv"),
        ("utf-8-sig", ",", "a.csv"),
        ("gb18030", ",", "a.csv"),
        ("utf-16", "\t", "a.txt"),
    ],
)
def test_text_lists_of_any_encoding(write: Write, encoding: str, separator: str, name: str) -> None:
    """Tabs or commas, UTF-8, GB 18030 or UTF-16: the rows are the same; only GB 18030 gets a remark."""
    path = write("关健 关键|要害 通报", "即默区 即墨区", name=name, encoding=encoding, separator=separator)
    path.write_bytes(f"错误词{separator}建议{separator}说明\r\n".encode(encoding) + path.read_bytes())
    if encoding in ("utf-8-sig", "utf-16"):  # the mark only at the beginning
        text = path.read_bytes().decode(encoding).replace("\ufeff", "")
        path.write_bytes(text.encode(encoding))
    found = term_list.read(path)
    assert pairs(found) == [("关健", ("关键", "要害")), ("即默区", ("即墨区",))]
    assert found.words[0].note == "通报"
    assert ("GB 18030" in said(found, grave=False)) == (encoding == "gb18030")
    assert not said(found, grave=True)


def test_a_workbook_with_title_notes_and_sheets(tmp_path: Path) -> None:
    """The header may stand below a title; every visible sheet with a header is read; the others are named."""
    path = workbook(
        tmp_path / "词表.xlsx",
        (
            "词对",
            [["2026年词表"], [], ["序号", "错误写法*", "正确写法（必填）", "例外"], [1, "关健", "关键", "有关健康"]],
        ),
        ("敏感", [["敏感词", "备注"], ["老城片区", "已撤销"]]),
        ("说明", [["本表由某科室维护", "2026"]]),
    )
    found = term_list.read(path)
    assert pairs(found) == [("关健", ("关键",)), ("老城片区", ())]
    assert found.words[0].unless_in == ("有关健康",)
    assert found.where["老城片区"] == "工作表“敏感” 第 2 行"
    assert "工作表“说明” 第 1 行：没有认出列名" in said(found, grave=False)


def test_full_width_commas_part_no_columns(write: Write) -> None:
    """A list that they were to part is usable only as whole lines, which is said once; other lists get no remark."""
    found = term_list.read(write("错误词，正确词", "即默区，即墨区", "关健，关键", separator=",", name="a.csv"))
    assert said(found, grave=False).count("若是两列") == 1
    assert "“错误词，正确词”整个当作一个词" in said(found, grave=False)
    assert "若是两列" not in said(term_list.read(write("即默区", "关健", name="b.csv")), grave=False)
    assert "若是两列" not in said(
        term_list.read(write("错误词,建议", "牢记，使命,牢记使命", name="c.csv")), grave=False
    )


def test_a_list_of_one_column_needs_no_header(write: Write) -> None:
    """One term a line, with remarks, is a list."""
    path = write("# 2026年", "老城片区办事处", "", "西部新城", name="a.txt")
    assert pairs(term_list.read(path)) == [("老城片区办事处", ()), ("西部新城", ())]


def test_all_columns(write: Write) -> None:
    """Guards and the day of change are read; columns without a known name are left alone."""
    path = write("类别 敏感词 正词 例外 前面是 后面是 更名日期", "机构 农业局 农业农村局 县农业局志 原|老 志 2019/3/1")
    (word,) = term_list.read(path).words
    assert word.unless_in == ("县农业局志",)
    assert (word.unless_before, word.unless_after, word.changed) == (("原", "老"), ("志",), date(2019, 3, 1))


def test_what_a_row_proposes_is_right(write: Write) -> None:
    """Where the suggestion holds the term, the suggestion silences it."""
    (word,) = term_list.read(write("错词 正词", "卫健 卫健委|卫生健康")).words
    assert word.unless_in == ("卫健委",)


@pytest.mark.parametrize(
    ("rows", "parts"),
    [
        ([" 关键"], ("第 2 行", "错误词是空的")),
        (["的 地"], ("第 2 行", "只有一个字")),
        (["关键 关键"], ("第 2 行", "相同")),
        (["关\u200b健 关键"], ("第 2 行", "关□健", "看不见的字符")),
        (["关健 关\u00ad键"], ("第 2 行", "关□键")),
        (["关健 关键 健康"], ("第 2 行", "例外“健康”", "写出整个正确的词语")),
        (["关健 关键  2018年春"], ("第 2 行", "2018年春", "2018-03-13")),
        (["青岛 青岛市", "青岛 即墨"], ("第 3 行", "与第 2 行的建议不同")),
        (["即默 即墨", "即莫 即默"], ("第 3 行", "建议“即默”在第 2 行列为错误")),
        (["即默 即墨", "即莫区 即默区"], ("第 3 行", "里的“即默”在第 2 行列为错误", "例外")),
    ],
)
def test_faults_that_must_be_mended(write: Write, rows: list[str], parts: tuple[str, ...]) -> None:
    """Each names its row, the fault and the remedy; a list in force is refused with the same words."""
    path = write("错误词 正确词 例外 变更日期", *rows)
    found = said(term_list.read(path), grave=True)
    for part in parts:
        assert part in found
    with pytest.raises(RuleError) as caught:
        term_list.use(path)
    message = str(caught.value)
    assert message.startswith(str(path)) and "\n" not in message
    assert "jimo-lint words" in caught.value.remedy


@pytest.mark.parametrize(
    ("rows", "part"),
    [
        (["即默 即墨", "即默 即墨"], "与第 2 行重复"),
        (["乙乙 甲甲", "丁丁 丙丙"], "没有按顺序"),
        (["即 默 即墨"], "空格"),
    ],
)
def test_remarks_do_not_hinder(write: Write, rows: list[str], part: str) -> None:
    """What is merely odd is said, and the list can be used."""
    path = write("错误词 正确词")
    text = "\r\n".join(row if part == "空格" else row.replace(" ", "\t") for row in rows)
    path.write_text(path.read_text(encoding="utf-8") + text.replace("默 即", "默\t即"), encoding="utf-8")
    found = term_list.read(path)
    assert part in said(found, grave=False)
    assert not said(found, grave=True)
    assert term_list.use(path) == found.words


def test_a_nearly_right_column_name_is_pointed_out(write: Write) -> None:
    """A column that is left unread because of a slip in its name is told with the name that was meant."""
    found = term_list.read(write("错误词 正确辞", "即默 即墨"))
    assert '列“正确辞”未读，是否为 "正确"' in said(found, grave=False)
    assert "未读" not in said(term_list.read(write("错误词 正确词 类别", "即默 即墨 地名")), grave=False)


def test_nothing_in_a_list_steers_the_terminal(write: Write) -> None:
    """Control characters of cells and column names do not come through into messages."""
    found = term_list.read(write("错误词 正确\x1b[31m词", "即\x1b[2J默 即墨", "青\u202e岛区 即墨"))
    shown = said(found, grave=True) + said(found, grave=False)
    assert shown.count("□") >= 2
    assert not set(shown) & set("\x1b\u202e")


@pytest.mark.parametrize(
    ("body", "name", "part"),
    [
        (b"", "a.tsv", "没有读出任何词"),
        ("词汇表\t说法\n即默\t即墨\n".encode(), "a.tsv", "没有认出列名"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "a.png", "不是文本文件"),
        (b"PK\x03\x04junk", "a.xlsx", "不是完好的工作簿"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "a.xls", "不是完好的 .xls"),
        (b"<html></html>", "a.html", "没有读出任何词"),
    ],
)
def test_what_is_no_list(tmp_path: Path, body: bytes, name: str, part: str) -> None:
    """A file that is no list is refused in one line with a remedy."""
    path = tmp_path / name
    path.write_bytes(body)
    with pytest.raises(InputError, match=part) as caught:
        term_list.read(path)
    assert "\n" not in str(caught.value)
    assert caught.value.remedy


def test_a_missing_list(tmp_path: Path) -> None:
    """A path that leads nowhere is said."""
    with pytest.raises(InputError, match="没有这个文件"):
        term_list.read(tmp_path / "无.tsv")


# From the configuration to the findings.

TOML = """
[rules]
lists = ["词表.tsv"]
allow = ["即默河", "有关键盘"]
[[pair]]
wrong = "即默"
right = "即墨"
unless_in = ["即默生"]
"""


def load(folder: Path, text: str) -> config.Config:
    """Write the configuration and read it."""
    path = folder / config.FILE_NAME
    path.write_text(text, encoding="utf-8")
    return config.load(path)


def findings(settings: config.Config, text: str, *codes: str, published: datetime | None = None) -> list[Finding]:
    """What the named rules (default: those of users' lists) find in a text."""
    engine = Engine(select(shipped.rules(), codes or ("S110", "T107")), context(settings, DAY))
    source = "site" if published else "file"
    return list(engine.findings(Document("x", "", source, "", (Block("body", text),), published=published)))


@pytest.mark.parametrize("right", ["即墨|即墨区", "即墨 ｜ 即墨区", "|即墨|即墨区|"])
def test_a_pair_may_offer_several(tmp_path: Path, right: str) -> None:
    """As in lists: a person has to choose, so that nothing is changed by itself."""
    settings = load(tmp_path, f'[[pair]]\nwrong = "即默"\nright = "{right}"\n')
    (found,) = findings(settings, "去即默。")
    assert found.suggestions == ("即墨", "即墨区") and not found.edits
    assert found.message == "“即默”应为“即墨或即墨区”"


def test_what_a_pair_proposes_is_right(tmp_path: Path) -> None:
    """As in lists: else it would be put right again and again. With one proposal it is changed."""
    settings = load(tmp_path, '[[pair]]\nwrong = "卫健"\nright = "卫健委"\n')
    assert not findings(settings, "区卫健委来函。")
    (found,) = findings(settings, "区卫健来函。")
    assert found.edits


def test_pairs_and_lists_of_the_configuration_are_reported(tmp_path: Path, write: Write) -> None:
    """Rows with a suggestion come from T107, those without from S110; guards hold."""
    write("错误词 正确词 说明 变更日期", "老城片区  已撤销", "农业局 农业农村局  2019-03-01", "即默 即黑")
    settings = load(tmp_path, TOML)
    found = findings(settings, "即默区老城片区。即默生在老城。农业局。")
    assert [(one.code, one.matched, one.suggestions) for one in found] == [
        ("T107", "即默", ("即墨",)),
        ("S110", "老城片区", ()),
        ("T107", "农业局", ("农业农村局",)),
    ]
    assert found[1].message == "“老城片区”列在本单位的词表里（已撤销）"
    assert found[0].message == "“即默”应为“即墨”"
    assert not findings(settings, "农业局。", published=datetime(2018, 5, 1))


def test_without_lists_the_rules_are_silent() -> None:
    """No configuration, no findings."""
    assert not findings(config.Config(), "即默区老城片区。")


def test_an_allowed_text_silences_exactly_itself(tmp_path: Path, write: Write) -> None:
    """Only what lies inside an occurrence of an allowed text is silent; the same word elsewhere is reported."""
    write("错误词 正确词", "关健 关键")
    settings = load(tmp_path, TOML.replace("有关键盘", "关健女士"))
    found = findings(settings, "即默河边，即默区里，关健女士说关健。", "S110", "T107", "T101")
    assert [(one.code, one.matched, one.span and one.span.start) for one in found] == [
        ("T107", "即默", 5),
        ("T101", "关健", 15),
        ("T107", "关健", 15),
    ]


def test_an_allowed_text_never_silences_personal_data(tmp_path: Path) -> None:
    """Personal data is reported whatever is allowed."""
    number = "11010519491231002X"
    settings = load(tmp_path, f'[rules]\nallow = ["身份证号{number}", "身份证号110105********002X", "县人名政府"]\n')
    path = tmp_path / "稿.txt"
    path.write_text(f"县人名政府：身份证号{number}。\n", encoding="utf-8")
    from jimo_lint.readers.drafts import local

    report, _ = drafts.check(local.read([path], as_of=DAY), settings, as_of=DAY)
    assert [one.code for one in report.findings] == ["P101"]
    report, _ = drafts.check(local.read([path], as_of=DAY), config.Config(), as_of=DAY)
    assert {one.code for one in report.findings} >= {"P101", "S101"}


def test_the_configuration_goes_before_the_lists(tmp_path: Path, write: Write) -> None:
    """A term that stands in several places is what it was first."""
    write("错误词 正确词", "即默 即黑", "关健 关键")
    assert {word.term: word.suggestions for word in own_words(load(tmp_path, TOML))} == {
        "即默": ("即墨",),
        "关健": ("关键",),
    }


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ('[[pair]]\nwrong = "即默"\n', ("第 1 个 [[pair]]", "right 缺少")),
        ('[[pair]]\nwrong = "即默"\nright = "｜ |"\n', ("right 是空的", "lists")),
        ('[[pair]]\nwrong = "即默"\nright = "即墨|即默"\n', ("right", "相同")),
        ('[[pair]]\nwrong = "即默"\nright = ""\n', ("right 是空的", "lists")),
        ('[[pair]]\nwrong = "的"\nright = "地"\n', ("wrong", "太短")),
        ('[[pair]]\nwrong = "即墨"\nright = "即墨"\n', ("right 与 wrong 相同",)),
        ('[[pair]]\nwrong = "即默"\nrigth = "即墨"\n', ("right 缺少",)),
        ('[[pair]]\nwrong = "即默"\nright = "即墨"\nnote = ""\n', ('未知的键 "note"', "unless_in")),
        ('[[pair]]\nwrong = "即默"\nright = "即墨"\nunless_in = ["河"]\n', ("unless_in", "“河”")),
        ('[[pair]]\nwrong = "即默"\nright = "即墨"\n' * 2, ("pair", "写了两次")),
        ('[pair]\nwrong = "即默"\n', ("pair", "列表")),
        ('[rules]\nallow = "即默"\n', ("allow", "列表")),
        ('[rules]\nallow = [" "]\n', ("allow", "空的一项")),
        ('[rules]\nlist = ["a.tsv"]\n', ('"list"', '是否为 "lists"')),
        ("[rules]\nlists = [1]\n", ("lists", "文字的列表")),
    ],
)
def test_faults_of_the_configuration(tmp_path: Path, text: str, parts: tuple[str, ...]) -> None:
    """One line with file, key and remedy."""
    with pytest.raises(ConfigError) as caught:
        load(tmp_path, text)
    assert str(caught.value).startswith(str(tmp_path / config.FILE_NAME))
    assert "\n" not in str(caught.value)
    for part in parts:
        assert part in str(caught.value)
