"""Documents in which every part has a wrong word: saved by LibreOffice, or under the names that other programs give."""

from __future__ import annotations

import shutil
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from tests.support.office import flat, libreoffice

_MAKERS = {"text": (".fodt", flat.text), "sheets": (".fods", flat.sheets), "slides": (".fodp", flat.slides)}
# What other programs write and call otherwise; documents with macros, which are packages of another main kind.
_COPIES = {"wps": "doc", "et": "xls", "dps": "ppt"}
_MACROS = {"docm": "docx", "xlsm": "xlsx"}
_MAIN = {
    b"openxmlformats-officedocument.wordprocessingml.document.main": b"ms-word.document.macroEnabled.main",
    b"openxmlformats-officedocument.spreadsheetml.sheet.main": b"ms-excel.sheet.macroEnabled.main",
}
_MACRO_KIND = b'<Default Extension="bin" ContentType="application/vnd.ms-office.vbaProject"/></Types>'
_MACRO_LINK = (
    b'<Relationship Id="rIdMacro" Target="vbaProject.bin"'
    b' Type="http://schemas.microsoft.com/office/2006/relationships/vbaProject"/></Relationships>'
)
# Words moved by a tracked change: once where they were, once where they are now. LibreOffice writes none.
_MOVED = (
    '<w:p><w:moveFrom w:id="901" w:author="拟稿人" w:date="2026-11-20T09:00:00Z"><w:r><w:t>{0}</w:t></w:r></w:moveFrom>'
    '</w:p><w:p><w:r><w:t>别处的字。</w:t></w:r></w:p><w:p><w:moveTo w:id="902" w:author="拟稿人"'
    ' w:date="2026-11-20T09:00:00Z"><w:r><w:t>{0}</w:t></w:r></w:moveTo></w:p>'
)


def say(title: str) -> str:
    """What stands in a part: its name and a wrong word."""
    return f"〔{title}〕要抓好关健环节"


def write(folder: Path, groups: Mapping[str, Any]) -> None:
    """The documents of tests/cases/parts.toml: `text.docx` and so on."""
    jobs = []
    for group, table in groups.items():
        suffix, make = _MAKERS[group]
        titles = {part["key"]: part["title"] for part in table["part"]}
        source = folder / f"{group}{suffix}"
        source.write_bytes(make(_speaker(titles)))
        saved = [one for one in table["formats"] if one not in _COPIES and one not in _MACROS]
        jobs.append(libreoffice.Job(source, [f".{one}" for one in saved]))
    libreoffice.convert(folder, jobs)
    for suffix in ("docx", "dotx"):
        _change(folder / f"text.{suffix}", "word/document.xml", _with_moved)
    for group, table in groups.items():
        for suffix in table["formats"]:
            path = folder / f"{group}.{suffix}"
            if suffix in _COPIES:
                shutil.copy(path.with_suffix(f".{_COPIES[suffix]}"), path)
            elif suffix in _MACROS:
                shutil.copy(path.with_suffix(f".{_MACROS[suffix]}"), path)
                _add_macro(path)


def _speaker(titles: Mapping[str, str]) -> flat.Say:
    return lambda key: say(titles[key])


def _with_moved(body: bytes) -> bytes:
    before, last, after = body.rpartition(b"<w:sectPr")
    return before + _MOVED.format(say("移到这里的字")).encode() + last + after


def _add_macro(path: Path) -> None:
    """Add a part that holds macros, and say so where the package tells what it is."""

    def typed(body: bytes) -> bytes:
        for usual, other in _MAIN.items():
            body = body.replace(usual, other)
        return body.replace(b"</Types>", _MACRO_KIND)

    inside = "word/document" if path.suffix == ".docm" else "xl/workbook"
    folder, main = inside.split("/")
    _change(path, "[Content_Types].xml", typed)
    _change(path, f"{folder}/_rels/{main}.xml.rels", lambda body: body.replace(b"</Relationships>", _MACRO_LINK))
    with zipfile.ZipFile(path, "a") as package:
        package.writestr(f"{folder}/vbaProject.bin", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 504)


def _change(path: Path, part: str, change: Callable[[bytes], bytes]) -> None:
    with zipfile.ZipFile(path) as package:
        members = {name: package.read(name) for name in package.namelist()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        for name, body in members.items():
            package.writestr(name, change(body) if name == part else body)
