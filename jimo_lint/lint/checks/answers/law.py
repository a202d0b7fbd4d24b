"""What law an answer cites: articles that do not fit it, that do not exist, of decrees that no longer hold."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator

from jimo_lint.evidence.answers.citations import FORMERLY
from jimo_lint.evidence.answers.folding import NUMBER
from jimo_lint.evidence.answers.folding import number as read_number
from jimo_lint.evidence.answers.kinds import forms
from jimo_lint.lint.checks.answers import items
from jimo_lint.lint.checks.answers.case import Case, Fault
from jimo_lint.model.answers import AnswerKind, AnswerPart, Citation, Ground
from jimo_lint.settings.toml import Table

_LAST = 56  # articles of the regulation of 2019
_ITEMS = {36: 7}
_NO_ITEMS = frozenset({14, 15, 16, 30, 32, 33, 35, 37, 38, 39})
_PARAGRAPHS = {14: 1, 15: 1, 16: 2, 30: 1, 32: 1, 36: 1, 37: 1, 38: 1, 39: 2}
# Articles that decide; the others tell of limits, of who may ask, and of what came before the answer.
_DECISIVE = frozenset({14, 15, 16, 35, 36, 37, 38, 39})
_OPEN = frozenset({AnswerKind.GIVEN, AnswerKind.PUBLISHED, AnswerKind.PARTLY})
# Of the way to an answer, where nothing else is cited.
_ON_THE_WAY = frozenset({30, 32, 33})
# What the regulation of 2007 had there (answers, parts, third parties, limits) stands elsewhere since 2019: these are
# about what is made public unasked.
_MOVED = frozenset(range(17, 27))
# Articles whose text was checked (核、核1); what rests on the others, known from memory (忆), is a notice at most.
_CHECKED = frozenset({14, 15, 16, 20, 21, 26, 32, 33, 36})
_COUNTED = frozenset({14, 15, 16, 36})
REGULATION = re.compile(
    r"《[^《》\n]*信息公开条例[^《》\n]*》|《条例》|(?:根据|依据|依照|按照)(?:该|本)?条例(?:的)?(?:有关|相关)?规定"
)
# Of whatever law, as in the cells below a heading that names it once.
_ARTICLE = re.compile(
    r"第(?:[1-5]\d|[二三四五]?十[一二三四五六七八九]?)条|[》例](?:\d{1,2}|[一二三四五六七八九十]{1,3})条"
)
# Decides by a law that it does not name.
SOME_LAW = re.compile(
    r"(?:根据|依据|依照|按照)(?:国家|法律|上级|政府信息公开(?:工作)?)?(?:的)?(?:有关|相关)(?:法律(?:、?法规)?)?(?:的)?规定(?=[^。\n]{0,24}(?:公开|提供|处理|答复|不存在|告知|征求|更正|获取|复印件|查[询阅]|办理|补正|附后|寄送))"
)
_NONE_OF = re.compile(r"(?:没有|不存在|不属于|不涉及|不具有|不适用|不在|未发现|并非|排除|无)[^，。；]{0,60}$")
_DECREES = (
    re.compile(
        rf"信息公开条例》?[^。；\n]{{0,30}}?(?:国务院(?:第|令第?)|国令第?|(?<=[（，])第?(?=.{{1,8}}号令))(?P<number>{NUMBER})号"
    ),
    re.compile(
        rf"(?:国务院令?|国令)第?(?P<number>{NUMBER})号(?:令)?[^。，；《》\n]{{0,6}}《[^《》\n]{{0,10}}信息公开条例》"
    ),
)
_HAN = "〇一二三四五六七八九十"


def misfit(_table: Table) -> Callable[[Case], Iterator[Fault]]:
    """An article that is about another kind of answer, or another ground than the one that the answer names."""

    def judge(case: Case) -> Iterator[Fault]:
        if not case.kinds or not case.answer.citations:
            return
        unfit = [
            one
            for one in case.answer.citations
            if _exists(one) and not (_fits(one, case) or _hinted(one, case) or _denied(one, case))
        ]
        wrong = [one for one in unfit if one.article in _DECISIVE or _of_publishing(one, case)]
        right = [one for one in case.answer.citations if _fits(one, case)]
        if not wrong and not right:
            alone = _MOVED | _ON_THE_WAY
            wrong = [one for one in case.answer.citations if one.article in alone][:1]
        if right:  # what rests on memory says nothing beside an article that fits
            wrong = [one for one in wrong if one.article in _CHECKED]
        if of_item := items.misfit(case):
            item, cited = of_item
            pairs = [one for one in sorted(forms()[item.kinds[0]].articles) if one[0] == items.ANSWERS]
            yield Fault(cited.span, {"kind": item.label, "fitting": _named(pairs)})
            return
        # Of several things the text need not say which article is about which, so that one that fits is enough.
        if len(case.kinds) > 1 and right:
            return
        for one in wrong[:1]:
            fitting = {article for form in case.forms for article, _ in form.articles}
            checked = one.article in _CHECKED and bool(fitting & _CHECKED)
            yield Fault(one.span, {"fitting": _fitting(case)}, doubtful=not checked)

    return judge


def _fits(cited: Citation, case: Case) -> bool:
    known = {one for form in case.forms for one in form.articles}
    if {AnswerKind.GIVEN, AnswerKind.REFUSED} <= {*case.kinds}:  # one thing is given and another is not
        known |= {*forms()[AnswerKind.PARTLY].articles}
    article = cited.article
    # What others agree to, or what the public must know, is made public by the articles about third parties.
    if article in (15, 32) and AnswerKind.GIVEN in case.kinds and case.answer.consulted:
        return True
    if cited.item and article in _ITEMS:
        if (article, cited.item) not in known:
            return False
    elif all(article != one for one, _ in known):
        return False
    return _fits_ground(cited, case)


def _hinted(cited: Citation, case: Case) -> bool:
    """Whether the text says besides, in whatever words, what the cited item is about."""
    hint = items.HINTS.get(cited.item) if cited.article == items.ANSWERS else None
    return hint is not None and hint.search(case.told) is not None


def _of_publishing(cited: Citation, case: Case) -> bool:
    """Whether it is about what is made public unasked, while nothing is made public and the text speaks of no such."""
    return cited.article in _MOVED and not _OPEN & {*case.kinds} and "主动公开" not in case.folded.text


def _denied(cited: Citation, case: Case) -> bool:
    """Whether the text says that nothing is as the article has it."""
    return _NONE_OF.search(case.folded.before(cited.span)) is not None


def _fits_ground(cited: Citation, case: Case) -> bool:
    grounds = case.answer.grounds
    refusing = {AnswerKind.REFUSED, AnswerKind.PARTLY} & {*case.kinds}
    if cited.article in (14, 15, 16) and refusing and grounds:
        meant = [one for one in grounds if one.article == cited.article]
        if not meant:
            return False
        if cited.article == 16 and cited.paragraph:
            return any((1 if one is Ground.INTERNAL else 2) == cited.paragraph for one in meant)
    if cited.article == 39 and cited.paragraph:
        wanted = {AnswerKind.COMPLAINT: 1, AnswerKind.NO_INFORMATION: 1, AnswerKind.PUBLICATION: 2}
        return any(wanted.get(kind) == cited.paragraph for kind in case.kinds)
    return True


def _fitting(case: Case) -> str:
    """The articles that fit, in words."""
    grounds = sorted({one.article for one in case.answer.grounds})
    if {AnswerKind.REFUSED, AnswerKind.PARTLY} & {*case.kinds} and grounds:
        return "、".join(f"第{_han(one)}条" for one in grounds)
    pairs = [one for form in case.forms for one in sorted(form.articles) if one[0] in _DECISIVE | _ON_THE_WAY | {2}]
    return _named(pairs)


def _named(articles: Iterable[tuple[int, int]]) -> str:
    """Articles with their items, in words."""
    said = [f"第{_han(article)}条" + (f"第（{_han(item)}）项" if item else "") for article, item in articles]
    return "、".join(dict.fromkeys(said))


def _han(value: int) -> str:
    tens, ones = divmod(value, 10)
    head = "" if not tens else "十" if tens == 1 else f"{_HAN[tens]}十"
    return head + (_HAN[ones] if ones else "")


def vague(_table: Table) -> Callable[[Case], Iterator[Fault]]:
    """The regulation is named and no article of it or of another law is; or no law at all, but that there is one."""

    def judge(case: Case) -> Iterator[Fault]:
        found = REGULATION.search(case.folded.text) or SOME_LAW.search(case.folded.text)
        if AnswerKind.NO_INFORMATION in case.kinds:
            return  # what the regulation is not about needs none of its articles
        named = any(_ARTICLE.search(sentence[0]) for sentence in case.sentences())
        if case.kinds and found and not (case.answer.citations or named) and not case.has(AnswerPart.GROUND):
            yield Fault(case.folded.of(found), {"fitting": _fitting(case)})

    return judge


def no_such_article(_table: Table) -> Callable[[Case], Iterator[Fault]]:
    """An article, paragraph or item that the regulation does not have."""

    def judge(case: Case) -> Iterator[Fault]:
        for one in case.answer.citations:
            if not _exists(one):
                yield Fault(one.span, doubtful=one.article not in _COUNTED)

    return judge


def _exists(cited: Citation) -> bool:
    items = _ITEMS.get(cited.article, 0 if cited.article in _NO_ITEMS else 99)
    return cited.article <= _LAST and cited.paragraph <= _PARAGRAPHS.get(cited.article, 9) and cited.item <= items


def decree(table: Table) -> Callable[[Case], Iterator[Fault]]:
    """The regulation with the number of a decree other than `right`; `old` alone decides where it is given.

    A text that names the right one besides tells of the revision.
    """
    right, old = table.text("right"), table.text("old", "")
    others = table.texts("others", ())

    def judge(case: Case) -> Iterator[Fault]:
        for found in (one for form in _DECREES for one in form.finditer(case.folded.text)):
            number = str(read_number(found["number"]))
            if number == right or f"{right}号" in case.folded.text[found.start() : found.end() + 40]:
                continue
            if FORMERLY.search(case.folded.text[max(found.start() - 30, 0) : found.start()]):
                continue
            if number == old if old else number not in others:
                yield Fault(case.folded.of(found, "number"), suggestions=(right,))

    return judge
