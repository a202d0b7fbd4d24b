"""Finds the request that the file of an answer belongs to: by the answer's own number, else by that of the request."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from jimo_lint.evidence.answers import read_answer
from jimo_lint.model import Document
from jimo_lint.model.answers import Answer, AnswerPart, AnswerSheet
from jimo_lint.model.requests import AnswerFile, Request

_BRACKETS = str.maketrans("[]【】()（）﹝﹞［］", "〔〕〔〕〔〕〔〕〔〕〔〕")
# 收到日期：3月5日; 3月5日，本机关收到. What stands between must not tell of the request being made or sent.
_CAME_BEFORE = re.compile(r"(?:收到|签收|收件|收文)(?:申请)?(?:的)?(?:日期|时间|日)(?:为|是)?[：:]?$")
_CAME_AFTER = re.compile(
    r"(?:[，,]?(?:本机关|本单位|我[局委办府厅处]|[一-鿿]{2,12}[局委办府厅处]))?(?:已)?(?:收到|签收|收悉|接到)(?!.{0,12}补正)"
)
# A number of fewer characters stands in many a text by chance.
_SHORTEST = 4


def link(documents: Mapping[str, Sequence[Document]], requests: Sequence[Request]) -> list[AnswerFile]:
    """The files with their requests. documents: by the path of the file, with those of the files inside it."""
    return [_linked(path, texts, requests) for path, texts in documents.items()]


def _linked(path: str, documents: Sequence[Document], requests: Sequence[Request]) -> AnswerFile:
    text = _plain("\n".join(document.text for document in documents))
    name = _plain(path.rpartition("/")[2])
    # A number elsewhere in the text may be that of a former answer, which is cited.
    own = _plain(read_answer(documents[0]).number)
    for by, place, kind in (
        ("文号", own, "answer"),
        ("登记号", text, "number"),
        ("文号", text, "answer"),
        ("文件名里的登记号", name, "number"),
        ("文件名里的文号", name, "answer"),
    ):
        found = [one for one in requests if _stands(_plain(getattr(one, kind)), place)]
        if len({one.number for one in found}) == 1:
            return AnswerFile(path, found[0].number or found[0].place, by)
    return AnswerFile(path)


def sheet(request: Request, path: str, by: str, document: Document) -> AnswerSheet:
    """What the file says, to be compared with its row. path: as it is shown."""
    answer = read_answer(document)
    return AnswerSheet(request, path, answer, by, _receipt(document.text, answer))


def _receipt(text: str, answer: Answer) -> date | None:
    """The day of receipt, where the words beside it say that it is this and not the day of the request itself."""
    span = answer.parts.get(AnswerPart.RECEIVED)
    if span is None or answer.received is None or answer.amended:
        return None
    before, after = (
        "".join(part.split()) for part in (text[max(span.start - 40, 0) : span.start], text[span.end : span.end + 40])
    )
    return answer.received if _CAME_BEFORE.search(before) or _CAME_AFTER.match(after) else None


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
