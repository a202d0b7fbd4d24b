"""The commands around the inspections: help, rule, config, and inspections that cannot begin."""

from pathlib import Path

import pytest

from tests.program import jimo_lint


def test_help_is_chinese(tmp_path: Path) -> None:
    """The help names every command under Chinese headings."""
    done = jimo_lint("--help", cwd=tmp_path)
    assert done.returncode == 0
    for word in ("用法：", "选项", "命令", "inspect", "check", "rule", "config", "demo", "退出码"):
        assert word in done.stdout
    assert "Usage" not in done.stdout
    assert "Show this" not in jimo_lint("check", "-h", cwd=tmp_path).stdout


def test_a_rule_is_explained_with_basis_and_examples(tmp_path: Path) -> None:
    """`rule` lists all rules; with a code it prints why, basis, example and counter-example."""
    listed = jimo_lint("rule", cwd=tmp_path).stdout
    assert listed.count("\n") >= 20
    explained = jimo_lint("rule", "dead-link", cwd=tmp_path).stdout
    for word in ("L101", "为何：", "依据：", "例：", "反例：", "改法："):
        assert word in explained
    assert jimo_lint("rule", "Z9", cwd=tmp_path).returncode == 2


def test_settings_say_where_they_come_from(tmp_path: Path) -> None:
    """`config` marks what the file sets and what is a default."""
    (tmp_path / "jimo-lint.toml").write_text('[crawl]\ndelay = 2\n[site]\nname = "某区"\n', encoding="utf-8")
    shown = jimo_lint("config", cwd=tmp_path).stdout
    assert "delay = 2.0    配置文件" in shown
    assert "max_pages = 20000    默认" in shown
    assert str(tmp_path) in shown


@pytest.mark.parametrize("inspection", ["weekly", "columns"])
def test_an_inspection_without_configuration_says_what_to_do(tmp_path: Path, inspection: str) -> None:
    """No configuration: one line with place, fault and remedy, exit 2."""
    done = jimo_lint("inspect", inspection, cwd=tmp_path)
    assert done.returncode == 2
    assert "jimo-lint.toml" in done.stderr
    assert done.stderr.count("\n") == 1


def test_an_inspection_of_nothing_says_what_is_missing(tmp_path: Path) -> None:
    """A configuration without site or accounts is refused before anything is fetched."""
    (tmp_path / "jimo-lint.toml").write_text('[site]\nname = "某区"\n', encoding="utf-8")
    assert "start" in jimo_lint("inspect", "columns", cwd=tmp_path).stderr
    assert "[[account]]" in jimo_lint("inspect", "weekly", cwd=tmp_path).stderr


def test_an_unknown_report_name_is_refused_before_the_work(tmp_path: Path) -> None:
    """A report name that fits no writer is refused at once, not after an hour of crawling."""
    (tmp_path / "jimo-lint.toml").write_text('[site]\nstart = ["http://127.0.0.1:9/"]\n', encoding="utf-8")
    done = jimo_lint("inspect", "columns", "-o", "报告.doc", cwd=tmp_path)
    assert done.returncode == 2
    assert ".xlsx" in done.stderr
