"""The build without Python: whatever is imported by name, or read as a file, is among what the builder takes in."""

from __future__ import annotations

import re
import subprocess
import sys
from itertools import pairwise
from pathlib import Path

from jimo_lint import __version__
from tests.conftest import ROOT

sys.path.insert(0, str(ROOT / "tools"))
import build_single

SOURCES = [path for folder in ("jimo_lint", "spiders") for path in (ROOT / folder).rglob("*.py")]


def test_every_package_with_files_of_its_own_is_named() -> None:
    """Rules, word lists and pages lie in our package; jieba, python-docx and pdfium read files of theirs."""
    imported = {
        name
        for path in SOURCES
        for name in re.findall(r"^\s*(?:import|from) (\w+)", path.read_text(encoding="utf-8"), re.MULTILINE)
    }
    taken = {*build_single.MODULES, *build_single.FILES, *build_single.NATIVE}
    imported |= {
        name for path in SOURCES for name in re.findall(r'find_spec\("(\w+)"\)', path.read_text(encoding="utf-8"))
    }
    for package in ("jieba", "docx", "pypdfium2", "scrapy", "holidays", "chinese_calendar"):
        assert package in imported, f"{package}: no longer used, take it out of tools/build_single.py"
        assert package in {name.split(".")[0] for name in taken}
    assert not imported & set(build_single.LEFT_OUT) - {"PIL"}


def test_the_program_starts_parts_of_itself(tmp_path: Path) -> None:
    """`sys.executable -m jimo_lint …` of a frozen program is the program itself: the two words are nothing to it."""
    assert any('"-m", "jimo_lint"' in path.read_text(encoding="utf-8") for path in SOURCES)
    start = tmp_path / "start.py"
    start.write_text(build_single.START, encoding="utf-8")
    for more in ([], ["-m", "jimo_lint"]):
        done = subprocess.run(
            [sys.executable, str(start), *more, "--version"], capture_output=True, text=True, check=False
        )
        assert (done.returncode, done.stdout) == (0, f"jimo-lint {__version__}\n")


def test_one_file_or_a_folder() -> None:
    """The arguments say which, and where everything goes."""
    start, folder = Path("start.py"), Path("out")
    for one, option in ((True, "--onefile"), (False, "--onedir")):
        given = list(build_single.arguments(start, folder, one=one))
        assert option in given
        assert given[-1] == "start.py"
        assert given[given.index("--distpath") + 1] == "out"
        pairs = list(pairwise(given))
        assert ("--collect-data", "jimo_lint") in pairs
        assert ("--recursive-copy-metadata", "jimo-lint") in pairs
