"""Finds answers that say otherwise than their row of the ledger: of the day, the kind, the number, the receipt."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from jimo_lint.evidence.answer_files import sheet
from jimo_lint.lint.checks.base import Detail, given_table, named, params
from jimo_lint.model import Block, Context, Document, Hit, Rule
from jimo_lint.model.answers import Answer, AnswerKind, AnswerSheet, Ground
from jimo_lint.model.requests import Decision, Request, RequestResult, Standing
from jimo_lint.readers.registers.request_words import grounds_named

_D = Decision
_GROUNDS: Mapping[Ground, Decision] = {
    Ground.SECRET: _D.SECRET,
    Ground.FORBIDDEN: _D.FORBIDDEN,
    Ground.SECURITY: _D.STABILITY,
    Ground.PARTY: _D.THIRD_PARTY,
    Ground.INTERNAL: _D.INTERNAL,
    Ground.PROCESS: _D.PROCESS,
    Ground.ENFORCEMENT: _D.CASE_FILE,
}
# What the row of an answer may have; kinds that are not here fit too many rows to be compared.
_FITTING: Mapping[AnswerKind, frozenset[Decision]] = {
    AnswerKind.GIVEN: frozenset({_D.GRANTED}),
    AnswerKind.PUBLISHED: frozenset({_D.GRANTED}),
    AnswerKind.PARTLY: frozenset({_D.PARTIAL}),
    AnswerKind.REFUSED: frozenset(_GROUNDS.values()),
    AnswerKind.ABSENT: frozenset({_D.NOT_HELD, _D.NOT_MADE}),
    AnswerKind.ELSEWHERE: frozenset({_D.NOT_HELD}),
    AnswerKind.REPEATED: frozenset({_D.REPEATED, _D.CONFIRMATION}),
    AnswerKind.SPECIAL: frozenset({_D.LOOK_UP}),
    AnswerKind.COMPLAINT: frozenset({_D.COMPLAINT}),
    AnswerKind.PUBLICATION: frozenset({_D.PUBLISHED}),
    AnswerKind.EXCESSIVE: frozenset({_D.EXCESSIVE}),
    AnswerKind.PROCESSING: frozenset({_D.NOT_MADE}),
    AnswerKind.ABANDONED: frozenset({_D.UNCORRECTED}),
}
# A refusal without its ground fits no row of the form, and certainly no answer that gives.
_REFUSED = re.compile(r"不(?:予|同意)?公开")
_OPEN = (AnswerKind.GIVEN, AnswerKind.PUBLISHED)
_NUMBER = re.compile(r"[一-鿿A-Za-z]*〔20\d\d〕\d+号")
_MARKS = str.maketrans("[]【】()（）﹝﹞［］", "〔〕〔〕〔〕〔〕〔〕〔〕")


def _column(given: AnswerSheet) -> tuple[str, date | None]:
    """The column of the ledger in which the day of such a letter stands."""
    request, kind = given.request, given.answer.kind
    if kind is AnswerKind.AMEND:
        return "告知补正日期", request.correction_asked
    if kind is AnswerKind.EXTENDED:
        return "延期告知日期", request.extended
    if kind is AnswerKind.CONSULT:
        return "征求第三方日期", request.third_asked
    return "答复日期", request.answered


def day(given: AnswerSheet) -> Iterator[Detail]:
    """Signed after the day on which the ledger says that it went out, or before the request came in."""
    signed, received = given.answer.answered, given.request.received
    column, written = _column(given)
    if signed is None or given.answer.kind in (None, AnswerKind.TOLD_PARTY, AnswerKind.FEE):
        return
    if written and signed > written:
        yield _apart(given, f"{column} {written}", f"落款日期 {signed}，晚于台账")
    elif received and signed < received:
        yield _apart(given, f"收到日期 {received}", f"落款日期 {signed}，早于收到申请")


def kind(given: AnswerSheet) -> Iterator[Detail]:
    """Of another row of the annual report's form than the ledger says."""
    answer, decision = given.answer, given.request.decision
    meant = answer.kind if len(answer.all_kinds) == 1 else None
    if meant is None or meant not in _FITTING or decision is Decision.OTHER:
        return
    if decision is None and not (_REFUSED.search(given.request.decided) and meant in _OPEN):
        return
    fitting = _FITTING[meant]
    if meant is AnswerKind.REFUSED and answer.grounds:
        fitting = frozenset(_GROUNDS[ground] for ground in answer.grounds)
    if not fitting & {decision, *grounds_named(given.request.decided)}:
        grounds = "、".join(ground.label for ground in answer.grounds) if meant is AnswerKind.REFUSED else ""
        said = f"{meant.label}{f'（{grounds}）' if grounds else ''}"
        yield _apart(given, f"答复类型“{_said(given.request)}”", f"“{said}”")


def _said(request: Request) -> str:
    return request.decided or (request.decision.label if request.decision else "")


def number(given: AnswerSheet) -> Iterator[Detail]:
    """Of another number; one that the ledger writes without the organ's short name is the same."""
    mine, theirs = _plain(given.request.answer), _plain(given.answer.number)
    written = _NUMBER.fullmatch(mine) and _NUMBER.fullmatch(theirs)
    if written and _decides(given.answer) and not theirs.endswith(mine) and not mine.endswith(theirs):
        yield _apart(given, f"答复文号“{given.request.answer}”", f"“{given.answer.number}”")


def receipt(given: AnswerSheet) -> Iterator[Detail]:
    """It says that the request came in on another day, from which its limit then counts."""
    request = given.request
    if given.receipt and request.received and request.corrected is None and given.receipt != request.received:
        yield _apart(given, f"收到日期 {request.received}", f"{given.receipt} 收到")


def _decides(answer: Answer) -> bool:
    """Whether it is the answer itself, for certain: no letter on the way to one, and none to a third party."""
    return answer.kind is not None and answer.kind is not AnswerKind.TOLD_PARTY and not answer.kind.on_the_way


def _apart(given: AnswerSheet, row: str, answer: str) -> Detail:
    return Detail({"row": row, "answer": answer, "file": given.path}, identity=given.path)


def _plain(number: str) -> str:
    bare = "".join(number.split()).translate(_MARKS).replace("〕第", "〕")
    return re.sub(r"(?<=〕)0+", "", bare)


def doubted(result: RequestResult, sheets: Sequence[AnswerSheet]) -> RequestResult:
    """Not in time, where by its ledger it was and by the day signed it was not: nobody knows which is right."""
    due = result.due
    if result.standing is not Standing.ON_TIME or due is None:
        return result
    for one in sheets:
        signed = one.answer.answered
        if _decides(one.answer) and signed and signed > due.earliest and next(day(one), None):
            said = f"台账写按期答复，“{one.path}”落款日期 {signed} 却已超过期限，请核对；{result.reason}"
            return replace(result, standing=Standing.UNKNOWN, days=None, reason=said)
    return result


_CHECKS: Mapping[str, Callable[[AnswerSheet], Iterator[Detail]]] = {
    "day": day,
    "kind": kind,
    "number": number,
    "receipt": receipt,
}


class SheetsCheck:
    """The kind `answer-row`. params.check: one of `_CHECKS`. Messages know {request}, {row}, {answer} and {file}."""

    def __init__(self, rules: Sequence[Rule], _context: Context) -> None:
        self._checks: list[tuple[str, Callable[[AnswerSheet], Iterator[Detail]]]] = []
        for rule in rules:
            table = params(rule)
            self._checks.append((rule.code, named(table, _CHECKS)))
            table.finish()

    def hits(self, subject: AnswerSheet) -> Iterator[Hit]:
        """At most one hit a rule."""
        request = subject.request
        name = f"登记号 {request.number}" if request.number else request.place
        for code, check in self._checks:
            for detail in check(subject):
                yield detail.hit(code, request=name)

    def example(self, given: Mapping[str, Any]) -> AnswerSheet:
        """`text`: of the answer; the fields of its row."""
        table = given_table(given)
        text = table.text("text")
        request = Request(
            "2026-017",
            "台账.xlsx 第 3 行",
            received=table.day("received"),
            correction_asked=table.day("correction_asked"),
            corrected=table.day("corrected"),
            extended=table.day("extended"),
            answered=table.day("answered"),
            answer=table.text("number", ""),
            decision=table.choice("decision", Decision) if "decision" in given else None,
        )
        table.finish()
        document = Document("答复.docx", "答复.docx", "local", "", (Block("body", text),))
        return sheet(request, "答复.docx", "登记号", document)
