"""Where an answer contradicts itself: its heading and its text, or two decisions about one thing."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from jimo_lint.lint.checks.answers import items
from jimo_lint.lint.checks.answers.case import SENTENCE, Case, Fault
from jimo_lint.model.answers import AnswerKind, AnswerPart
from jimo_lint.settings.toml import Table

_K = AnswerKind
_OPEN = frozenset({_K.GIVEN, _K.PUBLISHED, _K.PARTLY})
# What is no information, or another organ's, may be told as a service all the same.
_CLOSED = frozenset({_K.REFUSED, _K.ABSENT})
# Kinds of a heading, and what the text below must decide, one of them at least.
_BELOW: dict[AnswerKind, frozenset[AnswerKind]] = {
    _K.GIVEN: _OPEN,
    _K.PUBLISHED: _OPEN,
    _K.PARTLY: frozenset({_K.PARTLY}),
    _K.REFUSED: frozenset({_K.REFUSED, _K.PROCESSING, _K.EXCESSIVE}),
    _K.ABSENT: frozenset({_K.ABSENT, _K.ELSEWHERE}),
    _K.ELSEWHERE: frozenset({_K.ELSEWHERE, _K.ABSENT}),
    _K.REPEATED: frozenset({_K.REPEATED}),
    _K.AMEND: frozenset({_K.AMEND}),
    _K.EXTENDED: frozenset({_K.EXTENDED}),
    _K.CONSULT: frozenset({_K.CONSULT}),
}
# One thing is told apart from another.
SEVERAL = re.compile(
    r"(?<![条款])第[一二三四五六七八九\d]{1,2}(?:项|点|条(?:申请|信息|内容))|(?<!第)[（(][一二三四五六七八九\d][）)](?!项)|(?:^|\n|。|：)[1-9一二三四五六][.、．]|其中|其余|部分|分别|一是|关于(?:你|您)?申请的第"
)
# All of a thing is given, and in another sentence none, or a part, of the same thing.
_WHOLE = re.compile(
    r"(?P<thing>[该此这][一-鿿]{1,8}?|上述[一-鿿]{1,8}?)(?:的)?(?:全文|全部(?:内容)?|整份|完整(?:内容)?)(?:均|都|依法|决定|向(?:你|您|申请人))?(?:予以|给予)?(?:公开|提供)"
)

# A section headed by the name of one document, that all of it is given, and that it is not.
_SECTION = re.compile(
    r"(?:^|\n)[（(]?[一二三四五六七八九十\d]{1,3}[）)、.．]{1,2}(?:关于)?《(?P<name>[^《》\n]{4,40})》\n(?P<body>(?:(?![（(]?[一二三四五六七八九十\d]{1,3}[）)、.．])[^\n]+(?:\n|$))+)"
)
_ALL_OF_IT = re.compile(r"全文公开|全部公开|(?<!不)(?<!部分)予以公开")
_NOT_ALL = re.compile(r"不予?公开|不予提供|遮[盖挡]|部分公开|区分处理")
# Documents, and not what is cited of them.
_NAMED = re.compile(r"《(?P<name>[^《》\n]{4,60}(?<!条例)(?<!法)(?<!办法)(?<!规定)(?<!申请表))》")
_QUOTED = re.compile(r"[“《]([^“”《》]*)[”》]")
_AND = re.compile(r"[、；]|和|及|与|以及|分别|各|两|[二三四五六七\d]项|等")
_OF_PART = re.compile(
    r"其余|其中|部分|其他|另[，外行附将]|此外|第[一二三四五\d][份点]|前者|后者|参考|类似|相近|替代|附件|便民|曾|此前"
)
_DECIDES_TO_GIVE = re.compile(r"(?:决定|同意)(?:依法)?(?:予以公开|(?:向|给)(?:你|您|申请人)(?:公开|提供))")
_DENIES_ALL = re.compile(
    r"(?:该|此|上述|(?:你|您|申请人)所?申请(?:公开|获取)?的)(?:政府)?(?:信息|文件|材料|内容)?(?:并)?不存在(?![^。；\n]{0,40}(?:情形|事由|内容|理由))|(?:决定|依法)：?(?:对[^，。；]{0,24})?不予公开(?!的|事项|情形|范围|内容|信息|之列|为由)"
)
# What is refused where another sentence gives the same.
_REFUSED_AGAIN = re.compile(r"(?:对|将)[该此这](?P<thing>[一-鿿]{3,24}?)(?:决定)?(?:均|一律)?(?:不予公开|不予提供)")
# Where another sentence says of the same that there is none, or that others have it: `你申请的信息`, `该报告`.
_THING = (
    r"(?:(?:[你您]|申请人|贵[一-鿿]{1,3})?(?:所|本次)?申请(?:公开|获取|查询)?的|[该此]|上述)(?:该|上述)?"
    r"(?P<thing>[一-鿿]{2,24}?)"
)
_GIVEN_WHOLE = re.compile(
    rf"(?:决定|同意|可以|现)(?:依法)?(?:对|将|就)?{_THING}(?:依法)?(?:予以公开|(?:向|给)(?:你|您|申请人)(?:公开|提供))"
    rf"|(?:对|将|就){_THING.replace('thing', 'other')}(?:决定|同意)?(?:依法)?予以公开"
)
_DENIED = re.compile(
    rf"{_THING}(?:并)?(?:不存在(?![^。；\n]{{0,40}}(?:情形|事由|内容|理由))|(?:不属于|不由|非)(?:由)?[本我][^，。；\n]{{1,8}}(?:负责|公开|职责))"
)
_GIVES_THEM = re.compile(r"(?:决定|同意|可以|现)(?:依法)?(?:予以公开|(?:向|给)(?:你|您|申请人)(?:公开|提供))")
_ABSENT = re.compile(r"不存在|没有|未|类似|相近|参考|替代|如果?|若")
_NOT_GIVEN = re.compile(
    r"《(?P<name>[^《》\n]{4,40})》(?![^。；\n]{0,40}(?:部分|其中|附件|第[一二三四五六七八九十\d]+[页章条项]))[^《》。；\n]{0,40}?(?:不予|概不|不能|不宜)(?:对外)?(?:公开|提供)"
)


def title(_table: Table) -> Callable[[Case], Iterator[Fault]]:
    """The heading names one decision, the text another."""

    def judge(case: Case) -> Iterator[Fault]:
        named, kinds = case.answer.titled, {*case.answer.kinds}
        if named not in _BELOW or not kinds or kinds & _BELOW[named]:
            return
        if named is _K.PARTLY and kinds & _OPEN and len(kinds) > 1:
            return
        label = "、".join(kind.label for kind in case.answer.kinds)
        yield Fault(case.answer.parts.get(AnswerPart.DECISION), {"title": named.label, "text": label})

    return judge


def decisions(_table: Table) -> Callable[[Case], Iterator[Fault]]:
    """The text gives what it refuses, or refuses what it says does not exist, without telling parts from each other."""

    def judge(case: Case) -> Iterator[Fault]:
        kinds = case.answer.kinds
        open_, closed = (
            [one for one in kinds if one in _OPEN - {_K.PUBLISHED}],
            [one for one in kinds if one in _CLOSED],
        )
        if {_K.ABSENT, _K.GIVEN} <= {*kinds} and (found := _given_though_absent(case)):
            yield Fault(case.folded.of(found), {"text": f"{_K.ABSENT.label}、{_K.GIVEN.label}"})
            return
        for find in (_section_taken_back, _thing_taken_back, _refused_again):
            if taken_back := find(case.folded.text):
                yield Fault(case.folded.of(taken_back), {"text": f"{_K.GIVEN.label}、{_denial(case).label}"})
                return
        if of_item := items.taken_back(case):
            yield Fault(case.folded.span(*of_item), {"text": f"{_K.GIVEN.label}、{_denial(case).label}"})
            return
        if only := _only_one_taken_back(case):
            yield Fault(case.folded.of(only), {"text": f"{_K.GIVEN.label}、{_denial(case).label}"})
            return
        if len({one.item for one in case.answer.citations if one.article == items.ANSWERS}) > 1:
            return  # one article for each thing
        whole = _WHOLE.search(case.told)
        if whole and any(
            whole["thing"] in one[0].partition("不予公开")[0]
            for one in case.sentences()
            if one.start() > whole.end() and "不予公开" in one[0]
        ):
            yield Fault(case.folded.of(whole), {"text": f"{_K.GIVEN.label}、{_K.REFUSED.label}"})
            return
        both = (open_ and closed) or (_K.ABSENT in kinds and _K.REFUSED in kinds)
        apart = SEVERAL.search(case.folded.text) or (_K.ABSENT in kinds and items.AS_A_SERVICE.search(case.folded.text))
        if both and _K.PARTLY not in kinds and not apart:
            label = "、".join(kind.label for kind in kinds if kind in _OPEN | _CLOSED)
            yield Fault(case.answer.parts.get(AnswerPart.DECISION), {"text": label})

    return judge


def _given_though_absent(case: Case) -> re.Match[str] | None:
    """The sentence that gives the only document of which the text speaks, where another says that there is none."""
    names = {one["name"] for one in _NAMED.finditer(case.folded.text)}
    shortest = min(names, key=len, default="")
    if not shortest or not all(one.endswith(shortest) for one in names):
        return None
    return next(
        (
            one
            for one in case.sentences()
            if items.GIVES.search(one[0]) and shortest in one[0] and not _ABSENT.search(one[0])
        ),
        None,
    )


def _denial(case: Case) -> AnswerKind:
    """What the answer decides besides that it gives something."""
    return next((kind for kind in (_K.ABSENT, _K.ELSEWHERE) if kind in case.answer.kinds), _K.REFUSED)


def _section_taken_back(text: str) -> re.Match[str] | None:
    """The clause that refuses a document which a section of its own gives whole."""
    for section in _SECTION.finditer(text):
        body = section["body"]
        if _ALL_OF_IT.search(body) and not _NOT_ALL.search(body):
            for found in _NOT_GIVEN.finditer(text, section.end()):
                if section["name"].endswith(found["name"]):
                    return found
    return None


def _thing_taken_back(text: str) -> re.Match[str] | None:
    """The clause by which what another sentence gives, called the same, is not there or not ours."""
    sentences = [one for one in SENTENCE.finditer(text) if not items.CONDITION.search(one[0])]
    given = {one["thing"] or one["other"] for sentence in sentences for one in _GIVEN_WHOLE.finditer(sentence[0])}
    denials = (_DENIED.search(text, sentence.start(), sentence.end()) for sentence in sentences)
    return next((denied for denied in denials if denied and denied["thing"] in given), None)


def _only_one_taken_back(case: Case) -> re.Match[str] | None:
    """The sentence that denies all of what is asked for, which is one thing, where another sentence gives it."""
    asked = case.answer.parts.get(AnswerPart.REQUEST)
    if not asked or case.lists or _AND.search(_quoted(case.written(asked))):
        return None
    whole = [one for one in case.sentences() if not (_OF_PART.search(one[0]) or items.CONDITION.search(one[0]))]
    gives = next((one for one in whole if _DECIDES_TO_GIVE.search(one[0])), None)
    denies = next((one for one in whole if _DENIES_ALL.search(one[0])), None)
    return denies if gives and denies and gives.start() != denies.start() else None


def _quoted(text: str) -> str:
    """What it quotes last, all of it where it quotes nothing."""
    return next(iter(_QUOTED.findall(text)[::-1]), text)


def _refused_again(text: str) -> re.Match[str] | None:
    """The clause that refuses what a sentence, or a whole paragraph, before it gives."""
    for found in _REFUSED_AGAIN.finditer(text):
        before = text[: found.start()]
        pieces = (*(one[0] for one in SENTENCE.finditer(before)), *before.split("\n")[:-1])
        giving = (one for one in pieces if _GIVES_THEM.search(one))
        if any(found["thing"] in one and not _NOT_ALL.search(one) for one in giving):
            return found
    return None
