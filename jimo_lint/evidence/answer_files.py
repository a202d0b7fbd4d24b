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
            return AnswerFile(path, found[0].number or found[0].place, by)
    return AnswerFile(path)


def shown(text: str, requests: Iterable[Request]) -> str:
    """A text without the full names of applicants, of whom only masked ones are known: 答复-张某某.docx."""
    for who in {one.who for one in requests if one.who}:
        name = f"{re.escape(who[0])}[\u3400-\u9fff]{{{len(who) - 1}}}"
        text = re.sub(rf"(?<![\u3400-\u9fff]){name}(?=的|政府|告知|答复|申请|[^\u3400-\u9fff]|$)", who, text)
    return text


def _stands(number: str, text: str) -> bool:
    if len(number) < _SHORTEST:
        return False
    return bool(re.search(rf"(?<![0-9A-Za-z]){re.escape(number)}(?![0-9A-Za-z])", text))


def _plain(text: str) -> str:
    return "".join(text.split()).translate(_BRACKETS)
