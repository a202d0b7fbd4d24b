"""The files that pages of the demo offer and that lie beside posts, as `data/attachments.toml` lists them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import PurePosixPath
from typing import Any

from jimo_lint.demo import documents
from jimo_lint.demo.answers import Answer
from jimo_lint.demo.source import data

_TYPES = {
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".doc": "application/msword",
    ".pdf": "application/pdf",
    ".zip": "application/zip",
}


def attachments() -> dict[str, Answer]:
    """Path → answer of the files of the portal."""
    return {
        row["path"]: Answer(content(row), _TYPES.get(PurePosixPath(row["path"]).suffix, "application/octet-stream"))
        for row in data("attachments")["file"]
    }


def content(row: Mapping[str, Any]) -> bytes:
    """The bytes of a file. cut: only so many of them, as where a transfer broke off."""
    body = _MAKERS[row["kind"]](row)
    return body[: row["cut"]] if "cut" in row else body


def _archive(row: Mapping[str, Any]) -> bytes:
    members = {one["name"]: content(one) for one in row["member"]}
    return documents.packed(members, gbk=True, locked=row.get("locked", False))


def _word(row: Mapping[str, Any]) -> bytes:
    further = {key: row[key] for key in ("note", "comment", "inserted", "macro") if key in row}
    return documents.docx(row["lines"], **further)


_MAKERS: dict[str, Callable[[Mapping[str, Any]], bytes]] = {
    "workbook": lambda row: documents.workbook(row["rows"], row.get("hidden", ())),
    "word": _word,
    "slides": lambda row: documents.pptx(row["lines"], row["notes"]),
    "pdf": lambda row: documents.pdf(*row["pages"]),
    "scan": lambda _: documents.blank_scan(),
    "ofd": lambda row: documents.ofd(*row["pages"]),
    "rtf": lambda row: documents.rtf(row["text"]),
    "csv": lambda row: documents.gbk_csv(row["rows"]),
    "archive": _archive,
    "empty": lambda _: b"",
}
