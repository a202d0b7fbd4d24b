"""Builds jimo-lint as a program that runs without Python: one file, or a folder that starts faster.

Run it on the system that the program is for (Windows for Windows). PyInstaller works in an environment of its own, so
that nothing else of this machine gets in; what is found by name at run time is named here.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import venv
from collections.abc import Iterator, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PYINSTALLER = "pyinstaller==6.22.3"
# Packages whose modules are imported by name, whose files are read, or both.
MODULES = ("jimo_lint", "scrapy", "chinese_calendar", "holidays.countries", "twisted.internet")
FILES = ("jimo_lint", "jieba", "docx", "scrapy", "holidays")
NATIVE = ("pypdfium2", "pypdfium2_raw")
# What others import where it is there, and what a program for clerks has no use for.
LEFT_OUT = ("tkinter", "matplotlib", "IPython", "pytest", "PIL", "setuptools", "pip")
# The program starts parts of itself as `python -m jimo_lint`, and reads drafts in processes of its own.
START = """import multiprocessing
import sys

if __name__ == "__main__":
    multiprocessing.freeze_support()
    if sys.argv[1:3] == ["-m", "jimo_lint"]:
        del sys.argv[1:3]
    from jimo_lint.__main__ import main

    main()
"""


def arguments(start: Path, folder: Path, *, one: bool) -> Iterator[str]:
    """Those of PyInstaller. one: a single file."""
    yield from ("--noconfirm", "--log-level", "WARN", "--console", "--name", "jimo-lint")
    yield "--onefile" if one else "--onedir"
    yield from ("--distpath", str(folder), "--workpath", str(folder / "work"), "--specpath", str(folder / "work"))
    for option, names in (
        ("--collect-submodules", MODULES),
        ("--collect-data", FILES),
        ("--collect-all", NATIVE),
        # Scrapy says at each start which versions it works with, and ends where it finds none.
        ("--recursive-copy-metadata", ("jimo-lint",)),
        ("--exclude-module", LEFT_OUT),
    ):
        for name in names:
            yield from (option, name)
    yield str(start)


def build(folder: Path, source: str, *, one: bool) -> Path:
    """The program, built in `folder` of what pip makes of `source`."""
    work = folder / "work"
    work.mkdir(parents=True, exist_ok=True)
    venv.create(work / "venv", with_pip=True, clear=True)
    python = work / "venv" / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
    pip = [str(python), "-m", "pip", "--disable-pip-version-check", "install", "--quiet"]
    subprocess.run([*pip, "-c", str(ROOT / "constraints.txt"), source, PYINSTALLER], check=True)
    start = work / "start.py"
    start.write_text(START, encoding="utf-8")
    subprocess.run([str(python), "-m", "PyInstaller", *arguments(start, folder, one=one)], check=True, cwd=work)
    name = "jimo-lint.exe" if sys.platform == "win32" else "jimo-lint"
    return folder / name if one else folder / "jimo-lint" / name


def smoke(program: Path, folder: Path) -> None:
    """Run it: a bad draft is found, a workbook is read in a process of its own, the rules are there."""
    draft = folder / "试.txt"
    draft.write_text("各单位要抓好关健环节。\n", encoding="utf-8")
    for command, code, said in (
        (["--version"], 0, "jimo-lint"),
        (["check", "--isolated", str(draft)], 1, "“关健”应为“关键”"),
        (["rule", "T101"], 0, "T101"),
        (["demo", "--check", "--folder", str(folder / "演示")], 0, "完全一致"),
    ):
        ran = subprocess.run([str(program), *command], capture_output=True, check=False, cwd=folder)
        told = (ran.stdout + ran.stderr).decode("utf-8", "replace")
        if ran.returncode != code or said not in told:
            raise SystemExit(f"{program.name} {' '.join(command)}：退出码 {ran.returncode}，没有说“{said}”\n{told}")


def main(given: Sequence[str] | None = None) -> int:
    """Build and try it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--folder", action="store_true", help="a folder in place of one file: starts faster")
    parser.add_argument("--out", type=Path, default=ROOT / "dist" / "single")
    parser.add_argument("--source", default=str(ROOT), help="what pip installs: a checkout, a wheel, jimo-lint==0.1.0")
    chosen = parser.parse_args(given)
    out = chosen.out.resolve()
    program = build(out, chosen.source, one=not chosen.folder)
    smoke(program, out / "work")
    size = sum(
        path.stat().st_size
        for path in ([program] if not chosen.folder else program.parent.rglob("*"))
        if path.is_file()
    )
    print(f"{program}：{size / 1e6:.0f} MB")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
