"""Whoever follows the steps of CONTRIBUTING's 加一种巡检 has an inspection, and has changed four files of others."""

from __future__ import annotations

import csv
import json
import os
import re
import shutil
import subprocess
import sys
import textwrap
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from docx import Document
from openpyxl import load_workbook

from tests.support import checkout as checkouts
from tests.support.checkout import ROOT

pytestmark = pytest.mark.slow

CASE = ROOT / "tests/cases/inspection"
CODE, RULE = "windows", "D190"
CONTRIBUTING = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
SECTION = re.split(r"^## ", CONTRIBUTING.split("\n## 加一种巡检\n")[1], maxsplit=1, flags=re.M)[0]
BLOCKS = [textwrap.dedent(one) for one in re.findall(r"^ *```python\n(.*?)^ *```$", SECTION, re.M | re.S)]
MODULES = re.findall(r"^ *\| `(jimo_lint/[^`]+)` \|", SECTION, re.M)
(TESTS,) = re.findall(r'`make test TESTS="([^"]+)"`', SECTION)
SHARED = [re.match(r"# (\S+)\n", one)[1] for one in BLOCKS]  # type: ignore[index]
# What step 3 and 4 name beside the code.
DOCUMENTS = ["README.md", "docs/report-json.md", "jimo_lint/demo/data/truth.toml", "tests/support/report_samples.py"]
GENERATED = {"docs/rules.md", "docs/forms.md"}
AS_OF = "2026-11-22"
SETTINGS = """\
[site]
name = "云溪区人民政府"
[windows]
list = "窗口.csv"
[[account]]
name = "云溪发布"
platform = "wechat"
archive = "甲.csv"
"""


class Copy(NamedTuple):
    """A copy of the checkout to which the inspection was added."""

    root: Path

    def run(self, *arguments: str, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
        """Run Python with the program that lies in the copy."""
        path = os.pathsep.join((os.environ["PYTHONPATH"].split(os.pathsep)[0], str(self.root)))
        environment = {**os.environ, "PYTHONPATH": path, "NO_COLOR": "1", "COLUMNS": "120"}
        return subprocess.run(
            [sys.executable, *arguments],
            cwd=cwd or self.root,
            env=environment,
            check=False,
            capture_output=True,
            text=True,
            timeout=240,
        )

    def git(self, *arguments: str) -> str:
        """What git says in the copy."""
        command = ["git", "-C", str(self.root), *arguments]
        return subprocess.run(command, check=True, capture_output=True, text=True, timeout=60).stdout


def insert(path: Path, anchor: str, where: str, text: str) -> None:
    """Put text before or after the one line that contains the anchor."""
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    (number,) = [number for number, line in enumerate(lines) if anchor in line]
    lines.insert(number + (where == "之后"), text)
    path.write_text("".join(lines), encoding="utf-8")


def replace(path: Path, old: str, new: str) -> None:
    """Replace what stands once in a file."""
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1, (path, old)
    path.write_text(text.replace(old, new), encoding="utf-8")


def change_shared_files(root: Path) -> None:
    """Step 2: what the page shows, where it says."""
    for block in BLOCKS:
        file, *parts = re.split(r"^# (.+) (之前|之后)\n", block, flags=re.M)
        path = root / file.removeprefix("# ").strip()
        for anchor, where, text in zip(parts[::3], parts[1::3], parts[2::3], strict=True):
            insert(path, anchor, where, text)


def document(root: Path) -> None:
    """Steps 3 and 4: the files that the page names, as it says."""
    readme, json_page, truth, samples = (root / name for name in DOCUMENTS)
    insert(truth, "D180 = ", "之后", f'{RULE} = "演示站点没有窗口清单"\n')
    insert(readme, "jimo-lint inspect requests  ", "之后", f"jimo-lint inspect {CODE}  # 窗口巡检\n")
    replace(json_page, "`requests` 周调度、", f"`requests` 周调度、`{CODE}` 窗口巡检、")
    replace(json_page, "| `kind` | 文字 | 问题属于谁：", "| `kind` | 文字 | 问题属于谁：`window` 窗口、")
    insert(json_page, "| `requests` | 依申请公开台账", "之后", f"| `{CODE}` | 受理窗口；别的巡检为空 |\n")
    keys = "、".join(f"`{name}`" for name in ("name", "owner", "phone", "file", "place"))
    insert(json_page, "## deadlines", "之前", f"## {CODE}\n\n窗口巡检才有：{keys}。\n\n")
    sample = (CASE / "sample.txt").read_text(encoding="utf-8")
    insert(samples, "REPORTS: Mapping", "之前", f"{sample}\n\n")
    insert(samples, "from tests.support import shipped", "之前", "from jimo_lint.model.windows import Window\n")
    insert(samples, '"requests": requests,', "之后", f'    "{CODE}": {CODE},\n')
    insert(samples, '"requests": \'[requests]', "之后", f'    "{CODE}": \'[windows]\\nlist = "窗口.csv"\\n\',\n')


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Copy]:
    """The steps done."""
    folder = tmp_path_factory.mktemp("addition")
    made = Copy(checkouts.copy(folder / "jimo-lint"))
    made.git("init", "--quiet")
    made.git("add", "--all")  # what is changed from now on differs from that
    for name in ("jimo_lint", "rules"):
        shutil.copytree(CASE / name, made.root / name, dirs_exist_ok=True)
    change_shared_files(made.root)
    document(made.root)
    done = made.run("tools/build_docs.py")
    assert done.returncode == 0, done.stderr
    yield made
    shutil.rmtree(folder)


class Office(NamedTuple):
    """A folder with settings in which the program of the copy is run."""

    folder: Path
    copy: Copy

    def jimo_lint(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run a command there."""
        return self.copy.run("-m", "jimo_lint", *arguments, cwd=self.folder)


@pytest.fixture
def office(copy: Copy, tmp_path: Path) -> Office:
    """One with two windows of which one has no telephone."""
    (tmp_path / "jimo-lint.toml").write_text(SETTINGS, encoding="utf-8")
    listed = "窗口,责任单位,电话\n大厅一号窗口,区政务服务局,0532-88881234\n大厅二号窗口,区档案馆,\n"
    (tmp_path / "窗口.csv").write_text(listed, encoding="utf-8")
    (tmp_path / "甲.csv").write_text("标题,发布时间\n示例,2026-11-20\n", encoding="utf-8")
    return Office(tmp_path, copy)


def test_four_shared_files_are_enough(copy: Copy) -> None:
    """Nothing of the program but them is changed; what is new are the modules of the page and the rule."""
    changed = set(copy.git("diff", "--name-only").splitlines())
    assert {name for name in changed if name.endswith(".py") and not name.startswith("tests/")} == set(SHARED)
    assert len(SHARED) == 4
    assert changed - set(SHARED) - set(DOCUMENTS) == GENERATED
    new = copy.git("ls-files", "--others", "--exclude-standard").splitlines()
    (rule,) = (CASE / "rules").iterdir()
    assert sorted(new) == sorted([*MODULES, f"rules/{rule.name}"])
    assert f"`rules/{rule.name}`" in SECTION


def test_it_runs_and_every_form_has_its_finding(office: Office) -> None:
    """On the screen, in the workbook and its own sheet, in JSON that is read back, in a page and in a table."""
    forms = ("-f", "text", "-f", "json:报告.json", "-f", "html:报告.html", "-f", "csv:明细.csv")
    done = office.jimo_lint("inspect", CODE, "--as-of", AS_OF, *forms)
    assert done.returncode == 0, done.stderr
    said = "受理窗口“大厅二号窗口”没有写电话"
    assert said in done.stdout and RULE in done.stdout
    assert "窗口 2 个：正常 1，缺电话 1" in done.stdout

    book = load_workbook(office.folder / f"reports/窗口巡检-{AS_OF}.xlsx")
    cells = {sheet.title: [[cell.value for cell in row] for row in sheet] for sheet in book}
    assert [row[1:5] for row in cells["逐个窗口"][1:]] == [
        ["大厅一号窗口", "区政务服务局", "0532-88881234", "正常"],
        ["大厅二号窗口", "区档案馆", None, "缺电话"],
    ]
    (found,) = [row for row in cells["问题明细"] if said in row]
    assert "区档案馆" in found and RULE in found
    told = [value for row in cells["说明"] for value in row]
    assert RULE in told and "D150" not in told

    report = json.loads((office.folder / "报告.json").read_text(encoding="utf-8"))
    assert [(one["code"], one["subject"], one["kind"], one["owner"]) for one in report["findings"]] == [
        (RULE, "大厅二号窗口", "window", "区档案馆")
    ]
    assert [one["phone"] for one in report[CODE]] == ["0532-88881234", ""]
    shown = (office.folder / "报告.html").read_text(encoding="utf-8")
    assert said in shown and "0532-88881234" in shown
    with (office.folder / "明细.csv").open(encoding="utf-8-sig", newline="") as file:
        assert [row["说明"] for row in csv.DictReader(file)] == [said]


def test_the_other_commands_know_it(office: Office) -> None:
    """The exit code is by --fail-on, the timetable has it, the next run compares, a 通报 concludes, a recheck lives."""
    first = office.jimo_lint("inspect", CODE, "--as-of", AS_OF)
    assert first.returncode == 0, first.stderr
    again = office.jimo_lint("inspect", CODE, "--as-of", "2026-11-23", "--fail-on", "warning", "-f", "json")
    assert again.returncode == 1, again.stderr
    (finding,) = json.loads(again.stdout)["findings"]
    assert finding["history"]["first_seen"] == AS_OF
    planned = office.jimo_lint("schedule")
    assert re.search(rf"^0 9 1 \* \* .* inspect {CODE} ", planned.stdout, re.M), planned.stderr
    told = office.jimo_lint("bulletin", "--inspection", CODE, "-o", "通报.docx", "--as-of", "2026-11-23")
    assert told.returncode == 0, told.stderr
    written = "".join(one.text for one in Document(str(office.folder / "通报.docx")).paragraphs)
    assert "窗口 2 个，都能作出结论，合格 1 个，合格率 50.0%（1/2）" in written
    weekly = office.jimo_lint("inspect", "weekly", "--as-of", "2026-11-23")
    assert weekly.returncode == 0, weekly.stderr
    seen = office.jimo_lint("recheck", "云溪发布", "--as-of", "2026-11-24")
    assert seen.returncode in (0, 1) and "1 处：已复查 1" in seen.stdout, seen.stdout + seen.stderr


def test_the_tests_of_the_page_pass(copy: Copy) -> None:
    """What is asked of every inspection holds for it, and the modules stand where they may."""
    general = "every_inspection or every_subject or every_key or up_to_date or layers or one_duty or is_planted"
    chosen = f"{CODE} or {RULE} or {general}"
    arguments = ("-q", "-n", "0", "-p", "no:cacheprovider", "-k", chosen)
    done = copy.run("-m", "pytest", *arguments, *TESTS.split())
    assert done.returncode == 0, done.stdout + done.stderr
    assert " passed" in done.stdout
