"""What an answer has to have, and does not."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from jimo_lint.lint.checks.answers import items
from jimo_lint.lint.checks.answers.case import Case, Fault
from jimo_lint.lint.checks.answers.law import REGULATION, SOME_LAW
from jimo_lint.model.answers import AnswerKind, AnswerPart
from jimo_lint.settings.toml import Table

# What all have, whatever they decide.
_ALWAYS = frozenset({AnswerPart.NUMBER, AnswerPart.ADDRESSEE, AnswerPart.SIGNATURE, AnswerPart.DATE})
# Nobody has asked him who is written to.
_TO_PARTIES = frozenset({AnswerKind.CONSULT, AnswerKind.TOLD_PARTY})
# No limit counts from when it came: about many requests at once, about none any more, about what is recorded.
_UNCOUNTED = _TO_PARTIES | {
    AnswerKind.EXPLAIN,
    AnswerKind.EXCESSIVE,
    AnswerKind.ABANDONED,
    AnswerKind.CORRECTED,
    AnswerKind.WITHDRAWN,
}
_UNSAID = _UNCOUNTED | {one for one in AnswerKind if one.on_the_way}
# Public enterprises answer by the rules of their trade, and one complains to whoever supervises them (第五十五条).
_OF_OFFICES = frozenset({AnswerPart.GROUND, AnswerPart.REVIEW, AnswerPart.SUIT})
# Where a template has a blank for them, that is what is at fault.
_BLANKS = {
    AnswerPart.NUMBER: re.compile(r"〔[^〕\n]{0,6}〕第?[×XＸ_＿]*号"),
    AnswerPart.ADDRESSEE: re.compile(
        r"(?:^|\n)(?:[×XＸ_＿]{2,}[^：\n]{0,6}|[（【]申请人(?:姓名|名称)?[^：\n]{0,6}[）】])："
    ),
    AnswerPart.RECEIVED: re.compile(r"[×XＸ_＿]年|年[×XＸ_＿]{1,4}月|(?<![\d一-鿿])年月日|[于在]年月日"),
    AnswerPart.SIGNATURE: re.compile(r"\n[×XＸ_＿]{2,}[^。，；：\n]{0,12}(?:\n|$)"),
    AnswerPart.DATE: re.compile(r"年[×XＸ_＿]*月[×XＸ_＿]*日"),
}
# What each of several things that are answered has to have of its own.
_OF_ITEMS = {AnswerPart.WAY: items.without_way, AnswerPart.REASON: items.without_reason}
# A law named without its article, or one that is not named, is a fault of its own.
_SOME_LAW = re.compile(rf"信息公开条例|{REGULATION.pattern}|条例第|{SOME_LAW.pattern}")


def missing(table: Table) -> Callable[[Case], Iterator[Fault]]:
    """`part` is not there, though the kind of the answer asks for it; a notice where offices differ about that."""
    part = table.choice("part", AnswerPart)

    def judge(case: Case) -> Iterator[Fault]:
        of_item = _OF_ITEMS.get(part) if case.has(part) else None
        if of_item and (item := of_item(case)):
            yield Fault(case.folded.span(item.start, item.end), {"kind": item.label, "part": part.label})
        if not case.kinds or case.has(part) or (part is AnswerPart.GROUND and _SOME_LAW.search(case.folded.text)):
            return
        if part in _OF_OFFICES and case.answer.of_enterprise:
            return
        if part in _BLANKS and _BLANKS[part].search(case.folded.text):
            return
        if part is AnswerPart.SUIT and not case.has(AnswerPart.REVIEW):
            return
        if part is AnswerPart.RECEIVED:
            unsure = False
            needed = not case.answer.again and not _UNCOUNTED & {*case.kinds}
        elif part is AnswerPart.REQUEST:
            # What only says when the answer comes, or that none will, need not say to what.
            unsure = False
            needed = not any(one in _UNSAID for one in case.kinds)
        else:
            needed = part in _ALWAYS or any(part in form.parts for form in case.forms)
            unsure = any(part in form.unsure for form in case.forms)
        # Whoever may not sue before a review need not be told of the suit.
        if part is AnswerPart.SUIT and {AnswerKind.REFUSED, AnswerKind.PARTLY} & {*case.kinds}:
            return
        if needed or unsure:
            yield Fault(args={"part": part.label}, doubtful=not needed)

    return judge


def unclear(_table: Table) -> Callable[[Case], Iterator[Fault]]:
    """It is not seen what is decided, so that the other rules about answers keep silent."""

    def judge(case: Case) -> Iterator[Fault]:
        # A public enterprise may say in any words what it says, by rules that are not checked here.
        if case.answer.of_enterprise:
            return
        if not case.kinds:
            yield Fault()
        elif item := items.undecided(case):
            yield Fault(case.folded.span(item.start, item.end), {"kind": item.label})

    return judge


def unsaid(table: Table) -> Callable[[Case], Iterator[Fault]]:
    """An answer of one of `kinds` (on one of `grounds`) says none of `patterns`, each of which has to be said, and not
    `excused` either."""
    chosen = frozenset(map(AnswerKind, table.texts("kinds")))
    grounds = frozenset(table.texts("grounds", ()))
    patterns = [re.compile(one) for one in table.texts("patterns")]
    what = table.texts("what")
    excused = [re.compile(one) for one in table.texts("excused", ())]

    def judge(case: Case) -> Iterator[Fault]:
        concerned = chosen & {*case.kinds} and (not grounds or grounds & {*case.answer.grounds})
        lacking = [name for name, pattern in zip(what, patterns, strict=True) if not pattern.search(case.own)]
        if concerned and lacking and not any(one.search(case.own) for one in excused):
            yield Fault(args={"part": "、".join(lacking)})
        elif not (lacking or grounds or excused) and (item := items.unsaid(case, patterns, chosen)):
            yield Fault(case.folded.span(item.start, item.end), {"part": "、".join(what)})

    return judge
