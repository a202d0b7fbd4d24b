"""Which rules judge which draft, by settings, genre, path and command line."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from jimo_lint import privacy
from jimo_lint.errors import RuleError
from jimo_lint.inspection import drafts
from jimo_lint.inspection.benches import Asked, Benches
from jimo_lint.inspection.library import check_text
from jimo_lint.model import Block, Confidence, Document, Report
from jimo_lint.settings import config

DAY = date(2026, 1, 31)
TEXT = "会议研究布署工作。联系人王某某，手机13800138000。身份证号11010519491231002X。附件:名单"


def settings(folder: Path, text: str) -> config.Config:
    """Read as a configuration in the folder."""
    (folder / config.FILE_NAME).write_text(text, encoding="utf-8")
    return config.load(folder / config.FILE_NAME)


def codes(benches: Benches, path: str) -> set[str]:
    """Those of the rules for a draft there."""
    return set(benches.of(path).rules)


def report(known: config.Config, *names: str, asked: Asked = drafts.NOTHING, text: str = TEXT) -> Report:
    """Of drafts of these names with the same text."""
    documents = [privacy.mask(Document(name, name, "file", "", (Block("body", text),))) for name in names]
    return drafts.check(documents, known, as_of=DAY, asked=asked)[0]


def found(of: Report) -> dict[tuple[str, str], str]:
    """Level by path and code."""
    return {(one.url, one.code): one.severity.name for one in of.findings}


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def test_a_genre_holds_for_all_drafts_or_for_a_path(tmp_path: Path) -> None:
    """公示 makes personal data an error, with the basis of that; the command line goes before the settings."""
    known = settings(tmp_path, '[[path]]\nmatch = "公示/**"\nas = "公示"\n')
    plain = report(known, "a.txt", "公示/a.txt")
    assert found(plain)[("a.txt", "P103")] == "WARNING" and found(plain)[("公示/a.txt", "P103")] == "ERROR"
    [raised] = [one for one in plain.findings if one.url == "公示/a.txt" and one.code == "P103"]
    assert "第十五条" in raised.basis
    everywhere = report(known, "a.txt", asked=Asked(genre="公示"))
    assert found(everywhere)[("a.txt", "P103")] == "ERROR"
    news = report(known, "公示/a.txt", asked=Asked(genre="新闻"))
    assert found(news)[("公示/a.txt", "P103")] == "WARNING"


def test_what_a_genre_takes_away_is_named(tmp_path: Path) -> None:
    """A rule switched off never counts as passed; once a genre, and not where no draft was of it."""
    known = settings(tmp_path, '[[path]]\nmatch = "新闻/"\nas = "新闻"\n')
    told = report(known, "新闻/a.txt", "新闻/b.txt")
    [problem] = [one for one in told.problems if one.code == "genre-off"]
    assert "F116 附件说明后没有附件" in problem.message and problem.place == "文种 新闻"
    assert [rule.code for rule in told.off] == ["F116"] and told.partial and told.complete
    other = report(known, "a.txt")
    assert not other.off and not other.problems


def test_later_tables_win(tmp_path: Path) -> None:
    """Each table goes over those before it: what one takes away a later one may bring back, and the other way round."""
    known = settings(
        tmp_path,
        '[rules]\nignore = ["F104"]\n'
        '[[path]]\nmatch = "甲/"\nextend_select = ["F104", "T108"]\nignore = ["T101", "P"]\n'
        '[[path]]\nmatch = "甲/乙/"\nextend_select = ["T101"]\nignore = ["T108"]\n'
        '[[path]]\nmatch = "甲/乙/丙/"\nselect = ["S"]\nignore = ["S108"]\n',
    )
    benches = Benches(known, DAY, drafts.NOTHING)
    assert "F104" not in codes(benches, "a.txt") and "T101" in codes(benches, "a.txt")
    first = codes(benches, "甲/a.txt")
    assert {"F104", "T108"} <= first and not first & {"T101", "P101"}
    second = codes(benches, "甲/乙/a.txt")
    assert {"F104", "T101"} <= second and not second & {"T108", "P101"}
    third = codes(benches, "甲/乙/丙/a.txt")
    assert {code[0] for code in third} == {"S"} and "S108" not in third


def test_the_more_exact_wins_within_a_table(tmp_path: Path) -> None:
    """As on the command line: `ignore` wins a tie."""
    known = settings(
        tmp_path, '[[path]]\nmatch = "a"\nignore = ["T"]\nextend_select = ["T101"]\n'
        '[[path]]\nmatch = "b"\nignore = ["T101"]\nextend_select = ["T101"]\n',
    )  # fmt: skip
    benches = Benches(known, DAY, drafts.NOTHING)
    assert [code for code in codes(benches, "a") if code[0] == "T"] == ["T101"]
    assert "T101" not in codes(benches, "b") and "T102" in codes(benches, "b")


def test_the_command_line_has_the_last_word(tmp_path: Path) -> None:
    """--ignore and --extend-select go over every table; --select lets no table and no genre add anything."""
    known = settings(
        tmp_path, '[[path]]\nmatch = "*"\nextend_select = ["T108"]\nignore = ["T101", "P101"]\nas = "公示"\n'
    )
    asked = Benches(known, DAY, Asked(ignore=("T108",), extend=("T101",)))
    assert "T101" in codes(asked, "a") and "T108" not in codes(asked, "a")
    only = Benches(known, DAY, Asked(only=("T", "P101")))
    assert {code[0] for code in codes(only, "a")} == {"T"} and "T101" not in codes(only, "a")
    assert codes(Benches(known, DAY, Asked(only=("P103",))), "a") == {"P103"}


def test_texts_and_lists_of_a_path_are_more(tmp_path: Path) -> None:
    """What the office allows there is silent there only, and its list is looked for there only."""
    (tmp_path / "词.tsv").write_text("term\tsuggestion\n研究\t商量\n", encoding="utf-8")
    known = settings(
        tmp_path, '[rules]\nallow = ["没有的"]\n[[path]]\nmatch = "甲/"\nallow = ["研究布署"]\n'
        '[[path]]\nmatch = "乙/"\nlists = ["词.tsv"]\n',
    )  # fmt: skip
    seen = found(report(known, "a.txt", "甲/a.txt", "乙/a.txt"))
    assert ("a.txt", "T101") in seen and ("甲/a.txt", "T101") not in seen and ("乙/a.txt", "T101") in seen
    assert ("乙/a.txt", "T107") in seen and ("a.txt", "T107") not in seen


def test_what_lies_in_a_file_goes_by_the_path_of_that(tmp_path: Path) -> None:
    """A list in a packed file is judged as the package; a page of the web has no path."""
    known = settings(
        tmp_path, '[[path]]\nmatch = "公示/**"\nselect = ["S"]\n[[path]]\nmatch = "*.html"\nselect = ["S"]\n'
    )
    benches = Benches(known, DAY, drafts.NOTHING)
    assert "P101" not in codes(benches, "公示/外.zip › 内/名单.xlsx")
    assert "P101" in codes(benches, "外.zip › 公示/名单.xlsx")
    assert "P101" in codes(benches, "https://www.qingtan.example/公示/a.html")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('[[path]]\nmatch = "没有/"\nselect = ["T999"]', '第 1 个 [[path]]：没有规则 "T999"'),
        ('[[path]]\nmatch = "没有/"\n[[path]]\nmatch = "x"\nignore = ["comon-typo"]', '是否为 "common-typo"？'),
        ('[[path]]\nmatch = "没有/"\nas = "公事"', "第 1 个 [[path]]：“公事”这个文种不认识"),
    ],
)
def test_a_table_is_looked_at_before_any_draft(tmp_path: Path, text: str, said: str) -> None:
    """A slip in a table that no draft is concerned by today is told today."""
    with pytest.raises(RuleError) as fault:
        Benches(settings(tmp_path, text), DAY, drafts.NOTHING)
    assert said in str(fault.value) and "jimo-lint.toml" in str(fault.value)


def test_confidence(tmp_path: Path) -> None:
    """Rules that are never so sure are not used, single hits of others not reported; both are told."""
    text = "研究制定和修盯有关法律法规和政策。"
    known = settings(tmp_path, "")
    everything = report(known, "a.txt", text=text, asked=Asked(extend=("T105",)))
    sure = report(known, "a.txt", text=text, asked=Asked(extend=("T105",), least=Confidence.CERTAIN))
    assert {one.code for one in everything.findings} - {one.code for one in sure.findings} >= {"T104"}
    [told] = [one for one in sure.problems if one.code == "unsure"]
    assert "“确定”" in told.message and "S109、T104、T105、T109" in told.message and told.excused
    likely = Benches(known, DAY, Asked(extend=("T105",), least=Confidence.LIKELY))
    assert "T104" in codes(likely, "a.txt") and "T105" not in codes(likely, "a.txt")
    assert not [one for one in everything.problems if one.code == "unsure"]


def test_a_hit_may_be_less_sure_than_its_rule(tmp_path: Path) -> None:
    """What rests on a date that the draft does not have is possible at most: counted, not reported."""
    text = "区国土资源局负责实施。"
    known = settings(tmp_path, "")
    assert {one.code for one in report(known, "a.txt", text=text).findings} == {"S106"}
    sure = report(known, "a.txt", text=text, asked=Asked(least=Confidence.LIKELY))
    assert not sure.findings
    [told] = [one for one in sure.problems if one.code == "unsure"]
    assert "另有 1 个没有报" in told.message


def test_a_text_is_judged_by_the_path_it_would_have(tmp_path: Path) -> None:
    """The library, and editors, give a name; so does --stdin-filename."""
    settings(tmp_path, '[[path]]\nmatch = "公示/**"\nas = "公示"\n')
    given = {"config": tmp_path / config.FILE_NAME, "as_of": DAY, "select": ("P103",)}
    for name in ("公示/新.txt", str(tmp_path / "公示" / "新.txt")):
        assert found(check_text(TEXT, name=name, **given)) == {(name, "P103"): "ERROR"}  # type: ignore[arg-type]
    assert found(check_text(TEXT, **given)) == {("<text>", "P103"): "WARNING"}  # type: ignore[arg-type]
