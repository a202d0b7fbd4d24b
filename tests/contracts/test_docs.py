"""The documents say what the program does."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from jimo_lint.cli import catalogue, cli
from jimo_lint.cli.catalogue import heading, points, rule
from jimo_lint.language import wordlists
from jimo_lint.model import Opinion, Rule
from jimo_lint.readers.registers import term_list
from jimo_lint.review import marks
from tests.support import shipped

ROOT = Path(__file__).resolve().parents[2]
RULES = shipped.rules()
POINTS = ["查什么", "为何", "依据", "例", "反例", "已知误报", "改法"]

sys.path.insert(0, str(ROOT / "tools"))
import build_docs  # noqa: E402

PAGES = build_docs.pages()


@pytest.mark.parametrize("name", PAGES)
def test_the_generated_pages_are_up_to_date(name: str) -> None:
    """docs/rules.md and docs/indicators.md are what `tools/build_docs.py` makes of rules/."""
    written = (build_docs.DOCS / name).read_text(encoding="utf-8")
    assert written == PAGES[name], "python tools/build_docs.py"


def test_the_builder_tells_an_old_page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """--check leaves with 1 until the pages were written."""
    monkeypatch.setattr(build_docs, "DOCS", tmp_path)
    assert build_docs.main(["--check"]) == 1
    assert build_docs.main([]) == 0
    assert build_docs.main(["--check"]) == 0
    (tmp_path / "indicators.md").write_text("旧", encoding="utf-8")
    assert build_docs.main(["--check"]) == 1


def test_the_indicators_page_has_every_indicator() -> None:
    """Each has a row with its clause, mark, who judges it and its rules, which lead to the rules page."""
    rows = [line.split(" | ") for line in PAGES["indicators.md"].splitlines() if line.startswith("| ")]
    points = {row[2]: row for row in rows if len(row) == 9}
    for one in shipped.national().indicators:
        row = points[build_docs.escape(one.point)]
        assert row[4] == one.basis.evidence
        assert row[7] == one.judged.label
        assert all(f"rules.md#{code.lower()})" in row[8] for code in one.rules)
        assert ("待对照原件" in row[3]) == (not one.basis.verified)
    assert "地方加严标准示例" in PAGES["indicators.md"]


def test_the_rules_page_has_every_rule() -> None:
    """Each rule has a row that leads to its section, and text of rules is no markup."""
    page = build_docs.page(RULES)
    for one in RULES:
        assert f"](#{one.code.lower()})" in page
        assert f'<a id="{one.code.lower()}"></a>{one.code} ' in page
    assert build_docs.escape("<b>*甲*|[乙]`") == "\\<b\\>\\*甲\\*\\|\\[乙\\]\\`"


@pytest.mark.parametrize("one", RULES, ids=lambda one: one.code)
def test_a_rule_is_explained_in_full(one: Rule, monkeypatch: pytest.MonkeyPatch) -> None:
    """查什么, 为何, 依据, 例, 反例, 已知误报, 改法: in this order, each there, none empty."""
    names = [name for name, _ in points(one)]
    assert list(dict.fromkeys(names)) == POINTS
    assert names == sorted(names, key=POINTS.index)
    assert all(text.strip() for _, text in points(one))
    monkeypatch.setattr(catalogue, "all_rules", lambda _: RULES)
    shown = CliRunner().invoke(rule, [one.code]).output
    assert shown.splitlines()[0] == heading(one)
    assert not re.search(r"[{}]'|': |True|False|datetime", shown)


def test_what_a_rule_looks_for_names_its_lists() -> None:
    """The scope of a word rule names its lists with the number of their rows."""
    (typo,) = [one for one in RULES if one.code == "T101"]
    scope = dict(points(typo))["查什么"]
    assert f"typo-pairs（{wordlists.load('typo-pairs').title}，{len(wordlists.load('typo-pairs').words)} 条）" in scope


def test_word_list_columns_are_documented() -> None:
    """docs/word-lists.md names every column name that is understood, of users' lists and of ours."""
    text = (ROOT / "docs" / "word-lists.md").read_text(encoding="utf-8")
    for known in term_list.ALIASES.values():
        assert all(alias in text for alias in known)
    assert all(column in text for column in (*wordlists.COLUMNS, *wordlists.HEADER, *wordlists.CONFIDENCES))


def test_columns_of_reviews_are_documented() -> None:
    """docs/review.md names every column name that review import understands, and every opinion."""
    text = (ROOT / "docs" / "review.md").read_text(encoding="utf-8")
    lost = {"number", "code", "title", "word", "url", "target", "scope"}
    for field in marks.ALIASES.keys() - lost:
        assert all(alias in text for alias in marks.ALIASES[field])
    assert all(f"| {one.label} |" in text for one in Opinion)


def test_the_documented_list_can_be_used(tmp_path: Path) -> None:
    """The example in docs/word-lists.md is read without faults."""
    text = (ROOT / "docs" / "word-lists.md").read_text(encoding="utf-8")
    (example,) = re.findall(r"```\n(错误词\t.*?)```", text, re.S)
    path = tmp_path / "例.tsv"
    path.write_text(example, encoding="utf-8")
    assert [word.term for word in term_list.use(path)] == ["即默区", "关健", "老城片区办事处"]


def test_decisions_are_numbered_listed_and_whole() -> None:
    """Each page of docs/decisions says the context, the decision and what was measured; the list leads to all."""
    folder = ROOT / "docs" / "decisions"
    pages = sorted(path for path in folder.glob("*.md") if path.name != "README.md")
    assert [path.name[:4] for path in pages] == [f"{number:04}" for number in range(1, len(pages) + 1)]
    listed = (folder / "README.md").read_text(encoding="utf-8")
    for path in pages:
        lines = path.read_text(encoding="utf-8").splitlines()
        assert lines[0].startswith(f"# {path.name[:4]} ")
        assert [line for line in lines if line.startswith("## ")] == ["## 背景", "## 决定", "## 量到的"]
        assert f"]({path.name})" in listed


CLERK = (ROOT / "docs" / "clerk.md").read_text(encoding="utf-8")


def test_the_pictures_of_the_clerk_are_there_and_small() -> None:
    """Each is shown, lies beside the page, and takes less than 150 kB."""
    shown = re.findall(r"!\[[^\]]+\]\((pictures/[\w-]+\.png)\)", CLERK)
    made = {f"pictures/{path.name}": path.stat().st_size for path in (ROOT / "docs" / "pictures").iterdir()}
    assert sorted(shown) == sorted(made)
    assert max(made.values()) < 150_000


def test_what_the_clerk_is_told_to_type_exists() -> None:
    """Every command of the page is one, and every message that it explains is one that the program has."""
    typed = set(re.findall(r"jimo-lint ([a-z]+)", CLERK))
    assert {"inspect", "check", "review", "init", "accounts"} <= typed <= set(cli.list_commands(click.Context(cli)))
    sources = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "jimo_lint").rglob("*.py"))
    told = re.findall(r"^\| (.+?) \| ", CLERK[CLERK.index("## 六、") :], re.MULTILINE)
    ours = [
        one for row in told for one in re.findall("`([^`]+)`", row) if "内部或外部命令" not in one and "xlsx" not in one
    ]
    assert len(ours) >= 9
    for message in ours:
        for part in filter(None, re.split('…|。|"| ?jimo-lint.toml：?|命令行：', message)):
            assert part.strip() in sources, message
