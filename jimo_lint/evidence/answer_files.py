"""Finds the request that the file of an answer belongs to: by the answer's own number, else by that of the request."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from jimo_lint.model import Document
from jimo_lint.model.requests import AnswerFile, Request

_BRACKETS = str.maketrans("[]【】()（）﹝﹞［］", "〔〕〔〕〔〕〔〕〔〕〔〕")
# A number of fewer characters stands in many a text by chance.
_SHORTEST = 4


def link(documents: Mapping[str, Sequence[Document]], requests: Sequence[Request]) -> list[AnswerFile]:
    """The files with their requests. documents: by the path of the file, with those of the files inside it."""
    return [_linked(path, texts, requests) for path, texts in documents.items()]


def _linked(path: str, documents: Iterable[Document], requests: Sequence[Request]) -> AnswerFile:
    text = _plain("\n".join(document.text for document in documents))
    name = _plain(path.rpartition("/")[2])
    for by, place, kind in (
        ("文号", text, "answer"),
        ("登记号", text, "number"),
        ("文件名里的登记号", name, "number"),
        ("文件名里的文号", name, "answer"),
    ):
        found = [one for one in requests if _stands(_plain(getattr(one, kind)), place)]
        if len({one.number for one in found}) == 1:
            return AnswerFile(shown(path, found[0]), found[0].number or found[0].place, by)
    return AnswerFile(shown(path, None))


def shown(text: str, request: Request | None) -> str:
    """A text without the full name of the request's applicant, of whom only a masked one is known."""
    if request is None or not request.who:
        return text
    name = f"{re.escape(request.who[0])}[\u3400-\u9fff]{{{len(request.who) - 1}}}"
    return re.sub(rf"{name}(?=的|告知|答复|申请|[\W\d_]|$)", request.who, text)


def _stands(number: str, text: str) -> bool:
    if len(number) < _SHORTEST:
        return False
    return bool(re.search(rf"(?<![0-9A-Za-z]){re.escape(number)}(?![0-9A-Za-z])", text))


def _plain(text: str) -> str:
    return "".join(text.split()).translate(_BRACKETS)
