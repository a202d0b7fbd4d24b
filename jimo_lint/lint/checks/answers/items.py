"""What an answer to several requests says of each: one without a decision, a way, a fitting article, or with two."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from jimo_lint.evidence.answers.folding import NUMBER
from jimo_lint.evidence.answers.folding import number as read_number
from jimo_lint.evidence.answers.items import Item, is_section
from jimo_lint.evidence.answers.kinds import blanked, forms, masked, told
from jimo_lint.evidence.answers.reading import tells_way
from jimo_lint.evidence.answers.reasons import reason
from jimo_lint.lint.checks.answers.case import SENTENCE, Case
from jimo_lint.model.answers import AnswerKind, Citation

_K = AnswerKind
ANSWERS = 36  # the article that lists how requests are answered
# What an item of it is about, in whatever words.
HINTS = {
    1: re.compile(r"(?<!未)(?:已|均)[^。]{0,30}(?:公开|公布|公示|发布)|网址|网站|栏目|https?：?//"),
    2: re.compile(r"(?<!不)(?:予以公开|(?<!无法)提供给|可以公开|随[本信函此]|附后|见附件)"),
    3: re.compile(r"不(?:予|宜|得|能|便)?(?:以)?公开"),
    4: re.compile(r"不存在|[未没](?:有|能)?(?:制作|找到|查到|检索到|保存|获取|形成)"),
    5: re.compile(
        r"(?:请|建议|可)(?:你|您|贵\w{1,3})?[^。，]{0,12}向[^。，]{2,30}(?:申请|咨询|查询|查阅|了解|获取|索取)"
    ),
    6: re.compile(r"重复"),
    7: re.compile(r"登记|查询"),
}
# What is no information, or another organ's, may be told as a service all the same.
AS_A_SERVICE = re.compile(r"参考|便民|方便[你您]|另[，外行将附]|此外|相近|类似|相关的|替代")
CONDITION = re.compile(r"如果?|若|是否|部分|其中")
GIVES = re.compile(r"(?<!不)予以公开|(?:寄|提供|发送?|交)给?(?:你|您)")
_DENIES = frozenset({_K.REFUSED, _K.ABSENT, _K.ELSEWHERE})
_ONE_ITEM = r"第?[（(]?[一二三四五六七八九\d][）)]?项?"
_ALL_ITEMS = re.compile(
    rf"(?:(?P<listed>(?:{_ONE_ITEM}[、和及与]){{1,9}}{_ONE_ITEM})|(?P<count>{NUMBER})项|(?:上述|以上|所申请的?|全部)(?:各项|全部|所有)?)(?:申请|政府)?(?:信息|内容|事项|材料|文件)?(?:全部|一并)?(?:均|都|全部|一律)(?:依法|决定|可以?|向(?:你|您|申请人))?(?:予以?|给予)?(?:公开|提供)"
)
# One of the things asked for, and no part of an article.
_ITEM = re.compile(
    r"(?<![条款、和至及])第[（(]?(?P<number>[一二三四五六七八九十\d]{1,2})[）)]?[项份](?![中里内]|第|规定|之规定|的规定|情形)"
)
_GIVES_IT = re.compile(rf"{GIVES.pattern}|(?:决定|同意|现)(?:依法)?向(?:你|您|申请人|贵[一-鿿]{{1,3}})(?:公开|提供)")
_GIVEN = re.compile(r"(?<!不)予以公开")
_REFUSES = re.compile(r"[对将](?:该|此|上述)?(?P<thing>[一-鿿]{2,16}?)(?:决定)?(?:不予公开|不予提供)(?!的)")
_NOT_HAD = re.compile(
    r"不存在|不予公开|(?:不属于|不由|非)[本我][^，。；\n]{1,8}(?:负责|公开|职责)|(?:未|没有)(?:检索|查|找|制作|获取)"
)
_SEVERAL = 2  # items, of which that nothing is said of one is no way of numbering reasons
_DECIDES = re.compile(
    r"条例|第[\d一二三四五六七八九十]+条|公开|提供|不存在|没有|未[制获检查]|同上|同前|同第|一并|合并|见[上下附]"
)
_CELL = re.compile(r"(?:答复|处理|办理)?(?:答复|结果|意见|处理|方式)：")
_BY_LETTER = re.compile(r"[附寄送领]|(?:以|由|在)本[一-鿿]{1,6}[^，。；\n]{0,6}(?:提供|告知|列)|\d[^年月日\d]")


def taken_back(case: Case) -> tuple[int, int] | None:
    """Where the folded text gives one of several items and denies it elsewhere, or gives them all."""
    for listed in (*case.lists, ()):
        if found := _number_taken_back(case, listed):
            return found.span()
    return _item_taken_back(case) or _thing_refused(case) or torn(case) or _all_given(case)


def _number_taken_back(case: Case, listed: tuple[Item, ...]) -> re.Match[str] | None:
    """The sentence about an item (第2项) that gives it where another, or the list, says that it is refused, not there
    or not ours, or the other way round."""
    text = case.told
    items = [one for one in listed if not is_section(text, one)]
    given_before = {one.number for one in items if one.kinds == (_K.GIVEN,)}
    denied_before = {one.number for one in items if one.kinds and {*one.kinds} <= _DENIES}
    given: dict[int, re.Match[str]] = {}
    denied: dict[int, re.Match[str]] = {}
    for sentence in SENTENCE.finditer(text):
        if any(one.start <= sentence.end() and sentence.start() < one.end for one in items):
            continue
        if CONDITION.search(sentence[0]) or AS_A_SERVICE.search(sentence[0]):
            continue
        mixed = _GIVES_IT.search(sentence[0]) and _NOT_HAD.search(sentence[0])
        for said in re.split("[，；]", sentence[0]) if mixed else (sentence[0],):
            numbers = {read_number(one["number"]) for one in _ITEM.finditer(said)}
            gives, denies = _GIVES_IT.search(said), _NOT_HAD.search(said)
            if denies and not gives:
                denied.update(dict.fromkeys(numbers, sentence))
            elif gives and not denies:
                given.update(dict.fromkeys(numbers, sentence))
    both = [given[number] for number in sorted(given.keys() & (denied.keys() | denied_before))]
    return next(iter((*both, *(denied[number] for number in sorted(denied.keys() & given_before)))), None)


def _item_taken_back(case: Case) -> tuple[int, int] | None:
    """The place of an item that one list gives and another, of the same items, refuses or says not to be there."""
    for number, one in enumerate(case.lists):
        for other in case.lists[number + 1 :]:
            for first, second in zip(one, other, strict=False) if len(one) == len(other) else ():
                for gives, denies in ((first, second), (second, first)):
                    if gives.kinds == (_K.GIVEN,) and denies.kinds and {*denies.kinds} <= _DENIES:
                        return gives.start, gives.end
    return None


def _all_given(case: Case) -> tuple[int, int] | None:
    """The clause that gives all items, of which one is refused or said not to be there."""
    for items in case.answered_lists:
        denied = {one.number for one in items if one.kinds and {*one.kinds} <= _DENIES}
        for found in _ALL_ITEMS.finditer(case.told) if denied else ():
            count = found["count"]
            inside = any(one.start <= found.start() < one.end for one in items[:-1])
            listed = {read_number(one) for one in re.findall(NUMBER, found["listed"] or "")}
            if not inside and (denied & listed if listed else not count or read_number(count) == len(items)):
                return found.span()
    return None


def undecided(case: Case) -> Item | None:
    """The only one of several items of which nothing is decided, not even by the article that stands for it."""
    for items in case.answered_lists:
        left = [one for one in items if not one.kinds]
        if len(left) == 1 and len(items) > _SEVERAL and not is_section(case.folded.text, left[0]):
            said = case.folded.text[left[0].start : left[0].end]
            if not _DECIDES.search(said) and not told(masked(said, ())):
                return left[0]
    return None


def _thing_refused(case: Case) -> tuple[int, int] | None:
    """The clause outside of the items that refuses by its name the thing that one of them gives, and no other has."""
    for items in case.answered_lists:
        for found in _REFUSES.finditer(case.told):
            if any(one.start <= found.start() < one.end for one in items):
                continue
            named = [one for one in items if found["thing"] in case.told[one.start : one.end]]
            if len(named) == 1 and named[0].kinds == (_K.GIVEN,):
                return found.span()
    return None


def torn(case: Case) -> tuple[int, int] | None:
    """The place of an item that one of its sentences gives, and another says not to be there, or refuses."""
    for items in case.answered_lists:
        for one in items:
            if _K.GIVEN in one.kinds and {_K.ABSENT, _K.REFUSED} & {*one.kinds} and not is_section(case.told, one):
                sentences = [each[0] for each in SENTENCE.finditer(case.told, one.start, one.end)]
                whole = [each for each in sentences if not (CONDITION.search(each) or AS_A_SERVICE.search(each))]
                gives = [each for each in whole if _GIVEN.search(each)]
                if gives and any(_NOT_HAD.search(each) and each not in gives for each in whole):
                    return one.start, one.end
    return None


def unsaid(case: Case, patterns: Sequence[re.Pattern[str]], chosen: Collection[AnswerKind]) -> Item | None:
    """The item of one of the kinds alone of which a pattern is said neither there, nor in a sentence about it, nor
    outside of the items."""
    text = case.told
    for listed in case.answered_lists:
        around = (text[: listed[0].start], text[listed[-1].end :])
        for one in listed:
            if len(one.kinds) != 1 or one.kinds[0] not in chosen or is_section(text, one):
                continue
            about = [
                sentence[0]
                for sentence in SENTENCE.finditer(text)
                if any(read_number(each["number"]) == one.number for each in _ITEM.finditer(sentence[0]))
            ]
            said = (text[one.start : one.end], *about, *around)
            if not all(any(pattern.search(each) for each in said) for pattern in patterns):
                return one
    return None


def without_reason(case: Case) -> Item | None:
    """The item that is refused, of which no list, no sentence about it and nothing behind the list says why."""
    text = case.told
    asked = [(other[0].start, other[-1].end) for other in case.lists if not any(one.kinds for one in other)]
    for listed in case.answered_lists:
        if reason(masked(blanked(text, asked)[: listed[0].start], ()), (_K.REFUSED,)):
            continue
        for one in listed:
            if one.kinds != (_K.REFUSED,) or is_section(text, one):
                continue
            behind = [each for other in case.lists for each in other if each.start >= listed[0].start]
            said = [text[each.start : each.end] for each in behind if each.number == one.number]
            said += [
                sentence[0]
                for sentence in SENTENCE.finditer(text)
                if any(read_number(each["number"]) == one.number for each in _ITEM.finditer(sentence[0]))
            ]
            if not any(reason(masked(each, ()), one.kinds) for each in (*said, text[listed[-1].end :])):
                return one
    return None


def without_way(case: Case) -> Item | None:
    """The item that is given, of which neither it nor what stands outside of the items says how."""
    for items in case.answered_lists:
        given = [one for one in items if one.kinds == (_K.GIVEN,) and not is_section(case.folded.text, one)]
        said = {one: _CELL.sub("", case.folded.text[one.start : one.end]) for one in given}
        lacking = next((one for one in given if not (tells_way(said[one]) or _BY_LETTER.search(said[one]))), None)
        behind = case.told[items[-1].end :]
        if lacking and not (tells_way(behind) or _BY_LETTER.search(behind)):
            return lacking
    return None


def misfit(case: Case) -> tuple[Item, Citation] | None:
    """An item and the article that it cites, of another kind than the only one that it decides."""
    for items in case.answered_lists:
        for item in items:
            place = case.folded.span(item.start, item.end)
            cited = [
                one
                for one in case.answer.citations
                if one.article == ANSWERS and one.item and place.start <= one.span.start < place.end
            ]
            known = forms()[item.kinds[0]].articles if len(item.kinds) == 1 else frozenset()
            if len(cited) == 1 and any(article == ANSWERS for article, _ in known):
                said = case.folded.text[item.start : item.end]
                hint = HINTS.get(cited[0].item)
                if (ANSWERS, cited[0].item) not in known and not (hint and hint.search(said)):
                    return item, cited[0]
    return None
