"""Starts LibreOffice with a macro of ours: a reviewer at a workbook, or a clerk who saves documents as all formats."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
from collections.abc import Iterable
from html import escape
from pathlib import Path
from typing import NamedTuple

SOFFICE = shutil.which("soffice")
# Text, tables and slides are programs of their own, each of which may be missing.
WHOLE = SOFFICE is not None and all(map(shutil.which, ("lowriter", "localc", "loimpress")))

_MACROS = Path(__file__).resolve().parent
_LIBRARY = '<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE library:{kind} PUBLIC "-//OpenOffice.org//DTD" "{dtd}">\n'
_SPACE = 'xmlns:library="http://openoffice.org/2000/library"'

# How the program calls the formats, by suffix; text and tables have filters of their own for the same one.
_TEXT = {
    ".docx": "MS Word 2007 XML",
    ".dotx": "MS Word 2007 XML Template",
    ".doc": "MS Word 97",
    ".rtf": "Rich Text Format",
    ".odt": "writer8",
    ".pdf": "writer_pdf_Export",
    ".html": "HTML (StarWriter)",
}
_SHEETS = {
    ".xlsx": "Calc MS Excel 2007 XML",
    ".xlsm": "Calc MS Excel 2007 VBA XML",
    ".xltx": "Calc MS Excel 2007 XML Template",
    ".xls": "MS Excel 97",
    ".xlt": "MS Excel 97 Vorlage/Template",
    ".ods": "calc8",
    ".ots": "calc8_template",
    ".pdf": "calc_pdf_Export",
    ".csv": "Text - txt - csv (StarCalc)",
}
_SLIDES = {
    ".pptx": "Impress MS PowerPoint 2007 XML",
    ".ppt": "MS PowerPoint 97",
    ".odp": "impress8",
    ".pdf": "impress_pdf_Export",
}
# By the suffix of what is opened.
_FILTERS = {
    ".fodt": _TEXT, ".odt": _TEXT, ".fods": _SHEETS, ".ods": _SHEETS, ".xlsx": _SHEETS, ".xls": _SHEETS,
    ".fodp": _SLIDES,
}  # fmt: skip
_OPTIONS = {".csv": "44,34,76,1"}  # comma, quotation mark, UTF-8, from the first line


class Job(NamedTuple):
    """A document to save as something else. suffixes: of what is wanted. folder: where to, if not beside it."""

    source: Path
    suffixes: Iterable[str]
    folder: Path | None = None


def profile(folder: Path, name: str) -> str:
    """A profile with the macros of `name`.bas in it, which are trusted there; its address."""
    # The first start fills the profile, and replaces a library that is there already.
    subprocess.run(
        [str(SOFFICE), f"-env:UserInstallation={folder.as_uri()}", "--headless", "--terminate_after_init"],
        check=True,
        capture_output=True,
        timeout=120,
    )
    standard = folder / "user" / "basic" / "Standard"
    head = _LIBRARY.format(kind="library", dtd="library.dtd")
    for file, elements in (("script", f'<library:element library:name="{name}"/>'), ("dialog", "")):
        (standard / f"{file}.xlb").write_text(
            f'{head}<library:library {_SPACE} library:name="Standard" library:readonly="false"'
            f' library:passwordprotected="false">{elements}</library:library>',
            encoding="utf-8",
        )
    module = _LIBRARY.format(kind="module", dtd="module.dtd").replace("library:module", "script:module")
    text = (_MACROS / f"{name}.bas").read_text(encoding="utf-8")
    (standard / f"{name}.xba").write_text(
        f'{module}<script:module xmlns:script="http://openoffice.org/2000/script" script:name="{name}"'
        f' script:language="StarBasic">{escape(text)}</script:module>',
        encoding="utf-8",
    )
    return folder.as_uri()


def run(folder: Path, name: str, call: str) -> None:
    """Call a macro of `name`.bas and wait for its end. folder: for the profile."""
    address = profile(folder / "profile", name)
    macro = f"macro:///Standard.{name}.{call}"
    command = [str(SOFFICE), f"-env:UserInstallation={address}", "--headless", "--norestore", macro]
    # What is started is a script; the program itself is its child, and would outlive it.
    process = subprocess.Popen(command, start_new_session=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        code = process.wait(timeout=240)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        raise
    assert code == 0


def convert(folder: Path, jobs: Iterable[Job]) -> None:
    """Save each source under its name in each format, in one start of the program. folder: for what it needs."""
    lines = []
    for job in jobs:
        for suffix in job.suffixes:
            name = _FILTERS[job.source.suffix][suffix]
            target = ((job.folder or job.source.parent) / f"{job.source.stem}{suffix}").as_uri()
            lines.append("\t".join((job.source.as_uri(), target, name, _OPTIONS.get(suffix, ""))))
    listed = folder / "jobs"
    listed.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    run(folder, "Converter", f'Convert("{listed}")')
