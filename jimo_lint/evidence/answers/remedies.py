"""Where and until when an answer says that it may be appealed: review (行政复议) and suit (行政诉讼)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from jimo_lint.evidence.answers.folding import NUMBER, Folded, number
from jimo_lint.model import Span
from jimo_lint.model.answers import Limit, Remedy

# With the sentence behind it that says where and until when, and not what: 应当先申请行政复议。您可向县政府提出。
_PARAGRAPH = re.compile(
    r"[^。；\n]+(?:。(?:你|您|申请人|贵[一-鿿]{1,3})?(?:可以?|应当?|须|请)?(?:自|在|于|向)(?:(?!复议|诉讼|起诉|申请)[^。；\n])*?"
    r"(?:提出|递交|提交)(?=[。；\n]))?"
)
_LIMIT = re.compile(
    rf"(?<![年月\d〇一二三四五六七八九十第])(?:(?P<count>{NUMBER})(?P<unit>个?(?:工作|自然)日|日|天|个?月|年(?=内))(?![一-鿿]?前)|半年(?=[之以]?内))"
)
_REVIEW = re.compile(
    r"(?:申请|提出|提起|递交|进行|(?<!不)经过?|先行?|可以?|提请|请求|要求|寻求|选择)(?:行政)?复议|复议申请|(?<![向到为])行政复议(?=机关|[：（，—]|途径)"
    r"|(?:政府|[局厅署关会])(?:复议(?![决机的后])|行政复议(?=[，、或也亦]|$))|(?<!行政)复议机关(?=：)"
)
_SUIT = re.compile(
    r"(?:提起|进行|提出)(?:行政)?诉讼|起诉|行政诉讼(?!法|程序|案件|过程|期间|活动)|诉[至诸请](?!求)|管辖法院(?=[：为是])|请[^，。；\n]{2,20}法院(?:依法)?(?:裁判|裁决|判决|审理|审查)|打(?:行政)?官司(?!需|的|用|所)|(?:告到|[到向去][^，。；\n]{2,20})法院(?:告状|去告|告)"
)
# What one may not appeal: `不能单独就本通知申请复议`.
_BARRED = re.compile(r"(?:不能|不得|不可以?)(?:单独|另行|直接)?(?:就|对|因)[^，。；\n]{0,30}$")
# Without 向, so that each 向 is tried with what stands behind it alone.
_NAME = r"(?:[^，。；\n（向]|，即(?=[一-鿿])|（[^（）\n]{0,80}）)"
_TO = re.compile(
    rf"(?:向|(?<=[内可请以，])到)(?P<organ>{_NAME}{{2,90}}?)(?:依法|书面|另行|先行?|直接)?(?:申请|提出|提起|递交)(?:行政)?(?:复议|诉讼)"
    rf"|申请(?P<applied>(?!向|行政|复议|人){_NAME}{{2,40}}?(?:政府|[局厅委署关部会]))(?:行政)?复议"
    rf"|(?<!申)请求?(?![^，。；\n]{{0,60}}(?:申请|提出|提起|递交))(?P<prayed>{_NAME}{{2,60}}?(?:政府|[局厅委署关部会]))(?:依法)?(?:进行|给予|予以)?(?:行政)?复议"
    rf"|申请向(?P<asked>{_NAME}{{2,60}}?)(?:行政)?复议"
    rf"|向(?P<made>{_NAME}{{2,60}}?)(?:提出|提起|递交)$|(?:向|(?<=[内可请以，])到)(?P<court>{_NAME}{{2,60}}?法院)"
)
# The body that works on reviews (复议机构) is the justice department: it is not whom one turns to.
_AT = re.compile(r"复议(?:受理)?(?:机关|单位)(?:名称)?(?:为|是|：)(?P<organ>[^，。；\n（）]{2,50})")
_BRACKETS = re.compile(r"（[^（）]{0,80}）")
_OR = re.compile(r"或者?|、|以及")
_AFTER = re.compile(
    r"复议决定|复议机关(?:逾期|不予|不受理|未)|逾期[不未]作出?(?:复议)?决定|(?<!不)经(?:过)?(?:行政)?复议|对复议|不服复议|复议(?:后|期满)"
    r"|(?<!答复)(?<!告知)(?<!决定)(?<!书)仍(?:有|然)?不服|再(?:依法|行)?(?:向|到|去|提起|起诉|于|自|在)|方(?:可|能)|才(?:可以?|能)"
)
# Of a quarrel that the answer is not about.
_OTHER_SUIT = re.compile(r"(?:(?<!行政)(?<!公开)(?:纠纷|争议)|民事|仲裁)[^。；\n]{0,40}$")
_LEAD = 200  # code points around an action that may say of it to whom, when, or that it is barred


class Remedies(NamedTuple):
    """reviews, suits: in the order of the text. spans: of the sentences in which they stand, in the folded text."""

    reviews: tuple[Remedy, ...]
    suits: tuple[Remedy, ...]
    sentences: tuple[tuple[int, int], ...]


class _Step(NamedTuple):
    start: int
    what: str
    found: re.Match[str]


def remedies(folded: Folded) -> Remedies:
    """What a text says of them; words in 《》 and of what has been in the past do not count."""
    reviews: list[Remedy] = []
    suits: list[Remedy] = []
    sentences: list[tuple[int, int]] = []
    for found in _PARAGRAPH.finditer(_without_titles(folded.text)):
        if not (_REVIEW.search(found[0]) or _SUIT.search(found[0])):
            continue
        sentences.append(found.span())
        for what, remedy in _in_sentence(folded, found):
            (reviews if what == "review" else suits).append(remedy)
    return Remedies(tuple(reviews), tuple(suits), tuple(sentences))


def _without_titles(text: str) -> str:
    return re.sub(r"《[^《》\n]*》", lambda found: "□" * len(found[0]), text)


def _in_sentence(folded: Folded, sentence: re.Match[str]) -> Iterator[tuple[str, Remedy]]:
    steps = sorted(_steps(sentence[0]), key=lambda step: step.start)
    actions = [step for step in steps if step.what != "limit"]
    limits = [step for step in steps if step.what == "limit"]
    for number_of, action in enumerate(actions):
        since = _said_until(sentence[0], actions[number_of - 1]) if number_of else 0
        until = actions[number_of + 1].start if number_of + 1 < len(actions) else len(sentence[0])
        before = [one for one in limits if since <= one.start < action.start]
        behind = [one for one in limits if action.start < one.start < until]
        added = [one for one in behind if one.start < _said_until(sentence[0], action)]
        chosen = before[-1] if before else added[0] if added else _behind(behind, last=action is actions[-1])
        shift = sentence.start()
        organs = tuple(_organs(folded, sentence, since, min(until, action.found.end() + 60), action))
        after = action.what == "suit" and bool(_AFTER.search(sentence[0], max(action.start - _LEAD, 0), action.start))
        span = folded.span(shift + action.start, shift + action.found.end())
        yield action.what, Remedy(span, organs, _limit(folded, chosen.found, shift) if chosen else None, after)


def _said_until(text: str, action: _Step) -> int:
    """Where what is said of an action ends: behind the brackets that follow it, in which its limit may stand."""
    added = _BRACKETS.match(text, action.found.end())
    return added.end() if added else action.found.end()


def _behind(limits: list[_Step], *, last: bool) -> _Step | None:
    """A limit behind the words is theirs only where no other action could claim it."""
    return limits[0] if limits and last else None


def _steps(sentence: str) -> Iterator[_Step]:
    for what, pattern in (("limit", _LIMIT), ("review", _REVIEW), ("suit", _SUIT)):
        last = -1
        for found in pattern.finditer(sentence):
            if what == "review" and sentence[found.end() : found.end() + 2] == "决定":
                continue
            if what != "limit" and _BARRED.search(sentence, max(found.start() - _LEAD, 0), found.start()):
                continue
            if what == "suit" and _OTHER_SUIT.search(sentence, 0, found.start()):
                continue
            if found.start() > last:
                yield _Step(found.start(), what, found)
                last = found.end()


def _limit(folded: Folded, found: re.Match[str], shift: int) -> Limit:
    unit = found["unit"] or "年"
    months = {"月": 1, "年": 12}.get(unit[-1], 0)
    return Limit(
        number(found["count"]) * (months or 1) if found["count"] else months // 2,
        "工作" in unit,
        months > 0,
        folded.span(shift + found.start(), shift + found.end()),
    )


def _organs(
    folded: Folded, sentence: re.Match[str], since: int, until: int, action: _Step
) -> Iterator[tuple[str, Span]]:
    text = sentence[0]
    found = next(
        (one for one in _TO.finditer(text, since, until) if ("法院" in one[0]) == (action.what == "suit")), None
    )
    found = found or (_AT.search(text, since, action.start + _LEAD) if action.what == "review" else None)
    if not found:
        return
    group = next(name for name, written in found.groupdict().items() if written)
    start, bare = found.start(group), _BRACKETS.sub(lambda one: "□" * len(one[0]), found[group])
    offset = 0
    for part in _OR.split(bare):
        place = bare.index(part, offset)
        offset = place + len(part)
        name = part.replace("□", "").strip("□")
        if len(name) > 1:
            begin = sentence.start() + start + place
            yield name, folded.span(begin, begin + len(part))
