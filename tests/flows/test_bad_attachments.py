"""Files that cannot be read, or only with care: each costs itself one line and nothing else, in bounded memory."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path, PurePath
from typing import Any, NamedTuple

import pytest

from jimo_lint.model import Document
from jimo_lint.readers import reading
from jimo_lint.readers.source import Source
from tests.support import attached, badfiles

AS_OF = date(2026, 11, 22)
MOST = 600  # MB: what a file may take, and the program with all it knows
WRONG = [["序号", "说明"], ["1", "抓好关健环节"]]

# What looks bad and is not: each holds a wrong word, which is found.
SOUND: dict[str, Callable[[], bytes]] = {
    "百万行.xlsx": lambda: badfiles.vast_sheet("抓好关健环节"),
    "说是百万行.xlsx": lambda: badfiles.vast_sheet(rows=WRONG),
    "改名的表格.pdf": lambda: attached.xlsx(WRONG),
    "改名的文稿.xls": lambda: attached.docx(table=WRONG),
    "改名的压缩包.rar": lambda: attached.zipped({"名单.csv": attached.gbk_csv(WRONG)}),
    "没有后缀": lambda: attached.pdf(attached.lines(WRONG)),
    "国标名.zip": lambda: attached.zipped({"名单/汇总表.csv": attached.gbk_csv(WRONG)}, "gbk"),
    "三层.zip": lambda: attached.zipped(
        {"a.zip": attached.zipped({"b.zip": attached.zipped({"c.csv": attached.gbk_csv(WRONG)})})}
    ),
}

pytestmark = pytest.mark.slow


class Checked(NamedTuple):
    """A run of `check`. rss: MB, the most of it or of a process that it started."""

    code: int
    report: dict[str, Any]
    errors: str
    rss: float

    def problems(self, name: str) -> list[str]:
        """What it says of a file and of those inside."""
        return [
            one["message"] for one in self.report["problems"] if PurePath(one["place"].split(" › ")[0]).name == name
        ]

    def found(self, name: str) -> list[str]:
        """The wrong words it found there."""
        return [one["matched"] for one in self.report["findings"] if PurePath(one["url"].split(" › ")[0]).name == name]


# Says what memory a command took. A child's ru_maxrss begins with what its parent had, and tests grow large.
_MEASURE = (
    "import os, subprocess, sys\n"
    "child = subprocess.Popen(sys.argv[2:])\n"
    "_, status, usage = os.wait4(child.pid, 0)\n"
    "open(sys.argv[1], 'w').write(str(usage.ru_maxrss))\n"
    "sys.exit(os.waitstatus_to_exitcode(status))\n"
)


def check(folder: Path) -> Checked:
    """`jimo-lint check` on a folder, in a process of its own."""
    peak = folder.parent / "peak"
    command = [
        *(sys.executable, "-c", _MEASURE, str(peak)),
        sys.executable,
        "-m",
        "jimo_lint",
        "check",
        "--isolated",
        "--as-of",
        AS_OF.isoformat(),
        "--select",
        "T101",
    ]
    with (folder.parent / "out.json").open("wb") as out, (folder.parent / "errors").open("wb") as errors:
        process = subprocess.Popen([*command, "-f", "json", str(folder)], stdout=out, stderr=errors, cwd=folder.parent)
        process.wait()
    said = (folder.parent / "errors").read_text("utf-8")
    report = json.loads((folder.parent / "out.json").read_text("utf-8") or "{}")
    return Checked(process.returncode, report, said, int(peak.read_text()) / 1024)


@pytest.fixture(scope="module")
def checked(tmp_path_factory: pytest.TempPathFactory) -> Checked:
    """One run on all bad files, those that only look bad, and two that are plain."""
    folder = tmp_path_factory.mktemp("bad") / "files"
    folder.mkdir()
    for name, (_, make) in badfiles.BAD.items():
        (folder / name).write_bytes(make())
    for name, make in SOUND.items():
        (folder / name).write_bytes(make())
    (folder / "0.txt").write_text("抓好关健环节\n", encoding="utf-8")
    (folder / "龥.docx").write_bytes(attached.docx(table=WRONG))
    (folder / "大图.png").write_bytes(badfiles.huge_picture())
    (folder / "链接.zip").write_bytes(badfiles.linked())
    return check(folder)


def test_the_run_ends_with_two_and_without_a_traceback(checked: Checked) -> None:
    """Something could not be read, so the run is not complete; nothing is said beside the report."""
    assert checked.code == 2
    assert "Traceback" not in checked.errors


def test_memory_is_bounded(checked: Checked) -> None:
    """Neither a bomb nor a vast picture is ever in memory whole."""
    assert checked.rss < MOST


@pytest.mark.parametrize("name", badfiles.BAD)
def test_a_bad_file_is_one_problem(name: str, checked: Checked) -> None:
    """Its place, what is wrong and what to do, in one line."""
    (said,) = checked.problems(name)
    fault, _, remedy = said.partition("。")
    assert fault and remedy, said
    assert "Error" not in said and "Exception" not in said


@pytest.mark.parametrize("name", ["0.txt", "龥.docx", *SOUND])
def test_the_others_are_read(name: str, checked: Checked) -> None:
    """What only looks bad is read in full, and so are the first and the last file of the run."""
    assert checked.found(name) == ["关健"]
    assert checked.problems(name) == []


def test_a_vast_picture_is_named(checked: Checked) -> None:
    """It is too large to look at, or nobody reads pictures here; either way it is told of once."""
    assert len(checked.problems("大图.png")) == 1


def test_links_in_archives_are_not_followed(checked: Checked) -> None:
    """They are named; what they lead to on this machine is not read."""
    assert all("root:" not in said for said in checked.problems("链接.zip"))
    assert any("链接" in said for said in checked.problems("链接.zip"))


@pytest.mark.parametrize("name", badfiles.BAD)
def test_rules_can_judge_what_is_bad(name: str) -> None:
    """As an attachment it is a document, without text where nothing of it can be read, whose mark says why."""
    wanted, make = badfiles.BAD[name]
    asked = reading.Asked(AS_OF, source="attachment", told=True)
    read = list(reading.read(Source(name, make()), PurePath(name).suffix, asked))
    documents = [one for one in read if isinstance(one, Document)]
    marks = [mark.kind for one in documents for mark in one.file_facts.marks]
    assert marks == ([wanted] if wanted else [])
    assert len(read) - len(documents) == 1
