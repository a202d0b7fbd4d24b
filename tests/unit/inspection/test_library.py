"""What other programs call: the same as `jimo-lint check`, typed, light to import, with errors that can be caught."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from dataclasses import fields
from datetime import date
from inspect import signature
from pathlib import Path
from typing import Any, get_type_hints

import pytest

import jimo_lint
from jimo_lint import Finding, Report, check_files, check_text
from jimo_lint.errors import ConfigError, JimoLintError, RuleError
from jimo_lint.model import Severity
from jimo_lint.report.machine import json as machine
from tests.conftest import ROOT
from tests.support import program

pytestmark = pytest.mark.slow

AS_OF = date(2026, 12, 1)
TEXT = "青潭区各部门要抓好关健环节。\n会议于2026年13月5日召开，联系人手机13800138000。\n"
PAGE = "<html><body><p>青潭区各部门要抓好关健环节。</p></body></html>"
DOCUMENT = (ROOT / "docs" / "api.md").read_text(encoding="utf-8")


def rows(report: Report) -> list[object]:
    """The findings as JSON has them."""
    found: list[object] = json.loads(machine.dumps(report))["findings"]
    return found


@pytest.mark.parametrize(("text", "suffix"), [(TEXT, ".txt"), (PAGE, ".html"), (f"# 题\n\n{TEXT}", ".md")])
def test_the_result_is_that_of_the_command(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str, suffix: str
) -> None:
    """Of a text, of the file that holds it, and of the command on that file."""
    file = f"稿{suffix}"
    (tmp_path / file).write_text(text, encoding="utf-8")
    done = program.jimo_lint("check", "--isolated", "-f", "json", "--as-of", "2026-12-01", file, cwd=tmp_path)
    wanted = json.loads(done.stdout)["findings"]
    assert wanted
    assert rows(check_text(text, name=file, suffix=suffix, as_of=AS_OF)) == wanted
    monkeypatch.chdir(tmp_path)
    assert rows(check_files([file], as_of=AS_OF)) == wanted


def test_a_text_that_is_a_page_is_read_as_one() -> None:
    """What its content says comes first, as of a file."""
    (finding,) = check_text(PAGE.replace("<html>", "<!DOCTYPE html><html>"), as_of=AS_OF).findings
    assert (finding.matched, finding.locator) == ("关健", "正文第 1 段")


def test_rules_are_chosen_as_in_the_command() -> None:
    """By code, letter or name, taken or left."""
    assert {one.code for one in check_text(TEXT, select=["T", "common-typo"], as_of=AS_OF).findings} >= {"T101"}
    assert {one.code[0] for one in check_text(TEXT, select=["T"], as_of=AS_OF).findings} == {"T"}
    assert "T101" not in {one.code for one in check_text(TEXT, ignore=["T101"], as_of=AS_OF).findings}


def test_own_words_are_found(tmp_path: Path) -> None:
    """A wrong expression with its right one, one without, and those of a configuration."""
    report = check_text("青谭区内部代号甲乙丙。", words={"青谭区": "青潭区", "内部代号": ""}, as_of=AS_OF)
    assert [(one.code, one.matched, one.suggestions) for one in report.findings] == [
        ("T107", "青谭区", ("青潭区",)),
        ("S110", "内部代号", ()),
    ]
    config = tmp_path / "jimo-lint.toml"
    config.write_text('[rules]\nallow = ["关健环节"]\n[[pair]]\nwrong = "青谭区"\nright = "青潭区"\n', encoding="utf-8")
    report = check_text("青谭区抓好关健环节。", config=config, as_of=AS_OF)
    assert [one.matched for one in report.findings] == ["青谭区"]


def test_no_configuration_is_found_by_chance(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A program is not led by a file that lies where it happens to run."""
    (tmp_path / "jimo-lint.toml").write_text('[rules]\nselect = ["S"]\n', encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert [one.code for one in check_text("抓好关健环节。", as_of=AS_OF).findings] == ["T101"]


def test_what_cannot_be_read_stands_in_the_report(tmp_path: Path) -> None:
    """No exception, and no pass: a file that is missing, one that is none, and an empty text."""
    (tmp_path / "稿.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "图.png").write_bytes(b"\x89PNG\r\n\x1a\n\0")
    report = check_files([tmp_path, tmp_path / "没有.txt"], as_of=AS_OF)
    assert [(Path(one.place).name, one.excused) for one in report.problems] == [("图.png", False), ("没有.txt", False)]
    assert report.run.complete and not report.complete and report.worst() is Severity.ERROR
    assert not check_files([tmp_path / "没有.txt"], as_of=AS_OF).run.complete
    assert not check_files([], as_of=AS_OF).run.complete
    left = check_files([str(tmp_path)], exclude=["*.png"], as_of=AS_OF)
    assert [one.excused for one in left.problems] == [True] and left.complete
    assert check_text("", as_of=AS_OF).problems
    assert not check_text("\0" * 8, as_of=AS_OF).run.complete
    assert check_text("关健\ud800。", as_of=AS_OF).findings[0].matched == "关健"


def test_personal_data_is_masked() -> None:
    """The number stands nowhere in the report."""
    report = check_text(TEXT, as_of=AS_OF)
    assert "P103" in {one.code for one in report.findings}
    assert "13800138000" not in repr((report.run, report.findings, report.problems))


def test_errors_can_be_caught(tmp_path: Path) -> None:
    """Rules that are not there, expressions that cannot be meant, a configuration that is not there; one path."""
    for words in ({"青": "轻"}, {"青潭": "青潭"}):
        with pytest.raises(RuleError, match="words"):
            check_text(TEXT, words=words)
    with pytest.raises(RuleError, match="T199"):
        check_text(TEXT, select=["T199"])
    with pytest.raises(ConfigError):
        check_files([], config=tmp_path / "none.toml")
    with pytest.raises(TypeError):
        check_files(str(tmp_path))
    assert issubclass(RuleError, JimoLintError) and issubclass(ConfigError, JimoLintError)


def test_importing_the_package_is_light() -> None:
    """Nothing of it is loaded but its own first module; the names that it offers are there, and no others."""
    script = "import sys, jimo_lint; print(*(one for one in sys.modules if one.startswith('jimo_lint')))"
    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, check=True, capture_output=True, text=True)
    assert done.stdout.split() == ["jimo_lint"]
    assert all(hasattr(jimo_lint, name) for name in jimo_lint.__all__)
    assert not hasattr(jimo_lint, "check_all")


def test_types_are_known_to_those_who_use_it() -> None:
    """The package says that it is typed, and its functions what they take and give."""
    assert (ROOT / "jimo_lint" / "py.typed").is_file()
    for one in (check_text, check_files):
        hints = get_type_hints(one)
        assert hints.keys() == {*signature(one).parameters, "return"}
        assert hints["return"] is Report and Any not in hints.values()


def test_the_example_of_the_documentation_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It prints what it is said to find, and what was not read."""
    (tmp_path / "稿件").mkdir()
    (tmp_path / "稿件" / "稿.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "稿件" / "附件.pdf").write_bytes(b"%PDF-1.7\n")
    (code,) = re.findall(r"```python\n(.*?)```", DOCUMENT, re.S)
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=tmp_path,
        check=True,
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    found, unread = done.stdout.splitlines()
    assert found == "T101 错误 关健 ('关键',)"
    assert unread.startswith("稿件/附件.pdf PDF 已损坏")


def test_the_documentation_names_what_is_there() -> None:
    """Every field and argument that docs/api.md names exists, and every argument is named."""
    table = DOCUMENT.partition("| `Finding` | 含义 |")[2].partition("\n\n")[0]
    named = {name for line in table.splitlines()[2:] for name in re.findall(r"`(\w+)`", line.split("|")[1])}
    assert named and named <= {one.name for one in fields(Finding)}
    arguments = {name for one in (check_text, check_files) for name in one.__annotations__ if name != "return"}
    table = DOCUMENT.partition("## 参数")[2].partition("## ")[0]
    assert {name for line in table.splitlines()[4:] if line for name in re.findall(r"`(\w+)`", line.split("|")[1])} == (
        arguments
    )


def test_texts_may_be_checked_in_threads() -> None:
    """The first ones at once in a new process, where everything is loaded for the first time, and as if alone."""
    code = """
import sys
from concurrent.futures import ThreadPoolExecutor
from jimo_lint import check_text
sys.setswitchinterval(1e-6)
texts = [f"第{one}次会议研究布署工作，要抓好关健环节，电话1380013{one:04}。" for one in range(16)]
said = lambda text: [(one.code, one.span, one.message, one.fingerprint) for one in check_text(text).findings]
with ThreadPoolExecutor(8) as threads:
    together = list(threads.map(said, texts))
assert together == [said(text) for text in texts] and all(len(one) >= 3 for one in together)
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
